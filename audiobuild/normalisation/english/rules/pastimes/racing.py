"""Odds, distances and verdicts of the turf: 2m4f -> two miles four furlongs, 8/1 -> eight to one (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    DIGIT,
    Rule,
    judged_once,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
    words_before,
)

_BET = LatePattern(rf"\b{one_of('racing', 'bet')}\b", re.IGNORECASE)
"""Near one of these a pair about a stroke gives the odds."""
_BET_BEHIND = LatePattern(rf"[ -]{one_of('racing', 'behind-odds')}\b|, (?:(?:[A-Z][\w’']+ ){{1,4}}|bar )\d{{1,3}}/\d")
"""What stands behind odds: what they make of a runner, or the next runner's odds."""
_OTHER_ODDS = LatePattern(r"\b\d{1,3}/\d{1,2},? (?:and )?(?:(?:[A-Z][\w’']+ ){1,4}|bar )$")
"""Other odds, before the next runner's: "Arkle 5/2, Mill House "."""
_STARTED_AT = LatePattern(r"\bat (?:\d{1,3}/\d{1,2},? (?:[a-z]{2,4} )?)*$")
_STARTER_ENDS = LatePattern(r"[.,;:!?)]|$| [a-z]{2,4} \d{1,3}/\d{1,2}\b")
"""What stands about odds that nothing else tells from a fraction: "the mare, at 7/2, won"."""
_RACED = LatePattern(rf"\b{one_of('racing', 'raced')} the $", re.IGNORECASE)
_BEATEN_BY = LatePattern(
    rf"\b{one_of('racing', 'beaten')}\b(?:[^.;]{{0,30}}(?: by| [\d½¼¾]{{1,3}}l and))? $", re.IGNORECASE
)
_FRACTIONS = "½¼¾"
_LENGTHS = ("mile", "furlong", "yard")


def _is_attributive(match: re.Match[str]) -> bool:
    """Say whether a race stands behind its distance: "a 2m4f chase"."""
    after = word_after(match)
    races = load_use("racing", "races")
    return after in races or (
        bool(after)
        and after not in load_words("function_words")
        and not DETERMINERS.isdisjoint(word.lower() for word in words_before(match, 3))
    )


def _counted(number: str, part: str | None, unit: str, *, attributive: bool) -> str:
    """Say how many of a unit there are: "two and a half furlongs"."""
    fraction = load_map("fractions")[part].replace("one ", "a ") if part else ""
    said = f"{words.cardinal(number)} and {fraction}" if fraction else words.cardinal(number)
    single = attributive or (number == "1" and not part)
    return f"{said} {unit}{'' if single else 's'}"


def _say_distance(match: re.Match[str], context: Context) -> str | None:
    """Read miles, furlongs and yards, of which there are two: singular before the race, plural elsewhere."""
    lengths = [(match[f"{unit}s"], match["part"] if unit == "furlong" else None, unit) for unit in _LENGTHS]
    if sum(bool(number) for number, _, _ in lengths) < 2:
        return None
    attributive = _is_attributive(match)
    return " ".join(
        _counted(number, part, unit, attributive=attributive) for number, part, unit in lengths if number or part
    )


_AT_THE_RACES = LatePattern(rf"\b{one_of('racing', 'races')}\b|\b(?:{alternatives(load_words('racecourses'))})\b")


def _say_miles(match: re.Match[str], context: Context) -> str | None:
    """Read m before a race over jumps as miles."""
    named = word_after(match)[:1].isupper() and _AT_THE_RACES.search(match.string)
    if not named and word_after(match) not in load_use("racing", "races"):
        return None
    return _counted(match["miles"], match["part"], "mile", attributive=True)


def _say_furlongs(match: re.Match[str], context: Context) -> str | None:
    """Read f behind a number as furlongs, unless a word before shows that the two are a label."""
    if word_before(match).lower() in load_use("racing", "numbered"):
        return None
    return _counted(match["furlongs"], match["part"], "furlong", attributive=_is_attributive(match))


def _say_odds(match: re.Match[str], context: Context) -> str | None:
    """Read a pair about a stroke as odds where bets are spoken of; elsewhere it may be a date or a fraction."""
    first, second = match["first"], match["second"]
    if word_after(match) in load_use("racing", "parted") or f"{first}/{second}" in load_map("number_names"):
        return None
    is_one_of_several = re.search(rf"\b\d/{second}\b", f"{text_before(match)} {text_after(match)}")
    if second in {"5", "10"} and (first == "0" or is_one_of_several):
        return None  # marks out of so many
    if not (_is_bet(match) or _is_starting_price(match)):
        return None
    said = f"{words.cardinal(first, context.locale)} to {words.cardinal(second)}"
    return f"{said} {load_map('racing_marks')[match['mark'].lower()]}" if match["mark"] else said


