"""A page says who wrote its article, when, and which picture stands for it, in one of many ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiobuild.sources.web_pages.page_facts import parse_with_facts
from audiobuild.sources.web_pages.web_page import read_web_page
from tests.known_documents import PAGES

BOTH = ("Ada Holt", "Bo Ek")
TEXT = "<p>The tide came in over the flats, and the boats rose with it, one by one, as on every day before.</p>" * 4


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    ("page", "authors"),
    [
        (linked('{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ada Holt"}}'), ("Ada Holt",)),
        (linked('{"@type": ["Article"], "author": [{"name": "Ada Holt"}, "Bo Ek"]}'), BOTH),
        (
            linked('{"@graph": [{"@type": "WebPage"}, {"@id": "#b", "name": "Bo Ek"}]}')
            + linked('[{"@type": "BlogPosting", "author": {"@id": "#a"}}, {"@id": "#a", "name": "Ada Holt"}]'),
            ("Ada Holt",),
        ),
        (linked('{"@type": "WebSite", "name": "Mud"}') + '<meta name="Author" content="Ada Holt">', ("Ada Holt",)),
        (linked("{broken") + '<meta property="article:author" content="https://a.example/ada">', ()),
        ("<meta name=citation_author content='Holt, Ada'><meta name=citation_author content='Ek, Bo'>", BOTH),
        ('<p>By <a rel="author">Ada Holt</a> and <a rel="author">Bo Ek</a></p>', BOTH),
        ('<p>By <a rel="author">Ada Holt</a></p>' + TEXT + '<a rel="author">Somebody Else</a>', ("Ada Holt",)),
        ('<div class="byline">By <b>Ada Holt</b> and <b>Bo Ek</b> | 4 March</div>', BOTH),
        ('<div class="post-author"><a>Ada Holt</a><span>Chief reporter</span></div>', ("Ada Holt",)),
        ('<div class="author">4 March 2026</div><div class="author">Words by Ada Holt</div>', ("Ada Holt",)),
        ('<meta name="author" content="admin"><span itemprop="author">Ada Holt</span>', ("Ada Holt",)),
        ('<div class="byline">' + TEXT + "</div>", ()),
        ('<div class="comment__author">Ada Holt</div><div class="story__author">Bo Ek</div>', ("Bo Ek",)),
    ],
)  # fmt: skip
def test_authors_are_found_by_what_names_them_best(page: str, authors: tuple[str, ...]) -> None:
    assert parse_with_facts(page)[1].about.authors == authors


@pytest.mark.parametrize(
    "page",
    [
        linked('{"@type": "Article", "datePublished": "2026-03-14T07:12:00Z"}')
        + "<time class=published datetime=1999-01-02>",
        '<meta property="article:published_time" content="2026-03-14T07:12:00+01:00">',
        '<meta itemprop="datePublished" content="2026-03-14">',
        '<meta name="DC.date.issued" content="2026-03-14"><time pubdate datetime="1999-01-02">',
        '<time datetime="1999-01-02"></time><time pubdate datetime="2026-03-14">',
        '<span itemprop="datePublished" content="2026-03-14">a fortnight ago</span>',
    ],
)  # fmt: skip
def test_date_is_the_one_at_which_the_page_came_out(page: str) -> None:
    assert str(parse_with_facts(page)[1].about.published) == "2026-03-14"


@pytest.mark.parametrize(
    ("head", "body", "picture"),
    [
        ('<meta property="og:image" content="pier.jpg">', "", "pier.jpg"),
        (
            '<meta property="og:image" content="https://a.example/big/pier.jpg?w=9">',
            '<img src="mud_files/other.png"><img src="mud_files/pier.jpg">',
            "mud_files/pier.jpg",
        ),
        ("", '<img src="mud_files/logo.png"><img src="data:image/png;base64,a"><img src="a%20pier.jpg">', "a pier.jpg"),
        ('<meta property="og:image" content="https://a.example/pier.jpg">', '<img src="/top.jpg">', ""),
    ],
)
def test_picture_is_one_that_lies_beside_the_page(head: str, body: str, picture: str) -> None:
    page = f"<html><head>{head}</head><body><article><h1>Mud</h1>{body}{TEXT}</article></body></html>".encode()
    article = read_web_page(page, "saved/mud.html")
    assert article.image == (Path("saved") / picture if picture else None)
    assert read_web_page(page, "mud.html", url="https://a.example/mud").image is None


def test_year_of_a_copyright_is_no_date() -> None:
    newsletter = next(path for path in PAGES if "newsletter" in path.stem)
    assert read_web_page(newsletter.read_bytes(), "mud.html").published is None
