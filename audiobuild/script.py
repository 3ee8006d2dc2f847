"""Edition to Script: what is said, in which order, with which pauses, under which chapter (layer 2, pure).

An edition has a chapter for each article. A single article has its heading in the first chapter, with the intro, then
a chapter for each sub-heading; where it has none, it is cut at paragraphs into chapters of about ninety seconds.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audiobuild.config import Show, StingSettings
from audiobuild.errors import SourceError
from audiobuild.model import (
    Article,
    Block,
    BlockKind,
    Edition,
    Fate,
    LedgerEntry,
    Replacement,
    Role,
    Script,
    Section,
    Segment,
    Spoken,
    Sting,
    Voice,
    frames_of,
)
from audiobuild.speech import Context, Entry, Policy, opening_words
from audiobuild.speech.overrides import verbalise_with
from audiobuild.unread import find_unread

CHAPTER_SECONDS = 90
"""How long a chapter of an article without sub-headings is, about."""

_CHARS_PER_SECOND = 15
"""Of spoken text, at the engines' normal rate: for cutting chapters, nothing else."""
_TITLE_CHARS = 48
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
    BlockKind.FRONT_MATTER: "title and date are taken from it",
    BlockKind.SHORTCODE: "a site's own markup is not read",
    BlockKind.LINK: "a link's address is not read",
}
NO_WORDS = "it has no words"
"""Why a block is skipped of which nothing is left to say."""
_HEADER = (BlockKind.FLY_TITLE, BlockKind.HEADLINE, BlockKind.RUBRIC, BlockKind.DATE)


@dataclass(frozen=True, slots=True)
class Stings:
    """The sound files that open and close the episode; None for none."""

    intro: Path | None
    outro: Path | None


@dataclass(frozen=True, slots=True)
class _Reading:
    """An article as segments, each with the block it comes from, and its account."""

    header: tuple[Segment, ...]
    body: tuple[tuple[Segment, Block], ...]
    ledger: tuple[LedgerEntry, ...]
    context: Context


def plan_script(edition: Edition, show: Show, stings: Stings, lexicon: Iterable[Entry] = ()) -> Script:
    """Decide all that the episode says.

    Args:
        lexicon: the editor's entries, each of which beats every rule.

    Raises:
        SourceError: none of the articles has a word that is read.
    """
    own = show_context(show, lexicon)
    ident = _ident(show.intro.text, edition, show, own) if show.title else []
    intro: list[Segment | Sting] = [*_sting(stings.intro, show.intro, show), *ident]
    farewell = _ident(show.outro.text, edition, show, own)
    outro: list[Segment | Sting] = [*farewell, *_sting(stings.outro, show.outro, show)]
    readings = [_read(article, edition, show, own) for article in edition.articles]

    sections: list[Section] = []
    if len(readings) == 1:
        article, reading = edition.articles[0], readings[0]
        sections.append(Section(article.title, (*intro, *reading.header), image=article.image))
        sections.extend(_single_sections(reading, show))
    else:
        if intro:
            sections.append(Section("Introduction", tuple(intro)))
        department = ""
        for article, reading in zip(edition.articles, readings, strict=True):
            announced = (
                [_said(article.section, Role.SECTION, show, own)] if article.section not in ("", department) else []
            )
            department = article.section
            words = (*announced, *reading.header, *(segment for segment, _ in reading.body))
            sections.append(Section(article.title, words, image=article.image))
    if outro:
        sections.append(Section("Outro", tuple(outro)))
    if not any(reading.header or reading.body for reading in readings):
        hint = "Write some paragraphs; pictures, tables, code and bare web addresses are not read."
        raise SourceError("there is nothing to read aloud", edition.articles[0].source, hint)
    ledger = tuple(entry for reading in readings for entry in reading.ledger)
    return Script(tuple(section for section in sections if section.items), ledger)


def show_context(show: Show, lexicon: Iterable[Entry] = (), locale: str | None = None) -> Context:
    """What holds for all that a show says, in its own locale unless another is given."""
    policies = tuple((term, Policy(policy)) for term, policy in show.abbreviations)
    return Context(locale or show.language, lexicon=tuple(lexicon), policies=policies)


def article_context(texts: Iterable[str], own: Context) -> Context:
    """What holds for one article of a show, given all its texts."""
    return Context.for_article(texts, own.locale, lexicon=own.lexicon, policies=dict(own.policies))


def written_date(date: dt.date) -> str:
    """Write a date in the house style.

    >>> written_date(dt.date(2019, 1, 3))
    'January 3rd 2019'
    """
    suffix = "th" if 11 <= date.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(date.day % 10, "th")
    return f"{date:%B} {date.day}{suffix} {date.year}"


# --- articles -------------------------------------------------------------------------------------


