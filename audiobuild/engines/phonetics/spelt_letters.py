"""Letters that are spelt: the A of F D A is no article, the Os of C E Os are no word (layer 3).

Spoken text has initialisms letter by letter. A lexicon knows "A" as the article and "Os" as a word of its own, so both
are told apart here by the words beside them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audiobuild.engines.phonetics.hibari_ipa import rows
from audiobuild.model.pronunciation import Origin, Pronunciation

LETTERS = "letter_names"
"""The table of their names in IPA, for a voice that has no lexicon of ours."""

_WORDS_TOO = frozenset(("As", "Is", "Us", "Ms"))
"""Letters in the plural that are words as well: they need a letter before them."""
_UNITS = frozenset("one two three four five six eight nine".split())
"""Without seven: "A seven thirty-seven" is an airliner with its article."""
_TENS = frozenset(
    (
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty"
        " sixty seventy eighty ninety"
    ).split()
)
_JOINTS = frozenset("to and or through".split())
_BEHIND_GRADE = frozenset("star stars plus minus sharp flat level levels".split())
_BEFORE_LETTER = frozenset(
    (
        "vitamin hepatitis influenza plan group type class grade serie series category team point gate door section"
        " block schedule appendix exhibit annex level tier league division option ward zone terminal hall side track"
        " route part column row figure table stage phase model version size form unit platform"
    ).split()
)
"""Nouns behind which a letter is a name, whatever follows."""


class SpeltLetter(NamedTuple):
    """A letter that is said by its name."""

    letter: str
    is_plural: bool


def find_spelt(words: Sequence[str]) -> Iterator[tuple[int, SpeltLetter]]:
    """Find the letters, among the words and marks of a sentence, that a lexicon would take for words.

    >>> [(place, each.letter) for place, each in find_spelt("A C E Os the F D A saw".split())]
    [(0, 'A'), (3, 'O'), (7, 'A')]
    """
    for place, word in enumerate(words):
        if word == "A" and _is_letter(words, place):
            yield place, SpeltLetter("A", is_plural=False)
        elif (len(word) == 2 and word[1] == "s" and "A" <= word[0] <= "Z") and (
            word not in _WORDS_TOO or _is_single(_at(words, place - 1)) or _is_joined(words, place)
        ):
            yield place, SpeltLetter(word[0], is_plural=True)


def letter_pronunciations(text: str, known: Sequence[Pronunciation], *, american: bool) -> tuple[Pronunciation, ...]:
    """Add to what is known of a text the letters in it that a voice without a lexicon of ours takes for words.

    >>> [each.ipa for each in letter_pronunciations("the F D A and Ms Lee", (), american=False)]
    ['ˈeɪ', 'mˈɪz']
    """
    found = list(_WORD.finditer(text))
    words = [match.group() for match in found]
    sounds = {place: _ipa(spelt, american=american) for place, spelt in find_spelt(words)}
    sounds |= {place: _MISS for place, word in enumerate(words) if word == "Ms" and place not in sounds}
    taken = [range(each.offset, each.offset + each.length) for each in known]
    new = (
        Pronunciation(found[place].start(), len(words[place]), ipa, Origin.LEXICON)
        for place, ipa in sounds.items()
        if not any(found[place].start() in each for each in taken)
    )
    return tuple(sorted((*known, *new), key=lambda sound: sound.offset))


_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|[^\w\s]")
_MISS = "mˈɪz"


def _ipa(spelt: SpeltLetter, *, american: bool) -> str:
    british, *other = _names()[spelt.letter]
    name = other[0] if american and other else british
    if not spelt.is_plural:
        return name
    return f"{name}ɪz" if name[-1] in "sʃ" else f"{name}s" if name[-1] == "f" else f"{name}z"


@functools.cache
def _names() -> dict[str, tuple[str, ...]]:
    lines = (line.split("\t") for line in rows(LETTERS).split("\n") if line and not line.startswith("# "))
    return {letter: tuple(sounds) for letter, *sounds in lines}


def _is_letter(words: Sequence[str], place: int) -> bool:
    """Say whether a capital A is no article."""
    before, after, second = (_at(words, place + distance) for distance in (-1, 1, 2))
    if _is_single(before) or _is_single(after) or (len(after) == 2 and after[0].isupper() and after[1] == "s"):
        return True
    if before.lower() in _BEFORE_LETTER or after in _BEHIND_GRADE or (after in _JOINTS and _is_single(second)):
        return True
    if not before[:1].isalpha():
        return after in _UNITS and second in _TENS
    return not after[:1].isupper()


def _is_joined(words: Sequence[str], place: int) -> bool:
    """Say whether "and" joins letters to a letter: M and As; but Ms is a woman's title."""
    return words[place] != "Ms" and _at(words, place - 1) == "and" and _is_single(_at(words, place - 2))


def _is_single(word: str) -> bool:
    """Say whether a word is a capital letter, perhaps with the stop of its sentence."""
    letter = word.removesuffix(".")
    return len(letter) == 1 and "A" <= letter <= "Z"


def _at(words: Sequence[str], place: int) -> str:
    return words[place] if 0 <= place < len(words) else ""
