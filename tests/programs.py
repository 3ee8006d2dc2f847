"""Programs that speak, written by the tests: a tone of exact length, and whatever else a program may do."""

from __future__ import annotations

import sys
from pathlib import Path

MS_A_CHAR = 60
"""Length of a program's "speech" at normal speed."""
RATE_HZ = 16000

_TONE = f"""
import array, io, math, os, sys, time, wave

def tone(text, rate=1.0, cycles=8):
    samples = round({RATE_HZ * MS_A_CHAR // 1000} * len(text) / rate)
    sound = array.array("h", (round(8000 * math.sin(n * math.tau * cycles / 960)) for n in range(960)))
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setparams((1, 2, {RATE_HZ}, 0, "NONE", ""))
        made.writeframes((sound * (samples // 960 + 1))[:samples].tobytes())
    return file.getvalue()

def put(path, content):
    with open(path, "wb") as file:
        file.write(content)

def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()
"""

_SPEAKER = """
source, target, voice, rate = sys.argv[1:5]
put(target, tone(read(source).removesuffix("\\n"), float(rate), 8 if voice == "low" else 12))
"""

SPEAKER = (sys.executable, "-I", "-S", "-c", _TONE + _SPEAKER, "{text_file}", "{wav}", "{voice}", "{rate}", "{locale}")
"""A command that speaks with two voices, of which it calls one "low", at any rate; the locale makes no difference."""


def write_program(folder: Path, body: str) -> tuple[str, ...]:
    """Write a program in Python, which has `tone`, `put` and `read`; gives the words that run it."""
    path = folder / "program.py"
    path.write_text(_TONE + body, encoding="utf-8")
    return sys.executable, "-I", "-S", str(path)
