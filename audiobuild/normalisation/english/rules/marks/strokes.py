"""Strokes between words: lines of verse, alternatives, rates (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, DOTTED, Rule, make_rule, text_after, text_before

_PERIODS = load_use("symbols", "periods")
_LINE_OPENS = LatePattern(
    rf"[\"“‘'(…—–]*(?:[A-Z]|(?:{'|'.join(sorted(load_words('function_words')))})(?![\w’'-])(?: (?!/)[\w’'-]+|[.,;:?!]))"
)
"""What a line of verse opens with that no alternative does: a capital, or a small word that goes on."""
_CHANGE_BEFORE = LatePattern(
    rf"\b(?:{one_of('strokes', 'changes')}\b[^.;]*|{one_of('strokes', 'directions')} \S+ )$", re.IGNORECASE
)
"""What tells "week on week" from a share by weight."""
_QUANTITY_BEFORE = LatePattern(rf"\d\s?(?:°?[CF]\b|{one_of('strokes', 'quantities')}\b)(?: fan)?$")
_OTHER_UNITS = LatePattern(r"(?:about )?\d|gas (?:mark\b|\d)")
"""What stands about a stroke that parts it from the same in other units: 180°C/350°F."""
_UNIT_BEFORE = LatePattern(r"\d\s?[a-zµμ]{1,5}$")
_MILEAGE_BEFORE = LatePattern(r"\bmpg \w+$")
_ROAD_MILEAGE = LatePattern(r"\d+ (?:hwy|cty)\b")
_DOSE_BEFORE = LatePattern(rf"\d\s?{one_of('strokes', 'doses')}$")
_VOLUME_BEHIND = LatePattern(r"\d[\d.]*\s?m?[lL](?!\w)")
"""What so much of a drug is dissolved in: 100 mg/5 mL."""
_SUM_BEFORE = LatePattern(rf"(?:[$£€¥]\d[\d.,]*|\d ?{one_of('strokes', 'coins')})$")
_SO_MANY = LatePattern(r"\d+(?:\.\d+)?\s?[MKkm]\b|1,?0{2,9}\b")
"""What stands behind a stroke and a sum where so much buys so many: $1.75/1M tokens."""
_ROAD_BEFORE = LatePattern(r"\b[A-Z]{1,2}[ -]\d{1,3}[A-Z]?$")
_ROAD_BEHIND = LatePattern(r"[A-Z]{1,2}(?: Route)?[ -]\d")
"""Roads that are one for a while: US 2/US 41."""
_NO_JOINT = frozenset(" <>/:=")
"""Marks behind which a stroke is no joint."""
_WORD = LatePattern(r"[\w’']+")
_LAST_WORD = LatePattern(r"(?<![\w’'])[\w’']++(?=\.?$)")
_QUOTED_CHARS = 200
"""How far back the mark that opens a quotation is looked for."""


def _say_spaced(match: re.Match[str], context: Context) -> str | None:
    """Read a stroke with spaces about it as a pause between lines of verse and between the parts of a heading."""
    before, after = text_before(match, _QUOTED_CHARS), text_after(match)
    word, following = re.search(r"[\w’']+(?= $)", before), re.match(r" ([\w’'-]+)", after)
    if not before.strip() or not after.strip() or re.search(r"[|/]\s*$", before) or re.match(r"\s*[|/]", after):
        return ""
    if word and following and f"{word.group().lower()}/{following[1].lower()}" in load_map("strokes"):
        return load_map("strokes")[f"{word.group().lower()}/{following[1].lower()}"].strip("-")
    is_quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    is_one_of_several = bool(re.search(r"\s/\s", before) or re.search(r"\s/\s", after))
    if is_quoted or is_one_of_several or not word or _LINE_OPENS.match(after[1:]):
        return "" if before.rstrip()[-1] in ",;:.?!—–" else ","
    return None


def _say_hung(match: re.Match[str], context: Context) -> str:
    """Read the stroke between two words that share what stands behind the second."""
    return " or "


def _say_stroke(match: re.Match[str], context: Context) -> str | None:
    """Read a stroke between words as "or", after a quantity as "per"."""
    before, after = text_before(match), text_after(match)
    if before[-1:] in _NO_JOINT:
        return _said_loose(match)
    are_words = before[-1:].isalpha() and after[:1].islower()  # as nearly always, beside those of markup
    if not are_words and (joint := _joint(before, after)):
        return joint
    following = _WORD.match(after)
    word = _LAST_WORD.search(before, before.rfind(" ") + 1) if following else None
    if word is None or following is None:
        return _said_loose(match)
    pair = f"{word.group().lower()}/{following.group().lower()}"
    known = load_map("strokes").get(pair)
    if known is not None:
        return known if known == "-" else f" {known} " if known else " "
    per = load_map("per_units").get(following.group())
    if word.group().isdigit() and (per or following.group() in _PERIODS):
        return " per "
    if word.group()[1:].islower() and word.group().endswith("s") and (per or following.group() in _PERIODS):
        return " per "
    if word.group().lower() in load_use("strokes", "shared") and following.group() in load_use("strokes", "sharers"):
        return " per "
    if word.group() in load_words("zones") and following.group()[0].isdigit():
        return ", "
    if _lasts(after) and _UNIT_BEFORE.search(before):
        return " per "
    if _OTHER_UNITS.match(after) and _QUANTITY_BEFORE.search(before):
        return ", "
    if _ROAD_MILEAGE.match(after) and _MILEAGE_BEFORE.search(before):
        return ", "
    if following.group()[:2].lower() == "lo" and re.search(r"\b[Hh]i(?:gh)? \d{1,3}$", before):
        return ", "
    if _SO_MANY.match(after) and _SUM_BEFORE.search(before):
        return " per "
    if word.group()[0].isdigit() or following.group()[0].isdigit():
        return " slash "
    if word.group()[1:].islower() and following.group()[0].islower():
        return " or "
    return ", " if _parts_verse(match, after[0]) else " "


def _lasts(after: str) -> bool:
    return words_pattern(r"\d{1,3}\s?WORDS\b", "strokes", "lasting").match(after) is not None


def _said_loose(match: re.Match[str]) -> str:
    """Read a stroke beside a space or a mark: a pause between lines of a song, "or" between spaces, else nothing."""
    before, after = text_before(match), text_after(match)
    if after[:1] == " " and _parts_verse(match, after[1:2]):
        return ","
    return "or" if before.endswith(" ") and after.startswith(" ") else ""


def _parts_verse(match: re.Match[str], first: str) -> bool:
    """Say whether a stroke without a space before it parts two lines of a song within quotation marks."""
    before = text_before(match, _QUOTED_CHARS)
    quoted = before[max(before.rfind(mark) for mark in '“"') + 1 :]
    is_open = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    return is_open and first.isupper() and quoted.count(" ") >= _SPACES_OF_LINE and before[-1].islower()


_SPACES_OF_LINE = 2
"""So many at least stand in a line of verse."""


_MONEY = frozenset("$£€")
_DIVISOR = LatePattern(rf"[a-z](?:[²³]|(?![\w’']))|\d{{5,}} {one_of('strokes', 'parted')}\b")
_ONE_BEFORE = LatePattern(r"(?:^|[\s(=])1$")
_SUM_IN_BRACKETS = LatePattern(r"[+−×√][^()]{0,20}\)$")
_DAY_BEHIND = LatePattern(r"\d{1,2} [A-Z]")


def _joint(before: str, after: str) -> str:
    """Tell what a stroke is behind a number that stands alone: 3/$10, 1/r²; behind a charge; and in a gun's size."""
    if before.endswith("+") and after[:1].isalnum():
        return " "
    if after[:1] in _MONEY and re.search(r"(?:^|\s)\d{1,2}$", before) and re.match(r".\d", after):
        return " for "
    if _VOLUME_BEHIND.match(after) and _DOSE_BEFORE.search(before):
        return " per "
    if before[-1:] in {'"', "″"} and before[-2:-1].isdigit() and after[:1].isdigit():
        return " "  # 5"/51 guns
    if _ROAD_BEHIND.match(after) and _ROAD_BEFORE.search(before):
        return " "
    if before.endswith("rating") and after[:1].isdigit():
        return ", "
    if "α" <= before[-1:] <= "ω" and after[:1].isdigit():
        return " over "
    if before[-1:] == "1" and _ONE_BEFORE.search(before) and _DIVISOR.match(after):
        return " over "
    if before[-1:] == ")" and _SUM_IN_BRACKETS.search(before) and re.match(r"\d{1,3}(?!\d)", after):
        return " over "
    if _DAY_BEHIND.match(after) and before.rpartition(" ")[2].rstrip(".") in load_map("months"):
        return " or "  # by the old calendar and the new
    if (before[-1:] == "%" and after[:1].isdigit()) or (after[:1] in _MONEY and _SUM_BEFORE.search(before)):
        return ", "
    if before[-1:] in {"½", "¼", "¾"} and re.match(r"(?:10|20|100)(?!\d)", after):
        return " out of "
    return " " if before.endswith("-inch") and re.match(r"\d\d(?!\d)", after) else ""


