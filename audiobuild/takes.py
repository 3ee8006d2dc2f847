"""Takes as they stand in the store: a line of JSON that describes them, then their sound (layer 3)."""

from __future__ import annotations

import dataclasses
import json

from audiobuild.model import Take, WordTime
from audiobuild.store import Store


def read_take(store: Store, key: str) -> Take | None:
    """Read what the store knows of a take; None where it has none that is undamaged."""
    artefact = store.get(key)
    return _parse(key, artefact) if artefact is not None else None


def read_sound(store: Store, key: str) -> bytes | None:
    """Read the sound of a take, MP3 frames or FLAC; None where the store has none that is undamaged."""
    artefact = store.get(key)
    return artefact.partition(b"\n")[2] if artefact is not None else None


def write_take(store: Store, take: Take, sound: bytes) -> None:
    """Keep a take with its sound, MP3 frames or FLAC."""
    facts = dataclasses.asdict(take)
    del facts["key"]
    facts["words"] = [[word.start_ms, word.offset, word.length] for word in take.words]
    store.put(take.key, json.dumps(facts, separators=(",", ":")).encode() + b"\n" + sound)


def _parse(key: str, artefact: bytes) -> Take:
    facts = json.loads(artefact.partition(b"\n")[0])
    return Take(
        key=key,
        frames=facts["frames"],
        words=tuple(WordTime(*word) for word in facts["words"]),
        blocks_lufs=tuple(facts["blocks_lufs"]),
        peak_dbtp=facts["peak_dbtp"],
        rms_dbfs=facts["rms_dbfs"],
    )
