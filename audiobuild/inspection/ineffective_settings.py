"""What show.toml, front matter and remarks in articles ask for and does not fit what is there (layer 3)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from audiobuild.config.show import FILE_NAME, NO_STING, Show, StingSettings
from audiobuild.engines.registry import open_engine
from audiobuild.errors import AudiobuildError
from audiobuild.model.values import Article, BlockKind, Doubt, Edition, Fate, Script
from audiobuild.script.casting import voices_of
from audiobuild.sources.article_parts.editor_directives import slip_in
from audiobuild.sources.article_parts.metadata import KEYS, is_date_lost
from audiobuild.sources.corrections import CORRECTIONS, find_lost, read_corrections
from audiobuild.sources.marked.markdown_blocks import UNENDED_CODE
from audiobuild.store.buckets import is_address
from audiobuild.voices.speakers import with_engines

_KEY = re.compile(r"^([A-Za-z][\w-]*)\s*[:=][ \t]*+(.*)", re.MULTILINE)
_USUAL_OUTPUT = "output"
_LIKENESS = 0.8
"""How like a known key another one is that is taken for a slip of the pen."""


def find_ineffective_settings(edition: Edition, script: Script, show: Show, home: Path) -> Iterator[Doubt]:
    """List, each with its place, what an editor asked for and will not get.

    Args:
        edition: the articles.
        script: what is said of them.
        show: the settings as they stand in show.toml.
        home: the folder that its paths are relative to.
    """
    yield from (_of_show(written, kind, home) for written, kind in _lost_files(show, home))
    yield from (_of_show(written, kind, home) for written, kind in _voices_not_there(show))
    sections = {article.section.casefold() for article in edition.articles}
    for name, _ in show.voices.departments:
        if name.casefold() not in sections:
            yield _of_show(name, "voice of a department that is not there", home)
    for article in edition.articles:
        yield from _keys(article)
    for lost in find_lost(edition.articles, read_corrections(home)):
        written = lost.written or lost.paragraph
        yield Doubt(1, written, "", "correction that finds nothing", f"{home / CORRECTIONS}:1")
    for entry in script.ledger:
        if entry.fate is Fate.SKIPPED and (slip := _slip(entry.kind, entry.text, entry.reason)):
            yield Doubt(1, entry.text.split("\n", 1)[0], "", slip, f"{entry.source}:{entry.line}")


def _slip(kind: BlockKind, text: str, reason: str) -> str:
    """Say what an editor seems to have meant otherwise in what is not read; empty for nothing."""
    if reason == UNENDED_CODE:
        return "code without an end"
    if kind is BlockKind.HTML and text.startswith("<!--") and not text.endswith(("-->", "--!>")):
        return "comment without an end"
    return slip_in(text, reason) if kind is BlockKind.HTML else ""


def _of_show(written: str, kind: str, home: Path) -> Doubt:
    return Doubt(1, written, "", kind, f"{home / FILE_NAME}:1")


def _lost_files(show: Show, home: Path) -> Iterator[tuple[str, str]]:
    for picture in (show.cover.file, show.cover.picture):
        if picture and not (home / picture).is_file():
            yield picture, "cover that is not there"
    cover = show.feed.cover
    folders = [home / show.output] if show.output else [home / _USUAL_OUTPUT, Path(_USUAL_OUTPUT)]
    is_beside = cover and not is_address(cover) and not is_address(show.output)
    if is_beside and not any((folder / cover).is_file() for folder in folders):
        yield cover, "cover of the feed that is not in its folder"
    for field in fields(show):
        settings = getattr(show, field.name)
        sting = settings.sting if isinstance(settings, StingSettings) else ""
        if sting not in ("", NO_STING) and not (home / sting).is_file():
            yield sting, "sting that is not there"


def _voices_not_there(show: Show) -> Iterator[tuple[str, str]]:
    try:
        voices = voices_of(with_engines(show)[0])
    except AudiobuildError as error:
        yield "[voices]", str(error)
        return
    for voice in voices:
        try:
            _ = open_engine(voice, show.language).fingerprint
        except AudiobuildError as error:
            yield voice.name or voice.engine, str(error)


def _keys(article: Article) -> Iterator[Doubt]:
    """Find keys of front matter that are spelt almost as one that is known, and dates that are not understood."""
    for block in article.blocks:
        if block.kind is not BlockKind.FRONT_MATTER:
            continue
        for found in _KEY.finditer(block.text):
            key = found[1].lower().replace("-", "_")
            line = block.line + block.text.count("\n", 0, found.start())
            if not article.published and is_date_lost(key, value := found[2].strip(" \t\"',")):
                yield Doubt(1, value, "", "date that is not understood", f"{article.source}:{line}")
            near = difflib.get_close_matches(key, KEYS, n=1, cutoff=_LIKENESS)
            if near and not {key, f"{key}s", key.removesuffix("s")} & KEYS:
                yield Doubt(1, found[1], "", f"unknown key, like {near[0]!r}", f"{article.source}:{line}")
