"""Spoons as American cooks write them: 3 T olive oil -> three tablespoons olive oil (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.english.rules.forms import is_one, spoken_number
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule


def _say_spoons(match: re.Match[str], context: Context) -> str | None:
    """Read T and t as American cooks write spoons: 3 T olive oil."""
    if not is_american(context):
        return None
    spoon = "tablespoon" if match["spoon"] == "T" else "teaspoon"
    return f"{spoken_number(match['first'], context)} {spoon}{'' if is_one(match['first']) else 's'}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.spoons",
        r"(?P<first>[1-9]\d?) (?P<spoon>[Tt])\.?"
        rf"(?= (?:of )?(?:(?!of\b)[a-z-]+ ){{0,2}}(?:{alternatives(load_words('ingredients'))})\b)",
        _say_spoons,
        (DIGIT,),
        behind=" ",
        example="3 T olive oil -> three tablespoons olive oil",
        locale="en-US",
    ),
)
