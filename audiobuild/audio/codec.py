"""Sound files to PCM, and PCM to MP3, FLAC and Opus: the one place that knows soundfile, soxr and LAME (layer 3).

AAC, in M4A and M4B files, is for `aac`, which needs a package that not everybody has.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import lameenc
import numpy as np
import soundfile
import soxr

from audiobuild.audio import aac
from audiobuild.audio.clip import Clip, Samples, checked_rate, mean_of, with_first
from audiobuild.audio.frames import split_frames
from audiobuild.errors import SoundError
from audiobuild.model.values import SAMPLES_PER_FRAME

LAME_QUALITY = 5
"""LAME's algorithm, 0 (best) to 9: 5 runs at about 150 times real time and is transparent for speech at 96 kbit/s."""

OPUS_RATE_HZ = 48_000
"""Opus has no 44.1 kHz; at 48 kHz it keeps all that there is."""

_OPUS_KBPS = (6, 256)
"""Bit rates of one channel, between which libsndfile's "compression level" of 1 to 0 leads in a straight line."""
_PROBE_BYTES = 1 << 16
_BLOCK_VALUES = 1 << 17
"""How many samples of all channels together are read at once."""
_MOST_VALUES = 32_000_000
"""How many samples, of all channels that are kept together, a sound may have that is held whole: 128 MB."""


class _Stream(soundfile.SoundFile):  # type: ignore[misc]  # soundfile has no types
    """A sound file that is read from its start to its end, whatever its head says of its length.

    A FLAC that was sent while it was made does not know how long it is, and cannot be sought in.
    """

    def seekable(self) -> bool:
        """Keep soundfile from seeking to where it is already."""
        return False


def decode(data: bytes, where: str) -> Clip:
    """Decode a whole sound file (WAV, FLAC, OGG, MP3, AIFF, M4A): mono or stereo as it is, more channels to their mean.

    Raises:
        SoundError: the bytes are no sound, or hold none, or more than may be held; or are AAC and the package for that
            is not installed.
    """
    is_aac = aac.is_aac(data[: aac.HEAD_BYTES])
    return _held(aac.decode(data, where) if is_aac else _decoded(io.BytesIO(data), where), where)


def decode_opening(path: Path, rate_hz: int, longest_ms: int) -> Clip:
    """Decode the opening of a sound file at a sample rate; a shorter file is decoded whole.

    Raises:
        SoundError: the file is no sound, or holds none.
    """
    return _held(_resampled(_opening(decode_blocks(path, 1000), longest_ms), rate_hz), str(path))


def _opening(clips: Iterable[Clip], longest_ms: int) -> Iterator[Clip]:
    there_ms = 0.0
    for clip in clips:
        yield Clip(clip.samples[: math.ceil((longest_ms - there_ms) * clip.rate_hz / 1000)], clip.rate_hz)
        there_ms += clip.duration_ms
        if there_ms >= longest_ms:
            return


def _resampled(clips: Iterable[Clip], rate_hz: int) -> Iterator[Clip]:
    """Change the rate of clips that lie end to end, as `resample` changes that of the whole."""
    stream = None
    for clip in clips:
        if clip.rate_hz == rate_hz:
            yield clip
            continue
        stream = stream or soxr.ResampleStream(clip.rate_hz, rate_hz, clip.channels, "float32", "HQ")
        yield Clip(stream.resample_chunk(clip.samples), rate_hz)
        last = clip.samples[:0]
    if stream:
        yield Clip(stream.resample_chunk(last, last=True), rate_hz)


def _held(clips: Iterable[Clip], where: str) -> Clip:
    """Lay clips end to end, of which one has a sample at least."""
    held: list[Clip] = []
    values = 0
    for clip in clips:
        values += clip.samples.size
        if values > _MOST_VALUES:
            minutes = _MOST_VALUES / clip.channels / clip.rate_hz / 60
            raise SoundError(f"the sound is longer than {minutes:.0f} minutes", where, "Use a shorter one.")
        held.append(clip)
    if not values:
        raise SoundError("the sound file is empty", where, "Use a file with sound in it.")
    return _laid(held)


