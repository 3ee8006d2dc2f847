"""Lives and reigns in brackets: (c. 955 – 26 May 1010) -> circa nine fifty-five to the twenty-sixth (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import Rule, make_rule, words_before
from audiobuild.normalisation.scan import verbalise

_MONTH = rf"(?:{alternatives(load_map('months'))})"
_EVENT = LatePattern(
    rf"""
    # what happened, about when, on which day
    (?:(?P<kind>{one_of("lives", "events")})\s?)?
    (?P<circa>(?:{one_of("lives", "nearly")})\s?)?
    (?P<day>\d{{1,2}}\s{_MONTH}\s|{_MONTH}\s\d{{1,2}},?\s)?
    # in which year, or in one of two
    (?:(?P<first_era>A\.?D\.?)\s)?
    (?P<year>\d{{1,4}})(?:(?P<stroke>/)(?P<other>\d{{1,4}})|\s{one_of("lives", "either")}\s(?P<second>\d{{3,4}}))?
    (?:\s?(?P<era>{one_of("years", "written-eras")}))?
    """,
    re.VERBOSE,
)
_DASH = r"\s?[-–—]\s?"
_ARABIC = LatePattern(r"a[ldnrst]-[^\W\d_a-z]\w+")
_LONGEST_LIFE = 400
"""Years from the first to the last of a dynasty: farther apart, two numbers are none."""


def _say_life(match: re.Match[str], context: Context) -> str | None:
    """Read when somebody was born and died, or ruled, and what stands before it in the bracket."""
    lead, _, dates = match["told"].rpartition("; ")
    events = [_EVENT.fullmatch(part) for part in re.split(_DASH, dates)]
    if len(events) > 2 or None in events:
        return None
    told = [event for event in events if event is not None]
    if not _is_sure(match, told):
        return None
    said = [_said_event(event, context) for event in told]
    before = f"{verbalise(lead, Context(context.locale)).text}; " if lead else ""
    return f"({before}{' to '.join(said)})"


def _is_sure(match: re.Match[str], events: list[re.Match[str]]) -> bool:
    """Say whether the numbers are years: by an era, a day or a word beside one, or by the name before the bracket."""
    first, last = (int(event["year"]) for event in (events[0], events[-1]))
    dated = any(event["era"] or event["first_era"] or event["day"] for event in events)
    marked = dated or any(event["kind"] in load_use("lives", "sure-events") for event in events)
    if len(events) == 1:
        return marked and bool(len(events[0]["year"]) == 3 or events[0]["stroke"])
    if any(event["era"] for event in events):
        return True
    lasting = first < 1000 and _lasts(match)
    longest = _LONGEST_EMPIRE if lasting else _LONGEST_LIFE
    is_old = first > 99 or (lasting and last > 199) or (first > _FIRST_OF_EMPERORS and "mperor" in match.string)
    if not (is_old and first < last < first + longest and last < 2100):
        return False
    if marked or any(event["circa"] or event["second"] for event in events):
        return True
    return lasting or (first < 1000 and (_follows_name(match) or _is_of_small_ruler(match)))


_LONGEST_EMPIRE = 1200
_FIRST_OF_EMPERORS = 13
"""A year of our lord before which none of them began to rule: Trajan (98–117)."""


def _lasts(match: re.Match[str]) -> bool:
    """Say whether what lasts for long stands before the bracket: the Holy Roman Empire (800–1806)."""
    before = words_before(match)
    return bool(before) and before[0].lower() in load_use("lives", "lasting")


def _is_of_small_ruler(match: re.Match[str]) -> bool:
    """Say whether a ruler is told of in a line without capitals, which has no name that could be seen."""
    is_small = match.string.islower() and not match.string[match.start() - 2].isdigit()
    rulers = words_pattern(r"\bWORDS\b", "roman", "rulers")
    return is_small and rulers.search(match.string, 0, match.start()) is not None


def _follows_name(match: re.Match[str]) -> bool:
    """Say whether a name, or what lasts for centuries, stands before the bracket."""
    before = words_before(match, 2)
    if before and _ARABIC.fullmatch(before[0]):
        return True
    if not before or before[0].isupper() or not before[0].isalpha():
        return bool(before) and before[0] in load_use("lives", "numerals")
    name = before[0].lower()
    if not before[0][0].isupper() or name in load_use("lives", "numbered"):
        return False
    return not is_english_word(name.rstrip("s")) or (len(before) > 1 and before[1][-1] not in ".?!:;")


def _said_event(event: re.Match[str], context: Context) -> str:
    kind = load_map("life_events").get(event["kind"] or "", event["kind"] or "")
    day = verbalise(event["day"].rstrip(" ,"), Context(context.locale)).text if event["day"] else ""
    era = event["first_era"] or event["era"] or ""
    spelt = words.letters(era.replace(".", ""))
    year = words.year(event["year"], context.locale)
    if event["other"] or event["second"]:
        year = f"{year} or {words.year(event['other'] or event['second'], context.locale)}"
    said = (kind, "circa" if event["circa"] else "", day, spelt if event["first_era"] else "", year)
    return " ".join(filter(None, (*said, "" if event["first_era"] else spelt)))


RULES: tuple[Rule, ...] = (
    make_rule(
        "year.life",
        r"\((?P<told>[^()\n\d]{0,80}\d[^()\n]{2,60})\)",
        _say_life,
        ("(",),
        example="Bede (672/3 – 735) -> Bede (six seventy-two or three to seven thirty-five)",
    ),
)
