"""Networks are opened with other inputs and outputs than they declare; a tiny one, written out byte by byte."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from audiobuild.engines.neural import runtime
from audiobuild.engines.neural.graph import (
    inputs_of,
    outputs_of,
    parted,
    read_model,
    values_of,
    with_nodes,
    with_noise,
    with_output,
    write_node,
)
from audiobuild.engines.neural.runtime import content_hash, open_session
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
    session = open_session(with_output(with_output(read_model(MODEL), "minus"), "minus", "negative"))
    assert [each.name for each in session.get_outputs()] == ["y", "minus", "negative"]
    _, minus, negative = session.run(None, {"x": GIVEN})
    assert (minus == -GIVEN).all()
    assert (negative == -GIVEN).all()


def test_noise_is_read_from_an_input_as_much_as_is_needed() -> None:
    session = open_session(with_noise(read_model(MODEL), "noise"))
    (read,) = session.run(None, {"x": GIVEN, "noise": NOISE})
    assert (read == NOISE[:, :2, :3]).all()


def test_a_network_is_parted_before_the_nodes_of_a_name_and_all_that_needs_them() -> None:
    plain = with_nodes(read_model(MODEL), b"RandomNormalLike", lambda _: write_node(b"Sin", [b"minus"], b"y"))
    added = write_node(b"Abs", [b"minus"], b"layer one") + write_node(b"Cos", [b"layer one"], b"last")
    whole = with_output(dataclasses.replace(plain, graph=(added, *plain.graph)), "last")
    ordered = dataclasses.replace(whole, graph=(*plain.graph, added, whole.graph[-1]))
    front, back = parted(ordered, "layer")
    assert (inputs_of(front), outputs_of(front)) == (["x"], ["y", "minus"])
    assert (inputs_of(back), outputs_of(back)) == (["minus"], ["last"])
    sine, minus = open_session(front).run(None, {"x": GIVEN})
    (last,) = open_session(back).run(None, {"minus": minus})
    assert [sine.tolist(), last.tolist()] == [each.tolist() for each in open_session(ordered).run(None, {"x": GIVEN})]
    assert inputs_of(parted(ordered, "none")[1]) == []


def test_outputs_and_values_are_told_of_bytes_and_of_files(tmp_path: Path) -> None:
    path = tmp_path / "tiny.onnx"
    path.write_bytes(MODEL)
    assert outputs_of(read_model(MODEL)) == outputs_of(read_model(path)) == ["y"]
    assert values_of(read_model(MODEL), "Neg") == values_of(read_model(path), "Neg") == ["minus"]
    assert values_of(read_model(MODEL), "Ceil") == []


@pytest.mark.parametrize("length", range(1, len(MODEL)))
def test_a_network_that_breaks_off_is_an_error_or_has_no_more_than_it_had(length: int) -> None:
    try:
        found = outputs_of(read_model(MODEL[:length]))
    except EngineError:
        return
    assert set(found) <= {"y"}


def test_what_is_no_network_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no network that can be loaded"):
        read_model(b"no network")
    with pytest.raises(EngineError, match="no network that can be loaded"):
        open_session(read_model(b""))
    with pytest.raises(EngineError, match="it cannot be read"):
        read_model(tmp_path / "missing.onnx")


@pytest.mark.parametrize("is_there", [True, False])
def test_a_large_network_is_opened_by_way_of_a_file_where_there_is_room(
    is_there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "_LARGE_BYTES", 1)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path if is_there else tmp_path / "missing"))
    session = open_session(with_output(read_model(MODEL), "minus"))
    assert (session.run(["minus"], {"x": GIVEN})[0] == -GIVEN).all()
    assert list(tmp_path.iterdir()) == []


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
