"""What an editor wants is written where it belongs, and read again it is exactly that."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from audiobuild.audio.loudness import joined_block_loudness
from audiobuild.build.options import Options
from audiobuild.desk.booth import Booth
from audiobuild.desk.changes import ChangedMeanwhile
from audiobuild.desk.session import Desk
from audiobuild.desk.show_settings import settings_facts
from audiobuild.desk.spot import Spot
from audiobuild.errors import AudiobuildError, ConfigError, OutputError, SourceError
from audiobuild.inspection.heard_takes import keep_heard
from audiobuild.inspection.misheard import compare
from audiobuild.model.values import Segment, frames_of, ms_of
from audiobuild.sources.edition import read_edition, read_lexicons
from audiobuild.store.artefacts import Store
from audiobuild.takes.render import render
from tests.books import make_epub, page
from tests.building import tree

SHOW = 'title = "The Breakwater"\n[voices.narrator]\nengine = "silent"\n'
FERRY = """# The ferry that would not sink
##### A town buys back its boat

It is 6m long, and 6m people sailed in it. Mr Tolland, who steered it, wept.

- Tolland's coat was 2m away.

"She floats," he said.
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Editor:
    """Somebody at a desk, who looks for words by what is written."""

    desk: Desk
    told: list[Mapping[str, Any]]

    @property
    def home(self) -> Path:
        return self.desk.proofs.home

    def spot(self, opening: str, written: str = "", which: int = 1, article: int = 0) -> Spot:
        proof = self.desk.proofs.all[article]
        number = next(n for n, each in enumerate(proof.passages) if each.text.startswith(opening))
        start = -1
        for _ in range(which):
            start = proof.passages[number].text.index(written, start + 1)
        return Spot(article, proof.digest, number, start, start + len(written))

    def spoken(self, opening: str, article: int = 0) -> str:
        """What is said of a paragraph, by the files as they are now and by the desk; empty where it is left out."""
        shown = [each.segment for each in self.desk.proofs.all[article].passages if each.text.startswith(opening)]
        before = shown[0].spoken.text if shown[0] else ""
        self.desk.refresh()
        read = [each.segment for each in self.desk.proofs.all[article].passages if each.text.startswith(opening)]
        now = read[0].spoken.text if read[0] else ""
        assert before == now
        return now

    def segment(self, opening: str) -> Segment:
        return next(e.segment for e in self.desk.proofs.all[0].passages if e.segment and e.text.startswith(opening))


def sit_down(folder: Path, name: str = "ferry.md", text: str | bytes = FERRY, more: str = "") -> Editor:
    folder.mkdir(exist_ok=True)
    (folder / "show.toml").write_text(SHOW + more, encoding="utf-8")
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    store = Store(folder.parent / "store")
    told: list[Mapping[str, Any]] = []
    options = Options((folder,), folder.parent / "output", store.root)
    return Editor(Desk(options, Booth(store, render), told.append), told)


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return sit_down(tmp_path / "edition")


# --- by the rules again ---------------------------------------------------------------------------


@pytest.mark.parametrize("scope", ["show", "article", "place"])
def test_word_is_said_by_the_rules_again(editor: Editor, scope: str) -> None:
    former = editor.spoken("It is")
    before = tree(editor.home)
    editor.desk.mend(editor.spot("It is", "6m"), "six miles", "", "place")
    editor.desk.mend(editor.spot("It is", "Tolland"), "Tolund", "", scope)
    kept = tree(editor.home)
    editor.desk.unsay(editor.spot("It is", "Tolland"))
    assert "Tolund" not in editor.spoken("It is")
    editor.desk.unsay(editor.spot("It is", "6m"))
    assert editor.spoken("It is") == former
    assert {name: data for name, data in tree(editor.home).items() if data} == before
    with pytest.raises(SourceError, match="by the rules already"):
        editor.desk.unsay(editor.spot("It is", "6m"))
    editor.desk.undo()
    editor.desk.undo()
    assert tree(editor.home) == kept


# --- for the show ---------------------------------------------------------------------------------