def _read(article: Article, edition: Edition, show: Show, own: Context) -> _Reading:
    context = article_context((block.text for block in article.blocks), own)
    unread = find_unread(article.blocks)
    header: list[Segment] = []
    body: list[tuple[Segment, Block]] = []
    ledger: list[LedgerEntry] = []
    if not any(block.kind is BlockKind.HEADLINE for block in article.blocks):
        header.append(_said(article.title, Role.HEADLINE, show, context, article.source))
    for place, block in enumerate(article.blocks):
        text, reason = ("", unread[place]) if place in unread else _heard(block, article, edition, show)
        overrides = block.overrides if text == block.text else ()
        spoken = _closed(verbalise_with(text, overrides, context), block.kind) if text else None
        if spoken is None or not re.search(r"\w", spoken.text):
            reason = reason or NO_WORDS
            ledger.append(LedgerEntry(article.source, block.line, block.kind, block.text, Fate.SKIPPED, reason))
            continue
        role = _ROLES[block.kind]
        pause = _pause_frames(getattr(show.pauses, role.name.lower()))
        segment = Segment(spoken, _voice(show), role, pause, article.source, block.line)
        if block.kind in _HEADER:
            header.append(segment)
        else:
            body.append((segment, block))
        ledger.append(LedgerEntry(article.source, block.line, block.kind, block.text, Fate.SPOKEN))
    if body:
        last, block = body[-1]
        body[-1] = (replace(last, pause_frames=_pause_frames(show.pauses.article)), block)
    return _Reading(tuple(header), tuple(body), tuple(ledger), context)


def _heard(block: Block, article: Article, edition: Edition, show: Show) -> tuple[str, str]:
    """The written text of a block that is heard, or else the reason why none is."""
    if block.kind in _NOT_READ:
        return "", _NOT_READ[block.kind]
    if block.kind is BlockKind.DATE:
        date_text = block.text.partition("|")[0].strip()
        place = article.place.title() if article.place.isupper() else article.place
        if len(edition.articles) > 1:
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


# --- chapters of a single article -----------------------------------------------------------------


def _single_sections(reading: _Reading, show: Show) -> list[Section]:
    body = reading.body
    headings = [place for place, (_, block) in enumerate(body) if block.kind is BlockKind.HEADING]
    cuts = headings or _even_cuts([segment for segment, _ in body], show)
    bounds = sorted({0, *cuts, len(body)})
    sections = []
    for start, end in itertools.pairwise(bounds):
        first = body[start][1]
        is_heading = first.kind is BlockKind.HEADING
        title = first.text if is_heading else opening_words(first.text, reading.context, _TITLE_CHARS)
        sections.append(Section(title, tuple(segment for segment, _ in body[start:end])))
    return sections


def _even_cuts(segments: Sequence[Segment], show: Show) -> list[int]:
    """Where to cut so that every chapter is about ninety seconds, at paragraphs."""
    chars = [len(segment.spoken.text) for segment in segments]
    total = sum(chars)
    count = max(1, round(total / (_CHARS_PER_SECOND * show.voice.rate) / CHAPTER_SECONDS))
    ends = [sum(chars[: place + 1]) for place in range(len(chars))]
    cuts = []
    for cut in range(1, count):
        target = total * cut / count
        nearest = min(range(len(ends) - 1), key=lambda place: abs(ends[place] - target), default=0)
        cuts.append(nearest + 1)
    return cuts


# --- what the show itself says --------------------------------------------------------------------


def _ident(template: str, edition: Edition, show: Show, own: Context) -> list[Segment]:
    """What the show says of itself; a sentence about a date that is not known is left out."""
    if edition.published is None:
        template = re.sub(r"[^.!?]*\{date\}[^.!?]*[.!?]?", "", template)
    date = written_date(edition.published) if edition.published else ""
    text = template.format(show=show.title or edition.title, date=date).strip()
    return [_said(text, Role.IDENT, show, own)] if text else []


def _said(text: str, role: Role, show: Show, context: Context, source: str = "") -> Segment:
    spoken = verbalise_with(text, (), context)
    pause = _pause_frames(getattr(show.pauses, role.name.lower()))
    return Segment(_closed(spoken, BlockKind.HEADING), _voice(show), role, pause, source)


def _sting(path: Path | None, settings: StingSettings, show: Show) -> list[Sting]:
    if path is None:
        return []
    pause = _pause_frames(show.pauses.sting)
    return [Sting(path, pause, settings.gain_db, settings.fade_in_ms, settings.fade_out_ms, settings.trim_ms)]


def _voice(show: Show) -> Voice:
    return Voice(show.voice.engine, show.voice.name, show.voice.rate)


def _pause_frames(pause_ms: int) -> int:
    return frames_of(max(pause_ms, _LEAST_PAUSE_MS))
