"""Feet, inches, sides and degrees of the globe: 5'10" -> five feet ten inches (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS, noun_follows
from audiobuild.normalisation.english.lexis.spoken_fractions import spoken_fraction, with_article
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import NUMBER, is_one, no_quotation_open, spoken_number, unit_name
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
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


def _is_of_strand(match: re.Match[str], number: str) -> bool:
    """Say whether an end of DNA is told of: the 3' end of a gene."""
    if len(number) > 1:
        return False
    near = re.findall("[a-z]+", f"{text_before(match)} {text_after(match)}".lower())
    return not load_use("lengths", "strands").isdisjoint(near)


_CONVERTED_OF_NOUN = LatePattern(r" \([\d.,]{1,9}\s?[a-z]{1,2}\) (?P<noun>[a-z]{3,20})")


def _is_of_noun(match: re.Match[str]) -> bool:
    """Say whether a noun stands behind the conversion: the 5 ft 6 in (1,676 mm) gauge."""
    behind = _CONVERTED_OF_NOUN.match(text_after(match))
    return behind is not None and word_before(match).lower() in DETERMINERS and behind["noun"] not in _NO_NOUNS


_NO_NOUNS = load_words("behind_sums") | load_words("function_words")


def _say_feet(match: re.Match[str], context: Context) -> str | None:
    feet, inches = match["feet"], match["inches"]
    if not inches and _is_of_strand(match, feet):
        return f"{words.cardinal(feet)} prime"
    if match["mark"] in {"’", "'"} and not inches:
        return None
    attributive = (
        noun_follows(match)
        or re.match(r", \d{2,3}-(?:lb|pound)", text_after(match))
        or word_before(match).lower() in {"a", "an"}
    )
    if inches and attributive and match["mark"].strip(" .") != "ft":
        return f"{words.cardinal(feet, context.locale)} foot {words.number(inches)}"
    single = noun_follows(match) or _is_of_noun(match)
    if match["sign"] or match["top"]:
        part = load_map("fractions").get(match["sign"] or "")
        part = part or spoken_fraction(int(match["top"]), int(match["bottom"]), context)
        foot = "foot" if single or feet == "1" else "feet"
        said = f"{words.cardinal(feet, context.locale)} {foot} {words.cardinal(inches)}"
        return f"{said} and {with_article(part)} {'inch' if single else 'inches'}"
    said = f"{words.cardinal(feet, context.locale)} {'foot' if single or feet == '1' else 'feet'}"
    return f"{said} {words.number(inches)} {'inch' if single or inches == '1' else 'inches'}" if inches else said


def _say_minute(match: re.Match[str], context: Context) -> str | None:
    """Read an apostrophe behind a number as minutes of a match, by added time, or where goals are told of."""
    if int(match["minute"]) > _LONGEST_MATCH or not (match["added"] or _tells_of_goals(match)):
        return None
    added = f" plus {words.cardinal(match['added'])}" if match["added"] else ""
    one = match["minute"] == "1" and not added
    return f"{words.cardinal(match['minute'], context.locale)}{added} {'minute' if one else 'minutes'}"


_LONGEST_MATCH = 130
"""Minutes of football, extra time and what is added to it among them."""
_PLAYER_BEFORE = LatePattern(rf"(?:[A-Z][\w’'-]+ \(?|[a-z]: |[’'′](?: ?\({one_of('lengths', 'scored-how')}\))?[,;] )$")
_MINUTE_BEHIND = LatePattern(rf"[,;.)]|$| (?:\(?{one_of('lengths', 'scored-how')}\b|and\b|&)")
_ADDED = LatePattern(r"\d\+\d{1,2}[’'′]")


