"""Which language an unknown name comes from, as its letters tell; and how pinyin sounds (layer 3, pure).

`name_languages.tsv` holds the letters by which a language is known, of those languages whose own voice comes
nearer to a newsreader than the guess of an English one; `pinyin.tsv` the syllables of Chinese names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from audiobuild.engines.phonetics.hibari_ipa import rows

LANGUAGES = "name_languages"
PINYIN = "pinyin"
_LEFT_TO_THE_VOICE = "-"
_VOWELS = "aeiou"
_LONGEST_SYLLABLE = 6
_CLEAR = re.compile("(?:zh|x|q(?!ue$))")
"""What begins no syllable of other languages that is written so."""
_RICH = re.compile("(?:[aeiou]{2,}|[aeiou]+n?g|[aeiou]+n)$")
"""The end of a syllable that is more than a vowel."""
_TELLING = re.compile("(?:ang|eng|ong|i?ao|[iu]an|uai|u[io])$")
"""The end of a syllable that few languages but Chinese have several times in a name."""


def language_of_name(name: str) -> str:
    """Return the primary subtag of a name's language; empty where its letters do not tell of one that is of use.

    >>> [language_of_name(name) for name in ("Břeclav", "Quéméneur", "Zhiyuan", "Smith")]
    ['cs', 'fr', 'zh', '']
    """
    small = unicodedata.normalize("NFC", name).lower()
    if _is_chinese(small):
        return "zh"
    language = next((language for language, pattern in _patterns() if pattern.search(small)), "")
    return language.strip(_LEFT_TO_THE_VOICE)


def pinyin_ipa(name: str) -> str:
    """Write in IPA how a name in pinyin sounds, its last syllable stressed; empty where it is none.

    >>> pinyin_ipa("Zhiyuan")
    'dʒɜːˈjuæn'
    """
    syllables = _syllables(name.lower())
    if not syllables:
        return ""
    sounds = [_pinyin()[syllable] for syllable in syllables]
    return "".join([*sounds[:-1], "ˈ" * (len(sounds) > 1), sounds[-1]])


def _rows(name: str) -> list[list[str]]:
    return [row.split("\t") for row in rows(name).split("\n") if row and not row.startswith("# ")]


@cache
def _pinyin() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows(PINYIN)}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((language, re.compile("|".join(clusters.split()))) for language, clusters in _rows(LANGUAGES))


def _is_chinese(small: str) -> bool:
    syllables = _syllables(small)
    rich = sum(bool(_RICH.search(syllable)) for syllable in syllables)
    if any(_CLEAR.match(syllable) for syllable in syllables):
        return rich > 0 or len(syllables) > 1
    return 1 < len(syllables) == rich and any(_TELLING.search(syllable) for syllable in syllables)


def _syllables(small: str) -> tuple[str, ...]:
    """Part a word into syllables of pinyin, the first as long as can be; empty where that cannot be done."""
    known = _pinyin()
    if not small.isascii() or not small.isalpha():
        return ()
    for length in range(min(_LONGEST_SYLLABLE, len(small)), 0, -1):
        head, rest = small[:length], small[length:]
        if head not in known or rest[:1] in tuple(_VOWELS):
            continue
        if not rest:
            return (head,)
        if tail := _syllables(rest):
            return (head, *tail)
    return ()
