"""Segment to Take: synthesise, trim, level, encode; runs in any worker process (layer 3)."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode, encode_take, resample
from audiobuild.audio.level import (
    SILENT_LUFS,
    apply_gain,
    block_loudness,
    integrated_loudness,
    limit,
    sounding_span,
    true_peak_dbtp,
)
from audiobuild.audio.stings import shape_sting
from audiobuild.engines import Engine, Speech, open_engine, require_words
from audiobuild.errors import EngineError, SoundError
from audiobuild.model import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Segment, Sting, Take, Voice, WordTime
from audiobuild.speech import split_text
from audiobuild.store import Store, address
from audiobuild.takes import write_take

FORMAT = 1
"""Raised when the same settings come to make other frames: it is part of every take's address."""

CEILING_DBTP = -2.0
"""Where the limiter holds the true peak: MP3 overshoots by up to a decibel, and -1 dBTP is the limit after decoding."""

_LEAST_MS_PER_CHAR = 15
"""No engine speaks faster than this at its fastest; a clip that is shorter for its text is a failure."""

_PIECE_PAUSES_MS = {".": 350, "!": 350, "?": 350, "…": 350, ":": 250, ";": 250, ",": 150}
"""Silence between the pieces of a text that is too long for its engine, by what the first of them ends in."""

_CALIBRATION = (
    "The ferry left the north pier a little after seven, with forty passengers, two horses and the morning post. "
    "By eight the fog had lifted. On the far shore a man in a yellow coat was painting the railings, as he did every "
    "spring, and a dog asleep beside him paid no attention to the bell. Nobody hurried. The harbour master, who had "
    "held the job for thirty years, liked to say that the sea would wait for anyone who asked it politely."
)
"""About twenty seconds of plain speech, on which a voice's level is measured once."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How takes are levelled and encoded."""

    bit_rate_kbps: int
    loudness_lufs: float
    """Integrated loudness that speech and stings are brought to, as heard."""


@dataclass(frozen=True, slots=True)
class Job:
    """One take to be made."""

    key: str
    item: Segment | Sting
    encoding: Encoding
    locale: str
    store: Path

    @property
    def voice(self) -> Voice | None:
        """Who speaks; None for a sting."""
        return self.item.voice if isinstance(self.item, Segment) else None


def take_key(item: Segment | Sting, encoding: Encoding, fingerprint: str) -> str:
    """Find a take's address: all that decides its frames, and nothing else.

    Args:
        item: what is heard.
        encoding: how it is levelled and encoded.
        fingerprint: the engine's, for a segment; the hash of the sound file, for a sting.
    """
    settings = dataclasses.asdict(encoding)
    if isinstance(item, Segment):
        return address(format=FORMAT, engine=fingerprint, text=item.spoken.text, pause=item.pause_frames, **settings)
    shape = [item.gain_db, item.fade_in_ms, item.fade_out_ms, item.trim_ms]
    return address(format=FORMAT, sting=fingerprint, shape=shape, pause=item.pause_frames, **settings)


def sound_fingerprint(path: Path) -> str:
    """Hash a sound file.

    Raises:
        SoundError: it is not there or cannot be read.
    """
    return hashlib.sha256(_read_sound(path)).hexdigest()


