"""What is normalised is worked out for each branch that reads it, with the same values."""

from __future__ import annotations

import numpy as np

from audiobuild.engines.neural.graph import GIVES, NODE, OPERATOR, Model, read_model, with_output, write_node
from audiobuild.engines.neural.messages import field, number_field, texts
from audiobuild.engines.neural.repeated_values import with_normalised_again
from audiobuild.engines.neural.runtime import open_session

GIVEN = {name: np.asarray(value, np.float32) for name, value in {"x": [1, 2, 4, 9], "m": [3], "s": [7]}.items()}


def described(name: bytes) -> bytes:
    """An input of floats."""
    return field(11, field(1, name) + field(2, field(1, number_field(1, 1) + field(2, field(1, b"")))))


def network(branches: int) -> Model:
    """A sound that is normalised once, and read by so many branches."""
    normalised = write_node(b"Sub", [b"x", b"m"], b"less") + write_node(b"Div", [b"less", b"s"], b"even")
    nodes = [write_node(b"Mul", [b"m", b"even"], b"branch %d" % number) for number in range(branches)]
    described_ = b"".join(map(described, (b"x", b"m", b"s")))
    around = (number_field(1, 8), field(8, number_field(2, 13)))
    model = Model(around, read_model(field(7, b"".join((normalised, *nodes, described_, field(2, b"tiny"))))).graph)
    for number in range(branches):
        model = with_output(model, f"branch {number}")
    return model


def test_each_branch_but_the_first_normalises_for_itself_to_the_same_bit() -> None:
    model = network(3)
    changed = with_normalised_again(model)
    gives = [texts(node, GIVES)[0] for _, node in changed.within(NODE) if texts(node, OPERATOR) == [b"Div"]]
    assert gives == [b"even", b"even_2", b"even_3"]
    before, after = (open_session(each, keeps_copies=True).run(None, GIVEN) for each in (model, changed))
    assert [each.tolist() for each in after] == [each.tolist() for each in before]


def test_a_network_of_one_branch_stays_as_it_is() -> None:
    assert with_normalised_again(network(1)).parts == network(1).parts