def test_word_mended_for_the_show_is_a_row_of_the_lexicon_and_holds_for_its_possessive(editor: Editor) -> None:
    change = editor.desk.mend(editor.spot("- Tolland"[2:], "Tolland's"), "Tolund", "", "show")
    assert (editor.home / "lexicon.tsv").read_text() == "Tolland\tTolund\n"
    assert change.facts() == {"file": "lexicon.tsv", "lines": ["+Tolland\tTolund"]}
    assert editor.spoken("Tolland") == "Tolund's coat was two metres away."
    assert "Mister Tolund" in editor.spoken("It is")


def test_lexicon_keeps_all_else_that_stands_in_it(editor: Editor) -> None:
    before = "# our names\r\nGhent\tGent\r\nTolland\tTollant\r\n# the end"
    (editor.home / "lexicon.tsv").write_bytes(before.encode())
    editor.desk.refresh()
    editor.desk.mend(editor.spot("It is", "Tolland"), "", "ˈtɒlənd", "show")
    editor.desk.mend(editor.spot("It is", "Mr"), "Master", "", "show")
    after = before.replace("Tolland\tTollant", "Tolland\tTolland\tˈtɒlənd") + "\r\nMr\tMaster\r\n"
    assert (editor.home / "lexicon.tsv").read_bytes().decode() == after
    assert editor.segment("It is").pronunciations[-1].ipa == "ˈtɒlənd"


def test_entry_that_another_one_would_hide_goes_before_it(editor: Editor) -> None:
    (editor.home / "lexicon.tsv").write_text("tolland\tTollant\t\tany\n", encoding="utf-8")
    editor.desk.refresh()
    editor.desk.mend(editor.spot("It is", "Tolland"), "Tolund", "", "show")
    assert "Tolund" in editor.spoken("It is")
    (editor.home / "lexicon.tsv").write_text("Mr Tolland\tthe pilot\n", encoding="utf-8")
    editor.desk.refresh()
    with pytest.raises(ConfigError, match="would not be heeded"):
        editor.desk.mend(editor.spot("It is", "Tolland"), "Tolund", "", "show")


@pytest.mark.parametrize(("spoken", "ipa"), [("", ""), ("  ", " "), ("…", "")])
def test_what_cannot_be_said_is_refused_and_nothing_written(editor: Editor, spoken: str, ipa: str) -> None:
    before = tree(editor.home)
    for scope in ("place", "article", "show"):
        with pytest.raises(AudiobuildError):
            editor.desk.mend(editor.spot("It is", "6m"), spoken, ipa, scope)
    assert tree(editor.home) == before


# --- for a place, an article, a paragraph -----------------------------------------------------------


def test_one_place_is_a_remark_behind_its_word(editor: Editor) -> None:
    editor.desk.mend(editor.spot("It is", "6m", 2), "6 miles", "", "place")
    assert "It is 6m long, and 6m<!-- say: six miles --> people" in (editor.home / "ferry.md").read_text()
    assert editor.spoken("It is").startswith("It is six metres long, and six miles people")
    editor.desk.mend(editor.spot("It is", "6m", 2), "six million", "", "place")
    assert "6m<!-- say: six million --> people" in (editor.home / "ferry.md").read_text()
    editor.desk.mend(editor.spot("A town", "boat"), "", "/bɒt/", "place")
    assert "its boat<!-- say: /bɒt/ -->" in (editor.home / "ferry.md").read_text()
    editor.spoken("It is")


def test_article_is_a_remark_at_its_end_that_can_be_said_anew(editor: Editor) -> None:
    for spoken in ("Tolund", "Tollond"):
        editor.desk.mend(editor.spot("It is", "Tolland"), spoken, "", "article")
        assert (editor.home / "ferry.md").read_text() == f"{FERRY}\n<!-- say Tolland: {spoken} -->\n"
        assert editor.spoken("Tolland").startswith(f"{spoken}'s coat")


def test_several_words_in_one_place_are_a_correction(editor: Editor) -> None:
    editor.desk.mend(editor.spot("It is", "Mr Tolland"), "the pilot", "", "place")
    assert (editor.home / "ferry.md").read_text() == FERRY
    assert (editor.home / "corrections.tsv").read_text().splitlines()[1:] == [
        "The ferry that would not sink\tIt is 6m long, and 6m people sailed in it.\tMr Tolland\tthe pilot"
    ]
    assert "The pilot" not in editor.spoken("It is") and "the pilot, who" in editor.spoken("It is")


