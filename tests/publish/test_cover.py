"""Covers are what programs for podcasts ask for, whatever picture or title they are made of."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from audiobuild.errors import SoundError
from audiobuild.publish.pictures.cover import COVER_PX, MIME, draw_cover
from audiobuild.publish.pictures.drawing import square_jpeg

BLUE = "#0b5394"
WAVE_TOP_PX = 840
MARGIN_PX = 110


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


# --- covers that are drawn --------------------------------------------------------------------------


def ink(data: bytes) -> NDArray[np.bool_]:
    """Where something is drawn on the blue ground, shape (1400, 1400)."""
    ground = np.array(list(bytes.fromhex(BLUE[1:])))
    drawn: NDArray[np.bool_] = np.abs(np.asarray(opened(data)).astype(int) - ground).max(axis=2) > 60
    return drawn


TITLES = [
    "Harbour",
    "The Very Long Weekly Review of Harbours, Lighthouses and Other Things by the Sea",
    "International Correspondence Architecture Understanding Representation",
    "A title that is repeated until it has three hundred characters " * 5,
    "Pneumonoultramicroscopicsilicovolcanoconiosis",
    "W" * 300,
    "W W" * 400,
]


@pytest.mark.parametrize(
    ("title", "line"),
    [
        *((title, "9 March 2026") for title in TITLES),
        ("Harbour", ""),
        ("Harbour", "A line at the foot that is far too long for it " * 3),
    ],
)
def test_title_wave_and_line_keep_apart_and_off_the_edges(title: str, line: str) -> None:
    drawn = ink(draw_cover(title, line, BLUE))
    assert not drawn[:, : MARGIN_PX - 20].any()
    assert not drawn[:, COVER_PX - MARGIN_PX + 20 :].any()
    assert not drawn[:MARGIN_PX].any()
    assert not drawn[WAVE_TOP_PX - 20 : WAVE_TOP_PX].any()
    assert not drawn[COVER_PX - 70 :].any()
    assert drawn[MARGIN_PX : WAVE_TOP_PX - 20].any()
    assert drawn[WAVE_TOP_PX : COVER_PX - 220].any()
    assert drawn[COVER_PX - 180 :].any() is np.bool_(bool(line))


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=300), st.text(max_size=100))
@example("", "")
@example("  ", "\n")
@example("أخبار", "🦊")
def test_any_text_makes_a_cover_and_stays_off_its_edges(title: str, line: str) -> None:
    drawn = ink(draw_cover(title, line, BLUE))
    assert not drawn[:, : MARGIN_PX - 30].any()
    assert not drawn[:, COVER_PX - MARGIN_PX + 30 :].any()
    assert not drawn[WAVE_TOP_PX - 10 : WAVE_TOP_PX].any()


@pytest.mark.parametrize(
    ("title", "drawn_as"),
    [
        ("🦊 Fox News Letters 🎉", "Fox News Letters"),
        ("Café Über Łódź", "Cafe Uber Lodz"),
        ("North — South", "North - South"),
        ("أخبار الميناء", ""),
    ],
)
def test_what_the_typeface_lacks_is_drawn_as_something_like_it_or_not_at_all(title: str, drawn_as: str) -> None:
    """Never as an empty box; the wave is of the title as it is."""
    cover, plain = (ink(draw_cover(text, "", BLUE))[:WAVE_TOP_PX] for text in (title, drawn_as))
    assert np.array_equal(cover, plain)
    assert plain.any() or not drawn_as


@pytest.mark.parametrize("accent", ["#000000", BLUE, "#c0392b", "#ffffff", "#ffeeaa", "#b0b0b0"])
def test_the_title_can_be_read_on_every_ground(accent: str) -> None:
    """The contrast that WCAG asks of large letters, 3 to 1."""
    picture = np.asarray(opened(draw_cover("Harbour", "", accent))).astype(float) / 255
    linear = np.where(picture <= 0.04045, picture / 12.92, ((picture + 0.055) / 1.055) ** 2.4)
    light = linear @ np.array([0.2126, 0.7152, 0.0722])
    title, ground = light[MARGIN_PX:WAVE_TOP_PX], float(light[20, 20])
    strongest = max(
        (float(np.percentile(title, 99.9)) + 0.05) / (ground + 0.05),
        (ground + 0.05) / (float(np.percentile(title, 0.1)) + 0.05),
    )
    assert strongest >= 3


def test_a_title_has_its_own_wave() -> None:
    one, same, other = (ink(draw_cover(title, "", BLUE))[WAVE_TOP_PX:] for title in ("One", "One", "Two"))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_the_same_words_give_the_same_bytes_in_another_process() -> None:
    code = "import sys; from audiobuild.publish.pictures.cover import draw_cover\n"
    code += f"sys.stdout.buffer.write(draw_cover('Harbour', '9 March 2026', {BLUE!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == draw_cover("Harbour", "9 March 2026", BLUE)
