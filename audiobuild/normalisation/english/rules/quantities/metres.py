"""Whether m behind a number is metres or millions, by the words about it (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    judged_once,
    text_after,
    text_before,
    word_after,
    word_before,
    words_after,
    words_before,
)

_PHRASES = frozenset(phrase.replace("_", " ") for phrase in load_use("metres", "distances"))
_DISTANCE_ABOUT = LatePattern(rf"\b{one_of('metres', 'distances')}\b", re.IGNORECASE)
_ACROSS = LatePattern(rf" across(?:[,.;:)]|$| {one_of('metres', 'behind-across')}\b)")
_FROM_PLACE = LatePattern(rf" from {one_of('metres', 'places')}\b")
_WATER_BEFORE = LatePattern(
    rf"\b{one_of('metres', 'waters')}\b[^.;,]{{0,30}}\b{one_of('metres', 'moves')}"
    r"(?: by| to| from| from [\d.]+m to)? $"
)
_EXTENT_BEFORE = LatePattern(
    rf"\b(?:{alternatives(frozenset(phrase for phrase in _PHRASES if phrase.endswith(' of')))})"
    rf"(?: {one_of('metres', 'before-extents')})? $",
    re.IGNORECASE,
)
_LONG_THING_NEAR = LatePattern(rf"\s[a-z]+ (?:swimming )?(?:{alternatives(load_use('metres', 'long-nouns'))})\b")
_WON = LatePattern(
    rf"\b{one_of('metres', 'won')}\b[^.;]{{0,40}}"
    rf"\b(?:[1-9]\d?,?\d?00m|{one_of('metres', 'contests')})\b[^.;]{{0,10}} by $"
)
"""Before a number with m this tells by how far a race was won."""
_WEATHER_BEFORE = LatePattern(rf"\b{one_of('metres', 'weather')}\b[^;:]{{0,40}}$", re.IGNORECASE)
"""What is told of by its height, or by how far one sees, before "above 300m"."""
_EVENT_BEFORE = LatePattern(rf"\b{one_of('metres', 'who-race')}(?:[’']s|s[’'])(?: [A-Z][a-z]+)? $", re.IGNORECASE)
_RACING = LatePattern(rf"\b{one_of('metres', 'racing')}\b")
LEADS = load_use("metres", "lead")
"""Behind a length these part two in a race: 5m clear."""
_LONGEST_LEAD_METRES = 200
"""Who is further ahead than this is so by millions."""


_FOOT = one_of("metres", "feet")
_ROUGHLY = one_of("metres", "roughly")
_CONVERTED = LatePattern(rf"(?:(?:-?[a-z]{{2,8}})? \((?:{_ROUGHLY} )?|/)[\d,.]+[- ]?{_FOOT}\b")
_CONVERTED_BEFORE = LatePattern(rf"\b[\d,.]+[- ]?{_FOOT} \((?:{one_of('metres', 'roughly')} )?$")
"""What is converted to feet, or from them, is a length."""
_DIMENSION = one_of("metres", "dimensions")
_LENGTH_BEFORE = LatePattern(rf"\d(?:m|-metre| metres) {_DIMENSION}\b[^.:]{{0,50}}$")
_RISES_BEFORE = LatePattern(
    rf"\d ?km\b[^.:;]{{0,60}}\b{one_of('metres', 'rises')} "
    rf"(?:by|to|from) (?:{one_of('metres', 'nearly')} )?$"
)
"""Behind a length in kilometres the land, or a road, rises or falls by metres."""
_LENGTH_BEHIND = LatePattern(rf"[^.;:]{{0,25}} [\d.]{{1,5}}m {_DIMENSION}\b")
"""A neighbour that is a length, told in the same clause."""
_RISEN_BEFORE = LatePattern(
    rf"\b(?:{alternatives(load_use('metres', 'waters') | load_use('metres', 'long-things'))})\b[^.;:]{{0,30}}$"
)
_PASSED = LatePattern(rf"\b{one_of('metres', 'passes')} the $")
_FROM_COUNT = LatePattern(
    rf"\bfrom (?:\d{{1,3}}(?:,\d{{3}})+|\d{{2,3}},?000|[\d.]{{1,6}} ?{one_of('measures', 'scales')}) to $"
)
"""Before a number with m this tells what it was before: thousands, which no length in metres is counted from."""

_CLOCKED = LatePattern(r"(?: \w+)? in \d{1,2}(?:[:.]\d\d)?(?:\.\d{1,2})?(?:s\b| s|:)")
"""Behind a distance so many seconds are told that it was run in: 100m in 9.58s."""
_FEAT_BEFORE = LatePattern(
    rf"\b{one_of('metres', 'feats')} (?:{one_of('metres', 'barely')} )?$|\b{one_of('metres', 'of-feats')} of $"
)
"""Before a number with two decimals: what an athlete did."""


@judged_once("first")
def is_length(match: re.Match[str]) -> bool:
    """Say whether m behind a number is metres."""
    before, after = word_before(match).lower(), word_after(match).lower()
    if re.match(r" ?[A-Za-z]{1,3}[⁻−][¹²³1-3]", text_after(match)):
        return True  # metres per second
    if _CONVERTED.match(text_after(match)) or _CONVERTED_BEFORE.search(text_before(match)):
        return True
    if _is_named(match):
        return True
    if is_count(match):
        return False
    if _is_feat(match, after) or _CLOCKED.match(text_after(match)):
        return True
    if after in load_use("metres", "compared") and _RISEN_BEFORE.search(text_before(match)):
        return True
    if _stands_by_length(match):
        return not _is_counted(after)
    if _is_raced(match, before, after) or _is_extent(match, before, after) or _is_thousands(match):
        return True
    return _is_of_thing(match, before, after)


_PEOPLES = tuple(load_use("metres", "ends-of-peoples"))


def _is_named(match: re.Match[str]) -> bool:
    """Say whether a thing with a name of its own is so long: "the 1.8 m Chinese giant salamander"."""
    name, *behind = words_after(match, 2) or [""]
    if not match.group().endswith(" m") or not name[:1].isupper() or re.search(r"(?<![ius])s$", name):
        return False
    if not name.endswith(_PEOPLES):
        return True
    return bool(behind) and behind[0].islower() and behind[0] not in load_words("function_words")


def _stands_by_length(match: re.Match[str]) -> bool:
    """Say whether a length is told in the same clause: "rises over 12 km by 300m", "30m long and 12m wide"."""
    before = text_before(match)
    if _RISES_BEFORE.search(before) or _LENGTH_BEFORE.search(before):
        return True
    return _LENGTH_BEHIND.match(text_after(match)) is not None


def _is_raced(match: re.Match[str], before: str, after: str) -> bool:
    """Say whether a distance is told that is run or swum, or by which somebody leads or has won."""
    if _is_lead(match, after) or (before == "by" and _WON.search(text_before(match))):
        return True
    if match["first"] not in load_use("metres", "run"):
        return False
    if _EVENT_BEFORE.search(text_before(match)):
        return True
    if after in load_use("metres", "strokes") or (before == "the" and _is_run(match, after)):
        return True
    return _ends_phrase(after) and _RACING.search(text_before(match)) is not None


def _is_extent(match: re.Match[str], before: str, after: str) -> bool:
    """Say whether it is told how far, high, deep or wide something is."""
    if _ACROSS.match(text_after(match)):
        return True
    if _FROM_PLACE.match(text_after(match)) and load_use("metres", "market").isdisjoint(
        word.strip(",").lower() for word in words_before(match, 8)
    ):
        return True
    if after in load_use("metres", "away") and before in load_use("metres", "stands"):
        return True
    if before in load_use("metres", "before-limits") and _WEATHER_BEFORE.search(text_before(match)):
        return True
    if _ends_phrase(after) and _DISTANCE_ABOUT.search(text_before(match)):
        return True
    if _is_counted(after):
        return False
    return bool(_WATER_BEFORE.search(text_before(match)) or _EXTENT_BEFORE.search(text_before(match)))


def _is_of_thing(match: re.Match[str], before: str, after: str) -> bool:
    """Say whether a thing is so long or moves so far: "a 30m tower", "fell 40m", "12m x 8m"."""
    long_things = load_use("metres", "length")
    if after in long_things or (before in DETERMINERS and after in load_use("metres", "long-things")):
        return True
    if _is_of_stuff(match) or _measures_thing(match, before):
        return True
    rest = match.string[match.end() : match.end() + 30]
    hyphened = re.match(r"-([a-z]+)", rest)
    if hyphened:
        return hyphened[1] in long_things
    if _LONG_THING_NEAR.match(rest) or re.match(r"\s?[x×]\s?\d", rest):
        return True
    return before in load_use("metres", "length-verbs") and load_use("metres", "market").isdisjoint(
        word.lower() for word in words_before(match, 5)
    )


def _ends_phrase(after: str) -> bool:
    """Say whether nothing follows that could be so long, or so many."""
    return not after or after in load_words("function_words")


def _is_feat(match: re.Match[str], after: str) -> bool:
    """Say whether an athlete's height or distance is told, to the centimetre: "cleared 6.30m", "a throw of 90.23m"."""
    if not re.fullmatch(r"\d{1,2}\.\d\d", match["first"]) or _is_counted(after):
        return False
    return _FEAT_BEFORE.search(text_before(match)) is not None