@judged_once()
def _is_bet(match: re.Match[str]) -> bool:
    """Say whether bets are spoken of about a pair, or other odds stand beside it."""
    before, after = text_before(match), text_after(match)
    return bool(_BET_BEHIND.match(after) or _BET.search(before) or _BET.search(after) or _OTHER_ODDS.search(before))


def _is_starting_price(match: re.Match[str]) -> bool:
    """Say whether a pair behind "at" is what a bookmaker offers: so many to one, or more to less between stops."""
    if not _STARTED_AT.search(text_before(match)):
        return False
    offered = f"{match['first']}/{match['second']}" in load_use("racing", "against")
    return match["second"] == "1" or (offered and _STARTER_ENDS.match(text_after(match)) is not None)


def is_race(match: re.Match[str]) -> bool:
    """Say whether a time behind "the" names a race, by what a horse did in it: "won the 2.40"."""
    at_course = not load_words("racecourses").isdisjoint(re.findall(r"[A-Z][a-z]+", text_before(match)))
    if match["minute"][1] not in "05" or not (at_course or _RACED.search(text_before(match))):
        return False
    return word_after(match) in load_use("racing", "behind-races") or text_after(match)[:1] != " "


def _say_plural_odds(match: re.Match[str], context: Context) -> str | None:
    """Read the first of odds to one as a plural: "backed from 16s to 12s"."""
    if word_before(match).lower() not in load_use("racing", "moving"):
        return None
    if not (_BET.search(text_before(match)) or _BET.search(text_after(match))):
        return None
    return words.plural(words.cardinal(match["first"]))


def _say_lengths(match: re.Match[str], context: Context) -> str | None:
    """Read by how many lengths a horse won: "won by 2¼l"."""
    if not _BEATEN_BY.search(text_before(match)):
        return None
    if match["alone"]:
        part = load_map("fractions")[match["alone"]].removeprefix("one ")
        return "half a length" if part == "half" else f"{part} of a length"
    return _counted(match["first"], match["part"], "length", attributive=False)


_DISTANCE = rf"""
    (?=[1-4]m[ ]?\d|[1-8][{_FRACTIONS}]?f[ ]?\d{{1,3}}y)  # two of the three
    (?:(?P<miles>[1-4])m[ ]?)?(?:(?P<furlongs>[1-8])(?P<part>[{_FRACTIONS}])?f[ ]?)?
    (?:(?P<yards>\d{{1,3}})y(?:ds?)?)?(?!\w)(?<![ ])
"""


RULES: tuple[Rule, ...] = (
    make_rule(
        "race.distance",
        _DISTANCE,
        _say_distance,
        (DIGIT,),
        flags=re.VERBOSE,
        behind="mf",
        example="a 2m4f chase -> a two mile four furlong chase",
    ),
    make_rule(
        "race.miles",
        rf"(?P<miles>[1-4])(?P<part>[{_FRACTIONS}])?m(?= [A-Za-z])",
        _say_miles,
        (DIGIT,),
        behind="m",
        example="a 3m hurdle -> a three mile hurdle",
    ),
    make_rule(
        "race.furlongs",
        rf"(?P<furlongs>[5-9])(?P<part>[{_FRACTIONS}])?f(?![\w./])",
        _say_furlongs,
        (DIGIT,),
        behind="f",
        example="over 6f -> over six furlongs",
    ),
    make_rule(
        "race.odds",
        r"(?P<first>\d{1,3})/(?P<second>\d{1,2})(?P<mark>(?:[JCjc]?[Ff])(?!\w))?(?![\d/]|\.\d|\w)",
        _say_odds,
        (DIGIT,),
        behind="/",
        example="the 8/1 favourite -> the eight to one favourite",
    ),
    make_rule(
        "race.plural-odds",
        r"(?P<first>[1-9]\d?|100)s(?!\w)",
        _say_plural_odds,
        (DIGIT,),
        behind="s",
        example="backed at 12s -> backed at twelves",
    ),
    make_rule(
        "race.lengths",
        rf"(?:(?P<first>\d{{1,2}})(?P<part>[{_FRACTIONS}])?|(?P<alone>[{_FRACTIONS}]))l(?!\w)",
        _say_lengths,
        (DIGIT, *_FRACTIONS),
        behind="l",
        example="won by 2¼l -> won by two and a quarter lengths",
    ),
)
