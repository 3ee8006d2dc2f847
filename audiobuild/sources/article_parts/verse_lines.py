"""Lines that are their author's, as those of verse and of an address, told from prose that an editor wrapped (layer 1).

An editor ends a line only where the next word finds no room on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_FEWEST = 3
_NARROW_CHARS = 45
"""Nobody wraps prose at so few."""
_BEFORE_LETTER = " \t\"'“‘„«(_*–—"


def is_verse(lines: Sequence[str]) -> bool:
    """Whether all lines begin with a capital, and no editor can have ended them where they end.

    >>> is_verse(["He stopped for me and for the others,", "And so we left", "The town behind us."])
    True
    >>> prose = "He stopped for me on that day and we left\\nAldbourne behind us, its church and its old mill\\nInn."
    >>> is_verse(prose.split("\\n"))
    False
    """
    if len(lines) < _FEWEST or not all(map(_begins_large, lines)):
        return False
    return max(map(len, lines)) <= _NARROW_CHARS or has_room(lines)


def has_room(lines: Sequence[str]) -> bool:
    """Whether the next word would have stood on one of the lines, without its being longer than all others."""
    width = max(map(len, lines))
    return any(
        len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) < width
        for line, following in pairwise(lines)
        if following.strip()
    )


def is_indented_by_turns(rows: Sequence[str]) -> bool:
    """Whether lines of a stanza are indented by turns; entries of a list may be too, but each of them ends a sentence.

    >>> is_indented_by_turns(["The owl came down,", "   and sat;", "the moon was up,", "   and bright."])
    True
    >>> is_indented_by_turns(["Lee, A. Of salt.", "   London.", "Roe, B. Of tides.", "   Leeds."])
    False
    """
    indented = [row.startswith(("  ", "\t")) for row in rows]
    turns = [place for place in range(1, len(rows)) if indented[place] != indented[place - 1]]
    ends_open = any(
        not indented[place] and not rows[place - 1].rstrip().endswith((".", "!", "?", "”", '"')) for place in turns
    )
    return not indented[0] and len(turns) > 1 and ends_open


def _begins_large(line: str) -> bool:
    return line.lstrip(_BEFORE_LETTER)[:1].isupper()
