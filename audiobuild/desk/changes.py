"""Changes of an editor's files: written whole, shown as a difference, taken back one by one (layer 4).

Nothing is written over that somebody else has changed meanwhile, neither by a change nor by taking one back.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audiobuild.errors import OutputError
from audiobuild.store.artefacts import unwritable, written_whole

_KEPT_CHARS = 50
"""How much of a long line is shown before and behind what changes in it."""


class ChangedMeanwhile(OutputError):
    """Somebody else has changed what was to be changed; nothing was written."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """What was done to a file."""

    path: Path
    before: bytes | None
    """None where it was not there."""
    after: bytes | None
    """None where it is not there any more."""

    def facts(self) -> dict[str, Any]:
        """Put it in terms for a page: the file, and the lines that go and come, each behind its sign."""
        return {"file": self.path.name, "lines": list(difference(_text(self.before), _text(self.after)))}

    def reversed(self) -> FileChange:
        """What takes it back."""
        return FileChange(self.path, self.after, self.before)


class Changes:
    """What was changed at the desk, the latest last; all of it within some folders."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = [folder.resolve() for folder in folders]
        self._done: list[FileChange] = []

    def make(self, path: Path, before: bytes | None, after: bytes) -> FileChange:
        """Write a file.

        Args:
            path: the file.
            before: what it is known to hold; None where it is not there.
            after: what it is to hold.

        Raises:
            ChangedMeanwhile: it holds something else.
            OutputError: it cannot be written, or leads out of the folders.
        """
        change = FileChange(path, before, after)
        self._carry_out(change)
        self._done.append(change)
        return change

    def undo(self) -> FileChange | None:
        """Take back the latest change; None where there is none.

        Raises:
            ChangedMeanwhile: somebody has changed the file since.
            OutputError: it cannot be written.
        """
        if not self._done:
            return None
        back = self._done[-1].reversed()
        self._carry_out(back)
        self._done.pop()
        return back

    @property
    def count(self) -> int:
        """How many can be taken back."""
        return len(self._done)

    def _carry_out(self, change: FileChange) -> None:
        path = change.path.resolve()
        if not any(path.is_relative_to(folder) for folder in self._folders):
            raise OutputError("this file lies outside the sources", str(change.path), "Mend it by hand.")
        if change.after is not None:
            with written_whole(path, is_lasting=True) as file:
                file.write(change.after)
                if path.exists():
                    shutil.copymode(path, file.name)
                _refuse_other(path, change.before)
            return
        try:
            _refuse_other(path, change.before)
            path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(error, path.parent) from error


def _refuse_other(path: Path, known: bytes | None) -> None:
    """Refuse where a file is not what it was; between this look and the writing there is no more than a moment."""
    held = path.read_bytes() if path.exists() else None
    if held != known:
        hint = "Look at what it says now, then do it again."
        raise ChangedMeanwhile("somebody else has changed it meanwhile", path.name, hint)


def difference(before: str, after: str) -> Iterator[str]:
    """Give the lines that go, behind "-", and that come, behind "+"; of long ones what is about the change.

    >>> list(difference("a\\nb\\n", "a\\nc\\n"))
    ['-b', '+c']
    """
    old, new = before.splitlines(), after.splitlines()
    for kind, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = old[first:last], new[start:end]
        if len(gone) == len(come) == 1:
            gone[0], come[0] = _shortened(gone[0], come[0])
        yield from (f"-{line}" for line in gone)
        yield from (f"+{line}" for line in come)


def _shortened(one: str, other: str) -> tuple[str, str]:
    """Cut from two lines what they begin and end with alike, but for some words of it."""
    head = _alike(one, other)
    tail = _alike(one[head:][::-1], other[head:][::-1])
    start = max(0, head - _KEPT_CHARS)
    cut = max(0, tail - _KEPT_CHARS)
    before, behind = "…" if start else "", "…" if cut else ""
    return f"{before}{one[start : len(one) - cut]}{behind}", f"{before}{other[start : len(other) - cut]}{behind}"


def _alike(one: str, other: str) -> int:
    """Count the characters that two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (char, others) in pairs if char != others), min(len(one), len(other)))


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")
