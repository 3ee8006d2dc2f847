"""Wide convolutions are made in pieces, with the same sums; others stay as they are."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from audiobuild.engines.neural.convolutions import with_convolutions_in_pieces
from audiobuild.engines.neural.graph import ATTRIBUTE, Model, read_model, with_output, write_node
from audiobuild.engines.neural.messages import field, number_field
from audiobuild.engines.neural.runtime import open_session

BYTES, NONE = 2, 0
CHANNELS = 3


def described(name: bytes, dimensions: int) -> bytes:
    """An input of bytes."""
    shape = field(2, field(1, b"") * dimensions)
    return field(11, field(1, name) + field(2, field(1, number_field(1, BYTES) + shape)))


def numbers(name: bytes, *values: int) -> bytes:
    return field(ATTRIBUTE, field(1, name) + b"".join(number_field(8, each) for each in values) + number_field(20, 7))


def network(kernel: int, dilation: int = 1, stride: int = 1) -> Model:
    """A convolution of sounds of any length, whose result is as long."""
    pad = (kernel - 1) * dilation // 2
    slides = numbers(b"kernel_shape", kernel) + numbers(b"dilations", dilation) + numbers(b"strides", stride)
    node = write_node(b"ConvInteger", [b"x", b"w", b"zx", b"zw"], b"y", slides + numbers(b"pads", pad, pad))
    inputs = described(b"x", 3) + described(b"w", 3) + described(b"zx", NONE) + described(b"zw", NONE)
    around = (number_field(1, 8), field(8, number_field(2, 13)))
    return with_output(Model(around, tuple(read_model(field(7, node + inputs + field(2, b"tiny"))).graph)), "y")


def summed(model: Model, kernel: int, steps: int) -> np.typing.NDArray[np.int32]:
    chance = np.random.default_rng(steps)
    x = chance.integers(0, 256, (1, CHANNELS, steps), np.uint8)
    w = chance.integers(0, 256, (2, CHANNELS, kernel), np.uint8)
    given = {"x": x, "w": w, "zx": np.asarray(100, np.uint8), "zw": np.asarray(7, np.uint8)}
    (result,) = open_session(model).run(None, given)
    return np.asarray(result)


@pytest.mark.parametrize(("kernel", "dilation"), [(7, 1), (7, 5), (11, 3)])
@pytest.mark.parametrize("steps", [4, 5, 60, 1001])
def test_a_wide_convolution_gives_the_same_in_pieces(kernel: int, dilation: int, steps: int) -> None:
    model = network(kernel, dilation)
    changed = with_convolutions_in_pieces(model)
    assert b"".join(changed.parts).count(b"Slice") == 4
    assert np.array_equal(summed(changed, kernel, steps), summed(model, kernel, steps))


@pytest.mark.parametrize("model", [network(5), network(12, stride=6)], ids=["narrow", "in strides"])
def test_others_stay_as_they_are(model: Model) -> None:
    assert with_convolutions_in_pieces(model).parts == model.parts


def test_a_network_without_any_stays_as_it_is() -> None:
    plain = dataclasses.replace(network(7), graph=(write_node(b"Neg", [b"x"], b"y"),))
    assert with_convolutions_in_pieces(plain).parts == plain.parts
