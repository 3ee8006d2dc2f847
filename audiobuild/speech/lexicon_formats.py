"""Lexicons as editors keep them: TSV, and the W3C's Pronunciation Lexicon Specification 1.0 (layer 1, pure).

A line of TSV is: written, spoken, and where wanted IPA, "any" for any case, and a word that must stand near.
Source: Pronunciation Lexicon Specification (PLS) Version 1.0, W3C Recommendation of October 14th 2008.
"""

from __future__ import annotations

from collections.abc import Iterable

from audiobuild.errors import ConfigError
from audiobuild.speech.context import Entry

PLS_NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_COLUMNS = 5


def read_lexicon(text: str, source: str = "lexicon.tsv") -> tuple[Entry, ...]:
    """Read a lexicon in TSV; empty lines and lines that start with "#" and a space say nothing.

    Raises:
        ConfigError: a line has no spoken form, or says of the case something other than "any".

    >>> read_lexicon("Lviv\\tLuh-veev")[0].spoken
    'Luh-veev'
    """
    entries: list[Entry] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("# "):
            continue
        fields = [field.strip() for field in line.split("\t")]
        written, spoken, ipa, case, near = (*fields, "", "", "", "", "")[:_COLUMNS]
        where = f"{source}:{number}"
        if not written or not (spoken or ipa):
            raise ConfigError("an entry needs a written and a spoken form", where, "Part the two by a tab")
        if case not in {"", "any"}:
            raise ConfigError(f"the case {case!r} is unknown", where, 'Leave the fourth column empty, or write "any"')
        entries.append(Entry(written, spoken or written, ipa, case == "any", near))
    return tuple(entries)


def render_lexicon(entries: Iterable[Entry]) -> str:
    """Write entries as TSV."""
    rows = ((entry.written, entry.spoken, entry.ipa, "any" if entry.any_case else "", entry.near) for entry in entries)
    return "".join("\t".join(row).rstrip("\t") + "\n" for row in rows)


def read_pls(text: str, source: str = "lexicon.pls") -> tuple[Entry, ...]:
    """Read a PLS lexicon: each grapheme of a lexeme with its first alias, its first phoneme, or both.

    Raises:
        ConfigError: the text is no XML, or no PLS lexicon, or declares entities.
    """
    from xml.etree import ElementTree

    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ConfigError("a lexicon must not declare entities", source, "Remove the DOCTYPE")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ConfigError(f"this is no XML: {error}", source) from error
    space = f"{{{PLS_NAMESPACE}}}"
    if root.tag != f"{space}lexicon":
        raise ConfigError("this is no PLS lexicon", source, f"Its root must be lexicon in {PLS_NAMESPACE}")
    entries: list[Entry] = []
    for lexeme in root.iter(f"{space}lexeme"):
        alias = (lexeme.findtext(f"{space}alias") or "").strip()
        phoneme = (lexeme.findtext(f"{space}phoneme") or "").strip()
        for grapheme in lexeme.iter(f"{space}grapheme"):
            written = (grapheme.text or "").strip()
            if written and (alias or phoneme):
                entries.append(Entry(written, alias or written, phoneme))
    return tuple(entries)


def render_pls(entries: Iterable[Entry], locale: str) -> str:
    """Write entries as a PLS lexicon in IPA."""
    from xml.sax.saxutils import escape

    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<lexicon version="1.0" xmlns="{PLS_NAMESPACE}" alphabet="ipa" xml:lang="{escape(locale)}">',
    ]
    for entry in entries:
        alias = f"<alias>{escape(entry.spoken)}</alias>" if entry.spoken != entry.written else ""
        phoneme = f"<phoneme>{escape(entry.ipa)}</phoneme>" if entry.ipa else ""
        lines.append(f"  <lexeme><grapheme>{escape(entry.written)}</grapheme>{alias}{phoneme}</lexeme>")
    return "\n".join([*lines, "</lexicon>", ""])
