"""A sentence in, what is said of it out: the phonemes of its words and its marks, with their places (layer 3).

hibari's G2P has the lexicons, the tagger, and the network for words that they do not know.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from audiobuild.engines import find_words
from audiobuild.engines.phonetics.foreign_names import foreign_ipa
from audiobuild.engines.phonetics.hibari_g2p import load_g2p
from audiobuild.engines.phonetics.hibari_ipa import MARKS, NAME, has_sound, with_ending, word_phonemes
from audiobuild.engines.phonetics.hibari_lexicons import Vocabulary
from audiobuild.engines.phonetics.hibari_spelling import plain_letters, plain_text
from audiobuild.engines.phonetics.homographs import choose_readings, correct_tags
from audiobuild.engines.phonetics.spelt_letters import find_spelt
from audiobuild.errors import EngineError
from audiobuild.model.pronunciation import Pronunciation

if TYPE_CHECKING:
    from hibari.g2p import G2P
    from hibari.g2p.token import Tok

_POSSESSIVE = re.compile(r"'s(?!\w)")
_SPELT_AND_STOP = re.compile(r"(?:[A-Za-z]|Ms)\.")
_DIGITS = "zero one two three four five six seven eight nine".split()
_PARTS = re.compile(r"\d|(?<=[^\W\d]{2})\.$|\D+?(?=\d|(?<=[^\W\d]{2})\.$|$)")

_AMERICAN = "AIOTWYbdfhijklmnpstuvwzæðŋɐɑɔəɛɜɡɪɹʃʊʌʒʤʧˈˌθᵊᵻ "
_BRITISH = "AIQWYabdfhijklmnpstuvwzðŋɐɑɒɔəɛɜɡɪɹʃʊʌʒʤʧˈˌːθᵊ "
"""What the network has learnt in the voices of each kind: what the lexicons are written in."""
_TO_AMERICAN = {"a": "ɑ", "y": "i", "r": "ɹ", "ʀ": "ɹ", "ɾ": "T", "ʔ": "t", "Q": "O", "ɒ": "ɑ", "e": "ɛ", "o": "O"}
_TO_BRITISH = {"O": "Q", "æ": "a", "ᵻ": "ɪ", "y": "i", "r": "ɹ", "ʀ": "ɹ", "T": "t", "ɾ": "t", "ʔ": "t", "e": "ɛ"}
"""What comes instead of what the network for unknown words may say beyond that."""


class Sound(NamedTuple):
    """The phonemes of a stretch of the text: of a word, of some run together, or a mark."""

    phonemes: str
    start: int
    """In the text, in characters, like the end."""
    end: int
    is_apart: bool
    """Whether there is white space before it in the text."""

    @property
    def is_mark(self) -> bool:
        """Whether it is nothing but marks."""
        return MARKS.issuperset(self.phonemes)


class _Place(NamedTuple):
    """A stretch of the text, in characters."""

    start: int
    end: int


def read_sentence(
    text: str,
    span: tuple[int, int],
    pronunciations: Sequence[Pronunciation],
    *,
    british: bool,
    vocabulary: Vocabulary = "en-US",
) -> list[Sound]:
    """Say how a sentence sounds.

    Args:
        text: all of it.
        span: where the sentence starts and ends in it.
        pronunciations: those within the sentence.
        british: whether the voice has British sounds.
        vocabulary: whose words an American voice says.

    Raises:
        EngineError: a letter or an IPA symbol has no sound.
    """
    g2p = load_g2p(british=british, vocabulary="en-GB" if british else vocabulary)
    tokens, places = _tokens(g2p, text, span, pronunciations)
    found: list[Sound] = []
    is_apart = False
    for token, place in _placed(g2p.phonemize_tokens(tokens), tokens, places):
        phonemes = (token.phonemes or "").translate(_alphabet(british=british))
        if token.text.lower() == "'s" and found and not found[-1].is_mark:
            whole = with_ending(found[-1].phonemes, british=british)
            found[-1] = found[-1]._replace(phonemes=whole, end=place.end)
        elif phonemes and (has_sound(phonemes) or MARKS.issuperset(phonemes)):
            found.append(Sound(phonemes, *place, is_apart))
            is_apart = False
        is_apart = is_apart or bool(token.whitespace)
    return found


def is_guessed(word: str, *, british: bool, vocabulary: Vocabulary = "en-US") -> bool:
    """Say whether the lexicons do not have a word, so that it is said by its letters alone."""
    return not _knows(load_g2p(british=british, vocabulary="en-GB" if british else vocabulary), word)


def silent_word_error(word: str, char: str = "") -> EngineError:
    """Make the error for a word that would not be heard."""
    subject = f"{char!r} in {word!r}" if char else repr(word)
    return EngineError(f"the voice has no sound for {subject}", NAME, "Say in the lexicon how it is pronounced.")


# --- text -> tokens -----------------------------------------------------------------------------------


def _tokens(
    g2p: G2P, text: str, span: tuple[int, int], pronunciations: Sequence[Pronunciation]
) -> tuple[list[Tok], list[_Place]]:
    """Make the tokens of a sentence, tagged, some with their phonemes; and the place of each in the text."""
    from hibari.g2p.token import Tok

    tokens: list[Tok] = []
    places: list[_Place] = []
    start, end = span
    plain = plain_text(text[start:end])
    behind = start
    for spoken in (*pronunciations, None):
        piece = plain[behind - start : (spoken.offset if spoken else end) - start]
        if tokens and piece[:1].isspace():
            tokens[-1].whitespace = " "
        for word, place, white in _words(g2p, piece, is_behind_name=behind > start, is_last=spoken is None):
            tokens.append(Tok(word, "", white))
            places.append(_Place(behind + place, behind + place + len(word)))
        if spoken:
            behind = spoken.offset + spoken.length
            for phonemes, word_place in _pronounced(text, spoken, british=g2p.british):
                white = " " * (word_place.end < behind)
                tokens.append(Tok(text[word_place.start : word_place.end], "", white, phonemes=phonemes))
                places.append(word_place)
    _choose_readings(g2p, tokens)
    return _readable(g2p, tokens, places)


def _words(g2p: G2P, piece: str, *, is_behind_name: bool, is_last: bool) -> Iterator[tuple[str, int, str]]:
    """Part a piece of a sentence into words and marks, each with its place and with the white space behind it.

    Args:
        is_behind_name: whether a word stands right before the piece, whose "'s" it may begin with.
        is_last: whether the sentence ends with it, so that a full stop behind a letter is one.
    """
    place = 0
    if is_behind_name and (ending := _POSSESSIVE.match(piece)):
        place = ending.end()
        yield piece[:place], 0, " " * piece[place : place + 1].isspace()
    for word, white in g2p.tokenizer(piece[place:]):
        place = piece.index(word, place)
        behind = place + len(word)
        if is_last and _SPELT_AND_STOP.fullmatch(word) and not any(map(str.isalnum, piece[behind:])):
            yield word[:-1], place, ""
            yield ".", behind - 1, white
        else:
            yield word, place, white
        place = behind


def _choose_readings(g2p: G2P, tokens: list[Tok]) -> None:
    """Tag the tokens of a sentence, and choose how those are said that are spelt alike."""
    texts = [token.text for token in tokens]
    tags = g2p.tagger(texts)
    spelt = dict(find_spelt(texts))
    for place in spelt:
        tags[place] = "NNP"
    tags = correct_tags(list(zip(texts, tags, strict=True)))
    chosen = choose_readings(list(zip(texts, tags, strict=True)), british=g2p.british)
    for place, letter in spelt.items():
        if letter.is_plural:
            chosen[place] = with_ending(g2p.lexicon.golds.get(letter.letter) or "", british=g2p.british)
    for place, (token, tag) in enumerate(zip(tokens, tags, strict=True)):
        token.tag = tag
        if token.phonemes is None:
            token.phonemes = chosen.get(place)


def _pronounced(text: str, spoken: Pronunciation, *, british: bool) -> Iterator[tuple[str, _Place]]:
    """Part a pronunciation into words with their places, where there are as many in the text."""
    start, end = spoken.offset, spoken.offset + spoken.length
    words = word_phonemes(spoken.ipa, text[start:end], british=british)
    places = [start + offset for offset, _ in find_words(text[start:end])]
    if len(places) != len(words):
        yield " ".join(words), _Place(start, end)
        return
    for word, first, behind in zip(words, [start, *places[1:]], [*places[1:], end], strict=True):
        yield word, _Place(first, first + len(text[first:behind].rstrip()))


def _readable(g2p: G2P, tokens: list[Tok], places: list[_Place]) -> tuple[list[Tok], list[_Place]]:
    """Give marks and digits their sound, and write words in the letters that the lexicon knows."""
    found: list[Tok] = []
    found_places: list[_Place] = []
    for token, place in zip(tokens, places, strict=True):
        parts = [token]
        if token.phonemes is None:
            if MARKS.issuperset(token.text):
                token.phonemes = token.text
            elif token.text == "-":
                token.tag = "HYPH"  # with the tag of a colon it would be a pause
            elif foreign := _foreign(g2p, token.text):
                token.phonemes = foreign
            elif not token.text.isascii() or any(map(str.isdigit, token.text)):
                parts = _in_letters(g2p, token)
        found.extend(parts)
        found_places.extend(_shares(place, parts))
    return found, found_places


def _knows(g2p: G2P, word: str) -> bool:
    from hibari.g2p import Context
    from hibari.g2p.token import Tok

    known, _ = g2p.lexicon(Tok(plain_letters(word)[0], "NNP"), Context())
    return bool(known)


def _foreign(g2p: G2P, word: str) -> str:
    """Say a name that is in no lexicon as its own language does; nothing where that is not known."""
    ipa = "" if not word[:1].isupper() or _knows(g2p, word) else foreign_ipa(word)
    return "".join(word_phonemes(ipa, word, british=g2p.british)) if ipa else ""


def _shares(place: _Place, parts: Sequence[Tok]) -> Iterator[_Place]:
    """Find the place of each part of a token."""
    start = place.start
    for part in parts[:-1]:
        yield _Place(start, start := start + len(part.text))
    yield _Place(start, place.end)


def _in_letters(g2p: G2P, token: Tok) -> list[Tok]:
    """Write a token in letters A to Z, without digits and a full stop, unless the lexicon has it as written."""
    from hibari.g2p import Context

    token.text = unicodedata.normalize("NFC", token.text)
    if not token.text.isascii() and not g2p.lexicon.get_word(token.text, token.tag, None, Context())[0]:
        letters, char = plain_letters(token.text)
        if char or not letters:
            raise silent_word_error(token.text.strip("."), char)
        token.text = letters
    parts = [token.copy(text=part, whitespace="") for part in _PARTS.findall(token.text)]
    for part in parts:
        if part.text.isdigit():
            part.phonemes = g2p.lexicon.golds.get(_DIGITS[int(part.text)])
        elif not any(map(str.isalpha, part.text)):
            part.phonemes = part.text if part is parts[-1] and MARKS.issuperset(part.text) else ""
    parts[-1].whitespace = token.whitespace
    return parts


# --- tokens -> sounds ---------------------------------------------------------------------------------


def _placed(heard: Sequence[Tok], tokens: Sequence[Tok], places: Sequence[_Place]) -> Iterator[tuple[Tok, _Place]]:
    """Find the places of what was heard: it is the tokens, some of them run together, some parted."""
    bounds = [0, *accumulate(len(token.text) for token in tokens)]
    at = 0
    for token in heard:
        first = bisect_right(bounds, at, hi=len(tokens)) - 1
        start = places[first].start + at - bounds[first]
        at += len(token.text)
        last = bisect_left(bounds, at, lo=1, hi=len(tokens)) - 1
        end = places[last].end if bounds[last + 1] == at else start + len(token.text)
        yield token, _Place(start, max(start + 1, end))


class _Alphabet(dict[int, str]):
    """What is said for a symbol: nothing for one that the network has not learnt."""

    def __missing__(self, code: int) -> str:
        self[code] = ""
        return ""


@functools.cache
def _alphabet(*, british: bool) -> _Alphabet:
    known = (_BRITISH if british else _AMERICAN) + "".join(MARKS)
    instead = _TO_BRITISH if british else _TO_AMERICAN
    return _Alphabet({ord(symbol): symbol for symbol in known} | {ord(key): value for key, value in instead.items()})
