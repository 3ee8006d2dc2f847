"""Fractions and other pairs about a stroke: 4¼ -> four and a quarter (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech import words
from audiobuild.speech.context import Context
from audiobuild.speech.rule import (
    DETERMINERS,
    DIGIT,
    Rule,
    make_rule,
    noun_follows,
    text_after,
    text_before,
    word_after,
    word_before,
)
from audiobuild.speech.rules.forms import no_quotation_open, spoken_number
from audiobuild.speech.tables import load_map, load_table, load_words

_VULGAR = load_map("fractions")


_DENOMINATORS = {2: "half", 4: "quarter"}


_FINE_DENOMINATORS = frozenset({32, 64, 100, 1000})
_RATED_OUT_OF = frozenset({10, 20, 100})
_AFTER_FRACTIONS = frozenset({"of", "inch", "mile", "second"})
_INCH_MARKS = frozenset({"″", '"'})
_MONTH_NAMES = list(load_map("months").values())[:12]


def _spoken_fraction(top: int, bottom: int, context: Context) -> str:
    """Say a fraction: 3/4 -> three quarters."""
    name = _DENOMINATORS.get(bottom)
    if name is None:
        name = words.ordinal(str(bottom), context.locale)
    if top == 1:
        return "half" if bottom == 2 else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    return f"{words.cardinal(str(top), context.locale)} {words.plural(name)}"


def _is_fraction(top: int, bottom: int, match: re.Match[str]) -> bool:
    """Say whether a pair about a stroke, with no whole number before it, is a fraction."""
    after = word_after(match).lower()
    if (bottom > 20 and bottom not in _FINE_DENOMINATORS) or f"{top}/{bottom}" in load_map("number_names"):
        return False
    if bottom in _RATED_OUT_OF and top > 1 and after not in _AFTER_FRACTIONS:
        return False
    return after not in {"time", "odds"}


def _is_american_date(match: re.Match[str]) -> bool:
    """Say whether a month and a day stand about the stroke: "by 12/31"."""
    return word_after(match).lower() not in {"of", "time", "odds"} and not text_after(match).startswith("-")


def _say_fraction(match: re.Match[str], context: Context) -> str | None:
    """Read 3/4, 2 1/2 cups and 3/8 in; leave what rates, names or dates."""
    top, bottom = int(match["top"]), int(match["bottom"])
    whole, unit = match["whole"], match["unit"] or ""
    if unit in _INCH_MARKS and not no_quotation_open(match):
        return None
    if context.american and not whole and not unit and top < 13 and 20 < bottom < 32 and _is_american_date(match):
        return f"{_MONTH_NAMES[top - 1]} {words.ordinal(str(bottom))}"
    if not 0 < top < bottom or bottom == 1 or not (whole or _is_fraction(top, bottom, match)):
        return None
    if context.american and not whole and not unit and top < 13 <= bottom < 32 and bottom not in {16, 20}:
        return None if word_after(match) == "of" else f"{_MONTH_NAMES[top - 1]} {words.ordinal(str(bottom))}"
    fraction = _spoken_fraction(top, bottom, context)
    one, many = load_table("units").get("in" if unit in _INCH_MARKS else unit, ("", ""))[:2]
    if whole:
        named = f" {one if noun_follows(match) else many}" if many else ""
        return f"{words.cardinal(whole, context.locale)} and {_with_article(fraction)}{named}"
    bare = _without_article(fraction, match)
    if not one:
        return _half_a(match) if bare == "half" else bare
    return f"{bare}{' a' if bare == 'half' and word_before(match).lower() not in DETERMINERS else ''} {one}"


def _half_a(match: re.Match[str]) -> str:
    """Say half of a unit as "half an acre", unless an article stands before it."""
    unit = word_after(match)
    if unit not in load_words("halved_units") or word_before(match).lower() in DETERMINERS:
        return "half"
    return "half an" if unit[0] in "aeio" or unit == "hour" else "half a"


def _without_article(fraction: str, match: re.Match[str]) -> str:
    """Leave out the article behind one that stands there already: "a 1/4-inch hole"."""
    if (
        word_before(match).lower() in {"a", "an", "the", "this", "that", "one", "every", "each"}
        or text_after(match)[:1] == "-"
    ):
        return re.sub(r"^(?:an?|one) ", "", fraction)
    return fraction


def _with_article(fraction: str) -> str:
    return f"a {fraction}" if fraction == "half" else re.sub("^one ", "a ", fraction)


def _say_vulgar(match: re.Match[str], context: Context) -> str | None:
    fraction = _VULGAR[match["fraction"]]
    if match["whole"]:
        return f"{words.cardinal(match['whole'].replace(',', ''), context.locale)} and {_with_article(fraction)}"
    if fraction == "one half":
        return "half"
    return _without_article(re.sub("^one ", "a ", fraction), match)


def _say_slash(match: re.Match[str], context: Context) -> str | None:
    """Read the pairs that are names of their own, ratings, and whatever else has a stroke."""
    first, second = match["first"], match["second"]
    named = load_map("number_names").get(f"{first}/{second}")
    if named:
        return named
    before = word_before(match).lower()
    said = spoken_number(first, context), spoken_number(second, context)
    if word_after(match) == "time" or (first == second == "50"):
        return f"{said[0]} {said[1]}" if first != "50" else "fifty-fifty"
    if (
        before in {"of", "at", "odds", "backed"}
        and int(second) <= 10
        and re.search(
            r"\b(?:odds|started|backed|favourite|favorite|horse|bet|bookmakers?|outsider)\b", text_before(match)
        )
    ):
        return f"{said[0]} to {said[1]}"
    if 12 < int(first) < 32 and 0 < int(second) < 13 and before in {"is", "was", "on", "by", "until", "from"}:
        return f"the {words.ordinal(first)} of {_MONTH_NAMES[int(second) - 1]}"
    if first == second or int(first) + int(second) == 100:
        return f"{said[0]} {said[1]}"
    if (second in {"5", "10", "20", "100"} and float(first) <= float(second)) or before in {
        "scored",
        "rated",
        "score",
        "got",
    }:
        return f"{said[0]} out of {said[1]}"
    if before in {"pressure", "bp"} or (int(first) > int(second) and 60 < int(first) < 250 and 40 < int(second) < 150):
        return f"{said[0]} over {said[1]}"
    return f"{said[0]} slash {said[1]}"


_PAIR = r"(?:(?P<whole>\d{1,4})[\s-])?(?P<top>\d{1,3})/(?P<bottom>\d{1,4})"

RULES: tuple[Rule, ...] = (
    make_rule(
        "fraction",
        r"(?P<whole>\d{1,3}(?:,\d{3}){0,3}|\d{1,12})?(?:\s|-)?(?P<fraction>[" + "".join(_VULGAR) + "])",
        _say_vulgar,
        (DIGIT, *_VULGAR),
    ),
    make_rule("fraction", rf"{_PAIR}(?P<unit>[″\"])(?!\w)", _say_fraction, (DIGIT,)),
    make_rule(
        "fraction",
        rf"{_PAIR}(?:ths?|rds?|nds?)?(?![\d/]|\.\d|,\d|[A-Za-z])"
        r"(?:\s(?P<unit>tsp|tbsp|in|ft|lb|lbs|oz|mi|kg|km|hr|hrs|gal|qt|yd)(?:\.(?=\s[a-z]))?(?![\w.])(?!\sthe\b))?",
        _say_fraction,
        (DIGIT,),
    ),
    make_rule("stroke", r"(?P<first>\d{1,4})/(?P<second>\d{1,4})(?![\d/])", _say_slash, (DIGIT,)),
)
