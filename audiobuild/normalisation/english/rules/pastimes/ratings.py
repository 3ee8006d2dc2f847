"""Marks: a 5* hotel -> a five star hotel, Food 4/5 -> Food four out of five (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import spoken_number
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    CAPITALS,
    DIGIT,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
)

_OTHER_STARS = LatePattern(r"\b[1-7]\* [^.;]{0,30}$")
"""Other stars, before the same clause goes on to these: 4* rooms and 5* prices."""
_OTHER_MARK = LatePattern(r"\b[A-Z]?[a-z]+:? \d(?:\.\d)?/(?:5|10),? (?:and )?(?:[a-z]+ ){0,3}$")
"""Another mark, before what is marked next: "Food 4/5, value "."""


_GIVEN = LatePattern(rf"\b{one_of('fractions', 'given')} (?:{one_of('fractions', 'given-to')}|the \w+|[A-Z]\w+) $")


_LISTED = LatePattern(r"\([^()]*[A-Za-z], $")
"""What else is told of a film or a house in a bracket, before its stars: (90 min, PG, 3*)."""


def _say_stars(match: re.Match[str], context: Context) -> str | None:
    """Read stars before what has them, or behind a word of rating; elsewhere the star points to a note."""
    rated = {word_after(match).lower(), text_after(match)[1:].partition("-")[0].lower()}
    announced = word_before(match).lower() in load_words("rating_verbs") | load_use("ratings", "before-stars")
    if match["plus"] is None and not announced and rated.isdisjoint(load_use("ratings", "starred")):
        named = word_before(match).lower() in {"the", "a"} and re.match(r" [A-Z]", text_after(match))
        shown = named or _OTHER_STARS.search(text_before(match))
        return f"{words.cardinal(match['first'])} star" if shown else None
    return f"{words.cardinal(match['first'])}{' plus' if match['plus'] else ''} star"


def _say_mark(match: re.Match[str], context: Context) -> str | None:
    """Read a mark behind what is marked."""
    first, second = match["first"], match["second"]
    if float(first) > int(second) or word_after(match) == "of":
        return None
    before = word_before(match).lower().rstrip(":,—–")
    marked = before in load_use("ratings", "marked") or word_before(match)[-1:] in {":", "—", "–"}
    marked = marked or word_after(match) in load_use("ratings", "behind") or "." in first
    marked = marked or (second == "10" and before in load_use("ratings", "before-marks"))
    if not marked and not _OTHER_MARK.search(text_before(match)) and not _is_verdict(match):
        return None
    return f"{spoken_number(first, context)} out of {words.cardinal(second)}"


def _is_verdict(match: re.Match[str]) -> bool:
    """Say whether a mark out of five or ten ends its clause, behind what a review tells of: "scones 4/5, too dry"."""
    before, after = text_before(match), text_after(match)
    if match["second"] not in {"5", "10"} or not _ENDS_CLAUSE.match(after) or not _OF_THING.search(before):
        return False
    if load_words("function_words").isdisjoint(_CLAUSE.search(before.lower())[0].split()):  # type: ignore[index]
        told = words_pattern(r"(?i)\bWORDS\b", "ratings", "reviewing")
        return bool(_MARK_BEHIND.match(after) or told.search(before) or told.search(after))
    return False


_ENDS_CLAUSE = LatePattern(r"[,;.!)](?!\d)| [-–—] |$")
_OF_THING = LatePattern(r"[A-Za-z]{3} $")
_CLAUSE = LatePattern(r"[^,;:.!?()]*$")
_MARK_BEHIND = LatePattern(r"[,;.] (?:[A-Za-z’'-]+ ){1,3}(?:\d|10)/(?:5|10)(?![\d/])")
"""Another mark, behind the end of the clause."""


def _say_decimal_mark(match: re.Match[str], context: Context) -> str | None:
    """Read a mark with decimals out of four or five: 3.5/4 stars, a GPA of 3.9/4.0."""
    if float(match["first"]) > float(match["second"]):
        return None
    return f"{spoken_number(match['first'], context)} out of {spoken_number(match['second'], context)}"


def _say_given_stars(match: re.Match[str], context: Context) -> str | None:
    """Read stars at the end of a clause, where they were given: the critics gave it 5*."""
    listed = _LISTED.search(text_before(match)) and text_after(match)[:1] == ")"
    if not listed and not _GIVEN.search(text_before(match)):
        return None
    return f"{words.cardinal(match['first'])} star{'' if match['first'] == '1' else 's'}"


def _say_marked(match: re.Match[str], context: Context) -> str | None:
    """Read the star behind the number of a mark: the Mark V* tank."""
    return f"{words.cardinal(str(roman_value(match['numeral'])))} star"


def _say_triple(match: re.Match[str], context: Context) -> str | None:
    """Read the best mark of a debtor, a size of battery and a motorists' club; behind "an" they are three letters."""
    return None if word_before(match).lower() == "an" else "triple A"


