"""Whether a numeral is one of several of a noun or a name: Head I and Head VI, Louis XIV and XV (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import AND_OR
from audiobuild.normalisation.english.rules.numerals.pronoun import OPENERS
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before, word_before, words_before

CERTAIN_NUMBER = rf"(?:{one_of('roman', 'certain')}|XX[IVX]*|XL[IVX]*|L[IVX]+)"


def numbered_noun(word: str) -> str:
    """Find the singular of a noun that takes numerals; empty for any other word."""
    nouns = load_words("roman_nouns")
    return next((form for form in (word, word.removesuffix("s")) if form in nouns), "")


def is_series(match: re.Match[str]) -> bool:
    """Say whether I is one of several numbers, or letters stand between it and the noun that it numbers: Type UB I."""
    nearest = words_before(match, 2)
    is_coded = len(nearest) > 1 and bool(re.fullmatch("[A-Z]{2,3}", nearest[0]) and numbered_noun(nearest[1]))
    if len(nearest) > 1 and re.fullmatch("[A-Z]", nearest[0]) and nearest[1].lower() == "the":
        is_coded = text_after(match)[:1] in {",", ";", ":", ")"}  # the D I, a fighter
    return is_coded or _is_joined(match) or _is_one_of_several(match)


def _is_joined(match: re.Match[str]) -> bool:
    """Say whether a hyphen joins I to a name or to what is numbered: Chandrayaan-I, type-I errors."""
    if match.string[match.start() - 1 : match.start()] != "-":
        return False
    name = re.search(r"(?<![\w-])([A-Za-z][a-z]{3,})-$", text_before(match))
    return bool(name) and (name[1][0].isupper() or bool(numbered_noun(name[1])))  # type: ignore[index]


def goes_on_from(match: re.Match[str]) -> str:
    """Return the noun or name whose numbers a list gives, where this is the next of them: Heads III, IV and V."""
    listed = _LISTED_BEFORE.search(text_before(match))
    if not listed or text_after(match)[:1] == "-":
        return ""
    noun, last = listed["noun"], listed["last"]
    is_sure = len(last) > 1 or noun in load_words("monarchs") or numbered_noun(noun)
    return noun if is_sure and roman_value(last) < roman_value(match["numeral"]) else ""


_LISTED = rf"(?:[IVX]|{CERTAIN_NUMBER})"
_LISTED_BEFORE = LatePattern(rf"(?P<noun>[\w’'-]+) (?:{_LISTED}, ){{0,5}}(?P<last>{_LISTED})(?:,|,? {AND_OR}) $")


def _is_one_of_several(match: re.Match[str]) -> bool:
    """Say whether a thing that I numbers bears a higher number elsewhere in the text: Head I and Head VI."""
    if not any(number in match.string for number in load_use("roman", "next-numbers")):
        return False
    noun = word_before(match).strip(OPENERS)
    if not noun[:1].isupper() or noun in load_words("monarchs") or not is_english_word(noun.lower()):
        return False
    higher = rf"\b{re.escape(noun)}s? {one_of('roman', 'next-numbers')}(?![\w’'])"
    return noun.lower() not in load_words("function_words") and re.search(higher, match.string) is not None
