"""Days of the week: Tue-Sat -> Tuesday to Saturday (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import AND_OR, AND_OR_TO, ORDINAL
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    Rule,
    make_rule,
    text_after,
    text_before,
    word_before,
    words_before,
)

MONTHS = load_map("months")
CAPITAL_SHORT = alternatives(frozenset(name.upper() for name, full in MONTHS.items() if name != full))
"""A pattern for the shortened months in capitals."""
WEEKDAYS_AND_SHORT = frozenset(load_map("weekdays")) | frozenset(load_map("weekdays").values())
_WEEKDAY = load_map("weekdays")
_ANY_WEEKDAY = alternatives(frozenset(_WEEKDAY))


def kept_stop(match: re.Match[str]) -> str:
    """Keep a full stop that also ends the sentence; none ends between an article and its noun: the Sept. CPI."""
    if re.match(r"\s[A-Z]{2}", text_after(match)) and re.search(r"\b(?:[Tt]he|[Aa]n?) $", text_before(match)):
        return ""
    return "." if match["stop"] and re.match(r"\s*$|\s+[A-Z\"“‘]", text_after(match)) else ""


_ALL_DAYS = alternatives(WEEKDAYS_AND_SHORT)
_DAYS_BEHIND = LatePattern(rf"(?:\s?[,&/]\s?(?:{AND_OR}\s)?|\s{one_of('weekdays', 'joints')}\s)(?:{_ALL_DAYS})(?!\w)")
_DAYS_BEFORE = LatePattern(
    rf"(?<!\w)(?:{_ALL_DAYS})\.?(?:\s?[,&/]\s?(?:{AND_OR}\s)?|\s{one_of('weekdays', 'joints')}\s)$"
)


def _say_weekdays(match: re.Match[str], context: Context) -> str | None:
    return f"{_WEEKDAY[match['first']]} to {_WEEKDAY[match['second']]}"


def _say_weekday_alone(match: re.Match[str], context: Context) -> str | None:
    """Read a shortened weekday where it can be nothing else, or where a word of time or another day stands by it."""
    day, before, after = match["weekday"], text_before(match), text_after(match)
    if re.match(r"[’']s\b", after):
        return _WEEKDAY[day]
    timed = words_pattern(r"(?:\bWORDS|\d ?[apAP]\.?[mM]\.?)\s$", "weekdays", "before-day").search(before)
    timed = timed or re.match(r",?\s\d{1,2}/\d{1,2}(?!\d)", after)
    if day in load_use("weekdays", "sure-days") or (timed and not re.match(r"\s(?![AP]M\b)[A-Z]", after)):
        return _WEEKDAY[day] + kept_stop(match)
    if re.match(r",?\s\d{1,2}(?:[.:]\d\d)?\s?(?:[apAP]\.?[mM]\b|[-–]\s?\d{1,2}(?![\d%]))|\s@\s?\d", after):
        return _WEEKDAY[day]
    if re.match(r"\sat\s\d{1,2}(?:[.:]\d\d)?(?![\w%]|\s[A-Z])", after) and word_before(match).islower():
        return _WEEKDAY[day] if word_before(match) not in DETERMINERS else None
    if words_pattern(r"\sWORDS\b(?! after)", "shortened", "parts-of-days").match(after):
        return _WEEKDAY[day]
    if _DAYS_BEHIND.match(after) or _DAYS_BEFORE.search(before):
        return _WEEKDAY[day] + kept_stop(match)
    return _WEEKDAY[day] + kept_stop(match) if _is_weekday(match) else None


def _is_weekday(match: re.Match[str]) -> bool:
    """Say whether a shortened weekday is no name: it has its stop, or ends a clause, and no capital goes before."""
    day, before = match["weekday"], words_before(match, 2)
    opens = len(before) < 2 or before[1][-1] in ".!?:"
    if day == "Sun" and re.search(r"\bthe \S+(?: and \S+)? $", text_before(match)):
        return False  # the noon-day Sun.
    named = bool(before) and not opens and before[0][:1].isupper() and not before[0].isupper() and before[0][-1] != ","
    shown = match["stop"] and day != "Sun" and re.match(r"\s[a-z]", text_after(match))
    if named or (before and before[0].lower() in DETERMINERS and not shown):
        return False
    if match["stop"]:
        return True
    return day in {"Tue", "Thu", "Fri"} and bool(re.match(r"[,;:)]|\s*$", text_after(match)))


def _say_weekday(match: re.Match[str], context: Context) -> str | None:
    return _WEEKDAY[match["weekday"]] + ("," if match["comma"] else "")


def _say_listed(match: re.Match[str], context: Context) -> str | None:
    """Read a day of the week with its day of the month, where the month stands behind another such pair."""
    day = _WEEKDAY.get(match["weekday"], match["weekday"])
    return f"{day} the {words.ordinal(match['day'], context.locale)}"


_MONTH = rf"(?:{alternatives(frozenset(MONTHS))})"
_PAIR = rf"(?:{_ALL_DAYS})\.?\s\d{{1,2}}(?:{ORDINAL})?"
_LISTED = rf"""
    (?P<weekday>{_ALL_DAYS})\.?,?\s(?P<day>3[01]|[12]\d|[1-9])(?:{ORDINAL})?
    (?=
        (?:,\s{_PAIR}){{0,6}}  # more such pairs, the last of which has the month
        (?:,?\s{AND_OR_TO}\s|\s?[&–-]\s?|,\s){_PAIR}\s(?:of\s)?{_MONTH}(?!\w)
    )
"""
_WEEKDAYS = (
    rf"(?P<weekday>{alternatives(frozenset(_WEEKDAY))})(?![\w’'])\.?(?P<comma>,)?"
    rf"(?=\s(?:{_MONTH}\.?\s\d|\d{{1,2}}{ORDINAL}?\s{_MONTH}))"
)


RULES: tuple[Rule, ...] = (
    make_rule(
        "weekday.listed",
        _LISTED,
        _say_listed,
        WEEKDAYS_AND_SHORT,
        flags=re.VERBOSE,
        example="Sat 3 or Sun 4 May -> Saturday the third or Sunday the fourth of May",
    ),
    make_rule(
        "weekday.span",
        rf"(?P<first>{_ANY_WEEKDAY})\.?(?:-|–|\sto\s)(?P<second>{_ANY_WEEKDAY})(?:\.(?=,?\s[a-z\d]|[,;:)]))?(?!\w)",
        _say_weekdays,
        _WEEKDAY,
        example="Tue-Sat -> Tuesday to Saturday",
    ),
    make_rule(
        "weekday.before-date", _WEEKDAYS, _say_weekday, _WEEKDAY, example="Sun., May 4 -> Sunday, May the fourth"
    ),
    make_rule(
        "weekday.short",
        rf"(?P<weekday>{_ANY_WEEKDAY})(?P<stop>\.)?(?:(?<=\.)(?=[’']s\b)|(?![\w’']))",
        _say_weekday_alone,
        _WEEKDAY,
        example="Tue. & -> Tuesday and",
    ),
)
