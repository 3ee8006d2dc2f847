"""PDFs become articles: paragraphs whole and in order; a scan is refused by that word."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from audiobuild.errors import SourceError
from audiobuild.model.values import Article, BlockKind
from audiobuild.sources.paged.pdf import read_pdf
from audiobuild.sources.paged.pdf_layout import PdfPage, lay_out_pages
from audiobuild.sources.paged.pdf_paragraphs import find_paragraphs
from audiobuild.sources.paged.pdf_words import PdfWord
from tests.known_documents import PAPERS, known_paragraphs, known_title, whole_paragraphs

TWO_COLUMNS = next(path for path in PAPERS if path.stem == "pdf-latex-two")


@cache
def article_of(path: Path) -> Article:
    return read_pdf(path.read_bytes(), path.name)[0]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_paragraphs_of_each_program_are_whole_and_in_order(path: Path) -> None:
    article = article_of(path)
    assert len(whole_paragraphs(path, article)) >= 0.93 * len(known_paragraphs(path))
    assert article.title == known_title(path)


def test_columns_begin_below_a_head_that_runs_over_them() -> None:
    head = [line("A paper about the sea and what stands over all its columns here", 380 - 12 * n, 80) for n in range(6)]
    left = [line("The left one says so here and", 290 - 12 * n) for n in range(14)]
    right = [line("and on the right it ends so", 290 - 12 * n, 220) for n in range(14)]
    read = " ".join(paragraphs(*head, *left, *right))
    assert read.startswith("A paper about the sea")
    assert read.rindex("left") < read.index("right")


def test_what_a_browser_prints_at_the_edges_of_a_page_is_not_read() -> None:
    date, address = line("11/30/26, 12:48 PM The mud", 390), line("https://mud.example/a 1/1", 10)
    page = PdfPage(300, 400, 0, (*date, *line("It rained and rained.", 300), *address))
    read = [block.text for block in find_paragraphs(lay_out_pages([page])) if not block.unread]
    assert read == ["It rained and rained."]


def test_over_all_programs_nearly_all_paragraphs_are_whole() -> None:
    articles = {path: article_of(path) for path in PAPERS}
    whole = sum(len(whole_paragraphs(path, article)) for path, article in articles.items())
    known = sum(len(known_paragraphs(path)) for path in PAPERS)
    assert known >= 200
    assert whole >= 0.97 * known


def test_what_stands_around_the_text_is_accounted_for() -> None:
    article = article_of(TWO_COLUMNS)
    left_out = {block.text: block.unread for block in article.blocks if block.unread}
    assert left_out["The Lantern Papers Volume 4"] == "running heads and page numbers are not read"
    assert left_out["Ada Reed"] == "who wrote it, and when, is told and not read"
    notes = [block.text for block in article.blocks if block.kind is BlockKind.FOOTNOTE]
    assert len(notes) == 3
    assert all("nobody wants to hear, as the clerk said." in note for note in notes)
    assert (str(article.published), {block.line for block in article.blocks}) == ("2026-03-14", {1, 2, 3, 4})


def test_headings_and_items_are_known() -> None:
    kinds = {block.kind for block in article_of(TWO_COLUMNS).blocks}
    assert {BlockKind.HEADLINE, BlockKind.HEADING, BlockKind.PARAGRAPH} <= kinds


# --- lines made by hand ---------------------------------------------------------------------------


def line(text: str, base: float, left: float = 50.0, height: float = 10.0) -> list[PdfWord]:
    words = []
    for word in text.split():
        words.append(PdfWord(left, left + 5 * len(word), base, height, False, False, word))
        left += 5 * len(word) + 5
    return words


def paragraphs(*lines: Sequence[PdfWord]) -> list[str]:
    page = PdfPage(300, 400, 0, tuple(word for words in lines for word in words))
    return [block.text for block in find_paragraphs(lay_out_pages([page]))]


def test_hyphen_at_the_end_of_a_line_goes_unless_the_word_has_one() -> None:
    assert paragraphs(
        line("The weigh\u00ad", 300),
        line("bridge stood by a well-known mill that", 288),
        line("was old, and well\u00ad", 276),
        line("known to all who came.", 264),
    ) == ["The weighbridge stood by a well-known mill that was old, and well-known to all who came."]


def test_paragraph_ends_where_the_next_word_would_have_fitted() -> None:
    assert paragraphs(
        line("It rained for a very long time and then", 300),
        line("it stopped.", 288),
        line("Nobody knew why it had rained for so long", 276),
    ) == ["It rained for a very long time and then it stopped.", "Nobody knew why it had rained for so long"]


def test_headline_below_other_lines_has_the_largest_letters() -> None:
    above, under = line("Home · Shop", 380), line("By Ada Holt", 320)
    first, second = line("The mud", 340, height=20), line("Its end", 260, height=16)
    text = line("It rained and rained on all of the old mill.", 290)
    page = PdfPage(300, 400, 0, (*above, *first, *under, *text, *second, *line("It stopped at last.", 230)))
    blocks = find_paragraphs(lay_out_pages([page]))
    assert [block.kind.name for block in blocks if not block.unread] == [
        "HEADLINE",
        "PARAGRAPH",
        "HEADING",
        "PARAGRAPH",
    ]
    assert [block.text for block in blocks if block.unread] == ["Home · Shop", "By Ada Holt"]


def test_each_item_of_a_list_is_one_of_its_own_and_is_whole() -> None:
    marked = line("1.", 240, 60), line("It rained on all of the old mill", 240, 75), line("and the quay.", 228, 75)
    assert paragraphs(
        line("It rained on all of the old mill and the quay:", 300),
        *(line(item, 288 - 12 * place, 80) for place, item in enumerate(("A rope", "A dog", "Patience"))),
        (*marked[0], *marked[1]),
        marked[2],
        (*line("2.", 216, 60), *line("It rained on all of the old tower", 216, 75)),
    )[1:] == [
        *("A rope", "A dog", "Patience"),
        "1. It rained on all of the old mill and the quay.",
        "2. It rained on all of the old tower",
    ]


def test_raised_marks_of_notes_go_whatever_their_size_and_powers_stay() -> None:
    shown = "(It rained. ) 14 0, (1) 11.6 5, ( On 9 m) 14 0, (2) 11.6 5, ( of mud.) 14 0, ([2]) 11.6 5, ( So.) 14 0"
    parts = [part.rsplit(" ", 2) for part in shown.split(", ")]
    stream = "".join(f"/F {size} Tf {rise} Ts {letters} Tj " for letters, size, rise in parts)
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    data = f"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F {font}>>>>>>endobj
4 0 obj<</Length {len(stream) + 21}>>stream
BT 50 300 Td {stream}ET
endstream endobj
trailer<</Root 1 0 R>>"""
    assert [block.text for block in read_pdf(data.encode(), "mud.pdf")[0].blocks] == ["It rained. On 9 m² of mud. So."]


