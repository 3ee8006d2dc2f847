"""A rule is unique, has its place in the order, and does what its example shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from audiobuild.normalisation import Rule, gather_context, verbalise
from audiobuild.normalisation.english import inventory
from audiobuild.normalisation.german.inventory import RULES as GERMAN
from audiobuild.normalisation.rule import ATTACHED, CAPITALS, DIGIT, DOTTED
from tests.speech_cases import read_cases

EVERY_RULE = [pytest.param(rule, id=f"{rule.locale}-{rule.name}") for rule in (*inventory.RULES, *GERMAN)]


@pytest.mark.parametrize("rules", [inventory.RULES, GERMAN])
def test_names_are_unique_and_say_class_and_kind(rules: tuple[Rule, ...]) -> None:
    names = [rule.name for rule in rules]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+\.[a-z]+(?:-[a-z]+)*", name)] == []


def test_every_rule_has_its_place_in_the_order() -> None:
    written = [rule.name for module in inventory.MODULES for rule in module.RULES]
    assert sorted(written) == sorted(inventory.ORDER)


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_rule_does_what_its_example_shows(rule: Rule) -> None:
    written, arrow, spoken = rule.example.partition(" -> ")
    said = verbalise(written, gather_context([written], rule.locale))
    assert (arrow, said.text) == (" -> ", spoken)
    if written != spoken:  # else it keeps a form from the rules behind it
        assert rule.name in [each.rule for each in said.replacements]


def test_no_character_behind_keeps_a_rule_from_a_place_where_it_matches() -> None:
    held_back = [rule for rule in inventory.RULES if rule.behind]

    @cache
    def kept_away(char: str, is_digit: bool) -> list[tuple[str, Callable[[str, int], object]]]:
        """Rules that begin with such a word, and are not asked where that character is behind it."""
        kinds = {DIGIT} if is_digit else {CAPITALS, ATTACHED, DOTTED}
        kept = [rule for rule in held_back if not rule.allows(char) and not rule.starts.isdisjoint(kinds)]
        return [(rule.name, rule.pattern.match) for rule in kept]

    missed = []
    for case in read_cases():
        for place in re.finditer(r"\d+|[A-Za-zÀ-ÿ]+", case.written):
            rules = kept_away(case.written[place.end() : place.end() + 1], place.group().isdigit())
            missed += [(case.name, name) for name, match in rules if match(case.written, place.start())]
    assert len(held_back) > 100
    assert missed == []
