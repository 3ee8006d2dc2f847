"""Sound files in, MP3 out: takes laid end to end are one stream, exact to the sample."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode, decode_blocks, encode_flac, encode_take, resample
from audiobuild.audio.frames import split_frames
from audiobuild.config import BIT_RATES_KBPS
from audiobuild.engines.espeak import Espeak
from audiobuild.errors import SoundError
from audiobuild.model import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Voice
from tests.signals import as_wav, bursts, frames_for, heard, noise, snr_db, stereo, tone, whole_file
from tests.tools import run

PAUSE_FRAMES = 3
M4A_HEAD = b"\0\0\0\x20ftypM4A "
ONSET = 20_000
"""Sample of the third take at which its tone starts."""

PARAGRAPHS = [
    "A heron stood in the shallows all morning, and the anglers on the bridge gave up one after another.",
    "Nobody was surprised.",
    "The council has promised new steps, a better path and, if the money lasts, a lamp at the corner of the yard.",
]


def late_tone() -> Clip:
    return Clip.joined([Clip.silence(ONSET, SAMPLE_RATE_HZ), tone(30_000, 997)])


MONO = [bursts(2, seed=5), noise(40_001, seed=6), late_tone(), tone(50_000, 313, 0.8), bursts(1.3, seed=7, level=0.7)]
OTHERS = [noise(88_200, seed=15), tone(40_001, 700), late_tone(), noise(50_000, seed=16), bursts(1.3, seed=17)]
STEREO = list(map(stereo, MONO, OTHERS))
"""Nothing in common, all in common, and one side loud while the other is quiet."""


@dataclass(frozen=True)
class Joined:
    """Takes laid end to end, and what ffmpeg hears of them."""

    clips: list[Clip]
    counts: list[int]
    takes: list[bytes]
    file: bytes
    heard: NDArray[np.float32]
    """Shape (samples,), or (samples, 2)."""

    @property
    def channels(self) -> int:
        return self.clips[0].channels

    @property
    def source(self) -> NDArray[np.float32]:
        return np.concatenate([padded(clip, count) for clip, count in zip(self.clips, self.counts, strict=True)])

    @property
    def starts(self) -> list[int]:
        return [sum(self.counts[:index]) * SAMPLES_PER_FRAME for index in range(len(self.counts))]


def padded(clip: Clip, frames: int) -> NDArray[np.float32]:
    missing = frames * SAMPLES_PER_FRAME - len(clip.samples)
    return Clip.joined([clip, Clip.silence(missing, clip.rate_hz, clip.channels)]).samples


def join(clips: list[Clip], bit_rate_kbps: int) -> Joined:
    counts = [frames_for(clip, PAUSE_FRAMES) for clip in clips]
    takes = [encode_take(clip, count, bit_rate_kbps) for clip, count in zip(clips, counts, strict=True)]
    file = whole_file(takes, counts, bit_rate_kbps)
    return Joined(clips, counts, takes, file, heard(file, clips[0].channels))


@pytest.fixture(scope="module", params=["mono", "stereo"])
def joined(request: pytest.FixtureRequest) -> Joined:
    return join(MONO, 96) if request.param == "mono" else join(STEREO, 160)


# --- the joint --------------------------------------------------------------------------------------


def main_data_begin(frame: bytes) -> int:
    """Nine bits behind the header: how far back in the stream the frame's data starts."""
    return int.from_bytes(frame[4:6], "big") >> 7


def test_a_take_needs_no_data_from_before_it(joined: Joined) -> None:
    for take in joined.takes:
        frames = split_frames(take)
        assert main_data_begin(take[frames[0]]) == 0
        # LAME does use its reservoir; else the test above could not fail.
        assert any(main_data_begin(take[frame]) for frame in frames)


def test_joined_takes_are_exact_to_the_sample(joined: Joined) -> None:
    assert joined.heard.shape == joined.source.shape


def test_mpg123_decodes_the_joints_without_a_word(joined: Joined, tmp_path: Path) -> None:
    path = tmp_path / "joined.mp3"
    path.write_bytes(joined.file)
    pcm, said = run("mpg123", "--no-control", "-v", "-s", path)
    assert len(pcm) == 2 * joined.source.size
    assert not [line for line in said.splitlines() if "warning" in line.lower() or "error" in line.lower()]
    assert "Illegal" not in said


