"""What is said of a feed: nothing of one that is right, and the fault by name of one that is not."""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from audiobuild.errors import SourceError
from audiobuild.publish.feed.feed_check import Finding, Severity, check_feed
from audiobuild.publish.feed.feed_files import FeedFiles
from audiobuild.publish.feed.rss import render_feed
from audiobuild.publish.pictures.drawing import read_head
from tests.feeds import BASE, HOSTILE, SHOW, make_manifest

MOVED, NUMBER = "<itunes:new-feed-url>", "<itunes:episode>4</itunes:episode>"
ENDINGS = (".mp3", ".jpg", ".vtt", ".srt", ".chapters.json")


def write_folder(folder: Path) -> Path:
    """Write a show of two episodes, whose sounds are none but have the right length."""
    manifests = [make_manifest("first"), make_manifest("second", revision=2)]
    for manifest in manifests:
        for ending in ENDINGS:
            (folder / f"{manifest.stem}{ending}").write_bytes(bytes(manifest.bytes))
        Image.new("RGB", (1400, 1400)).save(folder / manifest.cover)
    Image.new("RGB", (1500, 1500)).save(folder / "cover.jpg")
    (folder / "feed.xml").write_bytes(render_feed(SHOW, manifests)["feed.xml"])
    return folder / "feed.xml"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("good"))


@pytest.fixture
def changed(good: Path) -> Iterator[Path]:
    """A place for another feed beside the same files."""
    path = good.with_name("changed.xml")
    yield path
    path.unlink(missing_ok=True)


def told(feed: Path) -> list[str]:
    return [f"{each.severity} {each.place}: {each.message}" for each in check_feed(feed)]


