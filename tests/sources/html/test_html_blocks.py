"""HTML becomes blocks: what is for reading aloud, and what is not, with its reason; no word is gone."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.model.articles import ForeignWords
from audiobuild.model.values import BlockKind
from audiobuild.sources.html.html_blocks import find_html_blocks
from audiobuild.sources.html.html_tags import cut_html

PIECES = (
    "<p>|</p>|<div>|</div>|<b>|</b>|<li>|<ol>|</ol>|<ul>|<table>|<tr>|<td>|</table>|<td|<a href='|\"|'|<!--|-->|<br>"
    "|<pre>|</pre>|<sup>|</sup>|<q>|</q>|<span lang=fr>|</span>|<nav>|</nav>|<svg>|<script>|</script>|<dd>|<h2>|</h2>|>"
    "|<|&amp;|rain |mud|\n|<![CDATA[|]]>|<?xml"
).split("|")


def read(text: str) -> list[tuple[BlockKind, str]]:
    return [(found.block.kind, found.block.text) for found in find_html_blocks(text)]


def heard(text: str) -> list[str]:
    kinds = (BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LIST_ITEM, BlockKind.HEADING)
    blocks = [found.block for found in find_html_blocks(text)]
    return [block.text for block in blocks if block.kind in kinds and not block.unread]


def reasons(text: str) -> dict[str, str]:
    return {found.block.text: found.block.unread for found in find_html_blocks(text) if found.block.unread}


def test_elements_are_blocks_of_their_kinds() -> None:
    page = "<h2>Rain</h2><p>It fell.</p><blockquote><p>Ah.</p></blockquote><ul><li>One</li></ul><pre>a\n b</pre><hr>"
    assert read(page) == [
        (BlockKind.HEADING, "Rain"),
        (BlockKind.PARAGRAPH, "It fell."),
        (BlockKind.QUOTATION, "Ah."),
        (BlockKind.LIST_ITEM, "One"),
        (BlockKind.CODE, "a\n b"),
        (BlockKind.RULE, "<hr>"),
    ]


def test_every_block_knows_its_line() -> None:
    found = find_html_blocks("<p>One\ntwo</p>\n\n<p>\nThree<br>\nfour", line=10)
    assert [(each.block.text, each.block.line, each.joined) for each in found] == [
        ("One two", 10, False),
        ("Three", 14, False),
        ("four", 15, True),
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>One<p>two<div>three", ["One", "two", "three"]),
        ("<ul><li>One<li>two</ul>three", ["One", "two", "three"]),
        ("<dl><dt>Mud<dd>Wet earth.<dt>Rain</dl>", ["Mud", "Wet earth.", "Rain"]),
        ("<p>The <b>old <i>mill</b> is</i> gone", ["The old mill is gone"]),
        ("One</p></div>two", ["One", "two"]),
        ("5 < 6 &amp; 7", ["5 < 6 & 7"]),
    ],
)
def test_what_is_not_closed_ends_where_the_next_begins(page: str, expected: list[str]) -> None:
    assert heard(page) == expected


def test_list_is_numbered_as_it_is_shown() -> None:
    page = "<ol start=3><li>Mud<ol><li>wet<li>dry</ol><li><p>Rain<p>and hail</ol><ul><li>Fog</ul>"
    assert heard(page) == ["3. Mud", "1. wet", "2. dry", "4. Rain", "and hail", "Fog"]


def test_raised_and_lowered_numbers_keep_their_sense() -> None:
    assert heard("5 m<sup>2</sup>, H<sub>2</sub>O, the 4<sup>th</sup>, 10<sup>-3</sup>") == ["5 m², H2O, the 4th, 10⁻³"]


def test_quotation_in_a_sentence_has_its_marks() -> None:
    assert heard("<p>She said <q>rain</q>.") == ["She said “rain”."]


def test_note_marks_are_no_words_and_notes_are_notes() -> None:
    page = (
        '<p>It held<a epub:type="noteref" href="#n">3</a>.</p>'
        '<aside epub:type="footnote"><p>For a week. <a role="doc-backlink" href="#r">↩</a></p></aside>'
    )
    assert read(page) == [(BlockKind.PARAGRAPH, "It held."), (BlockKind.FOOTNOTE, "For a week.")]


def test_table_is_one_block_row_by_row_but_a_layout_is_read() -> None:
    table = "<table><caption>Rain</caption><tr><th>Day<th>mm<tr><td>Mon<td>4<p>or 5</table>"
    assert (BlockKind.TABLE, "Day | mm\nMon | 4 or 5") in read(table)
    assert reasons(table) == {"Rain": "a caption is not read"}
    assert heard(f"<table><tr><td>Dear reader,<td>{table}</table>") == ["Dear reader,"]
    assert heard("<table><tr><td><p>One<p>two</table>") == ["One", "two"]


def test_caption_of_a_picture_that_has_a_table_for_its_frame_is_not_read() -> None:
    frame = "<tr><td><img src=a.png></td></tr><tr><td>The quay in March.</td></tr></table>"
    assert reasons(f"<table>{frame}") == {"The quay in March.": "a caption is not read"}
    assert reasons(f"<table><tr><td>One<p>two<table align=right>{frame}</table>")["The quay in March."]
    assert heard(f"<table><tr><td>One<table>{frame}</table>") == ["One", "The quay in March."]
    assert heard(f"<table><tr><td><img src=a.png>{'The quay lay in the sun. ' * 9}</table>")
    assert heard(f"<table>{'<tr><td><img src=a.png>' * 60}{frame}") == ["The quay in March."]


def test_raised_words_however_deep_within_each_other_stay_in_their_place() -> None:
    assert heard(f"<p>a{'<sup>b' * 12}<p>Rain.") == ["abbbbbbbbbbbb", "Rain."]


def test_what_is_not_for_the_ear_says_why() -> None:
    page = (
        "<nav><a href=/>Home</a></nav><figure><img src=a.png><figcaption>A mill</figcaption></figure>"
        "<p hidden>Secret</p><p>A <button>Copy</button> word <svg><text>axis</text></svg></p>"
    )
    assert heard(page) == ["A word"]
    assert reasons(page) == {
        "Home": "the way about a site is not read",
        "A mill": "a caption is not read",
        "Secret": "what is hidden is not read",
        "Copy": "a control is not read",
        "<svg>": "a drawing is not read",
        "axis": "a drawing is not read",
    }


def test_image_has_its_words_and_address() -> None:
    (found,) = find_html_blocks('<img alt="A mill" src="mill.jpg">')
    assert (found.block.kind, found.block.text, found.address) == (BlockKind.IMAGE, "A mill mill.jpg", "mill.jpg")


def test_comment_says_how_the_word_before_it_is_spoken() -> None:
    (found,) = find_html_blocks("<p>It is 6m<!-- say: six metres --> deep.")
    assert [(change.written, change.spoken) for change in found.block.overrides] == [("6m", "six metres")]


def test_languages_are_known_by_block_and_by_passage() -> None:
    marked, whole = find_html_blocks('<p>The <span lang="fr">tour de <b>force</b></span> ended.<p lang=de>Ja.')
    assert marked.block.foreign == (ForeignWords(4, 17, "fr"),)
    assert (marked.block.language, whole.block.language) == ("", "de")


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_read_and_none_of_its_words_is_lost(page: str) -> None:
    assert "".join(part.written for part in cut_html(page)) == page
    words = Counter(re.findall("rain|mud", " ".join(found.block.text for found in find_html_blocks(page))))
    in_tags = Counter(re.findall("rain|mud", " ".join(re.findall(r"<[a-z]+[^<>]*>|<[!?][^>]*>?", page))))
    assert all(words[word] + in_tags[word] >= count for word, count in Counter(re.findall("rain|mud", page)).items())


@pytest.mark.parametrize("piece", ["<a ", "<a '\"", "<p>", "<b>", "<table><tr><td>", "<!--", "<li></li>", "<q>", "&"])
def test_long_nonsense_is_read(piece: str) -> None:
    assert find_html_blocks("<b>" * 1000 + piece * (20_000 // len(piece))) is not None


@pytest.mark.parametrize(
    "tag",
    ['<script src="a.js"" type="text/javascript"></script>', "<i title=\"a > b\" alt='c'>", '<a href="b>', "<b '>"],
)
def test_tag_ends_though_a_quotation_mark_in_it_is_a_slip(tag: str) -> None:
    assert [found.block.text for found in find_html_blocks(f"{tag}<p>It fell.</p>")][-1] == "It fell."
