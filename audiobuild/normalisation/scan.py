"""A pass over the written text: at each place the first rule that will speak it does (layer 1, pure).

A place is a word, a run of digits or a symbol. The earliest match wins; at the same place, the order of the
inventory. Within a pass what a rule has said is never looked at again. Further passes read what the last one said,
until nothing changes: a word that stood against a symbol may be a form of its own once the symbol has become words.
So spoken text is spoken as it stands, whatever was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from audiobuild.model.values import Replacement, Spoken
from audiobuild.normalisation.clean import Edit, plain_text
from audiobuild.normalisation.composition import Piece, composed, with_pieces
from audiobuild.normalisation.context import Context
from audiobuild.normalisation.lexicon import spoken_entry
from audiobuild.normalisation.places import Inventory, load_inventory

HIDDEN = "ɷ"
"""A small letter that no language writes today, and no rule knows: it stands for what no rule may change."""
LEXICON = "lexicon"
"""The name under which an editor's own entries stand among the rules."""
_MOST_PASSES = 8
"""Two settle all but texts made of debris; none is known that needs more than four."""


def verbalise(text: str, context: Context | None = None) -> Spoken:
    """Turn written text into what an announcer would say.

    >>> verbalise("All 6m of them").text
    'All six million of them'
    """
    context = context or Context()
    pieces = _pieces(text, context)
    if not pieces:
        return Spoken(text, text, ())
    spoken = with_pieces(text, pieces)
    later = context.without_lexicon if context.lexicon else context
    for _ in range(_MOST_PASSES):
        again = _pieces_again(pieces, spoken, text, later)
        settled = with_pieces(spoken, again)
        if settled == spoken:
            break
        pieces, spoken = composed(pieces, spoken, again), settled
    return Spoken(
        spoken, text, tuple(Replacement(start, end, text[start:end], said, rule) for start, end, said, rule in pieces)
    )


def _pieces(text: str, context: Context) -> list[Piece]:
    """Find every replacement of the text, in one pass."""
    plain, edits = plain_text(text) if context.language.load_rules else (text, ())
    pieces = _scan(plain, context)
    return _in_written_offsets(plain, pieces, edits) if edits else pieces


def _pieces_again(pieces: list[Piece], spoken: str, text: str, context: Context) -> list[Piece]:
    """Find the replacements of what has been said; the editor's own words are hidden, for no rule may change them."""
    if all(rule != LEXICON for *_, rule in pieces):
        return _pieces(spoken, context)
    hidden = with_pieces(
        text, ((start, end, hide(said) if rule == LEXICON else said, rule) for start, end, said, rule in pieces)
    )
    return [piece for piece in _pieces(hidden, context) if HIDDEN not in hidden[piece[0] : piece[1]]]


def hide(text: str) -> str:
    """Return letters that no rule knows, as many as the text has characters."""
    return HIDDEN * len(text)


def _scan(text: str, context: Context) -> list[Piece]:
    """Find every replacement of the plain text, in order."""
    inventory = load_inventory(context.language)
    defined = context.short_forms
    finditer = inventory.places(context).finditer
    pieces: list[Piece] = []
    done = 0
    resume = True
    while resume:
        resume = False
        for place in finditer(text, done):
            if place.lastindex:
                continue
            found = _speak(text, place, context, inventory, defined)
            if found is None:
                continue
            end, spoken, rule = found
            start = place.start()
            if text[start:end] != spoken or rule == LEXICON:
                pieces.append(_fitted(text, (start, end, spoken, rule), pieces))
            done = end
            if end != place.end():
                resume = True
                break
    return pieces


def _speak(
    text: str, place: re.Match[str], context: Context, inventory: Inventory, defined: Mapping[str, str]
) -> tuple[int, str, str] | None:
    """Return the end, the spoken form and the rule of the first rule that speaks at this place."""
    start = place.start()
    if context.lexicon:
        entry = spoken_entry(text, start, context)
        if entry is not None:
            return entry[0], entry[1], LEXICON
    for match_at, say, name in inventory.candidates(text, place, defined):
        match = match_at(text, start)
        if match is not None and match.end() > start:
            spoken = say(match, context)
            if spoken is not None:
                return match.end(), spoken, name
    return None


def _fitted(text: str, piece: Piece, pieces: list[Piece]) -> Piece:
    """Part the spoken words from their neighbours by a space, and take away the space that a silent form leaves."""
    start, end, spoken, rule = piece
    floor = pieces[-1][1] if pieces else 0
    is_adjacent = bool(pieces) and start == floor
    last = text[start - 1 : start]
    if is_adjacent:
        last = pieces[-1][2][-1:] or text[pieces[-1][0] - 1 : pieces[-1][0]]
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
