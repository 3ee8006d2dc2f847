"""The benchmark: the editions that it makes up, and the table that it prints."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from audiobuild.model.values import Segment
from audiobuild.script.sections import Stings, plan_script
from audiobuild.sources.edition import read_edition

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "seeds"
DUES = """###### Ports
# Why the ships go to Antwerp

It asks for less.

Antwerp has deeper water, too.

Nobody at home has asked why.
"""


def load(name: str) -> ModuleType:
    """Import a module that stands beside the script, as the script does."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / "benchmark" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def articles() -> ModuleType:
    return load("bench_articles")


def texts(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in paths}


@pytest.mark.parametrize(("count", "least_words"), [(1, 500), (10, 6_500), (75, 50_000)])
def test_edition_has_the_articles_and_words_asked_for(
    articles: ModuleType, tmp_path: Path, count: int, least_words: int
) -> None:
    edition = articles.write_edition(tmp_path / "edition", SAMPLE, count, "silent")
    written = [text for name, text in texts(tmp_path / "edition").items() if name.endswith(".md")]
    assert (edition.articles, len(written)) == (count, count)
    assert edition.words == sum(len(text.split()) for text in written)
    assert least_words <= edition.words <= 1.25 * least_words


def test_no_two_paragraphs_of_a_large_edition_are_equal(articles: ModuleType, tmp_path: Path) -> None:
    articles.write_edition(tmp_path / "edition", SAMPLE, 75, "silent")
    paragraphs = articles.read_paragraphs(tmp_path / "edition")
    assert len(paragraphs) > 1000
    assert len(set(paragraphs)) == len(paragraphs)


def test_nothing_is_said_twice_by_copies_of_the_same_article(articles: ModuleType, tmp_path: Path) -> None:
    articles.write_edition(tmp_path / "edition", SAMPLE, 18, "silent")
    edition, show, _ = read_edition([tmp_path / "edition"])
    script = plan_script(edition, show, Stings())
    said = [item.spoken.text for section in script.sections for item in section.items if isinstance(item, Segment)]
    assert len(said) > 250
    assert len(set(said)) == len(said)


def test_the_same_edition_is_written_each_time(articles: ModuleType, tmp_path: Path) -> None:
    for name in ("one", "two"):
        articles.write_edition(tmp_path / name, SAMPLE, 13, "silent")
    assert texts(tmp_path / "one") == texts(tmp_path / "two")


def test_a_change_touches_one_paragraph_and_the_lexicon_holds_for_some(articles: ModuleType, tmp_path: Path) -> None:
    articles.write_edition(tmp_path / "edition", SAMPLE, 10, "silent")
    before = articles.read_paragraphs(tmp_path / "edition")
    articles.change_paragraph(tmp_path / "edition")
    after = articles.read_paragraphs(tmp_path / "edition")
    assert len([pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]) == 1
    assert 1 < sum(articles.LEXICON_WORD in paragraph for paragraph in after) < len(after) / 4


@pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="the memory of processes is read as Linux has it"
)
def test_table_shows_what_each_build_of_a_small_edition_made(tmp_path: Path) -> None:
    (tmp_path / "1-leaders").mkdir()
    shutil.copy(SAMPLE / "show.toml", tmp_path)
    (tmp_path / "1-leaders" / "dues.md").write_text(DUES, encoding="utf-8")
    command = [sys.executable, "scripts/bench", "--sizes", "S", "--engine", "silent", "--no-recipes"]
    command += ["--sample", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    rows = re.findall(r"^S +(\S.*?)  +\d+\.\d\d +\d+\.\d\d +(\d+) +(\d+) +\d+ +(\d+)$", done.stdout, flags=re.MULTILINE)
    made = {step: int(count) for step, _, _, count in rows}
    assert made == {"cold": 6, "unchanged": 0, "one paragraph": 1, "one lexicon row": 2}
    assert all(int(process_mb) > 0 and int(tree_mb) > 0 for _, process_mb, tree_mb, _ in rows)
    assert re.search(r"^(met|missed) +peak of any process: \d+ MB", done.stdout, flags=re.MULTILINE)


def test_one_engine_is_held_against_another_and_recipes_that_were_left_out_have_no_column() -> None:
    cost, report = load("bench_cost"), load("bench_report")  # the second imports the first

    def facts(engine: str, wall_s: float) -> Any:
        rows = [
            report.Row("L", step, cost.Cost(wall_s, 2 * wall_s, 100.0, 200.0, 0.0), 60_000, 1)
            for step in (report.COLD, report.UNCHANGED, report.LEXICON)
        ]
        return report.Facts(engine, 2, rows)

    told = list(report.lines_beside(facts("hibari", 3.0), facts("espeak", 2.0)))
    assert told == [
        "met     L cold: hibari 3.00 s, espeak 2.00 s: 1.50 times, at most 1.6; by CPU 1.50 times",
        "missed  L unchanged: hibari 3.00 s, espeak 2.00 s: 1.50 times, at most 1.1; by CPU 1.50 times",
    ]
    recipe = report.Row("L", "piper", cost.Cost(9.0, 9.0, 100.0, 200.0, 0.0), 60_000, None)
    head, cold, *_ = report.table_of([*facts("hibari", 3.0).rows, recipe], markdown=False)
    assert (head.split()[-1], cold.split()[-1]) == ("piper", "3.0x")
    assert "kokoro" not in head
