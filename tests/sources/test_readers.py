"""Bytes become an article: each part in its place, and no word of the source gone."""

from __future__ import annotations

import datetime as dt
import html
import re
import tracemalloc
from collections import Counter
from pathlib import Path, PurePath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audiobuild.errors import SourceError
from audiobuild.model.values import Article, BlockKind
from audiobuild.sources.file_names import name_of
from audiobuild.sources.marked.markdown import SUFFIXES, read_markdown
from audiobuild.sources.readers import READERS
from tests.books import pack
from tests.material import shared

HOUSE = (
    "###### Canals\n# The slow water pays \n##### Barges are back, and nobody is hurrying them \n"
    "![image](images/lock.jpg) \n> Nov 5th 2026 | GOUDA \n \n"
    "THE LOCK opens at six. By seven there are nine barges in the basin, and the keeper has run out of coffee. \n"
    "Freight on the canal has doubled since 2011. It is still a trickle, but it is a trickle of gravel. \n"
    "Nobody here thinks that it will last, which is what they said last time. \n"
)
"""The house layout as it arrives: a space at every line's end, and one on the blank line."""


def read(text: str, name: str = "canals.md") -> Article:
    return read_markdown(text.encode(), name)


def shape(article: Article) -> list[tuple[BlockKind, int]]:
    return [(block.kind, block.line) for block in article.blocks]


def pieces(listed: str) -> st.SearchStrategy[str]:
    """Choose among pieces of Markdown, listed with a bar between them, and a sign for line end and tab."""
    return st.sampled_from(listed.strip("\n").replace("\n", "¦").replace("↵", "\n").replace("→", "\t").split("¦"))


def texts(text: str, *kinds: BlockKind) -> list[str]:
    return [block.text for block in read(text).blocks if not kinds or block.kind in kinds]


# --- the house layout -----------------------------------------------------------------------------


def texts_read(article: Article) -> list[str]:
    """What of the body is said, white space evened out."""
    return [
        " ".join(block.text.split())
        for block in article.blocks
        if block.kind is BlockKind.PARAGRAPH and not block.unread
    ]


def test_house_layout_gives_every_part_although_its_blank_line_holds_a_space() -> None:
    article = read(HOUSE)
    assert article.fly_title == "Canals"
    assert article.title == "The slow water pays"
    assert article.rubric == "Barges are back, and nobody is hurrying them"
    assert article.published == dt.date(2026, 11, 5)
    assert article.place == "GOUDA"
    assert article.image == Path("images/lock.jpg")
    assert shape(article) == [
        (BlockKind.FLY_TITLE, 1),
        (BlockKind.HEADLINE, 2),
        (BlockKind.RUBRIC, 3),
        (BlockKind.IMAGE, 4),
        (BlockKind.DATE, 5),
        (BlockKind.PARAGRAPH, 7),
        (BlockKind.PARAGRAPH, 8),
        (BlockKind.PARAGRAPH, 9),
    ]


@pytest.mark.parametrize("blank", ["", " \n", "\n\n"])
def test_body_is_the_same_with_and_without_a_blank_line_after_the_date(blank: str) -> None:
    head, body = HOUSE.split(" \n \n")
    article = read(f"{head} \n{blank}{body}")
    paragraphs = [block for block in article.blocks if block.kind is BlockKind.PARAGRAPH]
    first = 6 + blank.count("\n")
    assert [block.line for block in paragraphs] == [first, first + 1, first + 2]
    assert paragraphs[0].text.startswith("THE LOCK opens")
    assert article.published == dt.date(2026, 11, 5)


def test_short_body_right_under_the_date_line_does_not_swallow_the_date() -> None:
    article = read(
        "# Tea\n> Nov 5th 2026\nTea is up. No one knows\nwhy it is. Coffee is <q>down</q>.\n\n###### Later\n\nEnd."
    )
    assert article.published == dt.date(2026, 11, 5)
    assert [block.text for block in article.blocks if block.kind is BlockKind.PARAGRAPH] == [
        "Tea is up. No one knows why it is. Coffee is “down”.",
        "End.",
    ]
    assert article.fly_title == ""  # the body has begun: what looks like one is a sub-heading


def test_a_quotation_right_after_the_date_paragraph_stays_a_quotation() -> None:
    assert shape(read("> Nov 5th 2026\n\n> Said she.\n> Said he.\n\nWell."))[1:] == [
        (BlockKind.QUOTATION, 3),
        (BlockKind.QUOTATION, 4),
        (BlockKind.PARAGRAPH, 6),
    ]


