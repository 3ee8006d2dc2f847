"""What `normalise` says of a file is what a build says of it."""

from __future__ import annotations

from pathlib import Path

from audiobuild.inspection.preflight import spoken_segments
from audiobuild.model.values import Segment
from audiobuild.script.sections import Stings, plan_script
from audiobuild.sources.edition import read_edition, read_lexicons
from tests.building import run_here
from tests.material import shared

SHOW = 'title = "Mud"\nlanguage = "en-US"\n[intro]\ntext = "{show}, {date}."\n'
MUD = """---
title: Mud in May
---
# Mud in May

> Nov 5th 2026 | OSLO

It cost 6m.

| Boats | 2014 |
| --- | --- |
| Six | 7m |

- First
    - Second, 12%
"""


def said_by_a_build(path: Path) -> list[str]:
    edition, show, home = read_edition([path])
    script = plan_script(edition, show, Stings(), read_lexicons(home))
    items = (item for section in script.sections for item in section.items)
    return [item.spoken.text for item in items if isinstance(item, Segment) and item.source]


def test_a_file_is_said_as_it_is_built() -> None:
    paths = sorted((shared("corpus") / "gov").glob("*.md"))[::3]
    assert paths
    for path in paths:
        said = [segment.spoken.text for segment in spoken_segments(path)]
        assert said, path.name
        assert said == said_by_a_build(path), path.name


def test_title_that_stands_beside_the_text_is_printed_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "mud.md").write_text("---\nauthor: Ada\ntitle: Mud at 6m\n---\n\nIt rained.\n", encoding="utf-8")
    assert [segment.spoken.text for segment in spoken_segments(tmp_path / "mud.md")] == said_by_a_build(
        tmp_path / "mud.md"
    )
    done = run_here(["normalise", "mud.md"], tmp_path)
    assert done.stdout.splitlines() == ["", "", "Mud at six million", "", "", "It rained."]
    explained = run_here(["normalise", "--explain", "mud.md"], tmp_path).stdout
    assert explained.startswith("3:15\t6m\tsix million\t")
    (tmp_path / "mud.html").write_text(f"<title>Mud</title><p>{'It rained. ' * 30}</p>", encoding="utf-8")
    assert run_here(["normalise", "mud.html"], tmp_path).stdout.startswith("Mud\n")


def test_words_of_standard_input_have_no_title_but_their_own(tmp_path: Path) -> None:
    assert run_here(["normalise"], tmp_path, stdin=b"It rained.\n").stdout == "It rained.\n"
    titled = b"---\ntitle: Mud\n---\nIt rained.\n"
    assert run_here(["normalise"], tmp_path, stdin=titled).stdout.split() == ["Mud", "It", "rained."]


def test_the_command_prints_what_a_build_says_each_paragraph_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(SHOW, encoding="utf-8")
    (tmp_path / "lexicon.tsv").write_text("Oslo\tUslu\n", encoding="utf-8")
    (tmp_path / "mud.md").write_text(MUD, encoding="utf-8")
    done = run_here(["normalise", "mud.md"], tmp_path)
    assert done.returncode == 0, done.stderr
    printed = done.stdout.splitlines()
    assert {place: row for place, row in enumerate(printed, 1) if row} == {
        4: "Mud in May",
        6: "Uslu",
        8: "It cost six million.",
        14: "First",
        15: "Second, twelve percent",
    }
