"""Pictures of any size and kind come out as squares, or are refused before they take memory."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from audiobuild.errors import SoundError
from audiobuild.publish.pictures import drawing
from audiobuild.publish.pictures.drawing import square_jpeg

ORIENTATION = 0x0112


def png_head(width_px: int, height_px: int) -> bytes:
    """A PNG that says how large it is, and no more."""
    head = struct.pack(">II5B", width_px, height_px, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IDAT"


def gif_head(width_px: int, height_px: int) -> bytes:
    screen = b"GIF89a" + struct.pack("<HH3B", width_px, height_px, 0, 0, 0)
    return screen + b"," + struct.pack("<4HB", 0, 0, width_px, height_px, 0) + b"\x02\x02\x4c\x01\x00;"


def quarters(mode: str = "RGB") -> Image.Image:
    """Four colours, wider than high."""
    picture = Image.new("RGB", (1600, 1200))
    for place, colour in enumerate(((200, 0, 0), (0, 200, 0), (0, 0, 200), (200, 200, 0))):
        picture.paste(colour, (place % 2 * 800, place // 2 * 600, place % 2 * 800 + 800, place // 2 * 600 + 600))
    return picture.convert(mode)


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.mode, *picture.size) == ("JPEG", "RGB", 200, 200)
    return picture


@pytest.mark.parametrize(
    "data", [png_head(13_300, 13_300), png_head(60_000, 1000), gif_head(65_000, 400)], ids=["square", "strip", "gif"]
)
def test_a_picture_of_too_many_pixels_is_refused_by_its_head_with_the_limit(data: bytes) -> None:
    with pytest.raises(SoundError, match=r"where (50|25) can be"):
        square_jpeg(data, 600)


@pytest.mark.parametrize(
    "data", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe-3.0 EPSF-3.0\n", b"GIF89a"]
)
def test_what_is_no_picture_of_pixels_is_refused_whatever_its_name(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(data)
    with pytest.raises(SoundError, match=r"picture\.png: this is no picture"):
        square_jpeg(tmp_path / "picture.png", 600)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "I;16", "CMYK"])
def test_a_large_picture_is_made_small_strip_by_strip_as_it_would_be_whole(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = io.BytesIO()
    grey = Image.fromarray(np.asarray(quarters("L")).astype("uint16") * 256)
    (grey if mode == "I;16" else quarters(mode)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    whole = np.asarray(opened(square_jpeg(file.getvalue(), 200))).astype(int)
    monkeypatch.setattr(drawing, "_WHOLE_PX", 1000)
    monkeypatch.setattr(drawing, "_STRIP_PX", 20_000)
    stripped = np.asarray(opened(square_jpeg(file.getvalue(), 200))).astype(int)
    assert np.abs(whole - stripped).mean() < 2


def test_a_picture_that_was_taken_with_the_camera_on_its_side_stands_upright(monkeypatch: pytest.MonkeyPatch) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # its upper left corner was on the right
    file = io.BytesIO()
    quarters().save(file, "JPEG", exif=exif)
    for whole_px in (drawing._WHOLE_PX, 1000):
        monkeypatch.setattr(drawing, "_WHOLE_PX", whole_px)
        corner = opened(square_jpeg(file.getvalue(), 200)).getpixel((180, 20))
        assert corner == pytest.approx((200, 0, 0), abs=20)
