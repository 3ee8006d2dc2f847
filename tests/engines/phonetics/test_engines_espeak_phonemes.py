"""espeak-ng says words as their IPA has it, and still knows where each word of the text is."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobuild.engines import Speech, find_words, spread_words
from audiobuild.engines.espeak import Espeak
from audiobuild.engines.external.espeak_library import speak
from audiobuild.engines.phonetics.espeak_phonemes import mark_text, phonemes
from audiobuild.errors import EngineError
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.values import Voice
from tests.engines.phonetics.gaps import GAPS

BEFORE, AFTER = "They went from ", " by the night train, and slept."


def say(text: str, *pronunciations: Pronunciation, name: str = "en-gb") -> Speech:
    return Espeak(Voice("espeak", name), "en-GB").synthesise(text, pronunciations)


def say_word(word: str, ipa: str = "", before: str = BEFORE, after: str = AFTER, name: str = "en-gb") -> bytes:
    """The samples of a word within a sentence, as written or as the IPA has it."""
    said = (Pronunciation(len(before), len(word), ipa),) if ipa else ()
    return say(before + word + after, *said, name=name).clip.to_pcm16()


def joined(ipa: str) -> str:
    return " ".join(phonemes(ipa, "word"))


# --- IPA to phonemes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ipa", "expected"),
    [
        ("ˈkrakuf", "' k r a k u f"),
        ("ˈtʃɛkɪə", "' tS E k i@3"),
        ("ˈt͡ʃɛkɪə", "' tS E k i@3"),  # a tie bar
        ("t.ʃ", "t S"),  # a syllable's end parts what would be one sound
        ("əˈdʒɛndə", "@ ' dZ E n d @"),
        ("ˌtʰɒm.əˈseɪ", ", t 0 m @ ' s eI"),
        ("biːt", "b i: t"),
        ("bɪt", "b I t"),
        ("ˈpitːsa", "' p i t : s a"),
        ("fɑː(ɹ)m", "f A@ m"),
        ("fɑːɹm", "f A: r m"),
        ("lɒx", "l 0 x"),
        ("ˈyːbɐ", "' u: b a#"),
        ("ˈʃrøːdər", "' S r 3: d @ r"),
        ("ˈʁɛno", "' Q\" E n o"),
        ("ˈɲɔki", "' n^ O k i"),
        ("ˈkɒɫd", "' k 0 L d"),
        ("ˈpeɾo", "' p e * o"),
        ("bɔ̃", "b O~"),
        ("sɐ̃w̃", "s aU N"),
        ("ˈbʌtn̩", "' b V t n-"),
        ("ˈnʲet", "' n j e t"),
        ("kazanʲ", "k a z a n"),
        ("ˈmaɪ̯n", "' m aI n"),
        ("peɪ˨˩tɕiŋ˥", "p eI tS; i N"),
    ],
)
def test_ipa_becomes_phonemes(ipa: str, expected: str) -> None:
    assert joined(ipa) == expected


def test_composed_and_decomposed_forms_are_one() -> None:
    assert joined("\u00e7\u00f5") == joined("c\u0327o\u0303") == "C O~"


@pytest.mark.parametrize(("ipa", "symbol"), [("kraʘ", "ʘ"), ("1", "1"), ("ʞa", "ʞ"), ("(a)", r"\("), ("kré", "\u0301")])
def test_a_symbol_without_a_sound_is_named_with_its_word(ipa: str, symbol: str) -> None:
    with pytest.raises(EngineError, match=f"'{symbol}' .* 'Kraków'") as caught:
        say_word("Kraków", ipa)
    assert ipa in caught.value.hint


@pytest.mark.parametrize("ipa", ["", " ", "ˈ", "//", "ˈːˌ", "."])
def test_ipa_without_any_sound_is_an_error(ipa: str) -> None:
    with pytest.raises(EngineError, match="'Kraków'"):
        mark_text("Kraków", [Pronunciation(0, 6, ipa)])


@pytest.mark.parametrize("spans", [[(-1, 2)], [(0, 0)], [(5, 3)], [(2, 2), (0, 1)], [(0, 3), (2, 3)]])
def test_spans_that_cannot_be_are_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="no pronunciation can be"):
        mark_text("Kraków!", [Pronunciation(offset, length, "a") for offset, length in spans])


# --- what is heard ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["en-gb", "en-us"])
@pytest.mark.parametrize(
    ("ipa", "spelling"),
    [("ˈθɔːt", "thought"), ("ˈmiːtɪŋ", "meeting"), ("ˈtʃaɪld", "child"), ("ˈdʒʌdʒ", "judge"), ("ˈbɪʃəp", "bishop")],
)
def test_ipa_sounds_as_the_word_of_that_sound(name: str, ipa: str, spelling: str) -> None:
    assert say_word("Xyz", ipa, name=name) == say_word(spelling, name=name)


def test_it_is_the_ipa_that_is_heard_and_not_the_spelling() -> None:
    assert say_word("Kraków", "ˈkrakuf") != say_word("Kraków")
    assert say_word("Kraków", "ˈkrakuf") == say_word("Xyz", "ˈkrakuf")


def test_without_a_stress_mark_the_first_vowel_is_stressed() -> None:
    assert say_word("Kraków", "krakuf") == say_word("Kraków", "ˈkrakuf") != say_word("Kraków", "kraˈkuf")


@pytest.mark.parametrize("ipa", ["/ˈkrakuf/", "[ˈkrakuf]", "'krakuf", " ˈkra.kuf "])
def test_ways_of_writing_the_same_ipa_sound_the_same(ipa: str) -> None:
    assert say_word("Kraków", ipa) == say_word("Kraków", "ˈkrakuf")


@pytest.mark.parametrize(
    ("before", "after"),
    [("(", ")"), ("“", "”"), ("‘", "’"), ('so "', '"'), ("—", "—"), ("/", "/"), ("[", "]"), ("(“", ",”")],
)
def test_a_word_is_heard_whatever_touches_it(before: str, after: str) -> None:
    long, short = (
        say_word("Kraków", ipa, f"They left {before}", f"{after} by train.") for ipa in ("ˈkrakufskakraˈkufska", "ˈa")
    )
    assert len(long) > len(short) + 2 * 22_050 // 2


@pytest.mark.parametrize(
    ("ipa", "spelling"), [("ˈbɪʃəp", "bishop’s"), ("ˈdʒʌdʒ", "judge’s"), ("ˈtʃaɪld", "child’s"), ("ˈθɔːt", "thought's")]
)
def test_a_possessive_gets_its_ending(ipa: str, spelling: str) -> None:
    word = spelling[:-2]
    assert say_word(word, ipa, after=spelling[-2:] + AFTER) == say_word(spelling)


@pytest.mark.parametrize("name", ["en-gb", "en-gb+f3", "en-us", "en-gb-scotland", "en-gb-x-rp", "en-029"])
def test_every_english_voice_takes_ipa(name: str) -> None:
    assert say_word("Kraków", "ˈkrakuf", name=name) != say_word("Kraków", name=name)


def test_a_voice_of_another_language_takes_none_and_says_so() -> None:
    with pytest.raises(EngineError, match=r"'fr-fr' takes no pronunciation"):
        say_word("Kraków", "ˈkrakuf", name="fr-fr")


def test_no_phoneme_of_the_table_is_unknown_to_the_voices() -> None:
    """The library stops at one that it does not know, so that nothing behind it would be heard."""
    rows = files("audiobuild.engines.phonetics").joinpath("espeak_phonemes.tsv").read_text(encoding="utf-8").split("\n")
    known = {phoneme for row in rows if not row.startswith("# ") for phoneme in row.partition("\t")[2].split()}
    assert len(known) > 80
    for identifier in ("gmw/en", "gmw/en-US"):
        for phoneme in sorted(known):
            there, cut = (
                speak(f"[['|a|{phoneme}{rest}]]", identifier, 160, with_phonemes=True).pcm for rest in ("|f|a|f|a", "")
            )
            assert len(there) > len(cut) + 2 * 22_050 // 10, phoneme


# --- what is not pronounced stays as it was -----------------------------------------------------------


@pytest.mark.parametrize("text", ["Sixty thistles hiss.", "Brackets [[h@'loU]] here.", "A ]] b [[ c [[[ d."])
def test_a_text_without_pronunciations_is_given_to_the_library_as_it_is(text: str) -> None:
    assert mark_text(text, ()).text == text
    assert say(text).clip.to_pcm16() == speak(text, "gmw/en", 160).pcm


def test_brackets_of_the_text_are_no_phonemes_beside_a_pronunciation() -> None:
    text = "Brackets [[h@'loU]] here, and Kraków."
    marked = mark_text(text, [Pronunciation(30, 6, "ˈkrakuf")])
    assert marked.text.count("[[") == 1
    assert len(say(text, Pronunciation(30, 6, "ˈkrakuf")).words) == len(find_words(text))


# --- words --------------------------------------------------------------------------------------------


def test_words_keep_their_times_around_a_pronunciation() -> None:
    """The IPA is that of the spelling, so that every word is where it would be."""
    text = "He thought of the Thought that he thought, then thought again."
    offsets = [3, 18, 34, 48]
    plain, said = say(text).words, say(text, *(Pronunciation(offset, 7, "ˈθɔːt") for offset in offsets)).words
    assert [(word.offset, word.length) for word in said] == find_words(text)
    for there, here in zip(plain, said, strict=True):
        assert abs(there.start_ms - here.start_ms) <= 5


def test_words_behind_a_longer_sound_are_later_by_what_it_is_longer() -> None:
    short, long = (say(f"{BEFORE}Ys{AFTER}", Pronunciation(len(BEFORE), 2, ipa)) for ipa in ("ˈiːs", "iːsamaraˈkuːnda"))
    later = [there.start_ms - here.start_ms for there, here in zip(long.words, short.words, strict=True)]
    assert max(map(abs, later[:4])) <= 5  # the melody, and so the tempo, differ a little
    assert all(300 < ms < 1200 for ms in later[4:])
    assert max(later[4:]) - min(later[4:]) <= 15  # "by" is a little later behind an s


@pytest.mark.parametrize("ipa", ["ˈtiːrə dɛl ˈfwe.ɡo", "ˈtiːrədɛlˈfwe.ɡo"])
def test_a_pronunciation_of_several_words_gives_each_its_time(ipa: str) -> None:
    text = "To Tierra del Fuego by ship."
    words = say(text, Pronunciation(3, 16, ipa)).words
    assert [(word.offset, word.length) for word in words] == find_words(text)
    starts = [word.start_ms for word in words]
    assert starts == sorted(set(starts))


SAYINGS = {"Kraków": "ˈkrakuf", "Nguyen": "ŋwiən", "café": "ˈkæfeɪ", "Łódź": "wut͡ɕ", "Li": "liː"}
WORDS = [*SAYINGS, "market", "people", "twenty", "river", "yellow"]
SPACES = (*GAPS, "  ", "\u00a0")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SPACES), st.booleans()), min_size=1, max_size=150))
def test_each_mark_finds_its_own_word_among_pronunciations(parts: list[tuple[str, str, bool]]) -> None:
    """These words are never run together, so that the nth mark belongs to the nth word."""
    text = ""
    said: list[Pronunciation] = []
    for word, gap, heard in parts:
        if heard and word in SAYINGS:
            said.append(Pronunciation(len(text), len(word), SAYINGS[word]))
        text += word + gap
    marked = mark_text(text, said)
    utterance = speak(marked.text, "gmw/en", 160, with_phonemes=True)
    words = spread_words(text, ((marked.place(place), time_ms) for place, time_ms in utterance.marks), 1e9)
    assert [word.start_ms for word in words] == [time_ms for _, time_ms in utterance.marks]
