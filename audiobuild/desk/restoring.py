"""What an editor has left out and wants read again: the remarks or the row that leave it out go (layer 4).

Which they are, is found by trying: a text is right only if, read again, it has the same words, and of those that are
left out this paragraph alone is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from audiobuild.desk.article_files import write_into
from audiobuild.desk.article_proof import LaidPassage
from audiobuild.desk.changes import Changes, FileChange
from audiobuild.desk.mending import ReadAgain, last_lines
from audiobuild.desk.proofs import Proofs
from audiobuild.errors import SourceError
from audiobuild.model.values import Article, Block, BlockKind
from audiobuild.sources.article_parts.editor_directives import SKIPPED
from audiobuild.sources.corrections import CORRECTIONS, parse_corrections

_PAIR = re.compile(r"<!--\s*skip\s*-->(?P<inner>.*?)<!--\s*end\s+skip\s*-->", re.IGNORECASE | re.DOTALL)


def restore(proofs: Proofs, place: int, passage: LaidPassage, changes: Changes) -> FileChange:
    """Have a paragraph read again; what lies on the desk has to be read again.

    Args:
        proofs: what lies there now.
        place: which article it is of.
        passage: the paragraph.
        changes: what writes the file.

    Raises:
        ChangedMeanwhile: the file says something else than the desk knows.
        AudiobuildError: no editor has left it out, or what says so is not found, or the file cannot be written.
    """
    article, block = proofs.laid[place].article, passage.block
    if block is None or not passage.is_editors:
        raise SourceError("no editor leaves this out", article.source, passage.skipped or "It is read.")
    wanted = _words(article, block)

    def rewrite(text: str, read: ReadAgain) -> str | None:
        found = ((tried, read(tried)) for tried in _texts(text, block))
        return next((tried for tried, now in found if now and _words(now) == wanted), None)

    done = write_into(article, proofs.home, changes, rewrite)
    change = done[0] if done else _without_row(article, block, proofs, changes)
    if change is None:
        raise SourceError("what leaves this out is not found", f"{article.source}:{block.line}", "Take it out by hand.")
    return change


def _words(article: Article, read: Block | None = None) -> tuple[Counter[str], Counter[str]]:
    """Count the words of an article, and those that its editor leaves out, but for one block that is to be read."""
    blocks = [block for block in article.blocks if block.kind is not BlockKind.HTML]
    left_out = (block for block in blocks if block.unread == SKIPPED and block is not read)
    words, left = (Counter(word for each in some for word in each.text.split()) for some in (blocks, left_out))
    return words, left


def _texts(text: str, block: Block) -> Iterator[str]:
    """Give the text without each pair of remarks about the block's line; what else is between them stays left out."""
    ends = "\r\n" if "\r\n" in text else "\n"
    for pair in _PAIR.finditer(text):
        first, last = (text.count("\n", 0, place) + 1 for place in (pair.start(), pair.end()))
        if first <= block.line <= last:
            yield _without(text, pair, ends)
            if first < block.line:
                yield from _parted(text, pair, block, ends)


def _without(text: str, pair: re.Match[str], ends: str) -> str:
    """Take both remarks out, and the empty lines that parted them from the paragraph."""
    before, after = text[: pair.start()], text[pair.end() :]
    if not pair["inner"].startswith(ends):
        return before + pair["inner"] + after
    is_wide = after.startswith(3 * ends) or after == 2 * ends
    return before + pair["inner"].strip() + (after.removeprefix(ends) if is_wide else after)


def _parted(text: str, pair: re.Match[str], block: Block, ends: str) -> Iterator[str]:
    """Leave out, by a pair of remarks each, what stands before the block and what stands behind it."""
    lines = text.split(ends)
    start = sum(len(line) + len(ends) for line in lines[: block.line - 1])
    for last in last_lines(lines, block):
        end = sum(len(line) + len(ends) for line in lines[:last]) - len(ends)
        if pair.start("inner") <= start < end <= pair.end("inner"):
            outside = (text[pair.start("inner") : start].strip(), text[end : pair.end("inner")].strip())
            above, below = (f"<!-- skip -->{2 * ends}{each}{2 * ends}<!-- end skip -->" for each in outside)
            parts = (above if outside[0] else "", text[start:end], below if outside[1] else "")
            yield text[: pair.start()] + (2 * ends).join(filter(None, parts)) + text[pair.end() :]


def _without_row(article: Article, block: Block, proofs: Proofs, changes: Changes) -> FileChange | None:
    """Take out the last row of corrections.tsv that leaves the paragraph out."""
    path = proofs.home / CORRECTIONS
    before = path.read_bytes() if path.is_file() else b""
    title, opening = (" ".join(text.split()) for text in (article.title, block.text))
    lines = before.decode("utf-8").splitlines(keepends=True)
    for place in reversed(range(len(lines))):
        for row in parse_corrections(lines[place].removeprefix("\ufeff")):
            is_about = row.article == title and opening.startswith(row.paragraph)
            if is_about and not row.written and row.pause_ms is None:
                return changes.make(path, before, "".join([*lines[:place], *lines[place + 1 :]]).encode())
    return None
