"""Covers: how large they are, and one that is drawn where there is no picture (layer 3).

Source: Apple Podcasts' artwork rules: square, 1400 to 3000 pixels, RGB, JPEG or PNG.
"""

from __future__ import annotations

from dataclasses import replace

from audiobuild.publish.pictures.cover_designs import DESIGNS, SIDE_PX, CoverFacts, CoverPart
from audiobuild.publish.pictures.drawing import JPEG_MIME, Canvas
from audiobuild.publish.pictures.lettering import drawable_text

COVER_PX = SIDE_PX
SHOW_PX = 3000
"""Side of the show's own picture, which directories show large."""
CHAPTER_PX = 600
"""Side of a chapter's picture. A photograph has 50 to 150 kB then, and all of them stand before the first sound."""
MIME = JPEG_MIME


def draw_cover(facts: CoverFacts, design: str, *, side_px: int = COVER_PX, comment: str = "") -> bytes:
    """Draw a cover.

    Args:
        facts: what it says.
        design: one of DESIGNS.
        side_px: how wide and high it is.
        comment: a remark in the file's head.

    Raises:
        SoundError: the picture that it is drawn on is none.
    """
    canvas = Canvas((SIDE_PX, SIDE_PX), facts.accent, 2 if side_px <= SIDE_PX else 1, side_px / SIDE_PX)
    DESIGNS[design](canvas, _drawable(facts))
    return canvas.jpeg(comment)


def _drawable(facts: CoverFacts) -> CoverFacts:
    """Leave out what no typeface has letters for."""
    return replace(
        facts,
        title=drawable_text(facts.title),
        headline=drawable_text(facts.headline),
        day=drawable_text(facts.day),
        month=drawable_text(facts.month),
        departments=tuple(CoverPart(drawable_text(part.name), part.share) for part in facts.departments),
    )