def test_a_feed_that_is_right_gives_nothing_to_say(good: Path) -> None:
    assert told(good) == []


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("<title>The Breakwater</title>", "", "error channel: title is missing"),
        (" <link>https://breakwater.test/</link>", "", "error channel: link is missing"),
        ("<link>https://breakwater.test/</link>", "<link>breakwater.test</link>", "error channel: link is 'breakw"),
        ("<description>Harb.*?</description>", "", "error channel: description is missing"),
        ("Harbours &amp;", "Harbours " * 500, "warning channel: the description has 45"),
        ("<language>en-GB", "<language>English", "error channel: language is 'English'"),
        ("<language>en-GB</language>", "", "error channel: language is missing"),
        ("<lastBuildDate>Sat", "<lastBuildDate>Sun", "error channel: lastBuildDate is .* that day was a Sat"),
        ('<itunes:category text="News">.*?</itunes:category>', "", "error channel: itunes:category is missing"),
        ('text="Business News"', 'text="Boats"', "error channel: Apple has no category 'News > Boats'"),
        ('text="News"', 'text="Boats"', "error channel: Apple has no category 'Boats > Business News'"),
        ("<itunes:explicit>false", "<itunes:explicit>no", "error channel: itunes:explicit is 'no'"),
        ("<itunes:explicit>false</itunes:explicit>", "", "error channel: itunes:explicit is missing"),
        ("<itunes:author>.*?</itunes:author>", "", "warning channel: itunes:author is missing"),
        ("<itunes:email>.*?</itunes:email>", "", "warning channel: itunes:owner has no e-mail"),
        ("<itunes:type>episodic", "<itunes:type>daily", "error channel: itunes:type is 'daily'"),
        ("<itunes:type>", "<itunes:block>Yes</itunes:block><itunes:type>", "note channel: the show is private"),
        (
            "<itunes:type>",
            f"{MOVED}https://new.test/</itunes:new-feed-url><itunes:type>",
            "note channel: the feed has mo",
        ),
        (
            "<itunes:type>",
            f"{MOVED}new.test</itunes:new-feed-url><itunes:type>",
            "error channel: itunes:new-feed-url is",
        ),
        ("<itunes:type>", f"{MOVED}</itunes:new-feed-url><itunes:type>", "error channel: itunes:new-feed-url has no"),
        ('rel="self"', 'rel="alternate"', "warning channel: there is no atom:link"),
        ('<atom:link href="https:', '<atom:link href="http:', "warning channel: the feed's own address .* https"),
        ("<podcast:guid>.*?</podcast:guid>", "", "warning channel: podcast:guid is missing"),
        ("<podcast:guid>", "<podcast:guid>x", "error channel: podcast:guid is 'x"),
        ("(<podcast:locked[^>]*>)no", r"\1maybe", "error channel: podcast:locked is 'maybe'"),
        ('<itunes:image href="[^"]*cover.jpg" />', "", "error channel: there is no cover"),
        ('href="([^"]*)cover.jpg', r'href="\1covers.jpg', "error channel: the cover covers.jpg is not there"),
        ("<item>.*</item>", "", "error channel: there is no episode in it"),
    ],
)
def test_a_fault_of_the_channel_is_told(was: str, now: str, expected: str, good: Path, changed: Path) -> None:
    replace(was, now, good, changed)
    assert any(re.match(expected, each) for each in told(changed)), told(changed)


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("<item>\\s*<title>.*?</title>", "<item>", "error item 1: title is missing"),
        ("<item>\\s*<title>", f"<item><title>{'a' * 256}", "warning item 1 .*: the title has 2"),
        ("<guid.*?</guid>", "", "error item 1 .*: guid is missing"),
        ("guid-of-second", "guid-of-first", "error item 2 .*: guid is the same as of item 1"),
        (' isPermaLink="false"', "", "error item 1 .*: guid is no address"),
        ('isPermaLink="false"', 'isPermaLink="no"', "error item 1 .*: isPermaLink is 'no'"),
        (">guid-of-second<", f">{BASE}second.r2.mp3<", "warning item 1 .*: guid is the sound's address"),
        ("<pubDate>.*?</pubDate>", "", "error item 1 .*: pubDate is missing"),
        ("<pubDate>.*?<", "<pubDate>2026-11-07<", "error item 1 .*: pubDate is '2026-11-07', not of the form"),
        ("<pubDate>.*?<", "<pubDate>31 Jun 2026 05:00:00 GMT<", "error item 1 .*: pubDate .* no such day"),
        ("<pubDate>Sat", "<pubDate>Mon", "error item 1 .*: pubDate .* that day was a Sat"),
        ("<enclosure [^>]*>", "", "error item 1 .*: enclosure is missing"),
        ("(<enclosure [^>]*>)", r"\1\1", "error item 1 .*: there are 2 enclosures"),
        ('length="1234"', "", "error item 1 .*: the enclosure's length is ''"),
        ('length="1234"', 'length="0"', "error item 1 .*: the enclosure's length is '0'"),
        ('length="1234"', 'length="1235"', "error item 1 .*: the enclosure .* has 1234 bytes, and the feed says 1235"),
        (' type="audio/mpeg"', "", "error item 1 .*: the enclosure has no type"),
        ('type="audio/mpeg"', 'type="audio/ogg"', "warning item 1 .*: the enclosure is 'audio/ogg'"),
        ('type="audio/mpeg"', 'type="audio/x-m4a"', "error item 1 .*: the enclosure is audio/x-m4a, but its name"),
        ('enclosure url="[^"]*"', 'enclosure url=""', "error item 1 .*: the enclosure has no address"),
        ('enclosure url="[^"]*/', 'enclosure url="/', "error item 1 .*: the enclosure is '/sec.*no whole address"),
        ('enclosure url="https', 'enclosure url="http', "warning item 1 .*: the enclosure is .*apps ask for https"),
        ("second.r2.mp3", "gone.mp3", "error item 1 .*: the enclosure gone.mp3 is not there"),
        ("second.r2.mp3", "fähre.mp3", "error item 1 .*: the enclosure .* ASCII"),
        ("second.r2.mp3", "f%C3%A4hre.mp3", "warning item 1 .*: the enclosure has the file name"),
        ("second.r2.mp3", "first.mp3", "error item 2 .*: the enclosure is the same as of item 1"),
        ("<itunes:duration>.*?</itunes:duration>", "", "warning item 1 .*: itunes:duration is missing"),
        ("<itunes:duration>61", "<itunes:duration>61.4", "error item 1 .*: itunes:duration is '61.4'"),
        ("(<item>.*?)<itunes:explicit>false", r"\1<itunes:explicit>no", "error item 1 .*: itunes:explicit is 'no'"),
        ("Type>full", "Type>whole", "error item 1 .*: itunes:episodeType is 'whole'"),
        ("<itunes:ep", "<itunes:season>0</itunes:season><itunes:ep", "error item 1 .*: itunes:season is '0'"),
        ("<itunes:ep", "<itunes:episode>one</itunes:episode><itunes:ep", "error item 1 .*: itunes:episode is 'one'"),
        ("<itunes:ep", f"{NUMBER}<podcast:episode>5</podcast:episode><itunes:ep", "warning item 1 .*:episode is .4."),
        ("<itunes:type>episodic", "<itunes:type>serial", "error item 1 .*: itunes:episode is missing"),
        ("(<item>.*?<description>)", rf"\1{'long ' * 900}", "warning item 1 .*: the description has 4"),
        ("(<item>.*?<description>)", r"\1&lt;script&gt;", "warning item 1 .*: the description holds .*<script>"),
        ("encoded>", "encoded>&lt;a onclick='b'&gt;", "warning item 1 .*: the description holds .*onclick of <a>"),
        ("encoded>", "encoded>&lt;a href='java\nscript:b'&gt;", "warning item 1 .*: .*href of <a>"),
        ("second.r2.jpg", "gone.jpg", "error item 1 .*: the cover gone.jpg is not there"),
        ("application/json.chapters", "application/json", "error item 1 .*: podcast:chapters is 'application/json'"),
        ("second.r2.chapters.json", "c.json", "error item 1 .*: the file of podcast:chapters, c.json, is not there"),
        ('chapters url="[^"]*"', "chapters", "error item 1 .*: podcast:chapters has no address"),
        ('type="text/vtt"', 'type="vtt"', "error item 1 .*: podcast:transcript is 'vtt'"),
        ('type="text/vtt"', 'type="text/plain"', "warning item 1 .*: podcast:transcript is text/plain, but its name"),
        ("second.r2.srt", "t.srt", "error item 1 .*: the file of podcast:transcript, t.srt, is not there"),
        ('transcript url="https:', 'transcript url="http:', "warning item 1 .*: podcast:transcript is .* https"),
    ],
)  # fmt: skip
def test_a_fault_of_an_item_is_told(was: str, now: str, expected: str, good: Path, changed: Path) -> None:
    replace(was, now, good, changed)
    assert any(re.match(expected, each) for each in told(changed)), told(changed)


