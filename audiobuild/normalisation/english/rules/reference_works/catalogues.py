"""Numbers of works and of standards: BWV 1007-12, K. 525, ISO 9001:2015 (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import CAPITALS, DIGIT, Rule, make_rule, text_before, word_after, word_before

_COMPOSED = LatePattern(rf"\b{one_of('catalogues', 'composed')}\b", re.IGNORECASE)
"""Before a single letter and a number these show that they are a work's."""
_STANDARD = rf"""
    (?P<label>{one_of("catalogues", "standards")}(?:/{one_of("catalogues", "standards-behind")})?)[ ]  # who set it
    (?P<number>\d{{3,5}})(?:-(?P<part>\d{{1,2}}))?
    (?::(?P<year>(?:19|20)\d\d))?  # of its issue
    (?![\w%]|[,.:]\d|-\w|–\d)
"""


def _say_work(match: re.Match[str], context: Context) -> str | None:
    """Read the number of a work in the catalogue of its composer."""
    label = match["label"]
    if len(label) == 1 and not (match["stop"] or _COMPOSED.search(text_before(match))):
        return None
    till = f" to {_in_pairs(match['till'])}" if match["till"] else ""
    return f"{words.letters(label)} {_in_pairs(match['number'])}{till}"


def _in_pairs(number: str) -> str:
    """Say 1080 as ten eighty and 1001 as ten oh one."""
    return (
        f"{words.cardinal(number[:2])} {words.two_digit_year(number[2:])}" if len(number) == 4 else words.paired(number)
    )


def _say_standard(match: re.Match[str], context: Context) -> str | None:
    """Read the number of a standard and the year of its issue."""
    said = " ".join(words.letters(label) for label in match["label"].split("/"))
    said = f"{said} {_spoken_number(match['number'], context)}"
    if match["part"]:
        said = f"{said} {words.cardinal(match['part'])}"
    return f"{said}, {words.year(match['year'], context.locale)}" if match["year"] else said


def _spoken_number(number: str, context: Context) -> str:
    """Say 9001 as a number, 8601 in pairs."""
    if len(number) < 4:
        return words.paired(number)
    return words.cardinal(number, context.locale) if number[-3:-1] == "00" else words.paired(number)


def _say_haydn(match: re.Match[str], context: Context) -> str | None:
    """Read the group and the number of a work of Haydn's: Hob. VIIe:1."""
    group = words.cardinal(str(roman_value(match["group"])))
    letter = f" {match['letter'].upper()}" if match["letter"] else ""
    return f"Hoboken {group}{letter}, {words.cardinal(match['number'])}"


def _say_star(match: re.Match[str], context: Context) -> str | None:
    """Read a star's number digit by digit, and the letter of its planet: HD 209458 b."""
    number = match["number"]
    if len(number) < 5 and not match["planet"]:
        return None
    planet = f" {match['planet'].upper()}" if match["planet"] else ""
    said = words.digit_by_digit(number) if len(number) > 4 else words.paired(number)
    return f"{words.letters(match['label'])} {said}{planet}"


def _say_named_star(match: re.Match[str], context: Context) -> str:
    """Read the number of a star in a catalogue of its finder, with the letter of its planet: Gliese 581g."""
    return f"{match['finder']} {words.paired(match['number'])} {match['planet'].upper()}"


def _say_constellation(match: re.Match[str], context: Context) -> str | None:
    """Read where a star stands behind its number, letter or variable's letters: 55 Cnc, α Cen, R CrB."""
    short, before = match["short"], word_before(match)
    is_sure = not is_english_word(short.lower())
    numbered = before.isdigit() and len(before) < 4 and (is_sure or match["planet"])
    lettered = before.lower() in _GREEK_LETTERS or (is_sure and re.fullmatch("[R-Z][R-Z]?", before))
    if not (numbered or lettered) or word_after(match)[:2].istitle():
        return None  # Tau Ceti
    planet = f" {match['planet'].upper()}" if match["planet"] else ""
    return f"{load_map('constellations')[short]}{planet}"


_GREEK_LETTERS = frozenset(load_map("greek")) | frozenset(load_map("greek").values())


