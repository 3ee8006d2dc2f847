"""Networks in ONNX's format: opened for one thread, with other inputs and outputs than they declare (layer 3).

A model, as bytes or as a file, enters; a session that calculates the same on every call leaves. This is the one place
that knows onnxruntime, and the only one that knows how such a file is laid out:

- It is a message of protocol buffers. What is appended to such a message is merged into it: a graph that holds nothing
  but one more output, behind the model's own bytes, declares that output.
- A node is one field of the graph's message, so that it can be replaced without understanding the others.

Source: onnx.proto (ModelProto, GraphProto, NodeProto, ValueInfoProto, TypeProto) for numbers of fields; the encoding
of protocol buffers, "Last One Wins" and embedded messages; the operators Identity, Shape, Sub and Slice of ONNX 13.
"""

from __future__ import annotations

import functools
import hashlib
import mmap
import platform
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from audiobuild.errors import EngineError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_GRAPH = 7
"""The number of a model's field; so below, of a graph, a node, and what describes an input or an output."""
_NODE, _INPUT, _OUTPUT = 1, 11, 12
_READS, _GIVES, _NODE_NAME, _OPERATOR = 1, 2, 3, 4
_NAME, _TYPE = 1, 2
_TENSOR, _ELEMENTS, _SHAPE, _DIMENSION = 1, 1, 2, 1
_FLOAT = 1
"""Elements of 32 bits."""

_VARINT, _FIXED_64, _LENGTH_DELIMITED, _FIXED_32 = 0, 1, 2, 5
"""Wire types: how a field's content is written."""

_RANDOM = b"RandomNormalLike"
_ERRORS_ONLY = 3
_CHUNK_BYTES = 1 << 20
_VECTORS = re.compile(r"\b(?:sse|avx|fma|f16c|amx|asimd|neon|sve|i8mm|bf16)\w*")
"""The extensions of Intel's and ARM's processors that calculate with several numbers at once, as Linux names them."""


def with_output(model: bytes, name: str, called: str = "") -> bytes:
    """Make a value inside the graph one of its outputs, behind those that it has.

    Args:
        called: what the output is called, where that is something else.

    >>> with_output(b"", "x").hex(" ")
    '3a 05 62 03 0a 01 78'
    """
    node = _field(_NODE, _node(b"Identity", [name.encode()], called.encode())) if called else b""
    return model + _field(_GRAPH, node + _field(_OUTPUT, _field(_NAME, (called or name).encode())))


def with_noise(model: bytes, name: str) -> bytes:
    """Let a graph that draws random numbers read them from an input of that name.

    Each of its random nodes then takes as much of the input as it needs, from the start: all that is given must have
    three dimensions, none smaller than any node's.

    Raises:
        EngineError: it is no model.
    """
    view = memoryview(model)
    kept: list[bytes | memoryview] = []
    for number, content, whole in _fields(view):
        if number != _GRAPH or isinstance(content, int):
            kept.append(whole)
            continue
        parts = [_quiet(part, name.encode()) if of == _NODE else part for of, _, part in _fields(content)]
        kept.append(_head(_GRAPH, sum(map(len, parts))))
        kept += parts
    shape = _field(_SHAPE, _field(_DIMENSION, b"") * 3)
    tensor = _varint(_ELEMENTS << 3 | _VARINT) + _varint(_FLOAT) + shape
    described = _field(_NAME, name.encode()) + _field(_TYPE, _field(_TENSOR, tensor))
    return b"".join(kept) + _field(_GRAPH, _field(_INPUT, described))


def outputs_of(model: bytes | Path) -> list[str]:
    """Name the outputs that a model declares. Raises EngineError where it is none, or cannot be read."""
    return [_text(described, _NAME) for described in _described(model, _OUTPUT)]


def values_of(model: bytes | Path, operator: str) -> list[str]:
    """Name what the nodes with an operator give: values within the graph. Raises EngineError as `outputs_of` does."""
    nodes = _described(model, _NODE)
    return [_text(node, _GIVES) for node in nodes if _text(node, _OPERATOR) == operator]


