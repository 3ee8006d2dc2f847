"""What the rules know besides the text: locale, definitions, lexicon, policy (layer 1, pure)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from audiobuild.normalisation.known_texts import KnownTexts

DEFAULT_LOCALE = "en-GB"
"""What is spoken where nothing is said of it."""


class Policy(StrEnum):
    """How a short form is read."""

    EXPAND = "expand"
    """By its long form."""
    SPELL = "spell"
    """Letter by letter."""
    WORD = "word"
    """As a word, like Nato."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an editor's lexicon; it beats every rule."""

    written: str
    spoken: str
    ipa: str = ""
    """The sound in the International Phonetic Alphabet; empty where the spoken form will do."""
    any_case: bool = False
    """Whether other capitals are meant too."""
    near: str = ""
    """A word that must stand within sixty characters; empty where the entry always holds."""


@dataclass(frozen=True)
class Context:
    """What holds for one article."""

    locale: str = DEFAULT_LOCALE
    """A BCP 47 tag, such as "en-US"."""
    definitions: tuple[tuple[str, str], ...] = ()
    """Short and long form of every abbreviation that the article defines."""
    lexicon: tuple[Entry, ...] = ()
    """The editor's entries."""
    policies: tuple[tuple[str, Policy], ...] = ()
    """How single terms are read, whatever the rules think."""
    names: frozenset[str] = frozenset()
    """Words that the article writes with a capital in mid-sentence; a heading in capitals keeps them as names."""
    small_capitals: bool = False
    """Whether the article has initialisms in lower case, as small capitals arrive."""
    articled: frozenset[str] = frozenset()
    """Short forms whose long form stands behind an article where the text defines it."""
    known: KnownTexts | None = field(default=None, compare=False, repr=False)
    """Texts that need not be read again; None where all are read. It decides nothing of what is said."""

    @cached_property
    def mark(self) -> str:
        """A hash of all of it that decides what is said."""
        told = (self.locale, self.definitions, self.lexicon, self.policies, self.small_capitals)
        return hashlib.sha256(repr((*told, sorted(self.names), sorted(self.articled))).encode()).hexdigest()

    @cached_property
    def short_forms(self) -> Mapping[str, str]:
        """Every short form that the article defines, with what it stands for."""
        return dict(self.definitions)

    def long_form(self, short: str) -> str | None:
        """Return what the article says a short form stands for."""
        return self.short_forms.get(short)

    @cached_property
    def _wishes(self) -> Mapping[str, Policy]:
        return dict(self.policies)

    def policy(self, term: str) -> Policy | None:
        """Return the editor's wish for a term."""
        return self._wishes.get(term)

    @cached_property
    def entries(self) -> Mapping[str, tuple[Entry, ...]]:
        """The editor's entries by first character, the longest first, so that "New York Times" beats "New York"."""
        table: dict[str, list[Entry]] = {}
        for entry in sorted(self.lexicon, key=lambda entry: -len(entry.written)):
            if entry.written:
                for first in {entry.written[0], *(entry.written[0].swapcase() if entry.any_case else "")}:
                    table.setdefault(first, []).append(entry)
        return {first: tuple(found) for first, found in table.items()}

    @cached_property
    def openings(self) -> frozenset[str]:
        """The words or hyphens with which the editor's entries begin."""
        found: set[str] = set()
        for entry in self.lexicon:
            if match := _OPENING.match(entry.written):
                found |= {match[0].lower(), match[0].capitalize()} if entry.any_case else {match[0]}
        return frozenset(found)


_OPENING = re.compile("[A-Za-z]+|-")
