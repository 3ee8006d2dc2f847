"""Builds of articles that mean harm, and what they leave in the output folder."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.building import run_here, tree

PRECIOUS = "What stood here before."

Build = Callable[..., subprocess.CompletedProcess[str]]
"""Builds in a folder: the folder, and arguments of the command."""


def article(path: Path, title: str, body: str = "\n\nSome words are said here.\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# {title}{body}", encoding="utf-8")
    return path


def build_silently(
    folder: Path, *arguments: str | Path, store: Path, run: Build = run_here
) -> subprocess.CompletedProcess[str]:
    """Build with the silent engine, which must not end in a defect of ours."""
    done = run(["build", *arguments, "--engine", "silent", "--store", store], folder)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def output_of(folder: Path) -> dict[str, bytes]:
    return tree(folder / "output")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def is_manifest(name: str, data: bytes) -> bool:
    return name.endswith(".json") and b'"identity"' in data
