"""Chapters with pictures and links to their articles, in a real browser: served, from a disk, and without a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from audiobuild.build import Options, build
from audiobuild.publish.episodes.manifest import Manifest
from audiobuild.publish.output.output_folder import OutputFolder
from audiobuild.publish.site.pages import POLICY
from tests.browser import DESKTOP, PHONE, chromium, served, until, violations, window
from tests.building import FERRY, LIGHTHOUSE, SHOW

ARTICLE = "https://breakwater.example/ferry"
PICTURES = ".chapters img"
ALL_SEEN = f"[...document.querySelectorAll('{PICTURES}')].every(one => one.complete && one.naturalWidth > 0)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory, kept_store: Path) -> Path:
    """Three articles, the first with a picture and an address, the second with neither, the third with a picture."""
    place = tmp_path_factory.mktemp("pictured")
    texts = {
        "1-boats/ferry.md": f"---\nurl: {ARTICLE}\n---\n{FERRY}\n![The ferry](ferry.png)\n",
        "1-boats/tug.md": "# A tug without a picture\n\nShe pulls what is put behind her.\n",
        "2-lights/lamp.md": f"{LIGHTHOUSE}\n![The lamp](lamp.png)\n",
    }
    for number, (name, text) in enumerate(texts.items()):
        path = place / "issue" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        Image.new("RGB", (900, 700), (60 * number, 90, 120)).save(path.with_suffix(".png"))
    (place / "issue" / "show.toml").write_text(SHOW, encoding="utf-8")
    build(Options((place / "issue",), place / "output", kept_store))
    return place / "output"


@pytest.fixture(scope="module")
def manifest(output: Path) -> Manifest:
    """What was built."""
    (found,) = OutputFolder(output).manifests()
    return found


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    with served(output) as found:
        yield found


def bring_into_view(page: Page) -> None:
    """Pictures are loaded when they come near."""
    for picture in page.locator(PICTURES).all():
        picture.scroll_into_view_if_needed()


@pytest.mark.parametrize("is_served", [True, False], ids=["served", "from a disk"])
def test_pictures_of_chapters_are_seen(
    is_served: bool, browser: Browser, output: Path, address: str, manifest: Manifest
) -> None:
    with window(browser) as watched:
        page = watched.open((address if is_served else f"{output.as_uri()}/") + f"{manifest.name}.html")
        bring_into_view(page)
        until(page, ALL_SEEN)
        assert page.locator(PICTURES).count() == 2
        assert watched.complaints == []


def test_nothing_moves_when_a_picture_comes(browser: Browser, address: str, manifest: Manifest) -> None:
    held: list[Route] = []
    boxes = (
        "[...document.querySelectorAll('.chapters li, #transcript')].map(one => one.getBoundingClientRect().toJSON())"
    )
    with window(browser) as watched:
        watched.context.route("**/*.ch*.jpg", lambda route: held.append(route))
        page = watched.page
        page.goto(address + f"{manifest.name}.html", wait_until="domcontentloaded")
        until(page, "!document.getElementById('controls').hidden")
        before = page.evaluate(boxes)
        assert not page.evaluate(ALL_SEEN)
        while len(held) < 2:
            page.evaluate("new Promise(done => setTimeout(done, 10))")
        for route in held:
            route.continue_()
        until(page, ALL_SEEN)
        assert page.evaluate(boxes) == before


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_names_stand_in_one_column_and_pictures_are_squares(
    size: dict[str, int], browser: Browser, address: str, manifest: Manifest
) -> None:
    with window(browser, viewport=size) as watched:
        page = watched.open(address + f"{manifest.name}.html")
        left = "one => one.getBoundingClientRect().left"
        names = page.evaluate(f"[...document.querySelectorAll('.chapters .name')].map({left})")
        assert len(names) == 5
        assert len({round(place) for place in names}) == 1
        for picture in page.locator(PICTURES).all():
            box = picture.bounding_box()
            assert box is not None
            assert box["width"] == box["height"] == 44
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_article_opens_in_another_tab_and_the_sound_goes_on(browser: Browser, address: str, manifest: Manifest) -> None:
    with window(browser) as watched:
        watched.context.route(f"{ARTICLE}**", lambda route: route.fulfill(body="<title>There</title>"))
        page = watched.open(address + f"{manifest.name}.html")
        page.click("#play")
        until(page, "audio.currentTime > 0")
        links = page.locator(".chapters .source")
        assert links.count() == 1
        assert "noopener" in (links.get_attribute("rel") or "")
        with watched.context.expect_page() as opened:
            links.click()
        opened.value.wait_for_load_state()
        assert opened.value.url == ARTICLE
        assert opened.value.evaluate("window.opener") is None
        assert opened.value.evaluate("document.referrer") == ""
        assert not page.evaluate("audio.paused")
        assert page.url == address + f"{manifest.name}.html"


def test_kept_episode_has_its_pictures_without_a_server(browser: Browser, output: Path, manifest: Manifest) -> None:
    """Those that were never scrolled to as well."""
    with window(browser, viewport={"width": 390, "height": 300}) as watched:
        with served(output) as address:
            page = watched.open(address + f"{manifest.name}.html")
            page.evaluate("navigator.serviceWorker.ready")
            page.click("#keep")
            page.locator("#keep[aria-pressed='true']").wait_for()
            assert watched.complaints == []
        page = watched.watch(watched.context.new_page())
        page.goto(address + f"{manifest.name}.html")
        bring_into_view(page)
        until(page, ALL_SEEN)
        assert page.locator(PICTURES).count() == 2


@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", PHONE)], ids=["light", "dark"])
def test_axe_finds_nothing_wrong_with_chapters_that_have_pictures(
    scheme: str, size: dict[str, int], browser: Browser, address: str, manifest: Manifest
) -> None:
    with window(browser, viewport=size, color_scheme=scheme) as watched:
        page = watched.open(address + f"{manifest.name}.html")
        page.evaluate("document.querySelectorAll('.chapters a[data-start]')[1].click()")
        until(page, "document.querySelector('.chapters [aria-current]')")
        bring_into_view(page)
        until(page, ALL_SEEN)
        assert violations(page) == []


def test_pictures_come_from_the_pages_own_folder_alone(
    browser: Browser, output: Path, manifest: Manifest, tmp_path: Path
) -> None:
    assert "img-src 'self';" in POLICY
    whole = (output / f"{manifest.name}.html").read_text(encoding="utf-8")
    pixel = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
    (tmp_path / "page.html").write_text(whole.replace("</h1>", f'</h1><img id="stray" src="{pixel}">', 1))
    with served(tmp_path) as address, window(browser) as watched:
        page = watched.open(f"{address}page.html")
        assert page.evaluate("document.getElementById('stray').naturalWidth") == 0
        assert any("Content Security Policy" in said and "img-src" in said for said in watched.complaints)
