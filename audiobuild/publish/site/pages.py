"""The listening page: an episode's player with its transcript, and the show's list of episodes (layer 3).

A manifest and the times of the words go in; HTML, CSS and JavaScript come out, to be laid beside the episode. The page
needs no server but one of files, and none at all to be opened from a disk: all it knows stands in its HTML. The words
of a paragraph are plain text, and their times one attribute; the script parts them once they are pointed at or spoken
(50,000 words: 2,000 nodes in place of 151,000, a third of the bytes, a quarter of the time to load).

What a page says of the show has to follow the show, even when nobody knows the words of the episode any more. So the
transcript is a piece of its own, which can be found in the page and laid into a new one.

Text is escaped by the templates, links are http or https or else left out, and the policy lets nothing run or load but
the page's own files. Given in the HTML, a policy cannot forbid that the page is framed (frame-ancestors), nor report;
for that, a server has to send it as a header. The worker is not bound by it, and asks for nothing but the show's files.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote

from audiobuild import __version__
from audiobuild.clock import clock
from audiobuild.model.addresses import web_address
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.plain_text import plain_line
from audiobuild.publish.manifest import Manifest, are_titled_by_department, newest_first
from audiobuild.publish.pictures.drawing import Canvas
from audiobuild.publish.site.apps import subscription_links
from audiobuild.publish.site.palette import DARK, LIGHT, palette, render_palette
from audiobuild.publish.site.passages import passages_of
from audiobuild.timeline.word_times import TimedWord

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What the page may run and load. Source: W3C, Content Security Policy Level 3."""
SPEEDS = ("0.5", "0.75", "0.9", "1", "1.1", "1.25", "1.5", "1.75", "2", "2.5", "3")
SHORTCUTS = (
    (("Space", "k"), "Play or pause"),
    (("j", "l"), "Back 15 seconds, forward 30"),
    (("←", "→"), "Back or forward 5 seconds"),
    (("p", "n"), "Previous or next chapter"),
    (("0 – 9",), "To the start, 10% … 90%"),
    (("<", ">"), "Slower or faster"),
    (("m",), "Sound off or on"),
    (("f",), "Back to the voice"),
    (("/",), "Find in the transcript"),
    (("s",), "Copy a link to this moment"),
    (("d",), "Dark or light colours"),
    (("?",), "This help"),
)
ICON_PX = 512

_SCRIPTS = ("memory.js", "transcript.js", "search.js", "offline.js", "keys.js", "player.js", "start.js")
"""The parts of player.js, in order; one file is what the page asks for."""
_TEMPLATES = ("frame.html.j2", "icons.html.j2", "episode.html.j2", "player.html.j2")
_TRANSCRIPT = '<div id="words">'
"""Text is escaped, and a transcript has no such elements in it: it ends where the first of them does."""
_MARK_DIGITS = 16
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What the pages say of the show."""

    title: str
    author: str = ""
    description: str = ""
    """Plain text; an empty line parts paragraphs."""
    language: str = "en-GB"
    """BCP 47."""
    link: str = ""
    """The show's own web address; none but http and https become a link."""
    accent: str = "#0b5394"
    """Any colour, as "#rrggbb"."""
    cover: str = ""
    """File of the show's cover in the same folder; empty for none."""
    feed: str = "feed.xml"
    """File of the feed in the same folder; empty where none is told of."""
    address: str = ""
    """Web address of the folder, if it is known; previews of shared links need it."""


def render_index(show: SiteFacts, manifests: Iterable[Manifest], *, older: int = 0) -> str:
    """Write index.html: the episodes, the newest day first; those of another format than MP3 are linked themselves."""
    facts = {
        "episodes": newest_first(manifests),
        "older": older,
        "description": show.description,
        "page_mime": FORMATS["mp3"].media_type,
        "feed_address": _address(show, show.feed),
        "apps": subscription_links(_address(show, show.feed)),
    }
    return _render("index.html.j2", show, "index.html", **facts)


def page_file(manifest: Manifest) -> str:
    """Name the page of an episode."""
    return f"{manifest.name}.html"


def render_transcript(words: Sequence[TimedWord]) -> str:
    """Write the transcript as it stands in a page.

    Args:
        words: in the order in which they are spoken; none where there is no transcript.
    """
    return _environment().get_template("transcript.html.j2").render(passages=list(passages_of(words)))


def transcript_in(page: str) -> str:
    """Find the transcript in a page that was made by `render_episode`; empty where there is none."""
    return page.partition(_TRANSCRIPT)[2].partition("</div>")[0]


def page_mark(show: SiteFacts, manifest: Manifest) -> str:
    """Name all that goes into a page but the transcript; it stands at the head of the page."""
    return hashlib.sha256(f"{_frame_version(show)} {manifest!r}".encode()).hexdigest()[:_MARK_DIGITS]


def render_episode(show: SiteFacts, manifest: Manifest, transcript: str) -> str:
    """Write NAME.html: the player, the chapters and the transcript of one episode.

    Args:
        show: the show.
        manifest: the episode.
        transcript: as `render_transcript` writes it.
    """
    return _render(
        "episode.html.j2",
        show,
        page_file(manifest),
        language=manifest.language,
        episode=manifest,
        mark=page_mark(show, manifest),
        description=manifest.description,
        departed=not are_titled_by_department(manifest.chapters),
        pictured=any(chapter.image for chapter in manifest.chapters),
        lists_contents=_lists_contents(manifest),
        transcript_opens=_TRANSCRIPT,
        transcript=transcript,
        speeds=SPEEDS,
        shortcuts=SHORTCUTS,
        sound=_address(show, manifest.file),
        picture=_address(show, manifest.cover),
    )


