"""Years, decades, eras and the ranges of years: 1970s -> nineteen seventies (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech import words
from audiobuild.speech.context import Context
from audiobuild.speech.rule import DIGIT, Rule, make_rule, text_before, word_after, word_before
from audiobuild.speech.rules.forms import DASH
from audiobuild.speech.tables import load_words

_ERA = r"\s?(?P<era>BCE|BC|AD|CE|B\.C\.E\.|B\.C\.|A\.D\.)(?!\w)"
_YEAR = r"(?:1[0-9]|2[01])\d\d"
_TEMPORAL = frozenset(
    "in since by until till from before after during of early late mid spring summer autumn fall winter".split()
)
_NUMBERED = frozenset(
    "no number room flight page line model section route highway channel step bus lot code pin".split()
)


def _say_decade(match: re.Match[str], context: Context) -> str | None:
    digits = match["digits"]
    if match["apostrophe"] and not (
        digits.endswith("0") and word_before(match).lower() in {"the", "early", "late", "mid", "his", "her", "their"}
    ):
        return words.year(digits, context.locale) + match["apostrophe"] + "s" if len(digits) == 4 else None
    if digits in {"707", "717", "727", "737", "747", "757", "767", "777", "787"}:
        return words.plural(words.digit_by_digit(digits))
    if match["mark"] and len(digits) == 2:
        return _short_decade(digits)
    if len(digits) == 2:
        return _short_decade(digits) if digits[1] == "0" else words.plural(words.cardinal(digits))
    return words.plural(words.year(digits, context.locale))


def _say_joined_decade(match: re.Match[str], context: Context) -> str | None:
    """Keep the hyphen of mid-'80s."""
    return f"-{_short_decade(match['digits'])}"


def _short_decade(digits: str) -> str:
    return "noughties" if digits == "00" else words.plural(words.two_digit_year(digits))


def _say_decades(match: re.Match[str], context: Context) -> str | None:
    first = (
        words.plural(words.year(match["first"], context.locale))
        if len(match["first"]) == 4
        else _short_decade(match["first"])
    )
    second = match["second"]
    said = words.plural(words.year(second, context.locale)) if len(second) == 4 else _short_decade(second)
    return f"{first} to {said}"


def _say_short_year(match: re.Match[str], context: Context) -> str | None:
    return words.two_digit_year(match["digits"])


def _say_short_years(match: re.Match[str], context: Context) -> str | None:
    return f"{words.two_digit_year(match['first'])} to {words.two_digit_year(match['second'])}"


def _say_era(match: re.Match[str], context: Context) -> str | None:
    era = words.letters(match["era"].replace(".", ""))
    year = match["year"].replace(",", "")
    said = (
        words.year(year, context.locale)
        if len(year) in {3, 4} and "," not in match["year"]
        else words.cardinal(year, context.locale)
    )
    if match["second"]:
        return f"{said} to {words.year(match['second'], context.locale)} {era}"
    return f"{said} {era}"


def _say_era_first(match: re.Match[str], context: Context) -> str | None:
    return f"A D {words.year(match['year'], context.locale)}"


def _say_range(match: re.Match[str], context: Context) -> str | None:
    first, second = match["first"], match["second"]
    if len(second) == 2:
        if int(first[2:]) >= int(second) and not (first[2:] == "99" and second == "00"):
            return None
        second = (str(int(first[:2]) + 1) if second == "00" else first[:2]) + second
    elif int(second) < int(first) or (first.startswith("10") and int(second) > int(first) + 150):
        return None
    if word_after(match) in load_words("count_nouns"):
        return None
    said = words.year(first, context.locale)
    if match["mark"] == "/":
        short = words.two_digit_year(second[2:])
        return f"{said} {short if len(match['second']) == 2 else words.year(second, context.locale)}"
    return f"{said} to {words.year(second, context.locale)}"


def _say_early_year(match: re.Match[str], context: Context) -> str | None:
    """Read three digits as a year behind "In" at the head of a sentence: "In 987 France gained a king"."""
    if not re.search(r"(?:^|[.!?;:][”\"’')]?\s)[Ii]n $", text_before(match)):
        return None
    return words.year(match["year"], context.locale)


def _say_year(match: re.Match[str], context: Context) -> str | None:
    """Read four bare digits as a year, unless the words about them make them a count."""
    before, after = word_before(match).lower(), word_after(match)
    if match["year"].startswith("10") and before not in _TEMPORAL:
        return None
    if before in load_words("count_verbs") or (
        before == "of" and re.search(r"(?:population|total|number|crowd|force|army) of $", text_before(match))
    ):
        return None
    if before in load_words("approximations") and after and after.lower() not in load_words("function_words"):
        return None
    if after in load_words("count_nouns") and before not in {"in", "since", "during", "the"}:
        return None
    if before.rstrip(".") in _NUMBERED or text_before(match)[-1:] in {"#", "/"}:
        return None
    stated = before in {"with", "has", "have", "had"} or bool(
        re.search(r"\b[Tt]here (?:are|were) $", text_before(match))
    )
    counts = stated and not after.endswith(("ss", "us", "is", "’s", "'s"))
    if counts and after.endswith("s") and after.islower() and len(after) > 3:
        return None
    return words.year(match["year"], context.locale)


RULES: tuple[Rule, ...] = (
    make_rule(
        "era",
        rf"(?P<year>\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}})(?!\d)(?:{DASH}(?P<second>\d{{1,4}}))?{_ERA}",
        _say_era,
        (DIGIT,),
    ),
    make_rule("era", r"AD\s?(?P<year>\d{1,4})(?![\d,]\d|\w)", _say_era_first, ("AD",)),
    make_rule(
        "decades",
        r"(?P<first>\d\d(?:\d0)?)s(?:-|–|\sto\s|\sand\s)['’‘]?(?P<second>\d\d(?:\d0)?)s(?!\w)",
        _say_decades,
        (DIGIT,),
    ),
    make_rule(
        "decade",
        r"(?P<mark>['’‘]?)(?P<digits>\d\d(?:\d\d)?|7[0-8]7)(?P<apostrophe>['’]?)s(?!\w)",
        _say_decade,
        (DIGIT, "'", "’", "‘"),
    ),
    make_rule("decade", r"(?<=[a-z])-['’‘](?P<digits>\d0)s(?!\w)", _say_joined_decade, ("-",)),
    make_rule("years", r"['’‘](?P<first>\d\d)[-–/]['’‘]?(?P<second>\d\d)(?!\w)", _say_short_years, ("'", "’", "‘")),
    make_rule("year", r"(?<!\w)['’‘](?P<digits>\d\d)(?![\w’'\"″.]\d|[\w\"″])", _say_short_year, ("'", "’", "‘")),
    make_rule(
        "years", r"(?P<first>[3-9]\d\d)(?P<mark>[-–])(?P<second>1[0-4]\d\d)(?![\w%]|[.,-]\d)", _say_range, (DIGIT,)
    ),
    make_rule(
        "years",
        rf"(?P<first>{_YEAR})\s?(?P<mark>[-–—/])\s?(?P<second>{_YEAR}|\d\d)(?![\w%]|[.,-]\d)",
        _say_range,
        (DIGIT,),
    ),
    make_rule(
        "year",
        r"(?P<year>[1-9]\d\d)(?=,\s[a-z]|\s(?:the|a|when|he|she|they|it|[A-Z][a-z]+)\s)",
        _say_early_year,
        (DIGIT,),
    ),
    make_rule("year", rf"(?P<year>{_YEAR})(?![\d%°]|[.,:]\d|[A-Za-z])", _say_year, (DIGIT,)),
)