def open_session(model: bytes | Path, *, arena: bool = True) -> InferenceSession:
    """Load a model so that it gives the same on every call, in one thread and little memory.

    Args:
        arena: whether memory once used is kept for the next call; that is faster, and larger.

    Raises:
        EngineError: it is no model, or a damaged one.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # more add up in another order
    options.enable_mem_pattern = False  # a plan of memory for each length of text would be kept for ever
    options.enable_cpu_mem_arena = arena
    options.log_severity_level = _ERRORS_ONLY
    try:
        given = model if isinstance(model, bytes) else str(model)
        session = onnxruntime.InferenceSession(given, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its own kinds share no base, and are not all declared
        where = "" if isinstance(model, bytes) else str(model)
        lines = str(error).splitlines() or [type(error).__name__]
        raise EngineError(f"it is no network that can be loaded: {lines[0][:200]}", where) from error
    vars(session).update(_model_bytes=None)  # it would keep the file beside what it made of it: 114 MB for kokoro
    return session


@functools.cache
def instruction_set() -> str:
    """Name what decides how sums are rounded here: the kind of processor, and its extensions for vectors.

    With AVX-512 VNNI and with AVX2 alone, the same network of 8-bit weights gave other samples, as many of them.
    """
    try:
        facts = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:  # not Linux: what numpy found of those that it uses itself
        import numpy as np

        found = set(np.show_config(mode="dicts").get("SIMD Extensions", {}).get("found", []))
    else:
        flags = re.search(r"^(?:flags|Features)\s*:(.*)$", facts, re.MULTILINE)
        found = set(_VECTORS.findall(flags[1])) if flags else set()
    marks = hashlib.sha256(" ".join(sorted(found)).encode()).hexdigest()[:8]
    return f"{platform.machine().lower()}-{marks}"


def content_hash(path: Path) -> str:
    """Take the SHA-256 of a file, in hexadecimal digits; once a process, until the file is another.

    Raises:
        EngineError: it cannot be read.
    """
    try:
        whole = path.resolve()
        state = whole.stat()
        return _hashed(whole, state.st_size, state.st_mtime_ns)
    except OSError as error:
        raise EngineError(error.strerror or "it cannot be read", str(path)) from error


@functools.lru_cache(maxsize=32)
def _hashed(path: Path, _size: int, _modified_ns: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _described(model: bytes | Path, kind: int) -> list[memoryview | int]:
    """Collect all of a kind that a graph holds: nodes, inputs or outputs."""
    if isinstance(model, Path):
        try:
            with model.open("rb") as file:
                view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))  # closed with the last of it
        except (OSError, ValueError) as error:  # a file without content cannot be mapped
            raise EngineError(f"it cannot be read: {error}", str(model)) from error
    else:
        view = memoryview(model)
    graphs = [content for number, content, _ in _fields(view) if number == _GRAPH]
    return [content for graph in graphs for number, content, _ in _fields(graph) if number == kind]


def _text(message: memoryview | int, number: int) -> str:
    """Read a field of text, the first of that number."""
    texts = (bytes(text) for of, text, _ in _fields(message) if of == number and not isinstance(text, int))
    return next(texts, b"").decode(errors="replace")


def _quiet(whole: memoryview, noise: bytes) -> bytes | memoryview:
    """Replace a node that makes noise by nodes that read it; return any other node unchanged."""
    if _RANDOM not in bytes(whole):
        return whole
    ((_, node, _),) = _fields(whole)
    texts = [(of, bytes(text)) for of, text, _ in _fields(node) if not isinstance(text, int)]
    if (_OPERATOR, _RANDOM) not in texts:
        return whole
    (like,) = (text for of, text in texts if of == _READS)
    (given,) = (text for of, text in texts if of == _GIVES)
    ends, starts = given + b"_ends", given + b"_starts"
    nodes = (
        _node(b"Shape", [like], ends),
        _node(b"Sub", [ends, ends], starts),
        _node(b"Slice", [noise, starts, ends], given),
    )
    return b"".join(_field(_NODE, each) for each in nodes)


def _node(operator: bytes, reads: list[bytes], gives: bytes) -> bytes:
    inputs = b"".join(_field(_READS, each) for each in reads)
    return inputs + _field(_GIVES, gives) + _field(_NODE_NAME, gives) + _field(_OPERATOR, operator)


def _fields(message: memoryview | int) -> Iterator[tuple[int, memoryview | int, memoryview]]:
    """Walk through a message: each field's number, its content (a number is not looked at), and the whole of it."""
    if isinstance(message, int):
        raise EngineError("it is no network that can be loaded: its fields are of other kinds")
    place = 0
    while (start := place) < len(message):
        key, place = _read_varint(message, place)
        kind = key & 7
        if kind == _LENGTH_DELIMITED:
            length, place = _read_varint(message, place)
            content: memoryview | int = message[place : place + length]
            place += length
        elif kind == _VARINT:
            content, place = _read_varint(message, place)
        elif kind in (_FIXED_32, _FIXED_64):
            content, place = 0, place + (4 if kind == _FIXED_32 else 8)
        else:
            raise EngineError(f"it is no network that can be loaded: a field of the kind {kind}")
        if place > len(message):
            raise EngineError("it is no network that can be loaded: it breaks off")
        yield key >> 3, content, message[start:place]


def _read_varint(message: memoryview, place: int) -> tuple[int, int]:
    """Read a number of groups of seven bits, and where it ends."""
    value = shift = 0
    while place < len(message):
        group = message[place]
        value |= (group & 0x7F) << shift
        place += 1
        if group < 0x80:
            return value, place
        shift += 7
    raise EngineError("it is no network that can be loaded: it breaks off")


def _field(number: int, content: bytes) -> bytes:
    return _head(number, len(content)) + content


def _head(number: int, length: int) -> bytes:
    return _varint(number << 3 | _LENGTH_DELIMITED) + _varint(length)


def _varint(value: int) -> bytes:
    """Write a number in groups of seven bits, the lowest first, each but the last marked.

    >>> _varint(300).hex(" ")
    'ac 02'
    """
    groups = [value & 0x7F]
    while value := value >> 7:
        groups[-1] |= 0x80
        groups.append(value & 0x7F)
    return bytes(groups)
