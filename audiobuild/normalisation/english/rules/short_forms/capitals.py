"""What capitals are: an initialism, an acronym, a stressed word; by lists, letters and neighbours (layer 1, pure)."""

from __future__ import annotations

import re
from functools import lru_cache

from audiobuild.normalisation.context import Context, Policy
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.names import names_person
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import AND_OR
from audiobuild.normalisation.english.rules.short_forms.acronyms import (
    is_said_as_word,
    letter_and_word,
    opens_with_letters,
)
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before, word_after, word_before, words_before

VOWELS = frozenset("AEIOUY")
_ONSETS = load_words("onsets")
_CODAS = load_words("codas")
_LONG_CLUSTERS = load_words("clusters")
_JOINTS = _CODAS | _ONSETS | load_use("capitals", "joints")


def is_pronounceable(capitals: str) -> bool:
    """Say whether unknown capitals could be said as a word.

    >>> is_pronounceable("ECOWAS"), is_pronounceable("UNHCR")
    (True, False)
    """
    if VOWELS.isdisjoint(capitals):
        return False
    if capitals.startswith("US") and capitals.lower() not in load_words("plain_words"):
        return False
    for run in re.finditer(r"[^AEIOUY]+", capitals):
        consonants = run.group()
        if len(consonants) == 1:
            continue
        edge = run.start() == 0, run.end() == len(capitals)
        if len(consonants) > 2:
            if consonants not in _LONG_CLUSTERS:
                return False
            continue
        allowed = _ONSETS if edge[0] else _CODAS if edge[1] else _JOINTS
        if consonants not in allowed:
            return False
    return not re.search(r"[AEIOU]{3}", capitals)


def spoken_capitals(capitals: str, context: Context) -> str:
    """Say capitals that are no ordinary word: spelt out, or as a word where they are an acronym.

    >>> spoken_capitals("WTO", Context()), spoken_capitals("NATO", Context())
    ('W T O', 'Nato')
    """
    policy = context.policy(capitals)
    if policy is Policy.SPELL:
        return words.letters(capitals)
    if policy is Policy.WORD:
        return capitals.capitalize()
    if listed := listed_acronym(capitals, context):
        return listed
    if capitals in load_words("spelt") or _is_rhyme_scheme(capitals):
        return words.letters(capitals)
    if parted := _parted_capitals(capitals, context) or letter_and_word(capitals):
        return parted
    is_word = is_said_as_word(capitals) or is_known_name(capitals)
    return capitals.capitalize() if is_word else words.letters(capitals)


def _is_rhyme_scheme(capitals: str) -> bool:
    """Say whether capitals tell which lines of a verse rhyme: ABAB, EFEF."""
    letters = "".join(sorted(set(capitals)))
    follows_on = letters in "ABCDEFGH" and letters[0] in "ACEG" and capitals[0] == letters[0]
    return follows_on and 3 < len(capitals) > len(letters) and not is_english_word(capitals.lower())


def listed_acronym(capitals: str, context: Context) -> str | None:
    """Say an acronym as its row has it, but letter by letter where it is an English word and the article's own."""
    said, long = load_map("acronyms").get(capitals), context.long_form(capitals)
    meant = load_map("acronym_meanings").get(capitals)
    if said is None or long is None or meant is None:
        return said
    return said if any(part in long.casefold() for part in meant.split()) else words.letters(capitals)


_SHORTEST_NAME = 4


@lru_cache(maxsize=1024)
def is_known_name(capitals: str) -> bool:
    """Say whether unknown capitals are a name that the lexicon of names has: KHAN."""
    from audiobuild.normalisation.english.lexis.name_sounds import find_rows  # 6 ms

    return len(capitals) >= _SHORTEST_NAME and any(row.is_one_word for row in find_rows(capitals.capitalize()))


_OPEN_SYLLABLES = LatePattern(r"[AEIOUY]?(?:[^AEIOUY]{1,2}[AEIOUY]{1,3}){1,9}[^AEIOUY]?")
_NUMBER_BEHIND = LatePattern(rf" {one_of('roman', 'next-numbers')}(?!\w)")
_NAME_JOINED = LatePattern(r"-(?P<name>[A-Z]{4,24})(?![A-Za-z])")
_NAME_BEFORE = LatePattern(r"(?<![A-Za-z-])(?P<name>[A-Z]{4,24})-$")


def is_name_in_capitals(capitals: str, match: re.Match[str]) -> bool:
    """Say whether unknown capitals are somebody's name, as some works write them: MSWATI III, BHATTARAI, AL-KHALIFA."""
    vowels = sum(letter in VOWELS for letter in capitals)
    if not vowels or is_listed_initialism(capitals) or _is_rhyme_scheme(capitals):
        return False
    shortest = 6 if _OPEN_SYLLABLES.fullmatch(capitals) else 8
    is_mixed = opens_with_letters(capitals) or letter_and_word(capitals)  # USEITI, IFRAME
    if vowels > 2 and len(capitals) >= shortest and not is_mixed:
        return True
    if len(capitals) > 4 and _NUMBER_BEHIND.match(text_after(match)):
        return True
    if len(capitals) > 3 and text_before(match).endswith(("al-", "el-", "ul-")):
        return True
    joined = _NAME_JOINED.match(text_after(match)) or _NAME_BEFORE.search(text_before(match))
    if not joined or is_listed_initialism(joined["name"]):
        return False
    if capitals in load_use("capitals", "articles"):
        return sum(letter in VOWELS for letter in joined["name"]) > 1
    return vowels > 1 and len(capitals) > 3 and is_said_as_word(joined["name"])


