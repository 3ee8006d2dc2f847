"""Fractions and other pairs about a stroke: 4¼ -> four and a quarter (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS, noun_follows
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.spoken_fractions import (
    behind_article,
    denominator,
    spoken_fraction,
    with_article,
)
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import (
    no_quotation_open,
    of_one,
    spelt_locally,
    spoken_number,
    unit_name,
)
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before, word_after, word_before

_VULGAR = load_map("fractions")
_FINE_DENOMINATORS = frozenset({32, 64, 100, 1000})
_RATED_OUT_OF = frozenset({10, 20, 100})
_AFTER_FRACTIONS = load_use("fractions", "after-fractions")
_WHOLES = load_use("fractions", "parts-of")
_GIVEN = LatePattern(rf"\b{one_of('fractions', 'given')} (?:{one_of('fractions', 'given-to')}|the \w+|[A-Z]\w+) $")
_RATED_BEFORE = LatePattern(r"(?<![\d/])(?!1/)\d{1,3}/(?:10|20|100)\b[^.;]{0,40}(?:\b(?:and|imo)|,) $")
"""Before a mark out of few this is one out of many."""
_INCH_MARKS = frozenset({"″", '"'})
_MONTH_NAMES = list(load_map("months").values())[:12]


def _is_fraction(top: int, bottom: int, match: re.Match[str]) -> bool:
    """Say whether a pair about a stroke, with no whole number before it, is a fraction."""
    after = word_after(match).lower()
    numbered = words_pattern(r"\bWORDS [\d/, and]{0,60}$", "fractions", "numbered")
    if bottom < 11 and after != "of" and _RATED_BEFORE.search(text_before(match)):
        return False
    fine = bottom in _FINE_DENOMINATORS or (top == 1 and (of_one(match) or (bottom > 31 and after in _WHOLES)))
    if (bottom > 20 and not fine) or f"{top}/{bottom}" in load_map("number_names"):
        return False
    if numbered.search(text_before(match)) or (bottom in _RATED_OUT_OF and top > 1 and after not in _AFTER_FRACTIONS):
        return False
    before = word_before(match).lower()
    if after != "of" and (before in load_words("rating_verbs") or _GIVEN.search(text_before(match))):
        return False
    return after not in load_use("fractions", "after-odds") and before not in load_use("fractions", "serial")


def _is_american_date(match: re.Match[str]) -> bool:
    """Say whether a month and a day stand about the stroke: "by 12/31"."""
    return (
        "unway" not in text_before(match)
        and word_after(match).lower() not in load_use("fractions", "after-odds") | {"of"}
        and not text_after(match).startswith("-")
    )


def _say_fraction(match: re.Match[str], context: Context) -> str | None:
    """Read 3/4, 2 1/2 cups and 3/8 in; leave what rates, names or dates."""
    top, bottom, whole, unit = int(match["top"]), int(match["bottom"]), match["whole"], match["unit"] or ""
    if match["ordinal"] and bottom > 1 and not whole:
        return _said_ordinal(top, bottom, match, context)
    if unit in _INCH_MARKS and not no_quotation_open(match):
        return None
    alone = is_american(context) and not (whole or unit)
    if alone and top < 13 and 20 < bottom < 32 and _is_american_date(match):
        return f"{_MONTH_NAMES[top - 1]} {words.ordinal(str(bottom))}"
    if not 0 < top < bottom or not (whole or _is_fraction(top, bottom, match)):
        return None
    if alone and top < 13 <= bottom < 32 and bottom not in {16, 20} and not of_one(match):
        return None if word_after(match) == "of" else f"{_MONTH_NAMES[top - 1]} {words.ordinal(str(bottom))}"
    fraction = spoken_fraction(top, bottom, context)
    one, many = load_table("units").get("in" if unit in _INCH_MARKS else unit, ("", ""))[:2]
    if whole:
        named = f" {one if _qualifies(match) else many}" if many else ""
        return f"{words.cardinal(whole, context.locale)} and {with_article(fraction)}{named}"
    if top > 1 and re.match("-[a-z]", text_after(match)) and not unit:
        return f"{words.cardinal(str(top), context.locale)}-{denominator(bottom, context)}"
    bare = _without_article(fraction, match)
    if not one:
        return _half_a(match) if bare == "half" else _parts_of_a(bare, match)
    if top > 1 and unit in load_use("fractions", "spoonfuls") and word_after(match) not in load_words("ingredients"):
        return f"{bare} of {'an' if one[0] in 'aeio' or one == 'hour' else 'a'} {spelt_locally(one, context)}"
    article = (" an" if one[0] in "aeio" or one == "hour" else " a") if bare == "half" else ""
    return f"{bare}{'' if word_before(match).lower() in DETERMINERS else article} {one}"


def _said_ordinal(top: int, bottom: int, match: re.Match[str], context: Context) -> str:
    """Say a fraction whose ending is written: 1/500th of its size."""
    part = words.ordinal(str(bottom), context.locale).removeprefix("one " if bottom < 10_000 else "")
    if top > 1:
        return f"{words.cardinal(str(top), context.locale)} {words.plural(part)}"
    return _without_article(f"{'an' if part[0] in 'aeiou' else 'a'} {part}", match)


def _qualifies(match: re.Match[str]) -> bool:
    """Say whether a noun stands behind the measure that is not what is measured: a 2 1/2 in pipe, 2 1/2 c. milk."""
    return noun_follows(match) and not re.match(_COOKED, text_after(match))


def _parts_of_a(fraction: str, match: re.Match[str]) -> str:
    """Say several parts of a length or a time as parts "of" it: 3/4 mile."""
    unit = word_after(match)
    several = not fraction.startswith(("a ", "an ")) and word_before(match).lower() not in DETERMINERS
    if several and unit in load_use("fractions", "parted-units"):
        return f"{fraction} of {'an' if unit[0] in 'aeio' or unit == 'hour' else 'a'}"
    return fraction


def _half_a(match: re.Match[str]) -> str:
    """Say half of a unit as "half an acre", unless an article stands before it."""
    unit = word_after(match)
    if unit not in load_words("halved_units") or word_before(match).lower() in DETERMINERS:
        return "half"
    return "half an" if unit[0] in "aeio" or unit == "hour" else "half a"


def _without_article(fraction: str, match: re.Match[str]) -> str:
    """Leave out the article behind one that stands there already: "a 1/4-inch hole"."""
    if word_before(match).lower() in load_use("fractions", "determiners") or text_after(match)[:1] == "-":
        return behind_article(fraction, word_before(match))
    return fraction


def _say_vulgar(match: re.Match[str], context: Context) -> str | None:
    fraction = _VULGAR[match["fraction"]]
    if match["unit"] and not match["whole"]:
        return _part_of_unit(re.sub("^one ", "", fraction), match, context)
    if match["whole"]:
        unit = f" {unit_name(match['unit'], context, plural=True)}" if match["unit"] else ""
        return f"{words.cardinal(match['whole'].replace(',', ''), context.locale)} and {with_article(fraction)}{unit}"
    if sum_ := re.search(r"([$£€])\d[\d,]*\.\d\d$", text_before(match)):
        return f" and {with_article(fraction)} {'pence' if sum_[1] == '£' else 'cents'}"
    if fraction == "one half":
        return _half_a(match)
    return _without_article(re.sub("^one ", "a ", fraction), match)


def _part_of_unit(fraction: str, match: re.Match[str], context: Context) -> str:
    """Say a part of a unit: ½ tsp -> half a teaspoon, ¾ oz -> three quarters of an ounce."""
    one = unit_name(match["unit"], context, plural=False)
    if word_before(match).lower() in DETERMINERS:
        return f"{fraction} {one}"
    a_unit = f"{'an' if one[0] in 'aeio' or one == 'hour' else 'a'} {one}"
    if fraction == "half":
        return f"half {a_unit}"
    return f"{fraction if fraction.endswith('s') else f'a {fraction}'} of {a_unit}"


def _say_slash(match: re.Match[str], context: Context) -> str | None:
    """Read the pairs that are names of their own, ratings, and whatever else has a stroke."""
    first, second = match["first"], match["second"]
    named = load_map("number_names").get(f"{first}/{second}")
    if named:
        return named
    before = word_before(match).lower()
    said = spoken_number(first, context), spoken_number(second, context)
    if word_after(match) in load_use("fractions", "paired"):
        return f"{said[0]} {said[1]}"
    if second == "10" and _RATED_BEFORE.search(text_before(match)):
        return f"{said[0]} out of ten"
    if (
        before in load_use("fractions", "before-odds")
        and int(second) <= 10
        and words_pattern(r"\bWORDS\b", "fractions", "betting").search(text_before(match))
    ):
        return f"{said[0]} to {said[1]}"
    if 12 < int(first) < 32 and 0 < int(second) < 13 and before in load_use("fractions", "before-days"):
        return f"the {words.ordinal(first)} of {_MONTH_NAMES[int(second) - 1]}"
    if before in load_use("fractions", "serial"):
        return f"{said[0]} of {said[1]}"
    rated = before in load_words("rating_verbs") or _GIVEN.search(text_before(match))
    if rated:
        return f"{said[0]} out of {said[1]}"
    reckoned = words_pattern(r"\bWORDS\b", "fractions", "sums").search(f"{text_before(match)} {text_after(match)}")
    if int(first) > int(second) > 1 and (before in load_use("years", "approximations") or reckoned):
        return f"{said[0]} over {said[1]}"
    if first == second or int(first) + int(second) == 100:
        return f"{said[0]} {said[1]}"
    if second in {"5", "10", "20", "100"} and float(first) <= float(second):
        return f"{said[0]} out of {said[1]}"
    if (
        before in {"pressure", "bp"}
        or _is_blood_pressure(match)
        or (int(first) > int(second) and 60 < int(first) < 250 and 40 < int(second) < 150)
    ):
        return f"{words.paired(first)} over {words.paired(second)}"
    return f"{said[0]} slash {said[1]}"


def _is_blood_pressure(match: re.Match[str]) -> bool:
    return "blood pressure" in text_before(match).lower() and int(match["first"]) < 300


_COOKED = rf"\.?\s(?:of\s)?(?:[a-z-]+\s)?(?:{alternatives(load_words('ingredients'))})\b"
_KITCHEN_UNIT = rf"{alternatives(load_use('fractions', 'kitchen-units'))}|c(?={_COOKED})"
_PAIR = r"(?:(?P<whole>\d{1,4})[\s+-])?(?P<top>\d{1,3})/(?P<bottom>\d{1,4})"


def _say_first_end(match: re.Match[str], context: Context) -> str | None:
    """Read the first end of a range that ends in a fraction: 1/4-1/2 tsp, 2-2 1/2 lbs."""
    if match["number"]:
        return f"{words.cardinal(match['number'])} to"
    if match["mixed"]:
        return f"{words.cardinal(match['mixed'])} and {with_article(_VULGAR[match['sign']].removeprefix('one '))} to"
    top, bottom = int(match["top"]), int(match["bottom"])
    whole = match["whole"]
    ends_whole = not re.match(r"(?:\d{1,2}\s)?\d{1,2}/\d", match.string[match.end() : match.end() + 6])
    if not 0 < top < bottom or (bottom > 16 and bottom not in {32, 64}) or (ends_whole and not whole):
        return None
    fraction = spoken_fraction(top, bottom, context)
    return f"{words.cardinal(whole, context.locale)} and {with_article(fraction)} to" if whole else f"{fraction} to"


def _say_minus(match: re.Match[str], context: Context) -> str | None:
    """Read the sign before a fraction, as in a slope of -2/3."""
    return "minus"


_MEASURED = rf"""
    {_PAIR}(?P<ordinal>{one_of("fractions", "ordinals")})?(?![\d/]|\.\d|,\d|[A-Za-z])
    (?:
        \s(?P<unit>
            {one_of("fractions", "units")}
            | in(?=\.\s[a-z]|\.?$|[,;:)]|\s{one_of("fractions", "behind-inches")}\b)  # inches, no preposition
            | c(?={_COOKED})  # cups
        )
        (?:\.(?=\s[a-z]|[,;:)]))?  # the stop of a shortened unit
        (?!\w|\.\w)(?!\sthe\b)
    )?
