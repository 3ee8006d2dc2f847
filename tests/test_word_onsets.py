"""Words are heard in the finished file when the transcript says so, by ffmpeg and arithmetic."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from audiobuild.build import Options, build
from audiobuild.publish.texts.transcript import phrases_of
from audiobuild.terminal import Terminal
from audiobuild.word_times import TimedWord, words_of
from tests.listening import envelope_dbfs, samples

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
RATE_HZ = 16000
QUIET_DBFS = -50.0
LEAST_QUIET_MS = 15

_PAUSE = re.compile("(?:[a-z0-9][\"'”’)]*[.,;:?!][\"'”’)]*)$")
_VOICELESS_STOP = re.compile(r"(?:p(?!h)|t(?!h)|k(?!n)|c(?![heiy])|qu)", re.IGNORECASE)
_ENDS_OPEN = re.compile(
    r"(?:the|a|to|by|he|she|we|they|be|who|you|so|no|my|do|now|how|two|three|or|for|are|any|many|may|say)",
    re.IGNORECASE,
)


class Listened(NamedTuple):
    """The sample edition as espeak speaks it, and where it is quiet."""

    words: tuple[TimedWord, ...]
    quiet: NDArray[np.bool_]
    """One for each millisecond of the file."""

    onsets_ms: NDArray[np.intp]
    """Where sound sets in after quiet."""

    def off_ms(self, time_ms: float) -> float:
        """How far the nearest onset is."""
        return float(np.min(np.abs(self.onsets_ms - time_ms)))


@pytest.fixture(scope="module")
def listened(tmp_path_factory: pytest.TempPathFactory, kept_store: Path) -> Listened:
    folder = tmp_path_factory.mktemp("onsets")
    options = Options(sources=(SEEDS,), output=folder, store=kept_store, engine="espeak")
    episode = build(options, Terminal(quiet=True)).episode
    levels = envelope_dbfs(samples(episode.path, RATE_HZ), RATE_HZ // 1000)
    quiet = levels < QUIET_DBFS
    edges = np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return Listened(words_of(episode.timeline), quiet, ends[ends - starts >= LEAST_QUIET_MS])


def words_after_quiet(words: tuple[TimedWord, ...]) -> list[TimedWord]:
    """Words that begin with sound after quiet: those behind a pause, and p, t and k behind an open vowel."""
    found = []
    for place, word in enumerate(words):
        before = words[place - 1].text if place else ""
        stop = _VOICELESS_STOP.match(word.text) and _ENDS_OPEN.fullmatch(before) and not word.text.isupper()
        if word.paragraph_start or _PAUSE.search(before) or stop:
            found.append(word)
    return found


def test_words_set_in_where_their_sound_does(listened: Listened) -> None:
    """By the median within 40 ms, the worst of five hundred and more within 150."""
    words = words_after_quiet(listened.words)
    off_ms = [listened.off_ms(word.start_ms) for word in words]
    print(f"{len(off_ms)} words: median {np.median(off_ms):.0f} ms, worst {max(off_ms):.0f} ms")  # shown by pytest -rP
    assert len(off_ms) >= 500
    assert np.median(off_ms) < 40
    assert max(off_ms) < 150


def test_times_that_were_late_would_be_found_out(listened: Listened) -> None:
    words = words_after_quiet(listened.words)
    off_ms = [listened.off_ms(word.start_ms + 80) for word in words]
    assert np.median(off_ms) >= 40


def test_phrase_is_shown_until_its_sound_ends_and_little_longer(listened: Listened) -> None:
    for phrase in phrases_of(listened.words):
        sounding = np.flatnonzero(~listened.quiet[phrase.start_ms : phrase.end_ms])
        assert len(sounding)
        assert phrase.end_ms - phrase.start_ms - sounding[-1] <= 320
