"""An article as it is read: its segments, and an account of every block (layer 2, pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from audiobuild.config.show import Show
from audiobuild.model.values import (
    Article,
    Block,
    BlockKind,
    Edition,
    Fate,
    LedgerEntry,
    Replacement,
    Role,
    Segment,
    Spoken,
    frames_of,
)
from audiobuild.normalisation import Context
from audiobuild.normalisation.overrides import verbalise_with
from audiobuild.script.casting import cast
from audiobuild.script.known_sounds import find_pronunciations
from audiobuild.script.spoken_pieces import cut_spoken
from audiobuild.script.unread import find_unread

_LEAST_PAUSE_MS = 60
"""What joining needs: the last words must have died away when the next take begins."""

_ROLES = {
    BlockKind.FLY_TITLE: Role.FLY_TITLE,
    BlockKind.HEADLINE: Role.HEADLINE,
    BlockKind.RUBRIC: Role.RUBRIC,
    BlockKind.DATE: Role.DATE,
    BlockKind.HEADING: Role.HEADING,
    BlockKind.PARAGRAPH: Role.PARAGRAPH,
    BlockKind.QUOTATION: Role.QUOTATION,
    BlockKind.LIST_ITEM: Role.LIST_ITEM,
}
_NOT_READ = {
    BlockKind.IMAGE: "a picture is not read",
    BlockKind.TABLE: "a table is not read",
    BlockKind.CODE: "code is not read",
    BlockKind.HTML: "HTML is not read",
    BlockKind.RULE: "a ruled line has no words",
    BlockKind.FOOTNOTE: "a footnote is not read",
    BlockKind.FRONT_MATTER: "title, date and web address are taken from it",
    BlockKind.SHORTCODE: "a site's own markup is not read",
    BlockKind.MATHS: "mathematics is not read",
    BlockKind.LINK: "a link's address is not read",
}
NO_WORDS = "it has no words"
"""Why a block is skipped of which nothing is left to say."""
_HEADER = (BlockKind.FLY_TITLE, BlockKind.HEADLINE, BlockKind.RUBRIC, BlockKind.DATE)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as segments, each of its body with the block it comes from, and its account."""

    header: tuple[Segment, ...]
    body: tuple[tuple[Segment, Block], ...]
    ledger: tuple[LedgerEntry, ...]
    context: Context


def read_article(article: Article, edition: Edition, show: Show, own: Context) -> Reading:
    """Decide what is said of an article.

    Args:
        own: what holds for all that the show says.
    """
    context = article_context((block.text for block in article.blocks), own)
    unread = find_unread(article.blocks, own.language.tables)
    header: list[Segment] = []
    body: list[tuple[Segment, Block]] = []
    ledger: list[LedgerEntry] = []
    if not any(block.kind is BlockKind.HEADLINE for block in article.blocks):
        header += say(article.title, Role.HEADLINE, show, context, article=article)
    for index, block in enumerate(article.blocks):
        text, reason = ("", unread[index]) if index in unread else _heard(block, article, edition, show)
        overrides = block.overrides if text == block.text else ()
        spoken = _closed(verbalise_with(text, overrides, context), block.kind) if text else None
        if spoken is None or not re.search(r"\w", spoken.text):
            reason = reason or NO_WORDS
            ledger.append(LedgerEntry(article.source, block.line, block.kind, block.text, Fate.SKIPPED, reason))
            continue
        segments = _segments(spoken, _ROLES[block.kind], show, context, article=article, line=block.line)
        if block.kind in _HEADER:
            header += segments
        else:
            body += ((segment, block) for segment in segments)
        ledger.append(LedgerEntry(article.source, block.line, block.kind, block.text, Fate.SPOKEN))
    if body:
        last, block = body[-1]
        body[-1] = (replace(last, pause_frames=pause_frames(show.pauses.article)), block)
    return Reading(tuple(header), tuple(body), tuple(ledger), context)


def say(text: str, role: Role, show: Show, context: Context, *, article: Article | None = None) -> list[Segment]:
    """Make segments of what the show, or an article's first line, says: one, unless it is very long."""
    spoken = _closed(verbalise_with(text, (), context), BlockKind.HEADING)
    return list(_segments(spoken, role, show, context, article=article))


def _segments(
    spoken: Spoken, role: Role, show: Show, context: Context, *, article: Article | None, line: int = 0
) -> Iterator[Segment]:
    """Make segments of a spoken text, each short enough to be held; between two of them is the pause of a sentence."""
    section, source, place = (article.section, article.source, article.number) if article else ("", "", 0)
    voice = cast(show, role, section, place)
    pieces = [piece for piece in cut_spoken(spoken, context.locale) if re.search(r"\w", piece.text)] or [spoken]
    for number, piece in enumerate(pieces, 1):
        pause_ms = getattr(show.pauses, role.name.lower()) if number == len(pieces) else show.pauses.sentence
        yield Segment(
            piece,
            voice,
            role,
            pause_frames(pause_ms),
            source,
            line,
            pronunciations=find_pronunciations(piece, context),
            sentence_ms=show.pauses.sentence,
        )


def article_context(texts: Iterable[str], own: Context) -> Context:
    """What holds for one article of a show, given all its texts."""
    return Context.for_article(texts, own.locale, lexicon=own.lexicon, policies=dict(own.policies), own=own.own)


def pause_frames(pause_ms: int) -> int:
    """Count the frames of a pause, at least what joining needs."""
    return frames_of(max(pause_ms, _LEAST_PAUSE_MS))


def _heard(block: Block, article: Article, edition: Edition, show: Show) -> tuple[str, str]:
    """The written text of a block that is heard, or else the reason why none is."""
    if block.unread:
        return "", block.unread
    if block.kind in _NOT_READ:
        return "", _NOT_READ[block.kind]
    if block.kind is BlockKind.DATE:
        date_text = block.text.partition("|")[0].strip()
        place = article.place.title() if article.place.isupper() else article.place
        if edition.is_issue:
            return place, "" if place else "an edition has one date, said at its start"
        if show.title and "{date}" in show.intro.text and article.published == edition.published:
            return place, "" if place else "the date is said in the intro"
        return f"{date_text}. {place}" if place else date_text, ""
    if re.fullmatch(r"(?:https?://|www\.)\S+", block.text):
        return "", "a bare web address is not read"
    return block.text, ""


def _closed(spoken: Spoken, kind: BlockKind) -> Spoken:
    """End a heading with a full stop, so that an engine's voice falls at its end."""
    if kind is BlockKind.PARAGRAPH or not spoken.text or re.search(r"[.!?…:;,][\"'”’)\]]*\s*$", spoken.text):
        return spoken
    at = len(spoken.written)
    stop = Replacement(at, at, "", ".", "full stop")
    return Spoken(spoken.text + ".", spoken.written, (*spoken.replacements, stop))
