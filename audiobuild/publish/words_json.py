"""Timed words to the JSON that a page's player follows (layer 3).

The file, version 1, in milliseconds from the start of the episode:

    {"version": 1,
     "estimated": false,                 whether any time is reckoned, since an engine told none
     "chapters": [                       as many as the episode has, in order
       [                                 the paragraphs of the chapter, in order; none where only a sting is heard
         [role, start, end, [lasts, ...], [text, ...], reckoned],
         ...
       ],
       ...]}

    role      "paragraph", "headline", "heading", "list item" ...: a value of `Role`
    start     when its first word starts; end: when its sound ends
    lasts     for each word but the last, how long after its own start the next word starts; the last one ends at `end`
    text      the words as written, with their punctuation, to be joined by single spaces; a text may hold spaces, where
              several written words are heard as one
    reckoned  1 where the times of this paragraph are reckoned, else 0

A word costs its letters and about seven bytes. A page adds up `lasts` paragraph by paragraph; to find the word at a
time it looks for the last paragraph that has started, and there for the last word that has. Between `end` and the next
paragraph's `start` no word is heard. All text is plain: it is the page's part to escape it. The characters < > & and
the line separators are written as escapes, so that the file may stand in a `<script type="application/json">` too.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from typing import Any

from audiobuild.publish.transcript import shown
from audiobuild.word_times import TimedWord

VERSION = 1
_ESCAPES = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def render_words_json(words: Sequence[TimedWord], chapters: int) -> bytes:
    """Write the words of an episode.

    Args:
        words: all of them, in order.
        chapters: how many the episode has.
    """
    parts: list[list[Any]] = [[] for _ in range(chapters)]
    for _, group in itertools.groupby(words, key=lambda word: word.segment):
        inside = tuple(group)
        parts[inside[0].chapter].append(_paragraph(inside))
    told = {"version": VERSION, "estimated": any(word.estimated for word in words), "chapters": parts}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES).encode()


def _paragraph(words: Sequence[TimedWord]) -> list[Any]:
    first, last = words[0], words[-1]
    lasts = [after.start_ms - word.start_ms for word, after in itertools.pairwise(words)]
    texts = [shown(word.text) for word in words]
    return [str(first.role), first.start_ms, last.end_ms, lasts, texts, int(first.estimated)]
