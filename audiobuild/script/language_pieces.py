"""Blocks in pieces, each in one language: what is foreign is kept from the rules, and may have a voice (layer 2).

A block is in the language that its author marks, or else in the one that it is plainly written in; of words in the
middle of a sentence only those count that are marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audiobuild.config.show import Show
from audiobuild.model.values import PROSE, Article, Block, BlockKind, Replacement, Role, Voice
from audiobuild.normalisation import Context, load_language
from audiobuild.normalisation.identification import identify_language, is_plainly, primary
from audiobuild.normalisation.overrides import FOREIGN, verbalise_with
from audiobuild.script.casting import choose_voice


@dataclass(frozen=True, slots=True)
class Piece:
    """What is said of a block in one go."""

    text: str
    overrides: tuple[Replacement, ...] = ()
    language: str = ""
    """A BCP 47 tag; empty for the show's own."""


def article_language(article: Article, own: Context) -> str:
    """Say which language an article is in as a whole; empty for the show's own."""
    if article.language:
        return _unless_own(article.language, own)
    texts = [block.text for block in article.blocks if block.kind in PROSE and not block.unread and not block.language]
    found = identify_language("\n".join(texts), own.locale, load_language(own.locale))
    return "" if found and any(is_plainly(text, load_language(own.locale)) for text in texts) else found


def block_language(block: Block, whole: str, own: Context) -> str:
    """Say which language a block is in; empty for the show's own.

    Args:
        block: the block.
        whole: the language of its article.
        own: what holds for the show.
    """
    if block.language:
        return _unless_own(block.language, own)
    if whole or block.kind not in (*PROSE, BlockKind.HEADING):
        return whole
    return identify_language(block.text, own.locale, load_language(own.locale))


def language_pieces(block: Block, language: str, show: Show, own: Context) -> Iterator[Piece]:
    """Part a block where it changes to a language that somebody is there to read.

    Args:
        block: the block.
        language: what it is in.
        show: who speaks what.
        own: what holds for the show.
    """
    kept: list[Replacement] = list(block.overrides)
    done = 0
    for words in block.foreign:
        foreign = _unless_own(words.language, own)
        if primary(foreign) == primary(language):
            continue
        if foreign and voice_of(foreign, show):
            if block.text[done : words.start].strip():
                yield _piece(block.text, done, words.start, kept, language)
            yield _piece(block.text, words.start, words.end, kept, foreign)
            done = words.end
        elif foreign:
            written = block.text[words.start : words.end]
            spoken = verbalise_with(written, (), Context(foreign)).text
            kept.append(Replacement(words.start, words.end, written, spoken, FOREIGN))
    if any(char.isalnum() for char in block.text[done:]) or not done:
        yield _piece(block.text, done, len(block.text), kept, language)


def _piece(text: str, start: int, end: int, kept: Sequence[Replacement], language: str) -> Piece:
    if not kept and end - start == len(text):
        return Piece(text, (), language)
    inside = sorted((each for each in kept if start <= each.start and each.end <= end), key=lambda each: each.start)
    free: list[Replacement] = []
    for each in inside:
        if not free or each.start >= free[-1].end:
            free.append(each)
    shift = start + len(text[start:end]) - len(text[start:end].lstrip())
    moved = tuple(
        Replacement(each.start - shift, each.end - shift, each.written, each.spoken, each.rule) for each in free
    )
    return Piece(text[start:end].strip() if start or end < len(text) else text, moved, language)


def table_rows(block: Block) -> Iterator[Block]:
    """Part a table into its rows, each as words that can be said."""
    for row in block.text.split("\n"):
        cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        if any(cells) and not all(re.fullmatch(r":?-+:?|", cell) for cell in cells):
            yield Block(BlockKind.TABLE, ", ".join(filter(None, cells)), block.line, language=block.language)


def voice_of(language: str, show: Show) -> Voice | None:
    """Find who reads a language, by its tag or without its region; None where the show names nobody."""
    voices = dict(show.languages)
    named = voices.get(language) or voices.get(primary(language))
    if not named:
        return None
    engine, _, name = named.partition(":")
    return Voice(engine, name, show.voices.narrator.rate or 1.0, 0.0, dict(show.engines).get(engine, ()))


def _unless_own(language: str, own: Context) -> str:
    return "" if primary(language) == primary(own.locale) else language


def voice_named(name: str, show: Show, usual: Voice) -> Voice:
    """Find the voice that an editor names: "engine:voice", one of [voices], or a voice of the usual one's engine."""
    engine, colon, voice = name.partition(":")
    if colon:
        return Voice(engine, voice, usual.rate, 0.0, dict(show.engines).get(engine, ()))
    own = {"headlines": Role.HEADING, "quotations": Role.QUOTATION, "narrator": Role.PARAGRAPH}.get(name.lower())
    return choose_voice(show, own) if own else Voice(usual.engine, name, usual.rate, 0.0, usual.settings)
