"""A lexicon beside show.toml, policies in it, and what an article says of its own words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.errors import ConfigError
from audiobuild.model.values import Block, BlockKind, Replacement
from audiobuild.normalisation import Context, Entry
from audiobuild.normalisation.lexicon_formats import read_lexicon, read_pls, render_pls
from audiobuild.normalisation.overrides import verbalise_with
from audiobuild.sources.marked.markdown_blocks import find_blocks
from tests.building import SHOW, run_here, write_edition

SHEETS = """# The tide tables
> Nov 5th 2026

The Quern is tidal. Its mouth is 6m deep.

Nobody swims here.

THE QUERN AND THE SEA meet at noon.

At the WHO nobody knew that the World Health Organisation (WHO) had come.
"""


def issue(folder: Path, *, show: str = SHOW, **files: str) -> Path:
    """Write a one-article edition with files beside its show.toml, a double underscore for the stop in their names."""
    folder.mkdir(exist_ok=True)
    for name, text in {"show__toml": show, "1__md": SHEETS, **files}.items():
        folder.joinpath(name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def spoken(folder: Path) -> str:
    done = run_here(["normalise", folder / "1.md"], folder.parent)
    assert done.returncode == 0, done.stderr
    return done.stdout


def synthesised(folder: Path) -> int:
    done = run_here(["build", folder, "--store", folder.parent / "store", "--json"], folder.parent)
    assert done.returncode == 0, done.stderr
    count: int = json.loads(done.stdout)["segments"]["synthesised"]
    return count


# --- the lexicon ----------------------------------------------------------------------------------


def test_entry_beats_every_rule_in_prose_in_amounts_and_in_an_opening_in_capitals(tmp_path: Path) -> None:
    said = spoken(issue(tmp_path / "issue", lexicon__tsv="Quern\tKern\t\tany\n6m\tsix metres\n"))
    assert "The Kern is tidal. Its mouth is six metres deep." in said
    assert "The Kern and the sea meet at noon." in said


def test_one_changed_entry_speaks_only_the_segments_that_hold_the_word_anew(tmp_path: Path) -> None:
    rows = "Quern\tKern\t\tany\nswims\tswymms\n"
    synthesised(issue(tmp_path / "issue", lexicon__tsv=rows))
    assert synthesised(tmp_path / "issue") == 0
    assert synthesised(issue(tmp_path / "issue", lexicon__tsv=rows.replace("Kern", "Cairn"))) == 2
    assert synthesised(issue(tmp_path / "issue", lexicon__tsv=rows.replace("swymms", "swims"))) == 1


def test_pls_beside_the_show_is_read_and_tsv_has_the_last_word(tmp_path: Path) -> None:
    pls = render_pls([Entry("Quern", "Corn"), Entry("tidal", "tie-dull")], "en-GB")
    said = spoken(issue(tmp_path / "issue", lexicon__tsv="Quern\tKern\n", lexicon__pls=pls))
    assert "The Kern is tie-dull." in said


def test_the_shows_own_words_are_said_by_the_lexicon_too(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "issue")
    (edition / "lexicon.tsv").write_text("Breakwater\tBrakewater\n", encoding="utf-8")
    first = synthesised(edition)
    (edition / "lexicon.tsv").unlink()
    assert (first > 1, synthesised(edition)) == (True, 1)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Quern", "an entry needs a written and a spoken form"),
        ("Quern\tKern\t\tsome", "the case 'some' is unknown"),
        ("Quern\tKern\t\t\tsea\tmore", "there are 6 columns, where five are known"),
        ("6m\t6 metres", "the spoken form '6 metres' holds '6'"),
        ("a\tb & c", "the spoken form 'b & c' holds '&'"),
        ("tidal\ttie-dle", "there is an entry for 'tidal' already"),
    ],
)
def test_bad_row_ends_the_build_with_its_place_and_a_hint(row: str, message: str, tmp_path: Path) -> None:
    edition = issue(tmp_path / "issue", lexicon__tsv=f"written\tspoken\ntidal\ttie-dull\n{row}\n")
    done = run_here(["build", "issue"], tmp_path)
    assert done.returncode == 1
    first, hint = done.stderr.splitlines()
    assert first == f"error: issue/lexicon.tsv:3: {message}"
    assert hint
    assert run_here(["normalise", edition / "1.md"], tmp_path).returncode == 1


def test_same_word_may_stand_twice_with_different_context() -> None:
    assert len(read_lexicon("bass\tbase\t\t\tguitar\nbass\tbas\t\t\triver\n")) == 2


def test_straight_apostrophe_of_an_entry_holds_for_a_curly_one() -> None:
    context = Context(lexicon=(Entry("O'Hea", "O'Hay"),))
    assert verbalise_with("Ms O’Hea left", (), context).text.endswith("O'Hay left")


# --- conversion -----------------------------------------------------------------------------------


def test_lexicon_goes_to_pls_and_back(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("Lviv\tLuh-veev\tlʋiu̯\nR&D\tresearch and development\n", encoding="utf-8")
    there = run_here(["lexicon", "a.tsv", "--output", "a.pls"], tmp_path)
    back = run_here(["lexicon", "a.pls", "--output", "b.tsv"], tmp_path)
    assert (there.stdout, back.stdout) == ("a.pls: 2 entries\n", "b.tsv: 2 entries\n")
    assert (tmp_path / "b.tsv").read_bytes() == (tmp_path / "a.tsv").read_bytes()


def test_what_pls_cannot_hold_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("bass\tbase\t\tany\tguitar\ntarn\ttahn\t\tany\n", encoding="utf-8")
    done = run_here(["lexicon", "a.tsv", "--output", "a.pls"], tmp_path)
    assert (done.stdout, "bass" in done.stderr) == ("a.pls: 1 entry\n", True)
    read = read_pls((tmp_path / "a.pls").read_text(encoding="utf-8"))
    assert [entry.written for entry in read] == ["tarn", "Tarn", "TARN"]


@pytest.mark.parametrize("target", ["b.tsv", "b.xml", "lost/b.pls"])
def test_conversion_that_cannot_be_is_refused(target: str, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("Lviv\tLuh-veev\n", encoding="utf-8")
    done = run_here(["lexicon", "a.tsv", "--output", target], tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 2)


def test_phoneme_in_another_alphabet_is_not_taken_for_ipa() -> None:
    text = render_pls([Entry("Lviv", "Luh-veev", "l")], "en-GB").replace('"ipa"', '"x-sampa"')
    assert read_pls(text) == (Entry("Lviv", "Luh-veev"),)


def test_alias_with_digits_is_refused() -> None:
    with pytest.raises(ConfigError, match="holds '4'"):
        read_pls(render_pls([Entry("B", "4")], "en-GB"))


# --- policies -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "said"),
    [("expand", "World Health Organisation nobody"), ("spell", "W H O nobody"), ("word", "Who nobody")],
)
def test_policy_of_the_show_decides_how_a_term_is_read(policy: str, said: str, tmp_path: Path) -> None:
    show = f'{SHOW}[abbreviations]\nWHO = "{policy}"\n'
    assert f"At the {said} knew" in spoken(issue(tmp_path / "issue", show=show))


@pytest.mark.parametrize("line", ['WHO = "shout"', "WHO = 3", '"" = "spell"'])
def test_policy_that_is_none_is_refused(line: str, tmp_path: Path) -> None:
    done = run_here(["build", issue(tmp_path / "issue", show=f"{SHOW}[abbreviations]\n{line}\n")], tmp_path)
    assert done.returncode == 1
    assert "show.toml: abbreviations." in done.stderr


# --- overrides in an article ----------------------------------------------------------------------


def found(text: str) -> Block:
    (block,) = [item.block for item in find_blocks(text) if item.block.kind is not BlockKind.HTML]
    return block


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It is 6m<!-- say: six metres --> deep.", "6m"),
        ("It is (6m)<!--say:six metres-->.", "6m"),
        ("It is “*6m*”<!-- say: six metres -->", "6m"),
        ("The U.S.<!-- say: six metres --> left.", "U.S."),
        ("It is 6m.<!-- say: six metres -->", "6m"),
        ("- It\n  is\n  6m <!-- say: six\n  metres --> deep", "6m"),
        ("# It is 6m<!-- say: six metres -->", "6m"),
    ],
)
def test_comment_behind_a_word_says_how_that_word_is_spoken(text: str, word: str) -> None:
    block = found(text)
    (override,) = block.overrides
    assert (override.written, override.spoken, override.rule) == (word, "six metres", "override")
    assert block.text[override.start : override.end] == word
    assert "say" not in block.text


def test_comment_with_no_word_before_it_is_accounted_for_as_html() -> None:
    blocks = [item.block for item in find_blocks("<!-- say: six metres --> deep\n\nand *<!-- note -->* so")]
    assert [block.kind for block in blocks].count(BlockKind.HTML) == 2
    assert not any(block.overrides for block in blocks)


def test_override_holds_for_one_place_and_the_rules_for_the_rest() -> None:
    block = found("All 6m of them, 6m<!-- say: six metres --> deep, near St<!-- say: 2 --> Ives")
    said = verbalise_with(block.text, block.overrides, Context())
    assert said.text == "All six million of them, six metres deep, near two Ives"
    assert said.written == block.text


def test_override_inside_what_a_rule_would_say_as_a_whole_still_holds() -> None:
    for text in ("see example.com today", "ON A COLD MORNING in May", "at 7.15pm on £6m"):
        for start, end in ((4, 11), (5, 9)):
            said = verbalise_with(text, (Replacement(start, end, text[start:end], "it", "override"),), Context())
            assert "it" in said.text
            assert not any(char.isdigit() or char in "£ɷ" for char in said.text)
            assert "".join(_sides(said.text, said.written, said.replacements)) == text


@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 8))
def test_any_text_is_rebuilt_about_an_override(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    if start >= end:
        return
    change = Replacement(start, end, text[start:end], "it", "override")
    said = verbalise_with(text, (change,), Context(lexicon=(Entry("a", "ay"),)))
    assert said.written == "".join(_sides(said.text, said.written, said.replacements)) == text
    assert change in said.replacements
    assert not any(char.isdigit() for char in said.text)


def _sides(text: str, written: str, replacements: tuple[Replacement, ...]) -> list[str]:
    parts, done = [], 0
    for each in replacements:
        parts += [written[done : each.start], each.written]
        done = each.end
    return [*parts, written[done:]]


def test_override_is_heard_in_the_episode(tmp_path: Path) -> None:
    edition = issue(tmp_path / "issue")
    synthesised(edition)
    (edition / "1.md").write_text(SHEETS.replace("6m deep", "6m<!-- say: six fathoms --> deep"), encoding="utf-8")
    assert synthesised(edition) == 1
