"""Networks opened, for one thread, and what decides how they calculate (layer 3).

A model enters; a session that calculates the same on every call leaves. This is the one place that knows onnxruntime.
"""

from __future__ import annotations

import functools
import hashlib
import platform
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from audiobuild.engines.neural.graph import Model
from audiobuild.engines.neural.messages import Part
from audiobuild.errors import EngineError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_ERRORS_ONLY = 3
_CHUNK_BYTES = 1 << 20
_LARGE_BYTES = 16 << 20
_KEPT_BYTES, _RESERVED_BYTES = 16 << 20, 384 << 20
"""Of memory for what networks hold as long as they are loaded, and for what they calculate with."""
_VECTORS = re.compile(r"\b(?:sse|avx|fma|f16c|amx|asimd|neon|sve|i8mm|bf16)\w*")
"""The extensions of Intel's and ARM's processors that calculate with several numbers at once, as Linux names them."""


def open_session(model: Model, *, arena: bool = True, keeps_copies: bool = False) -> InferenceSession:
    """Load a model so that it gives the same on every call, in one thread and little memory.

    Args:
        arena: whether memory once used is kept for the next call; that is faster, and larger.
        keeps_copies: whether what several nodes work out alike is not worked out once and held for all of them.

    Raises:
        EngineError: it is no model, or a damaged one.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # more add up in another order
    options.enable_mem_pattern = False  # a plan of memory for each length of text would be kept for ever
    options.enable_cpu_mem_arena = arena
    if arena:
        _reserve()
        options.add_session_config_entry("session.use_env_allocators", "1")
    options.log_severity_level = _ERRORS_ONLY
    try:
        with _readable(model) as given:
            session = onnxruntime.InferenceSession(
                given,
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["CommonSubexpressionElimination"] if keeps_copies else None,
            )
    except Exception as error:  # its own kinds share no base, and are not all declared
        lines = str(error).splitlines() or [type(error).__name__]
        raise EngineError(f"it is no network that can be loaded: {lines[0][:200]}") from error
    vars(session).update(_model_bytes=None)  # it would keep them beside what it made of them
    return session


def calculate(session: InferenceSession, outputs: Sequence[str], given: Mapping[str, Any]) -> list[Any]:
    """Let a network calculate, and give back the memory that this took, which the next call has to ask for again."""
    import onnxruntime

    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return list(session.run(outputs, given, options))


@functools.cache
def _reserve() -> None:
    """Let all networks of this process share two stretches of memory, of which no more is taken than is used.

    onnxruntime's own way is to ask for ever larger stretches: what is too large for the rest of one lies in the next.
    The first is never given back, so that what is held for long should lie in it.
    """
    import onnxruntime

    info = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    wanted = {"initial_chunk_size_bytes": _KEPT_BYTES, "initial_growth_chunk_size_bytes": _RESERVED_BYTES}
    wanted |= {"max_dead_bytes_per_chunk": 1}
    settings = {"max_mem": 0, "arena_extend_strategy": 0, **wanted}
    onnxruntime.create_and_register_allocator(info, onnxruntime.OrtArenaCfg(settings))


@contextmanager
def _readable(model: Model) -> Iterator[bytes | str]:
    """Give the model as a file if it is large: its bytes would be held twice beside what is made of them."""
    parts = model.parts
    with ExitStack() as stack:
        path = _written(parts, stack) if sum(map(len, parts)) >= _LARGE_BYTES else None
        yield b"".join(parts) if path is None else str(path)


def _written(parts: Iterable[Part], stack: ExitStack) -> Path | None:
    """Write a file that goes with the stack; None where there is no room for it, so that more memory is taken."""
    try:
        path = Path(stack.enter_context(TemporaryDirectory(prefix="audiobuild-", ignore_cleanup_errors=True)), "model")
        with path.open("wb") as file:
            file.writelines(parts)
    except OSError:
        return None
    return path


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
