"""Articles that mean harm: whole builds of them write in the output folder alone, and what they say stays text."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from mutagen.id3 import ID3

from tests.building import SHOW, tree
from tests.hostile import PRECIOUS, article, build_silently, digest, is_manifest, output_of
from tests.tools import run

LONG = "Weather " * 37 + "end"
HOSTILE = {
    "passwd": ("../../etc/passwd", "../../etc/passwd"),
    "absolute": ("/etc/passwd", "/etc/passwd"),
    "windows": ("C:\\\\..\\\\..\\\\boot", "C:\\..\\..\\boot"),
    "device": ("CON", "CON"),
    "script": ("\\<script>alert(1)\\</script>", "<script>alert(1)</script>"),
    "attribute": ('" onload="alert(2)', '" onload="alert(2)'),
    "cdata": ("]]> &amp;amp; end", "]]> &amp; end"),
    "long": (LONG, LONG),
    "emoji": ("\U0001f600\U0001f389", "\U0001f600\U0001f389"),
    "arabic": ("العربية فقط", "العربية فقط"),
    "bidi": ("Safe \u202etxt.exe\u202c name", "Safe txt.exe name"),
    "control": ("Red \x1b[31mhere\x1b]0;x\x07 \x9b2J", "Red [31mhere ]0;x 2J"),
    "percent": ("%2e%2e%2fetc %s {0}", "%2e%2e%2fetc %s {0}"),
    "dots": ("...", "..."),
    "option": ("--output=/", "--output=/"),
    "index": ("Index", "Index"),
    "feed": ("Feed", "Feed"),
    "same-one": ("The same title", "The same title"),
    "same-two": ("The same title", "The same title"),
}
"""By the file's name: the headline as it is written in Markdown, and the title as players are to show it."""

BODY = """

The words of {name} are [said](javascript:alert(3)) here, and [here](data:text/html,<script>alert(4)</script>).

They <img src=x onerror=alert(5)> end. ]]> \u202eThus\u202c.
"""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build of all that left behind."""

    folder: Path
    stdout: str
    output: dict[str, bytes]
    """Every file of the output folder."""
    episodes: dict[str, dict[str, Any]]
    """The manifests of single articles, by the article's file name without its ending."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, kept_store: Path) -> Built:
    """Build all hostile articles as one edition, and each by itself as well."""
    above = tmp_path_factory.mktemp("above")
    folder = above / "work" / "place"
    for victim in (above / "work" / "etc" / "passwd", above / "etc" / "passwd", folder / "etc" / "passwd"):
        victim.parent.mkdir(parents=True)
        victim.write_text(PRECIOUS)
    issue = folder / "issue"
    issue.mkdir()
    (issue / "show.toml").write_text(SHOW, encoding="utf-8")
    for name, (title, _) in HOSTILE.items():
        article(issue / f"{name}.md", title, BODY.format(name=name))
    before = tree(above)
    done = build_silently(folder, "issue", "--per-article", store=kept_store)
    assert done.returncode == 0, done.stderr
    after = {
        name: data
        for name, data in tree(above).items()
        if not name.startswith(("work/place/output/", "work/place/home/"))
    }
    assert after == before, "something was written outside the output folder"
    output = output_of(folder)
    manifests = [json.loads(data) for name, data in output.items() if is_manifest(name, data)]
    names = {"issue": "index"}  # an article of that name is called by its folder
    marks = ((each["articles"], each) for each in manifests)
    episodes = {names.get(one[0]["name"], one[0]["name"]): each for one, each in marks if len(one) == 1}
    assert set(episodes) == set(HOSTILE)
    return Built(folder, done.stdout, output, episodes)


# --- files ------------------------------------------------------------------------------------------


def test_files_are_named_with_letters_digits_and_hyphens_whatever_the_title(built: Built) -> None:
    odd = [name for name in built.output if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,110}", name)]
    assert odd == []
    assert [path for path in (built.folder / "output").rglob("*") if path.is_dir() and path.name.startswith(".")] == []


def test_no_episode_takes_the_files_of_another(built: Built) -> None:
    for name, manifest in built.episodes.items():
        data = built.output[manifest["file"]]
        assert (digest(data), len(data)) == (manifest["sha256"], manifest["bytes"]), name
        assert manifest["cover"] in built.output
    for key in ("name", "file", "cover", "guid"):
        assert len({manifest[key] for manifest in built.episodes.values()}) == len(HOSTILE), key


