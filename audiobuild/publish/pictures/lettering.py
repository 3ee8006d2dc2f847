"""Text that has to fit: how wide it is, where its lines break, how large it can be (layer 3).

Every length is in pixels.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from audiobuild.publish.pictures.typefaces import PLAIN, Style, has_letter, run_width, set_line

LEADING = 1.12
"""From one line to the next, in sizes."""

_STAND_INS = str.maketrans(dict(pair.split(":") for pair in "‐:- ‑:- ⁄:/ −:-".split()))
"""What is drawn for characters that a typeface may lack."""
_UNSPACED = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
"""Characters between which a line may end: Chinese and Japanese have no spaces."""
_HALVINGS = 6
_MEASURED_AT_PX = 100
_MOST_WORDS = 40
"""On a line, as far as anybody looks."""
_NEVER_FIRST = "、。，．！？：；）」』】〉》・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"


@dataclass(frozen=True, slots=True)
class Room:
    """What there is room for."""

    width_px: float
    height_px: float
    sizes_px: Sequence[int]
    """Those that may be, the largest first."""
    leading: float = LEADING
    """From one base line to the next, in sizes of the letters."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text in lines."""

    lines: tuple[str, ...]
    size_px: int
    leading: float = LEADING
    """As in `Room`."""

    @property
    def height_px(self) -> float:
        """From the top of the first line to the foot of the last."""
        return self.size_px * (1 + (len(self.lines) - 1) * self.leading) if self.lines else 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands on one line; its widths are in sizes of the letters."""

    text: str
    width: float
    advance: float
    """With the space behind it."""


def drawable_text(text: str) -> str:
    """Give the text in characters that there are letters for; what has none, and no likeness, is left out."""
    plain = "".join(_likeness(char) for char in unicodedata.normalize("NFC", text))
    return " ".join(plain.split())


def is_drawable(text: str) -> bool:
    """Say whether all of a text can be drawn, or something like it."""
    return len("".join(drawable_text(text).split())) >= len("".join(unicodedata.normalize("NFC", text).split()))


def text_width(text: str, size_px: int, style: Style = PLAIN) -> float:
    """Measure how wide a line of text is drawn."""
    return sum(run_width(run, size_px, style) for run in set_line(text, style.face))


def cut_to_width(text: str, size_px: int, width_px: float, style: Style = PLAIN) -> str:
    """Give as much of a line as fits."""
    if text_width(text, size_px, style) <= width_px:
        return text
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        if text_width(f"{text[:middle].rstrip()}…", size_px, style) <= width_px:
            low = middle
        else:
            high = middle
    return f"{text[:low].rstrip()}…"


def fit(text: str, room: Room, style: Style = PLAIN) -> Fitted:
    """Set a text as large as there is room for; at the smallest size, what does not fit is cut."""
    pieces = _measured(_pieces(text), style)
    for size_px in room.sizes_px:
        width = room.width_px / size_px
        lines = _lines(pieces, width)
        if len(lines) <= _most_lines(room, size_px) and _widest(lines) <= width:
            said = _written(_balanced(pieces, len(lines), width))
            if all(text_width(line, size_px, style) <= room.width_px for line in said):
                return Fitted(said, size_px, room.leading)
    return _cut_down(pieces, room, style)


def _cut_down(pieces: Sequence[_Piece], room: Room, style: Style) -> Fitted:
    """Set a text at the smallest size, its words broken where they have to be."""
    size_px, most = room.sizes_px[-1], max(1, _most_lines(room, room.sizes_px[-1]))
    parts: list[str] = []
    for piece in pieces:
        parts += _broken(piece.text, size_px, room.width_px, style)
        if len(parts) > most * _MOST_WORDS:
            break  # what is behind it cannot be seen
    lines = _written(_lines(_measured(parts, style), room.width_px / size_px))
    if len(lines) > most:
        lines = (*lines[: most - 1], cut_to_width(" ".join(lines[most - 1 :]), size_px, room.width_px, style))
    return Fitted(tuple(cut_to_width(line, size_px, room.width_px, style) for line in lines), size_px, room.leading)


def _likeness(char: str) -> str:
    if has_letter(char) or char.isspace():
        return char
    plain = unicodedata.normalize("NFKD", char.translate(_STAND_INS))
    return "".join(each for each in plain if has_letter(each))


def _pieces(text: str) -> list[str]:
    """Part a text where a line may end; a piece holds the space behind it."""
    pieces: list[str] = []
    for word in text.split():
        begins = True
        for char in word:
            joins = unicodedata.category(char)[0] == "M" or char in _NEVER_FIRST
            if begins or (not joins and (_UNSPACED.match(char) or _UNSPACED.match(pieces[-1][-1]))):
                pieces.append(char)
            else:
                pieces[-1] += char
            begins = False
        pieces[-1] += " "
    return pieces


def _measured(texts: Sequence[str], style: Style) -> list[_Piece]:
    space = text_width(" ", _MEASURED_AT_PX, style) / _MEASURED_AT_PX
    pieces = []
    for text in texts:
        width = text_width(text.rstrip(), _MEASURED_AT_PX, style) / _MEASURED_AT_PX
        pieces.append(_Piece(text, width, width + space * text.endswith(" ")))
    return pieces


def _lines(pieces: Sequence[_Piece], width: float) -> list[list[_Piece]]:
    lines: list[list[_Piece]] = []
    used = 0.0
    for piece in pieces:
        if lines and used + piece.width <= width:
            lines[-1].append(piece)
        else:
            lines.append([piece])
            used = 0.0
        used += piece.advance
    return lines


def _balanced(pieces: Sequence[_Piece], count: int, width: float) -> list[list[_Piece]]:
    """Break into as many lines as there have to be, and none much shorter than the others."""
    low, high = width / 2, width
    for _ in range(_HALVINGS if count > 1 else 0):
        middle = (low + high) / 2
        lines = _lines(pieces, middle)
        if len(lines) <= count and _widest(lines) <= middle:
            high = middle
        else:
            low = middle
    return _lines(pieces, high)


def _written(lines: Sequence[Sequence[_Piece]]) -> tuple[str, ...]:
    return tuple("".join(piece.text for piece in line).rstrip() for line in lines)


def _broken(piece: str, size_px: int, width_px: float, style: Style) -> list[str]:
    """A word too long for a line, in parts that are not; a mark stays with its letter."""
    parts = [""]
    for char in piece:
        is_mark = unicodedata.category(char)[0] == "M"
        if parts[-1] and not is_mark and text_width((parts[-1] + char).rstrip(), size_px, style) > width_px:
            parts.append("")
        parts[-1] += char
    return parts


def _widest(lines: Sequence[Sequence[_Piece]]) -> float:
    return max((sum(piece.advance for piece in line[:-1]) + line[-1].width for line in lines), default=0)


def _most_lines(room: Room, size_px: int) -> int:
    return int((room.height_px / size_px - 1) / room.leading) + 1 if room.height_px >= size_px else 0
