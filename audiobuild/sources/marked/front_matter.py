"""What stands before an article's text and is about it (layer 1, pure): YAML, TOML, JSON, or headers like "Title: Mud".

    ---                     +++                      {                       Title: Mud
    title: Mud              title = "Mud"              "title": "Mud"        Date: 2026-05-04
    date: 2026-05-04        date = 2026-05-04        }
    ---                     +++                                              It rained.

A ruled line with no `key:` under it is a ruled line, and a block that has a key but cannot be parsed is an error: its
title and date would be lost in silence.
"""

from __future__ import annotations

import itertools
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath
from typing import Any

from audiobuild.errors import SourceError

_KEY = re.compile(r"""["']?[A-Za-z_][\w@-]*["']?\s*:(?:\s|$)""")
_ENTRY = re.compile(rf"\s|[-#\[\]{{}}]|$|{_KEY.pattern}")
_HEADER = re.compile(r"([A-Za-z][A-Za-z _-]{0,30})::?(?:\s+(.*))?$")
_JSON = re.compile(r"\{\s*(?:\"|\}\s*$)")
_TITLE_BLOCK = re.compile(r"%\s*(.*)")
_TITLE_BLOCK_KEYS = ("title", "author", "date")
_KNOWN = frozenset(
    "title subtitle description summary excerpt author authors date published created modified updated pubdate"
    " publishdate layout permalink slug tags categories category draft image cover lang language url link aliases"
    " keywords type status template weight id".split()
)
"""Keys by which front matter is known where its form alone leaves a doubt."""
_HINTS = {
    "yaml": "Each line reads: key: value",
    "toml": 'Each line reads: key = "value".',
    "json": 'Each entry reads: "key": "value", with a comma between two.',
}
_YAML_HINTS = (
    (re.compile(r"mapping values"), 'Put a value that holds ": " in quotation marks: title: "Mud: a history".'),
    (
        re.compile(r"found character '\\t'"),
        "Write spaces instead of the tab: YAML takes none at the beginning of a line.",
    ),
    (
        re.compile(r"end of stream|<stream end>"),
        "End what begins there: a quotation with its mark, a list with its bracket.",
    ),
    (re.compile(r"unknown escape"), r"Write \\ for a backslash between double quotation marks."),
    (
        re.compile(r"<block end>, but found (?!'-')|found character|expected alphabetic"),
        'Put all of the value in quotation marks: title: "[Mud] at the quay".',
    ),
)
"""What is to be done, by what the parser says."""
_EXPORTED = re.compile(r" [0-9a-f]{32}$")
"""How Notion ends the name of a page that it exports."""
_PROPERTY = re.compile(r"[^\W\d_][^:\n]{0,40}: \S")
_PROPERTY_OF_TIME = re.compile(r"(?:Created|Created time|Last edited|Last edited time): [A-Z][a-z]+ \d{1,2}, \d{4}")
_MOST_PROPERTIES = 40


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter, and where it stands."""

    values: Mapping[str, Any] = field(default_factory=dict)
    """By keys in small letters; scalars as they are written."""
    text: str = ""
    """As it is written, its fences included; empty where there is none."""
    line: int = 1
    """The line on which it starts."""
    lines: int = 0
    """How many lines of the text it takes, with the blank ones before it."""


def find_front_matter(text: str, source: str) -> FrontMatter:
    """Find the front matter of a text.

    Raises:
        SourceError: it cannot be parsed, or has no end; told with the line.
    """
    rows = text.split("\n")
    first = next((number for number, row in enumerate(rows) if row.strip("\ufeff \t")), len(rows))
    if first == len(rows):
        return FrontMatter()
    opening = rows[first].strip("\ufeff \t")
    if opening in ("---", "+++"):
        return _fenced(rows, first, source)
    if opening.startswith("{") and re.match(
        r"\{\s*(?:\"|\}\s*$)", "\n".join(rows[first : first + 3]).strip("\ufeff \t")
    ):
        return _json(rows, first, source)
    if _TITLE_BLOCK.match(opening):
        return _title_block(rows, first)
    if opening.startswith("# ") and (_EXPORTED.search(PurePath(source).stem) or _names_times(rows[first + 2 :])):
        return _properties(rows, first)
    return _headers(rows, first)


def _fenced(rows: list[str], first: int, source: str) -> FrontMatter:
    fence = rows[first].strip("\ufeff \t")
    ends = ("---", "...") if fence == "---" else (fence,)
    end = next((number for number in range(first + 1, len(rows)) if rows[number].rstrip() in ends), 0)
    inner = rows[first + 1 : end or len(rows)]
    content = next((row for row in inner if row.strip() and not row.lstrip().startswith("#")), "")
    sign = "=" if fence == "+++" else ":"
    is_known = _is_known(content, sign)
    if not end:
        if is_known:
            message = f"the front matter that begins on line {first + 1} has no end"
            raise SourceError(message, f"{source}:{first + 1}", f"End it with a line that reads {fence}")
        return FrontMatter()
    if content and not (_KEY.match(content) or is_known or (fence == "+++" and "=" in content)):
        return FrontMatter()
    parse = _parse_yaml if fence == "---" else _parse_toml
    try:
        values = parse("\n".join(inner), first + 2, source)
    except SourceError:
        if any(_is_known(row, sign) for row in inner) or all(map(_ENTRY.match, inner)):
            raise
        return FrontMatter()  # prose between two ruled lines
    return _made(values, rows, first, end + 1)


def _names_times(rows: list[str]) -> bool:
    """Whether properties begin that Notion gives to each page of a database, whatever the file is called by now."""
    properties = list(itertools.takewhile(_PROPERTY.match, rows[:_MOST_PROPERTIES]))
    return len(properties) > 1 and any(map(_PROPERTY_OF_TIME.match, properties))


def _properties(rows: list[str], first: int) -> FrontMatter:
    """Read what Notion's export has below the title: a line for each property, up to a blank one."""
    begin = first + 2
    end = next((number for number in range(begin, len(rows)) if not _PROPERTY.match(rows[number])), len(rows))
    if end == begin or (end < len(rows) and rows[end].strip()):
        return FrontMatter()
    values = {key: value.strip() for key, _, value in (row.partition(":") for row in rows[begin:end])}
    return _made({**values, "title": rows[first].strip("\ufeff# \t")}, rows, first, end)


