"""A tone in the place of speech: exact in length and the same everywhere (layer 3).

It serves tests, and listening to the order of things without the words. A character takes 60 ms at rate 1: 1323 samples
at 22050 Hz. Characters of words sound as a quiet sine (peak -20 dBFS), all others are digital silence. The sine makes
whole cycles within a character, so that it starts and ends at zero without a click; where a text ends in a word, its
last character dies away, as the last sound of speech does. At rate r a character takes
round(1323 / r) samples, and a text of n characters n times that.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

from audiobuild.engines import Abilities, Speech, VoiceInfo, find_words, require_words, unknown_voice
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.speech_marks import WordTime
from audiobuild.model.values import Voice

RATE_HZ = 22050
CHAR_SAMPLES = 1323
"""Samples a character at rate 1."""

CYCLES = {"low": 9, "middle": 12, "high": 18}
"""Cycles of the sine a character, by voice: 150, 200 and 300 Hz at rate 1."""

_PEAK = 3277
"""A tenth of the full scale of 16 bits."""

_DEFAULT_VOICE = "middle"
_REVISION = 2
"""To be raised when the sound changes."""


class Silent:
    """Sounds a tone for every word."""

    name = "silent"
    abilities = Abilities(max_chars=10_000, rates=(0.1, 10.0), tells_words=True)
    settings = None

    def __init__(self, voice: Voice, locale: str) -> None:
        self._voice = voice.name or _DEFAULT_VOICE
        if self._voice not in CYCLES:
            raise unknown_voice(self.name, self._voice, CYCLES)
        self._char_samples = round(CHAR_SAMPLES / voice.rate)

    @property
    def fingerprint(self) -> str:
        """Name the voice and its speed."""
        return f"silent {_REVISION} {self._voice} {self._char_samples}"

    @property
    def info(self) -> VoiceInfo:
        """Tell what is known of the voice."""
        return _info(self._voice)

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        """Sound the tone. Raises EngineError for a text without a word."""
        from audiobuild.audio.clip import Clip  # with numpy, which planning does without

        require_words(text, self.abilities.max_chars)
        tone, pause = self._tone(), bytes(2 * self._char_samples)
        pcm = bytearray()
        behind = 0
        words = find_words(text)
        for start, length in words:
            pcm += pause * (start - behind) + tone * length
            behind = start + length
        pcm += pause * (len(text) - behind)
        if behind == len(text):
            pcm[-len(pause) :] = self._tone(dies_away=True)
        return Speech(
            Clip.from_pcm16(bytes(pcm), RATE_HZ),
            tuple(WordTime(1000 * start * self._char_samples // RATE_HZ, start, length) for start, length in words),
        )

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        """List the three pitches."""
        return [_info(name) for name in CYCLES]

    @classmethod
    def has_voice(cls, name: str) -> bool:
        """Say whether it is one of the three."""
        return name in CYCLES

    @classmethod
    def missing(cls) -> str:
        """Nothing ever is."""
        return ""

    def _tone(self, *, dies_away: bool = False) -> bytes:
        """One character's worth of the sine, 16 bit."""
        length = self._char_samples
        step = 2 * math.pi * CYCLES[self._voice] / length
        peaks = (_PEAK * (1 - n / length if dies_away else 1) for n in range(length))
        return struct.pack(f"<{length}h", *(round(peak * math.sin(step * n)) for n, peak in enumerate(peaks)))


def _info(name: str) -> VoiceInfo:
    return VoiceInfo(name, "und", f"a tone of {CYCLES[name] * RATE_HZ // CHAR_SAMPLES} Hz", "CC0-1.0")