@pytest.mark.parametrize("opening", ["It is", "Tolland", '"She'])
def test_paragraph_is_left_out_by_remarks_and_comes_back(editor: Editor, opening: str) -> None:
    change = editor.desk.leave_out(editor.spot(opening))
    assert change.path.name == "ferry.md"
    assert editor.spoken(opening) == ""
    said = [each.text for each in editor.desk.proofs.all[0].passages if each.segment]
    assert len(said) == 4
    editor.desk.undo()
    assert (editor.home / "ferry.md").read_text() == FERRY
    assert editor.spoken(opening)


@pytest.mark.parametrize("opening", ["It is", "Tolland", '"She'])
def test_paragraph_that_was_left_out_the_other_day_is_read_again(editor: Editor, opening: str) -> None:
    editor.desk.leave_out(editor.spot(opening))
    again = Editor(Desk(editor.desk.options, editor.desk.booth, editor.told.append), editor.told)
    assert again.desk.undo() is None
    assert again.desk.proofs.all[0].passages[again.spot(opening).passage].facts()["own"] is True
    again.desk.read_again(again.spot(opening))
    assert (editor.home / "ferry.md").read_text() == FERRY
    assert again.spoken(opening)
    again.desk.undo()
    assert again.spoken(opening) == ""
    with pytest.raises(SourceError, match="no editor leaves this out"):
        again.desk.read_again(again.spot("The ferry"))


@pytest.mark.parametrize(
    ("text", "opening", "latter"),
    [
        (
            "# A\n\n<!-- skip -->\n\nOne.\n\nTwo\nlines.\n\nThree.\n\n<!-- end skip -->\n\nFour.\n",
            "Two",
            "# A\n\n<!-- skip -->\n\nOne.\n\n<!-- end skip -->\n\nTwo\nlines.\n\n"
            "<!-- skip -->\n\nThree.\n\n<!-- end skip -->\n\nFour.\n",
        ),
        (
            "# A\r\n\r\n<!-- skip -->\r\nOne.\r\n\r\nTwo.\r\n<!-- end skip -->\r\n\r\nFour.\r\n",
            "One",
            "# A\r\n\r\nOne.\r\n\r\n<!-- skip -->\r\n\r\nTwo.\r\n\r\n<!-- end skip -->\r\n\r\nFour.\r\n",
        ),
        ("# A\n\nOne <!-- skip -->and two<!-- end skip --> and three.\n", "and two", "# A\n\nOne and two and three.\n"),
    ],
    ids=["in the middle", "at the head", "within a paragraph"],
)
def test_of_what_is_left_out_one_paragraph_alone_is_read_again(
    tmp_path: Path, text: str, opening: str, latter: str
) -> None:
    editor = sit_down(tmp_path / "edition", "a.md", text)
    editor.desk.read_again(editor.spot(opening))
    assert (editor.home / "a.md").read_bytes().decode() == latter


def test_article_of_a_line_a_paragraph_is_mended_where_it_is_meant(tmp_path: Path) -> None:
    text = "# A\r\nAlpha Ghent and Ghent.\r\nBeta Ghent.\r\n**Gamma** Ghent.\r\n"
    editor = sit_down(tmp_path / "edition", "a.md", text)
    editor.desk.mend(editor.spot("Beta", "Ghent"), "Gent", "", "place")
    editor.desk.leave_out(editor.spot("Gamma"))
    written = (editor.home / "a.md").read_bytes().decode()
    assert "Beta Ghent<!-- say: Gent -->.\r\n" in written
    assert "\n" not in written.replace("\r\n", "")
    assert [editor.spoken(opening) for opening in ("Alpha", "Beta", "Gamma")] == [
        "Alpha Ghent and Ghent.",
        "Beta Gent.",
        "",
    ]


