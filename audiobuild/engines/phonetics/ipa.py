"""Pronunciations in IPA, found run by run of their symbols in the table of an engine (layer 3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TypeVar

from audiobuild.errors import EngineError

DELIMITERS = re.compile(r"^\s*[/\[]|[/\]]\s*$")
"""What linguists put around a transcription."""

_TIES = re.compile("[\u0361\u035c]")
_T = TypeVar("_T")


def find_sounds(
    ipa: str, table: tuple[Mapping[str, _T], int], *, word: str, engine: str, end: str = ""
) -> Iterator[_T]:
    """Look up the symbols of a pronunciation, the longest run first.

    Args:
        ipa: no white space, in any Unicode form.
        table: what stands for each run of symbols, in NFD; and the length of the longest run.
        word: what is pronounced, for the error.
        engine: whose table it is, for the error.
        end: what stands in the table for the end of a word.

    Raises:
        EngineError: a symbol is not in the table.
    """
    sounds, longest = table
    symbols = _TIES.sub("", unicodedata.normalize("NFD", ipa)) + end
    place = 0
    while place < len(symbols):
        runs = (symbols[place : place + length] for length in range(longest, 0, -1))
        run = next((run for run in runs if run in sounds), None)
        if run is None:
            symbol = symbols[place]
            name = unicodedata.name(symbol, "no character")
            message = f"there is no sound for {symbol!r} (U+{ord(symbol):04X}, {name}) in the pronunciation of {word!r}"
            raise EngineError(message, engine, f"Write /{ipa}/ with other symbols.")
        yield sounds[run]
        place += len(run)
