"""Lines that programs put into Markdown for themselves: what each is, and why it is not read (layer 1, pure).

rating:: 9                 a field of a note
:LOGBOOK:                  when a task was worked on
#mud #boats/ferry          tags
(late-ferry)=              a label
/quay.png "The quay"       a file to be put there
<Chart data={[1, 2]} />    a component, on one line or on several
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from audiobuild.model.values import BlockKind

PROGRAMS = "what is for programs is not read"
CAPTION = "a caption is not read"
_FACTS = "a note's own facts are not read"
_KINDS: Mapping[str, tuple[BlockKind, str]] = {
    "field": (BlockKind.SHORTCODE, _FACTS),
    "clock": (BlockKind.SHORTCODE, _FACTS),
    "tags": (BlockKind.SHORTCODE, "a list of tags is not read"),
    "label": (BlockKind.SHORTCODE, PROGRAMS),
    "expression": (BlockKind.SHORTCODE, PROGRAMS),
    "file": (BlockKind.IMAGE, ""),
    "elsewhere": (BlockKind.LINK, "what leads to other articles is not read"),
}
_LINE = re.compile(
    r"""\s*(?:[-*+]\s+)?(?:
    (?P<field>[A-Za-z][\w-]{0,40}(?:\ [\w-]{1,40}){0,3}::\s+\S.*|[a-z][\w-]{0,40}::)
    | (?P<clock>:[A-Z]{3,12}:|CLOCK:\s.*|(?:SCHEDULED|DEADLINE):\s*<.*)
    | (?P<tags>\#{4,6}\s+tags?:\s.*
        |(?:\#[a-z][\w/-]{0,60}\#?|\#[A-Za-z][\w/-]{0,60}\#?(?=\s+\#))(?:\s+\#[A-Za-z][\w/-]{0,60}\#?){0,30})
    | (?P<label>\([\w-]{1,80}\)=|\+\+\+)
    | (?P<expression>\{[A-Za-z_$][\w.$]{0,80}(?:\(.*\))?\}|\{.*=>.*\})
    | (?P<file>/[\w./%-][\w./% -]{0,200}\.\w{2,4}(?:\s+(?:"[^"]*"|'[^']*'))?)
    | (?P<elsewhere>\[[^\[\]]{0,300}\]\([^()\s]{0,400}(?:[0-9a-f]{32}\.md|\.csv)\))
    )\s*""",
    re.VERBOSE,
)
_SIGNS = re.compile(r"::|^\s*(?:[-*+]\s+)?(?:[:#(+{/\[]|CLOCK|SCHED|DEADL)")
_COMPONENT = re.compile(r"\s*<[A-Z][\w.]{0,60}(?=\s|$)[^<>]*")
_MOST_LINES = 30
"""Of a component."""
_PICTURE = re.compile(r"\s*(?:!\[[^\[\]]{0,300}\]\([^()]{0,500}\)|!\[\[[^\[\]]{1,300}\]\])(?:\{[^{}]{0,200}\})?\s*")
_SLANTED = re.compile(r"\s*(?P<mark>[*_])(?![*_\s])(?P<words>[^*_]{1,400})(?<!\s)(?P=mark)\s*")


def kind_of_line(row: str) -> tuple[BlockKind, str] | None:
    """Say what a line is that is not for reading aloud, and why; None for any other.

    >>> kind_of_line("rating:: 9")
    (<BlockKind.SHORTCODE: 'shortcode'>, "a note's own facts are not read")
    """
    found = _LINE.fullmatch(row) if _SIGNS.search(row) else None
    return _KINDS[str(found.lastgroup)] if found else None


def end_of_component(rows: Sequence[str], place: int) -> int:
    """Find the end of a component that begins on a line and has nothing to read in it; 0 where none does."""
    if not rows[place].lstrip().startswith("<") or not _COMPONENT.match(rows[place]):
        return 0
    for end in range(place, min(len(rows), place + _MOST_LINES)):
        stripped = rows[end].strip()
        if stripped.endswith("/>"):
            return end + 1
        if stripped.endswith(">") or not stripped:
            return 0
    return 0


def is_picture(row: str) -> bool:
    """Whether a line is a picture and nothing else."""
    return _PICTURE.fullmatch(row) is not None


def slanted_words(row: str) -> str:
    """Give the words of a line that is slanted as a whole, as captions are; empty for any other.

    >>> slanted_words("*The quay in March.*"), slanted_words("*Now* and then.")
    ('The quay in March.', '')
    """
    found = _SLANTED.fullmatch(row)
    return found["words"] if found else ""
