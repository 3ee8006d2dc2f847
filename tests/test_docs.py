"""The documents are true: what they name is there, what they show runs, and gives what they say."""

from __future__ import annotations

import dataclasses
import doctest
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from audiobuild.build import Options
from audiobuild.build.outcome import Result
from audiobuild.config.show_file import parse_show
from audiobuild.engines import Engine, read_settings
from audiobuild.engines.registry import engine_names, load_engine
from audiobuild.model.values import Voice
from tests.building import environment, run_here, write_edition
from tests.test_architecture import imports, is_within, layer, modules

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
ENGINES = (DOCS / "engines.md").read_text(encoding="utf-8")
ARCHITECTURE = (DOCS / "architecture.md").read_text(encoding="utf-8")
API = (DOCS / "api.md").read_text(encoding="utf-8")
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
OWN = sorted(name for name in engine_names() if load_engine(name).__module__.startswith("audiobuild."))
TO_BE_WRITTEN = {
    *("audiobuild/engines/morse.py", "tests/engines/test_engines_morse.py"),
    *("tests/publish/texts/test_lyrics.py", "tests/sources/test_org_mode.py"),
    "audiobuild/normalisation/english/data/lenses_words.tsv",
}
"""The files that the guides have their reader write."""
OF_THE_VOICE = "the voice's own"
"""What stands for a default that is not the same for all voices."""


def fenced(text: str, language: str) -> list[str]:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for its_language, block in blocks if its_language == language]


def rows(text: str) -> Iterator[list[str]]:
    """Every row of every table, cell by cell, without the marks of code."""
    for line in text.splitlines():
        if line.startswith("|"):
            yield [cell.strip().strip("`") for cell in line.strip("|").split("|")]


def chapter(name: str) -> str:
    """What the reference says of an engine."""
    return re.split(r"^## ", ENGINES.partition(f"\n## {name}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def in_toml(value: object) -> str:
    """Write a default as show.toml would have it."""
    if value is None:
        return OF_THE_VOICE
    return {"True": "true", "False": "false", "()": "[]"}.get(str(value), repr(value).replace("'", '"'))


# --- the reference of engines ---------------------------------------------------------------------


@pytest.mark.parametrize("name", OWN)
def test_every_setting_of_every_engine_is_in_the_reference_with_its_default(name: str) -> None:
    settings = load_engine(name).settings
    told = [cells[:2] for cells in rows(chapter(name)) if len(cells) == 3 and cells[0] not in ("key", "---")]
    if settings is None:
        assert "It has no settings of its own." in " ".join(chapter(name).split())
        assert told == []
        return
    assert told == [[field.name, in_toml(getattr(settings, field.name))] for field in dataclasses.fields(settings)]


def test_every_engine_is_in_the_table_with_what_it_can_do() -> None:
    table = {cells[0].rpartition("#")[2].rstrip(")"): cells for cells in rows(ENGINES) if len(cells) == 7}
    assert sorted(set(table) - {"engine", "---"}) == OWN
    for name in OWN:
        _, _, _, words, ipa, rates, install = table[name]
        abilities = load_engine(name).abilities
        lowest, highest = abilities.rates
        assert rates == f"{max(lowest, 0.5):g} to {min(highest, 2):g}"
        assert (words != "no") == (abilities.tells_words or name == "openai")
        assert (ipa != "no") == abilities.phonetic
        assert (f"audiobuild[{name}]" in install) == (f"\n{name} = [" in PROJECT)


@pytest.mark.parametrize("shown", fenced(ENGINES, "toml"))
def test_the_settings_shown_can_be_set(shown: str) -> None:
    show = parse_show(shown.encode(), "docs/engines.md")
    for name, settings in show.engines:
        engine: type[Engine] = load_engine(name)
        read_settings(Voice(name, settings=settings), engine.settings)


# --- the Python API -------------------------------------------------------------------------------


def test_what_the_api_shows_is_what_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    unfenced = re.sub(r"^```.*$", "", API, flags=re.MULTILINE)
    test = doctest.DocTestParser().get_doctest(unfenced, {}, "api.md", str(DOCS / "api.md"), 0)
    told: list[str] = []
    doctest.DocTestRunner().run(test, out=told.append)
    assert not told, "".join(told)


def test_the_script_shown_runs(tmp_path: Path) -> None:
    (script,) = fenced(API, "python")
    (tmp_path / "make.py").write_text(script, encoding="utf-8")
    write_edition(tmp_path / "my-articles")
    done = subprocess.run(
        [sys.executable, "make.py"], cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True
    )
    assert done.stderr == ""
    assert tmp_path.joinpath(done.stdout.strip()).is_file()


@pytest.mark.parametrize("value", [Options, Result])
def test_every_field_of_the_values_is_told(value: type) -> None:
    told = {name for cells in rows(API) for name in re.findall(r"\w+", cells[0])}
    assert {field.name for field in dataclasses.fields(value)} <= told


# --- all pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_shown_is_understood(page: Path, tmp_path: Path) -> None:
    lines = [line for block in fenced(page.read_text(encoding="utf-8"), "sh") for line in block.splitlines()]
    for line in lines:
        words = shlex.split(line, comments=True)
        if words and Path(words[0]).name == "audiobuild":
            done = run_here([*words[1:], "--help"], tmp_path)
            assert done.returncode == 0, (line, done.stderr)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_and_every_file_named_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    anchors = {
        re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in re.findall("^#+ (.+)$", text, re.M)
    }
    for target in re.findall(r"\]\(([^)]+)\)", text):
        file, _, anchor = target.partition("#")
        assert (page.parent / file).exists() if file else anchor in anchors, target
    named = re.findall(r"`((?:audiobuild|tests|docs|scripts)/[\w./-]+)`", text)
    assert {name for name in named if not (ROOT / name).exists()} <= TO_BE_WRITTEN


# --- the architecture -----------------------------------------------------------------------------


def test_the_packages_and_modules_named_in_the_architecture_are_those_there_are() -> None:
    packages = [cells for cells in rows(ARCHITECTURE) if len(cells) == 4 and cells[0].isdecimal()]
    loose = [cells for cells in rows(ARCHITECTURE) if len(cells) == 3 and cells[0].isdecimal()]
    told = {name: int(cells[0]) for cells in (*packages, *loose) for name in re.findall(r"\w+", cells[1])}
    there = {name.partition(".")[2] for name in modules() if name.count(".") == 1} - {"__main__"}
    assert told == {name: layer(f"audiobuild.{name}") for name in there}
    assert {cells[1] for cells in packages} == {name for name in there if (ROOT / "audiobuild" / name).is_dir()}


def test_packages_import_what_the_architecture_lets_them() -> None:
    allowed = {cells[1]: set(re.findall(r"\w+", cells[3])) for cells in rows(ARCHITECTURE) if len(cells) == 4}
    everybody = {"model", "errors", "progress", "locks"}
    for package in allowed.keys() - {"cli", "package", "---"}:
        inside = [tree for name, tree in modules().items() if is_within(name, f"audiobuild.{package}")]
        asked = {name.split(".")[1] for tree in inside for name in imports(tree) if name.startswith("audiobuild.")}
        assert asked - everybody - {package} <= allowed[package], package


def test_the_picture_shows_every_package() -> None:
    picture = ElementTree.parse(DOCS / "architecture.svg")
    texts = {name for each in picture.iter() for name in re.findall(r"\w+", each.text or "")}
    assert {cells[1] for cells in rows(ARCHITECTURE) if len(cells) == 4} - {"package", "---"} <= texts
