"""The designs of drawn covers: what is told of an episode, laid out on a square in five ways (layer 3).

Each is a function from what there is to say to a drawing on a square of SIDE_PX; what is not there, such as a date or
departments, leaves no gap. The title is as large as it can be, since most see a cover at the size of a stamp.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobuild.publish.pictures.drawing import Box, Canvas, Colour
from audiobuild.publish.pictures.lettering import Room, cut_to_width, fit
from audiobuild.publish.pictures.palette import CONTROL, TEXT, blend, contrast, legible
from audiobuild.publish.pictures.typefaces import SANS, Style, is_leftward

SIDE_PX = 1400

_MARGIN_PX = 96
_WIDTH_PX = SIDE_PX - 2 * _MARGIN_PX
_RIGHT_PX = SIDE_PX - _MARGIN_PX
_TITLE_SIZES_PX = range(380, 56, -6)
_HEADLINE_SIZES_PX = range(92, 44, -4)
_LEAD_SIZES_PX = range(160, 60, -4)
_DAY_SIZE_PX = 60
_LEAST_NAME_PX = 20
_GAP_DEGREES = 2.0
_MOST_PARTED = 40
"""Chapters between which there are gaps."""
_TIGHT = 1.02
"""From one line of a title to the next: large letters stand closer."""
_PAPER, _PALE, _DARK = "#f7f4ec", "#fbf8f1", "#1b1b1f"
_HUES = (
    *("#0b5394", "#9c2f1b", "#2c6a3c", "#6b3d80", "#8f5210", "#176a73", "#84244f", "#4d5522", "#3c4c74", "#5f4a3c"),
)
"""Of departments: white can be read on each, and no two of them are alike."""


@dataclass(frozen=True, slots=True)
class CoverPart:
    """A part of an episode: a department, or a chapter."""

    name: str
    share: float
    """How much of the episode it is, in any unit."""


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """What a cover can say."""

    title: str
    """The show's name."""
    accent: str
    """The show's colour, "#rrggbb"."""
    headline: str = ""
    """What the episode begins with; empty for the show's own picture."""
    day: str = ""
    """The date as it is written; empty for none."""
    figure: str = ""
    """The day of the month."""
    month: str = ""
    """The rest of the date."""
    departments: tuple[CoverPart, ...] = ()
    chapters: tuple[CoverPart, ...] = ()
    picture: Path | bytes | None = None
    face: str = SANS
    language: str = ""

    @property
    def bold(self) -> Style:
        """How titles are set."""
        return Style(self.face, 700, self.language)

    @property
    def plain(self) -> Style:
        """How all else is set."""
        return Style(self.face, 500, self.language)


def draw_type(canvas: Canvas, facts: CoverFacts) -> None:
    """Letters alone: the title, what it begins with, the date; bars as of a sound where there is neither."""
    ink, soft = _inks(facts.accent)
    is_whole = bool(facts.headline or facts.day)
    canvas.box((0, 0, SIDE_PX, SIDE_PX), facts.accent)
    foot = _write(canvas, facts.title, facts.bold, ink, top=_MARGIN_PX, height=780)
    rule = foot + 62
    left = _RIGHT_PX - 200 if is_leftward(facts.title) else _MARGIN_PX
    canvas.box((left, rule, left + 200, rule + 16), soft)
    if not is_whole:
        _draw_bars(canvas, facts.title, rule + 100, soft)
    room = SIDE_PX - _MARGIN_PX - rule - 60 - (2 * _DAY_SIZE_PX if facts.day else 0)
    _write(canvas, facts.headline, facts.plain, ink, top=rule + 60, height=room, sizes_px=_HEADLINE_SIZES_PX)
    _write_line(canvas, facts.day, (SIDE_PX - _MARGIN_PX, "s"), soft, facts=facts)


