"""Kinds of documents that people have and that are not read: what they are, and what to do about it (layer 1, pure)."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class OtherKind:
    """A kind of document that is not read."""

    name: str
    """What it is, with its article."""
    hint: str
    """What to do to have it read, as a sentence."""
    is_told: bool
    """Whether it is likely to be meant for reading where it lies among articles."""

    @property
    def message(self) -> str:
        """What an error says of it."""
        return f"this is {self.name}, which is not read"


def other_kind(suffix: str) -> OtherKind | None:
    """Say what is known of a kind by its ending in small letters; None for nothing.

    >>> kind = other_kind(".doc")
    >>> kind and kind.message
    'this is a document of old Word, which is not read'
    """
    return _kinds().get(suffix)


@cache
def _kinds() -> Mapping[str, OtherKind]:
    text = files("audiobuild.sources").joinpath("other_kinds.tsv").read_text(encoding="utf-8")
    rows = csv.reader(itertools.islice(text.splitlines(), 1, None), delimiter="\t")
    return {row[0]: OtherKind(row[1], row[2], is_told=row[3] == "told") for row in rows}
