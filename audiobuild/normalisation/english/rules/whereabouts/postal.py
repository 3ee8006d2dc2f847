"""Postal addresses and the states of America: 742 Main St., Springfield, IL 62704; (D-MA) (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.names import names_person
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import AND_OR, AND_OR_TO, ORDINAL
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    ATTACHED,
    CAPITALS,
    DIGIT,
    Rule,
    make_rule,
    stop_ends_sentence,
    text_after,
    text_before,
    word_after,
    word_before,
    words_before,
)

_STATES = load_map("states")
_SURE_STATES = load_use("postal", "sure-states")
_COMPASS = load_map("compass")
_DISTANCE_BEFORE = LatePattern(rf"\d\s?-?{one_of('postal', 'distances')}\.?\)? $")
_NUMBERED_ROAD_BEFORE = LatePattern(rf"(?<!\w){one_of('postal', 'numbered-roads')}\d{{1,4}} $")
_ROAD_BEHIND = LatePattern(rf" of (?:[AIM]-?|{one_of('postal', 'numbered-roads')})\d")
"""What lies on the other side of a point of the compass: N of I-80."""
_ONE_NAME_STREETS = rf"{one_of('postal', 'one-name-streets')}(?=[,.;:?!)]|$| {one_of('postal', 'behind-streets')}\b)"
_STREET = rf"(?:{alternatives(load_words('street_words'))})"
_ROAD = rf"(?:[NSEW]\.? )?(?:[A-Z][\w’'.]{{1,20}} |\d{{1,3}}{ORDINAL} ){{1,4}}{_STREET}(?![\w’'])"
_BEFORE_YEARS = load_use("postal", "before-years")


_BEFORE_STATES = load_use("postal", "before-states")
_STATE_BEFORE = LatePattern(rf"(?<!\w)(?:{alternatives([code for code in _STATES if '.' in code])}),? {AND_OR} $")

_JOINT = rf"(?:, (?:{one_of('postal', 'joints')} )?| {one_of('postal', 'joints')} )"
_STATED_BEFORE = LatePattern(
    rf"(?<!\w)(?:{alternatives([code for code in _STATES if '.' in code])}) [^.;]{{0,40}}(?:[^.;]\.\d[^.;]{{0,20}})?"
    rf"{_JOINT}(?:in )?$"
)
"""Another state, before one that is told of in the same way: "Wis. by 0.9 and Pa. by 1.7"."""
_STATED_BEHIND = LatePattern(rf"{_JOINT}(?:{alternatives([code for code in _STATES if '.' in code])})(?!\w)")
_OFFICER_BEHIND = LatePattern(rf" {one_of('postal', 'officers')}\b")


def _of_officer(match: re.Match[str]) -> bool:
    """Say whether a state's officer stands behind it where a sentence opens: "Ind. Gov. Mike Braun"."""
    return (
        bool(_OFFICER_BEHIND.match(text_after(match)))
        and re.search(r"(?:^|[.?!] |[a-z] )$", text_before(match)) is not None
    )


_STATE_BEHIND = LatePattern(rf",? {AND_OR_TO} (?:{alternatives([code for code in _STATES if '.' in code])})")


_DOTTED_STATES = alternatives([code for code in _STATES if "." in code])
_JOINED_BEFORE = LatePattern(rf"(?:{_DOTTED_STATES})-$")


def _say_state(match: re.Match[str], context: Context) -> str | None:
    """Read OR behind "Portland, " as Oregon."""
    code = match["code"]
    before, after = text_before(match), text_after(match)
    zipped = re.match(r"\s\d{5}(?!\d)", after) if code != "ID" or before.endswith(", ") else None
    if code.endswith("."):
        return _say_short_state(match, is_zipped=zipped is not None)
    if zipped:
        return _STATES[code]
    if code in load_use("postal", "degrees") and names_person(before.removesuffix(", ")):
        return None
    if code == "PA" and not is_american(context) and _ASSISTS.match(after):
        return None
    opening = code == "OK" and re.search(r"(?:^|[.?!] )[“\"]?([A-Z][a-z]+), $", before)
    if opening and is_english_word(opening[1].lower()):
        return None
    named = re.match(r"\s([A-Z][a-z]+)", after) if code.lower() not in load_words("function_words") else None
    ends = _CAPITALS_END.match(after) or (named and is_english_word(named[1].lower()))
    return _STATES[code] if (_TOWN_BEFORE.search(before) and ends) or _HIGHWAY_BEHIND.match(after) else None


