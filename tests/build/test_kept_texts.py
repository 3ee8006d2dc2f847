"""What was spoken before is not read again where it is written as it was, by the same rules, in the same context."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import audiobuild
from audiobuild.build import kept_texts
from audiobuild.build.kept_texts import keep_texts, read_texts
from audiobuild.config.show import Show
from audiobuild.config.show_file import parse_show
from audiobuild.model.values import Edition, Script, Spoken
from audiobuild.normalisation import Entry, KnownTexts
from audiobuild.script.sections import Stings, plan_script
from audiobuild.sources.edition import read_edition
from audiobuild.store.artefacts import Store
from tests.building import FERRY, SHOW, run_here, write_edition
from tests.material import shared

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="module", params=["seeds", "corpus"])
def read(request: pytest.FixtureRequest) -> tuple[Edition, Show]:
    some = [SEEDS] if request.param == "seeds" else sorted(shared("corpus", "gov").glob("*.md"))[::4]
    edition, show, _ = read_edition(some)
    return edition, show


def planned(edition: Edition, show: Show, known: KnownTexts | None, *lexicon: Entry) -> Script:
    return plan_script(edition, show, Stings(), lexicon, known=known)


def test_a_script_is_the_same_by_what_is_known(read: tuple[Edition, Show]) -> None:
    edition, show = read
    first = KnownTexts()
    anew = planned(edition, show, None)
    assert planned(edition, show, first) == anew
    assert first.new > 80
    again = KnownTexts(json.loads(json.dumps(first.rows)))
    assert planned(edition, show, again) == anew
    assert again.new == 0
    assert again.rows == json.loads(json.dumps(first.rows))


def test_texts_are_read_again_where_something_else_decides_them(read: tuple[Edition, Show]) -> None:
    edition, show = read
    first = KnownTexts()
    planned(edition, show, first)
    for changed, lexicon in (
        (replace(show, language="en-US"), ()),
        (replace(show, abbreviations=(("UN", "expand"),)), ()),
        (show, (Entry("the", "thee"),)),
    ):
        known = KnownTexts(first.rows)
        assert planned(edition, changed, known, *lexicon) == planned(edition, changed, None, *lexicon)
        assert known.new


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Store, Edition]:
    store = Store(tmp_path / "store")
    edition, show, _ = read_edition([SEEDS])
    known = KnownTexts()
    planned(edition, show, known)
    keep_texts(store, "the edition", edition, known)
    return store, edition


def test_other_rules_know_nothing_of_what_was_read(
    kept: tuple[Store, Edition], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store, edition = kept
    known = read_texts(store, "the edition")
    planned(edition, parse_show(b"", "show.toml"), known)
    assert known.rows
    assert not read_texts(store, "another edition").before
    monkeypatch.setattr(audiobuild.normalisation, "__path__", [str(tmp_path)])
    assert not read_texts(store, "the edition").before
    monkeypatch.undo()
    monkeypatch.setattr(audiobuild, "__version__", "0")
    assert not read_texts(store, "the edition").before


def test_nothing_is_kept_of_what_is_read_in_no_time_or_known(kept: tuple[Store, Edition], tmp_path: Path) -> None:
    store, edition = kept
    short, show, _ = read_edition([write_edition(tmp_path / "short")])
    known = KnownTexts()
    planned(short, show, known)
    keep_texts(store, "a short one", short, known)
    assert not read_texts(store, "a short one").before
    keep_texts(store, "known", edition, KnownTexts())
    assert not read_texts(store, "known").before


def test_a_build_reads_what_has_changed_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_texts, "LEAST_CHARS", 0)
    monkeypatch.chdir(tmp_path)
    read: list[str] = []
    note = KnownTexts.note

    def seen(known: KnownTexts, mark: str, spoken: Spoken) -> None:
        read.append(spoken.written)
        note(known, mark, spoken)

    monkeypatch.setattr(KnownTexts, "note", seen)
    counts = []
    for ferry in (FERRY, FERRY, FERRY.replace("34 metres", "35 metres")):
        write_edition(tmp_path / "issue", ferry=ferry, show=SHOW)
        read.clear()
        done = run_here(["build", "issue", "--store", "store"], tmp_path)
        assert done.returncode == 0, done.stderr
        counts.append(len(read))
    assert counts[0] > 8
    assert counts[1:] == [0, 1]
    assert "35 metres" in read[0]