def test_book_is_mended_beside_it_and_a_build_reads_that(tmp_path: Path) -> None:
    pages = {"one.xhtml": page("<h1>Mud</h1><p>Ghent is 6m away, and Ghent is wet.</p><p>More of it.</p>")}
    book = make_epub(pages, [("Mud", "one.xhtml")])
    editor = sit_down(tmp_path / "edition", "book.epub", book)
    editor.desk.mend(editor.spot("Ghent", "Ghent", 2), "Gent", "", "place")
    editor.desk.mend(editor.spot("Ghent", "6m"), "six miles", "", "article")
    editor.desk.unsay(editor.spot("Ghent", "6m"))
    editor.desk.undo()
    editor.desk.leave_out(editor.spot("More"))
    assert editor.spoken("Ghent") == "Ghent is six miles away, and Gent is wet."
    assert editor.spoken("More") == ""
    for pause_ms in (2000, 1500):
        editor.desk.pause(editor.spot("Ghent"), pause_ms)
        assert editor.segment("Ghent").pause_frames == frames_of(pause_ms)
    rows = (editor.home / "corrections.tsv").read_text().splitlines()
    assert rows[-1] == "Mud\tGhent is 6m away, and Ghent is wet.\t\t\t\t\t1.5"
    assert len(rows) == 5
    assert (editor.home / "book.epub").read_bytes() == book
    editor.desk.read_again(editor.spot("More"))
    assert editor.spoken("More") == "More of it."
    editor.desk.undo()
    edition, _, home = read_edition([editor.home])
    assert edition.articles == tuple(each.article for each in editor.desk.proofs.laid)
    assert read_lexicons(home) == ()


def test_pause_behind_a_paragraph_is_a_remark_that_can_be_set_anew(editor: Editor) -> None:
    for seconds in (2, 1.5):
        editor.desk.pause(editor.spot("It is"), round(1000 * seconds))
        assert f"wept.\n\n<!-- pause {seconds:g}s -->\n" in (editor.home / "ferry.md").read_text()
        assert editor.segment("It is").pause_frames == frames_of(1000 * seconds)
    assert (editor.home / "ferry.md").read_text().count("pause") == 1


def test_voices_and_pauses_are_set_in_show_toml_and_nothing_else_of_it_changes(editor: Editor) -> None:
    path = editor.home / "show.toml"
    path.write_text(f"{SHOW}# ours\n[pauses] # all of them\nparagraph = 600 # as ever\n", encoding="utf-8")
    editor.desk.refresh()
    voice = [[["voices", "headlines"], "engine", "espeak"], [["voices", "headlines"], "name", "en-us"]]
    editor.desk.set_show([[["pauses"], "paragraph", 700], [["pauses"], "heading", 900], *voice])
    assert path.read_text() == (
        f"{SHOW}# ours\n[pauses] # all of them\nheading = 900\nparagraph = 700 # as ever\n\n"
        '[voices.headlines]\nname = "en-us"\nengine = "espeak"\n'
    )
    assert editor.segment("The ferry").voice.name == "en-us"
    assert editor.segment("It is").pause_frames == frames_of(700)
    before = path.read_text()
    for wrong in (
        [[["voices", "headlines"], "name", "nobody"]],
        [[["voices", "departments", "Nowhere"], "name", "en-us"]],
        [[["pauses"], "paragraph", -5]],
        [[["feed"], "base", "https://evil.example/"]],
        [[["pauses"], "paragraph", "5"]],
        [[["pauses"], [], 5]],
        ["pauses"],
        None,
    ):
        with pytest.raises(AudiobuildError):
            editor.desk.set_show(wrong)
    assert path.read_text() == before
    path.write_text(f"{SHOW}[pauses]\nparagraph = 0x10\n", encoding="utf-8")
    editor.desk.set_show([[["pauses"], "paragraph", 40]])
    assert path.read_text().endswith("[pauses]\nparagraph = 40\n")


