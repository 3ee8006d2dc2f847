"""The weights of hibari's tagger, packed: as 80,000 dictionaries they would take 20 MB more in every worker (layer 3).

What the package reads its data with is given here, and what its tagger then looks its weights up in.
"""

from __future__ import annotations

import gzip
import json
import marshal
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class Weights:
    """How much each feature of a word speaks for each tag."""

    __slots__ = ("_packed",)

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        self._packed = packed

    def get(self, feature: str) -> dict[str, float] | None:
        """Give the weights of a feature, by tag; None for one that the tagger has not learnt."""
        packed = self._packed.get(feature)
        return None if packed is None else marshal.loads(packed)  # nosec B302  # packed by this process


def read_packed(path: Path) -> Any:
    """Read JSON, packing every object of numbers into bytes as soon as it is read.

    Args:
        path: compressed where it ends in ".gz".
    """
    data = path.read_bytes()
    return json.loads(gzip.decompress(data) if path.suffix == ".gz" else data, object_hook=_packed)


def _packed(values: dict[str, Any]) -> Any:
    return marshal.dumps(values) if isinstance(next(iter(values.values()), None), float) else values
