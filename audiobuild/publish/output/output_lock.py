"""An output that is held: nobody else writes to it, and an object store gets what has changed (layer 3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from audiobuild.locks import held
from audiobuild.progress import Progress
from audiobuild.publish.output.output_folder import LOCK_FILE
from audiobuild.publish.output.withdrawal import finish_withdrawals
from audiobuild.publish.output.working_copy import WorkingCopy, find_working_copy
from audiobuild.store.artefacts import unwritable


@contextmanager
def lock_folder(folder: Path, progress: Progress) -> Iterator[WorkingCopy | None]:
    """Keep all others from writing to an output folder while the block runs; wait until none does.

    Where the folder is the copy of one in an object store, they are kept from that, too, and it gets what has changed.
    A removal of episodes that was killed is finished first.

    Returns:
        That copy; None for any other folder.

    Raises:
        OutputError: the folder, or the object store, cannot be written.
    """
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(held(folder / LOCK_FILE, lambda: progress.wait(str(folder))))
        except OSError as error:
            raise unwritable(error, folder) from error
        copy = find_working_copy(folder)
        if copy:
            address = copy.address
            stack.enter_context(copy.held(lambda: progress.wait(address)))
        finish_withdrawals(folder)
        yield copy
