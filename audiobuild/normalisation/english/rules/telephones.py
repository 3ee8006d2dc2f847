"""Telephone numbers with words in them: 1-800-GO-FEDEX -> one eight hundred go Fedex (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english import words
from audiobuild.normalisation.english.rules.capitals import is_listed_initialism, is_pronounceable
from audiobuild.normalisation.english.vocabulary import is_english_word
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule
from audiobuild.normalisation.tables import load_words


def _say_worded(match: re.Match[str], context: Context) -> str | None:
    """Read the figures as a telephone's, and what stands in letters as words or letters."""
    said = ["one"] if match["country"] else []
    area = match["area"] or match["free"]
    nought = "oh " if area[0] == "0" and not context.american else ""
    said.append(
        nought + words.cardinal(area) if area.endswith("00") else words.digit_by_digit(area, oh=not context.american)
    )
    said += (_spoken_part(part, context) for part in re.findall(r"\d+|[A-Z]+", match["rest"]))
    return " ".join(said)


def _spoken_part(part: str, context: Context) -> str:
    if part.isdigit():
        return words.digit_by_digit(part, oh=not context.american)
    lower = part.lower()
    if lower in load_words("plain_words") or (is_english_word(lower) and not is_listed_initialism(part)):
        return lower
    return part.capitalize() if len(part) > 3 and is_pronounceable(part) else words.letters(part)


RULES: tuple[Rule, ...] = (
    make_rule(
        "telephone.worded",
        r"(?:(?P<country>1)[-. ]\(?(?P<area>[2-9]\d\d)|(?P<free>8(?:00|33|44|55|66|77|88)|0[38]00))\)?[-. ]"
        r"(?P<rest>(?=[\d-]{0,8}[A-Z])[A-Z\d]{1,12}(?:-[A-Z\d]{1,10}){0,4})(?![\w-])",
        _say_worded,
        (DIGIT,),
        behind=" ).-",
        example="1-800-GO-FEDEX -> one eight hundred go Fedex",
    ),
)
