"""Short forms of markets and their accounts: BP.L -> B P dot L, Q+A -> Q and A (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import spoken_number
from audiobuild.normalisation.english.rules.short_forms.capitals import spoken_capitals
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import CAPITALS, DIGIT, Rule, make_rule, text_after, text_before

_SOLD_BY = LatePattern(rf" {one_of('accounts', 'for-each')} {one_of('accounts', 'sold-by')}\b")
"""Behind c what is sold for so many cents."""


def _say_ticker(match: re.Match[str], context: Context) -> str | None:
    """Read a share's short name with that of its exchange, or its class: "B P dot L"."""
    name, place = match["name"], match["place"]
    if len(place) == 1 and place in "ABK" and name not in load_use("accounts", "classed"):
        return None
    said = words.digit_by_digit(name) if name.isdigit() else words.letters(name)
    return f"{said} dot {words.letters(place)}"


def _say_letters_plus(match: re.Match[str], context: Context) -> str | None:
    """Read a plus between two letters that stand for words as "and": Q+A."""
    if match.group() not in load_use("accounts", "plus-pairs"):
        return None
    return f"{match['first']} and {spoken_capitals(match['second'], context)}{match['plural']}"


def _say_tenths(match: re.Match[str], context: Context) -> str | None:
    """Read what a gallon costs beyond its cents: $3.14 9/10."""
    return "and nine tenths" if re.search(r"\$\d{1,2}\.\d\d $", text_before(match)) else None


def _say_cents(match: re.Match[str], context: Context) -> str | None:
    """Read c behind a sum as cents: "72c a share", "a dividend of 4.5c"."""
    near = set(re.findall("[a-z]+", text_before(match, 40).lower()))
    if match["per"] and match["per"] not in load_use("accounts", "sold-by"):
        return None
    if not (match["per"] or _SOLD_BY.match(text_after(match))) and near.isdisjoint(load_use("accounts", "priced")):
        return None
    per = f" per {match['per']}" if match["per"] else ""
    return f"{spoken_number(match['first'], context)} cent{'' if match['first'] == '1' else 's'}{per}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "code.ticker",
        rf"(?P<name>[A-Z]{{2,5}}|\d{{4,6}})\.(?P<place>{one_of('accounts', 'exchanges')})(?![\w’'-]|\.\w)",
        _say_ticker,
        (CAPITALS, DIGIT),
        behind=".",
        example="BP.L fell -> B P dot L fell",
    ),
    make_rule(
        "money.tenths",
        r"9/10(?![\d/])",
        _say_tenths,
        (DIGIT,),
        behind="/",
        example="$3.14 9/10 -> three dollars fourteen and nine tenths",
    ),
    make_rule(
        "money.cents",
        r"(?P<first>\d{1,3}(?:\.\d{1,2})?)c(?:/(?P<per>[a-z]{2,10}))?(?![\w'’]|\.\w)",
        _say_cents,
        (DIGIT,),
        behind=".c",
        example="at 72c a share -> at seventy-two cents a share",
    ),
    make_rule(
        "initialism.plus-between",
        r"(?P<first>[A-Z])\+(?P<second>[A-Z])(?P<plural>s?)(?![\w+=])",
        _say_letters_plus,
        (CAPITALS,),
        behind="+",
        example="a Q+A -> a Q and A",
    ),
)
