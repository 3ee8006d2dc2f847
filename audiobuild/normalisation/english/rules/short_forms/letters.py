"""Capitals: initialisms, acronyms, codes of letters and digits (layer 1, pure)."""

from __future__ import annotations

import re
from functools import lru_cache

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.english.rules.short_forms.capitals import (
    is_name_in_capitals,
    is_plain_word,
    is_pronounceable,
    listed_acronym,
    sense_of,
    spoken_capitals,
)
from audiobuild.normalisation.english.rules.short_forms.codes import MIXED_CASE
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    CAPITALS,
    Rule,
    make_rule,
    stop_ends_sentence,
    text_after,
    text_before,
)


def _say_initialism(match: re.Match[str], context: Context) -> str | None:
    capitals, plural = match["capitals"], match["plural"]
    is_free = context.policy(capitals) is None
    sense = sense_of(capitals, match) if is_free and context.long_form(capitals) is None else None
    if sense is not None:
        return sense + plural
    if is_free and (listed := listed_acronym(capitals + plural, context)):
        return listed
    if not plural and is_free and is_plain_word(capitals, match):
        before = text_before(match).rstrip(" \"“‘'(")
        return capitals.capitalize() if before[-1:] in ".?!:" else capitals.lower()
    if capitals.startswith("MC") and len(capitals) > 5 and is_pronounceable(capitals[2:]):
        return f"Mc{capitals[2:].capitalize()}{plural}"
    if is_free and not plural and is_name_in_capitals(capitals, match):
        return capitals.capitalize()
    return spoken_capitals(capitals, context) + plural


def _say_joined(match: re.Match[str], context: Context) -> str | None:
    """Read capitals joined by an ampersand: R&D -> R and D."""
    parts = match.group("joined").split("&")
    said = " and ".join(map(words.letters, parts))
    return f"{said}s" if match["plural"] else said


def _say_with_plus(match: re.Match[str], context: Context) -> str | None:
    capitals = match["capitals"]
    return f"{spoken_capitals(capitals, context)} plus"


_KNOWN_RUNS = "|".join(
    sorted((word for word in load_words("spelt") if word.isupper()), key=lambda word: (-len(word), word))
)


_PARTS = LatePattern(
    rf"(?:{_KNOWN_RUNS})(?:(?=[A-Z][a-z]{{4}})|(?![A-Z]|s\b))"
    r"|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+"
)


def split_camel(name: str, context: Context) -> str:
    """Part the words of a name written together: MeToo -> Me Too, usDHS -> us D H S."""
    parts = _PARTS.findall(name)
    return " ".join(
        spoken_capitals(part, context) if part.isupper() and len(part) > 1 else split_name(part) or part
        for part in parts
    )


_LONGEST_PARTED = 28
_JOINTS = load_use("letters", "name-joints")
"""Short words that may stand within a name that is written together."""
_HEADS = load_use("letters", "heads")
"""Initialisms that may open one."""


@lru_cache(maxsize=1024)
def split_name(name: str) -> str:
    """Part a name of English words that is written together; empty where it is none.

    >>> split_name("federalregister"), split_name("usajobs"), split_name("wikipedia")
    ('federal register', 'U S A jobs', '')
    """
    lower = name.lower()
    if not 5 < len(name) <= _LONGEST_PARTED or is_english_word(lower) or lower in load_use("letters", "whole-names"):
        return ""
    if name.capitalize() in load_words("names"):
        return ""
    best: list[tuple[int, ...] | None] = [()] + [None] * len(name)  # where words begin, for each end reached
    for end in range(2, len(name) + 1):
        for start in range(end - 1):
            begun = best[start]
            if begun is None or not _is_name_part(lower[start:end], opens=start == 0):
                continue
            if best[end] is None or len(begun) + 1 < len(best[end] or ()):
                best[end] = (*begun, start)
    begins = best[-1]
    if not begins or len(begins) < 2:
        return ""
    parts = [name[start:end] for start, end in zip(begins, (*begins[1:], len(name)), strict=True)]
    if all(part.lower() in _JOINTS | _HEADS for part in parts):
        return ""
    if parts[0].lower() in _HEADS and parts[0].lower() not in _JOINTS - {"it"}:
        parts[0] = words.letters(parts[0])
    return " ".join(parts)


def _is_name_part(part: str, *, opens: bool) -> bool:
    return part in _JOINTS or (opens and part in _HEADS) or (len(part) > 3 and is_english_word(part))


def _say_mixed(match: re.Match[str], context: Context) -> str | None:
    return MIXED_CASE.get(match.group())


def _say_odd_case(match: re.Match[str], context: Context) -> str | None:
    """Spell capitals that stand before or behind small letters with no vowel: mRNA, DPhil, LLMs."""
    head, tail = match["head"], match["tail"]
    spelt = len(head) == 1 or tail in load_use("letters", "behind-kinds")
    return f"{words.letters(head) if spelt else head} {words.letters(tail)}{match['plural']}"


