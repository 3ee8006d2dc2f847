"""New inputs of old ones: cut, repeated, turned round, given numbers that nobody expects (for scripts/fuzz)."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence

FRAGMENTS = (
    "a", "A", "1", "9" * 400, " ", "\n", "\t", "\0", "\u0301", "\ufeff", "\u202e", "é", "ſ", "𝟙", "½", "٣", "一",
    "🙂", "\u200d", ".", ",", "!", "?", ":", ";", "-", "–", "—", "'", "’", "“", '"', "(", ")", "[", "]", "![",
    "{", "}", "{{a}}", "{{<", "{%", "<", ">", "<a ", "<!--", "<!-- say:", "<![hello[", "<![CDATA[", "<p>",
    "</p>", "<div>", "<script>", "&", "&amp;", "&#x0;", "*", "**", "_", "~~", "`", "```", "#", "# ", "> ", "- ",
    "1. ", "|", "\\", "/", "//", "http://", "www.a.b ", "a@b.c ", "%", "$", "£", "€", "$1.2bn ", "£3 4s 6d ",
    "0s ", "6m ", "1,", "1.", "1:", "1/2", "1-", "1-2", "1e9", "II ", "Mr ", "U.S. ", "A.", "A B ", "IS ",
    "100km/h ", "10°C ", "²", "x^2 ", "= ", "+", "^", "[[", "[^1]", "[a](b) ", "\n\n", "\r\n", "$$", "---\n",
    "+++\n", "a: ", "[[a]]\n", "a = 1\n", "true", "null", "NaN", "1e999", "&lt;", "]]>", "<?xml ", "xmlns:",
    "\\u0000", "TRACK NO 5 SHUT, ", "GEN SMITH ", "<p>a", "AB 1 ", "A-B ", "MT ", "XI ",
    "<dl><dt>a<dd>b<dt>a<dd>b<dt>a<dd>b</dl>", "<div><img><div>a b c</div></div>",
)  # fmt: skip
"""What means something to one reader or another."""
SHORT_BLOCKS = (
    "a\n\n", "17\n\n", "5%\n\n", "a 17\n\n", "- a\n", "* a\n\n", "1. a\n", "1) a\n", "1. a\n\n", "- a\n  - b\n",
    "a. b\n\n", "# a\n\n", "## a\n", "a\n=\n\n", "> a\n\n", "> a\n", "a\n: b\n\n", "a\n: b\n: c\n\n",
    "|a|\n|-|\n|b|\n\n", "a\n", "a\\\n", "a  \n", "boat\n\n", "“Yes.”\n\n", '"Go!"\n\n', "– No.\n\n", "A: b\n\n",
    "**a**\n\n", "*a*\n\n", "`a`\n\n", "[a](b)\n\n", "[^1]: a\n", "a[^1]\n\n", "![a](b)\n\n", "a\n\n---\n\n", "<li>a",
    "<p>1", "<p>1. a", "<td>a", "<tr><td>a", "<br>a", "a<br>", "<b>a", "<h2>a</h2>", "<dt>a<dd>b", "<blockquote>a",
    "<div>a", "<p>a<br>b", "<hr>a", "<p><b>a</b>", "1.\n", "a-\n", "a\n~\n\n", "CHAPTER I\n\n", "I. a\n\n", "\fa\n",
    "[1] a\n", "  a\n", "* * *\n", ".. a::\n\n", "THE END\n\n", "a ... 1\n", "12\n\n\f", "(1) a\n\n",
)  # fmt: skip
"""Blocks that are as short as they can be: what is done for each of them counts most there."""
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 2_000_000_000)
_LONGEST = 20_000
"""How long an input may grow, in bytes; scripts/fuzz --slow tries longer ones."""

_WITHIN = 0.8
"""How often a packed document is changed in one of its files, rather than as it is packed."""


def mutated(seeds: Sequence[bytes], lot: random.Random, *, is_text: bool) -> bytes:
    """Change one of the seeds in one place or in several."""
    seed = lot.choice(seeds)
    if seed.startswith(b"PK") and lot.random() < _WITHIN:
        return _mutated_within(seed, lot)
    data = bytearray(seed)
    if len(data) > _LONGEST:
        start = lot.randrange(len(data) - _LONGEST) if is_text else 0
        data = data[start : start + _LONGEST] if is_text else data
    for _ in range(lot.choice((1, 1, 2, 3, 5, 9))):
        change = lot.choice(_OF_TEXT if is_text else _OF_BYTES)
        change(data, _place(data, lot), lot, seeds)
    return bytes(data[: 10 * _LONGEST])


def _mutated_within(seed: bytes, lot: random.Random) -> bytes:
    """Change one of the files that are packed into a document, and pack it as if nothing had happened."""
    with zipfile.ZipFile(io.BytesIO(seed)) as packed:
        files = {entry: packed.read(entry) for entry in packed.infolist()}
    chosen = lot.choice([entry for entry, data in files.items() if data])
    files[chosen] = mutated([files[chosen]], lot, is_text=False)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for entry, data in files.items():
            archive.writestr(zipfile.ZipInfo(entry.filename), data, entry.compress_type)
    return written.getvalue()


def _place(data: bytearray, lot: random.Random) -> int:
    """A place anywhere, or in the head, where most is decided."""
    return lot.randrange(min(len(data), lot.choice((64, 512, 8192, len(data) + 1))) + 1)


_Change = Callable[[bytearray, int, random.Random, Sequence[bytes]], None]


def _flip(data: bytearray, place: int, lot: random.Random, _: Sequence[bytes]) -> None:
    data[place : place + 1] = bytes([lot.randrange(256)])


def _number(data: bytearray, place: int, lot: random.Random, _: Sequence[bytes]) -> None:
    size = lot.choice((1, 2, 4, 8))
    number = lot.choice(_NUMBERS) & ((1 << 8 * size) - 1)
    data[place : place + size] = number.to_bytes(size, lot.choice(("big", "little")))


def _cut(data: bytearray, place: int, lot: random.Random, _: Sequence[bytes]) -> None:
    del data[place : place + lot.choice((1, 4, 30, 1000, len(data)))]


def _repeat(data: bytearray, place: int, lot: random.Random, _: Sequence[bytes]) -> None:
    piece = data[place : place + lot.choice((1, 4, 30, 300))]
    data[place:place] = piece * min(lot.choice((1, 2, 50, 3000)), _LONGEST // max(1, len(piece)))


def _splice(data: bytearray, place: int, lot: random.Random, seeds: Sequence[bytes]) -> None:
    other = lot.choice(seeds)
    start = lot.randrange(len(other) + 1)
    data[place:place] = other[start : start + lot.choice((10, 100, 2000))]


def _fragment(data: bytearray, place: int, lot: random.Random, _: Sequence[bytes]) -> None:
    fragment = lot.choice(FRAGMENTS).encode()
    data[place:place] = fragment * min(lot.choice((1, 1, 1, 2, 3, 40, 2000)), _LONGEST // len(fragment))


def _letter(data: bytearray, place: int, lot: random.Random, _: Sequence[bytes]) -> None:
    data[place:place] = chr(lot.choice((lot.randrange(0x20, 0x250), lot.randrange(0x300, 0xD800)))).encode()


_OF_TEXT: tuple[_Change, ...] = (_fragment, _fragment, _fragment, _letter, _cut, _repeat, _splice, _flip)
_OF_BYTES: tuple[_Change, ...] = (_flip, _flip, _number, _number, _cut, _repeat, _splice)
