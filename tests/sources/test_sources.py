"""Files and folders become an edition, in the order in which they stand."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from audiobuild.config.show import Show
from audiobuild.errors import ConfigError, SourceError
from audiobuild.sources.article_parts.editor_directives import SKIPPED, slip_in
from audiobuild.sources.edition import read_edition


def write(folder: Path, *names: str, show: str | None = None) -> Path:
    """Put articles into a folder, each with its own path as its text."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"This is {name} as it was written.\n", encoding="utf-8")
    if show is not None:
        (folder / "show.toml").write_text(show, encoding="utf-8")
    return folder


def titles(*sources: Path) -> list[tuple[str, str]]:
    return [(article.section, article.title) for article in read_edition(sources)[0].articles]


def test_folder_is_read_in_the_order_of_its_file_names_then_its_departments(tmp_path: Path) -> None:
    write(tmp_path, "2-europe/01-rail.md", "1-leaders/02-tea.md", "1-leaders/01-milk.markdown", "09-z.txt", "10-a.MD")
    assert titles(tmp_path) == [
        ("", "Z"),
        ("", "A"),
        ("Leaders", "Milk"),
        ("Leaders", "Tea"),
        ("Europe", "Rail"),
    ]


def test_folders_in_a_department_belong_to_it(tmp_path: Path) -> None:
    write(tmp_path, "1-leaders/special/01-tea.md")
    assert titles(tmp_path) == [("Leaders", "Tea")]


def test_what_is_no_article_is_passed_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.md",
        "README.md",
        "Readme.txt",
        ".hidden.md",
        "_draft.md",
        "notes.xlsx",
        ".git/b.md",
        "images/c.jpg",
    )
    assert titles(tmp_path) == [("", "A")]


def test_several_sources_keep_the_order_in_which_they_are_given(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a.md", "more/d.md", "more/c.md")
    assert titles(tmp_path / "b.md", tmp_path / "more", tmp_path / "a.md") == [
        ("", "B"),
        ("", "C"),
        ("", "D"),
        ("", "A"),
    ]


def test_article_named_outright_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "_draft.md")
    assert titles(tmp_path / "README.md", tmp_path / "_draft.md") == [("", "README"), ("", "Draft")]


def test_folder_that_links_lead_to_again_is_read_once_and_none_that_lies_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, "issue/a.md", "issue/1-leaders/b.md", "issue/4-more/c.md", "elsewhere/d.md")
    for place, target in (
        ("issue/1-leaders/up", "issue"),
        ("issue/2-more", "issue/4-more"),
        ("issue/3-again", "issue/4-more"),
        ("issue/5-secret", "elsewhere"),
        ("issue/6-secret.md", "elsewhere/d.md"),
    ):
        (tmp_path / place).symlink_to(tmp_path / target)
    assert titles(tmp_path / "issue") == [("", "A"), ("Leaders", "B"), ("More", "C")]


