"""Typefaces for any script, and how a line is set in them: shaped, and in the order in which it is read (layer 3).

They come with packages, none from the system, so that a text is drawn alike on every machine. A line of text enters;
runs leave, each in one typeface and one direction, from left to right as they stand on the line.

Of the bidirectional algorithm this is what a title needs: stretches of one direction, put in order by the direction
of the first letter. Within a stretch, shaping is Pillow's (raqm, which its wheels have).

Source: Unicode Standard Annex 9, "Unicode Bidirectional Algorithm".
"""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

SANS, SERIF = "sans", "serif"

ASCENT, DESCENT = 0.95, 0.25
"""How far a line reaches above and below its baseline, in sizes: the same for all scripts, so that lines keep apart."""

_SERIF_FILE = ("fontpkg_source_serif_4", "files/SourceSerif4[opsz,wght].ttf")
_SANS_FILE = ("manimgx_fonts", "NotoSans[wght].ttf")
_OTHER_FILES = (
    *(
        ("manimgx_fonts", f"NotoSans{script}[wght].ttf")
        for script in (
            *("Arabic", "Hebrew", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu"),
            *("Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Khmer", "Myanmar", "Ethiopic", "Armenian"),
            *("Georgian", "Symbols"),
        )
    ),
    ("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc"),  # comes with the extra "cjk"
    ("manimgx_fonts", "NotoEmoji[wght].ttf"),
)
"""Where the letters are that neither has, in the order in which they are looked up."""
_FACES_OF_CJK = {"ja": 0, "ko": 1, "zh": 2, "zh-Hans": 2, "zh-Hant": 3, "zh-TW": 3, "zh-HK": 4}
"""Places in the collection: the same characters are drawn otherwise in Japan, Korea, China, Taiwan and Hong Kong."""

_JUDGED_AT_PX = 24
_RIGHT_TO_LEFT = ("R", "AL")
_NEUTRAL = ("ON", "WS", "S", "B", "CS", "ES", "ET", "NSM", "BN")
"""Kinds of characters that go with those around them."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set."""

    face: str = SANS
    """SANS or SERIF; what it has no letters for stands in a typeface of its script."""
    weight: int = 400
    """From 100 to 900, as far as the typeface goes."""
    language: str = ""
    """BCP 47: how characters of Chinese, Japanese and Korean are drawn; empty for Japanese."""


@dataclass(frozen=True, slots=True)
class LineRun:
    """A stretch of a line in one typeface and one direction."""

    text: str
    file: tuple[str, str]
    is_leftward: bool


PLAIN = Style()


def is_leftward(text: str) -> bool:
    """Say whether a text is read from right to left: by its first letter."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind in _RIGHT_TO_LEFT for kind in kinds if kind in ("L", *_RIGHT_TO_LEFT)), False)


def has_letter(char: str) -> bool:
    """Say whether a typeface that is installed has a character."""
    return _file_of(char, SANS) is not None


@lru_cache(maxsize=4096)
def set_line(text: str, face: str) -> tuple[LineRun, ...]:
    """Part a line into runs, in their order from left to right; what no typeface has is left out."""
    backward = is_leftward(text)
    stretches = [
        (leftward, "".join(char for _, char in group))
        for leftward, group in itertools.groupby(_directed(text, backward=backward), key=lambda pair: pair[0])
    ]
    runs: list[LineRun] = []
    for leftward, part in reversed(stretches) if backward else stretches:
        within = [LineRun(said, file, leftward) for file, said in _by_file(part, face)]
        runs += reversed(within) if leftward else within
    return tuple(runs)


def run_width(run: LineRun, size_px: int, style: Style) -> float:
    """Measure how wide a run is drawn."""
    return font_of(run.file, size_px, style).getlength(run.text, direction=direction_of(run))


def direction_of(run: LineRun) -> str | None:
    """Name a run's direction as Pillow wants it; a Pillow without raqm knows none."""
    return ("rtl" if run.is_leftward else "ltr") if _layout() is ImageFont.Layout.RAQM else None


@lru_cache(maxsize=256)
def font_of(file: tuple[str, str], size_px: int, style: Style) -> ImageFont.FreeTypeFont:
    """Open a typeface in a size and a weight."""
    index = 0
    if file[1].endswith(".ttc"):
        tag = style.language
        index = _FACES_OF_CJK.get(tag, _FACES_OF_CJK.get(tag.partition("-")[0], 0))
    font = ImageFont.truetype(str(_path(file)), size_px, index, layout_engine=_layout())
    font.set_variation_by_axes([_on_axis(axis, size_px, style) for axis in font.get_variation_axes()])
    return font


def _on_axis(axis: ImageFont.Axis, size_px: int, style: Style) -> float:
    wanted = size_px if b"Optical" in (axis["name"] or b"") else style.weight
    return min(axis["maximum"] or wanted, max(axis["minimum"] or wanted, wanted))


def _directed(text: str, *, backward: bool) -> list[tuple[bool, str]]:
    """Say of each character whether it stands in a stretch that is read leftward."""
    kinds = [unicodedata.bidirectional(char) for char in text]
    sure = [None if kind in _NEUTRAL else kind in _RIGHT_TO_LEFT for kind in kinds]
    before = list(itertools.accumulate(sure, lambda last, now: last if now is None else now, initial=backward))[1:]
    after = list(itertools.accumulate(reversed(sure), lambda last, now: last if now is None else now, initial=backward))
    pairs = zip(before, reversed(after[1:]), strict=True)
    return [(one if one == other else backward, char) for char, (one, other) in zip(text, pairs, strict=True)]


def _by_file(text: str, face: str) -> list[tuple[tuple[str, str], str]]:
    """Part a stretch by typefaces; a mark or a space stays in that of the letter before it, where it has it."""
    parts: list[tuple[tuple[str, str], str]] = []
    for char in text:
        last = parts[-1][0] if parts else None
        stays = last is not None and unicodedata.category(char)[0] in "MZPC"
        file = last if stays and last and _has(last, char) else _file_of(char, face)
        if file is None:
            continue
        if last == file:
            parts[-1] = (file, parts[-1][1] + char)
        else:
            parts.append((file, char))
    return parts


@lru_cache(maxsize=4096)
def _file_of(char: str, face: str) -> tuple[str, str] | None:
    firsts = (_SERIF_FILE, _SANS_FILE) if face == SERIF else (_SANS_FILE,)
    return next((file for file in (*firsts, *_OTHER_FILES) if _is_installed(file[0]) and _has(file, char)), None)


@lru_cache(maxsize=8192)
def _has(file: tuple[str, str], char: str) -> bool:
    """Whether a typeface has a character: one that it lacks is drawn as the box that stands for none."""
    font = _judged(file)
    return bytes(font.getmask(char)) != _box(file)


@cache
def _box(file: tuple[str, str]) -> bytes:
    return bytes(_judged(file).getmask("\U0010fffd"))


@cache
def _judged(file: tuple[str, str]) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_path(file)), _JUDGED_AT_PX, layout_engine=ImageFont.Layout.BASIC)


@cache
def _is_installed(package: str) -> bool:
    return find_spec(package) is not None


@cache
def _path(file: tuple[str, str]) -> Path:
    package, name = file
    return Path(str(files(package))) / name


@cache
def _layout() -> ImageFont.Layout:
    from PIL import features

    return ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC
