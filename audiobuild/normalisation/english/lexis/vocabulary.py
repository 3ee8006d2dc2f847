"""Which words are common English, so that unknown capitals can be told to be names (layer 1, pure)."""

from __future__ import annotations

from functools import lru_cache

from audiobuild.normalisation.english.lexis.lists import load_use, load_words

_ENDINGS = tuple(sorted(load_use("vocabulary", "endings")))
_BEHIND_E = load_use("vocabulary", "behind-e")
"""Endings that only a word in e takes."""
_LEARNED = tuple(sorted(load_use("vocabulary", "learned-endings")))
"""Endings that ask for four letters before them, for short words with them are often names."""
_ANY_ENDING = (*_ENDINGS, *_LEARNED)
_SURE_ENDINGS = tuple(load_use("vocabulary", "sure-endings"))
"""What no name ends with, behind at least three more letters."""
_PREFIXES = tuple(sorted(load_use("vocabulary", "prefixes")))


@lru_cache(maxsize=8192)
def is_english_word(word: str) -> bool:
    """Say whether a word in small letters is common English, in any of its forms.

    >>> is_english_word("grandmothers"), is_english_word("kryvyi")
    (True, False)
    """
    if _is_form(word):
        return True
    if len(word) > 6 and word.endswith(_SURE_ENDINGS):
        return True
    return any(
        word.startswith(prefix) and len(word) > len(prefix) + 3 and _is_form(word[len(prefix) :])
        for prefix in _PREFIXES
    )


def is_name_word(bare: str) -> bool:
    """Say whether a word, without its ending, may be a name: it is no English word, or a given name as well."""
    known = bare.capitalize() in load_words("first_names") or bare.capitalize() in load_words("names")
    return known or not is_english_word(bare.lower())


def _is_listed(word: str) -> bool:
    return word in load_words("vocabulary") or word in load_words("plain_words") or word in load_words("function_words")


def _is_form(word: str) -> bool:
    """Say whether a word is on a list, or a form of one that is: hurried, running, happier, villages, buildings."""
    return _is_listed(word) or _has_ending(word) or (word.endswith("s") and _has_ending(word[:-1]))


def _has_ending(word: str) -> bool:
    if not word.endswith(_ANY_ENDING):
        return False
    for ending in _ENDINGS:
        if len(word) < len(ending) + 3 or not word.endswith(ending):
            continue
        stem = word[: -len(ending)]
        if ending in _BEHIND_E and (stem[-1] != "e" or (ending[0] == "r" and len(stem) < 4)):
            continue
        if _is_listed(stem) or (ending[0] in "eioa" and _is_listed(f"{stem}e")):
            return True
        if ending[0] == "i" and _is_listed(f"{stem}y"):
            return True
        if ending[0] in "eiy" and stem[-1] == stem[-2] and _is_listed(stem[:-1]):
            return True
    return any(_is_learned(word, ending) for ending in _LEARNED)


def _is_learned(word: str, ending: str) -> bool:
    stem = word.removesuffix(ending)
    return stem != word and len(stem) > 3 and (_is_listed(stem) or _is_listed(f"{stem}e"))
