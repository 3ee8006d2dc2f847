"""Kinds of documents that people have and that are not read: what they are, and what to do about it (layer 1, pure)."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_BEGINNINGS = (
    (b"{\\rtf", ".rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"%!PS", ".ps"),
    (b"AT&TFORM", ".djvu"),
    (b"bplist00", ".webarchive"),
)
_CONTENTS = (
    (re.compile(rb"^\\document(?:class|style)\b", re.MULTILINE), ".tex"),
    (re.compile(rb"\A#\+title:", re.IGNORECASE), ".org"),
    (re.compile(rb'\A\s*\{\s*"cells"\s*:'), ".ipynb"),
    (re.compile(rb"<FictionBook[\s>]"), ".fb2"),
    (re.compile(rb"<opml[\s>]"), ".opml"),
    (re.compile(rb"<en-export[\s>]"), ".enex"),
    (re.compile(rb"\A(?:\xef\xbb\xbf)?WEBVTT\b"), ".vtt"),
    (re.compile(rb"\A(?:\xef\xbb\xbf)?1\r?\n\d\d:\d\d:\d\d,\d{3} --> "), ".srt"),
    (re.compile(rb"\A[^\0]{1,32}\0{1,32}.{28,60}BOOKMOBI", re.DOTALL), ".mobi"),
)
"""What stands near the beginning of a kind; in a file whose name tells its kind it may be quoted."""
_NEXT_LETTER = re.compile(rb"\n\r?\nFrom \S+@\S+ .*\n[A-Z][\w-]*: ")
_HEAD_BYTES = 2000
_LOCKED = ".locked"
"""Stands for a document of Word's under a password, which is packed as one of old Word was."""


@dataclass(frozen=True, slots=True)
class UnsupportedFormat:
    """A kind of document that is not read."""

    name: str
    """What it is, with its article."""
    hint: str
    """What to do to have it read, as a sentence."""
    is_told: bool
    """Whether it is likely to be meant for reading where it lies among articles."""

    @property
    def message(self) -> str:
        """What an error says of it."""
        return f"this is {self.name}, which is not read"


def unsupported_format(suffix: str) -> UnsupportedFormat | None:
    """Say what is known of a kind by its ending in small letters; None for nothing.

    >>> kind = unsupported_format(".doc")
    >>> kind and kind.message
    'this is a document of old Word, which is not read'
    """
    return _kinds().get(suffix)


def unsupported_suffix(data: bytes) -> str:
    """Say what a file is by its first bytes where its name may say something else; empty for nothing that is known.

    >>> unsupported_suffix(b"%!PS-Adobe-3.0"), unsupported_suffix(b"It rained.")
    ('.ps', '')
    """
    suffix = next((suffix for start, suffix in _BEGINNINGS if data.startswith(start)), "")
    return _LOCKED if suffix == ".doc" and "EncryptedPackage".encode("utf-16-le") in data else suffix


def unnamed_suffix(data: bytes) -> str:
    """Say what a file is that is not read, where its name says nothing; empty for nothing that is known.

    >>> unnamed_suffix(b"% My paper\\n\\\\documentclass{article}\\n"), unnamed_suffix(b"It rained.")
    ('.tex', '')
    """
    head = data[:_HEAD_BYTES]
    if head.startswith(b"From ") and _NEXT_LETTER.search(data):
        return ".mbox"
    return next((suffix for pattern, suffix in _CONTENTS if pattern.search(head)), "")


@cache
def _kinds() -> Mapping[str, UnsupportedFormat]:
    text = files("audiobuild.sources").joinpath("unsupported_formats.tsv").read_text(encoding="utf-8")
    rows = csv.reader(itertools.islice(text.splitlines(), 1, None), delimiter="\t")
    return {row[0]: UnsupportedFormat(row[1], row[2], is_told=row[3] == "told") for row in rows}
