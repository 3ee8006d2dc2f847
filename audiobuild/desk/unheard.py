"""Words of a take that a recogniser did not hear, as doubts about what is written (layer 4)."""

from __future__ import annotations

from collections.abc import Iterator

from audiobuild.inspection.heard_takes import read_heard
from audiobuild.model.values import PlacedDoubt, Spoken
from audiobuild.script.known_sounds import place_in_written
from audiobuild.store.artefacts import Store

NOT_HEARD = "not heard"
"""What is in doubt of them."""


def place_unheard(spoken: Spoken, take_key: str, store: Store) -> Iterator[PlacedDoubt]:
    """Find the words that were not heard, or heard otherwise, where `check --listen` has listened to a take."""
    told = read_heard(store, take_key, spoken.text)
    for run in told.runs if told else ():
        start, end = _span(spoken, run.offset, run.offset + max(1, len(run.said)))
        yield PlacedDoubt(start, end, f"“{run.heard}” was heard" if run.heard else "nothing was heard", NOT_HEARD)


def _span(spoken: Spoken, start: int, end: int) -> tuple[int, int]:
    """Find the written words of a span of the spoken text; of what a rule says, all that it is said for."""
    first, last = (min(place_in_written(spoken, place), len(spoken.written) - 1) for place in (start, end - 1))
    whole = (change.end for change in spoken.replacements if change.start <= last < change.end)
    return first, next(whole, last + 1)
