"""Takes as they stand in the store: what is known of them, and their sound, each an entry of its own (layer 3).

So an episode is planned without reading its sound, and joined by reading it once.
"""

from __future__ import annotations

import dataclasses
import json
from array import array

from audiobuild.errors import OutputError
from audiobuild.model.speech_marks import WordTimes
from audiobuild.model.values import Take
from audiobuild.store.artefacts import Store


class SoundGone(OutputError):
    """The sound of a take is not there, or is damaged, though the store knows of the take; `where` is its key."""


def read_take(store: Store, key: str) -> Take | None:
    """Read what the store knows of a take; None where it has none, or where its sound is not all there."""
    data = store.get(key)
    if data is None:
        return None
    facts = json.loads(data)
    if store.size_bytes(_sound_key(key)) != facts["bytes"]:
        return None
    return Take(
        key=key,
        frames=facts["frames"],
        words=WordTimes(facts["words"]),
        blocks_lufs=array("d", facts["blocks_lufs"]),
        peak_dbtp=facts["peak_dbtp"],
        rms_dbfs=facts["rms_dbfs"],
        bytes=facts["bytes"],
    )


def read_sound(store: Store, key: str) -> bytes:
    """Read the sound of a take, MP3 frames or FLAC.

    Raises:
        SoundGone: the store has none that is undamaged.
    """
    sound = store.get(_sound_key(key))
    if sound is None:
        store.drop(_sound_key(key))
        raise SoundGone("a take vanished during the build", key, "Build again: it is made anew.")
    return sound


def write_take(store: Store, take: Take, sound: bytes) -> None:
    """Keep a take with its sound, MP3 frames or FLAC.

    Raises:
        OutputError: the store cannot be written.
    """
    facts = {field.name: getattr(take, field.name) for field in dataclasses.fields(take) if field.name != "key"}
    facts |= {"words": list(take.words), "blocks_lufs": list(take.blocks_lufs)}
    store.put(_sound_key(take.key), sound)
    store.put(take.key, json.dumps(facts, separators=(",", ":")).encode())


def _sound_key(key: str) -> str:
    """The address of a take's sound: "sounds/X" where the take itself is "takes/X"."""
    return f"sounds/{key.partition('/')[2]}"
