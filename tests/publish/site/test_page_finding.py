"""Finding one's way in the pages of a real browser: the chapter that is heard, words, what is left, what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from audiobuild.publish.site.pages import render_episode, render_index
from tests.browser import PHONE, Site, Watched, opened, until, violations, window


def test_first_play_on_a_phone_follows_the_voice(browser: Browser, address: str, site: Site) -> None:
    with window(browser, viewport=PHONE) as watched:
        page = opened(watched, address, site)
        word = site.words[len(site.words) // 2]
        page.evaluate("seconds => { audio.currentTime = seconds; }", word.start_ms / 1000)
        page.click("#play")
        until(page, "document.querySelector('.now')?.getBoundingClientRect().bottom < innerHeight * 0.7")
        assert page.locator("#follow").is_hidden()


def test_list_of_chapters_goes_along_with_the_chapter(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    page.evaluate("document.getElementById('chapters').style.cssText = 'max-height: 60px; overflow: auto'")
    page.evaluate("seconds => { audio.currentTime = seconds; }", site.manifest.chapters[-1].start_ms / 1000 + 0.1)
    until(page, "document.querySelector('.chapters a[aria-current]')?.matches('li:last-child a')")
    until(page, "document.getElementById('chapters').scrollTop > 0")
    assert page.evaluate("scrollY") == 0


def test_chapters_have_buttons(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    page.click("#next")
    until(page, "Math.abs(audio.currentTime - given) < 0.3", site.manifest.chapters[1].start_ms / 1000)
    page.click("#previous")
    until(page, "audio.currentTime < 0.3")


def test_words_are_found_and_enter_goes_to_the_next(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    word = max((word.text for word in site.words), key=len)
    count = page.inner_text("#words").lower().count(word.lower())
    page.keyboard.press("/")
    page.keyboard.type(word)
    assert page.inner_text("#hits") == f"{count} found"
    page.keyboard.press("Enter")
    assert page.inner_text("#hits") == f"1 of {count} found"
    assert page.evaluate("[...CSS.highlights.get('found-here')].map(range => range.toString())") == [word]
    page.fill("#query", "qqqq")
    assert page.inner_text("#hits") == "not found"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bar_is_seen_in_forced_colours(scheme: str, watched: Watched, address: str, site: Site) -> None:
    watched.page.emulate_media(color_scheme=scheme, forced_colors="active")  # type: ignore[arg-type]
    page = opened(watched, address, site)
    bar = page.evaluate(
        "() => { const style = getComputedStyle(document.getElementById('track'), '::before');"
        " return [style.backgroundImage.includes('gradient'), style.borderTopWidth]; }"
    )
    assert bar == [True, "1px"]


def test_long_time_that_is_left_is_told_in_hours(watched: Watched, address: str, site: Site) -> None:
    page = watched.context.new_page()
    long = (
        (site.folder / "index.html")
        .read_text()
        .replace(f'data-duration="{site.manifest.duration_ms}"', f'data-duration="{3 * 3_600_000}"')
    )
    page.route("**/index.html", lambda route: route.fulfill(body=long, content_type="text/html"))
    page.add_init_script(f"localStorage.setItem('audiobuild:place:{site.manifest.guid}', '1800')")
    page.goto(f"{address}index.html")
    assert page.inner_text(".heard").strip() == "· 2 hr 30 min left"


def test_description_that_only_lists_the_chapters_is_cut_short(site: Site) -> None:
    titles = "; ".join(chapter.title for chapter in site.manifest.chapters)
    listed = render_episode(site.show, replace(site.manifest, description=titles), "")
    told = render_episode(site.show, replace(site.manifest, description="What it is about; and more."), "")
    assert ('class="about contents"' in listed, 'class="about contents"' in told) == (True, False)


def test_sleep_timer_stops_at_the_end_of_the_chapter(watched: Watched, address: str, site: Site) -> None:
    page = opened(watched, address, site)
    page.evaluate("seconds => { audio.currentTime = seconds; }", site.manifest.chapters[1].start_ms / 1000 - 0.5)
    page.click("#help")
    page.select_option("#sleep", "chapter")
    page.click("#close")
    page.click("#play")
    until(page, "audio.paused && audio.currentTime >= given", site.manifest.chapters[1].start_ms / 1000 - 0.05)
    assert page.inner_text("#notice") == "Stopped, as you asked."


def test_listener_is_told_that_an_episode_was_not_kept(watched: Watched, address: str, site: Site) -> None:
    index = (site.folder / "index.html").read_text()
    page = watched.page
    page.route("**/other.html", lambda route: route.fulfill(body=index, content_type="text/html"))
    page.goto(f"{address}other.html")
    assert page.inner_text(".missing").startswith("There is no connection, and that episode was not kept")
    page.goto(f"{address}index.html")
    assert page.locator(".missing").count() == 0


def test_subscribing_gives_the_address_of_the_feed_and_opens_apps(watched: Watched, address: str, site: Site) -> None:
    page = watched.page
    public = replace(site.show, feed="feed.xml", address="https://lock.example/audio/")
    index = render_index(public, [site.manifest])
    page.route("**/index.html", lambda route: route.fulfill(body=index, content_type="text/html"))
    page.goto(f"{address}index.html")
    page.click("summary:has-text('Subscribe')")
    assert page.input_value("#feed-address") == "https://lock.example/audio/feed.xml"
    assert page.get_attribute("a:has-text('Apple Podcasts')", "href") == "podcast://lock.example/audio/feed.xml"
    assert violations(page) == []