def _tells_of_goals(match: re.Match[str]) -> bool:
    """Say whether it stands behind a name, or another minute, in a text of goals, or of minutes of added time."""
    if not (_PLAYER_BEFORE.search(text_before(match)) and _MINUTE_BEHIND.match(text_after(match))):
        return False
    around = match.string[max(0, match.start() - _NEAR_CHARS) : match.end() + _NEAR_CHARS]
    return bool(_ADDED.search(around) or words_pattern(r"\bWORDS\b", "lengths", "goals").search(around.lower()))


_NEAR_CHARS = 80


def _say_feet_marked(match: re.Match[str], context: Context) -> str | None:
    """Read an apostrophe behind a number as feet, unless it closes a quotation."""
    before = text_before(match)
    if re.search(r"(?:^|[\s(])['‘](?:\w|$)", before) and not match["by"]:
        return None
    said = spoken_number(match["first"], context)
    if _is_of_strand(match, match["first"]):
        return f"{said} prime"
    if match["by"]:
        return f"{said} {'foot' if match['first'] == '1' else 'feet'} by {spoken_number(match['by'], context)} feet"
    return f"{said} {'foot' if match['first'] == '1' or noun_follows(match) else 'feet'}"


def _say_inches(match: re.Match[str], context: Context) -> str | None:
    if not no_quotation_open(match) and not match.group().endswith(("″", "′")):
        return None
    number = spoken_number(match["first"], context)
    if match["fraction"]:
        number = f"{number} and {load_map('fractions')[match['fraction']].replace('one ', 'a ')}"
    single = match["first"] == "1" or noun_follows(match) or word_before(match) in {"a", "A", "an"}
    return f"{number} {'inch' if single else 'inches'}"


def _say_area(match: re.Match[str], context: Context) -> str | None:
    """Read 6m x 4m as metres by metres."""
    qualifies = noun_follows(match) and word_before(match).lower() in DETERMINERS
    parts = _MARKED_SIDE.findall(match.group())
    said = []
    for number, unit in parts:
        said.append(
            f"{spoken_number(number, context)} {unit_name(unit, context, plural=not (qualifies or is_one(number)))}"
        )
    return " by ".join(said)


def _say_marked_sides(match: re.Match[str], context: Context) -> str | None:
    """Read 12" x 8" x 4" as inches by inches by inches, and 12' x 14' x 8' as feet."""
    qualifies = noun_follows(match) and not DETERMINERS.isdisjoint(word.lower() for word in words_before(match, 2))
    said = []
    for number, part, mark in re.findall(rf"({NUMBER})([¼½¾⅛⅜⅝⅞]?)\s?([\"″”′'’])", match.group()):
        one, many = ("inch", "inches") if mark in _INCH_MARKS else ("foot", "feet")
        many = one if qualifies else many
        fraction = f" and {with_article(load_map('fractions')[part])}" if part else ""
        said.append(f"{spoken_number(number, context)}{fraction} {one if is_one(number) and not part else many}")
    return " by ".join(said)


def _say_coordinate(match: re.Match[str], context: Context) -> str | None:
    if not match["compass"] and not match["minutes"]:
        return None
    degrees = re.sub(r"^0{1,2}(?=\d)", "", match["degrees"])
    said = f"{spoken_number((match['sign'] or '') + degrees, context)} degree{'' if degrees == '1' else 's'}"
    if match["minutes"]:
        minutes = match["minutes"].removeprefix("0") or "0"
        said += f" {spoken_number(minutes, context)} minute{'' if minutes == '1' else 's'}"
    if match["seconds"]:
        said += f" {spoken_number(match['seconds'].removeprefix('0') or '0', context)} seconds"
    if not match["compass"]:
        return said
    return f"{said} {_COMPASS[match['compass']]}"


def _say_marked_range(match: re.Match[str], context: Context) -> str | None:
    """Read 42"-48" as inches and 10'-12' as feet."""
    if match["last"] and not no_quotation_open(match):
        return None
    if match["end"] in {"'", "’"} and not re.match(r" [a-z]", text_after(match)):
        return None
    first, second = (spoken_number(number, context) for number in (match["first"], match["second"] or match["last"]))
    single = noun_follows(match)
    one, many = ("inch", "inches") if (match["mark"] or match["end"]) in _INCH_MARKS else ("foot", "feet")
    return f"{first} to {second} {one if single else many}"


