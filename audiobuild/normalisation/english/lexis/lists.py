"""The tables of English by their names alone, each read when it is first needed (layer 1, pure)."""

from __future__ import annotations

from functools import cache

from audiobuild.normalisation import tables

TABLES = tables.Tables("english")


def load_lines(name: str) -> list[str]:
    """Read the lines of a table that are rows."""
    return tables.load_lines(name, TABLES.folder)


@cache
def load_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Read the rows of a table."""
    return tables.load_rows(name, TABLES.folder)


@cache
def load_words(*names: str) -> frozenset[str]:
    """Read a list of words, or several as one."""
    return frozenset().union(*(tables.load_words(name, TABLES.folder) for name in names))


@cache
def load_map(name: str) -> dict[str, str]:
    """Read a table of two columns, the key first."""
    return tables.load_map(name, TABLES.folder)


@cache
def load_table(name: str) -> dict[str, tuple[str, ...]]:
    """Read a table of several columns, the key first."""
    return tables.load_table(name, TABLES.folder)


@cache
def load_use(name: str, *uses: str) -> frozenset[str]:
    """Read the words that a module's lists, `data/<name>_words.tsv`, have for any of the uses; KeyError without one."""
    listed = tables.load_uses(name, TABLES.folder)
    return frozenset().union(*(listed[use] for use in uses))
