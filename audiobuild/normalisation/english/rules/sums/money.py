"""Sums of money: $7.5bn -> seven point five billion dollars (layer 1, pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS, noun_follows
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.forms import (
    DASH,
    MAGNITUDE,
    NUMBER,
    NUMBER_PLACES,
    SIGN,
    SIGNS,
    spoken_magnitude,
    spoken_number,
)
from audiobuild.normalisation.english.rules.sums.yuan import is_yuan
from audiobuild.normalisation.english.rules.travel.airliners import tells_of_aircraft
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

_CURRENCIES = load_table("currencies")
_CODES = frozenset(
    code for code in _CURRENCIES if code.isalpha() and (code.islower() or (len(code) == 3 and code.isupper()))
)
_SYMBOL = rf"(?:{alternatives(frozenset(_CURRENCIES))})"
_SIGNED = frozenset(code for code in _CURRENCIES if not code[-1].isalnum() and code[-1] != ".")
_FIRST_TOKENS = frozenset(re.match(r"[^\W\d_]+|.", code).group() for code in _CURRENCIES)  # type: ignore[union-attr]
_PER = load_map("per_units")

_SHORT_SCALE = rf"\s{one_of('money', 'short-scales')}(?!\w)(?:\.(?=\s[a-z(]|[,;:)]))?|\s?cr(?!\w)"
_SCALE = rf"(?:{MAGNITUDE}|\s?(?:b|MM|bln|tr|tln)(?![\w°²³&])|\s?T(?![\w.]\w|\w)|t(?![\w/]|\.\w)|{_SHORT_SCALE})"

_PREFIXED = rf"""
    (?P<sign>(?<![\w)])[-+−–±])?(?P<currency>{_SYMBOL})(?!(?<=[A-Za-z])\.\d)\s?(?P<sign2>[-−])?(?P<first>{NUMBER})(?P<magnitude1>{_SCALE})?+
    (?:  # the other end of a range
        (?P<dash>{DASH}|\s-\s|\sto\s)(?P<currency2>{_SYMBOL})?\s?(?P<second>{NUMBER})(?P<magnitude2>{_SCALE})?+(?![\w%])
    )?
    (?P<per>/(?:k?m[²2]|{one_of("money", "paid-for")}|[mM]{{0,2}}B[Tt][Uu]|[a-z]{{2,12}})(?!\w))?  # what it pays for
    (?:(?:(?<={one_of("money", "two-letters")})|(?<=gal|min|sec))\.(?=\s[a-z+]|[,;:)]))?  # the stop of a shortened unit
    (?P<year>-a-(?:\w{{3,12}}))?  # $5-a-day
    (?:[ ](?:(?P<again>{one_of("money", "said-again")})(?![\w’'-])|(?P<code>{one_of("money", "codes-again")})(?!\w)))?
"""
_SUFFIXED = (
    rf"(?P<first>{NUMBER})(?P<magnitude1>{MAGNITUDE})?+(?:{DASH}(?P<second>{NUMBER})(?P<magnitude2>{MAGNITUDE})?+)?"
    rf"\s?(?P<currency>[€£¥$]|{alternatives(_CODES)})(?:(?<=r)\.(?=\s[a-z(]|[,;:)]))?(?!\w|/[$£€¥])"
)
_LETTERED = rf"""
    (?P<currency>{alternatives(list(load_table("letter_currencies")))})(?![^\W\d])
    (?=\d{{1,3}},\d{{3}}|[\d.]{{1,8}}\s?{one_of("money", "behind-letters")}(?!\w))  # a large sum alone is one
    (?P<first>{NUMBER})(?P<magnitude>{MAGNITUDE})?(?![\w%])
"""
_CENTS = LatePattern(r"^[\d,]*\.\d\d$")
_PENCE = (
    rf"(?P<sign>{SIGN})(?P<first>(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})(?:\.\d{{1,2}})?)(?:-(?P<second>\d{{1,3}}))?"
    rf"(?P<part>[¼½¾])?\s?(?P<unit>[p¢c])(?![\w’']|\.[a-z]|/(?!{one_of('money', 'sold-by')}\b))"
)


@dataclass(frozen=True, slots=True)
class _Currency:
    """The names of a currency and of its hundredth; the latter are empty where there is none."""

    one: str
    many: str
    cent: str
    cents: str

    def named(self, *, singular: bool) -> str:
        return self.one if singular else self.many


def _currency(code: str) -> _Currency:
    return _Currency(*(*_CURRENCIES[code], "", "")[:4])


def _say_sum(match: re.Match[str], context: Context) -> str | None:
    group = match.groupdict()
    if match["second"] is None and not match["magnitude1"] and _shares_scale(match):
        return spoken_number(match["first"], context)
    is_chinese = match["currency"] == "¥" and is_yuan(match)
    currency = _currency("CNY" if is_chinese else group.get("code") or match["currency"])
    if not is_chinese and currency.one.split()[-1] != _currency(match["currency"]).one.split()[-1]:
        return None  # $5 GBP
    if match["currency"] == "DH" and tells_of_aircraft(match):
        return None
    again = group.get("again") or ""
    is_again = again.lower() in {currency.one, currency.many}
    singular = again.lower() == currency.one if is_again else bool(group.get("year") or again) or qualifies(match)
    minus = "minus " if (group.get("sign") or group.get("sign2") or "").strip() in {"-", "−", "–"} else ""
    if group["second"] is None:
        said = _amount(match["first"], match["magnitude1"], currency, context, singular=singular)
    else:
        said = _range(match, currency, context, singular=singular)
    return minus + said + _rate(group) + (f" {again}" if again and not is_again else "")


_SCALE_BEHIND = LatePattern(rf" and {_SYMBOL}(?P<other>\d[\d.]{{0,6}}){_SCALE}")


def _shares_scale(match: re.Match[str]) -> bool:
    """Say whether a sum has its currency and its millions from the one behind: between $426 and $652 billion."""
    found = _SCALE_BEHIND.match(text_after(match)) if word_before(match).lower() == "between" else None
    return found is not None and "," not in match["first"] and float(match["first"]) < float(found["other"])


def _say_letter(match: re.Match[str], context: Context) -> str | None:
    """Read a letter that is a currency before a sum which no code or model would have: N70,000, R350m."""
    one, many = load_table("letter_currencies")[match["currency"]]
    currency = _Currency(one, many, "", "")
    return _amount(match["first"], match["magnitude"], currency, context, singular=qualifies(match))


def _say_band(match: re.Match[str], context: Context) -> str | None:
    """Read a sum in the plural as a band of sums: "in the $300,000s", "$10s of millions"."""
    said = words.plural(spoken_number(match["first"], context) + spoken_magnitude(match["magnitude"]))
    return f"{said} of {match['of']} of {_currency(match['currency']).many}" if match["of"] else said


def _say_of_year(match: re.Match[str], context: Context) -> str:
    """Read the dollars of a year, in whose worth a sum is told."""
    return "U S dollars"


def _say_currency(match: re.Match[str], context: Context) -> str | None:
    """Read a currency without its sum: "the A$", "a weak £", "the $/€ rate"."""
    currency = _currency(match["currency"])
    if match["per"]:
        return f"{currency.many} per {_PER[match['per']]}"
    if match["other"]:
        return f"{currency.one}-{_currency(match['other']).one}"
    singular = not DETERMINERS.isdisjoint(word.lower() for word in words_before(match, 2))
    if len(match["currency"]) == 1 and not singular:
        return None
    return currency.named(singular=singular)


def _say_exchange(match: re.Match[str], context: Context) -> str | None:
    """Read how much one of a currency buys: 42/$."""
    return f" to the {_currency(match['currency']).one}"


def _rate(group: dict[str, str | None]) -> str:
    """Say what a sum is paid for: "/kg" and "-a-year"."""
    if group.get("year"):
        return group["year"] or ""
    per = (group.get("per") or "")[1:]
    return " each" if per == "ea" else f" per {_PER.get(per, per)}" if per else ""


def _amount(number: str, magnitude: str | None, currency: _Currency, context: Context, *, singular: bool) -> str:
    """Say one sum with its currency."""
    if magnitude is None and currency.cent and _CENTS.search(number):
        return _with_cents(number, currency, context, singular=singular)
    singular = singular or (magnitude is None and number == "1")
    amount = spoken_number(number, context) + spoken_magnitude(magnitude)
    return f"{amount} {currency.named(singular=singular)}"


def _range(match: re.Match[str], currency: _Currency, context: Context, *, singular: bool) -> str:
    """Say two sums; the currency comes once, unless cents or the words "$5 to $10" call for it twice."""
    first, second = match["first"], match["second"]
    group = match.groupdict()
    scales = group["magnitude1"], group["magnitude2"]
    cents = currency.cent and scales == (None, None) and (_CENTS.search(first) or _CENTS.search(second))
    if cents or (group.get("currency2") and group["dash"].strip() == "to"):
        said = _amount(first, scales[0], currency, context, singular=False)
    else:
        said = spoken_number(first, context) + spoken_magnitude(scales[0])
    return f"{said} to {_amount(second, scales[1], currency, context, singular=singular)}"


def qualifies(match: re.Match[str]) -> bool:
    """Say whether the sum stands before its noun, even past another sum: "the £1.2bn ($1.5bn) project"."""
    if word_after(match) in load_use("money", "payers"):
        return word_before(match).lower() in DETERMINERS
    if word_after(match) in load_use("money", "verbs-or-nouns"):
        owned = word_before(match).endswith(("’s", "'s")) or _NAMED_BEHIND.match(text_after(match)) is not None
        return owned or not DETERMINERS.isdisjoint(word.lower() for word in words_before(match, 3))
    if word_after(match) in load_words("third_persons"):
        return False
    if word_after(match) in load_words("first_names") and _GOT.match(text_after(match)):
        return False
    if noun_follows(match):
        return True
    after = re.match(r"\s(?:\([^()]{2,30}\)\s|[“‘\"'](?=[^”’\"']{3,20}[”’\"']))([a-z-]+)", text_after(match))
    if after is None or after[1] in load_words("function_words"):
        return False
    before = word_before(match).lower()
    return before in DETERMINERS or before.endswith(("’s", "'s"))


_GOT = LatePattern(rf" [A-Z]\w+ [A-Z][\w’'-]+ (?:[a-z]+ed|{one_of('years', 'done')}|{one_of('money', 'getting')})\b")
"""Behind a sum somebody who has it: the $28 million Roger Clemens received."""
_NAMED_BEHIND = LatePattern(rf" {one_of('money', 'nouns-for-sure')}\b")
"""What may be a verb and here is a noun: pay deal, fund for, drop in."""


def _with_cents(number: str, currency: _Currency, context: Context, *, singular: bool) -> str:
    """Say 2.80 as two dollars eighty, 0.50 as fifty cents."""
    whole, _, small = number.replace(",", "").partition(".")
    hundredths = words.cardinal(small)
    if not whole.strip("0"):
        return f"{hundredths} {currency.cent if small == '01' or singular else currency.cents}"
    amount = f"{words.cardinal(whole, context.locale)} {currency.named(singular=whole == '1' or singular)}"
    if small[0] == "0" and small != "00" and not singular:  # "two hundred dollars one" would puzzle anyone
        return f"{amount} and {hundredths} {currency.cent if small == '01' else currency.cents}"
    return f"{amount} {hundredths}" if small.strip("0") else amount


_DOLLARS = LatePattern(r"[$€]\d")
_PRICED_BEHIND = LatePattern(rf" {one_of('money', 'behind-cents')}\b")


_OTHER_CENTS = LatePattern(rf"\bcents\b|(?<![\w.,-])\d{{1,2}}c {one_of('money', 'behind-cents')}\b")
_PAID_BEFORE = LatePattern(rf"\b{one_of('money', 'paying')} $")


def _is_cents(match: re.Match[str]) -> bool:
    """Say whether c behind a number is cents: other money stands by, or what is sold."""
    if " " in match.group() or match["part"]:
        return False
    after = text_after(match)
    told = _DOLLARS.search(text_before(match)) or _DOLLARS.search(after) or _PRICED_BEHIND.match(after)
    told = told or _PAID_BEFORE.search(text_before(match)) or _OTHER_CENTS.search(match.string)
    return told is not None


def _say_pence(match: re.Match[str], context: Context) -> str | None:
    if match["unit"] == "c" and not _is_cents(match):
        return None
    name = ("penny", "pence") if match["unit"] == "p" else ("cent", "cents")
    amount = spoken_number(match["sign"] + match["first"], context)
    if match["second"]:
        amount = f"{amount} to {spoken_number(match['second'], context)}"
    if match["part"]:
        return f"{amount} and {load_map('fractions')[match['part']].replace('one ', 'a ')} {name[1]}"
    if match["first"] == "1" and not match["second"]:
        return f"{amount} {name[0]}"
    if name[0] == "cent" and qualifies(match):
        return f"{amount} cent"
    return f"{amount} {name[1]}"


_CURRENCY_ALONE = rf"""
    (?P<currency>{alternatives(_SIGNED)})
    (?:/(?:(?P<other>{alternatives(_SIGNED)})|(?P<per>{alternatives(list(_PER))})))?  # in another, or for something
    (?![\w$£€¥]|\s?[\d.])
"""


RULES: tuple[Rule, ...] = (
    make_rule(
        "money.tens-of",
        rf"(?P<currency>{_SYMBOL})(?P<first>{NUMBER})(?P<magnitude>k|m|bn)?s"
        rf"(?: of (?P<of>{one_of('money', 'tens-of')}))?(?!\w)",
        _say_band,
        _FIRST_TOKENS,
        example="$10s of millions -> tens of millions of dollars",
    ),
    make_rule(
        "money.sign-before",
        _PREFIXED,
        _say_sum,
        _FIRST_TOKENS | frozenset(SIGNS),
        flags=re.VERBOSE,
        example="£3.05 -> three pounds and five pence",
    ),
    make_rule(
        "money.of-year",
        r"(?<=\b[12]\d{3} )USD(?!\w)",
        _say_of_year,
        ("USD",),
        example="in 2013 USD -> in twenty thirteen U S dollars",
    ),
    make_rule(
        "money.letter",
        _LETTERED,
        _say_letter,
        load_table("letter_currencies"),
        flags=re.VERBOSE,
        example="N70,000 -> seventy thousand naira",
    ),
    make_rule(
        "money.sign-behind",
        _SUFFIXED,
        _say_sum,
        (DIGIT,),
        behind="A-Z $,.bkmt-",
        example="it cost 50€ -> it cost fifty euros",
    ),
    make_rule(
        "money.exchange",
        r"(?<=\d)/(?P<currency>[$£€])(?![\w$£€])",
        _say_exchange,
        ("/",),
        example="at 1,500/$ -> at one thousand five hundred to the dollar",
    ),
    make_rule(
        "money.currency",
        _CURRENCY_ALONE,
        _say_currency,
        _FIRST_TOKENS,
        flags=re.VERBOSE,
        example="The A$ -> The Australian dollar",
    ),
    make_rule(
        "money.pence",
        _PENCE,
        _say_pence,
        NUMBER_PLACES,
        behind=" ,.pc-",
        example="25-30p -> twenty-five to thirty pence",
    ),
)
