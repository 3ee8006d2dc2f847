"""Whole episodes as an engineer would check them, by tools that did not make them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from audiobuild.audio.codec import decode, resample
from audiobuild.build import Options, build
from audiobuild.cli.terminal import Terminal
from audiobuild.engines.registry import engine_places, open_engine
from audiobuild.model.values import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Cue, Role, Segment, Sting, Voice
from audiobuild.publish.episodes.episode import Episode
from audiobuild.store.artefacts import Store
from audiobuild.takes.render import calibrate, render
from audiobuild.takes.stored_takes import read_sound
from tests import quiet_voice
from tests.jobs import LOSSLESS, job, segment
from tests.listening import Heard, gaps_s, listen, onset_s, samples
from tests.material import shared
from tests.sample_edition import write_beginning, write_openings

COARSE_HZ = 8000
"""Enough to see where sound is; a file of hours decoded at this rate is some hundred megabytes."""
LONG_GAP_S, SHORT_GAP_S = 2.5, 0.1


class Built(NamedTuple):
    """An episode and what ffmpeg hears in it."""

    episode: Episode
    heard: Heard
    coarse: NDArray[np.int16]


def source_of(name: str, folder: Path) -> Path:
    if name == "document":
        return shared("seeds")
    return write_beginning(folder) if name == "sample" else write_openings(folder)


@pytest.fixture(scope="module", params=["document-hibari", "sample-hibari", "openings-quiet"])
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, kept_store: Path
) -> Iterator[Built]:
    name, engine = request.param.split("-")
    if name == "sample":
        request.getfixturevalue("sample")  # by which all has been spoken
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "issue").mkdir()
    source = source_of(name, folder / "issue")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder / "engines"))
        quiet_voice.install(folder / "engines")
        engine_places.cache_clear()
        options = Options(sources=(source,), output=folder, store=kept_store, engine=engine)
        episode = build(options, Terminal(quiet=True)).episode
    engine_places.cache_clear()
    yield Built(episode, *listen(episode.path, COARSE_HZ))
    episode.path.unlink()


def seconds(frames: int) -> float:
    return frames * SAMPLES_PER_FRAME / SAMPLE_RATE_HZ


def paragraphs(episode: Episode) -> list[Cue]:
    return [cue for cue in episode.timeline.cues if isinstance(cue.item, Segment) and cue.item.role is Role.PARAGRAPH]


# --- level ------------------------------------------------------------------------------------------


def test_the_loudness_is_the_target_and_what_is_told(built: Built) -> None:
    assert built.heard.integrated_lufs == pytest.approx(-16, abs=0.5)
    assert built.episode.measured.loudness_lufs == pytest.approx(built.heard.integrated_lufs, abs=0.15)


def test_the_true_peak_stays_under_the_ceiling(built: Built) -> None:
    assert built.heard.peak_dbtp <= -1
    assert built.episode.measured.peak_dbtp == pytest.approx(built.heard.peak_dbtp, abs=0.3)


def test_no_minute_is_much_louder_than_another(built: Built) -> None:
    minutes = built.heard.minutes()
    assert max(minutes) - min(minutes) <= 3


def test_stings_are_as_loud_as_the_speech(built: Built) -> None:
    stings = [cue for cue in built.episode.timeline.cues if isinstance(cue.item, Sting)]
    assert len(stings) >= 2
    for cue in stings:
        end = cue.end_frame - cue.item.pause_frames
        loudness = built.heard.loudness(seconds(cue.start_frame), seconds(end))
        assert loudness == pytest.approx(built.heard.integrated_lufs, abs=2)


# --- pauses and joints ------------------------------------------------------------------------------


def test_no_silence_is_long_enough_to_be_taken_for_the_end(built: Built) -> None:
    assert max(length for _, length in gaps_s(built.coarse, COARSE_HZ)) <= LONG_GAP_S


def test_between_paragraphs_there_is_a_pause(built: Built) -> None:
    """A silence ends where each paragraph begins."""
    gaps = gaps_s(built.coarse, COARSE_HZ)
    ends = np.array([start + length for start, length in gaps])
    for cue in paragraphs(built.episode):
        nearest = int(np.argmin(np.abs(ends - seconds(cue.start_frame))))
        assert ends[nearest] == pytest.approx(seconds(cue.start_frame), abs=0.06)
        assert gaps[nearest][1] >= SHORT_GAP_S


def test_a_chapter_starts_with_its_sound(built: Built) -> None:
    starts = [seconds(chapter.start_frame) for chapter in built.episode.timeline.chapters]
    late = [onset_s(built.coarse, COARSE_HZ, start) - start for start in starts]
    assert max(map(abs, late)) <= 0.03


def test_no_joint_clicks(built: Built) -> None:
    """Around each joint of takes two samples never differ by a twentieth of full scale."""
    pcm = samples(built.episode.path, SAMPLE_RATE_HZ)
    for cue in built.episode.timeline.cues:
        place = cue.end_frame * SAMPLES_PER_FRAME
        around = pcm[place - SAMPLES_PER_FRAME : place + SAMPLE_RATE_HZ // 100].astype(np.int32)
        assert np.abs(np.diff(around)).max(initial=0) <= 0.05 * 32768


# --- edges ------------------------------------------------------------------------------------------


def span_s(wave: NDArray[np.float32], rate_hz: int, below_db: float) -> tuple[float, float]:
    """Where sound starts and ends that is so far below the loudest 2 ms, in seconds."""
    window = rate_hz // 500
    whole = len(wave) // window * window
    power = np.square(wave[:whole].astype(np.float64)).reshape(-1, window).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * 10 ** (below_db / 10))
    return float(loud[0]) * window / rate_hz, float(loud[-1] + 1) * window / rate_hz


def test_nothing_of_a_word_is_cut(tmp_path: Path) -> None:
    """Fifty segments have all the sound that the engine gave, and their words stand where it is."""
    words = "thrift fifth puff hush thatch sixth shelf wreath zest whisk mouth loaf ship fish heath scythe".split()
    texts = [f"{first.title()} and {second}." for first in words for second in words[:7]][:100:2]
    voice = Voice("espeak")
    engine = open_engine(voice, "en-GB")
    calibrate(job(segment(texts[0], voice), tmp_path, encoding=LOSSLESS))
    for text in texts:
        take = render(job(segment(text, voice), tmp_path, text, LOSSLESS))
        kept = decode(read_sound(Store(tmp_path), take.key) or b"", text)
        given = resample(engine.synthesise(text).clip, SAMPLE_RATE_HZ)
        start, end = span_s(kept.samples, kept.rate_hz, -48)
        own_start, own_end = span_s(given.samples, given.rate_hz, -48)
        assert end - start == pytest.approx(own_end - own_start, abs=0.006)
        assert take.words[0].start_ms / 1000 == pytest.approx(start, abs=0.06)
        assert start < take.words[-1].start_ms / 1000 < end
