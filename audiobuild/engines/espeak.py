"""espeak-ng: the default engine, offline and on every machine, with the times of its words (layer 3).

A voice is named by the library's own tag for its language, "en-gb" or "en-gb-scotland", with one of the library's
variants behind a plus sign where one is wanted: "en-us+f3". Its English voices heed pronunciations.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import PureWindowsPath

from audiobuild.engines import Abilities, Speech, VoiceInfo, require_words, spread_words, unknown_voice
from audiobuild.engines.external.espeak_library import (
    NORMAL_PITCH,
    WORDS_A_MINUTE,
    LibraryVoice,
    Melody,
    library_version,
    list_variants,
    list_voices,
    speak,
)
from audiobuild.engines.phonetics.espeak_phonemes import mark_text, table_fingerprint
from audiobuild.engines.phonetics.foreign_names import foreign_pronunciations
from audiobuild.engines.phonetics.foreign_names import table_fingerprint as foreign_fingerprint
from audiobuild.engines.phonetics.spelt_letters import letter_pronunciations
from audiobuild.errors import EngineError
from audiobuild.model.pronunciation import Origin, Pronunciation
from audiobuild.model.values import Voice

NORMAL_WORDS_A_MINUTE = 160
"""What rate 1.0 is. Magazine prose, at six characters a word, comes out at 160 or so in "en-gb" and in "en-us"."""

PITCH_SEMITONES = (-9.0, 9.0)
"""The lowest pitch and the highest, relative to the voice's own: as far as the library goes."""

LICENCE = "GPL-3.0-or-later"
"""Of the library and its data; sound that is made with them is the user's own."""

STEPS_A_SEMITONE_UP = 5.0
STEPS_A_SEMITONE_DOWN = 5.5
"""Steps of the library's pitch, along with which its range is widened or narrowed, so that the whole melody moves. By
autocorrelation, the quartiles of the fundamental frequency then move as asked for, from -9 to 9: within 0.4 of a
semitone in the plain voices, within 0.7 in such as "en-gb+f3", and 1.1 at their lowest."""


_LETTERS_REVISION = 2
"""To be raised when letters come to be told otherwise from words."""


