"""The text of HTML and XHTML, from bytes in whatever encoding they are (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.errors import SourceError
from audiobuild.sources.article_parts.decoding import MARKS, guess_text
from audiobuild.sources.html.html_tags import refuse_many_tags

_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_DECLARED_WITHIN_BYTES = 4096
_MOST_CHARS = 5_000_000
"""Of a page, without what is embedded in it."""
_EMBEDDED = re.compile(rb"(data:[\w/+.;=-]{1,80};base64,)[A-Za-z0-9+/=%]{200,}+")
"""Pictures and fonts that stand in the page itself, as programs that save pages write them."""
_AS_SHOWN = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
"""What browsers take other encodings for: the quotation marks of one are control characters in the other."""
_NOTE_LINK = re.compile(
    r"""<a(?=\s[^<>]{0,300}href\s*=\s*["'][^"'<>]{0,200}\#)  # it leads to a place in a page
    (?P<rest>\s[^<>]{0,300}>\s*(?:<sup\b[^<>]{0,100}>\s*)?[\[(]?(?:\d{1,3}|[*†‡§‖¶]{1,3}|[a-z]|[#¶§🔗⌗∞⚓]|&(?:para|sect|infin|\#(?:35|167|182|8734|8983|9875|128279));)[\])]?\s*(?:</sup>\s*)?</a>)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOTE = re.compile(
    r"""<(p|li|div)\b(?=[^<>]{0,300}>\s*(?:<(?:span|sup)\b[^<>]{0,200}>\s*){0,3}<a\s[^<>]{0,200}href\s*=\s*["']\#
    _?(?:ftnt_?ref|ftnref|ednref|cmnt_?ref|sd(?:foot|end)note\d{1,4}anc|footnote-?anchor|fn-?ref)[\w-]{0,20}["'])
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A paragraph that begins with the way back to its mark, as word processors write notes and remarks."""
_INITIAL = re.compile(
    r"""<(?P<tag>span|b|big|strong)\b(?=[^<>]{0,300}\saria-hidden\s*=\s*["']?true)(?P<more>[^<>]{0,300})>\s*(?P<letter>[“"‘']?[A-ZÀ-Þ])
    (?=</(?P=tag)>(?:\s*<(?:span|b|big|strong)\b[^<>]{0,300}>){0,2}[a-zß-ÿ’'])""",
    re.VERBOSE,
)
"""One letter behind which a word goes on."""
_HIDDEN = re.compile(r"""\saria-hidden\s*=\s*(?:"true"|'true'|true)""")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_HEADING = re.compile(
    r"""(<h[1-6]\b[^<>]{0,200}>\s*(?:<span\b[^<>]{0,200}>\s*)?)(?<=>)(?<!\w)([IVXLC]{1,8})(?=\s*</)""", re.IGNORECASE
)
_BEFORE = re.compile(r"<sup\b[^<>]{0,100}>\s*$", re.IGNORECASE)
_BEFORE_CHARS = 200
"""How far before a link its raising is looked for."""


def decode_markup(data: bytes, where: str, charset: str = "") -> str:
    """Read bytes as text, in the encoding that they or somebody else name.

    Args:
        charset: what a server says; empty where it does not.

    Raises:
        SourceError: this is no text, declares entities, which may be endless, or is too long.
    """
    text = _decoded(without_embedded(data), charset)
    if "\0" in text[:10_000]:
        raise SourceError("this is no text", where, "It may be a file of another kind, under a wrong name.")
    if "<!ENTITY" in text[:10_000].upper():
        raise SourceError("it declares entities, which are not followed", where, "A document that is sound needs none.")
    if len(text) > _MOST_CHARS:
        raise SourceError(f"a page may have {_MOST_CHARS // 1_000_000} MB at most", where, "Part it into several.")
    refuse_many_tags(text, where)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")


def without_embedded(data: bytes) -> bytes:
    """Take out pictures and fonts that stand in a text itself; where they stood is still said.

    >>> without_embedded(b"![](data:image/png;base64," + b"iVBO" * 100 + b")")
    b'![](data:image/png;base64,)'
    """
    return _EMBEDDED.sub(rb"\1", data)


def _decoded(data: bytes, charset: str) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    declared = _DECLARED.search(data[:_DECLARED_WITHIN_BYTES])
    if charset.lower() in _AS_SHOWN and _is_utf_8(data):
        charset = "utf-8"  # many servers name an encoding for all that they send, whatever it is
    for name in filter(None, (charset, declared[1].decode("ascii") if declared else "", "utf-8")):
        try:
            return data.decode(_AS_SHOWN.get(name.lower(), name))
        except (LookupError, ValueError):
            continue
    return guess_text(data) or data.decode("cp1252", "replace")


def _is_utf_8(data: bytes) -> bool:
    """Whether a text has letters beyond ASCII, all of them as UTF-8 has them."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def mark_note_links(text: str) -> str:
    """Say of links that are no more than a number or a sign, raised or in brackets, that they lead to notes.

    So do the links to themselves that headings have. Paragraphs that begin with the way back are notes.

    >>> mark_note_links('Mud.<sup><a href="#n1">1</a></sup>')
    'Mud.<sup><a class="noteref" href="#n1">1</a></sup>'
    """

    def marked(found: re.Match[str]) -> str:
        inner = re.sub(r"^[^>]*>|</a>$", "", found["rest"], flags=re.IGNORECASE)
        is_mark = "<sup" in inner.lower() or not inner.strip().isalnum() or _is_raised(text, found.start())
        return f'<a class="noteref"{found["rest"]}' if is_mark else found[0]

    return _NOTE_LINK.sub(marked, _NOTE.sub(r'<\1 role="doc-footnote"', text))


def _is_raised(text: str, place: int) -> bool:
    """Whether what stands at a place begins a raised number."""
    return _BEFORE.search(text, max(0, place - _BEFORE_CHARS), place) is not None


def number_in_figures(text: str) -> str:
    """Write the number of a chapter, which a book marks as Roman, in figures: alone, it would be read as a letter.

    >>> number_in_figures('<h2 epub:type="ordinal z3998:roman">IV</h2>')
    '<h2 epub:type="ordinal z3998:roman">4</h2>'
    """

    def figures(found: re.Match[str]) -> str:
        return f"{found[1]}{_value(found[2])}" if "z3998:roman" in found[1] else found[0]

    return _ROMAN_HEADING.sub(figures, text)


def _value(numeral: str) -> int:
    """Give the value of a Roman number."""
    digits = [_ROMAN[letter] for letter in numeral.upper()]
    return sum(-digit if digit < max(digits[place:]) else digit for place, digit in enumerate(digits))


def show_initials(text: str) -> str:
    """Show the first letter of a text that is set large and hidden from screen readers, where its word goes on behind.

    >>> show_initials('<p><span aria-hidden="true">T</span>he pier</p>')
    '<p><span>T</span>he pier</p>'
    """
    if "aria-hidden" not in text:
        return text
    return _INITIAL.sub(lambda found: _HIDDEN.sub("", found[0]), text)
