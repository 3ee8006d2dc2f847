"""What `check` tells: what to look at, or rows of a lexicon that would settle it (layer 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from audiobuild.inspection.preflight import GUESSED
from audiobuild.model.values import Doubt
from audiobuild.normalisation import Entry
from audiobuild.normalisation.lexicon_formats import render_lexicon

_HEAD = ("count", "written", "spoken", "what", "where")


def doubt_lines(doubts: Sequence[Doubt]) -> Iterator[str]:
    """Write a table with its headings, and how many rows there are of each kind."""
    if not doubts:
        yield "there is nothing to look at"
        return
    yield "\t".join(_HEAD)
    for doubt in doubts:
        yield f"{doubt.count}\t{doubt.written}\t{doubt.spoken}\t{doubt.kind}\t{doubt.place}"
    kinds = Counter(doubt.kind for doubt in doubts)
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    yield f"{len(doubts)} to look at: {counted}"


def lexicon_lines(doubts: Sequence[Doubt]) -> Iterator[str]:
    """Write rows for lexicon.tsv, each behind a remark that says what is in doubt; they say what is said now."""
    for doubt in doubts:
        if doubt.spoken:
            times = "time" if doubt.count == 1 else "times"
            yield f"# {doubt.kind}, {doubt.count} {times}, first at {doubt.place}"
            yield render_lexicon([_entry(doubt)]).removesuffix("\n")


def _entry(doubt: Doubt) -> Entry:
    if doubt.kind == GUESSED:
        return Entry(doubt.written, doubt.written, doubt.spoken.strip("/"))
    return Entry(doubt.written, doubt.spoken)
