"""Networks in ONNX's format, changed: other inputs and outputs than they declare, other nodes, in two parts (layer 3).

Such a file is a message of protocol buffers (`messages`), of which the graph is one field. A node, an input, an output
is one field of the graph, so that it can be added, replaced or left out without understanding the others.

Source: onnx.proto (ModelProto, GraphProto, NodeProto, ValueInfoProto, TypeProto) for numbers of fields; the operators
Identity, Shape, Sub and Slice of ONNX 13.
"""

from __future__ import annotations

import dataclasses
import mmap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from audiobuild.engines.neural.messages import Part, field, fields, head, number_field, texts
from audiobuild.errors import EngineError

NODE = 1
"""The number of a node among a graph's fields."""
READS, GIVES, OPERATOR, ATTRIBUTE = 1, 2, 4, 5
"""The numbers of a node's fields; below, those of a model, a graph, and what describes an input or an output."""
_NODE_NAME = 3
_GRAPH = 7
_GRAPH_NAME, _INITIALISER, _INPUT, _OUTPUT = 2, 5, 11, 12
_NAME, _TYPE = 1, 2
_INITIALISER_NAME = 8
_TENSOR, _ELEMENTS, _SHAPE, _DIMENSION = 1, 1, 2, 1
_FLOAT = 1
"""Elements of 32 bits."""

_RANDOM = b"RandomNormalLike"


@dataclasses.dataclass(frozen=True, slots=True)
class Model:
    """A network, of whose file no more is held than was looked at."""

    around: tuple[Part, ...]
    """The fields of the file that are not its graph."""
    graph: tuple[Part, ...]
    """The fields of its graph."""

    @property
    def parts(self) -> list[Part]:
        """What makes up the file, laid end to end."""
        return [*self.around, head(_GRAPH, sum(map(len, self.graph))), *self.graph]

    def within(self, *kinds: int) -> Iterator[tuple[Part, memoryview]]:
        """Walk through the fields of the graph that have one of some numbers: the whole of each, and its content."""
        for part in self.graph:
            for number, content, whole in fields(part):
                if number in kinds and not isinstance(content, int):
                    yield whole, content


def read_model(file: Path | bytes) -> Model:
    """Read a network. Raises EngineError where it is none, or cannot be read."""
    if isinstance(file, Path):
        try:
            with file.open("rb") as opened:
                view = memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))  # closed with the last of it
        except (OSError, ValueError) as error:  # a file without content cannot be mapped
            raise EngineError(f"it cannot be read: {error}", str(file)) from error
    else:
        view = memoryview(file)
    found = list(fields(view))
    graphs = [content for number, content, _ in found if number == _GRAPH]
    around = tuple(whole for number, _, whole in found if number != _GRAPH)
    return Model(around, tuple(whole for graph in graphs for _, _, whole in fields(graph)))


def with_output(model: Model, name: str, called: str = "") -> Model:
    """Make a value inside the graph one of its outputs, behind those that it has.

    Args:
        called: what the output is called, where that is something else.

    >>> with_output(read_model(b""), "x").graph[0].hex(" ")
    '62 03 0a 01 78'
    """
    renamed = write_node(b"Identity", [name.encode()], called.encode()) if called else b""
    output = field(_OUTPUT, field(_NAME, (called or name).encode()))
    return dataclasses.replace(model, graph=(*model.graph, renamed + output))


def with_noise(model: Model, name: str) -> Model:
    """Let a graph that draws random numbers read them from an input of that name.

    Each of its random nodes then takes as much of the input as it needs, from the start: all that is given must have
    three dimensions, none smaller than any node's.
    """
    quiet = with_nodes(model, _RANDOM, lambda node: _quiet(node, name.encode()))
    return dataclasses.replace(quiet, graph=(*quiet.graph, _input(name.encode())))


