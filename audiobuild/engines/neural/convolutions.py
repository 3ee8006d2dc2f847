"""Wide convolutions of whole numbers, made in pieces, so that they take less memory; the sums stay the same (layer 3).

A model enters; one leaves in which each convolution that reads more than five steps of time does so a quarter of the
time after the other. For onnxruntime writes out for each step all that it reads: 90 MB for 13 seconds of kokoro's.

Source: onnx.proto (AttributeProto, TensorProto); the operators ConvInteger 10 and Pad, Shape, Gather, Mul, Div, Add,
Slice and Concat of ONNX 13.
"""

from __future__ import annotations

import struct

from audiobuild.engines.neural.graph import ATTRIBUTE, GIVES, READS, Model, with_nodes, write_node
from audiobuild.engines.neural.messages import Part, field, fields, number_field, texts

_PIECES = 4
_WIDE = 6
"""The least steps that are read for one: a convolution that reads more has a long sound before it."""
_TIME = 2
"""The dimension in which time runs: behind the sounds, and their channels."""

_NAME, _NUMBER, _TENSOR, _NUMBERS, _KIND = 1, 3, 5, 8, 20
"""The numbers of an attribute's fields; below, its kinds, and the fields of a tensor, with the kind of its elements."""
_IS_NUMBER, _IS_TENSOR, _IS_NUMBERS = 2, 4, 7
_SIZE, _ELEMENTS, _RAW = 1, 2, 9
_INT_64 = 7


def with_convolutions_in_pieces(model: Model) -> Model:
    """Replace the wide convolutions of whole numbers. A model without any is given back as it is."""
    return with_nodes(model, b"ConvInteger", _in_pieces)


def _in_pieces(node: Part) -> bytes:
    """Write what gives the same as a convolution; nothing where it is not wide, or does more than to slide."""
    given = {name: numbers for each in texts(node, ATTRIBUTE) for name, numbers in [_read_attribute(each)]}
    kernel, pads, dilations = (given.get(name, []) for name in (b"kernel_shape", b"pads", b"dilations"))
    slides = given.get(b"strides", [1]) == given.get(b"group", [1]) == [1]
    sound, kernels, *zeros = texts(node, READS)
    if not slides or [len(kernel), len(pads), len(dilations), len(zeros)] != [1, 2, 1, 2] or kernel[0] < _WIDE:
        return b""
    written = _Nodes(*texts(node, GIVES))
    time = written.constant(_TIME)
    padded = written.node(b"Pad", sound, written.constant(0, 0, pads[0], 0, 0, pads[1]), zeros[0])
    length = written.node(b"Gather", written.node(b"Shape", sound), time)
    multiples = written.node(b"Mul", length, written.constant(*range(_PIECES + 1)))
    bounds = written.node(b"Div", multiples, written.constant(_PIECES))
    reached = written.node(b"Add", bounds, written.constant((kernel[0] - 1) * dilations[0]))
    attributes = _attribute(b"kernel_shape", *kernel) + _attribute(b"dilations", *dilations)
    sums = []
    for number in range(_PIECES):
        start = written.node(b"Gather", bounds, written.constant(number))
        end = written.node(b"Gather", reached, written.constant(number + 1))
        piece = written.node(b"Slice", padded, start, end, time)
        sums.append(written.node(b"ConvInteger", piece, kernels, *zeros, attributes=attributes))
    return written.whole + write_node(b"Concat", sums, written.result, _axis(_TIME))


class _Nodes:
    """The nodes that stand in the place of one, as they are written."""

    def __init__(self, result: bytes) -> None:
        self.result = result
        """The name of what the last of them is to give."""
        self.whole = b""
        self._count = 0

    def node(self, operator: bytes, *reads: bytes, attributes: bytes = b"") -> bytes:
        """Write one that reads the values of some names; gives the name of what it gives."""
        self._count += 1
        name = b"%s_%d" % (self.result, self._count)
        self.whole += write_node(operator, reads, name, attributes)
        return name

    def constant(self, *numbers: int) -> bytes:
        """Write numbers, in one dimension."""
        elements = number_field(_ELEMENTS, _INT_64) + field(_RAW, struct.pack(f"<{len(numbers)}q", *numbers))
        tensor = field(_TENSOR, number_field(_SIZE, len(numbers)) + elements)
        return self.node(b"Constant", attributes=_written(b"value", tensor, _IS_TENSOR))


def _read_attribute(attribute: bytes) -> tuple[bytes, list[int]]:
    """Read the name of an attribute, and its numbers; no numbers where it has others, or has them packed."""
    (name,) = texts(attribute, _NAME)
    numbers = [each for of, each, _ in fields(attribute) if of in (_NUMBER, _NUMBERS) and isinstance(each, int)]
    return name, numbers


def _attribute(name: bytes, *numbers: int) -> bytes:
    return _written(name, b"".join(number_field(_NUMBERS, each) for each in numbers), _IS_NUMBERS)


def _axis(number: int) -> bytes:
    return _written(b"axis", number_field(_NUMBER, number), _IS_NUMBER)


def _written(name: bytes, content: bytes, kind: int) -> bytes:
    return field(ATTRIBUTE, field(_NAME, name) + content + number_field(_KIND, kind))
