"""Segment to Take: synthesise, trim, level, encode; runs in any worker process (layer 3)."""

from __future__ import annotations

import dataclasses
import json

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode, decode_opening, encode_flac, encode_take, resample
from audiobuild.audio.level import apply_gain, limit, rms_dbfs, sounding_span, true_peak_dbtp
from audiobuild.audio.loudness import SILENT_LUFS, block_loudness, frame_levels, integrated_loudness
from audiobuild.audio.stings import duck, shape_sting, speech_start_samples
from audiobuild.engines import Engine, Speech
from audiobuild.engines.registry import open_engine
from audiobuild.errors import SoundError, UnsoundSpeech
from audiobuild.model.speech_marks import WordTime, WordTimes
from audiobuild.model.values import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Segment, Sting, Take
from audiobuild.store.artefacts import Store, address
from audiobuild.takes.jobs import FORMAT, Encoding, Job, open_sound, place_of
from audiobuild.takes.stored_takes import write_take
from audiobuild.takes.synthesis import CALIBRATION, speak, speak_calibration

_OVERSHOOT_DB = 1.0
"""By how much a lossy codec may raise the true peak: the limiter stays that far under the ceiling."""
_SPARE_DB = 0.05
"""How far under the ceiling a take has to be: meters differ by as much."""
_MOST_PASSES = 4

_WORDLESS_FRAMES = 2
"""Of silence in the place of words: a decoder does not know a single frame for MP3."""

MOST_STING_MS = 120_000
"""How much of a sting may be heard: it is held and shaped as a whole."""
_STING_SPARE_MS = 10_000
"""How much more of it is read, since it may begin with silence, which is cut off."""
_STING_MARGIN_SAMPLES = SAMPLE_RATE_HZ // 50
"""Silence that is left before a sting: 20 ms."""


def render(job: Job) -> Take:
    """Make one take and keep it in the store.

    Raises:
        EngineError: the engine cannot speak the text, or gave what is not its speech.
        SoundError: a sting's file is no sound.
        OutputError: the store cannot be written.
    """
    store = Store(job.store)
    clip, words = _spoken(job.item, job, store) if isinstance(job.item, Segment) else (_sting(job.item, job), ())
    return _made(job.key, clip, words, job)


def render_wordless(job: Job) -> Take:
    """Make the take of a segment that cannot be spoken: its sting, if any, and its pause.

    Raises:
        SoundError: the sting's file is no sound.
        OutputError: the store cannot be written.
    """
    over = job.item.over if isinstance(job.item, Segment) else None
    silence = _WORDLESS_FRAMES * SAMPLES_PER_FRAME
    clip = _sting(over, job) if over else Clip.silence(silence, SAMPLE_RATE_HZ, job.encoding.channels)
    return _made(address("takes", wordless=job.key), clip, (), job)


