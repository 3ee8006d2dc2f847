"""Kokoro's network: symbols and a style in, sound and the time of each symbol out (layer 3).

The package kokoro-onnx has the alphabet of the network, which some releases bring themselves. Nothing else of it is
read: what it imports would take 16 MB, and its tokenizer would hold the library of espeak-ng loaded, which has to be
loaded afresh for each text to give the same samples (`espeak_library`).

Its graph draws no random numbers; in one thread it gives the same samples every time.

Source: kokoro-onnx 0.6.1, `Kokoro._infer`, `session.py` and `sliding.token_edges`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from audiobuild.audio.clip import Clip, Samples
from audiobuild.engines.neural.convolutions import with_convolutions_in_pieces
from audiobuild.engines.neural.graph import outputs_of, read_model, with_output
from audiobuild.engines.neural.repeated_values import with_normalised_again
from audiobuild.engines.neural.runtime import calculate, open_session
from audiobuild.errors import EngineError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

RATE_HZ = 24_000

_DURATIONS, _DURATIONS_WITHIN = "duration", "/encoder/Clip_output_0"
"""How long each symbol is: the output of that name, and the value inside those networks that do not give it."""
_KINDS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
"""What inputs are that are no floats; they differ by release."""
_ALPHABET = "kokoro_config"
"""The name under which a network brings its alphabet."""
_LONG = 60
"""Phonemes of what is spoken in one go behind which memory is given back: a sentence of these has 70 MB."""
_EDGE = 0
"""The number that stands before the first symbol, and behind the last."""


class KokoroNetwork:
    """The network, loaded, and where its styles are."""

    def __init__(self, model: Path, styles: Path) -> None:
        """Load the network. Raises EngineError where it is none."""
        self._styles = styles
        network = with_normalised_again(with_convolutions_in_pieces(read_model(model)))
        if _DURATIONS not in outputs_of(network):
            network = with_output(network, _DURATIONS_WITHIN, _DURATIONS)
        self._session = open_session(network, keeps_copies=True)
        self._numbers = _own_alphabet(self._session) or _usual_alphabet()
        self._kinds = {each.name: np.dtype(_KINDS.get(each.type, np.float32)) for each in self._session.get_inputs()}
        self._sound = next(each.name for each in self._session.get_outputs() if each.name != _DURATIONS)

    def style(self, shares: Sequence[tuple[str, float]]) -> Samples:
        """Mix the styles of voices: a row for each number of symbols. Raises EngineError where one cannot be read."""
        where, mixed = str(self._styles), np.zeros(1, np.float32)
        try:
            with self._styles.open("rb") as file:
                styles = np.load(file)
                for name, share in shares:
                    mixed = mixed + np.float32(share) * styles[name]
        except KeyError as error:
            raise EngineError(f"there is no voice {name!r} in it", where) from error
        except (OSError, ValueError, IndexError, EOFError, BadZipFile, zlib.error) as error:
            raise EngineError(f"the styles of the voices cannot be read: {error}", where) from error
        return np.asarray(mixed, np.float32)

    def known(self, phonemes: str) -> str:
        """Keep what the network has learnt."""
        return "".join(phoneme for phoneme in phonemes if phoneme in self._numbers)

    def speak(self, phonemes: str, style: Samples, speed: float) -> tuple[Clip, list[float]]:
        """Speak symbols that all are known; with the time at which each of them starts, in milliseconds."""
        numbers = [_EDGE, *(self._numbers[phoneme] for phoneme in phonemes), _EDGE]
        row = style[min(len(phonemes), len(style)) - 1]
        whole = self._kinds["speed"].kind in "iu"  # some networks know no other speed than 1
        tokens = "input_ids" if "input_ids" in self._kinds else "tokens"
        given = {
            tokens: np.asarray([numbers], self._kinds[tokens]),
            "style": np.asarray(row, self._kinds["style"]),
            "speed": np.asarray([max(1, round(speed)) if whole else speed], self._kinds["speed"]),
        }
        run = calculate if len(phonemes) > _LONG else type(self._session).run
        sound, lengths = run(self._session, [self._sound, _DURATIONS], given)
        clip = Clip(np.clip(sound.ravel(), -1.0, 1.0).astype(np.float32), RATE_HZ)
        ends = np.cumsum(lengths.ravel())
        return clip, [float(end) * clip.duration_ms / float(ends[-1]) for end in ends[:-2]]


def _own_alphabet(session: InferenceSession) -> dict[str, int]:
    """Read the numbers of the symbols that a network brings; empty where it brings none."""
    told = session.get_modelmeta().custom_metadata_map.get(_ALPHABET, "")
    try:
        return dict(json.loads(told)["vocab"])
    except (ValueError, KeyError, TypeError):
        return {}


def _usual_alphabet() -> dict[str, int]:
    """Read the numbers of the symbols that the package has. Raises EngineError where it is not there."""
    found = find_spec("kokoro_onnx")
    folders = found.submodule_search_locations if found else None
    if not folders:
        raise EngineError("the package kokoro-onnx is not here, which has the network's alphabet")
    return dict(json.loads(Path(folders[0], "config.json").read_text(encoding="utf-8"))["vocab"])