def test_a_date_in_the_body_is_a_quotation() -> None:
    assert [kind for kind, _ in shape(read("A line.\n\n> Nov 5th 2026\n"))] == [
        BlockKind.PARAGRAPH,
        BlockKind.QUOTATION,
    ]


def test_without_the_house_layout_the_file_gives_the_title() -> None:
    article = read("Only a paragraph.", "issue/03-slow_water.md")
    assert (article.title, article.published, article.fly_title) == ("Slow water", None, "")


@pytest.mark.parametrize(
    ("path", "name"),
    [("02-leaders", "Leaders"), ("03 the-canal.MD", "The canal"), ("1. Europe", "1. Europe"), ("2024", "2024")],
)
def test_names_of_files_and_folders_become_titles(path: str, name: str) -> None:
    assert name_of(PurePath(path), SUFFIXES) == name


def test_second_headline_of_a_heading_is_a_sub_heading() -> None:
    assert texts("# One\n# Two\n\nText.", BlockKind.HEADING) == ["Two"]


# --- paragraphs -----------------------------------------------------------------------------------


def test_paragraphs_are_parted_by_single_lines_and_by_blank_ones() -> None:
    article = read("One is here.\nTwo is “there.”\n\nThree asks why?\nFour.\n")
    assert shape(article) == [(BlockKind.PARAGRAPH, line) for line in (1, 2, 4, 5)]


def test_lines_wrapped_by_an_editor_are_joined() -> None:
    assert texts("The first sentence is broken\nin two. The second\nis not.\n\nNext.") == [
        "The first sentence is broken in two. The second is not.",
        "Next.",
    ]


def test_long_lines_are_paragraphs_although_one_lacks_its_full_stop() -> None:
    long = "The keeper of the lock, who had been up since four, said that she had seen nothing like it since 2011, and"
    assert len(texts(f"{long}\n{long}.\nEnd.")) == 3


@pytest.mark.parametrize("mark", ["  ", "\\", "<br>", "<br />"])
def test_hard_breaks_end_a_paragraph_as_a_line_end_does(mark: str) -> None:
    assert texts(f"First line.{mark}\nSecond line.") == ["First line.", "Second line."]


def test_inline_markdown_gives_bare_words() -> None:
    link = '[the barge](https://barge.example "a tip")'
    assert texts(f"The *Long* __Night__ of {link}, `code`, ~~struck~~ &amp; <em>all</em> \\*that\\*.") == [
        "struck",
        "The Long Night of the barge, code, & all *that*.",
    ]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2014. It was a very good year.", "2014. It was a very good year."),
        ("7) Seven dwarfs.", "7. Seven dwarfs."),
        ("# Hash at the start", "Hash at the start"),
        ("    Four spaces are no code.", "Four spaces are no code."),
        ("\tNor is a tab.", "Nor is a tab."),
        ("2014.", "2014."),
        ("1. 2. Both numbers", "1. 2. Both numbers"),
        ("1. # Numbered heading", "1. Numbered heading"),
    ],
)
def test_what_looks_like_markdown_in_the_body_keeps_its_words(written: str, read_as: str) -> None:
    assert texts(f"The body has begun.\n\n{written}\n\nIt goes on.") == ["The body has begun.", read_as, "It goes on."]


# --- other blocks ---------------------------------------------------------------------------------


def test_programs_and_styles_among_the_words_of_a_sentence_are_not_read() -> None:
    article = read("# Mud\n\nTwo <script>var b = 2;</script> three <style>p{color: red}</style> four.\n")
    assert texts_read(article) == ["Two three four."]


def test_sub_headings_of_either_form_are_headings() -> None:
    assert texts("Text.\n\n## One\n\nText.\n\nTwo\n---\n\nText.", BlockKind.HEADING) == ["One", "Two"]


def test_paragraphs_with_a_ruled_line_right_under_them_are_no_heading() -> None:
    assert shape(read("One is here.\nTwo is there.\n---\nThree.")) == [
        (BlockKind.PARAGRAPH, line) for line in (1, 2, 4)
    ]


def test_lists_are_items_and_ordered_ones_keep_their_numbers() -> None:
    assert texts("- loose\n- ends\n\n3. third\n4. fourth\n   - inner\n", BlockKind.LIST_ITEM) == [
        "loose",
        "ends",
        "3. third",
        "4. fourth",
        "inner",
    ]


