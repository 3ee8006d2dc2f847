"""Programs that judge what was written, none of them ours; a machine without one skips the test, except in CI."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from typing import NoReturn

import pytest


def absent(what: str) -> NoReturn:
    """Skip the test for want of something; it fails where CI is set, which must run every test."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}, and CI must run every test", pytrace=False)
    pytest.skip(what)


def require(tool: str) -> str:
    """Find a program: its path, or the test is skipped or fails."""
    path = shutil.which(tool)
    return path or absent(f"{tool} is not installed")


def prefer(*packages: str) -> None:
    """Have the test fail where CI is set and a package is missing that the checkers use where they find it."""
    missing = [name for name in packages if find_spec(name) is None]
    if missing and os.environ.get("CI"):
        absent(f"{', '.join(missing)} cannot be imported")


def run(tool: str, *arguments: object, given: bytes = b"") -> tuple[bytes, str]:
    """Run a program that must end well: what it gave, and what it said beside that."""
    command = [require(tool), *map(str, arguments)]
    done = subprocess.run(command, input=given, capture_output=True, timeout=120, check=False)
    said = done.stderr.decode(errors="replace")
    assert done.returncode == 0, said
    return done.stdout, said
