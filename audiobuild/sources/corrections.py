"""corrections.tsv: what an editor says of words in sources that cannot be written into (layer 3).

A book, a PDF or a page of the web has no place for a remark. So it stands in a file beside show.toml, a row each, its
columns parted by tabs:

    article          paragraph              written  spoken      IPA    which  pause
    Night boats      The ferry to Ghent     Ghent    Gent               2
    Night boats                             Aldmouth Allmuth     ɔːlməθ
    Night boats      Nobody knows why                                          2.5
    Night boats      Read the rest of it

The article is known by its headline, the paragraph by its first words. A row without a paragraph holds in all of the
article, and one without a written form leaves the paragraph out, or says how long the silence behind it is, in seconds.
The sixth column says which of several in the paragraph is meant, the first unless it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from audiobuild.errors import ConfigError, SourceError
from audiobuild.model.values import Article, Block, BlockKind, Replacement, Saying
from audiobuild.sources.article_parts.editor_directives import SKIPPED
from audiobuild.sources.source_files import read_file

CORRECTIONS = "corrections.tsv"
"""The file's name."""
HEADINGS = ("article", "paragraph", "written", "spoken", "IPA", "which", "pause")
LONGEST_PAUSE_S = 60
_OPENING_CHARS = 40
"""How much of a paragraph it is known by, at least, to its next word."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One row."""

    article: str
    """The headline."""
    paragraph: str = ""
    """Its first words; empty for all of the article."""
    written: str = ""
    """Empty where the paragraph is left out."""
    spoken: str = ""
    ipa: str = ""
    which: int = 1
    """Which of those in the paragraph, from 1."""
    pause_ms: int | None = None
    """The silence behind the paragraph; None where the row says nothing of it."""


