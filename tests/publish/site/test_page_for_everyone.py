"""The pages in a real browser: everyone can use them, and nothing runs but their own script."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import DESKTOP, PHONE, Site, Watched, opened, served, until, violations, window, write_pages

SCHEMES = ("light", "dark")


# --- everyone can use it, and nothing else runs -------------------------------------------------------


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_wrong(scheme: str, watched: Watched, address: str, site: Site) -> None:
    watched.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = opened(watched, address, site)
    page.click(".chapters a >> nth=1")
    until(page, "document.querySelector('.now')")
    page.click("#play")
    assert violations(page) == []
    page.click("#help")
    assert violations(page) == []
    page.goto(f"{address}index.html")
    assert violations(page) == []


def test_colours_follow_the_system_until_the_reader_chooses(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ground)
    assert dark != light
    page.locator("#theme[aria-pressed='true']").wait_for()
    page.click("#theme")
    page.reload()
    assert page.evaluate(ground) == light


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_page_fits_its_screen(size: dict[str, int], browser: Browser, address: str, site: Site, tmp_path: Path) -> None:
    with window(browser, viewport=size) as watched:
        page = opened(watched, address, site)
        page.screenshot(path=tmp_path / "light.png")
        page.emulate_media(color_scheme="dark")
        page.evaluate("document.querySelectorAll('.chapters a')[1].click()")
        until(page, "document.querySelector('.now')")
        page.locator("#words h3").first.evaluate("element => element.scrollIntoView({ block: 'center' })")
        page.screenshot(path=tmp_path / "dark.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        small = page.evaluate(
            "[...document.querySelectorAll('button, select, .pill')].filter(one => one.checkVisibility())"
            ".filter(one => Math.min(one.offsetWidth, one.offsetHeight) < 44).map(one => one.outerHTML)"
        )
        assert small == []
        controls = page.locator("#controls").bounding_box()
        assert controls is not None
        assert controls["y"] + controls["height"] <= size["height"]


def test_without_scripts_the_text_can_be_read_and_the_sound_be_played(
    browser: Browser, address: str, site: Site
) -> None:
    with window(browser, java_script_enabled=False) as watched:
        page = watched.open(address + site.page)
        assert page.locator("audio[controls]").is_visible()
        assert page.locator("#controls").is_hidden()
        assert "The boat had carried 6m people since 1971." in page.inner_text("#words")


def test_hostile_titles_and_words_stay_text(browser: Browser, site: Site, tmp_path: Path) -> None:
    bad = '"><img src=x onerror="alert(1)"><script>alert(2)</script>\' onload=\'alert(3)\u202e]]>{{ 7*7 }}'
    manifest = dataclasses.replace(
        site.manifest,
        title=bad,
        description=f"{bad}\n\n{bad}",
        guid=bad,
        chapters=tuple(
            dataclasses.replace(chapter, title=bad, rubric=bad, section=bad, url="javascript:alert(4)")
            for chapter in site.manifest.chapters
        ),
    )
    words = tuple(word._replace(text=bad) for word in site.words)
    show = dataclasses.replace(site.show, title=bad, author=bad, description=bad, link="javascript:alert(5)")
    hostile = Site(tmp_path, show, manifest, words)
    write_pages(hostile)
    (tmp_path / manifest.file).write_bytes((site.folder / manifest.file).read_bytes())
    (tmp_path / manifest.cover).write_bytes((site.folder / manifest.cover).read_bytes())
    with served(tmp_path) as address, window(browser) as watched:
        page = opened(watched, address, hostile)
        page.click(".chapters a >> nth=1")
        until(page, "document.querySelector('.now')")
        assert "<script>alert(2)</script>" in page.inner_text("h1")
        assert page.locator("script").count() == 1
        assert page.locator("[onerror], [onload], [href^='javascript' i]").count() == 0
        page.goto(f"{address}index.html")
        assert "<script>alert(2)</script>" in page.inner_text("h1")
        assert page.locator("[onerror], [onload], [href^='javascript' i]").count() == 0
        assert watched.complaints == []
        assert [asked for asked in watched.requests if not asked.startswith(address)] == []


def test_policy_stops_a_script_that_stands_in_the_page(browser: Browser, site: Site, tmp_path: Path) -> None:
    """The policy is in force, on a server as from a disk; should text ever not be escaped, nothing runs."""
    whole = (site.folder / site.page).read_text(encoding="utf-8")
    smuggled = whole.replace("</h1>", "</h1><script>window.ran = 1</script><img src=x onerror='window.ran = 2'>", 1)
    (tmp_path / "page.html").write_text(smuggled, encoding="utf-8")
    with served(tmp_path) as address, window(browser) as watched:
        for place in (f"{address}page.html", (tmp_path / "page.html").as_uri()):
            page = watched.open(place)
            assert page.evaluate("window.ran") is None
            assert any("Content Security Policy" in said for said in watched.complaints)
            watched.complaints.clear()
