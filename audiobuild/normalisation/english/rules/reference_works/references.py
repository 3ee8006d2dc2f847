"""What leads to a source: numbers of documents, the sizes of books, marks in brackets (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.forms import AND_OR_TO
from audiobuild.normalisation.english.rules.whereabouts.web import spelt_address
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import CAPITALS, DIGIT, Rule, make_rule, text_after, text_before, word_before

_FORMATS = load_map("book_formats")
_BOOKS = LatePattern(rf"\b{one_of('references', 'books')}\b|\b[48]vo\b|\b4to\b", re.IGNORECASE)
_MARKS = r"\[\d{1,3}[a-z]?(?:(?:,\s?|\s?[-–]\s?)\d{1,3}[a-z]?){0,8}\]"
_LABELS = load_map("document_labels")


def _say_document(match: re.Match[str], context: Context) -> str | None:
    """Read the name of a document in the registry that its label tells."""
    label = match["label"].lower()
    if not match["number"].startswith("10.") if label == "doi" else len(re.findall(r"\d", match["number"])) < 5:
        return None
    return f"{_LABELS[label]} {_said_digits(match['number'], context)}"


def _said_digits(number: str, context: Context) -> str:
    """Say figures one by one, stops and strokes by name: 10.1038/x -> ten dot one zero three eight slash X."""
    said: list[str] = []
    for part in re.findall(r"[A-Za-z]+|\d+|[./]|[-_]", number):
        if part.isdigit():
            said.append("ten" if part == "10" and not said else words.digit_by_digit(part))
        elif part in "./":
            said.append("dot" if part == "." else "slash")
        elif part.isalpha():
            said.append(part.upper() if len(part) == 1 else spelt_address(part, context))
    return " ".join(said)


def _say_format(match: re.Match[str], context: Context) -> str | None:
    """Read the size of a book's leaves: 8vo -> octavo; 12mo may be months."""
    is_book = match["ending"] != "mo" or _BOOKS.search(f"{text_before(match)} {text_after(match)}")
    return _FORMATS[match.group("size")] if is_book else None


def _say_marks(match: re.Match[str], context: Context) -> str | None:
    """Read sources in brackets where the sentence needs them: "see [2] and [3]"; elsewhere leave them out."""
    before = word_before(match).lower().rstrip(".,")
    if before in load_use("punctuation", "before-sets"):
        return None
    if before not in load_use("references", "before-marks") or text_before(match)[-1:] != " ":
        return "" if match["more"] else None
    numbers = re.findall(r"\d+", match.group())
    said = re.sub(r"[\[\]]", "", match.group())
    said = re.sub(r"\s?[-–]\s?", " to ", said)
    said = re.sub(r"\d+", lambda digits: words.cardinal(digits.group(), context.locale), said)
    label = "" if before in load_use("references", "labels") else f"reference{'s' if len(numbers) > 1 else ''} "
    return label + said


def _say_following(match: re.Match[str], context: Context) -> str | None:
    """Read f and ff behind a number: a single f behind the sign of pages, for it may be a letter of the number."""
    before = text_before(match)
    if not (_PAGED.search(before) if match["on"] == "f" else before.endswith((" ", "–", "-"))):
        return None
    return f"{words.cardinal(match['page'], context.locale)} and following"


_PAGED = LatePattern(rf"\b{one_of('references', 'before-pages')}\.? (?:\d{{1,4}}[,–-] ?)*$")


def _say_lettered_year(match: re.Match[str], context: Context) -> str | None:
    """Read the year of a source that has several of one year: (Lee 1987a)."""
    return f"{words.year(match['year'], context.locale)} {match['letter'].upper()}"


def _said_pages(match: re.Match[str], context: Context) -> str:
    """Say a page, or from which to which: 225–6 -> two hundred and twenty-five to two hundred and twenty-six."""
    first, last = match["page"], match["last"]
    if not last:
        return words.cardinal(first, context.locale)
    if len(last) < len(first):
        last = first[: -len(last)] + last
    return f"{words.cardinal(first, context.locale)} to {words.cardinal(last, context.locale)}"


def _say_paged_year(match: re.Match[str], context: Context) -> str | None:
    """Read the year of a source and its pages: Pedersen 1931:336–338."""
    before = text_before(match)
    if not re.search(r"[(;,] ?$|(?:^|[\s(])(?:[A-Z][\w’'-]+|[a-z]{2}\.),? \(?$", before):
        return None
    return f"{words.year(match['year'], context.locale)}, {_said_pages(match, context)}"


_IN_BRACKET = LatePattern(r"\([^()]*$")


def _say_book(match: re.Match[str], context: Context) -> str | None:
    """Read the Roman number of a book with those of its parts: Pausanias III.25,4; (Laws IV, 2)."""
    book, value = match["book"], roman_value(match["book"])
    parts = re.split(r"[.,]\s?", match["parts"])
    before = text_before(match)
    is_sure = len(book) > 1 or (len(parts) > 1 and re.search(r"[A-Z][a-z]{3,}\.?,? $|\($", before))
    if not value or not is_sure or parts[0] == "0" or (match["mark"][0] == "," and not _IN_BRACKET.search(before)):
        return None
    said = [re.sub(r"[-–]", " to ", part) for part in parts]
    numbers = (re.sub(r"\d+", lambda digits: words.cardinal(digits.group(), context.locale), part) for part in said)
    return ", ".join([words.cardinal(str(value)), *numbers])


