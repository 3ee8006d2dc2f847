"""Names within an opening or a heading in capitals (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map, load_rows, load_use, load_words
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.english.rules.short_forms.capitals import spoken_capitals
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before


def is_given(word: str, following: str, context: Context, *, opens: bool) -> bool:
    """Say whether a given name that is an ordinary word too stands before a family name: WILL SMITH."""
    if word.capitalize() not in load_use("capital_names", "doubtful-names") or not following or len(following) < 3:
        return False
    name = following.capitalize()
    if is_listed(following, context) or roman_value(following) or following.lower() in load_words("function_words"):
        return False
    return not is_known(following) or (opens and name in load_words("surnames")) or name in context.names


PROPER = LatePattern(
    rf"(?<!\w)(?:{alternatives([field for row in load_rows('proper_phrases') for field in row])})(?!\w)"
)
"""Names of several words, in small letters."""


def proper_word(word: str, context: Context) -> str:
    """Speak a word of a name of several words."""
    bare, mark, tail = re.match(r"([^’']+)([’']?)(.*)", word, re.DOTALL).groups()  # type: ignore[union-attr]
    spoken = spoken_capitals(bare, context) if bare in load_words("spelt") else bare.capitalize()
    return f"{spoken}{mark}{tail.lower()}"


def _is_name(token: str, context: Context) -> bool:
    name = token.capitalize()
    return len(token) > 1 and (name in load_words("names") or name in context.names)


def belongs_to_name(word: str, previous: str, following: str, context: Context) -> bool:
    """Say whether a word is part of a name with its neighbour: SOUTH before AFRICA, CITY behind MEXICO, BIN LADEN."""
    bare = re.split("[’']", word)[0]
    pair = load_map("name_parts")
    if following and following.lower() in pair.get(bare.lower(), "").split():
        return True
    if bare.lower() in pair.get(previous.lower(), "").split():
        return True
    if bare in load_use("leadin", "opens-name"):
        return _is_name(following, context)
    if bare == "CITY":
        return _is_name(previous, context)
    particles = load_words("name_particles") - load_words("function_words")
    if bare.lower() in particles:
        return bool(previous and following) and not is_known(previous) and not is_known(following)
    if following.lower() in particles and not is_known(bare):
        return True
    return previous.lower() in particles and not is_known(bare)


def is_listed(bare: str, context: Context) -> bool:
    """Say whether capitals are an initialism or acronym that a list or the article knows."""
    return bare in load_words("spelt") or bare in load_map("acronyms") or context.long_form(bare) is not None


def is_speaker(name: str, match: re.Match[str], context: Context) -> bool:
    """Say whether a name tells who speaks the line that it opens: JOHN: Hello."""
    speaks = text_before(match).strip() == "" and re.match(r"(?: \([^()]{1,60}\))?:\s", text_after(match)) is not None
    return speaks and (name in load_words("first_names") or name in context.names)


def is_known(bare: str) -> bool:
    """Say whether capitals are a common English word."""
    return is_english_word(bare.lower())


def is_computing(previous: str, following: str) -> bool:
    """Say whether IT is no pronoun, by the words before and behind."""
    if following in load_use("leadin", "behind-it"):
        return True
    return previous in {"THE", "AN"} and following not in {"", "GIRL", "GIRLS", "BOY", "BAG"}


def is_numbered_one(tokens: list[str]) -> bool:
    """Say whether words in capitals are a noun that numerals number, and its first: CHAPTER I."""
    return len(tokens) == 2 and tokens[1] == "I" and tokens[0].capitalize() in load_words("roman_nouns")
