"""Where a segment cannot be spoken a build fails and names it; asked to keep going, it makes a preview of the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from audiobuild.audio.codec import decode
from audiobuild.audio.level import sounding_span
from audiobuild.cli.terminal import Terminal
from audiobuild.errors import EngineError
from audiobuild.inspection.finished_file import inspect_episode
from audiobuild.model.values import SAMPLES_PER_FRAME, Sting, Voice
from audiobuild.store.artefacts import Store
from audiobuild.takes.jobs import Job
from audiobuild.takes.render import render_wordless
from audiobuild.takes.stored_takes import read_sound, read_take
from audiobuild.takes.workers import render_all
from tests.building import LIGHTHOUSE, run_here, shared_store, spoken_by, tree, write_edition
from tests.jobs import job, segment
from tests.programs import write_program
from tests.signals import as_wav, tone

SPOKEN_SHOW = spoken_by("espeak") + '[feed]\nbase = "https://example.org/cast/"\n'
UNSAYABLE = "Dunskerry\t\tˈʘu\n"
"""A sound that the engine has not."""
PREVIEW = "output/the-breakwater-2026-11-07.preview.mp3"


def edition(folder: Path, *, lexicon: str = UNSAYABLE, show: str = SPOKEN_SHOW) -> Path:
    issue = write_edition(folder / "issue", show=show)
    (issue / "lexicon.tsv").write_text(lexicon, encoding="utf-8")
    return issue


def build(folder: Path, *more: str, store: str = "") -> CompletedProcess[str]:
    return run_here(["build", "issue", "--store", store or shared_store(), "--quiet", *more], folder)


def test_without_being_asked_to_a_build_does_not_keep_going(tmp_path: Path) -> None:
    edition(tmp_path)
    done = build(tmp_path)
    assert done.returncode == 1
    assert "Dunskerry" in done.stderr
    assert tree(tmp_path / "output") == {}


def test_a_preview_has_all_else_and_says_what_is_missing_and_nothing_is_published(tmp_path: Path) -> None:
    issue = edition(tmp_path)
    done = build(tmp_path, "--keep-going")
    assert (done.returncode, done.stdout) == (3, "")
    missing, told = done.stderr.splitlines()
    line = 1 + LIGHTHOUSE.splitlines().index(next(row for row in LIGHTHOUSE.splitlines() if "Dunskerry" in row))
    assert missing.startswith(f"missing: issue/2-lights/lighthouse.md:{line}: espeak: there is no sound for 'ʘ'")
    assert missing.endswith("'The lamp at Dunskerry was lit in eighteen forty-eight. In tw…'")
    assert told == "one segment is missing: this is a preview, and nothing was published"
    assert list(tree(tmp_path / "output")) == [Path(PREVIEW).name]

    preview = inspect_episode(tmp_path / PREVIEW)
    assert preview.facts.tag.title.endswith("(preview)")
    (issue / "lexicon.tsv").unlink()
    assert build(tmp_path, "--keep-going").returncode == 0
    whole = inspect_episode(tmp_path / "output" / "the-breakwater-2026-11-07.mp3")
    assert [each.title for each in preview.facts.tag.chapters] == [each.title for each in whole.facts.tag.chapters]
    assert 3000 < whole.facts.duration_ms - preview.facts.duration_ms < 9000
    assert not (tmp_path / PREVIEW).exists()


def test_programs_are_told_as_well(tmp_path: Path) -> None:
    edition(tmp_path)
    done = build(tmp_path, "--keep-going", "--per-article", "--json")
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert told["is_preview"]
    assert told["path"] == PREVIEW
    assert [(each["source"], "no sound" in each["error"]) for each in told["missing"]] == [
        ("issue/2-lights/lighthouse.md:4", True)
    ]
    assert told["missing"][0]["text"].startswith("The lamp at Dunskerry was lit in eighteen forty-eight.")
    names = [Path(each["path"]).name for each in (told, *told["episodes"])]
    assert len(names) == 3
    assert list(tree(tmp_path / "output")) == sorted(names)


def test_the_last_good_episode_stays_and_a_later_whole_build_is_not_affected(tmp_path: Path) -> None:
    issue = edition(tmp_path, lexicon="")
    assert build(tmp_path).returncode == 0
    good = tree(tmp_path / "output")
    edition(tmp_path)
    assert build(tmp_path, "--keep-going").returncode == 3
    now = tree(tmp_path / "output")
    assert now.pop(Path(PREVIEW).name)
    assert now == good
    (issue / "lexicon.tsv").unlink()
    done = run_here(["build", "issue", "--store", shared_store(), "--json", "--keep-going"], tmp_path)
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert (told["is_preview"], told["missing"], told["revision"]) == (False, [], 1)
    assert tree(tmp_path / "output") == good


def test_of_nothing_there_is_no_preview(tmp_path: Path) -> None:
    show = SPOKEN_SHOW.partition("[feed]")[0].replace('title = "The Breakwater"\n', "")
    issue = edition(tmp_path, show=show + '[outro]\ntext = ""\n')
    for path in issue.glob("*/*.md"):
        path.unlink()
    (issue / "one.md").write_text("# Dunskerry\n\nDunskerry.\n", encoding="utf-8")
    done = build(tmp_path, "--keep-going")
    assert done.returncode == 1
    assert done.stderr.startswith("error: espeak: there is no sound for 'ʘ'")
    assert tree(tmp_path / "output") == {}


# --- clips that are not the speech of their text ----------------------------------------------------

HALVING = """
text = sys.stdin.read()
put(os.path.join(os.path.dirname(__file__), "asked-%d" % time.time_ns()), text.encode())
sys.stdout.buffer.write(tone(text[: len(text) // 3] if "weeping" in text else text))
"""
"""A program that notes each text it is given, and speaks the first third of one of them alone."""


def test_a_program_that_drops_words_is_asked_three_times_and_found_out(tmp_path: Path) -> None:
    command = write_program(tmp_path, HALVING)
    table = f"[engines.command]\ncommand = {json.dumps(command)}\nrepeatable = false\n"
    issue = edition(tmp_path, lexicon="", show=spoken_by("command") + table)
    article = issue / "1-harbours" / "ferry.md"
    article.write_text(f"{article.read_text()}\nThe harbour master was found weeping on the quay.\n")
    done = build(tmp_path, "--keep-going", store="store")
    assert done.returncode == 3
    line = len(article.read_text().splitlines())
    assert f"missing: issue/1-harbours/ferry.md:{line}: command gave " in done.stderr
    assert "for 'The harbour master was found weeping on …', 3 times" in done.stderr
    asked = [path.read_text().rstrip() for path in tmp_path.glob("asked-*")]
    assert sorted({text for text in asked if asked.count(text) > 1}) == [
        "The harbour master was found weeping on the quay."
    ]
    assert len([text for text in asked if "weeping" in text]) == 3


# --- what stands in a segment's place ---------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_tell_of_the_jobs_that_cannot_be_done_and_do_the_others(workers: int, tmp_path: Path) -> None:
    jobs = [job(segment(text), tmp_path, text) for text in ("One.", "…", "Two.", "—", "Three.")]
    spared: list[tuple[Job, EngineError]] = []
    takes = list(render_all(jobs, workers, Terminal(quiet=True), lambda job, error: spared.append((job, error))))
    assert {take.key for take in takes} == {jobs[0].key, jobs[2].key, jobs[4].key}
    assert {each.key for each, _ in spared} == {jobs[1].key, jobs[3].key}
    assert all("nothing to say" in error.message for _, error in spared)


def test_a_voice_that_cannot_be_opened_ends_the_work_all_the_same(tmp_path: Path) -> None:
    jobs = [job(segment("One."), tmp_path, "one"), job(segment("Two.", Voice("silent", "nobody")), tmp_path, "two")]
    with pytest.raises(EngineError, match="nobody"):
        list(render_all(jobs, 1, Terminal(quiet=True), lambda job, error: None))


@pytest.mark.parametrize("pause_frames", [0, 7])
def test_in_its_place_is_its_pause(pause_frames: int, tmp_path: Path) -> None:
    one = job(segment("…", pause_frames=pause_frames), tmp_path)
    take = render_wordless(one)
    assert (take.frames, take.words) == (2 + pause_frames, ())
    assert take.key != one.key
    assert read_take(Store(tmp_path), take.key) == take
    assert sounding_span(decode(read_sound(Store(tmp_path), take.key), "take")) == (0, 0)


def test_the_sting_that_it_starts_over_is_heard_without_it(tmp_path: Path) -> None:
    path = tmp_path / "sting.wav"
    path.write_bytes(as_wav(tone(44_100)))
    under = replace(segment("…"), over=Sting(path, 0, duck_ms=500))
    take = render_wordless(job(under, tmp_path))
    assert take.frames == -(-44_100 // SAMPLES_PER_FRAME) + 5
    assert take.rms_dbfs > -40
