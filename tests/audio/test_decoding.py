"""Sound files of any kind are read as they are, or refused; resampling keeps what is heard."""

from __future__ import annotations

import io
import itertools
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode, decode_blocks, decode_opening, encode_flac, resample
from audiobuild.errors import SoundError
from audiobuild.model.values import SAMPLE_RATE_HZ
from tests.signals import as_wav, bursts, heard, noise, stereo, tone
from tests.tools import run

# --- decode and resample ----------------------------------------------------------------------------


M4A_HEAD = b"\0\0\0\x20ftypM4A "
LOSSY = ("mp3", "m4a", "aac")
MIXES = {
    "mono": ("mono|c0=c0", [0.5]),
    "stereo": ("stereo|c0=c0|c1=0.5*c0", [0.5, 0.25]),
    "3.0": ("3.0|c0=c0|c1=c0|c2=0*c0", [1 / 3]),
}
"""How ffmpeg lays a tone of half the full scale on channels, and the peaks of those that are read."""


FILES = [
    (channels, kind)
    for channels, kind in itertools.product(MIXES, ("wav", "flac", "ogg", "mp3", "aiff", "m4a", "aac"))
    if (channels, kind) != ("3.0", "mp3")  # which has two at most
]


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tone of half the full scale as ffmpeg writes it, a file of each kind with each number of channels."""
    folder = tmp_path_factory.mktemp("sounds")
    files: list[object] = []
    for channels, kind in FILES:
        mix, _ = MIXES[channels]
        files += ["-af", f"pan={mix}", "-b:a", "192k" if kind != "ogg" else "240k", folder / f"{channels}.{kind}"]
    run("ffmpeg", "-v", "error", "-f", "wav", "-i", "-", *files, given=as_wav(tone(44_100, level=0.5)))
    return folder


@pytest.mark.parametrize(("channels", "kind"), FILES)
def test_every_usual_kind_of_sound_file_is_read(channels: str, kind: str, sounds: Path) -> None:
    """One and two channels as they are; of more, their mean."""
    path = sounds / f"{channels}.{kind}"
    _, peaks = MIXES[channels]
    clip = decode(path.read_bytes(), str(path))
    blocks = list(decode_blocks(path, 300))
    assert clip.rate_hz == 44_100
    assert clip.channels == len(peaks)
    assert len(clip.samples) == pytest.approx(44_100, abs=2400 if kind in LOSSY else 0)
    middle = np.abs(clip.samples[10_000:30_000]).reshape(-1, len(peaks))
    assert middle.max(axis=0) == pytest.approx(peaks, rel=0.06)
    assert [len(block.samples) for block in blocks[:-1]] == [13_230] * (len(blocks) - 1)
    np.testing.assert_allclose(Clip.joined(blocks).samples, clip.samples, rtol=0, atol=1e-6)


RATES_HZ = (8000, 22_050, 48_000)


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tone in M4A at each rate with one channel and two, and as ffmpeg hears each, without a heading."""
    folder = tmp_path_factory.mktemp("rated")
    kinds = list(itertools.product(RATES_HZ, (1, 2)))
    given: list[object] = []
    files: list[object] = []
    theirs: list[object] = []
    for number, (rate_hz, channels) in enumerate(kinds):
        path = folder / f"{rate_hz}-{channels}.wav"
        path.write_bytes(as_wav(tone(rate_hz, 440, rate_hz=rate_hz).with_channels(channels)))
        given += ["-i", path]
        files += ["-map", number, "-b:a", "32k", path.with_suffix(".m4a")]
    run("ffmpeg", "-v", "error", *given, *files)
    for number, (rate_hz, channels) in enumerate(kinds):
        theirs += ["-map", number, "-c:a", "pcm_f32le", "-f", "f32le", folder / f"{rate_hz}-{channels}.pcm"]
    made = [each.with_suffix(".m4a") if isinstance(each, Path) else each for each in given]
    _, said = run("ffmpeg", "-v", "warning", *made, *theirs)
    assert said == ""
    return folder


