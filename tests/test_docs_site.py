"""The documents are a site: every page of docs/ is in it, and every link between them leads somewhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BUILD = [sys.executable, "-m", "zensical", "build", "--strict"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "zensical.toml", tmp_path)
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("*.mp3"))
    (tmp_path / "docs" / "sample.mp3").write_bytes(b"")
    return tmp_path


def test_the_site_is_built_without_a_warning_and_asks_nobody_else(copy: Path) -> None:
    done = subprocess.run(BUILD, cwd=copy, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    settings = (copy / "site" / "settings" / "index.html").read_text(encoding="utf-8")
    assert "departments" in settings
    assert 'src="http' not in settings


def test_a_link_that_leads_nowhere_stops_it(copy: Path) -> None:
    with (copy / "docs" / "ci.md").open("a", encoding="utf-8") as page:
        page.write("\n[nowhere](nowhere.md)\n")
    assert subprocess.run(BUILD, cwd=copy, capture_output=True).returncode != 0


def test_every_page_is_in_the_list_of_pages() -> None:
    def pages(nav: object) -> list[str]:
        if isinstance(nav, dict):
            return pages(list(nav.values()))
        return [page for each in nav for page in pages(each)] if isinstance(nav, list) else [str(nav)]

    listed = pages(tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"])
    assert sorted(listed) == sorted(path.name for path in (ROOT / "docs").glob("*.md"))