def static_files(show: SiteFacts) -> dict[str, bytes]:
    """Give the files that all pages share, by name: script, style, worker, web app manifest and icon."""
    script, style, icon = _script(), _style(show), _icon(show)
    shell = ["index.html", "player.js", "player.css", "manifest.webmanifest", "icon.png"]
    worker = _source("sw.js").replace('"@SHELL@"', json.dumps(shell)).replace("@VERSION@", _version(show))
    return {
        "player.js": script,
        "player.css": style,
        "sw.js": worker.encode(),
        "manifest.webmanifest": _web_manifest(show),
        "icon.png": icon,
    }


def _render(template: str, show: SiteFacts, name: str, **values: object) -> str:
    facts: dict[str, object] = {
        "show": show,
        "language": show.language,
        "policy": POLICY,
        "version": _version(show),
        "light": LIGHT["ground"],
        "dark": DARK["ground"],
        "address": _address(show, name),
        "picture": _address(show, show.cover),
        "sound": "",
        "mark": "",
    }
    return _environment().get_template(template).render({**facts, **values})


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # which a build of nothing new does without

    environment = Environment(
        loader=PackageLoader("audiobuild.publish.site", ""),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "clock": clock,
        "day": _day,
        "file": _file,
        "length_of_time": _length_of_time,
        "size": _size,
        "paragraphs": _paragraphs,
        "plain": plain_line,
        "seconds": _seconds,
        "web": web_address,
    }
    return environment


def _lists_contents(manifest: Manifest) -> bool:
    """Whether an episode's description is only the titles of its chapters, which its page lists anyway."""
    titles = {chapter.title for chapter in manifest.chapters}
    return {part.strip() for part in manifest.description.split(";")} <= titles


# --- how values are written -------------------------------------------------------------------------


def _length_of_time(time_ms: int) -> str:
    minutes = round(time_ms / 60_000)
    if not minutes:
        return f"{round(time_ms / 1000)} sec"
    hours, minutes = divmod(minutes, 60)
    return " ".join([f"{hours} hr"] * bool(hours) + [f"{minutes} min"] * bool(minutes))


def _day(date: dt.date, language: str) -> str:
    month = _MONTHS[date.month - 1]
    return f"{month} {date.day}, {date.year}" if language == "en-US" else f"{date.day} {month} {date.year}"


def _size(size: int) -> str:
    if size < 1_000_000:
        return f"{round(size / 1000)} kB"
    return f"{size / 1e6:.1f} MB" if size < 10_000_000 else f"{round(size / 1e6)} MB"


def _seconds(time_ms: int) -> str:
    return f"{time_ms / 1000:.3f}".rstrip("0").rstrip(".")


def _paragraphs(text: str) -> list[str]:
    return [plain for part in re.split(r"\n\s*\n", text) if (plain := plain_line(part))]


def _file(name: str) -> str:
    """A link to a file in the same folder and nowhere else, whatever it is called."""
    return quote(name, safe="")


def _address(show: SiteFacts, name: str) -> str:
    """The whole web address of a file, or nothing where that of the folder is not known."""
    folder = web_address(show.address)
    return f"{folder.rstrip('/')}/{_file(name)}" if folder and name else ""


# --- the files that all pages share -----------------------------------------------------------------


@cache
def _source(name: str) -> str:
    return files("audiobuild.publish.site").joinpath(name).read_text(encoding="utf-8")


def _script() -> bytes:
    parts = "\n".join(_source(name) for name in _SCRIPTS)
    return f'"use strict";\n{{\n{parts}}}\n'.encode()


def _style(show: SiteFacts) -> bytes:
    return (render_palette(show.accent) + _source("player.css")).encode()


@cache
def _frame_version(show: SiteFacts) -> str:
    """Name what the pages of all episodes have in common: what they say of the show, and this program."""
    facts = (__version__, _version(show), show.title, show.feed, show.address, *map(_source, _TEMPLATES))
    return hashlib.sha256(repr(facts).encode()).hexdigest()


@cache
def _version(show: SiteFacts) -> str:
    """Name the shared files by what is in them, so that a browser asks again once they are others."""
    return hashlib.sha256(_script() + _style(show) + _source("sw.js").encode()).hexdigest()[:10]


def _web_manifest(show: SiteFacts) -> bytes:
    """Source: W3C, Web Application Manifest."""
    title = plain_line(show.title)
    facts = {
        "id": "./",
        "name": title,
        "short_name": title if len(title) <= 12 else title[:11].rstrip() + "…",
        "description": plain_line(show.description),
        "lang": show.language,
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": LIGHT["ground"],
        "theme_color": LIGHT["ground"],
        "icons": [
            {"src": "icon.png", "sizes": f"{ICON_PX}x{ICON_PX}", "type": "image/png", "purpose": purpose}
            for purpose in ("any", "maskable")
        ],
    }
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()


@cache
def _icon(show: SiteFacts) -> bytes:
    """A wave of five bars on the accent, within the circle that a phone may cut out of it."""
    colours = palette(show.accent, LIGHT)
    canvas = Canvas((ICON_PX, ICON_PX), colours["fill"], scale=2)
    width_px, middle_px = 30, ICON_PX / 2
    for place, height_px in enumerate((96, 196, 268, 150, 72)):
        left_px = middle_px + (place - 2) * 58 - width_px / 2
        box = (left_px, middle_px - height_px / 2, left_px + width_px, middle_px + height_px / 2)
        canvas.box(box, colours["on-fill"], width_px / 2)
    return canvas.png()
