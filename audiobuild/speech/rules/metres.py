"""Whether m behind a number is metres or millions, by the words about it (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech.rule import DETERMINERS, text_after, text_before, word_after, word_before, words_before
from audiobuild.speech.tables import load_words

_RUN_DISTANCES = frozenset({"50", "60", "100", "200", "400", "800", "1,500", "5,000", "10,000"})
_DISTANCE_ABOUT = re.compile(
    r"\b(?:divers?|dived?|diving|depths?|sea[- ]levels?|crater|asteroid|meteorite|tsunami|glacier|cliff|trench"
    r"|altitude|swam|swimmers?|climbers?|water level|tide|fell from|border|dug|(?:waves|swells|seas|drifts) of"
    r"|(?:height|depth|distance|length|width|drop|radius|diameter|elevation|stretch) of)\b",
    re.IGNORECASE,
)
_LONG_THING_NEAR = re.compile(
    r"\s[a-z]+ (?:swimming )?(?:pool|yacht|tower|mast|statue|waves?|cliffs?|sprint|final|relay|race|hurdles|dash)\b"
)
_MEASURING = frozenset("at is was measures measured reaches reached exceeds stands stood".split())
_RACING = re.compile(r"\b(?:sprint|hurdles|freestyle|butterfly|breaststroke|relay|ran|swam|run|swum|race|races)\b")
_POINTS_AWAY = frozenset({"from", "of", "off", "behind"})
_STANDS = frozenset("was is stood stands lies lay within only just barely be".split())
_WHOEVER = frozenset({"who", "that", "people", "or", "it", "he", "they"})


def is_length(match: re.Match[str]) -> bool:
    """Say whether m behind a number is metres."""
    before, after = word_before(match).lower(), word_after(match).lower()
    long_things = load_words("length_words")
    if after in long_things or (before in DETERMINERS and after in load_words("long_things")):
        return True
    if _is_of_stuff(match) or _measures_thing(match, before):
        return True
    if after in _POINTS_AWAY and before in _STANDS:
        return True
    if before == "the" and _is_run(match, after):
        return True
    phrase_ends = not after or after in load_words("function_words")
    if phrase_ends and match["first"] in _RUN_DISTANCES and _RACING.search(text_before(match)):
        return True
    if phrase_ends and _DISTANCE_ABOUT.search(text_before(match)):
        return True
    rest = match.string[match.end() : match.end() + 30]
    hyphened = re.match(r"-([a-z]+)", rest)
    if hyphened:
        return hyphened[1] in long_things
    if _LONG_THING_NEAR.match(rest):
        return True
    moved = before in load_words("length_verbs") and load_words("market_words").isdisjoint(
        word.lower() for word in words_before(match, 5)
    )
    return moved or bool(re.match(r"\s?[x×]\s?\d", rest))


def _is_of_stuff(match: re.Match[str]) -> bool:
    """Say whether the number measures a stuff that comes by length: "1.5m of string"."""
    stuff = re.match(r"\sof\s(?:[a-z]+\s)?([a-z]+)", text_after(match))
    return bool(stuff and stuff[1] in load_words("stuffs"))


def _measures_thing(match: re.Match[str], before: str) -> bool:
    """Say whether a thing that is measured by length is so measured: "the tower, at 828m, is the tallest"."""
    if before not in _MEASURING or (word_after(match) and word_after(match) not in load_words("function_words")):
        return False
    subject = {word.strip(",").lower() for word in words_before(match, 4)[1:]}
    return not subject.isdisjoint(load_words("long_things"))


def _is_run(match: re.Match[str], after: str) -> bool:
    """Say whether "the 200m" is a distance that is run or swum."""
    if match["first"] not in _RUN_DISTANCES or after in _WHOEVER or text_after(match)[:1] == "-":
        return False
    return after in load_words("function_words") or not after.endswith("s")
