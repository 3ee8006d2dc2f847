"""A voice of Piper's: numbers of symbols in, sound and the length of each number out, in little memory (layer 3).

- A network draws random numbers, for its melody and for its breath: they are read from an input instead.
- The length of each phoneme is a value inside the graph, which is made an output.
- What turns its melody into sound takes most of the memory, and hears no further than 15 frames around: it is a network
  apart here, that is given three seconds at a time, with what stands around them. The samples are the same to the bit.

Source: VITS, `models.Generator`, for how far the last part hears; piper-tts 1.8.0, `PiperVoice.phoneme_ids_to_audio`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from audiobuild.audio.clip import Samples
from audiobuild.engines.neural.graph import (
    inputs_of,
    outputs_of,
    parted,
    read_model,
    values_of,
    with_noise,
    with_output,
)
from audiobuild.engines.neural.runtime import open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_NOISE = "noise"
_LAST_PART = "/dec/"
"""What the names of the nodes start with that turn the melody into sound."""
_WINDOW_FRAMES = 256
_AROUND_FRAMES = 32


class PiperNetwork:
    """A voice that is loaded."""

    def __init__(self, path: Path) -> None:
        """Load it. Raises EngineError where it is none."""
        model = read_model(path)
        lengths = values_of(model, "Ceil")[:1]
        for name in lengths:
            model = with_output(model, name)
        melody, sound = parted(with_noise(model, _NOISE), _LAST_PART)
        self._lengths = next(iter(lengths), "")
        self._crossing = inputs_of(sound)
        self.melody = open_session(melody)
        self._melody_gives = outputs_of(melody)
        self._sound = open_session(sound) if self._crossing else None

    def speak(self, given: Mapping[str, Any], noise: Samples) -> tuple[Samples, Samples]:
        """Speak what is given to its own inputs, with noise of the shape (frames, channels), more than it needs.

        Returns:
            Samples, and how many frames each number of the input takes; nothing where it does not tell.
        """
        given = {**given, _NOISE: noise.T[np.newaxis]}
        values = dict(zip(self._melody_gives, self.melody.run(self._melody_gives, given), strict=True))
        lengths = values.pop(self._lengths, np.zeros(0, np.float32)).ravel()
        if self._sound is None:
            return values.popitem()[1].ravel(), lengths
        return np.concatenate(list(_windows(self._sound, {name: values[name] for name in self._crossing}))), lengths


def _windows(sound: InferenceSession, melody: Mapping[str, Samples]) -> Iterator[Samples]:
    """Turn the melody into sound, some frames at a time; what is the same for all of them is given each time."""
    frames = max(value.shape[-1] for value in melody.values())
    for start in range(0, frames, _WINDOW_FRAMES):
        end = min(frames, start + _WINDOW_FRAMES)
        first, last = max(0, start - _AROUND_FRAMES), min(frames, end + _AROUND_FRAMES)
        around = {
            name: value[..., first:last] if value.shape[-1] == frames else value for name, value in melody.items()
        }
        samples = sound.run(None, around)[0].ravel()
        hop = len(samples) // (last - first)
        yield samples[(start - first) * hop : (end - first) * hop]
