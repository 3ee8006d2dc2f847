"""Of a letter its own words are read, and those that it hands on: no heads, quotations or notices within it."""

from __future__ import annotations

from html import escape

import pytest

from audiobuild.sources.web_pages.letter import read_letter
from tests.known_documents import heard

SOUP = "There is soup for all who come."
BEGUN = "On Sunday he wrote:"
AT = "On Sun, 1 Mar 2026 at 09:00, Bo Roe <bo@x.example> wrote:"
HEAD = "From: Bo Roe\nSent: 2 March 2026 10:00\nTo: Ann\nSubject: Soup"
NOTICE = "This e-mail and any attachments are confidential. If it is not for you, please delete it."


def said(text: str, subject: str = "Re: Soup", kind: str = "plain") -> list[str]:
    head = f"From: Ann <ann@x.example>\nSubject: {subject}\nContent-Type: text/{kind}; charset=utf-8\n\n"
    return heard(read_letter((head + text).encode(), "soup.eml")[0])


@pytest.mark.parametrize(
    "rest",
    [
        f"{AT}\n> Is there soup?",
        "On Sunday, Bo Roe\nwrote:\n\n> Is there soup?",
        "Am 01.03.26 um 09:00 schrieb Bo Roe:\n> Is there soup?",
        f"________________________________\n{HEAD}\n\nIs there soup?",
        "-----Original Message-----\nFrom: Bo\n\nIs there soup?",
        "Sent from my iPhone",
        NOTICE,
        "Share on Facebook | Tweet | Forward",
    ],
)
def test_what_is_not_the_letters_own_is_not_read(rest: str) -> None:
    assert said(f"{SOUP}\n\n{rest}\n") == [SOUP]


@pytest.mark.parametrize(
    "own",
    [
        f"{BEGUN} there is soup.",
        f"He was late. {BEGUN}",
        "From: the sea, with love.",
        "Share it with a friend, and forward the rest.",
        "The letter was confidential, and nobody read it.",
        "Sent from my home in the hills, it took a week. Nobody minded.",
    ],
)
def test_prose_that_is_like_it_stays(own: str) -> None:
    assert said(f"{own}\n\n{SOUP}\n") == [own, SOUP]


def test_a_letter_that_is_handed_on_is_read_without_its_head() -> None:
    head = "---------- Forwarded message ---------\nFrom: Bo <bo@x.example>\nDate: Mon, Mar 2\nSubject: Soup\nTo: Ann"
    assert said(f"See below.\n\n{head}\n\n{SOUP}\n", "Fwd: Soup") == ["See below.", SOUP]
    assert said(f"See below.\n\n{HEAD}\n\n{SOUP}\n\n{HEAD}\n\nIs there soup?\n", "FW: Soup") == ["See below.", SOUP]


def test_a_page_is_read_without_what_it_answers() -> None:
    quoted = "<blockquote><p>Is there soup?</p><p>I like it.</p></blockquote>"
    own = f"<p>{SOUP * 3}</p><blockquote>Soup of the evening.</blockquote>"
    assert said(f"{own}<div>{escape(AT)}</div>{quoted}<p>{SOUP}</p>", kind="html") == [
        SOUP * 3,
        "Soup of the evening.",
        SOUP,
    ]
    named = f'<div class="gmail_quote"><div class="gmail_attr">2 марта Бо писал:</div>{quoted}</div>'
    assert said(f"{own}{named}", kind="html") == [SOUP * 3, "Soup of the evening."]
    assert said(f"<p>{BEGUN}</p>{quoted}", kind="html") == [BEGUN, "Is there soup?", "I like it."]
