#!/usr/bin/env python3
"""Usual ways to make an episode of spoken text, to hold a build against; all begin anew each time.

    scripts/benchmark/bench_recipes.py shell|pydub|kokoro|piper SCRIPT.json OUT.mp3

SCRIPT.json is what `bench_inside.py script` prints. OUT.mp3 is mono, at 44.1 kHz and 96 kbit/s, with chapters.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path
from typing import Any

from bench_voices import PACKAGES, build_by_kokoro, build_by_piper

_RATE_HZ = 44100
_KBPS = 96

SHELL = r"""
set -euo pipefail
at=0
echo ';FFMETADATA1' >chapters.txt
for text in section-*.txt; do
  wav=${text%.txt}.wav
  espeak-ng -v "$1" -f "$text" -w "$wav"
  echo "file '$wav'" >>list.txt
  length=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$wav" | awk '{ printf "%d", 1000 * $1 }')
  printf '[CHAPTER]\nTIMEBASE=1/1000\nSTART=%d\nEND=%d\ntitle=%s\n' \
    "$at" $((at + length)) "$(cat "${text%.txt}.title")" >>chapters.txt
  at=$((at + length))
done
ffmpeg -nostdin -v error -y -f concat -i list.txt -i chapters.txt -map 0:a -map_metadata 1 -map_chapters 1 \
  -af loudnorm=I=-16:TP=-1.5:LRA=11 -ar "$3" -ac 1 -c:a libmp3lame -b:a "$4k" "$2"
"""
"""A file of text a section; $1 the language, $2 the episode, $3 its rate, $4 its kbit/s."""


_ABSENT = "import sys; from importlib.util import find_spec; print(*[n for n in sys.argv[1:] if find_spec(n) is None])"


def missing_parts(recipe: str, python: Path) -> list[str]:
    """List the programs and packages that a recipe needs and that are not here, or not in that Python's environment."""
    programs = ("bash", "espeak-ng", "ffmpeg", "ffprobe", "awk") if recipe == "shell" else ("ffmpeg", "ffprobe")
    absent = [program for program in programs if shutil.which(program) is None]
    told = subprocess.run([str(python), "-c", _ABSENT, *PACKAGES.get(recipe, ())], check=True, capture_output=True)
    return absent + told.stdout.decode().split()


def build_by_shell(script: dict[str, Any], target: Path) -> None:
    """Speak each section with the program espeak-ng; join, level and encode all with ffmpeg."""
    with tempfile.TemporaryDirectory() as place:
        for number, section in enumerate(script["sections"]):
            stem = Path(place, f"section-{number:04}")
            title = "".join(f"\\{char}" if char in "=;#\\" else char for char in section["title"])
            stem.with_suffix(".title").write_text(title, encoding="utf-8")
            if section["texts"]:
                stem.with_suffix(".txt").write_text("\n\n".join(section["texts"]), encoding="utf-8")
        values = (script["language"].lower(), str(target), str(_RATE_HZ), str(_KBPS))
        subprocess.run(["bash", "-c", SHELL, "recipe", *values], cwd=place, check=True)


def build_by_pydub(script: dict[str, Any], target: Path) -> None:
    """Speak each paragraph to a WAV file, add it to one AudioSegment, normalise and export that, and tag the file."""
    from mutagen.id3 import CHAP, CTOC, ID3, TIT2, CTOCFlags
    from pydub import AudioSegment
    from pydub.effects import normalize

    from audiobuild.engines.registry import open_engine
    from audiobuild.model.values import Voice

    engine = open_engine(Voice(script["engine"]), script["language"])
    episode = AudioSegment.empty()
    pause = AudioSegment.silent(script["pause_ms"])
    starts = []
    with tempfile.TemporaryDirectory() as place:
        file = str(Path(place, "paragraph.wav"))
        for section in script["sections"]:
            starts.append(len(episode))
            for text in section["texts"]:
                clip = engine.synthesise(text).clip
                with wave.open(file, "wb") as written:
                    written.setparams((1, 2, clip.rate_hz, 0, "NONE", ""))
                    written.writeframes(clip.to_pcm16())
                episode += AudioSegment.from_wav(file)
                episode += pause
    parameters = ["-ar", str(_RATE_HZ), "-ac", "1"]
    normalize(episode).export(str(target), format="mp3", bitrate=f"{_KBPS}k", parameters=parameters).close()
    tags = ID3(str(target))
    names = [f"chapter{number}" for number in range(len(starts))]
    tags.add(CTOC(element_id="toc", flags=CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED, child_element_ids=names))
    ends = [*starts[1:], len(episode)]
    for name, section, start, end in zip(names, script["sections"], starts, ends, strict=True):
        title = TIT2(encoding=3, text=section["title"])
        tags.add(CHAP(element_id=name, start_time=start, end_time=end, sub_frames=[title]))
    tags.save(str(target), v2_version=3)


def main(arguments: list[str]) -> int:
    """Build by the recipe that the first argument names."""
    recipe, script, target = arguments
    told, path = json.loads(Path(script).read_text(encoding="utf-8")), Path(target).resolve()
    if recipe in PACKAGES:
        (build_by_kokoro if recipe == "kokoro" else build_by_piper)(told, path, _RATE_HZ, _KBPS)
    else:
        (build_by_shell if recipe == "shell" else build_by_pydub)(told, path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
