"""Numbers in German words (layer 1, pure)."""

from __future__ import annotations

from audiobuild.normalisation.german.lexis.vocabulary import TABLES

_NUMERALS = TABLES.rows("numerals")
_UNITS = tuple(row[1] for row in _NUMERALS[:20])
_TENS = ("", "", *(row[1] for row in _NUMERALS[20:]))
_SCALES = TABLES.rows("scales")
LONGEST_CARDINAL = 6 + 3 * len(_SCALES)
"""Digits of the longest number that is read as one; longer ones are read digit by digit."""
_IRREGULAR_ORDINALS = {row[1]: row[2] for row in _NUMERALS if len(row) > 2}
FIRST_YEAR, LAST_YEAR = 1100, 1999
"""The years that are said in hundreds."""


def cardinal(digits: str) -> str:
    """Say a whole number.

    >>> cardinal("21"), cardinal("1101"), cardinal("2000000")
    ('einundzwanzig', 'eintausendeinhunderteins', 'zwei Millionen')
    """
    if len(digits) > LONGEST_CARDINAL or (len(digits) > 1 and digits[0] == "0"):
        return digit_by_digit(digits)
    number = int(digits)
    high, rest = divmod(number, 1_000_000)
    parts: list[str] = []
    for one, many in _SCALES:
        high, group = divmod(high, 1000)
        if group:
            parts.insert(0, f"eine {one}" if group == 1 else f"{_below_thousand(group)} {many}")
    if rest or not parts:
        parts.append(_below_million(rest))
    return " ".join(parts)


def ordinal(digits: str, ending: str) -> str:
    """Say an ordinal number with the ending that its place asks for.

    >>> ordinal("3", "er"), ordinal("20", "en"), ordinal("101", "e")
    ('dritter', 'zwanzigsten', 'einhunderterste')
    """
    said = cardinal(digits.lstrip("0") or "0")
    last = int(digits) % 100
    if not 0 < last < 20:
        return f"{said}st{ending}"
    unit = _UNITS[last]
    return f"{said.removesuffix(unit)}{_IRREGULAR_ORDINALS.get(unit, unit + 't')}{ending}"


def year(digits: str) -> str:
    """Say a year.

    >>> year("1989"), year("1900"), year("2019")
    ('neunzehnhundertneunundachtzig', 'neunzehnhundert', 'zweitausendneunzehn')
    """
    if len(digits) != 4 or not FIRST_YEAR <= int(digits) <= LAST_YEAR:
        return cardinal(digits)
    hundreds, rest = divmod(int(digits), 100)
    return f"{_below_hundred(hundreds)}hundert{_below_hundred(rest) if rest else ''}"


def number(written: str) -> str:
    """Say a number with its sign, points between thousands and decimal comma.

    >>> number("-1.250,5")
    'minus eintausendzweihundertfünfzig Komma fünf'
    """
    sign = {"-": "minus ", "−": "minus ", "–": "minus ", "+": "plus ", "±": "plus minus "}.get(written[:1], "")
    whole, comma, decimals = written.lstrip("-−–+±").replace(".", "").replace(" ", "").partition(",")
    said = cardinal(whole)
    return f"{sign}{said} Komma {digit_by_digit(decimals)}" if comma else f"{sign}{said}"


def digit_by_digit(digits: str) -> str:
    """Say each digit by itself."""
    return " ".join(_UNITS[int(digit)] for digit in digits)


def before_noun(said: str, one: str = "ein") -> str:
    """Put a number's last word as it stands before a noun: "eins" becomes "ein" or "eine"."""
    if said.endswith(("hunderteins", "tausendeins")) or " Komma " in said:
        return said
    return f"{said.removesuffix('eins')}{one}" if said.endswith("eins") else said


def _below_hundred(number: int) -> str:
    if number < 20:
        return _UNITS[number]
    tens, units = divmod(number, 10)
    return (
        f"{_UNITS[units].removesuffix('s') if units == 1 else _UNITS[units]}und{_TENS[tens]}" if units else _TENS[tens]
    )


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    return f"{_compound(hundreds)}hundert{_below_hundred(rest) if rest else ''}"


def _below_million(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _below_thousand(rest)
    said = _below_thousand(thousands)
    return f"{said.removesuffix('s') if said.endswith('eins') else said}tausend{_below_thousand(rest) if rest else ''}"


def _compound(digit: int) -> str:
    return "ein" if digit == 1 else _UNITS[digit]
