"""For how long a drug is taken: q8h x 7d -> every eight hours for seven days (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, words_pattern
from audiobuild.normalisation.rule import Rule, make_rule, text_before

_SPANS = load_map("spans_of_drugs")


def _say_course(match: re.Match[str], context: Context) -> str | None:
    """Read so many days behind how often it is taken."""
    often = words_pattern(r"(?i)(?<!\w)(?:q\d{1,2}h|WORDS|[bqt]\.i\.d\.|q\.d\.) $", "courses_of_drugs", "orders")
    if not often.search(text_before(match)):
        return None
    return f"for {words.cardinal(match['number'])} {_SPANS[match['span']]}{'' if match['number'] == '1' else 's'}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "dose.course",
        rf"[x×]\s?(?P<number>\d{{1,3}})\s?(?P<span>{alternatives(_SPANS)})(?!\w)",
        _say_course,
        ("x", "×"),
        example="5 mg bid x 7d -> five milligrams twice a day for seven days",
    ),
)