@pytest.mark.parametrize("index", range(len(MONO)))
def test_every_take_is_heard_where_it_stands_to_the_sample(joined: Joined, index: int) -> None:
    most = 60
    clip, start = joined.clips[index], joined.starts[index]
    for side in range(joined.channels):
        sound = np.pad(joined.heard.reshape(-1, joined.channels)[:, side], most)
        given = clip.samples.reshape(-1, joined.channels)[:, side]
        alike = [float(sound[start + lag :][: len(given)] @ given) for lag in range(2 * most + 1)]
        assert int(np.argmax(alike)) - most == 0


def test_a_tone_in_the_third_take_starts_when_it_should(joined: Joined) -> None:
    around = np.abs(joined.heard[joined.starts[2] : joined.starts[2] + ONSET + 5000])
    first = int(np.argwhere(around > 0.1)[0][0])
    assert 1000 * abs(first - ONSET) / SAMPLE_RATE_HZ < 2


def test_nothing_of_a_take_leaks_into_the_pause_behind_it(joined: Joined) -> None:
    """A frame's length behind the sound it has died away; a frame's length before the next, which MP3 needs to begin
    softly, there is no click either."""
    for clip, start, count in zip(joined.clips, joined.starts, joined.counts, strict=True):
        end = start + (count - 1) * SAMPLES_PER_FRAME
        assert np.abs(joined.heard[start + len(clip.samples) + SAMPLES_PER_FRAME : end]).max() < 1e-4


def test_each_side_is_heard_from_its_side() -> None:
    left, right = tone(60_000, 440), tone(60_000, 997, 0.2)
    sound = join([stereo(left, right)], 128).heard[5000:55_000]
    assert snr_db(sound[:, 0], left.samples[5000:55_000]) > 25
    assert snr_db(sound[:, 1], right.samples[5000:55_000]) > 25


@pytest.mark.parametrize(("channels", "bit_rate_kbps"), [(1, 96), (2, 160)])
def test_joined_speech_is_as_good_as_speech_encoded_in_one_pass(channels: int, bit_rate_kbps: int) -> None:
    engine = Espeak(Voice("espeak"), "en-GB")
    clips = [resample(engine.synthesise(text).clip, SAMPLE_RATE_HZ) for text in PARAGRAPHS]
    if channels == 2:  # the voice a little to the left, and something else to the right
        clips = [stereo(clip, quieter(clip, bursts(9, seed=18))) for clip in clips]
    ours = join(clips, bit_rate_kbps)
    source, frames = ours.source, sum(ours.counts)
    whole = encode_take(Clip(source, SAMPLE_RATE_HZ), frames, bit_rate_kbps)
    one_pass = heard(whole_file([whole], [frames], bit_rate_kbps), channels)
    assert ours.heard.shape == one_pass.shape == source.shape
    assert snr_db(ours.heard, source) == pytest.approx(snr_db(one_pass, source), abs=0.2)
    assert snr_db(one_pass, source) > 20


def quieter(voice: Clip, music: Clip) -> Clip:
    """A voice at two thirds, with as much of some music below it."""
    mixed = 0.66 * voice.samples + 0.25 * music.samples[: len(voice.samples)]
    return Clip(mixed.astype(np.float32), voice.rate_hz)


@pytest.mark.parametrize("bit_rate_kbps", BIT_RATES_KBPS)
@pytest.mark.parametrize("clip", [MONO[0], STEREO[0]], ids=["mono", "stereo"])
def test_every_frame_is_of_the_channels_and_the_bit_rate(clip: Clip, bit_rate_kbps: int) -> None:
    frames = frames_for(clip, PAUSE_FRAMES)
    take = encode_take(clip, frames, bit_rate_kbps)
    headers = {take[frame.start : frame.start + 4] for frame in split_frames(take)}
    (mode,) = {header[3] >> 6 for header in headers}  # 3 is mono
    assert (mode == 3) == (clip.channels == 1)
    assert {header[2] & ~2 for header in headers} == {take[2] & ~2}
    assert len(take) == pytest.approx(frames * 144 * bit_rate_kbps * 1000 / SAMPLE_RATE_HZ, abs=1)


