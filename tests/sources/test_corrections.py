"""What an editor says of words outside their place: in a remark for all of an article, or in corrections.tsv."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiobuild.errors import ConfigError
from audiobuild.inspection.preflight import find_all_doubts, spoken_segments
from audiobuild.model.values import Segment
from audiobuild.sources.corrections import Correction, opening_of, parse_corrections, render_correction
from audiobuild.sources.edition import read_edition

BOATS = """# Night boats

The ferry to Ghent is 6m long, and 6m people have been to Ghent.

Nobody in Ghent reads this.<!-- say Ghent: 2 boats -->
"""


def spoken(path: Path) -> list[str]:
    return [segment.spoken.text for segment in spoken_segments(path)]


def heard(segment: Segment) -> list[tuple[str, str]]:
    text = segment.spoken.text
    return [(text[sound.offset : sound.offset + sound.length], sound.ipa) for sound in segment.pronunciations]


@pytest.fixture
def boats(tmp_path: Path) -> Path:
    path = tmp_path / "boats.md"
    path.write_text(BOATS, encoding="utf-8")
    return path


def test_remark_that_names_a_word_holds_in_all_of_the_article(boats: Path) -> None:
    _, first, second = spoken(boats)
    assert first == "The ferry to two boats is six metres long, and six million people have been to two boats."
    assert second == "Nobody in two boats reads this."
    assert [doubt.kind for doubt in find_all_doubts([boats]) if "remark" in doubt.kind] == []


def test_strokes_around_what_is_said_make_it_ipa(boats: Path) -> None:
    boats.write_text("# A\n\nTo Ghent<!-- say: /ɡɛnt/ --> by boat.\n\nTo Genk.\n\n<!-- say Genk: /xɛŋk/ -->\n")
    _, first, second = spoken_segments(boats)
    assert (first.spoken.text, heard(first)) == ("To Ghent by boat.", [("Ghent", "ɡɛnt")])
    assert (second.spoken.text, heard(second)) == ("To Genk.", [("Genk", "xɛŋk")])


def test_correction_holds_for_its_place_its_article_or_leaves_a_paragraph_out(boats: Path) -> None:
    pause = "Night boats\tThe ferry to\t\t\t\t\t2.5"
    rows = (
        pause,
        "Night boats\tThe ferry to\t6m\tsix miles\t\t2",
        "Night boats\t\tferry\tferry boat",
        "Night boats\tNobody",
    )
    (boats.parent / "corrections.tsv").write_text("\n".join(rows), encoding="utf-8")
    assert spoken(boats)[1:] == [
        "The ferry boat to two boats is six metres long, and six miles people have been to two boats."
    ]


def test_correction_that_finds_nothing_is_told_by_check(boats: Path) -> None:
    rows = ("Night boats\tThe ferry to\t7m\tseven miles", "Day boats\tNobody", "Night boats\tNobody")
    (boats.parent / "corrections.tsv").write_text("\n".join(rows), encoding="utf-8")
    told = [doubt.written for doubt in find_all_doubts([boats]) if doubt.kind == "correction that finds nothing"]
    assert told == ["7m", "Nobody"]


@pytest.mark.parametrize(
    "row",
    [
        *("Night boats", "\tNobody", "Night boats\tNobody\tboats", "a\tb\tc\td\te\tf", "a\tb\tc\td\te\t2\tg"),
        *("a\tb\t\t\t\t\t61", "a\tb\t\t\t\t\t-1", "a\t\t\t\t\t\t2", "a\tb\tc\td\t\t\t2", "a\tb\tc\td\te\t2\t\tg"),
    ],
)
def test_row_that_says_nothing_is_an_error_with_its_line(row: str) -> None:
    with pytest.raises(ConfigError, match=r"^corrections\.tsv:2: "):
        parse_corrections(f"article\tparagraph\twritten\tspoken\tIPA\twhich\n{row}\n")


@pytest.mark.parametrize(
    "correction",
    [
        Correction("Night boats", "Nobody in"),
        Correction("Night boats", "", "Ghent", "Gent"),
        Correction("Night boats", "The ferry", "Ghent", "Ghent", "ɡɛnt", 2),
        Correction("Night boats", "The ferry", "Ghent", "Gent", "ɡɛnt"),
        Correction("Night boats", "The ferry", pause_ms=1250),
        Correction("Night boats", "The ferry", pause_ms=0),
    ],
)
def test_what_is_written_is_read_back(correction: Correction) -> None:
    assert parse_corrections(render_correction(correction)) == (correction,)


def test_paragraph_is_known_by_as_many_words_as_tell_it_from_those_before(tmp_path: Path) -> None:
    twin = "It rained on the harbour all that week, and then"
    path = tmp_path / "rain.md"
    path.write_text(f"# Rain\n\n{twin} it stopped for good.\n\n{twin} it snowed.\n\nShort.\n", encoding="utf-8")
    (article,) = read_edition([path])[0].articles
    _, first, second, third = article.blocks
    assert [opening_of(block, article) for block in (first, second, third)] == [
        "It rained on the harbour all that week, and",
        f"{twin} it snowed.",
        "Short.",
    ]
