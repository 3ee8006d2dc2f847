"""The cases of tests/cases: a written form, and how it is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases" / "speech"
GERMAN = Path(__file__).parent / "cases" / "normalisation-german"


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a file of cases."""

    name: str
    """Its class and line: "dates:12"."""
    locale: str
    written: str
    spoken: str


def read_cases(folder: Path = FOLDER, locale: str = "en-GB") -> Iterator[Case]:
    """Read every line of every class; `\\n` stands for a line break, a locale in brackets holds to the file's end."""
    for path in sorted(folder.glob("*.txt")):
        spoken_in = locale
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("[en-"):
                spoken_in = line[1:6]
            elif line and not line.startswith("#"):
                written, _, spoken = line.replace("\\n", "\n").partition(" ~ ")
                yield Case(f"{path.stem}:{number}", spoken_in, written, spoken)
