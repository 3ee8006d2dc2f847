"""Numbers as words: cardinals, ordinals, years, decimals and digits (layer 1, pure).

Digits come in as text, so that "007" keeps its noughts; English words come out. Everything that differs
between the locales is whether "and" follows the hundreds.
"""

from __future__ import annotations

from functools import lru_cache

from audiobuild.normalisation.english.lexis.lists import load_map, load_rows

_NUMERALS = load_rows("numerals")
UNITS = tuple(row[1] for row in _NUMERALS[:20])
TENS = ("", "", *(row[1] for row in _NUMERALS[20:]))
SCALES = ("", *(row[0] for row in load_rows("scales")))
LONGEST_CARDINAL = 3 * len(SCALES)
"""Digits of the longest number that is read as one; longer ones are read digit by digit."""
_IRREGULAR_ORDINALS = {row[1]: row[2] for row in _NUMERALS if len(row) > 2}
_IRREGULAR_PLURALS = load_map("irregular_plurals")


def _below_hundred(number: int) -> str:
    if number < 20:
        return UNITS[number]
    tens, units = divmod(number, 10)
    return f"{TENS[tens]}-{UNITS[units]}" if units else TENS[tens]


def _below_thousand(number: int, *, with_and: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    head = f"{UNITS[hundreds]} hundred"
    if not rest:
        return head
    return f"{head} {'and ' if with_and else ''}{_below_hundred(rest)}"


@lru_cache(maxsize=4096)
def cardinal(digits: str, locale: str = "en-GB") -> str:
    """Say a whole number; one too long to say is read digit by digit.

    >>> cardinal("7020")
    'seven thousand and twenty'
    >>> cardinal("340", "en-US")
    'three hundred forty'
    """
    stripped = digits.lstrip("0")
    if len(stripped) > LONGEST_CARDINAL:
        return digit_by_digit(digits)
    if not stripped:
        return "zero"
    with_and = locale != "en-US"
    groups: list[int] = []
    number = int(stripped)
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    parts: list[str] = []
    for power in range(len(groups) - 1, -1, -1):
        group = groups[power]
        if not group:
            continue
        words = _below_thousand(group, with_and=with_and)
        if power == 0 and parts and group < 100 and with_and:
            words = f"and {words}"
        parts.append(f"{words} {SCALES[power]}" if power else words)
    return " ".join(parts)


def ordinal_of(words: str) -> str:
    """Turn a spoken cardinal into its ordinal.

    >>> ordinal_of("twenty-four")
    'twenty-fourth'
    """
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    head, last = words[:cut], words[cut:]
    if last in _IRREGULAR_ORDINALS:
        return head + _IRREGULAR_ORDINALS[last]
    return head + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def ordinal(digits: str, locale: str = "en-GB") -> str:
    """Say an ordinal.

    >>> ordinal("103")
    'one hundred and third'
    """
    return ordinal_of(cardinal(digits, locale))


def year(digits: str, locale: str = "en-GB") -> str:
    """Say a year in pairs, with the exceptions that announcers make.

    >>> [year(y) for y in ("1848", "1807", "2000", "2006", "2014", "1600", "987")]
    ['eighteen forty-eight', 'eighteen oh seven', 'two thousand', 'two thousand and six', 'twenty fourteen', \
'sixteen hundred', 'nine eighty-seven']
    """
    number = int(digits)
    high, low = divmod(number, 100)
    if number < 100 or number > 9999 or (high % 10 == 0 and low < 10):
        return cardinal(digits, locale)
    if low == 0:
        return f"{_below_hundred(high)} hundred"
    return f"{_below_hundred(high)} {'oh ' if low < 10 else ''}{_below_hundred(low)}"


def two_digit_year(digits: str) -> str:
    """Say the last two digits of a year.

    >>> two_digit_year("07"), two_digit_year("68")
    ('oh seven', 'sixty-eight')
    """
    if digits == "00":
        return "oh oh"
    return f"oh {UNITS[int(digits)]}" if digits[0] == "0" else _below_hundred(int(digits))


def plural(words: str) -> str:
    """Put the last word in the plural.

    >>> plural("nineteen seventy"), plural("six"), plural("cubic foot")
    ('nineteen seventies', 'sixes', 'cubic feet')
    """
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    head, last = words[:cut], words[cut:]
    if last in _IRREGULAR_PLURALS:
        return head + _IRREGULAR_PLURALS[last]
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return f"{head}{last[:-1]}ies"
    return f"{head}{last}{'es' if last.endswith(('x', 's', 'ch', 'sh')) else 's'}"


_DIGIT_NAMES = {ord(str(value)): f" {name}" for value, name in enumerate(UNITS[:10])}
_DIGIT_NAMES_OH = _DIGIT_NAMES | {ord("0"): " oh"}


def digit_by_digit(digits: str, *, oh: bool = False) -> str:
    """Name each digit; nought is "zero", or "oh" where asked for.

    >>> digit_by_digit("207"), digit_by_digit("207", oh=True)
    ('two zero seven', 'two oh seven')
    """
    return digits.translate(_DIGIT_NAMES_OH if oh else _DIGIT_NAMES)[1:]


@lru_cache(maxsize=4096)
def number(written: str, locale: str = "en-GB") -> str:
    """Say a number as written: commas between thousands, a point before the decimals, perhaps a sign.

    >>> number("1,000.75"), number(".5"), number("-3")
    ('one thousand point seven five', 'point five', 'minus three')
    """
    sign = ""
    if written[:1] in "+-−–±":
        sign = {"+": "plus ", "±": "plus or minus "}.get(written[0], "minus ")
        written = written[1:]
    whole, point, decimals = written.replace(",", "").partition(".")
    if not whole:
        return f"{sign}point {digit_by_digit(decimals)}"
    words = cardinal(whole, locale)
    if len(whole) > 1 and whole[0] == "0" and whole.strip("0"):
        words = digit_by_digit(whole)
    return f"{sign}{words} point {digit_by_digit(decimals)}" if point and decimals else sign + words


def paired(digits: str) -> str:
    """Say a model number as people do: three digits as one and two, four as two and two.

    >>> paired("380"), paired("747"), paired("7"), paired("1080"), paired("100")
    ('three eighty', 'seven forty-seven', 'seven', 'ten eighty', 'one hundred')
    """
    if digits[0] == "0" or len(digits) > 4:
        return digit_by_digit(digits) if digits.strip("0") else " ".join(["zero"] * len(digits))
    if len(digits) < 3 or digits.endswith("00"):
        if len(digits) == 4 and digits[1] != "0":
            return f"{_below_hundred(int(digits[:2]))} hundred"
        return cardinal(digits, "en-US")
    head, tail = _below_hundred(int(digits[:-2])), digits[-2:]
    if len(digits) == 4 and digits[1] == "0" and digits[2] == "0":
        return cardinal(digits, "en-US")
    return f"{head} {two_digit_year(tail)}"


def airliner(digits: str, locale: str = "en-GB") -> str:
    """Say the type of one of Boeing's aeroplanes: digit by digit, or in America as one and two.

    >>> airliner("747"), airliner("747", "en-US")
    ('seven four seven', 'seven forty-seven')
    """
    return paired(digits) if locale == "en-US" else digit_by_digit(digits)


def letters(text: str) -> str:
    """Spell letters with spaces.

    >>> letters("WTO")
    'W T O'
    """
    return " ".join(text.upper())
