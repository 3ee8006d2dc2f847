"""Where an English sentence ends (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.english.lexis.lists import load_table, load_use, load_words
from audiobuild.normalisation.late_patterns import LatePattern

_INITIAL = LatePattern(r"(?:^|[\s(“‘\"'])(?:[A-Z]\.)*[A-Z]\.$")
_STOPPED_WORD = LatePattern(r"(?:^|[\s(“‘\"'])([A-Za-z]+(?:\.[A-Za-z]+)*)\.$")
_BEFORE_NUMBER = load_use("sentence_ends", "before-numbers")
_NEVER_LAST = load_use("sentence_ends", "never-last")
_LOOK_BACK_CHARS = 24


def ends_sentence(text: str, end: re.Match[str]) -> bool:
    """Say whether the punctuation closes a sentence, judging by the words on both sides."""
    following = text[end.end() : end.end() + _LOOK_BACK_CHARS].lstrip().lstrip("\"“‘'([")
    if not following:
        return False
    mark = end.group()
    if following[0].islower():
        return False
    if mark[0] != "." or len(mark.rstrip("\"”’')]")) > 1:
        return mark[0] in "?!" or following[0].isupper() or following[0].isdigit()
    before = text[max(0, end.start() - _LOOK_BACK_CHARS) : end.start() + 1]
    next_word = re.match(r"[^\W\d_]+", following)
    is_opener = bool(next_word) and next_word.group().lower() in load_words("function_words")  # type: ignore[union-attr]
    if _INITIAL.search(before):
        return is_opener
    word = _STOPPED_WORD.search(before)
    if word is None or mark != ".":
        return True
    name = word[1]
    if name in _NEVER_LAST:
        return False
    if name in _BEFORE_NUMBER and following[0].isdigit():
        return False
    if name in load_table("titles"):
        return is_opener
    if name in load_use("sentence_ends", "behind-names"):
        return following[0].isupper()
    return True
