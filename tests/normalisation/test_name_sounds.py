"""Names are said as the lexicon of names has them, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobuild.engines.espeak_phonemes import phonemes
from audiobuild.engines.hibari_ipa import word_phonemes
from audiobuild.normalisation import Context
from audiobuild.normalisation.english.name_sounds import TABLE, fold, load_names, pronounce_names
from audiobuild.normalisation.tables import load_rows
from tests.speech_cases import Case, read_file

CASES = Path(__file__).parents[1] / "cases" / "names.txt"
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
        for word in re.split(r"[ -]", ipa):
            if len(SYLLABLES.findall(word)) > 1 and "ˈ" not in word:
                yield f"{written} {ipa}"


def test_every_word_of_two_syllables_or_more_has_a_stress() -> None:
    assert list(unstressed()) == []


def test_no_name_stands_there_twice_and_all_that_is_different_is_said() -> None:
    rows = [(row.written, row.context) for rows in load_names().values() for row in rows]
    assert len(rows) == len({(fold(written), context) for written, context in rows})
    assert [row[0] for row in ROWS if row[1:2] == row[2:3]] == []
