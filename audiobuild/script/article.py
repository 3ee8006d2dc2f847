"""An article as it is read: its segments, and an account of every block (layer 2, pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from audiobuild.config.show import Show
from audiobuild.model.values import (
    PROSE,
    Article,
    Block,
    BlockKind,
    Edition,
    Fate,
    LedgerEntry,
    Role,
    Segment,
)
from audiobuild.normalisation import Context, Entry, gather_context, load_language
from audiobuild.normalisation.overrides import verbalise_with
from audiobuild.script.language_pieces import article_language
from audiobuild.script.telling import Telling, context_in, pause_frames, say
from audiobuild.script.unread import find_unread

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
_UNDER_HEADINGS = (BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.CODE)
"""What a heading may be there for; what else is left out below it may stand there by chance."""
NO_WORDS = "it has no words"
"""Why a block is skipped of which nothing is left to say."""
_VERSE_CHARS = 80
"""Of a line of verse, at most."""
_BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_SHORT = re.compile(r"\b(?:t\.co|pic\.(?:twitter|x)\.com)/")
_SHORT_LINK = re.compile(rf"\s?(?:→ ?)?(?:https?://)?{_SHORT.pattern}\w{{1,40}}")
"""An address that a network made of another, or of a picture: it says nothing."""
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
    own = replace(own, lexicon=(*_entries(article, own), *own.lexicon)) if article.sayings else own
    context = article_context((block.text for block in article.blocks), own)
    whole = article_language(article, own)
    unread = find_unread(article.blocks, load_language(own.locale).tables)
    header: list[Segment] = list(_opening(article, show, context_in(whole, context), whole))
    body: list[tuple[Segment, Block]] = []
    ledger: list[LedgerEntry] = []
    texts = [
        ("", unread[index]) if index in unread else _heard(block, article, edition, show)
        for index, block in enumerate(article.blocks)
    ]
    for index in _bare_headings(article.blocks, texts):
        texts[index] = ("", "nothing that stands under this heading is read")
    telling = Telling(article, show, whole, context)
    for index in _reading_order(article.blocks, show):
        block = article.blocks[index]
        text, reason = texts[index]
        heard = block if text == block.text else block._replace(text=text, overrides=(), foreign=())
        is_open = _is_line_of_verse(block, article.blocks[index + 1 : index + 2])
        segments = telling.segments(heard, is_open=is_open) if text else []
        fate = Fate.SPOKEN if segments else Fate.SKIPPED
        reason = "" if segments else reason or NO_WORDS
        ledger.append(LedgerEntry(article.source, block.line, block.kind, block.text, fate, reason))
        if block.kind in _HEADER:
            header += segments
        else:
            body += [(segment, block) for segment in segments]
    if body and body[-1][1].pause_ms is None:
        last, block = body[-1]
        body[-1] = (replace(last, pause_frames=pause_frames(show.pauses.article)), block)
    return Reading(tuple(header), tuple(body), tuple(ledger), context)


def _bare_headings(blocks: Sequence[Block], texts: Sequence[tuple[str, str]]) -> set[int]:
    """Find the headings under which nothing is read of what stands there, up to the next one, by their places."""
    found: set[int] = set()
    is_read = is_left_out = False
    for index in reversed(range(len(blocks))):
        if blocks[index].kind is BlockKind.HEADING:
            if texts[index][0] and is_left_out and not is_read:
                found.add(index)
            is_read = is_left_out = False
        else:
            is_read = is_read or bool(texts[index][0])
            is_left_out = is_left_out or blocks[index].kind in _UNDER_HEADINGS
    return found


def _entries(article: Article, own: Context) -> Iterator[Entry]:
    """What an article's editor says of words in all of it; digits and symbols of that are spoken, too."""
    bare = Context(own.locale)
    for each in article.sayings:
        spoken = each.written if each.spoken == each.written else verbalise_with(each.spoken, (), bare).text
        yield Entry(each.written, spoken, each.ipa)


def _opening(article: Article, show: Show, context: Context, language: str) -> Iterator[Segment]:
    """Say headline and rubric where they stand beside the text, and not in it."""
    kinds = {block.kind for block in article.blocks}
    if BlockKind.HEADLINE not in kinds:
        if not _begins_with_title(article):
            yield from say(article.title, Role.HEADLINE, show, context, article=article, language=language)
        if article.rubric and BlockKind.RUBRIC not in kinds:
            yield from say(article.rubric, Role.RUBRIC, show, context, article=article, language=language)


def _begins_with_title(article: Article) -> bool:
    """Whether an article is called by its first sentence, whole or cut short, as what has no title is."""
    title = article.title
    first = next((block.text for block in article.blocks if block.kind in PROSE and not block.unread), "")
    return title.endswith((".", "!", "?", "…")) and first.startswith(title.removesuffix("…"))


def _is_line_of_verse(block: Block, following: Sequence[Block]) -> bool:
    """Whether a quotation is a line of which the next may be the rest: no stop stands behind it."""
    is_verse = block.kind is BlockKind.QUOTATION and len(block.text) <= _VERSE_CHARS
    return is_verse and bool(following) and following[0].kind is BlockKind.QUOTATION


def _reading_order(blocks: Sequence[Block], show: Show) -> list[int]:
    """Give the places of the blocks in the order in which they are read: notes behind their marks, if they are."""
    order = list(range(len(blocks)))
    if show.reading.footnotes == "skip":
        return order
    placed: dict[int, list[int]] = {}
    lines = [(block.line, place) for place, block in enumerate(blocks) if block.kind is not BlockKind.FOOTNOTE]
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.FOOTNOTE and block.about:
            before = [at for line, at in lines if line <= block.about]
            placed.setdefault(max(before, default=place), []).append(place)
    moved = {place for places in placed.values() for place in places}
    return [each for place in order if place not in moved for each in (place, *placed.get(place, ()))]


def article_context(texts: Iterable[str], own: Context) -> Context:
    """What holds for one article of a show, given all its texts."""
    found = gather_context(texts, own.locale, lexicon=own.lexicon, policies=dict(own.policies))
    return replace(found, known=own.known)


def _heard(block: Block, article: Article, edition: Edition, show: Show) -> tuple[str, str]:
    """The written text of a block that is heard, or else the reason why none is."""
    if block.unread:
        return "", block.unread
    is_chosen = (block.kind is BlockKind.FOOTNOTE and show.reading.footnotes != "skip") or (
        block.kind is BlockKind.TABLE and show.reading.tables != "skip"
    )
    if block.kind in _NOT_READ and not is_chosen:
        return "", _NOT_READ[block.kind]
    if block.kind is BlockKind.FOOTNOTE and not block.about:
        return "", "a footnote that nothing refers to is not read"
    if block.kind is BlockKind.DATE:
        date_text = block.text.partition("|")[0].strip()
        place = article.place.title() if article.place.isupper() else article.place
        if edition.is_issue:
            return place, "" if place else "an edition has one date, said at its start"
        if show.title and "{date}" in show.intro.text and article.published == edition.published:
            return place, "" if place else "the date is said in the intro"
        return f"{date_text}. {place}" if place else date_text, ""
    if _BARE_ADDRESS.fullmatch(block.text):
        return "", "a bare web address is not read"
    return _SHORT_LINK.sub("", block.text) if _SHORT.search(block.text) else block.text, ""
