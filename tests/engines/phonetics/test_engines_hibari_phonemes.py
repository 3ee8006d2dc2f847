"""hibari's network is given phonemes that it has learnt, for every word of the text, and none is lost on the way."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobuild.engines import find_words
from audiobuild.engines.phonetics.hibari_ipa import rows, with_ending, word_phonemes
from audiobuild.engines.phonetics.hibari_phonemes import (
    MAX_PHONEMES,
    Utterance,
    Vocabulary,
    table_fingerprint,
    utterances,
)
from audiobuild.engines.phonetics.hibari_spelling import plain_text
from audiobuild.errors import EngineError
from audiobuild.model.pronunciation import Pronunciation
from tests.engines.phonetics.gaps import GAPS

MARKS = set(" .,;:?!—…()")


def say(text: str, *said: Pronunciation, british: bool = False, vocabulary: Vocabulary = "en-US") -> str:
    """The phonemes of a text, its utterances parted by a bar."""
    return "|".join(each.phonemes for each in spoken(text, *said, british=british, vocabulary=vocabulary))


def spoken(
    text: str, *said: Pronunciation, british: bool = False, vocabulary: Vocabulary = "en-US"
) -> tuple[Utterance, ...]:
    """Its utterances, which are checked to be what the network can take."""
    found = utterances(text, said, british=british, vocabulary=vocabulary)
    assert [offset for each in found for _, offset in each.words] == [offset for offset, _ in find_words(text)]
    for each in found:
        assert 1 <= len(each.phonemes) <= MAX_PHONEMES
        assert set(each.phonemes) <= learnt(british=british) | MARKS
        places = [place for place, _ in each.words]
        assert places == sorted(set(places))
        assert all(each.phonemes[place] not in MARKS for place in places)
    assert found[-1].ends_sentence
    return found


def asset(name: str) -> Any:
    with files("hibari").joinpath("assets", f"{name}.json.gz").open("rb") as packed:
        return json.loads(gzip.decompress(packed.read()))


@cache
def learnt(*, british: bool) -> set[str]:
    """The symbols that the lexicon is written in, and the two that the G2P itself sets."""
    values = asset(f"lexicon_{'gb' if british else 'us'}_gold").values()
    readings = (reading for value in values for reading in (value.values() if isinstance(value, dict) else [value]))
    found = set("".join(reading or "" for reading in readings))
    return (found - set("ɾʔ")) | {"ɐ"} | (set() if british else {"T"})


def table(name: str) -> list[list[str]]:
    return [row.split("\t") for row in rows(name).split("\n") if row and not row.startswith("# ")]


# --- IPA to phonemes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ipa", "american", "british"),
    [
        ("ˈkrakuf", "kɹˈɑkuf", "kɹˈakuːf"),
        ("ˈtʃɛkɪə", "ʧˈɛkiə", "ʧˈɛkɪə"),
        ("ˈt͡ʃɛkɪə", "ʧˈɛkiə", "ʧˈɛkɪə"),  # a tie bar
        ("ˈnat.ʃo", "nˈɑtʃO", "nˈatʃQ"),  # a syllable's end parts what would be one sound
        ("əˈdʒɛndə", "əʤˈɛndə", "əʤˈɛndə"),
        ("ˌθɒməˈseɪ", "θˌɑməsˈA", "θˌɒməsˈA"),
        ("ˈstrɛŋkθ", "stɹˈɛŋkθ", "stɹˈɛŋkθ"),
        ("ˈbiːt", "bˈit", "bˈiːt"),
        ("ˈhəʊm", "hˈOm", "hˈQm"),
        ("ˈhoʊm", "hˈOm", "hˈQm"),
        ("ˈraɪnaʊ", "ɹˈInW", "ɹˈInW"),
        ("ˈfɑː(ɹ)m", "fˈɑɹm", "fˈɑːm"),
        ("ˈfɝst", "fˈɜɹst", "fˈɜːst"),
        ("ˈfɜːst", "fˈɜɹst", "fˈɜːst"),
        ("ˈwɔːɾɚ", "wˈɔTəɹ", "wˈɔːtə"),
        ("ˈskwɛə", "skwˈɛɹ", "skwˈɛː"),
        ("ˈkarlos", "kˈɑɹlOs", "kˈɑːlQs"),
        ("ˈbʌtn̩", "bˈʌtᵊn", "bˈʌtᵊn"),
        ("ˈʃrøːdər", "ʃɹˈɜɹdəɹ", "ʃɹˈɜːdə"),
        ("ˈyːbɐ", "ˈubə", "ˈuːbə"),
        ("ˈʁɛno", "ɹˈɛnO", "ɹˈɛnQ"),
        ("boˈloɲ", "bOlˈOn", "bQlˈQn"),
        ("ˈɲɔki", "njˈɔki", "njˈɒki"),
        ("ˈloɣo", "lˈOɡO", "lˈQɡQ"),
        ("ˈlɒx", "lˈɑk", "lˈɒk"),
        ("ˈxoˌse", "hˈOsˌA", "hˈQsˌA"),
        ("kaˈfe", "kɑfˈA", "kafˈA"),
        ("bɔ̃ˈsɛʁ", "bɔnsˈɛɹ", "bɒnsˈɛː"),
        ("ˈnʲet", "njˈɛt", "njˈɛt"),
        ("ˈpeɪ˨˩tɕiŋ˥", "pˈAʧiŋ", "pˈAʧiŋ"),
    ],
)
def test_ipa_becomes_what_the_network_has_learnt(ipa: str, american: str, british: str) -> None:
    assert word_phonemes(ipa, "word", british=False) == [american]
    assert word_phonemes(ipa, "word", british=True) == [british]


def test_composed_and_decomposed_forms_are_one() -> None:
    assert word_phonemes("\u00e7\u00f5", "word", british=False) == word_phonemes(
        "c\u0327o\u0303", "word", british=False
    )


@pytest.mark.parametrize("ipa", ["/ˈkrakuf/", "[ˈkrakuf]", "'krakuf", " ˈkra.kuf ", "krakuf", "ˌkrakuf"])
def test_ways_of_writing_the_same_ipa_sound_the_same(ipa: str) -> None:
    assert word_phonemes(ipa, "Kraków", british=False) == ["kɹˈɑkuf"]


@pytest.mark.parametrize(("ipa", "symbol"), [("kraʘ", "ʘ"), ("1", "1"), ("ʞa", "ʞ"), ("kré", "\u0301")])
def test_a_symbol_without_a_sound_is_named_with_its_word(ipa: str, symbol: str) -> None:
    with pytest.raises(EngineError, match=f"'{symbol}' .* 'Kraków'") as caught:
        say("To Kraków.", Pronunciation(3, 6, ipa))
    assert ipa in caught.value.hint


@pytest.mark.parametrize("ipa", ["", " ", "ˈ", "//", "ˈːˌ", "."])
def test_ipa_without_any_sound_is_an_error(ipa: str) -> None:
    with pytest.raises(EngineError, match="'Kraków'"):
        say("Kraków", Pronunciation(0, 6, ipa))


@pytest.mark.parametrize("name", ["hibari_phonemes", "hibari_words", "british_words"])
def test_the_tables_hold_only_what_the_network_has_learnt(name: str) -> None:
    for _, american, *other in table(name):
        assert set(american.strip("=")) <= learnt(british=False) | {"ɾ"}, american
        if name != "british_words":
            assert set(other[0].strip("=") if other else "") <= learnt(british=True), other


@pytest.mark.parametrize("british", [False, True])
def test_no_word_has_an_h_before_its_w_where_it_is_spelt_wh(british: bool) -> None:
    from audiobuild.engines.phonetics.hibari_g2p import load_g2p

    golds = load_g2p(british=british, vocabulary="en-GB" if british else "en-US").lexicon.golds.d
    sounds = ((word, sound) for word, sound in golds.items() if "wh" in word and isinstance(sound, str))
    assert [word for word, sound in sounds if "hw" in sound.replace("ˌ", "").replace("ˈ", "")] == []
    assert say("elsewhere") == "ˈɛlswˌɛɹ."


def test_the_fingerprint_names_the_tables() -> None:
    assert len(table_fingerprint()) == 8


# --- pronunciations in a text -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("In ", " we", "ɪn zˈA wi."),
        ("The ", "’s end", "ðə zˈAz ˈɛnd."),
        ("The ", "'s end", "ðə zˈAz ˈɛnd."),
        ("The “", "”’s end", "ðə zˈAz ˈɛnd."),
        ("(", ")", "(zˈA)."),
        ("Well-", "-born", "wˈɛl zˈA bˈɔɹn."),
        ("“", "”", "zˈA."),
        ("No, ", "; no", "nˈO, zˈA; nˈO."),
        ("No—", "!", "nˈO — zˈA!"),
    ],
)
def test_what_stands_beside_a_pronunciation_stays(before: str, after: str, expected: str) -> None:
    assert say(f"{before}Xyz{after}", Pronunciation(len(before), 3, "ˈzeɪ")) == expected


@pytest.mark.parametrize(
    ("ipa", "ending"), [("ˈbɪʃəp", "s"), ("ˈdʒʌdʒ", "ᵻz"), ("ˈtʃaɪld", "z"), ("ˈkiθ", "s"), ("ˈmiː", "z")]
)
def test_a_possessive_gets_its_ending(ipa: str, ending: str) -> None:
    (word,) = word_phonemes(ipa, "word", british=False)
    assert with_ending(word, british=False) == word + ending
    assert say("A word’s end.", Pronunciation(2, 4, ipa)) == f"ɐ {word}{ending} ˈɛnd."


@pytest.mark.parametrize("ipa", ["ˈtiːrə dɛl ˈfweɡo", "ˈtiːrədɛlˈfweɡo"])
def test_a_pronunciation_of_several_words_gives_each_its_place(ipa: str) -> None:
    (each,) = spoken("To Tierra del Fuego by ship.", Pronunciation(3, 16, ipa))
    assert len(each.words) == 6


def test_no_sentence_ends_within_a_pronunciation() -> None:
    assert say("He met A. B. Smith there.", Pronunciation(7, 5, "ˈeɪ ˈbiː")) == "hˌi mˈɛt ˈA bˈi smˈɪθ ðˈɛɹ."
    assert len(spoken("It is Yes. No. Indeed. So.", Pronunciation(6, 13, "ˈjɛs"))) == 2


@pytest.mark.parametrize("spans", [[(-1, 2)], [(0, 0)], [(5, 3)], [(2, 2), (0, 1)], [(0, 3), (2, 3)]])
def test_spans_that_cannot_be_are_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="no pronunciation can be"):
        say("Kraków!", *(Pronunciation(offset, length, "a") for offset, length in spans))


# --- words in their sentence --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The apple and the pear.", "ði ˈæpᵊl ænd ðə pˈɛɹ."),
        ("A boat to eat, a boat to sell.", "ɐ bˈOt tʊ ˈit, ɐ bˈOt tə sˈɛl."),
        ("He isn’t Jo’s well-known friend.", "hˌi ˈɪzᵊnt ʤˈɑs wˌɛlnˈOn fɹˈɛnd."),
        ("It’s a twenty-four-year-old.", "ˌɪts ɐ twˈɛntifˌɔɹjˌɪɹˈOld."),
        ("Rock ’n’ roll, get ’em.", "ɹˈɑk ænd ɹˈOl, ɡɛt əm."),
        ("The boys’ dog, at five o’clock.", "ðə bˈYz dˈɔɡ, æt fˈIv əklˈɑk."),
        ("The old man – he left - was here… no…", "ði ˈOld mˈæn — hi lˈɛft — wʌz hˈɪɹ… nˈO…"),
        ("Wait -- no... yes?!", "wˈAt — nˈO… jˈɛs?"),
        ("Edition", "ədˈɪʃən."),
        ("As follows:", "ˌæz fˈɑlOz:"),
        ("Jean-Blorf", "ʤˈin blˈɔɹf."),  # a known word keeps its sound beside an unknown one
        ("They read it every day.", "ðˌA ɹˈid ɪt ˈɛvəɹi dˈA."),
        ("Polish the Polish table.", "pˈɑlɪʃ ðə pˈOlɪʃ tˈAbᵊl."),
        ("His résumés, and to resume.", "hˌɪz ɹˈɛzəmˌAz, ænd tə ɹəzˈum."),
    ],
)
def test_words_sound_as_their_sentence_has_them(text: str, expected: str) -> None:
    assert say(text) == expected


def test_the_british_voice_has_its_own_sounds() -> None:
    assert say("The old goat laughed.", british=True) == "ði ˈQld ɡˈQt lˈɑːft."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Schedules", "ʃˈɛʤulz."),
        ("Neither lieutenant’s", "nˈIðəɹ lɛftˈɛnənts."),
        ("hostile missiles", "hˈɑstˌIl mˈɪsˌIlz."),
        ("His progress, he progresses.", "hˌɪz pɹˈOɡɹˌɛs, hi pɹəɡɹˈɛsᵻz."),
        ("detailed", "dˈitˌAld."),
        ("N Z", "ˈɛn zˈɛd."),
    ],
)
def test_an_american_voice_says_the_words_that_britons_say_otherwise(text: str, expected: str) -> None:
    assert say(text, vocabulary="en-GB") == expected != say(text)


def test_every_british_word_is_said_otherwise_than_in_america() -> None:
    gold, silver = asset("lexicon_us_gold"), asset("lexicon_us_silver")
    words = table("british_words")
    assert len(words) > 150
    assert [word for word, phonemes, *_ in words if gold.get(word, silver.get(word)) == phonemes] == []


# --- quotation marks ----------------------------------------------------------------------------------

COMMON = (
    "the of and a to in is you that it he was for on are as with his they I at be this have from or one had by word but"
    " not what all were we when your can said there use an each which she do how their if will up other about out many"
    " then them these so some her would make like him into time has look two more write go see number no way could"
    " people my than first water been call who oil its now find long down day did get come made may part new any after"
    " also through just our where much before right too means old same tell follow came want show around form three"
    " small set put end does another well large must big even such because turn here why ask went men read need land"
    " different home us move try kind hand picture again change off play spell air away animal house point page letter"
    " mother answer found study still learn should America world high every near add food between own below country"
    " plant last school father keep tree never start city earth eye light thought head under story saw left few while"
    " along might close something seem next hard open example begin life always those both paper together got group"
    " often run important until children side feet car mile night walk white sea began grow took river four carry state"
    " once book hear stop without second later miss idea enough eat face watch far really almost let above girl"
    " sometimes mountain cut young talk soon list song being leave family body music colour stand sun question fish"
    " area mark dog horse birds problem complete room knew since ever piece told usually friends easy heard order red"
    " door sure become top ship across today during short better best however low hours black products happened whole"
    " measure remember early waves reached listen wind rock space covered fast several hold himself toward five step"
    " morning passed vowel true hundred against pattern numeral table north slowly money map farm pulled draw voice"
    " cold notice south sing war ground fall king town unit figure certain field travel wood fire upon"
    " done road halves ten fly gave box finally wait correct oh quickly person became shown minutes strong verb stars"
    " front feel fact inches street decided contain course surface produce building ocean class note nothing rest"
    " carefully scientists inside wheels stay green known island week less machine base ago stood plane system behind"
    " ran round boat game force brought understand warm common bring explain dry though language shape deep thousands"
    " yes clear equation yet government filled heat full check object am rule among noun power cannot able six size"
).split()
"""The commonest words of English, some 450."""


@pytest.mark.parametrize(
    ("marks", "british", "first"),
    [("“”", False, 0), ('""', True, 0), ("‘’", True, 1), ("''", False, 1), ("«»", False, 0), ("„“", False, 1)],
)
def test_a_common_word_sounds_the_same_within_quotation_marks(marks: str, british: bool, first: int) -> None:
    """Each pair of marks has one word of two, and each word a pair of either kind."""
    opening, closing = tuple(marks)
    plain = "\n".join(f"He looked at it, {word} boats and all." for word in COMMON[first::2])
    quoted = "\n".join(f"He looked at it, {opening}{word} boats and all{closing}." for word in COMMON[first::2])
    assert len(COMMON) > 440
    assert say(quoted, british=british) == say(plain, british=british)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("She said “the boat floats” twice.", "She said ,the boat floats  twice."),
        ("The so-called “expert” was wrong.", "The so-called  expert  was wrong."),
        ("He said, “No.”", "He said,  No. "),
        ("“We go,” she said.", " We go,  she said."),
        (
            "He called it “a sad day for the whole of Norway” today.",
            "He called it ,a sad day for the whole of Norway, today.",
        ),
        ("The “a sad day for the whole of Norway” line.", "The  a sad day for the whole of Norway, line."),
        ("It was a “no”; then a 'yes'.", "It was a  no ; then a  yes ."),
        ("The boys' and girls’ dogs’ 'own' day", "The boys  and girls  dogs   own  day"),
        ("of the whole war for the north of it” he said", "of the whole war for the north of it, he said"),
    ],
)
def test_a_quotation_is_marked_by_a_pause_where_an_announcer_would(text: str, heard: str) -> None:
    assert plain_text(text) == heard


# --- sentences ----------------------------------------------------------------------------------------


def test_a_sentence_is_an_utterance_of_its_own() -> None:
    found = spoken("No. He left. Mr. Smith met C. S. Lewis and C S Forester at No. 5.\nThen?")
    assert [each.phonemes[-1] for each in found] == [".", ".", ".", "?"]
    assert all(each.ends_sentence for each in found)


LONG = (
    "The harbour was full of boats that morning, and the people who had come to see them stood along the whole length"
    " of the wall; nobody could remember a day on which so many had come in at once, nor one on which the sea had been"
    " so still that every mast was seen twice."
)


def test_a_long_sentence_is_cut_at_phrases() -> None:
    found = spoken(LONG)
    assert [each.ends_sentence for each in found] == [False, True]
    assert found[0].phonemes.endswith("wˈɔl;")
    assert " ".join(each.phonemes for each in found) == say(LONG).replace("|", " ")


def test_a_long_sentence_without_phrases_is_cut_between_words_as_if_a_phrase_ended() -> None:
    found = spoken("people " * 400)
    assert all(each.phonemes.endswith("pˈipᵊl,") for each in found[:-1])
    assert found[-1].phonemes.endswith("pˈipᵊl.")
    assert max(len(each.phonemes) for each in found) - min(len(each.phonemes) for each in found) <= 10


@pytest.mark.parametrize(
    "text", ["a" * 2_000, "ab-" * 700 + "c", "x’" * 700 + "x", "Ab" * 700, "1" * 700, "(" * 900 + "a"]
)
def test_a_word_without_end_is_spoken_too(text: str) -> None:
    spoken(text)


# --- letters, digits and signs ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("Ålefjær", "Alefjaer"),
        ("Kraków", "Krakow"),
        ("Erdoğan", "Erdogan"),
        ("São", "Sao"),
        ("Sa\u0303o", "Sao"),
        ("Ångström", "Angstrom"),
        ("Straße", "Strasse"),
        ("Ærø", "Aero"),
        ("Þór", "Thor"),
        ("İzmir", "Izmir"),
        ("naïve", "naive"),
        ("ﬁsh", "fish"),
        ("co\u2011op", "co-op"),
    ],
)
@pytest.mark.parametrize("british", [False, True])
def test_letters_with_accents_sound_as_the_plain_ones(word: str, plain: str, british: bool) -> None:
    assert say(f"In {word} here.", british=british) == say(f"In {plain} here.", british=british)


@pytest.mark.parametrize("word", ["Жук", "αβγ", "你好", "שלום", "سلام", "नमस्ते", "한국", "½"])
def test_letters_that_are_not_latin_are_named_with_their_word(word: str) -> None:
    with pytest.raises(EngineError, match=f"no sound for '{word[0]}' in '{word}'"):
        say(f"It is {word}.")


def test_a_pronunciation_gives_them_a_sound() -> None:
    assert say("It is Жук.", Pronunciation(6, 3, "ˈʒuk")) == "ˌɪt ɪz ʒˈuk."


@pytest.mark.parametrize("text", ["", " ", "😀", "…", "— ( ) “”", "\u2212"])
def test_a_text_without_a_word_is_an_error(text: str) -> None:
    with pytest.raises(EngineError, match="nothing to say"):
        say(text)


def test_signs_that_are_no_words_are_left_out() -> None:
    assert say("Go 😀 to → the \u2212 [shop] {now} * today ™.") == "ɡˌO tə ðə (ʃˈɑp) (nˈW) tədˈA."


def test_a_word_of_accents_alone_is_an_error() -> None:
    with pytest.raises(EngineError, match="no sound"):
        say("He said \u0301 twice.")


def test_digits_are_read_one_by_one() -> None:
    assert say("B2B and 1,024.") == "bˈi tˈu bˈi ænd wˈʌn zˈɪɹO tˈu fˈɔɹ."


def test_a_long_unknown_word_is_heard_to_its_end() -> None:
    assert say("Zoggleforthianastrambolicarbunculator").endswith("Təɹ.")


MATERIAL = st.lists(
    st.sampled_from([*COMMON[:60], "Łódź", "twenty-four", "he’d", "U.S.", "Ph.D.", "x_y", "AT&T", "Xyzzyq", "42", "I"]),
    min_size=1,
    max_size=60,
)
JOINTS = (*GAPS, "—", "’s ", "/")


@settings(max_examples=80, deadline=None)
@given(MATERIAL, st.data())
def test_every_word_finds_its_place_whatever_stands_between(words: list[str], data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.sampled_from(JOINTS), min_size=len(words), max_size=len(words)))
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    said = []
    for offset, length in find_words(text):
        if data.draw(st.integers(0, 9)) == 0:
            said.append(Pronunciation(offset, length, data.draw(st.sampled_from(["ˈkrakuf", "ˈfwe ɡo", "ˈɲɔki"]))))
    spoken(text, *said, british=data.draw(st.booleans()))
