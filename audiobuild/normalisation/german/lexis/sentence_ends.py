"""Where a German sentence ends: not behind "z. B." or the day of a date (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.german.lexis.vocabulary import MONTH_OF, TABLES

_LOOK_CHARS = 24
_STOPPED = re.compile(r"(?:^|[\s(“‘\"'])([\wÄÖÜäöüß.]+)\.$")


def ends_sentence(text: str, end: re.Match[str]) -> bool:
    """Say whether the punctuation closes a sentence, judging by the words on both sides."""
    following = text[end.end() : end.end() + _LOOK_CHARS].lstrip().lstrip("\"“„‘'([")
    if not following or following[0].islower():
        return False
    if end.group() != ".":
        return True
    stopped = _STOPPED.search(text[max(0, end.start() - _LOOK_CHARS) : end.start() + 1])
    if stopped is None:
        return True
    word, following_word = stopped[1], re.split(r"[^\w.]", following, maxsplit=1)[0]
    if word.isdigit():
        before = text[: end.start()].removesuffix(word)[-_LOOK_CHARS:].split()
        is_led = bool(before) and before[-1].lower() in TABLES.words("determiners")
        is_ordinal = following_word in MONTH_OF or following_word in TABLES.map("ordinal_nouns")
        return not (is_ordinal or is_led or following[0].isdigit())
    if re.fullmatch(r"[IVXL]+", word):
        return following_word.lower() in TABLES.words("openers")
    if len(word) == 1 or "." in word:
        return False
    return word not in TABLES.words("never_last")
