"""A rule is unique, has its place in the order, and does what its example shows."""

from __future__ import annotations

import re

import pytest

from audiobuild.normalisation import Context, Rule, verbalise
from audiobuild.normalisation.english import inventory


def test_names_are_unique_and_say_class_and_kind() -> None:
    names = [rule.name for rule in inventory.RULES]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+\.[a-z]+(?:-[a-z]+)*", name)] == []


def test_every_rule_has_its_place_in_the_order() -> None:
    written = [rule.name for module in inventory.MODULES for rule in module.RULES]
    assert sorted(written) == sorted(inventory.ORDER)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in inventory.RULES])
def test_rule_does_what_its_example_shows(rule: Rule) -> None:
    written, arrow, spoken = rule.example.partition(" -> ")
    said = verbalise(written, Context.for_article([written], rule.locale))
    assert (arrow, said.text) == (" -> ", spoken)
    assert rule.name in [each.rule for each in said.replacements]
