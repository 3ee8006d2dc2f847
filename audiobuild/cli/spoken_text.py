"""What `normalise` tells of a text, as values that a terminal and a program can both print (layer 5)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audiobuild.errors import SourceError
from audiobuild.model.pronunciation import Origin, Pronunciation
from audiobuild.model.values import Replacement, Spoken

_STOP = "full stop"
"""The rule that ends a heading for the voice."""


@dataclass(frozen=True, slots=True)
class Change:
    """A replacement, where it stands in the file."""

    line: int
    """From 1, like the column."""
    column: int
    made: Replacement


@dataclass(frozen=True, slots=True)
class SpokenText:
    """A stretch of a text, as it is written in its file and as it is spoken."""

    line: int
    """Where it begins, from 1."""
    source: str
    """The rows of the file from that line on; what it is written as where the file is no text."""
    spoken: Spoken
    sounds: tuple[Pronunciation, ...] = ()
    """How words of the spoken text are pronounced."""

    def placed(self) -> Iterator[Change]:
        """Give each replacement with its place in the file."""
        return self._placed(self.spoken.replacements)

    def explained(self) -> Iterator[Change]:
        """Give the replacements and, among them, the names whose sound is known, in IPA instead of spoken words."""
        names = (self._named(sound) for sound in self.sounds if sound.origin is Origin.LEXICON)
        return self._placed(sorted((*self.spoken.replacements, *names), key=lambda change: change.start))

    def _named(self, sound: Pronunciation) -> Replacement:
        from audiobuild.script.known_sounds import place_in_written

        start = place_in_written(self.spoken, sound.offset)
        written = self.spoken.text[sound.offset : sound.offset + sound.length]
        return Replacement(start, start + sound.length, written, f"/{sound.ipa}/", "name.lexicon")

    def _placed(self, changes: Iterable[Replacement]) -> Iterator[Change]:
        starts = [0, *(place + 1 for place, char in enumerate(self.source) if char == "\n")]
        shift = max(0, self.source.find(self.spoken.written))
        for change in changes:
            # Marks of Markdown before it have moved it away from where it stands among the words.
            place = self.source.find(change.written, change.start + shift)
            if change.written.strip() and place >= 0:
                shift = place - change.start
            place = change.start + shift
            row = bisect_right(starts, place) - 1
            yield Change(self.line + row, place - starts[row] + 1, change)

    def as_facts(self) -> dict[str, Any]:
        """Put it in terms for programs."""
        return {
            "line": self.line,
            "written": self.spoken.written,
            "spoken": self.spoken.text,
            "replacements": [
                {
                    "line": change.line,
                    "column": change.column,
                    "written": change.made.written,
                    "spoken": change.made.spoken,
                    "rule": change.made.rule,
                }
                for change in self.placed()
            ],
            "pronunciations": [
                {"offset": sound.offset, "length": sound.length, "ipa": sound.ipa, "origin": sound.origin.value}
                for sound in self.sounds
            ],
        }


def spoken_lines(written: str, locale: str) -> Iterator[SpokenText]:
    """Speak each line of a text by itself."""
    from audiobuild.normalisation import gather_context, load_language, verbalise

    language = load_language(locale)

    for number, line in enumerate(written.removesuffix("\n").split("\n") if written else (), 1):
        context = gather_context([line], locale)
        spoken = verbalise(line, context)
        yield SpokenText(number, line, spoken, tuple(language.pronounce_names(spoken.text, context)))


def spoken_article(source: Path | bytes, locale: str | None) -> Iterator[SpokenText]:
    """Speak a file, or what stands in one without an ending, exactly as a build would.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    from audiobuild.inspection.preflight import UNNAMED, spoken_segments
    from audiobuild.sources.file_articles import kind_of
    from audiobuild.sources.marked.markdown import SUFFIXES

    segments = tuple(spoken_segments(source, locale))
    if not segments:
        name = UNNAMED if isinstance(source, bytes) else str(source)
        raise SourceError("nothing of it is read aloud", name, "Write some paragraphs of prose.")
    rows: list[str] = []
    data, path = (source, Path(UNNAMED)) if isinstance(source, bytes) else (source.read_bytes(), source)
    if kind_of(data, path) in SUFFIXES:
        rows = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    lines = [segment.line or _line_of(segment.spoken.written, rows) for segment in segments]
    ends = [*(line - 1 for line in lines[1:]), len(rows)]
    for segment, line, end in zip(segments, lines, ends, strict=True):
        written = "\n".join(rows[line - 1 : max(line, end)]) if line else ""
        yield SpokenText(
            max(1, line), written or segment.spoken.written, _without_stop(segment.spoken), segment.pronunciations
        )


def _line_of(title: str, rows: Sequence[str]) -> int:
    """Find the line of front matter on which a title stands; 0 where it stands on none."""
    return next((number for number, row in enumerate(rows, 1) if title in row), 0)


def _without_stop(spoken: Spoken) -> Spoken:
    """Leave out the full stop that a heading gets for the voice alone."""
    *changes, last = spoken.replacements or (None,)
    if last is None or last.rule != _STOP:
        return spoken
    return Spoken(spoken.text.removesuffix(last.spoken), spoken.written, tuple(filter(None, changes)))
