"""Years, eras and the ranges of years: 320 BC -> three twenty B C (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import AND_OR_TO, DASH
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before, word_after, word_before

_ERA = rf"\s?(?P<era>{one_of('years', 'written-eras')})(?!\w)"
_VERB_BEHIND = LatePattern(rf" \w+ {one_of('years', 'auxiliaries')}\b")
_NUMBER_OF = LatePattern(rf"(?P<whose>\b(?:[Ii]ts|[Tt]heir|[Tt]he)\s)?{one_of('years', 'headcounts')} of $")
_CHANGED_SINCE = LatePattern(
    rf" (?:has|had|have) (?:[a-z]+ )?(?:[a-z]+ed|{one_of('years', 'changed')})\b(?! (?:a|an|the|one)\b)"
)
_YEAR = r"(?:1[0-9]|2[01])\d\d"


def _say_doubtful_span(match: re.Match[str], context: Context) -> str | None:
    """Read a life whose beginning, or end, is one of two years: 1452/53–1519."""
    if not 0 < int(match["second"]) - int(match["first"]) < _LONGEST_LIFE:
        return None
    last = words.two_digit_year(match["next"])
    till = words.year(match["second"], context.locale)
    till += f" or {words.two_digit_year(match['last'])}" if match["last"] else ""
    return f"{words.year(match['first'], context.locale)} or {last} to {till}"


_LONGEST_LIFE = 120


def _say_short_year(match: re.Match[str], context: Context) -> str | None:
    return words.two_digit_year(match["digits"])


def _say_short_years(match: re.Match[str], context: Context) -> str | None:
    return f"{words.two_digit_year(match['first'])} to {words.two_digit_year(match['second'])}"


def _say_era(match: re.Match[str], context: Context) -> str | None:
    era = words.letters(match["era"].replace(".", "").upper())
    year = match["year"].replace(",", "")
    say = words.cardinal if "," in match["year"] else words.year
    said = say(year, context.locale)
    if match["second"]:
        said += f" to {words.year(match['second'], context.locale)}"
    if match["next"]:
        said += f" {next_year(year, match['next'], context)}"
    till = f" to A D {words.year(match['till'], context.locale)}" if match["till"] else ""
    if match["later"]:
        till = f" to {words.year(match['later'], context.locale)} {words.letters(match['later_era'])}"
    return f"{said} {era}{till}"


def next_year(before: str, year: str, context: Context) -> str:
    """Say the second year of two that a stroke joins: 348/47 BC, AD 69/70."""
    if len(year) == 1:
        year = before[:-1] + year
    return words.two_digit_year(year) if len(year) == 2 and year[0] != "0" else words.year(year, context.locale)


def _month_of(year: str, month: str, context: Context) -> str | None:
    """Read a year and a month as machines write them: 2021-07 -> July twenty twenty-one."""
    if not 0 < int(month) < 13:
        return None
    return f"{list(load_map('months').values())[int(month) - 1]} {words.year(year, context.locale)}"


_NUMBERED = load_use("years", "numbered", "before-numbers")
_BEFORE_SPANS = load_use("years", "before-spans")


def _say_range(match: re.Match[str], context: Context) -> str | None:
    first, second = match["first"], match["second"]
    if len(second) == 1:
        if second <= first[3] or word_before(match).lower() in _NUMBERED:
            return None
        second = first[2] + second
    if len(second) == 2:
        if int(first[2:]) >= int(second) and second != "00":
            return _month_of(first, second, context) if match["mark"] == "-" else None
        second = (str(int(first[:2]) + 1) if second == "00" else first[:2]) + second
    elif int(second) < int(first) or (
        first.startswith("10")
        and int(second) > int(first) + 150
        and not match.groupdict().get("close")
        and word_before(match).lower() not in _BEFORE_SPANS
    ):
        return None
    if word_after(match) in load_words("count_nouns") and word_before(match).lower() not in _BEFORE_SPANS:
        return None
    said = words.year(first, context.locale)
    if match["mark"] == "/":
        short = words.two_digit_year(second[2:])
        return f"{said} {short if len(match['second']) < 3 else words.year(second, context.locale)}"
    return f"{said} to {words.year(second, context.locale)}"


def _say_span(match: re.Match[str], context: Context) -> str | None:
    """Read (1861-1865) as years, unless a telephone is spoken of."""
    if word_before(match).lower().rstrip(":") in load_words("before_phones") - {"on", "at", "text"}:
        return None
    said = _say_range(match, context)
    if said and match["open"] and match["close"] and text_before(match).endswith("; "):
        return said
    return said and match["open"] + said + match["close"]


_MEASURED_IN = load_use("years", "units")


def _say_span_of_era(match: re.Match[str], context: Context) -> str:
    """Read the first of two spans, whose era stands behind the second."""
    return f"{words.year(match['first'], context.locale)} to {words.year(match['second'], context.locale)}"


def _say_span_of_about(match: re.Match[str], context: Context) -> str:
    """Read two years of one era that are known about: c. 3350 – c. 2500 BC."""
    return f"{words.year(match['first'], context.locale)} to circa {words.year(match['second'], context.locale)}"


_CONQUEST = "1066"


def _say_year(match: re.Match[str], context: Context) -> str | None:
    """Read four bare digits as a year, unless the words about them make them a count."""
    before, after = word_before(match).lower(), word_after(match)
    early = match["year"].startswith("10") and not (
        match["year"] == _CONQUEST
        or before in load_use("years", "temporal")
        or _follows_month(match)
        or _is_spanned(match, after)
    )
    if after.rstrip(".,;:)") in _MEASURED_IN or (
        early and not re.search(r"\b[Yy]ears?: (?:\d{4}, ){0,8}$", text_before(match))
    ):
        return None
    if before == "built" and re.match(r"[,.;)]|$", text_after(match)):  # in a list of what a house has
        return words.year(match["year"], context.locale)
    if _is_dated(match, before, after):
        return words.year(match["year"], context.locale)
    if before in load_use("years", "count-verbs") or (before == "of" and _is_number_of(match)):
        return None
    if before in load_use("years", "approximations") and after and not _begins_clause(after):
        since = words_pattern(r"\bWORDS \w+ $", "years", "dated").search(text_before(match).lower())
        return words.year(match["year"], context.locale) if since and after not in load_words("count_nouns") else None
    if before == "the" and after in load_words("count_nouns") and _is_share(match):
        return None
    if after in load_use("years", "spans") and before in {"in", "the"}:
        return words.year(match["year"], context.locale) if _VERB_BEHIND.match(text_after(match)) else None
    if after in load_words("count_nouns") and before not in load_use("years", "before-years"):
        return None
    if before.rstrip(".") in load_use("years", "numbered") or re.search(r"(?:#|(?<!\b[CP])/)$", text_before(match)):
        return None
    stated = before in load_use("years", "before-counts") or bool(
        re.search(r"\b[Tt]here (?:are|were) $", text_before(match))
    )
    counts = stated and not after.endswith(("ss", "us", "is", "’s", "'s"))
    if counts and after.endswith("s") and after.islower() and len(after) > 3:
        return None
    return words.year(match["year"], context.locale)


_SPAN_BEHIND = LatePattern(rf" {AND_OR_TO} (?:1[0-9]|20)\d\d(?!\d)(?:[^\w ]| (?P<noun>[a-z]+)|$)")
_SPAN_BEFORE = LatePattern(rf"\b(?i:{one_of('years', 'before-two')}) [19]\d\d\d? {AND_OR_TO} $")


def _is_spanned(match: re.Match[str], after: str) -> bool:
    """Say whether another year stands beside one of its century, and none counts: 1072 and 1157, the year 1026."""
    if word_before(match).lower() in load_use("years", "nearly") and "century" in match.string:
        return after in load_words("function_words") - load_use("years", "of-counted")
    if words_pattern(r"\bWORDS $", "years", "before-early").search(text_before(match)):
        return after not in load_words("count_nouns")
    if text_before(match).lower().endswith(("the year ", "the years ")):
        return after not in load_words("count_nouns")
    found = _SPAN_BEHIND.match(text_after(match))
    if found and word_before(match).lower() in load_use("years", "before-two"):
        return found["noun"] not in load_words("count_nouns")
    return _SPAN_BEFORE.search(text_before(match)) is not None and after not in load_words("count_nouns")


def _follows_month(match: re.Match[str]) -> bool:
    """Say whether a month stands right before the number, and neither "may" nor "march" is a verb."""
    month = word_before(match).lower().rstrip(",.")
    if month in {"may", "march"}:
        return _IN_MAY.search(text_before(match)) is not None
    return month.capitalize() in load_map("months")


def _begins_clause(word: str) -> bool:
    """Say whether a word behind a number is none that it counts: a small word, or a given name in small letters."""
    is_named = word.capitalize() in load_words("first_names") and word.islower() and not is_english_word(word)
    return is_named or word.lower() in load_words("function_words")


def _is_dated(match: re.Match[str], before: str, after: str) -> bool:
    """Say whether a month, a word of time or a name beside it makes a year of the number, whatever is counted there."""
    if _follows_month(match):
        return True
    if before in load_use("years", "dated") or (
        before in load_use("years", "opening") and _OPENS_SENTENCE.search(text_before(match))
    ):
        return not re.match(r" (?:of|out of)\b", text_after(match)) and before not in load_use("years", "count-verbs")
    named = after[:1].isupper() and not after.endswith(("s", "ese", "ish", "ch")) and not after.isupper()
    return named and before in load_use("years", "approximations") and bool(_NAME_ACTS.match(text_after(match)))


_IN_MAY = LatePattern(rf"\b(?:{one_of('years', 'before-may')}|\d(?:th|st)?) (?:May|March) $")
_OPENS_SENTENCE = LatePattern(r"(?:^|[.!?;:][”\"’')]?\s|[“\"(])\w+ $")
_NAME_ACTS = LatePattern(rf" [A-Z]\w+ (?:[A-Z]\w+ )?(?:\w+ed|[a-z]+s|{one_of('years', 'done')})\b")
"""Behind a year a name and its verb: around 1860 Taine wrote."""


def _is_number_of(match: re.Match[str]) -> bool:
    """Say whether so many are told of: "a crowd of 1950", but not "its population of 1950 has halved"."""
    found = _NUMBER_OF.search(text_before(match))
    return bool(found) and not (found and found["whose"] and _CHANGED_SINCE.match(text_after(match)))


def _is_share(match: re.Match[str]) -> bool:
    """Say whether some of so many are told of: "of the 1850 men who sailed"."""
    if not words_pattern(r"(?:^Of|[.;,] [Oo]f|\bWORDS of) the $", "years", "parts").search(text_before(match)):
        return False
    return bool(words_pattern(r" \w+(?:,| \w+[dt],| WORDS\b)", "years", "after-people").match(text_after(match)))


_OF_ERA = rf"""
    (?P<year>\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}})(?!\d)
    (?:(?:{DASH}|\s-\s)(?P<second>\d{{1,4}})|(?<=\d\d)/(?P<next>\d{{1,3}}))?{_ERA}
    (?:{DASH}(?:AD\s?(?P<till>\d{{1,4}})|(?P<later>\d{{1,4}})\s(?P<later_era>AD|BC|B?CE))(?![\d,]\d|\w))?  # another