def _say_always(match: re.Match[str], context: Context) -> str | None:
    return "twenty-four seven, three sixty-five"


def _say_letter_pair(match: re.Match[str], context: Context) -> str | None:
    """Read single letters about a stroke as letters: p/e -> P E."""
    if match.group().lower() == "b/w" and re.match(r" (?:[A-Z\d$]|the\b)", text_after(match)):
        return "between"
    written = match.group()
    if written.lower() == "w/w" and not _CHANGE_BEFORE.search(text_before(match)):
        return "weight by weight"
    known = load_table("letter_pairs").get(written if written[0] in "AB" else written.lower())
    said = known[-1] if known and is_american(context) else known[0] if known else "-"
    return words.letters(match.group().replace("/", "")) if said == "-" else said


def _say_described(match: re.Match[str], context: Context) -> str | None:
    """Read whom the police describe: a W/M, 25-30."""
    before, after = text_before(match), text_after(match)
    if not re.search(rf"(?:^|[,;:(] ?|\b{one_of('strokes', 'before-described')} |\d )$", before):
        return None
    told = re.match(r",? (?:age )?\d\d(?!\d)", after)
    if not told and not words_pattern(r"(?i)\bWORDS\b", "strokes", "describing").search(f"{before} {after}"):
        return None
    return load_map("described_people")[match.group().lower()]


