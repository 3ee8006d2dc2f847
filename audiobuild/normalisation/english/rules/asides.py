"""Brackets that speak to the eye alone, and so are not read: (see chart 2), (pictured) (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lists import load_use
from audiobuild.normalisation.rule import Rule, make_rule

_THING = rf"(?:{'|'.join(sorted(load_use('asides', 'illustrations'), key=lambda word: (-len(word), word)))})\b\.?"
_NUMBER = r"(?: (?:\d{1,3}[a-z]?|[A-Z]|one|two|three|four|five)\b)?"
_WHICH = r"(?:(?:the|our|this week’s) )?(?:(?:first|second|third|next|previous|left-hand|right-hand|lead|cover) )?"
_WHERE = r"(?:,? (?:on|at)? ?(?:the )?(?:left|right|above|below|overleaf|opposite|(?:next|previous|facing) page))?"
_SEE = (
    rf"(?:see|see also|as shown in|shown in) {_WHICH}{_THING}{_NUMBER}"
    rf"(?:(?:,|,? and|,? or| to|-|–) ?(?:the )?(?:{_THING})?{_NUMBER}){{0,3}}{_WHERE}"
)
_NUMBERED = r"(?:chart|graph|figure|fig\.?|table|map|diagram)s? \d{1,3}[a-z]?"
_PICTURED = r"pictured(?:,? (?:on the |far )?(?:here|above|below|left|right|overleaf|centre|center)){0,2}"
_EARLIER = r"(?:above|below|left|right), pictured"


def _say_nothing(match: re.Match[str], context: Context) -> str | None:
    return ""


RULES: tuple[Rule, ...] = (
    make_rule(
        "aside.cross-reference",
        rf"\((?:{_SEE}|{_NUMBERED}|{_PICTURED}|{_EARLIER})[.;]?\)",
        _say_nothing,
        ("(",),
        flags=re.IGNORECASE,
        example="a barrel (see chart 1), -> a barrel,",
    ),
)