"""


_FIRST_END = rf"""
    {_PAIR}[-–](?=(?:\d{{1,2}}\s)?\d{{1,2}}/\d|\d{{1,2}}(?![\w/.,]\d|\w))  # a fraction, then any number
    | (?P<number>\d{{1,2}})[-–](?=\d{{1,2}}\s\d{{1,2}}/\d|\d{{0,2}}[{"".join(_VULGAR)}])
    | (?P<mixed>\d{{1,3}})(?P<sign>[{"".join(_VULGAR)}])[-–](?=\d)  # 1½-2
"""


RULES: tuple[Rule, ...] = (
    make_rule(
        "fraction.sign",
        r"(?P<whole>\d{1,3}(?:,\d{3}){0,3}|\d{1,12})?(?:\s|-)?(?P<fraction>[" + "".join(_VULGAR) + "])"
        rf"(?:\s?(?P<unit>{_KITCHEN_UNIT})(?:\.(?=\s[a-z]|[,;:)]))?(?![\w’']))?",
        _say_vulgar,
        (DIGIT, *_VULGAR),
        behind=" ,-",
        example="½-mile -> half-mile",
    ),
    make_rule(
        "fraction.minus",
        rf"(?<![\w)])[-−](?=\d{{1,2}}(?:/\d{{1,2}}(?![\d/])|[{''.join(_VULGAR)}]))",
        _say_minus,
        ("-", "−"),
        example="-2/3 -> minus two thirds",
    ),
    make_rule(
        "fraction.first-of-range",
        _FIRST_END,
        _say_first_end,
        (DIGIT,),
        behind=" /-",
        flags=re.VERBOSE,
        example="1/4-1/2 -> a quarter to half",
    ),
    make_rule(
        "fraction.inches",
        rf"{_PAIR}(?P<ordinal>)(?P<unit>[″\"])(?!\w)",
        _say_fraction,
        (DIGIT,),
        behind=" /-",
        example='1/16" -> a sixteenth inch',
    ),
    make_rule(
        "fraction.figures",
        _MEASURED,
        _say_fraction,
        (DIGIT,),
        flags=re.VERBOSE,
        behind=" /+-",
        example="1/10th -> a tenth",
    ),
    make_rule(
        "fraction.over",
        r"(?P<first>\d{1,4})/(?P<second>\d{1,4})(?![\d/])",
        _say_slash,
        (DIGIT,),
        behind="/",
        example="118/76 -> one eighteen over seventy-six",
    ),
)
