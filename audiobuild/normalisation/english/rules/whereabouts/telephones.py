"""Telephone numbers, in figures and in words: 1-800-GO-FEDEX -> one eight hundred go Fedex (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.short_forms.capitals import is_listed_initialism, is_pronounceable
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_before, word_before


def _say_worded(match: re.Match[str], context: Context) -> str | None:
    """Read the figures as a telephone's, and what stands in letters as words or letters."""
    if not match["country"] and len(match["rest"]) < _SHORTEST_WORD:
        return None  # 800 MW, 800 BC
    said = ["one"] if match["country"] else []
    area = match["area"] or match["free"]
    nought = "oh " if area[0] == "0" else ""
    said.append(
        nought + words.cardinal(area)
        if area.endswith("00")
        else words.digit_by_digit(area, oh=not is_american(context))
    )
    said += (_spoken_part(part, context) for part in re.findall(r"\d+|[A-Z]+", match["rest"]))
    keys = f" ({_spoken_part(match['keys'], context)})" if match["keys"] else ""
    return " ".join(said) + keys


_SHORTEST_WORD = 4
"""What stands for figures behind 800 has as many letters as these, or more; a unit or an era has fewer."""


def _spoken_part(part: str, context: Context) -> str:
    if part.isdigit():
        return words.digit_by_digit(part, oh=not is_american(context))
    lower = part.lower()
    if lower in load_words("plain_words") or (is_english_word(lower) and not is_listed_initialism(part)):
        return lower
    return part.capitalize() if len(part) > 3 and is_pronounceable(part) else words.letters(part)


_LATEST_YEAR = 2100


def _looks_like_phone(number: str) -> bool:
    """Say whether a number needs no word before it to be a telephone's; a bracket must close within it."""
    if number[0] == "(" and ")" not in number:
        number = number[1:]
    if number[0] in "+(0":
        return not re.fullmatch(r"0\.\d+", number)
    if re.fullmatch(r"[2-9]\d\d-\d{4}", number) and int(number[4:]) > _LATEST_YEAR and number[-1] != "0":
        return True  # no range runs to such an end
    return bool(re.fullmatch(r"555-\d{4}|\d{3}-0\d{3}|1?[-. ]?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}", number))


_PHONE_BEFORE = LatePattern(r"\b\d{3}[-. ]\d{4} or $")
"""Another number, before one that can be dialled too."""
_DATED = LatePattern(r"(?:0?[1-9]|[12]\d|3[01])([.-])(?:0?[1-9]|[12]\d|3[01])\1[12]\d\d\d")


_BRACKETED_YEARS = LatePattern(r"\((?:1[5-9]|20)\d\d\)(?: \((?:1[5-9]|20)\d\d\))+")


def _say_phone(match: re.Match[str], context: Context) -> str | None:
    number = match.group()
    groups = re.findall(r"\d+", number)
    digits = "".join(groups)
    if _DATED.fullmatch(number) or _BRACKETED_YEARS.fullmatch(number):
        return None
    if not 7 <= len(digits) <= 15:
        return None
    if not _looks_like_phone(number):
        listed = _PHONE_BEFORE.search(text_before(match)) is not None
        if not listed and word_before(match).lower().rstrip(":") not in load_words("before_phones"):
            return None
        if " " not in number and "-" not in number:
            return None
    oh = not is_american(context)
    said = " ".join(words.digit_by_digit(group, oh=oh) for group in groups)
    if groups[0] == "1" and groups[1].endswith("00"):
        free = words.cardinal(groups[1])
        said = " ".join(("one", free, *(words.digit_by_digit(group, oh=oh) for group in groups[2:])))
    if number[0] == "(" and ")" not in number:
        return f"({said}"
    return f"plus {said}" if number[0] == "+" else said


def _say_key(match: re.Match[str], context: Context) -> str | None:
    """Read the star and the hash of a telephone's keys: "dial *67"."""
    if not words_pattern(r"(?i)\bWORDS (?:\*\d{1,3}#? [a-z]+ )?$", "telephones", "dialling").search(text_before(match)):
        return None
    hash_key = "pound" if is_american(context) else "hash"
    said = "star" if match["key"] == "*" else hash_key
    said += f" {words.cardinal(match['digits'])}" if match["digits"] else ""
    return f"{said} {hash_key}" if match["closes"] else said


_PHONE = rf"""
    \+?\(?\d{{1,5}}\)?(?:(?:(?<=\+\d)|(?<=\+\d\d)|(?<=\+\d\d\d))[ -]\d(?!\d))?  # of a country or an area
    (?:[ .-](?:\(0\)\d{{2,5}}|\(\d{{2,8}}\)|\d{{2,8}})){{1,5}}  # the groups behind it
    (?![\w%]|[.,]\d|-\d|\s?{one_of("telephones", "counted")}\b)
"""


RULES: tuple[Rule, ...] = (
    make_rule(
        "telephone.worded",
        r"(?:(?P<country>1)[-. ]\(?(?P<area>[2-9]\d\d)|(?P<free>8(?:00|33|44|55|66|77|88)|0[38]00))\)?[-. ]"
        r"(?P<rest>(?=[\d-]{0,8}[A-Z])[A-Z\d]{1,12}(?:-[A-Z\d]{1,10}){0,4})(?![\w-])(?: \((?P<keys>\d{3,8})\))?",
        _say_worded,
        (DIGIT,),
        behind=" ).-",
        example="1-800-GO-FEDEX -> one eight hundred go Fedex",
    ),
    make_rule(
        "telephone.star-key",
        r"(?P<key>[*#])(?P<digits>\d{1,3})?(?P<closes>#)?(?![\w*])",
        _say_key,
        ("*", "#"),
        example="Dial *67 -> Dial star sixty-seven",
    ),
    make_rule(
        "telephone.number",
        _PHONE,
        _say_phone,
        (DIGIT, "+", "("),
        flags=re.VERBOSE,
        behind=" ()+.-",
        example="01632 960123 -> oh one six three two nine six oh one two three",
    ),
)
