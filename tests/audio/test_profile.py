"""A file heard in pieces is measured as if it were heard in one; what is told of a stretch is what is there."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audiobuild.audio import measurement
from audiobuild.audio.clip import Clip
from audiobuild.audio.level import true_peak_dbtp
from audiobuild.audio.loudness import SILENT_LUFS, block_loudness, integrated_loudness
from audiobuild.audio.measurement import profile_file
from audiobuild.audio.profile import DIGITAL_SILENCE_DB, Profile, Silence
from audiobuild.errors import SoundError
from audiobuild.model.values import SAMPLE_RATE_HZ
from tests.signals import as_wav, bursts, noise, stereo, tone
from tests.tools import run

PIECE_S = measurement._PIECE_S


def set_piece_s(monkeypatch: pytest.MonkeyPatch, piece_s: int) -> None:
    monkeypatch.setattr(measurement, "_PIECE_S", piece_s)
    monkeypatch.setattr(measurement, "_PIECE_SAMPLES", piece_s * 48_000)


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of six seconds in place of thirty: so a file of several needs not be long."""
    set_piece_s(monkeypatch, 6)


def profile_of(clip: Clip, folder: Path) -> Profile:
    path = folder / "sound.wav"
    path.write_bytes(as_wav(clip))
    return profile_file(path)


def by_ffmpeg(path: Path) -> tuple[float, float, float]:
    """Integrated loudness as dual mono, loudness range and true peak, by ffmpeg's ebur128."""
    filters = "ebur128=dualmono=true:peak=true:metadata=1,ametadata=print"
    _, said = run("ffmpeg", "-hide_banner", "-nostats", "-i", path, "-af", filters, "-f", "null", "-")
    loudness, span = (float(re.findall(rf"lavfi\.r128\.{name}=(-?[\d.]+)", said)[-1]) for name in ("I", "LRA"))
    peak = re.search(r"True peak:\s+Peak:\s+(-?[\d.]+) dBFS", said)
    assert peak
    return loudness, span, float(peak[1])


def silence(seconds: float) -> Clip:
    return Clip.silence(round(seconds * SAMPLE_RATE_HZ), SAMPLE_RATE_HZ)


def loud_then_soft(seconds: float) -> Clip:
    """Bursts that fade by 12 dB over their length."""
    clip = bursts(seconds, seed=70, level=0.6)
    return Clip(clip.samples * np.geomspace(1, 0.25, len(clip.samples), dtype=np.float32), clip.rate_hz)


# --- the whole --------------------------------------------------------------------------------------


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("seconds", [4, 5.9, 13])
def test_the_whole_is_what_ffmpeg_measures(seconds: float, channels: int, tmp_path: Path) -> None:
    """The longest is heard in three pieces."""
    clip = loud_then_soft(seconds)
    if channels == 2:
        clip = stereo(clip, Clip(bursts(seconds, seed=71, level=0.3).samples, clip.rate_hz))
    profile = profile_of(clip, tmp_path)
    loudness, span, peak = by_ffmpeg(tmp_path / "sound.wav")
    assert profile.loudness_lufs == pytest.approx(loudness, abs=0.1)
    assert profile.peak_dbtp == pytest.approx(peak, abs=0.1)
    assert profile.loudness_range_lu == pytest.approx(span, abs=0.5)
    assert (profile.rate_hz, profile.samples) == (SAMPLE_RATE_HZ, len(clip.samples))


