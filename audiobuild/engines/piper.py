"""Piper: small voices for many languages, offline once they are fetched, with word times (layer 3).

A voice is a network and its configuration beside it, `NAME.onnx` and `NAME.onnx.json`. It is chosen by its name in
Piper's collection, "en_GB-cori-medium", and looked for in the folder of fetched voices and in that of the settings; or
by the path of the network. English is driven by phonemes of our lexicons (`piper_phonemes`), and heeds pronunciations.

The noise that a network is given (`piper_network`) is seeded by what is said, so the same text gives the same samples
in any order and in any process.

Source: piper-tts 1.8.0, `PiperVoice.phoneme_ids_to_audio`; the voices' own configuration files.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audiobuild.audio.clip import Clip
from audiobuild.config.user_folders import voice_folder
from audiobuild.engines import (
    Abilities,
    Speech,
    VoiceInfo,
    not_fetched,
    not_installed,
    read_settings,
    require_words,
    unknown_voice,
)
from audiobuild.engines.neural.joining import PHRASE_MS, SENTENCE_MS, SpokenPassage, join_passages
from audiobuild.engines.neural.piper_network import PiperNetwork
from audiobuild.engines.neural.piper_voices import collected_voices, read_speaker
from audiobuild.engines.neural.runtime import content_hash, instruction_set
from audiobuild.engines.phonetics.hibari_phonemes import vocabulary_of
from audiobuild.engines.phonetics.piper_phonemes import (
    Line,
    english_lines,
    merge_clusters,
    other_lines,
    table_fingerprint,
)
from audiobuild.errors import EngineError
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.values import Voice

if TYPE_CHECKING:
    from piper.config import PiperConfig
    from piper.voice import PiperVoice

NORMAL_LENGTH = 1.19
"""How much longer phonemes are at rate 1 than the voice has them; magazine prose is then 160 words a minute, of joe."""
ONSET_MS = -15
"""How long before a phoneme's own time its sound begins: the median of words behind a comma, where it is later."""

_PACKAGE = "piper-tts"
_INSTALL = "pip install 'audiobuild[piper]'"
_NAME = re.compile(r"[a-z]{2,3}_[A-Z]{2}-\w+-(?:x_low|low|medium|high)")
_NOISE_CHANNELS = 192
"""As many as any voice has; those of low quality read fewer."""
_MOST_FRAMES = 24
"""How long a symbol can be on average, far more than one in speech is."""
_SPARE_FRAMES = 1000


@dataclasses.dataclass(frozen=True, slots=True)
class PiperSettings:
    """[engines.piper] in show.toml."""

    speaker: str | int = ""
    """Name or number of one of a voice's speakers; empty for its first."""
    noise_scale: float | None = None
    """How much a phoneme may differ from itself; None for what the voice's maker found best, mostly 0.667."""
    noise_w: float | None = None
    """How much the lengths of phonemes may; None for what the voice's maker found best, mostly 0.8."""
    voices_folder: str = ""
    """Where voices are looked for, beside the folder of those that were fetched."""


