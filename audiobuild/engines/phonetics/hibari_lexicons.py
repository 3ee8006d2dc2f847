"""Our own words for hibari's lexicons: what they lack or have wrong, and Britain's for American voices (layer 3)."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Literal

from audiobuild.engines.phonetics.hibari_ipa import rows

Vocabulary = Literal["en-US", "en-GB"]
"""Whose words an American voice says: "en-GB" has "schedule" with "sh"."""

_INFLECTIONS = ("s", "'s", "es", "ies", "ed", "ied", "d", "ing")
_AS_IT_IS = ["="]
"""Stands for the British sound where the American one alone is mended, and the other way round."""


def vocabulary_of(locale: str) -> Vocabulary:
    """Say whose words are said: American voices of a British show say "schedule" as Britons do, in their own sounds."""
    return "en-GB" if locale == "en-GB" else "en-US"


def learn_words(
    golds: MutableMapping[str, Any], silvers: MutableMapping[str, Any], *, british: bool, vocabulary: Vocabulary
) -> None:
    """Put our words into the lexicons of a voice.

    Args:
        golds: the lexicon that is asked first.
        silvers: the one behind it.
        british: whether the voice has British sounds.
        vocabulary: whose words an American voice says.
    """
    for word, american, *other in _table("hibari_words"):
        if american == "=":
            golds.update({word: other[0]} if british else {})
        elif other != _AS_IT_IS:
            golds.setdefault(word, other[0] if british and other else american)
        elif not british:
            golds[word] = american
    if vocabulary == "en-GB" and not british:
        _learn_british_words(golds, silvers)


def _learn_british_words(golds: MutableMapping[str, Any], silvers: MutableMapping[str, Any]) -> None:
    """Put the words of Britain into an American lexicon; their inflections follow once the old ones are gone."""
    table = _table("british_words")
    own = {word for word, *_ in table}
    for word, phonemes, *tags in table:
        known = golds.get(word) or silvers.get(word)
        readings = known if isinstance(known, dict) else {"DEFAULT": known}
        golds[word] = readings | dict.fromkeys(tags, phonemes) if tags else phonemes
        stems = (word, word[:-1]) if word[-1] in "ey" else (word,)
        for inflected in {stem + ending for stem in stems for ending in _INFLECTIONS} - own:
            for entry in (inflected, inflected.lower()):
                golds.pop(entry, None)
                silvers.pop(entry, None)


def _table(name: str) -> list[list[str]]:
    return [row.split("\t") for row in rows(name).split("\n") if row and not row.startswith("# ")]
