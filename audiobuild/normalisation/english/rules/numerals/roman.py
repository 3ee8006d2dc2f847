"""Roman numerals: George VI -> George the Sixth, Type II -> Type two (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.chemistry.ions import is_charge
from audiobuild.normalisation.english.rules.numerals.army_corps import is_corps, said_corps
from audiobuild.normalisation.english.rules.numerals.numeral_series import (
    CERTAIN_NUMBER,
    goes_on_from,
    is_series,
    numbered_noun,
)
from audiobuild.normalisation.english.rules.numerals.pronoun import OPENERS, heads_list, is_pronoun
from audiobuild.normalisation.english.rules.numerals.reigns import is_before_surname, is_reign, is_unlisted_ruler
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    CAPITALS,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
    words_before,
)

_CERTAIN = LatePattern(CERTAIN_NUMBER)


_BEFORE_ONE = (
    load_words("monarchs")
    | load_words("roman_nouns")
    | frozenset(f"{noun}s" for noun in load_words("roman_nouns"))
    | load_use("forms", "joints")
    | {"", "&"}
)
"""What must stand before I, the pronoun nearly always, where it is a number."""


def spoken_roman(numeral: str, before: str) -> str:
    """Say a numeral behind a name as an ordinal, behind anything else as a cardinal."""
    value = str(roman_value(numeral))
    if before in load_words("monarchs"):
        return spoken_generation(numeral)
    return words.cardinal(value)


def spoken_generation(numeral: str) -> str:
    """Say which of a family of one name somebody is."""
    return f"the {words.ordinal(str(roman_value(numeral))).capitalize()}"


def _say_roman(match: re.Match[str], context: Context) -> str | None:
    numeral = match["numeral"]
    if numeral == "I" and not _may_be_one(match) and not is_corps(match) and not is_charge(match, numeral):
        return None  # before all else, since it is so common
    if _is_surname(match):
        return numeral.capitalize()
    value = roman_value(numeral)
    if value and is_corps(match):
        return said_corps(match, value, context)
    if is_charge(match, numeral):
        return words.cardinal(str(value))
    nearest = words_before(match, 3)
    before = nearest[0].strip(OPENERS) if nearest else ""
    if not value or (numeral == "XL" and not numbered_noun(before)):
        return None
    if numeral == "I" and ((before not in load_words("monarchs") and heads_list(match)) or is_series(match)):
        return "one"
    if not before:
        return _list_item(match)
    cardinal = words.cardinal(str(value))
    if _has_other_throne(match):
        return spoken_generation(numeral)
    if len(numeral) > 1 and before.lower() in load_words("function_words") and _numbers_unit(match):
        return words.ordinal(str(value))
    if "ercalli" in text_before(match):
        return cardinal
    if listed := goes_on_from(match):
        return words.ordinal(str(value)).capitalize() if listed in load_words("monarchs") else cardinal
    if _follows_another(before, nearest):
        return _said_of_two(match, nearest)
    noun = bool(numbered_noun(before))
    is_ruler = before in load_words("monarchs") or (not noun and is_unlisted_ruler(match))
    is_meant = noun or (_is_named(before) and bool(_CERTAIN.fullmatch(numeral)))
    if len(numeral) == 1:
        is_meant = _is_one_letter_meant(match, nearest, before, is_noun=noun, is_ruler=is_ruler)
    if not is_meant:
        return None
    if is_ruler or (not noun and _is_person(nearest)):
        return spoken_generation(numeral)
    return cardinal


def _is_named(before: str) -> bool:
    named = before[0].isupper() or _ARABIC.match(before) is not None
    return named and before.lower() not in load_words("function_words")


_CLAUSE_BEHIND = LatePattern(rf" (?!{one_of('roman', 'behind-second')}\b)[a-z]")
"""Behind "and I" what a pronoun does, unless a king has his second number there: Francis II and I was."""
_SURNAME_BEFORE = LatePattern(rf"\b{one_of('roman', 'before-surnames')}\.? $")
_OTHER_THRONE = LatePattern(r"\b[A-Z][a-z]+ [IVX]+ of [A-Z][a-z]+ and $")
"""Before the number that a king has elsewhere: James VI of Scotland and I of England."""


def _is_surname(match: re.Match[str]) -> bool:
    """Say whether a family name stands in capitals between a title and a given name: President XI Jinping."""
    if match["numeral"] not in load_use("roman", "surnames") or not word_after(match)[:1].isupper():
        return False
    if re.split("[’']", word_after(match))[0] in load_use("roman", "behind-surnames"):
        return True
    return _SURNAME_BEFORE.search(text_before(match)) is not None


def _may_be_one(match: re.Match[str]) -> bool:
    """Say whether I, the pronoun nearly always, may be a number by the word before it."""
    before = word_before(match)
    if heads_list(match) or is_series(match):
        return True
    if before.strip(OPENERS) in _BEFORE_ONE or _has_other_throne(match):
        return True
    return (before[:1].isupper() or before[1:3] == "l-") and is_unlisted_ruler(match)


def _has_other_throne(match: re.Match[str]) -> bool:
    """Say whether a king was told of before with the number that he has elsewhere."""
    return match.string.startswith(" of ", match.end()) and _OTHER_THRONE.search(text_before(match)) is not None


def _numbers_unit(match: re.Match[str]) -> bool:
    """Say whether what bears the number stands behind it: the II Corps, the XX century."""
    return text_after(match)[:1] == " " and word_after(match) in load_use("roman", "numbered-units")


def _follows_another(before: str, nearest: list[str]) -> bool:
    """Say whether a noun and a numeral stand before, as in Types I and II."""
    return (
        (before == "&" or before in load_use("forms", "joints"))
        and len(nearest) > 2
        and roman_value(re.split("[-–]", nearest[1].rstrip(",abcde"))[-1]) > 0
        and (bool(numbered_noun(nearest[2].rstrip("."))) or nearest[2].strip(OPENERS) in load_words("monarchs"))
    )


def _said_of_two(match: re.Match[str], nearest: list[str]) -> str | None:
    """Say the second of two numbers, of kings or of things: James VI and I, Types I and II."""
    if match["numeral"] == "I" and _CLAUSE_BEHIND.match(text_after(match)):
        return None
    if match["numeral"] == "X" and text_after(match)[:1] == "-":
        return None  # the chromosome
    value = str(roman_value(match["numeral"]))
    return (
        words.ordinal(value).capitalize()
        if nearest[2].strip(OPENERS) in load_words("monarchs")
        else words.cardinal(value)
    )


def _is_one_letter_meant(
    match: re.Match[str], nearest: list[str], before: str, *, is_noun: bool, is_ruler: bool
) -> bool:
    """Say whether a single letter is a numeral: I may be the pronoun, X and V letters, and the others always are."""
    if is_before_surname(match):
        return False
    if match["numeral"] == "I":
        return not is_pronoun(match) if is_noun else is_ruler and is_reign(match, nearest)
    if re.match(r" [RSVX](?![\w’'])", text_after(match)):
        return False  # one of several letters: type V X
    if match["numeral"] == "V" and is_noun:
        return True
    return match["numeral"] in "XV" and (is_noun or is_ruler) and before not in load_words("before_letters")


_ARABIC = LatePattern(r"a[ldnrst]-[^\W\d_a-z]\w+$")
"""A name with its article: al-Rahman."""


def _is_person(nearest: list[str]) -> bool:
    """Say whether two names in capitals stand before, as in Henry Ford II."""
    return bool(_ARABIC.match(nearest[0])) or (
        len(nearest) > 1
        and bool(re.fullmatch(r"(?![A-Z]{2,3}$)[A-Z][A-Za-z’']+", nearest[0]))
        and bool(re.fullmatch(r"[A-Z][a-z’']+|(?:[A-Z]\.){1,3}", nearest[1].strip('"“”')))
        and nearest[1].lower() not in load_words("function_words")
        and not _is_title(nearest[1].strip('"“”'), nearest[0], nearest[2:])
    )


def _is_title(first: str, second: str, before: list[str]) -> bool:
    """Say whether two words in capitals name a thing rather than somebody: Toy Story III, the Wright Flyer II."""
    if "." in first or first in load_words("first_names") or not is_english_word(second.lower()):
        return False
    if is_english_word(first.lower()):
        return True
    return (
        bool(before)
        and before[0].lower() in load_use("roman", "articles")
        and second not in load_use("roman", "reigning")
    )


def _list_item(match: re.Match[str]) -> str | None:
    """Read "IV." or "(iv)" at the head of a line as a number, and "IV" where it is the whole line."""
    if len(match["numeral"]) > 1 and not text_before(match).strip() and not text_after(match).strip():
        return words.cardinal(str(roman_value(match["numeral"])))
    if len(match["numeral"]) == 1 and (
        not re.match(r"[.)]\s", match.string[match.end() : match.end() + 2]) or _is_initial(match)
    ):
        return None
    if re.match(r"[.)]\s", match.string[match.end() : match.end() + 2]) and not text_before(match).strip("( "):
        return words.cardinal(str(roman_value(match["numeral"])))
    return None


def _is_initial(match: re.Match[str]) -> bool:
    """Say whether a letter with its stop opens a name rather than an item: "C. S. Lewis", "V. Putin".

    No list gets to fifty. One that gets to five or ten shows other items, or has a common word behind its number.
    """
    letter = match["numeral"]
    if match.string[match.end() : match.end() + 1] == ")":
        return letter in "LCDM"
    if letter in "LCDM" or re.match(r"\.\s(?:[A-Z]\.|[A-Z](?:\s|$))", text_after(match)):
        return True
    named = re.match(r"\.\s([A-Z][a-z]+) [A-Z][a-z]+ [a-z]", text_after(match))
    if named and named[1] in load_words("first_names") and not _OTHER_ITEM.search(match.string):
        return True
    if _OTHER_ITEM.search(match.string):
        return False
    following = re.match(r"\.\s([A-Z][a-z’]+)", text_after(match))
    return letter in "VX" and bool(following) and not is_english_word(following[1].lower())  # type: ignore[index]


_OTHER_ITEM = LatePattern(rf"(?:^|\n){one_of('roman', 'other-items')}\s")


def _say_degree(match: re.Match[str], context: Context) -> str | None:
    """Read a degree of a scale with what it means: VII (very strong)."""
    on_scale = match["gloss"].split()[-1] in load_use("roman", "on-scales") and roman_value(match["numeral"])
    if not (on_scale or _CERTAIN.fullmatch(match["numeral"])) or context.long_form(match["numeral"]):
        return None
    if match["numeral"].lower() == "".join(word[0] for word in match["gloss"].split()) or match["gloss"][0] == "i":
        return None
    closes = "" if text_after(match)[:1] in set(",.;:?!") else ","
    return f"{words.cardinal(str(roman_value(match['numeral'])))}, {match['gloss']}{closes}"


def _say_plural(match: re.Match[str], context: Context) -> str | None:
    """Read several of a mark or a model: Panzer IVs."""
    before = word_before(match)
    is_drip = match["numeral"] == "IV" and not numbered_noun(before) and is_english_word(before.lower())
    if not before[:1].isupper() or before.lower() in load_words("function_words") or is_drip:
        return None
    return words.plural(words.cardinal(str(roman_value(match["numeral"]))))


def _say_nested(match: re.Match[str], context: Context) -> str | None:
    """Read the numeral of a part within a part: section II.iv -> section two point four."""
    values = roman_value(match["numeral"]), roman_value(match["small"].upper())
    if not all(values) or not numbered_noun(word_before(match)):
        return None
    return f"{words.cardinal(str(values[0]))} point {words.cardinal(str(values[1]))}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "roman.plural",
        r"(?P<numeral>[IVX]{2,5})s(?![\w’'])",
        _say_plural,
        load_use("roman", "plurals"),
        example="two Panzer IVs -> two Panzer fours",
    ),
    make_rule(
        "roman.nested",
        r"(?P<numeral>[IVXLCDM]{1,15})\.(?P<small>[ivx]{1,5})(?!\w)",
        _say_nested,
        (CAPITALS,),
        behind=".",
        example="section II.iv -> section two point four",
    ),
    make_rule(
        "roman.numeral",
        r"(?P<numeral>[IVXLCDM]{1,15})(?![^\W_])(?!\.[A-Z])(?!&|-\d{3})(?![’'](?!s\b))",
        _say_roman,
        (CAPITALS, *"IVX"),
        example="James I -> James the First",
    ),
    make_rule(
        "roman.degree",
        r"(?P<numeral>[IVX]{1,5}) \((?P<gloss>[a-z]{3,14}(?: [a-z]{3,14}){0,2})\)",
        _say_degree,
        (CAPITALS,),
        behind=" ",
        example="VII (very strong) is -> seven, very strong, is",
    ),
)
