"""Punctuation: dashes become pauses, quotation marks go, hyphens join or part (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.forms import no_quotation_open
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import Rule, make_rule, text_after, text_before, word_before

_ELISIONS = LatePattern(rf"[’‘'](?:n[’']?|{one_of('punctuation', 'elisions')})(?![\w])", re.IGNORECASE)
_QUOTED_CHARS = 200
"""How far back the mark that opens a quotation is looked for."""
_KEPT_PREFIX = load_use("punctuation", "kept-prefixes")


def _pause(match: re.Match[str], context: Context) -> str | None:
    """Turn a dash or an ellipsis into a comma; behind other punctuation, or at an edge, into nothing."""
    spaced, after = text_before(match).rstrip("\"“”‘’'"), text_after(match)
    before = spaced.rstrip(" \"“”‘’'")
    if not before or before[-1] in ",;:.?!(":
        return "" if not after or spaced.endswith(" ") or after[0] in " \n,.;:?!)" or not before else " "
    if not after.strip():
        return "." if "." in match.group() or "…" in match.group() else ""
    if after[0] in ",;:?!)":
        return ""
    if after[0] in "”’\"'" and after[1:2] in {"", " ", "\n"}:
        return "." if _is_broken_off(after) else ","
    return ", "


_MONTH = rf"(?:{alternatives(load_map('months'))})"
_LATER = rf"{one_of('punctuation', 'now')}\b|\d{{1,2}} {_MONTH}\.? [12]\d{{3}}|{_MONTH}\.? \d{{1,2}}, [12]\d{{3}}"
_MONTH_AND_YEAR = LatePattern(rf"{_MONTH}\.? [12]\d{{3}}\b")
_MONTH_BEFORE = LatePattern(rf"\b{_MONTH}\.? [12]\d{{3}} $")


def _say_till(match: re.Match[str], context: Context) -> str | None:
    """Read the dash from a year or a date to another date, or to the present."""
    if _MONTH_AND_YEAR.match(text_after(match)) and not _MONTH_BEFORE.search(text_before(match)):
        return None
    head = "" if text_before(match).endswith(" ") else " "
    return f"{head}to {'the ' if text_after(match).startswith('present') else ''}"


def _is_broken_off(after: str) -> bool:
    """Whether a sentence begins behind words that somebody was not let finish: “I shall—” He took two steps."""
    follows = re.match(r"\W{1,3}([A-Z][a-z’']*)", after)
    return follows is not None and follows[1].lower() in load_use("punctuation", "beginners")


def _drop(match: re.Match[str], context: Context) -> str | None:
    """Leave the mark out; capitals on both sides of it, and whatever a bar parts, stay apart."""
    text, start, end = match.string, match.start(), match.end()
    parts = start > 0 and text[start - 1].isupper() and text[end : end + 1].isupper()
    if re.search(r"\d\D", match.group()[1:-1]) and word_before(match).lower() in load_use("punctuation", "before-sets"):
        return None
    scored = re.fullmatch(r"\[(\d+)[-–](\d+)\]", match.group())
    if scored and int(scored[1]) > int(scored[2]):
        return None  # no notes are numbered backwards: the sets were 6–3, 4–6, [10–7]
    parts = parts or (
        match.group() == "|" and text[max(0, start - 1) : start].strip() != "" and text[end : end + 1].isalnum()
    )
    return " " if parts else ""


def _say_double_quote(match: re.Match[str], context: Context) -> str | None:
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    return " " if before.isalnum() and after.isalnum() else ""


def _say_single_quote(match: re.Match[str], context: Context) -> str | None:
    """Tell a quotation mark from an apostrophe: the one goes, the other stays."""
    text, start = match.string, match.start()
    mark = match.group()
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    if before.isalnum() and (after.isalnum() or after == "-"):
        return "’" if mark == "‘" else mark
    if before == "." and re.match(r"['’]s(?!\w)", text[start : start + 3]):
        return mark
    if re.search(r"(?:^|\s)['’‘]n$", text_before(match, 4)) and after == " ":
        return mark
    if re.match(r"['’‘]n['’](?=\s)", text[start : start + 4]):
        return "’" if mark == "‘" else mark
    if _ELISIONS.match(text, start) and not _closes_later(text, start):
        return "’" if mark == "‘" else mark
    if before.isalnum() and _is_possessive(text, start, mark):
        return mark
    return ""


def _closes_later(text: str, start: int) -> bool:
    """Say whether a quotation that would open here is closed before the line ends."""
    window = text[start + 1 : start + 200].split("\n", 1)[0]
    return bool(re.search(r"[\w.,!?][’'](?!\w)", window)) and text[start] != "’"


def _is_possessive(text: str, start: int, mark: str) -> bool:
    """Say whether a mark behind a letter is an apostrophe: no quotation is open, or a plural's possessive."""
    window = text[max(0, start - 300) : start]
    window = window[window.rfind("\n") + 1 :]
    if mark in "’‘":
        opened = window.rfind("‘")
        is_open = (
            opened >= 0 and not re.search(r"’(?!\w)", window[opened:]) and not window[opened + 1 : opened + 2].isdigit()
        )
    else:
        opens = len(re.findall(r"(?:^|[\s(“\"])'(?=\w)", window))
        closes = len(re.findall(r"[\w.,!?]'(?!\w)", window))
        is_open = opens > closes
    following = text[start + 1 : start + 2]
    if not is_open:
        return True
    if text[start - 1] in "sx" and following == " ":
        rest = text[start + 1 : start + 200].split("\n", 1)[0]
        return mark != "'" and bool(re.match(r"\s[a-z]", rest)) and bool(re.search(r"’(?!\w)", rest))
    return False