"""

RULES: tuple[Rule, ...] = (
    make_rule(
        "year.span-of-era",
        rf"(?P<first>[1-9]\d{{2,3}})[-–](?P<second>[1-9]\d{{2,3}})"
        rf"(?= {AND_OR_TO} (?:c\. ?)?\d{{2,4}}[-–]\d{{2,4}}\s?{one_of('years', 'written-eras')}(?!\w))",
        _say_span_of_era,
        (DIGIT,),
        behind="-",
        example="120–110 or 119–105 BC -> one twenty to one ten or one nineteen to one oh five B C",
    ),
    make_rule(
        "year.span-of-about",
        r"(?P<first>[1-9]\d{2,3})\s?[-–]\s?c\.\s?(?P<second>[1-9]\d{1,3})"
        rf"(?=\s?{one_of('years', 'written-eras')}(?!\w))",
        _say_span_of_about,
        (DIGIT,),
        behind=" -",
        example="3350 – c. 2500 BC -> thirty-three fifty to circa twenty-five hundred B C",
    ),
    make_rule(
        "year.span",
        rf"(?P<open>\(?)(?P<first>{_YEAR})(?P<mark>[-–])(?P<second>{_YEAR})(?![\w%]|[.,-]\d)(?P<close>\)?)",
        _say_span,
        (DIGIT, "("),
        behind="(-",
        example="1997-2010 -> nineteen ninety-seven to twenty ten",
    ),
    make_rule(
        "era.behind",
        _OF_ERA,
        _say_era,
        (DIGIT,),
        flags=re.VERBOSE,
        behind=" ,/ABC-",
        example="9000BC -> nine thousand B C",
    ),
    make_rule(
        "year.short-span",
        r"['’‘](?P<first>\d\d)[-–/]['’‘]?(?P<second>\d\d)(?!\w)",
        _say_short_years,
        ("'", "’", "‘"),
        example="'22-'23 -> twenty-two to twenty-three",
    ),
    make_rule(
        "year.doubtful-span",
        r"(?P<first>[1-9]\d{2,3})/(?P<next>\d{2})\s?[-–]\s?(?P<second>[1-9]\d{2,3})"
        r"(?:/(?P<last>\d{2}))?(?![\w%/]|[.,]\d)",
        _say_doubtful_span,
        (DIGIT,),
        behind="/",
        example="1452/53–1519 -> fourteen fifty-two or fifty-three to fifteen nineteen",
    ),
    make_rule(
        "year.of-quarter",
        r"(?<=\b[QH][1-4])['’‘](?P<digits>\d\d)(?!\w)",
        _say_short_year,
        ("'", "’", "‘"),
        example="Q1'26 -> Q one twenty-six",
    ),
    make_rule(
        "year.short",
        r"(?<!\w)['’‘](?P<digits>\d\d)(?![\w’'\"″.]\d|[\w\"″])",
        _say_short_year,
        ("'", "’", "‘"),
        example="’88 -> eighty-eight",
    ),
    make_rule(
        "year.early-span",
        r"(?P<first>[3-9]\d\d)(?P<mark>[-–])(?P<second>1[0-4]\d\d)(?![\w%]|[.,-]\d)",
        _say_range,
        (DIGIT,),
        behind="-",
        example="960–1279 -> nine sixty to twelve seventy-nine",
    ),
    make_rule(
        "year.range",
        rf"(?P<first>{_YEAR})\s?(?P<mark>--|[-–—/])\s?(?P<second>{_YEAR}|\d\d|(?<=\d[-–/])\d)(?![\w%]|[.,-]\d)",
        _say_range,
        (DIGIT,),
        behind=" /-",
        example="2008-09 -> two thousand and eight to two thousand and nine",
    ),
    make_rule(
        "year.figures",
        rf"(?P<year>{_YEAR})(?![\d%°]|[.,:]\d|[A-Za-z]|[-–]\d{{4}}(?!\d))",
        _say_year,
        (DIGIT,),
        example="in 1566 -> in fifteen sixty-six",
    ),
)
