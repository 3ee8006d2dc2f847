"""Years before 1100, where nothing can be counted: until his death in 899 -> eight ninety-nine (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.dates_and_times.years import next_year
from audiobuild.normalisation.english.rules.forms import AND_OR, ORDINAL
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    DIGIT,
    DOTTED,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_before,
    words_before,
)

_MONTH = rf"(?:{alternatives(load_map('months'))})"
_SINCE = LatePattern(rf"dat{one_of('early_years', 'since-endings')} $")
"""What something dates from."""
_COUNTED = LatePattern(rf"(?:[-–]\d[\d.]*| to \d[\d.]*)? {one_of('early_years', 'counted')}\b")
_OPENS = LatePattern(r"(?:^|[.!?;:][”\"’')]?\s)[Ii]n $")
_TWO = one_of("early_years", "between")
_LEADS = LatePattern(rf"(?:^|[.!?]\s)(?i:{one_of('early_years', 'before')}) (?:\d{{3}} {_TWO} )?$")
_BEHIND_COMMA = LatePattern(rf"(?: {_TWO} \d{{3,4}})?,\s(?:{one_of('early_years', 'behind-opening')}|[A-Z][a-z]+)\s")
"""So does a sentence that begins with what leads to a year, and goes on behind a comma: around 820, he worked."""
_BEHIND_NAME = LatePattern(rf",\s[a-z]|\s(?:{one_of('early_years', 'behind-opening')}|[A-Z][a-z]+)\s")
"""What tells behind "In" and a number that a sentence begins with a year: "In 987 France gained a king"."""
_DAY_BEFORE = LatePattern(
    rf"(?:(?:\d{{1,2}}{ORDINAL}?(?: of)?|\b{one_of('early_years', 'before-months')}) {_MONTH}|{_MONTH} \d\d?,"
    rf"|{one_of('early_years', 'seasons')}(?: of)?) $"
)
"""A day, a season or "the year" before the year itself."""
_ENDS = rf"""
    (?:
        [,.;:]?[)\]”"\'’] | [,;:](?!\ ?\d) | \.(?!\d) | \s?$  # the end of a clause
        | \ to\ (?:[a-z]{{3}}|{_MONTH}\b)
        | \ {one_of("early_years", "behind")}\b | \ (?!{one_of("years", "written-eras")})[A-Z][a-z] | \ [a-z]{{3,12}}d\b
    )