def test_department_is_given_a_voice_under_the_name_that_show_toml_has_for_it(tmp_path: Path) -> None:
    former = '[voices.departments."at sea"]\nrate = 1.1\n'
    editor = sit_down(tmp_path / "edition", more=former)
    for name in ("At sea", "Science & mud", "Letters"):
        (editor.home / name).mkdir()
        (editor.home / name / "mud.md").write_text(f"# {name}\n\nWet.\n", encoding="utf-8")
    editor.desk.refresh()
    labels = [label for _, label, *_ in settings_facts(editor.desk.proofs)["voices"]]
    assert labels == ["narrator", "headlines", "quotations", "letters", "at sea", "Science & mud"]
    for name in labels[-2:]:
        table = ["voices", "departments", name]
        editor.desk.set_show([[table, "engine", "espeak"], [table, "name", "en-us"]])
    assert (editor.home / "show.toml").read_text() == (
        f'{SHOW}[voices.departments."at sea"]\nname = "en-us"\nengine = "espeak"\nrate = 1.1\n\n'
        '[voices.departments."Science & mud"]\nname = "en-us"\nengine = "espeak"\n'
    )
    voices = [proof.passages[-1].segment for proof in editor.desk.proofs.all]
    assert [each.voice.name for each in voices if each] == ["", "en-us", "", "en-us"]
    for _ in range(2):
        editor.desk.undo()
    assert (editor.home / "show.toml").read_text() == SHOW + former


@pytest.mark.parametrize(
    ("former", "latter"),
    [
        ('[voices.headlines]\nengine = "espeak"\nname = "en-us"\n', ""),
        (
            '\n[voices.headlines]\nengine = "espeak"\nname = "en-us"\n\n[pauses]\nparagraph = 600\n',
            "\n[pauses]\nparagraph = 600\n",
        ),
        ('[voices.headlines]\nname = "en-us" # hers\nrate = 1.1\n', "[voices.headlines]\nrate = 1.1\n"),
        ('[voices.headlines] # hers\nname = "en-us"\n', "[voices.headlines] # hers\n"),
        ("# nothing\n", "# nothing\n"),
    ],
)
def test_role_is_read_as_the_narrator_reads_again(editor: Editor, former: str, latter: str) -> None:
    path = editor.home / "show.toml"
    path.write_bytes((SHOW + former).encode())
    editor.desk.refresh()
    table = ["voices", "headlines"]
    editor.desk.set_show([[table, "engine", None], [table, "name", None]])
    assert path.read_text() == SHOW + latter
    assert editor.segment("The ferry").voice.name == ""
    editor.desk.undo()
    assert path.read_text() == SHOW + former


def test_narrator_is_the_default_of_the_language_again_and_what_only_a_hand_can_take_out_is_said(
    editor: Editor,
) -> None:
    path = editor.home / "show.toml"
    path.write_text('title = "Mud"\n[voices.narrator]\nengine = "espeak"\n', encoding="utf-8")
    editor.desk.refresh()
    narrator = ["voices", "narrator"]
    editor.desk.set_show([[narrator, "engine", None], [narrator, "name", None]])
    assert path.read_text() == 'title = "Mud"\n'
    path.write_text('voices = { headlines = { engine = "espeak" } }\n', encoding="utf-8")
    with pytest.raises(AudiobuildError) as raised:
        editor.desk.set_show([[["voices", "headlines"], "engine", None]])
    assert raised.value.hint == "Take engine out of [voices.headlines] by hand."


def test_settings_tell_who_may_read(editor: Editor) -> None:
    told = settings_facts(editor.desk.proofs)
    assert told["voices"][0] == [["voices", "narrator"], "narrator", "silent", ""]
    assert "hibari" in {engine for engine, _ in told["offers"]}
    assert told["pauses"]["paragraph"] == 600


def test_voice_of_a_role_is_heard_before_it_is_chosen(editor: Editor) -> None:
    usual = editor.desk.hear(editor.spot("It is")).take.key
    headlines = ["voices", "headlines"]
    chosen = [[headlines, "engine", "espeak"], [headlines, "name", "en-us"]]
    heard = editor.desk.audition(editor.spot("It is"), chosen, headlines)
    assert (heard.segment.voice.engine, heard.segment.voice.name) == ("espeak", "en-us")
    assert editor.desk.audition(editor.spot("It is"), chosen, ["voices", "letters"]).take.key == usual
    assert editor.desk.audition(editor.spot("It is"), [], headlines).take.key == usual
    assert (editor.home / "show.toml").read_text() == SHOW
    for table in (["voices", "departments", "Nowhere"], ["voices", ["headlines"]], "voices", None):
        with pytest.raises(ConfigError, match="nobody reads for this"):
            editor.desk.audition(editor.spot("It is"), chosen, table)
    with pytest.raises(AudiobuildError, match="nobody"):
        editor.desk.audition(editor.spot("It is"), [[headlines, "name", "nobody"]], headlines)