@pytest.mark.parametrize("rate_hz", [11_025, 22_050, 44_100, 48_000])
def test_pieces_give_the_blocks_and_peaks_of_the_whole_at_every_rate(rate_hz: int, tmp_path: Path) -> None:
    samples = 13 * rate_hz + 123
    swell = (0.2 + 0.7 * np.sin(np.arange(samples) / rate_hz) ** 2).astype(np.float32)
    clip = Clip(tone(samples, 997, 1, rate_hz).samples * swell, rate_hz)
    exact = Clip.from_pcm16(clip.to_pcm16(), rate_hz)
    profile = profile_of(clip, tmp_path)
    whole = block_loudness(exact)
    assert len(profile.blocks_lufs) == len(whole)
    assert profile.blocks_lufs == pytest.approx(np.array(whole), abs=0.02)
    assert profile.loudness_lufs == pytest.approx(integrated_loudness(whole), abs=0.01)
    assert profile.peak_dbtp == pytest.approx(true_peak_dbtp(exact), abs=0.02)
    assert len(profile.power) == -(-samples * 50 // rate_hz)
    assert profile.rms_db == pytest.approx(20 * np.log10(np.sqrt(np.mean(exact.samples.astype(float) ** 2))), abs=0.01)


def test_it_does_not_matter_how_long_the_codec_makes_its_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = bursts(13, seed=72)
    whole = profile_of(clip, tmp_path)

    def uneven(path: Path, block_ms: int) -> Iterator[Clip]:
        exact = Clip.from_pcm16(clip.to_pcm16(), clip.rate_hz).samples
        for start in range(0, len(exact), 7001):
            yield Clip(exact[start : start + 7001], clip.rate_hz)

    monkeypatch.setattr(measurement, "decode_blocks", uneven)
    again = profile_file(tmp_path / "sound.wav")
    assert np.array_equal(again.blocks_lufs, whole.blocks_lufs)
    assert np.array_equal(again.peak, whole.peak)
    assert np.array_equal(again.power, whole.power)


def test_what_is_held_does_not_grow_with_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty minutes at 8 kHz are 38 MB of samples; a piece of them is 1."""
    set_piece_s(monkeypatch, PIECE_S)
    minute = noise(60 * 8000, 73).samples

    def long(path: Path, block_ms: int) -> Iterator[Clip]:
        return (Clip(minute.copy(), 8000) for _ in range(20))

    monkeypatch.setattr(measurement, "decode_blocks", long)
    tracemalloc.start()
    profile = profile_file(Path("long.wav"))
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert profile.duration_ms == 1_200_000
    assert most_bytes < 25_000_000


def test_a_file_of_more_than_a_day_is_refused_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measurement, "_MOST_S", 60)
    minute = Clip.silence(60 * 8000, 8000)
    monkeypatch.setattr(measurement, "decode_blocks", lambda path, block_ms: iter([minute, minute]))
    with pytest.raises(SoundError, match="longer than"):
        profile_file(Path("months.flac"))


def test_a_piece_of_many_samples_a_second_is_no_longer_than_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    set_piece_s(monkeypatch, PIECE_S)
    clip = Clip.silence(8 * 384_000, 384_000)
    assert max(len(piece.clip.samples) for piece in measurement._pieces([clip])) <= 30 * 48_000 + 2 * 384_000


def test_rms_and_peaks_of_a_full_sine(tmp_path: Path) -> None:
    profile = profile_of(tone(3 * SAMPLE_RATE_HZ, 997, 1), tmp_path)
    assert profile.rms_db == pytest.approx(-3.01, abs=0.01)
    assert profile.noise_floor_db == pytest.approx(-3.01, abs=0.05)
    assert profile.sample_peak_db == pytest.approx(0, abs=0.01)


def test_the_noise_floor_is_that_of_the_quietest_half_second(tmp_path: Path) -> None:
    hiss = noise(SAMPLE_RATE_HZ, 74, 0.003)
    short = noise(SAMPLE_RATE_HZ // 4, 75, 0.0001)
    loud = noise(8 * SAMPLE_RATE_HZ, 76, 0.1)
    profile = profile_of(Clip.joined([loud, hiss, loud, short, loud]), tmp_path)
    assert profile.noise_floor_db == pytest.approx(-50.5, abs=0.5)


@pytest.mark.parametrize("samples", [1, 100, 8000, 8 * SAMPLE_RATE_HZ])
def test_silence_of_any_length_is_silent(samples: int, tmp_path: Path) -> None:
    profile = profile_of(Clip.silence(samples, SAMPLE_RATE_HZ), tmp_path)
    assert profile.loudness_lufs == SILENT_LUFS
    assert {profile.peak_dbtp, profile.sample_peak_db, profile.rms_db, profile.noise_floor_db} == {DIGITAL_SILENCE_DB}
    assert profile.loudness_range_lu is None
    assert profile.sounding_ms == (0, 0)
    assert profile.silences(1) == ()


def test_a_file_shorter_than_three_seconds_has_no_range(tmp_path: Path) -> None:
    assert profile_of(bursts(2.9, seed=77), tmp_path).loudness_range_lu is None
    assert profile_of(bursts(3.1, seed=77), tmp_path).loudness_range_lu is not None


def test_a_file_without_sound_or_with_what_is_no_number_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    for samples, message in ((np.zeros(0), "empty"), (np.array([0.1, np.nan, 0.1]), "no numbers")):
        soundfile.write(path, samples, 44100, subtype="FLOAT")
        with pytest.raises(SoundError, match=message) as caught:
            profile_file(path)
        assert caught.value.where == str(path)
        assert caught.value.hint


def test_what_is_no_sound_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    path.write_bytes(b"no sound")
    for each in (path, tmp_path / "lost.wav"):
        with pytest.raises(SoundError):
            profile_file(each)


# --- stretches of it --------------------------------------------------------------------------------


def test_a_stretch_is_measured_as_if_it_were_cut_out(tmp_path: Path) -> None:
    loud, soft = bursts(7, seed=78, level=0.8), bursts(6, seed=79, level=0.05)
    profile = profile_of(Clip.joined([loud, soft]), tmp_path)
    for clip, start_ms, end_ms in ((loud, 0, 7000), (soft, 7000, 13_000)):
        level = profile.level(start_ms, end_ms)
        assert level.loudness_lufs == pytest.approx(integrated_loudness(block_loudness(clip)), abs=0.1)
        assert level.peak_dbtp == pytest.approx(true_peak_dbtp(clip), abs=0.05)


def test_a_stretch_too_short_for_a_block_or_beyond_the_end_has_no_loudness(tmp_path: Path) -> None:
    profile = profile_of(bursts(5, seed=80), tmp_path)
    for start_ms, end_ms in ((1000, 1399), (1000, 1000), (2000, 1000), (9000, 12_000)):
        assert profile.level(start_ms, end_ms).loudness_lufs is None
    assert profile.level(1000, 1400).loudness_lufs is not None


@pytest.mark.parametrize("lead", [0.0, 3.0])
def test_silences_are_found_where_they_are_but_not_before_and_after_the_sound(lead: float, tmp_path: Path) -> None:
    sound, gaps = tone(6 * SAMPLE_RATE_HZ), (2.4, 2.6, 4.0)
    parts = [silence(lead), sound, silence(gaps[0]), sound, silence(gaps[1]), sound, silence(gaps[2]), sound]
    profile = profile_of(Clip.joined([*parts, silence(lead + 1)]), tmp_path)
    first, second = (round(1000 * start) for start in (lead + 14.4, lead + 23))
    assert profile.silences(2500) == (Silence(first, first + 2600), Silence(second, second + 4000))
    assert [gap.end_ms - gap.start_ms for gap in profile.silences(1000)] == [2400, 2600, 4000]
    assert profile.sounding_ms == (1000 * lead, second + 4000 + 6000)


def test_a_short_file_tells_its_silences_too(tmp_path: Path) -> None:
    profile = profile_of(Clip.joined([tone(4410), silence(3), tone(4410), silence(3)]), tmp_path)
    assert profile.silences(2500) == (Silence(100, 3100),)


def test_hiss_is_silence_where_acx_takes_it_and_sound_above(tmp_path: Path) -> None:
    sound = tone(SAMPLE_RATE_HZ)
    for level, found in ((0.0005, 1), (0.002, 0)):
        clip = Clip.joined([sound, noise(3 * SAMPLE_RATE_HZ, 81, level), sound])
        assert len(profile_of(clip, tmp_path).silences(2500)) == found


# --- columns ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0.01, 1, 8])
@pytest.mark.parametrize("count", [1, 7, 3000])
def test_columns_hold_what_the_whole_holds(seconds: float, count: int, tmp_path: Path) -> None:
    profile = profile_of(noise(round(seconds * SAMPLE_RATE_HZ), 82), tmp_path)
    columns = profile.columns(count)
    assert len(columns) == count
    assert max(column.peak_dbtp for column in columns) == profile.peak_dbtp
    assert min(column.low for column in columns) == pytest.approx(float(profile.low.min()))
    assert max(column.high for column in columns) == pytest.approx(float(profile.high.max()))
    for column in columns:
        assert column.low <= column.high
        assert column.rms <= max(-column.low, column.high) + 1e-6
        assert column.quietest_lufs - 1e-6 <= column.loudness_lufs <= column.loudest_lufs + 1e-6


def test_a_column_shows_its_own_stretch(tmp_path: Path) -> None:
    """Of forty seconds the last ten are loud, and a click stands at second 5.5."""
    clip = Clip.joined([noise(30 * SAMPLE_RATE_HZ, 83, 0.01), noise(10 * SAMPLE_RATE_HZ, 84, 0.1)])
    clip.samples[round(5.5 * SAMPLE_RATE_HZ)] = 0.9
    columns = profile_of(clip, tmp_path).columns(40)
    assert [number for number, column in enumerate(columns[:30]) if column.high > 0.8] == [5]
    assert [column.rms > 0.05 for column in columns] == [False] * 30 + [True] * 10
    assert columns[15].loudness_lufs == pytest.approx(columns[35].loudness_lufs - 20, abs=0.5)


def test_two_channels_share_one_wave(tmp_path: Path) -> None:
    left, right = tone(SAMPLE_RATE_HZ, level=0.8), silence(1)
    profile = profile_of(stereo(left, right), tmp_path)
    (column,) = profile.columns(1)
    assert (column.low, column.high) == pytest.approx((-0.8, 0.8), abs=0.01)
    assert column.rms == pytest.approx(0.8 / 2, abs=0.01)
