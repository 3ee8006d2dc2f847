"""Sources with an address on the web: fetched once, and kept (layer 3).

What was fetched stands in the store with its address and the day, and is used again until it is asked for anew: so the
same input gives the same episode, whatever becomes of the page.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from audiobuild.errors import SourceError
from audiobuild.network.http import shown_address
from audiobuild.network.remote_documents import fetch_document
from audiobuild.sources.file_kinds import suffix_by_content, suffix_by_media_type
from audiobuild.sources.remote.source_options import SourceOptions
from audiobuild.store.artefacts import Store, address

_REFRESH = "--refresh"


@dataclass(frozen=True, slots=True)
class FetchedSource:
    """What stood at an address."""

    url: str
    data: bytes = field(repr=False)
    suffix: str
    """What it is, as the ending that a file of its kind has."""
    charset: str
    """The encoding that the server named; empty for none."""
    fetched: str
    """The day, as in "2026-11-07"."""


def fetch_source(url: str, options: SourceOptions) -> FetchedSource:
    """Fetch what stands at an address, or take what was kept of it.

    Raises:
        NetworkError: it cannot be fetched, or may not.
        SourceError: it is nothing that is read.
        OutputError: the store cannot be written.
    """
    store = Store(options.store) if options.store else None
    key = address("fetched", url=url)
    kept = store.get(key) if store and not options.refresh else None
    if kept is None:
        document = fetch_document(url, allow_private=options.allow_private)
        today = dt.datetime.now(dt.UTC).date().isoformat()
        facts = {"url": url, "fetched": today, "media_type": document.media_type, "charset": document.charset}
        kept = json.dumps(facts).encode() + b"\n" + document.data
        if store:
            store.put(key, kept)
    head, _, data = kept.partition(b"\n")
    facts = json.loads(head)
    with telling_of_kept(facts["fetched"], options):
        suffix = _suffix(url, data, facts["media_type"])
    return FetchedSource(url, data, suffix, facts["charset"], facts["fetched"])


@contextmanager
def telling_of_kept(fetched: str, options: SourceOptions) -> Iterator[None]:
    """Add to an error of the block that what was fetched is kept, and how to fetch it anew.

    Args:
        fetched: the day.
        options: which tell whether anything is kept.
    """
    try:
        yield
    except SourceError as error:
        if not options.store or _REFRESH in error.hint:
            raise
        kept = f"What was fetched on {fetched} is kept: {_REFRESH} fetches it anew."
        raise type(error)(error.message, error.where, f"{error.hint} {kept}".strip()) from error


def _suffix(url: str, data: bytes, media_type: str) -> str:
    by_name = PurePosixPath(urlsplit(url).path).suffix.lower()
    by_type = suffix_by_media_type(media_type)
    if by_type == ".txt" and by_name == ".md":  # as servers call Markdown that do not know it
        by_type = by_name
    suffix = suffix_by_content(data) or by_type
    if not suffix:
        told = f": it is {media_type}" if media_type else ""
        raise SourceError(
            f"what stands there is no article{told}", shown_address(url), "Give the address of a page with a text."
        )
    return suffix


def name_of_address(url: str) -> str:
    """Name an article by its address: what may be a secret in it is left out, and still every address has its own.

    >>> name_of_address("https://example.org/mud?id=7")
    'https://example.org/mud?…f422c82d'
    """
    query = urlsplit(url).query
    return shown_address(url) + (hashlib.sha256(query.encode()).hexdigest()[:8] if query else "")
