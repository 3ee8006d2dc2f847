"""Documents from the web: whole, of bounded size, in bounded time (layer 0).

An address goes in; the bytes that stand there come out, with what the server says of them. Only what was asked for is
fetched: no picture, script or style of a page.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from audiobuild.errors import NetworkError
from audiobuild.network.http import TIMEOUT_S, Incoming, opened, refusal, shown_address, too_large

LIMIT_BYTES = 50_000_000
"""What a document may measure."""
LIMIT_S = 120.0
"""What the whole of it may take."""

_BROWSER_HINT = "Open it in a browser, save the page, and build the file."
_FAULTS_HINT = "Try again later."


@dataclass(frozen=True, slots=True)
class RemoteDocument:
    """What stands at an address."""

    data: bytes = field(repr=False)
    media_type: str
    """As in "text/html": in small letters, without parameters; empty where the server does not say."""
    charset: str
    """The encoding that the server names; empty where it names none."""


def fetch_document(
    url: str,
    *,
    allow_private: bool = False,
    limit_bytes: int = LIMIT_BYTES,
    limit_s: float = LIMIT_S,
    timeout_s: float = TIMEOUT_S,
) -> RemoteDocument:
    """Fetch what stands at an address.

    Args:
        url: an address with http:// or https://.
        allow_private: whether it may lead to a machine of a private network.
        limit_bytes: what it may measure, unpacked.
        limit_s: what the whole of it may take, in seconds.
        timeout_s: how long the server may keep silent, in seconds.

    Raises:
        NetworkOffline: the server cannot be reached.
        NetworkError: it has nothing there, refuses, takes too long, sends too much, or is private.
    """
    headers = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    with opened(url, headers=headers, timeout_s=timeout_s, refuse_private=not allow_private) as incoming:
        if incoming.status in (401, 403):
            message = f"the server lets only those in whom it knows, or only browsers ({incoming.status})"
            raise NetworkError(message, shown_address(url), _BROWSER_HINT)
        if incoming.status != 200:
            raise refusal(incoming, url)
        where = shown_address(url)
        data = b"".join(_bounded(_unpacked(incoming, limit_bytes, where), limit_bytes, limit_s, where))
    told = incoming.headers.get("content-type", "")
    charset = re.search(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", told, re.IGNORECASE)
    return RemoteDocument(data, told.partition(";")[0].strip().lower(), charset[1] if charset else "")


def _bounded(chunks: Iterator[bytes], limit_bytes: int, limit_s: float, where: str) -> Iterator[bytes]:
    """Give the pieces, as long as neither their size nor their time is beyond what may be."""
    ends = time.monotonic() + limit_s
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit_bytes:
            raise too_large(limit_bytes, where)
        if time.monotonic() > ends:
            raise NetworkError(
                f"the server takes longer than {limit_s:.0f} seconds", where, _FAULTS_HINT, may_pass=True
            )
        yield chunk


def _unpacked(incoming: Incoming, limit_bytes: int, where: str) -> Iterator[bytes]:
    """Unpack what a server packs although it was not asked to; never more of it than may come."""
    coding = incoming.headers.get("content-encoding", "identity").strip().lower()
    if coding in ("", "identity"):
        yield from incoming.chunks
        return
    if coding not in ("gzip", "x-gzip", "deflate"):
        message = f"the server packs its answer as {coding[:20]!r}, which it was not asked to"
        raise NetworkError(message, where, _BROWSER_HINT)
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for chunk in incoming.chunks:
            yield unpacker.decompress(chunk, limit_bytes + 1)
    except zlib.error as error:
        raise NetworkError("what the server sends is damaged", where, _FAULTS_HINT, may_pass=True) from error
