"""The picture of an episode's sound: wave, loudness and peaks over time, with its chapters (layer 3)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audiobuild.audio.profile import DIGITAL_SILENCE_DB, Column, Profile, Silence
from audiobuild.publish.pictures.drawing import Canvas
from audiobuild.publish.pictures.lettering import cut_to_width, drawable_text, text_width

WIDTH_PX = 1600

_SCALE = 2
_LEFT_PX, _RIGHT_PX = 84, 1520
_COLUMNS = (_RIGHT_PX - _LEFT_PX) * _SCALE
_TITLE_TOP_PX, _TITLE_SIZE_PX = 32, 34
_FIGURES_TOP_PX, _FIGURES_SIZE_PX = 80, 19
_STRIP_TOP_PX = 128
_SMALL_PX = 15
_FLAG_PX = 22
"""Height of a chapter's number."""
_ROW_PX = 26
_MOST_ROWS = 8
"""Of numbers under one another, where chapters stand close; one that finds no place is in the list alone."""
_LEAST_TITLE_PX = 70
_WAVE_PX, _LOUDNESS_PX, _PEAKS_PX, _GAP_PX = 260, 200, 120, 38
_LIST_ROW_PX, _LIST_SIZE_PX = 27, 17
_MOST_LISTED = 300
_MOST_BROAD = 30
"""Chapters that have broad lines."""
_MOST_TITLE_CHARS = 200
_TICKS_MS = (
    *(100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000),
    *(60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 43_200_000),
)
_MOST_TICKS = 16
_CEILING_DBTP = -1.0
_LOWEST_PEAK_DBTP = -24
_GRID_DB = 6
_PEAK_ROOM_DB = 3
"""Steps in which the axis of peaks grows above full scale."""
_LEAST_LOUDNESS_LU, _MOST_LOUDNESS_LU = 18, 36
_OFF_THE_AXIS = 0.02
"""Share of the columns, those of the pauses, that may fall below the axis of loudness."""

_GROUND, _PANEL, _BAND, _GRID = "#faf8f4", "#ffffff", "#f0f3f8", "#e2e5ea"
_INK, _SOFT, _MARK, _ALARM = "#20262e", "#69727d", "#8b95a3", "#c8372d"
_PALE_WAVE, _WAVE, _PEAK, _SILENCE = "#a9c2de", "#2c5f95", "#93a5bb", "#ffe2a0"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a chapter starts."""

    start_ms: int
    title: str


@dataclass(frozen=True, slots=True)
class _Panel:
    """A strip of the picture with an axis of values."""

    top: float
    bottom: float
    low: float
    high: float

    def y(self, value: float) -> float:
        """Place a value; what is off the axis stands at its end."""
        share = (min(self.high, max(self.low, value)) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class _Flag:
    """A chapter's number as it stands over the wave."""

    number: int
    mark: Mark
    x: float
    """Where its line stands."""
    left: float
    right: float
    row: int | None
    """From the top; None where it found no place."""


def draw_profile(profile: Profile, title: str, marks: Sequence[Mark], silences: Sequence[Silence] = ()) -> bytes:
    """Draw the sound of an episode as a PNG.

    Args:
        profile: what was measured.
        title: what stands at the top.
        marks: the chapters in the order of time; where there are none, nothing is said of them.
        silences: what is to be marked as silent.
    """
    marks = [Mark(mark.start_ms, drawable_text(mark.title[:_MOST_TITLE_CHARS])) for mark in marks]
    flags = _placed(marks, profile.duration_ms)
    rows = 1 + max((flag.row for flag in flags if flag.row is not None), default=-1)
    columns = profile.columns(_COLUMNS)
    wave_top = _STRIP_TOP_PX + rows * _ROW_PX + 4
    wave = _Panel(wave_top, wave_top + _WAVE_PX, -1, 1)
    loudness = _loudness_panel(wave.bottom + _GAP_PX, columns)
    peaks = _peak_panel(loudness.bottom + _GAP_PX, columns)
    list_top = peaks.bottom + 64
    height = math.ceil(list_top + _list_rows(len(marks)) * _LIST_ROW_PX + 16)
    canvas = Canvas((WIDTH_PX, height), _GROUND, _SCALE)
    _draw_head(canvas, profile, title)
    for panel in (wave, loudness, peaks):
        _draw_panel(canvas, panel, [flag.x for flag in flags])
    for panel in (loudness, peaks):
        _draw_starts(canvas, panel, flags)
    _draw_wave(canvas, wave, columns, [(_x(gap.start_ms, profile), _x(gap.end_ms, profile)) for gap in silences])
    _draw_loudness(canvas, loudness, columns, profile.loudness_lufs)
    _draw_peaks(canvas, peaks, columns)
    _draw_starts(canvas, wave, flags)
    _draw_flags(canvas, flags, wave.top)
    _draw_times(canvas, profile.duration_ms, peaks.bottom)
    _draw_list(canvas, marks, list_top)
    return canvas.png()


