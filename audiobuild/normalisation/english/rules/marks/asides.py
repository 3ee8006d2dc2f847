"""Brackets that speak to the eye alone, and so are not read: (see chart 2), (pictured) (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import AND_OR
from audiobuild.normalisation.rule import Rule, make_rule

_THING = rf"{one_of('asides', 'illustrations')}\b\.?"
_NUMBER = rf"(?: (?:\d{{1,3}}[a-z]?|[A-Z]|{one_of('asides', 'numbers')})\b)?"
_WHICH = rf"(?:(?:the|our|this week’s) )?(?:{one_of('asides', 'which')} )?"
_WHERE = rf"(?:,? (?:on|at)? ?(?:the )?{one_of('asides', 'where')})?"
_SEE = (
    rf"{one_of('asides', 'see')} {_WHICH}{_THING}{_NUMBER}"
    rf"(?:(?:,|,? {AND_OR}| to|-|–) ?(?:the )?(?:{_THING})?{_NUMBER}){{0,3}}{_WHERE}"
)
_NUMBERED = rf"{one_of('asides', 'numbered')}s? \d{{1,3}}[a-z]?"
_PICTURED = rf"pictured(?:,? (?:on the |far )?{one_of('asides', 'pictured')}){{0,2}}"
_EARLIER = rf"{one_of('asides', 'earlier')}, pictured"


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
