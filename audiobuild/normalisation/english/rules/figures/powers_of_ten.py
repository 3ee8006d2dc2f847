"""Powers of ten, also where a text lost its small figures: 6.02 × 10²³, 2 × 10−7, 1.5e-9 (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_words
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.forms import NUMBER, RAISED, spoken_number, unit_name
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import ATTACHED, DIGIT, Rule, make_rule, text_after, text_before

_POWER = r"(?P<power>\^\(?[-−+]?\d{1,4}\)?|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})"
_UNIT = rf"(?:{alternatives(load_words('lone_units'))}|{one_of('powers_of_ten', 'powered')})"
_MEASURED = rf"(?:\s?(?P<unit>{_UNIT})(?!\w|/(?![cdkm]?m[23²³])|[·⋅][A-Za-z]))?"
_LOST_POWER = rf"""
    (?:(?P<first>\d{{1,3}}(?:\.\d{{1,9}})?)\s?(?P<sign>[×x]|(?<=\s)X(?=\s))\s?)?10  # and behind it the power
    (?P<power>−\d{{1,2}}|(?:(?<=[×x]10)|(?<=[×xX]\s10))[1-9]\d?)
    (?![\d%]|[.,]\d|\s?[=×x−–]|\s[cm]m\b){_MEASURED}
"""
_POWER_OF_TEN = rf"(?:(?P<first>{NUMBER})\s?[×x*·]\s?)?10{_POWER}{_MEASURED}"


def _say_power_of_ten(match: re.Match[str], context: Context) -> str | None:
    """Read 4.2 × 10^13 km: the number, the power, and the unit with it."""
    power = (match["power"] or match["plain"]).translate(RAISED).strip("^()+")
    times = f"{spoken_number(match['first'], context)} times " if match["first"] else ""
    said = f"{times}ten to the power of {words.number(power)}"
    unit = match["unit"]
    return f"{said} {unit_name(unit, context, plural=True)}" if unit else said


def _say_lost_power(match: re.Match[str], context: Context) -> str | None:
    """Read a power whose small figures were lost with the text's make-up: 2 × 10−7, 5.97 × 1024 kg."""
    first, power, unit = match["first"], match["power"], match["unit"]
    if power[0] == "−":
        is_bracketed = text_before(match).endswith("(") and text_after(match)[:1] == ")"
        is_small = int(power[1:]) <= 10 or is_bracketed or text_before(match).endswith("order of ")
        is_power = first or (is_small and (unit or re.match(r" [a-z]", text_after(match))))
    else:
        is_whole = unit and len(first or "") == 1 and len(power) == 2  # 3×1016 km, which no area is
        is_sure = match["sign"] != "x" and (is_whole or ("." in (first or "") and 1 <= float(first) < 10))
        is_power = first and (unit == "m/s" or is_sure)
    return _say_power_of_ten(match, context) if is_power else None


def _say_exponent(match: re.Match[str], context: Context) -> str | None:
    """Read a number as calculators write it: 1.5e-9."""
    power = words.number(match["power"].lstrip("+"))
    return f"{spoken_number(match['first'], context)} times ten to the power of {power}"


_RECKONED_BEFORE = LatePattern(r"(?:[=+−<>≤≥]\s?|[α-ωΑ-Ω])$")
_RECKONED_BEHIND = LatePattern(r"\s?[=+−<>≤≥]\s?[\w(−]")
_NUMBERED = LatePattern(r"(?<![^\W_])[a-z]1(?!\w)")
"""An unknown that is numbered, beside which another with 2 is one too: n1 and n2."""


def _say_lost_square(match: re.Match[str], context: Context) -> str | None:
    """Read an unknown whose small figure was lost, beside a sign: i2 = −1, a2 + b2 = c2, πr2."""
    reckoned = _RECKONED_BEFORE.search(text_before(match)) or _RECKONED_BEHIND.match(text_after(match))
    if not reckoned or _NUMBERED.search(match.string):
        return None
    return f"{match['letter'].upper()} {'squared' if match['power'] == '2' else 'cubed'}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "maths.lost-square",
        r"(?P<letter>[a-z])(?P<power>[23])(?![\w-])",
        _say_lost_square,
        (ATTACHED,),
        example="where i2 = −1 -> where I squared equals minus one",
    ),
    make_rule(
        "maths.power-of-ten",
        _POWER_OF_TEN,
        _say_power_of_ten,
        (DIGIT,),
        flags=re.VERBOSE,
        example="6.02 × 10²³ -> six point zero two times ten to the power of twenty-three",
    ),
    make_rule(
        "maths.exponent",
        r"(?P<first>\d{1,6}(?:\.\d{1,8})?)[eE]"
        r"(?P<power>[-−+]\d{1,3}|(?<=\.\d[eE])\d{1,3}|(?<=\.\d\d[eE])\d{1,3})(?!\w|\.\d)",
        _say_exponent,
        (DIGIT,),
        behind=".eE",
        example="1.5e-9 -> one point five times ten to the power of minus nine",
    ),
    make_rule(
        "maths.lost-power",
        _LOST_POWER,
        _say_lost_power,
        (DIGIT,),
        flags=re.VERBOSE,
        behind=" .x",
        example="2 × 10−7 -> two times ten to the power of minus seven",
    ),
)
