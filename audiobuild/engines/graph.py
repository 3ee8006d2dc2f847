"""Networks in ONNX's format: opened for one thread, with values from inside them as outputs (layer 3).

A model, as bytes or as a file, enters; a session that calculates the same on every call leaves. This is the one place
that knows onnxruntime.

An ONNX file is a message of protocol buffers. What is appended to such a message is merged into it: a graph that holds
nothing but one more output, behind the model's own bytes, declares that output.

Source: onnx.proto (ModelProto.graph is field 7, GraphProto.output is field 12, ValueInfoProto.name is field 1); the
encoding of protocol buffers, "Last One Wins" and embedded messages.
"""

from __future__ import annotations

import functools
import hashlib
import platform
import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audiobuild.errors import EngineError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_GRAPH, _OUTPUT, _NAME = 7, 12, 1
"""Numbers of fields: of the model's graph, of the graph's outputs, and of an output's name."""
_LENGTH_DELIMITED = 2
"""The wire type of text and of embedded messages."""
_ERRORS_ONLY = 3
_CHUNK_BYTES = 1 << 20
_VECTORS = re.compile(r"\b(?:sse|avx|fma|f16c|amx|asimd|neon|sve|i8mm|bf16)\w*")
"""The extensions of Intel's and ARM's processors that calculate with several numbers at once, as Linux names them."""


def with_output(model: bytes, name: str) -> bytes:
    """Make a value inside the graph one of its outputs, behind those that it has.

    >>> with_output(b"", "x").hex(" ")
    '3a 05 62 03 0a 01 78'
    """
    return model + _field(_GRAPH, _field(_OUTPUT, _field(_NAME, name.encode())))


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
        return onnxruntime.InferenceSession(given, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its own kinds share no base, and are not all declared
        where = "" if isinstance(model, bytes) else str(model)
        lines = str(error).splitlines() or [type(error).__name__]
        raise EngineError(f"it is no network that can be loaded: {lines[0][:200]}", where) from error


@functools.cache
def instruction_set() -> str:
    """Name what decides how sums are rounded here: the kind of processor, and its extensions for vectors.

    With AVX-512 VNNI and with AVX2 alone, the same network of 8-bit weights gives sound that differs by 6 dB less than
    it is loud: nothing that is heard, but other samples.
    """
    try:
        facts = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:  # not Linux: what numpy found of those that it uses itself
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
        state = path.stat()
        return _hashed(path, state.st_size, state.st_mtime_ns)
    except OSError as error:
        raise EngineError(error.strerror or "it cannot be read", str(path)) from error


@functools.lru_cache(maxsize=32)
def _hashed(path: Path, _size: int, _modified_ns: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | _LENGTH_DELIMITED) + _varint(len(content)) + content


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
