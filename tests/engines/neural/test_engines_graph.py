"""Networks are opened with other inputs and outputs than they declare; a tiny one, written out byte by byte."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audiobuild.engines.neural.graph import content_hash, open_session, outputs_of, values_of, with_noise, with_output
from audiobuild.errors import EngineError


def field(number: int, content: bytes) -> bytes:
    assert len(content) < 128
    return bytes((number << 3 | 2, len(content))) + content


def node(operator: bytes, reads: bytes, gives: bytes) -> bytes:
    return field(1, field(1, reads) + field(2, gives) + field(4, operator))


def value(name: bytes) -> bytes:
    """Of floats, with three dimensions of any size."""
    return field(1, name) + field(2, field(1, b"\x08\x01" + field(2, field(1, b"") * 3)))


GRAPH = node(b"Neg", b"x", b"minus") + node(b"RandomNormalLike", b"minus", b"y") + field(2, b"tiny")
MODEL = (
    b"\x08\x08"  # version of the format
    + field(8, b"\x10\x0d")  # operators of ONNX 13
    + bytes((7 << 3 | 2,))
    + bytes((len(GRAPH + field(11, value(b"x")) + field(12, value(b"y"))),))
    + GRAPH
    + field(11, value(b"x"))
    + field(12, value(b"y"))
)

GIVEN = np.arange(6, dtype=np.float32).reshape(1, 2, 3)
NOISE = np.arange(20, dtype=np.float32).reshape(1, 4, 5)


def test_a_value_within_becomes_an_output_under_its_name_or_another() -> None:
    session = open_session(with_output(with_output(MODEL, "minus"), "minus", "negative"))
    assert [each.name for each in session.get_outputs()] == ["y", "minus", "negative"]
    _, minus, negative = session.run(None, {"x": GIVEN})
    assert (minus == -GIVEN).all()
    assert (negative == -GIVEN).all()


def test_noise_is_read_from_an_input_as_much_as_is_needed() -> None:
    session = open_session(with_noise(MODEL, "noise"))
    (read,) = session.run(None, {"x": GIVEN, "noise": NOISE})
    assert (read == NOISE[:, :2, :3]).all()


def test_outputs_and_values_are_told_of_bytes_and_of_files(tmp_path: Path) -> None:
    path = tmp_path / "tiny.onnx"
    path.write_bytes(MODEL)
    assert outputs_of(MODEL) == outputs_of(path) == ["y"]
    assert values_of(MODEL, "Neg") == values_of(path, "Neg") == ["minus"]
    assert values_of(MODEL, "Ceil") == []


@pytest.mark.parametrize("length", range(1, len(MODEL)))
def test_a_network_that_breaks_off_is_an_error_or_has_no_more_than_it_had(length: int) -> None:
    try:
        found = outputs_of(MODEL[:length])
    except EngineError:
        return
    assert set(found) <= {"y"}


def test_what_is_no_network_cannot_be_opened(tmp_path: Path) -> None:
    for model in (b"no network", tmp_path / "missing.onnx"):
        with pytest.raises(EngineError, match="no network that can be loaded"):
            open_session(model)


def test_the_hash_of_a_file_follows_its_content(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    first = content_hash(path)
    assert content_hash(path) == first
    path.write_bytes(b"other")
    assert content_hash(path) != first
    with pytest.raises(EngineError) as caught:
        content_hash(tmp_path / "missing")
    assert caught.value.where.endswith("missing")
