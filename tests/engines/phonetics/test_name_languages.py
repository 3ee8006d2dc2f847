"""Names that no lexicon has are said by the language that their letters tell, where that is nearer to a newsreader."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiobuild.engines.phonetics.espeak_phonemes import phonemes
from audiobuild.engines.phonetics.foreign_names import foreign_ipa, foreign_pronunciations
from audiobuild.engines.phonetics.hibari_ipa import word_phonemes
from audiobuild.engines.phonetics.name_languages import PINYIN, _rows, language_of_name
from audiobuild.model.pronunciation import Pronunciation
from tests.speech_cases import Case, read_file

CASES = Path(__file__).parents[2] / "cases" / "name-languages.txt"


@pytest.mark.parametrize("case", list(read_file(CASES)), ids=lambda case: case.written)
def test_the_letters_of_a_name_tell_its_language_and_how_it_is_said(case: Case) -> None:
    name = case.written.removesuffix(" ~")
    ipa = foreign_ipa(name)
    assert f"{language_of_name(name)} {ipa}" == case.spoken if case.spoken else not ipa


def test_what_is_said_has_a_sound_in_every_engine_that_takes_phonemes() -> None:
    names = [case.written for case in read_file(CASES) if case.spoken]
    for ipa in [*map(foreign_ipa, names), *(sound for _, sound in _rows(PINYIN))]:
        assert phonemes(ipa, ipa)
        assert word_phonemes(ipa, ipa, british=True)
        assert word_phonemes(ipa, ipa, british=False)


def test_a_voice_without_a_lexicon_is_told_of_names_that_no_english_word_looks_like_and_nothing_is_told_twice() -> None:
    text = "Břeclav and Thibault met Zhiyuan in Brzęczyk-Land; Škvorecký was there."
    known = Pronunciation(0, 7, "ˈbrɛtslɑːf")
    told = foreign_pronunciations(text, [known])
    assert told[0] == known
    assert [text[each.offset : each.offset + each.length] for each in told[1:]] == ["Zhiyuan", "Škvorecký"]