_COMPASS = {point: load_map("compass")[point].lower() for point in "NSEW"}
_INCH_MARKS = frozenset('″"”')
_COORDINATE = r"""
    (?P<sign>(?<![\w)])[−+])?(?P<degrees>\d{1,3}(?:\.\d{1,8})?)\s?°
    (?:\s?(?P<minutes>\d{1,2}(?:\.\d{1,6})?)\s?[′'’])?
    (?:\s?(?P<seconds>\d{1,2}(?:\.\d{1,6})?)\s?(?:[″"”]|′′))?
    (?:\s?(?P<compass>[NSEW](?!\w)))?  # where it lies
"""

_SIDE = rf"{NUMBER}\s?{one_of('lengths', 'sides')}(?:\.(?=\s?[x×]\s?\d|\s[a-z]))?"
_MARKED_SIDE = LatePattern(rf"({NUMBER})\s?({one_of('lengths', 'sides')})")


_PARTED = rf"{NUMBER}[¼½¾⅛⅜⅝⅞]?"
_FEET_AND_INCHES = rf"""
    (?P<feet>\d{{1,3}})(?P<mark>[′'’]|\s?ft\.?)\s?(?P<inches>\d{{1,2}}(?:\.\d{{1,2}}(?=\s?in\b))?)
    (?:\s?(?P<sign>[½¼¾⅛⅜⅝⅞])|[ +](?P<top>\d{{1,2}})/(?P<bottom>\d{{1,2}}))?
    (?:  # the mark of inches, or their short form; but 6 ft 2 in my socks
        \s?(?:[″"”]|′′|’’|\'\')
        | (?:\s?in(?:(?<=\din)|(?![ ]{one_of("lengths", "worn")}\b))(?:\.(?=\s[a-z]|[,;:)]))?)
    )?
    (?!\w)
"""


def _say_behind_words(match: re.Match[str], context: Context) -> str | None:
    """Read a unit behind a figure in words: five ft. seven in. in height."""
    figure, unit = word_before(match).lower(), match["unit"]
    if figure.rpartition("-")[2] not in load_use("lengths", "figures"):
        return None
    if unit == "in" and not re.search(r"\b(?:ft\.|feet|foot) \S{1,20} $", text_before(match)):
        return None
    is_single = figure == "one" or (noun_follows(match) and word_after(match) not in load_use("lengths", "figures"))
    said = unit_name(unit, context, plural=not is_single)
    return f"{said}{'.' if stop_ends_sentence(text_after(match)) else ''}"


def _say_heading(match: re.Match[str], context: Context) -> str | None:
    """Read the point of the compass before its degrees: N 48° 51'."""
    return f"{_COMPASS[match['compass']]} "


def _say_joined_inches(match: re.Match[str], context: Context) -> str | None:
    """Read a part of an inch before what is so large: a 3/8-in. drill."""
    if match["sign"]:
        return f"{load_map('fractions')[match['sign']].replace(' ', '-')}-inch"
    top, bottom = int(match["top"]), int(match["bottom"])
    return f"{spoken_fraction(top, bottom, context).removeprefix('an ').removeprefix('a ').replace(' ', '-')}-inch"


