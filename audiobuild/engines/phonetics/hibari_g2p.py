"""hibari's G2P as we use it: its lexicons with our own words, its tagger, its network for unknown words (layer 3)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiobuild.engines.phonetics.hibari_ipa import has_sound
from audiobuild.engines.phonetics.hibari_lexicons import Vocabulary, learn_words
from audiobuild.engines.phonetics.hibari_packed_words import PackedWords
from audiobuild.engines.phonetics.hibari_weights import Weights, read_packed

if TYPE_CHECKING:
    from hibari.g2p import G2P
    from hibari.g2p.oov import OOV

_MAX_UNKNOWN_LETTERS = 24
"""The package's network for unknown words reads no more of one."""


@functools.cache
def load_g2p(*, british: bool, vocabulary: Vocabulary) -> G2P:
    """Load the lexicons and the tagger, and put our own words into the lexicons."""
    from hibari import g2p as package

    theirs = package._load_json
    vars(package).update(_load_json=_read_asset)
    try:
        g2p = package.G2P(british=british)
    finally:  # whoever else uses the package in this process finds it as it was
        vars(package).update(_load_json=theirs)
    g2p.tagger.weights = Weights(g2p.tagger.weights)
    learn_words(g2p.lexicon.golds.d, g2p.lexicon.silvers.d, british=british, vocabulary=vocabulary)
    g2p._oov = _unknown_words(g2p)
    return g2p


def read_tables() -> None:
    """Read what any voice needs, for whoever loads the lexicons and the tagger later."""
    for name in ("lexicon_us_gold.json.gz", "lexicon_us_silver.json.gz", "tagger.json.gz"):
        _read_asset(name)


def _read_asset(name: str) -> MutableMapping[str, Any]:
    """Read one of the package's files, or give another mapping of what was read of it."""
    kept = _kept(name)
    return PackedWords(kept) if isinstance(kept, PackedWords) else dict(kept)


@functools.cache
def _kept(name: str) -> Mapping[str, Any]:
    from hibari.g2p import ASSETS

    read: dict[str, Any] = read_packed(Path(ASSETS, name))
    return PackedWords(read) if name.startswith("lexicon") else read


def _unknown_words(g2p: G2P) -> Callable[[str], str]:
    """Make what says words that are not in the lexicon; the network for them is loaded when the first one comes."""
    from hibari.g2p import ASSETS, Context
    from hibari.g2p.token import Tok

    @functools.cache
    def network() -> OOV:
        from hibari.g2p.oov import OOV

        return OOV(str(Path(ASSETS) / ("oov_gb.onnx" if g2p.british else "oov.onnx")))

    @functools.lru_cache(4096)
    def say(word: str) -> str:
        known, _ = g2p.lexicon(Tok(word, "NN"), Context())  # a known part of an unknown compound
        if known:
            return str(known)
        count = -(-len(word) // _MAX_UNKNOWN_LETTERS)
        size = -(-len(word) // count)
        parts = (word[start : start + size] for start in range(0, len(word), size))
        sound = "".join(network()(part) or "" for part in parts)
        if has_sound(sound):
            return sound
        return " ".join(g2p.lexicon.golds.get(letter.upper()) or "" for letter in word)

    return say
