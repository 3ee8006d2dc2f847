"""The formats that an episode can have: all that is known of each without writing or reading one (layer 0)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format that an episode can have."""

    name: str
    """The word that chooses it."""
    suffix: str
    media_type: str
    """What a feed and a server call it."""
    codec: str
    """What people call its sound."""
    marks: tuple[tuple[int, bytes], ...] = ()
    """What its files begin with, any of these: an offset, and the bytes at it."""
    is_lossless: bool = False
    is_joined: bool = False
    """Whether takes are kept as MP3 frames and laid end to end."""
    is_aired: bool = False
    """Whether an episode of it has a page, and a place in the feed."""
    is_volume: bool = False
    """Whether it is a book with the sound in it."""
    mono_kbps: int = 0
    """A bit rate good for speech in one channel; 0 where it is not chosen."""
    stereo_kbps: int = 0
    """The same for two channels together."""
    bit_rates_kbps: Sequence[int] = range(16, 321)
    """Those that can be chosen."""

    def bit_rate_kbps(self, channels: int) -> int:
        """The bit rate to take when nothing is said of it; 0 for what is lossless."""
        return self.mono_kbps if channels == 1 else self.stereo_kbps


_MP3_RATES_KBPS = (64, 80, 96, 112, 128, 160, 192)

FORMATS = {
    each.name: each
    for each in (
        Format(
            name="mp3",
            suffix=".mp3",
            media_type="audio/mpeg",
            codec="MP3",
            is_joined=True,
            is_aired=True,
            mono_kbps=96,
            stereo_kbps=128,
            bit_rates_kbps=_MP3_RATES_KBPS,
        ),
        Format("m4b", ".m4b", "audio/mp4", "AAC", ((4, b"ftyp"),), mono_kbps=64, stereo_kbps=96),
        Format("opus", ".opus", "audio/ogg", "Opus", ((0, b"OggS"),), mono_kbps=64, stereo_kbps=96),
        Format("flac", ".flac", "audio/flac", "FLAC", ((0, b"fLaC"),), is_lossless=True),
        Format("wav", ".wav", "audio/wav", "PCM", ((0, b"RIFF"), (0, b"RF64")), is_lossless=True),
        Format(
            name="epub",
            suffix=".epub",
            media_type="application/epub+zip",
            codec="MP3",
            marks=((30, b"mimetypeapplication/epub+zip"),),
            is_joined=True,
            is_volume=True,
            mono_kbps=96,
            stereo_kbps=128,
            bit_rates_kbps=_MP3_RATES_KBPS,
        ),
    )
}
"""The formats by their names."""


def format_of(head: bytes) -> Format:
    """Tell a file's format by its first bytes; what has no mark of another is taken for MP3.

    >>> format_of(b"fLaC").name, format_of(b"ID3").name
    ('flac', 'mp3')
    """
    known = (each for each in FORMATS.values() for place, mark in each.marks if head[place:].startswith(mark))
    return next(known, FORMATS["mp3"])