def test_name_that_is_no_unicode_is_told_with_escapes_while_its_picture_is_found(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes no such name")
    (folder / os.fsdecode(b"b\xe9.md")).write_text("Some words.\n", encoding="utf-8")
    (folder / "a.md").write_text("![](lamp.png)\n\nSome words.\n", encoding="utf-8")
    edition, _, home = read_edition([folder])
    assert [Path(article.source) for article in edition.articles] == [
        tmp_path / r"caf\udce9" / "a.md",
        tmp_path / r"caf\udce9" / r"b\udce9.md",
    ]
    assert edition.articles[0].image == folder / "lamp.png"
    assert home == folder
    assert [article.section for article in read_edition([tmp_path])[0].articles] == [r"Caf\udce9"] * 2
    assert (edition.title, edition.articles[1].title) == (r"Caf\udce9", r"B\udce9")


# --- title, date and show -------------------------------------------------------------------------


def test_episode_is_called_by_its_show_else_its_article_else_its_folder(tmp_path: Path) -> None:
    write(tmp_path / "03-harbours", "b.md", "a.md")
    assert read_edition([tmp_path / "03-harbours" / "a.md"])[0].title == "A"
    assert read_edition([tmp_path / "03-harbours"])[0].title == "Harbours"
    assert read_edition([tmp_path / "03-harbours" / "a.md", tmp_path / "03-harbours" / "b.md"])[0].title == "Harbours"
    write(tmp_path / "03-harbours", show='title = "The Lock"')
    assert read_edition([tmp_path / "03-harbours" / "a.md"])[0].title == "The Lock"


def test_edition_is_dated_by_its_show_else_by_its_latest_article(tmp_path: Path) -> None:
    write(tmp_path, "c.md")
    for name, day in (("a", "Nov 5th 2026"), ("b", "Nov 4th 2026")):
        (tmp_path / f"{name}.md").write_text(f"> {day}\n\nText.\n", encoding="utf-8")
    assert read_edition([tmp_path])[0].published == dt.date(2026, 11, 5)
    write(tmp_path, show="date = 2026-11-07")
    assert read_edition([tmp_path])[0].published == dt.date(2026, 11, 7)
    assert read_edition([tmp_path / "c.md"])[0].published == dt.date(2026, 11, 7)


def test_edition_without_any_date_has_none(tmp_path: Path) -> None:
    assert read_edition([write(tmp_path, "a.md")])[0].published is None


@pytest.mark.parametrize("source", ["", "1-leaders", "1-leaders/a.md", "b.md"])
def test_show_is_found_from_the_folder_a_department_and_an_article(tmp_path: Path, source: str) -> None:
    write(tmp_path, "1-leaders/a.md", "b.md", show='title = "The Lock"')
    _, show, home = read_edition([tmp_path / source])
    assert show.title == "The Lock"
    assert home == tmp_path


@pytest.mark.parametrize("source", [".", "a.md"])
def test_show_is_found_from_inside_a_department(tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "1-leaders/a.md", show='title = "The Lock"')
    monkeypatch.chdir(tmp_path / "1-leaders")
    _, show, home = read_edition([Path(source)])
    assert show.title == "The Lock"
    assert home.resolve() == tmp_path.resolve()


def test_nearest_show_holds(tmp_path: Path) -> None:
    write(tmp_path, show='title = "Far"')
    write(tmp_path / "1-leaders", "a.md", show='title = "Near"')
    _, show, home = read_edition([tmp_path / "1-leaders" / "a.md"])
    assert (show.title, home) == ("Near", tmp_path / "1-leaders")


def test_without_a_show_the_defaults_hold(tmp_path: Path) -> None:
    write(tmp_path, "deep/er/a.md")
    write(tmp_path, show='title = "Too far away"')
    _, show, home = read_edition([tmp_path / "deep" / "er" / "a.md"])
    assert (show, home) == (Show(), tmp_path / "deep" / "er")


def test_broken_show_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.md", show="titel = 1")
    with pytest.raises(ConfigError) as caught:
        read_edition([tmp_path])
    assert caught.value.where == str(tmp_path / "show.toml")


# --- what cannot be read --------------------------------------------------------------------------


def refusal(source: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_edition([source])
    assert caught.value.where == str(source)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("name", ["gone.md", "gone", "gone/a.md"])
def test_no_such_file_is_an_error(tmp_path: Path, name: str) -> None:
    assert "no such file" in refusal(tmp_path / name).message


@pytest.mark.parametrize("names", [(), ("notes.xlsx", "README.md", ".hidden.md"), ("images/a.jpg",)])
def test_folder_with_no_articles_is_an_error(tmp_path: Path, names: tuple[str, ...]) -> None:
    error = refusal(write(tmp_path, *names))
    assert "no articles" in error.message
    assert ".md, .markdown, .txt" in error.hint


def test_file_of_another_kind_is_an_error(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, "a.dat") / "a.dat")
    assert "no article" in error.message
    assert ".md, .markdown, .txt" in error.hint


def test_file_that_the_system_will_not_open_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "loop.md"
    path.symlink_to(path)
    assert refusal(path).message.startswith("cannot be read (")


def test_path_that_is_too_long_is_an_error(tmp_path: Path) -> None:
    for name in ("a" * 5000, "a" * 5000 + ".md"):
        assert refusal(tmp_path / name).message.startswith("cannot be read (")


def test_broken_link_among_the_articles_is_an_error_and_not_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "gone.md")
    with pytest.raises(SourceError, match=r"b\.md"):
        read_edition([tmp_path])


def test_folder_that_the_system_will_not_list_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert refusal(tmp_path).message == "cannot be read (Permission denied)"


def test_show_that_the_system_will_not_open_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "show.toml":
            raise PermissionError(13, "Permission denied")
        return read(path)

    write(tmp_path, "a.md", show="")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError, match=r"show\.toml: cannot be read"):
        read_edition([tmp_path])


@pytest.mark.parametrize(("name", "line"), [("mud.md", 5), ("mud.html", 3)])
def test_what_is_left_out_without_an_end_is_an_error_with_its_line(tmp_path: Path, name: str, line: int) -> None:
    text = "It rained on the old weighbridge house, and then it rained once more until noon. " * 4
    page = f"<h1>Mud</h1>\n<p>{text}</p>\n<!-- skip --><p>{text}</p>"
    (tmp_path / name).write_text(page if line == 3 else f"# Mud\n\n{text}\n\n<!-- skip -->\n\n{text}\n")
    with pytest.raises(SourceError, match="has no end") as caught:
        read_edition([tmp_path / name])
    assert caught.value.where == f"{tmp_path / name}:{line}"


@pytest.mark.parametrize(
    ("end", "line"),
    [("<!-- a note\n\nIt poured.", 5), ("<script>\n\nIt poured.", 5), ("<!-- a note", 0), ("<!-- a\n\nnote -->", 0)],
)
def test_comment_that_swallows_the_rest_is_an_error_with_its_line(tmp_path: Path, end: str, line: int) -> None:
    article = tmp_path / "mud.md"
    article.write_text(f"# Mud\n\nIt rained.\n\n{end}\n")
    if not line:
        assert read_edition([article])
        return
    with pytest.raises(SourceError, match="has no end") as caught:
        read_edition([article])
    assert caught.value.where == f"{article}:{line}"


@pytest.mark.parametrize(
    ("remark", "is_slip"),
    [
        ("sya: six metres", True),
        ("sya Ghent: Gent", True),
        ("pauze 2s", True),
        ("pause two seconds", True),
        ("endskip", True),
        ("end skpi", True),
        ("say Ghent: Gent", False),
        ("stay tuned", False),
        ("summary: of it", False),
        ("day: Monday", False),
        ("more", False),
    ],
)
def test_remark_that_seems_meant_for_another_is_a_slip(remark: str, is_slip: bool) -> None:
    assert bool(slip_in(f"<!-- {remark} -->", "HTML is not read")) is is_slip


def test_what_is_left_out_up_to_the_end_may_say_so(tmp_path: Path) -> None:
    article = tmp_path / "mud.md"
    article.write_text("# Mud\n\nIt rained.\n\n<!-- skip -->\n\nIt poured.\n\n<!-- end skip -->\n")
    assert [block.unread for block in read_edition([article])[0].articles[0].blocks] == ["", "", SKIPPED]
