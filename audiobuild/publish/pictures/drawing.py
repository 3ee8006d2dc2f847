"""Pictures: reading, text and shapes; beside the typefaces the one place that knows Pillow (layer 3).

Every length and place is in pixels, from the upper left corner; a colour is "#rrggbb", or red, green and blue to 255.
"""

from __future__ import annotations

import io
import math
import struct
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageOps

from audiobuild.errors import SoundError
from audiobuild.publish.pictures.typefaces import (
    ASCENT,
    DESCENT,
    PLAIN,
    Style,
    direction_of,
    font_of,
    run_width,
    set_line,
)

Colour: TypeAlias = str | tuple[int, int, int]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom; all of them are drawn."""

JPEG_MIME = "image/jpeg"

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)
"""What Pillow raises for files that are no picture or a damaged one."""

_PROGRESSIVE = "progressive JPEG"
_MOST_PX = {
    _PROGRESSIVE: 36_000_000,
    **dict.fromkeys(("JPEG", "MPO", "PNG", "BMP"), 50_000_000),
    **dict.fromkeys(("GIF", "TIFF"), 25_000_000),
    **dict.fromkeys(("WEBP", "AVIF"), 16_000_000),
}
"""How many pixels a picture of each kind may have that are decoded at once: Pillow holds 4, 8 or 16 bytes of each. A
JPEG is decoded at the size that is needed, so that its own may be larger, unless it is a progressive one."""
_WHOLE_PX = 12_000_000
"""How many pixels may be copied as a whole on the way."""
_STRIP_PX = 1_000_000
_ORIENTATION = 0x0112
"""What EXIF calls the side on which a camera was held."""


class Canvas:
    """A picture that is being drawn."""

    def __init__(self, size_px: tuple[int, int], ground: Colour, scale: int = 1, unit: float = 1) -> None:
        """Begin a picture.

        Args:
            size_px: width and height, before `unit`.
            ground: its colour.
            scale: above 1 it is drawn so many times larger, for lines without steps.
            unit: how many pixels of the picture one pixel of its drawing is.
        """
        self._scale, self._unit = scale, scale * unit
        width, height = size_px
        self._picture = Image.new("RGB", (round(width * unit) * scale, round(height * unit) * scale), ground)
        self._draw = ImageDraw.Draw(self._picture)

    def box(self, box: Box, fill: Colour, radius_px: float = 0) -> None:
        """Fill a rectangle, its corners rounded."""
        scaled = self._scaled(box)
        if radius_px:
            self._draw.rounded_rectangle(scaled, radius_px * self._unit, fill=fill)
        else:
            self._draw.rectangle(scaled, fill)

    def line(self, points: Sequence[tuple[float, float]], fill: Colour, width_px: float) -> None:
        """Draw a line from point to point."""
        scaled = [(x * self._unit, y * self._unit) for x, y in points]
        self._draw.line(scaled, fill, max(1, round(width_px * self._unit)), "curve")

    def shape(self, points: Sequence[tuple[float, float]], fill: Colour) -> None:
        """Fill a shape with corners."""
        self._draw.polygon([(x * self._unit, y * self._unit) for x, y in points], fill)

    def arc(self, box: Box, degrees: tuple[float, float], fill: Colour, width_px: float) -> None:
        """Draw a part of a ring within a box, clockwise from its right."""
        self._draw.arc(self._scaled(box), *degrees, fill, round(width_px * self._unit))

    def picture(self, source: Path | bytes) -> None:
        """Fill the whole with a picture, cut at its middle.

        Raises:
            SoundError: the file is no picture.
        """
        self._picture.paste(_squared(source, self._picture.width))

    def text(
        self,
        place: tuple[float, float],
        text: str,
        size_px: float,
        fill: Colour,
        anchor: str = "la",
        style: Style = PLAIN,
    ) -> None:
        """Write a line of text; the anchor: left, middle, right; ascender, middle, baseline ("s")."""
        (x, y), size = place, round(size_px * self._unit)
        runs = [(run, run_width(run, size, style)) for run in set_line(text, style.face)]
        left = x * self._unit - sum(width for _, width in runs) * {"l": 0, "m": 0.5, "r": 1}[anchor[0]]
        base = y * self._unit + size * {"a": ASCENT, "m": (ASCENT - DESCENT) / 2, "s": 0}[anchor[1]]
        for run, width in runs:
            font = font_of(run.file, size, style)
            self._draw.text((left, base), run.text, fill, font, "ls", direction=direction_of(run))
            left += width

    def png(self) -> bytes:
        """End the picture as a PNG."""
        file = io.BytesIO()
        whole = self._picture if self._scale == 1 else self._picture.reduce(self._scale)
        whole.save(file, "PNG")
        return file.getvalue()

    def jpeg(self, comment: str = "") -> bytes:
        """End the picture as a JPEG, with a remark in its head."""
        return _jpeg(self._picture if self._scale == 1 else self._picture.reduce(self._scale), comment)

    def _scaled(self, box: Box) -> Box:
        left, top, right, bottom = (side * self._unit for side in box)
        return left, top, right, bottom


@dataclass(frozen=True, slots=True)
class PictureHead:
    """What the head of a picture file says."""

    kind: str
    """"JPEG" or "PNG"."""
    width_px: int
    height_px: int


def read_head(data: bytes) -> PictureHead | None:
    """Read the size of a JPEG or PNG from its head; None where it is neither."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            kind = "PNG" if picture.format == "PNG" else "JPEG"  # one that holds several is called otherwise
            return PictureHead(kind, *picture.size)
    except _BROKEN:
        return None


