"""Lines that programs put into Markdown for themselves: what each is, and why it is not read (layer 1, pure).

rating:: 9                 a field of a note
:LOGBOOK:                  when a task was worked on
#mud #boats/ferry          tags
(late-ferry)=              a label
*[RMS]: Royal Mail Ship    what a short form stands for
/quay.png "The quay"       a file to be put there
<Chart data={[1, 2]} />    a component, on one line or on several
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from audiobuild.model.values import BlockKind

PROGRAMS = "what is for programs is not read"
CAPTION = "a caption is not read"
ELSEWHERE = BlockKind.LINK, "what leads to other articles is not read"
_FACTS = "a note's own facts are not read"
_KINDS: Mapping[str, tuple[BlockKind, str]] = {
    "field": (BlockKind.SHORTCODE, _FACTS),
    "clock": (BlockKind.SHORTCODE, _FACTS),
    "tags": (BlockKind.SHORTCODE, "a list of tags is not read"),
    "label": (BlockKind.SHORTCODE, PROGRAMS),
    "expression": (BlockKind.SHORTCODE, PROGRAMS),
    "short": (BlockKind.SHORTCODE, "what a short form stands for is not read"),
    "file": (BlockKind.IMAGE, ""),
    "contents": (BlockKind.LINK, "contents are not read"),
    "portal": (BlockKind.LINK, "an invitation to sign up is not read"),
    "elsewhere": ELSEWHERE,
}
_LINE = re.compile(
    r"""\s*(?:[-*+]\s+)?(?:
    (?P<field>[A-Za-z][\w-]{0,40}(?:\ [\w-]{1,40}){0,3}::\s+\S.*|[a-z][\w-]{0,40}::)
    | (?P<clock>:[A-Z]{3,12}:|CLOCK:\s.*|(?:SCHEDULED|DEADLINE):\s*<.*)
    | (?P<tags>\#{4,6}\s+tags?:\s.*
        |(?:\#[a-z][\w/-]{0,60}\#?|\#[A-Za-z][\w/-]{0,60}\#?(?=\s+\#))(?:\s+\#[A-Za-z][\w/-]{0,60}\#?){0,30})
    | (?P<label>\([\w-]{1,80}\)=|\+\+\+)
    | (?P<expression>\{[A-Za-z_$][\w.$]{0,80}(?:\(.*\))?\}|\{.*=>.*\})
    | (?P<short>\*\[[^\[\]]{1,60}\]:\s.*)
    | (?P<file>(?:__GHOST_URL__)?/[\w./%-][\w./% -]{0,200}\.\w{2,4}(?:\s+(?:"[^"]*"|'[^']*'))?)
    | (?P<contents>\[[^\[\]]{1,300}\t\**\d{1,4}\**\]\(\#[^()\s]{0,200}\))
    | (?P<portal>\[[^\[\]]{0,300}\]\(\#/portal/[\w/-]{0,60}\))
    | (?P<elsewhere>\[[^\[\]]{0,300}\]\([^()\s]{0,400}(?:[0-9a-f]{32}\.md|\.csv)\)
        |\[[^\[\]]{0,300}\]\(https://(?:www\.)?notion\.so/[^()\s]{0,300}\)
        |(?:\[\[[^\[\]]{1,200}\]\][\s|·,•/]*){2,20})
    )\s*""",
    re.VERBOSE,
)
_SIGNS = re.compile(r"::|^\s*(?:[-*+]\s+)?(?:[:#(+{/\[]|\*\[|__GHOST|CLOCK|SCHED|DEADL)")
_COMPONENT = re.compile(r"\s*<[A-Z][\w.]{0,60}(?=\s|$)[^<>]*")
_MOST_LINES = 30
"""Of a component."""
_PICTURE = re.compile(
    r"\s*(?:!\[[^\[\]]{0,300}\]\([^()]{0,500}\)|!\[\[[^\[\]|#]{1,250}\.\w{2,5}(?:[|#][^\[\]]{0,100})?\]\])(?:\{[^{}]{0,200}\})?\s*"
)
_NOTE_BEGINS = re.compile(r"\s*\[(?P<label>\d{1,3})\]\(\#_?(?:footnote-anchor|fnref|ftnref|ftnt_ref)[\w:-]{0,40}\)\s*")
_SLANTED = re.compile(r"\s*(?P<mark>[*_])(?![*_\s])(?P<words>[^*_]{1,400})(?<!\s)(?P=mark)\s*")


_NOTION_PICTURE = re.compile(r"[0-9a-f]{32}/")
_CAPTION_LINE = re.compile(r"(?![#>|<:!\[{-]|\d+[.)]|[*+] )(?:\S+ ){1,20}\S*[^\s.!?:;,…\"'”’)\]}>]")
_CARD_END = re.compile(r"\s*\]\([^()\s]{0,500}\)\s*")
_LABELLED = re.compile(
    r"\s*<(?:TabItem|Tab|Step|Accordion|AccordionItem|Expandable|Card|Admonition|Callout)\s[^<>]*>\s*"
)
_LABEL = re.compile(r"\s(?:label|title)\s*=\s*(?P<quote>[\"'])(?P<label>[^\"'{}]{1,200})(?P=quote)")


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


def begin_note(rows: list[str], place: int) -> None:
    """Write a note as Markdown has it that begins with nothing but the way back to its mark, as Substack's do."""
    found = _NOTE_BEGINS.fullmatch(rows[place])
    following = next((at for at in range(place + 1, min(len(rows), place + 4)) if rows[at].strip()), 0)
    if found and following:
        rows[place], rows[following] = f"[^{found['label']}]: {rows[following].strip()}", ""


def is_picture(row: str) -> bool:
    """Whether a line is a picture and nothing else."""
    return _PICTURE.fullmatch(row) is not None


def caption_below(rows: Sequence[str], place: int) -> str:
    """Give the caption that a line is which stands right below a picture by itself; Notion leaves a line between.

    >>> caption_below(["![](quay.png)", "The quay in March", ""], 1), caption_below(["![](quay.png)", "It fell."], 1)
    ('The quay in March', '')
    """
    row = rows[place].strip()
    above = next((each for each in reversed(rows[max(0, place - 3) : place]) if each.strip()), "")
    is_right_below = (above == rows[place - 1] and bool(above)) or _NOTION_PICTURE.search(above) is not None
    is_alone = place + 1 == len(rows) or not rows[place + 1].strip()
    return row if is_right_below and is_alone and _CAPTION_LINE.fullmatch(row) else ""


def end_of_card(rows: Sequence[str], place: int) -> int:
    """Find the end of a link around several paragraphs and a picture, as cards become; 0 where none begins."""
    near = range(place + 1, min(len(rows), place + _MOST_LINES))
    return next((end + 1 for end in near if _CARD_END.fullmatch(rows[end])), 0)


def label_of(row: str) -> str:
    """Give what a tab, a step or the like is called that a component of MDX begins on a line; empty for any other.

    >>> label_of('<TabItem value="n" label="North coast">')
    'North coast'
    """
    component = _LABELLED.fullmatch(row)
    found = _LABEL.search(row) if component else None
    return found["label"].strip() if found else ""


def slanted_words(row: str) -> str:
    """Give the words of a line that is slanted as a whole, as captions are; empty for any other.

    >>> slanted_words("*The quay in March.*"), slanted_words("*Now* and then.")
    ('The quay in March.', '')
    """
    found = _SLANTED.fullmatch(row)
    return found["words"] if found else ""
