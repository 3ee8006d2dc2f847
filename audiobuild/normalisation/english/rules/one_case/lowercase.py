"""Patterns of several parts in small letters, and which of their letters are capitals (layer 1, pure).

A line all in small letters comes in; places come out: "judge r. lee", "(d-n.y.)", "tue-sat", "henry viii".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audiobuild.normalisation.english.lexis.lists import load_map, load_rows, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value, small_numerals
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import AND_OR, ORDINAL
from audiobuild.normalisation.english.rules.one_case.shortened import is_title
from audiobuild.normalisation.english.rules.one_case.shortened_parts import (
    FIGURES,
    Finders,
    Sought,
    Span,
    is_near,
    whole_groups,
    words_of,
)
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_before

_DAY_WORDS = words_of("day", "doubtful-day")
_MONTH_WORDS = words_of("month", "doubtful-month")
_ZONE_WORDS = words_of("zone")
_DAYS, _MONTHS, _ZONES = map(alternatives, (_DAY_WORDS, _MONTH_WORDS, _ZONE_WORDS))
_SHORT_BOOKS = [short for short, _, when in load_rows("abbreviations") if when == "verse"]
_BOOKS = alternatives([book.lower() for book in (*load_words("scripture"), *_SHORT_BOOKS)])
_WORD = LatePattern(r"[a-z]+")
_PARTED = frozenset((row[0], name) for row in load_rows("parted_countries") for name in row[1].split())
_TOWN = LatePattern(r"(?<![a-z])([a-z]{3,15}), ([a-z]{2})(?![\w’'-]|\.(?!$)| \d{5}(?!\d))")
_ERAS = load_use("lowercase", "eras")
_ANNO = load_use("lowercase", "anno")
_WARS = load_use("lowercase", "wars")
_SCALES = load_use("lowercase", "scales")
_FORCES = frozenset(map(str.lower, load_use("roman", "numbered-units")))
_WINDS = "nsew"
_BEFORE_HALF = LatePattern(rf"(?:,|\b(?:{_DAYS}|{one_of('lowercase', 'before-halves')})(?:\.|[’']s)?) $")
_AMONG_HONOURS = LatePattern(r"[a-z.], $")
_ANOTHER = LatePattern(rf"(?:,? (?:{AND_OR}|&)|,) ([ivx]{{1,5}})(?![\w’'-])")
_WORD_BEHIND = LatePattern(r" ([a-z’']+)")

Match = re.Match[str]


def pattern_spans(line: str) -> Iterator[Span]:
    """Find the letters that are capitals in ordinary text.

    >>> list(pattern_spans("open tue-sat")), list(pattern_spans("in 27 bc"))
    ([(5, 6), (9, 10)], [(6, 8)])
    """
    return _finders().spans(line)


@cache
def _finders() -> Finders:
    return Finders(_PATTERNS)


def _of_groups(match: Match) -> Iterator[Span]:
    """Capitalise each group."""
    for group in range(1, len(match.groups()) + 1):
        if match[group]:
            yield match.start(group), match.start(group) + 1


def _of_initial(match: Match) -> Iterator[Span]:
    """Find "judge r. lee"."""
    if is_title(match[1]) or match[1].capitalize() in load_use("lowercase", "before-surnames"):
        yield match.start(1), match.start(1) + 1
        yield match.start(2), match.start(2) + 1
        for group in range(3, len(match.groups()) + 1):
            if match[group]:
                yield match.start(group), match.start(group) + 1


def _of_party(match: Match) -> Iterator[Span]:
    """Find "(d-n.y.)", "(r-ca)" and "(d-ohio)"."""
    whole = "." in match[2][:-1] or match[2].upper() in load_map("states")
    states = load_map("states")
    if not whole and match.group()[0] == "," and match[2].capitalize() not in {*states, *states.values()}:
        return
    yield match.span(1)
    yield (match.start(2), match.end(2) if whole else match.start(2) + 1)


def _of_dotted(match: Match) -> Iterator[Span]:
    """Find "u.s." and "ph.d."."""
    letters = match.group().replace(".", "")
    if letters in {"am", "pm"} and not _BEFORE_HALF.search(text_before(match)):
        return
    if match.group().rstrip(".") in load_table("units") and match.string[: match.start()].rstrip(" ")[-1:].isdigit():
        return  # 20 m.p.h.
    if letters == "pc" and _AMONG_HONOURS.search(text_before(match)):
        yield match.span()
    elif letters == "phd":
        yield match.start(), match.start() + 1
        yield match.start() + 3, match.start() + 4
    elif (letters == "pa" and match.string[: match.start()].endswith((" a ", " the ", " her ", " his "))) or (
        (letters == "pm" or letters not in load_table("dotted")) and letters not in load_use("casing", "small-dotted")
    ):
        yield match.span()


def _of_numeral(match: Match) -> Iterator[Span]:
    """Find "henry viii", "world war i" and "rocky iv"; the rule of the numerals tells them from the pronoun."""
    noun, numeral = match[1], match[2]
    capital = noun.capitalize()
    is_ruler, named = capital in load_words("monarchs"), capital in load_words("roman_nouns")
    if not roman_value(numeral.upper()) or not (
        is_ruler or named or {noun, noun.removesuffix("s")} & load_words("roman_nouns")
    ):
        return
    if numeral == "x" and noun in load_use("lowercase", "divisions"):
        yield match.span(2)
        return
    if numeral in {"c", "d", "l", "m"} and (not named or noun in load_words("roman_nouns")):
        return
    if numeral == "x" and not is_ruler and (not named or noun in load_words("roman_nouns")):
        return
    if numeral == "v" and noun not in load_use("lowercase", "divisions"):
        if match.string.startswith(". ", match.end()):
            return  # an initial, or one side against the other
        following = _WORD_BEHIND.match(match.string, match.end())
        if following and not goes_on_of_king(following[1], is_ruler=is_ruler):
            return
    if is_ruler or (named and (len(numeral) > 1 or noun in load_use("lowercase", "numbered-names"))):
        yield match.start(1), match.start(1) + 1
    yield match.span(2)
    end = match.end()
    while another := _ANOTHER.match(match.string, end):
        end = another.end()
        yield another.span(1)


def goes_on_of_king(word: str, *, is_ruler: bool) -> bool:
    """Say whether a word behind "henry v" tells of one man, rather than names the other side."""
    if word in load_use("lowercase", "behind-fifths"):
        return True
    return is_ruler and (word in load_use("lowercase", "reigning") or (len(word) > 5 and word.endswith("ed")))


def town_spans(line: str) -> Iterator[Span]:
    """Find the towns of a line with the codes of their states."""
    for match in _TOWN.finditer(line):
        yield from _of_town(match)


def _of_town(match: Match) -> Iterator[Span]:
    """Find "boston, ma" and "gary, in"; where the state is a word too, the town must be known."""
    if match[2].upper() not in load_map("states"):
        return
    behind = load_map("state_words").get(match[2])
    if behind is not None:
        following = _WORD_BEHIND.match(match.string, match.end())
        goes_on = behind and following and not _tells(following[1], behind)
        if goes_on or match[1] not in load_use("lowercase", "towns"):
            return
    yield match.start(1), match.start(1) + 1
    yield match.span(2)


def _tells(word: str, behind: str) -> bool:
    """Say whether a word behind a state's code goes on about the town: bangor, me suits me."""
    return word in behind.split() or (len(word) > 4 and word.endswith(("s", "ed")) and not word.endswith("ss"))