def test_block_quotations_are_quotations() -> None:
    assert texts("Text.\n\n> He said so.\n>\n> Twice.", BlockKind.QUOTATION) == ["He said so.", "Twice."]


@pytest.mark.parametrize(
    ("written", "kind", "held"),
    [
        ("| a | b |\n|---|---|\n| c | d | over |", BlockKind.TABLE, "over"),
        ("```python\nx = 1\n```", BlockKind.CODE, "python\nx = 1"),
        ("~~~\nnever closed", BlockKind.CODE, "never closed"),
        ("<style>\nInside\n</style>", BlockKind.HTML, "Inside"),
        ("Before <!-- a remark --> after.", BlockKind.HTML, "a remark"),
        ("A <very nice> thing.", BlockKind.HTML, "very nice"),
        ("![A lock at dawn](lock.jpg 'Gouda')", BlockKind.IMAGE, "A lock at dawn Gouda lock.jpg"),
        ("## ![Logo](logo.png) Heading", BlockKind.IMAGE, "Logo"),
        ("[![Inner](i.png)](there)", BlockKind.IMAGE, "Inner"),
        ("Word.[^1]\n\n[^1]: The note.", BlockKind.FOOTNOTE, "The note."),
        ("[^lost]: Nothing refers to it.", BlockKind.FOOTNOTE, "Nothing refers to it."),
        ("Word.^[Noted here]", BlockKind.FOOTNOTE, "Noted here"),
        ("[^1]: The note\n    - has a list\n", BlockKind.FOOTNOTE, "has a list"),
        ("[Laughter]: applause", BlockKind.LINK, "Laughter"),
        ("{{< youtube id='x' >}}", BlockKind.SHORTCODE, "youtube"),
        ("{% include chart.html\n   wide %}", BlockKind.SHORTCODE, "chart"),
        ("***", BlockKind.RULE, ""),
    ],
)
def test_what_is_not_for_reading_is_a_block_of_its_own_kind_on_its_line(
    written: str, kind: BlockKind, held: str
) -> None:
    article = read(f"The body.\n\n{written}\n\nThe end.")
    found = [block for block in article.blocks if block.kind is kind and held in block.text]
    above = written[: written.find(held)].count("\n") if kind is BlockKind.FOOTNOTE else 0
    assert [block.line for block in found[:1]] == [3 + above]
    read_kinds = (BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LIST_ITEM, BlockKind.HEADING)
    assert not [block for block in article.blocks if held and held in block.text and block.kind in read_kinds]


def test_shortcodes_leave_the_words_around_them() -> None:
    assert texts("See {{ site.name }} for [more]({{ '/' | url }}).", BlockKind.PARAGRAPH) == ["See for more."]


def test_headings_in_a_footnote_are_not_read() -> None:
    assert texts("Text.[^1]\n\n[^1]:\n    # Small print\n", BlockKind.FOOTNOTE) == ["Small print"]


def test_containers_deeper_than_markdown_is_read_to_are_taken_as_they_are_written() -> None:
    assert "at the bottom" in " ".join(texts(f"{'> ' * 150}at the bottom"))
    assert "at the bottom" in " ".join(texts(f"{'- ' * 150}at the bottom"))


# --- front matter ---------------------------------------------------------------------------------


@pytest.mark.parametrize("date", ["2016-05-31", "2016-05-31 12:15:34 -0400", "'May 31, 2016'", "31 May 2016"])
def test_front_matter_gives_title_and_date(date: str) -> None:
    article = read(f"---\ntitle: 'A canal: its uses'\ndate: {date}\ntags: [water]\n---\nText.")
    assert (article.title, article.published) == ("A canal: its uses", dt.date(2016, 5, 31))
    assert shape(article) == [(BlockKind.FRONT_MATTER, 1), (BlockKind.PARAGRAPH, 6)]


