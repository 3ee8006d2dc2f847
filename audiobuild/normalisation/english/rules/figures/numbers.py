"""Numbers by themselves and numbers with letters behind them: 3D -> three D (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.chemistry.isotopes import spoken_isotope
from audiobuild.normalisation.english.rules.forms import AND_OR, NUMBER, NUMBER_PLACES, SIGN, SIGNS, spoken_number
from audiobuild.normalisation.english.rules.short_forms.letters import split_camel
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    DIGIT,
    WINDOW_CHARS,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
)

_LONGEST_NUMBER = 12
"""Digits without commas between them that are still a number; more are a code."""
_DIALLED = LatePattern(
    rf"\b{one_of('numbers', 'dialling')}:? (?:(?:[\d-]{{3,16}}\b[^.;]{{0,40}}\b{AND_OR}|\d{{3}},) )?$", re.IGNORECASE
)


def _say_number(match: re.Match[str], context: Context) -> str | None:
    written = match.group()
    if written[0] in SIGNS and re.search(r"\d\s?$", text_before(match)):
        return None
    if not written.isdigit():
        return spoken_number(written, context) + ("," if _parts_from_size(match) else "")
    if len(written) > _LONGEST_NUMBER:
        return words.digit_by_digit(written)
    text, start = match.string, match.start()
    if text.find(f"ection {written}", max(0, start - WINDOW_CHARS), start) >= 0:
        return words.paired(written)
    if len(written) == 4 and text.startswith(" block of ", match.end()):
        return words.paired(written)
    return words.cardinal(written, context.locale) + ("," if _parts_from_size(match) else "")


def _parts_from_size(match: re.Match[str]) -> bool:
    """Say whether a round number would run into the size behind it: 10,000 155mm shells."""
    written = match.group().replace(",", "")
    noughts = len(written) - len(written.rstrip("0"))
    size = _SIZE_BEHIND.match(match.string, match.end()) if noughts else None
    return bool(size and noughts and written.lstrip("0") and written != "10" and len(size["size"]) <= noughts)


_SIZE_BEHIND = LatePattern(r" (?P<size>[1-9]\d{0,2})(?:-[a-z]{2,}|[a-z]{1,3}\b)")


_AIRLINER = LatePattern(r"\d{1,3} 7[0-8]7")
_AIRLINER_BEHIND = LatePattern(rf" {one_of('numbers', 'airliners')}|-\d")
"""What stands behind the type of an airliner that is counted: 39 737 MAX jets."""


_ANSWERED = LatePattern(rf"\b{one_of('numbers', 'answering')}\b[^.;]{{0,40}} (?:on|at) $")
"""Before figures that are dialled."""


def _say_spaced(match: re.Match[str], context: Context) -> str | None:
    if _ANSWERED.search(text_before(match)):
        return " ".join(words.digit_by_digit(part, oh=not is_american(context)) for part in match.group().split())
    if _AIRLINER.fullmatch(match.group()) and _AIRLINER_BEHIND.match(text_after(match)):
        return None
    return spoken_number(match.group().replace(" ", ""), context)


def _say_code(match: re.Match[str], context: Context) -> str | None:
    """Read digits that begin with nought, or are too long to be a number, one by one; but "Chapter 01" is one."""
    if len(match.group()) == 2 and word_before(match).lower().rstrip(".:") in load_use("numbers", "serial-labels"):
        return words.cardinal(match.group())
    if len(match.group()) == 2 and word_before(match) in load_use("numbers", "yearly-games"):
        return f"oh {words.cardinal(match.group()[1])}"
    return words.digit_by_digit(match.group(), oh=not is_american(context))


def _say_emergency(match: re.Match[str], context: Context) -> str | None:
    """Read the number of an emergency or a city's services behind a call: "dial 911 or 311"."""
    called = word_after(match) in load_use("numbers", "emergency-nouns") and (
        word_before(match).lower() in DETERMINERS or word_before(match).endswith(("’s", "'s"))
    )
    if called and match.group() in {"911", "999", "112", "211", "311", "411", "511", "811"}:
        return words.digit_by_digit(match.group())
    is_car = words_pattern(r"\bWORDS\b", "numbers", "cars").search(text_before(match))
    if match.group() == "911" and is_car and word_before(match) in {"the", "a"}:
        return "nine eleven"
    if not _DIALLED.search(text_before(match)):
        return None
    return None if word_after(match) in load_words("count_nouns") else words.digit_by_digit(match.group())


