"""What a merge of git's leaves in a file until somebody has decided between two versions (pure)."""

from __future__ import annotations

import re

_OPENING = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
_BETWEEN = re.compile(r"^={7}$", re.MULTILINE)
_CLOSING = re.compile(r"^>{7}(?: .*)?$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)

UNFINISHED = "a merge is not finished: both versions stand in it"
DECIDE = "Keep one of the two, and take the lines with <<<<<<<, ======= and >>>>>>> away."


def find_conflict(text: str) -> int:
    """Find the line where an unfinished merge begins; 0 where there is none, or it stands in code as an example.

    >>> find_conflict("Tides.\\n<<<<<<< HEAD\\nLow.\\n=======\\nHigh.\\n>>>>>>> mended"), find_conflict("Tides.")
    (2, 0)
    """
    opening = _OPENING.search(text)
    between = _BETWEEN.search(text, opening.end()) if opening else None
    if opening is None or between is None or not _CLOSING.search(text, between.end()):
        return 0
    is_in_code = len(_FENCE.findall(text, 0, opening.start())) % 2
    return 0 if is_in_code else text.count("\n", 0, opening.start()) + 1
