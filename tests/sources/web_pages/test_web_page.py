"""A web page becomes its article; all else on it is accounted for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobuild.errors import SourceError
from audiobuild.model.values import BlockKind
from audiobuild.normalisation import load_language
from audiobuild.script.unread import find_unread
from audiobuild.sources.html.html_blocks import find_html_blocks
from audiobuild.sources.web_pages.web_page import read_web_page
from tests.known_documents import PAGES, heard, page_figures

PAGE = PAGES[0].read_bytes()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_article_of_each_layout_is_found(path: Path) -> None:
    precision, recall, title, known_title = page_figures(path)
    assert (precision >= 0.95, recall >= 0.97, title) == (True, True, known_title)


def test_over_all_layouts_words_are_found_and_others_are_not() -> None:
    figures = [page_figures(path)[:2] for path in PAGES]
    precision, recall = (sum(values) / len(PAGES) for values in zip(*figures, strict=True))
    assert len(PAGES) == 65
    assert min(precision, recall) >= 0.97


def test_every_block_of_a_page_is_read_or_left_out_with_a_reason() -> None:
    article = read_web_page(PAGE, "mud.html")
    everything = [found.block.text for found in find_html_blocks(PAGE.decode())]
    assert sorted(block.text for block in article.blocks) == sorted(everything)
    reasons = {block.text: block.unread for block in article.blocks}
    assert reasons["Share this:"] == "what asks to share a page is not read"
    assert reasons["The pier in May. Photograph: E. Holt"] == "a caption is not read"
    assert (
        reasons["Proudly powered by WordPress. All rights reserved 2026."]
        == "what stands around an article is not read"
    )


def test_blocks_know_their_lines() -> None:
    article = read_web_page(PAGE, "mud.html")
    lines = PAGE.decode().split("\n")
    for block in article.blocks:
        if block.kind is BlockKind.PARAGRAPH and not block.unread:
            assert block.text[:30] in lines[block.line - 1]


def test_headline_and_date_are_found_and_the_headline_comes_first() -> None:
    article = read_web_page(PAGE, "mud.html", url="https://lantern.example/pier")
    headlines = [block.text for block in article.blocks if block.kind is BlockKind.HEADLINE]
    assert headlines == [article.title]
    assert (str(article.published), article.url) == ("2026-03-14", "https://lantern.example/pier")


@pytest.mark.parametrize(
    "body", ["", "<div id='root'></div><script>start()</script>", "<p>Please turn on JavaScript.</p>"]
)
def test_page_with_hardly_a_body_says_so(body: str) -> None:
    with pytest.raises(SourceError, match="hardly a text on this page"):
        read_web_page(f"<html><head><title>Mud</title></head><body>{body}</body></html>".encode(), "mud.html")


HAIKU = "<article><h1>Mud</h1><p>An old silent pond.<br>A frog jumps into the pond:<br>splash! Silence.</p></article>"


@pytest.mark.parametrize(
    ("body", "url", "is_read"),
    [
        (HAIKU, "", True),
        (HAIKU.replace("article", "div"), "", False),
        (HAIKU * 2, "", False),
        ("<article><p>Please turn on JavaScript.</p></article>", "", False),
        (HAIKU, "https://mud.example/a", False),
    ],
)
def test_short_text_is_read_of_a_file_that_marks_it_as_an_article(body: str, url: str, *, is_read: bool) -> None:
    page = f"<html><head><title>Mud</title></head><body>{body}</body></html>".encode()
    if is_read:
        assert heard(read_web_page(page, "mud.html", url=url)) == [
            "An old silent pond.",
            "A frog jumps into the pond:",
            "splash! Silence.",
        ]
        return
    with pytest.raises(SourceError, match="hardly a text on this page"):
        read_web_page(page, "mud.html", url=url)


@pytest.mark.parametrize(
    ("head", "body", "message", "hint"),
    [
        ("<title>Page not found</title>", "<p>" + "Nobody knows this page. " * 20, "nothing at its address", "address"),
        ("<title>Log in | Lantern</title>", "<p>" + "Tell us who you are. " * 20, "asks to log in", "save the page"),
        ("<title>Lantern</title>", "<form><input type='password'></form>", "asks to log in", "save the page"),
        ("<title>Before you continue</title>", "<p>" + "We like cookies. " * 30, "asks for consent", "save the page"),
        ("<title>Just a moment...</title>", "<p>" + "We look at you. " * 20, "a person", "save the page"),
        ("<meta http-equiv='Refresh' content='0; url=/b'>", "", "leads on to another", "https://mud.example/b"),
        ("<link rel='alternate' type='application/rss+xml' href='/f'>", "", "hardly", "https://mud.example/f"),
    ],
)
def test_page_in_the_place_of_an_article_says_what_it_is(head: str, body: str, message: str, hint: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read_web_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "a", url="https://mud.example/a")
    assert hint in caught.value.hint


def test_entries_of_a_live_blog_keep_their_headings() -> None:
    entry = (
        "<article><header><time>{0}.10</time><h2>Hour {0}</h2><b class='author'>Ada Holt</b></header><p>{1}</article>"
    )
    text = "The barge number {} left the quay at ten past six with forty people and a piano, and came back at nine."
    entries = "".join(entry.format(hour, text.format(hour)) for hour in range(8, 13))
    page = f"<html><title>Storm</title><body><h1>Storm</h1><div>{entries}</div></body></html>"
    words = heard(read_web_page(page.encode(), "storm.html"))
    assert [f"Hour {hour}" in words for hour in range(8, 13)] == [True] * 5


def test_panels_of_an_accordion_are_read_although_they_are_shut() -> None:
    text = "The ferry comes in May, and it will be late as often as the old one was, which was on each day but one."
    item = "<h3><button aria-controls='p{0}'>Late in {0}?</button></h3><div id='p{0}' {1}><p>{2}</div>"
    shut = ("hidden", "style='display:none'", "aria-hidden='true'")
    items = "".join(item.format(number, each, text) for number, each in enumerate(shut))
    page = f"<html><title>Ferry</title><body><main><h1>Ferry</h1>{items}<p hidden>Secret.</main></body></html>"
    words = heard(read_web_page(page.encode(), "ferry.html"))
    assert words == [line for number in range(3) for line in (f"Late in {number}?", text)]


def test_encoding_that_a_server_names_for_all_its_pages_is_not_believed() -> None:
    page = f"<html><title>Mud</title><body><h1>Mud</h1>{'<p>The café – it is shut – and the “Ada” has sailed.</p>' * 9}"
    assert heard(read_web_page(page.encode(), "a", charset="ISO-8859-1"))[0].startswith("The café – it")


def test_page_in_an_older_encoding_is_read_as_it_says() -> None:
    text = "<html><head><meta charset='windows-1252'><title>Mud</title></head><body><h1>Mud</h1>"
    text += (
        "<p>“Café” says the sign above the door of the old weighbridge house, and it lies.</p>" * 5 + "</body></html>"
    )
    assert heard(read_web_page(text.encode("cp1252"), "mud.html"))[0].startswith("“Café” says")


def test_page_of_very_many_items_is_read_without_a_second_opinion() -> None:
    items = "<li>It rained on the old weighbridge house, and then it rained once more until noon." * 3_000
    page = f"<html><head><title>Mud</title></head><body><h1>Mud</h1><ul>{items}</ul></body></html>"
    assert len(heard(read_web_page(page.encode(), "mud.html"))) == 3_000


def test_without_its_library_the_install_line_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(SourceError) as caught:
        read_web_page(PAGE, "mud.html")
    assert "pip install 'audiobuild[web]'" in caught.value.hint


@settings(max_examples=settings().max_examples // 7)
@given(st.integers(0, len(PAGE) - 1), st.integers(1, 255), st.booleans())
def test_damaged_page_is_read_or_is_one_clear_error(place: int, change: int, is_cut: bool) -> None:
    damaged = PAGE[:place] if is_cut else PAGE[:place] + bytes([PAGE[place] ^ change]) + PAGE[place + 1 :]
    try:
        assert read_web_page(damaged, "mud.html").title
    except SourceError as error:
        assert error.message


LINES = "<p>The tide came in over the flats, and the boats rose with it, one by one, as on every day.</p>" * 3


@pytest.mark.parametrize(
    ("head", "kinds"),
    [
        ("<h1>Mud and rain in May</h1><h3 class='post-subtitle'>What the gauges said in May</h3>", "headline rubric"),
        ("<h1>Mud and rain in May</h1><p class='standfirst'>What the gauges said in May</p>", "headline rubric"),
        ("<p><font size=6><b>Mud and rain in May</b></font>", "headline"),
        ("<h1>Mud and rain in May</h1><p>By Ada Holt</p><p class='byline'>Ada Holt</p>", "headline"),
        ("<h1>Mud and rain in May <a href='#top'>#</a></h1>", "headline"),
        ("<h1>Mud and rain in May</h1><h2>May 18, 2003</h2>", "headline"),
        (
            "<h1>Mud and rain in May</h1><div class='author-box'><p class='subtitle'>Chair, Mud Ltd</p></div>",
            "headline",
        ),
        ("<h1>Mud and rain in May</h1><div>Ada Holt at Coldwater Road, Mudwick, on Saturday</div>", "headline"),
        ("<h1>Mud and rain in May</h1><div>Words</div><div>Bo de Vries</div><div>Photography</div>", "headline"),
        ("<h1>Mud and rain in May</h1><p>Ada Holt meets the man who weighs it</p>", "headline paragraph"),
    ],
)
def test_head_of_an_article_is_told_from_its_text(head: str, kinds: str) -> None:
    title = "<title>The Lantern: Mud and rain in May</title><meta name=author content='Ada Holt'>"
    article = read_web_page(f"<html><head>{title}</head><body>{head}{LINES}</body></html>".encode(), "mud.html")
    read = [block for block in article.blocks if not block.unread]
    assert [str(block.kind) for block in read] == [*kinds.split(), *["paragraph"] * 3]
    assert article.title == read[0].text == "Mud and rain in May"
    assert article.rubric == ("What the gauges said in May" if "rubric" in kinds else "")


def test_heading_that_is_called_by_its_link_is_read() -> None:
    page = f"<h1>Mud</h1>{LINES}<h2 class='header-anchor-post'>After the rain</h2>{LINES}"
    assert "After the rain" in heard(read_web_page(page.encode(), "mud.html"))


CARD = (
    "<div class=card><a href='/{0}'><h3>The pier of {0}</h3></a>"
    "<p>In {0} it was built of oak, and in the year after that the worm had most of it.</p></div>"
)
CARDS = "".join(map(CARD.format, range(1811, 1816)))


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>The Lantern</h1><main>{CARDS}</main>",
        f"<main><h1>Piers</h1>{CARDS}</main>",
        f"<h1>Search</h1><section><h2>News</h2>{CARDS}</section><section><h2>Arts</h2>{CARDS}</section>",
    ],
)
def test_page_of_nothing_but_teasers_says_that_it_has_no_article(body: str) -> None:
    with pytest.raises(SourceError, match="no article on this page"):
        read_web_page(f"<html><title>The Lantern</title><body>{body}</body></html>".encode(), "home.html")


@pytest.mark.parametrize(
    ("cards", "read"),
    [
        (CARDS, False),
        (CARDS.replace("'/18", "'https://piers.example/18"), True),  # a list of the best piers leads to their own sites
        (CARDS.replace("<a ", "<b ").replace("</a>", "</b>"), True),
    ],
)
def test_cards_below_an_article_are_read_where_they_are_its_own(cards: str, read: bool) -> None:
    head = "<html><head><title>Mud</title><link rel='canonical' href='https://lantern.example/mud'></head>"
    text = "".join(LINES.replace("boats", f"{name} boats") for name in ("tall", "small", "red", "blue"))
    page = f"{head}<body><main><h1>Mud</h1><div>{text}</div><div>{cards}</div></main></body></html>"
    assert any("In 1812 it was built" in words for words in heard(read_web_page(page.encode(), "a"))) is read


def test_title_is_the_heading_of_the_page_where_another_is_that_of_the_site() -> None:
    title = "<title>Pier and Mud Forum • View topic - How deep is the mud</title>"
    head = "<div><h1>Pier and Mud Forum</h1></div><h2>How deep is the mud</h2>"
    assert read_web_page(f"{title}{head}<div>{LINES}</div>".encode(), "a.html").title == "How deep is the mud"
    title = "<title>Chapter 4: The Ford - The Lantern Debt | Ink</title>"
    chapter = f"{title}<h1>Chapter 4: The Ford</h1><h2>The Lantern Debt</h2>"
    assert read_web_page(f"{chapter}<div>{LINES}</div>".encode(), "a.html").title == "Chapter 4: The Ford"


@pytest.mark.parametrize(
    ("box", "read"),
    [
        ("<blockquote>The boats rose with it, one by one</blockquote>", False),
        ("<blockquote>Nobody ever asked the boats</blockquote>", True),
        ("<div class='callout'><div>Bring boots, and somebody who can pull.</div></div>", True),
        (
            "<aside><p>The flats were drained in 1811, and the sea has been coming back ever since.</p></aside>",
            True,
        ),
        (
            "<aside><form>Write to us, and we shall send you the tide tables for all of the year, free.</form></aside>",
            False,
        ),
    ],
)
def test_boxes_between_paragraphs_are_read_where_they_say_more(box: str, read: bool) -> None:
    page = f"<title>Mud</title><main><h1>Mud</h1>{LINES}{box}{LINES}</main>"
    assert (len(heard(read_web_page(page.encode(), "mud.html"))) == 7) is read


def test_day_below_the_first_paragraph_is_not_read_unless_there_are_more() -> None:
    day, other = "<p>14 March 1926</p>", "<p>15 March 1926</p>"
    page = f"<title>Mud</title><main><h1>Mud</h1>{LINES}{{}}</main>"
    alone = f"<title>Mud</title><main><h1>Mud</h1>{LINES[: len(LINES) // 3]}{day}{LINES}</main>"
    assert "14 March 1926" not in heard(read_web_page(alone.encode(), "mud.html"))
    diary = page.format(f"{day}{LINES}{other}{LINES}")
    assert {"14 March 1926", "15 March 1926"} <= set(heard(read_web_page(diary.encode(), "mud.html")))


def test_answers_in_a_forum_are_accounted_for_as_such() -> None:
    path = next(path for path in PAGES if "vbulletin" in path.stem)
    reasons = {block.unread for block in read_web_page(path.read_bytes(), path.name).blocks if "cockerel" in block.text}
    assert reasons == {"readers' comments are not read"}


def test_what_two_people_write_to_each_other_is_no_forum() -> None:
    said = "<div class='message'><b class='username'>{0}</b><p>The boat of {0} rose with the tide, as ever.</p></div>"
    chat = "".join(map(said.format, ("Hob", "Ines", "Bo", "Ada")))
    words = heard(read_web_page(f"<title>Mud</title><main><h1>Mud</h1>{LINES}{chat}</main>".encode(), "chat.html"))
    assert sum("rose with the tide" in line for line in words) == 4


@pytest.mark.parametrize(("name", "read"), [("live-feed", False), ("timeline", True)])
def test_times_are_read_in_a_chronicle_and_not_in_a_live_blog(name: str, read: bool) -> None:
    said = "<p>Ship number {0} left the quay with forty people, and came back at ten past nine.</p>"
    entries = "".join(
        f"<div class='entry'><div class='time'>10.{n} pm</div>{said.format(n)}</div>" for n in range(11, 17)
    )
    page = f"<title>Storm</title><main><h1>Storm</h1><div class='{name}'>{entries}</div></main>"
    words = heard(read_web_page(page.encode(), "storm.html"))
    assert (sum("left the quay" in line for line in words), "10.14 pm" in words) == (6, read)


def test_first_comment_below_an_article_is_none_of_its_words() -> None:
    said = "<li class='post'><b class='username'>{0}</b><p>The boat of {0} rose with the tide, as ever.</p></li>"
    text = "".join(LINES.replace("boats", f"{name} boats") for name in ("tall", "small", "red", "blue"))
    answers = "".join(map(said.format, ("Hob and all that were with him " * 5, "Ines", "Bo")))
    page = f"<title>Mud</title><main><h1>Mud</h1><div>{text}</div></main><ul class='below'>{answers}</ul>"
    assert not any("rose with the tide" in line for line in heard(read_web_page(page.encode(), "mud.html")))


@pytest.mark.parametrize(("lines", "read"), [(1, True), (9, False)])
def test_comments_begin_below_the_text_and_not_at_a_link_above_it(lines: int, read: bool) -> None:
    said = "<b>Readers’ Comments (2)</b><br><table><tr><td>Bo: The boat of Hob rose, as ever.</table>"
    page = f"<title>Mud</title><main><h1>Mud</h1>{LINES * lines}{said}</main>"
    article = read_web_page(page.encode(), "mud.html")
    unread = find_unread(article.blocks, load_language("en-GB").tables)
    assert any("Hob" in each.text and place not in unread for place, each in enumerate(article.blocks)) is read


POST = "<article class='post'><h2>{0}</h2><p>The {1} rose with the tide. {2}</p></article>"
MUCH = "They had been tarred in May, in the yard behind the pier, by men who sang, and who came back in June. " * 9


def _posts(titles: dict[str, str]) -> str:
    return "".join(POST.format(title, boat, MUCH) for boat, title in titles.items())


def test_posts_below_the_one_that_the_page_is_named_for_are_left_out() -> None:
    posts = _posts({"smack": "The smack in May", "yawl": "The yawl in June", "ketch": "The ketch in July"})
    said = " ".join(heard(read_web_page(f"<title>The yawl in June | Boats</title>{posts}".encode(), "a.html")))
    assert "yawl rose" in said and "smack rose" not in said and "ketch rose" not in said


@pytest.mark.parametrize(("name", "refused"), [("home", True), ("single", False)])
def test_home_page_of_whole_posts_is_no_article(name: str, refused: bool) -> None:
    titles = {boat: f"<a href='/{boat}'>The {boat} in May</a>" for boat in ("smack", "yawl", "ketch")}
    page = f"<title>The Boat Yard</title><body class='{name}'>{_posts(titles)}".encode()
    if not refused:
        assert len(heard(read_web_page(page, "a.html"))) >= 3
        return
    with pytest.raises(SourceError, match="no article on this page"):
        read_web_page(page, "a.html")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>ed: In which I lose | LJ</title><h1>mud, mostly</h1><div>In which I lose</div>", "In which I lose"),
        (
            "<title>A year of fire | Rye</title><h1>What I learned from a year of fires</h1>",
            "What I learned from a year of fires",
        ),
        ("<title>Mud - The Lantern</title>", "Mud"),
        (
            "<title>I have a shed of onions : plots</title>"
            "<meta property='og:title' content='r/plots - I have a shed of onions'>",
            "I have a shed of onions",
        ),
    ],
)
def test_title_is_what_the_page_prints(head: str, title: str) -> None:
    assert read_web_page(f"{head}<div>{LINES}</div>".encode(), "a.html").title == title


@pytest.mark.parametrize(("last", "read"), [("Hob", 3), ("Ines", 2)])
def test_posts_by_the_author_of_the_first_are_no_answers(last: str, read: int) -> None:
    said = (
        "<div class='post'><b class='username'>{0}</b><p>The boat of {1} rose with the tide, as it did ever.</p></div>"
    )
    posts = "".join(said.format(name, boat) for name, boat in (("Hob", "Bo"), ("Hob", "Ada"), (last, "Cy")))
    words = heard(read_web_page(f"<title>Mud</title><h1>Mud</h1><div>{posts}{LINES}</div>".encode(), "thread.html"))
    assert (sum("boat of" in line for line in words), "Hob" in words) == (read, False)


@pytest.mark.parametrize(
    ("line", "rubric"),
    [
        ("<p>Follow the boats as they cross the bar</p>", "Follow the boats as they cross the bar"),
        ("<p>By Ada Holt and others of the Lantern</p>", ""),
        ("<p><a href='/c'>What the Lantern knows of the coast</a></p>", ""),
        ("<div><img src='a.jpg'><span>The boats as they crossed the bar</span></div>", ""),
    ],
)
def test_line_below_a_headline_needs_no_name(line: str, rubric: str) -> None:
    page = f"<title>Mud</title><main><div><h1>Mud</h1><div>{line}</div></div><div>{LINES * 4}</div></main>"
    assert read_web_page(page.encode(), "mud.html").rubric == rubric


def test_article_is_read_where_its_readers_wrote_more_and_its_box_is_named_for_the_printer() -> None:
    text = "".join(LINES.replace("boats", f"{name} boats") for name in ("tall", "small"))
    said = "".join(
        f"<div class='visitors-comment'><p>{name} has seen the tide, and says that {MUCH[:400]}</p></div>"
        for name in "ABCDEF"
    )
    page = f"<title>Mud</title><div class='left'><h1>Mud</h1><div id='content-print'>{text}</div>{said}</div>"
    words = heard(read_web_page(page.encode(), "mud.html"))
    assert (len(words), any("seen the tide" in line for line in words)) == (6, False)
