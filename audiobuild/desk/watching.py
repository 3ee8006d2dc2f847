"""Files that change outside the desk (layer 4)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_STEP_MS = 50
"""How long nothing must change before it is told: an editor writes a file in several strokes."""
_LOOK_MS = 500
"""How often it is asked whether to go on."""


@contextmanager
def watched(sources: Sequence[Path | str], home: Path, output: Path, changed: Callable[[], None]) -> Iterator[None]:
    """Tell of every change in the sources, and of the show's files, while the block runs.

    Args:
        sources: folders, with all that is in them, and files.
        home: the folder that the show's own files are in.
        output: the folder of what is built, which does not count.
        changed: is told, in a thread of its own.
    """
    paths = [source for source in sources if isinstance(source, Path) and source.exists()]
    deep = {path.resolve() for path in paths if path.is_dir()}
    flat = {(path if path.is_dir() else path.parent).resolve() for path in (*paths, home)} - deep
    stop = threading.Event()
    kinds = ((deep, True), (flat, False))
    threads = [
        threading.Thread(target=_watch, args=(folders, is_deep, output.resolve(), stop, changed), daemon=True)
        for folders, is_deep in kinds
        if folders
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _watch(folders: set[Path], is_deep: bool, output: Path, stop: threading.Event, changed: Callable[[], None]) -> None:
    from watchfiles import watch

    def counts(_: object, name: str) -> bool:
        path = Path(name)
        return not path.name.startswith(".") and not path.is_relative_to(output)

    for _ in watch(
        *folders,
        watch_filter=counts,
        step=_STEP_MS,
        rust_timeout=_LOOK_MS,
        stop_event=stop,
        recursive=is_deep,
        raise_interrupt=False,
    ):
        changed()
