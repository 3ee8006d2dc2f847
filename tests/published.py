"""Builds of editions with a feed, and what they leave in the output folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.building import FERRY, LIGHTHOUSE, run_here, shared_store
from tests.feeds import channel_of, said
from tests.material import shared
from tests.tools import prefer, require

Run = Callable[..., subprocess.CompletedProcess[str]]
"""Runs the command line: its arguments, and the folder."""

BASE = "https://lock.example/audio/"
SHOW = f"""title = "The Lock"
author = "The lock keepers"
description = "Articles, read aloud."
date = 2026-11-07
[voices.narrator]
engine = "silent"
rate = 2.0
[feed]
base = "{BASE}"
owner_name = "Iona Tolland"
owner_email = "iona@lock.example"
category = "News > Politics"
"""
SHARED_FILES = {
    *("feed.xml", "feed.jpg", "index.html", "player.js", "player.css", "sw.js", "manifest.webmanifest", "icon.png"),
    *("embed.html", "embed.js", "subscribe.html"),
}
CHECKS = {
    "check_feed.py": ("ffmpeg", "ffprobe"),
    "check_episode.py": ("ffmpeg", "ffprobe", "mp3val", "mpg123", "exiftool"),
}
"""The independent checks, and the programs that each calls upon."""
SUFFIXES = (".mp3", ".jpg", ".vtt", ".srt", ".txt", ".transcript.html", ".chapters.json")
"""Of what bears the stem of an episode."""


@dataclass(frozen=True, slots=True)
class Built:
    """A build, and the folder in which it was run."""

    place: Path
    summary: dict[str, Any]
    output: Path

    def manifest(self, path: str = "") -> dict[str, Any]:
        """The manifest of the episode of that path, or of the whole edition's."""
        name = Path(path or self.summary["path"]).name.partition(".")[0]
        told: dict[str, Any] = json.loads((self.output / f"{name}.json").read_text(encoding="utf-8"))
        return told

    def manifests(self) -> list[dict[str, Any]]:
        """Of all the episodes that were made, the whole edition's first."""
        return [self.manifest(), *(self.manifest(each["path"]) for each in self.summary["episodes"])]

    @property
    def synthesised(self) -> int:
        return int(self.summary["segments"]["synthesised"])

    @property
    def encoded(self) -> int:
        return int(self.summary["segments"]["encoded"])


def build(
    place: Path, *arguments: str | Path, output: str = "output", store: str | Path = "", run: Run = run_here
) -> Built:
    """Build in a folder; where no store is named, with that of all tests, in which most has been spoken."""
    done = run(["build", *arguments, "--output", output, "--store", store or shared_store(), "--json"], place)
    assert done.returncode == 0, done.stderr
    return Built(place, json.loads(done.stdout), place / output)


def files_of(manifest: dict[str, Any]) -> set[str]:
    """Names of all the files that an episode is to have."""
    stem = manifest["file"].removesuffix(".mp3")
    return {f"{manifest['name']}.json", f"{manifest['name']}.html", *(f"{stem}{suffix}" for suffix in SUFFIXES)}


def items_of(output: Path) -> dict[str, Any]:
    """The items of the feed, by their guids."""
    items = channel_of((output / "feed.xml").read_bytes()).iter("item")
    return {said(item, "guid") or "": item for item in items}


def faults(script: str, *arguments: str | Path) -> list[str]:
    """Run one of the independent checks: the lines that say a rule failed."""
    for tool in CHECKS[script]:
        require(tool)
    prefer("eyed3", "numpy", "webvtt")
    command = [sys.executable, shared("checks") / script, *arguments, "--quiet"]
    # The readers in Node take part where they are installed and named; elsewhere they would fail for want of packages.
    env = {"NODE_READERS": os.devnull, **os.environ}
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True, env=env)
    assert done.returncode in (0, 1), done.stderr
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert bool(done.returncode) == bool(failed), done.stdout
    return failed


def feed_faults(output: Path, *arguments: str | Path, feed: str = "feed.xml") -> list[str]:
    return faults("check_feed.py", output / feed, "--root", output, *arguments)


def write_articles(folder: Path, articles: dict[str, str], show: str = SHOW) -> Path:
    for name, text in {"show.toml": show, **articles}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def two_articles(folder: Path, ferry: str = FERRY, more: str = "") -> Path:
    return write_articles(folder, {"1-boats/ferry.md": ferry, "2-lights/lighthouse.md": LIGHTHOUSE}, SHOW + more)