def _of_network(match: Match) -> Iterator[Span]:
    """Find "5g phones", "on 4g" and "5g is here"."""
    following = _WORD_BEHIND.match(match.string, match.end())
    told = following and following[1] in load_use("lowercase", "behind-networks")
    before = words_pattern(r"\bWORDS $", "lowercase", "before-networks").search(text_before(match))
    told = told or (before and not (following and (following[1] == "of" or following[1] in load_words("ingredients"))))
    if told or is_near(match, load_use("lowercase", "networks")):
        yield match.span(1)


def _of_force(match: Match) -> Iterator[Span]:
    """Find "the iii army"."""
    if roman_value(match[1].upper()):
        yield match.span(1)
        yield match.start(2), match.start(2) + 1


def _of_parted_country(match: Match) -> Iterator[Span]:
    """Find "s. korea" and "n. ireland"."""
    if (match[1].upper(), match[2].capitalize()) in _PARTED:
        yield match.span(1)
        yield match.start(2), match.start(2) + 1


def _of_zip(match: Match) -> Iterator[Span]:
    """Find "reno, nv 89501"."""
    if match[2].upper() in load_map("states"):
        yield match.start(1), match.start(1) + 1
        yield match.span(2)


_PATTERNS: tuple[Sought, ...] = (
    (
        (".",),
        LatePattern(r"(?<![\w.])([A-Za-z]{2,9})\.? ([a-z])\.(?: ([a-z])\.)?(?: ([a-z])\.)? ([a-z])[a-z]"),
        _of_initial,
    ),
    (("/", _ZONE_WORDS), LatePattern(rf"(?:\d|[ap]\.?m\.?) ({_ZONES})/(?:({_ZONES})(?![\w/])|\d)"), whole_groups),
    (("(,", "-"), LatePattern(r"(?:\(|, )([driDRI])-((?:[a-z]\.){2}|[a-z]{2,9}\.?)(?=[),]|$)"), _of_party),
    ((".",), LatePattern(r"(?<![\w.@/-])(?:ph\.d|(?:[a-z]\.){1,6}[a-z])\.?(?![\w.@/])"), _of_dotted),
    (
        ("-–/", _DAY_WORDS),
        LatePattern(rf"(?<![\w.@/-])({_DAYS})\.?(?:[-–/]({_DAYS}))?\.?[-–/]({_DAYS})(?![\w@/-])"),
        _of_groups,
    ),
    (("-", "m", FIGURES), LatePattern(r"(?<![\w.@/-])(m)-([fw]|[ts][ha])(?=[,:]? \d)"), _of_groups),
    (("-–", _MONTH_WORDS), LatePattern(rf"(?<![\w.@/-])({_MONTHS})\.?[-–]({_MONTHS})(?![\w@/-])"), _of_groups),
    (("-–", _MONTH_WORDS, FIGURES), LatePattern(rf"\d[-–]({_MONTHS})\.? \d"), _of_groups),
    (
        ("-", _MONTH_WORDS, FIGURES),
        LatePattern(rf"(?<![\w.@/-])\d{{1,2}}-({_MONTHS})-(?:19|20)?\d\d(?![\w-])"),
        _of_groups,
    ),
    ((":", FIGURES), LatePattern(rf"(?<![\w.@/-])({_BOOKS})\.? \d{{1,3}}:\d"), _of_groups),
    (
        ("-",),
        LatePattern(
            rf"(?<![\w.@/-])({one_of('lowercase', 'rank-heads')})-({one_of('lowercase', 'rank-tails')}) ([a-z])",
            re.IGNORECASE,
        ),
        _of_groups,
    ),
    (
        (FIGURES, load_use("lowercase", "distances")),
        LatePattern(rf"\d ?{one_of('lowercase', 'distances')}\.? ([ns]{{0,2}}[ew]?)\.? of ([a-z])"),
        whole_groups,
    ),
    (
        (FIGURES, _WINDS),
        LatePattern(rf"\d{ORDINAL} ({one_of('lowercase', 'streets')})\.? ([nsew])(?![\w’'.-])"),
        _of_groups,
    ),
    (
        (FIGURES, _WINDS, load_use("lowercase", "roads")),
        LatePattern(
            rf"\b(?:({one_of('lowercase', 'lettered-roads')})|{one_of('lowercase', 'roads')})\.?[ -]\d{{1,3}} ([nsew])"
            rf"(?= {one_of('lowercase', 'behind-roads')}\b|[,;.]|$)"
        ),
        whole_groups,
    ),
    ((_SCALES,), LatePattern(r"\bintensity (?:of )?([ivx]{1,5})(?![\w’'-])"), whole_groups),
    (
        (small_numerals(), _FORCES),
        LatePattern(rf"(?<![\w’'.-])([ivx]{{2,6}}) ({alternatives(_FORCES)})\b"),
        _of_force,
    ),
    (
        (load_use("lowercase", "classes"),),
        LatePattern(rf"\b{one_of('lowercase', 'classes')} (?!vi[ac]\b)([iv]{{1,4}}[abc])(?![\w’'-])"),
        whole_groups,
    ),
    (
        (small_numerals(),),
        LatePattern(
            rf"(?<![\w’'-])([a-z]{{2,12}}) ([ivxlcdm]{{1,6}})"
            rf"(?!\w|-(?!{one_of('lowercase', 'joined-behind')}\b)|[’'](?!s\b))"
        ),
        _of_numeral,
    ),
    ((small_numerals(), "("), LatePattern(r"\(([ivx]{2,6})(?=[,.] ?\d)"), whole_groups),
    ((",",), _TOWN, _of_town),
    (
        (FIGURES, "v"),
        LatePattern(rf"(?<![\w.-])(v)(?:6|8|10|12)(?= {one_of('lowercase', 'engines')}\b)"),
        whole_groups,
    ),
    (
        (".", _WINDS),
        LatePattern(
            rf"(?<![\w.])([nsew])\. (?=\d{{1,3}}{ORDINAL} |(?!of |in |on )[a-z]+ {one_of('lowercase', 'streets')}\b)"
            r"(?:([a-z])[a-z]+)?"
        ),
        _of_groups,
    ),
    ((".", _WINDS), LatePattern(r"(?<![\w.])([nsew])\. ([a-z]{4,12})(?![\w’'-])"), _of_parted_country),
    (
        (FIGURES, load_use("lowercase", "channels")),
        LatePattern(rf"(?<![\w.@/-])({one_of('lowercase', 'channels')})\d(?![\w-])"),
        whole_groups,
    ),
    (
        (_ERAS,),
        LatePattern(rf"(?:\d|\b{one_of('lowercase', 'before-eras')})[ -](bce?|ce)(?![\w’'])"),
        whole_groups,
    ),
    (
        (_ANNO,),
        LatePattern(rf"(?:\d(?:0s)?|\b{one_of('lowercase', 'before-eras')}) (ad)(?=[.,;:)]|$)"),
        whole_groups,
    ),
    ((FIGURES, _WARS), LatePattern(r"(?<![\w.@/-])(ww)[12](?![\w-])"), whole_groups),
    ((FIGURES, "g"), LatePattern(r"(?<![\w.,$£€])[2-6](g)(?![\w’'])"), _of_network),
    ((FIGURES, "k"), LatePattern(rf"(?<![\w.,$£€])[248](k) {one_of('lowercase', 'sharp-things')}\b"), whole_groups),
    ((FIGURES, ","), LatePattern(r"(?<![a-z])([a-z])[a-z]++, ([a-z]{2})(?= \d{5}(?!\d))"), _of_zip),
)
