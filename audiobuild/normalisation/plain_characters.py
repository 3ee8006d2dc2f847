"""Characters brought to their plain form before any rule looks at them (layer 1, pure).

Names of characters in HTML, ligatures, full-width forms, foreign digits, special spaces and hyphens become plain
ones; what has no sound at all (zero-width characters, soft hyphens, controls) goes. Every change keeps its place in
the written text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from html import unescape

_SUSPECT = re.compile(
    r"&(?:#\d{1,7}|#[xX][\dA-Fa-f]{1,6}|[A-Za-z][A-Za-z\d]{1,30});"  # a character by its name in HTML
    r"|[^\t\n -~£€°–—‘’“”…áàâäãåçéèêëíìîïñóòôöõøúùûüÿæœßÁÀÂÄÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜÆŒ¼½¾²³×÷±·]"
)
_PLAIN = str.maketrans(
    {
        "\r": "",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x85": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "º": "°",
        "˚": "°",
        "∘": "°",
        "µ": "μ",
        "‐": "-",
        "‑": "-",
        "﹣": "-",
        "‒": "–",
        "―": "—",
        "⸺": "—",
        "⁄": "/",
        "∕": "/",
        "´": "’",
        "ʼ": "’",
        "ʹ": "′",
        "‛": "‘",
        "‚": "‘",
        "„": "“",
        "‟": "“",
        "«": "“",
        "»": "”",
        "‹": "‘",
        "›": "’",
        "。": ". ",
        "、": ", ",
        "，": ", ",
        "؛": ";",
        "؟": "?",
        "،": ",",
        "¿": "",
        "¡": "",
        "™": "",
        "®": "",
        "©": "",
        "℠": "",
        "−": "−",
        "′": "′",
        "″": "″",
    }
)
_KEPT = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉−′″μ№⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞↉")


@dataclass(frozen=True, slots=True)
class Edit:
    """One character that became something else."""

    place: int
    """Its offset in the written text."""
    length: int
    """How many characters write it: one, or more for a name such as "&amp;"."""
    start: int
    """Offset of its plain form in the plain text."""
    end: int
    """Offset behind its plain form in the plain text."""


@cache
def _plain(char: str) -> str:
    if char in _KEPT:
        return char
    mapped = char.translate(_PLAIN)
    if mapped != char:
        return mapped
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Zs":
        return " "
    if category.startswith("C") or "\ufe00" <= char <= "\ufe0f" or char in "\u20e3\u034f":
        return ""
    if category in {"Nl", "No"} or unicodedata.decomposition(char).startswith("<"):
        folded = unicodedata.normalize("NFKC", char)
        if len(folded) == 1 or folded.isalpha() or folded.isdigit():
            plain = folded.translate(_PLAIN)
            if plain.isascii() or category not in {"Nl", "No"}:
                return plain
        if category in {"Nl", "No"}:
            value = unicodedata.numeric(char)
            return str(int(value)) if value == int(value) and value >= 0 else ""
    return char


def _plain_form(written: str) -> str:
    """Return the plain form of a character, or of the character that a name in HTML stands for."""
    if len(written) == 1:
        return _plain(written)
    named = unescape(written)
    return written if named == written else "".join(map(_plain, named))


def in_plain_characters(written: str) -> tuple[str, tuple[Edit, ...]]:
    """Return the text in plain characters, with the edits that made it so.

    >>> in_plain_characters("o\ufb03ce")[0]
    'office'
    """
    found = _SUSPECT.search(written)
    if found is None:
        return written, ()
    parts: list[str] = []
    edits: list[Edit] = []
    done, length = 0, 0
    for suspect in _SUSPECT.finditer(written, found.start()):
        char = suspect.group()
        mapped = _plain_form(char)
        if mapped == char:
            continue
        place = suspect.start()
        parts += (written[done:place], mapped)
        length += place - done
        edits.append(Edit(place, len(char), length, length + len(mapped)))
        length += len(mapped)
        done = place + len(char)
    parts.append(written[done:])
    return "".join(parts), tuple(edits)
