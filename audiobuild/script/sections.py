"""Edition to Script: what is said, in which order, with which pauses, under which chapter (layer 2, pure).

An edition has a chapter for each article. A single article has its heading in the first chapter, with the intro, then
a chapter for each sub-heading; where it has none, it is cut at paragraphs into chapters of about ninety seconds.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audiobuild.config.show import CHAPTER_FIELDS, Show, StingSettings
from audiobuild.errors import SourceError
from audiobuild.model.addresses import web_address
from audiobuild.model.values import (
    Article,
    BlockKind,
    Edition,
    Fate,
    LedgerEntry,
    Role,
    Script,
    Section,
    Segment,
    Sting,
)
from audiobuild.normalisation import Context, Entry, KnownTexts, Policy, load_language, opening_words
from audiobuild.script.article import Reading, read_article
from audiobuild.script.telling import pause_frames, say

CHAPTER_SECONDS = 90
"""How long a chapter of an article without sub-headings is, about."""
_GAP = "\0"
"""Stands in a template for a part that is empty."""
_SEPARATORS = r"[\s:;,.|/·•–—-]*"

_CHARS_PER_SECOND = 15
"""Of spoken text, at the engines' normal rate: for cutting chapters, nothing else."""
_TITLE_CHARS = 48


@dataclass(frozen=True, slots=True)
class Stings:
    """The sound files that open and close the episode and its departments; None for none."""

    intro: Path | None = None
    outro: Path | None = None
    section: Path | None = None


def plan_script(
    edition: Edition, show: Show, stings: Stings, lexicon: Iterable[Entry] = (), *, known: KnownTexts | None = None
) -> Script:
    """Decide all that the episode says.

    Args:
        lexicon: the editor's entries, each of which beats every rule.
        known: texts that need not be read again, where there are any.

    Raises:
        SourceError: none of the articles has a word that is read.
    """
    own = replace(show_context(show, lexicon), known=known)
    intro, outro = _idents(edition, show, stings, own)
    readings = [read_article(article, edition, show, own) for article in edition.articles]
    if not any(reading.header or reading.body for reading in readings):
        hint = "Write some paragraphs; pictures, tables, code and bare web addresses are not read."
        raise SourceError("there is nothing to read aloud", edition.articles[0].source, hint)

    sections: list[Section] = []
    if len(readings) == 1:
        article, reading = edition.articles[0], readings[0]
        # Its picture is the cover of the episode.
        sections.append(Section(article.title, (*intro, *reading.header), url=web_address(article.url)))
        sections.extend(_single_sections(reading, show))
    else:
        if intro:
            sections.append(Section(load_language(own.locale).introduction, tuple(intro)))
        before = None
        for article, reading in zip(edition.articles, readings, strict=True):
            opening = _department(article, before, edition, show, stings, own)
            before = article
            words = (*opening, *reading.header, *(segment for segment, _ in reading.body))
            sections.append(_chapter(article, words, show.chapters.title))
    if outro:
        sections.append(Section(load_language(own.locale).outro, tuple(outro)))
    ledger = (*(entry for reading in readings for entry in reading.ledger), *_left_out(edition.left_out))
    heard = (replace(section, items=_ducked(section.items)) for section in sections if section.items)
    return Script(tuple(heard), ledger)


def _idents(
    edition: Edition, show: Show, stings: Stings, context: Context
) -> tuple[list[Segment | Sting], list[Segment | Sting]]:
    """Make what the episode begins and ends with: a sting and some words of the show's, and words and a sting."""
    welcome = _ident(show.intro.text, edition, show, context) if show.title else []
    farewell = _ident(show.outro.text, edition, show, context)
    intro, outro = _sting(stings.intro, show.intro, show), _sting(stings.outro, show.outro, show)
    return [*intro, *welcome], [*farewell, *outro]


def _left_out(articles: Iterable[Article]) -> Iterator[LedgerEntry]:
    """Account for the blocks of articles that are not read."""
    for article in articles:
        for block in article.blocks:
            reason = block.unread or article.unread
            yield LedgerEntry(article.source, block.line, block.kind, block.text, Fate.SKIPPED, reason)


def show_context(show: Show, lexicon: Iterable[Entry] = (), locale: str | None = None) -> Context:
    """What holds for all that a show says, in its own locale unless another is given."""
    policies = tuple((term, Policy(policy)) for term, policy in show.abbreviations)
    return Context(locale or show.language, lexicon=tuple(lexicon), policies=policies)


def _chapter(article: Article, words: tuple[Segment | Sting, ...], template: str) -> Section:
    title = _chapter_title(article, template)
    return Section(
        title, words, article.image, article.rubric or article.description, article.section, web_address(article.url)
    )


