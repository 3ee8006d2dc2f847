"""`inspect` tells what a file holds and how it sounds, to a person, to a program, and as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import encode_take
from audiobuild.audio.level import true_peak_dbtp
from audiobuild.cli.inspection_report import facts_of, lines_of
from audiobuild.inspection.finished_file import inspect_episode
from audiobuild.publish.formats.tags import ChapterTag, EpisodeTag, render_tag
from tests.building import run_here, shared_store, spoken_by, write_edition
from tests.signals import as_wav, bursts, frames_for, noise, stereo, tone, whole_file
from tests.tools import run as run_tool

RATE_HZ = 44_100


def episode_of(clip: Clip, path: Path, *chapters: ChapterTag, title: str = "The Breakwater") -> Path:
    """Write an MP3 with a tag, as an edition is."""
    frames = frames_for(clip)
    tag = render_tag(EpisodeTag(title, "The harbour office", "Harbours", "Podcast", "", chapters))
    path.write_bytes(tag + whole_file([encode_take(clip, frames, 128)], [frames], 128))
    return path


def at_rms(clip: Clip, rms_db: float, noise_db: float = -120.0) -> Clip:
    """A clip brought to an RMS, with a second of hiss of another before it."""
    own = float(np.sqrt(np.mean(clip.samples.astype(float) ** 2)))
    hiss = noise(RATE_HZ, 90, 10 ** (noise_db / 20)).samples
    return Clip(np.concatenate([hiss, clip.samples * np.float32(10 ** (rms_db / 20) / own)]), clip.rate_hz)


# --- what is told -----------------------------------------------------------------------------------


def test_inspect_shows_what_build_told(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "issue", show=spoken_by("silent"))
    built = json.loads(run_here(["build", edition, "--store", shared_store(), "--json"], tmp_path).stdout)
    seen = json.loads(run_here(["inspect", "--json", built["path"]], tmp_path).stdout)
    told = [(each["title"], each["start_ms"], each["end_ms"]) for each in built["chapters"]]
    assert [(each["title"], each["start_ms"], each["end_ms"]) for each in seen["chapters"]] == told
    assert seen["title"] == "The Breakwater, 7 November 2026"
    assert seen["artist"] == "The harbour office"
    assert seen["published"] == "2026-11-07"
    assert seen["loudness"]["integrated_lufs"] == pytest.approx(built["loudness"]["integrated_lufs"], abs=0.2)
    assert abs(seen["duration_ms"] - built["duration_ms"]) <= 30
    assert seen["size_bytes"] == (tmp_path / built["path"]).stat().st_size
    shown = run_here(["inspect", built["path"]], tmp_path).stdout
    assert "44100 Hz, mono" in shown
    assert "The ferry that would not sink" in shown


def test_every_chapter_has_its_own_level(tmp_path: Path) -> None:
    loud, soft = bursts(12, seed=91, level=0.8), bursts(12, seed=92, level=0.1)
    chapters = ChapterTag(0, 12_000, "Loud"), ChapterTag(12_000, 24_000, "Soft")
    seen = facts_of(inspect_episode(episode_of(Clip.joined([loud, soft]), tmp_path / "a.mp3", *chapters)))
    first, second = seen["chapters"]
    assert first["integrated_lufs"] - second["integrated_lufs"] == pytest.approx(18, abs=1.5)
    assert first["true_peak_dbtp"] == pytest.approx(true_peak_dbtp(loud), abs=1)
    assert second["true_peak_dbtp"] == pytest.approx(true_peak_dbtp(soft), abs=1)


def test_what_is_printed_can_be_read_at_a_glance(tmp_path: Path) -> None:
    chapters = ChapterTag(0, 12_000, "Loud"), ChapterTag(12_000, 12_300, "Short"), ChapterTag(12_300, 20_000, "Soft")
    quiet = Clip.silence(4 * RATE_HZ, RATE_HZ)
    sound = Clip.joined([tone(12 * RATE_HZ), quiet, tone(4 * RATE_HZ)])
    lines = list(lines_of(inspect_episode(episode_of(sound, tmp_path / "a.mp3", *chapters))))
    assert lines[:3] == ["The Breakwater", "  The harbour office · Harbours · Podcast", ""]
    figures = {line[2:12].strip(): line[13:] for line in lines[3 : lines.index("", 3)]}
    assert list(figures) == ["Format", "Duration", "Loudness", "True peak", "RMS", "Noise", "ACX"]
    assert figures["Format"].startswith("MP3, 128 kbit/s, 44100 Hz, mono, ")
    assert figures["Duration"] == "20.1 s"
    head, *rows = (line.split() for line in lines[lines.index("", 3) + 1 : -3])
    assert head == ["Start", "Length", "LUFS", "dBTP", "Chapter"]
    assert [(row[0], row[1], row[4]) for row in rows] == [
        ("0:00", "0:12", "Loud"),
        ("0:12", "0:00", "Short"),
        ("0:12", "0:07", "Soft"),
    ]
    assert [row[2] == "-" for row in rows] == [False, True, False]
    assert lines[-3:] == ["", "  Silences over 2.5 s:", "      0:12  4.0 s"]


def test_an_untagged_file_without_chapters_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "bare.wav"
    path.write_bytes(as_wav(bursts(4, seed=93)))
    lines = list(lines_of(inspect_episode(path)))
    assert lines[0] == "bare.wav"
    assert not any("Chapter" in line for line in lines)
    assert lines[-1] == "  Silences over 2.5 s: none"
    assert facts_of(inspect_episode(path))["chapters"] == []


@pytest.mark.parametrize(("ending", "codec"), [("flac", "FLAC"), ("wav", "PCM"), ("opus", "Opus")])
def test_other_formats_are_measured_as_well_in_stereo(ending: str, codec: str, tmp_path: Path) -> None:
    clip = stereo(bursts(8, seed=94, level=0.5), bursts(8, seed=95, level=0.25))
    (tmp_path / "sound.wav").write_bytes(as_wav(clip))
    path = tmp_path / f"a.{ending}"
    if ending != "wav":
        run_tool("ffmpeg", "-v", "error", "-i", tmp_path / "sound.wav", "-b:a", "192k", path)
    else:
        path.write_bytes(as_wav(clip))
    seen = facts_of(inspect_episode(path))
    plain = facts_of(inspect_episode(tmp_path / "sound.wav"))
    assert (seen["codec"], seen["channels"]) == (codec, 2)
    assert seen["loudness"]["integrated_lufs"] == pytest.approx(plain["loudness"]["integrated_lufs"], abs=0.3)
    assert seen["acx"]["rms_dbfs"] == pytest.approx(plain["acx"]["rms_dbfs"], abs=0.3)


@pytest.mark.parametrize(
    ("rms_db", "noise_db", "fits"),
    [(-20, -70, True), (-24, -70, False), (-17, -70, False), (-20, -55, False)],
)
def test_what_acx_asks_for_is_told(rms_db: float, noise_db: float, fits: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(as_wav(at_rms(tone(90 * RATE_HZ), rms_db, noise_db)))
    inspection = inspect_episode(path)
    assert facts_of(inspection)["acx"]["fits"] is fits
    (told,) = (line for line in lines_of(inspection) if line.startswith("  ACX"))
    assert ("fits" in told) is fits


def test_a_peak_above_what_acx_takes_is_told(tmp_path: Path) -> None:
    clip = at_rms(tone(60 * RATE_HZ), -20, -70)
    clip.samples[5 * RATE_HZ] = 0.8
    path = tmp_path / "a.wav"
    path.write_bytes(as_wav(clip))
    assert any("peak -1.9 dB, asked under -3" in line for line in lines_of(inspect_episode(path)))


def test_a_file_that_was_cut_short_says_how_much_is_there(tmp_path: Path) -> None:
    whole = episode_of(tone(20 * RATE_HZ), tmp_path / "a.mp3").read_bytes()
    (tmp_path / "a.mp3").write_bytes(whole[: len(whole) // 2])
    inspection = inspect_episode(tmp_path / "a.mp3")
    assert facts_of(inspection)["decoded_ms"] == pytest.approx(10_000, abs=200)
    assert any("is there" in line for line in lines_of(inspection))


def test_titles_are_printed_whatever_the_terminal(tmp_path: Path) -> None:
    episode = episode_of(tone(RATE_HZ), tmp_path / "a.mp3", ChapterTag(0, 1000, "Łódź 港"), title="Ż")
    shown = run_here(["inspect", episode], tmp_path)
    assert shown.stdout.splitlines()[0] == "Ż"
    assert "Łódź 港" in shown.stdout


# --- the picture ------------------------------------------------------------------------------------


def test_a_picture_is_written_beside_what_is_told(tmp_path: Path) -> None:
    episode = episode_of(bursts(5, seed=96), tmp_path / "a.mp3", ChapterTag(0, 5000, "One"))
    plain = run_here(["inspect", episode], tmp_path).stdout
    assert run_here(["inspect", episode, "--png", "charts/a.png"], tmp_path).stdout == plain
    told = json.loads(run_here(["inspect", episode, "--json", "--png", "b.png"], tmp_path).stdout)
    assert told["title"] == "The Breakwater"
    with Image.open(tmp_path / "b.png") as picture:
        assert (picture.format, picture.width) == ("PNG", 1600)
    assert (tmp_path / "charts/a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_a_picture_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    episode = episode_of(tone(RATE_HZ), tmp_path / "a.mp3")
    before = episode.read_bytes()
    (tmp_path / "folder").mkdir()
    for place in (Path("folder"), Path("a.mp3"), Path("a.mp3/chart.png")):
        done = run_here(["inspect", episode, "--png", place], tmp_path)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 2)
        assert str(place.parts[0]) in done.stderr
    assert episode.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == ["a.mp3", "folder"]


# --- errors -----------------------------------------------------------------------------------------


def test_inspect_of_no_episode_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_text("no sound")
    (tmp_path / "b.wav").write_bytes(b"RIFF\x00\x00\x00\x00WAVE")
    soundfile.write(tmp_path / "c.wav", np.zeros(0), RATE_HZ)
    for name in ("a.mp3", "b.wav", "c.wav", "lost.mp3", "."):
        for more in ([], ["--json"], ["--png", "a.png"]):
            done = run_here(["inspect", name, *more], tmp_path)
            assert (done.returncode, '"errors"' in done.stdout) == (1, "--json" in more), name
            assert 1 <= len(done.stderr.splitlines()) <= 2
            assert "Traceback" not in done.stderr
    assert not (tmp_path / "a.png").exists()
