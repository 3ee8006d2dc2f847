"""TOML tables laid over dataclasses of defaults; whatever cannot be is refused by its name (layer 0)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import types
import typing
from collections.abc import Iterable
from typing import Any, TypeVar

from audiobuild.errors import ConfigError, Faults

_T = TypeVar("_T")
_Key = TypeVar("_Key", str, int)
_KINDS = {
    str: "text in quotation marks",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dt.date: "a date like 2026-11-07",
}


def overlay_settings(defaults: _T, values: dict[str, Any], where: str, prefix: str = "") -> _T:
    """Lay the values of a TOML table over a dataclass of defaults.

    A field of a dataclass's type is a table; one of `tuple[tuple[str, X], ...]` is a table whose keys are free; one of
    `tuple[X, ...]` is a list. What is `Any` is taken as it is, lists as tuples.

    Raises:
        ConfigError: an unknown key, which names the nearest known one, or a value of another type; all are told.
    """
    types_of = typing.get_type_hints(type(defaults))
    secrets = {each.name for each in dataclasses.fields(defaults) if not each.repr}  # type: ignore[arg-type]
    given: dict[str, Any] = {}
    faults = Faults()
    for key, value in values.items():
        with faults.gathered():
            if key not in types_of:
                raise _unknown(prefix, key, tuple(types_of), where)
            if key in secrets and type(value) is not types_of[key]:
                raise ConfigError(f"{prefix}{key} must be {_KINDS[types_of[key]]}", where)  # which is not shown
            given[key] = _value(getattr(defaults, key), types_of[key], value, where, prefix + key)
    faults.tell()
    return dataclasses.replace(defaults, **given)  # type: ignore[type-var]  # every table is a dataclass


def _value(default: Any, wanted: Any, value: Any, where: str, name: str) -> Any:
    if wanted is Any:
        return _frozen(value)
    if dataclasses.is_dataclass(wanted) and isinstance(value, dict):
        # A value within a free table or a list has no default of its own.
        return overlay_settings(wanted() if default is None else default, value, where, f"{name}.")  # type: ignore[operator]
    if typing.get_origin(wanted) is not tuple:
        return _scalar(value, wanted, where, name)
    inner = typing.get_args(wanted)[0]
    if typing.get_origin(inner) is tuple and isinstance(value, dict):
        return tuple(_each(typing.get_args(inner)[1], value.items(), where, name))
    if isinstance(value, list):
        return tuple(found for _, found in _each(inner, enumerate(value, 1), where, name))
    raise ConfigError(f"{name} must be a {'table' if typing.get_origin(inner) else 'list'}, not {value!r}", where)


def _each(wanted: Any, values: Iterable[tuple[_Key, Any]], where: str, name: str) -> list[tuple[_Key, Any]]:
    """Take the values of a table whose keys are free, or of a list."""
    found = []
    faults = Faults()
    for key, value in values:
        with faults.gathered():
            found.append((key, _value(None, wanted, value, where, f"{name}.{key}")))
    faults.tell()
    return found


def _frozen(value: Any) -> Any:
    """Make a value of TOML one that cannot be changed: a list a tuple, a table a tuple of pairs."""
    if isinstance(value, dict):
        return tuple((key, _frozen(inner)) for key, inner in value.items())
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _scalar(value: Any, wanted: Any, where: str, name: str) -> Any:
    allowed = typing.get_args(wanted) if isinstance(wanted, types.UnionType) else (wanted,)
    if float in allowed and type(value) is int and abs(value) < 2**53:
        return float(value)
    if type(value) not in allowed:
        expected = " or ".join(_KINDS.get(kind, "a table") for kind in allowed if kind is not types.NoneType)
        raise ConfigError(f"{name} must be {expected}, not {value!r}", where)
    return value


def _unknown(prefix: str, key: str, known: tuple[str, ...], where: str) -> ConfigError:
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"Did you mean {prefix}{near[0]}?" if near else f"There are: {', '.join(known)}."
    return ConfigError(f"there is no setting {prefix}{key}", where, hint)