def _say_scene(match: re.Match[str], context: Context) -> str | None:
    """Read the act, the scene and the lines of a play."""
    place = roman_value(match["act"]), roman_value(match["scene"].upper())
    if not all(place):
        return None
    lines = " to ".join(words.cardinal(line) for line in (match["first"], match["last"]) if line)
    return ", ".join([*(words.cardinal(str(number)) for number in place), lines])


def _say_columns(match: re.Match[str], context: Context) -> str | None:
    """Read from which column of a page to which, and so from which exit: 265a–c, 514a–520a, 226A–C."""
    page, last = match["page"], match["last"]
    first, till = (match["first"] or match["from"]).upper(), (match["end"] or match["till"]).upper()
    if till <= first if not last else int(last) < int(page):
        return None
    return f"{words.paired(page)} {first} to {f'{words.paired(last)} ' if last else ''}{till}"


_COLUMNS = r"""
    (?P<page>\d{2,4})(?:
        (?P<from>[a-e])(?:–|(?<=\d{3}[a-e])-)(?P<last>\d{2,4})?(?P<till>[a-e])
        | (?P<first>[A-H])–(?P<end>[A-H])  # exits of a motorway
    )(?!\w|[-–]\w)
"""


RULES: tuple[Rule, ...] = (
    make_rule(
        "reference.paged-year",
        r"(?P<year>1[5-9]\d\d|20[0-4]\d):(?P<page>\d{1,4})(?:[-–](?P<last>\d{1,4}))?(?![\w:%]|[.,]\d)",
        _say_paged_year,
        (DIGIT,),
        behind=":",
        example="(Lee 1931:36–8) -> (Lee nineteen thirty-one, thirty-six to thirty-eight)",
    ),
    make_rule(
        "reference.book",
        r"(?<!% )(?P<book>[IVXLC]{1,8})(?P<mark>\.|,\s)"
        r"(?P<parts>(?!0)\d{1,3}(?:[.,]\s?\d{1,3}){0,3}(?:[-–]\d{1,3})?)(?![\w.,]\d|\w|\s?%)",
        _say_book,
        (CAPITALS, *"IVX"),
        behind=".,",
        example="Pausanias III.25,4 -> Pausanias three, twenty-five, four",
    ),
    make_rule(
        "reference.scene",
        r"(?P<act>[IV]{1,3})\.(?P<scene>[ivx]{1,4})\.(?P<first>\d{1,4})(?:[-–](?P<last>\d{1,4}))?(?![\w.]\d|\w)",
        _say_scene,
        (CAPITALS, *"IV"),
        behind=".",
        example="(III.iii.90–92) -> (three, three, ninety to ninety-two)",
    ),
    make_rule(
        "reference.columns",
        _COLUMNS,
        _say_columns,
        (DIGIT,),
        flags=re.VERBOSE,
        behind="a-eA-H",
        example="Phaedrus 265a–c -> Phaedrus two sixty-five A to C",
    ),
    make_rule(
        "reference.following",
        r"(?P<page>\d{1,4})(?P<on>ff?)(?:\.(?=\s[a-z(]|[,;:)]))?(?![\w’'])",
        _say_following,
        (DIGIT,),
        behind="f",
        example="pp. 34f., and more -> pages thirty-four and following, and more",
    ),
    make_rule(
        "reference.lettered-year",
        r"(?P<year>1[5-9]\d\d|20[0-4]\d)(?P<letter>[a-f])(?=[):;,](?!\d))",
        _say_lettered_year,
        (DIGIT,),
        behind="a-f",
        example="Lee (1987a) -> Lee (nineteen eighty-seven A)",
    ),
    make_rule(
        "reference.document",
        rf"(?P<label>(?i:{alternatives(_LABELS)}))(?::\s?|\s)(?P<number>\d{{2,9}}\.?[\w./-]{{0,60}}(?<![./-]))",
        _say_document,
        {form for label in _LABELS for form in (label, label.upper())} | {"arXiv"},
        example="doi:10.1038/171737 -> D O I ten dot one zero three eight slash one seven one seven three seven",
    ),
    make_rule(
        "reference.book-format",
        rf"(?P<size>(?:{alternatives(_FORMATS)})(?<=(?P<ending>{one_of('references', 'format-endings')})))\.?(?!\w)",
        _say_format,
        (DIGIT,),
        behind="tvm",
        example="a first edition, 8vo -> a first edition, octavo",
    ),
    make_rule(
        "reference.marks",
        rf"{_MARKS}(?P<more>(?:(?:,\s?|\s?[-–]\s?|,?\s(?:{AND_OR_TO}|&)\s|\s)(?={_MARKS}){_MARKS}){{1,6}})?",
        _say_marks,
        "[",
        example="as it says [2, 3] and [4-6]. -> as it says.",
    ),
)
