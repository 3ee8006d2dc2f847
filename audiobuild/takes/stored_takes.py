"""Takes as they stand in the store: what is known of them, and their sound, each an entry of its own (layer 3).

So an episode is planned without reading its sound, and joined by reading it once.
"""

from __future__ import annotations

import dataclasses
import json
import struct
from array import array
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from audiobuild.errors import OutputError
from audiobuild.model.speech_marks import WordTimes
from audiobuild.model.values import Take
from audiobuild.store.artefacts import Store

_T = TypeVar("_T")
_A = TypeVar("_A")

_AT_ONCE = 32
"""How many questions are asked at once of a store that is far."""
_AHEAD = 8
"""How many sounds of it are read ahead: of some hundred kB each."""


class SoundGone(OutputError):
    """The sound of a take is not there, or is damaged, though the store knows of the take; `where` is its key."""


def read_take(store: Store, key: str) -> Take | None:
    """Read a take's record from the store; None where it, or part of its sound, is missing."""
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
        levels=_unpacked(facts["levels"]),
        peak_dbtp=facts["peak_dbtp"],
        rms_dbfs=facts["rms_dbfs"],
        bytes=facts["bytes"],
    )


def read_takes(store: Store, keys: Iterable[str]) -> dict[str, Take]:
    """Read what the store knows of several takes; those that it has not are left out."""
    return {take.key: take for take in ask_each(store, partial(read_take, store), keys) if take}


def ask_each(store: Store, question: Callable[[_T], _A], things: Iterable[_T]) -> list[_A]:
    """Ask something of a store about each of several things: at once, where each answer takes a while."""
    if not store.shelf.is_far:
        return list(map(question, things))
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return list(threads.map(question, things))


def read_sounds(store: Store, keys: Iterable[str]) -> Iterator[bytes]:
    """Read the sounds of several takes in their order; of a store that is far, some ahead of their time.

    Raises:
        SoundGone: the store has not all of them undamaged.
    """
    if not store.shelf.is_far:
        yield from map(partial(read_sound, store), keys)
        return
    coming: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(_AHEAD) as threads:
        for key in keys:
            coming.append(threads.submit(read_sound, store, key))
            if len(coming) > _AHEAD:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


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
    facts |= {"words": list(take.words), "levels": _packed(take.levels)}
    told = json.dumps(facts, separators=(",", ":")).encode()
    if store.keep(_sound_key(take.key), sound) != sound or store.keep(take.key, told) != told:
        store.put(_sound_key(take.key), sound)  # what stands there does not belong together
        store.put(take.key, told)


def _packed(levels: Sequence[int]) -> str:
    """Write levels as text: two bytes each, the lower one first, which is read in a tenth of the time of numbers."""
    return b64encode(struct.pack(f"<{len(levels)}h", *levels)).decode("ascii")


def _unpacked(text: str) -> array[int]:
    data = b64decode(text)
    return array("h", struct.unpack(f"<{len(data) // 2}h", data))


def _sound_key(key: str) -> str:
    """The address of a take's sound: "sounds/X" where the take itself is "takes/X"."""
    return f"sounds/{key.partition('/')[2]}"
