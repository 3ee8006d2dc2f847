"""The pages in a real browser: going on where one was, loudness, size of the text, and the player of other sites."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import Site, Watched, opened, playing_moves, served, time_of, until, violations, window, write_pages


def test_the_list_goes_on_with_what_was_heard_last_and_plays_it(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    page.click(".chapters a >> nth=1")
    playing_moves(page)
    page.goto(f"{address}index.html")
    assert page.inner_text("#resume h2") == "Continue listening"
    assert page.inner_text("#resume-link") == site.manifest.title
    assert violations(page) == []
    page.click(".episodes .start")
    page.wait_for_selector("#transcript")  # the link leads to the page of the episode
    until(page, "audio.readyState >= 1 && !audio.paused")
    assert time_of(page) >= site.manifest.chapters[1].start_ms / 1000
    assert "#" not in page.url
    page.evaluate(f"localStorage.setItem('audiobuild:place:{site.manifest.guid}', 'end')")
    page.evaluate("audio.pause()")


def test_loudness_and_size_of_the_text_are_kept(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    size = "parseFloat(getComputedStyle(document.querySelector('#words p')).fontSize)"
    before = page.evaluate(size)
    for _ in range(2):
        page.click("#larger")
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert page.evaluate("Math.round(audio.volume * 100)") == 80
    page.reload()
    assert page.evaluate(size) > 1.2 * before
    assert page.evaluate("[Math.round(audio.volume * 100), volume.value]") == [80, "80"]
    for _ in range(9):
        page.click("#smaller")
    assert page.evaluate(size) < before


def test_the_picture_of_a_chapter_takes_the_place_of_the_cover(browser: Browser, site: Site, tmp_path: Path) -> None:
    first, second, *rest = site.manifest.chapters
    pictured = dataclasses.replace(
        site.manifest, chapters=(first, dataclasses.replace(second, image="second.jpg"), *rest)
    )
    folder = Site(tmp_path, site.show, pictured, site.words)
    write_pages(folder)
    for name in (pictured.file, pictured.cover):
        (tmp_path / name).write_bytes((site.folder / name).read_bytes())
    (tmp_path / "second.jpg").write_bytes((site.folder / pictured.cover).read_bytes())
    with served(tmp_path) as address, window(browser) as watched:
        page = opened(watched, address, folder)
        assert page.get_attribute("#cover", "src") == pictured.cover
        page.click(".chapters a[data-start] >> nth=1")
        until(page, "cover.getAttribute('src') === 'second.jpg'")
        page.click(".chapters a[data-start] >> nth=2")
        until(page, "cover.getAttribute('src') !== 'second.jpg'")
        assert watched.complaints == []


def test_the_player_of_other_sites_plays_an_episode_and_says_where_there_is_none(
    watched: Watched, address: str, site: Site
) -> None:
    page = watched.open(f"{address}embed.html?{site.manifest.name}")
    until(page, "!audio.hidden")
    assert page.inner_text("h1") == site.manifest.title
    assert page.get_attribute("#page", "href") == site.page
    page.select_option("#chapter", index=1)
    until(page, "audio.readyState >= 1 && !audio.paused")
    assert time_of(page) >= site.manifest.chapters[1].start_ms / 1000
    page.evaluate("audio.pause()")
    assert violations(page) == []
    page.goto(f"{address}embed.html?../secret")
    until(page, "told.textContent === 'That episode is not here.'")