RULES: tuple[Rule, ...] = (
    make_rule(
        "fraction.joined-inches",
        r"(?:(?P<top>\d{1,2})/(?P<bottom>\d{1,2})|(?P<sign>[¼½¾⅛⅜⅝⅞]))-in\b\.?(?=\s[a-z]|[,;:)]|$)",
        _say_joined_inches,
        (DIGIT, *"¼½¾⅛⅜⅝⅞"),
        behind="/-",
        example="a 3/8-in. drill -> a three-eighths-inch drill",
    ),
    make_rule(
        "coordinate.heading",
        r"(?P<compass>[NSEW])\s?(?=\d{1,3}(?:\.\d{1,8})?\s?°(?!\s?[CF]\b))",
        _say_heading,
        _COMPASS,
        behind=" 0-9",
        example="at N 48° -> at north forty-eight degrees",
    ),
    make_rule(
        "length.marked-range",
        rf"(?P<first>{NUMBER})(?:(?P<mark>[\"″”′'’])\s?[-–]\s?(?P<second>{NUMBER})(?P=mark)"
        rf"|[-–](?P<last>{NUMBER})(?P<end>[\"″′'’]))(?!\w)",
        _say_marked_range,
        (DIGIT,),
        behind="\"',.–-",
        example='42"-48" -> forty-two to forty-eight inches',
    ),
    make_rule(
        "length.area",
        rf"{_SIDE}\s?[x×]\s?{_SIDE}(?:\s?[x×]\s?{_SIDE})?(?!\w)",
        _say_area,
        (DIGIT,),
        behind=" ,.cfikm",
        example="6m x 4m -> six metres by four metres",
    ),
    make_rule(
        "length.marked-sides",
        rf"{_PARTED}(?P<mark>[\"″”′'’])(?:(?:\s?[x×]\s?|\sby\s){_PARTED}(?P=mark)){{1,3}}(?!\w)",
        _say_marked_sides,
        (DIGIT,),
        behind="\"',.",
        example='8" by 10" -> eight inches by ten inches',
    ),
    make_rule(
        "coordinate.degrees",
        _COORDINATE,
        _say_coordinate,
        (DIGIT, "−", "+"),
        flags=re.VERBOSE,
        behind=" .",
        example="41°N -> forty-one degrees north",
    ),
    make_rule(
        "length.feet-and-inches",
        _FEET_AND_INCHES,
        _say_feet,
        (DIGIT,),
        behind=" 'f",
        flags=re.VERBOSE,
        example="6ft 5in -> six feet five inches",
    ),
    make_rule(
        "time.minute-of-match",
        r"(?P<minute>\d{1,3})(?:\+(?P<added>\d{1,2}))?[’'′](?![\w\d]|\s?\d|\s?[x×])",
        _say_minute,
        (DIGIT,),
        behind="'+",
        example="Salah 45+2' -> Salah forty-five plus two minutes",
    ),
    make_rule(
        "length.feet-prime",
        r"(?P<feet>\d{1,5})(?P<mark>′)(?P<inches>)(?P<sign>)(?P<top>)(?!\w)",
        _say_feet,
        (DIGIT,),
        behind="′",
        example="a 40′ wall -> a forty foot wall",
    ),
    make_rule(
        "length.feet-mark",
        rf"(?P<first>\d{{1,3}}(?:,\d{{3}})?)[’'](?:\s?(?:[x×]|by)\s?(?P<by>{NUMBER})[’']|(?=\s[a-z]|[,.;)]))(?!\w)",
        _say_feet_marked,
        (DIGIT,),
        behind="',",
        example="an 8' ceiling -> an eight foot ceiling",
    ),
    make_rule(
        "length.behind-words",
        rf"(?<=[a-z] )(?P<unit>{one_of('lengths', 'units-behind-words')})\.(?=[\s,;:)]|$)",
        _say_behind_words,
        load_use("lengths", "units-behind-words"),
        behind=".",
        example="About five ft. seven in. in height -> About five feet seven inches in height",
    ),
    make_rule(
        "length.inches",
        r"(?P<first>\d{1,4}(?:\.\d{1,3})?)(?P<fraction>[½¼¾])?(?:″|′′|\")(?!\w)",
        _say_inches,
        (DIGIT,),
        behind='".',
        example="9″ nail -> nine inch nail",
    ),
)
