"""Bytes to text, whatever its encoding (layer 1, pure)."""

from __future__ import annotations

import codecs

from audiobuild.errors import NoArticle, SourceError
from audiobuild.model.merge_conflicts import DECIDE, UNFINISHED, find_conflict
from audiobuild.sources.article_parts.marked_text import without_controls

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MOST_FOREIGN = 0.2
"""The share of bytes beyond ASCII in a text of Western Europe, at most."""
_SAMPLE_BYTES = 20_000


def decode_text(data: bytes, source: str) -> str:
    """Decode a text; its line ends become single ones, and control characters spaces.

    Raises:
        NoArticle: the file is empty.
        SourceError: these bytes are no text, or two versions of one.
    """
    text = _decoded(data)
    if text is None or "\0" in text:
        raise SourceError("this is no text", source, "An article is a Markdown or text file.")
    if not text.strip():
        raise NoArticle("the file is empty", source, "Write the article, or leave the file out.")
    text = without_controls(text.replace("\r\n", "\n").replace("\r", "\n"))
    if line := find_conflict(text):
        raise SourceError(UNFINISHED, f"{source}:{line}", DECIDE)
    return text


def _decoded(data: bytes) -> str | None:
    marked = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)
    encoding = marked[1] if marked else _unmarked(data)
    try:
        return data[len(marked[0]) if marked else 0 :].decode(encoding)
    except UnicodeDecodeError:
        return None if marked else _guessed(data)


def _unmarked(data: bytes) -> str:
    """Tell UTF-16 without a mark, of which every second byte is 0 in most texts, from UTF-8."""
    head = data[:_SAMPLE_BYTES]
    for encoding, place in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(data) % 2 == 0 and len(head) >= 4 and head[place::2].count(0) > 0.7 * len(head[place::2]):
            return encoding
    return "utf-8"


def _guessed(data: bytes) -> str | None:
    """Decode text that is not UTF-8: as Western Europe writes it where few bytes are foreign, else as is likeliest."""
    head = data[:_SAMPLE_BYTES]
    foreign = sum(byte > 0x7F for byte in head)
    if b"\0" in data:
        return None
    if foreign <= _MOST_FOREIGN * len(head):
        return data.decode("cp1252", errors="replace") if _is_western(head) else data.decode("latin-1")
    from charset_normalizer import from_bytes  # 60 ms

    best = from_bytes(head).best()
    return data.decode(best.encoding, errors="replace") if best else None


def _is_western(data: bytes) -> bool:
    return not any(byte in data for byte in b"\x81\x8d\x8f\x90\x9d")