def _say_members(match: re.Match[str], context: Context) -> str | None:
    """Read the people of a number: 49ers -> forty-niners."""
    if match.group() == "1er":
        return "premier"
    number = words.year(match["first"], context.locale)
    return f"{number.removesuffix('e')}er{match['plural']}"


def _say_letter_behind(match: re.Match[str], context: Context) -> str | None:
    first = match["first"]
    number = words.paired(first) if len(first) > 3 else words.cardinal(first, context.locale)
    return f"{number} {match['letter']}{match['plural']}"


def _is_of_isotopes(match: re.Match[str], element: str) -> bool:
    """Say whether isotopes are spoken of, and no flat or room 12C."""
    if word_before(match).lower().rstrip(".") in load_use("numbers", "lettered"):
        return False
    about = f"{text_before(match)} {text_after(match)}"
    return element in about or words_pattern(r"(?i)\bWORDS\b", "numbers", "about-isotopes").search(about) is not None


def _say_digits_and_letters(match: re.Match[str], context: Context) -> str | None:
    """Read 3D, 5G, 12a and the like: the number, then the letters."""
    tail = match["letters"]
    symbol = tail.capitalize() if tail in load_use("numbers", "small-symbols") else tail
    isotope = spoken_isotope(symbol, match["first"], context)
    is_sure = len(tail) == 2 and not is_english_word(tail.lower())
    if isotope and (is_sure or _is_of_isotopes(match, isotope.split()[0])):
        return isotope
    number = words.paired(match["first"])
    if tail.isupper() or len(tail) == 1:
        return f"{number} {words.letters(tail)}" if len(tail) <= 4 else f"{number} {tail.capitalize()}"
    if tail[:-1].isupper() and tail.endswith("s"):
        return f"{number} {words.letters(tail[:-1])}s"
    return f"{number} {split_camel(tail, context)}"


def _say_lettered_span(match: re.Match[str], context: Context) -> str | None:
    """Read the first and the last of what has a number with a letter: exits 16E–18E."""
    if match["letter"] not in "DES" and word_before(match).lower().rstrip(".") not in load_use("numbers", "lettered"):
        return None
    first, last = words.paired(match["first"]), words.paired(match["last"])
    return f"{first} {match['letter'].upper()} to {last} {match['other'].upper()}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "number.lettered-span",
        r"(?P<first>\d{1,4})(?P<letter>[A-Z]|[ab](?=[-–]))[-–](?P<last>\d{1,4})(?P<other>(?P=letter)|[ab])(?![\w-])",
        _say_lettered_span,
        (DIGIT,),
        behind="A-Zab",
        example="exits 16E–18E -> exits sixteen E to eighteen E",
    ),
    make_rule(
        "number.spaced",
        r"\d{1,3}(?:[ \u202f]\d{3}){1,4}(?![\d\w]|-[a-z])",
        _say_spaced,
        (DIGIT,),
        behind=" ",
        example="12 500 people -> twelve thousand five hundred people",
    ),
    make_rule(
        "number.members",
        r"(?P<first>\d{1,4})er(?P<plural>s?)(?!\w)",
        _say_members,
        (DIGIT,),
        behind="e",
        example="1848ers -> eighteen forty-eighters",
    ),
    make_rule(
        "number.letter-behind",
        r"(?P<first>\d{1,6})-(?P<letter>[A-Z])(?P<plural>s?)(?![\w’'-])",
        _say_letter_behind,
        (DIGIT,),
        behind="-",
        example="4471-B -> forty-four seventy-one B",
    ),
    make_rule(
        "number.letters-behind",
        r"(?P<first>\d{1,5})(?P<letters>[A-Za-z]{1,8})(?![\w])",
        _say_digits_and_letters,
        (DIGIT,),
        behind="A-Za-z",
        example="pre-5G -> pre-five G",
    ),
    make_rule("code.leading-zero", r"0\d++(?![.,]\d)", _say_code, (DIGIT,), example="0110 -> oh one one oh"),
    make_rule(
        "code.emergency",
        r"(?:[2-9]11|999|988|112|111|101|000)(?![\w,.]\d|[\w%])",
        _say_emergency,
        (DIGIT,),
        example="The 911 call -> The nine one one call",
    ),
    make_rule(
        "number.cardinal",
        rf"{SIGN}{NUMBER}",
        _say_number,
        NUMBER_PLACES,
        example="1500 words -> one thousand five hundred words",
    ),
    make_rule("code.last-resort", r"\d++", _say_code, (DIGIT,), example=f"{'1' * 25} -> {' '.join(['one'] * 25)}"),
)