def _parted_capitals(capitals: str, context: Context) -> str:
    """Part a word and an initialism that are written together: CITYSDK -> City S D K; empty where they are not."""
    for end in range(4, len(capitals) - 2):
        head, tail = capitals[:end], capitals[end:]
        if is_english_word(head.lower()) and is_listed_initialism(tail):
            return f"{head.capitalize()} {spoken_capitals(tail, context)}"
    return ""


_STRESS_BEFORE = load_use("capitals", "stress-before")


def sense_of(capitals: str, match: re.Match[str]) -> str | None:
    """Return how capitals that are a word too are said where the neighbours show it: the ACT, a 2.1 ERA."""
    row = load_table("senses").get(capitals)
    if row is None:
        return None
    spoken, before, behind, near, not_behind = (*row, "", "", "", "")[:5]
    previous, following = word_before(match), word_after(match)
    if joined := re.match(r"-([a-z]+)", text_after(match)):
        following = joined[1]
    if (tied := re.match(r"[ /]([A-Za-z]+)", text_after(match))) and tied[1] in not_behind.split():
        return None
    if "of#" in behind and re.match(r" of \d(?!\d\d)", text_after(match)):
        return spoken
    if any(
        len(word) > 1 and word.isupper() and is_english_word(word.lower()) and not is_listed_initialism(word)
        for word in (previous, following)
    ):
        return None
    if (
        before == "*"
        or ("#" in behind and following[:1].isdigit())
        or following in behind.split()
        or previous in before.split()
    ):
        return spoken
    if previous[:1].isupper() and previous.lower() in before.split():
        return spoken
    if previous.lower() in _STRESS_BEFORE and not (previous == "and" and words_before(match, 2)[-1].isupper()):
        return None
    around = [word.rstrip(".") for word in re.findall(r"[\w.’']+", f"{text_before(match)} {text_after(match)}")]
    return spoken if not set(near.split()).isdisjoint(around) else None


def is_listed_initialism(capitals: str) -> bool:
    """Say whether capitals are on a list of initialisms or acronyms."""
    return capitals in load_words("spelt") or capitals in load_map("acronyms")


_SUBJECTS = load_use("capitals", "subjects")
_OBJECTIVE = load_use("capitals", "objective")


FINITE = load_use("capitals", "finite")
"""Verbs that "is" cannot stand before, and so show a body behind IS."""
_INITIALISM = r"(?:[A-Z]{2,5}(?<!AND)(?<!BUT)(?<!NOT))s?"
_JOINED_BEFORE = LatePattern(rf"(?<![\w.]){_INITIALISM},? {AND_OR} (?:the )?$")
_JOINED_BEHIND = LatePattern(rf"(?:,? {AND_OR}(?: the)?|,) {_INITIALISM}(?!\w)")
"""Capitals on the other side of "and" or a comma: a word in such company is an initialism too."""


_LISTED_BEFORE = LatePattern(rf"(?:(?<![\w.])[A-Z]{{2,8}}|\))(?:,| {AND_OR}) $")
_LISTED_BEHIND = LatePattern(rf",? (?:{AND_OR} )?[A-Z]{{2,}}|[;.)]|$")
"""What stands about the WHO in a list of bodies."""
_ASKING = load_use("capitals", "asking")


def is_plain_word(capitals: str, match: re.Match[str]) -> bool:
    """Say whether short capitals are a common word that is stressed, judging by the words about them."""
    if capitals.lower() not in load_words("plain_words"):
        return len(capitals) > 3 and not is_listed_initialism(capitals) and is_english_word(capitals.lower())
    before, after = word_before(match), word_after(match)
    if before[-1:] == "," and text_after(match)[:1] in {",", "."} and names_person(text_before(match)[:-2]):
        return False  # Susan Hall, DO, sees patients
    stressed = any(
        len(word) > 1 and word.isupper() and word.isalpha() and word.lower() in load_words("plain_words")
        for word in (before, after)
    )
    if capitals in load_words("spelt") or capitals in load_use("capitals", "rather-initialisms"):
        if (capitals, before.lower()) in {("AM", "i"), ("US", "let")}:
            return True
        if capitals == "WHO" and (after in load_words("body_nouns") or after in load_use("capitals", "reporting")):
            return False
        if capitals == "WHO" and _LISTED_BEFORE.search(text_before(match)) and _LISTED_BEHIND.match(text_after(match)):
            return False
        if capitals == "WHO":
            return (
                (before.endswith(",") and not before[:-1].isupper())
                or before in _ASKING | load_use("capitals", "before-who")
                or stressed
            )
        return stressed
    if capitals == "IS" and (after in FINITE or after in load_words("body_nouns")):
        return False
    if capitals == "IS" and after in load_use("capitals", "fighters"):
        return before.lower() in _SUBJECTS
    if capitals == "IS" and (not before or before[-1] in ".?!"):
        return after in load_words("function_words")
    if capitals == "IS":
        return before.lower() in _SUBJECTS or before.lower() not in _OBJECTIVE
    if len(capitals) == 2 and not stressed and text_before(match).endswith("(") and text_after(match).startswith(")"):
        return False
    if len(capitals) < 4 and (_JOINED_BEFORE.search(text_before(match)) or _JOINED_BEHIND.match(text_after(match))):
        return False
    return capitals not in load_map("acronyms") or stressed
