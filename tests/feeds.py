"""Shows and episodes for the tests of feeds: manifests as values, and folders of small but real files."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from audiobuild.audio.codec import encode_take, resample
from audiobuild.config.show import FeedSettings, PersonSettings, Show
from audiobuild.engines.silent import Silent
from audiobuild.model.values import SAMPLE_RATE_HZ, Voice, ms_of
from audiobuild.publish.episodes.manifest import ChapterEntry, Manifest, render_manifest, stem
from audiobuild.publish.feed.feed_xml import qualified
from audiobuild.publish.feed.rss import render_feed
from audiobuild.publish.formats.tags import ChapterTag, EpisodeTag, render_tag
from audiobuild.publish.pictures.cover import draw_cover
from audiobuild.publish.pictures.cover_designs import CoverFacts
from tests.signals import frames_for, whole_file

BASE = "https://pod.breakwater.test/show/"

SHOW = Show(
    title="The Breakwater",
    description="Harbours & their people, read aloud.\n\nEvery week.",
    author="The harbour office",
    link="https://breakwater.test/",
    feed=FeedSettings(
        base=BASE,
        owner_name="Iona Tolland",
        owner_email="iona@breakwater.test",
        category="News > Business News",
        cover="cover.jpg",
        copyright="© 2026 The harbour office",
        persons=(PersonSettings("Iona Tolland", "host", "cast", "https://breakwater.test/iona", f"{BASE}iona.jpg"),),
    ),
)

HOSTILE = (
    "<script>alert(1)</script>",
    'A boat" onload="alert(1)',
    "javascript:alert(1)",
    "]]> & <![CDATA[ harbours",
    "Safe \u202egnp.exe",
    "Boats 👩🏽‍✈️ and 🚢",
    "ميناء صغير",
    "../../etc/passwd",
    "The tide " * 40,
)


ANYTHING = st.text(st.characters(exclude_categories=()), max_size=400)
"""Text of all that Python takes for a character, halves of characters as well."""


def with_feed(**changes: Any) -> Show:
    """The show with other settings of its feed."""
    return dataclasses.replace(SHOW, feed=dataclasses.replace(SHOW.feed, **changes))


def make_manifest(name: str = "weekly", **changes: Any) -> Manifest:
    """A manifest of an episode that was never made."""
    revision = changes.get("revision", 1)
    files = stem(name, revision)
    facts: dict[str, Any] = {
        "name": name,
        "identity": f"the breakwater {name}",
        "guid": f"guid-of-{name}",
        "revision": revision,
        "title": f"The issue {name}",
        "show": SHOW.title,
        "author": SHOW.author,
        "description": "A town buys back its boat.",
        "language": "en-GB",
        "published": dt.date(2026, 11, 7),
        "file": f"{files}.mp3",
        "mime": "audio/mpeg",
        "bytes": 1234,
        "sha256": "00" * 32,
        "made_of": "11" * 32,
        "duration_ms": 61_400,
        "cover": f"{files}.jpg",
        "words": "engine",
        "loudness": {"integrated_lufs": -16.0, "true_peak_dbtp": -1.5, "rms_dbfs": -19, "misses": []},
        "chapters": (
            ChapterEntry("Start", 0, 2000),
            ChapterEntry("The ferry", 2000, 30_000, "https://breakwater.test/ferry", "", "She floats.", "Harbours"),
            ChapterEntry("A lamp for sale", 30_000, 61_400, "", "", "Keepers wanted.", "Lights"),
        ),
    }
    return Manifest(**{**facts, **changes})


def write_episode(folder: Path, name: str, texts: Sequence[str], **changes: Any) -> Manifest:
    """Write an episode that says some texts, a chapter each, and all that goes with it."""
    takes, frames, chapters, at_frame = [], [], [], 0
    for number, text in enumerate(texts):
        clip = resample(Silent(Voice("silent"), "en-GB").synthesise(text).clip, SAMPLE_RATE_HZ)
        frames.append(frames_for(clip))
        takes.append(encode_take(clip, frames[-1], 96))
        end_frame = at_frame + frames[-1]
        title, url = f"Part {number}: {text.partition(' ')[0]}", f"https://breakwater.test/{number}"
        chapters.append(ChapterEntry(title, ms_of(at_frame), ms_of(end_frame), url))
        at_frame = end_frame
    manifest = make_manifest(name, chapters=tuple(chapters), duration_ms=chapters[-1].end_ms, **changes)
    cover = draw_cover(CoverFacts(manifest.title, "#0b5394"), "type")
    marks = tuple(ChapterTag(each.start_ms, each.end_ms, each.title, each.url) for each in chapters)
    tag = EpisodeTag(manifest.title, manifest.author, manifest.show, "Podcast", "", marks, manifest.published)
    sound = render_tag(tag) + whole_file(takes, frames)
    manifest = dataclasses.replace(manifest, bytes=len(sound), sha256=hashlib.sha256(sound).hexdigest())
    (folder / manifest.file).write_bytes(sound)
    (folder / manifest.cover).write_bytes(cover)
    (folder / f"{name}.json").write_bytes(render_manifest(manifest))
    _write_companions(folder, manifest, texts)
    return manifest


def _write_companions(folder: Path, manifest: Manifest, texts: Sequence[str]) -> None:
    marks = [{"startTime": each.start_ms / 1000, "title": each.title} for each in manifest.chapters]
    chapters = json.dumps({"version": "1.2.0", "chapters": marks})
    (folder / f"{manifest.stem}.chapters.json").write_text(chapters, encoding="utf-8")
    cues = [
        (_clock(chapter.start_ms), _clock(chapter.end_ms), text)
        for chapter, text in zip(manifest.chapters, texts, strict=True)
    ]
    vtt = "".join(f"{start} --> {end}\n{text}\n\n" for start, end, text in cues)
    (folder / f"{manifest.stem}.vtt").write_text(f"WEBVTT\n\n{vtt}", encoding="utf-8")
    srt = "".join(
        f"{number}\n{start} --> {end}\n{text}\n\n".replace(".", ",", 2)
        for number, (start, end, text) in enumerate(cues, 1)
    )
    (folder / f"{manifest.stem}.srt").write_text(srt, encoding="utf-8")


def _clock(time_ms: int) -> str:
    seconds, ms = divmod(time_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


# --- what a feed says ---------------------------------------------------------------------------------


def channel_of(page: bytes) -> ET.Element:
    channel = ET.fromstring(page).find("channel")
    assert channel is not None
    return channel


def only_item(show: Show = SHOW, **changes: Any) -> ET.Element:
    (item,) = channel_of(render_feed(show, [make_manifest(**changes)])["feed.xml"]).iter("item")
    return item


def said(parent: ET.Element, name: str) -> str | None:
    return parent.findtext(qualified(name))


def attributes(parent: ET.Element, name: str) -> list[dict[str, str]]:
    return [each.attrib for each in parent.findall(qualified(name))]


def weekly(count: int) -> list[Manifest]:
    first = dt.date(2026, 1, 3)
    return [make_manifest(f"w{n:03}", published=first + dt.timedelta(weeks=n)) for n in range(count)]


def guids(page: bytes) -> list[str | None]:
    return [said(item, "guid") for item in channel_of(page).iter("item")]