RULES: tuple[Rule, ...] = (
    make_rule(
        "pause.stroke", r"(?<=\s)/{1,2}(?=\s)", _say_spaced, "/", example="my hat / And found -> my hat, And found"
    ),
    make_rule(
        "number.always",
        "24/7/365(?!\\d)",
        _say_always,
        (DIGIT,),
        behind="/",
        example="open 24/7/365 -> open twenty-four seven, three sixty-five",
    ),
    make_rule(
        "symbol.hung-stroke",
        r"(?<=[a-z])-/(?=[a-z])",
        _say_hung,
        "-",
        example="tank-/boat-mounted guns -> tank or boat-mounted guns",
    ),
    make_rule("symbol.stroke", r"/", _say_stroke, "/", example="and/or -> and or"),
    make_rule(
        "symbol.described",
        r"[BWHAbwha]/[MFmf](?![\w/])",
        _say_described,
        (DOTTED,),
        behind="/",
        example="a W/M, 25, in a red cap -> a white male, twenty-five, in a red cap",
        locale="en-US",
    ),
    make_rule(
        "symbol.letter-pair",
        rf"(?:[A-Za-z]/[A-Za-z]|{one_of('strokes', 'spells')})(?![\w/])",
        _say_letter_pair,
        (DOTTED,),
        behind="/",
        example="p/e -> P E",
    ),
)
