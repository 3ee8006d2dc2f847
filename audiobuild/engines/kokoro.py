"""Kokoro: 54 voices and mixtures of them, offline once its files are fetched, with word times (layer 3).

A voice is a table of styles for one network of 82 million weights: "af_heart", or several in a mixture, with their
shares: "af_heart:60+bf_emma:40". English is driven by phonemes, of the same alphabet and from the same lexicons as
hibari's, whose network learnt from this one; so it heeds pronunciations. The phonemes of other languages are those of
espeak-ng. Japanese and Mandarin voices speak these languages too, not their own: there are no phonemes for it. What is
spoken in one go takes 14 MB for each second that it sounds: where speech is slow, long sentences are cut sooner.

Source: VOICES.md of Kokoro-82M for the voices; the digests that the releases of kokoro-onnx state for its files.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from audiobuild.config.user_folders import voice_folder
from audiobuild.engines import (
    Abilities,
    Download,
    Speech,
    VoiceInfo,
    not_fetched,
    not_installed,
    read_settings,
    require_words,
    unknown_voice,
)
from audiobuild.engines.external.espeak_library import transcribe
from audiobuild.engines.neural.joining import (
    PHRASE_MS,
    SENTENCE_MS,
    SpokenPassage,
    join_passages,
    pair_words,
    stretches,
)
from audiobuild.engines.neural.kokoro_network import KokoroNetwork
from audiobuild.engines.neural.runtime import content_hash, instruction_set
from audiobuild.engines.phonetics.hibari_ipa import has_sound
from audiobuild.engines.phonetics.hibari_phonemes import table_fingerprint, utterances, vocabulary_of
from audiobuild.errors import EngineError
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.values import Voice

NORMAL_SPEED = 0.82
"""What rate 1.0 is of the network's own pace, as for hibari, whose voices are some of these."""
ONSET_MS = 70
"""How long before a phoneme's own time its sound begins: the median of words behind a comma."""

MODEL = Download(
    "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.1/kokoro-v1.0.int8.onnx",
    Path("kokoro-v1.0.int8.onnx"),
    "ae315a79b623f244700e4afb9246c46a26066782e049ba174bf3ba433970ee9c",
    114_119_327,
)
"""The network; its path is relative to the folder of voices."""
STYLES = Download(
    "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.1/voices-v1.0.bin",
    Path("voices-v1.0.bin"),
    "bca610b8308e8d99f32e6fe4197e7ec01679264efed0cac9140fe9c29f1fbf7d",
    28_214_398,
)
"""The styles of all voices; its path is relative to the folder of voices."""

_LONGEST = 105
"""Phonemes that are spoken in one go: some seven seconds. With more a process would take more than 400 MB."""
_LICENCE = "Apache-2.0"
_PACKAGE = "kokoro-onnx"
_INSTALL = "pip install 'audiobuild[kokoro]'"
_TOO_NEW = (3, 14)
"""The first Python that the package is not made for."""

_DEFAULTS = {
    "en-gb": "bf_emma",
    "en": "af_heart",
    "es": "ef_dora",
    "fr": "ff_siwis",
    "hi": "hf_alpha",
    "it": "if_sara",
    "pt": "pf_dora",
}
_ESPEAK = {"es": "roa/es", "fr": "roa/fr", "hi": "inc/hi", "it": "roa/it", "pt": "roa/pt-BR"}
"""The voice of espeak-ng that knows the phonemes of a language."""
_MARKS = re.compile(r"(?<![.,:;?!…—])([.,:;?!…—]++)(?=\s|$)")
"""What the network hears as a pause: espeak-ng is given what stands between."""
_SWITCH = re.compile(r"\([^()]*+\)")
"""How espeak-ng says that a word is of another language."""

_PART = re.compile(r"(?P<name>[a-z]+_[a-z]+)(?::(?P<share>\d+(?:\.\d+)?))?")


@dataclasses.dataclass(frozen=True, slots=True)
class KokoroSettings:
    """[engines.kokoro] in show.toml."""

    model_file: str = ""
    """The network, in ONNX's format; empty for the one that was fetched."""
    voices_file: str = ""
    """The styles of its voices; empty for the file that was fetched."""