def replace(was: str, now: str, good: Path, changed: Path) -> None:
    """Change the first place of a pattern in the feed, or in its newest item where that is what it is found in."""
    text = good.read_text(encoding="utf-8")
    new = re.sub(was, now.replace("\n", "&#10;"), text, count=1, flags=re.DOTALL)
    assert new != text
    changed.write_text(new, encoding="utf-8")


def test_a_feed_that_names_itself_as_the_new_one_has_not_moved(good: Path, changed: Path) -> None:
    replace("<itunes:type>", f"{MOVED}{BASE}feed.xml</itunes:new-feed-url><itunes:type>", good, changed)
    assert told(changed) == []


@pytest.mark.parametrize(("kind", "count"), [("full", 1), ("bonus", 0)])
def test_two_full_episodes_of_one_number_are_told(kind: str, count: int, good: Path, changed: Path) -> None:
    text = good.read_text(encoding="utf-8").replace("<itunes:episodeType>full", f"{NUMBER}<itunes:episodeType>{kind}")
    changed.write_text(text, encoding="utf-8")
    assert sum(each.endswith("itunes:episode is '4', as of item 1") for each in told(changed)) == count


def test_an_item_without_words_or_known_transcripts_is_told(good: Path, changed: Path) -> None:
    text = good.read_text(encoding="utf-8")
    text = re.sub("<(description|content:encoded)>.*?</\\1>", "", text, flags=re.DOTALL)
    changed.write_text(re.sub('(transcript [^>]*type=)"[^"]*"', r'\1"application/json"', text), encoding="utf-8")
    found = told(changed)
    assert sum("there is no description" in each for each in found) == 2
    assert sum("VTT or SRT" in each for each in found) == 2


