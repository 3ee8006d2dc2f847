"""Covers of a user's pictures are what programs for podcasts ask for, whatever picture they are made of."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from audiobuild.errors import SoundError
from audiobuild.publish.pictures.cover import COVER_PX, MIME
from audiobuild.publish.pictures.drawing import square_jpeg


def opened(data: bytes) -> Image.Image:
    """Open a cover, which must be a square JPEG in RGB of the size that Apple asks for."""
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (COVER_PX, COVER_PX))
    assert MIME == "image/jpeg"
    picture.load()
    return picture


def colour(picture: Image.Image, x: float, y: float) -> tuple[int, int, int]:
    """Colour at a place, each way from 0 to 1."""
    pixel = picture.getpixel((int(x * (picture.width - 1)), int(y * (picture.height - 1))))
    assert isinstance(pixel, tuple)
    red, green, blue = (int(value) for value in pixel)
    return red, green, blue


def shape_cover(path: Path) -> bytes:
    return square_jpeg(path, COVER_PX)


# --- pictures of the user's -------------------------------------------------------------------------


def quartered(size: tuple[int, int]) -> Image.Image:
    """Red, green / blue, white in the quarters of the square in the middle, black beyond it."""
    picture = Image.new("RGB", size, "black")
    side = min(size)
    left, top = (size[0] - side) // 2, (size[1] - side) // 2
    for index, fill in enumerate(["red", "lime", "blue", "white"]):
        x, y = left + index % 2 * side // 2, top + index // 2 * side // 2
        ImageDraw.Draw(picture).rectangle((x, y, x + side // 2 - 1, y + side // 2 - 1), fill)
    return picture


def assert_quartered(picture: Image.Image) -> None:
    wanted = {(0.2, 0.2): (255, 0, 0), (0.8, 0.2): (0, 255, 0), (0.2, 0.8): (0, 0, 255), (0.8, 0.8): (255,) * 3}
    for place, expected in wanted.items():
        assert colour(picture, *place) == pytest.approx(expected, abs=12)


@pytest.mark.parametrize("size", [(400, 400), (1600, 900), (300, 2000), (3000, 3000), (2, 2), (40, 400)])
def test_the_middle_of_a_picture_of_any_shape_becomes_a_square(size: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    quartered(size).save(path)
    assert_quartered(opened(shape_cover(path)))


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "jpg"), ("RGBA", "png"), ("P", "png"), ("P", "gif"), ("CMYK", "jpg"), ("RGB", "webp")]
)
def test_every_kind_of_colour_becomes_rgb(mode: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"picture.{kind}"
    quartered((600, 600)).convert(mode).save(path)
    assert_quartered(opened(shape_cover(path)))


@pytest.mark.parametrize("mode", ["L", "1", "LA", "I;16"])
def test_grey_pictures_become_rgb(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    grey = quartered((600, 600)).convert("L")
    if mode == "I;16":
        grey = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    (grey if mode == "I;16" else grey.convert(mode)).save(path)
    picture = opened(shape_cover(path))
    assert colour(picture, 0.8, 0.8) == pytest.approx((255, 255, 255), abs=8)
    if mode != "1":
        assert colour(picture, 0.2, 0.2) == pytest.approx((76, 76, 76), abs=8)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(mode: str, tmp_path: Path) -> None:
    """A black drawing on nothing must not become a black cover."""
    path = tmp_path / "logo.png"
    logo = Image.new("RGBA", (500, 500), (0, 0, 0, 0))
    ImageDraw.Draw(logo).rectangle((200, 200, 300, 300), (0, 0, 0, 255))
    logo.convert(mode).save(path)
    picture = opened(shape_cover(path))
    assert colour(picture, 0.1, 0.1) == pytest.approx((255, 255, 255), abs=5)
    assert colour(picture, 0.5, 0.5) == pytest.approx((0, 0, 0), abs=5)


@pytest.mark.parametrize(
    ("orientation", "turned"),
    [
        (3, Image.Transpose.ROTATE_180),
        (6, Image.Transpose.ROTATE_90),
        (8, Image.Transpose.ROTATE_270),
        (2, Image.Transpose.FLIP_LEFT_RIGHT),
    ],
)
def test_a_picture_taken_with_the_camera_held_sideways_is_set_upright(
    orientation: int, turned: Image.Transpose, tmp_path: Path
) -> None:
    path = tmp_path / "picture.jpg"
    exif = Image.Exif()
    exif[0x0112] = orientation
    quartered((900, 700)).transpose(turned).save(path, exif=exif, quality=95)
    assert_quartered(opened(shape_cover(path)))


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"GIF89a", bytes(9999), b"%PDF-1.4\n"])
def test_what_is_no_picture_is_an_error_that_names_the_file(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cover.png"
    path.write_bytes(data)
    with pytest.raises(SoundError, match="no picture") as caught:
        shape_cover(path)
    assert caught.value.where == str(path)
    assert caught.value.hint


def test_a_picture_that_is_not_there_and_a_folder_are_errors(tmp_path: Path) -> None:
    for path in (tmp_path / "cover.png", tmp_path):
        with pytest.raises(SoundError):
            shape_cover(path)


def picture_as(kind: str) -> bytes:
    file = io.BytesIO()
    quartered((40, 30)).save(file, kind)
    return file.getvalue()


PICTURES = {kind: picture_as(kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(PICTURES)), st.floats(0, 1), st.binary(max_size=4), st.booleans())
def test_a_damaged_picture_is_read_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, kind: str, where: float, other: bytes, cut: bool
) -> None:
    data = PICTURES[kind]
    place = int(where * len(data))
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(data[:place] + other + (b"" if cut else data[place + len(other) :]))
    try:
        cover = shape_cover(path)
    except SoundError:
        return
    opened(cover)
