"""Chapters of plain texts: number and title are one heading, and not all that is in capitals is one."""

from __future__ import annotations

import pytest

from audiobuild.model.values import BlockKind
from audiobuild.sources.marked.markdown import read_markdown

CHAPTERED = "CHAPTER I.\n\n\nIt rained on the mill.\n\n{}\n\nIt rained on the quay.\n\n\nCHAPTER II.\n\nIt was dry.\n"


@pytest.mark.parametrize("title", ["THE STORM", "The Storm"])
@pytest.mark.parametrize("number", ["CHAPTER I.", "Chapter 1", "Chapter Two", "PART THE FIRST"])
def test_number_and_title_of_a_chapter_are_one_heading(number: str, title: str) -> None:
    article = read_markdown(f"{number}\n\n{title}\n\nIt rained.\n".encode(), "mud.txt")
    headings = [block.text for block in article.blocks if block.kind is not BlockKind.PARAGRAPH]
    assert headings == [f"{number.rstrip('.')}. {title}"]


@pytest.mark.parametrize("text", ["LONDON\nSMITH & CO.\n1887", "NO ENTRY", "THE END", "FINIS"])
def test_capitals_within_a_chapter_are_no_heading(text: str) -> None:
    article = read_markdown(CHAPTERED.format(text).encode(), "mud.txt")
    assert [block.text for block in article.blocks if block.kind is BlockKind.HEADING] == ["CHAPTER I.", "CHAPTER II."]


@pytest.mark.parametrize(
    ("before", "after", "is_heading"), [("The sign said:", "It was old.", False), ("It rained.", "It was old.", True)]
)
def test_sign_in_a_text_without_chapters(before: str, after: str, is_heading: bool) -> None:
    article = read_markdown(f"{before}\n\nNO ENTRY\n\n{after}\n".encode(), "mud.txt")
    assert (BlockKind.HEADING in {block.kind for block in article.blocks}) == is_heading


def test_note_of_a_transcriber_is_not_read() -> None:
    article = read_markdown(CHAPTERED.format("[Transcriber's Note: a page is missing.]").encode(), "mud.txt")
    assert [block.text for block in article.blocks if block.unread] == ["[Transcriber's Note: a page is missing.]"]


@pytest.mark.parametrize(("first", "kind"), [("My Essay", "HEADLINE"), ("My essay began here.", "PARAGRAPH")])
def test_first_line_that_the_file_is_named_by_is_its_headline(first: str, kind: str) -> None:
    article = read_markdown(f"{first}\n\nIt rained on the mill.\n".encode(), "my-essay.txt")
    assert article.blocks[0].kind.name == kind


def test_numeral_below_a_part_is_a_heading_of_its_own() -> None:
    article = read_markdown(b"PART II\n\nIII\n\nIt rained.\n\n\nIV\n\nIt was dry.\n", "mud.txt")
    headings = [block.text for block in article.blocks if block.kind is not BlockKind.PARAGRAPH]
    assert headings[:2] == ["PART II", "III"]
