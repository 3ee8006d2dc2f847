"""Programs that judge what was written, none of them ours; a machine without one skips the test, except in CI."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def require(tool: str) -> str:
    """Find a program: its path, or the test is skipped; it fails where CI is set."""
    path = shutil.which(tool)
    if path is None and os.environ.get("CI"):
        pytest.fail(f"{tool} is not installed, and CI must run every test", pytrace=False)
    if path is None:
        pytest.skip(f"{tool} is not installed")
    return path


def run(tool: str, *arguments: object, given: bytes = b"") -> tuple[bytes, str]:
    """Run a program that must end well: what it gave, and what it said beside that."""
    command = [require(tool), *map(str, arguments)]
    done = subprocess.run(command, input=given, capture_output=True, timeout=120, check=False)
    said = done.stderr.decode(errors="replace")
    assert done.returncode == 0, said
    return done.stdout, said
