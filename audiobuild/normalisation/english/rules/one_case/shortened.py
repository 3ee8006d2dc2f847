"""Short forms in small letters, and which letters of theirs are capitals in ordinary text (layer 1, pure).

A line all in small letters comes in; places come out: "dr. lee met her on jan. 5" has three. Words that are no short
forms here ("we sat in the sun") have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from audiobuild.normalisation.english.lexis.lists import load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import AND_OR, ORDINAL
from audiobuild.normalisation.english.rules.one_case.shortened_dates import of_doubtful_day, of_doubtful_month
from audiobuild.normalisation.english.rules.one_case.shortened_parts import (
    KINDS,
    Span,
    first,
    first_before,
    first_of,
    is_content,
    is_name,
    next_word,
    parts_of,
    previous_word,
    surely_ends_street,
    words_of,
)
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before

_SHORT = LatePattern(
    r"(?:(?<![\w.’'@/-])|(?<=\b[eE]x-)|(?<=\bmid-))(?P<short>[a-z]{2,9})(?P<stop>\.)?(?![\w@/]|\.\w|[’'](?!s\b))"
)
_SHORT_FORMS = frozenset(KINDS)
_AND = LatePattern(r" (?:and|&|AND|And) ([A-Za-z]+)")
_NUMBER_ONE = LatePattern(
    rf" 1(?= {one_of('shortened', 'behind-number-one')}\b|[.,;:!?](?!\d)|$)"
    rf"| 1[01](?= {one_of('shortened', 'behind-downing-street')}\b)"
)
_RANKED = LatePattern(rf" \d{{1,2}} {one_of('shortened', 'behind-ranks')}\b")
_NUMBERED_BEHIND = LatePattern(r" \d{1,3}(?![\d%]|[.,:]\d|-)")
_NUMBERED = LatePattern(rf"\d{ORDINAL} $")
_AT_HOUSE = LatePattern(r"(?<![\w.,])\d{1,5} [A-Za-z’']{3,} $")


def capital_spans(line: str) -> Iterator[Span]:
    """Find the letters that are capitals in ordinary text, those of the names beside short forms too.

    >>> list(capital_spans("see dr. lee")), list(capital_spans("we sat in the sun"))
    ([(4, 5), (8, 9)], [])
    """
    if parts_of(line).isdisjoint(_SHORT_FORMS):
        return
    for match in _SHORT.finditer(line):
        for kind in KINDS.get(match["short"], ()):
            found = _CAPITALS_OF[kind](match)
            if found:
                yield from found
                break


def _behind_number(match: re.Match[str]) -> bool:
    return bool(re.search(r"[\d½¼¾] ?$", text_before(match)))


def _of_title(match: re.Match[str]) -> list[Span]:
    """Find "dr. lee", "mr and mrs ortiz"."""
    following, previous = next_word(match), previous_word(match)
    if match["short"] == "ms" and (_behind_number(match) or (previous and previous[1].lower() in DETERMINERS)):
        return []
    if not match["stop"] and following and following[1] in load_use("casing", "behind-bare-titles"):
        return []
    if following and re.match(r" [a-z]\.", text_after(match)):
        return [first(match)]  # mr. a. lee
    if is_content(following) or _joins_titles(match):
        spans = [first(match)]
        return [*spans, first_of(match, following)] if is_content(following) and following else spans
    return _alone(match)


def _joins_titles(match: re.Match[str]) -> bool:
    """Say whether another title stands behind "and": "dr and mrs lee"."""
    joined = _AND.match(match.string, match.end())
    return joined is not None and bool(set(KINDS.get(joined[1].lower(), ())) & {"title", "place"})


def _alone(match: re.Match[str]) -> list[Span]:
    previous = previous_word(match)
    if re.match(r" \d", text_after(match)):
        return []
    if text_before(match).lower().endswith("ex-"):
        return [first(match)]
    stands_alone = previous and (previous[1].lower() in DETERMINERS or is_title(previous[1]))
    return [first(match)] if match["stop"] and stands_alone else []


def is_title(word: str) -> bool:
    """Say whether a word is a shortened title: "lt", "gov"."""
    return bool(set(KINDS.get(word.lower(), ())) & {"title", "office"})


def _of_office(match: re.Match[str]) -> list[Span]:
    """Find "gov. newsom", and "col jones" behind another title; without its stop such a title is a word as well."""
    previous = previous_word(match)
    following = next_word(match)
    is_counted = match["short"] in load_use("casing", "counted") and re.search(
        r"(?<!\w)(?:\d+[ -]|a )$" if match["short"] == "sec" else r"(?<!\w)\d+[ -]$", text_before(match)
    )
    is_numbered = match["short"] == "sec" and following and roman_value(following[1].upper()) > 0
    is_revised = match["short"] == "rev" and following and following[1] in load_use("abbreviations", "revised")
    if is_counted or is_numbered or is_revised:
        return []
    if match["stop"] and text_after(match).startswith(" of state"):
        return [first(match), (match.end() + 4, match.end() + 5)]
    if match["stop"] or (previous and is_title(previous[1])) or (following and _is_surely_named(following[1])):
        return _of_title(match)
    return []


def _is_surely_named(word: str) -> bool:
    """Say whether a word is part of a name behind a title without its stop: "gen sir mike", "col tim collins"."""
    lower = re.split("[’'-]", word)[0].lower()
    if lower in load_use("casing", "honours"):
        return True
    known = lower.capitalize() in load_words("first_names", "surnames") and lower not in load_words("plain_words")
    return len(lower) > 2 and (known or not is_english_word(lower))


def _of_place(match: re.Match[str]) -> list[Span]:
    """Find "st. mary" and "dr. lee" before a name, "oak st." and "king dr." behind one."""
    following, previous = next_word(match), previous_word(match)
    if match["short"] == "dr" and _joins_titles(match):
        return [first(match)]
    before_name = is_name(following)
    if match["short"] == "dr" and not before_name and is_content(following) and following:
        surname = re.split("[’'-]", following[1])[0].capitalize() in load_words("surnames")
        before_name = surname or not is_content(previous) or (previous is not None and bool(previous[2]))
    if following and following[1].lower() in {"who", "no"} and match["short"] == "dr":
        return [first(match), first_of(match, following)]
    numbered = _behind_number(match) or _NUMBERED.search(text_before(match))
    if match["short"] == "st" and match["stop"] and not is_content(previous) and not numbered:
        before_name = is_content(following)
    sure = match["stop"] or re.match(r" [\w-]+[’']s?(?!\w)", text_after(match))
    if before_name and following and (sure or not _behind_number(match)):
        return [first(match), first_of(match, following)]
    if match["short"] == "st" and _NUMBERED.search(text_before(match)) and not before_name:
        return [first(match)]
    goes_on = is_content(following) and match["short"] != "st" and not text_after(match).startswith(" next to ")
    goes_on = goes_on and not _AT_HOUSE.search(text_before(match))
    if previous and not previous[2] and is_content(previous) and (match["stop"] or not goes_on):
        return [first_before(match, previous), first(match)]
    return _alone(match)


def _is_declared(match: re.Match[str]) -> bool:
    """Say whether a side at cricket declared: 245 for 6 dec."""
    return match["short"] == "dec" and re.search(r"\d{2,3}(?: for |[-/])\d $", text_before(match)) is not None


def _of_peak(match: re.Match[str]) -> list[Span]:
    """Find "mt. hood", but no feet."""
    following = next_word(match)
    is_unit = _behind_number(match) or text_before(match).endswith(("sq. ", "cu. "))
    is_unit = is_unit or (not match["stop"] and text_before(match).endswith(", ") and not is_name(following))
    if is_unit or not is_content(following) or following is None or following[1].isupper():
        return []
    if match["short"] == "pt" and roman_value(following[1].upper()):
        return []
    is_peak = (
        match["stop"] or match["short"] == "mt" or is_name(following) or following[1] in load_use("casing", "peaks")
    )
    return [first(match), first_of(match, following)] if is_peak else []


def _of_street(match: re.Match[str]) -> list[Span]:
    """Find "pine ave." and "5th ave"."""
    previous = previous_word(match)
    if _NUMBERED.search(text_before(match)):
        return [first(match)]
    behind = next_word(match)
    is_street = (
        previous
        and is_content(previous)
        and previous[1] not in load_table("units")
        and (match["stop"] or surely_ends_street(match["short"], behind[1] if behind else "") or not is_content(behind))
    )
    return [first_before(match, previous), first(match)] if is_street and previous else []


def _of_number_one(match: re.Match[str]) -> list[Span]:
    """Find "was no 1 in june" and "the no 9 bus", but not "there is no 1 on it"."""
    before = text_before(match).lower()
    if words_pattern(r"\bWORDS (?:\w+ )?$", "shortened", "before-noun").search(before) or match["stop"]:
        return []
    if words_pattern(r"(?<!\w)WORDS $", "shortened", "before-no").search(before):
        return [first(match)] if _NUMBERED_BEHIND.match(match.string, match.end()) else []
    is_rank = _NUMBER_ONE.match(match.string, match.end()) or _RANKED.match(match.string, match.end())
    return [first(match)] if is_rank else []


def _of_state(match: re.Match[str]) -> list[Span]:
    """Find "fla." behind a town, and "calif. gov."."""
    if not match["stop"]:
        return []
    town = re.search(r"(?<!\w)([A-Za-z]+), $", text_before(match))
    return [first(match), first_before(match, town)] if town else [first(match)]


_JOINT = rf"(?:, (?:{AND_OR} )?| {AND_OR} )"
_OTHER_SMALL = rf"(?:{alternatives(words_of('state', 'doubtful-state'))})\."
_SMALL_BEFORE, _SMALL_BEHIND = (
    LatePattern(rf"(?<!\w){_OTHER_SMALL}{_JOINT}$", re.IGNORECASE),
    LatePattern(rf"{_JOINT}{_OTHER_SMALL}", re.IGNORECASE),
)


def _is_listed_state(match: re.Match[str]) -> bool:
    """Say whether a short form in small letters stands beside another that is a state: "miss. and ala."."""
    return bool(_SMALL_BEFORE.search(text_before(match)) or _SMALL_BEHIND.match(text_after(match)))


def _of_doubtful_state(match: re.Match[str]) -> list[Span]:
    town = re.search(r"(?<!\w)([A-Za-z]+), $", text_before(match))
    previous = previous_word(match)
    named = previous is not None and previous[1].lower() in load_use("postal", "before-states")
    if previous and match["short"] in load_use("shortened", "things-too"):
        named = named and previous[1].lower() not in load_use("shortened", "before-things")  # in terms of mass.
    if match["stop"] and (named or _is_listed_state(match)):
        return [first(match)]
    known = town and (not is_english_word(town[1].lower()) or town[1].lower() in load_use("lowercase", "towns"))
    return _of_state(match) if town and (known or not next_word(match)) else []


def _of_firm(match: re.Match[str]) -> list[Span]:
    """Find "acme co." and "jones inc"; "co. durham" is a county, and "sr. agnes" a sister."""
    following = next_word(match)
    if match["short"] == "inc" and following and following[1] in load_use("abbreviations", "inclusive"):
        return []
    if match["short"] == "co" and following and following[1].capitalize() in load_words("counties"):
        return [first(match), first_of(match, following)]
    if match["short"] == "sr" and following and following[1].capitalize() in load_words("first_names"):
        return [first(match), first_of(match, following)]
    previous = re.search(r"(?<![\w’'-])([A-Za-z][\w’'-]*(?:\.[a-z]{2,3})?)\.?,? $|(&) $", text_before(match))
    if previous is None or (match["short"] == "co" and not match["stop"]):
        return []
    if previous[2]:
        return [first(match)]
    return [first_before(match, previous), first(match)] if is_content(previous) else []


def _of_zone(match: re.Match[str]) -> list[Span]:
    """Find "5 p.m. est", but neither 24 ct gold nor 1 pt of milk."""
    timed = re.search(r"(?:(?<![\d.,$£€])\d{1,2}(?::\d\d)?|\d ?[ap]\.?m\.?) $", text_before(match))
    following = next_word(match)
    if match["stop"] and timed and timed[0].strip().isdigit() and match["short"] in load_use("shortened", "units-too"):
        return []
    is_counted = timed and timed[0].strip().isdigit() and following and (is_content(following) or following[1] == "of")
    ends = not match["stop"] or not text_after(match).strip()
    return [(match.start(), match.end("short"))] if timed and not is_counted and ends else []


_CAPITALS_OF: dict[str, Callable[[re.Match[str]], list[Span]]] = {
    "title": _of_title,
    "office": _of_office,
    "place": _of_place,
    "peak": _of_peak,
    "street": _of_street,
    "month": lambda match: [] if _is_declared(match) else [first(match)],
    "doubtful-month": of_doubtful_month,
    "day": lambda match: [first(match)],
    "doubtful-day": of_doubtful_day,
    "state": _of_state,
    "doubtful-state": _of_doubtful_state,
    "firm": _of_firm,
    "zone": _of_zone,
    "number": _of_number_one,
}