def _say_moon(match: re.Match[str], context: Context) -> str:
    """Read the first designation of a moon: S/2004 N 1."""
    planet = match["planet"].strip("()")
    return (
        f"S {words.year(match['year'], context.locale)} {words.digit_by_digit(planet) if planet.isdigit() else planet}"
        f" {words.cardinal(match['number'])}"
    )


def _say_comet(match: re.Match[str], context: Context) -> str | None:
    """Read the designation of a comet: C/1995 O1 -> C nineteen ninety-five O one."""
    return (
        f"{match['kind']} {words.year(match['year'], context.locale)} {match['half']} {words.cardinal(match['number'])}"
    )


def _say_numbered_comet(match: re.Match[str], context: Context) -> str:
    """Read the number of a comet and its kind, before its name: 67P/Borrelly."""
    return f"{words.paired(match['number'])} {match['kind'].upper()} "


RULES: tuple[Rule, ...] = (
    make_rule(
        "catalogue.haydn",
        r"Hob\.? ?(?P<group>[IVX]{1,6})(?P<letter>[a-h])?:(?P<number>\d{1,3})(?!\w)",
        _say_haydn,
        ("Hob",),
        example="Hob. VIIe:1 -> Hoboken seven E, one",
    ),
    make_rule(
        "catalogue.star",
        rf"(?P<label>{one_of('catalogues', 'stars')})[ -](?P<number>\d{{2,9}})"
        r"(?:\s?(?P<planet>[b-h])\b)?(?![\w,.]\d|\w)",
        _say_star,
        load_use("catalogues", "stars"),
        behind=" -",
        example="HD 209458 b -> H D two zero nine four five eight B",
    ),
    make_rule(
        "catalogue.numbered-comet",
        rf"(?P<number>\d{{1,3}})(?P<kind>[IP](?=/[^\W\da-z_]{{1,2}}[^\W\d_]{{3}})"
        rf"|[ip](?=/{one_of('catalogues', 'comets')}))/",
        _say_numbered_comet,
        (DIGIT,),
        behind="IPip",
        example="comet 2I/Borisov -> comet two I Borisov",
    ),
    make_rule(
        "catalogue.comet",
        r"(?P<kind>[CPDXAI])/(?P<year>1[5-9]\d\d|20\d\d)\s(?P<half>[A-Z])(?P<number>\d{1,3})(?!\w)",
        _say_comet,
        (CAPITALS,),
        behind="/",
        example="the comet C/1995 O1 -> the comet C nineteen ninety-five O one",
    ),
    make_rule(
        "catalogue.named-star",
        rf"(?P<finder>{one_of('catalogues', 'finders')})[ -](?P<number>\d{{1,4}}) ?(?P<planet>[b-h])(?!\w)",
        _say_named_star,
        load_use("catalogues", "finders"),
        behind=" -",
        example="Gliese 581g -> Gliese five eighty-one G",
    ),
    make_rule(
        "catalogue.constellation",
        rf"(?P<short>{alternatives(load_map('constellations'))})(?: (?P<planet>[b-h])\b)?(?!\w)",
        _say_constellation,
        load_map("constellations"),
        example="the star 55 Cnc -> the star fifty-five Cancri",
    ),
    make_rule(
        "catalogue.moon",
        r"S/(?P<year>1[89]\d\d|20\d\d) (?P<planet>[A-Z]|\(\d{1,6}\)) (?P<number>\d{1,2})(?!\w)",
        _say_moon,
        ("S",),
        behind="/",
        example="S/2004 N 1 -> S two thousand and four N one",
    ),
    make_rule(
        "catalogue.work",
        rf"(?P<label>{one_of('catalogues', 'works')})(?P<stop>\.)?\s(?P<number>\d{{1,4}})(?:[-–](?P<till>\d{{1,4}}))?"
        r"(?![\w%]|[,.:]\d|-\w)",
        _say_work,
        (CAPITALS,),
        behind=" .",
        example="BWV 1007-12 -> B W V ten oh seven to twelve",
    ),
    make_rule(
        "catalogue.standard",
        _STANDARD,
        _say_standard,
        (CAPITALS,),
        flags=re.VERBOSE,
        behind=" /",
        example="ISO 9001:2015 -> I S O nine thousand and one, twenty fifteen",
    ),
)
