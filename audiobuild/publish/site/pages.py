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

import hashlib
import html
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from audiobuild import __version__
from audiobuild.model.addresses import web_address
from audiobuild.model.clock_times import clock
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.plain_text import plain_line
from audiobuild.publish.episodes.manifest import Manifest, are_titled_by_department, newest_first
from audiobuild.publish.pictures.palette import DARK, LIGHT, render_palette
from audiobuild.publish.site.apps import subscription_links
from audiobuild.publish.site.passages import passages_of
from audiobuild.publish.site.search_data import render_episode_data, render_series
from audiobuild.publish.site.web_app import render_icon, render_web_manifest
from audiobuild.publish.site.written_values import (
    day_in,
    file_link,
    length_of_time,
    paragraphs,
    seconds,
    size_in_words,
)
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
    (("−", "+"), "Quieter or louder"),
    (("f",), "Back to the voice"),
    (("/",), "Find in the transcript"),
    (("s",), "Copy a link to this moment"),
    (("d",), "Dark or light colours"),
    (("?",), "This help"),
)
EMBED_PX = 190
"""Height of the player on other sites."""

_SCRIPTS = ("memory.js", "transcript.js", "search.js", "offline.js", "keys.js", "player.js", "start.js")
"""The parts of player.js, in order; one file is what the page asks for."""
_TEMPLATES = ("frame.html.j2", "icons.html.j2", "episode.html.j2", "player.html.j2")
_TRANSCRIPT = '<div id="words">'
"""Text is escaped, and a transcript has no such elements in it: it ends where the first of them does."""
_MARK_DIGITS = 16


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
        "linked_data": render_series(_series_facts(show)) if web_address(show.address) else "",
    }
    return _render("index.html.j2", show, "index.html", **facts)


def render_subscription(show: SiteFacts) -> str:
    """Write subscribe.html: what a feed is, and how to follow this one; opened itself, it is a page of markup."""
    address = _address(show, show.feed)
    facts = {"description": "", "feed_address": address, "apps": subscription_links(address)}
    return _render("subscribe.html.j2", show, "subscribe.html", **facts)


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
        linked_data=_episode_data(show, manifest),
        embedding=_embedding(show, manifest),
        transcript_opens=_TRANSCRIPT,
        transcript=transcript,
        speeds=SPEEDS,
        shortcuts=SHORTCUTS,
        sound=_address(show, manifest.file),
        picture=_address(show, manifest.cover),
    )


def static_files(show: SiteFacts) -> dict[str, bytes]:
    """Give the files that all pages share, by name: script, style, worker, web app manifest, icon, other pages."""
    script, style, icon = _script(), _style(show), render_icon(show.accent)
    subscribing = {"subscribe.html": render_subscription(show).encode()} if show.feed else {}
    shell = ["index.html", "player.js", "player.css", "manifest.webmanifest", "icon.png"]
    worker = _source("sw.js").replace('"@SHELL@"', json.dumps(shell)).replace("@VERSION@", _version(show))
    return {
        "player.js": script,
        "player.css": style,
        "sw.js": worker.encode(),
        "manifest.webmanifest": render_web_manifest(show.title, show.description, show.language),
        "icon.png": icon,
        "embed.html": _render("embed.html.j2", show, "", description="").encode(),
        "embed.js": _source("embed.js").encode(),
        **subscribing,
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
        "linked_data": "",
    }
    return _environment().get_template(template).render({**facts, **values})


def load_templates() -> None:
    """Read the templates of an episode's page, for whoever fills them in later."""
    for name in _TEMPLATES:
        _environment().get_template(name)


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
        "day": day_in,
        "file": file_link,
        "length_of_time": length_of_time,
        "size": size_in_words,
        "paragraphs": paragraphs,
        "plain": plain_line,
        "seconds": seconds,
        "web": web_address,
    }
    return environment


def _series_facts(show: SiteFacts) -> dict[str, str]:
    return {
        "name": plain_line(show.title),
        "description": plain_line(show.description),
        "author": plain_line(show.author),
        "language": show.language,
        "url": _address(show, "index.html"),
        "feed": _address(show, show.feed),
        "picture": _address(show, show.cover),
    }


def _episode_data(show: SiteFacts, manifest: Manifest) -> str:
    """What an episode is, for search engines; nothing where nobody knows its address."""
    if not web_address(show.address):
        return ""
    names = {"url": page_file(manifest), "sound": manifest.file, "picture": manifest.cover}
    addresses = {key: _address(show, name) for key, name in names.items()}
    series = {name: told for name, told in _series_facts(show).items() if name in ("name", "url", "feed")}
    return render_episode_data(manifest, addresses, series)


def _embedding(show: SiteFacts, manifest: Manifest) -> str:
    """The element with which another site shows the player of an episode."""
    address, title = _address(show, "embed.html"), html.escape(plain_line(manifest.title))
    if not address:
        return ""
    source = f"{address}?{file_link(manifest.name)}"
    return f'<iframe src="{source}" title="{title}" width="100%" height="{EMBED_PX}" loading="lazy"></iframe>'


def _lists_contents(manifest: Manifest) -> bool:
    """Whether an episode's description is only the titles of its chapters, which its page lists anyway."""
    titles = {chapter.title for chapter in manifest.chapters}
    return {part.strip() for part in manifest.description.split(";")} <= titles


def _address(show: SiteFacts, name: str) -> str:
    """The whole web address of a file, or nothing where that of the folder is not known."""
    folder = web_address(show.address)
    return f"{folder.rstrip('/')}/{file_link(name)}" if folder and name else ""


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