def read_corrections(home: Path) -> tuple[Correction, ...]:
    """Read the corrections beside show.toml; none are needed.

    Raises:
        SourceError: the file is no UTF-8 text.
        ConfigError: a row cannot be, told with its line.
    """
    path = home / CORRECTIONS
    if not path.is_file():
        return ()
    try:
        return parse_corrections(read_file(path).decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise SourceError("this is not UTF-8 text", str(path), "Save the corrections as UTF-8.") from error


def parse_corrections(text: str, where: str = CORRECTIONS) -> tuple[Correction, ...]:
    """Read rows; empty lines, lines that start with "#" and a space, and a row of headings say nothing.

    Raises:
        ConfigError: a row says nothing, or has more columns than there are.

    >>> parse_corrections("Night boats\\t\\tGhent\\tGent")[0].spoken
    'Gent'
    """
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        fields = [field.strip() for field in line.rstrip("\t\r ").split("\t")]
        if not any(fields) or line.startswith("# ") or fields[: len(HEADINGS)] == list(HEADINGS[: len(fields)]):
            continue
        rows.append(_correction(fields, f"{where}:{number}"))
    return tuple(rows)


def _correction(fields: Sequence[str], where: str) -> Correction:
    hint = f"The columns are {', '.join(HEADINGS)}; a tab parts each from the next."
    if len(fields) > len(HEADINGS):
        raise ConfigError(f"there are {len(fields)} columns, where seven are known", where, hint)
    article, paragraph, written, spoken, ipa, which, pause = (*fields, *[""] * len(HEADINGS))[: len(HEADINGS)]
    if pause:
        return Correction(article, paragraph, pause_ms=_pause_ms(pause, fields, where))
    if not article or not (paragraph or written) or (written and not (spoken or ipa)):
        raise ConfigError("a correction needs an article, and a paragraph or a word with what is said", where, hint)
    if which and not (which.isascii() and which.isdigit() and 0 < int(which[:6]) < 1000):
        raise ConfigError(f"{which!r} does not say which of them is meant", where, "Write 2 for the second.")
    return Correction(article, paragraph, written, spoken or written, ipa, int(which or 1))


def _pause_ms(pause: str, fields: Sequence[str], where: str) -> int:
    if not all(fields[:2]) or any(fields[2:-1]):
        raise ConfigError("a pause needs an article and a paragraph, and nothing else", where)
    if not re.fullmatch(r"\d{1,2}(\.\d{1,3})?", pause, re.ASCII) or float(pause) > LONGEST_PAUSE_S:
        raise ConfigError(f"{pause!r} is no pause", where, f"Write seconds: 2.5, and {LONGEST_PAUSE_S} at most.")
    return round(1000 * float(pause))


def render_correction(each: Correction) -> str:
    """Write a row, without the end of its line."""
    fields = [" ".join(str(field).split()) for field in astuple(each)]
    fields[3] = "" if each.ipa and each.spoken == each.written else fields[3]
    fields[5] = fields[5] if each.which > 1 else ""
    fields[6] = "" if each.pause_ms is None else f"{each.pause_ms / 1000:g}"
    return "\t".join(fields).rstrip("\t")


def opening_of(block: Block, article: Article) -> str:
    """Give as many first words of a paragraph as tell it from those before it."""
    words = _plain(block.text).split()
    before = [_plain(each.text) for each in article.blocks[: article.blocks.index(block)]]
    opening = ""
    for word in words:
        opening = f"{opening} {word}".strip()
        if len(opening) >= _OPENING_CHARS and not any(text.startswith(opening) for text in before):
            break
    return opening


def correct(article: Article, corrections: Iterable[Correction]) -> Article:
    """Lay over an article what is said of it; a row that finds nothing there changes nothing."""
    for each in corrections:
        if _plain(article.title) == _plain(each.article):
            article = _corrected(article, each)
    return article


def find_lost(articles: Sequence[Article], corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """List the corrections that change nothing, since their article, paragraph or word is not there."""
    bare = [replace(article, sayings=()) for article in articles]
    return tuple(each for each in corrections if not any(_holds(article, each) for article in bare))


def _holds(article: Article, each: Correction) -> bool:
    if _plain(article.title) != _plain(each.article):
        return False
    if not each.paragraph:
        return any(each.written in block.text for block in article.blocks)
    block = _paragraph(article, each)
    return block is not None and (not each.written or _find(block.text, each) >= 0)


def _corrected(article: Article, each: Correction) -> Article:
    if not each.paragraph:
        others = (saying for saying in article.sayings if saying.written != each.written)
        return replace(article, sayings=(Saying(each.written, each.spoken, each.ipa), *others))
    block = _paragraph(article, each)
    if block is None:
        return article
    if each.pause_ms is not None:
        changed = block._replace(pause_ms=each.pause_ms)
    else:
        changed = _said(block, each) if each.written else block._replace(unread=block.unread or SKIPPED)
    blocks = tuple(changed if other is block else other for other in article.blocks)
    return replace(article, blocks=blocks)


def _paragraph(article: Article, each: Correction) -> Block | None:
    opening = _plain(each.paragraph)
    read = (block for block in article.blocks if block.kind is not BlockKind.FRONT_MATTER)
    return next((block for block in read if _plain(block.text).startswith(opening)), None)


def _said(block: Block, each: Correction) -> Block:
    start = _find(block.text, each)
    if start < 0:
        return block
    end = start + len(each.written)
    if each.ipa:
        others = (pair for pair in block.sounds if pair[0] != each.written)
        return block._replace(sounds=((each.written, each.ipa), *others))
    others_said = (other for other in block.overrides if other.end <= start or end <= other.start)
    new = Replacement(start, end, each.written, each.spoken, "override")
    return block._replace(overrides=tuple(sorted((*others_said, new), key=lambda said: said.start)))


def _find(text: str, each: Correction) -> int:
    start = -1
    for _ in range(each.which):
        start = text.find(each.written, start + 1)
        if start < 0:
            break
    return start


def _plain(text: str) -> str:
    return " ".join(text.split())
