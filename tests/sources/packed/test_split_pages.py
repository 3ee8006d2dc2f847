"""Books that were split wherever a page grew too long: a chapter's end belongs to its chapter."""

from __future__ import annotations

import pytest

from audiobuild.sources.packed.epub import read_epub
from tests.books import Entry, make_epub, page

LONG = "It rained and rained on the mill. " * 12


@pytest.mark.parametrize(
    ("end", "contents", "moves"),
    [
        ("until the river fell.", [], True),
        (LONG, [], True),
        ("The second part.", [], False),
        ("until the river fell.", [("Day 1", "a.xhtml"), ("Day 2", "b.xhtml")], True),
        ("until the river fell.", [("Day 1", "a.xhtml"), ("The river", "b.xhtml")], False),
    ],
)
def test_end_of_a_chapter_before_the_next_heading_goes_back_to_it(end: str, contents: list[Entry], moves: bool) -> None:
    pages = {
        "a.xhtml": page("<h2>Day 1</h2><p>It rained for a long time</p>"),
        "b.xhtml": page(f"<p>{end}</p><h2>Day 2</h2><p>It was dry.</p>"),
    }
    first, second = read_epub(make_epub(pages, contents), "mud.epub")
    texts = [[block.text for block in article.blocks if not block.unread] for article in (first, second)]
    assert (end.strip() in texts[0], end.strip() in texts[1]) == (moves, not moves)
    assert texts[1].count("Day 2") == 1
