"""What commands tell of a text and of an episode, as values that a terminal and a program can both print (layer 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiobuild.model import Fate, Replacement, Spoken, ms_of

if TYPE_CHECKING:
    from audiobuild.build import Result


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line of a text, as it is written in its file and as it is spoken."""

    number: int
    """From 1."""
    source: str
    """The whole line of the file."""
    spoken: Spoken

    def placed(self) -> Iterator[tuple[int, Replacement]]:
        """Give each replacement with its column in the line of the file, from 1."""
        shift = max(0, self.source.find(self.spoken.written))
        for change in self.spoken.replacements:
            # Markdown's marks before it have moved it to the right of where it stands among the words.
            column = self.source.find(change.written, change.start + shift)
            if change.written.strip() and column >= 0:
                shift = column - change.start
            yield change.start + shift + 1, change

    def as_facts(self) -> dict[str, Any]:
        """Put the line in terms for programs."""
        return {
            "line": self.number,
            "written": self.source,
            "spoken": self.spoken.text,
            "replacements": [
                {
                    "line": self.number,
                    "column": column,
                    "written": change.written,
                    "spoken": change.spoken,
                    "rule": change.rule,
                }
                for column, change in self.placed()
            ],
        }


def spoken_lines(written: str, locale: str) -> Iterator[SpokenLine]:
    """Speak each line of a text by itself."""
    from audiobuild.speech import Context, verbalise

    for number, line in enumerate(_lines(written), 1):
        yield SpokenLine(number, line, verbalise(line, Context.for_article([line], locale)))


def spoken_article(written: str, path: Path | None, locale: str | None) -> Iterator[SpokenLine]:
    """Speak a text as one article of the show in whose folder it lies; without a path, of no show.

    Raises:
        AudiobuildError: show.toml or a lexicon beside the text says something impossible.
    """
    from audiobuild.config import Show
    from audiobuild.readers.markdown import block_of_line
    from audiobuild.script import article_context, show_context
    from audiobuild.sources import find_show, read_lexicons
    from audiobuild.speech.overrides import verbalise_with

    show, home = find_show([path]) if path else (Show(), None)
    own = show_context(show, read_lexicons(home) if home else (), locale)
    lines = _lines(written)
    blocks = [block_of_line(line) for line in lines]
    context = article_context((block.text for block in blocks), own)
    for number, (line, block) in enumerate(zip(lines, blocks, strict=True), 1):
        yield SpokenLine(number, line, verbalise_with(block.text, block.overrides, context))


def _lines(written: str) -> list[str]:
    return written.removesuffix("\n").split("\n") if written else []


def summary(result: Result) -> dict[str, Any]:
    """Put a build in terms for programs; times in milliseconds."""
    episode = result.episode
    skipped = [entry for entry in result.script.ledger if entry.fate is Fate.SKIPPED]
    return {
        "path": str(episode.path),
        "duration_ms": ms_of(episode.timeline.frames),
        "chapters": [
            {"title": chapter.title, "start_ms": ms_of(chapter.start_frame), "end_ms": ms_of(chapter.end_frame)}
            for chapter in episode.timeline.chapters
        ],
        "loudness": {"integrated_lufs": episode.loudness_lufs, "true_peak_dbtp": episode.peak_dbtp},
        "segments": {"synthesised": result.synthesised, "reused": result.reused},
        "words_skipped": sum(len(entry.text.split()) for entry in skipped),
        "skipped": [
            {"source": entry.source, "line": entry.line, "kind": entry.kind.value, "reason": entry.reason}
            for entry in skipped
        ],
    }