def draw_departments(canvas: Canvas, facts: CoverFacts) -> None:
    """The title on paper, and a band in its own colour for each department, as high as there is of it."""
    canvas.box((0, 0, SIDE_PX, SIDE_PX), _PAPER)
    room = 400.0 if facts.day else 480.0
    foot = _write(canvas, facts.title, facts.bold, _DARK, top=_MARGIN_PX - 20, height=room)
    if facts.day:
        foot += 40 + _DAY_SIZE_PX
        _write_line(canvas, facts.day, (foot, "s"), legible("#5b5852", (_PAPER,), TEXT), facts=facts)
    parts = facts.departments or (() if facts.headline else tuple(CoverPart("", share) for share in (5, 4, 3, 2, 1)))
    if len(parts) <= 1 and facts.headline:
        canvas.box((0, foot + 70, SIDE_PX, SIDE_PX), facts.accent)
        ink, room = _inks(facts.accent)[0], SIDE_PX - _MARGIN_PX - foot - 140
        _write(canvas, facts.headline, facts.plain, ink, top=foot + 140, height=room, sizes_px=_LEAD_SIZES_PX)
        return
    for part, colour, (start, end) in zip(parts, hues(parts), _shares(parts, foot + 70, SIDE_PX), strict=True):
        canvas.box((0, start, SIDE_PX, end), colour)
        size_px = min(78, int((end - start) * 0.56))
        if size_px >= _LEAST_NAME_PX:
            _write_line(canvas, part.name, ((start + end) / 2, "m"), "#ffffff", facts=facts, size_px=size_px)


def draw_date(canvas: Canvas, facts: CoverFacts) -> None:
    """The title on a band, and the day of the month as large as it can be; without one, the title's first letter."""
    ink, _ = _inks(facts.accent)
    band, room = 520, 400
    canvas.box((0, 0, SIDE_PX, SIDE_PX), _PAPER)
    canvas.box((0, 0, SIDE_PX, band), facts.accent)
    title = fit(facts.title, Room(_WIDTH_PX, room, _TITLE_SIZES_PX, _TIGHT), facts.bold)
    _write(canvas, facts.title, facts.bold, ink, top=(band - title.height_px) / 2, height=room)
    mark = legible(facts.accent, (_PAPER,), CONTROL)
    base = 1150 if facts.month else 1245
    canvas.text((SIDE_PX / 2, base), facts.figure or facts.title[:1].upper(), 820, mark, "ms", facts.bold)
    month = fit(facts.month, Room(_WIDTH_PX, 120, range(112, 40, -4)), facts.bold)
    canvas.text((SIDE_PX / 2, SIDE_PX - 88), "".join(month.lines), month.size_px, _DARK, "ms", facts.bold)


def draw_picture(canvas: Canvas, facts: CoverFacts) -> None:
    """A picture, and the title on a band; without a picture, letters alone."""
    if facts.picture is None:
        draw_type(canvas, facts)
        return
    canvas.picture(facts.picture)
    ink, soft = _inks(facts.accent)
    room = 330
    title = fit(facts.title, Room(_WIDTH_PX, room, _TITLE_SIZES_PX, _TIGHT), facts.bold)
    top = SIDE_PX - title.height_px - 120 - (_DAY_SIZE_PX + 40 if facts.day else 0)
    canvas.box((0, top, SIDE_PX, SIDE_PX), facts.accent)
    _write(canvas, facts.title, facts.bold, ink, top=top + 50, height=room)
    _write_line(canvas, facts.day, (SIDE_PX - 60, "s"), soft, facts=facts)


def draw_dial(canvas: Canvas, facts: CoverFacts) -> None:
    """A ring of the chapters, each as long as it is heard, and the day within it: every episode has its own."""
    ground = blend(facts.accent, "#000000", 0.55)
    canvas.box((0, 0, SIDE_PX, SIDE_PX), ground)
    foot = _write(canvas, facts.title, facts.bold, _PALE, top=_MARGIN_PX - 26, height=410)
    radius = min(440, (SIDE_PX - foot - 130) / 2)
    x, y = SIDE_PX / 2, SIDE_PX - 70 - radius
    _draw_ring(canvas, facts, (x - radius, y - radius, x + radius, y + radius), ground)
    if facts.figure:
        canvas.text((x, y + radius * 0.19), facts.figure, radius * 0.66, _PALE, "ms", facts.bold)
        room = Room(radius * 1.16, radius * 0.2, range(int(radius * 0.17), 20, -2))
        month = fit(facts.month, room, facts.plain)
        canvas.text((x, y + radius * 0.42), "".join(month.lines), month.size_px, _PALE, "ms", facts.plain)
    else:
        side = radius * 0.34
        canvas.shape([(x - side * 0.7, y - side), (x - side * 0.7, y + side), (x + side, y)], _PALE)


DESIGNS: Mapping[str, Callable[[Canvas, CoverFacts], None]] = {
    "type": draw_type,
    "departments": draw_departments,
    "date": draw_date,
    "picture": draw_picture,
    "dial": draw_dial,
}