def _read_sound(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"the sound file cannot be read ({error.strerror})"
        raise SoundError(message, str(path), "Check the path in show.toml.") from error


def render(job: Job) -> Take:
    """Make one take and keep it in the store.

    Raises:
        EngineError: the engine cannot speak the text, or gave a sound too short for it.
        SoundError: a sting's file is no sound.
        OutputError: the store cannot be written.
    """
    store = Store(job.store)
    words: tuple[WordTime, ...] = ()
    if isinstance(job.item, Segment):
        engine = open_engine(job.item.voice, job.locale)
        gain_db = _voice_gain_db(engine, job.encoding, store)
        speech = _speak(engine, job.item.spoken.text)
        clip = apply_gain(resample(speech.clip, SAMPLE_RATE_HZ), gain_db)
        words = speech.words
    else:
        clip = _sting_clip(job.item, job.encoding)
    clip = limit(clip, CEILING_DBTP)
    frames = -(-len(clip.samples) // SAMPLES_PER_FRAME) + job.item.pause_frames
    data = encode_take(clip, frames, job.encoding.bit_rate_kbps)
    heard = decode(data, job.key)
    take = Take(job.key, frames, words, block_loudness(heard), true_peak_dbtp(heard))
    write_take(store, take, data)
    return take


def calibrate(job: Job) -> None:
    """Measure the level of a job's voice, unless the store knows it, so that no two workers do it at once.

    Raises:
        EngineError: the engine cannot speak.
        OutputError: the store cannot be written.
    """
    if job.voice:
        _voice_gain_db(open_engine(job.voice, job.locale), job.encoding, Store(job.store))


def _speak(engine: Engine, text: str) -> Speech:
    """Speak a text of any length, trimmed to its sound; an implausibly short sound is an error."""
    require_words(text, len(text))
    clips: list[Clip] = []
    words: list[WordTime] = []
    at_ms = 0.0
    places = _places(text)
    for piece in split_text(text, engine.max_chars):
        offsets = dict(zip(_places(piece), places, strict=False))
        places = places[len(offsets) :]
        speech = engine.synthesise(piece)
        start, end = sounding_span(speech.clip)
        clip = Clip(speech.clip.samples[start:end], speech.clip.rate_hz)
        if clip.duration_ms < _LEAST_MS_PER_CHAR * len(piece):
            raise EngineError(
                f"gave {clip.duration_ms:.0f} ms of sound for {len(piece)} characters: {piece[:40]!r}",
                engine.name,
                "Build again; if it stays so, choose another voice or engine.",
            )
        before_ms = at_ms - 1000 * start / speech.clip.rate_hz
        words.extend(_moved(speech.words, before_ms, offsets))
        pause_ms = _PIECE_PAUSES_MS.get(piece.rstrip("\"'”’)]")[-1:], 0)
        clips += [clip, Clip.silence(pause_ms * clip.rate_hz // 1000, clip.rate_hz)]
        at_ms += clip.duration_ms + pause_ms
    return Speech(Clip.joined(clips[:-1]), tuple(words))


def _places(text: str) -> list[int]:
    """Where the characters stand that are not white space, of which alone the pieces of a text keep all."""
    return [place for place, char in enumerate(text) if not char.isspace()]


def _moved(words: tuple[WordTime, ...], by_ms: float, offsets: Mapping[int, int]) -> Iterator[WordTime]:
    for word in words:
        yield WordTime(max(0, round(word.start_ms + by_ms)), offsets[word.offset], word.length)


def _voice_gain_db(engine: Engine, encoding: Encoding, store: Store) -> float:
    """Find the one gain that brings a voice to its level: measured once, on the calibration text as encoded."""
    key = address(format=FORMAT, calibration=_CALIBRATION, engine=engine.fingerprint, **dataclasses.asdict(encoding))
    known = store.get(key)
    if known is not None:
        return float(json.loads(known)["gain_db"])
    clip = resample(_speak(engine, _CALIBRATION).clip, SAMPLE_RATE_HZ)
    gain_db = encoding.loudness_lufs - integrated_loudness(block_loudness(clip))
    levelled = limit(apply_gain(clip, gain_db), CEILING_DBTP)
    frames = -(-len(clip.samples) // SAMPLES_PER_FRAME) + 1
    heard = decode(encode_take(levelled, frames, encoding.bit_rate_kbps), "calibration")
    gain_db = round(gain_db + encoding.loudness_lufs - integrated_loudness(block_loudness(heard)), 2)
    store.put(key, json.dumps({"gain_db": gain_db}).encode())
    return gain_db


def _sting_clip(sting: Sting, encoding: Encoding) -> Clip:
    """Read a sting, bring it to the level of the speech, then shape it as asked."""
    clip = resample(decode(_read_sound(sting.path), str(sting.path)), SAMPLE_RATE_HZ)
    level = integrated_loudness(block_loudness(clip))
    gain_db = encoding.loudness_lufs - level if level > SILENT_LUFS else 0.0  # silence has no level to go by
    return shape_sting(
        limit(apply_gain(clip, gain_db), CEILING_DBTP),
        gain_db=sting.gain_db,
        fade_in_ms=sting.fade_in_ms,
        fade_out_ms=sting.fade_out_ms,
        trim_ms=sting.trim_ms or None,
    )
