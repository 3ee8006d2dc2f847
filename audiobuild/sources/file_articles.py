"""A file's articles, by the reader of its kind: known by the ending of its name, or by what stands in it (layer 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from audiobuild.config.show import FILE_NAME
from audiobuild.errors import SourceError
from audiobuild.model.values import Article
from audiobuild.sources.file_kinds import FEED_SUFFIXES, is_text, suffix_by_content
from audiobuild.sources.marked.markdown import PLAIN_SUFFIXES
from audiobuild.sources.readers import READERS
from audiobuild.sources.remote.source_options import SourceOptions
from audiobuild.sources.source_files import STANDARD_INPUT, written
from audiobuild.sources.unsupported_formats import unnamed_suffix, unsupported_format, unsupported_suffix

_ENDING = re.compile(r"\.[a-z]\w{0,11}")
"""What a name ends in that tells a kind, unlike the end of "Volume 1.2"."""


def read_articles(data: bytes, path: Path, section: str, options: SourceOptions) -> Iterator[Article]:
    """Read a file's articles, in their order.

    Args:
        data: what stands in it.
        path: the file, which may lie nowhere.
        section: the department that it lies in.
        options: how feeds are read.

    Raises:
        SourceError: it is nothing that is read, or holds no article.
    """
    suffix, source = kind_of(data, path), written(path)
    if suffix in FEED_SUFFIXES:
        from audiobuild.sources.remote.remote_articles import read_feed_articles

        yield from read_feed_articles(data, source, section, options)
        return
    folder = Path(source).parent
    for article in READERS[suffix](data, source, section):
        if article.image and article.image.is_relative_to(folder):
            yield replace(article, image=path.parent / article.image.relative_to(folder))
        else:
            yield article


def kind_of(data: bytes, path: Path) -> str:
    """Say as what a file is read, by the ending that its name has, or should have.

    Raises:
        SourceError: it is nothing that is read.
    """
    suffix = path.suffix.lower()
    is_known = suffix in READERS or suffix in FEED_SUFFIXES
    beginning = unsupported_suffix(data) or ("" if is_known else unnamed_suffix(data))
    if other := unsupported_format(suffix) or unsupported_format(beginning):
        raise SourceError(other.message, str(path), other.hint)
    if is_known:
        return suffix
    if found := suffix_by_content(data):
        return found
    if path == STANDARD_INPUT or (not _ENDING.fullmatch(suffix) and is_text(data)):
        return PLAIN_SUFFIXES[0]
    hint = f"Name its folder: {path.parent}." if path.name == FILE_NAME else f"Articles end in {', '.join(READERS)}."
    raise SourceError("this is no article", str(path), hint)
