"""Numbers that name a thing: Flight 370 -> Flight three seventy, 401(k) -> four oh one K (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.travel.airliners import tells_of_aircraft
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    ATTACHED,
    DIGIT,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
    words_before,
)

_LABEL_BEFORE = LatePattern(
    rf"""
    (?<!\w)(?!{one_of("labels", "counted-things")}\s(?:(?:is|was)\s)?$)  # but in his case 1500 cakes
        (?:{alternatives(load_use("labels", "code-labels"))})\.?  # a label, what it counts, a colon or a verb
        (?:\s(?:codes?|numbers?|nos?\.?))?(?::|\s(?:is|was))?\s\#?$
    | {one_of("labels", "shown-by-ends")}\b.{{0,30}}\s{one_of("labels", "ending")}\sin\s$  # its last figures
    | \blast\s(?:four|4)(?:\sdigits)?(?:\sof\s.{{1,20}})?(?:\s(?:is|are)|:)\s$
    | \b{one_of("labels", "help-lines")},?\s(?:at\s|is\s)?$  # a number to call
    | (?<!\w)text\s(?:[\"“]?\w{{1,12}}[\"”]?\s)?to\s$  # or to write to
    """,
    re.VERBOSE,
)
"""What announces a code, in small letters."""
_ANNOUNCING_ENDS = (":", *load_use("labels", "code-labels", "help-lines", "label-ends"))
"""What all of these end with."""
_LONG_DIGITS = 17
"""Of what is a code, whatever stands before it."""
_LABELS_BEHIND = load_use("labels", "labels-behind")
_CARRIERS = load_use("labels", "carriers")
_KNOWN_BY_NUMBER = {number: frozenset(nouns.split()) for number, nouns in load_map("numbers_as_names").items()}
_FREEWAY_BEFORE = LatePattern(rf"\b{one_of('labels', 'before-freeways')} the $")
_FREEWAY_BEHIND = LatePattern(
    r"[,.;:)]|$| \(|/[A-Z]"
    rf"| {one_of('labels', 'behind-freeways')}\b"
)
"""What stands about the number of a freeway, as Californians say it: "off the 405"."""
_TESTED = LatePattern(rf" on {one_of('labels', 'before-tests')} {one_of('labels', 'tests')}\b")
"""What stands behind a result: 1520 on the SAT."""
_OWN_FORM = LatePattern(rf"\b(?:{alternatives(load_use('labels', 'before-forms'))})(?: IRS| federal)? $", re.IGNORECASE)
"""Before a number that the revenue gave to a form: "the 1040"."""
_COURSE = LatePattern(r"[1-4]\d[1-9]|[1-4][1-4]0")
"""Numbers of what is taught: Art 101, History 220."""
_BEFORE_PORTS = load_use("labels", "before-ports")
_NUMBERED_BEFORE = LatePattern(r"\b[Nn]os?\.? $")
"""Before the number of a thing: a locomotive, an order, a patent."""
_BOX_BEFORE = LatePattern(r"(?<!\w)P\.?O\.? Box $", re.IGNORECASE)


def _is_numbered(match: re.Match[str]) -> bool:
    return word_before(match).endswith(("o", "s", ".")) and _NUMBERED_BEFORE.search(text_before(match)) is not None


def _say_code(match: re.Match[str], context: Context) -> str | None:
    """Read digit by digit what a word such as "zip code" or "account number" announces."""
    if not match.start():
        return None
    before = text_before(match)
    if before.endswith("binary ") and re.fullmatch(r"[01]{3,16}", match.group()):
        return words.digit_by_digit(match.group())
    least = 5 if before.endswith("#") or _is_numbered(match) else _LONG_DIGITS
    is_numbered = len(match.group()) >= least and match.group().isdigit()
    after = word_after(match)
    if not is_numbered and (
        after in load_words("count_nouns") or after in load_table("units") or not _is_label(before.lower())
    ):
        return None
    groups = re.split("[ –/-]", match.group())
    said = [words.digit_by_digit(group, oh=not is_american(context)) for group in groups]
    if match["till"]:
        said.insert(-1, "to" if match["till"] == "–" else "or")
    return " ".join(said)


def _is_label(before: str) -> bool:
    near = before.rstrip("# ").rstrip(".,")
    return near.endswith(_ANNOUNCING_ENDS) and _LABEL_BEFORE.search(before) is not None


def _label_words(nearest: list[str]) -> list[str]:
    """Return the word before, and the one before that where a carrier's letters stand between: "Flight UA 328"."""
    before = [word.rstrip(",") for word in nearest]
    return before if before and re.fullmatch("[A-Z]{1,3}", before[0]) else before[:1]


def _say_extension(match: re.Match[str], context: Context) -> str | None:
    """Read x12 behind a telephone number, x2240 behind what announces it."""
    digits = match["digits"]
    if not re.search(r"\d{4},?\s$", text_before(match)) and (
        len(digits) < 4 or word_before(match).lower().rstrip(":") not in load_use("labels", "before-extensions")
    ):
        return None
    return "extension " + (words.cardinal(digits) if len(digits) < 3 else words.digit_by_digit(digits))


def _say_free_call(match: re.Match[str], context: Context) -> str | None:
    """Read the beginning of a number that costs nothing or much: 1-800 -> one eight hundred."""
    digits = match["digits"]
    return f"one {words.cardinal(digits) if digits.endswith('00') else words.digit_by_digit(digits)}"


_MAKERS, _MAKERS_OF_FOUR = load_use("labels", "model-makers"), load_use("labels", "model-makers-of-four")
"""Whose models have numbers of three figures, and of four."""
_VETERANS_BEFORE = LatePattern(rf"\b{one_of('labels', 'veterans')} Post $")


def _is_announced(match: re.Match[str], context: Context) -> bool:
    """Say whether a word before the number or behind it shows that it names a thing."""
    number, after = match["number"], word_after(match)
    nearest = words_before(match, 2) if match.start() else []
    is_known = (after in _LABELS_BEHIND and len(number) == 4) or after in _KNOWN_BY_NUMBER.get(number, ())
    if not nearest:
        return is_known
    before = text_before(match)
    labels = {word.lower().rstrip(".") for word in _label_words(nearest)}
    if word_before(match).lower() in load_use("labels", "subjects") and _COURSE.fullmatch(number):
        return not (after.islower() and after.endswith("s")) or after in load_words("function_words")
    if len(number) == 4 and _is_numbered(match) and text_after(match)[:1] != "-":
        return not after.endswith("s") or after[:1].isupper()
    if not labels.isdisjoint(load_words("number_labels")) or ("box" in labels and _BOX_BEFORE.search(before)):
        return True
    if before.endswith("Executive Order ") or (word_before(match) == "Post" and _VETERANS_BEFORE.search(before)):
        return True
    if is_american(context) and number in load_use("labels", "tax-forms") and _OWN_FORM.search(before):
        return True
    if is_american(context) and number in load_use("labels", "plans") and _OWN_FORM.search(before):
        return after in load_words("function_words") or after.startswith("plan") or text_after(match)[:1] in {",", "."}
    if is_known:
        return True
    if nearest[0].lstrip('(“"') in _CARRIERS:
        return not (after.islower() and after.endswith("s")) or after in load_words("function_words")
    if nearest[0].lstrip('(“"') in (_MAKERS if len(number) == 3 else _MAKERS_OF_FOUR):
        is_counted = after.islower() and after.endswith("s") and after not in load_words("function_words")
        return nearest[0] == "Xbox" or not is_counted
    if nearest[0].lower() == "port":
        return len(nearest) < 2 or nearest[1].lower() in _BEFORE_PORTS
    if _TESTED.match(text_after(match)):
        return True
    is_road = is_american(context) and len(number) == 3 and _FREEWAY_BEFORE.search(before)
    label = nearest[0].lstrip('("“')
    is_road_label = label in load_use("labels", "roads") or (is_american(context) and label in load_map("states"))
    is_apart = nearest[0][0] == "(" or not "".join(nearest[1:]).isdigit()
    is_highway = is_road_label and len(number) < 4 and is_apart
    return bool((is_road or is_highway) and _FREEWAY_BEHIND.match(text_after(match)))


def _is_aircraft(match: re.Match[str]) -> bool:
    """Say whether capitals and three figures are a model of aircraft: the D 520 prototype."""
    after = word_after(match)
    is_counted = after.islower() and after.endswith("s") and after not in load_words("function_words")
    coded = len(match["number"]) == 3 and re.fullmatch("[A-Z]{1,3}", word_before(match)) and not is_counted
    return bool(coded) and tells_of_aircraft(match)


def _say_labelled(match: re.Match[str], context: Context) -> str | None:
    if not (_is_announced(match, context) or _is_aircraft(match)) or word_after(match) in load_words("count_nouns"):
        return None
    if match["letter"] == "s":
        return words.plural(words.paired(match["number"]))
    letter = f" {match['letter'].upper()}" if match["letter"] else ""
    return words.paired(match["number"]) + letter


def _say_labelled_part(match: re.Match[str], context: Context) -> str | None:
    """Read the section of a code whose number has a part behind its point, in pairs: Section 2923.13."""
    if word_before(match).lower().rstrip(".") not in load_words("section_labels"):
        return None
    return f"{words.paired(match['number'])} point {words.digit_by_digit(match['part'])}"


def _say_station(match: re.Match[str], context: Context) -> str:
    """Read where a station is on the dial in pairs: AM 1010, and FM 104.1 as far as its point."""
    return words.paired(match["tens"] or match["hundreds"])


def _say_squadron(match: re.Match[str], context: Context) -> str:
    """Read the three figures of a squadron one by one, round ones as they are: 617, 120, 600."""
    number = match.group()
    return words.paired(number) if number.endswith("0") else words.digit_by_digit(number, oh=True)


def _say_clause(match: re.Match[str], context: Context) -> str | None:
    """Read a clause of a law as lawyers do: 401(k) -> four oh one K."""
    parts = re.findall(r"[a-zA-Z]+|\d+", match["parts"])
    said = [words.cardinal(part, context.locale) if part.isdigit() else words.letters(part) for part in parts]
    till = match.groupdict().get("till")
    last = f" to {words.letters(till) if till.isalpha() else words.cardinal(till)}" if till else ""
    number = match["number"]
    first = words.number(number) if "." in number else words.paired(number)
    return f"{first} {' '.join(said)}{match['plural']}{last}"


def _say_numbered_clause(match: re.Match[str], context: Context) -> str | None:
    """Read clause 4(2)(b), whose first part is a number, behind a word that announces it."""
    return (
        _say_clause(match, context)
        if word_before(match).lower().rstrip(".").removesuffix("s") in _SECTION_LABELS
        else None
    )


_SECTION_LABELS = frozenset(label.removesuffix("s") for label in load_words("section_labels"))
_OF_JUDGMENT = LatePattern(rf"\b{one_of('labels', 'judged')} (?:\[\d{{1,3}}\](?:,| and| to|[-–]) ?)?$")


def _say_paragraph(match: re.Match[str], context: Context) -> str | None:
    """Read the number of a judgment's paragraph: "at [47]-[52]"; elsewhere a number in such brackets is a note's."""
    if not _OF_JUDGMENT.search(text_before(match)):
        return None
    number = words.cardinal(match["first"], context.locale)
    return f"{number} to {words.cardinal(match['last'], context.locale)}" if match["last"] else number


def _say_joined_section(match: re.Match[str], context: Context) -> str | None:
    """Read s that is joined to its number: "under s114", "a s21 notice"; s404 may be anything."""
    behind = word_after(match) in load_use("labels", "served") or match["parts"]
    if not behind and word_before(match).lower() not in load_use("labels", "before-sections"):
        return None
    name = "sections" if match["mark"] == "ss" else "section"
    said = words.paired(match["number"]) + (f" {match['letter']}" if match["letter"] else "")
    if match["till"]:
        said = f"{said} to {words.paired(match['till'])}"
    parts = re.findall(r"[a-zA-Z]+|\d+", match["parts"])
    return " ".join([name, said, *(words.cardinal(part) if part.isdigit() else words.letters(part) for part in parts)])


RULES: tuple[Rule, ...] = (
    make_rule(
        "clause.bracketed",
        r"\[(?P<first>\d{1,3})\](?:[-–]\[(?P<last>\d{1,3})\])?",
        _say_paragraph,
        "[",
        example="held at [47]-[52] -> held at forty-seven to fifty-two",
    ),
    make_rule(
        "number.station",
        r"(?:(?<=\bFM )(?P<tens>1\d\d)(?=\.\d(?!\d))|(?<=\bAM )(?P<hundreds>[5-9]\d0|1[0-7]\d0)(?![\d:]|[.,]\d))",
        _say_station,
        (DIGIT,),
        example="at AM 1010 -> at A M ten ten",
    ),
    make_rule(
        "number.squadron",
        rf"[1-9]\d\d(?=(?: \([A-Z][^()]{{2,30}}\)| [a-z&]{{1,3}} \d{{3}})? {one_of('labels', 'squadrons')}"
        r"(?!\w)(?! [Ll]eader))",
        _say_squadron,
        (DIGIT,),
        behind=" ",
        example="No. 101 Squadron -> Number one oh one Squadron",
    ),
    make_rule(
        "clause.joined",
        r"(?P<mark>ss?)(?P<number>\d{1,3})(?P<letter>[A-Z])?(?:[-–](?P<till>\d{1,3}))?(?P<parts>(?:\(\w{1,3}\)){0,3})"
        r"(?![\w(]|[.,]\d)",
        _say_joined_section,
        (ATTACHED,),
        behind="0-9",
        example="under s114 -> under section one fourteen",
    ),
    make_rule(
        "telephone.free-call",
        r"1-(?P<digits>8(?:00|33|44|55|66|77|88)|900)(?![\d-])",
        _say_free_call,
        (DIGIT,),
        behind="-",
        example="1-800 -> one eight hundred",
    ),
    make_rule(
        "telephone.extension",
        r"x(?P<digits>\d{1,5})(?!\w)",
        _say_extension,
        (ATTACHED,),
        behind="0-9",
        example="at x2240 -> at extension two two four zero",
    ),
    make_rule(
        "code.labelled",
        r"(?:\d{3,16}|\d\d(?=[ -]\d\d))(?:[ -]\d{2,8}){0,5}(?:(?P<till>[–/])(?P<last>\d{3,8}))?(?![\w.,/:-]\d|\w)",
        _say_code,
        (DIGIT,),
        example="#48213 -> number four eight two one three",
    ),
    make_rule(
        "clause.lettered",
        r"(?P<number>\d{1,4}(?:\.\d{1,2})?)(?P<parts>\([a-zA-Z]\)(?:\(\w{1,3}\)){0,3})(?P<plural>s?)(?!\w)",
        _say_clause,
        (DIGIT,),
        behind="(.",
        example="401(k) -> four oh one K",
    ),
    make_rule(
        "clause.numbered",
        r"(?P<number>\d{1,4})(?P<parts>\(\d{1,2}\)(?:\(\w{1,4}\)){0,3})(?P<plural>)"
        r"(?:[-–]\((?P<till>\w{1,3})\))?(?!\w)",
        _say_numbered_clause,
        (DIGIT,),
        behind="(",
        example="s. 4(2) -> section four two",
    ),
    make_rule(
        "number.labelled-part",
        r"(?P<number>\d{4})\.(?P<part>\d{1,3})(?![\w%]|[.,:/-]\d)",
        _say_labelled_part,
        (DIGIT,),
        behind=".",
        example="Section 2923.13 -> Section twenty-nine twenty-three point one three",
    ),
    make_rule(
        "number.labelled",
        r"(?P<number>\d{3,4})(?P<letter>[A-Za-z])?(?![\w.,/:%-]\d|[\w%])",
        _say_labelled,
        (DIGIT,),
        example="BA 450 -> B A four fifty",
    ),
)
