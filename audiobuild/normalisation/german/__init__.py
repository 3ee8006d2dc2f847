"""German: its rules, its numbers, its sentences (layer 1, pure)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from audiobuild.normalisation.german.lexis.sentence_ends import ends_sentence
from audiobuild.normalisation.german.lexis.vocabulary import MONTHS, TABLES
from audiobuild.normalisation.language import Language
from audiobuild.normalisation.rule import Rule


def _load_rules() -> Sequence[Rule]:
    from audiobuild.normalisation.german.inventory import RULES

    return RULES


def write_date(date: dt.date) -> str:
    """Write a date in full.

    >>> write_date(dt.date(2019, 1, 3))
    '3. Januar 2019'
    """
    return f"{date.day}. {MONTHS[date.month - 1]} {date.year}"


def is_pronounceable(capitals: str) -> bool:
    """Say whether unknown capitals could be said as a word: no more than two consonants stand together.

    >>> is_pronounceable("BAFIN"), is_pronounceable("BND")
    (True, False)
    """
    return re.search("[AEIOUÄÖÜ]", capitals) is not None and re.search("[^AEIOUÄÖÜ]{3}", capitals) is None


def _say_count(digits: str, locale: str) -> str:
    from audiobuild.normalisation.german.lexis.words import cardinal

    return cardinal(digits)


LANGUAGE = Language(
    load_rules=_load_rules,
    ends_sentence=ends_sentence,
    write_date=write_date,
    title_date=write_date,
    is_pronounceable=is_pronounceable,
    say_count=_say_count,
    introduction="Einleitung",
    outro="Schluss",
    tables=TABLES,
)
