"""Covers: a picture of the user's brought into shape, or a generated one (layer 3).

Source: Apple Podcasts' artwork rules: square, 1400 to 3000 pixels, RGB, JPEG or PNG.
"""

from __future__ import annotations

import hashlib
import io
import struct
import unicodedata
import warnings
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from audiobuild.errors import SoundError

COVER_PX = 1400
MIME = "image/jpeg"

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)
"""What Pillow raises for files that are no picture or a damaged one."""

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
_STAND_INS = str.maketrans(
    dict(
        pair.split(":")
        for pair in "–:- —:- −:- ‐:- ‑:- ⁄:/ ×:x £:GBP €:EUR ¥:JPY ß:ss æ:ae Æ:Ae œ:oe Œ:Oe ø:o Ø:O ł:l Ł:L ı:i "
        "đ:d Đ:D ð:d Ð:D þ:th Þ:Th".split()
    )
)
"""What is drawn for characters that the typeface lacks; it has no accents either."""


def shape_cover(path: Path) -> bytes:
    """Bring a picture to a square JPEG of 1400 pixels, cut at its middle.

    Raises:
        SoundError: the file is no picture.
    """
    try:
        # Of a damaged or very large picture Pillow also warns, in words that help nobody here.
        with warnings.catch_warnings(action="ignore"), Image.open(path) as picture:
            upright = _on_white(ImageOps.exif_transpose(picture))
    except _BROKEN as error:
        raise SoundError("this is no picture that can be read", str(path), "Use a JPEG or PNG file.") from error
    return _jpeg(ImageOps.fit(upright, (COVER_PX, COVER_PX), Image.Resampling.LANCZOS))


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in RGB; where it is transparent, what lies under it would come to light, so white is laid there."""
    if picture.mode.startswith("I;16"):  # Pillow cuts sixteen bits of grey off at 255
        picture = picture.point(lambda grey: grey * (1 / 256)).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")


def draw_cover(title: str, line: str, accent: str) -> bytes:
    """Draw a cover: the title, a row of bars like a sound's wave, and a line under it.

    Args:
        title: the show's name; what does not fit is cut.
        line: what stands at the foot, such as the date; may be empty.
        accent: the ground's colour, "#rrggbb".
    """
    picture = Image.new("RGB", (COVER_PX, COVER_PX), accent)
    draw = ImageDraw.Draw(picture)
    ink = _DARK if _is_pale(accent) else _PALE
    font, lines = _fitted(_drawable(title))
    draw.multiline_text((_MARGIN_PX, _MARGIN_PX), lines, font=font, fill=ink, spacing=_spacing_px(font))
    _draw_wave(draw, title, _tint(accent))
    small = _font(_LINE_SIZE_PX)
    foot = _cut(small, _drawable(line))
    draw.text((_MARGIN_PX, COVER_PX - _MARGIN_PX), foot, font=small, fill=ink, anchor="ls")
    return _jpeg(picture)


def _drawable(text: str) -> str:
    """The text in characters that the typeface has: without accents, and without what has no likeness in it."""
    font = _font(_LINE_SIZE_PX)
    missing = bytes(font.getmask("\U0010fffd"))
    plain = unicodedata.normalize("NFKD", text.translate(_STAND_INS)).translate(_STAND_INS)
    return " ".join("".join(char for char in plain if char.isspace() or bytes(font.getmask(char)) != missing).split())


def _fitted(title: str) -> tuple[ImageFont.FreeTypeFont, str]:
    """The largest size at which the title fits, and the title cut into lines."""
    for size in _TITLE_SIZES_PX:
        font = _font(size)
        lines = _lines(font, title.split())
        if len(lines) <= _most_lines(font) and all(font.getlength(line) <= _WIDTH_PX for line in lines):
            return font, "\n".join(lines)
    lines = _lines(font, [part for word in title.split() for part in _parts(font, word)])
    most = _most_lines(font)
    return font, "\n".join([*lines[: most - 1], _cut(font, " ".join(lines[most - 1 :]))])


def _lines(font: ImageFont.FreeTypeFont, words: list[str]) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= _WIDTH_PX:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _parts(font: ImageFont.FreeTypeFont, word: str) -> list[str]:
    """A word too long for a line, in parts that are not."""
    parts = [""]
    for char in word:
        if font.getlength(parts[-1] + char) > _WIDTH_PX:
            parts.append("")
        parts[-1] += char
    return parts


def _cut(font: ImageFont.FreeTypeFont, line: str) -> str:
    """As much of a line as fits."""
    if font.getlength(line) <= _WIDTH_PX:
        return line
    while font.getlength(f"{line}…") > _WIDTH_PX:
        line = line[:-1].rstrip()
    return f"{line}…"


def _most_lines(font: ImageFont.FreeTypeFont) -> int:
    return int(_TITLE_HEIGHT_PX // (font.size + _spacing_px(font)))


def _spacing_px(font: ImageFont.FreeTypeFont) -> int:
    return round(font.size * 0.22)


def _font(size_px: int) -> ImageFont.FreeTypeFont:
    """The typeface that comes with Pillow: the same on every machine."""
    font = ImageFont.load_default(size_px)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow was built without FreeType")
    return font


def _draw_wave(draw: ImageDraw.ImageDraw, title: str, colour: tuple[int, int, int]) -> None:
    """Bars whose heights follow from the title: every show has its own, and always the same."""
    seed = hashlib.sha256(title.encode()).digest() * 2
    step = _WIDTH_PX / (_BARS - 1)
    middle, width = COVER_PX - 390, step * 0.5
    for bar in range(_BARS):
        swell = 1 - abs(2 * bar / (_BARS - 1) - 1) ** 2.2
        half = 12 + 150 * swell * (0.35 + 0.65 * seed[bar] / 255)
        x = _MARGIN_PX + bar * step
        draw.rounded_rectangle((x - width / 2, middle - half, x + width / 2, middle + half), width / 2, fill=colour)


def _is_pale(accent: str) -> bool:
    return sum(bytes.fromhex(accent[1:])) >= _PALE_FROM


def _tint(accent: str) -> tuple[int, int, int]:
    """The accent half-way to white, or half-way to black where it is pale itself."""
    red, green, blue = bytes.fromhex(accent[1:])
    target = 0 if _is_pale(accent) else 255
    return (red + target) // 2, (green + target) // 2, (blue + target) // 2


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85, optimize=True)
    return file.getvalue()