def _say_drawn_stars(match: re.Match[str], context: Context) -> str | None:
    """Read stars that are drawn as the mark they give; a row on either side of a line is an ornament."""
    if len(re.findall("★+", match.string)) > 1 and match.string.strip()[-1] == "★" == match.string.strip()[0]:
        return None
    full = len(match["full"])
    said = f"{words.cardinal(str(full))}{' and a half' if match['half'] else ''} star{'' if full == 1 else 's'}"
    return said if text_after(match)[:1] in {"", ",", ".", ")", ";"} else f"{said},"


def _say_starred(match: re.Match[str], context: Context) -> str | None:
    """Read the grade of a building that is more than a second: Grade II*."""
    return "two star"


def _say_blood_group(match: re.Match[str], context: Context) -> str | None:
    """Read the sign behind a group of blood: AB- is A B negative."""
    near = set(re.findall("[a-z]+", f"{text_before(match)} {text_after(match)}".lower()))
    if near.isdisjoint(load_use("ratings", "blood")):
        return None
    return f"{words.letters(match['group'])} {'positive' if match['sign'] == '+' else 'negative'}"


def _say_school_mark(match: re.Match[str], context: Context) -> str | None:
    """Read a school's mark, as in "an A-"; a hyphen that hangs on before another word is none."""
    if match["sign"] == "+":
        return f"{match['mark']} plus"
    goes_on = words_pattern(r"\sWORDS\s\S+-", "forms", "joints").match(text_after(match))
    return None if goes_on else f"{match['mark']} minus"


RULES: tuple[Rule, ...] = (
    make_rule(
        "grade.drawn-stars",
        r"(?P<full>★{2,5}|★(?=☆))(?P<half>½)?☆{0,4}(?![★☆])",
        _say_drawn_stars,
        ("★",),
        example="Hamlet ★★★★☆ -> Hamlet four stars",
    ),
    make_rule("grade.triple", r"AAA(?![\w+&])", _say_triple, ("AAA",), example="AAA bonds -> triple A bonds"),
    make_rule(
        "grade.given-stars",
        r"(?P<first>[1-7])\*(?=[.,;:)]|\s*$)",
        _say_given_stars,
        (DIGIT,),
        behind="*",
        example="gave it 5*; -> gave it five stars;",
    ),
    make_rule(
        "grade.decimal-mark",
        r"(?P<first>\d\.\d{1,2})/(?P<second>(?:4|5|10)(?:\.00?)?)(?![\d/]|\.\d|\w)",
        _say_decimal_mark,
        (DIGIT,),
        behind=".",
        example="3.5/4 stars -> three point five out of four stars",
    ),
    make_rule(
        "grade.marked",
        r"(?:(?<=Mark )|(?<=Mk )|(?<=Mk\. ))(?P<numeral>[IVX]{1,4})\*(?!\w)",
        _say_marked,
        (CAPITALS,),
        behind="*",
        example="the Mark V* tank -> the Mark five star tank",
    ),
    make_rule(
        "grade.stars",
        r"(?P<first>[1-7])(?P<plus>\+)?\*(?![\w*]|\s?\d)",
        _say_stars,
        (DIGIT,),
        behind="*+",
        example="a 5* hotel -> a five star hotel",
    ),
    make_rule(
        "grade.mark",
        r"(?P<first>\d{1,2}(?:\.\d)?)/(?P<second>5|10|20|100)(?![\d/]|\.\d|\w)",
        _say_mark,
        (DIGIT,),
        behind="./",
        example="Food 4/5, -> Food four out of five,",
    ),
    make_rule(
        "grade.listed",
        r"(?<=[Gg]rade )II\*",
        _say_starred,
        (CAPITALS,),
        behind="*",
        example="a Grade II* church -> a Grade two star church",
    ),
    make_rule(
        "grade.blood-group",
        r"(?P<group>AB|[ABO])(?P<sign>[-−–+])(?![\w+-])",
        _say_blood_group,
        (CAPITALS,),
        behind="+-",
        example="O- blood -> O negative blood",
    ),
    make_rule(
        "grade.school-mark",
        r"(?P<mark>[A-F])(?P<sign>[-+])(?=[\s.,;:?!]|$)",
        _say_school_mark,
        (CAPITALS,),
        behind="+-",
        example="an F- -> an F minus",
    ),
)
