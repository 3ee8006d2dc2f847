"""Covers that are drawn: five designs, in any script, that can be read at the size of a stamp."""

from __future__ import annotations

import dataclasses
import io
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from audiobuild.config.show import COVER_DESIGNS
from audiobuild.publish.pictures.cover import COVER_PX, SHOW_PX, draw_cover
from audiobuild.publish.pictures.cover_designs import DESIGNS, CoverFacts, CoverPart, hues
from audiobuild.publish.pictures.lettering import Room, drawable_text, fit, is_drawable, text_width
from audiobuild.publish.pictures.palette import TEXT, contrast
from audiobuild.publish.pictures.typefaces import SERIF, Style, set_line

BLUE = "#0b5394"
FACTS = CoverFacts(
    title="The Weighbridge",
    accent=BLUE,
    headline="Ports should charge ships what they cost",
    day="7 November 2026",
    figure="7",
    month="November 2026",
    departments=(CoverPart("Leaders", 2), CoverPart("Europe", 1), CoverPart("Culture", 1)),
    chapters=(CoverPart("", 9), CoverPart("", 231), CoverPart("", 240)),
    face=SERIF,
)
MARGIN_PX = 60


def drawn(facts: CoverFacts, design: str) -> Image.Image:
    picture = Image.open(io.BytesIO(draw_cover(facts, design)))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (COVER_PX, COVER_PX))
    return picture


def light(picture: Image.Image) -> NDArray[np.float64]:
    """How light each pixel is, as WCAG reckons contrasts."""
    part = np.asarray(picture).astype(float) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    found: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return found


def test_every_design_that_can_be_asked_for_is_there() -> None:
    assert tuple(DESIGNS) == COVER_DESIGNS


@pytest.mark.parametrize(
    ("design", "accent"),
    [*((design, BLUE) for design in COVER_DESIGNS), ("type", "#f2c14e"), ("date", "#ffffff"), ("dial", "#f2c14e")],
)
def test_a_title_can_be_read_when_the_cover_is_64_pixels_wide(design: str, accent: str) -> None:
    """Rows and columns of the title are told from its ground by 3 to 1, and the letters are 5 pixels high."""
    facts = dataclasses.replace(FACTS, accent=accent, day="", headline="", figure="", month="")
    small = light(drawn(facts, design).resize((64, 64), Image.Resampling.LANCZOS))
    top = small[:21]  # no design has anything but its title there
    ground = np.median(top)
    contrasts = (np.maximum(top, ground) + 0.05) / (np.minimum(top, ground) + 0.05)
    assert (contrasts.max(axis=1) >= 3).sum() >= 10
    assert (contrasts.max(axis=0) >= 3).sum() >= 30


@pytest.mark.parametrize("design", COVER_DESIGNS)
def test_each_episode_has_its_own_cover_and_the_show_one_that_stays(design: str) -> None:
    other = dataclasses.replace(
        FACTS,
        headline="Another",
        day="14 November 2026",
        figure="14",
        departments=(CoverPart("Asia", 1), CoverPart("Europe", 1)),
        chapters=(CoverPart("", 2), CoverPart("", 1)),
    )
    assert draw_cover(FACTS, design) != draw_cover(other, design)
    show = CoverFacts(FACTS.title, BLUE)
    picture = Image.open(io.BytesIO(draw_cover(show, design, side_px=SHOW_PX, comment="of the show")))
    assert (picture.size, picture.info["comment"]) == ((SHOW_PX, SHOW_PX), b"of the show")


def test_a_picture_lies_under_the_band_and_is_whole_above_it() -> None:
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "#cc8800").save(file, "PNG")
    facts = dataclasses.replace(FACTS, picture=file.getvalue())
    picture = drawn(facts, "picture")
    assert picture.getpixel((700, 100)) == pytest.approx((0xCC, 0x88, 0), abs=6)
    assert picture.getpixel((10, 1390)) == pytest.approx((0x0B, 0x53, 0x94), abs=6)


def test_a_department_has_the_same_colour_in_every_issue_and_no_two_the_same_in_one() -> None:
    names = [f"Department {number}" for number in range(10)]
    assert len(set(hues([CoverPart(name, 1) for name in names]))) == 10
    assert hues([CoverPart("Europe", 1)]) == hues([CoverPart("Europe", 9)])
    assert all(contrast("#ffffff", hue) >= TEXT for hue in hues([CoverPart(name, 1) for name in names]))


