"""Words are heard in the finished file when the transcript says so, by ffmpeg and arithmetic."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from audiobuild.build import Options, build
from audiobuild.cli.terminal import Terminal
from audiobuild.publish.texts.phrases import phrases_of
from audiobuild.timeline.word_times import TimedWord, words_of
from tests.listening import envelope_dbfs, samples
from tests.material import shared

RATE_HZ = 16000
QUIET_DBFS = -50.0
LEAST_QUIET_MS = 15

_PAUSE = re.compile("(?:[a-z0-9][\"'”’)]*[.,;:?!][\"'”’)]*)$")
_VOICELESS_STOP = re.compile(r"(?:p(?!h)|t(?!h)|k(?!n)|c(?![heiy])|qu)", re.IGNORECASE)
_ENDS_OPEN = re.compile(
    r"(?:the|a|to|by|he|she|we|they|be|who|you|so|no|my|do|now|how|two|three|or|for|are|any|many|may|say)",
    re.IGNORECASE,
)


class Aim(NamedTuple):
    """How near to its sound a word has to be."""

    median_ms: float
    worst_ms: float
    stops: bool
    """Whether a p, t or k within a phrase has quiet before it: a natural voice runs into it."""
    least: int
    """How many words are to be judged."""
    lingers_ms: int
    """How much longer than its sound a phrase is shown at most: no engine tells when a word ends."""
    run_on: float = 0.0
    """The share of words behind a comma that are spoken without a pause, and so have no onset of their own."""


AIMS = {
    "espeak": Aim(25, 80, stops=True, least=100, lingers_ms=320),
    "hibari": Aim(25, 120, stops=False, least=150, lingers_ms=600, run_on=0.01),
}
"""By engine."""

RUN_ON_MS = 250
"""A word whose nearest onset is farther away than this has none."""


class Listened(NamedTuple):
    """The beginning of the sample in the default voice, or the user's document in another, and where it is quiet."""

    aim: Aim

    words: tuple[TimedWord, ...]
    quiet: NDArray[np.bool_]
    """One for each millisecond of the file."""

    onsets_ms: NDArray[np.intp]
    """Where sound sets in after quiet."""

    def off_ms(self, time_ms: float) -> float:
        """How far the nearest onset is."""
        return float(np.min(np.abs(self.onsets_ms - time_ms)))


@pytest.fixture(scope="module", params=sorted(AIMS))
def listened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, kept_store: Path) -> Listened:
    folder = tmp_path_factory.mktemp("onsets")
    source = shared("seeds")
    if request.param == "hibari":
        source = request.getfixturevalue("sample").place / "seeds"  # all of which has been spoken
    options = Options(sources=(source,), output=folder, store=kept_store, engine=request.param)
    episode = build(options, Terminal(quiet=True)).episode
    levels = envelope_dbfs(samples(episode.path, RATE_HZ), RATE_HZ // 1000)
    quiet = levels < QUIET_DBFS
    edges = np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return Listened(AIMS[request.param], words_of(episode.timeline), quiet, ends[ends - starts >= LEAST_QUIET_MS])


def off_after_quiet_ms(listened: Listened, late_ms: int = 0) -> list[float]:
    """How far words are from their sound that begin after quiet: behind a pause, or p, t and k behind an open vowel."""
    found = []
    for place, word in enumerate(listened.words):
        before = listened.words[place - 1].text if place else ""
        stop = _VOICELESS_STOP.match(word.text) and _ENDS_OPEN.fullmatch(before) and not word.text.isupper()
        if word.paragraph_start or _PAUSE.search(before) or (stop and listened.aim.stops):
            found.append(listened.off_ms(word.start_ms + late_ms))
    return found


def test_words_set_in_where_their_sound_does(listened: Listened) -> None:
    """By the median, and by the worst."""
    every_ms = off_after_quiet_ms(listened)
    off_ms = [each for each in every_ms if not listened.aim.run_on or each <= RUN_ON_MS]
    assert len(off_ms) >= (1 - listened.aim.run_on) * len(every_ms)
    print(f"{len(off_ms)} words: median {np.median(off_ms):.0f} ms, worst {max(off_ms):.0f} ms")  # shown by pytest -rP
    assert len(off_ms) >= listened.aim.least
    assert np.median(off_ms) <= listened.aim.median_ms
    assert max(off_ms) <= listened.aim.worst_ms


def test_times_that_were_late_would_be_found_out(listened: Listened) -> None:
    assert np.median(off_after_quiet_ms(listened, late_ms=80)) > listened.aim.median_ms


def test_phrase_is_shown_until_its_sound_ends_and_little_longer(listened: Listened) -> None:
    for phrase in phrases_of(listened.words):
        sounding = np.flatnonzero(~listened.quiet[phrase.start_ms : phrase.end_ms])
        assert len(sounding)
        assert phrase.end_ms - phrase.start_ms - sounding[-1] <= listened.aim.lingers_ms
