"""Which language a text is in, where it is not the one that is expected (layer 1).

A text with the usual share of the expected language's function words is not looked at any further, so that editions in
one language never load the model.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from audiobuild.normalisation.language import Language

_LEAST_WORDS = 8
"""Of a text about which anything can be said."""
_USUAL_SHARE = 0.2
"""The share of function words that prose in its own language always has."""
_SURE = 0.75
_SAMPLE_CHARS = 3000
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")


def primary(tag: str) -> str:
    """Give the language of a BCP 47 tag, without its region.

    >>> primary("fr-CA")
    'fr'
    """
    return tag.partition("-")[0].partition("_")[0].lower()


@cache
def identify_language(text: str, expected: str, language: Language) -> str:
    """Say which language a text is in; empty where it is the expected one, or nobody can tell.

    Args:
        text: the text.
        expected: the language that it should be in, as a BCP 47 tag.
        language: the same, as its rules know it.
    """
    words = _WORD.findall(text[:_SAMPLE_CHARS])
    if len(words) < _LEAST_WORDS and not _is_foreign_script(words):
        return ""
    known = language.tables.words("function_words")
    if known and sum(word.lower() in known for word in words) >= _USUAL_SHARE * len(words):
        return ""
    found, probability = _identifier().classify(text[:_SAMPLE_CHARS])
    return "" if probability < _SURE or primary(found) == primary(expected) else str(found)


def is_plainly(text: str, language: Language) -> bool:
    """Whether a text, however short, is plainly in a language: a third of its words are that language's own."""
    words = _WORD.findall(text[:_SAMPLE_CHARS])
    known = language.tables.words("function_words")
    return len(words) > 2 and 3 * sum(word.lower() in known for word in words) >= len(words)


def _is_foreign_script(words: list[str]) -> bool:
    return len(words) > 1 and all(ord(word[0]) > 0x24F for word in words)


@cache
def _identifier() -> Any:
    from py3langid import langid  # 100 ms, for the texts that need it

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