def square_jpeg(source: Path | bytes, side_px: int) -> bytes:
    """Bring a picture to a square JPEG in RGB, cut at its middle.

    Args:
        source: its file, or what stands in one.

    Raises:
        SoundError: the file is no picture.
    """
    return _jpeg(_squared(source, side_px))


def _squared(source: Path | bytes, side_px: int) -> Image.Image:
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    where = "the book's cover" if isinstance(source, bytes) else str(source)
    try:
        # Of a damaged or very large picture Pillow also warns, in words that help nobody here.
        with warnings.catch_warnings(action="ignore"), Image.open(file) as picture:
            if picture.format not in _MOST_PX:  # of some Pillow would have another program make something
                raise SyntaxError(f"a picture of the kind {picture.format}")
            if "progressive" in picture.info:
                _refuse_large(picture.size, _PROGRESSIVE, where)
            picture.draft(None, (2 * side_px, 2 * side_px))  # a JPEG that is much larger need not be decoded whole
            _refuse_large(picture.size, picture.format, where)
            small = _on_white(picture) if math.prod(picture.size) <= _WHOLE_PX else _reduced(picture, side_px)
            orientation = picture.getexif().get(_ORIENTATION)
    except _BROKEN as error:
        raise SoundError("this is no picture that can be read", where, "Use a JPEG or PNG file.") from error
    if orientation:
        small.getexif()[_ORIENTATION] = orientation
    return ImageOps.fit(ImageOps.exif_transpose(small), (side_px, side_px), Image.Resampling.LANCZOS)


def _refuse_large(size_px: tuple[int, int], kind: str | None, where: str) -> None:
    """Refuse what would take too much memory to decode."""
    most_px = _MOST_PX[kind or ""]
    if math.prod(size_px) > most_px:
        message = (
            f"the picture has {math.prod(size_px) // 1_000_000} million pixels, where {most_px // 1_000_000} can be"
        )
        raise SoundError(message, where, "Scale it down, or use a smaller one.")


def _reduced(picture: Image.Image, side_px: int) -> Image.Image:
    """The middle of a large picture in RGB, not much larger than it has to be; strip by strip, since each is copied."""
    width, height = picture.size
    cut_px = min(width, height)
    factor = max(1, cut_px // (2 * side_px))
    left, top = (width - cut_px) // 2, (height - cut_px) // 2
    side = cut_px // factor
    square = Image.new("RGB", (side, side))
    rows = max(1, _STRIP_PX // (cut_px * factor))
    for row in range(0, side, rows):
        behind = top + min(side, row + rows) * factor
        strip = picture.crop((left, top + row * factor, left + side * factor, behind))
        square.paste(_on_white(strip).reduce(factor), (0, row))
    return square


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in RGB; where it is transparent, what lies under it would come to light, so white is laid there."""
    if picture.mode.startswith("I;16"):  # Pillow cuts sixteen bits of grey off at 255
        picture = picture.point(lambda grey: grey * (1 / 256)).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")


def _jpeg(picture: Image.Image, comment: str = "") -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85, optimize=True, comment=comment.encode())
    return file.getvalue()