def _say_hyphen(match: re.Match[str], context: Context) -> str | None:
    """Join what a hyphen joins: covid-19 -> covid nineteen, but mid-1990s keeps its hyphen."""
    text, start = match.string, match.start()
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    if before == " " or before == "" or before == "\n":
        return "-" if after.isalpha() and before == " " else ""
    if after.isalnum() or after == "#":
        return "-"
    return "-" if before.isalnum() and after == " " else ""


def _say_attached(match: re.Match[str], context: Context) -> str | None:
    """Say a number that hangs on a word: covid-19 -> covid nineteen."""
    before = word_before_hyphen(match)
    if match["excited"]:
        return f" {words.paired(match['digits'])} M" if before.endswith("ium") else None
    if before.lower() in _KEPT_PREFIX or (
        len(match["digits"]) == 4 and match["digits"][:2] in {"18", "19", "20", "17"} and not match["plural"]
    ):
        return None
    said = words.paired(match["digits"]) if not match["decimals"] else words.number(match["digits"] + match["decimals"])
    if match["plural"]:
        said = words.plural(said)
    return f" {said}"


def word_before_hyphen(match: re.Match[str]) -> str:
    """Return the letters right before the match."""
    found = re.search(r"[^\W\d_]+$", text_before(match, 24))
    return found.group() if found else ""


def _say_to(match: re.Match[str], context: Context) -> str | None:
    return " to "


def _say_underscore(match: re.Match[str], context: Context) -> str | None:
    text, start, end = match.string, match.start(), match.end()
    return " " if text[start - 1 : start].isalnum() and text[end : end + 1].isalnum() else ""


def _say_prime(match: re.Match[str], context: Context) -> str | None:
    """Take a prime that measures nothing for the mark it was set for: a quotation mark, an apostrophe, f prime."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalpha() and after.isalpha():
        return "’" if match.group() == "′" else " "
    is_alone = before.isalpha() and not text[start - 2 : start - 1].isalnum()
    if is_alone:
        return f"{' double' if match.group() == '″' else ''} prime"
    so_far = text_before(match, _QUOTED_CHARS)
    is_open = so_far.count("“") > so_far.count("”") or not no_quotation_open(match)
    return None if before.isdigit() and not is_open else ""


_ATTACHED = r"""
    (?<=[^\W\d_])-(?P<digits>\d{1,5})(?P<decimals>\.\d{1,3})?(?P<plural>s?)
    (?P<excited>(?<=\d)m(?=\W|$))?  # the m of an isotope
    (?![\w%]|[,.]\d)
"""


RULES: tuple[Rule, ...] = (
    make_rule("punctuation.underscore", r"_+", _say_underscore, "_", example="last_name -> last name"),
    make_rule(
        "pause.till",
        rf"(?:(?<=[12]\d{{3}})|(?<=[12]\d{{3}} ))–\s?(?={_LATER})|(?<=['’]\d\d)–(?={_MONTH}\b)"
        rf"|(?<=[12]\d{{3}} )– (?={_MONTH}\.? [12]\d{{3}}\b)",
        _say_till,
        "–",
        example="reigned 1986–present -> reigned nineteen eighty-six to the present",
    ),
    make_rule("pause.dash", r"\s?(?:[—–―]\s?)+", _pause, "—–", example="aim—to -> aim, to"),
    make_rule("pause.ellipsis", r"…(?:\s?\.)*\s?|\.(?:\s?\.){2,}+\s?", _pause, "….", example="another… -> another."),
    make_rule("pause.spaced-hyphen", r"--+\s?|(?<=\s)-\s", _pause, "-", example="one - is -> one, is"),
    make_rule(
        "punctuation.to",
        r"(?:(?<=\d[AaPp][Mm])|(?<=\d [AaPp][Mm])|(?<=[AaPp]\.[Mm])|(?<=[Mm]\.))[-–](?=noon|midnight|\d)",
        _say_to,
        "-–",
        example="a.m.-noon -> a.m. to noon",
    ),
    make_rule(
        "quotation.double", r"[“”\"„«»]|``|''(?!\w)", _say_double_quote, "“”\"„«»`'", example="“Never!” -> Never!"
    ),
    make_rule(
        "quotation.prime", r"[′″]", _say_prime, "′″", example="“the best of 2014″ -> the best of twenty fourteen"
    ),
    make_rule("quotation.single", r"[‘’']", _say_single_quote, "‘’'", example="‘Never -> Never"),
    make_rule(
        "number.attached",
        _ATTACHED,
        _say_attached,
        "-",
        flags=re.VERBOSE,
        example="MiG-29 -> MiG twenty-nine",
    ),
    make_rule("punctuation.hyphen", r"-", _say_hyphen, "-", example="so it -, she said -> so it, she said"),
    make_rule(
        "punctuation.editorial-mark",
        rf"\[(?:{one_of('punctuation', 'of-notes')} )?\d{{1,3}}(?:(?:,\s?|[-–])\d{{1,3}}){{0,8}}\]"
        r"|[\[\]{}|`■□▪●•◆▶†‡※]|\^(?!\(?[-−]?\d)|(?<=\[)\^",
        _drop,
        "[]{}|^`■□▪●•◆▶†‡※",
        example="left ■ -> left",
    ),
)
