"""What an editor wants said otherwise, as other texts of the files that say so (layer 4).

For one place, a whole article or a paragraph that is left out, a remark goes into the article. Where it belongs is
found by trying: a text is right only if, read again, it is the article with exactly this corrected. What no remark can
say, and what stands in a source that cannot be written into, goes into corrections.tsv; what holds for all the show,
into lexicon.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from audiobuild.errors import ConfigError, SourceError
from audiobuild.model.values import Article, Block, BlockKind, Segment
from audiobuild.normalisation import Context, Entry, verbalise
from audiobuild.normalisation.lexicon_formats import render_lexicon
from audiobuild.sources.corrections import (
    HEADINGS,
    Correction,
    correct,
    opening_of,
    parse_corrections,
    render_correction,
)

_POSSESSIVE = re.compile("['’]s?$")
_REMARK_BREAKS = re.compile(r"--|[<>\n]")
"""What cannot stand in a remark."""
_PAUSE = re.compile(r"\s*<!--\s*pause:?\s[^<>]*-->\s*", re.IGNORECASE)
_MOST_TRIES = 40

ReadAgain = Callable[[str], Article | None]
"""Reads another text of an article's file; None where that is none."""


class WordWish(NamedTuple):
    """What is to be said for some written words."""

    written: str
    spoken: str
    ipa: str = ""

    @property
    def remark(self) -> str:
        """What stands in a remark behind the colon."""
        return f"/{self.ipa}/" if self.ipa else self.spoken


def wish_for(written: str, spoken: str, ipa: str, context: Context) -> WordWish:
    """Make a wish of what was typed: digits and symbols in it are spoken.

    Raises:
        ConfigError: nothing was typed, or what cannot be said.
    """
    words, sound = " ".join(spoken.split()), " ".join(ipa.strip().strip("/[]").split())
    if not (words or sound):
        raise ConfigError("nothing was typed to be said", hint="Type the words, or IPA.")
    said = verbalise(words, Context(context.locale)).text if words else written
    if not any(map(str.isalnum, said)):
        raise ConfigError(f"{words!r} has no word to be said", hint="Write it in words.")
    return WordWish(written, said, sound)


# --- for the show ---------------------------------------------------------------------------------


def lexicon_texts(text: str, wish: WordWish) -> Iterator[str]:
    """Give lexicons that say what is wished: with its row put right, with one more, with one before all others."""
    written = _POSSESSIVE.sub("", wish.written) or wish.written
    row = render_lexicon([Entry(written, wish.spoken if wish.spoken != wish.written else written, wish.ipa)])
    ends = "\r\n" if "\r\n" in text else "\n"
    row = row.removesuffix("\n")
    lines = text.split(ends)
    for place, line in enumerate(lines):
        fields = [field.strip() for field in line.split("\t")]
        if fields[0] == written and len(fields) < 4 and not line.startswith("# "):
            yield ends.join([*lines[:place], row, *lines[place + 1 :]])
    body = text if not text or text.endswith(ends) else text + ends
    yield f"{body}{row}{ends}"
    yield f"{row}{ends}{body}"


# --- for a place, an article, a paragraph ---------------------------------------------------------


def correction_of(
    article: Article, block: Block | None, wish: WordWish | None, segment: Segment, start: int
) -> Correction:
    """Say what is wished as a correction.

    Args:
        article: where it stands.
        block: the paragraph; None where it holds for all of the article.
        wish: what is to be said; None where the paragraph is to be left out.
        segment: what is said of the paragraph now.
        start: where the words stand in what is written for the segment.

    Raises:
        SourceError: what is to be left out is no paragraph.
    """
    title = " ".join(article.title.split())
    if block is None:
        if wish is None:
            raise SourceError("this has no paragraph that could be left out", article.source)
        return Correction(title, "", *wish)
    opening = opening_of(block, article)
    if wish is None:
        return Correction(title, opening)
    at = max(0, block.text.find(segment.spoken.written)) + start
    which = 1 + sum(block.text.startswith(wish.written, place) for place in range(at))
    return Correction(title, opening, *wish, which)


def pause_of(article: Article, block: Block, pause_ms: int) -> Correction:
    """Say how long the silence behind a paragraph is, as a correction."""
    return Correction(" ".join(article.title.split()), opening_of(block, article), pause_ms=pause_ms)


def corrections_text(text: str, correction: Correction) -> str:
    """Write corrections.tsv with one more row, in place of one that speaks of the same."""
    row = render_correction(correction)
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(ends) if text.strip() else ["\t".join(HEADINGS), ""]
    for place, line in enumerate(lines):
        try:
            known = parse_corrections(line)
        except ConfigError:
            continue
        if known and _subject(known[0]) == _subject(correction):
            return ends.join([*lines[:place], row, *lines[place + 1 :]])
    body = ends.join(lines)
    return f"{body if body.endswith(ends) else body + ends}{row}{ends}"


def _subject(each: Correction) -> tuple[str, str, str, int, bool]:
    return each.article, each.paragraph, each.written, each.which, each.pause_ms is None


