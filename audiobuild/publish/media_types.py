"""What kind of file each is that is published, and how long it may be kept once it is fetched (layer 3, pure)."""

from __future__ import annotations

from audiobuild.model.file_formats import FORMATS
from audiobuild.publish.companions import COMPANIONS

MEDIA_TYPES = {
    **{each.suffix: each.media_type for each in FORMATS.values()},
    **{each.suffix: each.media_type for each in COMPANIONS},
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/rss+xml",
}
"""By the end of the name, the first that fits."""
UNKNOWN = "application/octet-stream"
SHOW_PICTURE = "feed.jpg"
"""The show's own picture, where it has none but a drawn one; no episode has that name."""
_SOUNDS = tuple(each.suffix for each in FORMATS.values())
_FOR_EVER = "public, max-age=31536000, immutable"
_FOR_MINUTES = "public, max-age=300"


def media_type(name: str) -> str:
    """Say what kind of file that is.

    >>> media_type("Weekly.MP3"), media_type("weekly.chapters.json")
    ('audio/mpeg', 'application/json+chapters')
    """
    lower = name.lower()
    return next((kind for ending, kind in MEDIA_TYPES.items() if lower.endswith(ending)), UNKNOWN)


def is_sound(name: str) -> bool:
    """Say whether a file is an episode itself, which may be large."""
    return name.endswith(_SOUNDS)


def headers_of(name: str) -> dict[str, str]:
    """Say with which headers an object store gives a file out.

    Sounds and pictures have another name whenever they change; what else there is may change under its own.

    >>> headers_of("weekly.r2.mp3")
    {'Content-Type': 'audio/mpeg', 'Cache-Control': 'public, max-age=31536000, immutable'}
    >>> headers_of("weekly.html")
    {'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'public, max-age=300'}
    """
    kind = media_type(name)
    is_lasting = is_sound(name) or (name.endswith(".jpg") and name != SHOW_PICTURE)
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return {"Content-Type": f"{kind}{charset}", "Cache-Control": _FOR_EVER if is_lasting else _FOR_MINUTES}
