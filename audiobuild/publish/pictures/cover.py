"""Covers: how large they are, and one that is drawn where there is no picture (layer 3).

Source: Apple Podcasts' artwork rules: square, 1400 to 3000 pixels, RGB, JPEG or PNG.
"""

from __future__ import annotations

import hashlib

from audiobuild.publish.pictures.drawing import JPEG_MIME, Canvas, cut, drawable_text, text_width

COVER_PX = 1400
CHAPTER_PX = 600
"""Side of a chapter's picture. A photograph has 50 to 150 kB then, and all of them stand before the first sound."""
MIME = JPEG_MIME

_MARGIN_PX = 110
_BARS = 41
_TITLE_SIZES_PX = (170, 150, 130, 112, 96, 82, 70, 58)
_TITLE_HEIGHT_PX = 700
_LINE_SIZE_PX = 54
_WIDTH_PX = COVER_PX - 2 * _MARGIN_PX
_PALE_FROM = 480
"""Sum of red, green and blue from which a ground is pale."""
_PALE = (250, 247, 240)
_DARK = (28, 28, 32)


def draw_cover(title: str, line: str, accent: str) -> bytes:
    """Draw a cover: the title, a row of bars like a sound's wave, and a line under it.

    Args:
        title: the show's name; what does not fit is cut.
        line: what stands at the foot, such as the date; may be empty.
        accent: the ground's colour, "#rrggbb".
    """
    canvas = Canvas((COVER_PX, COVER_PX), accent)
    ink = _DARK if _is_pale(accent) else _PALE
    size_px, lines = _fitted(drawable_text(title))
    canvas.lines((_MARGIN_PX, _MARGIN_PX), lines, size_px, ink, _spacing_px(size_px))
    _draw_wave(canvas, title, _tint(accent))
    foot = cut(drawable_text(line), _LINE_SIZE_PX, _WIDTH_PX)
    canvas.text((_MARGIN_PX, COVER_PX - _MARGIN_PX), foot, _LINE_SIZE_PX, ink, "ls")
    return canvas.jpeg()


def _fitted(title: str) -> tuple[int, str]:
    """The largest size at which the title fits, and the title cut into lines."""
    for size_px in _TITLE_SIZES_PX:
        lines = _lines(title.split(), size_px)
        if len(lines) <= _most_lines(size_px) and all(text_width(line, size_px) <= _WIDTH_PX for line in lines):
            return size_px, "\n".join(lines)
    lines = _lines([part for word in title.split() for part in _parts(word, size_px)], size_px)
    most = _most_lines(size_px)
    return size_px, "\n".join([*lines[: most - 1], cut(" ".join(lines[most - 1 :]), size_px, _WIDTH_PX)])


def _lines(words: list[str], size_px: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size_px) <= _WIDTH_PX:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _parts(word: str, size_px: int) -> list[str]:
    """A word too long for a line, in parts that are not."""
    parts = [""]
    for char in word:
        if text_width(parts[-1] + char, size_px) > _WIDTH_PX:
            parts.append("")
        parts[-1] += char
    return parts


def _most_lines(size_px: int) -> int:
    return _TITLE_HEIGHT_PX // (size_px + _spacing_px(size_px))


def _spacing_px(size_px: int) -> int:
    return round(size_px * 0.22)


def _draw_wave(canvas: Canvas, title: str, colour: tuple[int, int, int]) -> None:
    """Bars whose heights follow from the title: every show has its own, and always the same."""
    seed = hashlib.sha256(title.encode()).digest() * 2
    step = _WIDTH_PX / (_BARS - 1)
    middle, width = COVER_PX - 390, step * 0.5
    for bar in range(_BARS):
        swell = 1 - abs(2 * bar / (_BARS - 1) - 1) ** 2.2
        half = 12 + 150 * swell * (0.35 + 0.65 * seed[bar] / 255)
        x = _MARGIN_PX + bar * step
        canvas.box((x - width / 2, middle - half, x + width / 2, middle + half), colour, width / 2)


def _is_pale(accent: str) -> bool:
    return sum(bytes.fromhex(accent[1:])) >= _PALE_FROM


def _tint(accent: str) -> tuple[int, int, int]:
    """The accent half-way to white, or half-way to black where it is pale itself."""
    red, green, blue = bytes.fromhex(accent[1:])
    target = 0 if _is_pale(accent) else 255
    return (red + target) // 2, (green + target) // 2, (blue + target) // 2