TITLES = [
    "The Very Long Weekly Review of Harbours, Lighthouses and Pneumonoultramicroscopicsilicovolcanoconiosis",
    "W" * 300,
    "أخبار الميناء " * 12,
    "港口新闻周刊" * 12,
    "हिन्दी समाचार पत्रिका",
]


@pytest.mark.parametrize(("design", "title"), list(zip(COVER_DESIGNS, TITLES, strict=True)))
def test_a_title_of_any_length_and_script_stays_off_the_edges(design: str, title: str) -> None:
    facts = CoverFacts(title, BLUE, headline=title, day=title, figure="7", month=title)
    of_title = light(drawn(facts, design))
    for edge in (of_title[:200, :MARGIN_PX], of_title[:200, -MARGIN_PX:]):
        assert np.ptp(edge) < 0.02


@settings(max_examples=5)
@given(st.text(max_size=120), st.sampled_from(COVER_DESIGNS))
@example("", "date")
@example(" ", "type")
@example("🦊\u200d", "dial")
def test_any_text_makes_a_cover(text: str, design: str) -> None:
    drawn(CoverFacts(text, BLUE, headline=text, day=text, month=text, departments=(CoverPart(text, 1),) * 3), design)


# --- letters ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Café Über Łódź — £5 €6", "Café Über Łódź — £5 €6"),
        ("🦊 Fox\nletters", "🦊 Fox letters"),
        ("Ελλάδα Россия ישראל ไทย ქართული አማርኛ", "Ελλάδα Россия ישראל ไทย ქართული አማርኛ"),
        ("a\U000e0041b\ue000c", "abc"),
        ("ﬀ", "ﬀ"),
    ],
)
def test_letters_of_any_script_are_drawn_and_what_has_none_is_left_out(text: str, said: str) -> None:
    assert drawable_text(text) == said
    assert is_drawable(text) is (len(said.split()) == len(text.split()) and "\ue000" not in text)


def test_a_line_of_two_directions_stands_as_it_is_read() -> None:
    """Numbers keep their order within Arabic, which begins at the right."""
    runs = [run.text.strip() for run in set_line("أخبار الميناء 7 نوفمبر 2026", "sans")]
    assert [text for text in runs if text] == ["2026", "نوفمبر", "7", "أخبار الميناء"]
    runs = [run.text.strip() for run in set_line("News من الميناء 2026", "sans")]
    assert [text for text in runs if text] == ["News", "من الميناء", "2026"]


def test_arabic_letters_are_joined() -> None:
    """Shaped, a word is narrower than its letters in a row."""
    word = "الميناء"
    assert text_width(word, 100) < 0.9 * sum(text_width(letter, 100) for letter in word)


def test_a_heavier_weight_is_wider_and_a_serif_is_another_typeface() -> None:
    plain, bold, serif = (text_width("Harbour", 100, style) for style in (Style(), Style(weight=700), Style(SERIF)))
    assert plain < bold
    assert plain != serif


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three four", ("one two", "three four")),
        ("港口新闻周刊", ("港口新", "闻周刊")),
        ("", ()),
    ],
)
def test_a_text_is_broken_into_lines_of_like_length(text: str, lines: tuple[str, ...]) -> None:
    room = Room(width_px=0.6 * text_width(text, 50) + 1, height_px=120, sizes_px=(50,))
    assert fit(text, room).lines == lines


def test_what_does_not_fit_at_the_smallest_size_is_cut() -> None:
    fitted = fit("word " * 100, Room(300, 130, (60, 50)))
    assert fitted.size_px == 50
    assert len(fitted.lines) == 2
    assert fitted.lines[-1].endswith("…")
    assert all(text_width(line, 50) <= 300 for line in fitted.lines)
    assert "".join(fit("W" * 40, Room(300, 2000, (50,))).lines) == "W" * 40


def test_the_same_words_give_the_same_bytes_in_another_process() -> None:
    code = "import sys; from audiobuild.publish.pictures.cover import *\n"
    code += f"sys.stdout.buffer.write(draw_cover({FACTS!r}, 'dial'))"
    code = code.replace("import *", "import CoverFacts, CoverPart, draw_cover")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == draw_cover(FACTS, "dial")
