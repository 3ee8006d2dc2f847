"""The whole way from articles to an episode, by the command line, with real engines."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from mutagen.mp3 import MP3

from audiobuild.model.values import SAMPLES_PER_FRAME
from tests.building import FERRY, LIGHTHOUSE, SHOW, run_here, spoken_by, write_edition
from tests.tools import require


def built(folder: Path, *arguments: str | Path, store: str | Path = "store") -> dict[str, Any]:
    done = run_here(["build", *arguments, "--store", store, "--json"], folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    summary: dict[str, Any] = json.loads(done.stdout)
    return summary


def episode(folder: Path, summary: dict[str, Any]) -> bytes:
    return folder.joinpath(summary["path"]).read_bytes()


def chapters_of_ffprobe(path: Path) -> list[tuple[int, int, str]]:
    command = [require("ffprobe"), "-v", "error", "-show_chapters", "-of", "json", str(path)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["chapters"]
    return [
        (round(float(each["start_time"]) * 1000), round(float(each["end_time"]) * 1000), each["tags"]["title"])
        for each in found
    ]


def test_an_edition_has_a_chapter_an_article_with_intro_and_outro(tmp_path: Path, kept_store: Path) -> None:
    summary = built(tmp_path, write_edition(tmp_path / "issue"), store=kept_store)
    titles = [chapter["title"] for chapter in summary["chapters"]]
    assert titles == ["Introduction", "The ferry that would not sink", "A lamp for sale", "Outro"]
    assert summary["path"] == "output/the-breakwater-2026-11-07.mp3"


def test_chapters_touch_from_zero_to_the_end_and_other_readers_agree(tmp_path: Path, kept_store: Path) -> None:
    summary = built(tmp_path, write_edition(tmp_path / "issue"), store=kept_store)
    path = tmp_path / summary["path"]
    chapters = [(each["start_ms"], each["end_ms"], each["title"]) for each in summary["chapters"]]
    assert chapters[0][0] == 0
    assert [start for start, _, _ in chapters[1:]] == [end for _, end, _ in chapters[:-1]]
    assert chapters[-1][1] == summary["duration_ms"]
    assert chapters_of_ffprobe(path) == chapters
    frames = MP3(path).tags.getall("CHAP")
    assert [(each.start_time, each.end_time, str(each.sub_frames["TIT2"])) for each in frames] == chapters


def test_the_sound_decodes_without_a_message_to_the_length_stated(tmp_path: Path, kept_store: Path) -> None:
    summary = built(tmp_path, write_edition(tmp_path / "issue"), store=kept_store)
    path = tmp_path / summary["path"]
    command = [require("ffmpeg"), "-v", "warning", "-i", str(path), "-map", "0:a", "-f", "s16le", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    assert len(done.stdout) // 2 % SAMPLES_PER_FRAME == 0
    assert len(done.stdout) / 2 / 44.1 == pytest.approx(summary["duration_ms"], abs=0.5)
    said = subprocess.run([require("mp3val"), str(path)], capture_output=True, check=True, text=True).stdout
    assert "WARNING" not in said
    assert "ERROR" not in said


def test_a_second_build_speaks_nothing_and_gives_the_same_bytes(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "issue")
    first = built(tmp_path, edition)
    bytes_before = episode(tmp_path, first)
    second = built(tmp_path, edition)
    assert second["segments"] == {"synthesised": 0, "encoded": 0, "reused": first["segments"]["synthesised"]}
    assert episode(tmp_path, second) == bytes_before


def test_one_changed_paragraph_is_one_segment_spoken(tmp_path: Path) -> None:
    built(tmp_path, write_edition(tmp_path / "issue"))
    changed = FERRY.replace("Mr Tolland, who steered it, wept.", "Mr Tolland, who steered it, laughed.")
    summary = built(tmp_path, write_edition(tmp_path / "issue", ferry=changed))
    assert summary["segments"]["synthesised"] == 1


def test_a_damaged_take_is_made_again(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "issue")
    whole = episode(tmp_path, built(tmp_path, edition))
    largest = max((tmp_path / "store").glob("takes/*/*"), key=lambda path: path.stat().st_size)
    data = bytearray(largest.read_bytes())
    data[len(data) // 2] ^= 1
    largest.write_bytes(data)
    summary = built(tmp_path, edition)
    assert episode(tmp_path, summary) == whole


def test_a_single_article_is_named_after_itself_and_leads_with_its_heading(tmp_path: Path, kept_store: Path) -> None:
    article = tmp_path / "lighthouse.md"
    article.write_text(LIGHTHOUSE, encoding="utf-8")
    summary = built(tmp_path, article, "--engine", "silent", store=kept_store)
    assert summary["path"] == "output/a-lamp-for-sale.mp3"
    assert [chapter["title"] for chapter in summary["chapters"]] == [
        "A lamp for sale",
        "The lamp at Dunskerry was lit in 1848. In 2014…",
        "Outro",
    ]


def test_what_is_skipped_is_counted_and_named_with_its_reason(tmp_path: Path, kept_store: Path) -> None:
    text = LIGHTHOUSE + "\n![the lamp](lamp.jpg)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    article = tmp_path / "lamp.md"
    article.write_text(text, encoding="utf-8")
    summary = built(tmp_path, article, "--engine", "silent", store=kept_store)
    assert [(each["line"], each["kind"]) for each in summary["skipped"]] == [(8, "image"), (10, "table")]
    assert all(each["reason"] for each in summary["skipped"])


def test_the_shows_own_sting_and_cover_are_used(tmp_path: Path, kept_store: Path) -> None:
    edition = write_edition(tmp_path / "issue", show='cover = "cover.png"\n' + SHOW)
    with (edition / "show.toml").open("a") as file:
        file.write('[intro]\nsting = "bell.wav"\ntext = ""\n[outro]\nsting = "none"\n')
    from PIL import Image

    Image.new("RGB", (1500, 1400), "#aa0000").save(edition / "cover.png")
    command = ["-n", "-r", "22050", "-c", "2", str(edition / "bell.wav"), "synth", "2", "sine", "440"]
    subprocess.run([require("sox"), *command], check=True, capture_output=True)
    summary = built(tmp_path, edition, store=kept_store)
    assert [chapter["title"] for chapter in summary["chapters"]][-1] != "Outro"
    assert 2000 <= summary["chapters"][0]["end_ms"] <= 2700
    picture = MP3(tmp_path / summary["path"]).tags.getall("APIC")[0]
    (tmp_path / "cover.jpg").write_bytes(picture.data)
    with Image.open(tmp_path / "cover.jpg") as image:
        assert image.getpixel((700, 700)) == pytest.approx((170, 0, 0), abs=3)


def test_the_loudness_told_is_what_ffmpeg_measures(tmp_path: Path, kept_store: Path) -> None:
    summary = built(tmp_path, write_edition(tmp_path / "issue", show=spoken_by("espeak")), store=kept_store)
    path = tmp_path / summary["path"]
    command = [require("ffmpeg"), "-hide_banner", "-nostats", "-i", str(path), "-map", "0:a"]
    command += ["-af", "ebur128=dualmono=true:peak=true", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stderr
    measured = said[said.rindex("Summary:") :]
    integrated = float(measured.split("I:")[1].split()[0])
    peak = float(measured.split("Peak:")[1].split()[0])
    assert summary["loudness"]["integrated_lufs"] == pytest.approx(integrated, abs=0.2)
    assert integrated == pytest.approx(-16, abs=0.5)
    assert summary["loudness"]["true_peak_dbtp"] == pytest.approx(peak, abs=0.3)
    assert peak <= -1
