"""Programs as engines: what they are told, what is made of what they write, and what happens when they fail."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobuild.engines.command import Command
from audiobuild.engines.external import command_run
from audiobuild.engines.registry import open_engine
from audiobuild.errors import ConfigError, EngineError
from audiobuild.model.values import Voice
from tests.building import run_here, spoken_by, write_edition
from tests.programs import MS_A_CHAR, RATE_HZ, SPEAKER, write_program

SAID = "He came first. She came last."
Program = Callable[..., Command]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Make an engine of a program's Python and its arguments."""

    def make(body: str, *arguments: str, voice: str = "", rate: float = 1.0, **settings: object) -> Command:
        command = write_program(tmp_path, body) + arguments
        pairs = (("command", command), *settings.items())
        engine = open_engine(Voice("command", voice, rate, settings=pairs), "en-GB")
        assert isinstance(engine, Command)
        return engine

    return make


def with_command(*command: object, **settings: object) -> Command:
    return Command(Voice("command", settings=(("command", command), *settings.items())), "en-GB")


def fails(engine: Command, text: str = SAID) -> EngineError:
    with pytest.raises(EngineError) as caught:
        engine.synthesise(text)
    assert str(caught.value).startswith("command: ")
    assert "\n" not in str(caught.value)
    return caught.value


def arguments_of(engine: Command, text: str, told: Path) -> list[str]:
    """What a program that writes its arguments to a file was told."""
    engine.synthesise(text)
    arguments = json.loads(told.read_text(encoding="utf-8"))
    assert isinstance(arguments, list)
    return arguments


def noting(wav: str) -> str:
    """A program that notes its arguments in the file that the first of them names, and writes a sound."""
    return (
        f"import json\nwith open(sys.argv[1], 'w') as file: json.dump(sys.argv[2:], file)\nput({wav}, tone('words'))\n"
    )


# --- what goes in and comes out -------------------------------------------------------------------


def test_a_text_file_becomes_a_clip_of_exact_length() -> None:
    clip = with_command(*SPEAKER, voices=("low", "high")).synthesise(SAID).clip
    assert clip.rate_hz == RATE_HZ
    assert len(clip.samples) == len(SAID) * RATE_HZ * MS_A_CHAR // 1000


def test_without_placeholders_text_comes_on_standard_input_and_sound_on_standard_output(program: Program) -> None:
    engine = program("sys.stdout.buffer.write(tone(sys.stdin.buffer.read().decode().removesuffix('\\n')))")
    text = "Łódź’s naïve café."
    assert len(engine.synthesise(text).clip.samples) == len(text) * RATE_HZ * MS_A_CHAR // 1000