def article_text(text: str, article: Article, correction: Correction, read: ReadAgain) -> str | None:
    """Write a correction into the text of an article as a remark.

    Args:
        text: the file's.
        article: what it is read as now.
        correction: what is wished.
        read: reads another text of the file.

    Returns:
        The text with the remark; None where no remark can say it.
    """
    wanted = _compared(correct(article, [correction]))
    block = _block_of(article, correction)
    for count, tried in enumerate(_texts(text, correction, block)):
        if count == _MOST_TRIES:
            break
        found = read(tried)
        if found and _compared(found) == wanted:
            return tried
    return None


def is_same_article(one: Article, other: Article) -> bool:
    """Say whether two articles say the same, wherever the lines of it stand."""
    return _compared(one) == _compared(other)


def _compared(article: Article) -> tuple[object, ...]:
    """All that is read of an article, wherever its lines stand."""
    blocks = (
        block._replace(line=0, about=0)
        for block in article.blocks
        if block.kind is not BlockKind.HTML or block.text.strip("<!-> ")[:3].lower() != "say"
    )
    return article.title, tuple(blocks), sorted(article.sayings, key=lambda saying: saying.written)


def _block_of(article: Article, correction: Correction) -> Block | None:
    if not correction.paragraph:
        return None
    texts = ((" ".join(block.text.split()), block) for block in article.blocks)
    return next((block for text, block in texts if text.startswith(correction.paragraph)), None)


def _texts(text: str, correction: Correction, block: Block | None) -> Iterator[str]:
    ends = "\r\n" if "\r\n" in text else "\n"
    wish = WordWish(correction.written, correction.spoken, correction.ipa)
    if correction.written and _REMARK_BREAKS.search(wish.remark + wish.written):
        return
    if block is None:
        yield from _article_wide(text, wish, ends)
    elif correction.pause_ms is not None:
        yield from _paused(text, block, correction.pause_ms, ends)
    elif correction.written:
        yield from _behind_the_word(text, wish, block, ends)
    else:
        yield from _left_out(text, block, ends)


def _article_wide(text: str, wish: WordWish, ends: str) -> Iterator[str]:
    """Put a remark at the end, or in place of the one that speaks of the same words."""
    if ":" in wish.written:
        return
    remark = f"<!-- say {wish.written}: {wish.remark} -->"
    same = re.compile(rf"<!--\s*say\s+{re.escape(wish.written)}\s*:[^<>]*-->", re.IGNORECASE)
    if same.search(text):
        yield same.sub(lambda _: remark, text, count=1)
    else:
        yield f"{text.rstrip()}{ends}{ends}{remark}{ends}"


def _behind_the_word(text: str, wish: WordWish, block: Block, ends: str) -> Iterator[str]:
    """Put a remark behind each of the words as they stand from the paragraph's line on, one at a time."""
    start = sum(len(line) + len(ends) for line in text.split(ends)[: block.line - 1])
    behind = re.compile(r"<!--\s*(?:say:[^<>]*|spell\s*)-->", re.IGNORECASE)
    place = text.find(wish.written, start)
    while place >= 0:
        end = place + len(wish.written)
        former = behind.match(text, end)
        yield f"{text[:end]}<!-- say: {wish.remark} -->{text[former.end() if former else end :]}"
        place = text.find(wish.written, place + 1)


def _paused(text: str, block: Block, pause_ms: int, ends: str) -> Iterator[str]:
    """Put a remark behind a paragraph, or in place of the one that stands there."""
    lines = text.split(ends)
    remark = f"<!-- pause {pause_ms / 1000:g}s -->"
    for last in last_lines(lines, block):
        following = next((n for n in range(last, len(lines)) if lines[n].strip()), len(lines))
        if following < len(lines) and _PAUSE.fullmatch(lines[following]):
            yield ends.join([*lines[:following], remark, *lines[following + 1 :]])
        for below in ([], [""]):
            yield ends.join([*lines[:last], "", remark, *below, *lines[last:]])


def _left_out(text: str, block: Block, ends: str) -> Iterator[str]:
    """Put the remarks around a paragraph that leave it out, or within its line."""
    lines = text.split(ends)
    first = block.line - 1
    for last in last_lines(lines, block):
        above, below = ([] if first == 0 or not lines[first - 1].strip() else [""]), [""]
        middle = ["<!-- skip -->", "", *lines[first:last], "", "<!-- end skip -->"]
        yield ends.join([*lines[:first], *above, *middle, *below, *lines[last:]])
        whole = ends.join(lines[first:last])
        head = re.match(r"(?:[\s>#*+-]|\d+[.)]\s)*", whole)
        at = head.end() if head else 0
        inner = f"{whole[:at]}<!-- skip -->{whole[at:]}<!-- end skip -->"
        yield ends.join([*lines[:first], inner, *lines[last:]])


def last_lines(lines: list[str], block: Block) -> Iterator[int]:
    """Guess behind which line a paragraph ends: its first, or the last before an empty one."""
    yield block.line
    end = next((place for place in range(block.line, len(lines)) if not lines[place].strip()), len(lines))
    if end != block.line:
        yield end
