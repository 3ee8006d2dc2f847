"""Text of any length to speech, checked and trimmed to its sound; what was spoken once is kept without loss (layer 3).

The speech of each call of an engine stands in the store as FLAC, at the engine's own rate, under the hash of its text
and of the engine's settings. So a change of pause, level, bit rate or format costs no synthesis.

Nothing is kept that has not passed `audio.soundness`. What a voice is held to is found by its calibration speech, which
is spoken before anything else of that voice.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode, encode_flac
from audiobuild.audio.level import trim_edges
from audiobuild.audio.soundness import Limits, find_fault, limits_of, measure
from audiobuild.engines import Engine, Speech, require_words
from audiobuild.errors import SoundError, UnsoundSpeech
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.speech_marks import WordTime
from audiobuild.normalisation import DEFAULT_LOCALE
from audiobuild.normalisation.spoken_length import spoken_letters
from audiobuild.store.artefacts import Store, address
from audiobuild.takes.rate_limit import RateLimit
from audiobuild.takes.wording import engine_pieces, given_text, is_spoken, pronunciations_within, speech_key

_pace = RateLimit()
"""The process's own."""

LIMITS_FORMAT = 1
"""Raised when other limits come to be found by the same speech."""

MOST_TRIES = 3
"""How often an engine is asked for the same, if it does not give the same each time."""

CALIBRATION = (
    "The ferry left the north pier a little after seven, with forty passengers, two horses and the morning post. "
    "By eight the fog had lifted. On the far shore a man in a yellow coat was painting the railings, as he did every "
    "spring, and a dog asleep beside him paid no attention to the bell. Nobody hurried. The harbour master, who had "
    "held the job for thirty years, liked to say that the sea would wait for anyone who asked it politely."
)
"""About twenty seconds of plain speech, on which a voice's level and its limits are measured once."""

_CALIBRATION_PAUSE_MS = 350
"""Between its sentences, where the engine takes no more than one."""

_SHOWN_CHARS = 40
"""Of a text in an error."""

_BREAKS = {".": 1.0, "!": 1.0, "?": 1.0, "…": 1.0, ":": 0.7, ";": 0.7, ",": 0.4}
"""Silence between the pieces of a text that is too long for its engine, by what the first of them ends in, relative to
that between sentences."""


def speak(
    engine: Engine,
    text: str,
    store: Store,
    *,
    sentence_ms: int,
    pronunciations: Sequence[Pronunciation] = (),
    locale: str = DEFAULT_LOCALE,
) -> Speech:
    """Speak a text of any length.

    Args:
        locale: the text's, which knows where its sentences end.
        sentence_ms: the pause between the sentences at which a text too long for the engine is cut.
        pronunciations: how single words sound; an engine without phonemes is given the spelling of some instead.

    Raises:
        EngineError: the engine cannot speak the text.
        UnsoundSpeech: what it gave is not the speech of the text.
        OutputError: the store cannot be written.
    """
    require_words(text, len(text))
    clips: list[Clip] = []
    words: list[WordTime] = []
    at_ms = 0.0
    given = given_text(engine, text, pronunciations)
    for piece, offsets in engine_pieces(given.text, engine.abilities.max_chars, locale):
        speech = _speech(engine, piece, tuple(pronunciations_within(pronunciations, offsets)), store)
        placed = (WordTime(round(word.start_ms + at_ms), offsets[word.offset], word.length) for word in speech.words)
        words.extend(map(given.back, placed))
        pause_ms = round(sentence_ms * _BREAKS.get(piece.rstrip("\"'”’)]")[-1:], 0))
        rate_hz = speech.clip.rate_hz
        clips += [speech.clip, Clip.silence(pause_ms * rate_hz // 1000, rate_hz)]
        at_ms += speech.clip.duration_ms + pause_ms
    return Speech(Clip.joined(clips[:-1]), tuple(words))


def speak_calibration(engine: Engine, store: Store) -> Speech:
    """Speak the calibration text, and have the limits of the voice found by it.

    Raises:
        EngineError: the engine cannot speak, or what it gave is no speech.
        OutputError: the store cannot be written.
    """
    if not is_spoken(engine, CALIBRATION, store):
        _limits(engine, store)  # for which it is spoken, and kept
    return speak(engine, CALIBRATION, store, sentence_ms=_CALIBRATION_PAUSE_MS)


def _limits(engine: Engine, store: Store) -> Limits:
    """Find what the voice's clips are held to: kept, or by having the calibration text spoken."""
    key = address("limits", format=LIMITS_FORMAT, calibration=CALIBRATION, engine=engine.fingerprint)
    known = store.get(key)
    if known is not None:
        return Limits(**json.loads(known))
    pieces = [piece for piece, _ in engine_pieces(CALIBRATION, engine.abilities.max_chars, DEFAULT_LOCALE)]
    measures = []
    for piece in pieces:  # anew even where its speech is kept, since that is trimmed
        speech = _synthesised(engine, piece, (), None)
        measures.append(measure(speech.clip))
        _keep(speech, speech_key(engine, piece, ()), store)
    limits = limits_of(sum(spoken_letters(piece)[0] for piece in pieces), measures)
    return Limits(**json.loads(store.keep(key, json.dumps(dataclasses.asdict(limits)).encode())))


def _speech(engine: Engine, piece: str, pronunciations: tuple[Pronunciation, ...], store: Store) -> Speech:
    """Take the speech of a piece from the store, or else from the engine."""
    key = speech_key(engine, piece, pronunciations)
    known = store.get(key)
    if known is None:
        known = _keep(_synthesised(engine, piece, pronunciations, _limits(engine, store)), key, store)
    head, _, sound = known.partition(b"\n")
    # Also what was spoken just now is read back, so that it is the same, to the last bit, as what is found later.
    return Speech(decode(sound, key), tuple(map(WordTime._make, json.loads(head))))


def _keep(speech: Speech, key: str, store: Store) -> bytes:
    trimmed = _trimmed(speech)
    entry = json.dumps(trimmed.words, separators=(",", ":")).encode() + b"\n" + encode_flac(trimmed.clip)
    return store.keep(key, entry)


def _synthesised(
    engine: Engine, piece: str, pronunciations: tuple[Pronunciation, ...], limits: Limits | None
) -> Speech:
    """Have a piece spoken, and again where it is not as it should be and the engine may do better."""
    tries = 1 if engine.abilities.repeatable else MOST_TRIES
    fault = ""
    for _ in range(tries):
        _pace.wait(engine.name, engine.abilities)
        try:
            speech = engine.synthesise(piece, pronunciations if engine.abilities.phonetic else ())
        except SoundError as error:
            fault = f"gave a sound that cannot be read ({error.message})"
            continue
        fault = find_fault(speech.clip, spoken_letters(piece), limits)
        if not fault:
            return speech
    opening = piece if len(piece) <= _SHOWN_CHARS else f"{piece[:_SHOWN_CHARS]}…"
    times = f", {tries} times" if tries > 1 else ""
    hint = "Hear what it makes of this text by itself; another wording, voice or engine may do better."
    raise UnsoundSpeech(f"{fault} for {opening!r}{times}", engine.name, hint)


def _trimmed(speech: Speech) -> Speech:
    clip, start = trim_edges(speech.clip)
    before_ms = 1000 * start / clip.rate_hz
    words = (WordTime(max(0, round(word.start_ms - before_ms)), word.offset, word.length) for word in speech.words)
    return Speech(clip, tuple(words))
