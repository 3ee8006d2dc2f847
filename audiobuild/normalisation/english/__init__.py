"""English: its rules, its numbers and names, its sentences (layer 1, pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache

from audiobuild.model.pronunciation import Pronunciation
from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.sentence_ends import ends_sentence
from audiobuild.normalisation.language import Language, Usage
from audiobuild.normalisation.rule import Rule
from audiobuild.normalisation.tables import Tables

_BEFORE_PRONOUN = " | ".join(rf"(?<=\b(?i:{word})[ ]I)" for word in sorted(load_use("roman", "before-clauses")))
_LONE_CAPITALS = rf"""
(?x:
    I(?=[ ](?!and[ ]|or[ ]|to[ ]|of[ ])[a-z])  # the pronoun, by what stands before it
    (?:
        (?<=[,;?!”][ ]I) | (?<=[^IVX][ ](?i:and)[ ]I) | (?<=[a-z]{{4}}[.][ ]I) | (?<=[“‘\n\t]I) | (?<![\s\S]I)
        | {_BEFORE_PRONOUN}
    )
    | A(?=[ ][a-z])  # the article, at the beginning of a sentence
    (?: (?<=[a-z]{{4}}[.][ ]A) | (?<=[“‘]A) | (?<![\s\S]A) )
)
"""
"""The commonest words of one capital, where nobody would take them for a numeral or a letter."""


def _load_rules() -> Sequence[Rule]:
    from audiobuild.normalisation.english.inventory import RULES

    return RULES


def _find_usage(texts: Sequence[str]) -> Usage:
    from audiobuild.normalisation.english.lexis.usage import find_usage

    return find_usage(texts)


def _write_opening(text: str, context: Context) -> str:
    from audiobuild.normalisation.english.rules.one_case.leadin import written_lead_in

    return written_lead_in(text, context)


@cache  # to import what is there takes longer than to restore the case of a short text
def _case_restorer() -> Callable[[str, Context], str]:
    from audiobuild.normalisation.english.rules.one_case.casing import restore_case

    return restore_case


def _restore_case(text: str, context: Context) -> str:
    return _case_restorer()(text, context)


def _is_pronounceable(capitals: str) -> bool:
    from audiobuild.normalisation.english.rules.short_forms.capitals import is_pronounceable

    return is_pronounceable(capitals)


@cache
def _name_speaker() -> Callable[[str, Context], Sequence[Pronunciation]]:
    from audiobuild.normalisation.english.lexis.name_sounds import pronounce_names

    return pronounce_names


def _pronounce_names(text: str, context: Context) -> Sequence[Pronunciation]:
    return _name_speaker()(text, context)


def _say_count(digits: str, locale: str) -> str:
    return _cardinals()(digits, locale)


@cache
def _cardinals() -> Callable[[str, str], str]:
    from audiobuild.normalisation.english.lexis.words import cardinal

    return cardinal


def write_date(date: dt.date) -> str:
    """Write a date in the house style.

    >>> write_date(dt.date(2019, 1, 3))
    'January 3rd 2019'
    """
    suffix = "th" if 11 <= date.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(date.day % 10, "th")
    return f"{date:%B} {date.day}{suffix} {date.year}"


def title_date(date: dt.date) -> str:
    """Write a date as it is printed.

    >>> title_date(dt.date(2019, 1, 3))
    '3 January 2019'
    """
    return f"{date.day} {date:%B %Y}"


LANGUAGE = Language(
    load_rules=_load_rules,
    plain_form=_LONE_CAPITALS.strip(),
    find_usage=_find_usage,
    ends_sentence=ends_sentence,
    write_date=write_date,
    title_date=title_date,
    write_opening=_write_opening,
    restore_case=_restore_case,
    is_pronounceable=_is_pronounceable,
    pronounce_names=_pronounce_names,
    say_count=_say_count,
    tables=Tables("english"),
)
