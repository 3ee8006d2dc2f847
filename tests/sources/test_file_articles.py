"""What has no ending is known by what stands in it, as a file and on standard input alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiobuild.errors import SourceError
from audiobuild.sources.edition import read_given
from audiobuild.sources.file_articles import kind_of

LETTER = (
    b"From: Zoe <zoe@x.example>\r\nSubject: The caf=C3=A9\r\n of ours\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\n\r\n"
)
PROSE = b"<p>" + b"It rained on the quay. " * 20 + b"</p>"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (LETTER + b"Hi.", ".eml"),
        (b"From zoe@x.example Mon Mar  2 10:00:00 2026\n" + LETTER + b"Hi.", ".eml"),
        (b"From: the sea\n\nIt rained.", ".txt"),
        (b"Title: Mud\nDate: 2026-03-02\n\nIt rained.", ".txt"),
        (LETTER.strip() + b"\r\nand no blank line", ".txt"),
        (b"# Mud\n\nIt rained.", ".txt"),
        ("It rained.".encode("utf-16"), ".txt"),
        (PROSE + b"<pre>Rise,\n\ndough</pre>\n\n" + PROSE, ".html"),
        (b'<p align="center">Mud</p>\n\n' + PROSE + b"\n\n# Markdown", ".txt"),
        (b"<p>It rained.</p>", ".txt"),
        (b"<!doctype html><p>It rained.", ".html"),
        (b"%PDF-1.7", ".pdf"),
    ],
)
def test_what_has_no_ending_is_known_by_what_stands_in_it(data: bytes, kind: str) -> None:
    for name in ("-", "mud", "Mud, v1.2"):
        assert kind_of(data, Path(name)) == kind


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("mud", b"\x7fELF\x02\x01\x01", "this is no article"),
        ("mud", b"#!/bin/sh\necho mud", "this is no article"),
        ("mud.py", b"print('mud')", "this is no article"),
        ("mud", b"% Mud\n\\documentclass{article}\n", "this is LaTeX, which is not read"),
        ("-", b"#+TITLE: Mud\n", "this is an Org file, which is not read"),
        ("-", b"{\\rtf1 Mud}", "this is rich text, which is not read"),
        ("-", (b"From zoe@x.example Mon\n" + LETTER.replace(b"\r", b"") + b"Hi.\n\n") * 2, "this is a box of letters"),
    ],
)
def test_what_is_no_article_is_refused(name: str, data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        kind_of(data, Path(name))


def test_a_text_about_latex_is_read() -> None:
    assert kind_of(b"\\documentclass{article}\nbegins every paper.", Path("latex.md")) == ".md"


def test_what_is_given_without_a_file_is_read_as_its_kind_has_it() -> None:
    letter = read_given(LETTER + b"Hi.\n-- \nZoe", "standard input")
    assert [each.text for each in letter.articles[0].blocks if not each.unread][1:] == ["Hi."]
    book = b"Produced by Bo\n*** START OF THE PROJECT GUTENBERG EBOOK MUD ***\n\nIt rained.\n"
    assert [each.text for each in read_given(book, "standard input").articles[0].blocks if not each.unread] == [
        "It rained."
    ]
