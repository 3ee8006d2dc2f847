"""What a user may say of sources that are not simply there (layer 0)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How sources are found that are not simply there."""

    store: Path | str | None = None
    """Where what was fetched is kept; None for nowhere."""
    refresh: bool = False
    """Whether what was kept is fetched anew."""
    allow_private: bool = False
    """Whether an address may lead to a machine of a private network."""
    newest: int | None = None
    """How many entries of a feed are read, the newest first; None for as many as is usual."""
    since: dt.date | None = None
    """The day before which entries of a feed are not read."""