_ASSISTS = LatePattern(rf" to {one_of('postal', 'assisted')}\b")
_HIGHWAY_BEHIND = LatePattern(rf"\s{one_of('postal', 'highways')}\s\d")
_TOWN_BEFORE = LatePattern(r"[A-Z][a-zé]+\.?, $")
_CAPITALS_END = LatePattern(r"[,.;:?!)’']|\s*$|\s[a-z(–—]")
"""What stands behind a state in capitals, which before a name would be somebody's initials."""


def _say_short_state(match: re.Match[str], *, is_zipped: bool) -> str | None:
    """Read the short form of a state that has a stop: Calif., N.Y."""
    code = match["code"]
    before, after = text_before(match), text_after(match)
    sure = words_pattern(r"[’']s(?!\w)|\sWORDS\b", "postal", "state-tails").match(after)
    if code in _SURE_STATES:
        sure = sure or words_pattern(r"\s(?:[a-z]|WORDS\b)|[,;:)]", "postal", "state-offices").match(after)
    if sure or _JOINED_BEFORE.search(before):
        return _STATES[code]
    if code == "Me." and not re.search(r"[a-z], $", before):
        return None
    named = bool(word_before(match) in _BEFORE_STATES or _STATE_BEFORE.search(before) or _STATE_BEHIND.match(after))
    if code == "Pa." and word_before(match) not in {"in", "of"} and not re.match(r"\s[a-z]|,", after):
        named = False
    is_of_saint = re.match(r" St\.[ ,;]", after) and not before.endswith(", ")
    if is_of_saint or _of_officer(match) or (code == "Wash." and after.startswith(", D.C.")):
        return _STATES[code]
    named = bool(named or _STATED_BEFORE.search(before) or _STATED_BEHIND.match(after))
    in_dateline = re.search(r"^[^a-z]*[A-Z]{3,}, $", before)
    if not named and not in_dateline and not is_zipped and not _TOWN_BEFORE.search(before):
        return None
    if code.isupper() and not is_zipped and not _CAPITALS_END.match(after):
        return None
    if re.match(r"\s?[–—]|\s--?\s", after):
        return f"{_STATES[code]},"
    return _STATES[code] + ("." if stop_ends_sentence(after) else "")


def _say_joined_state(match: re.Match[str], context: Context) -> str | None:
    """Read a state before another, a district or a word that a hyphen ties to it: Tenn.-Ky., Neb.-2, Va.-based."""
    return f"{_STATES[match['code']]}{' ' if text_after(match)[0].isdigit() else '-'}"


def _say_zip(match: re.Match[str], context: Context) -> str | None:
    """Read five digits behind a state one by one."""
    before = text_before(match)
    stated = re.search(rf"(?:[, ](?:[A-Z]{{2}}|D\.C\.)|\b(?:{_STATE_NAMES})),? $", before)
    if not stated and "-" not in match.group() and not _is_town_zip(match):
        return None
    oh = not stated and not is_american(context)
    return " dash ".join(words.digit_by_digit(group, oh=oh) for group in match.group().split("-"))


def _is_town_zip(match: re.Match[str]) -> bool:
    """Say whether five digits without a comma stand right behind a town's name and count nothing."""
    nearest, after = words_before(match, 2), word_after(match)
    if len(nearest) < 2 or not re.fullmatch(r"[A-Z][a-z]+", nearest[0]) or nearest[1][-1] in ".?!:":
        return False
    if nearest[0].lower() in load_words("function_words"):
        return False
    return not after.islower() or after in load_words("function_words")


_STATE_NAMES = alternatives(list(dict.fromkeys((*_STATES.values(), *(code for code in _STATES if "." in code)))))


def _say_house(match: re.Match[str], context: Context) -> str | None:
    """Read the number of a house in pairs, as Americans do: 742 Main Street -> seven forty-two."""
    before = word_before(match).lower()
    if not is_american(context) or before in _BEFORE_YEARS - load_use("postal", "before-house-numbers"):
        return None
    if match["highway"] and not words_pattern(r"\bWORDS $", "postal", "at-a-house").search(text_before(match)):
        return None
    return " to ".join(words.paired(number) for number in match.group("number", "last") if number)