@pytest.mark.parametrize("rate_hz", RATES_HZ)
@pytest.mark.parametrize("channels", [1, 2])
def test_m4a_of_any_rate_is_read_as_ffmpeg_hears_it(rate_hz: int, channels: int, rated: Path) -> None:
    path = rated / f"{rate_hz}-{channels}.m4a"
    clip = decode(path.read_bytes(), str(path))
    theirs = np.fromfile(path.with_suffix(".pcm"), dtype="<f4").reshape(clip.samples.shape)
    assert (clip.rate_hz, clip.channels) == (rate_hz, channels)
    np.testing.assert_allclose(clip.samples, theirs, rtol=0, atol=1e-3)


def test_lossless_m4a_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "sting.m4a"
    clip = bursts(0.5, seed=19).with_channels(2)
    run("ffmpeg", "-v", "error", "-f", "wav", "-i", "-", "-c:a", "alac", path, given=as_wav(clip))
    assert decode(path.read_bytes(), str(path)).to_pcm16() == clip.to_pcm16()


def test_m4a_without_the_package_that_reads_it_is_an_error_that_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    path = tmp_path / "sting.m4a"
    path.write_bytes(M4A_HEAD + bytes(500))
    for read in (lambda: decode(path.read_bytes(), str(path)), lambda: list(decode_blocks(path, 500))):
        with pytest.raises(SoundError) as caught:
            read()
        assert caught.value.where == str(path)
        assert "pip install 'audiobuild[m4b]'" in caught.value.hint


def test_the_package_for_m4a_is_not_imported_for_other_files() -> None:
    code = (
        "import sys; from audiobuild.audio.codec import decode, encode_flac; from audiobuild.audio.clip import Clip\n"
    )
    code += "decode(encode_flac(Clip.silence(5000, 44100)), 'take'); print('av' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("rate_hz", [8000, 22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_flac_gives_the_sixteen_bits_back(rate_hz: int, channels: int) -> None:
    samples = noise(5001 * channels, 20, level=0.4).samples
    clip = Clip(samples if channels == 1 else samples.reshape(-1, 2), rate_hz)
    data = encode_flac(clip)
    back = decode(data, "store")
    assert (back.rate_hz, back.channels) == (rate_hz, channels)
    assert back.to_pcm16() == clip.to_pcm16()
    assert data == encode_flac(clip)
    np.testing.assert_allclose(heard(data, channels), back.samples, rtol=0, atol=1e-6)


def test_wav_samples_come_through_as_they_are() -> None:
    clip = bursts(0.5, seed=11)
    assert decode(as_wav(clip), "here").to_pcm16() == clip.to_pcm16()


@pytest.mark.parametrize(
    "data", [b"", b"RIFF", b"not a sound at all" * 100, bytes(5000), M4A_HEAD, b"\xff\xf1" + bytes(500)]
)
def test_what_is_no_sound_is_an_error_that_names_the_file(data: bytes) -> None:
    with pytest.raises(SoundError) as caught:
        decode(data, "intro.wav")
    assert caught.value.where == "intro.wav"
    assert caught.value.hint


def test_a_sound_file_without_samples_is_an_error() -> None:
    with pytest.raises(SoundError, match="empty"):
        decode(as_wav(Clip.silence(0, 44_100)), "intro.wav")


WAV = as_wav(noise(600, 12))


@given(st.integers(0, len(WAV) - 1))
def test_a_cut_file_is_read_as_far_as_it_goes_or_an_error(cut: int) -> None:
    try:
        clip = decode(WAV[:cut], "here")
    except SoundError:
        return
    assert 0 < len(clip.samples) <= 600


