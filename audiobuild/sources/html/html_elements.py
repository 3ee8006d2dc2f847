"""What the elements of HTML are to somebody who reads a page aloud (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from audiobuild.model.values import BlockKind

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""These have no inside."""
BLOCKS = frozenset(
    "address article aside blockquote body caption center colgroup dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 head header hgroup html legend li main menu nav ol optgroup option p pre"
    " search section summary table tbody td tfoot th thead tr ul".split()
)
"""These begin a paragraph of their own, and end the one before."""
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rb rtc ruby s samp"
    " small span strike strong sub sup time tt u var".split()
)
"""These stand among the words of a sentence, which they leave as they are."""
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
KINDS: Mapping[str, BlockKind] = {
    "blockquote": BlockKind.QUOTATION,
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "pre": BlockKind.CODE,
    "article": BlockKind.PARAGRAPH,  # a list of whole posts has no items
}
UNREAD: Mapping[str, str] = {
    "nav": "the way about a site is not read",
    "figcaption": "a caption is not read",
    "caption": "a caption is not read",
    "head": "what a page says of itself is not read",
    "optgroup": "a control is not read",
    "option": "a control is not read",
    "datalist": "a control is not read",
    "button": "a control is not read",
    "select": "a control is not read",
    "meter": "a control is not read",
    "progress": "a control is not read",
    "rp": "how characters are pronounced is not read",
    "rt": "how characters are pronounced is not read",
    "math": "mathematics is not read",
    **dict.fromkeys(("del", "s", "strike"), "what was struck out is not read"),
    "svg": "a drawing is not read",
    "canvas": "a drawing is not read",
    "video": "a film is not read",
    "audio": "a recording is not read",
    "iframe": "another page is not read",
    "object": "another page is not read",
    "applet": "another page is not read",
    "noscript": "what is for other browsers is not read",
    "noembed": "what is for other browsers is not read",
    "noframes": "what is for other browsers is not read",
    "script": "a program is not read",
    "style": "the look of a page is not read",
    "textarea": "a control is not read",
    "template": "a template is not read",
}
"""Elements that are left out with all that is in them, and why."""
MEDIA = frozenset("iframe object applet video audio canvas svg math embed".split())
"""Of these there is something to see or hear even where no word is in them."""
NOTES = frozenset(
    "footnote footnotes endnote endnotes rearnote rearnotes doc-footnote doc-endnote doc-endnotes"
    " wp-block-footnotes".split()
)
"""What an element is called, as a role, a type of EPUB's or a class, that holds notes."""
VERSE = frozenset(
    "z3998:poem z3998:verse z3998:song z3998:hymn z3998:lyrics poem poetry verse stanza lyrics wp-block-verse"
    " preformatted-block".split()
)
"""The same of an element that holds verse."""
STANZAS = frozenset("stanza linegroup line-group lg verse-stanza".split())
"""The same of one that holds a stanza, each line of which is a paragraph."""
NOTE_MARKS = frozenset(
    "noteref doc-noteref footnote-ref footnote-reference footnoteref"
    " footnote-anchor footnote-number"
    " backlink doc-backlink footnote-backref footnote-return footnote-back reversefootnote".split()
)
"""The same of a link that leads to a note, or back."""
_DROP_CAP = re.compile(r"drop|initial|versal|lettrine", re.IGNORECASE)
_NOTE_LABEL = re.compile(
    r"[\W\d_]{0,20}(?:(?:foot|end)?note|fn|ref)?[\W_]{0,5}\w{0,4}[\W_]{0,20}"
    r"|.{0,60}\b(?:back|return|jump|footnote)\b.{0,60}",
    re.IGNORECASE,
)
_FOR_SCREEN_READERS = "what is for screen readers alone is not read"
UNREAD_NAMES: Mapping[str, str] = {
    **dict.fromkeys("instagram-media fb-post tiktok-embed".split(), "a post from elsewhere is not read"),
    **dict.fromkeys("ltx_note_outer sidenote marginnote margin-note side-note".split(), "a footnote is not read"),
    **dict.fromkeys("inline-template template-fact".split(), "what is asked of its editors is not read"),
    **dict.fromkeys("caption wp-caption-text figcaption image-caption".split(), "a caption is not read"),
    "kg-bookmark-card": "what leads to other articles is not read",
    "kg-signup-card": "an invitation to sign up is not read",
    "wp-block-file": "a file to be fetched is not read",
    **dict.fromkeys("wp-block-button wp-block-buttons kg-button-card".split(), "a control is not read"),
    **dict.fromkeys("kg-audio-card kg-video-card kg-file-card".split(), "a recording is not read"),
    **dict.fromkeys(
        "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only assistive-text hide-text".split(),
        _FOR_SCREEN_READERS,
    ),
}
"""What elements are called that are left out, and why."""
_HIDDEN_NAME = re.compile(r"(?!not-)[a-z0-9]{1,20}(?:-u)?[-_](?:sr-only|visually-?hidden|screen-reader-(?:text|only))")
"""The same names with that of a system before them: "govuk-visually-hidden"."""
CLOSED_BY: Mapping[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tbody": frozenset({"thead", "tbody", "tfoot", "tr", "td", "th", "caption"}),
    "tfoot": frozenset({"thead", "tbody", "tfoot", "tr", "td", "th", "caption"}),
    "option": frozenset({"option"}),
}
"""What is at its end, although nobody says so, where such an element begins."""
KNOWN = frozenset(BLOCKS | INLINE | VOID | UNREAD.keys())
"""What is read in one way or another, or not for a reason."""


def unread_name(name: str) -> str:
    """Say why an element of a name is left out; empty where it is not.

    >>> unread_name("govuk-visually-hidden"), unread_name("not-sr-only")
    ('what is for screen readers alone is not read', '')
    """
    return UNREAD_NAMES.get(name, _FOR_SCREEN_READERS if _HIDDEN_NAME.fullmatch(name) else "")


def is_note_label(words: str) -> bool:
    """Whether a link to a note, or back, says no more than that, and no word of the sentence.

    >>> is_note_label("[12]"), is_note_label("Jump to footnote reference"), is_note_label("the piano")
    (True, True, False)
    """
    return _NOTE_LABEL.fullmatch(words) is not None


def drop_cap(picture: Mapping[str, str]) -> str:
    """Give the letter that a picture is which begins a chapter, by its attributes; empty for any other.

    >>> drop_cap({"class": "dropcap", "alt": "W"})
    'W'
    """
    told = picture.get("alt", "").strip()
    return told if _DROP_CAP.search(picture.get("class", "")) and re.fullmatch(r"[“‘]?[A-Z]", told) else ""
