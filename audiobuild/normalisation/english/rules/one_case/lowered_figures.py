"""Capitals that figures show in a line all in small letters: 51°28′n, ad 27, 98 ghz, louis xiv's (layer 1, pure).

A line all in small letters comes in; places come out. Letters without any vowel that are no word and no short form are
initialisms: call signs, orders of knights, catalogues of stars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.neighbours import short_forms
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value, small_numerals
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.forms import AND_OR, ORDINAL
from audiobuild.normalisation.english.rules.one_case.lowered import is_in_code, is_unlisted_initialism
from audiobuild.normalisation.english.rules.one_case.shortened_parts import (
    FIGURES,
    Finders,
    Sought,
    Span,
    parts_of,
    whole_groups,
)
from audiobuild.normalisation.english.rules.short_forms.capitals import is_pronounceable
from audiobuild.normalisation.late_patterns import LatePattern

Match = re.Match[str]

_ANNO = load_use("lowercase", "anno")
_YEARS = load_use("lowered_figures", "years")
_CLOCKS = load_use("lowered_figures", "clocks")
_ACIDITY = load_use("lowered_figures", "acidity")
_WAVEBANDS = load_use("lowered_figures", "wavebands")
_WINDS = "nsew"
_MARKED = frozenset(f"{FIGURES}°′″.$☉⊕#/-–")
"""Of these a line must have one for a pattern to be tried."""


def figure_spans(line: str) -> Iterator[Span]:
    """Find the letters that are capitals beside figures, and those that no word is made of.

    >>> list(figure_spans("at 51°n in ad 27"))
    [(6, 7), (11, 13)]
    """
    for match in _VOWELLESS.finditer(line):
        if is_unlisted_initialism(match[1]) and (not match[2] or _is_again(line, match)):
            several = line.startswith("s)", match.end(1) - 1) and match[1][-2] != "s" and len(match[1]) > _FEWEST
            yield match.start(1), match.end(1) - (several or _is_plural(match[1]))
    for match in _ODD.finditer(line):
        if _is_odd(match[1]) and not is_in_code(line, *match.span()):
            yield match.span()
    if not parts_of(line).isdisjoint(small_numerals()):
        for match in _NUMERAL.finditer(line):
            yield from _of_numeral(match)
    if _MARKED.isdisjoint(parts_of(line)):
        return
    yield from _finders().spans(line)


_FEWEST = 3
"""Letters without a vowel, of which the last may make several of them."""


def _is_again(line: str, match: Match) -> bool:
    """Say whether letters that have a stop are no short form: they stand elsewhere without one, or end the line."""
    if match.end() == len(line) and match[1] not in short_forms():
        return " " in line
    return any(other[1] == match[1] and not other[2] for other in _VOWELLESS.finditer(line))


def _of_degree(match: Match) -> Iterator[Span]:
    """Give an academic degree its capitals: m.sc., ll.b."""
    for place, char in enumerate(_degrees()[match[1].lower()], match.start(1)):
        if char.isupper():
            yield place, place + 1


def _of_numeral(match: Match) -> Iterator[Span]:
    """Find a numeral behind a name, and the names about it: "louis xiv's", "miles davis iii", "ptolemy i soter"."""
    name, numeral = match["name"], match["numeral"]
    is_ruler = name.capitalize() in load_words("monarchs")
    if not roman_value(numeral.upper()) or name in load_words("function_words"):
        return
    if not is_ruler and (numeral in load_use("lowered_figures", "names-too") or len(name + numeral) < _SHORTEST_NAMED):
        return
    given = bool(match["first"]) and len(numeral) > 1 and _is_given(match["first"], name)
    if is_english_word(name) and not given and (len(numeral) == 1 or not is_ruler):
        if len(numeral) > 1:
            yield match.span("numeral")
            if another := _ANOTHER.match(match.string, match.end()):
                yield another.span(1)
        return
    behind = _NAME_BEHIND.match(match.string, match.end())
    surname = behind and not is_english_word(behind[1]) and behind[1] not in load_words("function_words")
    if len(numeral) == 1 and not _is_reign(match, is_ruler=is_ruler, surname=bool(surname)):
        return
    yield match.start("name"), match.start("name") + 1
    yield match.span("numeral")
    if behind and surname and is_ruler:
        yield behind.start(1), behind.start(1) + 1
    if given:
        yield match.start("first"), match.start("first") + 1


_SHORTEST_NAMED = 4
"""Letters of a name and the numeral behind it, ra ii."""


def _is_reign(match: Match, *, is_ruler: bool, surname: bool) -> bool:
    """Say whether a letter behind a name is a number: i may be the pronoun, v may set two against each other."""
    titled = (match["first"] or "").capitalize() in load_use("roman", "reigning")
    if match["numeral"] == "i" and titled and not is_english_word(match["name"]):
        return True  # whether it is the pronoun is asked elsewhere
    if match["numeral"] == "i":
        behind = (
            _BEHIND_FIRSTS if is_ruler or match["name"].capitalize() in load_words("first_names") else _AFTER_FIRSTS
        )
        return (surname and is_ruler) or behind.match(match.string, match.end()) is not None
    if match["numeral"] != "v" or not is_ruler:
        return False
    return (surname and titled) or match.string.startswith((" until ", "'s ", "’s "), match.end())


def _is_given(word: str, behind: str) -> bool:
    """Say whether a word before a family name is a given name, or another name."""
    if word.capitalize() in load_words("first_names") and behind not in load_words("roman_nouns"):
        return True
    named = not is_english_word(behind) or behind.capitalize() in load_words("surnames")
    return not (is_english_word(word) or not named or word in load_words("function_words"))


@cache
def _is_odd(word: str) -> bool:
    """Say whether two or three letters are none that a word could have: pda, apl, hd."""
    if word in load_use("lowered_figures", "no-odd") or word.capitalize() in load_words("short_names", "first_names"):
        return False
    if _VOWELS.isdisjoint(word):
        hard = len(word) < _FEWEST and word[-1] != "s"
    else:
        opens = word.startswith(tuple(load_use("lowered_figures", "names-open")))
        doubled = any(map(str.__eq__, word, word[1:]))
        takes = word[1:2] == "x"  # exd5
        hard = (
            not (opens or doubled or takes or word[-1] == "h" or is_pronounceable(word.upper()))
            and len(word) == _FEWEST
        )
    return hard and is_unlisted_initialism(word)


_VOWELS = frozenset("aeiouy")


def _is_plural(word: str) -> bool:
    """Say whether the last letter only makes a known initialism the plural: djs."""
    spelt = load_words("spelt")
    return word.endswith("s") and word.upper() not in spelt and word[:-1].upper() in spelt


@cache
def _degrees() -> dict[str, str]:
    return {degree.lower(): degree for degree in load_map("degrees")}


_PART = LatePattern(r"[a-z]+")
_CLAUSE_ENDS = rf"(?=[),.;:]|$| {one_of('lowered_figures', 'clause-ends')}\b)"
_VOWELLESS = LatePattern(
    r"(?<![\w.@/#&’'-])([bcdfghjklmnpqrstvwxz]{3,5})(?![^\W\d]|[_@/&]|[’'](?!s\b)|\.\w|-[a-z])(\.?)"
)
_ODD = LatePattern(r"(?<![\w.@/#&’'-])(?<!\d )([a-z]{2,3})(?![^\W\d_]|[_@/&’'.:]|-[a-z])")
_NUMERAL = LatePattern(
    r"""
    (?<![\w’'.])(?:(?P<first>[^\W\d_]{2,14})["”]?[ ])?(?:a[ldnrst]-)?(?P<name>[^\W\d_]{2,20})[ ]
    (?P<numeral>(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3}))  # up to xxxviii
    (?=['’]s\b|[^\w’'.-]|\.(?!\w)|-[a-z]{3}|$)
    """,
    re.VERBOSE,
)
_ANOTHER = LatePattern(rf",? {AND_OR} ([ivx]{{2,5}})(?![\w’'-])")
_NAME_BEHIND = LatePattern(r" ([^\W\d_]{4,14})(?![\w’'-])")
_BEHIND_FIRSTS = LatePattern(rf"[’']s\b|,? \(| {one_of('lowered_figures', 'behind-firsts')}\b")
_AFTER_FIRSTS = LatePattern(rf"[,;.)]|[’']s\b|,? \(| {one_of('lowered_figures', 'behind-firsts')}\b")
"""What the first of a name has behind him, and what one with a name that nothing else has."""
_PATTERNS: tuple[Sought, ...] = (
    (("°′″", _WINDS), LatePattern(r"(?<=[°′″])\s?([nsew])(?!\w)"), whole_groups),
    (("°", _WINDS), LatePattern(r"°[^a-z\n]{1,12}['’\"]\s?([nsew])(?!\w)"), whole_groups),
    (("°", _WINDS), LatePattern(r"(?<![\w’'])([nsew])(?= ?\d{1,3}(?:\.\d+)? ?°)"), whole_groups),
    (
        (FIGURES, _ANNO),
        LatePattern(rf"\b{one_of('lowered_figures', 'before-eras')} (?:\d|10)?\d?\d (ad)(?=\s)"),
        whole_groups,
    ),
    (
        ("$", FIGURES),
        LatePattern(rf"(?<![\w.])([acr]|{one_of('lowered_figures', 'before-dollars')})(?=[$] ?\d)"),
        whole_groups,
    ),
    ((FIGURES, _ANNO), LatePattern(rf"\d{{2,4}} (ad){_CLAUSE_ENDS}"), whole_groups),
    (
        (FIGURES, _ANNO),
        LatePattern(rf"\b{one_of('lowered_figures', 'before-eras')} (ad) \d{{1,4}}(?!\d|%|,\d)"),
        whole_groups,
    ),
    (
        (FIGURES, _ANNO),
        LatePattern(r"(?:^|[,;\d] |\(|r\. )(ad) (?:\d{3,4}|\d{1,3}[-–]\d{1,4})(?!\d|%|,\d)"),
        whole_groups,
    ),
    ((FIGURES, _YEARS), LatePattern(r"(?<!\w)([fc]y)(?= ?(?:20)?\d\d(?!\d))"), whole_groups),
    ((FIGURES, _CLOCKS), LatePattern(r"(?<!\w)(utc|gmt)(?= ?[-−–+±]? ?\d)"), whole_groups),
    (
        (FIGURES, _ACIDITY),
        LatePattern(rf"(?<!\w)p(h)(?= (?:{one_of('lowered_figures', 'before-acidity')} )?\d)"),
        whole_groups,
    ),
    (
        (FIGURES, "v"),
        LatePattern(rf"(?:{one_of('lowered_figures', 'before-engines')}|\d ?l) (v)\d{{1,2}}\b"),
        whole_groups,
    ),
    (
        (load_use("lowered_figures", "marks"),),
        LatePattern(r"(?<![\w.-])(m)k\.?[ -](?=\d{1,3}\b|[ivx]{1,4}\b)"),
        whole_groups,
    ),
    (("#",), LatePattern(r"(?<![\w#&])([cf])#(?!\w)"), whole_groups),
    (
        (FIGURES, load_use("lowered_figures", "rupees")),
        LatePattern(rf"(?<![\w.-])(r)s(?:\.? |\.)(?=\d[\d,.]*\d|\d {one_of('lowered_figures', 'behind-rupees')}\b)"),
        whole_groups,
    ),
    (
        (FIGURES,),
        LatePattern(
            rf"(?<![\w.])([a-z]{{1,2}}\d[a-z\d]? \d(?!{ORDINAL})(?![fpl][tb])[abd-hjlnp-uw-z]{{2}})(?![\w’'-])"
        ),
        whole_groups,
    ),
    (("☉⊕",), LatePattern(r"(?<!\w)([mrl])(?=[☉⊕])"), whole_groups),
    ((FIGURES, _WAVEBANDS), LatePattern(r"\d\d(?:\.\d)? (fm)(?=[),.;]|$| [a-z])"), whole_groups),
)


@cache
def _finders() -> Finders:
    """Return the patterns with those of units and degrees, whose tables need not be read for other lines."""
    late: tuple[Sought, ...] = (
        (
            (_MARKED,),
            LatePattern(rf"(?<![\w.])(?<!\d )({alternatives(_degrees())})(?=\.?(?!\w))", re.IGNORECASE),
            _of_degree,
        ),
    )
    return Finders((*_PATTERNS, *late))