# --- what others do meanwhile ---------------------------------------------------------------------


def test_nothing_that_somebody_else_wrote_meanwhile_is_lost(editor: Editor) -> None:
    path = editor.home / "ferry.md"
    spot = editor.spot("It is", "6m")
    path.write_text(FERRY.replace("wept", "laughed"), encoding="utf-8")
    for scope in ("place", "article"):
        with pytest.raises(ChangedMeanwhile):
            editor.desk.mend(spot, "six miles", "", scope)
    assert path.read_text() == FERRY.replace("wept", "laughed")
    editor.desk.refresh()
    with pytest.raises(ChangedMeanwhile):  # the page does not know yet
        editor.desk.mend(spot, "six miles", "", "show")
    editor.desk.mend(editor.spot("It is", "6m"), "six miles", "", "place")
    path.write_text(path.read_text() + "\nMore.\n", encoding="utf-8")
    with pytest.raises(ChangedMeanwhile):
        editor.desk.undo()
    assert path.read_text().endswith("\nMore.\n")
    (editor.home / "lexicon.tsv").write_text("Ghent\tGent\n", encoding="utf-8")
    editor.desk.refresh()
    editor.desk.mend(editor.spot("It is", "Tolland"), "Tolund", "", "show")
    assert (editor.home / "lexicon.tsv").read_text() == "Ghent\tGent\nTolland\tTolund\n"


def test_changes_are_taken_back_one_by_one(editor: Editor) -> None:
    before = tree(editor.home)
    editor.desk.mend(editor.spot("It is", "Tolland"), "Tolund", "", "show")
    editor.desk.mend(editor.spot("It is", "6m"), "six miles", "", "place")
    editor.desk.mend(editor.spot("It is", "Mr Tolland"), "the pilot", "", "place")
    assert [change.path.name for _ in range(3) if (change := editor.desk.undo())] == [
        *("corrections.tsv", "ferry.md", "lexicon.tsv")
    ]
    assert tree(editor.home) == before
    assert editor.desk.undo() is None


def test_link_that_leads_out_of_the_sources_is_not_written_through(tmp_path: Path) -> None:
    editor = sit_down(tmp_path / "edition")
    (tmp_path / "secret.tsv").write_text("a\tb\n", encoding="utf-8")
    (editor.home / "lexicon.tsv").symlink_to(tmp_path / "secret.tsv")
    with pytest.raises(OutputError, match="outside"):
        editor.desk.mend(editor.spot("It is", "Tolland"), "Tolund", "", "show")
    assert (tmp_path / "secret.tsv").read_text() == "a\tb\n"


def test_files_that_cannot_be_read_leave_the_desk_as_it_was_and_are_told_of(editor: Editor) -> None:
    (editor.home / "show.toml").write_text("title = \n", encoding="utf-8")
    editor.desk.refresh()
    assert "no TOML" in editor.told[-1]["problem"]
    assert editor.desk.proofs.show.title == "The Breakwater"


def test_only_articles_that_have_the_word_are_read_again(tmp_path: Path) -> None:
    editor = sit_down(tmp_path / "edition")
    (editor.home / "other.md").write_text("# Other\n\nGhent is wet.\n", encoding="utf-8")
    editor.desk.refresh()
    before = editor.desk.proofs
    (editor.home / "lexicon.tsv").write_text("Ghent\tGent\n", encoding="utf-8")
    editor.desk.refresh()
    now = editor.desk.proofs
    assert [one.mark != other.mark for one, other in zip(now.all, before.all, strict=True)] == [False, True]
    assert now.laid[0] is before.laid[0]


# --- what is heard --------------------------------------------------------------------------------


