"""Every error is one of ours, says its place and survives the way from a worker."""

from __future__ import annotations

import importlib
import inspect
import pickle
import pkgutil

import pytest

import audiobuild
from audiobuild.errors import (
    AudiobuildError,
    ConfigError,
    EngineError,
    EngineOffline,
    OutputError,
    SoundError,
    SourceError,
)


def our_errors() -> list[type[Exception]]:
    """Find every class of error that the package defines; one with an underscore never leaves its module."""
    names = [module.name for module in pkgutil.walk_packages(audiobuild.__path__, "audiobuild.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith(("__main__", "_preload"))]
    classes = {
        value
        for module in modules
        for value in vars(module).values()
        if inspect.isclass(value)
        and issubclass(value, Exception)
        and value.__module__.startswith("audiobuild")
        and not value.__name__.startswith("_")
    }
    return sorted(classes, key=lambda error: error.__name__)


def test_every_error_of_the_package_descends_from_the_root() -> None:
    errors = our_errors()
    assert {AudiobuildError, ConfigError, EngineError, EngineOffline, OutputError, SoundError, SourceError} <= set(
        errors
    )
    assert [error for error in errors if not issubclass(error, AudiobuildError)] == []


def test_the_tree_in_the_docstring_names_every_error() -> None:
    tree = inspect.getdoc(importlib.import_module("audiobuild.errors")) or ""
    here = [error for error in our_errors() if error.__module__ == "audiobuild.errors"]
    assert [error.__name__ for error in here if f"{error.__name__} " not in tree] == []


@pytest.mark.parametrize("error", our_errors(), ids=lambda error: error.__name__)
def test_error_survives_pickling_whole(error: type[AudiobuildError]) -> None:
    given = error("it is late", "issue/a.md", "Wait.")
    back = pickle.loads(pickle.dumps(given))
    assert type(back) is error
    assert (back.message, back.where, back.hint) == ("it is late", "issue/a.md", "Wait.")
    assert str(back) == str(given)


def test_error_says_its_place_first_where_there_is_one() -> None:
    assert str(SourceError("it is late", "issue/a.md", "Wait.")) == "issue/a.md: it is late"
    assert str(EngineError("it is late")) == "it is late"


def test_service_out_of_reach_is_an_engine_error() -> None:
    assert issubclass(EngineOffline, EngineError)
