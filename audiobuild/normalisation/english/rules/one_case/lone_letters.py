"""Letters that stand alone or in odd company in a line without capitals: w. b. yeats, vitamin a, cuso4 (layer 1, pure).

A line all in small letters comes in; places come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audiobuild.normalisation.english.lexis.lists import load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.neighbours import short_forms
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value, small_numerals
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word, is_name_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.one_case.shortened_parts import Finders, Span, is_near, parts_of
from audiobuild.normalisation.english.rules.short_forms.initials import is_latin
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_before

_INITIALS = LatePattern(
    r"""
    (?<![\w.’'])(?<!\d[ ])(?!(?<=\d[snrt][tdh][ ])c\.)(?![ap]\.[ ]?m\.)(?:(?P<first>[a-z]{3,12})[ ])?
    (?!(?:i\.[ ]?e|e\.[ ]?g)\.)  # neither a time of day nor that is
    (?P<initial>[a-z])\.[ ]?(?:(?P<second>[a-z])\.[ ]?)?(?:(?P<third>[a-z])\.[ ]?)?
    (?P<name>[a-z]{3,16})(?!\w|\.\w)
    """,
    re.VERBOSE,
)
_LETTER_A = LatePattern(
    rf"""
    \b(?<!-)(?:
        {one_of("lone_letters", "before-a")}[ ](?P<behind>a)
        | {one_of("lone_letters", "type")}[ ](?P<typed>a)(?=[ ]{one_of("lone_letters", "types")}\b)
        | {one_of("lone_letters", "group")}[ ](?P<grouped>a)(?=[ ]{one_of("lone_letters", "goes-on")}\b|[.,;:)]|$)
        | an[ ](?P<mark>a)(?=[ ]{one_of("lone_letters", "behind-marks")}\b|[.,;:)]|$)
        | (?P<levels>a)(?=[ ]levels\b)  # what pupils sit
    )(?![\w’'-])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CALLED = LatePattern(rf"(?<![\w.@/’'-])([wk][a-z]{{2,3}})(?=(?:-| ){one_of('lone_letters', 'broadcasts')}\b)")
_FORMULAS = {formula.lower(): formula for formula in load_use("lone_letters", "formulas")}
"""The formulas of chemistry by their small letters."""
_FORMULA = LatePattern(rf"\b(?<![.@/’'-])(?:{alternatives(_FORMULAS)})(?![\w@/’'])")
_FORMULA_HEADS = frozenset(re.split("[^a-z]", formula)[0] for formula in _FORMULAS)
_TYPED = LatePattern(r"(?<![\w’'.-])([b-hj-z]) ([ivx]{2,5})(?![\w’'-])")
"""A letter and a numeral, by which machines of a kind are told apart: c xii."""
_BLOOD = load_use("lowercase", "blood")
_GRADES = "abcdef"
_SYMBOL = LatePattern(r"\bsymbol:? (?:is )?([a-z]{1,2})(?=[),.;]| and atomic\b)")
_ISOTOPE = LatePattern(r"(?<![\w.-])\d{1,3}([a-z]{1,2})(?![\w’'-])")
_OPUS = LatePattern(r"(?<![\w.])(k)(?:\.? |\.)\d{2,3}(?!\d|[.,]\d)")
_NAMED_BY = LatePattern(r"\binitials?,? (?:as )?([a-z]{2,3})(?=[ ,.;)])")
_COMPOUND = LatePattern(rf"{one_of('lone_letters', 'compound-ends')} \(([a-z\d]{{2,8}})\)")
_SUM_FORMULA = LatePattern(r"\bformula (?:is )?((?:\(?[a-z]{1,2}\)?\d{0,2}){2,16})(?![\w(])")


def letter_spans(line: str) -> Iterator[Span]:
    """Find the letters that are capitals in ordinary text.

    >>> list(letter_spans("w. b. yeats")), list(letter_spans("vitamin a"))
    ([(0, 1), (3, 4), (6, 7)], [(8, 9)])
    """
    yield from _FINDERS.spans(line)
    if "." in line:
        for match in _INITIALS.finditer(line):
            yield from _of_initials(match)
    words = parts_of(line)
    if "a" in words:
        for match in _LETTER_A.finditer(line):
            yield match.span(match.lastindex or 0)
    if not words.isdisjoint(load_use("lone_letters", "broadcasts")):
        for match in _CALLED.finditer(line):
            if not is_english_word(match[1]):
                yield match.span()
    if not words.isdisjoint(small_numerals()):
        for match in _TYPED.finditer(line):
            if roman_value(match[2].upper()):
                yield match.span()
    yield from _of_elements_named(line, words)
    if not words.isdisjoint(load_use("lone_letters", "pieces")):
        yield from (match.span(1) for match in _OPUS.finditer(line))
    if "(" in line:
        yield from (match.span(1) for match in _COMPOUND.finditer(line) if _is_of_elements(match[1]))
    if "initials" in words:
        yield from (match.span(1) for match in _NAMED_BY.finditer(line) if not is_english_word(match[1]))
    if "formula" in words:
        yield from (match.span(1) for match in _SUM_FORMULA.finditer(line) if any(map(str.isdigit, match[1])))
    for match in _FORMULA.finditer(line) if not words.isdisjoint(_FORMULA_HEADS) else ():
        for place, char in enumerate(_FORMULAS[match.group()], match.start()):
            if char.isupper():
                yield place, place + 1


