"""hibari speaks as its text asks: pace, pauses, memory, samples that depend on nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from audiobuild.build import Options, build
from audiobuild.cli.terminal import Terminal
from audiobuild.engines import Speech
from audiobuild.engines.hibari import Hibari
from audiobuild.engines.neural.joining import SENTENCE_MS
from audiobuild.errors import EngineError
from audiobuild.model.values import Voice
from tests.building import environment, spoken_by, tree, write_edition

TEXT = "The boats came back at noon. Nobody had waited for them, and nobody asked."


def say(text: str, locale: str = "en-GB", **settings: float) -> Speech:
    return Hibari(Voice("hibari", **settings), locale).synthesise(text)  # type: ignore[arg-type]  # rates alone


def longest_quiet_ms(speech: Speech) -> float:
    quiet = np.abs(speech.clip.samples) < 10 ** (-60 / 20)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]])))
    return float(max(edges[1::2] - edges[::2])) * 1000 / speech.clip.rate_hz


def test_between_sentences_there_is_one_pause_and_none_of_the_silence_that_they_came_with() -> None:
    assert SENTENCE_MS <= longest_quiet_ms(say(TEXT)) <= SENTENCE_MS + 150


@pytest.mark.parametrize("rate", [0.5, 2.0])
def test_a_rate_changes_the_length(rate: float) -> None:
    length = say(TEXT, rate=rate).clip.duration_ms
    assert length == pytest.approx(say(TEXT).clip.duration_ms / rate, rel=0.25)


def test_a_word_of_britain_is_said_in_its_way_in_a_british_show_alone() -> None:
    text = "The schedule changed."
    assert say(text).clip.to_pcm16() != say(text, "en-US").clip.to_pcm16()
    assert say("The boat sank.").clip.to_pcm16() == say("The boat sank.", "en-US").clip.to_pcm16()


def test_a_show_in_another_language_is_told_who_speaks_it() -> None:
    with pytest.raises(EngineError, match="English") as caught:
        say(TEXT, "de-DE")
    assert "espeak" in caught.value.hint


def test_a_voice_that_was_not_fetched_is_an_error_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(EngineError, match="not here yet") as caught:
        _ = Hibari(Voice("hibari", "emma"), "en-GB").fingerprint
    assert "audiobuild voices get emma" in caught.value.hint


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process is read as Linux has it")
def test_a_sentence_without_end_takes_no_more_memory_than_any_other() -> None:
    """By the kernel's account, in a process of its own: under 300 MB; all in one go would take 560."""
    program = (
        "from pathlib import Path;"
        "from audiobuild.engines.hibari import Hibari; from audiobuild.model.values import Voice;"
        "Hibari(Voice('hibari'), 'en-GB').synthesise('the boats came back at noon ' * 60);"
        "print(Path('/proc/self/status').read_text(encoding='utf-8').partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 300_000


def test_an_edition_is_the_same_in_any_folder_with_any_number_of_workers(tmp_path: Path) -> None:
    """Both are built with a store of their own, so that the order in which texts are spoken differs, too."""
    built = []
    for name, workers in (("first", 1), ("second", 2)):
        source = write_edition(tmp_path / name / "issue", show=spoken_by("hibari"))
        output, store = tmp_path / name / "output", tmp_path / name / "store"
        build(Options(sources=(source,), output=output, store=store, workers=workers), Terminal(quiet=True))
        built.append(tree(output))
    assert built[0] == built[1]


def test_nobody_is_told_that_it_speaks(tmp_path: Path) -> None:
    """The library that runs its network keeps a number for the machine, and sends it, unless it is told not to."""
    speak = (
        "from audiobuild.engines.registry import open_engine\nfrom audiobuild.model.values import Voice\n"
        "open_engine(Voice('hibari'), 'en-GB').synthesise('The ferry left.')"
    )
    kept = {name: value for name, value in environment(tmp_path).items() if name not in ("CI", "ORT_DISABLE_TELEMETRY")}
    subprocess.run([sys.executable, "-c", speak], env=kept, cwd=tmp_path, check=True)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
