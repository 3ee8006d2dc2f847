"""espeak-ng: the default engine, offline and on every machine, with the times of its words (layer 3).

A voice is named by the library's own tag for its language, "en-gb" or "en-gb-scotland", with one of the library's
variants behind a plus sign where one is wanted: "en-us+f3". Its English voices heed pronunciations.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import PureWindowsPath

from audiobuild.audio.clip import Clip
from audiobuild.engines import Speech, VoiceInfo, require_words, spread_words
from audiobuild.engines.espeak_library import (
    NORMAL_PITCH,
    WORDS_A_MINUTE,
    LibraryVoice,
    Melody,
    library_version,
    list_variants,
    list_voices,
    speak,
)
from audiobuild.engines.espeak_phonemes import mark_text, table_fingerprint
from audiobuild.errors import EngineError
from audiobuild.model import Pronunciation, Voice

NORMAL_WORDS_A_MINUTE = 160
"""What rate 1.0 is. Magazine prose, at six characters a word, comes out at 160 or so in "en-gb" and in "en-us"."""

PITCH_SEMITONES = (-9.0, 9.0)
"""The lowest pitch and the highest, relative to the voice's own: as far as the library goes."""

STEPS_A_SEMITONE_UP = 5.0
STEPS_A_SEMITONE_DOWN = 5.5
"""Steps of the library's pitch, along with which its range is widened or narrowed, so that the whole melody moves. By
autocorrelation, the quartiles of the fundamental frequency then move as asked for, from -9 to 9: within 0.4 of a
semitone in the plain voices, within 0.7 in such as "en-gb+f3", and 1.1 at their lowest."""


class Espeak:
    """Speaks with espeak-ng."""

    name = "espeak"
    max_chars = 10_000
    connections = 0
    calls_per_minute = 0
    phonetic = True

    def __init__(self, voice: Voice, locale: str) -> None:
        self._voice = voice
        self._locale = locale

    @property
    def fingerprint(self) -> str:
        """Name the library, its data, our table of phonemes, the voice, its speed and its pitch.

        Raises:
            EngineError: there is no such voice, or it cannot speak so fast, so slowly, so high or so low.
        """
        name, _ = self._chosen
        melody = self._melody or Melody()
        settings = f"{self._words_a_minute} {melody.pitch} {melody.pitch_range}"
        return f"espeak {_versions()} {table_fingerprint()} {name} {settings}"

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        """Speak the text: mono, 22050 Hz, 16 bit.

        Raises:
            EngineError: there is no such voice, there is nothing to say, the voice has no sound for a pronunciation, or
                the library does not do its work.
        """
        require_words(text, self.max_chars)
        name, identifier = self._chosen
        if pronunciations and not name.startswith("en"):
            hint = "Its English voices do."
            raise EngineError(f"the voice {name!r} takes no pronunciation in IPA", self.name, hint)
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
        infos = [VoiceInfo(name, _bcp47(name), voice.name) for name, voice in _named().items()]
        return sorted(infos, key=lambda info: (not info.language.startswith("en"), info.name))

    @functools.cached_property
    def _chosen(self) -> tuple[str, str]:
        """The voice's full name, and what the library loads it by."""
        tag, plus, variant = (self._voice.name or _default_tag(self._locale)).partition("+")
        name = _by_tag().get(tag.lower())
        if name is None:
            raise _unknown("voice", tag.lower(), _by_tag())
        if plus and variant not in list_variants():
            raise _unknown("variant", variant, list_variants())
        return name + plus + variant, _named()[name].identifier + plus + variant

    @property
    def _words_a_minute(self) -> int:
        speed = round(NORMAL_WORDS_A_MINUTE * self._voice.rate)
        if speed not in WORDS_A_MINUTE:
            slowest, fastest = (speed / NORMAL_WORDS_A_MINUTE for speed in (WORDS_A_MINUTE[0], WORDS_A_MINUTE[-1]))
            hint = f"It speaks at rates from {slowest:.1f} to {fastest:.1f}."
            raise EngineError(f"it cannot speak at the rate {self._voice.rate:g}", self.name, hint)
        return speed

    @property
    def _melody(self) -> Melody | None:
        """None where the voice keeps its own."""
        semitones = self._voice.pitch_semitones
        if not semitones:
            return None
        steps = STEPS_A_SEMITONE_UP if semitones > 0 else STEPS_A_SEMITONE_DOWN
        lowest, highest = PITCH_SEMITONES
        if not lowest <= semitones <= highest:
            hint = f"It speaks from {lowest:g} to {highest:g} semitones of the voice's own pitch."
            raise EngineError(f"it cannot change the pitch by {semitones:g} semitones", self.name, hint)
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
    """Names of voices by every tag that they answer to; where several do, the one of lowest priority gets it."""
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


def _unknown(what: str, name: str, names: Iterable[str]) -> EngineError:
    near = difflib.get_close_matches(name, sorted(names), n=1)
    meant = f"Did you mean {near[0]}? " if near else ""
    return EngineError(f"there is no {what} {name!r}", Espeak.name, f"{meant}See `audiobuild voices`.")


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