def _say_short_mixed(match: re.Match[str], context: Context) -> str | None:
    """Spell capitals with one small letter among them: AfD, AfCFTA, ECtHR; but My USA, and words of odd case."""
    written, capitals = match.group(), match.group().upper()
    if known := MIXED_CASE.get(written):
        return known
    head, tail = written[:2], written[2:]
    if head == "Mc":
        return f"{head}{tail.capitalize()}"
    if len(tail) > 1 and capitals in load_map("acronyms"):
        return load_map("acronyms")[capitals]
    if len(tail) > 1 and head in load_use("letters", "words-before"):
        return f"{head} {spoken_capitals(tail, context)}"
    return written.capitalize() if len(tail) > 1 and is_english_word(capitals.lower()) else words.letters(written)


def _say_of(match: re.Match[str], context: Context) -> str | None:
    """Part two letters from the small word between them: DofE -> D of E."""
    return f"{match.group()[0]} of {match.group()[-1]}"


def _say_trailing(match: re.Match[str], context: Context) -> str | None:
    """Part a name from the capitals at its end: ChatGPT -> Chat G P T, FedRAMP -> Fed ramp."""
    tail = match["tail"]
    is_word = len(tail) > 3 and is_english_word(tail.lower())
    said = tail.lower() if is_word else spoken_capitals(tail, context)
    return f"{match['name']} {said}{match['plural']}"


def _say_leading(match: re.Match[str], context: Context) -> str | None:
    """Part capitals from the word behind them: NBCUniversal -> N B C Universal."""
    if not is_english_word(match["name"].lower()):
        return None
    return f"{spoken_capitals(match['head'], context)} {match['name']}"


def _say_doctorate(match: re.Match[str], context: Context) -> str | None:
    ends = match.group().endswith(".") and re.match(r"\s*$|\s+[A-Z]", text_after(match))
    return "P H D" + ("s" if match["plural"] else "") + ("." if ends else "")


_DEGREES = load_map("degrees")


def _say_degree(match: re.Match[str], context: Context) -> str | None:
    """Read an academic degree with its stops: M.Sc. -> M S C."""
    ends = match.group().endswith(".") and stop_ends_sentence(text_after(match))
    return _DEGREES[match["degree"]] + ("." if ends else "")


RULES: tuple[Rule, ...] = (
    make_rule(
        "initialism.degree",
        rf"(?P<degree>{alternatives(_DEGREES)})\.?(?![\w])",
        _say_degree,
        {degree.split(".")[0] for degree in _DEGREES},
        behind=".",
        example="an M.Sc. in -> an M S C in",
    ),
    make_rule(
        "abbreviation.doctorate",
        r"Ph\.\s?D\.?(?P<plural>s)?\.?(?!\w)",
        _say_doctorate,
        ("Ph",),
        example="Ph.D -> P H D",
    ),
    make_rule(
        "initialism.short-mixed",
        r"(?:[A-Z][a-z][A-Z]{1,5}|[A-Z]{2,4}[a-z][A-Z]{1,4})(?![A-Za-z\d]|-\d)",
        _say_short_mixed,
        (CAPITALS,),
        example="AfD’s -> A F D’s",
    ),
    make_rule("initialism.of", r"[A-Z]of[A-Z](?![A-Za-z\d])", _say_of, (CAPITALS,), example="CofE -> C of E"),
    make_rule(
        "initialism.trailing",
        r"(?P<name>[A-Z][a-z]{2,12})(?P<tail>[A-Z]{2,5})(?P<plural>s?)(?![A-Za-z\d])",
        _say_trailing,
        (CAPITALS,),
        example="ChatGPT -> Chat G P T",
    ),
    make_rule(
        "initialism.leading",
        r"(?P<head>[A-Z]{3,5})(?P<name>[A-Z][a-z]{4,12})(?![A-Za-z\d])",
        _say_leading,
        (CAPITALS,),
        example="NBCUniversal -> N B C Universal",
    ),
    make_rule("initialism.mixed-case", r"[^\W\d_]+", _say_mixed, MIXED_CASE, example="DPhil -> D Phil"),
    make_rule(
        "initialism.ampersand",
        r"(?P<joined>[A-Z]{1,4}(?:&[A-Z]{1,4}){1,2})(?P<plural>s)?(?![A-Za-z])",
        _say_joined,
        (CAPITALS,),
        behind="&",
        example="R&Ds -> R and Ds",
    ),
    make_rule(
        "initialism.plus",
        r"(?P<capitals>[A-Z]{2,10})\+(?!\w)",
        _say_with_plus,
        (CAPITALS,),
        behind="+",
        example="OPEC+) -> Opec plus)",
    ),
    make_rule(
        "initialism.capitals",
        r"(?P<capitals>[A-Z]{2,24})(?P<plural>s?)(?![A-Za-z])",
        _say_initialism,
        (CAPITALS,),
        example="His CV -> His C V",
    ),
    make_rule(
        "initialism.odd-case",
        r"(?P<head>[a-z]{1,2}|[a-z]{3}(?=[A-Z]NA))(?P<tail>[A-Z]{2,6}(?=(?P<plural>s?)(?![A-Za-z])))(?P=plural)",
        _say_odd_case,
        (CAPITALS,),
        example="mRNA -> M R N A",
    ),
)
