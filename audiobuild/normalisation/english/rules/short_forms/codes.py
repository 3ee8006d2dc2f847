"""Codes of letters and digits: H5N1 -> H five N one (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.short_forms.capitals import is_pronounceable
from audiobuild.normalisation.english.rules.travel.airliners import tells_of_aircraft
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    ATTACHED,
    CAPITALS,
    DIGIT,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
)

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")
_SECRET_BEFORE = LatePattern(
    rf"""
    (?<!\w)(?:
        {one_of("codes", "secrets")} | {one_of("codes", "coded")}[ ](?:code|key)
    )s?
    (?: : | , | [ ]{one_of("codes", "introducing")} )?  # what introduces it
    [ \"“‘']{{1,2}}$  # up to the code itself
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Behind one of these letters and digits are said one by one."""
_CHUNK = LatePattern(r"\d+(?:\.\d+)?|[A-Z]+(?![a-z])|[A-Za-z]+")


def _say_code(match: re.Match[str], context: Context) -> str | None:
    """Read letters with digits chunk by chunk: H5N1 -> H five N one."""
    code = match["code"].translate(_SUBSCRIPTS)
    chunks = _CHUNK.findall(code)
    first = chunks[0]
    if _SECRET_BEFORE.search(text_before(match)):
        return " ".join(
            words.digit_by_digit(chunk) if chunk.isdigit() else words.letters(chunk)
            for chunk in re.findall(r"\d+|[A-Za-z]", code)
        )
    if rating := re.fullmatch(r"([ABC]a{1,2})([1-3])", code):
        return f"{words.letters(rating[1])} {words.cardinal(rating[2])}"
    if first.islower() and len(first) > 3:
        return None
    if FORMULA.fullmatch(code) and re.search("[a-z]", code) and len(re.findall("[A-Z]", code)) > 1:
        return " ".join(
            words.paired(chunk) if chunk.isdigit() else words.letters(chunk)
            for chunk in re.findall(r"\d+|[A-Za-z]+", code)
        )
    said: list[str] = []
    for place, chunk in enumerate(chunks):
        said.append(_spoken_chunk(chunk, place, len(chunks)))
    spoken = " ".join(said)
    if match["plural"]:
        spoken = words.plural(spoken)
    return spoken


def _spoken_chunk(chunk: str, place: int, count: int) -> str:
    if chunk[0].isdigit():
        if "." in chunk:
            return words.number(chunk)
        return words.paired(chunk)
    if chunk.isupper():
        if place == 0 and chunk in load_map("acronyms") and count == 2:
            return load_map("acronyms")[chunk]
        return words.letters(chunk) if len(chunk) < 5 or not is_pronounceable(chunk) else chunk.capitalize()
    if chunk.islower() and (len(chunk) == 1 or (len(chunk) == 2 and place == 0)):
        return words.letters(chunk)
    if chunk in MIXED_CASE:
        return MIXED_CASE[chunk]
    if re.fullmatch(r"[A-Z][a-z][A-Z]|[a-z]{1,2}[A-Z]{2,6}|[b-df-hj-np-tv-xz]{3,4}", chunk):
        return words.letters(chunk)
    return re.sub(r"(?<=[a-z])[A-Z]{2,5}$", lambda tail: f" {words.letters(tail[0])}", chunk)


def _say_motorway(match: re.Match[str], context: Context) -> str | None:
    """Read a trunk road that is a motorway: A1(M) -> A one M."""
    road = match["road"]
    return f"{road[0]} {words.paired(road[1:])} M"


def _is_model(match: re.Match[str], head: str, number: str) -> bool:
    """Say whether a letter, a stop and a number are a model or a standard: the Short S.39, H.264, not Figure S.39."""
    parts = load_words("section_labels") | load_use("codes", "numbered-parts")
    if not parts.isdisjoint({word_before(match).lower().rstrip("."), word_after(match).lower()}):
        return False
    return (len(head) == 1 and len(number) > 1) or tells_of_aircraft(match)


def _say_lineage(match: re.Match[str], context: Context) -> str | None:
    """Read the names of strains: BA.2.86 -> B A point two point eight six."""
    head, *numbers = match.group().split(".")
    if len(numbers) == 1 and (head in load_use("codes", "makers") or _is_model(match, head, numbers[0])):
        return f"{words.letters(head)} {words.paired(numbers[0])}"
    said = (words.cardinal(part) if len(part) < 2 else words.digit_by_digit(part) for part in numbers)
    return f"{words.letters(head)} point {' point '.join(said)}"


def _say_bits(match: re.Match[str], context: Context) -> str:
    """Read how wide a processor is within and without: 16/32-bit."""
    return f"{words.cardinal(match['first'])} {words.cardinal(match['second'])}"


def _say_serotype(match: re.Match[str], context: Context) -> str | None:
    """Read the two antigens of a strain: O157:H7 -> O one fifty-seven H seven."""
    first, second = match.group().split(":")
    return f"{first[0]} {words.paired(first[1:])} {second[0]} {words.paired(second[1:])}"


def _say_episode(match: re.Match[str], context: Context) -> str | None:
    """Read a season and an episode: S02E05 -> season two, episode five."""
    season = "season" if is_american(context) else "series"
    return f"{season} {words.cardinal(match['season'])}, episode {words.cardinal(match['episode'])}"


def _say_cartridge(match: re.Match[str], context: Context) -> str | None:
    """Read the two numbers of a cartridge: .30-06 -> thirty oh six."""
    load = match["load"]
    said = words.two_digit_year(load) if len(load) == 2 else words.paired(load)
    return f"{words.cardinal(match['calibre'])} {said}"


def _say_equipment(match: re.Match[str], context: Context) -> str | None:
    """Read what the American forces call a device: AN/AWG-9 -> A N A W G nine."""
    return f"A N {words.letters(match['kind'])} {words.paired(match['number'])}"


def _say_wireless(match: re.Match[str], context: Context) -> str | None:
    """Read the name of a wireless network's standard: 802.11ax -> eight oh two point eleven A X."""
    letters = f" {words.letters(match['letters'])}" if match["letters"] else ""
    return f"eight oh two point {words.cardinal(match['part'])}{letters}"


_PRICED = LatePattern(rf"\b{one_of('codes', 'prices')}\b", re.IGNORECASE)


def _say_resolution(match: re.Match[str], context: Context) -> str | None:
    """Read the lines of a picture: 1080p -> ten eighty P; near what has a price they are pence."""
    if _PRICED.search(text_before(match)) or _PRICED.search(text_after(match)):
        return None
    return f"{words.paired(match['lines'])} {match['scan'].upper()}"


MIXED_CASE = load_map("mixed_case")
FORMULA = LatePattern(rf"(?:{one_of('codes', 'elements')}\d*)+")
_CODE = r"""
    (?P<code>
        [A-Za-z]{1,12}(?:/[A-Z])?-?[\d₀-₉]{1,7}+(?:\.\d{1,3}(?!\d))?  # letters, then digits
        (?:  # and more of either
            -?[A-Z]{1,8}(?![a-z]) | -?[A-Z][a-z](?![a-z]) | -\d{1,4}(?!-?[a-z]) | [\d₀-₉]{1,5}+
            | (?!s\b)[a-z](?=[\W\d]|$)
        ){0,8}
    )
    (?P<plural>s)?(?![A-Za-z\d₀-₉]|\.\d|,\d)
"""


def _say_stroked(match: re.Match[str], context: Context) -> str:
    """Read the type of a tank and its gun without the stroke: T-34/85."""
    return f"{words.letters(match['letters'])} {words.paired(match['first'])} {words.paired(match['second'])}"


def _say_filed(match: re.Match[str], context: Context) -> str | None:
    """Read the number of a file, whose parts strokes join: 1266/7/7/16."""
    return " slash ".join(words.paired(part) for part in match.group().split("/"))


RULES: tuple[Rule, ...] = (
    make_rule(
        "code.stroked",
        r"(?P<letters>[A-Z]{1,2})-(?P<first>\d\d)/(?P<second>\d{2,3})(?![\w/%]|[.,-]\d)",
        _say_stroked,
        (CAPITALS,),
        behind="-",
        example="the T-34/85 -> the T thirty-four eighty-five",
    ),
    make_rule(
        "code.motorway",
        r"(?P<road>[AM]\d{1,3})\(M\)",
        _say_motorway,
        (CAPITALS, ATTACHED),
        behind="0-9",
        example="A1(M) -> A one M",
    ),
    make_rule(
        "code.serotype",
        r"O\d{1,3}:[HK]\d{1,2}(?!\w|:\d)",
        _say_serotype,
        (CAPITALS, ATTACHED),
        behind="0-9",
        example="E. coli O157:H7 -> E coli O one fifty-seven H seven",
    ),
    make_rule(
        "code.filed",
        r"\d{1,5}(?:/\d{1,5}){3,6}(?![\w/])",
        _say_filed,
        (DIGIT,),
        behind="/",
        example="no. 1266/7/7/16 -> number twelve sixty-six slash seven slash seven slash sixteen",
    ),
    make_rule(
        "code.resolution",
        r"(?P<lines>240|360|480|540|576|720|1080|1440|2160|4320)(?P<scan>[pi])(?!\w)",
        _say_resolution,
        (DIGIT,),
        behind="pi",
        example="1080p -> ten eighty P",
    ),
    make_rule(
        "code.wireless",
        r"802\.(?:(?P<part>1[156]?|3)"
        rf"(?P<letters>(?<=1[156])(?!{one_of('codes', 'units')})[a-z]{{1,2}}|[qx]|[ab][a-z]|[uz])?)(?![\w/]|\.\d)",
        _say_wireless,
        (DIGIT,),
        behind=".",
        example="802.11ax -> eight oh two point eleven A X",
    ),
    make_rule(
        "code.cartridge",
        r"\.(?P<calibre>\d\d)-(?P<load>\d{2,3})(?![\w-]|[.,]\d)",
        _say_cartridge,
        (".",),
        example="a .30-06 rifle -> a thirty oh six rifle",
    ),
    make_rule(
        "code.equipment",
        r"AN/(?P<kind>[A-Z]{2,4})-?(?P<number>\d{1,3})(?!\d)",
        _say_equipment,
        ("AN",),
        behind="/",
        example="the AN/AWG-9 -> the A N A W G nine",
    ),
    make_rule(
        "code.episode",
        r"[Ss](?P<season>\d{1,2}),?\s?[Ee][Pp]?(?P<episode>\d{1,3})(?!\w)",
        _say_episode,
        (CAPITALS, ATTACHED),
        behind="0-9",
        example="S02E05 -> series two, episode five",
    ),
    make_rule(
        "code.bits",
        r"(?P<first>8|16|32)/(?P<second>16|32|64)(?=[- ]bit\b)",
        _say_bits,
        (DIGIT,),
        behind="/",
        example="a 16/32-bit chip -> a sixteen thirty-two-bit chip",
    ),
    make_rule(
        "code.lineage",
        r"[A-Z]{1,4}(?:\.\d{1,3}){1,4}(?![\w])|P\.\d{4}(?!\w)",
        _say_lineage,
        (CAPITALS,),
        behind=".",
        example="B.1.1.7 -> B point one point one point seven",
    ),
    make_rule(
        "code.letters-and-digits",
        _CODE,
        _say_code,
        (CAPITALS, ATTACHED),
        flags=re.VERBOSE,
        behind="0-9/-",
        example="GPT-3.5 -> G P T three point five",
    ),
)
