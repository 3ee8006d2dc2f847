"""hibari-tts: the default engine for English, a small neural voice that works offline, with word times (layer 3).

A voice is a network of 8 MB that turns phonemes into the parts of a spectrum; "heart" comes with the package, the
others are fetched once. It is driven by phonemes alone (`hibari_phonemes`): the package's own normaliser is left out,
since our text is as it is spoken already. What is done here beside:

- A sentence is spoken at a time. Each comes with a third of a second of silence before its sound and half of one
  behind: that is cut off, and the pause between sentences is ours.
- The length of each phoneme is a value inside the graph, which is made an output: so the time of each word is known.
- Its noise is seeded by what is said, and its Fourier transforms are always numpy's (where scipy is installed, it would
  take scipy's, with other samples). So the same text gives the same samples, in any order and in any process.

Source: hibari-tts 0.2.1, `tts.py`, `dsp.py`; the graph of its voices.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiobuild.config.user_folders import voice_folder
from audiobuild.engines import Abilities, Download, Speech, VoiceInfo, not_fetched, require_words, unknown_voice
from audiobuild.engines.neural.joining import PHRASE_MS, SENTENCE_MS, SpokenPassage, join_passages
from audiobuild.engines.neural.runtime import instruction_set
from audiobuild.engines.phonetics.hibari_phonemes import Utterance, table_fingerprint, utterances, vocabulary_of
from audiobuild.errors import EngineError
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.values import Voice

if TYPE_CHECKING:
    from audiobuild.engines.neural.hibari_network import HibariNetwork

NORMAL_SPEED = 0.9
"""What rate 1.0 is of the network's own pace: so magazine prose comes out at 165 words a minute; espeak-ng's at 169."""

_ONSET_MS = 58
"""How long before a phoneme's own time its sound begins: the median of what was measured."""

_REVISION = 2
"""To be raised when the same text comes to have other samples or times."""

_BASE_URL = "https://huggingface.co/maureesewilliams/hibari/resolve/main/voices/"
_LICENCE = "Apache-2.0"
_DEFAULT_VOICE = "heart"


class Hibari:
    """Speaks English with a network distilled from Kokoro."""

    name = "hibari"
    abilities = Abilities(
        10_000,
        languages=("en",),
        phonetic=True,
        tells_words=True,
        preload="audiobuild.engines.phonetics.hibari_preload",
    )
    settings = None

    def __init__(self, voice: Voice, locale: str) -> None:
        self._voice = voice.name or _DEFAULT_VOICE
        self._locale = locale
        self._speed = round(NORMAL_SPEED * voice.rate, 4)
        self._rate = voice.rate

    @property
    def fingerprint(self) -> str:
        """Name the package, our tables, the libraries and the processor that calculate, the voice and its speed.

        Raises:
            EngineError: there is no such voice, or it was not fetched, or the show is not in English.
        """
        info = self._ready
        voice = f"{info.name} {_registry()[info.name]['sha256'][:16]} {vocabulary_of(self._locale)}"
        return f"hibari {_calculated_by()} {voice} {self._speed} {SENTENCE_MS} {PHRASE_MS} {self._rate:g}"

    @property
    def info(self) -> VoiceInfo:
        """Tell what is known of the voice. Raises EngineError where there is none of that name."""
        if self._voice not in _registry():
            raise unknown_voice(self.name, self._voice, _registry())
        return _info(self._voice)

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        """Speak the text: mono, 24000 Hz.

        Raises:
            EngineError: there is nothing to say, a word or a symbol has no sound, or the voice cannot be used.
        """
        require_words(text, self.abilities.max_chars)
        british = _registry()[self._ready.name]["british"]
        said = utterances(text, pronunciations, british=british, vocabulary=vocabulary_of(self._locale))
        return join_passages(text, map(self._spoken, said), self._rate)

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        """List the voice that comes with the package, then those that can be fetched."""
        return [_info(name) for name in _registry()]

    @classmethod
    def has_voice(cls, name: str) -> bool:
        """Say whether it is one of the package's own list."""
        return name in _registry()

    @classmethod
    def missing(cls) -> str:
        """Nothing ever is: the package comes with audiobuild."""
        return ""

    @functools.cached_property
    def _ready(self) -> VoiceInfo:
        """The voice, once it is known that it can speak."""
        if not self._locale.lower().startswith("en"):
            hint = 'Choose a voice of that language: engine = "espeak" has one.'
            raise EngineError(f"it speaks English, not {self._locale!r}", self.name, hint)
        info = self.info
        if not info.is_here:
            raise not_fetched(self.name, info.name)
        return info

    def _spoken(self, utterance: Utterance) -> SpokenPassage:
        clip, starts_ms = _network(self._voice).speak(utterance.phonemes, self._speed)
        marks = tuple((offset, starts_ms[place] - _ONSET_MS) for place, offset in utterance.words)
        return SpokenPassage(clip, marks, utterance.ends_sentence)


@functools.lru_cache(maxsize=4)
def _network(voice: str) -> HibariNetwork:
    """Load a voice that is here, by its name, or give the one that is loaded."""
    from audiobuild.engines.neural.hibari_network import HibariNetwork  # with numpy, which planning does without

    return HibariNetwork(_path(voice), _assets())


@functools.cache
def _calculated_by() -> str:
    """Name what turns a text into samples: it is asked for at every take, and found in files."""
    versions = (version(name) for name in ("hibari-tts", "onnxruntime", "numpy"))
    return " ".join((str(_REVISION), *versions, instruction_set(), table_fingerprint()))


@functools.cache
def _registry() -> dict[str, dict[str, Any]]:
    """What the package knows of its voices, by their names."""
    registry: dict[str, dict[str, Any]] = json.loads((_assets() / "voices.json").read_bytes())
    return registry


@functools.cache
def _assets() -> Path:
    """The package's folder of data, found without importing the package.

    Raises:
        EngineError: the package is not installed.
    """
    found = find_spec("hibari")
    if found is None or found.origin is None:
        raise EngineError("the package hibari-tts is not installed", Hibari.name, "Install it: pip install hibari-tts")
    return Path(found.origin).parent / "assets"


def _path(name: str) -> Path:
    known = _registry()[name]
    folder = _assets() if known["bundled"] else voice_folder(Hibari.name)
    return folder / str(known["file"])


def _info(name: str) -> VoiceInfo:
    known = _registry()[name]
    description = f"{known['accent']}, {known['gender']}"
    download = Download(_BASE_URL + known["file"], _path(name), known["sha256"], known["bytes"])
    return VoiceInfo(name, known["language"], description, _LICENCE, downloads=() if known["bundled"] else (download,))