@pytest.fixture(scope="module")
def m4a(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("m4a") / "sound.m4a"
    given = as_wav(noise(20_000, 21))
    run("ffmpeg", "-v", "error", "-f", "wav", "-i", "-", "-movflags", "+faststart", path, given=given)
    return path.read_bytes()


@settings(max_examples=60)
@given(place=st.integers(0, 2000), other=st.binary(max_size=4))
def test_a_cut_or_altered_m4a_is_read_or_an_error(m4a: bytes, place: int, other: bytes) -> None:
    for data in (m4a[:place], m4a[:place] + other + m4a[place + len(other) :]):
        try:
            assert len(decode(data, "here").samples)
        except SoundError as error:
            assert error.where == "here"


def test_blocks_of_a_file_are_the_file(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    path.write_bytes(as_wav(bursts(2.3, seed=13)))
    blocks = list(decode_blocks(path, 500))
    assert [len(block.samples) for block in blocks] == [22_050] * 4 + [13_230]
    assert Clip.joined(blocks).to_pcm16() == decode(path.read_bytes(), "here").to_pcm16()


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir(), lambda path: path.write_text("no")])
def test_blocks_of_what_is_no_sound_file_are_an_error(make: object, tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    assert callable(make)
    make(path)
    with pytest.raises(SoundError) as caught:
        list(decode_blocks(path, 500))
    assert caught.value.where == str(path)


@pytest.mark.parametrize("rate_hz", [8000, 16_000, 22_050, 24_000, 48_000])
def test_resampling_keeps_length_pitch_and_level(rate_hz: int) -> None:
    clip = resample(tone(rate_hz, 1000, rate_hz=rate_hz), SAMPLE_RATE_HZ)
    assert clip.rate_hz == SAMPLE_RATE_HZ
    assert len(clip.samples) == pytest.approx(SAMPLE_RATE_HZ, abs=1)
    middle = slice(4000, 40_000)
    np.testing.assert_allclose(clip.samples[middle], tone(SAMPLE_RATE_HZ, 1000).samples[middle], rtol=0, atol=0.002)


def test_each_channel_is_resampled_for_itself() -> None:
    left, right = noise(9000, 22), tone(9000, 700)
    both = resample(stereo(left, right), 48_000)
    assert np.array_equal(both.samples[:, 0], resample(left, 48_000).samples)
    assert np.array_equal(both.samples[:, 1], resample(right, 48_000).samples)


def test_resampling_to_the_same_rate_changes_nothing() -> None:
    clip = noise(100, 14)
    assert resample(clip, SAMPLE_RATE_HZ) is clip


@pytest.mark.parametrize("rate_hz", [0, 1, 7999, 384_001, 2_000_000_000])
def test_a_head_that_says_what_no_sound_has_is_refused(rate_hz: int, tmp_path: Path) -> None:
    sound = bytearray(as_wav(tone(2000)))
    struct.pack_into("<I", sound, 24, rate_hz)
    path = tmp_path / "sound.wav"
    path.write_bytes(sound)
    for read in (lambda: decode(bytes(sound), str(path)), lambda: list(decode_blocks(path, 500))):
        with pytest.raises(SoundError) as caught:
            read()
        assert caught.value.where == str(path)


def test_of_many_channels_no_more_is_held_than_of_one(tmp_path: Path) -> None:
    samples = np.zeros((20_000, 512), "float32")
    soundfile.write(tmp_path / "many.wav", samples, 8000)
    blocks = list(decode_blocks(tmp_path / "many.wav", 1000))
    assert max(len(block.samples) for block in blocks) <= 256
    assert sum(len(block.samples) for block in blocks) == 20_000


def test_a_sound_that_is_too_long_to_be_held_is_refused_with_the_limit() -> None:
    """A flat line takes a few kB for an hour."""
    file = io.BytesIO()
    soundfile.write(file, np.zeros(33_000_000, "int16"), 44_100, format="FLAC", subtype="PCM_16")
    with pytest.raises(SoundError, match="longer than 12 minutes"):
        decode(file.getvalue(), "here")


@pytest.mark.parametrize("rate_hz", [8000, 44_100, 96_000])
def test_the_opening_of_a_sound_is_as_long_as_was_asked_for_and_as_the_whole_is(rate_hz: int, tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    path.write_bytes(as_wav(Clip(noise(5 * rate_hz, seed=17).samples, rate_hz)))
    opening = decode_opening(path, SAMPLE_RATE_HZ, 2500)
    assert opening.duration_ms == pytest.approx(2500, abs=1)
    whole = resample(decode(path.read_bytes(), "here"), SAMPLE_RATE_HZ)
    assert np.array_equal(decode_opening(path, SAMPLE_RATE_HZ, 60_000).samples, whole.samples)
