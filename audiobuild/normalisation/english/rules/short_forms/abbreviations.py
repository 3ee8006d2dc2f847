"""Shortened words: eg -> for example, Rd -> Road, est. -> estimated (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map, load_rows, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import AND_OR, AND_OR_TO, CAPITAL_LABELS
from audiobuild.normalisation.english.rules.short_forms.circumstances import CIRCUMSTANCES
from audiobuild.normalisation.english.rules.short_forms.occasions import OCCASIONS
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

_SHORTENED: dict[str, list[tuple[str, str]]] = {}
for _short, _spoken, _when in load_rows("abbreviations"):
    _SHORTENED.setdefault(_short, []).append((_spoken, _when))

_WHEN = CIRCUMSTANCES | OCCASIONS

_GOES_ON = LatePattern(
    rf"\s(?:[NS][EW]?|[EW]|{alternatives(frozenset(short for short in _SHORTENED if short[0].isupper()))})(?![\w’'])"
)
"""What goes on behind a shortened word with its stop: a point of the compass or another shortened word."""
_OPENING = {short.capitalize(): rows for short, rows in _SHORTENED.items() if short.islower() and len(short) > 2}
_OPENING = {short: rows for short, rows in _OPENING.items() if short not in _SHORTENED}
"""Those that have a capital at the start of a sentence alone: Approx. 1 in 7."""


_ON_FROM_NAMES = rf"(?:[,.;)]|\ {one_of('abbreviations', 'on-from-names')}\b)"
_ON_THE_STREET = LatePattern(
    rf"\ {one_of('abbreviations', 'quarters')}(?=\ [a-z])(?!\ of\b)"
    rf"|\ {one_of('abbreviations', 'named-by-streets')}{_ON_FROM_NAMES}"
)
"""What goes on behind the name of a street: Las Vegas Blvd. South, Grant Ave. School."""


def sentence_stop(match: re.Match[str]) -> str:
    """Keep a full stop that also ends the sentence."""
    after = text_after(match)
    if match.groupdict().get("short") in load_use("abbreviations", "streets") and _ON_THE_STREET.match(after):
        return ""
    return "." if match["stop"] and not _GOES_ON.match(after) and stop_ends_sentence(after) else ""


_NAMED_AFTER = LatePattern(rf"\s(?:{alternatives(load_use('abbreviations', 'named-after'))})\b")
"""What is named after somebody: Martin Luther King Jr. Day."""
_MAY_END = load_use("abbreviations", "may-end")
"""Conditions under which a stop may end the sentence too."""


def _say_short(match: re.Match[str], context: Context) -> str | None:
    before = text_before(match)
    if match["short"].islower() and before.endswith("-") and not before.endswith(("-a-", "-an-")) and not match["stop"]:
        return None  # high-viz is a word
    if match["short"] in _OPENING and not (match["stop"] and opens_sentence(match)):
        return None
    for spoken, when in _SHORTENED.get(match["short"]) or _OPENING[match["short"]]:
        if _WHEN[when](match):
            if match["short"][0].isupper() and opens_sentence(match):
                spoken = spoken[0].upper() + spoken[1:]
            ends = (when in _MAY_END or (when == "stopped" and not text_after(match).strip())) and not (
                spoken in {"Junior", "Senior"} and _NAMED_AFTER.match(text_after(match))
            )
            following = word_after(match)
            if spoken == "Brothers" and (following == "Home" or following.lower() not in load_words("function_words")):
                ends = not text_after(match).strip()  # Warner Bros. Pictures
            return spoken + (sentence_stop(match) if ends else "")
    return None


def _say_capitals(match: re.Match[str], context: Context) -> str | None:
    """Read a short form in capitals before its number: VOL 24; and NO behind what is numbered, as in ROUTE NO 88."""
    before = word_before(match)
    if match["short"] == "NO" and (not before[:1].isupper() or before.lower() in load_words("function_words")):
        return None
    if match["short"] == "PG" and re.match(r"\s?1[235]\b", text_after(match)):
        return None  # how old one must be to see a film
    on_air = words_pattern(r"\bWORDS\b", "abbreviations", "broadcasting")
    if match["short"] == "RTE" and on_air.search(text_before(match)):
        return None
    rows = _SHORTENED.get(match["short"].capitalize()) or _SHORTENED.get(match["short"].lower(), [])
    spoken = next((said for said, when in rows if when == "number"), None)
    return spoken.capitalize() if spoken and opens_sentence(match) else spoken


def _say_latin(match: re.Match[str], context: Context) -> str | None:
    return {"e": "for example", "i": "that is"}[match.group()[0].lower()]


def _say_circa(match: re.Match[str], context: Context) -> str | None:
    return "circa "


def _say_dotted(match: re.Match[str], context: Context) -> str | None:
    if match.group().startswith("p.a") and word_before(match).lower() in DETERMINERS:
        return None
    spoken, *closes = load_table("dotted").get(match.group().replace(".", ""), ("",))
    if closes == ["end-of-sum"] and not re.search(r"[$£€][\d,.]+ ?$", text_before(match)):
        return None
    ends = closes and match.group().endswith(".") and re.match(r"[”\"’')]?(?:\s*$|\s+[“\"‘]?[A-Z])", text_after(match))
    return spoken + ("." if ends else "") or None


_SHORT_MONTHS = frozenset(name for name, full in load_map("months").items() if name != full)
_SURE_MONTHS = load_use("abbreviations", "sure-months")
_BEFORE_MONTHS = load_use("abbreviations", "before-months")


_ANY_MONTH = alternatives(load_map("months"))
_MONTH_LISTED = LatePattern(
    rf"(?i)\b{one_of('abbreviations', 'before-listed-months')} "
    rf"(?:(?:{_ANY_MONTH})\.?, ){{1,11}}(?:(?:{_ANY_MONTH})\.? )?(?:{AND_OR} )?$"
)
"""Another month, before one that goes on from it: "in jan, feb and mar"."""
_MONTH_BEHIND = LatePattern(rf" {AND_OR_TO} (?:{alternatives(_SURE_MONTHS)})(?!\w)")
_MONTH_BEFORE = LatePattern(rf"\b(?:{_ANY_MONTH})\.? {AND_OR_TO} $")


def _say_month(match: re.Match[str], context: Context) -> str | None:
    """Speak a shortened month that the dates leave: "in Jan. and Feb.", "the Dec. meeting"."""
    month, after = match["month"], text_after(match)
    if _MONTH_LISTED.search(text_before(match)) and not re.match(r"\s[A-Z]", after):
        return load_map("months")[month] + sentence_stop(match)
    before = word_before(match).lower()
    named = re.match(r"\s[A-Z]", after) is not None
    if _MONTH_BEHIND.match(after):
        return load_map("months")[month]
    if not match["stop"] and (month not in _SURE_MONTHS or named or before not in _BEFORE_MONTHS):
        return None
    is_sure = month in _SURE_MONTHS or before in (_BEFORE_MONTHS | {"a", "an", "the"}) - load_use("forms", "joints")
    is_sure = is_sure or _MONTH_BEFORE.search(text_before(match)) is not None
    if not is_sure and (named or not after.strip()):
        return None
    opens = re.search(r"(?:(?:^|[.?!] )\w+|\ban?|\bthe) $", text_before(match))  # no sentence ends at its second word
    return load_map("months")[month] + ("" if opens else sentence_stop(match))


def _say_with(match: re.Match[str], context: Context) -> str | None:
    return f"with{match['inner'] or ''}"


_OTHER_PAGE = re.compile(r"\b(?:pp?\. ?\d|pp\d{1,3}[-–]\d|[Ss]ee p)")
"""Another page, where "Leader, p22" is no protein."""


def _say_page(match: re.Match[str], context: Context) -> str | None:
    """Read p52 behind a word that sends the reader there; p53 is a protein."""
    if len(match.group()) == 2:
        return "pages "
    listed = re.search(r"[a-z][,;:] $", text_before(match)) and _OTHER_PAGE.search(match.string)
    noted = word_before(match).rstrip(",;") in load_use("abbreviations", "columns")
    if not listed and not noted and word_before(match).lower() not in load_use("abbreviations", "before-pages"):
        return None
    return "pages " if re.match(r"\d{1,3}[-–]\d", text_after(match)) else "page "


def _say_care_of(match: re.Match[str], context: Context) -> str | None:
    """Read c/o, which is "complains of" behind the sick."""
    if word_before(match).lower() in load_use("abbreviations", "patients"):
        return "complains of"
    return "care of"


def _say_backed(match: re.Match[str], context: Context) -> str | None:
    """Read what leads to the other side of a record: "Help!" b/w "I'm Down"."""
    return "backed with"


def _say_rank(match: re.Match[str], context: Context) -> str | None:
    """Read a rank that is tied to its number: the No.-2-ranked player."""
    return "number "


def _say_et_cetera(match: re.Match[str], context: Context) -> str | None:
    """Read what old letters have for "etc."."""
    return f"et cetera{sentence_stop(match)}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "abbreviation.et-cetera",
        r"&c(?:(?P<stop>\.)|(?!\w))",
        _say_et_cetera,
        "&",
        example="rope, &c., for sale -> rope, et cetera, for sale",
    ),
    make_rule(
        "abbreviation.backed",
        r"[bB]/[wW](?=\s[\"“‘'])",
        _say_backed,
        ("b", "B"),
        example="“Help!” b/w “I’m Down” -> Help! backed with I’m Down",
    ),
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
        rf"ca?\.?\s?(?=(?<=\.\s)(?:{_ANY_MONTH}) [12]\d{{3}}\b"
        r"|(?:1\d|20)\d\d(?!\d)|\d{3}(?:BC|AD|[-–])|[£$€]\d|\d[\d.]*%|\d{1,3},\d{3})",
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
    make_rule("abbreviation.rank", r"No\.-(?=\d)", _say_rank, ("No",), example="the No.-2 seed -> the number two seed"),
    make_rule("abbreviation.care-of", r"c/o(?!\w)", _say_care_of, ("c",), example="c/o -> care of"),
    make_rule(
        "abbreviation.with",
        rf"w/(?P<inner>{one_of('abbreviations', 'joined-to-with')}\b)?(?=\s?[\w.$£€])(?![odwvcefm]\b)",
        _say_with,
        ("w",),
        example="w/ the -> with the",
    ),
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
        r"(?P<short>[A-Za-z]{1,6})(?P<stop>\.(?![^\W\d]))?"
        r"(?:(?<=\.)(?=\d)|(?!\w))(?:(?<=\.)|(?![’'](?!s\b)|-[A-Za-z]))(?!\.\w)",
        _say_short,
        (*_SHORTENED, *_OPENING),
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
