"""A language is a value: English, German, one that a test makes, and one of which nothing is known."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.mp3 import MP3

from audiobuild.config.show_file import parse_show
from audiobuild.model.values import Edition, Segment
from audiobuild.normalisation import (
    Context,
    Entry,
    Language,
    gather_context,
    load_language,
    split_sentences,
    split_text,
    verbalise,
)
from audiobuild.normalisation.overrides import verbalise_with
from audiobuild.normalisation.rule import DIGIT, make_rule
from audiobuild.script.doubts import find_doubts, find_unsaid
from audiobuild.script.sections import plan_script, show_context
from audiobuild.sources.marked.markdown import read_markdown
from tests.building import run_here, shared_store
from tests.scripts import NO_STINGS
from tests.speech_cases import GERMAN, read_cases

CASES = tuple(read_cases(GERMAN, "de-DE"))
TOKENS = st.sampled_from(sorted({token for case in CASES for token in case.written.split()}))
MIXTURES = st.lists(st.one_of(TOKENS, st.text(st.characters(exclude_characters="↉"), max_size=6)), max_size=8).map(
    " ".join
)
UNSPEAKABLE = re.compile(r"[^\w\s.,;:?!()'’-]|_")
ROWING = Language(
    load_rules=lambda: (
        make_rule(
            "count.oars",
            r"(?P<number>[12])o(?!\w)",
            lambda match, _: "one oar" if match[1] == "1" else None,
            DIGIT,
            example="1o -> one oar",
        ),
        make_rule("count.many", r"\d+o?(?!\w)", lambda match, _: "many", DIGIT, example="8o -> many"),
    ),
    introduction="Casting off",
)
"""A language of two rules."""
ARTICLE = """# Der Kai
> 2019-01-03

