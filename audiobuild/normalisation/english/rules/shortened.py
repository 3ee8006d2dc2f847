"""Short forms in small letters, and which letters of theirs are capitals in ordinary text (layer 1, pure).

A line all in small letters comes in; places come out: "dr. lee met her on jan. 5" has three. Words that are no short
forms here ("we sat in the sun") have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from audiobuild.normalisation.english.lexis.lists import load_rows, load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word, is_name_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import AND_OR, AND_OR_TO, ORDINAL
from audiobuild.normalisation.english.rules.postal import is_listed_state
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before

KINDS: dict[str, tuple[str, ...]] = {}
"""What each short form may be."""
for _short, _kind in load_rows("casing"):
    KINDS[_short] = (*KINDS.get(_short, ()), _kind)

_SHORT = LatePattern(
    r"(?:(?<![\w.’'@/-])|(?<=\b[eE]x-)|(?<=\bmid-))(?P<short>[a-z]{2,9})(?P<stop>\.)?(?![\w@/]|\.\w|[’'](?!s\b))"
)
_NEXT = LatePattern(r" (?:[“\"‘(])?([^\W\d_][\w’'-]*)")
_THROUGH = one_of("casing", "through")
"""What stands between two months."""
_AND = LatePattern(r" (?:and|&|AND|And) ([A-Za-z]+)")
_NUMBER_ONE = LatePattern(
    rf" 1(?= {one_of('shortened', 'behind-number-one')}\b|[.,;:!?](?!\d)|$)"
    rf"| 1[01](?= {one_of('shortened', 'behind-downing-street')}\b)"
)
_NUMBERED_BEHIND = LatePattern(r" \d{1,3}(?![\d%]|[.,:]\d|-)")
_NUMBERED = LatePattern(rf"\d{ORDINAL} $")
_ORDINAL_BEFORE = LatePattern(rf"{ORDINAL} $")
_DAY = rf"(?:[12]\d|3[01]|0?[1-9]){ORDINAL}?"
_DAYS, _SURE_DAYS, _MONTHS = (
    alternatives([short for short, kinds in KINDS.items() if set(kinds) & wanted])
    for wanted in ({"day", "doubtful-day"}, {"day"}, {"month", "doubtful-month"})
)

_DATE_BEFORE = LatePattern(
    rf"(?:\b{one_of('shortened', 'before-dates')} (?:\d{{1,2}}[-–])?{_DAY}"
    rf"|(?<!\w)(?:{_MONTHS})\.? {_DAY} {AND_OR_TO}) $",
    re.IGNORECASE,
)
_HOUR_BEHIND = LatePattern(r"(?:,| at)? \d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.?m|o[’']clock)")

Span = tuple[int, int]
"""Start and end of letters that become capitals."""


def capital_spans(line: str) -> Iterator[Span]:
    """Find the letters that are capitals in ordinary text, those of the names beside short forms too.

    >>> list(capital_spans("see dr. lee")), list(capital_spans("we sat in the sun"))
    ([(4, 5), (8, 9)], [])
    """
    for match in _SHORT.finditer(line):
        for kind in KINDS.get(match["short"], ()):
            found = _CAPITALS_OF[kind](match)
            if found:
                yield from found
                break


def _first(match: re.Match[str]) -> Span:
    return match.start(), match.start() + 1


def _next(match: re.Match[str]) -> re.Match[str] | None:
    """Return the word behind a space."""
    return _NEXT.match(match.string, match.end())


def _previous(match: re.Match[str]) -> re.Match[str] | None:
    """Return the word before a space, on the same side of any punctuation."""
    return re.search(r"(?<![\w’'-])([A-Za-z][\w’'-]*)(\.?) $", text_before(match))


def _first_of(match: re.Match[str], word: re.Match[str]) -> Span:
    """Return the place of the first letter of the word behind."""
    return word.start(1), word.start(1) + 1


def _first_before(match: re.Match[str], word: re.Match[str]) -> Span:
    """Return the place of the first letter of the word before, which was found in a window of the line."""
    start = match.start() - len(text_before(match)) + word.start(1)
    return start, start + 1


def _is_content(word: re.Match[str] | None) -> bool:
    return word is not None and word[1].lower() not in load_use("casing", "closed")


def _is_name(word: re.Match[str] | None) -> bool:
    """Say whether a word may be a name: it is no English word, or a given name as well."""
    return word is not None and _is_content(word) and is_name_word(re.split("[’'-]", word[1])[0])


def _behind_number(match: re.Match[str]) -> bool:
    return bool(re.search(r"[\d½¼¾] ?$", text_before(match)))


def _of_title(match: re.Match[str]) -> list[Span]:
    """Find "dr. lee", "mr and mrs ortiz"."""
    following, previous = _next(match), _previous(match)
    if match["short"] == "ms" and (_behind_number(match) or (previous and previous[1].lower() in DETERMINERS)):
        return []
    if following and re.match(r" [a-z]\.", text_after(match)):
        return [_first(match)]  # mr. a. lee
    if _is_content(following) or _joins_titles(match):
        spans = [_first(match)]
        return [*spans, _first_of(match, following)] if _is_content(following) and following else spans
    return _alone(match)


def _joins_titles(match: re.Match[str]) -> bool:
    """Say whether another title stands behind "and": "dr and mrs lee"."""
    joined = _AND.match(match.string, match.end())
    return joined is not None and bool(set(KINDS.get(joined[1].lower(), ())) & {"title", "place"})


def _alone(match: re.Match[str]) -> list[Span]:
    previous = _previous(match)
    if re.match(r" \d", text_after(match)):
        return []
    if text_before(match).lower().endswith("ex-"):
        return [_first(match)]
    stands_alone = previous and (previous[1].lower() in DETERMINERS or is_title(previous[1]))
    return [_first(match)] if match["stop"] and stands_alone else []


def is_title(word: str) -> bool:
    """Say whether a word is a shortened title: "lt", "gov"."""
    return bool(set(KINDS.get(word.lower(), ())) & {"title", "office"})


def _of_office(match: re.Match[str]) -> list[Span]:
    """Find "gov. newsom", and "col jones" behind another title; without its stop such a title is a word as well."""
    previous = _previous(match)
    following = _next(match)
    is_counted = match["short"] in load_use("casing", "counted") and re.search(r"(?<!\w)\d+[ -]$", text_before(match))
    is_revised = match["short"] == "rev" and following and following[1] in load_use("abbreviations", "revised")
    if is_counted or is_revised:
        return []
    if match["stop"] and text_after(match).startswith(" of state"):
        return [_first(match), (match.end() + 4, match.end() + 5)]
    if match["stop"] or (previous and is_title(previous[1])) or (following and _is_surely_named(following[1])):
        return _of_title(match)
    return []


def _is_surely_named(word: str) -> bool:
    """Say whether a word is part of a name behind a title without its stop: "gen sir mike", "col tim collins"."""
    lower = re.split("[’'-]", word)[0].lower()
    if lower in load_use("casing", "honours"):
        return True
    known = lower.capitalize() in load_words("first_names") | load_words("surnames") and lower not in load_words(
        "plain_words"
    )
    return len(lower) > 2 and (known or not is_english_word(lower))


def _of_place(match: re.Match[str]) -> list[Span]:
    """Find "st. mary" and "dr. lee" before a name, "oak st." and "king dr." behind one."""
    following, previous = _next(match), _previous(match)
    if match["short"] == "dr" and _joins_titles(match):
        return [_first(match)]
    before_name = _is_name(following)
    if match["short"] == "dr" and not before_name and _is_content(following) and following:
        surname = re.split("[’'-]", following[1])[0].capitalize() in load_words("surnames")
        before_name = surname or not _is_content(previous) or (previous is not None and bool(previous[2]))
    if following and following[1].lower() in {"who", "no"} and match["short"] == "dr":
        return [_first(match), _first_of(match, following)]
    if match["short"] == "st" and match["stop"] and not _is_content(previous) and not _behind_number(match):
        before_name = _is_content(following)
    sure = match["stop"] or re.match(r" [\w-]+[’']s?(?!\w)", text_after(match))
    if before_name and following and (sure or not _behind_number(match)):
        return [_first(match), _first_of(match, following)]
    if match["short"] == "st" and _NUMBERED.search(text_before(match)) and not before_name:
        return [_first(match)]
    goes_on = _is_content(following) and match["short"] != "st"
    if previous and not previous[2] and _is_content(previous) and (match["stop"] or not goes_on):
        return [_first_before(match, previous), _first(match)]
    return _alone(match)


def _of_peak(match: re.Match[str]) -> list[Span]:
    """Find "mt. hood", but no feet."""
    following = _next(match)
    is_unit = _behind_number(match) or text_before(match).endswith(("sq. ", "cu. "))
    if is_unit or not _is_content(following) or following is None or following[1].isupper():
        return []
    is_peak = match["stop"] or match["short"] == "mt" or _is_name(following)
    return [_first(match), _first_of(match, following)] if is_peak else []


def _of_street(match: re.Match[str]) -> list[Span]:
    """Find "pine ave." and "5th ave"."""
    previous = _previous(match)
    if _NUMBERED.search(text_before(match)):
        return [_first(match)]
    is_street = previous and _is_content(previous) and (match["stop"] or not _is_content(_next(match)))
    return [_first_before(match, previous), _first(match)] if is_street and previous else []


def _is_dated(match: re.Match[str]) -> bool:
    """Say whether a day of the month or a year stands by."""
    before, after = text_before(match), text_after(match)
    if re.match(rf" (?:{_DAY}(?![\w%]|[.,:]\d)|(?:1[5-9]|20)\d\d(?!\d))", after):
        return True
    return bool(re.search(rf"(?<![\w.,$£€]){_DAY} (?:of )?$", before))


def _of_number_one(match: re.Match[str]) -> list[Span]:
    """Find "was no 1 in june" and "the no 9 bus", but not "there is no 1 on it"."""
    before = text_before(match).lower()
    if words_pattern(r"\bWORDS (?:\w+ )?$", "shortened", "before-noun").search(before) or match["stop"]:
        return []
    if words_pattern(r"(?<!\w)WORDS $", "shortened", "before-no").search(before):
        return [_first(match)] if _NUMBERED_BEHIND.match(match.string, match.end()) else []
    return [_first(match)] if _NUMBER_ONE.match(match.string, match.end()) else []


def _of_doubtful_month(match: re.Match[str]) -> list[Span]:
    """Find "march 5" and "in mar.", but neither "may 5 people come" nor "to march 5 miles"."""
    before, after = text_before(match), text_after(match)
    previous, following = _previous(match), _next(match)
    if previous and previous[1].lower() in load_use("casing", "before-verbs") and match["short"] != "may":
        return []
    if _is_dated(match):
        if _DATE_BEFORE.search(before):
            return [_first(match)]
        behind = re.match(r" [\d]\S*(?:,? \d{4})? ([a-z]+)", after)
        if behind and behind[1] in load_use("casing", "of-measure"):
            return []
        is_verb = following and following[1].lower() in load_use("casing", "behind-dated")
        return [] if is_verb and not _ORDINAL_BEFORE.search(before) else [_first(match)]
    joint = rf"\.? {_THROUGH} (?:{_MONTHS})(?!\w)"
    if re.match(joint, after) or re.search(rf"(?<!\w)(?:{_MONTHS})\.? {_THROUGH} $", before):
        return [_first(match)] if match["short"] == "mar" else []
    if previous and previous[1].lower() in load_use("casing", "before-months") - load_use("forms", "joints"):
        return [] if match["short"] == "may" and following else [_first(match)]
    return []


def _of_doubtful_day(match: re.Match[str]) -> list[Span]:
    """Find "on sat", "sun 4 mar" and "wed. and fri.", but not "we sat" and "in the sun"."""
    before, after = text_before(match), text_after(match)
    days = _DAYS if match["stop"] else _SURE_DAYS if match["short"] == "wed" else f"{_SURE_DAYS}|sat|sun"
    previous = _previous(match)
    goes_on = text_after(match).startswith(",") or (
        match["short"] != "sun" and previous and previous[1].lower() in DETERMINERS and _is_content(_next(match))
    )
    if match["stop"] and (goes_on or _HOUR_BEHIND.match(after)):
        return [_first(match)]
    by_day = re.match(rf"(?:,| {AND_OR_TO}|-| ?&) ?(?!{match['short']})(?:{days})(?!\w)", after) or re.search(
        rf"(?<!\w)(?!{match['short']})(?:{days})\.?(?:,|,? {AND_OR}| to|-| ?&) ?$", before
    )
    dated = re.match(rf",? (?:(?:{_MONTHS})\.? \d|{_DAY} (?:{_MONTHS})(?!\w))", after)
    part = re.match(r"\.? (?:morning|afternoon|evening|night)s?(?!\w)", after) if match["short"] != "wed" else None
    if by_day or dated or part or (previous and previous[1].lower() in load_use("casing", "before-days")):
        return [_first(match)]
    return [_first(match)] if re.search(r"\d ?[ap]\.?m\.?,? $", before) else []


def _of_state(match: re.Match[str]) -> list[Span]:
    """Find "fla." behind a town, and "calif. gov."."""
    if not match["stop"]:
        return []
    town = re.search(r"(?<!\w)([A-Za-z]+), $", text_before(match))
    return [_first(match), _first_before(match, town)] if town else [_first(match)]


def _of_doubtful_state(match: re.Match[str]) -> list[Span]:
    town = re.search(r"(?<!\w)([A-Za-z]+), $", text_before(match))
    previous = _previous(match)
    named = previous is not None and previous[1].lower() in load_use("postal", "before-states")
    if match["stop"] and (named or is_listed_state(match)):
        return [_first(match)]
    return _of_state(match) if town and (not _next(match) or not is_english_word(town[1].lower())) else []


def _of_firm(match: re.Match[str]) -> list[Span]:
    """Find "acme co." and "jones inc"; "co. durham" is a county, and "sr. agnes" a sister."""
    following = _next(match)
    if match["short"] == "inc" and following and following[1] in load_use("abbreviations", "inclusive"):
        return []
    if match["short"] == "co" and following and following[1].capitalize() in load_words("counties"):
        return [_first(match), _first_of(match, following)]
    if match["short"] == "sr" and following and following[1].capitalize() in load_words("first_names"):
        return [_first(match), _first_of(match, following)]
    previous = re.search(r"(?<![\w’'-])([A-Za-z][\w’'-]*)\.?,? $|(&) $", text_before(match))
    if previous is None or (match["short"] == "co" and not match["stop"]):
        return []
    if previous[2]:
        return [_first(match)]
    return [_first_before(match, previous), _first(match)] if _is_content(previous) else []


def _of_zone(match: re.Match[str]) -> list[Span]:
    """Find "5 p.m. est"."""
    timed = re.search(r"(?:(?<![\d.,$£€])\d{1,2}(?::\d\d)?|\d ?[ap]\.?m\.?) $", text_before(match))
    is_counted = timed and timed[0].strip().isdigit() and _is_content(_next(match))  # 24 ct gold
    ends = not match["stop"] or not text_after(match).strip()
    return [(match.start(), match.end("short"))] if timed and not is_counted and ends else []


_CAPITALS_OF: dict[str, Callable[[re.Match[str]], list[Span]]] = {
    "title": _of_title,
    "office": _of_office,
    "place": _of_place,
    "peak": _of_peak,
    "street": _of_street,
    "month": lambda match: [_first(match)],
    "doubtful-month": _of_doubtful_month,
    "day": lambda match: [_first(match)],
    "doubtful-day": _of_doubtful_day,
    "state": _of_state,
    "doubtful-state": _of_doubtful_state,
    "firm": _of_firm,
    "zone": _of_zone,
    "number": _of_number_one,
}
