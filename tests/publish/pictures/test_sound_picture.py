"""The picture shows what was measured at its place, whatever the length and the number of chapters."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from audiobuild.audio.profile import Profile, Silence
from audiobuild.publish.pictures.sound_picture import WIDTH_PX, Mark, draw_profile, time_label

LEFT_PX, RIGHT_PX = 84, 1520
STRIP_TOP_PX, ROW_PX, MOST_ROWS, WAVE_PX = 128, 26, 8, 260
LOUDNESS_TOP_PX, LOUDNESS_PX = 128 + 4 + 260 + 38, 200
INK, WAVE, ALARM, SILENT = "#20262e", "#2c5f95", "#c8372d", "#ffe2a0"


def profile_of(
    duration_s: float, level: float = 0.3, loud: slice | None = None, loud_level: float = 1.0, rate_hz: int = 8000
) -> Profile:
    """An even sound; in a stretch of its steps it has another level."""
    steps_per_s = 1000 if duration_s < 30 else 50
    steps = max(1, round(duration_s * steps_per_s))
    high = np.full(steps, level, np.float32)
    if loud:
        high[loud] = loud_level
    blocks = np.full(max(1, round(duration_s * 10) - 3), -16, np.float32)
    return Profile(round(duration_s * rate_hz), rate_hz, blocks, steps_per_s, -high, high, np.square(high / 2), high)


def pixels(data: bytes) -> NDArray[np.int16]:
    """Open a picture, which must be a PNG in RGB as wide as all; shape (height, width, 3)."""
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.mode, picture.width) == ("PNG", "RGB", WIDTH_PX)
    return np.asarray(picture).astype(np.int16)


def of_colour(picture: NDArray[np.int16], colour: str, within: int = 12) -> NDArray[np.bool_]:
    near: NDArray[np.bool_] = (
        np.abs(picture - np.array(list(bytes.fromhex(colour[1:])), np.int16)).max(axis=2) <= within
    )
    return near


def assert_margins_are_free(picture: NDArray[np.int16]) -> None:
    for side in (picture[:, :16], picture[:, -16:], picture[:20], picture[-10:]):
        assert np.abs(side - picture[2, 2]).max() <= 8


@pytest.mark.parametrize(
    ("duration_s", "chapters"), [(0.001, 0), (0.001, 100), (61, 1), (8 * 3600, 0), (8 * 3600, 100)]
)
def test_any_length_with_any_number_of_chapters_is_drawn(duration_s: float, chapters: int) -> None:
    title = "A chapter with a title of some length"
    marks = [Mark(round(1000 * duration_s * n / max(1, chapters)), f"{title} {n}") for n in range(chapters)]
    picture = pixels(draw_profile(profile_of(duration_s), "The Breakwater", marks))
    assert_margins_are_free(picture)
    assert 700 < len(picture) < 2200
    assert of_colour(picture, WAVE).any()


def test_hundreds_of_chapters_do_not_make_an_endless_picture() -> None:
    marks = [Mark(1000 * n, "Title") for n in range(600)]
    picture = pixels(draw_profile(profile_of(600), "The Breakwater", marks))
    assert_margins_are_free(picture)
    assert len(picture) < 4000


@settings(max_examples=2)
@given(st.text(max_size=300), st.text(max_size=300), st.integers(0, 10**9))
@example("", "", 0)
@example("أخبار الميناء", "🦊\n" * 80, 99_999)
@example("W" * 300, "W" * 300, 59_000)
def test_any_title_keeps_to_its_place(title: str, chapter: str, start_ms: int) -> None:
    marks = [Mark(0, chapter), Mark(start_ms, chapter), Mark(start_ms + 1, chapter)]
    assert_margins_are_free(pixels(draw_profile(profile_of(60), title, marks)))


def plates_of(picture: NDArray[np.int16]) -> list[int]:
    """Areas of the plates on which the numbers of chapters stand; two that touch would be one of twice the area."""
    ink = of_colour(picture[STRIP_TOP_PX : STRIP_TOP_PX + MOST_ROWS * ROW_PX, LEFT_PX:], INK)
    left = {(int(row), int(column)) for row, column in zip(*np.nonzero(ink), strict=True)}
    areas = []
    while left:
        edge = [left.pop()]
        area = 0
        while edge:
            area += 1
            row, column = edge.pop()
            near = {(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)} & left
            left -= near
            edge += near
        areas.append(area)
    return [area for area in areas if area > 150]


@pytest.mark.parametrize("count", [2, 12, 100])
def test_every_chapter_has_its_number_and_none_touches_another(count: int) -> None:
    """Chapters whose lengths differ four to one."""
    lengths = np.random.default_rng(count).uniform(1, 4, count)
    starts = np.cumsum(lengths) - lengths
    marks = [Mark(round(start / lengths.sum() * 8 * 3_600_000), "") for start in starts]
    areas = plates_of(pixels(draw_profile(profile_of(8 * 3600), "", marks)))
    assert len(areas) == count
    assert max(areas) < 700


def test_numbers_for_which_there_is_no_room_are_left_out_and_the_others_keep_apart() -> None:
    places = np.sort(np.random.default_rng(7).uniform(0, 8 * 3_600_000, 400))
    areas = plates_of(pixels(draw_profile(profile_of(8 * 3600), "", [Mark(round(place), "") for place in places])))
    assert 200 < len(areas) < 400
    assert max(areas) < 850


def test_chapters_that_start_together_have_their_numbers_under_one_another() -> None:
    marks = [Mark(30_000, "") for _ in range(20)]
    assert len(plates_of(pixels(draw_profile(profile_of(60), "", marks)))) == MOST_ROWS


def test_a_loud_stretch_is_drawn_higher_at_its_place() -> None:
    """The third quarter."""
    picture = pixels(draw_profile(profile_of(100, 0.1, slice(2500, 3750)), "", []))
    heights = of_colour(picture[STRIP_TOP_PX : STRIP_TOP_PX + WAVE_PX], WAVE).sum(axis=0)[LEFT_PX:RIGHT_PX]
    quarters = [int(quarter[5:-5].mean()) for quarter in np.array_split(heights, 4)]
    assert quarters == pytest.approx([13, 13, 130, 13], abs=3)


def test_only_peaks_over_the_line_are_in_the_colour_of_alarm() -> None:
    calm = of_colour(pixels(draw_profile(profile_of(100, 0.5), "", [])), ALARM).sum(axis=0)
    alarmed = of_colour(pixels(draw_profile(profile_of(100, 0.5, slice(2500, 2600), 0.95), "", [])), ALARM).sum(axis=0)
    middle = (LEFT_PX + RIGHT_PX) // 2
    assert calm[LEFT_PX + 5 : RIGHT_PX - 5].max() < 10
    assert alarmed[middle + 10] > 90
    assert np.array_equal(alarmed[LEFT_PX + 5 : middle - 5], calm[LEFT_PX + 5 : middle - 5])
    assert np.array_equal(alarmed[middle + 50 : RIGHT_PX - 5], calm[middle + 50 : RIGHT_PX - 5])


def test_a_silence_is_marked_at_its_place() -> None:
    profile = profile_of(100, 0.3, slice(1000, 2000), 0.0)
    picture = pixels(draw_profile(profile, "", [], [Silence(20_000, 40_000)]))
    marked = np.flatnonzero(of_colour(picture, SILENT).sum(axis=0) > 100)
    assert marked.min() == pytest.approx(LEFT_PX + 0.2 * (RIGHT_PX - LEFT_PX), abs=2)
    assert marked.max() == pytest.approx(LEFT_PX + 0.4 * (RIGHT_PX - LEFT_PX), abs=2)


def test_the_curve_of_loudness_follows_the_short_term_values() -> None:
    """The second half is 6 LU softer: a third of the 18 LU that the axis has."""
    profile = profile_of(100)
    profile.blocks_lufs[len(profile.blocks_lufs) // 2 :] -= 6
    picture = pixels(draw_profile(profile, "", []))[LOUDNESS_TOP_PX : LOUDNESS_TOP_PX + LOUDNESS_PX]
    loud, soft = (np.flatnonzero(of_colour(picture[:, x : x + 1], WAVE, 60))[0] for x in (450, 1150))
    assert soft - loud == pytest.approx(LOUDNESS_PX / 3, abs=2)


def test_the_integrated_value_has_a_line() -> None:
    profile = profile_of(100)
    profile.blocks_lufs[::300] -= 3
    profile.blocks_lufs[len(profile.blocks_lufs) // 2 :] -= 6
    picture = pixels(draw_profile(profile, "", []))[LOUDNESS_TOP_PX : LOUDNESS_TOP_PX + LOUDNESS_PX]
    lines = np.flatnonzero(of_colour(picture, ALARM, 100)[:, LEFT_PX:RIGHT_PX].sum(axis=1) > 1000)
    wanted = (-12 - profile.loudness_lufs) / 18 * LOUDNESS_PX
    assert lines.mean() == pytest.approx(wanted, abs=2)


def test_the_same_profile_gives_the_same_bytes() -> None:
    marks = [Mark(0, "One"), Mark(30_000, "Two")]
    first, second = (draw_profile(profile_of(60), "The Breakwater", marks) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("time_ms", "step_ms", "shown"),
    [(0, 1000, "0:00"), (59_999, 1000, "0:59"), (2500, 500, "0:02.5"), (36_000_000, 1_800_000, "10:00:00")],
)
def test_times_are_as_fine_as_their_axis(time_ms: int, step_ms: int, shown: str) -> None:
    assert time_label(time_ms, step_ms) == shown
