"""A lexicon, packed, is the mapping that it was; what is changed in one stays as it was in another."""

from __future__ import annotations

import pytest

from audiobuild.engines.phonetics.hibari_packed_words import PackedWords

WORDS = {f"word {number * 7 % 50}": f"sound {number}" for number in range(50)} | {"read": {"DEFAULT": "i", "VBD": "e"}}


def test_packed_words_are_those_that_were_given() -> None:
    packed = PackedWords(WORDS)
    assert dict(packed) == WORDS
    assert all(packed.get(word) == sound for word, sound in WORDS.items())
    assert [packed.get(word) for word in ("", "word", "word 00", "zebra")] == [None] * 4
    assert dict(PackedWords({})) == {}


def test_a_second_mapping_of_the_same_is_changed_alone() -> None:
    first = PackedWords(WORDS)
    second = PackedWords(first)
    second["word 1"] = "other"
    second["new"] = "sound"
    assert (second.pop("word 2", None), second.pop("word 2", None)) == (WORDS["word 2"], None)
    assert second.setdefault("word 3", "other") == WORDS["word 3"]
    assert dict(second) == {word: WORDS[word] for word in WORDS if word != "word 2"} | {
        "word 1": "other",
        "new": "sound",
    }
    assert dict(PackedWords(second)) == dict(second)
    assert dict(first) == WORDS
    with pytest.raises(KeyError):
        del second["word 2"]
