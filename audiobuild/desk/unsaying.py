"""What an editor wants said by the rules again: the row or the remark that says otherwise is taken out (layer 4).

Which one it is, is found by trying: a file is right only if, read again, nothing of the editor's speaks there any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from audiobuild.desk.article_files import write_into
from audiobuild.desk.changes import Changes, FileChange
from audiobuild.desk.proofs import Proofs
from audiobuild.errors import ConfigError, SourceError
from audiobuild.model.values import Article
from audiobuild.normalisation import LEXICON
from audiobuild.normalisation.lexicon_formats import read_lexicon, read_pls
from audiobuild.sources.corrections import CORRECTIONS, parse_corrections
from audiobuild.sources.edition import LEXICONS, read_lexicon_file, read_lexicons

_REMARK = re.compile(r"<!--\s*(?:say\b[^<>]*|spell\s*)-->", re.IGNORECASE)
_OWN = frozenset({LEXICON, "override"})
"""The rules by which an editor's words are said."""


class WordPlace(NamedTuple):
    """Where words stand on the desk."""

    article: int
    """Its place on the desk, from 0."""
    passage: int
    """Its place in the article, from 0."""
    start: int
    """In what is written, in characters."""


def unsay(proofs: Proofs, words: WordPlace, changes: Changes) -> FileChange:
    """Take out what says them otherwise; what lies on the desk has to be read again.

    Raises:
        ChangedMeanwhile: the file says something else than the desk knows.
        AudiobuildError: nothing does, or it is not found, or the file cannot be written.
    """
    if not _own_rule(proofs, words):
        raise SourceError("this is said by the rules already")
    for way in (_without_remark, _without_row, _without_correction):
        if done := way(proofs, words, changes):
            return done
    hint = "It may be lexicon.pls, or more rows or remarks than one: take them out there by hand."
    raise SourceError("what says this is not found", proofs.laid[words.article].article.source, hint)


def _own_rule(proofs: Proofs, words: WordPlace) -> str:
    """Give the rule by which an editor's own words are said at a place; empty where none are."""
    passages = proofs.all[words.article].passages
    segment = passages[words.passage].segment if words.passage < len(passages) else None
    found = segment.spoken.replacements if segment else ()
    return next((each.rule for each in found if each.rule in _OWN and each.start <= words.start < each.end), "")


def _without_row(proofs: Proofs, words: WordPlace, changes: Changes) -> FileChange | None:
    tsv, pls = (proofs.home / name for name in LEXICONS)
    if not tsv.is_file():
        return None
    before = tsv.read_bytes()
    others = read_lexicon_file(pls, read_pls) if pls.is_file() else ()
    article = proofs.laid[words.article].article
    written = proofs.all[words.article].passages[words.passage].text
    for text in _without_each_line(before.decode("utf-8"), written):
        with suppress(ConfigError):
            lexicon = (*read_lexicon(text.removeprefix("\ufeff"), str(tsv)), *others)
            if not _own_rule(proofs.relaid(words.article, article, lexicon), words):
                return changes.make(tsv, before, text.encode())
    return None


def _without_each_line(text: str, about: str) -> Iterator[str]:
    """Give the text without each row whose first field stands in what is written."""
    lines = text.splitlines(keepends=True)
    for place, line in enumerate(lines):
        written = line.partition("\t")[0].strip().casefold()
        if written and not line.startswith("# ") and written in about.casefold():
            yield "".join([*lines[:place], *lines[place + 1 :]])


def _without_remark(proofs: Proofs, words: WordPlace, changes: Changes) -> FileChange | None:
    article = proofs.laid[words.article].article
    written = proofs.all[words.article].passages[words.passage].text
    lexicon = read_lexicons(proofs.home)

    def is_freed(found: Article | None) -> bool:
        tried = proofs.relaid(words.article, found, lexicon) if found else None
        passages = tried.all[words.article].passages if tried else ()
        stands = len(passages) > words.passage and passages[words.passage].text == written
        return bool(tried and stands and not _own_rule(tried, words))

    done = write_into(
        article,
        proofs.home,
        changes,
        lambda text, read: next((each for each in _without_each_remark(text) if is_freed(read(each))), None),
    )
    return done and done[0]


def _without_each_remark(text: str) -> Iterator[str]:
    """Give the text without each remark, and without the empty line that it leaves."""
    for found in _REMARK.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        is_alone = before.endswith("\n") and after[:1] in ("\n", "\r", "")
        yield before.rstrip() + after if is_alone else before + after


def _without_correction(proofs: Proofs, words: WordPlace, changes: Changes) -> FileChange | None:
    """Take out the last row of corrections.tsv that speaks of these words in this paragraph, or in the article."""
    path = proofs.home / CORRECTIONS
    passage = proofs.all[words.article].passages[words.passage]
    if not path.is_file() or passage.segment is None:
        return None
    before = path.read_bytes()
    title = " ".join(proofs.laid[words.article].article.title.split())
    opening = " ".join(passage.text.split())
    own = next(each for each in passage.segment.spoken.replacements if each.start <= words.start < each.end)
    lines = before.decode("utf-8").splitlines(keepends=True)
    for place in reversed(range(len(lines))):
        for row in parse_corrections(lines[place]):
            is_there = row.article == title and opening.startswith(row.paragraph)
            if is_there and row.written == passage.text[own.start : own.end] and row.spoken + row.ipa:
                return changes.make(path, before, "".join([*lines[:place], *lines[place + 1 :]]).encode())
    return None
