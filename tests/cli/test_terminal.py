"""What is printed gives no orders to the terminal, and programs read exactly what was meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audiobuild.cli.terminal import escape_unprintable, print_json, print_line
from tests.building import run_here

ORDERS = "a\x1b[31m b\x9b2J c\x07 d\r e\n f\x7f g\u202e h\u2067 i\u2028 j\x85 k\udcff"


def test_orders_to_a_terminal_are_shown_as_escapes() -> None:
    shown = r"a\x1b[31m b\x9b2J c\x07 d\r e\n f\x7f g\u202e h\u2067 i\u2028 j\x85 k\udcff"
    assert escape_unprintable(ORDERS) == shown


@pytest.mark.parametrize("text", ["a\tb", "Łódź 港", "العربية", "\U0001f469\u200d\U0001f680 é e\u0301", r"C:\boot"])
def test_words_of_any_script_are_printed_as_they_are(text: str) -> None:
    assert escape_unprintable(text) == text


@pytest.mark.parametrize("is_error", [False, True])
def test_line_is_one_line_where_it_belongs(is_error: bool, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    print_line(ORDERS, is_error=is_error)
    out, err = capsysbinary.readouterr()
    assert (err if is_error else out) == f"{escape_unprintable(ORDERS)}\n".encode()
    assert (out if is_error else err) == b""


def test_json_is_exact_and_gives_no_orders_either(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    value = {"title": ORDERS, "more": ["é", 7, None]}
    print_json(value)
    text = capsysbinary.readouterr().out.decode()
    assert json.loads(text) == value
    assert text.count("\n") == 8
    assert escape_unprintable(text.replace("\n", "")) == text.replace("\n", "")
    assert "é" in text


def test_path_in_an_error_gives_no_orders(tmp_path: Path) -> None:
    done = run_here(["build", "a\x1b[31m\nb\u202e.md"], tmp_path)
    assert done.stderr.splitlines()[0] == r"error: a\x1b[31m\nb\u202e.md: there is no such file or folder"
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 2)
