"""Sums of money: $7.5bn -> seven point five billion dollars (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech import words
from audiobuild.speech.context import Context
from audiobuild.speech.rule import DIGIT, Rule, make_rule, noun_follows
from audiobuild.speech.rules.forms import (
    DASH,
    MAGNITUDE,
    NUMBER,
    SIGNS,
    alternatives,
    spoken_magnitude,
    spoken_number,
)
from audiobuild.speech.tables import load_map, load_table

_CURRENCIES = load_table("currencies")
_CODES = frozenset(code for code in _CURRENCIES if len(code) == 3 and code.isupper() and code.isalpha())
_SYMBOL = rf"(?:{alternatives(frozenset(_CURRENCIES))})"
_FIRST_TOKENS = frozenset(re.match(r"[^\W\d_]+|.", code).group() for code in _CURRENCIES)  # type: ignore[union-attr]
_PER = load_map("per_units")

_PREFIXED = (
    rf"(?P<sign>(?<![\w)])[-+−–±])?(?P<currency>{_SYMBOL})\s?(?P<sign2>[-−])?(?P<first>{NUMBER})"
    rf"(?P<magnitude1>{MAGNITUDE})?+"
    rf"(?:(?P<dash>{DASH}|\sto\s)(?P<currency2>{_SYMBOL})?\s?(?P<second>{NUMBER})(?P<magnitude2>{MAGNITUDE})?+(?![\w%]))?"
    r"(?P<per>/(?:kg|t|b|bbl|MWh|kWh|[a-z]{2,12})(?!\w))?(?P<year>-a-(?:\w{3,12}))?"
)
_SUFFIXED = (
    rf"(?P<first>{NUMBER})(?P<magnitude1>{MAGNITUDE})?+"
    rf"(?:{DASH}(?P<second>{NUMBER})(?P<magnitude2>{MAGNITUDE})?+)?\s?(?P<currency>[€£¥$]|{alternatives(_CODES)})(?![\w])"
)
_PENCE = r"(?P<first>\d{1,3}(?:\.\d{1,2})?)(?:-(?P<second>\d{1,3}))?\s?(?P<unit>[p¢])(?![\w’'/])"


def _say_sum(match: re.Match[str], context: Context) -> str | None:
    group = match.groupdict()
    one, many, cent, cents = (*_CURRENCIES[group["currency"]], "", "", "")[:4]
    singular = bool(group.get("year")) or noun_follows(match)
    per = group.get("per") or ""
    per = f" per {_PER.get(per[1:], per[1:])}" if per else ""
    if group.get("year"):
        per = group["year"]
    first, second = group["first"], group["second"]
    minus = "minus " if (group.get("sign") or group.get("sign2") or "").strip() in {"-", "−", "–"} else ""
    if second is None:
        if group["magnitude1"] is None and cent and re.fullmatch(r"[\d,]*\.\d\d", first):
            return minus + _with_cents(first, (one, many, cent, cents), context, singular=singular) + per
        amount = spoken_number(first, context) + spoken_magnitude(group["magnitude1"])
        if group["magnitude1"] is None and first == "1":
            singular = True
        return f"{minus}{amount} {one if singular else many}{per}"
    first_words, second_words = (
        spoken_number(first, context) + spoken_magnitude(group["magnitude1"]),
        spoken_number(second, context) + spoken_magnitude(group["magnitude2"]),
    )
    if group["magnitude1"] is None and group["magnitude2"] is None and cent and re.search(r"\.\d\d$", second):
        second_words = _with_cents(second, (one, many, cent, cents), context, singular=singular)
        first_words = _with_cents(first, (one, many, cent, cents), context, singular=False)
        return f"{minus}{first_words} to {second_words}{per}"
    if group.get("currency2") and group["dash"].strip() == "to":
        first_words += f" {one if first == '1' and not group['magnitude1'] else many}"
    return f"{minus}{first_words} to {second_words} {one if singular else many}{per}"


def _with_cents(number: str, names: tuple[str, str, str, str], context: Context, *, singular: bool) -> str:
    """Say 2.80 as two dollars eighty, 0.50 as fifty cents."""
    one, many, cent, cents = names
    whole, _, small = number.replace(",", "").partition(".")
    if not small:
        return f"{words.cardinal(whole, context.locale)} {one if whole == '1' or singular else many}"
    hundredths = words.cardinal(small)
    if not whole.strip("0"):
        return f"{hundredths} {cent if small == '01' or singular else cents}"
    amount = f"{words.cardinal(whole, context.locale)} {one if whole == '1' or singular else many}"
    if not small.strip("0"):
        return amount
    return f"{amount} {hundredths}"


def _say_pence(match: re.Match[str], context: Context) -> str | None:
    name = ("penny", "pence") if match["unit"] == "p" else ("cent", "cents")
    amount = spoken_number(match["first"], context)
    if match["second"]:
        amount = f"{amount} to {spoken_number(match['second'], context)}"
    if match["first"] == "1" and not match["second"]:
        return f"{amount} {name[0]}"
    if name[0] == "cent" and noun_follows(match):
        return f"{amount} cent"
    return f"{amount} {name[1]}"


RULES: tuple[Rule, ...] = (
    make_rule("money", _PREFIXED, _say_sum, _FIRST_TOKENS | frozenset(SIGNS)),
    make_rule("money", _SUFFIXED, _say_sum, (DIGIT,)),
    make_rule("pence", _PENCE, _say_pence, (DIGIT,)),
)
