"""One scan of the written text: at each place the first rule that will speak it does (layer 1, pure).

A place is a word, a run of digits or a symbol. The earliest match wins; at the same place, the order of the
inventory. What a rule has said is never looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audiobuild.model.values import Replacement, Spoken
from audiobuild.normalisation.context import Context
from audiobuild.normalisation.language import Language, load_language
from audiobuild.normalisation.lexicon import spoken_entry
from audiobuild.normalisation.places import Inventory, load_inventory
from audiobuild.normalisation.plain_characters import Edit, in_plain_characters
from audiobuild.normalisation.repeats import Repeats, watch

LEXICON = "lexicon"
"""The name under which an editor's own entries stand among the rules."""

ONE_CASE = "case.line"
"""The name under which a word stands that lost its capitals with the whole line."""

Piece = tuple[int, int, str, str]
"""Start and end of a span, its spoken words, and the rule that said so."""


def verbalise(text: str, context: Context | None = None, language: Language | None = None) -> Spoken:
    """Turn written text into what an announcer would say.

    Args:
        language: one of the caller's own; None for that of the context's locale.

    >>> verbalise("All 6m of them").text
    'All six million of them'
    """
    context = context or Context()
    language = language or load_language(context.locale)
    plain, edits = in_plain_characters(text) if language.load_rules else (text, ())
    cased = language.restore_case(plain, context)
    pieces = _scan(cased, context, load_inventory(language))
    if cased != plain:
        pieces = _with_case(plain, cased, pieces)
    if edits:
        pieces = _in_written_offsets(plain, pieces, edits)
    return rebuilt(text, [Replacement(start, end, text[start:end], said, rule) for start, end, said, rule in pieces])


def rebuilt(text: str, replacements: Sequence[Replacement]) -> Spoken:
    """Return the text as spoken, given what is said in place of its spans, which stand in order and never overlap."""
    parts: list[str] = []
    done = 0
    for each in replacements:
        parts += (text[done : each.start], each.spoken)
        done = each.end
    return Spoken("".join([*parts, text[done:]]), text, tuple(replacements))


def _scan(text: str, context: Context, inventory: Inventory) -> list[Piece]:
    """Find every replacement of the plain text, in order."""
    find = inventory.places(context).finditer
    pieces: list[Piece] = []
    done = 0
    places = find(text)
    repeats = watch(text)
    while place := next(places, None):
        if place.lastindex:
            continue
        if repeats is None:
            piece = _speak_at(text, place, context, inventory)
        else:
            piece = _speak_once(place, context, inventory, repeats)
        if piece is None:
            continue
        start, end, spoken, rule = piece
        if text[start:end] != spoken or rule == LEXICON:
            before, behind = text[start - 1 : start], text[end : end + 1]
            if spoken:
                is_fitting = spoken[0].isalnum() and not (behind.isalnum() or before.isalnum())
                is_fitting = is_fitting and (start > done or not start)
            else:
                is_fitting = start > done and (behind.isalnum() or before not in " \n(")
            pieces.append(piece if is_fitting else _fitted(text, piece, pieces))
        done = end
        if end != place.end():
            places = find(text, done)
    return pieces


def _speak_at(text: str, place: re.Match[str], context: Context, inventory: Inventory) -> Piece | None:
    """Find what is said at a place: by the editor's entry, or else by the first rule that will; None for nothing."""
    start = place.start()
    entry = spoken_entry(text, start, context) if context.entries else None
    if entry is not None:
        return start, *entry, LEXICON
    for trial in inventory.candidates(text, place, context.short_forms):
        match = trial[0](text, start)
        if match is not None and match.end() > start:
            spoken = trial[1](match, context)
            if spoken is not None:
                return start, match.end(), spoken, trial[2]
    return None


def _speak_once(place: re.Match[str], context: Context, inventory: Inventory, repeats: Repeats) -> Piece | None:
    """Find what is said at a place, or was said at one like it."""
    start = place.start()
    last = repeats.last_like(start)
    if last is None:
        piece = _speak_at(repeats.text, place, context, inventory)
        repeats.keep(start, piece)
        return piece
    other, said = last
    return said and (start, said[1] + start - other, said[2], said[3])


