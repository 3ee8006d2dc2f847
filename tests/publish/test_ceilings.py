"""Every format meets its level and its ceiling on the encoded file, and the build tells what is heard there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from audiobuild.build import Options, build
from audiobuild.cli.terminal import Terminal
from audiobuild.model.levels import PRESETS, Measured
from tests.signals import measured_by_ffmpeg

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
OPENING = 6
"""How many blocks of an article are read: its headings and picture, and a paragraph or two."""

CASES = [
    ("espeak", "mp3", 64, "broadcast", 2),
    ("hibari", "mp3", 64, "broadcast", 2),
    ("espeak", "m4b", None, "audiobook", 1),
    ("hibari", "m4b", 24, "audiobook", 1),
    ("espeak", "opus", None, "audiobook", 1),
    ("hibari", "opus", None, "audiobook", 1),
    ("espeak", "flac", None, "audiobook", 1),
    ("hibari", "wav", None, "audiobook", 1),
]
"""Engine, format, bit rate in kbit/s or None for its own, preset, channels; all but MP3 are made of the same takes."""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The opening of one article of the sample, with its stings."""
    folder = tmp_path_factory.mktemp("edition")
    shutil.copy(SEEDS / "show.toml", folder)
    article = next(SEEDS.glob("1-*/*.md"))
    blocks = [line for line in article.read_text(encoding="utf-8").splitlines() if line.strip()]
    (folder / article.name).write_text("\n\n".join(blocks[:OPENING]) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("voice", "kind", "kbps", "preset", "channels"), CASES)
def test_a_file_of_any_format_meets_its_level_and_its_ceiling_and_is_told_as_it_is_heard(
    voice: str, kind: str, kbps: int | None, preset: str, channels: int, edition: Path, kept_store: Path, tmp_path: Path
) -> None:
    shutil.copytree(edition, tmp_path / "edition")
    with (tmp_path / "edition" / "show.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[audio]\nchannels = {channels}\n")
    options = Options(
        sources=(tmp_path / "edition",),
        output=tmp_path / "output",
        store=kept_store,
        engine=voice,
        format=kind,
        bit_rate_kbps=kbps,
        loudness=preset,
    )
    episode = build(options, Terminal(quiet=True)).episode
    told = episode.measured
    assert told.duration_s > 30
    loudness_lufs, peak_dbtp = measured_by_ffmpeg(episode.path)
    assert list(Measured(loudness_lufs, peak_dbtp, told.rms_dbfs, told.duration_s).misses(PRESETS[preset])) == []
    assert told.loudness_lufs == pytest.approx(loudness_lufs, abs=0.2)
    assert told.peak_dbtp == pytest.approx(peak_dbtp, abs=0.2)
