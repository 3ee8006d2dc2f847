"""What is given hostile input, by name: seeds that are right, and what must read them or refuse them.

`scripts/fuzz` makes new inputs of the seeds; those that failed once are kept in tests/cases/fuzz, by the target's name.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import soundfile
from PIL import Image

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode, decode_blocks, encode_take
from audiobuild.audio.frames import info_frame, split_frames
from audiobuild.audio.streamed import decode_streamed
from audiobuild.config.show import Show
from audiobuild.config.show_file import parse_show
from audiobuild.errors import AudiobuildError
from audiobuild.inspection.finished_file import inspect_episode
from audiobuild.normalisation import gather_context, verbalise
from audiobuild.normalisation.lexicon_formats import read_lexicon, read_pls
from audiobuild.publish.episodes.episode_tag import ChapterTag, EpisodeTag
from audiobuild.publish.episodes.manifest import read_manifest
from audiobuild.publish.feed.feed_check import check_feed
from audiobuild.publish.formats.containers import write_container
from audiobuild.publish.formats.tags import render_tag
from audiobuild.publish.pictures.drawing import read_head, square_jpeg
from audiobuild.script.sections import Stings, plan_script
from audiobuild.sources.readers import READERS
from audiobuild.sources.remote.feed_entries import read_entry, read_feed

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = Path(__file__).parent / "documents"
CASES = Path(__file__).parent / "cases" / "fuzz"
RATE_HZ = 44_100


@dataclass(frozen=True)
class Target:
    """Something that reads what anybody may have written."""

    seeds: Callable[[], Sequence[bytes]]
    call: Callable[[bytes], object]
    is_text: bool = True


def survives(target: Target, data: bytes) -> None:
    """Give a target an input, which it reads or refuses; anything else that it raises is a defect of ours."""
    try:
        target.call(data)
    except AudiobuildError:
        return


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")


def _verbalise(locale: str) -> Callable[[bytes], object]:
    return lambda data: verbalise(_text(data), gather_context([_text(data)], locale))


def _read(suffix: str) -> Callable[[bytes], object]:
    return lambda data: list(READERS[suffix](data, f"article{suffix}", ""))


def _read_feed(data: bytes) -> object:
    _, entries = read_feed(data, "feed.xml")
    return [read_entry(entry, "feed.xml") for entry in entries]


def _plan(suffix: str) -> Callable[[bytes], object]:
    def plan(data: bytes) -> object:
        from audiobuild.model.values import Edition

        (article,) = READERS[suffix](data, f"article{suffix}", "")
        return plan_script(Edition((article,), article.title, dt.date(2026, 11, 7), is_issue=False), Show(), Stings())

    return plan


def _in_file(read: Callable[[Path], object], suffix: str) -> Callable[[bytes], object]:
    def call(data: bytes) -> object:
        with tempfile.NamedTemporaryFile(suffix=suffix) as file:
            file.write(data)
            file.flush()
            return read(Path(file.name))

    return call


def _frames(data: bytes) -> object:
    try:
        frames = split_frames(data)
    except ValueError:  # which says that they are none
        return None
    return info_frame(data[frames[0]], [(len(frames), len(data))]) if frames else None


def _picture(data: bytes) -> object:
    read_head(data)
    return square_jpeg(data, 100)


# --- seeds that are right -------------------------------------------------------------------------


@cache
def _prose() -> Sequence[bytes]:
    cases = (ROOT / "tests" / "cases" / "speech").glob("*.txt")
    lines = (line.partition(" ~ ")[0] for path in sorted(cases) for line in path.read_text("utf-8").splitlines())
    return [line.encode() for line in lines if line and not line.startswith(("#", "["))]


@cache
def _articles() -> Sequence[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / "seeds").rglob("*.md"))] + [
        b"---\ntitle: Mud\ndate: 2026-05-04\ntags: [a, b]\n---\n# Mud\n\n> Nov 5th 2026 | ROME\n\n* a\n  1. b\n\n"
        b"| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: note\n\n6m<!-- say: six metres --> ![p](a.png) [l](b)"
        b" `c` **b** ~~s~~\n$x^2$\n\n{{< youtube id >}}\n\n<div><p>Tea</p></div>\n\n```sh\ncode\n```\n",
    ]  # fmt: skip


@cache
def _pages() -> Sequence[bytes]:
    return [
        b"<!DOCTYPE html><html lang=en><head><title>Mud</title><meta property='og:title' content='Mud'>"
        b"<script type='application/ld+json'>{\"@type\": \"Article\", \"headline\": \"Mud\"}</script></head><body><nav>"
        b"<a href='/'>Home</a></nav><article><h1>Mud</h1><p>It rained &amp; rained.<p>A <b>lot</b><sup>2</sup>."
        + 3 * b"<p>The tide came in over the flats, and the boats rose with it, one by one, as on every day.</p>"
        + 3 * b"<p>Nobody on the quay looked up from what they did, and the dog slept on beside the railings.</p>"
        + b"<ol start=3><li>One<li>Two</ol><table><tr><td>1<td>2</table><figure><img src=a.png alt=b>"
        b"<figcaption>c</figcaption></figure><pre>x</pre><!-- no --></article><footer>Bye</footer></body></html>"
    ]  # fmt: skip


@cache
def _documents(suffix: str) -> Sequence[bytes]:
    """Documents that other programs wrote."""
    return [path.read_bytes() for path in sorted(DOCUMENTS.rglob(f"*{suffix}"))]


@cache
def _papers() -> Sequence[bytes]:
    """PDFs that other programs wrote, whole and their first pages alone; and one whose every word lies open."""
    whole = _documents(".pdf")
    return [*whole, *map(_first_page, whole), *4 * [_open_paper()]]


def _first_page(data: bytes) -> bytes:
    import pypdfium2

    page, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    page.import_pages(pypdfium2.PdfDocument(data), [0])
    page.save(file)
    return file.getvalue()


def _open_paper() -> bytes:
    head = "BT /F 24 Tf 50 700 Td (Mud) Tj /F 10 Tf 0 -40 Td"
    lines = f"{head} (It rained on Monday, and) Tj 0 -12 Td [(on T) 8 (uesday)] TJ"
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(lines) + 3}>>stream\n{lines} ET\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    written = "".join(f"{number} 0 obj{part}endobj\n" for number, part in enumerate(parts, 1))
    return f"%PDF-1.7\n{written}trailer<</Root 1 0 R/Size 6>>\n".encode()


@cache
def _feeds() -> Sequence[bytes]:
    item = "<item><title>Mud</title><link>https://a.example/</link><guid>g</guid><pubDate>Mon, 02 Nov 2026 08:00:00 GMT"
    item += "</pubDate><description>&lt;p&gt;It &lt;a href='x'&gt;rained&lt;/a&gt;.</description><enclosure url='a.mp3'"
    item += " "
    item += "length='12' type='audio/mpeg'/><itunes:duration>1:02</itunes:duration></item>"
    rss = "<?xml version='1.0'?><rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel>"
    return [f"{rss}<title>T</title><link>https://a.example/</link>{item * 2}</channel></rss>".encode()]


@cache
def _shows() -> Sequence[bytes]:
    return [
        (ROOT / "seeds" / "show.toml").read_bytes(),
        b'title = "T"\n[voices.narrator]\nrate = 1.1\n[audio]\nchannels = 2',
    ]


@cache
def _lexicons() -> Sequence[bytes]:
    return [
        b"# written\tspoken\nLeeds\tleedz\nSQL\tsequel\t/\xcb\x88si\xcb\x90kw\xc9\x99l/\t\tdatabase\n"
        b"Nato\tnay-toe\t\tany\n"
    ]


@cache
def _pls() -> Sequence[bytes]:
    head = b"<?xml version='1.0'?><lexicon version='1.0' xmlns='http://www.w3.org/2005/01/pronunciation-lexicon' "
    word = b"<lexeme><grapheme>Leeds</grapheme><phoneme>li\xcb\x90dz</phoneme></lexeme><lexeme><grapheme>a</grapheme>"
    return [head + b"alphabet='ipa' xml:lang='en-GB'>" + word + b"<alias>b</alias></lexeme></lexicon>"]


@cache
def _manifests() -> Sequence[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / "tests" / "cases").rglob("*.json"))] or [
        json.dumps({}).encode()
    ]


def _tone() -> Clip:
    return Clip((np.sin(np.arange(9000) / 20) * 0.3).astype("float32"), RATE_HZ)


@cache
def _sounds() -> Sequence[bytes]:
    return list(_written())


def _written() -> Iterator[bytes]:
    kinds = "WAV PCM_16, WAV FLOAT, WAV IMA_ADPCM, FLAC PCM_16, OGG VORBIS, OGG OPUS, MP3 MPEG_LAYER_III, AIFF PCM_16"
    for kind in f"{kinds}, AU PCM_16, W64 PCM_16, CAF PCM_16".split(", "):
        container, subtype = kind.split()
        file = io.BytesIO()
        soundfile.write(file, _tone().samples, 48_000, format=container, subtype=subtype)
        yield file.getvalue()
    tag = EpisodeTag(
        "T", "A", "B", "Speech", "c", (ChapterTag(0, 100, "a", "https://a.example/"), ChapterTag(100, 200, "b"))
    )
    yield render_tag(tag) + encode_take(_tone(), 9, 64)
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("opus", "flac", "wav", *(["m4b"] if find_spec("av") else [])):
            write_container(
                Path(folder, kind),
                kind,
                [_tone()],
                dataclasses.replace(tag, cover=_pictures()[1], cover_mime="image/png"),
            )
            yield Path(folder, kind).read_bytes()


@cache
def _takes() -> Sequence[bytes]:
    return [encode_take(_tone(), 9, 64)]


@cache
def _pictures() -> Sequence[bytes]:
    def saved(kind: str, **how: object) -> bytes:
        file = io.BytesIO()
        Image.linear_gradient("L").convert("RGB").save(file, kind, **how)
        return file.getvalue()

    return [saved(kind) for kind in ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")] + [saved("JPEG", progressive=True)]


@cache
def _books() -> Sequence[bytes]:
    package = (
        b"<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        b"<dc:title>Mud</dc:title></metadata><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>"
        b"</manifest><spine><itemref idref='a'/></spine></package>"
    )
    box = b"<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='p.opf'/>"
    page = b"<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>Mud</h1><p>It rained.</p></body></html>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        for name, data in (
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", box + b"</rootfiles></container>"),
            ("p.opf", package),
            ("a.xhtml", page),
        ):
            book.writestr(zipfile.ZipInfo(name), data)
    return [file.getvalue()]


TARGETS = {
    "normalise-en-GB": Target(_prose, _verbalise("en-GB")),
    "normalise-en-US": Target(_prose, _verbalise("en-US")),
    "normalise-de-DE": Target(_prose, _verbalise("de-DE")),
    "markdown": Target(_articles, _read(".md")),
    "script": Target(_articles, _plan(".md")),
    "script-plain": Target(_articles, _plan(".txt")),
    "page": Target(lambda: (*_pages(), *_documents(".html")), _read(".html")),
    "book": Target(lambda: (*_books(), *_documents(".epub")), _read(".epub"), is_text=False),
    "docx": Target(lambda: _documents(".docx"), _read(".docx"), is_text=False),
    "odt": Target(lambda: _documents(".odt"), _read(".odt"), is_text=False),
    "pdf": Target(_papers, _read(".pdf"), is_text=False),
    "feed": Target(_feeds, _read_feed),
    "own-feed": Target(_feeds, _in_file(check_feed, ".xml")),
    "settings": Target(_shows, lambda data: parse_show(data, "show.toml")),
    "lexicon": Target(_lexicons, lambda data: read_lexicon(_text(data))),
    "pls": Target(_pls, lambda data: read_pls(_text(data))),
    "manifest": Target(_manifests, lambda data: read_manifest(data, "episode.json")),
    "frames": Target(_takes, _frames, is_text=False),
    "sound": Target(_sounds, lambda data: decode(data, "sound"), is_text=False),
    "sound-streamed": Target(_sounds, lambda data: decode_streamed(data, "sound"), is_text=False),
    "sound-blocks": Target(_sounds, _in_file(lambda path: [0 for _ in decode_blocks(path, 1000)], ""), is_text=False),
    "inspect": Target(_sounds, _in_file(inspect_episode, ""), is_text=False),
    "picture": Target(_pictures, _picture, is_text=False),
}
