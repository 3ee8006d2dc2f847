"""Numbers with their units: a 12km race -> a twelve kilometre race (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS, noun_follows
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import (
    DASH,
    NUMBER,
    NUMBER_PLACES,
    SIGN,
    is_one,
    spelt_locally,
    spoken_magnitude,
    spoken_number,
    unit_name,
)
from audiobuild.normalisation.english.rules.quantities.doubtful_units import (
    is_drug,
    is_film,
    is_other,
    is_pages,
    is_way,
)
from audiobuild.normalisation.english.rules.quantities.metres import LEADS
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    DIGIT,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
    words_before,
)

_UNITS = load_table("units")
_SPACED = frozenset(unit for unit, row in _UNITS.items() if row[2] == "s")
_PER = load_map("per_units")
_SCALE = rf"""
    (?:\s?{one_of("measures", "scales")}(?=\s)
    | \s?[mk](?=\s(?!in\b)|[°º]) | [KM](?=\s{one_of("measures", "thousands-of")}\b)  # 62K mi.
    | \s{one_of("measures", "whole-scales")})
"""
_MEASURE = rf"""
    (?P<sign>{SIGN})(?P<first>{NUMBER})(?P<fraction>[ ]?[½¼¾⅓⅔])?
    (?:  # the other end of a range, with or without the unit behind the first
        \s?(?P<unit1>{alternatives(_SPACED)})?(?:(?<=[a-z])\.(?=[-–]))?(?P<dash>{DASH}|\s-\s|\sto\s)(?P<second>[-−]?{NUMBER})
    )?
    (?P<scale>{_SCALE})?
    (?:\s?(?P<unit>{alternatives(_SPACED)})|(?P<bare>{alternatives(_UNITS.keys() - _SPACED)}))
    (?P<per>(?:\.?/(?:{alternatives(frozenset(_PER))})){{1,2}})?
    (?:  # the stop of a shortened unit, unless it ends the sentence
        (?<=[a-z])\.(?=\s[a-z&(@=]|[,;:)]|/[a-z]|\s(?:[NSEW]\.?){{1,3}}[ ]of\b)
        | (?<=[bt]sp)\.(?=\s[A-Z])
        | (?:(?<={one_of("measures", "two-letters")})|(?<={one_of("measures", "three-letters")}))\.
            (?=\s(?:\d(?!\d\d\d?\s?(?:g|ml)\b)|[NSEW](?:\.?[NSEW]){{0,2}}\b\.?[ ]of\b))
    )?
    (?:(?<=\.)(?=/)  # and nothing that makes it another word
        | (?![\w°²³⁻]|[⋅·][A-Za-z]|−\d|\.?-old|/(?!\d|{one_of("measures", "behind-strokes")}\b)|\.[a-z]|(?<=V)-\d))
"""
_HEADING = LatePattern(r" (?:(?:[NSEW]{1,3}|[AD]C)\b|[nsew]\.)")
"""Behind a measure these say where something lies, or how a current flows: "8 mi NW of town"."""
_TINNED = LatePattern(rf"\) (?:{alternatives(load_use('measures', 'tins'))})\b")
"""Behind a measure in brackets what is so large: 1 (15 oz.) can."""
_FOOD_BEHIND = LatePattern(
    rf"(?: (?!{one_of('measures', 'holding')}\b)[a-z-]+){{1,2}} (?:{alternatives(load_words('ingredients'))})\b"
)
"""Behind a weight a food and what it is like: "250g plain flour"."""


def _say_measure(match: re.Match[str], context: Context) -> str | None:
    unit = match["unit"] or match["bare"]
    if is_other(match, unit):
        return None
    one, many, _ = _UNITS[unit]
    if unit in {"pt", "pts"} and _is_points(match):
        one, many = "point", "points"
    if unit == "m" and is_way(match):
        one, many = "mile", "miles"
    if unit == "cal" and word_after(match) in load_use("measures", "guns"):
        one, many = "calibre", "calibre"
    if unit == "pp" and is_pages(match):
        one, many = "page", "pages"
    if unit == "nm" and _at_sea(match):
        one, many = "nautical mile", "nautical miles"
    first, second = match["first"], match["second"]
    amount = spoken_number(match["sign"] + first, context)
    if match["fraction"]:
        part = load_map("fractions")[match["fraction"].strip()].replace("one ", "a ")
        amount = f"{amount} and {part}"
    if match["unit1"] == unit and match["dash"].strip() == "to":
        amount = f"{amount} {spelt_locally(one if is_one(match['sign'] + first) else many, context)}"
    if match["unit1"] and match["unit1"] != unit:
        amount = f"{amount} {spelt_locally(_UNITS[match['unit1']][0 if is_one(first) else 1], context)}"
    if second:
        amount = f"{amount} to {spoken_number(second, context)}"
    amount += spoken_magnitude(match["scale"])
    single = is_one(match["sign"] + first, match["scale"]) and not second and not match["fraction"]
    plural = unit.endswith("s") and unit[:-1] in _UNITS and word_before(match).lower() not in DETERMINERS
    is_rate = unit.startswith(("°", "º")) or unit in {"C", "F"} or " per " in one
    name = (
        one
        if single
        or word_before(match).lower().rstrip("n") == "a"
        or (not plural and _qualifies(match, is_rate=is_rate))
        else many
    )
    parts = (match["per"] or "").split("/")[1:]
    per = "".join(f" per {_PER[part if part in _PER else part.rstrip('.')]}" for part in parts)
    return f"{amount} {spelt_locally(name + per, context)}{' ago' if unit in _AGES and _is_past(match) else ''}"


_AGES = load_use("measures", "ages")


def _is_past(match: re.Match[str]) -> bool:
    """Say whether so many years of the earth's are told as a time, and not as a length of time: 66 Ma."""
    lasts = word_before(match).lower() in load_use("measures", "before-ages")
    return not lasts and word_after(match) not in load_use("measures", "behind-ages")


