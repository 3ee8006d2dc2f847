"""A small episode with its pages, and a real browser to open them in: Debian's Chromium, without a window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from audiobuild.build import Options, build
from audiobuild.model.values import Role
from audiobuild.publish.episodes.manifest import Manifest
from audiobuild.publish.site.pages import SiteFacts, render_episode, render_index, render_transcript, static_files
from audiobuild.timeline.word_times import TimedWord, words_of
from tests import building
from tests.tools import require
from tests.website import running

SHOW = building.spoken_by("espeak")

CLOSE_S = 0.3
"""How near to its mark a place in the sound must be."""
PATIENCE_MS = 10_000

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}


@dataclass(frozen=True, slots=True)
class Site:
    """An output folder."""

    folder: Path
    show: SiteFacts
    manifest: Manifest
    words: tuple[TimedWord, ...]

    @property
    def page(self) -> str:
        """The file of the episode's page."""
        return f"{self.manifest.name}.html"


def build_site(folder: Path, store: Path) -> Site:
    """Build an edition of two articles, spoken by espeak-ng, and its pages."""
    edition = building.write_edition(folder / "edition", show=SHOW)
    output = folder / "output"
    built = build(Options((edition,), output, store)).episode
    manifest = built.manifest
    words = words_of(built.timeline)
    about = "News of small harbours, their lights and their weather, read aloud every week."
    show = SiteFacts(
        "The Breakwater", "The harbour office", about, link="https://breakwater.example/", cover=manifest.cover
    )
    site = Site(output, show, manifest, words)
    write_pages(site)
    return site


def write_pages(site: Site) -> None:
    """Lay the pages beside the episode."""
    for name, data in static_files(site.show).items():
        (site.folder / name).write_bytes(data)
    pages = {site.page: render_episode(site.show, site.manifest, render_transcript(site.words))}
    pages["index.html"] = render_index(site.show, [site.manifest])
    for name, text in pages.items():
        (site.folder / name).write_text(text, encoding="utf-8")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder at an address of this machine, which is given."""
    with running(folder) as client:
        yield f"http://127.0.0.1:{client.port}/"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser; without it the test is skipped."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=require("chromium-headless-shell"))
        try:
            yield browser
        finally:
            browser.close()


@dataclass(slots=True)
class Watched:
    """A window of the browser, and what went on in it."""

    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    """Errors and warnings of the console, and of scripts."""
    requests: list[str] = field(default_factory=list)
    """Addresses that were asked for."""

    def open(self, address: str) -> Page:
        """Go there."""
        self.page.goto(address)
        return self.page

    def forget(self, address: str) -> None:
        """Make it the window of a reader who has never been at that address: a third of the work of a new one."""
        for page in self.context.pages[1:]:
            page.close()
        self.page.goto("about:blank")
        self.page.unroute_all()
        self.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        self.page.emulate_media(color_scheme="light", forced_colors="none")
        self.context.clear_permissions()
        session = self.context.new_cdp_session(self.page)
        session.send("Storage.clearDataForOrigin", {"origin": address.rstrip("/"), "storageTypes": "all"})
        session.detach()
        self.complaints.clear()
        self.requests.clear()

    def watch(self, page: Page) -> Page:
        """Write down what goes on in a page."""
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type != "log" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        return page


@contextmanager
def window(browser: Browser, **settings: Any) -> Iterator[Watched]:
    """Open a window of a reader who has never been here; one of a desktop, unless told otherwise."""
    context = browser.new_context(**{"viewport": DESKTOP, **settings})
    try:
        watched = Watched(context, context.new_page())
        context.on("request", lambda request: watched.requests.append(request.url))  # the worker's, too
        watched.watch(watched.page)
        yield watched
    finally:
        context.close()


def until(page: Page, condition: str, given: Any = None) -> None:
    """Wait for a condition in JavaScript, which may speak of `given`; the policy forbids the driver's own way."""
    page.evaluate(
        f"""async given => {{
            const latest = performance.now() + {PATIENCE_MS};
            while (!({condition})) {{
                if (performance.now() > latest) throw new Error("waited in vain");
                await new Promise(done => setTimeout(done, 10));
            }}
        }}""",
        given,
    )


def seek_by(page: Page, act: str, *arguments: Any) -> float:
    """Do something that seeks, and say where the sound then was.

    Args:
        act: a method of the page's, such as "click".
    """
    page.evaluate(
        "() => { window.landed = undefined;"
        " audio.addEventListener('seeked', () => { window.landed = audio.currentTime; }, { once: true }); }"
    )
    target: Any = page
    *path, last = act.split(".")
    for name in path:
        target = getattr(target, name)
    getattr(target, last)(*arguments)
    until(page, "window.landed !== undefined")
    return float(page.evaluate("window.landed"))


def place_of(page: Page, word: TimedWord, words: tuple[TimedWord, ...]) -> tuple[float, float]:
    """Bring a word into view, and give the middle of its first piece, in pixels of the window."""
    passage = [other for other in words if other.segment == word.segment]
    piece = sum(len(other.text.split()) for other in passage[: passage.index(word)])
    left, top = page.locator(f"#words [data-start='{passage[0].start_ms}']").evaluate(
        """(passage, piece) => {
            passage.scrollIntoView({ block: "center", behavior: "instant" });
            const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
            let seen = 0;
            for (let text = walker.nextNode(); text; text = walker.nextNode()) {
                for (const match of text.data.matchAll(/[^ ]+/g)) {
                    if (seen++ !== piece) continue;
                    const range = document.createRange();
                    range.setStart(text, match.index);
                    range.setEnd(text, match.index + match[0].length);
                    const { left, right, top, bottom } = range.getClientRects()[0];
                    return [(left + right) / 2, (top + bottom) / 2];
                }
            }
            throw new Error("no such word");
        }""",
        piece,
    )
    return float(left), float(top)


def violations(page: Page) -> list[str]:
    """Have axe-core judge a page as it stands: each rule that is broken, with what breaks it."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


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