def _fitted(text: str, piece: Piece, pieces: list[Piece]) -> Piece:
    """Part the spoken words from their neighbours by a space, and take away the space that a silent form leaves."""
    start, end, spoken, rule = piece
    floor = pieces[-1][1] if pieces else 0
    is_adjacent = bool(pieces) and start == floor
    last = _last_said(text, start, pieces)
    following = text[end : end + 1]
    if not spoken or spoken[0] in ",.;:?!":
        if not following or following in " \n,.;:?!)" or spoken or (following in "—–" and "(" in text[start:end]):
            while start > floor and text[start - 1] == " ":
                start -= 1
            if start == 0 or text[start - 1] == "\n" or (not spoken and last in "(" and following == " "):
                while text[end : end + 1] == " ":
                    end += 1
        if is_adjacent and not spoken and last == " " and text[end : end + 1] == " ":
            end += 1
        return start, end, spoken, rule
    if last.isalnum() and spoken[0].isalnum():
        spoken = f" {spoken}"
    if (following.isalpha() or following.isdecimal()) and spoken[-1].isalnum():
        spoken = f"{spoken} "
    return start, end, spoken, rule


_MOST_TOUCHING = 8
"""How many pieces that touch each other are looked through: any number of marks may stand together."""


def _last_said(text: str, start: int, pieces: list[Piece]) -> str:
    """Return the character that is said last before a place: of the text, or of the pieces that touch each other."""
    for first, end, spoken, _ in reversed(pieces[-_MOST_TOUCHING:]):
        if end != start:
            break
        if spoken:
            return spoken[-1]
        start = first
    return text[start - 1 : start]


def _with_case(plain: str, cased: str, pieces: list[Piece]) -> list[Piece]:
    """Add the words that were in capitals and are no longer, and letters that are now, where no rule has spoken."""
    merged: list[Piece] = []
    done = 0
    for piece in (*pieces, (len(plain), len(plain), "", "")):
        for word in _WORD.finditer(cased, done, piece[0]):
            start, end = word.span()
            if plain[start:end] != word.group() and (
                plain[start:end].isupper() or (end - start == 1 and word.group() != "I")
            ):
                merged.append((start, end, word.group(), ONE_CASE))
        start, end, spoken, rule = piece
        if spoken.endswith(".") and _GOES_ON.match(plain, end) and cased[end + 1].isupper():
            spoken = spoken[:-1]  # the capital behind the stop is not the writer's
        merged.append((start, end, spoken, rule))
        done = end
    return merged[:-1]


_GOES_ON = re.compile(" [a-z]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")


def _in_written_offsets(plain: str, pieces: list[Piece], edits: Sequence[Edit]) -> list[Piece]:
    """Carry the pieces over from the plain text to the written one, and add the edits that lie outside them."""
    merged: list[Piece] = []
    shift, at, last_end = 0, 0, 0

    def add_edit() -> None:
        nonlocal shift, at
        edit = edits[at]
        merged.append((edit.place, edit.place + edit.length, plain[edit.start : edit.end], _EDIT))
        shift += edit.length - (edit.end - edit.start)
        at += 1

    for start, end, spoken, rule in pieces:
        if start < last_end:
            continue
        while at < len(edits) and edits[at].end <= start:
            add_edit()
        if at < len(edits) and edits[at].start < start:
            spoken = plain[edits[at].start : start] + spoken
            start = edits[at].start
        first = start + shift
        while at < len(edits) and edits[at].start < end:
            edit = edits[at]
            if edit.end > end:
                spoken += plain[end : edit.end]
                end = edit.end
            shift += edit.length - (edit.end - edit.start)
            at += 1
        merged.append((first, end + shift, spoken, rule))
        last_end = end
    while at < len(edits):
        add_edit()
    return merged


_EDIT = "character"
"""The rule's name where a character became its plain form."""
