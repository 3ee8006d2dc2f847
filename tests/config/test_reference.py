"""The reference of settings and the file that a show begins with are made from the code, and leave nothing out."""

from __future__ import annotations

import dataclasses
import re
import tomllib
import typing
from pathlib import Path
from typing import Any

import pytest

from audiobuild.config.reference import list_tables, render_reference, render_show
from audiobuild.config.show import Show
from audiobuild.config.show_file import parse_show

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def keys_of(values: Any) -> int:
    """How many keys a table has, with those of the tables within it; free keys are one, as they have one example."""
    kinds = typing.get_type_hints(type(values))
    return sum(_keys_of(getattr(values, each.name), kinds[each.name]) for each in dataclasses.fields(values))


def _keys_of(value: Any, kind: Any) -> int:
    if dataclasses.is_dataclass(value):
        return keys_of(value)
    if typing.get_origin(kind) is not tuple:
        return 1
    inner: Any = typing.get_args(kind)[0]
    inner = typing.get_args(inner)[1] if typing.get_origin(inner) is tuple else inner
    make: Any = inner
    return keys_of(make()) if dataclasses.is_dataclass(inner) else int(inner is str)  # an engine knows its own keys


def test_every_setting_is_listed_and_explained() -> None:
    settings = [(table.name, each) for table in list_tables() for each in table.settings]
    assert [f"{table} {each.key}" for table, each in settings if not each.about] == []
    assert [table.name for table in list_tables() if not table.about] == []
    assert len(settings) == keys_of(Show())


def test_document_is_what_the_code_says(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        DOCUMENT.write_text(render_reference(), encoding="utf-8", newline="\n")
    assert DOCUMENT.read_text(encoding="utf-8") == render_reference(), "run pytest --accept tests/config"


def test_file_to_begin_with_changes_nothing_but_the_title() -> None:
    assert parse_show(render_show({"title": 'The "Lock"'}).encode(), "show.toml") == Show(title='The "Lock"')


def test_every_setting_in_it_can_be_taken_as_it_stands() -> None:
    """But for the tables whose names are the user's to choose, all values are those that hold without them."""
    text = re.sub(r"(?m)^# (?=\[|\w+ = )", "", render_show({"title": "The Lock"}))
    show = parse_show(text.encode(), "show.toml")
    told = tomllib.loads(text)
    assert (show.feed, show.pauses, show.section, show.audio) == (
        *(dataclasses.replace(Show().feed, persons=show.feed.persons, txt=show.feed.txt), Show().pauses),
        *(Show().section, Show().audio),
    )
    assert set(told) == {field.name for field in dataclasses.fields(Show)} - {"engines"}
