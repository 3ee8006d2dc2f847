"""What stands among the paragraphs of a web page, and about them, is told from its article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiobuild.normalisation import load_language
from audiobuild.script.unread import find_unread
from audiobuild.sources.web_pages.page_body import find_left_out
from audiobuild.sources.web_pages.page_edges import find_lines_above, find_links_above
from audiobuild.sources.web_pages.page_entries import claim_sections
from audiobuild.sources.web_pages.page_holder import find_holder
from audiobuild.sources.web_pages.page_kind import PageKind
from audiobuild.sources.web_pages.page_teasers import find_lone_teasers
from audiobuild.sources.web_pages.page_tree import claim, parse_page
from audiobuild.sources.web_pages.web_page import read_web_page
from tests.known_documents import heard

LINES = "<p>The tide came in over the flats, and the boats rose with it, one by one, as on every day.</p>" * 3


@pytest.mark.parametrize(
    ("box", "read"),
    [
        ("<a class='cta' href='/b'>Check prices today</a>", False),
        ("<p>The fare is <a class='btn' href='/b'>on this page</a>.</p>", True),
        ("<div class='tabs'><span>Obituary</span><span>Wall (14)</span></div>", False),
        (
            "<div class='tabs'><p>The boats that rose were tall, and those that sank were full of cod.</p></div>",
            True,
        ),
        ("<div class='you-may-also-like'><p>The pier in rain</p></div>", False),
        ("<div class='also-known-as'><p>Some call it Mudwick.</p></div>", True),
        ("<div class='reader-revenue'><h3>Support us</h3><p>Readers pay for this, so give a pound.</p></div>", False),
        ("<div><p>The Briefing</p><p>Five ideas a day.</p><div><input placeholder='you@a.example'></div></div>", False),
        ("<div><p>The Briefing</p><p>Five ideas a day.</p><div><input placeholder='Which tide?'></div></div>", True),
        ("<div><p>Today’s sponsor:</p><p>Deskly books the boats that rise with you.</p></div>", False),
        ("<div id='siteSub'>aus Wikipedia, der freien Enzyklopädie</div>", False),
        ("<div class='votecell'><div>27</div></div>", False),
        ("<p class='long-form'>Nobody ever asked the boats.</p>", True),
        ("<p><span class='gov-visually-hidden'>Warning</span></p>", False),
        ("<p><span class='not-sr-only'>Warning</span></p>", True),
        ("<div><b>See also:</b><br>» <a href='/p'>The pier in rain</a><br>» <a href='/m'>Mud</a></div>", False),
        ("<p>See also <a href='/p'>the pier in rain</a>, which is old.</p>", True),
        ("<div><div><img src='a.jpg'></div><div>The pier at noon</div></div>", False),
        ("<div><img src='a.jpg'><p>The pier is shut at noon.</p></div>", True),
        ("<div class='pq'>The boats rose with it, one by one</div>", False),
        ("<div class='pq'>Nobody ever asked the boats</div>", True),
        ("<div><blockquote><p>The tide came in over the flats</p><footer>Ada Holt</footer></blockquote></div>", False),
        ("<div><dl><dt>Built<dd>1812<dt>By<dd>Bo Ek<dt>Of<dd>Oak</dl></div>", False),
        ("<dl><dt>Ebb<dd>What goes out, twice a day<dt>Flood<dd>What comes in<dt>Slack<dd>Neither</dl>", True),
        ("<ul><li><a href='#a'>Ebb</a><li><a href='#b'>Flood</a><li><a href='#c'>Slack</a></ul>", False),
        ("<ul><li><a href='#a'>Ebb</a>, what goes out<li><a href='#b'>Flood</a>, what comes in</ul>", True),
        (
            "<p>The pier <span class='event-permalink'>is to be mended by men who sing, and come back in June</span>.",
            True,
        ),
        ("<p>Down <span class='event-permalink'>the pier</span>.", True),
        ("<div class='post-notes'><ol><li>tin liked this<li>Mine has a jar of ends.</ol></div>", False),
        ("<p>0:00 Cold open<br>2:14 The harbour<br>9:40 Down the line</p>", False),
        ("<p>10:00 Mass<br>12:14 Tea<br>19:40 The last bell</p>", True),
        ("<style>.q1{display:none}</style><p class='q1'>This tale was stolen.</p>", False),
        ("<style>.q1{display:none}.q1.on{display:block}</style><p class='q1'>The panel opens.</p>", True),
        ("<style>@media print{.q1{display:none}}</style><p class='q1'>This is no paper.</p>", True),
    ],
)
def test_boxes_are_left_out_by_what_they_are_called(box: str, read: bool) -> None:
    page = f"<title>Mud</title><main><h1>Mud</h1>{LINES}{box}{LINES}</main>"
    assert (len(_said(page)) > 6) is read


def _said(page: str) -> list[str]:
    article = read_web_page(page.encode(), "mud.html")
    unread = find_unread(article.blocks, load_language("en-GB").tables)
    blocks = tuple(block for place, block in enumerate(article.blocks) if place not in unread)
    return heard(replace(article, blocks=blocks))


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("<span class=drop aria-hidden='true'>T</span><span>he pier is old.</span>", "The pier is old."),
        ("<span aria-hidden='true'>A</span> The pier is old.", "The pier is old."),
    ],
)
def test_initial_that_is_hidden_from_screen_readers_is_read_with_its_word(text: str, spoken: str) -> None:
    page = f"<title>Mud</title><main><h1>Mud</h1>{LINES}<p>{text}</p></main>"
    assert heard(read_web_page(page.encode(), "mud.html"))[-1] == spoken


@pytest.mark.parametrize(
    ("last", "read"),
    [
        ("Ada Holt teaches the tides in Mudwick. Her book is The Long Ebb.", False),
        ("Ada Holt of the Lantern wept.", True),
        ("Bo Holt teaches the tides in Mudwick.", True),
    ],
)
def test_who_the_author_is_is_not_read_at_the_end(last: str, read: bool) -> None:
    page = (
        f"<title>Mud</title><meta name=author content='Ada Holt'><main><h1>Mud</h1>{LINES}<p><i>{last}</i></p></main>"
    )
    assert (last in heard(read_web_page(page.encode(), "mud.html"))) is read


def test_line_under_a_headline_is_known_by_a_name_of_two_words() -> None:
    head = "<div class='lead'><h1>Mud</h1><div class='LongFormPage-subHeadline'>What the gauges said in May</div></div>"
    article = read_web_page(f"<title>Mud</title>{head}<div>{LINES}</div>".encode(), "mud.html")
    assert article.rubric == "What the gauges said in May"


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("<a href='/pier'>Man rescued from the pier after six hours</a>", False),
        ("<a href='https://pier.example/a'>Man rescued from the pier after six hours</a>", True),
        ("<a href='#pier'>Man rescued from the pier after six hours</a>", True),
        ("<a href='https://www.boats.example/a'>Man rescued from the pier after six hours</a>", False),
        ("Man rescued <a href='/pier'>from the pier</a> after six hours", True),
    ],
)
def test_title_of_another_article_between_two_paragraphs_is_known(line: str, read: bool) -> None:
    said = "<p>The {} boat will cross the river on Monday morning, for the first time since the bridge was opened.</p>"
    page = f"<main>{said.format('tall')}<p>{line}</p>{said.format('red')}</main>"
    kind = PageKind("boats.example")
    assert (not find_lone_teasers(parse_page(page), kind)) is read
    assert not find_lone_teasers(parse_page(page), replace(kind, is_letter=True))


OTHERS = "<p>Ferries and cranes were built on the slip, which is a park now, where nobody ever has to be quiet.</p>" * 3


@pytest.mark.parametrize(
    ("tail", "read"),
    [
        ("<p>Also on our site:</p><p><a href='/p'>The pier in the rain</a></p><p><a href='/m'>Mud in May</a></p>", 0),
        ("<ul><li><a href='/p'>The pier in the rain</a><li><a href='/m'>The mud in May</a></ul>", 0),
        ("<p>That is the end.</p><ul><li><a href='/p'>The pier in the rain</a><li><a href='/m'>Mud in May</a></ul>", 1),
        ("<h3>The end</h3><p><a href='/p'>Here is the pier</a> that I mean.</p>", 2),
    ],
)
def test_titles_of_other_articles_at_the_end_are_not_read(tail: str, read: int) -> None:
    page = f"<title>Mud</title><main><h1>Mud</h1>{LINES}{OTHERS}{LINES}{OTHERS}{tail}</main>"
    said = heard(read_web_page(page.encode(), "mud.html"))
    assert len([line for line in said if "pier" in line or "site" in line or "May" in line or "end" in line]) == read


def test_links_above_the_text_are_not_read() -> None:
    link = "<p><a href='/c'>{0}</a></p>"
    lines = parse_page(f"<h1><a href='/'>Mud</a></h1>{link.format('Coast')}{LINES}{link.format('Tide')}").children
    assert [each.own_words for each in find_links_above(lines)] == [["coast"]]


@pytest.mark.parametrize(("gap", "read"), [("", 1), (OTHERS, 2)])
def test_paragraph_that_is_its_own_summary_is_read_once(gap: str, read: int) -> None:
    twice = "<p>A heron looked in at the window of the kitchen, and the cat looked out at the heron.</p>"
    page = f"<title>Mud</title><main><h1>Mud</h1>{twice}{gap}{twice}{OTHERS}</main>"
    said = heard(read_web_page(page.encode(), "mud.html"))
    assert sum("heron looked in" in line for line in said) == read


@pytest.mark.parametrize(
    ("name", "read"), [("article-body section", True), ("cookie-body section", False), ("post-body section", False)]
)
def test_part_of_a_text_is_known_by_the_name_of_the_part_beside_it(name: str, read: bool) -> None:
    tree = parse_page(f"<div><div class='{name}'>{LINES}</div><i>Ad</i><div class='{name}'>{OTHERS}</div></div>")
    parts = tree.children[0].children
    claim(parts[0].children[0])
    claim_sections(tree)
    assert (parts[2].claimed_words > 0) is read


def test_name_that_the_paragraphs_of_a_text_have_says_nothing_of_them() -> None:
    text = (LINES + OTHERS).replace("<p>", "<p class='paywall'>")
    page = f"<main><h1>Mud</h1><div>{text}<div class='paywall'><p>Go on for a pound.</p></div></div></main>"
    left = find_left_out(parse_page(page), text.replace("</p>", "").split("<p class='paywall'>"), PageKind())
    assert ["pound" in page[each.start : each.end] for each in left if "paywall" in page[each.start : each.end]] == [
        True
    ]


def test_first_words_are_found_that_stand_above_the_rest() -> None:
    lead, other = "<p>{0} years they have sunk and risen, and nobody has asked the boats what they think.</p>", "Forty"
    page = f"<main><p>{lead}</p><h1>Mud</h1><div>{lead.format(other)}</div><div>{LINES}{OTHERS}</div></main>"
    tree = parse_page(page)
    for each in list(tree.walk()):
        claim(each)
    (found,) = find_lines_above(tree, tree.children[0].children[-1])
    assert found.own_words[0] == "forty"


def test_text_that_stands_in_rows_beside_its_slides_is_the_body() -> None:
    line = "<p>The boats of {0} rose with the tide at the quay, and sank with it, on that day as on every other.</p>"
    row = "<div class='slide-row'><div class='thumb'><img src='{0}.png'></div><div class='text'>{1}</div></div>"
    rows = "".join(row.format(name, line.format(name)) for name in ("Aldmouth", "Mudwick", "Ness", "Hull"))
    tree = parse_page(
        f"<main><div class='rows'>{rows}</div><div><p>Lectures are free and open to all who book.</p></div></main>"
    )
    claim(tree.children[0].children[1].children[0])
    assert find_holder(tree, {}).names == {"rows"}