class Espeak:
    """Speaks with espeak-ng."""

    name = "espeak"
    abilities = Abilities(
        max_chars=10_000,
        rates=(WORDS_A_MINUTE[0] / NORMAL_WORDS_A_MINUTE, WORDS_A_MINUTE[-1] / NORMAL_WORDS_A_MINUTE),
        pitches_semitones=PITCH_SEMITONES,
        phonetic=True,
        tells_words=True,
    )
    settings = None

    def __init__(self, voice: Voice, locale: str) -> None:
        self._voice = voice
        self._locale = locale

    @property
    def fingerprint(self) -> str:
        """Name the library, its data, our table of phonemes, the voice, its speed and its pitch.

        Raises:
            EngineError: there is no such voice.
        """
        name, _ = self._chosen
        melody = self._melody or Melody()
        settings = f"{self._words_a_minute} {melody.pitch} {melody.pitch_range}"
        foreign = f" {foreign_fingerprint()} {_LETTERS_REVISION}" if name.startswith("en") else ""
        return f"espeak {_versions()} {table_fingerprint()}{foreign} {name} {settings}"

    @property
    def info(self) -> VoiceInfo:
        """Tell what is known of the voice. Raises EngineError where there is none of that name."""
        name, _ = self._chosen
        tag = name.partition("+")[0]
        return VoiceInfo(name, _bcp47(tag), _named()[tag].name, LICENCE)

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        """Speak the text: mono, 22050 Hz, 16 bit.

        Raises:
            EngineError: there is no such voice, there is nothing to say, the voice has no sound for a pronunciation, or
                the library does not do its work.
        """
        from audiobuild.audio.clip import Clip  # with numpy, which planning does without

        require_words(text, self.abilities.max_chars)
        name, identifier = self._chosen
        if not name.startswith("en"):  # names of our own lexicon are for English voices, and told of in English sounds
            pronunciations = [each for each in pronunciations if each.origin is Origin.SHOW]
        if pronunciations and not name.startswith("en"):
            hint = "Its English voices do."
            raise EngineError(f"the voice {name!r} takes no pronunciation in IPA", self.name, hint)
        if name.startswith("en"):
            known = letter_pronunciations(text, pronunciations, american=name.startswith("en-us"))
            pronunciations = foreign_pronunciations(text, known)
        marked = mark_text(text, pronunciations)
        spoken = functools.partial(speak, with_phonemes=True) if pronunciations else speak
        # A thread of its own, since only the first one hears signals: a Ctrl-C that came while the library calls back
        # would be printed and forgotten by ctypes. This way it ends the waiting here, and the call tidies up behind it.
        with ThreadPoolExecutor(max_workers=1) as thread:
            said = thread.submit(spoken, marked.text, identifier, self._words_a_minute, self._melody).result()
        clip = Clip.from_pcm16(said.pcm, said.rate_hz)
        marks = ((marked.place(place), time_ms) for place, time_ms in said.marks)
        return Speech(clip, spread_words(text, marks, clip.duration_ms))

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        """List the English voices, then the others, each by its tag; without their variants."""
        infos = [VoiceInfo(name, _bcp47(name), voice.name, LICENCE) for name, voice in _named().items()]
        return sorted(infos, key=lambda info: (not info.language.startswith("en"), info.name))

    @classmethod
    def has_voice(cls, name: str) -> bool:
        """Say whether the library has a voice for a tag, and the variant behind its plus sign."""
        tag, plus, variant = name.partition("+")
        return tag.lower() in _by_tag() and (not plus or variant in list_variants())

    @classmethod
    def missing(cls) -> str:
        """Nothing ever is: the library comes with audiobuild."""
        return ""

    @functools.cached_property
    def _chosen(self) -> tuple[str, str]:
        """The voice's full name, and what the library loads it by."""
        tag, plus, variant = (self._voice.name or _default_tag(self._locale)).partition("+")
        name = _by_tag().get(tag.lower())
        if name is None:
            raise unknown_voice(self.name, tag.lower(), _by_tag())
        if plus and variant not in list_variants():
            raise unknown_voice(self.name, self._voice.name, (f"{tag}+{each}" for each in list_variants()))
        return name + plus + variant, _named()[name].identifier + plus + variant

    @property
    def _words_a_minute(self) -> int:
        return round(NORMAL_WORDS_A_MINUTE * self._voice.rate)

    @property
    def _melody(self) -> Melody | None:
        """None where the voice keeps its own."""
        semitones = self._voice.pitch_semitones
        if not semitones:
            return None
        steps = STEPS_A_SEMITONE_UP if semitones > 0 else STEPS_A_SEMITONE_DOWN
        return Melody(round(NORMAL_PITCH + steps * semitones), round(NORMAL_PITCH * 2 ** (semitones / 12)))


@functools.cache
def _versions() -> str:
    """The library's own version, and the package's, with which its data change."""
    return f"{library_version()} {version('espeakng-loader')}"


@functools.cache
def _named() -> dict[str, LibraryVoice]:
    """Every voice by its name: the tag of its own language or, where another voice has that, the name of its file."""
    named: dict[str, LibraryVoice] = {}
    for voice in list_voices():
        tag = voice.tags[0][1]
        named[tag if tag not in named else PureWindowsPath(voice.identifier).name.lower()] = voice
    return named


@functools.cache
def _by_tag() -> dict[str, str]:
    """Map every tag to the name of its voice; of several voices, the one of lowest priority number."""
    ranked = [(priority, tag, name) for name, voice in _named().items() for priority, tag in voice.tags]
    ranked.sort(key=lambda row: row[0], reverse=True)
    return {tag: name for _, tag, name in ranked} | {name: name for name in _named()}


def _default_tag(locale: str) -> str:
    """Find the voice that is nearest to a locale: for "en-NZ" that of "en"."""
    parts = locale.lower().split("-")
    for length in range(len(parts), 0, -1):
        if (tag := "-".join(parts[:length])) in _by_tag():
            return tag
    raise EngineError(f"it has no voice for the locale {locale!r}", Espeak.name, "Name one of `audiobuild voices`.")


def _bcp47(tag: str) -> str:
    """Write a language tag in the usual case.

    >>> [_bcp47(tag) for tag in ("en-gb-x-rp", "en-us-nyc", "en-shaw", "en-029")]
    ['en-GB-x-rp', 'en-US-nyc', 'en-Shaw', 'en-029']

    Source: RFC 5646 section 2.1.1.
    """
    cased, *rest = tag.split("-")
    for part in rest:
        private = "-x-" in f"{cased}-"
        cased += "-" + (part if private else {2: part.upper(), 4: part.title()}.get(len(part), part))
    return cased
