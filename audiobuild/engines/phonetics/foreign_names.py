"""Names that no lexicon has, said by espeak-ng's voice of their language in English sounds (layer 3).

Only languages are heeded of which that comes nearer to a newsreader than what an English voice makes of the letters:
`name_languages` tells them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from audiobuild.engines.external.espeak_library import library_version, list_voices, transcribe
from audiobuild.engines.phonetics.hibari_ipa import rows
from audiobuild.engines.phonetics.name_languages import LANGUAGES, PINYIN, language_of_name, pinyin_ipa
from audiobuild.model.pronunciation import Origin, Pronunciation

_CHINESE = "zh"
_TAGS = {"fr": "fr-fr"}
"""How espeak-ng calls the voice of a language, where not by its subtag."""
_SHORTEST = 3
"""Letters of a name that tell of a language."""
_NAME = re.compile("(?<![\\w’'-])[A-Z\u00c0-\u024f][^\\W\\d_]{2,}(?![\\w-])")
_LANGUAGE_SWITCH = re.compile(r"\([a-z-]+\)")
_FINAL_A = re.compile("(?<=[^ˈˌaeiouɛɔəɪ])[aɑ]$")
_DARK_R = re.compile("ɜ(?!ː)")


def foreign_ipa(name: str) -> str:
    """Write in IPA how a name sounds in its own language, as an English mouth can say it; empty where none is known.

    >>> foreign_ipa("Břeclav"), foreign_ipa("Smith")
    ('br̝ˈetslav', '')

    Raises:
        EngineError: espeak-ng cannot be loaded.
    """
    if len(name) < _SHORTEST or not name.isalpha() or not name[0].isupper():
        return ""
    return _ipa(name)


def foreign_pronunciations(text: str, known: Sequence[Pronunciation]) -> tuple[Pronunciation, ...]:
    """Add to what is known of a text the names in it whose letters no English word has, for a voice without a lexicon.

    Raises:
        EngineError: espeak-ng cannot be loaded.
    """
    return tuple(sorted((*known, *_unknown(text, known)), key=lambda sound: sound.offset))


def _unknown(text: str, known: Sequence[Pronunciation]) -> Iterator[Pronunciation]:
    for match in _NAME.finditer(text):
        name = match[0]
        if name.isascii() and language_of_name(name) != _CHINESE:
            continue
        taken = any(each.offset < match.end() and match.start() < each.offset + each.length for each in known)
        if not taken and (ipa := foreign_ipa(name)):
            yield Pronunciation(match.start(), len(name), ipa, Origin.LANGUAGE)


@cache
def table_fingerprint() -> str:
    """Name the state of the tables and of the library: others may give another sound."""
    return hashlib.sha256("\f".join([library_version(), rows(LANGUAGES), rows(PINYIN)]).encode()).hexdigest()[:8]


@lru_cache(4096)
def _ipa(name: str) -> str:
    language = language_of_name(name)
    if language == _CHINESE:
        return pinyin_ipa(name)
    if not language:
        return ""
    (ipa,) = transcribe([name], _voices()[_TAGS.get(language, language)])
    return _DARK_R.sub("ər", _FINAL_A.sub("ə", _LANGUAGE_SWITCH.sub("", ipa)))


@cache
def _voices() -> dict[str, str]:
    """What espeak-ng loads its voices by, by their tags."""
    found: dict[str, str] = {}
    for voice in list_voices():
        for _, tag in voice.tags:
            found.setdefault(tag, voice.identifier)
    return found