def hues(parts: Sequence[CoverPart]) -> list[str]:
    """Give each department its colour: the same in every issue, and no two the same in one, while there are enough."""
    given: dict[str, str] = {}
    for part in parts:
        if part.name and part.name in given:
            continue
        first = zlib.crc32(part.name.casefold().encode()) % len(_HUES) if part.name else len(given)
        turns = (_HUES[(first + step) % len(_HUES)] for step in range(len(_HUES)))
        given[part.name or f" {len(given)}"] = next((hue for hue in turns if hue not in given.values()), _HUES[first])
    unnamed = (hue for name, hue in given.items() if name.startswith(" "))
    return [given[part.name] if part.name else next(unnamed) for part in parts]


def _inks(ground: str) -> tuple[str, str]:
    """What is written with on a ground: fully, and softer."""
    ink = max((_PALE, _DARK), key=lambda colour: contrast(colour, ground))
    return ink, legible(blend(ink, ground, 0.3), (ground,), TEXT)


def _write(
    canvas: Canvas,
    text: str,
    style: Style,
    ink: Colour,
    *,
    top: float,
    height: float,
    sizes_px: Sequence[int] = _TITLE_SIZES_PX,
) -> float:
    """Write lines of text from the margin on, as large as there is height for, and give where they end."""
    fitted = fit(text, Room(_WIDTH_PX, height, sizes_px, _TIGHT), style)
    x, side = (_RIGHT_PX, "r") if is_leftward(text) else (_MARGIN_PX, "l")
    base = top - fitted.size_px * (_TIGHT - 0.78)
    for line in fitted.lines:
        base += fitted.size_px * _TIGHT
        canvas.text((x, base), line, fitted.size_px, ink, f"{side}s", style)
    return base + fitted.size_px * 0.22


def _write_line(
    canvas: Canvas,
    text: str,
    place: tuple[float, str],
    ink: Colour,
    *,
    facts: CoverFacts,
    size_px: int = _DAY_SIZE_PX,
) -> None:
    """Write one line on the title's side: the date, or a department; the place is Pillow's anchor and its height."""
    y, anchor = place
    style = facts.bold if anchor == "m" else facts.plain
    x, side = (_RIGHT_PX, "r") if is_leftward(facts.title) else (_MARGIN_PX, "l")
    canvas.text((x, y), cut_to_width(text, size_px, _WIDTH_PX, style), size_px, ink, side + anchor, style)


def _draw_bars(canvas: Canvas, title: str, top: float, colour: Colour) -> None:
    """Bars whose heights follow from the title: every show has its own, and always the same."""
    seed = hashlib.sha256(title.encode()).digest()
    count = 23
    step, middle = _WIDTH_PX / (count - 1), (top + SIDE_PX - _MARGIN_PX) / 2
    most = (SIDE_PX - _MARGIN_PX - top) / 2
    for bar in range(count):
        swell = 1 - abs(2 * bar / (count - 1) - 1) ** 2.2
        half = max(12, most * (0.1 + 0.9 * swell) * (0.35 + 0.65 * seed[bar] / 255))
        x, wide = _MARGIN_PX + bar * step, step * 0.27
        canvas.box((x - wide, middle - half, x + wide, middle + half), colour, wide)


def _draw_ring(canvas: Canvas, facts: CoverFacts, box: Box, ground: str) -> None:
    parts = facts.chapters or tuple(CoverPart("", share) for share in (1, 4, 3, 5, 2, 4))
    far = "#ffffff" if contrast(facts.accent, "#ffffff") > CONTROL else ground
    tones = [legible(blend(facts.accent, far, share), (ground,), CONTROL) for share in (0.12, 0.45, 0.75)]
    gap = _GAP_DEGREES if len(parts) <= _MOST_PARTED else 0.0
    for place, (start, end) in enumerate(_shares(parts, -90, 270)):
        is_odd_last = 0 < place == len(parts) - 1 and place % 2 == 0  # beside the first, which has the same tone
        tone = tones[2 if is_odd_last else place % 2]
        canvas.arc(box, (start + gap / 2, end - gap / 2), tone, (box[2] - box[0]) * 0.15)


def _shares(parts: Sequence[CoverPart], start: float, end: float) -> Iterator[tuple[float, float]]:
    """Part a length by shares, none of them less than a third of an even one."""
    total = sum(part.share for part in parts) or 1
    least = 1 / (3 * len(parts))
    weights = [max(part.share / total, least) for part in parts]
    at = start
    for weight in weights:
        behind = at + (end - start) * weight / sum(weights)
        yield at, behind
        at = behind