def _lower_point(point: str, context: Context) -> str:
    """Return a point of the compass in small letters: northeast, north-east in Britain."""
    name = _COMPASS[point].lower()
    return name if is_american(context) else re.sub("th(?=[ew])", "th-", name)


_WIND_BEFORE = LatePattern(rf"\b[Ww]inds?:? (?:{one_of('postal', 'winds')} ){{0,2}}$")
"""What stands before the point that the wind blows from."""

_SPAN = rf"(?:\s?[-–]\s?|\s{one_of('postal', 'joints-of-forces')}\s)"
_GALE_BEHIND = LatePattern(
    rf"\s(?:\d{{1,2}}{_SPAN}(?:severe )?(?:{one_of('postal', 'gales')}|\d{{1,2}}, {one_of('postal', 'changes')})"
    rf"|{one_of('postal', 'gales')} \d|{one_of('postal', 'turns')}\b)"
)
"""What stands behind it in a forecast for ships: the wind's force."""


def _is_year_before(match: re.Match[str]) -> bool:
    """Say whether a year stands before an initial: In 1974 E. Howard Hunt spoke."""
    year, *nearest = words_before(match, 2)
    is_year = re.fullmatch(r"(?:1\d|20)\d\d", year) is not None
    return is_year and any(word.lower() in _BEFORE_YEARS or word[-1] == "," for word in nearest)


def _is_lettered_street(match: re.Match[str]) -> bool:
    """Say whether a street is called by the letter alone: 1709 N Street NW."""
    return not match["stop"] and re.match(rf"\s{_STREET}(?:,|\.?$| [NS]\.?[EW]\b)", text_after(match)) is not None


_HEADED_FOR = LatePattern(rf" {one_of('postal', 'headed-for')}\b")


_POINTS_OF_PARTS = LatePattern(rf" (?:{AND_OR}|&) [NSEW]\. {one_of('postal', 'church-parts')}\b")
"""Behind one point of the compass another, and the parts of a building that lie there: the N. and S. walls."""


def _say_compass(match: re.Match[str], context: Context) -> str | None:
    """Read N, SW and so on before or behind the name of a street."""
    before, after = text_before(match), text_after(match)
    point = match["point"]
    far = _DISTANCE_BEFORE.search(before)
    marked = match["stop"] and not word_before(match)[:1].isupper()
    if ((far or marked) and re.match(r"\sof\s(?:[A-Z]|the\s|downtown)", after)) or re.search(r"\d° ?$", before):
        return _lower_point(point, context) + ("." if match["stop"] and stop_ends_sentence(after) else "")
    if word_before(match) in load_use("postal", "heading") and _HEADED_FOR.match(after):
        return _lower_point(point, context)
    is_part = marked and word_after(match) in load_use("postal", "church-parts")
    if match["stop"] and _POINTS_OF_PARTS.match(after):
        return _lower_point(point, context)
    is_part = is_part or (len(point) == 2 and word_after(match) in load_use("postal", "compass-nouns"))
    if is_part or _ROAD_BEHIND.match(after) or (len(point) < 3 and _GALE_BEHIND.match(after)):
        return _lower_point(point, context)
    if _WIND_BEFORE.search(before) and re.match(r"\.?(?:\s(?:at\s|to\s|\d)|,?\s[a-z]|[-–]|[.,;:)]|$)", after):
        return _lower_point(point, context)
    if _NUMBERED_ROAD_BEFORE.search(before) and re.match(r"\.?(?:[,.;:)]|\s*$|\s[a-z])", after):
        return _COMPASS[point] + ("." if match["stop"] and stop_ends_sentence(after) else "")
    opens = re.search(r"(?:^|\s)\d[\w-]*\s$", before) and re.match(rf"\s(?:\d+{ORDINAL}|[A-Z][\w’'.]+)\s", after)
    numbered = re.match(rf"\s\d+{ORDINAL}\s{_STREET}(?!\w)", after)
    if opens and not numbered and (_is_lettered_street(match) or _is_year_before(match)):
        return None
    opens = opens or numbered
    if match["stop"]:
        opens = opens or re.match(rf"\s[A-Z][\w’'.]+\s{_STREET}(?!\w)", after) or re.search(" block of $", before)
    if is_american(context) and match["stop"]:
        opens = opens or re.match(rf"\s\d+{ORDINAL}(?!\w)", after)
    closes = re.search(rf"\s{_STREET}[.,]{{0,2}} $", before) and (
        re.match(r"\.?(?:[,;)]|\s[a-z(]|\s*$)|,?\s\d", after) or (point.endswith(".") and stop_ends_sentence(after))
    )
    if not opens and not closes:
        return None
    stop = (match["stop"] or point.endswith(".")) and closes and stop_ends_sentence(after)
    return _COMPASS[point] + ("." if stop else "")


