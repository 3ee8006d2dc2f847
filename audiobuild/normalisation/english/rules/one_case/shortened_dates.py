"""Months and days in small letters that are words as well: "march 5", "on sat" (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.forms import AND_OR, AND_OR_TO, ORDINAL
from audiobuild.normalisation.english.rules.one_case.shortened_parts import (
    KINDS,
    Span,
    first,
    is_content,
    next_word,
    previous_word,
)
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before

_THROUGH = one_of("casing", "through")
"""What stands between two months."""
_ORDINAL_BEFORE = LatePattern(rf"{ORDINAL} $")
_DAY = rf"(?:[12]\d|3[01]|0?[1-9]){ORDINAL}?"
_DAYS, _SURE_DAYS, _MONTHS = (
    alternatives([short for short, kinds in KINDS.items() if set(kinds) & wanted])
    for wanted in ({"day", "doubtful-day"}, {"day"}, {"month", "doubtful-month"})
)

_DATE_BEFORE = LatePattern(
    rf"(?:\b{one_of('shortened', 'before-dates')} (?:\d{{1,2}}[-–])?{_DAY}"
    rf"|(?<!\w)(?:{_MONTHS})\.? {_DAY} {AND_OR_TO}) $",
    re.IGNORECASE,
)
_DATE_BEHIND = LatePattern(
    rf",? (?:(?:{_MONTHS})\.? \d|{_DAY} (?:{_MONTHS})(?!\w)|\d{{1,2}}/\d{{1,2}}(?![\w/]| of)"
    rf"|{_DAY}(?: {AND_OR}| &|,) (?:{_DAYS})\.? \d)"
)
_DAY_PART = LatePattern(rf"\.? {one_of('shortened', 'parts-of-days')}s?(?!\w)")
_BEGINS_BEFORE = LatePattern(rf"\b{one_of('shortened', 'occasions')}(?:[’']s|:| \w\w| was)(?: on)? $")
_CLOCK = r"(?: \d{1,2}(?:[.:]\d\d)? ?[apAP]\.?[mM]\.?)?"
_HOUR_RIGHT_BEHIND = LatePattern(r",? \d{1,2}(?:[.:]\d\d)? ?[ap]\.?m", re.IGNORECASE)
_HOURS_BEHIND = LatePattern(r" \d{1,2}(?:[:.]\d\d)?[-–]\d{1,2}(?:[:.]\d\d)?(?![\d%]| [a-z]+s\b)")
_HOUR_BEHIND = LatePattern(r"(?:,| at)? (?:\d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.?m|o[’']clock)|noon\b)", re.IGNORECASE)


_OPENS_BEFORE = LatePattern(rf"(?:^|[\d,;:&(] |\b{one_of('shortened', 'opening')} )$")
_LISTED_BEFORE = LatePattern(rf"(?<!\w)(?:{_DAYS})\.?:? \d[^.;]* {AND_OR} $")
"""Another day with its hours, before "and"."""


def _is_dated(match: re.Match[str]) -> bool:
    """Say whether a day of the month or a year stands by."""
    before, after = text_before(match), text_after(match)
    if re.match(rf" (?:{_DAY}(?![\w%]|[.,:]\d)|(?:1[5-9]|20)\d\d(?!\d))", after):
        return True
    return bool(re.search(rf"(?<![\w.,$£€]){_DAY} (?:of )?$", before))


def of_doubtful_month(match: re.Match[str]) -> list[Span]:
    """Find "march 5" and "in mar.", but neither "may 5 people come" nor "to march 5 miles"."""
    before, after = text_before(match), text_after(match)
    previous, following = previous_word(match), next_word(match)
    if previous and previous[1].lower() in load_use("casing", "before-verbs") and match["short"] != "may":
        return []
    if _is_dated(match):
        if _DATE_BEFORE.search(before):
            return [first(match)]
        behind = re.match(r" [\d]\S*(?:,? \d{4})? ([a-z]+)", after)
        if behind and behind[1] in load_use("casing", "of-measure"):
            return []
        is_verb = following and following[1].lower() in load_use("casing", "behind-dated")
        return [] if is_verb and not _ORDINAL_BEFORE.search(before) else [first(match)]
    joint = rf"\.? {_THROUGH} (?:{_MONTHS})(?!\w)"
    if re.match(joint, after) or re.search(rf"(?<!\w)(?:{_MONTHS})\.? {_THROUGH} $", before):
        return [first(match)] if match["short"] == "mar" else []
    if previous and previous[1].lower() in load_use("casing", "before-months") - load_use("forms", "joints"):
        return [] if match["short"] == "may" and following else [first(match)]
    return []


def _is_sure_day(match: re.Match[str]) -> bool:
    """Say whether a day with its stop has hours behind it, or is one of several: "sun. 1-3", "on a wed. this year"."""
    previous, following = previous_word(match), next_word(match)
    if following and following[1] in load_use("shortened", "on-days") and not is_content(previous):
        return True
    if previous is None or previous[1].lower() not in DETERMINERS:
        return _HOURS_BEHIND.match(text_after(match)) is not None
    return match["short"] == "wed"


def of_doubtful_day(match: re.Match[str]) -> list[Span]:
    """Find "on sat", "sun 4 mar" and "wed. and fri.", but not "we sat" and "in the sun"."""
    before, after = text_before(match), text_after(match)
    days = _DAYS if match["stop"] else _SURE_DAYS if match["short"] == "wed" else f"{_SURE_DAYS}|sat|sun"
    previous = previous_word(match)
    goes_on = text_after(match).startswith(",") or (
        match["short"] != "sun" and previous and previous[1].lower() in DETERMINERS and is_content(next_word(match))
    )
    if match["stop"] and (goes_on or _HOUR_BEHIND.match(after) or _is_sure_day(match)):
        return [first(match)]
    if _HOURS_BEHIND.match(after) and (_OPENS_BEFORE.search(before) or _LISTED_BEFORE.search(before)):
        return [first(match)]  # open mon-fri 9-5, sat 10-4
    if _HOUR_RIGHT_BEHIND.match(after) and not (previous and previous[1].lower() in load_use("casing", "closed")):
        return [first(match)]
    by_day = re.match(rf"(?:,| {AND_OR_TO}|-| ?&) ?(?!{match['short']})(?:{days})(?!\w)", after) or re.search(
        rf"(?<!\w)(?!{match['short']})(?:{days})\.?{_CLOCK}(?:,|,? {AND_OR}| to|-| ?&) ?$", before
    )
    dated = _DATE_BEHIND.match(after)
    begins = _BEGINS_BEFORE.search(before) and re.match(r" at \d", after)
    part = _DAY_PART.match(after) if match["short"] != "wed" else None
    if by_day or dated or begins or part or (previous and previous[1].lower() in load_use("casing", "before-days")):
        return [first(match)]
    return [first(match)] if re.search(r"\d ?[ap]\.?m\.?,? $", before) else []
