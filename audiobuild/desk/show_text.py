"""show.toml with one more value, another one or one less, and nothing else changed (layer 4).

Where a key belongs is found by its lines; what comes of it is read, and is right only if it says just that.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from audiobuild.errors import ConfigError


def with_value(text: str, table: Sequence[str], key: str, value: str | int | float) -> str:
    """Set a key of a table.

    Args:
        text: the file's.
        table: the names that lead to it, such as "voices" and "narrator".
        key: the key within it.
        value: what it is to be.

    Raises:
        ConfigError: the file is written so that it has to be done by hand.

    >>> with_value('title = "A"\\n[pauses]\\nsentence = 300  # short\\n', ["pauses"], "sentence", 400)
    'title = "A"\\n[pauses]\\nsentence = 400  # short\\n'
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    row = f"{key} = {json.dumps(value, ensure_ascii=False)}"
    lines = text.split(ends)
    wanted = _wanted(text, table, key, value)
    for tried in _tries(lines, table, key, row):
        after = ends.join(tried)
        if _parsed(after) == wanted:
            return after
    hint = f"Write {row} below [{_dotted(table)}] by hand."
    raise ConfigError(f"[{_dotted(table)}] is written in a way that the desk does not change", "show.toml", hint)


def without_key(text: str, table: Sequence[str], key: str) -> str:
    """Take a key out of a table, and the table's own line where nothing is left below it.

    Raises:
        ConfigError: the file is written so that it has to be done by hand.

    >>> without_key('title = "A"\\n\\n[voices.headlines]\\nname = "en-us"\\n', ["voices", "headlines"], "name")
    'title = "A"\\n'
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(ends)
    before, wanted = _parsed(text), _without(_parsed(text), table, key)
    if before is None or _without_empty(before) == wanted:
        return text
    for tried in _shorter(lines, table, key):
        after = ends.join(tried)
        if _without_empty(_parsed(after)) == wanted:
            return after
    hint = f"Take {key} out of [{_dotted(table)}] by hand."
    raise ConfigError(f"[{_dotted(table)}] is written in a way that the desk does not change", "show.toml", hint)


def _without(values: dict[str, Any] | None, table: Sequence[str], key: str) -> Any:
    inner: Any = values
    for name in table:
        inner = inner.get(name) if isinstance(inner, dict) else None
    if isinstance(inner, dict):
        inner.pop(key, None)
    return _without_empty(values)


def _without_empty(values: Any) -> Any:
    """Leave out tables that say nothing."""
    if not isinstance(values, dict):
        return values
    kept = {name: _without_empty(value) for name, value in values.items()}
    return {name: value for name, value in kept.items() if value != {}}


def _shorter(lines: list[str], table: Sequence[str], key: str) -> Iterator[list[str]]:
    """Give the lines without each line that may be the key's."""
    known = re.compile(rf"\s*{re.escape(key)}\s*=.*")
    for head, end in _spans(lines, table):
        for at in range(head + 1, end):
            if known.fullmatch(lines[at]):
                yield _without_line(lines, head, at, end)


def _without_line(lines: list[str], head: int, at: int, end: int) -> list[str]:
    """Leave out a line of a table, and the table's head where nothing is left below it."""
    rest = [*lines[head + 1 : at], *lines[at + 1 : end]]
    if any(line.strip() for line in rest) or "#" in lines[head]:
        return [*lines[: head + 1], *rest, *lines[end:]]
    above = lines[:head]
    while end == len(lines) and above and not above[-1].strip():
        above.pop()
    return [*above, *(lines[end:] or [""])]


def _spans(lines: list[str], table: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Find the lines that open a table, each with the line of the next."""
    other = re.compile(r"\s*\[")
    for place, line in enumerate(lines):
        if _is_head(line, table):
            yield place, next((n for n in range(place + 1, len(lines)) if other.match(lines[n])), len(lines))


def _dotted(table: Sequence[str]) -> str:
    """Write the name of a table, with quotation marks where TOML asks for them."""
    bare = re.compile("[A-Za-z0-9_-]+")
    return ".".join(name if bare.fullmatch(name) else json.dumps(name, ensure_ascii=False) for name in table)


def _is_head(line: str, table: Sequence[str]) -> bool:
    """Say whether a line opens a table, however its name is written there."""
    inner: Any = _parsed(line) if line.lstrip().startswith("[") and "[[" not in line else None
    for name in table:
        inner = inner.get(name) if isinstance(inner, dict) and len(inner) == 1 else None
    return isinstance(inner, dict) and not inner


def _wanted(text: str, path: Sequence[str], key: str, value: Any) -> dict[str, Any] | None:
    values = _parsed(text)
    inner: Any = values
    for name in path:
        inner = inner.setdefault(name, {}) if isinstance(inner, dict) else None
    if not isinstance(inner, dict):
        return None
    inner[key] = value
    return values


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except ValueError:
        return None


def _tries(lines: list[str], table: Sequence[str], key: str, row: str) -> list[list[str]]:
    """Give ways to write it: in the line that has the key, below the table's head, or with a table of its own."""
    known = re.compile(rf"\s*{re.escape(key)}\s*=[^#]*?(?P<rest>\s*(?:#.*)?)")
    tries = []
    for place, end in _spans(lines, table):
        for at in range(place + 1, end):
            if found := known.fullmatch(lines[at]):
                tries.append([*lines[:at], row + found["rest"], *lines[at + 1 :]])
        tries.append([*lines[: place + 1], row, *lines[place + 1 :]])
    bare = lines[:-1] if lines and not lines[-1] else lines
    tries.append([*bare, *([""] if bare else []), f"[{_dotted(table)}]", row, ""])
    return tries