def _laid(clips: list[Clip]) -> Clip:
    """Lay clips end to end as `Clip.joined` does, letting each go once it is laid, so that no sound is held twice."""
    first = clips[0]
    if any((clip.rate_hz, clip.channels) != (first.rate_hz, first.channels) for clip in clips):
        return Clip.joined(clips)  # which says what is wrong
    whole: Samples = np.empty((sum(len(clip.samples) for clip in clips), *first.samples.shape[1:]), np.float32)
    place = 0
    clips.reverse()
    while clips:
        samples = clips.pop().samples
        whole[place : place + len(samples)] = samples
        place += len(samples)
    return Clip(whole, first.rate_hz)


def decode_blocks(path: Path, block_ms: int) -> Iterator[Clip]:
    """Decode a sound file block by block, so that a long one is never held whole; channels are as in `decode`.

    Args:
        path: the file.
        block_ms: how long a piece is at most.

    Raises:
        SoundError: the file is no sound, or is AAC and the package for that is not installed.
    """
    if aac.is_aac(_head(path)):
        yield from aac.decode_blocks(path, block_ms)
    else:
        yield from _decoded(path, str(path), block_ms)


def _decoded(file: Path | io.BytesIO, where: str, block_ms: int = 1000) -> Iterator[Clip]:
    """Decode what soundfile reads, piece by piece."""
    try:
        with _Stream(file) as sound:
            rate_hz = checked_rate(int(sound.samplerate), where)
            # Not by soundfile's own `blocks`: where a file is shorter than its head says, that ends in unset memory.
            wanted = min(max(1, rate_hz * block_ms // 1000), max(1, _BLOCK_VALUES // sound.channels))
            while len(block := sound.read(wanted, dtype="float32", always_2d=True)):
                yield _clip(block, rate_hz)
    except soundfile.LibsndfileError as error:
        raise SoundError("this is no sound file that can be read", where, "Use WAV, FLAC, OGG, MP3 or M4A.") from error


def _head(path: Path) -> bytes:
    """The first bytes of a file; none of what cannot be read, about which soundfile will complain."""
    try:
        with path.open("rb") as file:
            return file.read(aac.HEAD_BYTES)
    except OSError:
        return b""


def _clip(samples: Samples, rate_hz: int) -> Clip:
    """A clip of samples of shape (samples, channels)."""
    if samples.shape[1] == 2:
        return Clip(samples, rate_hz)
    return Clip(np.ascontiguousarray(mean_of(samples)), rate_hz)


def resample(clip: Clip, rate_hz: int) -> Clip:
    """Change the sample rate, band-limited."""
    if clip.rate_hz == rate_hz:
        return clip
    samples: Samples = soxr.resample(clip.samples, clip.rate_hz, rate_hz, quality="HQ")
    return Clip(samples.astype(np.float32, copy=False), rate_hz)


def encode_take(clip: Clip, frames: int, bit_rate_kbps: int) -> bytes:
    """Encode a clip as exactly that many MP3 frames, the rest being silence, fit to be laid end to end with others.

    The samples are padded to whole frames. LAME answers with one frame more than that, of its own delay; the first
    `frames` are kept. The first of them needs no earlier data, since a fresh encoder's bit reservoir is empty.

    Args:
        clip: mono or stereo.
        frames: number of MP3 frames of 1152 samples.
        bit_rate_kbps: of all channels together.

    Raises:
        ValueError: it does not fit into so many frames.
    """
    missing = frames * SAMPLES_PER_FRAME - len(clip.samples)
    if missing < 0:
        raise ValueError(f"{len(clip.samples)} samples do not fit into {frames} frames")
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(clip.channels)
    encoder.set_in_sample_rate(clip.rate_hz)
    encoder.set_out_sample_rate(clip.rate_hz)
    encoder.set_bit_rate(bit_rate_kbps)
    encoder.set_quality(LAME_QUALITY)
    silence = Clip.silence(missing, clip.rate_hz, clip.channels)
    pieces = [bytes(encoder.encode(piece.to_pcm16())) for piece in (*_in_pieces(clip), silence) if len(piece.samples)]
    data = b"".join(pieces) + bytes(encoder.flush())
    kept = split_frames(data)[:frames]
    if len(kept) != frames:
        raise ValueError(f"LAME made {len(kept)} frames of {frames}")
    return data[: kept[-1].stop]


def _in_pieces(clip: Clip) -> Iterator[Clip]:
    """A clip in pieces of some seconds, of which what is made on the way takes little."""
    for start in range(0, len(clip.samples), _BLOCK_VALUES):
        yield Clip(clip.samples[start : start + _BLOCK_VALUES], clip.rate_hz)


def encode_flac(clip: Clip) -> bytes:
    """Encode a clip without loss, to 16 bits, at its own rate; `decode` gives those 16 bits back."""
    file = io.BytesIO()
    with soundfile.SoundFile(file, "w", clip.rate_hz, clip.channels, "PCM_16", format="FLAC") as sound:
        for piece in _in_pieces(clip):
            sound.write(_int16(piece))
    return file.getvalue()


def write_flac(path: Path, clips: Iterable[Clip]) -> None:
    """Write clips of one rate and number of channels end to end as a FLAC file of 16 bits.

    The clips are taken one by one, so that an episode need not be held.

    Raises:
        OSError: the file cannot be written, or the disk is full.
        ValueError: there is no clip.
    """
    first, clips = with_first(clips)
    with _Written(path, first.rate_hz, first.channels, "FLAC", "PCM_16") as sound:
        for clip in clips:
            sound.write(_int16(clip))


def write_opus(path: Path, clips: Iterable[Clip], bit_rate_kbps: int) -> None:
    """Write clips of one rate and number of channels end to end as an Ogg Opus file.

    The clips are taken one by one, but resampled as one stream, so that nothing clicks where two of them meet. The
    stream's serial number is a random one; `publish.formats.ogg` gives it a fixed one.

    Raises:
        OSError: the file cannot be written, or the disk is full.
        ValueError: there is no clip.
    """
    first, clips = with_first(clips)
    slowest, fastest = _OPUS_KBPS
    level = min(1.0, max(0.0, 1 - (bit_rate_kbps / first.channels - slowest) / (fastest - slowest)))
    resampler = soxr.ResampleStream(first.rate_hz, OPUS_RATE_HZ, first.channels, "float32", "HQ")
    with _Written(path, OPUS_RATE_HZ, first.channels, "OGG", "OPUS", compression_level=level) as sound:
        for clip in clips:
            sound.write(resampler.resample_chunk(np.clip(clip.samples, -1, 1)))
        sound.write(resampler.resample_chunk(first.samples[:0], last=True))


def _int16(clip: Clip) -> np.ndarray[Any, np.dtype[np.int16]]:
    samples = np.frombuffer(clip.to_pcm16(), dtype="<i2")
    return samples if clip.channels == 1 else samples.reshape(-1, clip.channels)


class _Written:
    """A sound file under way, of which an error says its reason, which libsndfile keeps to itself."""

    def __init__(self, path: Path, rate_hz: int, channels: int, container: str, subtype: str, **more: float) -> None:
        self._path = path
        try:
            self._sound = soundfile.SoundFile(path, "w", rate_hz, channels, subtype, format=container, **more)
        except soundfile.LibsndfileError as error:
            self._fail(error)

    def __enter__(self) -> _Written:
        return self

    def write(self, samples: np.ndarray[Any, np.dtype[Any]]) -> None:
        """Write samples, shape (samples,) or (samples, 2)."""
        try:
            self._sound.write(samples)
        except soundfile.LibsndfileError as error:
            self._fail(error)

    def __exit__(self, *raised: object) -> None:
        try:
            self._sound.close()
        except soundfile.LibsndfileError as error:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        """Raise what the system says of the file when it is written to in another way."""
        with self._path.open("ab") as file:
            file.write(bytes(_PROBE_BYTES))
        raise OSError(None, str(error), str(self._path)) from error