class Piper:
    """Speaks with Piper's voices."""

    name = "piper"
    abilities = Abilities(max_chars=10_000, phonetic=True, tells_words=True)
    settings = PiperSettings()

    def __init__(self, voice: Voice, locale: str) -> None:
        self._name = voice.name or _default_voice(locale)
        self._locale = locale
        self._rate = voice.rate
        self._given = read_settings(voice, self.settings)
        is_english = self.info.language.lower().startswith("en") if self._is_known else True
        self.abilities = dataclasses.replace(self.abilities, phonetic=is_english)

    @property
    def fingerprint(self) -> str:
        """Name the packages, our tables, the processor, the voice's files by their content, and the settings.

        Raises:
            EngineError: there is no such voice or speaker, or the package or a file is missing.
        """
        self._require_all()
        path = self._path
        data = f"{content_hash(path)[:16]} {content_hash(_config_path(path))[:16]}"
        versions = " ".join(version(name) for name in (_PACKAGE, "hibari-tts", "onnxruntime", "numpy"))
        said = f"{read_speaker(path, self._given.speaker)} {self._given.noise_scale} {self._given.noise_w}"
        pace = f"{NORMAL_LENGTH} {ONSET_MS} {SENTENCE_MS} {PHRASE_MS} {self._rate:g}"
        tables = f"{table_fingerprint()} {vocabulary_of(self._locale)}"
        return f"piper {versions} {instruction_set()} {tables} {path.stem} {data} {said} {pace}"

    @property
    def info(self) -> VoiceInfo:
        """Tell what is known of the voice. Raises EngineError where there is none of that name."""
        if not self._is_known:
            raise unknown_voice(self.name, self._name, _offered())
        path = self._path
        known = _offered().get(path.stem, VoiceInfo(self._name, path.stem.partition("-")[0].replace("_", "-")))
        is_fetched = path.parent == voice_folder(self.name)
        return dataclasses.replace(known, name=self._name, downloads=known.downloads if is_fetched else ())

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        """Speak the text: mono, at the voice's own sample rate.

        Raises:
            EngineError: there is nothing to say, a word or a symbol has no sound, or the voice cannot be used.
        """
        require_words(text, self.abilities.max_chars)
        self._require_all()
        network, voice = _loaded(self._path)
        try:
            spoken = [self._spoken(network, voice.config, line) for line in self._lines(voice, text, pronunciations)]
        except EngineError as error:
            raise EngineError(error.message, self.name, error.hint) from error
        return join_passages(text, spoken, self._rate)

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        """List the well-known voices of the collection, and those beside them in the folder of fetched ones."""
        return list(_offered().values())

    @classmethod
    def has_voice(cls, name: str) -> bool:
        """Say whether it is named as the collection's voices are, lies beside the fetched ones, or is a path."""
        return bool(_NAME.fullmatch(name)) or name in _offered() or (name.endswith(".onnx") and Path(name).is_file())

    @classmethod
    def missing(cls) -> str:
        """Say whether the package is there; the files are each voice's own."""
        return "" if find_spec("piper") is not None else f"{_PACKAGE}: {_INSTALL}"

    @property
    def _path(self) -> Path:
        """Where the voice's network is, or would be once it is fetched."""
        if self._name.endswith(".onnx"):
            return Path(self._name).expanduser()
        fetched = voice_folder(self.name) / f"{self._name}.onnx"
        own = Path(self._given.voices_folder, fetched.name) if self._given.voices_folder else fetched
        return own if own.is_file() else fetched

    @property
    def _is_known(self) -> bool:
        return self._path.is_file() or self._name in _offered()

    def _require_all(self) -> None:
        """Raise EngineError where anything is missing that is needed to speak."""
        info = self.info
        if missing := self.missing():
            raise not_installed(self.name, missing)
        if not info.is_here:
            raise not_fetched(self.name, self._name)
        if not _config_path(self._path).is_file():
            hint = "A voice of Piper's is two files: put its configuration beside the network."
            raise EngineError("it is not there", str(_config_path(self._path)), hint)

    def _lines(self, voice: PiperVoice, text: str, pronunciations: Sequence[Pronunciation]) -> Iterator[Line]:
        config = voice.config
        if config.espeak_voice.startswith("en") and config.phoneme_type == "espeak":
            is_british = config.espeak_voice != "en-us"
            lines = english_lines(text, pronunciations, british=is_british, vocabulary=vocabulary_of(self._locale))
        elif config.phoneme_type in ("espeak", "text"):
            lines = other_lines(text, voice.phonemize, self._locale)
        else:
            message = f"its phonemes are of a kind that is not made here: {config.phoneme_type.value}"
            raise EngineError(message, self.name, "Choose a voice that learnt from espeak-ng's.")
        yield from (merge_clusters(line, config.vowel_clusters) if config.vowel_clusters else line for line in lines)

    def _spoken(self, network: PiperNetwork, config: PiperConfig, line: Line) -> SpokenPassage:
        """Speak what is given in one go. A symbol that the voice has not learnt is not heard."""
        numbers = config.phoneme_id_map
        pad = list(numbers["_"])
        ids = [*numbers["^"], *pad]
        starts = []
        for symbol in line.symbols:
            starts.append(len(ids))
            ids += [*numbers[symbol], *pad] if symbol in numbers else []
        ids += numbers["$"]
        noise_scale = config.noise_scale if self._given.noise_scale is None else self._given.noise_scale
        noise_w = config.noise_w_scale if self._given.noise_w is None else self._given.noise_w
        length = config.length_scale * NORMAL_LENGTH / self._rate
        given = {
            "input": np.asarray([ids], np.int64),
            "input_lengths": np.asarray([len(ids)], np.int64),
            "scales": np.asarray([noise_scale, length, noise_w], np.float32),
        }
        if config.num_speakers > 1:
            given["sid"] = np.asarray([read_speaker(self._path, self._given.speaker)], np.int64)
        noise = _noise(line.symbols, int(len(ids) * length * _MOST_FRAMES) + _SPARE_FRAMES)
        samples, lengths = network.speak(given, noise)
        clip = Clip(np.clip(samples, -1.0, 1.0).astype(np.float32), config.sample_rate)
        if not len(lengths):
            return SpokenPassage(clip, (), line.ends_sentence)
        ends = np.concatenate([[0], np.cumsum(lengths)]) * (1000 * config.hop_length / clip.rate_hz)
        marks = tuple((offset, float(ends[starts[place]]) - ONSET_MS) for place, offset in line.words)
        return SpokenPassage(clip, marks, line.ends_sentence)


@functools.lru_cache(maxsize=2)
def _loaded(path: Path) -> tuple[PiperNetwork, PiperVoice]:
    """Load a voice. Raises EngineError where its files are not what they should be."""
    from piper.config import PiperConfig
    from piper.voice import PiperVoice

    network = PiperNetwork(path)
    try:
        config = PiperConfig.from_dict(json.loads(_config_path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        raise EngineError(f"it is no configuration of a voice: {error}", str(_config_path(path))) from error
    return network, PiperVoice(network.melody, config)


def _noise(symbols: Sequence[str], frames: int) -> np.typing.NDArray[np.float32]:
    """Make noise of the shape (frames, channels) that depends on what is said alone."""
    seed = hashlib.sha256("\t".join(symbols).encode()).digest()[:8]
    return np.random.default_rng(int.from_bytes(seed)).standard_normal((frames, _NOISE_CHANNELS), np.float32)


def _config_path(path: Path) -> Path:
    """Name a network's configuration."""
    return path.with_name(f"{path.name}.json")


def _default_voice(locale: str) -> str:
    """Choose the first voice of a locale, or else of its language. Raises EngineError where there is none."""
    language = locale.partition("-")[0].lower()
    order = sorted(_offered().values(), key=lambda info: info.language.lower() != locale.lower())
    for info in order:
        if info.language.partition("-")[0].lower() == language:
            return info.name
    hint = "Fetch one of Piper's collection, and name it: `name` in [voice]."
    raise EngineError(f"it has no voice for the locale {locale!r}", Piper.name, hint)


def _offered() -> dict[str, VoiceInfo]:
    """The well-known voices, and those beside them in the folder of fetched ones, by name."""
    return collected_voices(voice_folder(Piper.name))
