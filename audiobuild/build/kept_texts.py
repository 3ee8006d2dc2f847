"""The spoken texts of an edition, kept between builds, so that a build of little that is new reads little (layer 4).

They hold for the rules that made them, so what is kept bears a mark of those: of every file that they consist of, and
of the Python that runs them.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import audiobuild
from audiobuild import normalisation
from audiobuild.model.articles import Edition
from audiobuild.normalisation import KnownTexts
from audiobuild.store.artefacts import Store, address

LEAST_CHARS = 20_000
"""How long an edition's texts are, at least, for which this is worth a file: so many are read in 30 ms."""


def read_texts(store: Store, identity: str) -> KnownTexts:
    """Read what is known of an edition's texts; nothing where other rules made it.

    Args:
        identity: what makes it the same edition as one that was built before.
    """
    data = store.get(_key(identity))
    if data is None:
        return KnownTexts()  # of a short edition, whose rules need not be looked at
    kept = json.loads(data)
    return KnownTexts(kept["texts"] if kept["rules"] == rules_mark() else None)


def keep_texts(store: Store, identity: str, edition: Edition, known: KnownTexts) -> None:
    """Keep them, where there are new ones and enough of them.

    Raises:
        OutputError: the store cannot be written.
    """
    size_chars = sum(len(block.text) for article in edition.articles for block in article.blocks)
    if known.new and size_chars >= LEAST_CHARS:
        kept = {"rules": rules_mark(), "texts": known.rows}
        store.put(_key(identity), json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode())


def rules_mark() -> str:
    """Name the rules by the version, and by the files that they consist of: their sizes, and when they were written."""
    told = [audiobuild.__version__, sys.version, *sorted(_facts(Path(*normalisation.__path__)))]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _facts(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.suffix in (".py", ".tsv"):
            facts = path.stat()
            yield f"{path.relative_to(folder)} {facts.st_size} {facts.st_mtime_ns}"


def _key(identity: str) -> str:
    return address("texts", identity=identity)