def test_headline_and_date_line_beat_front_matter() -> None:
    article = read("---\ntitle: Old\ndate: 2016-05-31\n---\n# New\n> Nov 5th 2026\n\nText.")
    assert (article.title, article.published) == ("New", dt.date(2026, 11, 5))


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("---\ntitle: [open\n---\n", 2),
        ("---\ntitle: Mud: a history\ndate: 2026-05-04\n---\n", 2),
        ("---\nname: x\na: *b\n---\n", 3),
        ("\n\n---\ntitle: 'Mud\n---\n", 4),
        ("+++\ntitle = Mud\n+++\n", 2),
        ('{\n  "title": "Mud",\n  "date": 2026-05-04\n}\n', 3),
        ("---\ntitle: Mud\n\n", 1),
        ("+++\ntitle = 'Mud'\n\n", 1),
    ],
)
def test_front_matter_that_is_broken_or_has_no_end_is_an_error_with_its_line(front: str, line: int) -> None:
    with pytest.raises(SourceError, match="front matter") as caught:
        read(f"{front}Text.")
    assert caught.value.where == f"canals.md:{line}"
    assert caught.value.hint


@pytest.mark.parametrize("words", ["just words", "- a\n- list", "{[a]: b}", "Rain. And: mud", "Note: rain\nand mud."])
def test_words_between_ruled_lines_are_no_front_matter(words: str) -> None:
    article = read(f"---\n{words}\n\n---\nText.")
    assert BlockKind.FRONT_MATTER not in [block.kind for block in article.blocks]
    assert not unaccounted(words, article)


@pytest.mark.parametrize(
    ("front", "url"),
    [
        ("url: https://a.example/b", "https://a.example/b"),
        ("permalink: /b/\ncanonical_url: ' http://a.example/c '", "http://a.example/c"),
        ("permalink: https://a.example/d\nlink: https://a.example/c\nurl: b.html", "https://a.example/c"),
        ("permalink: /b/\nlink: javascript:alert(1)", "javascript:alert(1)"),
        ("url: [https://a.example/b]", ""),
        ("title: Canals", ""),
    ],
)
def test_address_is_the_first_whole_one_or_else_the_first(front: str, url: str) -> None:
    assert read(f"---\n{front}\n---\nText.").url == url


# --- bytes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        HOUSE.encode("utf-8-sig"),
        HOUSE.encode("utf-16"),
        b"\xfe\xff" + HOUSE.encode("utf-16-be"),
        HOUSE.encode("utf-32"),
        b"\0\0\xfe\xff" + HOUSE.encode("utf-32-be"),
        HOUSE.replace("\n", "\r\n").encode(),
        HOUSE.replace("\n", "\r").encode(),
    ],
    ids=["UTF-8 with mark", "UTF-16", "UTF-16 big-endian", "UTF-32", "UTF-32 big-endian", "CRLF", "CR"],
)
def test_encodings_and_line_ends_do_not_matter(data: bytes) -> None:
    assert read_markdown(data, "canals.md") == read(HOUSE)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff\xfea", "no text"),
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \n \t\n", "empty"),
        (b"A line.\0", "no text"),
        ("A line.".encode("utf-32-le"), "no text"),
        (b"![image](a.jpg)\n", "no text to read"),
        (b"# A headline alone\n", "no text to read"),
    ],
)
def test_what_cannot_be_read_aloud_is_refused_with_a_remedy(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read_markdown(data, "issue/a.md")
    assert caught.value.where == "issue/a.md"
    assert caught.value.hint


# --- lines ----------------------------------------------------------------------------------------


def test_every_kind_of_block_knows_its_line() -> None:
    text = (
        "---\ntitle: T\n---\n\n## One\n\n![a](a.jpg)\nUnder it.\nThen `x\ny` and\n<!-- r\nr --> z.\n"
        "Last <i>one</i>.\n\n- a\n- b\n\n  c\n\n> q\n\n| a |\n|---|\n| b |\n\n```\nc\n```\n\n<p>\n\n***\n\n"
        "[a]: b\n\n[^1]: note\n\nA {{ x }}\n"
    )
    expected = {
        BlockKind.FRONT_MATTER: [1],
        BlockKind.HEADING: [5],
        BlockKind.IMAGE: [7],
        BlockKind.PARAGRAPH: [8, 9, 12, 13, 38],
        BlockKind.HTML: [11],
        BlockKind.LIST_ITEM: [15, 16, 18],
        BlockKind.QUOTATION: [20],
        BlockKind.TABLE: [22],
        BlockKind.CODE: [26],
        BlockKind.RULE: [32],
        BlockKind.LINK: [34],
        BlockKind.FOOTNOTE: [36],
        BlockKind.SHORTCODE: [38],
    }
    found: dict[BlockKind, list[int]] = {}
    for kind, line in shape(read(text)):
        found.setdefault(kind, []).append(line)
    assert found == expected


def test_lines_are_right_behind_code_and_remarks_that_run_over_lines() -> None:
    text = "![a](a.jpg)\nUnder it.\nThen `x\ny` stops.\n<!-- r\nr -->\nLast one."
    assert [(block.text, block.line) for block in read(text).blocks if block.kind is BlockKind.PARAGRAPH] == [
        ("Under it.", 2),
        ("Then x y stops.", 3),
        ("Last one.", 7),
    ]


PARTS = """
Barge {}.¦## Lock {}¦> Said {}.¦- Item {}¦12. Item {}¦![alt](pic{}.jpg)¦```↵code {}↵```¦<div>{}</div>¦[^{}]: note{}¦***
| h{} |↵|---|↵| cell |¦(( code{} ))¦[ref{}]: there¦  Two{}.  ↵  More.
"""


@given(st.lists(st.tuples(pieces(PARTS), st.integers(1, 3)), min_size=1, max_size=8))
def test_every_block_starts_on_the_line_that_it_names(parts: list[tuple[str, int]]) -> None:
    text, lines = "Start.\n\n", {}
    for number, (part, blank) in enumerate(parts):
        lines[f"{number}q"] = text.count("\n") + 1
        text += part.replace("{}", f"{number}q").replace("((", "{{").replace("))", "}}") + "\n" * (blank + 1)
    for block in read(text).blocks:
        for mark, line in lines.items():
            if mark in re.findall(r"\d+q", block.text):
                assert block.line == line, (text, block)


# --- nothing is dropped in silence ----------------------------------------------------------------


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalpha())


