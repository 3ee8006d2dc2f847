"""Web addresses: which of them may be published, and how they are written (layer 0)."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_UNFIT = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffd-\uffff]")
"""Blanks, control characters, halves of characters, and what turns the direction of all that follows."""
_PLAIN_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SAFE = "%/:?#[]@!$&'()*+,;=~-._"


def web_address(text: str) -> str:
    """Give an address of the web in ASCII, or nothing where it is none that may be followed.

    >>> web_address("https://example.org/Überfahrt"), web_address("javascript:alert(1)")
    ('https://example.org/%C3%9Cberfahrt', '')
    """
    address = text.strip()
    if not address or _UNFIT.search(address):
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:  # of brackets that hold no IPv6 address
        return ""
    if (
        parts.scheme not in ("http", "https")
        or not re.fullmatch(r"[A-Za-z0-9.:-]+", host)
        or parts.username is not None
    ):
        return ""  # a name before an @ makes an address look like another's
    escapes = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", address)
    return quote(escapes, safe=_SAFE)


def file_address(base: str, file: str) -> str:
    """Say where a file is found that lies in the published folder itself."""
    return base + quote(file, safe="")


def is_plain_file(name: str) -> bool:
    """Whether a file's name needs no escape in an address, and no folder.

    >>> is_plain_file("weekly-r2.mp3"), is_plain_file("../../etc/passwd")
    (True, False)
    """
    return bool(_PLAIN_FILE.fullmatch(name))
