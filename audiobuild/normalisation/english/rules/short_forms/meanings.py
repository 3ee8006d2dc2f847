"""Short forms whose meaning the words about them show: hon. sec., ct. of appeals, op. cit. (layer 1, pure).

Which neighbours show what is data: `data/meanings.tsv`.
"""

from __future__ import annotations

import re
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


@cache
def _meanings() -> dict[str, list[tuple[str, bool, Wanted, Wanted, Wanted]]]:
    """Return, for each short form, its meanings: what is said, whether a stop is needed, what must stand about it."""
    meanings: dict[str, list[tuple[str, bool, Wanted, Wanted, Wanted]]] = {}
    for short, spoken, before, behind, near in load_rows("meanings"):
        about = wanted(before), wanted(behind), wanted(near)
        meanings.setdefault(short.rstrip("."), []).append((spoken, short.endswith("."), *about))
    return meanings


_OPENS_ANOTHER = LatePattern(r" [A-Z][a-z]")
_ANYTHING = frozenset({Wanted(frozenset(), frozenset())})


def _words_near(match: re.Match[str]) -> set[str]:
    return set(re.findall("[a-z]+", f"{text_before(match)} {text_after(match)}".lower()))


def _say_meaning(match: re.Match[str], context: Context) -> str | None:
    """Say what the neighbours show; the stop is lost unless it ends the sentence too."""
    line, short = match.string, match["short"]
    meanings = [each for each in _meanings().get(short.lower(), ()) if match["stop"] or not each[1]]
    before = words_before(line, match.start()) if meanings else set()
    meanings = [each for each in meanings if each[2].holds(before)]
    behind = words_behind(line, match.end()) if meanings else set()
    if match["stop"] and short in load_use("meanings", "clippings") and _OPENS_ANOTHER.match(line, match.end()):
        behind = {".", "~"}  # He works in tech. School bored him.
    for spoken, _, _, wanted_behind, wanted_near in meanings:
        if wanted_behind.holds(behind) and (wanted_near in _ANYTHING or wanted_near.holds(_words_near(match))):
            said = spoken[0].upper() + spoken[1:] if short[0].isupper() and opens_sentence(match) else spoken
            return said + ("" if _goes_on(match, wanted_behind, spoken) else sentence_stop(match))
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