def test_articles_of_the_same_title_are_episodes_of_their_own(built: Built) -> None:
    one, two = built.episodes["same-one"], built.episodes["same-two"]
    assert one["title"] == two["title"]
    assert one["sha256"] != two["sha256"]


def test_built_again_the_same_articles_have_the_same_names_and_bytes(built: Built, kept_store: Path) -> None:
    again = build_silently(built.folder, "issue", "--per-article", store=kept_store)
    assert again.returncode == 0, again.stderr
    assert {name: digest(data) for name, data in output_of(built.folder).items()} == {
        name: digest(data) for name, data in built.output.items()
    }


# --- what players and pages show ----------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_title_stands_in_the_tag_as_text(built: Built, name: str) -> None:
    title = HOSTILE[name][1]
    manifest = built.episodes[name]
    path = built.folder / "output" / manifest["file"]
    frames = ID3(path)
    assert str(frames["TIT2"]) == manifest["title"] == title
    chapters = [str(chapter.sub_frames["TIT2"]) for chapter in frames.getall("CHAP")]
    assert chapters == [chapter["title"] for chapter in manifest["chapters"]]
    assert title in chapters
    shown = [title, *chapters, *(text for frame in frames.getall("COMM") for text in frame.text)]
    assert [char for text in shown for char in text if unicodedata.category(char) in ("Cc", "Cf")] == []


def test_other_readers_find_the_same_titles(built: Built, tmp_path: Path) -> None:
    """By ffmpeg, which is started once for all: it writes what it reads of each as lines of `title=`."""
    given, asked = [], []
    for number, name in enumerate(HOSTILE):
        given += ["-i", built.folder / "output" / built.episodes[name]["file"]]
        asked += ["-map_metadata", number, "-map_chapters", number, "-f", "ffmetadata", tmp_path / name]
    run("ffmpeg", "-v", "error", *given, *asked)
    for name, (_, title) in HOSTILE.items():
        told = (tmp_path / name).read_text(encoding="utf-8")
        titles = [re.sub(r"\\(.)", r"\1", each) for each in re.findall(r"^title=(.*)$", told, re.MULTILINE)]
        assert titles[0] == title
        assert title in titles[1:]


class Danger(HTMLParser):
    """What in a page runs, or leads elsewhere than to the web or a file beside it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            if (tag, address) == ("link", "data:,"):  # no icon, so that none is asked for
                continue
            leads_astray = name in ("href", "src", "action", "poster") and re.match(
                r"(?!https?:)[a-z0-9+.-]+:", address
            )
            if leads_astray or name.startswith("on") or name == "srcdoc":
                self.found.append(f"{tag} {name} {address}")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and data.strip().startswith("alert"):
            self.found.append(f"script {data}")


def test_pages_run_nothing_and_link_nothing_that_an_article_says(built: Built) -> None:
    pages = {name: data.decode() for name, data in built.output.items() if name.endswith(".html")}
    assert {name: found for name, page in pages.items() if (found := Danger(page).found)} == {}


def test_reader_of_pages_knows_danger_when_it_sees_it() -> None:
    for page in (
        "<p title='x' onload=alert(1)>",
        "<a href=' java\nscript:alert(1)'>",
        "<img src=data:text/html,x>",
        "<script>alert(1)</script>",
        "<iframe srcdoc='x'>",
    ):
        assert Danger(page).found, page
    assert Danger('<a href="feed.xml">&lt;script>alert(1)</a><script src="player.js"></script>').found == []


def test_feed_is_xml_and_what_it_says_runs_nothing(built: Built) -> None:
    for name, data in built.output.items():
        if name.endswith(".xml"):
            root = ElementTree.fromstring(data)
            addresses = [value for item in root.iter() for key, value in item.items() if key in ("url", "href")]
            assert [address for address in addresses if not address.startswith(("http://", "https://"))] == []
            assert [item.tag for item in root.iter() if Danger(item.text or "").found] == []


def test_transcripts_hold_no_tag_but_their_own(built: Built) -> None:
    texts = {name: data.decode() for name, data in built.output.items() if name.endswith(".vtt")}
    tags = {tag for text in texts.values() for tag in re.findall(r"<[^>\s]*", text)}
    assert [tag for tag in tags if not re.fullmatch(r"</?(?:v|c|i|b)|<\d\d:\d\d(?::\d\d)?\.\d{3}", tag)] == []


def test_chapters_and_manifests_link_to_the_web_alone(built: Built) -> None:
    told = [data.decode() for name, data in built.output.items() if name.endswith(".json")]
    assert [text for text in told if re.search(r'"(?:url|img|href)": *"(?!https?:|")', text)] == []
