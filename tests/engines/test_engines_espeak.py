"""espeak-ng: repeatable to the byte, true about its words, and deaf to commands hidden in the text."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import espeakng_loader
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobuild.engines import find_words, spread_words
from audiobuild.engines.espeak import Espeak
from audiobuild.engines.external.espeak_library import speak
from audiobuild.errors import EngineError
from audiobuild.model.values import Voice

TEXT = "Sixty-six thistles hiss, said Mister Smith; was the café’s end in sight? It was."


def say(text: str, name: str = "en-gb", rate: float = 1.0) -> bytes:
    return Espeak(Voice("espeak", name, rate), "en-GB").synthesise(text).clip.to_pcm16()


def word_starts(text: str) -> dict[str, int]:
    """Start of each word in milliseconds; of words that are there twice, the last."""
    words = Espeak(Voice("espeak"), "en-GB").synthesise(text).words
    return {text[word.offset : word.offset + word.length]: word.start_ms for word in words}


# --- the same bytes ---------------------------------------------------------------------------------

IN_ANOTHER_PROCESS = """
import hashlib, multiprocessing, sys
from audiobuild.engines.espeak import Espeak
from audiobuild.model.values import Voice

def digest(text):
    pcm = Espeak(Voice("espeak", "en-gb+whisper"), "en-GB").synthesise(text).clip.to_pcm16()
    return hashlib.sha256(pcm).hexdigest()

if __name__ == "__main__":
    text = sys.argv[2]
    mine = digest(text)
    digest("Something else in between.")
    with multiprocessing.get_context(sys.argv[1]).Pool(2) as pool:
        theirs = pool.map(digest, ["First another.", text, text, "And another.", text])
    print(*{mine, digest(text), theirs[1], theirs[2], theirs[4]})