def test_box_in_a_column_is_read_by_itself_behind_it() -> None:
    above = [line("It rained for a very long time in all of the old valley", base) for base in (360, 348)]
    beside = [line("and the mill stood still", base) for base in (336, 324, 312)]
    box = [line("Box of small words here now", base, 190, 8) for base in (335, 325, 315)]
    below = [line("until the river fell at last and all of it began anew.", 300)]
    assert paragraphs(*above, *beside, *box, *below)[-1] == " ".join(["Box of small words here now"] * 3)
    assert "Box" not in " ".join(paragraphs(*above, *beside, *box, *below)[:-1])


PROSE = [line("It rained on all of the old mill and", 300 - 12 * n, 80) for n in range(16)]


@pytest.mark.parametrize(
    "figures",
    [
        {n: str(n + 1) for n in range(16)},
        {4: "5", 9: "10", 14: "15", 15: "16"},  # a draft numbers lines by fives, and its last
        {n + 0.4: f"{37 * n % 991}" for n in range(12)},  # a scale does not stand on the lines
    ],
)
@pytest.mark.parametrize("left", [50, 280])
def test_figures_beside_the_text_are_not_read_in_it(figures: dict[float, str], left: int) -> None:
    beside = [line(text, 300 - 12 * n, left) for n, text in figures.items()]
    page = PdfPage(300, 400, 0, tuple(itertools.chain(*PROSE, *beside)))
    blocks = find_paragraphs(lay_out_pages([page]))
    assert " ".join(block.text for block in blocks if not block.unread) == " ".join(
        ["It rained on all of the old mill and"] * 16
    )
    told = [block.text for block in blocks if block.unread == "figures beside the text are not read"]
    assert told == [" ".join(figures.values())]


def test_numbers_of_a_list_and_of_a_table_stay_with_what_they_number() -> None:
    ranks = [(*line(str(n + 1), 300 - 12 * n), *line("Ada Holt", 300 - 12 * n, 90)) for n in range(9)]
    page = PdfPage(300, 400, 0, tuple(itertools.chain(*ranks)))
    (table,) = find_paragraphs(lay_out_pages([page]))
    assert (table.kind, table.text.split("\n")[0]) == (BlockKind.TABLE, "1 | Ada Holt")


