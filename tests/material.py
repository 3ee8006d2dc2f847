"""Real input that lies beside the project and is no part of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts: str) -> Path:
    """Find a folder or file of the real input; without it the test is skipped, and fails where CI is set."""
    path = _SHARED.joinpath(*parts)
    if not path.exists() and os.environ.get("CI"):
        pytest.fail(f"{path} is not there, and CI must run every test", pytrace=False)
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return path