def _qualifies(match: re.Match[str], *, is_rate: bool) -> bool:
    """Say whether the measure stands before the noun that it measures."""
    after = word_after(match)
    if match["unit"] == "L" and _ENGINE_BEHIND.match(text_after(match)):
        return True
    if after in load_use("measures", "gun-makers") or after.startswith("f/"):
        return True
    if word_before(match).lower() in DETERMINERS and (after == "old" or _BY_BEHIND.match(text_after(match))):
        return True
    if after == "old" and words_pattern(r" old WORDS\b", "measures", "of-an-age").match(text_after(match)):
        return True
    is_time = after in load_use("measures", "times-of-day")
    if is_time and not {"a", "the"}.isdisjoint(map(str.lower, words_before(match, 2))):
        return True
    if _sizes_thing(match) or _TINNED.match(text_after(match)) or is_film(match):
        return True
    is_each = _SEVERAL_BEFORE.search(text_before(match)) and after in load_use("measures", "tins")
    if is_each or (_CHAINED.match(text_after(match)) and " " not in match.group()):
        return True
    if _DONE_BEHIND.match(text_after(match)) and word_before(match).lower() not in DETERMINERS:
        return False
    if not noun_follows(match) or after in load_words("third_persons") or after in LEADS:
        return False
    if match["unit"] in load_use("measures", "spoons"):
        return word_before(match).lower() in DETERMINERS
    if after in load_use("measures", "nutrients") or word_before(match) in {"above", "below"}:
        return False
    weighs_food = match["unit"] in load_use("measures", "kitchen") and _FOOD_BEHIND.match(text_after(match)) is not None
    weighs_food = weighs_food or (match["unit"] in load_use("measures", "drugs") and is_drug(after))
    if weighs_food or after == "fan" or _HEADING.match(text_after(match)) or after in load_words("ingredients"):
        return word_before(match).lower() in DETERMINERS
    near = [word.lower() for word in words_before(match, 3)]
    ends = [place for place, word in enumerate(near) if word in load_use("forms", "choices") or word[-1] in ",;:"]
    return not is_rate or not DETERMINERS.isdisjoint(near[: ends[0]] if ends else near)


_BY_BEHIND = LatePattern(rf" [bx×]y? \d[\d.]{{0,5}} ?{one_of('maths', 'dimensions')}\b\.? [a-z]{{3,}}")
"""The other side of a thing that is so large: a 6 ft. by 8 ft. rug."""
_ENGINE_BEHIND = LatePattern(r" (?:[A-Z][a-z]+ )?[VIWH]-?\d")
"""Behind litres this is the engine that holds them: a 1.6 L V6."""
_DONE_BEHIND = LatePattern(r" (?!ones\b)[a-z]+ by\b")
"""Behind a measure what somebody did: a record of 103 TWh set by the dam."""
_CHAINED = LatePattern(r" \d[\d.]*[A-Za-z]{1,4} (?!\w+ly\b)[a-z]{4,}")
"""Behind a measure another one stands, and what has both: a 12V 7Ah battery."""
_DIMENSION = one_of("measures", "size")
_SEVERAL_BEFORE = LatePattern(r"\d ?[x×] $")
"""What stands before the size of each of several: 2 x 400g tins."""
_SIZED = LatePattern(
    rf"(?: \([^()]{{2,24}}\)| ?/ ?[\d.]{{1,6}}[ -]?[a-z]{{1,6}})(?: {_DIMENSION})? ([a-z]+)"
    rf"| {_DIMENSION} (?P<thing>[a-z]+)"
)
"""What is sized, behind the measure's conversion or its dimension."""