def _of_elements_named(line: str, words: frozenset[str]) -> Iterator[Span]:
    """Find the symbols of elements where the line tells of a symbol or of isotopes."""
    if "symbol" in words:
        yield from (
            match.span(1) for match in _SYMBOL.finditer(line) if match[1].capitalize() in load_table("elements")
        )
    if "isotope" in words or "isotopes" in words:
        yield from (
            match.span(1) for match in _ISOTOPE.finditer(line) if match[1].capitalize() in load_table("elements")
        )


def _is_of_elements(letters: str) -> bool:
    """Say whether letters are symbols of elements one behind the other, and no word: naf, snf2."""
    return _elements().fullmatch(letters) is not None and not is_english_word(letters) and letters not in short_forms()


@cache
def _elements() -> re.Pattern[str]:
    symbols = sorted((symbol.lower() for symbol in load_table("elements")), key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(symbols)})\d?){{2,}}")


def _of_initials(match: re.Match[str]) -> Iterator[Span]:
    """Find "c. s. lewis" and "george w. bush"; what stands behind two initials, or an initial and a name, is a name."""
    first, name, is_pair = match["first"], match["name"], match["second"] is not None
    behind_given = bool(first) and first.capitalize() in load_words("first_names")
    if name in load_words("function_words") or (match["initial"] in {"i", "v"} and not (is_pair or behind_given)):
        return
    is_case = match["initial"] == "v" and not is_pair and _OPENS_CASE.search(text_before(match))
    if is_case and name.capitalize() not in load_words("surnames"):
        return  # one side against the other
    is_last = match.string.startswith(".", match.end())
    is_long = (
        is_pair and len(name) > _LONGEST_SHORT and is_name_word(name) and name not in short_forms()
    )  # j. r. r. tolkien.
    if is_last and not (is_long or is_latin(name) or _is_sure_name(first, name)):
        return
    named = is_name_word(name) or behind_given or name.capitalize() in load_words("surnames")
    labelled = first and first.capitalize() in load_words("before_letters", "number_labels")
    if not (is_pair or named or labelled) and is_latin(name):
        yield match.span("initial")
        return
    if not (is_pair or named) or labelled or first in load_use("initials", "lettered"):
        return
    for group in ("initial", "second", "third", "name"):
        if match[group]:
            yield match.start(group), match.start(group) + 1
    if first and _is_person(first):
        yield match.start("first"), match.start("first") + 1


def _is_sure_name(first: str | None, name: str) -> bool:
    """Say whether what has a stop behind it is a family name for all that: john a. macdonald."""
    if first and first.capitalize() in load_words("first_names"):
        return True
    return len(name) > _LONGEST_SHORT and name.capitalize() in load_words("surnames")


_OPENS_CASE = LatePattern(rf"(?:^|\b{one_of('lone_letters', 'before-cases')} |[;(] ?)$")
"""What stands before two sides at law."""
_LONGEST_SHORT = 4
"""Letters of a short form with its stop: d. fri."""


def _is_person(word: str) -> bool:
    """Say whether a word may be a given name."""
    return word.capitalize() in load_words("first_names", "short_names") or not is_english_word(word)


def _of_blood(match: re.Match[str]) -> Iterator[Span]:
    """Find "o- blood" and "type ab+"."""
    if is_near(match, load_use("ratings", "blood")):
        yield match.span(1)


def _of_grade(match: re.Match[str]) -> Iterator[Span]:
    """Find "an a-"."""
    yield match.end() - 2, match.end() - 1


_FINDERS = Finders(
    (
        (("-+", _BLOOD), LatePattern(r"(?<![\w’'+-])(ab|[abo])[-+](?![\w+-])"), _of_blood),
        (
            ("-+", _GRADES),
            LatePattern(rf"(?<!\w){one_of('lowercase', 'before-grades')} (?:(?<=\ba )[b-d]|[a-f])[-+](?!\w)"),
            _of_grade,
        ),
        (
            ("-+", _GRADES),
            LatePattern(rf"(?<![\w’'+-])[a-f][-+](?= {one_of('lowercase', 'behind-grades')}\b)"),
            lambda match: iter([(match.start(), match.start() + 1)]),
        ),
    )
)
"""Letters with a sign behind them."""
