"""hibari's network: phonemes and a pace in, sound and the time of each phoneme out (layer 3).

Apart from the engine, for it needs numpy: a build that has nothing to speak imports none of it.

Source: hibari-tts 0.2.1, `tts.py`, `dsp.py`; the graph of its voices.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audiobuild.audio.clip import Clip, Samples
from audiobuild.engines.neural.graph import read_model, with_output
from audiobuild.engines.neural.runtime import open_session

if TYPE_CHECKING:
    from types import ModuleType

RATE_HZ = 24_000

_DURATIONS = "/Clip_output_0"
"""The tensor that holds how long each phoneme is, in steps of 25 ms."""
_STEP_MS = 25


class HibariNetwork:
    """A voice that is loaded."""

    def __init__(self, path: Path, assets: Path) -> None:
        """Load it.

        Args:
            path: the network.
            assets: the package's folder of data.

        Raises:
            EngineError: it is none.
        """
        model = with_output(read_model(path), _DURATIONS)
        self._session = open_session(model, arena=False)  # it is no slower so, and 40 MB smaller
        self._numbers: dict[str, int] = json.loads((assets / "vocab.json").read_bytes())

    def speak(self, phonemes: str, speed: float) -> tuple[Clip, list[float]]:
        """Speak phonemes that all are in its alphabet; with the time at which each of them starts, in milliseconds."""
        numbers = [0, *(self._numbers[phoneme] for phoneme in phonemes), 0]
        given = {"ids": np.asarray([numbers], np.int64), "speed": np.asarray([speed], np.float32)}
        *parts, durations = self._session.run(None, given)
        seed = hashlib.sha256(f"{speed} {phonemes}".encode()).digest()[:8]
        noise = np.random.default_rng(int.from_bytes(seed))
        samples: Samples = _signal().synth(*(part[0] for part in parts), noise)
        starts = itertools.accumulate(durations.ravel().tolist(), initial=0.0)
        return Clip(samples, RATE_HZ), [_STEP_MS * steps for steps in list(starts)[1:-2]]


@functools.cache
def _signal() -> ModuleType:
    """Import what turns a spectrum into samples, with numpy's Fourier transforms."""
    dsp = importlib.import_module("hibari.dsp")
    vars(dsp).update(
        rfft=lambda wave, axis: np.fft.rfft(wave, axis=axis),
        irfft=lambda spectrum, n, axis: np.fft.irfft(spectrum, n=n, axis=axis),
    )
    return dsp
