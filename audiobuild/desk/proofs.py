"""All articles of an edition on the desk, read anew when files change; what is as it was is not read again (layer 4).

An article is read again only if it, its show or an entry of the lexicon that it has the word of is another.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from audiobuild.build.options import Options, encoding_of, with_options
from audiobuild.config.limits import check_values
from audiobuild.config.show import Show
from audiobuild.desk.article_proof import FOREIGN, ArticleProof, lay_proof
from audiobuild.inspection.ineffective_settings import find_ineffective_settings
from audiobuild.inspection.preflight import GUESSED
from audiobuild.model.values import Article, Doubt, Edition, PlacedDoubt, Script, Section, Segment
from audiobuild.normalisation import Entry
from audiobuild.publish.episodes.manifest import former_narrator
from audiobuild.publish.output.output_folder import OutputFolder
from audiobuild.publish.output.succession import OnConflict, Succession
from audiobuild.publish.pictures.artwork import find_lost_pictures
from audiobuild.script.article import Reading, read_article
from audiobuild.script.foreign_texts import find_foreign
from audiobuild.script.language_pieces import voice_of
from audiobuild.script.sections import show_context
from audiobuild.sources.edition import read_edition, read_lexicons
from audiobuild.takes.jobs import Encoding
from audiobuild.voices.accents import Accent, find_accent
from audiobuild.voices.guessed_names import place_guessed_names
from audiobuild.voices.speakers import with_engines

_FIRST_WORD = re.compile(r"\w+")
Unheard: TypeAlias = Callable[[Segment, "Proofs"], Iterable[PlacedDoubt]]
"""Finds the words of a segment's take that a recogniser did not hear."""


@dataclass(frozen=True, slots=True)
class ReadingTerms:
    """All that decides how the articles of an edition are said, but for the lexicon."""

    show: Show
    is_issue: bool
    published: Any


@dataclass(frozen=True, slots=True)
class _Laid:
    """An article that was read, and what it was read with."""

    article: Article
    setting: ReadingTerms
    entries: tuple[Entry, ...]
    accent: Accent | None
    """In whose sounds its names were guessed."""
    reading: Reading
    proof: ArticleProof


@dataclass(frozen=True, slots=True)
class Proofs:
    """An edition on the desk, as its files were at one moment."""

    edition: Edition
    show: Show
    written_show: Show
    """The show as show.toml has it, before anybody chose a voice."""
    home: Path
    lexicon: tuple[Entry, ...]
    accent: Accent | None
    """In whose sounds names are guessed; None before they are."""
    laid: tuple[_Laid, ...]
    unheard: Unheard | None = None
    """Finds the words that were not heard; None before names are guessed."""

    @property
    def all(self) -> tuple[ArticleProof, ...]:
        """The articles in their order."""
        return tuple(each.proof for each in self.laid)

    @property
    def encoding(self) -> Encoding:
        """How a build levels and keeps takes."""
        return encoding_of(self.show)

    def relaid(self, place: int, article: Article, lexicon: tuple[Entry, ...]) -> Proofs:
        """Put another version of an article in its place, or another lexicon beside it; all others stay as they are."""
        now = dataclasses.replace(self, lexicon=lexicon)
        laid = _laid(article, now, None)
        return dataclasses.replace(self, laid=(*self.laid[:place], laid, *self.laid[place + 1 :]))

    def with_suspects(self, unheard: Unheard) -> Proofs:
        """Find the names at which the voice must guess, and the words that were not heard, too."""
        return _lay(dataclasses.replace(self, accent=find_accent(self.show), unheard=unheard), self)

    def other_doubts(self) -> tuple[Doubt, ...]:
        """List what to look at that stands in no passage."""
        entries = tuple(entry for each in self.laid for entry in each.reading.ledger)
        sections = tuple(
            Section(each.article.title, (*each.reading.header, *(segment for segment, _ in each.reading.body)))
            for each in self.laid
        )
        script = Script(sections, entries)
        foreign = (each for each in find_foreign(self.edition, script, self.show) if ":1" in each.place[-2:])
        ineffective = find_ineffective_settings(self.edition, script, self.written_show, self.home)
        return (*foreign, *ineffective, *find_lost_pictures(self.edition, self.home))


def read_proofs(options: Options, before: Proofs | None = None) -> Proofs:
    """Read an edition from its files, as a build with these options would.

    Args:
        before: what was read last, of which all stays that is the same.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    edition, written, home = read_edition(options.sources, dataclasses.replace(options.web, store=options.store))
    show = check_values(with_options(written, options), "the command line")
    folder = OutputFolder(options.output)
    identity = Succession(folder, show, OnConflict.REPLACE).find_standings([edition])[0].text
    show, _ = with_engines(show, former_narrator(show, identity, folder.known()))
    accent = find_accent(show) if before and before.accent else None
    now = Proofs(edition, show, written, home, read_lexicons(home), accent, (), before.unheard if before else None)
    return _lay(now, before)


def _lay(proofs: Proofs, before: Proofs | None) -> Proofs:
    """Lay all articles on the desk, those that are as before as they lay there."""
    known = {_name(each.article): each for each in before.laid} if before else {}
    laid = tuple(_laid(article, proofs, known.get(_name(article))) for article in proofs.edition.articles)
    return dataclasses.replace(proofs, laid=laid)


def _laid(article: Article, proofs: Proofs, kept: _Laid | None) -> _Laid:
    """Lay an article on the desk, or leave it there if nothing about it is another."""
    setting = ReadingTerms(proofs.show, proofs.edition.is_issue, proofs.edition.published)
    entries = tuple(_occurring(proofs.lexicon, article))
    reading = None
    if kept and (kept.article, kept.setting, kept.entries) == (article, setting, entries):
        if kept.accent == proofs.accent:
            return kept
        reading = kept.reading
    if reading is None:
        own = show_context(proofs.show, proofs.lexicon)
        reading = read_article(article, proofs.edition, proofs.show, own)
    proof = lay_proof(article, reading, lambda segment: _suspects(segment, proofs))
    return _Laid(article, setting, entries, proofs.accent, reading, proof)


def _name(article: Article) -> tuple[str, str, int]:
    return article.source, article.title, article.number


def _occurring(lexicon: Iterable[Entry], article: Article) -> Iterable[Entry]:
    """Choose the entries whose first word an article has, in whatever capitals; an entry without letters is chosen."""
    entries = tuple(lexicon)
    if not entries:
        return ()
    words = set(_FIRST_WORD.findall("\n".join((article.title, article.rubric, *_texts(article))).casefold()))
    return (entry for entry in entries if _may_occur(entry, words))


def _texts(article: Article) -> Iterable[str]:
    return (block.text for block in article.blocks)


def _may_occur(entry: Entry, words: set[str]) -> bool:
    first = _FIRST_WORD.search(entry.written.casefold())
    return first is None or not first[0].isascii() or first[0].isdigit() or first[0] in words


def _suspects(segment: Segment, proofs: Proofs) -> Iterable[PlacedDoubt]:
    """Find names at which the voice must guess, words that were not heard, and passages that nobody is named for."""
    if proofs.accent:
        for start, end, ipa in place_guessed_names(segment, proofs.accent):
            yield PlacedDoubt(start, end, f"/{ipa}/", GUESSED)
    if proofs.unheard:
        yield from proofs.unheard(segment, proofs)
    if segment.language and not voice_of(segment.language, proofs.show):
        yield PlacedDoubt(0, len(segment.spoken.written), "", FOREIGN)