def _made(key: str, clip: Clip, words: tuple[WordTime, ...], job: Job) -> Take:
    """Encode a clip with the pause behind it, measure what was encoded, and store it."""
    frames = -(-len(clip.samples) // SAMPLES_PER_FRAME) + job.item.pause_frames
    data, heard, peak_dbtp = _encode_under_ceiling(clip, frames, job)
    take = Take(key, frames, WordTimes(words), frame_levels(heard), peak_dbtp, rms_dbfs(heard), len(data))
    write_take(Store(job.store), take, data)
    return take


def calibrate(job: Job) -> None:
    """Measure the level of a job's voice, unless the store knows it, so that no two workers do it at once.

    Raises:
        EngineError: the engine cannot speak.
        OutputError: the store cannot be written.
    """
    if job.voice:
        _voice_gain_db(open_engine(job.voice, job.locale), job.encoding, Store(job.store))


def fetch(job: Job) -> None:
    """Have the text of a job spoken, and no more: for an engine on the network, which others need not wait for.

    Raises:
        EngineError: the engine cannot speak the text.
        OutputError: the store cannot be written.
    """
    if isinstance(job.item, Segment):
        _speech(job.item, open_engine(job.item.voice, job.locale), Store(job.store), job.locale)


def fetch_calibration(job: Job) -> None:
    """Have the calibration text spoken in a job's voice, likewise.

    Raises:
        EngineError: the engine cannot speak.
        OutputError: the store cannot be written.
    """
    if job.voice:
        speak_calibration(open_engine(job.voice, job.locale), Store(job.store))


def _speech(segment: Segment, engine: Engine, store: Store, locale: str) -> Speech:
    sounds, text = segment.pronunciations, segment.spoken.text
    try:
        return speak(engine, text, store, sentence_ms=segment.sentence_ms, pronunciations=sounds, locale=locale)
    except UnsoundSpeech as error:
        raise UnsoundSpeech(f"{error.where} {error.message}", place_of(segment), error.hint) from error


def _spoken(segment: Segment, job: Job, store: Store) -> tuple[Clip, tuple[WordTime, ...]]:
    """Speak a segment at its level, over the tail of its sting where it has one."""
    engine = open_engine(segment.voice, job.locale)
    gain_db = _voice_gain_db(engine, job.encoding, store)
    speech = _speech(segment, engine, store, job.locale)
    clip = apply_gain(resample(speech.clip, SAMPLE_RATE_HZ), gain_db).with_channels(job.encoding.channels)
    if segment.over is None:
        return clip, speech.words
    sting = _sting(segment.over, job)
    start = speech_start_samples(sting, overlap_ms=segment.over.duck_ms)
    mixed = duck(sting, clip, overlap_ms=segment.over.duck_ms, duck_db=segment.over.duck_db)
    later_ms = round(1000 * start / SAMPLE_RATE_HZ)
    return mixed, tuple(word._replace(start_ms=word.start_ms + later_ms) for word in speech.words)


def _voice_gain_db(engine: Engine, encoding: Encoding, store: Store) -> float:
    """Find the one gain that brings a voice to its level: measured once, on the calibration text as encoded."""
    key = address(
        "levels", format=FORMAT, calibration=CALIBRATION, engine=engine.fingerprint, **dataclasses.asdict(encoding)
    )
    known = store.get(key)
    if known is not None:
        return float(json.loads(known)["gain_db"])
    clip = resample(speak_calibration(engine, store).clip, SAMPLE_RATE_HZ)
    target_lufs = encoding.level.loudness_lufs
    gain_db = target_lufs - integrated_loudness(block_loudness(clip))
    levelled = limit(apply_gain(clip, gain_db), encoding.level.ceiling_dbtp - _OVERSHOOT_DB)
    frames = -(-len(clip.samples) // SAMPLES_PER_FRAME) + 1
    heard = decode(_encode(levelled.with_channels(encoding.channels), frames, encoding), "calibration")
    gain_db = round(gain_db + target_lufs - integrated_loudness(block_loudness(heard)), 2)
    kept = store.keep(key, json.dumps({"gain_db": gain_db}).encode())
    return float(json.loads(kept)["gain_db"])


def _encode_under_ceiling(clip: Clip, frames: int, job: Job) -> tuple[bytes, Clip, float]:
    """Limit and encode a clip, and again lower where what is heard of it is over the ceiling still: music may be.

    Returns:
        The take's bytes, what is heard of them, and its true peak in dBTP.
    """
    ceiling_dbtp = job.encoding.level.ceiling_dbtp
    overshoot_db = _OVERSHOOT_DB
    for _ in range(_MOST_PASSES):
        data = _encode(limit(clip, ceiling_dbtp - overshoot_db), frames, job.encoding)
        heard = decode(data, job.key)
        peak_dbtp = true_peak_dbtp(heard)
        over_db = peak_dbtp + _SPARE_DB - ceiling_dbtp
        if over_db <= 0:
            break
        overshoot_db += over_db + _SPARE_DB
    return data, heard, peak_dbtp


def _encode(clip: Clip, frames: int, encoding: Encoding) -> bytes:
    """Encode a clip and the silence after it, up to a number of frames."""
    if not encoding.lossless:
        return encode_take(clip, frames, encoding.bit_rate_kbps)
    missing = frames * SAMPLES_PER_FRAME - len(clip.samples)
    return encode_flac(Clip.joined((clip, Clip.silence(missing, clip.rate_hz, clip.channels))))


def _sting(sting: Sting, job: Job) -> Clip:
    """Read a sting, cut it, bring it to the level of the speech, then shape it as asked.

    Raises:
        SoundError: it is no sound, or is longer than what may be held.
    """
    level = job.encoding.level
    open_sound(sting.path).close()  # whose error says more than the decoder's
    clip = decode_opening(sting.path, SAMPLE_RATE_HZ, MOST_STING_MS + _STING_SPARE_MS)
    clip = clip.with_channels(job.encoding.channels)
    start = max(0, sounding_span(clip)[0] - _STING_MARGIN_SAMPLES)  # a chapter begins with its sound
    length = sting.trim_ms * SAMPLE_RATE_HZ // 1000 or len(clip.samples)
    clip = Clip(clip.samples[start : start + length].copy(), clip.rate_hz)
    if clip.duration_ms > MOST_STING_MS:
        hint = f"Cut it with trim_ms, which may be up to {MOST_STING_MS}."
        raise SoundError(f"a sting of more than {MOST_STING_MS // 1000} seconds", str(sting.path), hint)
    loudness = integrated_loudness(block_loudness(clip))
    gain_db = level.loudness_lufs - loudness if loudness > SILENT_LUFS else 0.0  # silence has no level to go by
    clip = apply_gain(clip, gain_db)  # step by step, so that no more than two of them are held at once
    clip = limit(clip, level.ceiling_dbtp - _OVERSHOOT_DB)
    return shape_sting(
        clip,
        gain_db=sting.gain_db,
        fade_in_ms=sting.fade_in_ms,
        fade_out_ms=sting.fade_out_ms,
    )
