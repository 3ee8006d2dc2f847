"""Whether a shortened word stands where it is one: "est." before a year, "Rd" behind a name (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Callable

from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, words_pattern
from audiobuild.normalisation.english.rules.forms import ORDINAL
from audiobuild.normalisation.english.rules.short_forms.numbering import before_number, before_small_numeral, is_reply
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before, word_after, word_before

NOT_NAMES = load_use("abbreviations", "not-names")
_BARE_BOOKS = load_use("scripture", "bare")
"""Words with a capital at the head of a sentence."""


def follows_name(match: re.Match[str]) -> bool:
    """Say whether a name in capitals stands right before, on the same side of any punctuation."""
    before = word_before(match)
    return (
        bool(re.fullmatch(rf"[A-Z][\w’'.&-]*[\w.’'],?|\d+{ORDINAL}|\d{{1,3}}[A-Z]", before)) and before not in NOT_NAMES
    )


def _joined_name(match: re.Match[str]) -> bool:
    """Say whether a sign for "and" stands before what a firm is: "Hall & Co."; but "& Sr. Mary" is a sister."""
    return text_before(match).endswith("& ") and match["short"][1:] != "r"


def _opens_name(match: re.Match[str]) -> bool:
    """Say whether Sr behind a comma opens a name of its own: "Fr Brown, Sr Agatha"."""
    return match["short"] == "Sr" and word_before(match).endswith(",") and bool(re.match(r"\s[A-Z]", text_after(match)))


_MONTH = rf"(?:{alternatives(load_map('months'))})"
_WEEKDAY = rf"(?:{alternatives(load_map('weekdays'))}|{alternatives(load_map('weekdays').values())})"
_BORN_BEHIND = LatePattern(
    rf"""
    \s?(?:c\.\s?)?\d{{3,4}}(?!\d)  # a year
    | \s\d{{1,2}}(?:\s{_MONTH} | [/.]\d{{1,2}}[/.]\d | {ORDINAL}[ ]c\b)  # a date, or a century
    | \s(?:{_MONTH}\.?\s\d | {_WEEKDAY}\b)
    """,
    re.VERBOSE,
)
"""A year or a date behind b. and d."""


_OF_BOOK = LatePattern(rf"\s\d{{1,2}} of (?:{alternatives(DETERMINERS)})\b")


def _before_letter(match: re.Match[str]) -> bool:
    return bool(match["stop"]) and bool(re.match(r"\s[A-Z](?![\w’'])", text_after(match)))


def _before_year(match: re.Match[str]) -> bool:
    marked = match["stop"] or re.search(r"\($|\(b \d{4}[,;] $", text_before(match))
    return bool(marked) and _BORN_BEHIND.match(text_after(match)) is not None


def _before_county(match: re.Match[str]) -> bool:
    """Say whether a county's name follows, as in "Co Cork", or one stands before: "Ross Co 1", "St. Louis Co., Mo."."""
    if word_before(match) in load_use("abbreviations", "county-clubs") and re.match(r" (?:\d|v )", text_after(match)):
        return True
    if match["stop"] and follows_name(match) and _STATE_BEHIND.match(text_after(match)):
        return True
    placed = match["stop"] and _PLACE_BEFORE.search(text_before(match))
    if placed and placed[1] not in load_use("abbreviations", "in-firms"):
        return True
    return word_after(match).removesuffix("’s") in load_words("counties")


_STATE_BEHIND = LatePattern(rf", (?:{alternatives(load_map('states'))})(?!\w)")
_PLACE_BEFORE = LatePattern(r"(?:^|(\w+) )[iI]n [A-Z][a-z]+ $")
"""One name behind what leads to a place: fires in Marion Co."""


def _is_weight(match: re.Match[str]) -> bool:
    """Say whether st behind a number is stone: by pounds, another such weight, the clause's end, or what one weighs."""
    before, after = text_before(match), text_after(match)
    if not re.search(r"\d $", before):
        return False
    if words_pattern(r"\bWORDS\b[^.;,]{0,24}\d $", "abbreviations", "weighing").search(before):
        return not match["stop"] or re.match(r"\s[a-z\d]", after) is not None
    if re.match(r"\s\d{1,2} ?lbs?(?!\w)|\sto\s\d{1,2} ?st(?!\w)|[,;)]|\s*$", after):
        return True
    return bool(match["stop"] and words_pattern(r"\s(?:\d|WORDS\b)", "abbreviations", "after-stop").match(after))