def unaccounted(source: str, article: Article) -> Counter[str]:
    """Count the letters of a source that stand in no block."""
    return letters(source) - sum((letters(block.text) for block in article.blocks), Counter())


PIECES = """
a¦b ¦C¦.¦é¦东¦↵¦↵↵¦  ↵¦> ¦# ¦- ¦2014. ¦1) ¦***¦---↵¦===↵¦↵...↵¦```¦~~~¦~~¦`¦``¦*¦_¦    ¦→¦|¦|-|¦↵|-|-|↵¦!¦(¦)¦^¦:¦{{¦}}
{%¦%}¦\\¦\\↵¦<¦<!--¦-->¦Jan 3rd 2019¦> Jan 3rd 2019 | B↵¦\r↵¦\x0b¦\u2028¦\ufeff
"""
PLAIN = """
CHAPTER 1.¦↵¦↵↵¦↵↵↵¦The lock ¦opens at six, and nobody in the whole of the town knows why.↵¦  ¦a¦_b_¦--¦* * *
[Illustration: c]
[Footnote 1: d]¦*** START OF THE PROJECT GUTENBERG¦*** END OF THE PROJECT GUTENBERG¦Title: e↵¦CONTENTS¦THE END
"""
"""What an author may write, save `[`, `<` before a letter, and `&`: with these Markdown writes what is no word."""


def is_plain(text: str) -> bool:
    return "[" not in text and "&" not in text and re.search(r"<[a-zA-Z/?!]", text.replace("<!--", "")) is None


@settings(max_examples=settings().max_examples * 4)
@given(st.lists(pieces(PIECES) | st.text(max_size=4), max_size=30).map("".join).filter(is_plain))
@example("---\nwords\n---- \n")
@example("--- words on the opening line\ntitle: a\n---\nText.")
def test_every_letter_of_a_text_stands_in_a_block(text: str) -> None:
    try:
        article = read(text)
    except SourceError:
        return
    assert not unaccounted(text, article)


@settings(max_examples=200)
@given(st.lists(pieces(PLAIN) | st.text(max_size=3), max_size=30).map("".join))
def test_every_letter_of_plain_text_stands_in_a_block(text: str) -> None:
    try:
        article = read(text, "canals.txt")
    except SourceError:
        return
    assert not unaccounted(text, article) or not is_plain(text)


LINKS = """
[¦]¦[^¦^[¦](¦)¦[w]¦[w]: ¦]:¦[^1]: ¦[^1]¦w¦x ¦↵¦↵↵¦    ¦> ¦- ¦'¦"¦![¦<¦>¦</b>¦<b>¦<br>¦<i¦ y=z¦<!--¦-->¦<?¦?>¦`¦*
"""


