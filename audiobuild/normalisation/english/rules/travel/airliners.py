"""Types of airliners: Boeing 737 -> Boeing seven three seven (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before, word_after, word_before

_ABOUT_AIRCRAFT = LatePattern(rf"\b(?:A3\d\d|{one_of('airliners', 'aircraft')})\b")


def tells_of_aircraft(match: re.Match[str]) -> bool:
    """Say whether the words about letters and a number tell of aircraft: the Short S.39 biplane, the DH 2."""
    around = match.string[max(0, match.start() - _NEAR_CHARS) : match.end() + _NEAR_CHARS]
    return words_pattern(r"\bWORDS\b", "airliners", "airborne").search(around) is not None


_NEAR_CHARS = 200


def _say_airliner(match: re.Match[str], context: Context) -> str | None:
    """Read 747 as an aeroplane behind its maker, or where a verb or a kind of aeroplane follows."""
    before, after = word_before(match), word_after(match)
    flies = (
        text_after(match).startswith(("'s ", "’s ")) or after in load_words("function_words") or after.endswith("ed")
    )
    flies = flies or after in load_use("airliners", "moves")
    flies = flies or bool(_ABOUT_AIRCRAFT.search(text_before(match)))
    flies = flies or text_after(match)[:1] in {".", ",", ";", ")", ""}
    is_made = before in {"Boeing", "Boeing’s"} or after in load_use("ranges", "airliners") or _is_series(match)
    if not is_made and not (before.lower() in {"a", "the"} and flies):
        return None
    series = f" {words.paired(match['series'])}" if match["series"] else ""
    if match["model"] == "s":
        series = words.plural(series)
    elif match["model"]:
        series += f" {words.letters(match['model'].rstrip('s'))}{'s' if match['model'].endswith('s') else ''}"
    return words.airliner(match["type"], context.locale) + series


def _is_series(match: re.Match[str]) -> bool:
    """Say whether the series alone shows an aeroplane: 787-9, 747-400; no pages and no score are numbered so."""
    series = match["series"] or ""
    if word_before(match).lower().rstrip(".") in load_use("ranges", "paged"):
        return False
    return series in {"8", "9", "10"} or (len(series) == 3 and series.endswith("00"))


def _say_turboprop(match: re.Match[str], context: Context) -> str | None:
    """Read the type and series of an aeroplane of ATR: 72-600."""
    if word_before(match) != "ATR":
        return None
    return f"{words.cardinal(match['type'])} {words.cardinal(match['series'])}"


def _say_variant(match: re.Match[str], context: Context) -> str | None:
    """Read the series of an aeroplane that was told of before: the -900ER."""
    if word_before(match).lower() not in {"the", "a"}:
        return None
    return f"dash {words.paired(match['series'])}" + (f" {words.letters(match['model'])}" if match["model"] else "")


RULES: tuple[Rule, ...] = (
    make_rule(
        "number.variant",
        r"(?<= )-(?P<series>[1-9]00)(?P<model>[A-Z]{1,2})?(?!\w|[.,]\d|%|\s?°)",
        _say_variant,
        ("-",),
        behind="0-9",
        example="than the -900ER -> than the dash nine hundred E R",
    ),
    make_rule(
        "number.turboprop",
        r"(?P<type>42|72)-(?P<series>[2-6]00)(?!\w)",
        _say_turboprop,
        (DIGIT,),
        behind="-",
        example="the ATR 72-600 -> the A T R seventy-two six hundred",
    ),
    make_rule(
        "number.airliner",
        r"(?P<type>7[0-8]7)(?:-(?P<series>\d{1,3})(?P<model>[A-Z]{1,2}s?|s)?)?(?![\w,.]\d|\w)",
        _say_airliner,
        (DIGIT,),
        example="Boeing 737 -> Boeing seven three seven",
    ),
)
