"""An editor's own entries: how a written form is spoken, whatever the rules think (layer 1, pure)."""

from __future__ import annotations

from audiobuild.normalisation.context import Context, Entry

NEAR_CHARS = 60
"""How far from an entry the word may stand that it asks for."""


def spoken_entry(text: str, start: int, context: Context) -> tuple[int, str] | None:
    """Return the end and the spoken form of the entry that holds at this place, if one does."""
    for entry in context.entries.get(text[start], ()):
        end = start + len(entry.written)
        found = text[start:end]
        if found != entry.written and not _is_same(found, entry):
            continue
        if _is_inside_word(text, start, end):
            continue
        if entry.near and entry.near not in text[max(0, start - NEAR_CHARS) : end + NEAR_CHARS]:
            continue
        return end, entry.spoken
    return None


def _is_same(found: str, entry: Entry) -> bool:
    """Say whether two forms differ in nothing but their apostrophes or, where the entry allows it, capitals."""
    found, written = found.replace("’", "'"), entry.written.replace("’", "'")
    return found == written or (entry.any_case and found.casefold() == written.casefold())


def _is_inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (text[start].isalnum() and before.isalnum()) or (text[end - 1].isalnum() and after.isalnum())
