"""The desk in a real browser, with the keyboard alone: a doubt is found, heard, mended and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import PHONE, Watched, served, until, violations, window
from tests.building import FERRY
from tests.desks import Visitor, visited


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with visited(tmp_path_factory.mktemp("desk")) as found:
        yield found


def open_desk(watched: Watched, visitor: Visitor) -> Page:
    page = watched.open(visitor.address)
    until(page, "document.querySelectorAll('.passage').length > 3")
    return page


def press_until(page: Page, key: str, written: str) -> None:
    """Press a key until a word is chosen: the panel or the marked range says which."""
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate("[...CSS.highlights.get('here')][0]?.toString()") == written:
            return
    raise AssertionError(written)


def text_of(page: Page, selector: str) -> str:
    return str(page.inner_text(selector))


def test_doubt_is_found_heard_mended_for_the_show_and_taken_back_without_a_mouse(
    browser: Browser, visitor: Visitor
) -> None:
    lexicon = visitor.home / "lexicon.tsv"
    with window(browser) as watched:
        page = open_desk(watched, visitor)
        until(page, "document.querySelector('#kinds')?.innerText.includes('guessed name')")
        press_until(page, "n", "Tolland")
        page.keyboard.press("Space")
        until(page, "document.body.classList.contains('speaking')")
        until(page, "[...CSS.highlights.get('now')].length === 1")
        first = page.evaluate("audio.src")
        page.keyboard.press("Space")
        until(page, "!document.body.classList.contains('speaking')")
        page.keyboard.press("Enter")
        assert text_of(page, "#written") == "Tolland"
        assert violations(page) == []
        page.keyboard.type("Tolund")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # in the field of IPA, as in any other: keep
        until(page, "document.querySelector('#lines').innerText.includes('Tolund')")
        until(page, "audio.src !== given", first)
        assert lexicon.read_text(encoding="utf-8") == "Tolland\tTolund\n"
        assert text_of(page, "#file") == "lexicon.tsv"
        until(page, "document.querySelector('#articles').querySelector('.own')?.textContent === 'Tolland'")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.classList.contains('passage')")
        page.keyboard.press("c")
        until(page, "audio.src === given", first)
        until(page, "document.querySelector('#notice').innerText.includes('As it was: ')")
        page.keyboard.press("u")
        until(page, "document.querySelector('#notice').innerText.includes('Taken back')")
        until(page, "!document.querySelector('#articles .own')")
        assert not lexicon.exists()
        assert watched.complaints == []
        assert [asked for asked in watched.requests if not asked.startswith(visitor.address)] == []


def test_desk_follows_its_files_in_every_window_and_can_be_read_on_a_phone(browser: Browser, visitor: Visitor) -> None:
    ferry = visitor.home / "1-harbours" / "ferry.md"
    with window(browser, viewport=PHONE, color_scheme="dark") as watched, window(browser) as other:
        page, second = open_desk(watched, visitor), open_desk(other, visitor)
        ferry.write_text(FERRY.replace("wept", "laughed"), encoding="utf-8")
        for each in (page, second):
            until(each, "document.querySelector('#articles').innerText.includes('laughed')")
        page.click("text=laughed")
        page.click("#close")
        page.keyboard.press("s")
        assert "since nineteen seventy-one" in text_of(page, "#articles")
        page.keyboard.press("x")
        for each in (page, second):
            until(each, "document.querySelector('#articles').innerText.includes('its editor leaves it out')")
        assert "<!-- skip -->" in ferry.read_text(encoding="utf-8")
        page.reload()
        page.press("text=Read it again", "Enter")
        until(page, "document.activeElement?.classList.contains('passage')")
        assert page.evaluate("[...CSS.highlights.get('here')][0].toString()") != ""
        for each in (page, second):
            until(each, "!document.querySelector('#articles').innerText.includes('its editor leaves it out')")
        assert ferry.read_text(encoding="utf-8") == FERRY.replace("wept", "laughed")
        page.keyboard.press("v")
        page.select_option("#roles label:has-text('harbours') select", label="en-us (espeak)")
        page.click("[aria-label='Hear Harbours']")
        until(page, "document.querySelector('.hear.on')?.textContent === 'Stop'")
        page.click(".hear.on")
        until(page, "audio.paused && !document.querySelector('.hear.on')")
        assert violations(page) == []
        page.click("#settings-form .main")
        until(page, "document.querySelector('#notice').innerText.includes('[voices.departments.Harbours]')")
        page.keyboard.press("u")
        until(page, "document.querySelector('#notice').innerText.includes('Taken back: show.toml')")
        page.keyboard.press("?")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert (watched.complaints, other.complaints) == ([], [])


def test_page_of_another_site_can_neither_read_nor_change(browser: Browser, visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>Another site</title>", encoding="utf-8")
    ask = """async ([address, how]) => {
        try { return (await fetch(address, how)).type; } catch { return "refused"; }
    }"""
    with served(tmp_path) as elsewhere, window(browser) as watched:
        page = watched.open(elsewhere)
        assert page.evaluate(ask, [f"{visitor.address}edition", {}]) == "refused"
        assert visitor.post("mend", {**visitor.spot(0, "Aldmouth"), "spoken": "Allmuth", "scope": "show"}).status == 200
        page.evaluate(ask, [f"{visitor.address}undo", {"method": "POST", "mode": "no-cors", "body": "{}"}])
        assert (visitor.home / "lexicon.tsv").read_text(encoding="utf-8") == "Aldmouth\tAllmuth\n"
        assert visitor.post("undo").status == 200
        page.goto(f"{visitor.origin}/")
        assert "audiobuild desk" in text_of(page, "body")
