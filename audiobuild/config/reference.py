"""A reference of show.toml's settings, and a file to start with, both written from the code that reads them (layer 0).

Each setting is a field of a dataclass, what stands below it is what it means, and what its values may be is what
`limits` would say. So neither the reference nor the file can leave anything out.
"""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import inspect
import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from audiobuild.config import show as show_module
from audiobuild.config.limits import rules_of
from audiobuild.config.show import Show

_LEFT_OUT = {"engine": '"hibari"', "name": '""', "rate": "1.0", "pitch_semitones": "0.0", "date": "2026-11-07"}
"""What stands for a value that is nothing where nothing is said."""
_FREE_KEYS = {
    "abbreviations": ("WHO", '"expand"'),
    "languages": ("fr", '"espeak:fr"'),
    "workers.resources": ("kokoro", '"GPU=1"'),
}
"""An example of a key, and of its value, in each table whose keys are the user's to choose."""
_KINDS = {str: "text", int: "whole number", float: "number", bool: "true or false", dt.date: "date"}


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of show.toml."""

    key: str
    kind: str
    value: str
    """What it is where nothing is said, as TOML; an example where that is nothing."""
    is_default: bool
    """Whether that is its value, and no example."""
    about: str
    allowed: str
    """What its values may be; empty for any of its kind."""


@dataclass(frozen=True, slots=True)
class SettingsTable:
    """A table of show.toml, or its head."""

    name: str
    """As TOML has it in brackets; empty for the head."""
    about: str
    settings: tuple[Setting, ...]


def list_tables() -> tuple[SettingsTable, ...]:
    """List all settings there are, table by table, in the order in which they are read."""
    allowed = {name: hint for name, _, _, hint in rules_of(Show())}
    return tuple(_tables(Show(), "", "", allowed))


def render_reference() -> str:
    """Write the reference, in Markdown."""
    lines = [
        "# Settings",
        "",
        "All settings of `show.toml`, made from the code that reads them; every one may be left out.",
        "`audiobuild init FOLDER` writes a file with all of them. Those of engines are in [engines.md](engines.md).",
    ]
    for table in list_tables():
        lines += ["", f"## {f'`{table.name}`' if table.name else 'The head'}", "", table.about]
        if table.settings:
            lines += ["", "| key | kind | without it | what it is |", "| --- | --- | --- | --- |"]
        for each in table.settings:
            without = f"`{each.value}`" if each.is_default else ""
            about = f"{each.about} {each.allowed}".strip().replace("|", "\\|")
            lines.append(f"| `{each.key}` | {each.kind} | {without} | {about} |")
    return "\n".join(lines) + "\n"


def render_show(own: Mapping[str, str]) -> str:
    """Write a show.toml with every setting in it, each behind a # but for those of its head that are given."""
    lines = [
        "# What is the same from issue to issue. Behind a # is every other setting, with the value that it has anyway:",
        "# take the # away in front of what you change, and in front of the [table] above it.",
    ]
    for table in list_tables():
        is_filled = table.name and table.settings
        lines += ["", *_commented(table.about), *([f"# {table.name}"] if is_filled else [])]
        for each in table.settings:
            is_own = not table.name and each.key in own
            value = _quoted(own[each.key]) if is_own else each.value
            lines += [*_commented(f"{each.about} {each.allowed}".strip(), "#   ")]
            lines.append(f"{'' if is_own else '# '}{each.key} = {value}")
    return "\n".join(lines) + "\n"


def _commented(text: str, mark: str = "# ") -> Iterator[str]:
    """Break a text into comments of a readable width."""
    line = ""
    for word in text.split():
        if line and len(mark) + len(line) + 1 + len(word) > 100:
            yield mark + line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield mark + line


# --- the dataclasses ----------------------------------------------------------------------------------


def _tables(values: Any, name: str, about: str, allowed: Mapping[str, str]) -> Iterator[SettingsTable]:
    """List a table, then those within it."""
    kind = type(values)
    kinds = typing.get_type_hints(kind)
    abouts = _abouts()[kind.__name__]
    inner = {field.name: _inner(kinds[field.name]) for field in dataclasses.fields(kind)}
    plain = [key for key, table in inner.items() if table is None]
    found = tuple(
        _setting(key, kinds[key], getattr(values, key), abouts.get(key, ""), _allowed(allowed, name, key))
        for key in plain
    )
    bracketed = f"[{name}]" if name and not name.startswith("[") else name
    if found:
        yield SettingsTable(bracketed, about or _abouts()[kind.__name__][""], found)
    for key, table in inner.items():
        place = f"{name}.{key}".lstrip(".")
        if table is not None:
            yield from _inner_tables(place, table, getattr(values, key), abouts.get(key, ""), allowed)


def _allowed(allowed: Mapping[str, str], table: str, key: str) -> str:
    """What may be the value of a key; of one that any number of tables have, what may be in the narrator's."""
    place = "voices.narrator" if "voices." in table else table
    return allowed.get(f"{place}.{key}".lstrip("."), "")


def _inner(kind: Any) -> Any:
    """What is in a table within a table, a list of them, or a table of free keys; None for a plain value."""
    if dataclasses.is_dataclass(kind):
        return kind
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


def _inner_tables(
    place: str, table: Any, values: Any, about: str, allowed: Mapping[str, str]
) -> Iterator[SettingsTable]:
    if dataclasses.is_dataclass(table):
        is_list = isinstance(values, tuple)
        kind: Any = table
        name = f"[[{place}]]" if is_list else place
        yield from _tables(kind() if is_list else values, name, about or _abouts()[kind.__name__][""], allowed)
        return
    value = typing.get_args(table)[1]
    if dataclasses.is_dataclass(value):
        made: Any = value
        yield from _tables(made(), f"[{place}.NAME]", about, allowed)
    elif value is str:
        key, example = _FREE_KEYS[place]
        yield SettingsTable(f"[{place}]", about, (Setting(key, "text", example, False, "An example.", ""),))
    else:
        yield SettingsTable(f"[{place}.NAME]", about, ())


def _setting(key: str, kind: Any, value: Any, about: str, allowed: str) -> Setting:
    kinds = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    named = " or ".join(_KINDS[each] for each in kinds if each is not types.NoneType)
    return Setting(key, named, _LEFT_OUT[key] if value is None else _in_toml(value), value is not None, about, allowed)


def _in_toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@cache
def _abouts() -> Mapping[str, Mapping[str, str]]:
    """What stands below each field of each table, by their names; under no name, what the table is."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(show_module)).body:
        if isinstance(node, ast.ClassDef):
            told = found[node.name] = {"": _one_line(ast.get_docstring(node) or "")}
            for field, below in zip(node.body, node.body[1:], strict=False):
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                    text = below.value if isinstance(below, ast.Expr) else None
                    is_text = isinstance(text, ast.Constant) and isinstance(text.value, str)
                    told[field.target.id] = _one_line(str(text.value)) if is_text else ""  # type: ignore[union-attr]
    return found


def _one_line(text: str) -> str:
    """A docstring on one line, without the name of the table before it."""
    plain = re.sub(r"^(?:\[|show\.toml)[^:]*: ", "", " ".join(text.split()))
    return plain[:1].upper() + plain[1:]
