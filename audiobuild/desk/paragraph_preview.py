"""One paragraph of a file, said as a build would say it (layer 4)."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from audiobuild.build.audition import write_clip
from audiobuild.build.options import Options
from audiobuild.desk.article_proof import LaidPassage
from audiobuild.desk.booth import Booth
from audiobuild.desk.proofs import read_proofs
from audiobuild.errors import OutputError, SourceError
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.values import Take, ms_of
from audiobuild.sources.file_kinds import PAGE_SUFFIXES
from audiobuild.sources.marked.markdown import SUFFIXES
from audiobuild.sources.source_files import read_file
from audiobuild.store.artefacts import Store
from audiobuild.store.upkeep import in_use
from audiobuild.takes.jobs import Encoding
from audiobuild.takes.render import render

_PLAYERS = (
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
    ("mpv", "--no-video", "--really-quiet"),
    ("pw-play",),
    ("paplay",),
    ("afplay",),
    ("aplay", "-q"),
)
"""Programs that play a WAV file, the first that is there is taken."""
_MOST_CHARS = 200
"""Of what is told of a program that could not."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said."""

    line: int
    written: str
    spoken: str
    duration_ms: int


def say_paragraph(options: Options, line: int, output: Path | None) -> Said:
    """Say a paragraph of a file, to another file or by the loudspeaker.

    Args:
        options: those of a build, with the file as the source.
        line: on which it starts, or which is in it; 0 for the first paragraph that is said.
        output: a file that ends as its format does; None for the loudspeaker.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    player = _player() if output is None else ()
    proofs = read_proofs(options)
    source = str(options.sources[0])
    _refuse_past_end(options.sources[0], line)
    passage = _passage_at([each for proof in proofs.all for each in proof.passages], line, source)
    if passage.segment is None:
        raise SourceError(f"this is not read: {passage.skipped}", f"{source}:{passage.line}")
    store = Store(options.store)
    encoding = Encoding.of(FORMATS["wav"], 0, proofs.show.audio.channels, proofs.encoding.level)
    with in_use(store):
        heard = Booth(store, render, encoding).hear(passage.segment, proofs)
        if output:
            write_clip(output, heard.take, store, encoding)
        else:
            _play(heard.take, store, encoding, player)
    said = passage.segment.spoken.text
    return Said(passage.line, passage.text, said, ms_of(heard.take.frames))


def _play(take: Take, store: Store, encoding: Encoding, player: Sequence[str]) -> None:
    """Have a take heard, by a program that is given its file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        write_clip(path, take, store, encoding)
        began_s = time.monotonic()
        played = subprocess.run([*player, path], check=False, capture_output=True)
        took_ms = 1000 * (time.monotonic() - began_s)
    if played.returncode or took_ms < ms_of(take.frames) / 2:  # ffplay ends with 0 where there is no sound card
        complaint = played.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        told = f": {complaint}" if complaint else ""
        hint = "Is there a loudspeaker? A file can be heard elsewhere: --output said.wav."
        raise OutputError(f"nothing could be heard: {player[0]} could not play it{told}"[:_MOST_CHARS], hint=hint)


def _refuse_past_end(source: Path | str, line: int) -> None:
    """Refuse a line that a text does not have; what is packed has none of its own.

    Raises:
        SourceError: it ends before it.
    """
    if isinstance(source, str) or source.suffix.lower() not in (*SUFFIXES, *PAGE_SUFFIXES):
        return
    lines = len(read_file(source).splitlines())
    if line > lines:
        raise SourceError(f"the file has {lines} {'line' if lines == 1 else 'lines'}", f"{source}:{line}", "Name one.")


def _passage_at(passages: Sequence[LaidPassage], line: int, source: str) -> LaidPassage:
    if line:
        found = [each for each in passages if 0 < each.line <= line]
        if not found:
            raise SourceError("nothing is said so far up", f"{source}:{line}", "Name a line further down.")
        latest = max(each.line for each in found)
        return next(each for each in found if each.line == latest)
    bodies = (each for each in passages if each.segment and each.role == "paragraph")
    return next(bodies, None) or next(each for each in passages if each.segment)


def _player() -> tuple[str, ...]:
    for command in _PLAYERS:
        if shutil.which(command[0]):
            return command
    hint = f"Name a file with --output, or install one of {', '.join(command[0] for command in _PLAYERS)}."
    raise OutputError("there is no program here that plays sound", hint=hint)