@pytest.mark.parametrize(
    ("size_px", "name", "expected"),
    [
        ((1400, 1400), "cover.png", None),
        ((3000, 3000), "cover.jpg", None),
        ((1399, 1399), "cover.jpg", "1399 x 1399"),
        ((3001, 3001), "cover.png", "3001 x 3001"),
        ((1400, 1500), "cover.png", "1400 x 1500"),
    ],
)
def test_a_cover_has_the_size_that_apple_asks_for(
    size_px: tuple[int, int], name: str, expected: str | None, tmp_path: Path
) -> None:
    feed = write_folder(tmp_path)
    Image.new("RGB", size_px).save(tmp_path / name)
    feed.write_bytes(feed.read_bytes().replace(b"cover.jpg", name.encode()))
    found = told(feed)
    assert found == [] if expected is None else len(found) == 1 and expected in found[0]


def test_a_cover_is_what_its_name_says_and_not_too_heavy(tmp_path: Path) -> None:
    feed = write_folder(tmp_path)
    Image.new("RGB", (1400, 1400)).save(tmp_path / "cover.jpg", "PNG")
    assert any("is a PNG, which its name does not say" in each for each in told(feed))
    (tmp_path / "cover.jpg").write_bytes(b"GIF89a")
    assert any("is no JPEG or PNG" in each for each in told(feed))
    noise = Image.frombytes("RGB", (1400, 1400), random.Random(7).randbytes(1400 * 1400 * 3))
    noise.save(tmp_path / "cover.jpg", quality=90)
    assert any("KiB" in each for each in told(feed))


def test_files_are_not_looked_for_where_none_is(good: Path, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(good.read_bytes())
    (finding,) = check_feed(tmp_path / "feed.xml")
    assert finding == Finding(Severity.NOTE, "channel", finding.message)
    assert "no episode lies beside the feed" in finding.message


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_in_a_feed_of_ours_is_no_fault(title: str, good: Path, changed: Path) -> None:
    manifests = [
        make_manifest("first", title=title, description=title),
        make_manifest("second", revision=2, title=title, chapters=make_manifest(title=title).chapters),
    ]
    changed.write_bytes(render_feed(dataclasses.replace(SHOW, description=title), manifests)["feed.xml"])
    assert told(changed) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no XML",
        b"<rss><channel>",
        b"<html/>",
        b"<rss/>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'/>",
        b"\xff\xfe\x00",
        b"<?xml version='1.0' encoding='klingon'?><rss/>",
        b"<!DOCTYPE rss [<!ENTITY a 'a'>]><rss><channel>&a;</channel></rss>",
    ],
)
def test_what_is_no_feed_is_named(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        check_feed(path)
    assert caught.value.where == str(path)
    assert caught.value.hint


def test_a_feed_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        check_feed(tmp_path / "nowhere.xml")


def test_a_document_type_that_is_only_spoken_of_is_none(good: Path, changed: Path) -> None:
    changed.write_bytes(good.read_bytes().replace(b"aloud.", b"aloud, <![CDATA[<!DOCTYPE html>]]>."))
    assert told(changed) == []


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch") / "feed.xml"


@given(place=st.integers(0, 6000), noise=st.binary(max_size=40))
def test_damage_is_told_or_refused_and_never_a_crash(scratch: Path, place: int, noise: bytes) -> None:
    whole = render_feed(SHOW, [make_manifest()])["feed.xml"]
    scratch.write_bytes(whole[:place] + noise + whole[place + len(noise) :])
    try:
        assert all(finding.message for finding in check_feed(scratch))
    except SourceError as error:
        assert error.where == str(scratch)


@pytest.mark.parametrize(
    "address",
    [
        f"{BASE}../secret",
        f"{BASE}a/%2e%2e/%2e%2e/secret",
        f"{BASE}/etc/passwd",
        "https://else.test/a",
        BASE,
        f"{BASE}%00",
    ],
)
def test_a_file_is_never_looked_for_outside_the_folder(address: str, tmp_path: Path) -> None:
    assert FeedFiles(BASE, tmp_path).path_of(address) is None


def test_the_size_of_a_picture_is_that_which_another_reader_finds(tmp_path: Path) -> None:
    for name, options in (
        ("a.png", {}),
        ("a.jpg", {}),
        ("b.jpg", {"progressive": True, "comment": "tides " * 50}),
        ("c.jpg", {"exif": b"Exif\0\0" + bytes(300)}),
    ):
        Image.new("RGB", (640, 350)).save(tmp_path / name, **options)
        data = (tmp_path / name).read_bytes()
        picture = read_head(data)
        assert picture is not None
        assert (picture.width_px, picture.height_px) == (640, 350)
        assert read_head(data[:12]) is None