def _x(time_ms: float, profile: Profile) -> float:
    return _x_of(time_ms, profile.duration_ms)


def _x_of(time_ms: float, duration_ms: int) -> float:
    """Place a time; what is beyond the end stands at it."""
    return _LEFT_PX + (_RIGHT_PX - _LEFT_PX) * min(1.0, max(0.0, time_ms / max(1, duration_ms)))


def _column_xs() -> Iterator[float]:
    return (_LEFT_PX + column / _SCALE for column in range(_COLUMNS))


# --- head, time and list ----------------------------------------------------------------------------


def _draw_head(canvas: Canvas, profile: Profile, title: str) -> None:
    width = _RIGHT_PX - _LEFT_PX
    head = cut_to_width(drawable_text(title[:_MOST_TITLE_CHARS]), _TITLE_SIZE_PX, width)
    canvas.text((_LEFT_PX, _TITLE_TOP_PX), head, _TITLE_SIZE_PX, _INK)
    span = profile.loudness_range_lu
    figures = (
        time_label(profile.duration_ms, 100 if profile.duration_ms < 60_000 else 1000),
        f"{profile.loudness_lufs:.1f} LUFS",
        f"range {span:.1f} LU" if span is not None else "",
        f"true peak {profile.peak_dbtp:.1f} dBTP",
        f"RMS {profile.rms_db:.1f} dBFS",
        f"noise {profile.noise_floor_db:.0f} dBFS" if profile.noise_floor_db > DIGITAL_SILENCE_DB else "no noise",
    )
    line = "   ·   ".join(figure for figure in figures if figure)
    canvas.text((_LEFT_PX, _FIGURES_TOP_PX), line, _FIGURES_SIZE_PX, _SOFT)