class Kokoro:
    """Speaks with Kokoro's voices, or with mixtures of them."""

    name = "kokoro"
    abilities = Abilities(
        max_chars=10_000,
        languages=("en", *sorted(_ESPEAK)),
        rates=(0.61, 2.0),
        phonetic=True,
        tells_words=True,
        slow=True,
    )
    settings = KokoroSettings()

    def __init__(self, voice: Voice, locale: str) -> None:
        self._voice = voice.name
        self._locale = locale
        self._language = locale.partition("-")[0].lower()
        self._rate = voice.rate
        self._speed = round(NORMAL_SPEED * voice.rate, 4)
        self._longest = int(_LONGEST * min(1.0, voice.rate))  # phonemes, or letters in another language
        given = read_settings(voice, self.settings)
        self._downloads = tuple(
            dataclasses.replace(each, path=voice_folder(self.name) / each.path)
            for each, instead in ((MODEL, given.model_file), (STYLES, given.voices_file))
            if not instead
        )
        self._model = Path(given.model_file or voice_folder(self.name) / MODEL.path)
        self._styles = Path(given.voices_file or voice_folder(self.name) / STYLES.path)
        self.abilities = dataclasses.replace(self.abilities, phonetic=self._language == "en")

    @property
    def fingerprint(self) -> str:
        """Name the packages, our tables, the processor, the files by their content, the voice and its speed.

        Raises:
            EngineError: there is no such voice, the package or a file is missing, or it does not speak the language.
        """
        self._require_all()
        data = f"{content_hash(self._model)[:16]} {content_hash(self._styles)[:16]}"
        versions = " ".join(
            version(name) for name in (_PACKAGE, "hibari-tts", "espeakng-loader", "onnxruntime", "numpy")
        )
        name = "+".join(f"{each}:{share:.6g}" for each, share in self._shares)
        said = (
            f"{self._language} {'British' if self._is_british else 'American'} {self._speed} {ONSET_MS} {self._longest}"
        )
        pauses = f"{SENTENCE_MS} {PHRASE_MS} {self._rate:g}"
        return f"kokoro {versions} {instruction_set()} {table_fingerprint()} {data} {name} {said} {pauses}"

    @property
    def info(self) -> VoiceInfo:
        """Tell what is known of the voice; of a mixture, what its greatest part is. Raises EngineError for no voice."""
        names = ", ".join(f"{name} {share:.0%}" for name, share in self._shares)
        known = _known()[self._leading]
        if len(self._shares) == 1:
            return dataclasses.replace(known, downloads=self._downloads)
        return VoiceInfo(self._voice, known.language, f"mixed: {names}", _LICENCE, downloads=self._downloads)

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        """Speak the text: mono, 24000 Hz.

        Raises:
            EngineError: there is nothing to say, a word or a symbol has no sound, or the voice cannot be used.
        """
        require_words(text, self.abilities.max_chars)
        self._require_all()
        network = _network(self._model, self._styles)
        style = network.style(self._shares)
        said = self._english(text, pronunciations) if self._language == "en" else self._other(text, network)
        spoken = []
        for phonemes, words, ends_sentence in said:
            clip, starts = network.speak(phonemes, style, self._speed)
            marks = tuple((offset, starts[place] - ONSET_MS) for place, offset in words)
            spoken.append(SpokenPassage(clip, marks, ends_sentence))
        return join_passages(text, spoken, self._rate)

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        """List the voices, English ones first; mixtures of them are not listed."""
        return list(_known().values())

    @classmethod
    def has_voice(cls, name: str) -> bool:
        """Say whether it is a voice of the list, or a mixture of them."""
        shares = _shares(name)
        return bool(shares) and all(each in _known() for each, _ in shares)

    @classmethod
    def missing(cls) -> str:
        """Say whether the package is there; the files are each voice's own."""
        if find_spec("kokoro_onnx") is not None:
            return ""
        if sys.version_info >= _TOO_NEW:
            newest = ".".join(map(str, (_TOO_NEW[0], _TOO_NEW[1] - 1)))
            return f"{_PACKAGE}, which needs Python {newest} or older; with one of those: {_INSTALL}"
        return f"{_PACKAGE}: {_INSTALL}"

    @functools.cached_property
    def _shares(self) -> tuple[tuple[str, float], ...]:
        """The voices that are mixed, and the share of each. Raises EngineError where there is none of that name."""
        name = self._voice or _DEFAULTS.get(self._locale.lower()) or _DEFAULTS.get(self._language, "af_heart")
        shares = _shares(name)
        for part in [each for each, _ in shares] or [name]:
            if part not in _known():
                raise unknown_voice(self.name, part, _known())
        return shares

    @property
    def _leading(self) -> str:
        """The voice that has the greatest share."""
        return max(self._shares, key=lambda each: each[1])[0]

    @property
    def _is_british(self) -> bool:
        """Whose sounds English has: the voice's own, or the show's where the voice is no English one."""
        tag = _known()[self._leading].language
        return (tag if tag.startswith("en") else self._locale) == "en-GB"

    def _require_all(self) -> None:
        """Raise EngineError where anything is missing that is needed to speak."""
        _ = self._shares
        if self._language not in self.abilities.languages:
            hint = f"It speaks {', '.join(self.abilities.languages)}; `audiobuild voices` lists those who speak others."
            raise EngineError(f"it has no phonemes for the language of {self._locale!r}", self.name, hint)
        if missing := self.missing():
            raise not_installed(self.name, missing)
        if not self.info.is_here:
            raise not_fetched(self.name, self._leading)

    def _english(
        self, text: str, pronunciations: Sequence[Pronunciation]
    ) -> Iterator[tuple[str, Sequence[tuple[int, int]], bool]]:
        """Give the phonemes of each sentence, the places of its words in them and in the text, and whether it ends."""
        vocabulary = vocabulary_of(self._locale)
        try:
            said = utterances(
                text, pronunciations, british=self._is_british, vocabulary=vocabulary, longest=self._longest
            )
        except EngineError as error:
            raise EngineError(error.message, self.name, error.hint) from error
        for each in said:
            yield each.phonemes, each.words, each.ends_sentence

    def _other(self, text: str, network: KokoroNetwork) -> Iterator[tuple[str, Sequence[tuple[int, int]], bool]]:
        """The same in another language than English."""
        for start, end, ends_sentence in stretches(text, self._longest, self._locale):
            pieces = _MARKS.split(text[start:end])
            pieces[::2] = (_SWITCH.sub("", each) for each in transcribe(pieces[::2], _ESPEAK[self._language]))
            phonemes = "".join(f" {piece}" if number % 2 == 0 else piece for number, piece in enumerate(pieces))
            phonemes = " ".join(network.known(phonemes).split())
            if not has_sound(phonemes):
                raise EngineError(f"there is no sound in {text[start:end][:40]!r}", self.name)
            yield phonemes, pair_words(text, start, end, phonemes), ends_sentence


