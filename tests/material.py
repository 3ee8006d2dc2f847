"""Real input that lies beside the project and is no part of it."""

from __future__ import annotations

from pathlib import Path

from tests.tools import absent

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts: str) -> Path:
    """Find a folder or file of the real input; without it the test is skipped, and fails where CI is set."""
    path = _SHARED.joinpath(*parts)
    return path if path.exists() else absent(f"{path} is not there")
