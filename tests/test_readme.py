"""The README is true: its commands run, and what they print is what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobuild.config.show_file import parse_show
from audiobuild.sources.edition import read_edition
from tests.building import LIGHTHOUSE, environment, run_here, write_edition
from tests.forked import run_forked
from tests.sample_edition import write_beginning
from tests.service import make_identity, running_service

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def fenced(language: str) -> list[str]:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [text for its_language, text in blocks if its_language == language]


def commands() -> list[str]:
    lines = [line.partition("#")[0].strip() for block in fenced("sh") for line in block.splitlines()]
    return [line for line in lines if line]


def chapters(printed: str) -> list[tuple[int, str]]:
    """The chapters in what was printed: start in seconds, and title."""
    found = re.findall(r"^ +(?:(\d+):)?(\d+):(\d\d)  (.+)$", printed, re.MULTILINE)
    return [
        (3600 * int(hours or 0) + 60 * int(minutes) + int(seconds), title) for hours, minutes, seconds, title in found
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader's folder: an article, a folder of articles, an episode."""
    folder = tmp_path_factory.mktemp("reader")
    dated = LIGHTHOUSE.replace("##### Keepers wanted\n", "##### Keepers wanted\n> Nov 5th 2026\n")
    (folder / "article.md").write_text(dated, encoding="utf-8")
    feed = '[feed]\nbase = "https://lock.example/"\ncategory = "News"\nowner_email = "a@lock.example"\n'
    show = 'title = "My own"\ndate = 2026-11-07\ndescription = "All of it."\n'
    short = "# The ferry that would not sink\n\nMr Tolland, who steered it, wept.\n"  # a service is asked slowly
    write_edition(folder / "my-articles", show=show + feed + '[voices.narrator]\nengine = "espeak"\n', ferry=short)
    (folder / "my-articles" / "lexicon.tsv").write_text("Tolland\tTolund\n", encoding="utf-8")
    done = run_here(["build", "article.md", "--engine", "silent"], folder)
    assert done.returncode == 0, done.stderr
    (folder / "output" / "a-lamp-for-sale.mp3").rename(folder / "output" / "EPISODE.mp3")
    return folder


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The speech service, for the command that asks it."""
    identity = make_identity(tmp_path_factory.mktemp("identity"), ["translate.google.co.uk"])
    with running_service(identity) as (_, proxy):
        yield {"HTTPS_PROXY": proxy, "REQUESTS_CA_BUNDLE": str(identity.authority)}


@pytest.mark.parametrize("command", [line for line in commands() if line.startswith("audiobuild")])
def test_every_command_runs(command: str, folder: Path, service: dict[str, str]) -> None:
    published = command.replace("NAME", "a-lamp-for-sale").replace(
        "https://weighbridge.example/audio/feed.xml", "output"
    )
    words = shlex.split(published)[1:]
    done = run_forked(words, folder, network=service) if "gtts" in command else run_here(words, folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_two_commands_are_scripts_that_can_be_run() -> None:
    assert [line for line in commands() if line.startswith("./")] == ["./scripts/build", "./scripts/test"]
    for line in ("scripts/build", "scripts/test", ".ci/run"):
        assert shutil.which(str(ROOT / line))


def checkout(folder: Path) -> Path:
    """Copy what the first command needs, installed as it is here, with the beginning of the sample edition."""
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    for name in ("pyproject.toml", "requirements.lock", "requirements-test.lock"):
        shutil.copy2(ROOT / name, folder)
    (folder / "seeds").mkdir()
    write_beginning(folder / "seeds")
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(ROOT / ".venv" / "bin")
    for name in ("pins", "package"):
        shutil.copy2(ROOT / ".venv" / name, folder / ".venv")
    place = (ROOT / ".venv" / "place").read_text(encoding="utf-8")
    (folder / ".venv" / "place").write_text(place.replace(str(ROOT), str(folder), 1), encoding="utf-8")
    return folder


@pytest.mark.usefixtures("sample")  # by which all has been spoken
def test_the_first_command_builds_the_chapters_shown(tmp_path: Path, kept_store: Path) -> None:
    """Of the whole edition, which takes four times as long, `scripts/first-episode` sees it."""
    here, away = checkout(tmp_path / "checkout"), tmp_path / "away"
    away.mkdir()
    apart = {"HTTPS_PROXY": "http://127.0.0.1:9", "PIP_NO_INDEX": "1", "XDG_CACHE_HOME": str(kept_store.parents[1])}
    done = subprocess.run(
        [here / "scripts" / "build"], cwd=away, env=environment(tmp_path, **apart), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    *built, (_, end) = chapters(done.stdout)
    shown = chapters(fenced("text")[0])
    assert (len(built), end) == (3, shown[-1][1])
    assert [title for _, title in built] == [title for _, title in shown[:3]]
    # Another processor may round a network's sums otherwise, and a phoneme become 25 ms longer.
    assert [start_s for start_s, _ in built] == pytest.approx([start_s for start_s, _ in shown[:3]], abs=5)
    assert list(away.glob("*")) == []
    assert list((here / "output").glob("*.mp3"))


def test_the_chapters_shown_are_the_articles_of_the_sample_edition() -> None:
    edition, _, _ = read_edition([ROOT / "seeds"])
    assert [title for _, title in chapters(fenced("text")[0])][1:-1] == [each.title for each in edition.articles]


def test_the_settings_shown_can_be_set() -> None:
    show, feed = (parse_show(shown.encode(), "README.md") for shown in fenced("toml"))
    assert show.intro.sting == "bell.m4a"
    assert feed.feed.category == "News > Politics"