def test_small_letters_in_other_columns_at_the_foot_do_not_mix_the_columns_above() -> None:
    left = [line("The left one says so here and", 390 - 12 * n) for n in range(14)]
    right = [line("and on the right it ends so", 390 - 12 * n, 220) for n in range(14)]
    feet = [line("Of the mill, at noon", 200 - 9 * n, 50 + 115 * c, 7) for n in range(6) for c in range(3)]
    blocks = find_paragraphs(lay_out_pages([PdfPage(400, 500, 0, tuple(itertools.chain(*left, *right, *feet)))]))
    read = " ".join(block.text for block in blocks if block.kind is BlockKind.PARAGRAPH)
    assert read.rindex("left") < read.index("right")
    assert [block.text for block in blocks if block.kind is BlockKind.FOOTNOTE] == [
        " ".join(["Of the mill, at noon"] * 6)
    ] * 3


def test_word_that_stands_far_away_costs_nothing() -> None:
    far = PdfWord(50, 1e12, 200, 10, False, False, "far")
    page = PdfPage(300, 400, 0, (*line("It rained.", 300), far, PdfWord(float("nan"), 60, 200, 10, False, False, "no")))
    assert [word.text for word in page.inside().words] == ["It", "rained."]


# --- what cannot be read --------------------------------------------------------------------------


def scan() -> bytes:
    file = io.BytesIO()
    Image.new("L", (200, 280), 240).save(file, "PDF")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [(scan(), "this is a scan"), (b"", "no PDF that can be read"), (b"%PDF-1.7\nmud", "no PDF that can be read")],
)
def test_what_has_no_text_layer_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_pdf(data, "mud.pdf")


@settings(max_examples=settings().max_examples // 17, deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255), st.booleans())
def test_damaged_pdf_is_read_or_is_one_clear_error(share: float, change: int, is_cut: bool) -> None:
    data = TWO_COLUMNS.read_bytes()
    place = int(share * len(data))
    damaged = data[:place] if is_cut else data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]
    try:
        assert read_pdf(damaged, "mud.pdf")[0].title
    except SourceError as error:
        assert error.message


def test_sentence_set_large_in_the_middle_of_a_paragraph_is_not_read_and_does_not_part_it() -> None:
    page = PdfPage(
        300,
        400,
        0,
        tuple(
            word
            for words in (
                line("Nobody had asked what the piano was", 300),
                line("for, and the man who had brought it", 288),
                line("“Nobody had asked", 250, height=20),
                line("what the piano was for”", 226, height=20),
                line("did not say a word about it, then or", 190),
                line("later.", 178),
            )
            for word in words
        ),
    )
    blocks = find_paragraphs(lay_out_pages([page]))
    assert [(block.text, bool(block.unread)) for block in blocks] == [
        (
            "Nobody had asked what the piano was for, and the man who had brought it did not say a word about it, then "
            "or later.",
            False,
        ),
        ("“Nobody had asked what the piano was for”", True),
    ]


def test_tables_and_the_lettering_of_figures_are_no_paragraphs_and_are_accounted_for() -> None:
    axis = [
        line(label, 300 - 9 * n, 20 + 7 * n, height=7) for n, label in enumerate(["200", "e", "150", "The quay", "0"])
    ]
    rows = [(*line(name, 200 - 12 * n), *line(cost, 200 - 12 * n, 200)) for n, (name, cost) in enumerate(QUAYS)]
    talk = [(*line(name, 120 - 12 * n), *line(said, 120 - 12 * n, 100)) for n, (name, said) in enumerate(SAID)]
    prose = [line("It was never meant to be so long.", base) for base in (330, 230, 150, 60)]
    page = PdfPage(300, 400, 0, tuple(itertools.chain(*prose, *axis, *rows, *talk)))
    blocks = find_paragraphs(lay_out_pages([page]))
    table = next(block for block in blocks if block.kind is BlockKind.TABLE)
    assert table.text == "Quay | Cost\nNorth | 1,200\nLong | 31,400"
    assert {block.unread for block in blocks} == {"", "the lettering of a figure is not read"}
    read = " ".join(block.text for block in blocks if block.kind is not BlockKind.TABLE and not block.unread)
    assert all(said in read for _, said in SAID)
    assert "200" not in read


QUAYS = (("Quay", "Cost"), ("North", "1,200"), ("Long", "31,400"))
SAID = (("ADA", "How much?"), ("HALL", "Forty pounds."), ("ADA", "No."), ("HALL", "Thirty."))
