"""Lexicons as editors keep them: TSV, and the W3C's Pronunciation Lexicon Specification 1.0 (layer 1, pure).

A line of TSV is: written, spoken, and where wanted IPA, "any" for any case, and a word that must stand near.
Source: Pronunciation Lexicon Specification (PLS) Version 1.0, W3C Recommendation of October 14th 2008.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from audiobuild.errors import ConfigError
from audiobuild.normalisation.context import Entry

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PLS_NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_COLUMNS = 5
_HEADINGS = ["written", "spoken"]
_UNSPEAKABLE = re.compile(r"(?<![^\W_])[^\W_]*\d|[^\w\s.,;:?!()'’-]|_")
"""What no engine may be given: digits and symbols."""


def read_lexicon(text: str, source: str = "lexicon.tsv") -> tuple[Entry, ...]:
    """Read a lexicon in TSV; empty lines, lines that start with "#" and a space, and a row of headings say nothing.

    Raises:
        ConfigError: a line has no spoken form or one with digits or symbols, too many columns, a case other
            than "any", or contradicts an earlier one.

    >>> read_lexicon("Lviv\\tLuh-veev")[0].spoken
    'Luh-veev'
    """
    entries: list[Entry] = []
    lines: dict[tuple[str, bool, str], int] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        fields = [field.strip() for field in line.rstrip("\t\r ").split("\t")]
        is_heading = not entries and [field.lower() for field in fields[:2]] == _HEADINGS
        if not any(fields) or line.startswith("# ") or is_heading:
            continue
        entry = _entry(fields, f"{source}:{number}")
        key = (entry.written, entry.any_case, entry.near)
        if key in lines:
            hint = f"Line {lines[key]} says it too: keep one, or give each a word of context in the fifth column."
            raise ConfigError(f"there is an entry for {entry.written!r} already", f"{source}:{number}", hint)
        lines[key] = number
        entries.append(entry)
    return tuple(entries)


def _entry(fields: list[str], where: str) -> Entry:
    """Make an entry of one row's fields."""
    if len(fields) > _COLUMNS:
        hint = "They are: written, spoken, IPA, case, context; a tab parts each from the next."
        raise ConfigError(f"there are {len(fields)} columns, where five are known", where, hint)
    written, spoken, ipa, case, near = (*fields, "", "", "", "", "")[:_COLUMNS]
    if not written or not (spoken or ipa):
        hint = "Part the two by a tab, not by spaces."
        raise ConfigError("an entry needs a written and a spoken form", where, hint)
    if case not in {"", "any"}:
        raise ConfigError(f"the case {case!r} is unknown", where, 'Leave the fourth column empty, or write "any".')
    return Entry(written, _speakable(spoken or written, where), ipa, case == "any", near)


def _speakable(spoken: str, where: str) -> str:
    found = _UNSPEAKABLE.search(spoken)
    if found:
        raise ConfigError(f"the spoken form {spoken!r} holds {found[0]!r}", where, "Write all of it in words.")
    return spoken


def render_lexicon(entries: Iterable[Entry]) -> str:
    """Write entries as TSV."""
    rows = ((entry.written, entry.spoken, entry.ipa, "any" if entry.any_case else "", entry.near) for entry in entries)
    return "".join("\t".join(row).rstrip("\t") + "\n" for row in rows)


def read_pls(text: str, source: str = "lexicon.pls") -> tuple[Entry, ...]:
    """Read a PLS lexicon: each grapheme of a lexeme with its first alias, its first phoneme in IPA, or both.

    Raises:
        ConfigError: the text is no XML, or no PLS lexicon, or declares entities, or an alias has digits or symbols.
    """
    from audiobuild.model.xml_documents import DocumentType, read_xml  # 10 ms, for the lexicons that need it

    try:
        root = read_xml(text.encode())
    except DocumentType as error:
        raise ConfigError("a lexicon must not declare entities", source, "Remove the DOCTYPE.") from error
    except ValueError as error:
        raise ConfigError(f"this is no XML: {error}", source, "Mend it at the line it names.") from error
    space = f"{{{PLS_NAMESPACE}}}"
    if root.tag != f"{space}lexicon":
        raise ConfigError("this is no PLS lexicon", source, f"Its root must be lexicon in {PLS_NAMESPACE}.")
    entries: list[Entry] = []
    for lexeme in root.iter(f"{space}lexeme"):
        alias = " ".join((lexeme.findtext(f"{space}alias") or "").split())
        phoneme = _ipa(lexeme.find(f"{space}phoneme"), root.get("alphabet", "ipa"))
        for grapheme in lexeme.iter(f"{space}grapheme"):
            written = " ".join((grapheme.text or "").split())
            if written and (alias or phoneme):
                entries.append(Entry(written, _speakable(alias or written, source), phoneme))
    return tuple(entries)


def _ipa(phoneme: Element | None, alphabet: str) -> str:
    if phoneme is None or phoneme.get("alphabet", alphabet) != "ipa":
        return ""
    return (phoneme.text or "").strip()


def render_pls(entries: Iterable[Entry], locale: str) -> str:
    """Write entries as a PLS lexicon in IPA, one for any case by its usual capitals.

    PLS knows nothing of context: an entry that asks for a word near it would hold everywhere, so it is left out.
    """
    from xml.sax.saxutils import escape

    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<lexicon version="1.0" xmlns="{PLS_NAMESPACE}" alphabet="ipa" xml:lang="{escape(locale)}">',
    ]
    for entry in entries:
        if entry.near:
            continue
        word = entry.written
        forms = dict.fromkeys((word, *((word.lower(), word.capitalize(), word.upper()) if entry.any_case else ())))
        graphemes = "".join(f"<grapheme>{escape(form)}</grapheme>" for form in forms)
        alias = f"<alias>{escape(entry.spoken)}</alias>" if entry.spoken != word or not entry.ipa else ""
        phoneme = f"<phoneme>{escape(entry.ipa)}</phoneme>" if entry.ipa else ""
        lines.append(f"  <lexeme>{graphemes}{phoneme}{alias}</lexeme>")
    return "\n".join([*lines, "</lexicon>", ""])