def time_label(time_ms: int, step_ms: int) -> str:
    """Write a time as finely as the steps of an axis ask for.

    >>> time_label(3_729_000, 1000), time_label(1200, 200)
    ('1:02:09', '0:01.2')
    """
    minutes, seconds = divmod(time_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    tenths = f".{time_ms % 1000 // 100}" if step_ms < 1000 else ""
    return (f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}") + tenths


def _draw_times(canvas: Canvas, duration_ms: int, top: float) -> None:
    step_ms = next((step for step in _TICKS_MS if duration_ms <= step * _MOST_TICKS), _TICKS_MS[-1])
    for time_ms in range(0, duration_ms + 1, step_ms):
        x = _x_of(time_ms, duration_ms)
        canvas.line([(x, top), (x, top + 6)], _SOFT, 1)
        canvas.text((x, top + 12), time_label(time_ms, step_ms), _SMALL_PX, _SOFT, "ma")


def _list_columns(marks: int) -> int:
    return 1 if marks <= 6 else 2 if marks <= 24 else 3 if marks <= 120 else 4


def _list_rows(marks: int) -> int:
    return math.ceil(min(marks, _MOST_LISTED) / _list_columns(marks)) + (marks > _MOST_LISTED)


def _draw_list(canvas: Canvas, marks: Sequence[Mark], top: float) -> None:
    """Number, time and title of every chapter, down one column after the other."""
    width = (_RIGHT_PX - _LEFT_PX) / _list_columns(len(marks))
    shown = marks[:_MOST_LISTED]
    rows = math.ceil(len(shown) / _list_columns(len(marks)))
    for index, mark in enumerate(shown):
        x, y = _LEFT_PX + index // rows * width, top + index % rows * _LIST_ROW_PX
        canvas.text((x, y), str(index + 1), _LIST_SIZE_PX, _INK)
        canvas.text((x + 104, y), time_label(mark.start_ms, 1000), _LIST_SIZE_PX, _SOFT, "ra")
        canvas.text((x + 122, y), cut_to_width(mark.title, _LIST_SIZE_PX, width - 140), _LIST_SIZE_PX, _INK)
    if len(marks) > len(shown):
        more = f"and {len(marks) - len(shown)} more"
        canvas.text((_LEFT_PX + 122, top + rows * _LIST_ROW_PX), more, _LIST_SIZE_PX, _SOFT)


# --- chapters over the wave -------------------------------------------------------------------------


def _placed(marks: Sequence[Mark], duration_ms: int) -> list[_Flag]:
    """Give every number the highest row that has room for it."""
    ends = [0.0] * _MOST_ROWS
    flags = []
    for number, mark in enumerate(marks, 1):
        x = _x_of(mark.start_ms, duration_ms)
        width = max(_FLAG_PX, text_width(str(number), _SMALL_PX) + 12)
        left = min(x, _RIGHT_PX - width)
        row = next((row for row, end in enumerate(ends) if left >= end + 4), None)
        if row is not None:
            ends[row] = left + width
        flags.append(_Flag(number, mark, x, left, left + width, row))
    return flags


def _draw_flags(canvas: Canvas, flags: Sequence[_Flag], wave_top: float) -> None:
    """Numbers, and as much of the title as there is room for before the next line that comes down."""
    for flag in flags:
        if flag.row is not None:
            canvas.line([(flag.x, _STRIP_TOP_PX + flag.row * _ROW_PX), (flag.x, wave_top)], _MARK, 1)
    for index, flag in enumerate(flags):
        if flag.row is None:
            continue
        top = _STRIP_TOP_PX + flag.row * _ROW_PX
        canvas.box((flag.left, top, flag.right, top + _FLAG_PX), _INK, 4)
        middle = top + _FLAG_PX / 2 + 0.5
        canvas.text(((flag.left + flag.right) / 2, middle), str(flag.number), _SMALL_PX, _PANEL, "mm")
        behind = (later.left for later in flags[index + 1 :] if later.row is not None and later.row <= flag.row)
        room = next(behind, _RIGHT_PX) - flag.right - 16
        if room >= min(_LEAST_TITLE_PX, text_width(flag.mark.title, _SMALL_PX)):
            canvas.text((flag.right + 7, middle), cut_to_width(flag.mark.title, _SMALL_PX, room), _SMALL_PX, _INK, "lm")


# --- panels -----------------------------------------------------------------------------------------


def _draw_panel(canvas: Canvas, panel: _Panel, starts: Sequence[float]) -> None:
    """The ground of a panel, every second chapter in a shade of its own."""
    canvas.box((_LEFT_PX, panel.top, _RIGHT_PX, panel.bottom), _PANEL)
    edges = [*starts, _RIGHT_PX]
    for start, end in list(itertools.pairwise(edges))[::2]:
        canvas.box((start, panel.top, end, panel.bottom), _BAND)


def _draw_starts(canvas: Canvas, panel: _Panel, flags: Sequence[_Flag]) -> None:
    """A line where each chapter starts, finer where there are many."""
    for flag in flags:
        canvas.line([(flag.x, panel.top), (flag.x, panel.bottom)], _MARK, 1 if len(flags) <= _MOST_BROAD else 0.5)


def _draw_axis(canvas: Canvas, panel: _Panel, values: Iterable[float], caption: str) -> None:
    canvas.text((_LEFT_PX, panel.top - 8), caption, _SMALL_PX, _SOFT, "ls")
    for value in values:
        canvas.line([(_LEFT_PX, panel.y(value)), (_RIGHT_PX, panel.y(value))], _GRID, 1)
        canvas.text((_LEFT_PX - 10, panel.y(value)), f"{value:.0f}", _SMALL_PX, _SOFT, "rm")


def _draw_wave(
    canvas: Canvas, panel: _Panel, columns: Sequence[Column], silences: Iterable[tuple[float, float]]
) -> None:
    for left, right in silences:
        canvas.box((left, panel.top, max(right, left + 2), panel.bottom), _SILENCE)
    for amplitude, label in ((1, "0 dB"), (0.5, "-6 dB"), (0.25, "-12 dB")):
        for y in (panel.y(amplitude), panel.y(-amplitude)):
            canvas.line([(_LEFT_PX, y), (_RIGHT_PX, y)], _GRID, 1)
        canvas.text((_LEFT_PX - 10, panel.y(amplitude)), label, _SMALL_PX, _SOFT, "rm")
    for x, column in zip(_column_xs(), columns, strict=True):
        canvas.box((x, panel.y(column.high), x, panel.y(column.low)), _PALE_WAVE)
        canvas.box((x, panel.y(column.rms), x, panel.y(-column.rms)), _WAVE)


def _loudness_panel(top: float, columns: Sequence[Column]) -> _Panel:
    high = _GRID_DB * math.ceil((max(column.loudest_lufs for column in columns) + 1) / _GRID_DB)
    quietest = sorted(column.quietest_lufs for column in columns)[int(_OFF_THE_AXIS * len(columns))]
    least = _GRID_DB * math.floor((quietest - 1) / _GRID_DB)
    low = min(high - _LEAST_LOUDNESS_LU, max(least, high - _MOST_LOUDNESS_LU))
    return _Panel(top, top + _LOUDNESS_PX, low, high)


def _draw_loudness(canvas: Canvas, panel: _Panel, columns: Sequence[Column], integrated_lufs: float) -> None:
    """The curve, in the band between the softest and the loudest of each column, and the integrated value."""
    values = range(int(panel.low), int(panel.high) + 1, _GRID_DB)
    _draw_axis(canvas, panel, values, "Short-term loudness (3 s), LUFS")
    for x, column in zip(_column_xs(), columns, strict=True):
        canvas.box((x, panel.y(column.loudest_lufs), x, panel.y(column.quietest_lufs)), _PALE_WAVE)
    _draw_limit(canvas, panel, integrated_lufs, f"{integrated_lufs:.1f}")
    curve = [(x, panel.y(column.loudness_lufs)) for x, column in zip(_column_xs(), columns, strict=True)]
    canvas.line(curve, _WAVE, 1.5)


def _peak_panel(top: float, columns: Sequence[Column]) -> _Panel:
    over = max(column.peak_dbtp for column in columns)
    return _Panel(top, top + _PEAKS_PX, _LOWEST_PEAK_DBTP, max(0, _PEAK_ROOM_DB * math.ceil(over / _PEAK_ROOM_DB)))


def _draw_peaks(canvas: Canvas, panel: _Panel, columns: Sequence[Column]) -> None:
    """A bar for each column, in the colour of alarm where it is over the line."""
    _draw_axis(canvas, panel, range(_LOWEST_PEAK_DBTP, int(panel.high) + 1, _GRID_DB), "True peak, dBTP")
    for x, column in zip(_column_xs(), columns, strict=True):
        if column.peak_dbtp > _LOWEST_PEAK_DBTP:
            fill = _ALARM if column.peak_dbtp > _CEILING_DBTP else _PEAK
            canvas.box((x, panel.y(column.peak_dbtp), x, panel.bottom), fill)
    _draw_limit(canvas, panel, _CEILING_DBTP, f"{_CEILING_DBTP:.0f}")


def _draw_limit(canvas: Canvas, panel: _Panel, value: float, label: str) -> None:
    y = panel.y(value)
    canvas.line([(_LEFT_PX, y), (_RIGHT_PX, y)], _ALARM, 1)
    canvas.text((_RIGHT_PX + 8, y), label, _SMALL_PX, _ALARM, "lm")
