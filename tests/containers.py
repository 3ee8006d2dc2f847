"""A sound of five clips, its tag, and what ffmpeg finds in a file that holds them."""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from audiobuild.audio.clip import Clip
from audiobuild.errors import SourceError
from audiobuild.model.values import SAMPLE_RATE_HZ
from audiobuild.publish.formats.containers import read_facts
from audiobuild.publish.formats.tags import ChapterTag, EpisodeTag
from tests.signals import bursts, stereo, tone
from tests.tools import run

KINDS = ("m4b", "opus", "flac", "wav")

LEFT = [bursts(3, 60), tone(70_001), bursts(2.2, 61, 0.4), Clip.silence(9000, SAMPLE_RATE_HZ), bursts(3, 62)]
RIGHT = [tone(len(clip.samples), 300 + 50 * index, 0.1) for index, clip in enumerate(LEFT)]
SAMPLES = sum(len(clip.samples) for clip in LEFT)
END_MS = round(1000 * SAMPLES / SAMPLE_RATE_HZ)

TITLES = [
    'Fish & chips <fresh> "quayside"',
    "🦊 أخبار الميناء " + "ميناء " * 49 + "ميناء",
    "é" * 300,
    "x" * 300,
    "Last; one = two",
]
STARTS = [0, 2001, 2777, 5000, 8123]
COVER = io.BytesIO()
Image.new("RGB", (300, 300), "#0b5394").save(COVER, "JPEG")

TAG = EpisodeTag(
    title="Tides & <timetables> 🦊 أخبار " + "ü" * 300,
    artist="The Harbour Review",
    album="Harbour = home",
    genre="Podcast",
    comment="Two pieces on boats,\nand one on a “quay”",
    chapters=tuple(map(ChapterTag, STARTS, [*STARTS[1:], END_MS], TITLES)),
    published=dt.date(2026, 3, 9),
    url="https://example.org/a?b=c&d=%20#e",
    cover=COVER.getvalue(),
)
BARE = EpisodeTag("Title", "", "", "", "", ())


def check_damaged(episode: bytes, place: int, other: bytes) -> None:
    """See that an episode cut at a place, and one with other bytes there, is read, or refused by its file's name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "episode"
        for data in (episode[:place], episode[:place] + other + episode[place + len(other) :]):
            path.write_bytes(data)
            try:
                read_facts(path)
            except SourceError as error:
                assert error.where == str(path)


def clips_of(channels: int) -> list[Clip]:
    return LEFT if channels == 1 else list(map(stereo, LEFT, RIGHT))


def probe(path: Path) -> dict[str, Any]:
    told, _ = run("ffprobe", "-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json", path)
    return dict(json.loads(told))


def sound_of(path: Path, channels: int, rate_hz: int = SAMPLE_RATE_HZ) -> NDArray[np.float32]:
    """The sound as ffmpeg hears it, shape (samples, channels)."""
    pcm, _ = run("ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-ar", rate_hz, "-f", "f32le", "-")
    return np.frombuffer(pcm, dtype="<f4").reshape(-1, channels)
