"""What is asked for is reviewed, and what was reviewed is what is pinned."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"\| `([\w.-]+)` \| (\S+) \| (20\d\d-\d\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|")


def pinned() -> dict[str, str]:
    text = (ROOT / "requirements-test.lock").read_text(encoding="utf-8")
    return {name.lower(): version for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)}


def asked_for() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(each for name, of in extras.items() if name != "test" for each in of)]
    return {re.split(r"[^\w.-]", each)[0].lower() for each in wanted}


def test_every_direct_dependency_is_reviewed_in_the_version_that_is_pinned() -> None:
    rows = ROW.findall((ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8"))
    reviewed = {name.lower(): version for name, version, *_ in rows}
    assert len(reviewed) == len(rows)
    assert set(reviewed) == asked_for()
    assert reviewed == {name: pinned()[name] for name in reviewed}


def test_pip_itself_is_pinned_with_its_hash() -> None:
    text = (ROOT / "scripts" / "pip.lock").read_text(encoding="utf-8")
    assert re.fullmatch(r"pip==\S+ \\\n +--hash=sha256:[0-9a-f]{64}\n", text)
    assert "scripts/pip.lock" in (ROOT / "scripts" / "_environment").read_text(encoding="utf-8")
