"""Names are said as the lexicon of names has them, wherever they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobuild.engines.phonetics.espeak_phonemes import phonemes
from audiobuild.engines.phonetics.hibari_ipa import word_phonemes
from audiobuild.normalisation import Context
from audiobuild.normalisation.english.lexis.lists import load_rows
from audiobuild.normalisation.english.lexis.name_sounds import TABLE, pronounce_names
from tests.speech_cases import Case, read_file

CASES = Path(__file__).parents[3] / "cases" / "names.txt"
ROWS = load_rows(TABLE)
IPA = [(row[0], ipa) for row in ROWS for ipa in row[1:3] if ipa]
SYLLABLES = re.compile("aɪə|aʊə|(?:[aeɔ]ɪ|[aəoɪʊɛ][ʊə]|[aeiouæɑɒɔəɛɜɪʊʌ]ː?|[nl]̩)")


@pytest.mark.parametrize("case", list(read_file(CASES)), ids=lambda case: case.name)
def test_names_in_a_sentence_have_their_sound(case: Case) -> None:
    text = case.written.removesuffix(" ~")
    sounds = pronounce_names(text, Context(case.locale))
    told = "; ".join(f"{text[each.offset : each.offset + each.length]}={each.ipa}" for each in sounds)
    assert told == case.spoken


def test_every_row_has_a_sound_in_every_engine_that_takes_phonemes() -> None:
    for written, ipa in IPA:
        for british in (True, False):
            assert word_phonemes(ipa, written, british=british)
        for word in ipa.split():
            assert phonemes(word, written)


def unstressed() -> Iterator[str]:
    for written, ipa in IPA:
        words = [word for word in ipa.split() if len(SYLLABLES.findall(word)) > 1]
        if any(not set("ˈˌ") & set(word) for word in words) or ipa.count("ˈ") not in {1, bool(words or " " in ipa)}:
            yield f"{written} {ipa}"


def test_every_word_of_two_syllables_or_more_has_a_stress_and_every_name_one_that_leads() -> None:
    assert list(unstressed()) == []


def test_no_name_stands_there_twice_and_all_that_is_different_is_said() -> None:
    rows = [row[0] for row in ROWS]
    assert len(rows) == len(set(rows))
    assert [row[0] for row in ROWS if row[1:2] == row[2:3]] == []


def test_every_name_of_a_row_is_found_and_said_as_the_row_has_it() -> None:
    for written, british, *rest in ROWS:
        befores = [{"*": "with", "=": "with"}.get(word, word) for word in " ".join(rest[2:3]).split()] or ["with"]
        texts = [f"It went {before} {written}." for before in befores]
        assert any(british in [sound.ipa for sound in pronounce_names(text, Context())] for text in texts), written


def test_marks_on_letters_and_forms_of_apostrophes_are_no_other_name() -> None:
    for text in ("Łódź", "Lodz", unicodedata.normalize("NFD", "Łódź")):
        assert [sound.ipa for sound in pronounce_names(text, Context())] == ["wʊtʃ"]
    for text in ("O'Neill", "O’Neill"):
        assert [sound.length for sound in pronounce_names(text, Context())] == [7]


def test_a_respelling_is_one_word_for_one_and_stands_where_few_would_guess_the_sound() -> None:
    rows = [row for row in ROWS if row[5:]]
    assert 20 < len(rows) < len(ROWS) / 50
    for written, *_, respelling in rows:
        assert written.isalpha()
        assert re.fullmatch("[A-Z][a-z]+(?:-[a-z]+)?", respelling)
