"""Language facts from `data/`: lists and tables in TSV, each read once and when first needed (layer 1).

A line is a row, its fields parted by tabs; empty lines and lines that start with "# " are comments.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def load_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Read the rows of `data/<name>.tsv`."""
    text = files("audiobuild.normalisation.english").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(
        tuple(field.strip() for field in line.split("\t"))
        for line in text.split("\n")
        if line.strip() and not line.startswith("# ")
    )


@cache
def load_words(name: str) -> frozenset[str]:
    """Read a list of words, any number to a line."""
    return frozenset(word for row in load_rows(name) for field in row for word in field.split())


@cache
def load_map(name: str) -> dict[str, str]:
    """Read a table of two columns, the key first; a row with the key alone maps to an empty string."""
    return {row[0]: row[1] if len(row) > 1 else "" for row in load_rows(name)}


@cache
def load_table(name: str) -> dict[str, tuple[str, ...]]:
    """Read a table of several columns, the key first."""
    return {row[0]: row[1:] for row in load_rows(name)}


@cache
def load_use(name: str, use: str) -> frozenset[str]:
    """Read the words that `data/<name>_words.tsv`, the lists of one module, holds for one use."""
    rows = load_rows(f"{name}_words")
    return frozenset(word for row in rows if row[0] == use for word in row[1].split())