@settings(max_examples=settings().max_examples * 4)
@given(st.lists(pieces(LINKS), max_size=25).map("".join))
@example("[" * 200 + "w" + "](w)" * 200)
@example("`<br>[w]`[")
def test_of_links_notes_and_tags_only_address_label_and_tag_may_go(text: str) -> None:
    try:
        article = read(text)
    except SourceError:
        return
    markup = [
        *re.findall(r"\]\(([^()]*(?:\([^()]*\))?[^()]*)\)", text),  # an address, and its tip
        *re.findall(r"\[\^([^\]]*)\]", text),  # the label of a note
        *re.findall(r"\]\[([^\]]*)\]", text),  # the name of an address
        *re.findall(r"</?(?:b|br|i)\b[^>]*>", text),
    ]
    missing = unaccounted(text, article)
    assert not missing - letters("".join(markup)), (text, article.blocks)


# --- real documents -------------------------------------------------------------------------------


def written_words(source: str) -> str:
    """Leave of Markdown's source what an author would call words, by patterns that know nothing of the reader."""
    text = re.sub(r"\]\(\s*(?:[^()\s]|\{\{.*?\}\}|\([^()]*\))*(?:\s+\"[^\"]*\")?\s*\)", "] ", source)  # addresses
    text = re.sub(r"<img\b[^>]*>", lambda tag: " ".join(re.findall(r'(?:alt|src)="([^"]*)"', tag[0])), text)
    text = re.sub(r"</?[a-zA-Z][^>]*>", "", text)
    text = re.sub(r"\]\[[^\]]*\]|\[\^\w+\]", "]", text)
    return html.unescape(text)


def test_real_articles_are_read_with_every_letter_accounted_for() -> None:
    paths = sorted(shared("corpus", "gov").glob("*.md"))
    assert len(paths) == 28
    for path in paths:
        article = read_markdown(path.read_bytes(), str(path))
        assert article.title
        assert sum(block.kind is BlockKind.PARAGRAPH for block in article.blocks) >= 5
        assert not unaccounted(written_words(path.read_text(encoding="utf-8")), article), path.name


def test_users_own_document_gives_every_part_of_the_house_layout() -> None:
    path = next(shared("seeds").glob("*.txt"))
    article = read_markdown(path.read_bytes(), str(path))
    kinds = [block.kind for block in article.blocks]
    header = [BlockKind.FLY_TITLE, BlockKind.HEADLINE, BlockKind.RUBRIC, BlockKind.IMAGE, BlockKind.DATE]
    assert kinds == [*header, *[BlockKind.PARAGRAPH] * 8]
    assert article.fly_title
    assert article.title
    assert article.rubric
    assert article.published == dt.date(2019, 1, 3)
    assert not article.place
    assert article.image is not None
    assert article.image.parent == path.parent / "images"
    assert not unaccounted(path.read_text(encoding="utf-8").replace("![image]", ""), article) - letters("image")


@pytest.mark.parametrize("data", [b"a" * 5_000_001, b"\n" * 100_001])
def test_article_beyond_the_limits_is_refused_and_they_are_named(data: bytes) -> None:
    with pytest.raises(SourceError, match="5 MB and 100,000 lines"):
        READERS[".md"](data, "a.md", "")


@pytest.mark.parametrize(
    ("name", "data", "limit"),
    [
        ("a.md", b"*a* " * 50_001, "100,000 marks of Markdown's"),
        ("a.md", b"\n\n".join([b"<i>" * 33_000] * 5), "150,000 tags"),
        ("a.html", b"<p>" * 150_001, "150,000 tags"),
        ("a.html", b"a " * 2_500_001, "5 MB"),
        ("a.eml", b"a" * 40_000_001, "40 MB"),
        ("a.ssml", b"a" * 5_000_001, "5 MB"),
        ("a.docx", pack({"word/document.xml": " " * 12_000_001}), "12 MB"),
        ("a.odt", pack({"content.xml": " " * 12_000_001}), "12 MB"),
    ],
)
def test_text_of_little_else_than_marks_is_refused_and_the_limit_is_named(name: str, data: bytes, limit: str) -> None:
    with pytest.raises(SourceError, match=limit):
        READERS[Path(name).suffix](data, name, "")


def test_marks_of_many_paragraphs_are_not_in_memory_at_once() -> None:
    text = "*a* *b* *c* *d* *e* *f*\n\n" * 400
    tracemalloc.start()
    read_markdown(text.encode(), "a.md")
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 200 * len(text)
