"""The pages in a real browser: they play, follow, remember, keep, and let nothing else run."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from audiobuild.model import Role
from audiobuild.word_times import find_word
from tests.browser import (
    DESKTOP,
    PHONE,
    Site,
    Watched,
    build_site,
    chromium,
    place_of,
    seek_by,
    served,
    until,
    violations,
    window,
    write_pages,
)

CLOSE_S = 0.3
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site.folder) as found:
        yield found


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    """A window in which nothing may be complained of, and nobody else be asked."""
    with window(browser) as opened:
        yield opened
        assert opened.complaints == []
        assert [asked for asked in opened.requests if not asked.startswith(address)] == []


def opened(watched: Watched, address: str, site: Site, fragment: str = "") -> Page:
    page = watched.open(address + site.page + fragment)
    until(page, "audio.readyState >= 1")
    return page


def time_of(page: Page) -> float:
    return float(page.evaluate("audio.currentTime"))


def playing_moves(page: Page) -> None:
    """The sound goes on from where it is."""
    until(page, "!audio.paused")
    before = time_of(page)
    until(page, "audio.currentTime > given + 0.3", before)


def far_word(site: Site) -> int:
    """One in the middle of a paragraph, and of the episode."""
    places = [
        place for place, word in enumerate(site.words) if word.role is Role.PARAGRAPH and not word.paragraph_start
    ]
    return places[len(places) // 2]


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
    places = [find_word(site.words, time_ms) for time_ms in times_ms]
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
    assert page.get_attribute("#theme", "aria-pressed") == "true"
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
    words = tuple(dataclasses.replace(word, text=bad) for word in site.words)
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
