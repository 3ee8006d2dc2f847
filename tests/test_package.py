"""What is installed by the name of audiobuild is whole: the wheel has every file, says what it is, and builds alone."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import chdir
from email import message_from_bytes
from pathlib import Path

import flit_core.buildapi
import pytest

from tests.building import LIGHTHOUSE, environment

ROOT = Path(__file__).resolve().parents[1]
NOT_SHIPPED = ("__pycache__",)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A wheel as the package index would have it, with nothing of it installed but what is in it."""
    folder = tmp_path_factory.mktemp("wheel")
    with chdir(ROOT):
        wheel = folder / flit_core.buildapi.build_wheel(str(folder))
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    yield folder / "site"


def test_wheel_has_every_file_of_the_package_and_no_other(unpacked: Path) -> None:
    ours = {
        path.relative_to(ROOT)
        for path in (ROOT / "audiobuild").rglob("*")
        if path.is_file() and not any(part in NOT_SHIPPED for part in path.parts)
    }
    (about,) = unpacked.glob("*.dist-info")
    shipped = {path.relative_to(unpacked) for path in unpacked.rglob("*") if path.is_file()}
    assert {path for path in shipped if path.parts[0] != about.name} == ours
    for path in ("py.typed", "desk/page/desk.js", "audio/sounds/intro.flac", "normalisation/english/data/units.tsv"):
        assert Path("audiobuild") / path in shipped
    assert (about / "licenses" / "LICENSE").is_file()


def test_wheel_says_what_it_is_and_what_it_needs(unpacked: Path) -> None:
    (about,) = unpacked.glob("*.dist-info")
    told = message_from_bytes((about / "METADATA").read_bytes())
    assert (told["Name"], told["Requires-Python"]) == ("audiobuild", ">=3.11")
    assert told["License-Expression"] == "GPL-3.0-or-later"
    assert told["Description-Content-Type"] == "text/markdown"
    assert str(told.get_payload()).startswith("# audiobuild\n")
    assert "Typing :: Typed" in told.get_all("Classifier", [])
    assert "audiobuild=audiobuild.__main__:main" in (about / "entry_points.txt").read_text()
    assert not [each for each in told.get_all("Requires-Dist", []) if "git+" in each or "@" in each]


def test_wheel_alone_builds_an_article(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text(LIGHTHOUSE, encoding="utf-8")
    command = [sys.executable, "-m", "audiobuild", *"build article.md --engine silent --jobs 1 --quiet".split()]
    alone = {**environment(tmp_path), "PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert list((tmp_path / "output").glob("*.mp3"))
    asked = [sys.executable, "-c", "import audiobuild; print(audiobuild.__file__)"]
    whose = subprocess.run(asked, cwd=tmp_path, env=alone, capture_output=True, text=True)
    assert Path(whose.stdout.strip()).is_relative_to(unpacked)