"""
_NO_COUNT = LatePattern(
    rf"""
    {_ENDS}
    | (?:,\ \d{{3,4}}){{0,4}},?\ {_TWO}\ \d{{3,4}}{_ENDS}  # others of its kind
    """,
    re.VERBOSE,
)
"""What follows a number that counts nothing, or another of its kind."""
_HISTORY = LatePattern(rf"\b{one_of('early_years', 'history')}\b", re.IGNORECASE)
_ALONE_OR_LISTED = (
    rf"(?:{one_of('early_years', 'nearly')} )?"
    rf"(?:\d{{2,4}}(?:[-–]\d{{3,4}})?,? (?:{_TWO} )?){{0,4}}$"
)
_LED_TO = LatePattern(rf"\b{one_of('early_years', 'before')},? {_ALONE_OR_LISTED}")
_LED_BY_TIME = LatePattern(rf"\b{one_of('early_years', 'of-time')},? {_ALONE_OR_LISTED}")
"""What leads to a year rather than to a count: of 300, about 300."""
_GROWN = LatePattern(
    rf"\b(?:{one_of('early_years', 'grown')}|{one_of('early_years', 'moved')}\b(?! in\b))\b"
    rf"(?! {one_of('early_years', 'to-power')}\b)(?![.;] |.*\w{{3}}[.;] )"  # in the same sentence
)
_COUNTING = LatePattern(
    rf"\b{one_of('early_years', 'counting')}(?: {one_of('early_years', 'before-counts')}){{1,2}} (?:\d{{3}} {_TWO} )?$"
)
"""What leads to how many there are: killed between 460 and 480, a guard of about 450."""
_SURE = LatePattern(
    rf"""
    \b{one_of("early_years", "bare")}\ $
    | \b{one_of("early_years", "made")}\ (?:in\ [A-Z]\S+\ )?{one_of("early_years", "nearly")}\ $  # in Baghdad around
    | \b(?i:{one_of("early_years", "events")})\ of\ (?:(?:the\ )?(?:[A-Z]\S+\ ){{1,4}}\()?$  # the Battle of Tours (
    """,
    re.VERBOSE,
)
"""What leads to a year, though nothing else tells of times so long ago."""
_BESIDE = LatePattern(
    rf"\b(?:[Ii]n 10\d\d(?:[,.;)]| and\b)|[Bb]etween {one_of('early_years', 'nearly')} 10\d\d and 1[0-4]\d\d\b)"
)
"""Another year of the eleventh century, or two years that are known about."""

_ERA_BEHIND = LatePattern(
    rf"(?:(?: {_TWO} |\s?[-–]\s?)(?:c\. ?)?\d{{1,4}}){{1,3}}"
    rf"\s?{one_of('years', 'written-eras')}(?!\w)"
)
"""Behind the first of several years, the era of them all: from 420 to 589 AD, 864 or 865 – 925 or 935 CE."""
_EVENT_BEHIND = LatePattern(rf" {one_of('early_years', 'events')}\b")
"""Behind the year and "the" what happened then: the 410 sack of Rome."""
_EVENT_OF = LatePattern(rf"\b(?i:{one_of('early_years', 'told-of')}) of $")
_COUNTS_BEHIND = LatePattern(r" (?:\d|[\w-]+s\b|[\w-]+ [\w-]+s\b|men\b)")
_LATER_BEHIND = LatePattern(rf" or {one_of('early_years', 'later')}\b")
_OLD = LatePattern(
    rf"""
    \b(?:[1-9]|10){ORDINAL}[-\ ]{one_of("early_years", "hundreds")}\b | \b{one_of("years", "written-eras")}(?!\w)
    | \b[Ii]n\ [2-9]\d[1-9](?:[,.;)]|\ {_TWO}\b)  # and no count behind it
    """,
    re.VERBOSE,
)
"""Times before 1100, near a number that may be a year of theirs."""


def _say_early_year(match: re.Match[str], context: Context) -> str | None:
    """Read three digits as a year where a date, the head of a sentence or words of history lead to them."""
    before, after = text_before(match), text_after(match)
    opening = (_OPENS.search(before) and _BEHIND_NAME.match(after)) or (
        _LEADS.search(before) and _BEHIND_COMMA.match(after)
    )
    if not (
        opening
        or _ERA_BEHIND.match(after)
        or (_SINCE.search(before) and not _COUNTED.match(after))
        or (before.endswith(("the ", "The ")) and _EVENT_BEHIND.match(after))
        or (_EVENT_OF.search(before) and not _COUNTS_BEHIND.match(after))
        or (_LED_TO.search(before) and _LATER_BEHIND.match(after))
        or (_NO_COUNT.match(after) and _is_dated(match))
    ):
        return None
    if match["next"] and int(match["next"]) != int(match["year"]) + 1:
        return None
    till = f" to {'circa ' * bool(match['circa'])}{words.year(match['till'], context.locale)}" if match["till"] else ""
    till = f" {words.year(match['next'], context.locale)}" if match["next"] else till
    return words.year(match["year"], context.locale) + till


_IN_BOTH = LatePattern(rf"\bin (?:[2-9]\d\d(?:[-–]\d{{3,4}})?|\d\d\d?(?:, \d{{3}})*,) (?:{AND_OR} )?$")
"""Before the second of two years, or of several: in 634 and 636."""
_NAMED = LatePattern(r"[A-Z]\w+ \($")
_NEAR_CHARS = 200


def _is_dated(match: re.Match[str]) -> bool:
    before = text_before(match)
    if _DAY_BEFORE.search(before) or _SURE.search(before) or (match["till"] and before.endswith("c. ")):
        return True
    about = f"{text_before(match, _NEAR_CHARS)} {text_after(match, _NEAR_CHARS)}"
    if _NAMED.search(before) and text_after(match)[:1] == ")":
        return _HISTORY.search(about) is not None
    if not _LED_TO.search(before) or _GROWN.search(before) or _COUNTING.search(before):
        return False
    if (
        (_IN_BOTH.search(before) or (word_before(match) == "in" and not words_before(match, 2)[-1].isdigit()))
        and int(match["year"]) > 200
        and not match["year"].endswith(("00", "50"))
    ):
        return True
    if len(match["year"]) > 3 and _BESIDE.search(match.string):
        return True
    if _HISTORY.search(f"{before} {text_after(match)}"):
        return True
    return bool(_LED_BY_TIME.search(before) and (_HISTORY.search(about) or _OLD.search(about)))


def _say_era_first(match: re.Match[str], context: Context) -> str | None:
    till = f" to {words.year(match['till'], context.locale)}" if match["till"] else ""
    till = till or (f" {next_year(match['year'], match['next'], context)}" if match["next"] else "")
    return f"A D {words.year(match['year'], context.locale)}{till}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "era.before",
        r"(?:A(?:\.\s?D\.|D)|a\.\s?d\.)\s?(?P<year>\d{1,4})(?:[-–](?P<till>\d{1,4})|/(?P<next>\d{2,3}))?(?![\d,]\d|\w)",
        _say_era_first,
        ("AD", "A", DOTTED),
        example="AD122 -> A D one twenty-two",
    ),
    make_rule(
        "year.early",
        r"(?P<year>[1-9]\d\d|10\d\d)(?:\s?[-–]\s?(?P<circa>c\.\s?)?(?P<till>[1-9]\d\d\d?)"
        r"|/(?P<next>[1-9]\d\d))?(?![\w%°]|[.,:/–-]\d)",
        _say_early_year,
        (DIGIT,),
        example="until his death in 899 -> until his death in eight ninety-nine",
    ),
)