def with_nodes(model: Model, operator: bytes, replaced: Callable[[memoryview], bytes]) -> Model:
    """Put other nodes in the place of those with an operator.

    Args:
        replaced: gives nodes with their fields' numbers, laid end to end; nothing where a node is to stay.
    """

    def changed(part: Part) -> Part:
        (number, node, _), *more = fields(part)
        if more or number != NODE or isinstance(node, int) or operator not in texts(node, OPERATOR):
            return part
        return replaced(node) or part

    return dataclasses.replace(model, graph=tuple(map(changed, model.graph)))


def parted(model: Model, prefix: str) -> tuple[Model, Model]:
    """Part a model in two: the nodes whose names start with a prefix, with all that needs them, stand in the second.

    What the second needs of the first is an output of the one and an input of the other, of floats in three dimensions.
    """
    front, back = _Half(), _Half()
    for whole, node in model.within(NODE):
        reads = set(texts(node, READS))
        is_named = any(name.startswith(prefix.encode()) for name in texts(node, _NODE_NAME))
        half = back if is_named or not reads.isdisjoint(back.gives) else front
        half.nodes.append(whole)
        half.reads |= reads
        half.gives.update(texts(node, GIVES))
    crossing = sorted(back.reads & front.gives)
    outputs = [field(_OUTPUT, field(_NAME, name)) for name in crossing]
    return front.of(model, outputs), back.of(model, list(map(_input, crossing)))


def outputs_of(model: Model) -> list[str]:
    """Name the outputs that a model declares."""
    return [_text(described, _NAME) for _, described in model.within(_OUTPUT)]


def inputs_of(model: Model) -> list[str]:
    """Name the inputs that a model declares."""
    return [_text(described, _NAME) for _, described in model.within(_INPUT)]


def values_of(model: Model, operator: str) -> list[str]:
    """Name what the nodes with an operator give: values within the graph."""
    return [_text(node, GIVES) for _, node in model.within(NODE) if _text(node, OPERATOR) == operator]


def write_node(operator: bytes, reads: Sequence[bytes], gives: bytes, attributes: bytes = b"") -> bytes:
    """Write a node, with its field's number, that has the name of what it gives."""
    inputs = b"".join(field(READS, each) for each in reads)
    named = field(GIVES, gives) + field(_NODE_NAME, gives) + field(OPERATOR, operator)
    return field(NODE, inputs + named + attributes)


@dataclasses.dataclass(slots=True)
class _Half:
    """Nodes, and the names of what they read and give."""

    nodes: list[Part] = dataclasses.field(default_factory=list)
    reads: set[bytes] = dataclasses.field(default_factory=set)
    gives: set[bytes] = dataclasses.field(default_factory=set)

    def of(self, model: Model, more: Sequence[bytes]) -> Model:
        """Make a model of them, with the inputs or outputs that it has more."""
        kept = list(self.nodes)
        for kind, name, names in (
            (_INITIALISER, _INITIALISER_NAME, self.reads),
            (_INPUT, _NAME, self.reads),
            (_OUTPUT, _NAME, self.gives),
        ):
            kept += [whole for whole, about in model.within(kind) if not names.isdisjoint(texts(about, name))]
        return Model(model.around, (*kept, *more, field(_GRAPH_NAME, b"part")))


def _text(message: memoryview, number: int) -> str:
    """Read a field of text, the first of that number."""
    return next(iter(texts(message, number)), b"").decode(errors="replace")


def _quiet(node: memoryview, noise: bytes) -> bytes:
    """Read noise, where a node makes it."""
    (like,), (given,) = texts(node, READS), texts(node, GIVES)
    ends, starts = given + b"_ends", given + b"_starts"
    return (
        write_node(b"Shape", [like], ends)
        + write_node(b"Sub", [ends, ends], starts)
        + write_node(b"Slice", [noise, starts, ends], given)
    )


def _input(name: bytes) -> bytes:
    """Describe an input of floats, in three dimensions of any size."""
    tensor = number_field(_ELEMENTS, _FLOAT) + field(_SHAPE, field(_DIMENSION, b"") * 3)
    return field(_INPUT, field(_NAME, name) + field(_TYPE, field(_TENSOR, tensor)))