def _is_known(row: str, sign: str) -> bool:
    key, found, _ = row.partition(sign)
    return bool(found) and key.strip("\"' \t").lower() in _KNOWN


@cache
def _yaml_loader() -> Any:
    """Read every scalar as text, for "2019-02-30" as a date is an error of another kind; null is no value."""
    import yaml

    class Loader(yaml.BaseLoader):
        """What makes text, lists, tables and None."""

    nothing = "tag:yaml.org,2002:null"
    Loader.add_implicit_resolver(nothing, re.compile(r"(?:~|null|Null|NULL)$"), list("~nN"))
    Loader.add_constructor(nothing, lambda *_: None)
    return Loader


def _parse_yaml(text: str, line: int, source: str) -> Any:
    import yaml  # 15 ms, for the articles that need it

    try:
        return yaml.load(text, Loader=_yaml_loader())  # nosec B506  # it makes text, lists and tables
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark and error.context_mark and mark.line > text.count("\n"):
            mark = error.context_mark  # what has no end is met at the end
        raise _broken("YAML", line + (mark.line if mark else 0), error.problem or "", source) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _broken("YAML", line, "", source) from error


def _parse_toml(text: str, line: int, source: str) -> Any:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r"\(at line (\d+)", str(error))
        raise _broken("TOML", line + (int(found[1]) - 1 if found else 0), "", source) from error


def _broken(language: str, line: int, problem: str, source: str) -> SourceError:
    message = f"the front matter is no {language}{': ' if problem else ''}{problem}"
    hints = (hint for said, hint in _YAML_HINTS if language == "YAML" and said.search(problem))
    return SourceError(message, f"{source}:{line}", next(hints, _HINTS[language.lower()]))


def _json(rows: list[str], first: int, source: str) -> FrontMatter:
    text = "\n".join(rows[first:])
    start = text.index("{")
    try:
        values, end = json.JSONDecoder().raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise _broken("JSON", first + error.lineno, "", source) from error
    except (RecursionError, ValueError) as error:
        raise _broken("JSON", first + 1, "", source) from error
    count = text.count("\n", 0, end) + 1
    if text[end:].split("\n", 1)[0].strip():  # words behind it on its last line would be lost
        return FrontMatter()
    return _made(values, rows, first, first + count)


def _headers(rows: list[str], first: int) -> FrontMatter:
    """Read headers up to a blank line; two known ones at least, or a title, tell them from prose."""
    values: dict[str, str] = {}
    key = ""
    end = first
    for row in rows[first:]:
        found = _HEADER.fullmatch(row.rstrip())
        if not row.strip():
            break
        if found:
            key = found[1].strip().lower()
            values[key] = (found[2] or "").strip()
        elif key and row.startswith((" ", "\t")):
            values[key] = f"{values[key]} {row.strip()}".strip()
        else:
            return FrontMatter()
        end += 1
    known = [each for each in values if each in _KNOWN]
    if rows[first].lower().startswith("title:") or len(known) >= 2:
        return _made(values, rows, first, end)
    return FrontMatter()


def _title_block(rows: list[str], first: int) -> FrontMatter:
    """Read a title block: a line each for title, authors and date, behind a percent sign."""
    lines = [_TITLE_BLOCK.fullmatch(row.rstrip()) for row in rows[first : first + 3]]
    found = [each[1] for each in lines if each]
    if len(found) < 2 or not all(lines[: len(found)]):
        return FrontMatter()
    return _made(dict(zip(_TITLE_BLOCK_KEYS, found, strict=False)), rows, first, first + len(found))


def _made(values: Any, rows: list[str], first: int, end: int) -> FrontMatter:
    text = "\n".join(rows[first:end])
    if not isinstance(values, dict):
        values = {}
    named = {str(key).strip().lower(): value for key, value in reversed(values.items())}
    return FrontMatter(named, text, first + 1, end)
