"""Pronunciations for hibari: IPA -> the alphabet of its network (layer 3, pure).

`hibari_phonemes.tsv` says which of its symbols stand for which symbols of IPA. The network has learnt English and no
other language, so that a sound which English has not becomes the nearest that it has. The alphabet is misaki's: one
letter for a diphthong (A as in "day", I as in "eye", O or British Q as in "oh", W as in "how", Y as in "boy"), and the
mark of stress right before the vowel, where IPA has it before the syllable.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from importlib.resources import files

from audiobuild.engines.phonetics.ipa import DELIMITERS, find_sounds
from audiobuild.errors import EngineError

NAME = "hibari"
_EDGE = "#"
"""The end of a word in the table, where some symbols sound otherwise."""
MARKS = frozenset(".?!…;:—,()")
"""The marks that the network has learnt."""
_STRESSES = "ˈˌ"
_SILENT = MARKS | set(f" {_STRESSES}ː")
_VOWELS = "AIOQWYaiuæɑɐɒɔəɛɜɪʊʌᵊᵻ"
_FIRST_VOWEL = re.compile(f"(?=[{_VOWELS}])")
_STRESS_AND_VOWEL = re.compile(f"(?<![{_STRESSES}])([{_STRESSES}])++([^{_VOWELS}{_STRESSES}]*+)(?=[{_VOWELS}])")
_STRESS_OF_NOTHING = re.compile(f"[{_STRESSES}](?![{_VOWELS}])")
_STRESSED_ONSET = re.compile(f"(?<![^{_VOWELS}{_STRESSES}ː ])([^{_VOWELS}{_STRESSES}ː ]*+)([{_STRESSES}])")
_ONSET = re.compile("(?:s?[ptk][ɹlwj]?|s[mnlwfj]|[bdɡfvθʃ][ɹlwj]?|[mnhlzð]j?|[ʧʤʒjwɹsT])?$")
"""The most of the consonants before a vowel that an English syllable can begin with."""
_IPA = str.maketrans(
    {"A": "eɪ", "I": "aɪ", "O": "oʊ", "Q": "əʊ", "W": "aʊ", "Y": "ɔɪ", "T": "t", "ʤ": "dʒ", "ʧ": "tʃ", "ɹ": "r"}
    | {"ᵊ": "ə", "ᵻ": "ɪ", "ɐ": "ə", "a": "æ"}
)
_SILENT_R = re.compile(f"(.?ː?)ɹ(?![{_STRESSES}]?[{_VOWELS}])")
_WITH_SILENT_R = {"a": "ɑː", "ɛ": "ɛː", "ɒ": "ɔː", "Q": "ɔː", "ɪ": "ɪə", "i": "ɪə", "ʊ": "ʊə", "ʌ": "ɜː"}
"""What a British vowel becomes by an r that is not heard; all others stay."""


def word_phonemes(ipa: str, word: str, *, british: bool) -> list[str]:
    """Turn IPA into phonemes, one string for each word of it.

    >>> word_phonemes("ˈtʃɛkɪə", "Czechia", british=False)
    ['ʧˈɛkiə']

    Args:
        ipa: in any Unicode form; where it marks no stress, each word gets it on its first vowel.
        word: what is pronounced, for the error.

    Raises:
        EngineError: a symbol has no sound, or there is no sound at all.
    """
    words = [_unstressed(each, word, british=british) for each in DELIMITERS.sub("", ipa).split()]
    if not words:
        raise EngineError(f"the pronunciation of {word!r} is empty", NAME)
    if not any("ˈ" in each for each in words):
        words = [each.replace("ˌ", "ˈ", 1) if "ˌ" in each else _FIRST_VOWEL.sub("ˈ", each, count=1) for each in words]
    return [_STRESS_OF_NOTHING.sub("", _STRESS_AND_VOWEL.sub(r"\2\1", each)) for each in words]


def as_ipa(phonemes: str) -> str:
    """Write phonemes in IPA, the marks of stress before the syllable.

    >>> as_ipa("ʤˈʌʤɪŋ əpˈɑn")
    'ˈdʒʌdʒɪŋ əˈpɑn'
    """
    return " ".join(_STRESSED_ONSET.sub(_before_onset, word).translate(_IPA) for word in phonemes.split(" "))


def _before_onset(match: re.Match[str]) -> str:
    sounds, stress = match[1], match[2]
    onset = _ONSET.search(sounds) if match.start() else None
    place = onset.start() if onset else 0
    return f"{sounds[:place]}{stress}{sounds[place:]}"


def has_sound(phonemes: str) -> bool:
    """Say whether there is anything to hear in phonemes."""
    return not _SILENT.issuperset(phonemes)


def with_ending(word: str, *, british: bool) -> str:
    """Put an "'s" behind the phonemes of a word.

    >>> with_ending("ʤˈʌʤ", british=False)
    'ʤˈʌʤᵻz'
    """
    if word[-1] in "szʃʒʧʤ":
        return f"{word}{'ɪ' if british else 'ᵻ'}z"
    return f"{word}s" if word[-1] in "ptkfθ" else f"{word}z"


def _unstressed(ipa: str, word: str, *, british: bool) -> str:
    """Look up the symbols of a word, the longest run first."""
    found = "".join(find_sounds(ipa, _table(british=british), word=word, engine=NAME, end=_EDGE))
    if not found.strip(_STRESSES):
        raise EngineError(f"the pronunciation of {word!r} has no sound: {ipa!r}", NAME)
    found = found.replace("ɹɹ", "ɹ")
    return _SILENT_R.sub(_without_r, found) if british else found


def _without_r(match: re.Match[str]) -> str:
    return _WITH_SILENT_R.get(match[1], match[1])


@functools.cache
def _table(*, british: bool) -> tuple[dict[str, str], int]:
    """Read the phonemes of each run of symbols, in NFD, and the length of the longest."""
    table = {_EDGE: ""}
    for line in rows("hibari_phonemes").split("\n"):
        if line and not line.startswith("# "):
            symbols, american, *other = f"{line}\t".split("\t")
            sounds = other[0] if british and other[0] else american
            table[unicodedata.normalize("NFD", symbols.replace("◌", ""))] = sounds
    return table, max(map(len, table))


@functools.cache
def rows(name: str) -> str:
    """Read a table that lies beside this module."""
    return files("audiobuild.engines.phonetics").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
