"""Kokoro's network: symbols and a style in, sound and the time of each symbol out (layer 3).

The package kokoro-onnx knows the alphabet of the network and the kinds of its inputs, which differ by release. Its own
tokenizer is left out: it would hold espeak-ng's library loaded, which has to be loaded afresh for each text to give the
same samples (`espeak_library`).

Its graph draws no random numbers; in one thread it gives the same samples every time.

Source: kokoro-onnx 0.6.1, `Kokoro._infer`, `session.py` and `sliding.token_edges`.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from audiobuild.audio.clip import Clip, Samples
from audiobuild.engines.neural.convolutions import with_convolutions_in_pieces
from audiobuild.engines.neural.graph import outputs_of, read_model, with_output
from audiobuild.engines.neural.repeated_values import with_normalised_again
from audiobuild.engines.neural.runtime import open_session
from audiobuild.errors import EngineError

RATE_HZ = 24_000

_DURATIONS, _DURATIONS_WITHIN = "duration", "/encoder/Clip_output_0"
"""How long each symbol is: the output of that name, and the value inside those networks that do not give it."""
_EDGE = 0
"""The number that stands before the first symbol, and behind the last."""


class KokoroNetwork:
    """The network, loaded, and where its styles are."""

    def __init__(self, model: Path, styles: Path) -> None:
        """Load the network. Raises EngineError where it is none."""
        from kokoro_onnx.config import DEFAULT_VOCAB
        from kokoro_onnx.session import embedded_vocab, input_dtypes

        self._styles = styles
        network = with_normalised_again(with_convolutions_in_pieces(read_model(model)))
        if _DURATIONS not in outputs_of(network):
            network = with_output(network, _DURATIONS_WITHIN, _DURATIONS)
        self._session = open_session(network, keeps_copies=True)
        self._numbers: dict[str, int] = embedded_vocab(self._session) or DEFAULT_VOCAB
        self._kinds = input_dtypes(self._session)
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
        sound, lengths = self._session.run([self._sound, _DURATIONS], given)
        clip = Clip(np.clip(sound.ravel(), -1.0, 1.0).astype(np.float32), RATE_HZ)
        ends = np.cumsum(lengths.ravel())
        return clip, [float(end) * clip.duration_ms / float(ends[-1]) for end in ends[:-2]]
