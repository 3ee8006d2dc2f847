"""show.toml to a Show (layer 0)."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path
from typing import Any

from audiobuild.config.limits import check_values
from audiobuild.config.overlay import overlay_settings
from audiobuild.config.show import Show
from audiobuild.config.toml_slips import toml_slip
from audiobuild.errors import ConfigError
from audiobuild.model.merge_conflicts import DECIDE, UNFINISHED, find_conflict

_MOST_CHARS, _MOST_PARTS = 1_000_000, 100
_LONG_KEY = re.compile(rf"""(?<![\w"'-])(?:["'\w-]++[ \t]*+\.[ \t]*+){{{_MOST_PARTS}}}""")
"""A key such as a.b.c with so many parts that the time to read it would grow with their square."""
_PATHS = ("_file", "_folder")
"""What the keys of an engine's settings end in where their values are paths, relative to show.toml."""


def parse_show(data: bytes, where: str) -> Show:
    """Read show.toml.

    Raises:
        ConfigError: no TOML, an unknown key, or a value that cannot be.
    """
    if line := find_conflict(data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")):
        raise ConfigError(UNFINISHED, f"{where}:{line}", DECIDE)
    try:
        text = data.decode("utf-8-sig")
        _refuse_endless(text, where)
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigError("this is not UTF-8 text", where, "Save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is one; a number of thousands of digits is another
        raise toml_slip(text, str(error), where) from error
    if isinstance(values.get("cover"), str):
        values["cover"] = {"file": values["cover"]}
    show = overlay_settings(Show(), values, where)
    home = Path(where).parent
    engines = ((name, tuple((key, _placed(key, value, home)) for key, value in table)) for name, table in show.engines)
    return check_values(dataclasses.replace(show, engines=tuple(engines)), where)


def _refuse_endless(text: str, where: str) -> None:
    """Refuse settings that take longer to read than their length lets one think.

    Raises:
        ConfigError: they are too long, or a key has too many parts.
    """
    if len(text) > _MOST_CHARS:
        raise ConfigError(f"settings may have {_MOST_CHARS // 1_000_000} MB at most", where, "Take out what is none.")
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise ConfigError(f"a key may have {_MOST_PARTS} parts at most", f"{where}:{line}", "Shorten it.")


def _placed(key: str, value: Any, home: Path) -> Any:
    """Make a path in an engine's settings relative to show.toml; the name of its key marks a path."""
    return str((home / value).absolute()) if key.endswith(_PATHS) and isinstance(value, str) and value else value
