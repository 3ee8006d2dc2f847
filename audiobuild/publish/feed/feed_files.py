"""The files that a feed speaks of, where they lie beside it (layer 3)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

_MOST_NAME_BYTES = 255
"""Of any file that can be."""


@dataclass(frozen=True, slots=True)
class FeedFiles:
    """A folder that holds what is published under an address."""

    base: str
    """The address, with a slash at its end; empty where it is not known."""
    folder: Path

    def path_of(self, address: str) -> Path | None:
        """Return the path at which a file belongs; None where it is published elsewhere."""
        if not self.base or not address.startswith(self.base):
            return None
        try:
            path = unquote(urlsplit(address[len(self.base) :]).path)
        except ValueError:
            return None
        parts = path.split("/")
        if "" in parts or ".." in parts or "\0" in path or max(len(part.encode()) for part in parts) > _MOST_NAME_BYTES:
            return None
        return self.folder.joinpath(*parts)
