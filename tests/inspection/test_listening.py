"""Listening to a build finds the words that were dropped, and is quiet about all that was only spelt otherwise."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode
from audiobuild.build import Options, find_takes
from audiobuild.errors import ConfigError
from audiobuild.inspection.misheard import compare
from audiobuild.inspection.recogniser import Recogniser, model_files, model_folder
from audiobuild.model.values import Segment, Spoken
from audiobuild.takes.render import render
from audiobuild.takes.stored_takes import read_sound, write_take
from tests.building import run_here
from tests.whisper import whisper_model

# --- what was said against what was heard -----------------------------------------------------------

ALIKE = """
The price was forty pounds. ~ The price was £40.
Two point five billion dollars in eighteen forty-eight. ~ $2.5 billion in 1848
He leaves at sixteen forty P M for the B B C. ~ He leaves at 1640pm for the BBC.
A week end’s colour and flavour, in the theatre. ~ A weekends color and flavor in the theater.
The quay at Dunskerry was wet. ~ The key at Dunscary was wet.
Mr Núñez’s boat, he said, was his. ~ Mr. Nunez's boat he said was his
"""
DIFFERENT = [
    ("The boats came home before the storm.", "The boats came home.", "before the storm", "", 3),
    ("The boats came home before the storm.", "before the storm", "The boats came home", "", 4),
    ("The boats came home before the storm.", "", "The boats came home before the storm", "", 7),
    ("She said it was late, and left.", "She said, and left.", "it was late", "", 3),
    ("The price was two hundred and forty pounds.", "The price was pounds.", "two hundred and forty", "", 4),
    ("He wept.", "He wept. Thank you for watching.", "", "Thank you for watching", -4),
    ("The lamp was lit by hand each night.", "The lamp gave us no oil at all.", "was lit by hand each night", "", 0),
]


@pytest.mark.parametrize("row", ALIKE.strip().splitlines())
def test_what_is_spelt_otherwise_was_heard(row: str) -> None:
    said, heard = row.split(" ~ ")
    assert compare(said, heard, "en-GB").runs == ()


@pytest.mark.parametrize(("text", "heard", "said", "other", "missing"), DIFFERENT)
def test_a_run_of_words_that_was_not_heard_is_told_of(
    text: str, heard: str, said: str, other: str, missing: int
) -> None:
    told = compare(text, heard, "en-GB")
    (run,) = told.runs
    assert (run.said, run.missing) == (said, missing)
    assert other in run.heard
    assert text[run.offset :].startswith(said)
    assert told.otherwise == run.words


def test_a_word_alone_is_counted_and_no_more() -> None:
    told = compare("The boats came home before the storm.", "The votes came home before the storm.", "en-GB")
    assert (told.runs, told.words, told.otherwise) == ((), 7, 1)


# --- a build that is listened to --------------------------------------------------------------------

TIDE = """# The tide at night

The tide came in over the flats, and the boats rose with it one by one. A man with a lamp walked along the wall and \
counted them. The oven was built by his grandfather from the stones of an old bridge. Every morning at four he lights \
it with dry wood. The bread is sold before the children go to school. In the evening the flour is brought from the \
mill on the hill. His daughter writes the price of each loaf on a board, and nobody has ever asked for a lower one. \
On Sundays the oven is cold, and the whole street smells of the sea again until the evening of the next day.

In the morning the fishermen found that three of them had drifted across the river.
"""
"""Its first paragraph is longer than Whisper hears at once."""
DROPPED = "had drifted across the river"


@pytest.fixture(scope="module")
def model(kept_store: Path) -> Path:
    return whisper_model(kept_store.with_name("models"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article in a neural voice; of one take the last words are dropped."""
    folder = tmp_path_factory.mktemp("listened")
    (folder / "issue").mkdir()
    show = '[voices.narrator]\nengine = "hibari"\n[intro]\nsting = "none"\n[outro]\nsting = "none"\ntext = ""\n'
    for name, text in (("show.toml", show), ("1-tide.md", TIDE)):
        (folder / "issue" / name).write_text(text, encoding="utf-8")
    assert run_here(["build", "issue", "--store", "store"], folder).returncode == 0
    plan, store, _ = find_takes(Options((folder / "issue",), folder / "output", folder / "store"))
    item, whole = next(
        (item, each) for item, each in plan.jobs.items() if isinstance(item, Segment) and DROPPED in item.spoken.text
    )
    text = item.spoken.text.replace(f" {DROPPED}", "")
    short = render(replace(whole, key=f"{whole.key}-short", item=replace(item, spoken=Spoken(text, text, ()))))
    write_take(store, replace(short, key=whole.key), read_sound(store, short.key))
    return folder


def test_words_that_were_dropped_are_named_with_a_clip_to_hear_and_all_else_is_quiet(built: Path, model: Path) -> None:
    places = ("--store", "store", "--model", model, "--clips", "clips")
    done = run_here(["check", "issue", "--listen", *places, "--json"], built)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    (run,) = told["runs"]
    assert run["source"] == "issue/1-tide.md:5"
    assert DROPPED in run["said"]
    assert run["missing"] >= 4
    assert run["heard"] == ""
    assert (told["takes"], told["unspoken"]) == (3, 0)
    assert told["heard_otherwise"] < 0.2 * told["words"]
    clip = Path(run["clip"])
    assert run["command"].endswith(str(clip))
    assert clip.name == "1-tide-5.mp3"
    plan, store, _ = find_takes(Options((built / "issue",), built / "output", built / "store"))
    sounds = [read_sound(store, key) for key in plan.takes]
    assert (built / clip).read_bytes() in sounds
    assert max(decode(sound, "take").duration_ms for sound in sounds if sound) > 30_000


def test_what_is_not_spoken_yet_is_said(built: Path, model: Path, tmp_path: Path) -> None:
    done = run_here(["check", built / "issue", "--listen", "--store", "none", "--model", model], tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "3 segments are not spoken yet, or with other settings: build first"


# --- the model --------------------------------------------------------------------------------------


def test_the_files_that_are_fetched_are_those_of_the_model(model: Path) -> None:
    for file in model_files():
        assert file.path.parent == model_folder()
        data = (model / file.path.name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file.size_bytes, file.sha256)
        assert file.url.startswith("https://")


def test_without_a_model_nothing_is_fetched_and_the_error_says_what_to_do(tmp_path: Path) -> None:
    done = run_here(["check", "x.md", "--listen", "--model", "nowhere"], _with_article(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith(
        "error: --listen: there is no model in nowhere\nFetch the model with --get-model (148 MB)"
    )


def test_a_model_that_is_broken_is_an_error(tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper")
    for name in ("model.bin", "tokenizer.json", "config.json"):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(ConfigError, match="cannot be loaded"):
        Recogniser(tmp_path, "en-GB", 1).transcribe(Clip.silence(1000, 16_000))


def test_without_the_package_the_error_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(ConfigError, match="not installed") as caught:
        Recogniser(tmp_path, "en-GB", 1)
    assert caught.value.hint == "Install it with: pip install 'audiobuild[listen]'"


def _with_article(folder: Path) -> Path:
    (folder / "x.md").write_text("# One\n\nTwo.\n", encoding="utf-8")
    return folder
