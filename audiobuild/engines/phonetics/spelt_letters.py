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

_WORD_LETTERS = frozenset("AIU")
"""Those that with an "s" behind are words: as, is, us."""
_TITLE = "Ms"
_PLURAL = re.compile("[A-Z]s")
_LIKE_VOWELS = frozenset("AEFHILMNORSX")
"""Letters before which an article would be "an"."""
_INITIALISMS = frozenset(
    "ABBA ABC ABN ABS AC ACA ACAS ACC ACDC ACL ACLU AD ADB ADHD ADL ADNOC ADP ADR AGI AGM AJ AJP AK AKP AP APA APEC API"
    " AQAP AT ATC ATF ATM ATP ATV AUD AUKUS AVN AWOL AWS AZ".split()
)
"""Those that go on with a letter before which an article could stand: "A B C News", but "A B B C report"."""
_NO_ARTICLE_BEFORE = frozenset("and or is was are were has had to in of for with on at from than the".split())
_NO_ARTICLE_AFTER = frozenset("the an this that each every no any".split())
_BEHIND_GRADE = frozenset("stars levels roads".split())
_LEVEL_NOUNS = frozenset("candidates entries exams grades maths papers physics pupils results students".split())
_NUMBERS = frozenset("two three four five six seven eight nine ten twelve straight several many".split())
_UNITS = frozenset("one two three four five six eight nine".split())
"""Without seven: "A seven thirty-seven" is an airliner with its article."""
_TENS = frozenset(
    (
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty"
        " sixty seventy eighty ninety"
    ).split()
)
_BEFORE_LETTER = frozenset(
    (
        "vitamin hepatitis influenza flu plan group type class grade serie series category team point gate door section"
        " block schedule appendix exhibit annex level tier league division option ward zone terminal hall side track"
        " route part column row figure table stage phase model version size form unit platform band wing straight"
    ).split()
)
"""Nouns behind which a letter is a name, whatever follows."""
_PAUSES = frozenset(".,;:?!)")
_OPENINGS = frozenset((".", "?", "!", ";", ":", "…", "—", "(", ","))
"""Marks behind which an article may stand with a capital letter."""


class SpeltLetter(NamedTuple):
    """A letter that is said by its name."""

    letter: str
    is_plural: bool


def find_spelt(words: Sequence[str]) -> Iterator[tuple[int, SpeltLetter]]:
    """Find the letters, among the words and marks of a sentence, that a lexicon would take for words.

    >>> [(place, each.letter) for place, each in find_spelt("Two C E Os the F D A saw".split())]
    [(3, 'O'), (7, 'A')]
    """
    for place, word in enumerate(words):
        if (word == "A" and _is_letter(words, place)) or (word == "I" and _is_among_letters(words, place)):
            yield place, SpeltLetter(word, is_plural=False)
        elif _PLURAL.fullmatch(word) and _is_plural(words, place):
            yield place, SpeltLetter(word[0], is_plural=True)


def letter_pronunciations(text: str, known: Sequence[Pronunciation], *, american: bool) -> tuple[Pronunciation, ...]:
    """Add to what is known of a text the letters in it that a voice without a lexicon of ours takes for words.

    >>> [each.ipa for each in letter_pronunciations("the F D A and Ms Lee", (), american=False)]
    ['ˈeɪ', 'mˈɪz']
    """
    found = list(_WORD.finditer(text))
    words = [match.group() for match in found]
    sounds = {place: _ipa(spelt, american=american) for place, spelt in find_spelt(words) if words[place] != "I"}
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
    if not after or after in _PAUSES or after == "-" or after.startswith("'") or _is_single(before):
        return True
    if before.lower() in _NO_ARTICLE_AFTER | _BEFORE_LETTER or after in _BEHIND_GRADE:
        return True
    if after in _NO_ARTICLE_BEFORE:
        return second != "-"
    if (after in _UNITS and second in _TENS) or (after == "through" and _is_single(second)):
        return True
    if after == "level":
        return second in _LEVEL_NOUNS
    if _is_single(after) or _PLURAL.fullmatch(after):
        return second != "-" and _begins_initialism(words, place)
    return not _is_name(after) and bool(before) and before not in _OPENINGS


def _begins_initialism(words: Sequence[str], place: int) -> bool:
    """Say whether an A and the letters behind it are one name, and not an article and another name."""
    end = place + 1
    while _is_single(_at(words, end)):
        end += 1
    letters = "".join(words[place:end])
    if _PLURAL.fullmatch(_at(words, end)):
        letters += words[end][0]
    return letters[1] in _LIKE_VOWELS or letters in _INITIALISMS


def _is_plural(words: Sequence[str], place: int) -> bool:
    """Say whether a letter with an "s" behind is no word: the P As; but As Ms Lee said."""
    word, before, after = (_at(words, place + distance) for distance in (0, -1, 1))
    if word[0] not in _WORD_LETTERS and word != _TITLE:
        return True
    if not _is_single(before):
        is_joined = before == "and" and _is_single(_at(words, place - 2)) and word != _TITLE
        return is_joined or (before.lower() in _NUMBERS and not _is_name(after))
    return word == _TITLE or _is_single(_at(words, place - 2)) or not _is_name(after)


def _is_among_letters(words: Sequence[str], place: int) -> bool:
    after = _at(words, place + 1)
    return _is_single(_at(words, place - 1)) or _is_single(after) or bool(_PLURAL.fullmatch(after))


def _is_name(word: str) -> bool:
    """Say whether a word of several letters is written with a capital one, as in titles."""
    return len(word) > 1 and word[0].isupper()


def _is_single(word: str) -> bool:
    """Say whether a word is a capital letter, perhaps with the stop of its sentence."""
    letter = word.removesuffix(".")
    return len(letter) == 1 and "A" <= letter <= "Z"


def _at(words: Sequence[str], place: int) -> str:
    return words[place] if 0 <= place < len(words) else ""
