"""Words that are spelt alike are said as their sentence has them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hibari.g2p import G2P, Context
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.engines.phonetics.homographs import choose_readings, correct_tags

CASES = Path(__file__).parents[2] / "cases" / "homographs.txt"
TABLE = files("audiobuild.engines.phonetics").joinpath("homographs.tsv").read_text(encoding="utf-8")
TAG = re.compile(r"[A-Z]{2,4}")
ROWS = [line.split("\t") for line in TABLE.splitlines() if line and not line.startswith("#")]
Words = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the cases."""

    name: str
    """Its line."""
    british: bool
    sentence: str
    readings: tuple[tuple[str, str], ...]
    """Words and their phonemes or tag, in order."""


def read_cases() -> Iterator[Case]:
    british = False
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("["):
            british = line == "[en-GB]"
        elif line and not line.startswith("#"):
            sentence, _, named = line.partition(" ~ ")
            readings = tuple((word, reading) for word, _, reading in (part.partition("=") for part in named.split()))
            yield Case(f"line {number}", british, sentence, readings)


@cache
def g2p(*, british: bool = False) -> G2P:
    return G2P(british=british)


def tagged(sentence: str) -> Words:
    return [(token.text, token.tag) for token in g2p().tokenize(sentence.replace('"', ""))]


def looked_up(words: Words, place: int, *, british: bool) -> str:
    """What the lexicon has for a word under its tag."""
    text, tag = words[place]
    behind = words[place + 1][0] if place + 1 < len(words) else ""
    phonemes, _ = g2p(british=british).lexicon.get_word(text, tag, None, Context(True, behind == "to"))
    return str(phonemes)


def said(words: Words, *, british: bool) -> list[str]:
    """How each word is said: as decided, or else as the lexicon has it."""
    mended = [(text, tag) for (text, _), tag in zip(words, correct_tags(words), strict=True)]
    chosen = choose_readings(mended, british=british)
    return [chosen.get(place) or looked_up(mended, place, british=british) for place in range(len(words))]


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.name)
def test_a_word_is_said_as_its_sentence_has_it(case: Case) -> None:
    words = tagged(case.sentence)
    heard = said(words, british=case.british)
    place = -1
    for word, reading in case.readings:
        place = next(number for number in range(place + 1, len(words)) if words[number][0] == word)
        expected = reading
        if TAG.fullmatch(reading):
            named = [*words[:place], (word, reading), *words[place + 1 :]]
            expected = looked_up(named, place, british=case.british)
        assert heard[place] == expected, f"{word}: {words}"


@pytest.mark.parametrize(
    "sentence",
    ["We stripped the password used to unlock it.", "They re-read it.", "It can be used to quickly choose one."],
)
def test_a_reading_without_evidence_is_left_to_the_lexicon(sentence: str) -> None:
    assert choose_readings(tagged(sentence)) == {}


def test_a_sentence_without_such_words_is_left_alone() -> None:
    words = tagged("The committee met on Tuesday, and nobody was surprised.")
    assert correct_tags(words) == [tag for _, tag in words]
    assert choose_readings(words) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "A list of projects that have contributed.",
        "They published a number of open source projects.",
        "Large quantities of data used to support research.",
        "Sales rose to record highs.",
        "The quality of the content itself matters.",
        "Workers gained access to project managers.",
        "It rose due to contract disputes.",
        "He said that exports fell.",
        "The family contract that he signed was void.",
        "She gave the matter record time.",
        "The site of the old lead works was sold.",
        "Take the lead.",
        "Some content is free.",
        "Most transport is public.",
        "The details are subject to change.",
        "He was there, or the tree objects.",
    ],
)
def test_a_noun_that_looks_like_a_verb_stays_one(sentence: str) -> None:
    words = tagged(sentence)
    assert correct_tags(words) == [tag for _, tag in words]


@pytest.mark.parametrize("british", [False, True])
def test_every_phoneme_is_one_that_the_voice_knows_and_its_lexicon_uses(british: bool) -> None:
    assets = files("hibari").joinpath("assets")
    known = set(json.loads(assets.joinpath("vocab.json").read_text(encoding="utf-8")))
    name = f"lexicon_{'gb' if british else 'us'}_gold.json.gz"
    used = set(gzip.decompress(assets.joinpath(name).read_bytes()).decode())
    for _, _, american, *rest in (row for row in ROWS if len(row) > 2):
        phonemes = rest[0] if british and rest else american
        if not phonemes.isascii():
            assert set(phonemes) <= known & used, phonemes
            assert phonemes.count("ˈ") == 1
            assert re.search("ˈ[AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ]", phonemes), phonemes


def test_every_list_of_the_table_is_used_and_every_row_can_be_read() -> None:
    correct_tags([("it", "PRP")])
    named = {row[0] for row in ROWS if len(row) == 2}
    used = set(re.findall(r"@[a-z+-]+", "\n".join("\t".join(row[:2]) for row in ROWS if len(row) > 2)))
    assert named == used


VOCABULARY = sorted({word for row in ROWS if len(row) > 2 for word in row[0].split() if word[0] != "@"})
TAGS = ["NN", "NNS", "NNP", "VB", "VBD", "VBZ", "JJ", "RB", "DT", "IN", "TO", "PRP", ",", ".", "CC"]


@given(st.lists(st.tuples(st.sampled_from([*VOCABULARY, "the", "they", "to", "Job", ",", ""]), st.sampled_from(TAGS))))
def test_whatever_the_words_each_has_a_tag_and_only_they_have_readings(words: Words) -> None:
    assert len(correct_tags(words)) == len(words)
    assert set(choose_readings(words)) <= set(range(len(words)))
    assert set(choose_readings(words)) == set(choose_readings(words, british=True))
