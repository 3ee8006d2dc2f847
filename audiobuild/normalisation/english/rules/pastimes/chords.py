"""Chords and metres: F#7 -> F sharp seven, Am -> A minor (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import AND_OR_TO
from audiobuild.normalisation.rule import (
    CAPITALS,
    DIGIT,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
)

_MINOR = frozenset(f"{note}m" for note in "ABCDEFG")
"""Chords that are written as words are."""


def _say_chord(match: re.Match[str], context: Context) -> str | None:
    """Read a chord near a word of music."""
    if not match["sharp"]:
        about = f"{text_before(match)} {text_after(match)}"
        is_verb = word_before(match) == "I" or text_after(match).startswith(" I ")
        if is_verb or not words_pattern(r"\bWORDS\b", "chords", "music").search(about):
            return None
    said = match["note"]
    said += " sharp" if match["sharp"] else ""
    said += " minor" if match["minor"] else ""
    return f"{said} {words.cardinal(match['number'])}" if match["number"] else said


def _say_metre(match: re.Match[str], context: Context) -> str | None:
    """Read the metre of a piece before another one: in 3/4 and 6/8 time; or behind "in", of a dance: waltzes in 3/4."""
    about = f"{text_before(match)} {text_after(match)}"
    danced = word_before(match) == "in" and word_after(match) != "of"
    if not match["others"] and not (danced and words_pattern(r"(?i)\bWORDS\b", "chords", "dances").search(about)):
        return None
    return f"{words.cardinal(match['beats'])} {words.cardinal(match['value'])}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "music.metre",
        r"(?P<beats>\d{1,2})/(?P<value>[248]|16)(?![\d/])"
        rf"(?=(?P<others>(?:(?:,| {AND_OR_TO}) \d{{1,2}}/(?:[248]|16)){{1,3}} {one_of('chords', 'metres')}\b)?)",
        _say_metre,
        (DIGIT,),
        behind="/",
        example="in 3/4 and 6/8 time -> in three four and six eight time",
    ),
    make_rule(
        "chord.minor",
        r"(?P<note>[A-G])(?P<sharp>)(?P<minor>m)(?P<number>[79])?(?![\w’'])",
        _say_chord,
        _MINOR,
        example="the chords Am and Dm7 -> the chords A minor and D minor seven",
    ),
    make_rule(
        "chord.flat",
        rf"(?P<note>[A-G])b(?=[ -]{one_of('chords', 'behind-flats')}\b)",
        lambda match, context: f"{match['note']} flat",
        {f"{note}b" for note in "ABCDEFG"},
        example="in Bb major -> in B flat major",
    ),
    make_rule(
        "chord.sharp",
        r"(?P<note>[A-G])(?P<sharp>#)(?P<minor>m(?!aj))?(?P<number>[79])?(?<=[m79])(?![\w’'])",
        _say_chord,
        (CAPITALS,),
        behind="#",
        example="F#m7 -> F sharp minor seven",
    ),
)
