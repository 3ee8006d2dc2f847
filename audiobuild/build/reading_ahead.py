"""What is known of an episode, read while the rest of it is spoken, so that its texts are made sooner (layer 4).

Nothing comes of it but that those who read it again remember: times of words, and phrases. A build in which a paragraph
has changed has little else to do while that is spoken.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from audiobuild.model.values import Cue, Segment, Timeline
from audiobuild.publish.site.pages import load_templates
from audiobuild.publish.texts.phrases import phrases_of
from audiobuild.takes.plan import Plan
from audiobuild.timeline.word_times import words_of


@contextmanager
def read_ahead(plan: Plan, language: str) -> Iterator[None]:
    """Read the takes that a plan has, in the language of the show, until the block ends."""
    ended = threading.Event()
    known = ((item, plan.takes.get(job.key)) for item, job in plan.jobs.items())
    cues = [Cue(item, take, 0, take.frames) for item, take in known if isinstance(item, Segment) and take]
    thread = threading.Thread(target=_read, args=(cues, language, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _read(cues: Iterable[Cue], language: str, ended: threading.Event) -> None:
    importlib.import_module("audiobuild.publish.output.episode_file")  # with codecs, which publishing needs
    load_templates()

    for cue in cues:
        if ended.is_set():
            break
        phrases_of(words_of(Timeline((cue,), (), cue.end_frame)), None, language)
