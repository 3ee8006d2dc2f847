"""The pages in a real browser: they play, follow, remember and keep."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Browser

from tests.browser import (
    CLOSE_S,
    Site,
    Watched,
    far_word,
    opened,
    place_of,
    playing_moves,
    seek_by,
    served,
    time_of,
    until,
    window,
)

# --- playing and seeking ------------------------------------------------------------------------------


def test_it_plays_and_pauses(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    page.click("#play")
    playing_moves(page)
    page.click("#play[aria-label='Pause']")
    page.locator("#play[aria-label='Play']").wait_for()
    assert page.evaluate("audio.paused")


def test_chapter_seeks_to_its_start_and_plays(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    chapter = site.manifest.chapters[2]
    landed = seek_by(page, "click", f".chapters a:has-text('{chapter.title}')")
    assert landed == pytest.approx(chapter.start_ms / 1000, abs=CLOSE_S)
    playing_moves(page)
    assert page.locator(".chapters [aria-current]").get_attribute("data-start") == str(chapter.start_ms)
    assert page.inner_text("#current") == chapter.title
    assert page.evaluate("navigator.mediaSession.metadata.title") == chapter.title


def test_word_that_is_pressed_is_heard(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    word = site.words[far_word(site)]
    landed = seek_by(page, "mouse.click", *place_of(page, word, site.words))
    assert landed == pytest.approx(word.start_ms / 1000, abs=CLOSE_S)
    playing_moves(page)


def test_keyboard_goes_from_word_to_word_and_enter_plays(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    page.locator("#words [tabindex='0']").focus()
    second_passage = next(place for place, word in enumerate(site.words) if word.segment > site.words[0].segment)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    word = site.words[second_passage + 1]
    assert page.evaluate("document.activeElement.textContent") == word.text
    landed = seek_by(page, "keyboard.press", "Enter")
    assert landed == pytest.approx(word.start_ms / 1000, abs=CLOSE_S)


def test_keys_play_skip_and_can_be_turned_off(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    assert seek_by(page, "keyboard.press", "l") == pytest.approx(30, abs=CLOSE_S)
    assert seek_by(page, "keyboard.press", "j") == pytest.approx(15, abs=CLOSE_S)
    assert seek_by(page, "keyboard.press", "ArrowRight") == pytest.approx(20, abs=CLOSE_S)
    assert seek_by(page, "keyboard.press", "5") == pytest.approx(site.manifest.duration_ms / 2000, abs=CLOSE_S)
    page.keyboard.press("Space")
    playing_moves(page)
    page.keyboard.press("k")
    until(page, "audio.paused")
    page.keyboard.press("m")
    assert page.evaluate("audio.muted")
    page.keyboard.press("?")
    page.uncheck("#single")
    page.click("#close")
    page.keyboard.press("k")
    assert page.evaluate("audio.paused")


def test_slider_speed_and_skips_do_what_they_say(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    assert seek_by(page, "fill", "#place", "40") == pytest.approx(40, abs=CLOSE_S)
    assert "40 seconds of 1 minute" in (page.get_attribute("#place", "aria-valuetext") or "")
    assert seek_by(page, "click", "#back") == pytest.approx(25, abs=CLOSE_S)
    assert seek_by(page, "click", "#forward") == pytest.approx(55, abs=CLOSE_S)
    page.select_option("#speed", "1.5")
    page.reload()
    until(page, "audio.playbackRate === 1.5")


def test_page_from_a_disk_plays_and_seeks(browser: Browser, site: Site) -> None:
    with window(browser) as watched:
        page = opened(watched, f"{site.folder.as_uri()}/", site)
        chapter = site.manifest.chapters[2]
        landed = seek_by(page, "click", f".chapters a:has-text('{chapter.title}')")
        assert landed == pytest.approx(chapter.start_ms / 1000, abs=CLOSE_S)
        playing_moves(page)
        until(page, "document.querySelector('.now')")
        page.reload()
        until(page, "audio.currentTime > 0")
        assert time_of(page) >= chapter.start_ms / 1000
        page.click(".back")
        page.locator(".episodes li").wait_for()
        assert watched.complaints == []
        assert {asked.split(":")[0] for asked in watched.requests} == {"file"}


# --- following ----------------------------------------------------------------------------------------


def test_marked_word_is_the_one_that_is_heard(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    chance = random.Random(7)
    times_ms = [chance.randrange(site.manifest.duration_ms) for _ in range(20)]
    marked = []
    for time_ms in times_ms:
        seek_by(page, "evaluate", "seconds => { audio.currentTime = seconds; }", time_ms / 1000)
        now = page.evaluate("[...document.querySelectorAll('.now')].map(word => [word.startMs, word.textContent])")
        marked.append([tuple(word) for word in now])
    spans = [(word.start_ms, word.end_ms) for word in site.words]
    places = [
        next((at for at, (start, end) in enumerate(spans) if start <= time_ms < end), None) for time_ms in times_ms
    ]
    heard = [[] if place is None else [(site.words[place].start_ms, site.words[place].text)] for place in places]
    assert marked == heard
    assert len([word for word in heard if word]) > 10


def test_text_goes_along_unless_the_reader_went_elsewhere(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    page.set_viewport_size({"width": 1280, "height": 420})
    page.evaluate("scrollTo(0, document.getElementById('transcript').offsetTop)")
    word = site.words[far_word(site)]
    page.click(".chapters a >> nth=2")
    page.evaluate("seconds => { audio.currentTime = seconds; }", word.start_ms / 1000)
    in_view = "(() => { const box = document.querySelector('.now')?.getBoundingClientRect();"
    in_view += " return Boolean(box) && box.top > 0 && box.bottom < innerHeight * 0.7; })()"
    until(page, in_view)
    assert page.locator("#follow").is_hidden()
    page.mouse.move(700, 200)
    page.mouse.wheel(0, -10)
    page.locator("#follow").wait_for()
    page.mouse.wheel(0, -3000)
    until(page, f"!{in_view}")
    page.click("#follow")
    until(page, in_view)
    assert page.locator("#follow").is_hidden()


# --- remembering, sharing, keeping --------------------------------------------------------------------


def test_place_is_kept_over_a_reload(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    seek_by(page, "fill", "#place", "33")
    page.reload()
    until(page, "audio.readyState >= 1 && audio.currentTime > 0")
    assert time_of(page) == pytest.approx(33, abs=CLOSE_S)
    assert page.inner_text("#notice") == "Taken up at 0:33."
    page.goto(f"{address}index.html")
    assert page.inner_text(".heard").strip() == "· 1 min left"


def test_link_to_a_moment_leads_there(watched: Watched, address: str, site: Site) -> None:
    watched.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(watched, address, site)
    seek_by(page, "fill", "#place", "41")
    page.click("#share")
    page.locator("#notice:has-text('copied')").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{address}{site.page}#t=41"
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")
    page.goto(link)
    until(page, "audio.currentTime > 0")
    assert time_of(page) == pytest.approx(41, abs=CLOSE_S)


def test_moment_may_be_written_in_several_ways(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    for fragment, seconds in (("t=12.5", 12.5), ("t=0:15", 15), ("t=1m2s", 62)):
        landed = seek_by(page, "evaluate", "fragment => { location.hash = fragment; }", fragment)
        assert landed == pytest.approx(seconds, abs=CLOSE_S), fragment


def test_episode_that_is_kept_plays_without_a_server(browser: Browser, site: Site) -> None:
    with window(browser) as watched:
        with served(site.folder) as address:
            page = opened(watched, address, site)
            page.evaluate("navigator.serviceWorker.ready")
            page.click("#keep")
            page.locator("#keep[aria-pressed='true']").wait_for()
            assert watched.complaints == []
        page = watched.watch(watched.context.new_page())
        page.goto(address + site.page)
        until(page, "audio.readyState >= 1")
        assert page.inner_text("#keep") == "Kept offline"
        word = site.words[far_word(site)]
        landed = seek_by(page, "mouse.click", *place_of(page, word, site.words))
        assert landed == pytest.approx(word.start_ms / 1000, abs=CLOSE_S)
        playing_moves(page)
        assert page.evaluate("document.getElementById('cover').naturalWidth") > 0
        page.click(".back")
        page.locator(".episodes li").wait_for()
        page.click(".episodes a")
        page.click("#keep")
        page.locator("#keep[aria-pressed='false']").wait_for()
        assert page.evaluate("caches.keys()") == [name for name in page.evaluate("caches.keys()") if "kept" not in name]
