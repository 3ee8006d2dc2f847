"""Several builds into one output folder at once: it ends as if one had come after the other."""

from __future__ import annotations

import threading
from pathlib import Path

from audiobuild.progress import Quiet
from audiobuild.publish.output.output_folder import LOCK_FILE
from audiobuild.publish.output.output_lock import lock_folder
from tests.building import tree
from tests.forked import ForkedRun
from tests.published import build, two_articles

BUILDS = (("issue", "--per-article"), ("issue", "--format", "flac"))


def start(place: Path, *arguments: str) -> ForkedRun:
    return ForkedRun(["build", *arguments, "--store", "store", "--quiet"], place)


class Waiting(Quiet):
    """Lets a folder go as soon as somebody waits for it."""

    def __init__(self) -> None:
        self.seen = threading.Event()

    def wait(self, place: str) -> None:
        self.seen.set()


def test_who_comes_second_waits_and_says_so_and_no_lock_is_left(tmp_path: Path) -> None:
    waiting, done = Waiting(), threading.Event()

    def second() -> None:
        with lock_folder(tmp_path, waiting):
            done.set()

    thread = threading.Thread(target=second)
    with lock_folder(tmp_path, Quiet()):
        thread.start()
        assert waiting.seen.wait(30)
        assert not done.is_set()
    thread.join(30)
    assert done.is_set()
    assert not (tmp_path / LOCK_FILE).exists()


def test_builds_at_once_leave_what_they_would_have_left_one_after_another(tmp_path: Path) -> None:
    for place in ("once", "after"):
        two_articles(tmp_path / place / "issue")
    for arguments in BUILDS:
        after = build(tmp_path / "after", *arguments).output
    builds = [start(tmp_path / "once", *arguments) for arguments in BUILDS]
    told = [each.communicate()[1] for each in builds]
    assert [(each.returncode, "Traceback" in said) for each, said in zip(builds, told, strict=True)] == [
        (0, False)
    ] * len(BUILDS)
    once = tree(tmp_path / "once" / "output")
    assert {name for name in once if name.startswith(".")} == set()
    assert once == tree(after)
