"""What makes the pages an app that a device can keep: its manifest and its icon (layer 3)."""

from __future__ import annotations

import json
from functools import cache

from audiobuild.model.plain_text import plain_line
from audiobuild.publish.pictures.drawing import Canvas
from audiobuild.publish.pictures.palette import LIGHT, palette

ICON_PX = 512


def render_web_manifest(title: str, description: str, language: str) -> bytes:
    """Write what a device is told that keeps the pages as an app. Source: W3C, Web Application Manifest."""
    title = plain_line(title)
    facts = {
        "id": "./",
        "name": title,
        "short_name": title if len(title) <= 12 else title[:11].rstrip() + "…",
        "description": plain_line(description),
        "lang": language,
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": LIGHT["ground"],
        "theme_color": LIGHT["ground"],
        "icons": [
            {"src": "icon.png", "sizes": f"{ICON_PX}x{ICON_PX}", "type": "image/png", "purpose": purpose}
            for purpose in ("any", "maskable")
        ],
    }
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()


@cache
def render_icon(accent: str) -> bytes:
    """Draw the icon: a wave of five bars on the accent, within the circle that a phone may cut out of it."""
    colours = palette(accent, LIGHT)
    canvas = Canvas((ICON_PX, ICON_PX), colours["fill"], scale=2)
    width_px, middle_px = 30, ICON_PX / 2
    for place, height_px in enumerate((96, 196, 268, 150, 72)):
        left_px = middle_px + (place - 2) * 58 - width_px / 2
        box = (left_px, middle_px - height_px / 2, left_px + width_px, middle_px + height_px / 2)
        canvas.box(box, colours["on-fill"], width_px / 2)
    return canvas.png()
