"""Letters that are spelt are told from the words that are written like them."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiobuild.engines.phonetics.hibari_phonemes import sentence_sounds, utterances
from audiobuild.engines.phonetics.spelt_letters import find_spelt, letter_pronunciations
from audiobuild.model.pronunciation import Origin, Pronunciation

CASES = Path(__file__).parents[2] / "cases" / "spelt-letters.txt"
LINES = [line.split(" ~ ") for line in CASES.read_text(encoding="utf-8").splitlines() if " ~ " in line]


def spelt(words: str) -> list[str]:
    found = find_spelt(words.split())
    return [each.letter + "s" * each.is_plural for _, each in found]


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("the F D A approved it", ["A"]),
        ("the A I firm left", ["A", "I"]),
        ("A I is here", ["A", "I"]),
        ("at three A M today", ["A"]),
        ("A A A and B A flights", ["A", "A", "A", "A"]),
        ("B R C A one", ["A"]),
        ("the A three twenty", ["A"]),
        ("A three eighty jets", ["A"]),
        ("Vitamin A Deficiency", ["A"]),
        ("she got an A in maths", ["A"]),
        ("A star is born", []),
        ("C E Os and M Ps and I Ds", ["Os", "Ps", "I", "Ds"]),
        ("the A As and the P Ms", ["A", "As", "Ms"]),
        ("M and As", ["As"]),
        ("open until one A M.", ["A"]),
        ("parts ( A to C )", ["A"]),
        ("A and B are sides", ["A"]),
        ("A seven four seven has six engines", []),
        ("A seven thirty - seven landed", []),
        ("A cat sat", []),
        ("he said , A man came", []),
        ("A hundred men", []),
        ("A three - year plan", []),
        ("he wrote A Christmas Carol", []),
        ("As Ms Lee said , Is it Us", []),
    ],
)
def test_letters_are_found_among_words_that_are_written_like_them(words: str, letters: list[str]) -> None:
    assert spelt(words) == letters


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("The C E Os met at three A M.", "ðə sˈi ˈi ˈOz mˈɛt æt θɹˈi ˈA ˈɛm."),
        ("Two M Ps and two P Ss.", "tˈu ˈɛm pˈiz ænd tˈu pˈi ˈɛsᵻz."),
        ("Ms Lee sat.", "mˈɪz lˈi sˈæt."),
    ],
)
def test_a_voice_is_given_the_names_of_letters(text: str, heard: str) -> None:
    assert "|".join(each.phonemes for each in utterances(text, (), british=False)) == heard


@pytest.mark.parametrize(("sentence", "heard"), LINES, ids=[sentence for sentence, _ in LINES])
def test_a_sentence_with_letters_sounds_as_its_case_says(sentence: str, heard: str) -> None:
    phonemes = "|".join(each.phonemes for each in utterances(sentence, (), british=False))
    assert [part for part in heard.split("; ") if part not in phonemes] == [], phonemes


def test_a_british_voice_says_zed() -> None:
    assert utterances("The A to Z.", (), british=True)[0].phonemes == "ði ˈA tə zˈɛd."


def test_a_full_stop_behind_a_letter_ends_the_sentence() -> None:
    sounds = list(sentence_sounds("He met C. S. Lewis at the I M F. Then he left.", (), british=False))
    assert [each.start for each in sounds if each.is_mark] == [31, 45]


def test_an_ending_behind_a_name_is_no_letter_where_the_sentence_ends() -> None:
    name = Pronunciation(11, 6, "mʊmˈbaɪ")
    (said,) = utterances("It is near Mumbai's.", [name], british=False)
    assert said.phonemes.endswith("mʊmbˈIz.")


def test_a_voice_without_a_lexicon_is_told_of_letters_that_nobody_else_has_told_of() -> None:
    shown = Pronunciation(4, 1, "ɑː")
    found = letter_pronunciations("The A I firms' C E Os met Ms Lee.", [shown], american=True)
    assert [(each.offset, each.ipa, each.origin) for each in found] == [
        (4, "ɑː", Origin.SHOW),
        (19, "ˈoʊz", Origin.LEXICON),
        (26, "mˈɪz", Origin.LEXICON),
    ]