def is_count(match: re.Match[str]) -> bool:
    """Say whether m behind a number is millions, by a verb of counting, what is counted, or the number it grew from."""
    before, after = word_before(match).lower(), word_after(match).lower()
    if after in load_use("metres", "barrels"):
        return True
    if after in load_use("metres", "sizes"):
        return False
    if before in load_use("metres", "spends") or (before == "to" and _FROM_COUNT.search(text_before(match))):
        return True
    if after == "mark" and _PASSED.search(text_before(match)):
        around = set(re.findall(r"[a-z]+", f"{text_before(match)} {text_after(match)}".lower()))
        return around.isdisjoint(load_use("metres", "raced"))
    clause = re.split(r"[.;:]\s", text_before(match))[-1]
    near = set(re.findall(r"[a-z]+", clause.lower()))
    if near & load_use("metres", "reckoned") and not near & load_use("metres", "raced"):
        return before in load_use("metres", "hits") or before in load_use("metres", "arrives")
    return False


def is_height(match: re.Match[str]) -> bool:
    """Say whether a number such as 1.85 tells how tall someone or something stands, at the end of its clause."""
    if not re.fullmatch(r"[12]\.\d\d", match["first"]) or is_count(match):
        return False
    before, after = word_before(match).lower(), word_after(match)
    ends = not after or text_after(match)[:1] != " " or after in load_words("function_words")
    return ends and before in load_use("metres", "measuring", "grows")