def test_what_is_tried_is_heard_and_not_kept_and_what_was_before_can_be_heard_again(editor: Editor) -> None:
    first = editor.desk.hear(editor.spot("It is"))
    tried = editor.desk.rehearse(editor.spot("It is", "6m"), "six miles", "")
    assert tried.segment.spoken.text.startswith("It is six miles long")
    assert (editor.home / "ferry.md").read_text() == FERRY
    editor.desk.mend(editor.spot("It is", "6m"), "six miles", "", "place")
    assert editor.desk.hear(editor.spot("It is")).take.key == tried.take.key != first.take.key
    assert editor.desk.hear_former(editor.spot("It is")).take.key == first.take.key
    assert editor.desk.booth.sound(first.facts()["sound"].partition("/")[2])


def test_paragraph_can_be_heard_as_it_was_whoever_has_changed_it(editor: Editor) -> None:
    first = editor.desk.hear(editor.spot("It is")).take.key
    with pytest.raises(SourceError, match="not otherwise"):
        editor.desk.hear_former(editor.spot("It is"))
    text = FERRY.replace("6m people", "seven people").replace("# The", "# That")
    (editor.home / "ferry.md").write_text(text.replace("- Tolland", "New.\n\n- Tolland"), encoding="utf-8")
    editor.desk.refresh()
    second = editor.desk.hear(editor.spot("It is")).take.key
    assert editor.desk.hear_former(editor.spot("It is")).take.key == first != second
    assert editor.desk.hear_former(editor.spot("That")).segment.spoken.text.startswith("The ferry")
    for opening in ("New", '"She'):
        with pytest.raises(SourceError, match="not otherwise"):
            editor.desk.hear_former(editor.spot(opening))
    editor.desk.mend(editor.spot("It is", "wept"), "laughed", "", "show")
    assert editor.desk.hear_former(editor.spot("It is")).take.key == second
    editor.desk.undo()
    assert "laughed" in editor.desk.hear_former(editor.spot("It is")).segment.spoken.text


def test_words_that_were_not_heard_are_in_doubt_where_somebody_has_listened(editor: Editor) -> None:
    heard = editor.desk.hear(editor.spot("It is"))
    said = heard.segment.spoken.text
    assert said == "It is six metres long, and six million people sailed in it. Mister Tolland, who steered it, wept."
    told = compare(said, "It is six metres long. Mister Tolland, who steered it, was an old man.", "en-GB")
    keep_heard(editor.desk.booth.store, heard.take.key, said, told, "a model")
    editor.desk.find_suspects()
    passage = editor.desk.proofs.all[0].passages[editor.spot("It is").passage]
    found = [each for each in passage.doubts if each.kind == "not heard"]
    assert [passage.text[each.start : each.end] for each in found] == ["and 6m people sailed in it", "wept"]
    assert [each.spoken for each in found] == ["nothing was heard", "“was an old man” was heard"]
    editor.desk.mend(editor.spot("It is", "wept"), "laughed", "", "show")
    passage = editor.desk.proofs.all[0].passages[editor.spot("It is").passage]
    assert [each for each in passage.doubts if each.kind == "not heard"] == []


def test_loudness_of_an_article_is_that_of_the_takes_there_are(tmp_path: Path) -> None:
    editor = sit_down(tmp_path / "edition", more="[audio]\nbit_rate_kbps = 64\n")
    proof = editor.desk.proofs.all[0]
    assert editor.desk.booth.loudness(proof, editor.desk.proofs).parts == ()
    heard = editor.desk.hear(editor.spot("It is"))
    ((number, ms, levels),) = editor.desk.booth.loudness(proof, editor.desk.proofs).parts
    assert (number, ms) == (editor.spot("It is").passage, ms_of(heard.take.frames))
    assert len(levels) == -(-len(joined_block_loudness([heard.take.levels])) // 5)


def test_times_of_words_cover_all_that_is_written(editor: Editor) -> None:
    heard = editor.desk.hear(editor.spot("It is")).facts()
    assert sum(count for _, count in heard["words"]) == len("It is 6m long, and 6m people sailed in it.".split()) + 6