@pytest.mark.parametrize("size", [b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f"])
def test_a_wav_file_whose_length_was_not_known_is_read_to_its_end(program: Program, size: bytes) -> None:
    body = f"s, n = tone(sys.argv[1]), {size!r}; sys.stdout.buffer.write(s[:4] + n + s[8:40] + n + s[44:])"
    clip = program(body, "{text}").synthesise(SAID).clip
    assert len(clip.samples) == len(SAID) * RATE_HZ * MS_A_CHAR // 1000


def test_two_channels_become_one(program: Program) -> None:
    body = "s = bytearray(tone(sys.argv[1])); s[22] = 2; s[32] = 4; put(sys.argv[2], s)"
    clip = program(body, "{text}", "{wav}").synthesise(SAID).clip
    assert clip.samples.ndim == 1


@pytest.mark.parametrize("ending", ["aiff", "flac", "m4a", "mp3", "ogg"])
def test_a_file_of_another_kind_has_its_ending(program: Program, ending: str) -> None:
    body = "assert sys.argv[2].endswith(sys.argv[3]); put(sys.argv[2], tone(sys.argv[1]))"
    assert program(body, "{text}", f"{{{ending}}}", f".{ending}").synthesise(SAID).clip.duration_ms > 1000


@pytest.mark.parametrize(
    "text",
    [
        "It’s “so” 'so' \"so\" `so`.",
        "One\ntwo\r\nthree\tfour.",
        "$(touch x) ; touch x | touch x & touch x > x",
        "{voice} {{rate}} %s \\n {0}",
        "Łódź, 東京, 👍 and so on.",
        "* ? [a] ~ !! #",
    ],
)
def test_the_text_is_one_argument_as_it_is_and_no_shell_sees_it(program: Program, tmp_path: Path, text: str) -> None:
    told = tmp_path / "told.json"
    engine = program(noting("sys.argv[3]"), str(told), "--text={text}", "{wav}", "{text}")
    said, wav, alone = arguments_of(engine, text, told)
    assert (said, alone) == (f"--text={text}", text)
    assert not Path(wav).exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["program.py", "told.json"]


def test_a_text_that_starts_with_a_dash_is_not_taken_for_an_option(program: Program, tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    engine = program(noting("sys.argv[4]"), str(told), "{text}", "--text={text}", "{wav}")
    assert arguments_of(engine, "--help me", told)[:2] == [" --help me", "--text=--help me"]


def test_the_text_file_holds_the_text_and_a_new_line(program: Program) -> None:
    body = "put(sys.argv[2], tone('words' if read(sys.argv[1]) == '–Łódź,\\n👍 \\n' else ''))"
    assert program(body, "{text_file}", "{wav}").synthesise("–Łódź,\n👍 ").clip.duration_ms == 5 * MS_A_CHAR


def test_braces_are_left_alone_unless_they_hold_a_name(program: Program, tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    arguments = ('{"a": "{voice}"}', "{{voice}}", "{}", "{ wav }")
    engine = program(noting("sys.argv[6]"), str(told), *arguments, "{wav}", "{text}", voice="v")
    assert arguments_of(engine, SAID, told)[:4] == ['{"a": "v"}', "{voice}", "{}", "{ wav }"]


@pytest.mark.parametrize(
    ("rate", "normal_rate", "asked"),
    [(1.0, 1.0, ["1", "1"]), (1.5, 1.0, ["1.5", "0.6667"]), (0.9, 175.0, ["158", "1.111"]), (2.0, 1.0, ["2", "0.5"])],
)
def test_the_rate_is_told_in_the_unit_of_the_program(
    program: Program, tmp_path: Path, rate: float, normal_rate: float, asked: list[str]
) -> None:
    told = tmp_path / "told.json"
    arguments = (str(told), "{rate}", "{stretch}", "{locale}", "{wav}", "{text}")
    engine = program(noting("sys.argv[5]"), *arguments, rate=rate, normal_rate=normal_rate)
    assert arguments_of(engine, SAID, told)[:3] == [*asked, "en-GB"]


def test_it_runs_in_a_folder_of_its_own_with_our_environment(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUR_VARIABLE", "words")
    body = "put('speech.wav', tone(os.environ['OUR_VARIABLE']))\nassert os.path.samefile('speech.wav', sys.argv[1])"
    assert program(body, "{wav}").synthesise(SAID).clip.duration_ms == 5 * MS_A_CHAR


def test_a_program_is_found_by_its_name_and_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "speak"
    words = write_program(tmp_path, "sys.stdout.buffer.write(tone('words'))")
    script.write_text(f"#!/bin/sh\nexec '{words[0]}' -I -S '{words[-1]}'\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    for word in ("speak", "./speak", str(script)):
        assert with_command(word).synthesise(SAID).clip.duration_ms == 5 * MS_A_CHAR


def test_an_edition_is_spoken_by_the_program_that_show_toml_names(tmp_path: Path) -> None:
    table = f'[engines.command]\ncommand = {json.dumps(SPEAKER)}\nvoices = ["low"]\n'
    edition = write_edition(tmp_path / "issue", show=spoken_by("command") + table)
    done = run_here(["build", edition, "--quiet"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list(tmp_path.rglob("*.mp3"))) == 1


def test_a_build_says_in_two_lines_how_the_program_failed(tmp_path: Path) -> None:
    command = write_program(tmp_path, "sys.exit('no voice\\n  called so')")
    table = f"[engines.command]\ncommand = {json.dumps(command)}\n"
    edition = write_edition(tmp_path / "issue", show=spoken_by("command") + table)
    done = run_here(["build", edition, "--quiet"], tmp_path)
    assert done.returncode == 1
    assert "exit code 1: called so" in done.stderr
    assert len(done.stderr.splitlines()) == 2


# --- how it fails ---------------------------------------------------------------------------------


def test_an_exit_code_is_an_error_with_the_last_thing_said(program: Program) -> None:
    body = r"sys.stderr.write('Loading\n\x1b[31mno voice\x07 \x1b]0;title\x07called so\x1b[0m\n\n'); sys.exit(3)"
    error = fails(program(body, "{wav}"))
    assert error.message.endswith("ended with exit code 3: no voice called so")
    assert "terminal" in error.hint


def test_an_endless_complaint_is_cut(program: Program) -> None:
    error = fails(program("sys.stderr.write('word ' * 100_000); sys.exit(1)", "{wav}"))
    assert error.message.endswith("word word…")
    assert len(error.message) < 260


def test_a_program_that_is_killed_says_by_what(program: Program) -> None:
    assert "was ended by SIGKILL" in fails(program("os.kill(os.getpid(), 9)", "{wav}")).message


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("pass", "wrote no sound"),
        ("put(sys.argv[1], b'')", "wrote no sound"),
        ("os.mkdir(sys.argv[1])", "wrote no sound"),
        ("put(sys.argv[1], b'Hello')", "wrote no sound that can be read"),
        ("put(sys.argv[1], tone('words')[:40])", "wrote no sound that can be read"),
        ("put(sys.argv[1], tone(''))", "wrote no sound that can be read"),
        ("s = tone('words'); put(sys.argv[1], s[:44] + bytes(len(s) - 44))", "wrote silence"),
    ],
)
def test_a_file_without_sound_is_an_error(program: Program, body: str, message: str) -> None:
    assert fails(program(body, "{wav}")).message.endswith(message)


def test_a_program_that_writes_nothing_to_standard_output_is_asked_for_its_file(program: Program) -> None:
    assert "{wav}" in fails(program("pass", "{text}")).hint


def test_a_program_that_takes_too_long_is_ended_with_all_that_it_started(program: Program, tmp_path: Path) -> None:
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    body = """
import subprocess
alive = os.open(sys.argv[1], os.O_WRONLY)
subprocess.Popen([sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)"], pass_fds=[alive])
time.sleep(60)
"""
    engine = program(body, str(pipe), "{wav}", time_limit_s=0.3)
    alive = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(alive, True)
    error = fails(engine)
    assert "longer than 0.3 seconds" in error.message
    assert "time_limit_s" in error.hint
    assert os.read(alive, 1) == b""  # which comes when nobody holds the other end any more
    os.close(alive)


def test_a_program_that_writes_without_end_is_ended(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_run, "_LOOK_S", 0.02)
    body = "file = open(sys.argv[1], 'wb'); file.truncate(500_000_000); time.sleep(600)"
    assert "wrote more than 100 MB" in fails(program(body, "{wav}")).message


def test_a_file_that_is_too_large_is_not_read(program: Program) -> None:
    assert "wrote more than 100 MB" in fails(program("open(sys.argv[1], 'wb').truncate(500_000_000)", "{wav}")).message


def test_a_program_that_is_not_there_is_named_when_its_fingerprint_is_asked_for() -> None:
    engine = with_command("no-such-program", "{wav}")
    with pytest.raises(EngineError, match="command: there is no program 'no-such-program'"):
        _ = engine.fingerprint
    assert "Install it" in fails(engine).hint


def test_a_program_that_cannot_be_run_says_why(tmp_path: Path) -> None:
    script = tmp_path / "speak"
    script.write_text("#!/no/such/interpreter\n")
    script.chmod(0o755)
    assert "speak cannot be run (No such file or directory)" in fails(with_command(str(script))).message


def test_a_text_too_long_for_an_argument_is_an_error(program: Program) -> None:
    engine = program("pass", "{text}", "{wav}", max_chars=10_000_000)
    assert "cannot be run" in fails(engine, "word " * 1_000_000).message


# --- its settings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("flite -o {wav}", "must be a list of words"),
        ((), "names no program"),
        (("",), "names no program"),
        (("{voice}", "{wav}"), "begins with a placeholder"),
        (("flite", "{wave}"), r"no placeholder \{wave\}"),
        (("flite", "{wav}", "{mp3}"), "more than one file"),
        (("flite", 3), "must be text"),
    ],
)
def test_a_command_that_cannot_be_is_an_error_with_an_example(command: object, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        Command(Voice("command", settings=(("command", command),)), "en-GB")
    assert caught.value.where == "show.toml"
    assert 'command = ["flite"' in caught.value.hint or message == "must be text"


def test_an_unknown_placeholder_names_the_nearest() -> None:
    with pytest.raises(ConfigError) as caught:
        with_command("flite", "{wave}")
    assert caught.value.hint.startswith("Did you mean {wav}?")
    with pytest.raises(ConfigError) as caught:
        with_command("flite", "{zzz}")
    assert caught.value.hint.startswith("There are {text_file}, {text}, {wav}")


def test_no_command_at_all_is_an_error_with_an_example() -> None:
    with pytest.raises(ConfigError, match="names no program") as caught:
        Command(Voice("command"), "en-GB")
    assert 'command = ["flite"' in caught.value.hint


@pytest.mark.parametrize("key", ["max_chars", "time_limit_s", "normal_rate"])
def test_a_limit_of_nothing_is_refused(key: str) -> None:
    with pytest.raises(ConfigError, match=rf"engines\.command\.{key} must be more than 0"):
        with_command("flite", **{key: 0})


def test_the_settings_say_what_it_can_do() -> None:
    engine = with_command("flite", max_chars=300, repeatable=False)
    assert (engine.abilities.max_chars, engine.abilities.repeatable) == (300, False)
    assert (engine.abilities.rates, with_command("flite", "{rate}").abilities.rates) == ((1.0, 1.0), (0.5, 2.0))
    assert Command.abilities.repeatable


def test_the_fingerprint_tells_all_that_decides_the_sound_and_shows_no_path() -> None:
    python = sys.executable
    plain = with_command(python, "{wav}").fingerprint
    assert plain.split()[:2] == ["command", "1"]
    assert "/" not in plain
    others = {
        with_command(python, "-q", "{wav}").fingerprint,
        with_command(python, "{flac}").fingerprint,
        with_command(python, "{wav}", version="2").fingerprint,
        with_command(python, "{wav}", "{rate}").fingerprint,
        with_command(python, "{wav}", "{rate}", normal_rate=175).fingerprint,
        with_command(python, "{wav}", "{voice}", voices=("a", "b")).fingerprint,
        with_command(python, "{wav}", "{voice}", voices=("b", "a")).fingerprint,
        plain,
    }
    assert len(others) == 8
    assert with_command(python, "{wav}", time_limit_s=3, repeatable=False, credit="Me").fingerprint == plain


def test_a_voice_needs_its_place_in_the_command() -> None:
    with pytest.raises(EngineError, match="there is no voice 'slt'") as caught:
        Command(Voice("command", "slt", settings=(("command", ("flite",)),)), "en-GB")
    assert "{voice}" in caught.value.hint
    with pytest.raises(ConfigError, match="voices are told to no program"):
        with_command("flite", voices=("slt",))
    with pytest.raises(ConfigError, match=r"has \{voice\}, but there is none"):
        with_command("flite", "{voice}")
    assert with_command("flite", "{voice}", voices=("slt", "rms")).info.name == "slt"


def test_what_the_user_says_of_the_voice_is_told() -> None:
    info = with_command("/opt/bin/flite", licence="BSD-4-Clause", credit="Carnegie Mellon University").info
    assert (info.language, info.description) == ("en-GB", "as flite speaks")
    assert (info.licence, info.credit, info.warning) == ("BSD-4-Clause", "Carnegie Mellon University", "")


@pytest.mark.parametrize("program", ["say", "/usr/bin/say"])
def test_the_voices_of_macos_carry_a_warning(program: str) -> None:
    assert "personal use only" in with_command(program, "-o", "{aiff}", "{text}").info.warning


def test_no_voice_leads_to_it_by_its_name_alone() -> None:
    assert not Command.has_voice("slt")
    assert not any(Command.has_voice(info.name) for info in Command.voices())
