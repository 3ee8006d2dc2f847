"""Shortened words: eg -> for example, Rd -> Road, est. -> estimated (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Callable

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lists import load_map, load_rows, load_table, load_use, load_words
from audiobuild.normalisation.english.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.rules.forms import CAPITAL_LABELS, ORDINAL
from audiobuild.normalisation.english.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    ATTACHED,
    CAPITALS,
    DOTTED,
    Rule,
    make_rule,
    opens_sentence,
    stop_ends_sentence,
    text_after,
    text_before,
    word_after,
    word_before,
)

NOT_NAMES = load_use("abbreviations", "not-names")
"""Words with a capital at the head of a sentence."""
_SHORTENED: dict[str, list[tuple[str, str]]] = {}
for _short, _spoken, _when in load_rows("abbreviations"):
    _SHORTENED.setdefault(_short, []).append((_spoken, _when))


_GOES_ON = LatePattern(
    rf"\s(?:[NS][EW]?|[EW]|{alternatives(frozenset(short for short in _SHORTENED if short[0].isupper()))})(?![\w’'])"
)
"""What goes on behind a shortened word with its stop: a point of the compass or another shortened word."""


def sentence_stop(match: re.Match[str]) -> str:
    """Keep a full stop that also ends the sentence."""
    after = text_after(match)
    return "." if match["stop"] and not _GOES_ON.match(after) and stop_ends_sentence(after) else ""


def follows_name(match: re.Match[str]) -> bool:
    """Say whether a name in capitals stands right before, on the same side of any punctuation."""
    before = word_before(match)
    return bool(re.fullmatch(rf"[A-Z][\w’'.&-]*[\w.],?|\d+{ORDINAL}", before)) and before not in NOT_NAMES


def _opens_name(match: re.Match[str]) -> bool:
    """Say whether Sr behind a comma opens a name of its own: "Fr Brown, Sr Agatha"."""
    return match["short"] == "Sr" and word_before(match).endswith(",") and bool(re.match(r"\s[A-Z]", text_after(match)))


_QUALITY_BEHIND = LatePattern(
    rf"\s\d[\d,.]*(?:[GDKxms%]|{one_of('abbreviations', 'qualities')})(?![\w’'])(?:[\s-][a-z]|$)|\s[12]\d\d0s\b"
)
"""What stands behind "no" where it denies: No 4G phone, No 18th century house, No 1970s film."""
_SMALL_NUMERALS = LatePattern(r"\s[ivxlc]{1,8}(?:[-–][ivxlc]{1,8})?(?![\w’'])")
_BORN_BEHIND = LatePattern(
    rf"\s?(?:c\.\s?)?\d{{3,4}}(?!\d)|\s\d{{1,2}}\s(?:{alternatives(load_map('months'))})|\s(?:{alternatives(load_map('months'))})\.?\s\d"
)
"""A year or a date behind b. and d."""
_NAMED_AFTER = LatePattern(rf"\s(?:{alternatives(load_use('abbreviations', 'named-after'))})\b")
"""What is named after somebody: Martin Luther King Jr. Day."""
_MAY_END = load_use("abbreviations", "may-end")
"""Conditions under which a stop may end the sentence too."""


def _say_short(match: re.Match[str], context: Context) -> str | None:
    if match["short"].islower() and text_before(match).endswith("-") and not match["stop"]:
        return None  # high-viz is a word
    for spoken, when in _SHORTENED[match["short"]]:
        if _TESTS[when](match):
            if match["short"][0].isupper() and opens_sentence(match):
                spoken = spoken[0].upper() + spoken[1:]
            ends = when in _MAY_END and not (spoken in {"Junior", "Senior"} and _NAMED_AFTER.match(text_after(match)))
            return spoken + (sentence_stop(match) if ends else "")
    return None


def _before_number(match: re.Match[str]) -> bool:
    after = text_after(match)
    if match["short"] == "No" and not match["stop"] and _QUALITY_BEHIND.match(after):
        return False
    if match["short"] in load_use("roman", "pages") and _SMALL_NUMERALS.match(after):
        return True
    return bool(
        words_pattern(
            r"\s?(?:[Nn]o\.?\s|#)?\d[\d.,]*(?!-(?!WORDS)[a-z]|\d)|\s[IVXL]{2,5}(?![\w’'])", "abbreviations", "seeded"
        ).match(after)
    )


def _before_letter(match: re.Match[str]) -> bool:
    return bool(match["stop"]) and bool(re.match(r"\s[A-Z](?![\w’'])", text_after(match)))


def _before_year(match: re.Match[str]) -> bool:
    marked = match["stop"] or re.search(r"\($|\(b \d{4}[,;] $", text_before(match))
    return bool(marked) and _BORN_BEHIND.match(text_after(match)) is not None


def _before_county(match: re.Match[str]) -> bool:
    return word_after(match).removesuffix("’s") in load_words("counties")


def _between_names(match: re.Match[str]) -> bool:
    """Say whether v stands between two sides of a match, a case or a quarrel."""
    after = text_after(match)
    before = word_before(match).rstrip("”’\"'")
    if text_before(match).endswith("(") and re.match(r"\s[$£€]?\d", after):
        return True
    return (
        before.strip(".").lower() not in load_use("roman", "pages") | load_use("roman", "divided") | {""}
        and bool(words_pattern(r"\s(?!WORDS\b)[\w“‘\"'’£$€&(]", "abbreviations", "tells-meaning").match(after))
        and (
            before[-1].isalnum()
            or before[-1] in "%)"
            or re.search(r"[A-Za-z]{2}\.$|\.[A-Z]\.?$", before)
            or (before[-1] == "," and bool(re.match(r"\s[$£€]?\d", after)))
        )
        and text_before(match).endswith(" ")
    )


_TESTS: dict[str, Callable[[re.Match[str]], bool]] = {
    "any": lambda match: True,
    "inner": lambda match: True,
    "dotnumber": lambda match: bool(match["stop"]) and bool(re.match(r"\s\d", text_after(match))),
    "dot": lambda match: True,
    "year": _before_year,
    "county": _before_county,
    "number": _before_number,
    "numberdot": lambda match: bool(match["stop"]) and bool(re.match(r"\s?\d|\sof\s", text_after(match))),
    "circa": lambda match: (
        bool(re.match(r"\s?\d" if match["stop"] else r"\s?\d{3,4}(?!\d)", text_after(match)))
        and text_before(match)[-1:] in {"", " ", "("}
    ),
    "act": lambda match: bool(re.search(r"\b[Aa]ct (?:\d{4} )?\($", text_before(match))),
    "act-behind": lambda match: bool(
        re.match(
            r"\s\d{1,4}[A-Z]?(?:\(\w{1,4}\)){0,3}(?:[-–]\d{1,4})? of the [A-Z][^.;]{0,50}\b(?:Act|Code)\b",
            text_after(match),
        )
    ),
    "between": _between_names,
    "edition": lambda match: bool(re.search(rf"(?:\d{ORDINAL}|[a-z]{{2}}{ORDINAL}|[Rr]ev\.) $", text_before(match))),
    "founded": lambda match: bool(
        re.match(r"\s(?:in\s)?(?:1\d|20)\d\d(?![\d,]\d|[\w%])(?!\s[a-z]+s\b)", text_after(match))
    ),
    "amount": lambda match: bool(match["stop"]) and bool(re.match(r"\s[$£€]?\d", text_after(match))),
    "perprice": lambda match: bool(re.search(r"[$£€][\d,.]+ (?:a|an|per) $", text_before(match))),
    "sum": lambda match: bool(re.search(r"[$£€][\d,.]+(?:k|m|bn|trn)?\s?$", text_before(match))),
    "mileage": lambda match: bool(re.search(r"\bmpg\b.{0,30}\d\s$", text_before(match))),
    "label": lambda match: _before_number(match) or _before_letter(match),
    "letter": lambda match: _before_letter(match),
    "road": lambda match: (
        bool(match["stop"]) and bool(words_pattern(r"\sWORDS\b", "abbreviations", "roads").match(text_after(match)))
    ),
    "behindnumber": lambda match: bool(match["stop"]) and bool(re.search(r"[\d½¼¾⅓⅔] $", text_before(match))),
    "before-the": lambda match: bool(match["stop"]) and word_after(match) == "the",
    "weight": lambda match: (
        bool(re.search(r"\d $", text_before(match)))
        and bool(
            re.match(r"\s\d{1,2} ?lbs?(?!\w)|[,;)]|\s*$", text_after(match))
            or (
                match["stop"]
                and words_pattern(r"\s(?:\d|WORDS\b)", "abbreviations", "after-stop").match(text_after(match))
            )
        )
    ),
    "named": lambda match: (
        bool(match["stop"])
        and word_before(match).lower() in DETERMINERS | {"phone", "serial", "account", "flight"}
        and word_after(match) in {"is", "was", "are"}
    ),
    "determined": lambda match: bool(match["stop"]) and word_before(match).lower() in DETERMINERS,
    "person": lambda match: (
        bool(match["stop"])
        and word_before(match).lower() in DETERMINERS
        and bool(re.match(r"\s(?!of\b)[a-z]", text_after(match)))
    ),
    "police": lambda match: bool(words_pattern(r"\sWORDS\b", "abbreviations", "police-ranks").match(text_after(match))),
    "noun": lambda match: (
        bool(match["stop"])
        and bool(re.match(r"\s[a-z]{3,}", text_after(match)))
        and word_after(match) not in load_words("function_words")
    ),
    "a-of": lambda match: (
        bool(re.search(r"(?:^| )(?:an?|half|per) $", text_before(match))) and word_after(match) == "of"
    ),
    "priced": lambda match: bool(match["stop"]) and bool(re.search(r"[$£€]\d[\d,.]* $|\d¢ $", text_before(match))),
    "rate": lambda match: bool(re.search(r"(?:[a-z]s\.?|\d)/$", text_before(match))),
    "verse": lambda match: bool(match["stop"]) and bool(re.match(r"\s\d{1,3}:\d{1,3}(?!\d)", text_after(match))),
    "staff": lambda match: bool(match["stop"]) and word_after(match) in load_use("abbreviations", "staff"),
    "office": lambda match: bool(match["stop"]) and word_before(match) == "the" and word_after(match) == "of",
    "bracketed": lambda match: text_before(match).endswith("(") and text_after(match).startswith(")"),
    "inside": lambda match: bool(match["stop"]) and bool(re.match(r"\s[a-z\d(]|[,;:)]", text_after(match))),
    "span": lambda match: word_before(match).lower() in load_use("abbreviations", "before-spans"),
    "spandot": lambda match: (
        bool(match["stop"]) and word_before(match).lower() in load_use("abbreviations", "before-spans")
    ),
    "spans": lambda match: word_before(match).lower() in load_use("abbreviations", "before-many"),
    "honour": lambda match: bool(re.match(r"\s(?:Hon|Rev|Revd)\b", text_after(match))),
    "street": follows_name,
    "name": lambda match: (follows_name(match) or text_before(match).endswith("& ")) and not _opens_name(match),
    "colon": lambda match: text_after(match).startswith((":", " ")),
}


def _say_capitals(match: re.Match[str], context: Context) -> str | None:
    """Read a short form in capitals before its number: VOL 24; and NO behind what is numbered, as in ROUTE NO 88."""
    before = word_before(match)
    if match["short"] == "NO" and (not before[:1].isupper() or before.lower() in load_words("function_words")):
        return None
    rows = _SHORTENED.get(match["short"].capitalize()) or _SHORTENED.get(match["short"].lower(), [])
    spoken = next((said for said, when in rows if when == "number"), None)
    return spoken.capitalize() if spoken and opens_sentence(match) else spoken


def _say_latin(match: re.Match[str], context: Context) -> str | None:
    return {"e": "for example", "i": "that is"}[match.group()[0].lower()]


def _say_circa(match: re.Match[str], context: Context) -> str | None:
    return "circa "


def _say_dotted(match: re.Match[str], context: Context) -> str | None:
    spoken, *closes = load_table("dotted").get(match.group().replace(".", ""), ("",))
    ends = closes and match.group().endswith(".") and re.match(r"[”\"’')]?(?:\s*$|\s+[“\"‘]?[A-Z])", text_after(match))
    return spoken + ("." if ends else "") or None


_SHORT_MONTHS = frozenset(name for name, full in load_map("months").items() if name != full)
_SURE_MONTHS = load_use("abbreviations", "sure-months")
_BEFORE_MONTHS = load_use("abbreviations", "before-months")


def _say_month(match: re.Match[str], context: Context) -> str | None:
    """Speak a shortened month that the dates leave: "in Jan. and Feb.", "the Dec. meeting"."""
    month, after = match["month"], text_after(match)
    before = word_before(match).lower()
    named = re.match(r"\s[A-Z]", after) is not None
    if not match["stop"] and (month not in _SURE_MONTHS or named or before not in _BEFORE_MONTHS):
        return None
    is_sure = month in _SURE_MONTHS or before in _BEFORE_MONTHS - {"and", "or", "to"}
    if not is_sure and (named or not after.strip()):
        return None
    opens = re.search(r"(?:^|[.?!] )\w+ $", text_before(match))  # no sentence ends at its second word
    return load_map("months")[month] + ("" if opens else sentence_stop(match))


def _say_with(match: re.Match[str], context: Context) -> str | None:
    return "with" if text_after(match)[:1].isspace() else "with "


def _say_page(match: re.Match[str], context: Context) -> str | None:
    """Read p52 behind a word that sends the reader there; p53 is a protein."""
    if word_before(match).lower() not in load_use("abbreviations", "before-pages"):
        return None
    return "pages " if len(match.group()) == 2 else "page "


def _say_care_of(match: re.Match[str], context: Context) -> str | None:
    return "care of"


RULES: tuple[Rule, ...] = (
    make_rule(
        "abbreviation.dotted",
        r"(?:[a-z]\.){2,4}[a-z]?\.?",
        _say_dotted,
        (DOTTED,),
        behind=".",
        example="a.k.a -> also known as",
    ),
    make_rule(
        "abbreviation.circa",
        r"ca?\.?\s?(?=1\d{3}(?!\d)|\d{3}(?:BC|AD|[-–])|[£$€]\d|\d[\d.]*%|\d{1,3},\d{3})",
        _say_circa,
        ("c", "ca"),
        example="c.1975 -> circa nineteen seventy-five",
    ),
    make_rule(
        "abbreviation.page",
        r"pp?(?=\d{1,3}(?![\w%]|[.,]\d))",
        _say_page,
        (ATTACHED,),
        example="see p52 -> see page fifty-two",
    ),
    make_rule("abbreviation.care-of", r"c/o(?!\w)", _say_care_of, ("c",), example="c/o -> care of"),
    make_rule("abbreviation.with", r"w/(?=\s?[\w.])(?!o\b)", _say_with, ("w",), example="w/ the -> with the"),
    make_rule(
        "abbreviation.latin",
        r"(?:e\.\s?g\.?|i\.\s?e\.?|E\.g\.|I\.e\.)(?!\w)",
        _say_latin,
        ("e", "i", "E", "I"),
        example="i.e -> that is",
    ),
    make_rule(
        "abbreviation.capitals",
        rf"(?P<short>{CAPITAL_LABELS})\.?(?=\s?#?\d)",
        _say_capitals,
        (CAPITALS,),
        behind=" .#0-9",
        example="Route NO 88 -> Route number eighty-eight",
    ),
    make_rule(
        "abbreviation.short",
        r"(?P<short>[A-Za-z]{1,6})(?P<stop>\.(?![^\W\d]))?(?:(?<=\.)(?=\d)|(?!\w))(?:(?<=\.)|(?![’']))(?!\.\w|-[A-Za-z])",
        _say_short,
        _SHORTENED,
        example="pp 3-9 -> pages three to nine",
    ),
    make_rule(
        "month.abbreviated",
        rf"(?P<month>{alternatives(_SHORT_MONTHS)})(?P<stop>\.)?(?![\w’'])",
        _say_month,
        _SHORT_MONTHS,
        example="Dec. of -> December of",
    ),
)