"""


def test_every_process_however_and_whenever_started_gives_the_same_bytes(tmp_path: Path) -> None:
    """The runs take more than a second together: a seed from the clock would show."""
    program = tmp_path / "program.py"
    program.write_text(IN_ANOTHER_PROCESS)
    command = [sys.executable, "-W", "ignore::DeprecationWarning", str(program)]
    digests = {
        digest
        for method in [*multiprocessing.get_all_start_methods(), "spawn"]
        for digest in subprocess.check_output([*command, method, TEXT], text=True).split()
    }
    assert len(digests) == 1


@pytest.mark.parametrize("name", ["en-gb", "en-us", "en-gb-x-rp", "fr-fr", "en-gb+f3", "en-gb+whisper", "en-gb+klatt6"])
def test_a_voice_gives_the_same_bytes_whatever_was_said_before(name: str) -> None:
    first = say(TEXT, name)
    say("Something else, and in another voice.", "en-us+f3", 1.3)
    assert say(TEXT, name) == first


def test_threads_that_speak_at_once_do_not_disturb_each_other() -> None:
    texts = [f"{TEXT} And {'again ' * n}." for n in range(8)]
    alone = [say(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(say, texts)) == alone


def test_a_call_leaves_no_library_and_no_thread_behind() -> None:
    before = threading.active_count()
    say(TEXT)
    assert threading.active_count() == before
    maps = Path("/proc/self/maps")
    if maps.exists():
        assert "libespeak" not in maps.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself Ctrl-C there")
def test_ctrl_c_in_the_middle_of_a_call_ends_it_and_the_next_call_works(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = say(TEXT)
    read = ctypes.string_at

    def interrupted(place: int, size: int = -1) -> bytes:
        os.kill(os.getpid(), signal.SIGINT)
        monkeypatch.setattr(ctypes, "string_at", read)
        return read(place, size)

    monkeypatch.setattr(ctypes, "string_at", interrupted)
    with pytest.raises(KeyboardInterrupt):
        say(TEXT)
    assert say(TEXT) == expected


# --- words ------------------------------------------------------------------------------------------


def test_offsets_count_characters_of_the_given_text_not_bytes() -> None:
    text = "Łódź’s naïve café:\n\n“Ångström”,\tsaid Núñez. Garçon!"
    words = Espeak(Voice("espeak"), "en-GB").synthesise(text).words
    spoken = ["Łódź’s", "naïve", "café", "Ångström", "said", "Núñez", "Garçon"]
    assert [text[word.offset : word.offset + word.length] for word in words] == spoken


def test_a_word_starts_where_it_is_heard() -> None:
    """Each start is checked against the length of what stands before it, spoken alone."""
    before = "Thousands of people came."
    alone = len(say(before)) / 2 / 22.05
    start = word_starts(f"{before} Yesterday they left.")["Yesterday"]
    assert alone - 50 < start < alone + 600  # the pause between the sentences


def test_words_that_espeak_runs_together_still_rise_between_their_neighbours() -> None:
    starts = word_starts("I am at home in the evening.")
    assert list(starts.values()) == sorted(set(starts.values()))
    assert len(starts) == 7


def test_the_last_of_many_words_still_has_its_own_mark() -> None:
    """No mark is lost, and places do not drift, over a long text of plain words."""
    text = "Markets surprised everybody. Nobody expected argument, naturally; people remained puzzled! " * 20
    marks = speak(text, "gmw/en", 160).marks
    assert [place for place, _ in marks] == [offset for offset, _ in find_words(text)]


PLAIN_WORDS = ["market", "people", "naïve", "Łódź", "twenty", "don’t", "St", "first", "river", "O’Brien", "yellow"]
GAPS = [" ", " ", " ", ", ", "; ", ". ", "! ", "? ", ": ", "... ", "… ", " — ", "\n", "  ", " (", ") ", "\u00a0"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLAIN_WORDS), st.sampled_from(GAPS)), min_size=1, max_size=30))
def test_each_mark_finds_its_own_word_whatever_stands_between(parts: list[tuple[str, str]]) -> None:
    """These words are never run together, so that the nth mark belongs to the nth word."""
    text = "".join(word + gap for word, gap in parts)
    said = speak(text, "gmw/en", 160)
    words = spread_words(text, said.marks, 1e9)
    assert [word.start_ms for word in words] == [time_ms for _, time_ms in said.marks]


# --- plain text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        'Less <break time="9s"/> is more.',
        "Brackets [[h@'loU]] here.",
        "One\x00two.",
        "A \x0150S command.",
        "A \x01V voice.",
        "Before \x02 after.",
        "A lone \ud800 surrogate.",
    ],
)
def test_text_is_plain_text_and_is_read_to_its_end(text: str) -> None:
    clip = Espeak(Voice("espeak"), "en-GB").synthesise(text)
    last = speak(text, "gmw/en", 160).marks[-1][0]
    assert last >= find_words(text)[-1][0] - 1
    assert 500 < clip.clip.duration_ms < 5000


def test_a_control_character_is_heard_as_a_space() -> None:
    assert say("One\x01two\x00three.") == say("One two three.")


def test_a_curly_apostrophe_is_heard_as_a_straight_one() -> None:
    assert say("Syria’s people don’t know.") == say("Syria's people don't know.")


# --- voices and speed ---------------------------------------------------------------------------------


def test_a_voice_is_really_the_one_that_was_asked_for() -> None:
    names = ["en-gb", "en-us", "en-gb-scotland", "en-gb-x-rp", "fr-fr", "en-gb+f3"]
    assert len({say(TEXT, name) for name in names}) == len(names)


def test_names_of_voices_may_be_in_any_case_and_general_tags_find_a_voice() -> None:
    assert say(TEXT, "EN-GB-Scotland") == say(TEXT, "en-gb-scotland")
    assert say(TEXT, "en") == say(TEXT, "en-gb")


def test_an_unknown_variant_names_the_nearest() -> None:
    with pytest.raises(EngineError, match=r"no voice 'en-gb\+whispr'") as caught:
        say(TEXT, "en-gb+whispr")
    assert "Did you mean en-gb+whisper?" in caught.value.hint


@pytest.mark.parametrize(("locale", "name"), [("en-GB", "en-gb"), ("en-US", "en-us"), ("en-NZ", "en"), ("fr-CA", "fr")])
def test_the_default_voice_is_the_nearest_to_the_locale(locale: str, name: str) -> None:
    default, named = Espeak(Voice("espeak"), locale), Espeak(Voice("espeak", name), "en-GB")
    assert default.fingerprint == named.fingerprint


def test_a_locale_without_a_voice_is_an_error() -> None:
    with pytest.raises(EngineError, match="'qq-QQ'"):
        _ = Espeak(Voice("espeak"), "qq-QQ").fingerprint


def test_english_voices_are_listed_first_by_standard_tags() -> None:
    infos = Espeak.voices()
    english = [info.language.startswith("en") for info in infos]
    assert english == sorted(english, reverse=True)
    assert {"en-GB", "en-US", "en-GB-scotland", "en-GB-x-rp"} <= {info.language for info in infos}


def test_prose_at_rate_one_is_read_at_a_comfortable_speed() -> None:
    prose = (
        "Few ministers believe the forecast. Growth has been poor for three years in a row, and investment in new "
        "machines is below its last peak. Yet the government, which promised a revival of industry, insists that "
        "exporters will recover once the harbour opens; its critics suspect that voters will not wait so long."
    )
    assert len(prose) / len(prose.split()) == pytest.approx(6.0, abs=0.2)
    minutes = Espeak(Voice("espeak"), "en-GB").synthesise(prose).clip.duration_ms / 60_000
    assert 150 < len(prose.split()) / minutes < 170


def test_a_higher_rate_is_faster() -> None:
    assert len(say(TEXT, rate=0.8)) > len(say(TEXT)) > len(say(TEXT, rate=1.3))


# --- where the data are -------------------------------------------------------------------------------


def test_data_in_a_deep_folder_are_reached_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = say(TEXT)
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    deep.mkdir(parents=True)
    (deep / "espeak-ng-data").symlink_to(espeakng_loader.get_data_path(), target_is_directory=True)
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(deep / "espeak-ng-data"))
    monkeypatch.setenv("HOME", str(deep))
    with tempfile.TemporaryDirectory() as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        assert say(TEXT) == expected
        assert list(Path(short).iterdir()) == []
    monkeypatch.setattr(tempfile, "tempdir", str(deep))  # too deep itself
    assert say(TEXT) == expected


@pytest.mark.parametrize("content", [[], ["phontab"]])
def test_data_that_are_not_there_are_an_error_and_not_the_end_of_the_process(
    content: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in content:
        (tmp_path / name).write_bytes(b"")
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(tmp_path))
    with pytest.raises(EngineError, match="cannot read its data"):
        speak(TEXT, "gmw/en", 160)


def test_a_library_that_is_not_there_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: str(tmp_path / "none.so"))
    with pytest.raises(EngineError, match="cannot be loaded"):
        speak(TEXT, "gmw/en", 160)