@functools.lru_cache(maxsize=1)
def _network(model: Path, styles: Path) -> KokoroNetwork:
    return KokoroNetwork(model, styles)


def _shares(name: str) -> tuple[tuple[str, float], ...]:
    """Read a voice, or a mixture of them, with shares that make up 1; nothing where it is neither.

    >>> _shares("af_heart:60+bf_emma:40")
    (('af_heart', 0.6), ('bf_emma', 0.4))
    """
    parts = [_PART.fullmatch(part.strip()) for part in name.split("+")]
    shares = [(part["name"], float(part["share"] or 1)) for part in parts if part]
    whole = sum(share for _, share in shares)
    if len(shares) < len(parts) or not whole:
        return ()
    return tuple((each, share / whole) for each, share in shares)


def _known() -> dict[str, VoiceInfo]:
    """What is known of each voice, by its name."""
    return _read_voices(voice_folder(Kokoro.name))


@functools.cache
def _read_voices(folder: Path) -> dict[str, VoiceInfo]:
    """Read the table of voices, whose files are looked for in a folder."""
    downloads = tuple(dataclasses.replace(each, path=folder / each.path) for each in (MODEL, STYLES))
    rows = files("audiobuild.engines").joinpath("kokoro_voices.tsv").read_text(encoding="utf-8").splitlines()
    fields = [row.split("\t") for row in rows if row and not row.startswith("# ")]
    return {
        name: VoiceInfo(name, language, f"{accent}, {gender}", _LICENCE, downloads=downloads)
        for name, language, gender, accent in fields
    }
