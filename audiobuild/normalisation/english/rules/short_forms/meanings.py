"""Short forms whose meaning the words about them show: hon. sec., ct. of appeals, op. cit. (layer 1, pure).

Which neighbours show what is data: `data/meanings.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_rows, load_use
from audiobuild.normalisation.english.lexis.neighbours import Wanted, wanted, words_before, words_behind
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.english.rules.short_forms.abbreviations import sentence_stop
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import Rule, make_rule, opens_sentence, text_after, text_before

_WRITTEN = frozenset(row[0] for row in load_rows("meanings"))
_FORMS = frozenset(form.rstrip(".") for form in _WRITTEN)
_ENDS = frozenset({".", "~"})
"""What stands behind where a clause ends."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What is said of a short form where the words about it agree."""

    spoken: str
    before: Wanted
    behind: Wanted
    near: Wanted


@cache
def _meanings() -> dict[tuple[str, bool], list[_Meaning]]:
    """Return the meanings of each short form, and those that it has with a stop."""
    meanings: dict[tuple[str, bool], list[_Meaning]] = {}
    for short, spoken, before, behind, near in load_rows("meanings"):
        meaning = _Meaning(spoken, wanted(before), wanted(behind), wanted(near))
        for stopped in (True,) if short.endswith(".") else (False, True):
            meanings.setdefault((short.rstrip("."), stopped), []).append(meaning)
    return meanings


_OPENS_ANOTHER = LatePattern(r" [A-Z][a-z]")
_ANYTHING = frozenset({Wanted(frozenset(), frozenset())})


def _words_near(match: re.Match[str]) -> set[str]:
    return set(re.findall("[a-z]+", f"{text_before(match)} {text_after(match)}".lower()))


def _say_meaning(match: re.Match[str], context: Context) -> str | None:
    """Say what the neighbours show; the stop is lost unless it ends the sentence too."""
    line, short = match.string, match["short"]
    meanings = _meanings().get((short.lower(), bool(match["stop"])), ())
    behind = words_behind(line, match.end()) if meanings else set()
    if match["stop"] and short in load_use("meanings", "clippings") and _OPENS_ANOTHER.match(line, match.end()):
        behind = {".", "~"}  # He works in tech. School bored him.
    before: set[str] | None = None
    for each in meanings:
        if not each.behind.holds(behind):
            continue
        before = words_before(line, match.start()) if before is None else before
        if each.before.holds(before) and (each.near in _ANYTHING or each.near.holds(_words_near(match))):
            spoken = each.spoken
            said = spoken[0].upper() + spoken[1:] if short[0].isupper() and opens_sentence(match) else spoken
            return said + ("" if _goes_on(match, each.behind, spoken) else sentence_stop(match))
    return None


def _goes_on(match: re.Match[str], behind: Wanted, spoken: str) -> bool:
    """Say whether no sentence ends with the stop: by what is wanted behind, or before what a title may belong to."""
    if text_before(match).rstrip().endswith(("(", ",", ";")):  # no sentence is one short form
        return text_after(match).strip() != ""
    if (behind.some and _ENDS.isdisjoint(behind.some)) or "." in behind.none:
        return True
    return spoken[0].isupper() and text_after(match).strip() != ""


def _start_of(form: str) -> str:
    """Return the word at which a short form is tried, with the stop that must stand behind it."""
    whole = form.rstrip(".")
    return whole if whole in _WRITTEN else form[: form.find(".") + 1] or form


_ODD = alternatives(each for form in _FORMS if not form.isalpha() for each in (form, form.capitalize()))
"""Forms that are more than letters: s.v., b4."""
_STARTS = frozenset(map(_start_of, _WRITTEN))

RULES: tuple[Rule, ...] = (
    make_rule(
        "abbreviation.meaning",
        rf"(?P<short>{_ODD}|[A-Za-z]+)(?P<stop>\.)?"
        r"(?!\w|\.\w|[’'](?!s\b)|-[^\W\d])",
        _say_meaning,
        {*_STARTS, *map(str.capitalize, _STARTS)} - {"A."},  # that would be any word in capitals
        example="Hon. Sec. of -> Honorary Secretary of",
    ),
)