def _say_british_code(match: re.Match[str], context: Context) -> str | None:
    """Read a British postal code in its two halves, letter by letter: OX5 1PB."""
    if match["area"] not in load_use("postal", "areas"):
        return None
    if match["walk"] in {"GB", "TB"} and len(match["area"]) == 1:
        return None
    district = " ".join(
        words.letters(part) if part.isalpha() else words.cardinal(part)
        for part in re.findall(r"\d+|[A-Z]", match["district"])
    )
    return f"{words.letters(match['area'])} {district} {words.cardinal(match['sector'])} {words.letters(match['walk'])}"


def _say_force(match: re.Match[str], context: Context) -> str | None:
    """Read the span of a wind's force: SW 6-gale 8."""
    return f"{words.cardinal(match['first'])} to "


_DISTRICT_BEFORE = LatePattern(rf"\b[A-Z]{{2}}-\d{{2}}(?:, -\d{{2}}){{0,12}},? (?:{AND_OR} )?$")


def _say_district(match: re.Match[str], context: Context) -> str | None:
    """Read the number of a district whose state was said before: CA-01, -03 and -22."""
    if not _DISTRICT_BEFORE.search(text_before(match)):
        return None
    number = match["number"]
    return words.digit_by_digit(number) if number[0] == "0" else words.cardinal(number)


RULES: tuple[Rule, ...] = (
    make_rule(
        "postal.state",
        rf"(?P<code>{alternatives(list(_STATES))})(?![\w])",
        _say_state,
        {code.split(".")[0] for code in _STATES},
        example="in Pa. -> in Pennsylvania.",
    ),
    make_rule(
        "postal.state-joined",
        rf"(?P<code>{_DOTTED_STATES})-(?=(?:{_DOTTED_STATES})(?!\w)|\d{{1,2}}(?!\w)|[a-z]{{4,}})",
        _say_joined_state,
        {code.split(".")[0] for code in _STATES if "." in code},
        example="the Tenn.-Ky. line -> the Tennessee-Kentucky line",
    ),
    make_rule(
        "postal.zip-code",
        r"\d{5}(?:-\d{4})?(?!\w|[.,]\d)",
        _say_zip,
        (DIGIT,),
        example="York, NY 10118 -> York, New York one zero one one eight",
    ),
    make_rule(
        "postal.british-code",
        r"(?P<area>[A-Z]{1,2})(?P<district>\d[\dA-Z]?) (?P<sector>\d)(?P<walk>[ABD-HJLNP-UW-Z]{2})(?!\w)",
        _say_british_code,
        (CAPITALS, ATTACHED),
        behind="0-9",
        example="OX5 1PB -> O X five one P B",
    ),
    make_rule(
        "postal.house-number",
        rf"(?P<number>\d{{3,4}})(?:[-–](?P<last>\d{{3,4}}))?(?= (?:{_ROAD}|{_ONE_NAME_STREETS}"
        rf"|(?P<highway>{one_of('postal', 'highways')} \d)))",
        _say_house,
        (DIGIT,),
        behind=" -",
        example="500 Oak St -> five hundred Oak Street",
        locale="en-US",
    ),
    make_rule(
        "postal.compass-point",
        rf"(?P<point>{alternatives(list(_COMPASS))})(?P<stop>\.)?(?!\w|\.\w)",
        _say_compass,
        {point for point in _COMPASS if "." not in point},
        example="3 miles NE of York -> three miles north-east of York",
    ),
    make_rule(
        "postal.further-district",
        r"-(?P<number>\d{2})(?![\w.,]\d|\w)",
        _say_district,
        ("-",),
        example="CA-01, -03 -> C A zero one, zero three",
    ),
    make_rule(
        "number.wind-force",
        rf"(?P<first>[4-9]|1[0-2])[-–](?={one_of('postal', 'gales')} \d)",
        _say_force,
        (DIGIT,),
        behind="-",
        example="6-gale 8 -> six to gale eight",
    ),
)