def _between_names(match: re.Match[str]) -> bool:
    """Say whether v stands between two sides of a match, a case or a quarrel."""
    after = text_after(match)
    before = word_before(match).rstrip("”’\"'")
    if text_before(match).endswith("(") and re.match(r"\.?\s(?:[$£€]?\d|[A-Z][a-z])", after):
        return True
    return (
        before.strip(".").lower()
        not in load_use("small_numerals", "pages") | load_use("small_numerals", "divided") | {""}
        and bool(words_pattern(r"\s(?!WORDS\b)[\w“‘\"'’£$€&(]", "abbreviations", "tells-meaning").match(after))
        and before.lower() not in DETERMINERS | load_use("abbreviations", "before-variables")
        and (
            before[-1].isalnum()
            or before[-1] in "%)"
            or re.search(r"[A-Za-z]{2}\.$|\.[A-Z]\.?$", before)
            or (before[-1] == "," and bool(re.match(r"\s(?:[$£€]?\d|[A-Z]{2})", after)))
        )
        and text_before(match).endswith(" ")
    )


CIRCUMSTANCES: dict[str, Callable[[re.Match[str]], bool]] = {
    "any": lambda match: True,
    "versed": lambda match: (
        bool(match["stop"])
        and bool(re.match(r"\s\d", text_after(match)))
        and bool(re.search(r"\b[Cc]h(?:ap|apter)?\.? [\divxlcIVXLC]{1,7},? $", text_before(match)))
    ),
    "armed": lambda match: word_before(match) in load_use("abbreviations", "arms"),
    "dated": lambda match: (
        bool(re.search(r"\b[12]\d{3} $", text_before(match))) and text_after(match)[:1] in {")", ";", ","}
    ),
    "lorded": lambda match: word_before(match) in load_use("abbreviations", "before-lieutenants"),
    "inner": lambda match: True,
    "dotnumber": lambda match: (
        bool(match["stop"]) and (bool(re.match(r"\s\d", text_after(match))) or before_small_numeral(match))
    ),
    "dotnumeral": lambda match: (
        bool(match["stop"])
        and (bool(re.match(r"\s(?:\d|[IVXLC]{1,6}(?!\w))", text_after(match))) or before_small_numeral(match))
    ),
    "dotroman": lambda match: bool(match["stop"]) and bool(re.match(r"\s[IVXLC]{1,6}(?!\w)", text_after(match))),
    "clocked": lambda match: bool(re.match(r"\s\d{1,2}[.:]\d\d(?!\d)", text_after(match))),
    "closing": lambda match: bool(words_pattern(r",? WORDS\b", "abbreviations", "closings").match(text_after(match))),
    "titled": lambda match: bool(match["stop"]) and text_after(match)[:1] in {";", ",", ")"},
    "caption": lambda match: bool(re.search(r"\b[Ff]rom $", text_before(match))) and text_after(match)[:1] == ":",
    "at-end": lambda match: bool(match["stop"]) and not text_after(match).strip(),
    "stopped": lambda match: bool(match["stop"]),
    "of": lambda match: bool(match["stop"]) and text_after(match).startswith(" of "),
    "lettering": lambda match: bool(re.match(r"\s[A-EK]\d{0,2}(?!\w)", text_after(match))),
    "scored": lambda match: bool(re.match(r":?\s\d{1,2}[-–]\d{1,2}(?!\d)", text_after(match))),
    "counted": lambda match: bool(re.search(r"[\d½¼¾⅓⅔] $", text_before(match))),
    "joined": lambda match: bool(re.search(r"[a-z\d]-an?-$", text_before(match))),
    "spelt-number": lambda match: (
        words_pattern(r" WORDS\b", "abbreviations", "counts").match(text_after(match)) is not None
    ),
    "name-stop": lambda match: bool(match["stop"]) and follows_name(match),
    "headed": lambda match: bool(match["stop"]) and bool(re.match(r"\s[A-Z](?:[a-z]|\. [A-Z])", text_after(match))),
    "credit": lambda match: (
        text_before(match).endswith(("(", "; ")) and bool(re.match(r":?\s[A-Z]", text_after(match)))
    ),
    "of-sum": lambda match: bool(match["stop"]) and bool(re.match(r"\sof\s(?:about\s)?[$£€¥]", text_after(match))),
    "tallied": lambda match: bool(re.match(r":\s\d", text_after(match))),
    "numbered": lambda match: (
        (text_after(match)[:1] == ":" or bool(match["stop"]))
        and bool(re.match(r":?\s(?:#|[Nn]o\b|[A-Z]{0,4}[-/]?\d)", text_after(match)))
    ),
    "estate": lambda match: bool(match["stop"]) and text_after(match).startswith(" Est"),
    "on-estate": lambda match: text_before(match).endswith("Ind. "),
    "registered": lambda match: bool(re.match(r"\s[Nn]o\b", text_after(match))),
    "of-office": lambda match: text_before(match).endswith((" of ", "Sec. of ")) and bool(match["stop"]),
    "of-kin": lambda match: bool(re.match(r"-(?:great|grand)", text_after(match))),
    "of-month": lambda match: bool(match["stop"]) and bool(re.search(rf"[\da-z]{ORDINAL} $", text_before(match))),
    "churches": lambda match: (
        bool(match["stop"])
        and words_pattern(r"\bWORDS\.? $", "abbreviations", "churches").search(text_before(match)) is not None
    ),
    "dot": lambda match: True,
    "dialled": lambda match: bool(re.match(r":?\s?[+(]?\d[\d ()/–-]{4,}", text_after(match))),
    "lettered": lambda match: bool(re.search(r"(?<![\w.])(?:[A-Z]|HQ) $", text_before(match))),
    "by-road": lambda match: bool(
        match["stop"]
        and (
            words_pattern(r"\s(?:WORDS) ?\d", "abbreviations", "by-roads").match(text_after(match))
            or words_pattern(r"\b(?:WORDS) ?\d{1,3} $", "abbreviations", "by-roads").search(text_before(match))
        )
    ),
    "of-place": lambda match: (
        bool(match["stop"]) and bool(re.match(r"\sof\s(?:the\s)?(?:[A-Z]|I-\d)", text_after(match)))
    ),
    "tally": lambda match: word_before(match).lower() in load_use("abbreviations", "tallies"),
    "of-number": lambda match: bool(match["stop"]) and bool(re.match(r"\sof\s(?:about\s)?[$£€¥\d]", text_after(match))),
    "edited": lambda match: (
        bool(match["stop"])
        and bool(re.search(r"[,;(] $|\($", text_before(match)))
        and bool(re.match(r"\s[A-Z](?:\.|[a-z]+ (?:and |& )?[A-Z])", text_after(match)))
    ),
    "flying": lambda match: word_before(match) in load_use("abbreviations", "flying"),
    "taxed": lambda match: (
        words_pattern(r"\.?\s(?:WORDS|[Pp]&[Pp])\b", "abbreviations", "taxes").match(text_after(match)) is not None
        and re.search(r"[\d)] $", text_before(match)) is not None
    ),
    "judged": lambda match: (
        bool(match["stop"])
        and (not word_before(match)[:1].isupper() or word_before(match) in NOT_NAMES | {"A", "An"})
        and words_pattern(r"\sWORDS\b", "abbreviations", "judged").match(text_after(match)) is not None
    ),
    "year": _before_year,
    "county": _before_county,
    "number": before_number,
    "numberdot": lambda match: (
        bool(match["stop"])
        and not (match["short"] == "no" and is_reply(match, text_after(match)))
        and (
            bool(re.match(r"\s?\d", text_after(match)))
            or before_small_numeral(match)
            or (text_after(match).startswith(" of ") and word_before(match).lower() in DETERMINERS | {""})
        )
    ),
    "circa": lambda match: (
        bool(re.match(r"\s?\d|\s(?:AD|A\.D\.) \d" if match["stop"] else r"\s?\d{3,4}(?!\d)", text_after(match)))
        and text_before(match)[-1:] in {"", " ", "("}
    ),
    "act": lambda match: bool(re.search(r"\b[Aa]ct (?:\d{4} )?\($", text_before(match))),
    "act-behind": lambda match: bool(
        re.match(
            r"\s\d{1,4}[A-Z]?(?:\(\w{1,4}\)){1,3}(?!\w)|\s\d{1,4}[A-Z]?(?:[-–]\d{1,4})? of the "
            r"(?:\d{4} Act\b|[A-Z][^.;]{0,50}\b(?:Act|Code)\b)",
            text_after(match),
        )
    ),
    "between": _between_names,
    "edition": lambda match: bool(re.search(rf"(?:\d{ORDINAL}|[a-z]{{2}}{ORDINAL}|[Rr]ev\.)[ -]$", text_before(match))),
    "founded": lambda match: bool(
        re.match(r"\s(?:in\s)?(?:1\d|20)\d\d(?![\d,]\d|[\w%])(?!\s[a-z]+s\b)", text_after(match))
    ),
    "amount": lambda match: bool(match["stop"]) and bool(re.match(r"\s[$£€]?\d", text_after(match))),
    "perprice": lambda match: bool(re.search(r"[$£€][\d,.]+ (?:a|an|per) $", text_before(match))),
    "sum": lambda match: bool(re.search(r"[$£€][\d,.]+(?:k|m|bn|trn)?\s?$", text_before(match))),
    "mileage": lambda match: bool(re.search(r"\bmpg(?:\b.{0,30}\d)?\s$", text_before(match))),
    "label": lambda match: before_number(match) or _before_letter(match),
    "letter": lambda match: _before_letter(match),
    "road": lambda match: (
        bool(match["stop"]) and bool(words_pattern(r"\sWORDS\b", "abbreviations", "roads").match(text_after(match)))
    ),
    "behindnumber": lambda match: bool(match["stop"]) and bool(re.search(r"[\d½¼¾⅓⅔] $", text_before(match))),
    "before-the": lambda match: bool(match["stop"]) and word_after(match) == "the",
    "weight": _is_weight,
    "named": lambda match: (
        bool(match["stop"])
        and word_before(match).lower() in DETERMINERS | load_use("abbreviations", "numbered-things")
        and word_after(match) in load_use("abbreviations", "copulas")
    ),
    "determined": lambda match: bool(match["stop"]) and word_before(match).lower() in DETERMINERS,
    "of-book": lambda match: bool(match["stop"]) and _OF_BOOK.match(text_after(match)) is not None,
    "churchman": lambda match: (
        bool(match["stop"])
        and word_before(match).lower() in DETERMINERS
        and word_after(match) not in load_use("abbreviations", "revised")
    ),
    "shelfmark": lambda match: (
        not load_use("abbreviations", "libraries").isdisjoint(
            re.findall("[a-z]+", f"{text_before(match)} {text_after(match)}".lower())
        )
    ),
    "packed": lambda match: (
        bool(re.search(r"\d[ -]$", text_before(match))) and word_after(match) in load_use("abbreviations", "packs")
    ),
    "tongue": lambda match: bool(match["stop"]) and word_after(match) in load_use("abbreviations", "tongue"),
    "tuned": lambda match: (
        bool(re.match(r"\s\d{1,3}(?![\d:]|,\d)", text_after(match)))
        and bool(
            words_pattern(r"(?i)\bWORDS\b[^.;]{0,20}$", "abbreviations", "tuned").search(text_before(match))
            or re.search(r"\d ?[ap]\.?m\.?, $", text_before(match))
            or words_pattern(r"\s\d{1,3}(?:[’']s)? (?:[\w.]+ ){0,3}WORDS\b", "abbreviations", "tuned").match(
                text_after(match)
            )
        )
    ),
    "signed": lambda match: (
        bool(match["stop"])
        and bool(re.search(r"[A-Za-z][a-z’'-]+, $", text_before(match)))
        and bool(re.match(r"[,;)]|\s*$", text_after(match)))
    ),
    "inclusive": lambda match: word_after(match) in load_use("abbreviations", "inclusive"),
    "apart": lambda match: (
        bool(match["stop"]) and text_before(match).endswith(", ") and bool(re.match(r"[,;)]|\s*$", text_after(match)))
    ),
    "ruling": lambda match: bool(match["stop"]) and word_after(match) in load_use("abbreviations", "ruling"),
    "a-unit": lambda match: (
        bool(match["stop"])
        and words_pattern(r"(?:^| )WORDS $", "abbreviations", "before-units").search(text_before(match)) is not None
        and words_pattern(r"[,;)]|\s*$|\sWORDS\b", "abbreviations", "behind-units").match(text_after(match)) is not None
    ),
    "of-court": lambda match: (
        bool(match["stop"])
        and word_before(match).lower() in load_use("abbreviations", "courts")
        and bool(re.match(r"\s[a-z]", text_after(match)))
    ),
    "person": lambda match: (
        bool(match["stop"])
        and word_before(match).lower() in DETERMINERS
        and words_pattern(r"\s(?!(?:of|WORDS)\b)[a-z]", "abbreviations", "behind-units").match(text_after(match))
        is not None
    ),
    "police": lambda match: bool(words_pattern(r"\sWORDS\b", "abbreviations", "police-ranks").match(text_after(match))),
    "noun": lambda match: (
        bool(match["stop"])
        and bool(re.match(r"\s[a-z]{3,}", text_after(match)))
        and (word_after(match) == "cost" or word_after(match) not in load_words("function_words"))
    ),
    "a-of": lambda match: (
        bool(re.search(r"(?:^| )(?:an?|half|per) $", text_before(match))) and word_after(match) == "of"
    ),
    "priced": lambda match: bool(match["stop"]) and bool(re.search(r"[$£€]\d[\d,.]* $|\d¢ $", text_before(match))),
    "rate": lambda match: bool(re.search(r"(?:[a-z]s\.?|\d)/$", text_before(match))),
    "verse": lambda match: (
        bool(match["stop"] or re.search(r"(?<!\w)[123] $", text_before(match)) or match["short"] in _BARE_BOOKS)
        and bool(re.match(r"\s\d{1,3}:\d{1,3}(?!\d)", text_after(match)))
    ),
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
    "name": lambda match: (follows_name(match) or _joined_name(match)) and not _opens_name(match),
    "colon": lambda match: (
        text_after(match).startswith((":", " ")) and not re.search(r"(?:\d|wa?y\.?|Route) $", text_before(match))
    ),
}
