"""Language facts from a language's `data/`: lists and tables in TSV, each read once and when first needed (layer 1).

A line is a row, its fields parted by tabs; empty lines and lines that start with "# " are comments.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


def load_lines(name: str, folder: str) -> list[str]:
    """Read the lines of `data/<name>.tsv` in a language's folder that are rows."""
    text = _folder(folder).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("# ") and not line.isspace()]


@cache
def load_rows(name: str, folder: str) -> tuple[tuple[str, ...], ...]:
    """Read the rows of a table."""
    return tuple(tuple(field.strip() for field in line.split("\t")) for line in load_lines(name, folder))


@cache
def load_words(name: str, folder: str) -> frozenset[str]:
    """Read a list of words, any number to a line."""
    return frozenset(word for row in load_rows(name, folder) for field in row for word in field.split())


@cache
def load_map(name: str, folder: str) -> dict[str, str]:
    """Read a table of two columns, the key first; a row with the key alone maps to an empty string."""
    return {row[0]: row[1] if len(row) > 1 else "" for row in load_rows(name, folder)}


@cache
def load_table(name: str, folder: str) -> dict[str, tuple[str, ...]]:
    """Read a table of several columns, the key first."""
    return {row[0]: row[1:] for row in load_rows(name, folder)}


@cache
def load_uses(name: str, folder: str) -> dict[str, frozenset[str]]:
    """Read the words that `data/<name>_words.tsv`, the lists of one module, holds for each use."""
    uses: dict[str, frozenset[str]] = {}
    for use, words in load_rows(f"{name}_words", folder):
        uses[use] = uses.get(use, frozenset()) | frozenset(words.split())
    return uses


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one language; a table that it does not have is empty."""

    folder: str = ""
    """Empty for a language that has none."""

    def rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return the rows of a table."""
        return load_rows(name, self.folder) if self._has(name) else ()

    def words(self, name: str) -> frozenset[str]:
        """Return a list of words."""
        return load_words(name, self.folder) if self._has(name) else frozenset()

    def map(self, name: str) -> dict[str, str]:
        """Return a table of two columns, by the first."""
        return load_map(name, self.folder) if self._has(name) else {}

    def _has(self, name: str) -> bool:
        return bool(self.folder) and _is_there(name, self.folder)


@cache
def _is_there(name: str, folder: str) -> bool:
    return _folder(folder).joinpath(f"{name}.tsv").is_file()


@cache
def _folder(folder: str) -> Traversable:
    return files("audiobuild.normalisation").joinpath(folder, "data")