def _is_of_stuff(match: re.Match[str]) -> bool:
    """Say whether the number measures a stuff that comes by length: "1.5m of string"."""
    stuff = re.match(r"\sof\s(?:[a-z]+\s)?([a-z]+)", text_after(match))
    return bool(stuff and stuff[1] in load_use("metres", "stuffs"))


def _measures_thing(match: re.Match[str], before: str) -> bool:
    """Say whether a thing that is measured by length is so measured: "the tower, at 828m, is the tallest"."""
    if before not in load_use("metres", "measuring") or (
        word_after(match) and word_after(match) not in load_words("function_words")
    ):
        return False
    subject = {word.strip(",").lower() for word in words_before(match, 4)[1:]}
    return not subject.isdisjoint(load_use("metres", "long-things"))


def _is_counted(after: str) -> bool:
    return after.islower() and after.endswith("s") and after not in load_words("function_words")


def _is_thousands(match: re.Match[str]) -> bool:
    """Say whether thousands are counted, which are metres: so many millions would be written as billions."""
    after = word_after(match)
    counted = _is_counted(after) and after.removesuffix("s") not in load_use("metres", "long-things")
    if "," not in match["first"] or (counted and match["first"] not in load_use("metres", "run")):
        return False
    clause = re.split(r"[.,;:]\s", text_before(match))[-1] + re.split(r"[.,;:](?:\s|$)", text_after(match))[0]
    near = set(re.findall(r"[a-z]+", clause.lower()))
    return near.isdisjoint(load_use("metres", "market", "headcount"))


def _is_lead(match: re.Match[str], after: str) -> bool:
    """Say whether the number parts two in a race: "5m ahead at the end"."""
    if after not in LEADS or len(match["first"]) > 5 or float(match["first"].replace(",", "")) > _LONGEST_LEAD_METRES:
        return False
    near = set(re.findall(r"[a-z]+", f"{text_before(match)} {text_after(match)}".lower()))
    return near.isdisjoint(load_use("metres", "counted", "market"))


def _is_run(match: re.Match[str], after: str) -> bool:
    """Say whether "the 200m", if it is a distance of races, is one that is run or swum."""
    if after in load_use("metres", "whoever") or text_after(match)[:1] == "-":
        return False
    return after in load_words("function_words") or not after.endswith("s")
