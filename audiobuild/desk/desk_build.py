"""The build that is started from the desk, and what the pages are told of it (layer 4)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from audiobuild.build import build
from audiobuild.build.options import Options
from audiobuild.build.outcome import Result
from audiobuild.desk.session import Tell
from audiobuild.errors import AudiobuildError

_SETTLED = 1.0


@dataclass(slots=True)
class _Telling:
    """Progress that the pages follow."""

    tell: Tell
    chars: int = 1
    done: int = 0
    told: float = field(default=-1.0)

    def begin(self, takes: int, reused: int, size_chars: int) -> None:
        """Take note of how much there is to do."""
        self.chars = max(1, size_chars)
        self._share(self.done / self.chars if size_chars else _SETTLED)

    def advance(self, size_chars: int, frames: int, waiting_for: str) -> None:
        """Tell how much of it is done, in steps of a hundredth."""
        self.done += size_chars
        self._share(self.done / self.chars)

    def wait(self, place: str) -> None:
        """Tell that another build is at work."""
        self.tell({"type": "build", "state": "waiting", "message": "another build is writing to the folder"})

    def _share(self, share: float) -> None:
        if share - self.told >= 0.01 or share >= _SETTLED:
            self.told = share
            self.tell({"type": "build", "state": "speaking", "share": round(min(share, _SETTLED), 2)})


class DeskBuild:
    """Builds the edition, once at a time."""

    def __init__(self, options: Options, tell: Tell, work: Callable[..., Result] = build) -> None:
        self._options = options
        self._tell = tell
        self._work = work
        self._busy = threading.Lock()

    def start(self) -> bool:
        """Begin a build, unless one is under way; the pages are told of all that follows."""
        if not self._busy.acquire(blocking=False):
            return False
        threading.Thread(target=self._run, name="build", daemon=True).start()
        return True

    def _run(self) -> None:
        try:
            self._tell({"type": "build", "state": "reading"})
            built = self._work(self._options, _Telling(self._tell))
        except AudiobuildError as error:
            message = "; ".join(map(str, (error, *error.others)))
            self._tell({"type": "build", "state": "failed", "message": message, "hint": error.hint})
        else:
            episode = built.episode
            page = f"{episode.manifest.name}.html" if episode.manifest.cover else ""
            page = page if (self._options.output / page).is_file() else episode.path.name
            counts = f"{built.synthesised} spoken, {built.reused} reused"
            self._tell({"type": "build", "state": "done", "page": f"output/{quote(page)}", "message": counts})
        finally:
            self._busy.release()
