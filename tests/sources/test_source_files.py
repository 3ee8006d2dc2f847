"""What folders, lists and standard input stand for: articles in natural order, and why others are left out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from audiobuild.errors import NoArticle, SourceError
from audiobuild.script.foreign_texts import left_out
from audiobuild.sources.edition import read_edition
from audiobuild.sources.source_files import expand_lists

TEXT = "It rained.\n"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def read(*sources: Path) -> list[tuple[str, str]]:
    edition, _, _ = read_edition(sources)
    return [(article.section, article.title) for article in edition.articles]


def test_numbers_in_names_are_ordered_by_size(tmp_path: Path) -> None:
    names = ("1-a.md", "10-c.md", "2-b.md", "2 Letters/d.md", "10 Leaders/e.md")
    write(tmp_path, **dict.fromkeys(names, TEXT))
    assert read(tmp_path) == [("", "A"), ("", "B"), ("", "C"), ("Letters", "D"), ("Leaders", "E")]


def test_folder_with_an_article_and_its_pictures_is_that_article_and_no_department(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "posts/2-mud-in-may/index.md": TEXT,
            "posts/2-mud-in-may/mud.jpg": "",
            "posts/1-rain.md": TEXT,
            "posts/10-hail/index.md": "---\ntitle: Hail\n---\n" + TEXT,
            "guide/index.md": TEXT,
            "guide/boots.md": TEXT,
        },
    )
    assert read(tmp_path) == [
        ("Guide", "Boots"),
        ("Guide", "Guide"),
        ("Posts", "Rain"),
        ("Posts", "Mud in May"),
        ("Posts", "Hail"),
    ]


def test_what_is_left_out_says_why_and_stops_nothing(tmp_path: Path) -> None:
    files = {
        "a.md": TEXT,
        "b.md": "",
        "c.md": "![a](b.jpg)",
        "d.md": f"---\ndraft: true\n---\n{TEXT}",
        "LICENSE.txt": TEXT,
        "requirements-test.txt": TEXT,
        "README.md": TEXT,
    }
    edition, _, _ = read_edition([write(tmp_path, **files)])
    assert [article.title for article in edition.articles] == ["A"]
    assert {Path(line.partition(": ")[0]).name: line.partition(": ")[2] for line in left_out(edition)} == {
        "b.md": "the file is empty",
        "c.md": "the article has no text to read",
        "d.md": "a draft is left out",
        "LICENSE.txt": "this is no article",
        "requirements-test.txt": "this is no article",
        "README.md": "a README is not read",
    }


def test_readme_is_read_where_the_show_says_so(tmp_path: Path) -> None:
    write(tmp_path, **{"README.md": TEXT, "show.toml": "[reading]\nreadme = true\n"})
    assert read(tmp_path) == [("", "README")]


def test_draft_named_alone_is_refused_with_its_reason(tmp_path: Path) -> None:
    write(tmp_path, **{"d.md": f"---\ndraft: true\n---\n{TEXT}"})
    with pytest.raises(NoArticle, match="a draft is left out") as caught:
        read(tmp_path / "d.md")
    assert caught.value.hint


def test_edition_of_which_nothing_is_left_is_refused(tmp_path: Path) -> None:
    write(tmp_path, **{"a.md": "", "b.md": f"---\ndraft: true\n---\n{TEXT}"})
    with pytest.raises(NoArticle, match=r"nothing is left to read: .*a\.md: the file is empty"):
        read(tmp_path)


def test_what_programs_keep_beside_an_open_document_is_no_article(tmp_path: Path) -> None:
    write(tmp_path, **{"b.md": TEXT, "~$b.docx": "open", ".~lock.b.odt#": "open"})
    assert read(tmp_path) == [("", "B")]
    with pytest.raises(NoArticle, match="while a document is open"):
        read(tmp_path / "~$b.docx")


def test_list_names_files_beside_it_in_its_own_order(tmp_path: Path) -> None:
    write(tmp_path, **{"b.md": TEXT, "a.md": TEXT, "more/c.md": TEXT, "issue.txt": "# May\nb.md\n\na.md\nmore\n"})
    assert read(Path(f"@{tmp_path}/issue.txt")) == [("", "B"), ("", "A"), ("", "C")]


@pytest.mark.parametrize(("text", "message"), [("# nothing\n", "names no articles"), ("lost.md\n", "no such file")])
def test_list_of_nothing_or_of_what_is_not_there_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, **{"issue.txt": text})
    with pytest.raises(SourceError, match=message):
        read(Path(f"@{tmp_path}/issue.txt"))


def test_date_of_a_folder_is_neither_a_number_nor_its_title(tmp_path: Path) -> None:
    write(tmp_path, **{"2026-05-04/a.md": TEXT, "2026-05-04/b.md": TEXT})
    assert read_edition([tmp_path / "2026-05-04"])[0].title == "2026-05-04"


@pytest.mark.parametrize(("text", "title"), [("# Mud\n\nIt rained.", "Mud"), ("<html><body><h1>Mud", None)])
def test_standard_input_is_read_as_what_it_is(tmp_path: Path, text: str, title: str | None) -> None:
    ask = (
        "from pathlib import Path; from audiobuild.sources.edition import read_edition;"
        "from audiobuild.errors import SourceError\n"
        "try: print(read_edition([Path('-')])[0].articles[0].title)\n"
        "except SourceError as error: print('refused', error)"
    )
    run = subprocess.run(
        [sys.executable, "-c", ask], input=text, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False
    )
    assert run.stdout.startswith(title or "refused")


def test_file_too_large_to_be_held_is_refused_and_the_limit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "late.pdf"
    with path.open("wb") as file:
        file.truncate(101_000_000)
    with pytest.raises(SourceError, match="100 MB at most"):
        read_edition([path])


POCKET = """<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>
<li><a href="https://mud.example/a" time_added="1400000000" tags="">Mud</a></li>
<li><a href="https://mud.example/b" time_added="1400000001" tags="">Rain</a></li></ul>
<h1>Read Archive</h1><ul><li><a href="https://mud.example/c" time_added="1">Old</a></li></ul></body></html>"""
INSTAPAPER = (
    "URL,Title,Selection,Folder,Timestamp\nhttps://mud.example/a,Mud,,Unread,1\nhttps://mud.example/b,B,,Starred,2\n"
)
READWISE = 'Title,URL,Saved date,Location\n"Mud, and rain",https://mud.example/a,2026,new\nB,https://mud.example/b,2026,later\n'


@pytest.mark.parametrize(
    ("name", "text"), [("ril_export.html", POCKET), ("list.csv", INSTAPAPER), ("list.csv", READWISE)]
)
def test_reading_list_of_a_service_is_a_list_and_no_article(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert expand_lists([Path(f"@{file}")]) == ("https://mud.example/a", "https://mud.example/b")
    with pytest.raises(SourceError) as caught:
        read(file)
    assert "@ before its name" in caught.value.hint