def _sizes_thing(match: re.Match[str]) -> bool:
    """Say whether the measure, its dimension and a noun stand behind an article: "a 45m wide river"."""
    thing = _SIZED.match(text_after(match))
    if thing is None or word_before(match).lower() not in load_use("measures", "determiners"):
        return False
    noun = thing["thing"] or thing[1]
    return noun not in load_words("function_words") and not noun.endswith("ly")


def _is_points(match: re.Match[str]) -> bool:
    """Say whether pts are points: by the game, or where nothing is said that comes in pints."""
    if word_after(match) == "of" or word_after(match) in load_words("ingredients"):
        return False
    near = set(re.findall(r"[a-z]+", f"{text_before(match)} {text_after(match, 30)}".lower()))
    return match["unit"] == "pts" or not near.isdisjoint(load_use("measures", "game"))


def _at_sea(match: re.Match[str]) -> bool:
    near = set(re.findall(r"[a-z]+", f"{text_before(match)} {text_after(match, 30)}".lower()))
    bearing = words_pattern(r" WORDS (?:the )?[A-Z]", "measures", "bearings").match(text_after(match))
    return bearing is not None or not near.isdisjoint(load_use("measures", "sea"))


def _say_compound(match: re.Match[str], context: Context) -> str | None:
    """Read a number that a hyphen joins to its unit: a 16-oz. steak -> a sixteen-ounce steak."""
    if match["unit"] == "cal" and word_after(match) in load_use("measures", "guns"):
        return f"{spoken_number(match['first'], context)} {'caliber' if is_american(context) else 'calibre'}"
    if match["unit"] == "ct" and is_other(match, "ct"):
        return None
    behind = word_after(match)
    is_poured = behind in load_words("ingredients") or behind in load_use("measures", "tins", "jugs")
    is_score = match["unit"] == "pt" and not is_poured
    unit = (
        "point" if is_score else "piece" if match["unit"] == "pc" else unit_name(match["unit"], context, plural=False)
    )
    part = f" and {load_map('fractions')[match['part']].replace('one ', 'a ')}" if match["part"] else ""
    return f"{spoken_number(match['first'], context)}{part}-{unit.replace(' ', '-')}"


def _say_years_old(match: re.Match[str], context: Context) -> str | None:
    return "-year-" if match["old"] is None else "-year-old"


def _say_oil(match: re.Match[str], context: Context) -> str | None:
    """Read the grade of an oil: 10W-30 -> ten W thirty."""
    return f"{words.cardinal(match['cold'])} W {words.cardinal(match['hot'])}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.oil-grade",
        r"(?P<cold>\d{1,2})W-?(?P<hot>[1-6]0)(?!\w)",
        _say_oil,
        (DIGIT,),
        behind="W",
        example="10W-30 -> ten W thirty",
    ),
    make_rule(
        "measure.compound",
        rf"(?P<first>{NUMBER})(?P<part>[½¼¾⅓⅔])?-(?P<unit>m(?=\s[a-z])|{one_of('measures', 'compound')})"
        r"(?:\.(?=\s[\w(]|[,;:)]|-[a-z]))?(?!\w|-(?!olds?\b|(?<=\.-)[a-z]))",
        _say_compound,
        (DIGIT, "."),
        behind=",.-",
        example="40-mph -> forty-mile-per-hour",
    ),
    make_rule(
        "measure.years-old",
        r"(?<!\byo)-(?:yrs?\.?-(?=olds?\b)|y\.?/?o\b\.?(?P<old>))",
        _say_years_old,
        ("-",),
        example="16-to-24-yr.-olds -> sixteen-to-twenty-four-year-olds",
    ),
    make_rule(
        "measure.number-and-unit",
        _MEASURE,
        _say_measure,
        NUMBER_PLACES,
        flags=re.VERBOSE,
        behind="A-Za-z +,.-",
        example="5,000m -> five thousand metres",
    ),
)