# --- encode_take ------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 4), st.sampled_from([1, 2]))
def test_a_take_has_exactly_its_frames(samples: int, more: int, channels: int) -> None:
    frames = max(1, -(-samples // SAMPLES_PER_FRAME) + more)
    assert len(split_frames(encode_take(noise(samples, 8).with_channels(channels), frames, 96))) == frames


def test_a_take_that_is_too_short_for_its_samples_is_refused() -> None:
    with pytest.raises(ValueError, match="1153 samples do not fit into 1 frames"):
        encode_take(noise(1153, 9), 1, 96)


def test_the_same_samples_give_the_same_bytes() -> None:
    for clip in (MONO[0], STEREO[0]):
        assert encode_take(clip, 90, 96) == encode_take(clip, 90, 96)


@pytest.mark.parametrize("frames", [2, 3, 4])
def test_a_take_of_very_few_frames_can_be_decoded(frames: int) -> None:
    clip = decode(encode_take(noise(800, 10), frames, 96), "here")
    assert len(clip.samples) > 0


# --- decode and resample ----------------------------------------------------------------------------


LOSSY = ("mp3", "m4a", "aac")
MIXES = {
    "mono": ("mono|c0=c0", [0.5]),
    "stereo": ("stereo|c0=c0|c1=0.5*c0", [0.5, 0.25]),
    "3.0": ("3.0|c0=c0|c1=c0|c2=0*c0", [1 / 3]),
}
"""How ffmpeg lays a tone of half the full scale on channels, and the peaks of those that are read."""


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3", "aiff", "m4a", "aac"])
@pytest.mark.parametrize("channels", ["mono", "stereo", "3.0"])
def test_every_usual_kind_of_sound_file_is_read(kind: str, channels: str, tmp_path: Path) -> None:
    """One and two channels as they are; of more, their mean."""
    mix, peaks = MIXES["stereo" if kind == "mp3" and channels == "3.0" else channels]  # MP3 has two at most
    path = tmp_path / f"sound.{kind}"
    given = as_wav(tone(44_100, level=0.5))
    options = ["-af", f"pan={mix}", "-b:a", "192k" if kind != "ogg" else "240k"]
    run("ffmpeg", "-v", "error", "-f", "wav", "-i", "-", *options, path, given=given)
    clip = decode(path.read_bytes(), str(path))
    blocks = list(decode_blocks(path, 300))
    assert clip.rate_hz == 44_100
    assert clip.channels == len(peaks)
    assert len(clip.samples) == pytest.approx(44_100, abs=2400 if kind in LOSSY else 0)
    middle = np.abs(clip.samples[10_000:30_000]).reshape(-1, len(peaks))
    assert middle.max(axis=0) == pytest.approx(peaks, rel=0.06)
    assert [len(block.samples) for block in blocks[:-1]] == [13_230] * (len(blocks) - 1)
    assert Clip.joined(blocks).samples == pytest.approx(clip.samples, abs=1e-6)


@pytest.mark.parametrize("rate_hz", [8000, 22_050, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_m4a_of_any_rate_is_read_as_ffmpeg_hears_it(rate_hz: int, channels: int, tmp_path: Path) -> None:
    path = tmp_path / "sting.m4a"
    given = as_wav(tone(rate_hz, 440, rate_hz=rate_hz).with_channels(channels))
    run("ffmpeg", "-v", "error", "-f", "wav", "-i", "-", "-b:a", "32k", path, given=given)
    clip = decode(path.read_bytes(), str(path))
    theirs = heard(path.read_bytes(), channels)
    assert (clip.rate_hz, clip.channels) == (rate_hz, channels)
    assert clip.samples == pytest.approx(theirs, abs=1e-3)


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
    assert heard(data, channels) == pytest.approx(back.samples, abs=1e-6)


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


def test_blocks_of_a_file_shorter_than_its_head_says_end_with_its_sound(tmp_path: Path, joined: Joined) -> None:
    """An episode cut short, and a stream without an Info frame, of which the length is a guess."""
    path = tmp_path / "short.mp3"
    head = split_frames(joined.file)[0].stop
    for data in (joined.file[: len(joined.file) // 2], joined.file[head:]):
        path.write_bytes(data)
        there = np.concatenate([block.samples for block in decode_blocks(path, 60_000)])
        assert np.array_equal(there, decode(data, "here").samples)
        assert np.abs(there).max() < 1.5


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
    assert clip.samples[middle] == pytest.approx(tone(SAMPLE_RATE_HZ, 1000).samples[middle], abs=0.002)


def test_each_channel_is_resampled_for_itself() -> None:
    left, right = noise(9000, 22), tone(9000, 700)
    both = resample(stereo(left, right), 48_000)
    assert np.array_equal(both.samples[:, 0], resample(left, 48_000).samples)
    assert np.array_equal(both.samples[:, 1], resample(right, 48_000).samples)


def test_resampling_to_the_same_rate_changes_nothing() -> None:
    clip = noise(100, 14)
    assert resample(clip, SAMPLE_RATE_HZ) is clip


def test_encoding_and_decoding_a_take_say_nothing_on_the_terminal() -> None:
    code = "from audiobuild.audio.codec import decode, encode_take; from audiobuild.audio.clip import Clip\n"
    code += "decode(encode_take(Clip.silence(5000, 44100), 6, 96), 'take')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
