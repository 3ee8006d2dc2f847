"""Normalised sounds that several branches of a network read: worked out again for each, and not held (layer 3).

A model enters; one leaves in which each branch but the first normalises the sound for itself. What is held until the
last branch has begun takes more memory than all else costs time: 34 MB for 14 seconds of kokoro's.

Source: the operators Sub and Div of ONNX 13, by which a network normalises.
"""

from __future__ import annotations

from collections import Counter

from audiobuild.engines.neural.graph import GIVES, NODE, OPERATOR, READS, Model, with_nodes, write_node
from audiobuild.engines.neural.messages import Part, field, fields, texts


def with_normalised_again(model: Model) -> Model:
    """Let no branch share what is normalised: a difference, divided. A model of one branch is given back as it is.

    Whoever loads it must keep the copies, which are all alike.
    """
    nodes = [node for _, node in model.within(NODE)]
    given = {name: node for node in nodes for name in texts(node, GIVES)}
    normalised = {
        name: (difference, node)
        for name, node in given.items()
        if texts(node, OPERATOR) == [b"Div"]
        and (difference := given.get(texts(node, READS)[0]))
        and texts(difference, OPERATOR) == [b"Sub"]
    }
    readers = Counter[bytes]()

    def branched(node: Part) -> bytes:
        shared = next((name for name in texts(node, READS) if name in normalised), b"")
        readers[shared] += 1
        if not shared or readers[shared] == 1:
            return b""
        return _branch(node, shared, *normalised[shared], number=readers[shared])

    return with_nodes(model, b"Mul", branched)


def _branch(node: Part, shared: bytes, difference: Part, quotient: Part, *, number: int) -> bytes:
    """Write a node with what it reads of its own."""
    own, again = b"%s_%d" % (shared, number), b"%s_difference_%d" % (shared, number)
    _, divisor = texts(quotient, READS)
    written = write_node(b"Sub", texts(difference, READS), again) + write_node(b"Div", [again, divisor], own)
    parts = (
        field(READS, own) if kind == READS and bytes(whole) == field(READS, shared) else bytes(whole)
        for kind, _, whole in fields(node)
    )
    return written + field(NODE, b"".join(parts))
