"""Takes come out of the store as they went in; an episode is its takes laid end to end, or the last good one."""

from __future__ import annotations

from array import array
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import encode_take
from audiobuild.audio.frames import split_frames
from audiobuild.errors import OutputError
from audiobuild.model.speech_marks import WordTime, WordTimes
from audiobuild.model.values import Cue, Role, Segment, Spoken, Take, Timeline, Voice
from audiobuild.publish.episodes.episode import Form, parts_of
from audiobuild.publish.formats.sound_writing import write_episode
from audiobuild.publish.formats.tags import EpisodeTag, render_tag
from audiobuild.store.artefacts import Store, address
from audiobuild.takes.stored_takes import SoundGone, read_sound, read_take, write_take
from tests.signals import bursts, frames_for, heard, noise, tone, whole_file

KEY = address("tests", a="take")
NUMBER = st.floats(-120, 10, allow_nan=False)
WORD = st.builds(WordTime, st.integers(0, 10**7), st.integers(0, 10**5), st.integers(1, 50))
TAKES = st.builds(
    Take,
    st.just(KEY),
    st.integers(1, 10**6),
    st.lists(WORD, max_size=20).map(WordTimes),
    st.lists(st.integers(-10_000, 1000), max_size=20).map(lambda levels: array("h", levels)),
    NUMBER,
    NUMBER,
    st.just(0),
)


@given(TAKES, st.binary(max_size=200))
def test_a_take_comes_out_of_the_store_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, take: Take, frames: bytes
) -> None:
    store = Store(tmp_path_factory.getbasetemp() / "takes-in-and-out")
    take = replace(take, bytes=len(frames))
    write_take(store, take, frames)
    assert read_take(store, KEY) == take
    assert read_sound(store, KEY) == frames


def test_a_take_that_is_not_there_or_is_damaged_is_missing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert read_take(store, KEY) is None
    with pytest.raises(SoundGone):
        read_sound(store, KEY)
    for kind in ("tests", "sounds"):
        write_take(store, Take(KEY, 1, (), (), -3.0, -20.0, 6), b"frames")
        (entry,) = (path for path in (tmp_path / kind).rglob("*") if path.is_file())
        entry.write_bytes(entry.read_bytes()[:-1])
        assert read_take(store, KEY) is None


def test_sound_that_was_altered_is_never_served(tmp_path: Path) -> None:
    """Its size is right, so that it is only found out when it is read; then it is gone."""
    store = Store(tmp_path)
    write_take(store, Take(KEY, 1, (), (), -3.0, -20.0, 6), b"frames")
    (entry,) = (path for path in (tmp_path / "sounds").rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:-1] + b"z")
    assert read_take(store, KEY) is not None
    with pytest.raises(SoundGone):
        read_sound(store, KEY)
    assert read_take(store, KEY) is None


# --- the episode ------------------------------------------------------------------------------------

TAG = EpisodeTag("The reef", "A. Keeper", "The reef", "Podcast", "", ())
CLIPS: dict[str, Clip] = {"a": bursts(1.2, 60), "b": tone(30_000), "c": noise(20_000, 61)}


def stored(store: Store, name: str) -> Cue:
    """A take of that name's clip, in the store; where it stands in the episode does not matter here."""
    clip = CLIPS[name]
    frames = frames_for(clip)
    sound = encode_take(clip, frames, 96)
    take = Take(address("tests", name=name), frames, (), (), -3.0, -20.0, len(sound))
    write_take(store, take, sound)
    segment = Segment(Spoken(name, name, ()), Voice("silent"), Role.PARAGRAPH, 3)
    return Cue(segment, take, 0, take.frames)


def write(path: Path, plan: Timeline, store: Store, tag: EpisodeTag = TAG) -> None:
    write_episode(path, Form("mp3", 96, 1, -1.0, -16.0), tag, parts_of(plan), store)


def timeline(store: Store, names: str) -> Timeline:
    cues = tuple(stored(store, name) for name in names)
    return Timeline(cues, (), sum(cue.take.frames for cue in cues))


def test_an_episode_is_its_tag_and_its_takes_end_to_end(tmp_path: Path) -> None:
    store, path = Store(tmp_path / "store"), tmp_path / "out" / "episode.mp3"
    plan = timeline(store, "abca")
    write(path, plan, store)
    takes = [read_sound(store, cue.take.key) for cue in plan.cues]
    assert path.read_bytes() == render_tag(TAG) + whole_file(takes, [cue.take.frames for cue in plan.cues])


def test_an_episode_lasts_as_long_as_its_timeline_says(tmp_path: Path) -> None:
    store, path = Store(tmp_path / "store"), tmp_path / "episode.mp3"
    plan = timeline(store, "bac")
    write(path, plan, store)
    assert len(split_frames(path.read_bytes().removeprefix(render_tag(TAG)))) == plan.frames + 2
    sound = heard(path.read_bytes())
    assert len(sound) == 1152 * plan.frames
    assert np.abs(sound[2000:28_000]).max() == pytest.approx(0.5, abs=0.05)


def test_a_take_that_vanished_leaves_the_last_episode_as_it_was(tmp_path: Path) -> None:
    store, path = Store(tmp_path / "store"), tmp_path / "out" / "episode.mp3"
    plan = timeline(store, "abc")
    write(path, plan, store)
    before = path.read_bytes()
    gone = plan.cues[1].take.key
    store.drop(gone.replace("tests", "sounds"))
    with pytest.raises(OutputError, match="vanished") as caught:
        write(path, plan, store, replace(TAG, title="Anew"))
    assert caught.value.hint
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
