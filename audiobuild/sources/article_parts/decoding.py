"""Bytes to text, whatever its encoding (layer 1, pure)."""

from __future__ import annotations

import codecs
import re

from audiobuild.errors import NoArticle, SourceError
from audiobuild.model.merge_conflicts import DECIDE, UNFINISHED, find_conflict
from audiobuild.sources.article_parts.marked_text import without_controls

MARKS = (
    *((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8")),
    *((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
)
"""What texts begin with that say their encoding, the longest first."""
_LAST_ASCII = 0x7F
_STRAYS, _STRAY_RUNS = re.compile("[\udc80-\udcff]"), re.compile("[\udc80-\udcff]+")
"""Bytes that are no UTF-8, as Python stands in for them."""
_ODD = re.compile(
    r"[a-z](?:(?![ß-öø-ÿœšžıﬁﬂƒªº’”»)…–—™®°²³¹])[^\x00-\x7f])|(?![\xa0-\xff“‘„«‹(–—…€œŒšŠžŽŸıﬁﬂ’”])[^\x00-\x7f](?=[a-z])"
    r"|[a-z](?=[¡¿«])|[\x80-\x9f]"
)
"""What stands at a small letter in no word of Western Europe."""
_CYRILLIC = ("cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic")
_ODD_CYRILLIC = re.compile(r"[^\x00-\x7fА-яЁёІіЇїЄєҐґ«»„“”’—–…№\xa0§°]|[а-я](?=[А-Я])")
_COMMON, _MOSTLY = 0.55, 0.85
"""So many letters of Russian are its ten commonest; so many of the letters are Cyrillic, the rest signs."""
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
    marked = next(((mark, name) for mark, name in MARKS if data.startswith(mark)), None)
    encoding = marked[1] if marked else _unmarked(data)
    try:
        return data[len(marked[0]) if marked else 0 :].decode(encoding)
    except UnicodeDecodeError:
        return None if marked else guess_text(data)


def _unmarked(data: bytes) -> str:
    """Tell UTF-16 without a mark, of which every second byte is 0 in most texts, from UTF-8."""
    head = data[:_SAMPLE_BYTES]
    for encoding, place in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(data) % 2 == 0 and len(head) >= 4 and head[place::2].count(0) > 0.7 * len(head[place::2]):
            return encoding
    return "utf-8"


def guess_text(data: bytes) -> str | None:
    """Decode text that is not UTF-8 throughout, in the encoding that is likeliest; None where it is no text.

    >>> guess_text("Ein Café".encode() + b" und ein Caf\\xe9")
    'Ein Café und ein Café'
    >>> guess_text("In the café — it’s late".encode("mac_roman"))
    'In the café — it’s late'
    """
    if b"\0" in data:
        return None
    text = data.decode("utf-8", "surrogateescape")
    strays = len(_STRAYS.findall(text))
    if strays <= sum(ord(each) > _LAST_ASCII for each in text) - strays:
        return _STRAY_RUNS.sub(lambda found: _western(found[0].encode("utf-8", "surrogateescape"), "cp1252"), text)
    head = data[:_SAMPLE_BYTES]
    if sum(byte > _LAST_ASCII for byte in head) <= _MOST_FOREIGN * len(head):
        return _western(data, min(("cp1252", "mac_roman"), key=lambda name: _oddities(_western(head, name))))
    cyrillic = max(_CYRILLIC, key=lambda name: _commonness(head.decode(name, "replace")))
    if _commonness(head.decode(cyrillic, "replace")) >= _COMMON:
        return data.decode(cyrillic, "replace")
    from charset_normalizer import from_bytes  # 60 ms

    best = from_bytes(head).best()
    return data.decode(best.encoding, errors="replace") if best else None


def _western(data: bytes, encoding: str) -> str:
    """Decode bytes of Western Europe; those that Windows has no letter for are control characters."""
    has_none = encoding == "cp1252" and any(byte in data for byte in b"\x81\x8d\x8f\x90\x9d")
    return data.decode("latin-1" if has_none else encoding)


def _oddities(text: str) -> int:
    """Count what stands in no word: a capital or a sign behind a small letter, a sign before one."""
    return len(_ODD.findall(text))


def _commonness(text: str) -> float:
    """How likely a text is Russian or Ukrainian: the share of its commonest letters, less what stands in no word."""
    foreign = [each for each in text if ord(each) > _LAST_ASCII]
    letters = [each for each in foreign if "\u0400" <= each <= "\u045f"]
    if len(letters) < _MOSTLY * len(foreign) or not letters:
        return 0.0
    odd = len(_ODD_CYRILLIC.findall(text))
    return (sum(each in "оеаинтсрвлі" for each in letters) - odd) / len(letters)