Am 3. Januar kamen ca. 50 Boote.
"""


# --- German ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(GERMAN.glob("*.txt")), ids=lambda path: path.stem)
def test_german_is_spoken_as_the_cases_say(path: Path) -> None:
    cases = [case for case in CASES if case.name.startswith(f"{path.stem}:")]
    spoken = {case.name: verbalise(case.written, gather_context([case.written], case.locale)).text for case in cases}
    assert spoken == {case.name: case.spoken for case in cases}


def test_there_are_a_hundred_and_fifty_cases_of_german() -> None:
    assert len(CASES) >= 150


@settings(max_examples=150)
@given(MIXTURES)
def test_whatever_is_written_german_has_neither_digits_nor_symbols(written: str) -> None:
    spoken = verbalise(written, Context("de-DE"))
    kinds = {unicodedata.category(char) for char in spoken.text}
    assert kinds.isdisjoint({"Nd", "Nl", "No"})
    assert [char for char in UNSPEAKABLE.findall(spoken.text) if unicodedata.category(char)[0] != "M"] == []
    done, parts = 0, list[str]()
    for change in spoken.replacements:
        assert written[change.start : change.end] == change.written
        parts += (written[done : change.start], change.spoken)
        done = change.end
    assert "".join([*parts, written[done:]]) == spoken.text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Am 3. Januar kam z. B. Dr. Behn. Er blieb.", 2),
        ("Er war 30. Dann ging er.", 2),
        ("Netze usw. Niemand kam.", 2),
        ("Unter Wilhelm II. Kaiser zu sein war schwer.", 1),
        ("Das war Ludwig XIV. Er baute viel.", 2),
        ("Wer kam? Der 1. Offizier!", 2),
        ("Die 5. Klasse von St. Peter liest Nr. 7 bzw. S. 12.", 1),
    ],
)
def test_german_sentences_end_where_they_do(text: str, count: int) -> None:
    assert len(split_sentences(text, "de-DE")) == count


def test_a_text_is_cut_for_its_engine_at_the_ends_that_its_language_has() -> None:
    text = "Am 3. Januar kam er. Dann nicht."
    assert split_text(text, 22, "de-DE") == ("Am 3. Januar kam er.", "Dann nicht.")
    assert split_text(text, 12, "de-DE")[0] != "Am 3."


def test_a_german_show_says_its_date_and_names_its_chapters_in_german() -> None:
    show = parse_show(b'title = "Der Kai"\nlanguage = "de-DE"\n[outro]\ntext = "Das war {show}."', "show.toml")
    articles = tuple(
        replace(read_markdown(ARTICLE.replace("Der Kai", title).encode(), f"{title}.md"), number=place)
        for place, title in enumerate(("Der Kai", "Das Boot"))
    )
    edition = Edition(articles, "Der Kai", published=dt.date(2019, 1, 3), is_issue=True)
    script = plan_script(edition, show, NO_STINGS)
    assert [section.title for section in script.sections] == ["Einleitung", "Der Kai", "Das Boot", "Schluss"]
    said = [item.spoken.text for section in script.sections for item in section.items if isinstance(item, Segment)]
    assert said[0] == "Der Kai. dritter Januar zweitausendneunzehn."
    assert "Am dritten Januar kamen circa fünfzig Boote." in said
    assert find_unsaid(script, show_context(show)) == ()
    assert find_doubts(edition, script, show_context(show)) == ()


def test_a_source_in_german_is_not_read() -> None:
    article = read_markdown(b"# Der Kai\n\nEs ist kalt.\n\nQuelle: das Hafenamt\n", "kai.md")
    show = parse_show(b'language = "de-DE"', "show.toml")
    script = plan_script(Edition((article,), "", None), show, NO_STINGS)
    assert [entry.reason for entry in script.ledger if entry.reason] == ["a source is not read"]


def test_german_is_built_and_checked_and_normalised_by_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text('title = "Der Kai"\nlanguage = "de-DE"\n', encoding="utf-8")
    (tmp_path / "kai.md").write_text(ARTICLE, encoding="utf-8")
    built = run_here(["build", "kai.md", "--strict", "--store", shared_store()], tmp_path)
    assert built.returncode == 0, built.stderr
    assert MP3(next((tmp_path / "output").glob("*.mp3"))).tags["TLAN"].text == ["deu"]
    checked = run_here(["check", "kai.md"], tmp_path)
    assert checked.returncode == 0, checked.stderr
    (tmp_path / "kai.md").rename(tmp_path / "a.txt")
    spoken = run_here(["normalise", "a.txt"], tmp_path).stdout
    assert "Am dritten Januar kamen circa fünfzig Boote." in spoken
    lines = run_here(["normalise", "--lines", "--locale", "de-DE", "a.txt"], tmp_path).stdout
    assert "Am dritten Januar kamen circa fünfzig Boote." in lines


# --- a language of one's own, and none ------------------------------------------------------------


def test_a_tiny_language_is_spoken_through_the_same_scan() -> None:
    context = gather_context(["1o or 2o"], "x-row", language=ROWING)
    spoken = verbalise("Take 1o or 2o, or 12.", context, ROWING)
    assert spoken.text == "Take one oar or many, or many."
    assert [(change.written, change.rule) for change in spoken.replacements] == [
        ("1o", "count.oars"),
        ("2o", "count.many"),
        ("12", "count.many"),
    ]
    assert ROWING.introduction == "Casting off"


def test_an_editors_entries_and_overrides_hold_in_a_tiny_language() -> None:
    context = Context("x-row", lexicon=(Entry("gunwale", "gunnel"),))
    assert verbalise("1o over the gunwale", context, ROWING).text == "one oar over the gunnel"
    first = verbalise("1o", context, ROWING).replacements[0]
    assert verbalise_with("1o", (first._replace(spoken="2o"),), context, ROWING).text == "many"


def test_a_language_without_rules_is_spoken_as_written_but_for_the_editors_entries() -> None:
    text = "Le 3 janvier, « 12,5 % » de l’Oise & du Lot…"
    assert verbalise(text, Context("fr-FR")).text == text
    context = gather_context([text], "fr-FR", lexicon=(Entry("%", "pour cent"),))
    assert verbalise(text, context).text == text.replace("%", "pour cent")


def test_nothing_is_said_to_be_left_unsaid_or_doubtful_in_a_language_without_rules() -> None:
    article = read_markdown("# Le quai\n\nIl y a 12 € ≋ à l’OTAN.\n\n≋\n".encode(), "quai.md")
    edition, show = Edition((article,), "", None), parse_show(b'language = "fr-FR"', "show.toml")
    script = plan_script(edition, show, NO_STINGS)
    assert find_unsaid(script, show_context(show)) == ()
    assert find_doubts(edition, script, show_context(show)) == ()


def test_locale_finds_its_language_whatever_its_region() -> None:
    assert load_language("de") is load_language("de-AT") is load_language("de-DE")
    assert load_language("en-AU") is load_language("en-GB")
    assert load_language("deu") is load_language("fr-FR")


@pytest.mark.parametrize(("locale", "other"), [("en-GB", "german"), ("de-DE", "english"), ("fr-FR", "english")])
def test_a_language_that_is_not_spoken_is_not_imported(locale: str, other: str) -> None:
    code = (
        "import sys; from audiobuild.normalisation import gather_context, split_text, verbalise;"
        f"verbalise('Am 3. 6', gather_context(['a'], {locale!r})); split_text('Ah. So.', 3, {locale!r});"
        f"print([name for name in sys.modules if 'normalisation.{other}' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("tag", ["english", "en_GB", "de-de", "x", ""])
def test_what_is_no_language_tag_is_refused_with_a_hint(tag: str, tmp_path: Path) -> None:
    done = run_here(["normalise", "--locale", tag, "-"], tmp_path)
    assert done.returncode == 2
    assert "en-GB, de-DE or fr" in " ".join(done.stderr.replace("│", " ").split())
