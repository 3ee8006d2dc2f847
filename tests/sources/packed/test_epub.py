"""EPUBs become the chapters of a book, in order; what is not of its run is left out with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.config.show import Show
from audiobuild.errors import SourceError
from audiobuild.model.values import PROSE, Article, BlockKind, Edition, Fate
from audiobuild.script.sections import Stings, plan_script
from audiobuild.sources.packed.epub import read_epub
from audiobuild.sources.selection import select
from tests.books import CONTAINER, Entry, make_epub, pack, page
from tests.material import shared

PROSE_OF = {n: f"<p>It rained on day {n}, and the mud was deep.</p>" for n in range(1, 9)}


def chapter(number: int, heading: str = "") -> str:
    return page(f"<h1>{heading or f'Day {number}'}</h1>{PROSE_OF[number]}")


def read(data: bytes) -> list[Article]:
    return [article for article in read_epub(data, "mud.epub") if not article.unread]


def left_out(data: bytes) -> list[str]:
    return [article.unread for article in read_epub(data, "mud.epub") if article.unread]


def heard(article: Article) -> list[str]:
    kinds = (*PROSE, BlockKind.HEADING, BlockKind.HEADLINE)
    return [block.text for block in article.blocks if block.kind in kinds and not block.unread]


def test_contents_name_the_chapters_and_the_spine_orders_them() -> None:
    pages = {"b.xhtml": chapter(1, "I"), "a.xhtml": chapter(2, "II")}
    articles = read(make_epub(pages, [("The first day", "b.xhtml"), ("The second day", "a.xhtml")]))
    assert [article.title for article in articles] == ["The first day", "The second day"]
    assert [article.source for article in articles] == ["mud.epub/OEBPS/b.xhtml", "mud.epub/OEBPS/a.xhtml"]
    assert heard(articles[0]) == ["I", "It rained on day 1, and the mud was deep."]
    assert articles[0].blocks[1].kind is BlockKind.HEADLINE


def test_book_says_its_title_author_and_language() -> None:
    metadata = "<dc:creator>Ben Marsh</dc:creator><dc:creator>Cy Fen</dc:creator>"
    article = read(make_epub({"a.xhtml": chapter(1)}, [("Day", "a.xhtml")], metadata=metadata))[0]
    book = article.book
    assert book is not None
    assert article.language == book.language
    assert (book.title, book.author, book.language) == ("The Book of Mud", "Ada Reed, Ben Marsh and Cy Fen", "en-GB")


@pytest.mark.parametrize(
    ("metadata", "item"),
    [
        ("", '<item id="c" href="c.png" media-type="image/png" properties="cover-image"/>'),
        ('<meta name="cover" content="c"/>', '<item id="c" href="c.png" media-type="image/png"/>'),
    ],
)
def test_cover_is_found_as_either_version_names_it(metadata: str, item: str) -> None:
    others = {"OEBPS/c.png": b"a picture"}
    data = make_epub({"a.xhtml": chapter(1)}, [("Day", "a.xhtml")], metadata=metadata, items=item, others=others)
    book = read(data)[0].book
    assert book is not None
    assert book.cover == b"a picture"


def test_title_that_a_book_has_for_a_paragraph_is_said_once() -> None:
    pages = {
        "a.xhtml": page(f"<p class='s2'><span>The first day</span></p>{PROSE_OF[1]}"),
        "b.xhtml": page(f"<p>Day 2</p><p>More rain</p>{PROSE_OF[2]}"),
    }
    first, second = read(make_epub(pages, [("The first day", "a.xhtml"), ("Day 2: More rain", "b.xhtml")]))
    assert [block.kind for block in first.blocks[1:]] == [BlockKind.HEADLINE, BlockKind.PARAGRAPH]
    assert [block.kind for block in second.blocks[1:]] == [
        *(BlockKind.HEADLINE, BlockKind.HEADING, BlockKind.PARAGRAPH)
    ]


def test_older_contents_serve_as_well() -> None:
    pages = {"a.html": chapter(1), "b.html": chapter(2)}
    articles = read(make_epub(pages, [("One", "a.html"), ("Two", "b.html")], is_epub2=True))
    assert [article.title for article in articles] == ["One", "Two"]


def test_several_chapters_on_one_page_are_cut_at_their_places() -> None:
    body = (
        '<h2>Day 1<a id="c1"></a></h2><p>Rain.</p><div><p class="start"><a name="c2"/>Mud.</p><p>More mud.</p></div>'
        '<section id="c3"><h2>Day 3</h2><p>Sun.</p></section>'
    )
    contents = [("One", "a.xhtml#c1"), ("Two", "a.xhtml#c2"), ("Three", "a.xhtml#c3"), ("Lost", "a.xhtml#c9")]
    articles = read(make_epub({"a.xhtml": page(body)}, contents))
    assert [(article.title, heard(article)) for article in articles] == [
        ("One", ["Day 1", "Rain."]),
        ("Two", ["Mud.", "More mud."]),
        ("Three", ["Day 3", "Sun."]),
    ]


def test_page_that_the_contents_do_not_name_goes_on_with_the_chapter_before() -> None:
    pages = {"a1.xhtml": chapter(1), "a2.xhtml": page("<p>It went on.</p>"), "b.xhtml": chapter(2)}
    articles = read(make_epub(pages, [("One", "a1.xhtml"), ("Two", "b.xhtml")]))
    assert [len(heard(article)) for article in articles] == [3, 2]


def test_parts_are_departments_and_sections_are_not_chapters() -> None:
    pages = {
        "p1.xhtml": page("<h1>Part One</h1><h2>Rain</h2>"),
        "a.xhtml": page(f"<h1>Day 1</h1>{PROSE_OF[1]}<h2 id='s'>Noon</h2><p>Hail.</p>"),
        "b.xhtml": chapter(2),
        "p2.xhtml": page("<h1>Part Two</h1>"),
        "c.xhtml": chapter(3),
        "z.xhtml": chapter(4),
    }
    contents: list[Entry] = [
        ("Part One: Rain", "p1.xhtml", [("Day 1", "a.xhtml", [("Noon", "a.xhtml#s")]), ("Day 2", "b.xhtml")]),
        ("Part Two", "p2.xhtml", [("Day 3", "c.xhtml")]),
        ("Afterword", "z.xhtml"),
    ]
    data = make_epub(pages, contents)
    assert [(article.section, article.title) for article in read(data)] == [
        ("Part One: Rain", "Day 1"),
        ("Part One: Rain", "Day 2"),
        ("Part Two", "Day 3"),
        ("", "Afterword"),
    ]
    assert set(left_out(data)) == {"a part's name is said where it begins"}


def test_part_that_has_no_page_is_a_department_too() -> None:
    pages = {"a.xhtml": chapter(1), "b.xhtml": chapter(2)}
    articles = read(
        make_epub(pages, [("Part One", "", [("Day 1", "a.xhtml")]), ("Part Two", "", [("Day 2", "b.xhtml")])])
    )
    assert [(article.section, article.title) for article in articles] == [("Part One", "Day 1"), ("Part Two", "Day 2")]


def test_front_and_back_matter_is_left_out_with_its_reason() -> None:
    pages = {
        "cover.xhtml": page('<img src="c.png" alt="A field"/>', 'epub:type="cover"'),
        "copy.xhtml": page("<p>Copyright by us.</p>", 'epub:type="frontmatter copyright-page"'),
        "intro.xhtml": page(f"<h1>Introduction</h1>{PROSE_OF[1]}", 'epub:type="frontmatter"'),
        "a.xhtml": chapter(2),
        "notes.xhtml": page('<section role="doc-endnotes"><h1>What I meant</h1><p>Mud.</p></section>'),
        "index.xhtml": page("<h1>Index</h1><p>Mud, 3</p>"),
        "also.xhtml": page("<h1>Also by Ada Reed</h1><p>The Book of Rain</p>"),
    }
    contents = [("Introduction", "intro.xhtml"), ("Day", "a.xhtml"), ("Index", "index.xhtml")]
    guide = '<guide><reference type="copyright-page" href="copy.xhtml"/></guide>'
    data = make_epub(pages, contents, guide=guide)
    assert [article.title for article in read(data)] == ["Introduction", "Day"]
    assert sorted(left_out(data)) == [
        "a cover is not read",
        "an index or a list of sources is not read",
        "notes are not read",
        "what a publisher says of a book is not read",
        "what advertises other books is not read",
    ]


def test_notes_and_the_marks_that_lead_to_them_are_not_heard() -> None:
    body = (
        '<h1>Day</h1><p>Mud<a epub:type="noteref" href="#n1">1</a> was<sup><a href="#n2">2</a></sup>'
        ' deep<a href="#n3">[3]</a>, see <a href="#d5">day 5</a>.</p>'
        '<aside epub:type="footnote" id="n1"><p>Wet earth.</p></aside>'
    )
    article = read(make_epub({"a.xhtml": page(body)}, [("Day", "a.xhtml")]))[0]
    assert heard(article) == ["Day", "Mud was deep, see day 5."]
    assert [block.text for block in article.blocks if block.kind is BlockKind.FOOTNOTE] == ["Wet earth."]


def test_number_that_a_book_marks_as_roman_is_a_number() -> None:
    pages = {"a.xhtml": page(f'<h2 epub:type="ordinal z3998:roman">I</h2>{PROSE_OF[1]}')}
    assert heard(read(make_epub(pages, [("I", "a.xhtml")]))[0])[0] == "1"


def test_verse_keeps_its_lines() -> None:
    body = (
        '<h1>Song</h1><blockquote epub:type="z3998:verse"><p><span>Rain,</span><br/><span>rain.</span></p></blockquote>'
    )
    assert heard(read(make_epub({"a.xhtml": page(body)}, [("Song", "a.xhtml")]))[0]) == ["Song", "Rain,", "rain."]


def test_every_block_is_in_the_ledger() -> None:
    pages = {"cover.xhtml": page("<p>A Book</p>", 'epub:type="cover"'), "a.xhtml": chapter(1), "b.xhtml": chapter(2)}
    data = make_epub(pages, [("One", "a.xhtml"), ("Two", "b.xhtml")])
    articles = read_epub(data, "mud.epub")
    read_ones = [article for article in articles if not article.unread]
    rest = tuple(article for article in articles if article.unread)
    edition = Edition(tuple(read_ones), "Mud", None, left_out=rest)
    ledger = plan_script(edition, Show(), Stings()).ledger
    assert len(ledger) == sum(len(article.blocks) for article in articles)
    assert all(entry.reason for entry in ledger if entry.fate is Fate.SKIPPED)


def test_two_real_books_have_their_chapters() -> None:
    books = {path.name[:3]: read_epub(path.read_bytes(), path.name) for path in shared("corpus", "epub").glob("*.epub")}
    stories = [article.title for article in books["art"] if not article.unread]
    assert (len(stories), stories[0], stories[-1]) == (
        12,
        "A Scandal in Bohemia",
        "The Adventure of the Copper Beeches",
    )
    letters = [article.title for article in books["amb"] if not article.unread]
    assert letters[:3] == ["Author’s Preface", "A", "B"]
    assert [len(article.blocks) > 0 for article in books["amb"]].count(False) == 0


# --- what cannot be read --------------------------------------------------------------------------

SOUND = make_epub({"a.xhtml": chapter(1), "b.xhtml": chapter(2)}, [("One", "a.xhtml"), ("Two", "b.xhtml")])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no archive", "is damaged"),
        (pack({"mud.txt": "mud"}), "lacks the file 'META-INF/container.xml'"),
        (pack({"META-INF/container.xml": CONTAINER}), "lacks the file 'OEBPS/book.opf'"),
        (pack({"../../mud.sh": "mud", "META-INF/container.xml": CONTAINER}), "leads out of it"),
        (pack({"META-INF/container.xml": '<!DOCTYPE a [<!ENTITY b "mud">]><a>&b;</a>'}), "declares entities"),
        (
            make_epub({"a.xhtml": '<!DOCTYPE a [<!ENTITY b "mud">]><p>&b;</p>'}, [("One", "a.xhtml")]),
            "declares entities",
        ),
        (make_epub({}, []), "names no page"),
        (make_epub({"a.xhtml": page("<img src='a.png'/>")}, [("One", "a.xhtml")]), "no text to read"),
    ],
)
def test_what_is_no_sound_book_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_epub(data, "mud.epub")
    assert message in str(caught.value)


def test_a_book_that_swells_beyond_measure_is_refused() -> None:
    bomb = make_epub({"a.xhtml": page("<p>" + "mud " * 20_000_000 + "</p>")}, [("One", "a.xhtml")])
    with pytest.raises(SourceError, match="swells beyond measure"):
        read_epub(bomb, "mud.epub")


def test_copy_protection_is_named() -> None:
    lock = '<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>'
    data = make_epub({"a.xhtml": chapter(1)}, [("One", "a.xhtml")], others={"META-INF/encryption.xml": lock})
    with pytest.raises(SourceError, match="copy protection"):
        read_epub(data, "mud.epub")


@given(st.integers(0, len(SOUND) - 1), st.integers(1, 255), st.booleans())
def test_damaged_book_is_read_or_is_one_clear_error(place: int, change: int, is_cut: bool) -> None:
    damaged = SOUND[:place] if is_cut else SOUND[:place] + bytes([SOUND[place] ^ change]) + SOUND[place + 1 :]
    try:
        articles = read_epub(damaged, "mud.epub")
    except SourceError as error:
        assert error.message
    else:
        assert all(replace(article, blocks=()).title for article in articles)


# --- which chapters -------------------------------------------------------------------------------


def numbered(chapters: str) -> tuple[list[str], str]:
    articles = tuple(Article(f"Day {number}", "mud.epub", ()) for number in range(1, 7))
    chosen = select(Edition(articles, "Mud", None), (), (), chapters)
    return [article.title[-1] for article in chosen.articles], chosen.part


@pytest.mark.parametrize(
    ("chapters", "expected", "part"),
    [
        ("3-5", ["3", "4", "5"], "chapters 3-5"),
        ("2", ["2"], "chapter 2"),
        ("5-", ["5", "6"], "chapters 5-"),
        ("-2", ["1", "2"], "chapters -2"),
        ("1,4–5", ["1", "4", "5"], "chapters 1,4–5"),
        ("1-6", ["1", "2", "3", "4", "5", "6"], ""),
    ],
)
def test_chapters_are_chosen_by_their_numbers(chapters: str, expected: list[str], part: str) -> None:
    assert numbered(chapters) == (expected, part)


@pytest.mark.parametrize("chapters", ["0", "7", "5-3", "mud", "3--5", "-", ",", "1-9"])
def test_chapters_that_are_not_there_are_named(chapters: str) -> None:
    with pytest.raises(SourceError):
        numbered(chapters)


def test_printed_pages_drop_caps_and_numbered_titles_are_read_as_they_are_meant() -> None:
    body = (
        "<h2><span>1</span> <span>In which it rains</span></h2>"
        '<p><img class="dropcap" src="w.png" alt="W"/>hen it rained'
        '<span role="doc-pagebreak" id="p2">2</span> they sang:</p>'
        '<section epub:type="z3998:poem"><p>The salt goes out,<br/>the tide comes in.</p></section>'
        '<div class="stanza"><p>And the man,</p><p>he drinks.</p></div>'
    )
    (article,) = read(make_epub({"a.xhtml": page(body)}, [("1. In which it rains", "a.xhtml")]))
    assert heard(article) == [
        "1. In which it rains",
        "When it rained they sang:",
        "The salt goes out,",
        "the tide comes in.",
        "And the man,",
        "he drinks.",
    ]
    assert [block.goes_on for block in article.blocks if block.kind in PROSE and not block.unread] == [
        False,
        True,
        False,
        True,
        False,
    ]