def _chapter_title(article: Article, template: str) -> str:
    """Fill in a template; of a part that is empty neither separator nor brackets are left."""
    values = article.section, article.title, article.fly_title, str(article.number + 1)
    parts = dict(zip(CHAPTER_FIELDS, map(str.strip, values), strict=True))
    field = rf"\{{({'|'.join(parts)})\}}"
    gapped = re.sub(field, lambda found: found[0] if parts[found[1]] else _GAP, template)
    gapped = re.sub(rf"[(\[]\s*{_GAP}\s*[)\]]", _GAP, gapped)

    def separator(gap: re.Match[str]) -> str:
        before, behind = gapped[: gap.start()], gapped[gap.end() :]
        if not before or not behind or before[-1] in "([" or behind[0] in ")]":
            return ""
        around = gap[0].split(_GAP)
        return next(filter(str.strip, around), around[0])

    whole = re.sub(rf"{_SEPARATORS}(?:{_GAP}{_SEPARATORS})+", separator, gapped)
    return re.sub(field, lambda found: parts[found[1]], whole).strip() or article.title


# --- chapters of a single article -----------------------------------------------------------------


def _single_sections(reading: Reading, show: Show) -> list[Section]:
    body = reading.body
    headings = [place for place, (_, block) in enumerate(body) if block.kind is BlockKind.HEADING]
    starts = [place for place, (_, block) in enumerate(body) if not place or block is not body[place - 1][1]]
    sizes = [
        sum(len(segment.spoken.text) for segment, _ in body[start:end])
        for start, end in itertools.pairwise((*starts, len(body)))
    ]
    cuts = headings or [starts[cut] for cut in _even_cuts(sizes, show)]
    bounds = sorted({0, *cuts, len(body)})
    sections = []
    for start, end in itertools.pairwise(bounds):
        first = body[start][1]
        is_heading = first.kind is BlockKind.HEADING
        title = first.text if is_heading else opening_words(first.text, reading.context, _TITLE_CHARS)
        sections.append(Section(title, tuple(segment for segment, _ in body[start:end])))
    return sections


def _even_cuts(sizes_chars: Iterable[int], show: Show) -> list[int]:
    """Where to cut so that every chapter is about ninety seconds, at paragraphs, whose sizes are given."""
    ends = list(itertools.accumulate(sizes_chars))
    total = ends[-1] if ends else 0
    rate = show.voices.narrator.rate or 1.0
    count = max(1, round(total / (_CHARS_PER_SECOND * rate) / CHAPTER_SECONDS))
    cuts = []
    for cut in range(1, count):
        target = total * cut / count
        after = bisect_left(ends, target)
        nearest = min(
            (place for place in (after - 1, after) if place >= 0), key=lambda place: abs(ends[place] - target)
        )
        cuts.append(min(nearest, len(ends) - 2) + 1)
    return cuts


# --- what the show itself says --------------------------------------------------------------------


def _department(
    article: Article, before: Article | None, edition: Edition, show: Show, stings: Stings, own: Context
) -> list[Segment | Sting]:
    """What opens a department, if an article does; before the first of them the intro is heard, and no sting."""
    if not article.section or (before and before.section == article.section):
        return []
    sting = _sting(stings.section, show.section, show) if before else []
    text = _filled(show.section.text.replace("{section}", article.section), edition, show, own)
    return [*sting, *(say(text, Role.SECTION, show, own, article=article) if text else [])]


def _ident(template: str, edition: Edition, show: Show, own: Context) -> list[Segment]:
    text = _filled(template, edition, show, own)
    return say(text, Role.IDENT, show, own) if text else []


def _filled(template: str, edition: Edition, show: Show, own: Context) -> str:
    """What the show says of itself; a sentence about a date that is not known is left out."""
    if edition.published is None:
        template = re.sub(r"[^.!?]*\{date\}[^.!?]*[.!?]?", "", template)
    date = load_language(own.locale).write_date(edition.published) if edition.published else ""
    return template.replace("{show}", show.title or edition.title).replace("{date}", date).strip()


def _sting(path: Path | None, settings: StingSettings, show: Show) -> list[Sting]:
    if path is None:
        return []
    return [
        Sting(
            path,
            pause_frames(show.pauses.sting),
            settings.gain_db,
            settings.fade_in_ms,
            settings.fade_out_ms,
            settings.trim_ms,
            settings.duck_ms,
            settings.duck_db,
        )
    ]


def _ducked(items: Sequence[Segment | Sting]) -> tuple[Segment | Sting, ...]:
    """Lay the voice over the tail of the sting before it, where that is asked for."""
    laid: list[Segment | Sting] = []
    for item in items:
        before = laid[-1] if laid else None
        if isinstance(item, Segment) and isinstance(before, Sting) and before.duck_ms:
            laid[-1] = replace(item, over=before)
        else:
            laid.append(item)
    return tuple(laid)
