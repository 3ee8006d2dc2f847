"""Dates and years: am 3. Januar 2019 -> am dritten Januar zweitausendneunzehn (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.german.lexis import words
from audiobuild.normalisation.german.lexis.vocabulary import MONTH, MONTH_OF, MONTHS, TABLES
from audiobuild.normalisation.german.rules.forms import ordinal_ending
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before, word_after, word_before

_ENDINGS = TABLES.map("ordinal_nouns")
"""Nouns that have ordinal numbers before them, and how these end where nothing else stands before."""
_YEAR = r"(?:\s?(?P<year>\d{4}|(?<=\.)\d{2})(?![\d.,]\d|\d|\s?(?:%|€|Euro)))"
_DETERMINERS = TABLES.words("determiners")


def _say_date(match: re.Match[str], context: Context) -> str | None:
    day, month = match["day"], MONTH_OF.get(match["month"], 0) or int(match["month"].strip("."))
    if not (1 <= int(day) <= 31 and 1 <= month <= 12):
        return None
    ending = ordinal_ending(match, "er")
    said = f"{words.ordinal(day, ending)} {MONTHS[month - 1]}"
    if match.groupdict().get("to"):
        said = f"{words.ordinal(match['from'], ending)} {'und' if '/' in match['to'] else 'bis'} {said}"
    written = match.groupdict().get("year")
    return f"{said} {words.year(_whole_year(written))}" if written else said


def _whole_year(written: str) -> str:
    if len(written) == 4:
        return written
    return f"20{written}" if int(written) < 50 else f"19{written}"


def _say_day_and_month(match: re.Match[str], context: Context) -> str | None:
    """Read "03.01." where it can be nothing else: both are padded, or a word before leads to a date."""
    is_padded = match["day"][0] == "0" and len(match["month"]) == 3
    if not is_padded and word_before(match).lower() not in TABLES.words("before_dates"):
        return None
    return _say_date(match, context)


def _say_year(match: re.Match[str], context: Context) -> str | None:
    before, after = word_before(match).lower().rstrip(".,"), word_after(match)
    if before in TABLES.words("before_counts"):
        return None
    is_count = after[:1].isupper() or after[:1].isdigit()
    return None if is_count and before not in TABLES.words("before_years") else words.year(match.group())


def _say_decade(match: re.Match[str], context: Context) -> str | None:
    return f"{words.year(match['year'])}er{match['ending']}"


def _say_month(match: re.Match[str], context: Context) -> str | None:
    """Read a month's short form before a number."""
    return MONTHS[MONTH_OF[match.group()] - 1] if re.match(r"\s\d", text_after(match)) else None


def _say_ordinal(match: re.Match[str], context: Context) -> str | None:
    noun = word_after(match)
    is_led = word_before(match).lower() in _DETERMINERS
    if noun in _ENDINGS or noun.rstrip("s") in _ENDINGS:
        return words.ordinal(match["number"], ordinal_ending(match, _ENDINGS.get(noun) or _ENDINGS[noun.rstrip("s")]))
    if re.match(r" (?:bis|und|oder) (?:zum )?\d{1,2}\. ", text_after(match)):
        return words.ordinal(match["number"], ordinal_ending(match, "er"))
    if not noun or not (is_led or noun[0].islower()):
        return None
    if noun[0].islower() and not is_led:
        return None
    return words.ordinal(match["number"], ordinal_ending(match, "e"))


def _say_century(match: re.Match[str], context: Context) -> str | None:
    ending = ordinal_ending(match, "es")
    return f"{words.ordinal(match['number'], ending)} Jahrhundert{'s' if word_before(match) == 'des' else ''}"


def _say_anniversary(match: re.Match[str], context: Context) -> str | None:
    """Read the second of two ordinal numbers with the ending of the first: "vom 3. bis 5." """
    if not re.search(r"\d\. (?:bis|und|oder) (?:zum )?$", text_before(match)):
        return None
    led = re.search(r"(\w+) \d{1,2}\. (?:bis|und|oder) (?:zum )?$", text_before(match))
    is_dative = bool(led) and led[1].lower() in _DETERMINERS  # type: ignore[index]
    return f"{words.ordinal(match['day'], 'en' if is_dative else 'er')} {MONTHS[MONTH_OF[match['month']] - 1]}"


_DAY = r"(?P<day>[0-3]?\d)\."
RULES: tuple[Rule, ...] = (
    make_rule(
        "date.iso",
        r"(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\d-])",
        _say_date,
        (DIGIT,),
        example="2019-01-03 -> dritter Januar zweitausendneunzehn",
        locale="de-DE",
    ),
    make_rule(
        "date.second",
        rf"{_DAY} ?(?P<month>{MONTH})(?! ?\d{{4}})",
        _say_anniversary,
        (DIGIT,),
        example="3. bis 5. Januar -> dritter bis fünfter Januar",
        locale="de-DE",
    ),
    make_rule(
        "date.span",
        rf"(?P<from>[0-3]?\d)\.(?P<to>\s?[–/-]\s?){_DAY} ?(?P<month>{MONTH}){_YEAR}?",
        _say_date,
        (DIGIT,),
        example="3.–5. Januar -> dritter bis fünfter Januar",
        locale="de-DE",
    ),
    make_rule(
        "date.named",
        rf"{_DAY} ?(?P<month>{MONTH}){_YEAR}?",
        _say_date,
        (DIGIT,),
        example="1. Mai -> erster Mai",
        locale="de-DE",
    ),
    make_rule(
        "date.numeric",
        rf"{_DAY} ?(?P<month>[01]?\d\.){_YEAR}",
        _say_date,
        (DIGIT,),
        example="9.11.89 -> neunter November neunzehnhundertneunundachtzig",
        locale="de-DE",
    ),
    make_rule(
        "date.day-and-month",
        rf"{_DAY} ?(?P<month>[01]?\d\.)(?! ?\d)",
        _say_day_and_month,
        (DIGIT,),
        example="03.04. -> dritter April",
        locale="de-DE",
    ),
    make_rule(
        "date.month",
        rf"(?:{MONTH})",
        _say_month,
        [form.rstrip(".") for form in MONTH_OF if "." in form],
        example="Sept. 2020 -> September zweitausendzwanzig",
        locale="de-DE",
    ),
    make_rule(
        "ordinal.century",
        r"(?P<number>\d{1,2})\. ?Jh(?:d?ts?)?\.?(?!\w)",
        _say_century,
        (DIGIT,),
        example="19. Jh. -> neunzehntes Jahrhundert",
        locale="de-DE",
    ),
    make_rule(
        "ordinal.number",
        r"(?P<number>\d{1,3})\.(?= \w)",
        _say_ordinal,
        (DIGIT,),
        example="1. Boot -> erstes Boot",
        locale="de-DE",
    ),
    make_rule(
        "year.decade",
        r"(?P<year>\d{2,4})er(?P<ending>n?)(?!\w)",
        _say_decade,
        (DIGIT,),
        example="1920er -> neunzehnhundertzwanziger",
        locale="de-DE",
    ),
    make_rule(
        "year.alone",
        r"1[1-9]\d\d(?![\d.,:/]\d|[\d%]|\s?[–-]\s?\d| (?:€|%|Euro))",
        _say_year,
        (DIGIT,),
        example="1749 -> siebzehnhundertneunundvierzig",
        locale="de-DE",
    ),
)
