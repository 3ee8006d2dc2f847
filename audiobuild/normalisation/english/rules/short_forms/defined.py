"""What the article itself defines: the bracket behind a long form, and the short form later on (layer 1, pure)."""

from __future__ import annotations

import re
from functools import cache

from audiobuild.normalisation.context import Context, Policy
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.rules.short_forms.capitals import is_plain_word, spoken_capitals
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    CAPITALS,
    Rule,
    make_rule,
    opens_sentence,
    text_after,
    text_before,
    word_after,
    word_before,
    words_after,
)
from audiobuild.normalisation.scan import verbalise

_BRACKET = (
    r"\(\s?(?:the |or )?[\"“‘']?(?P<short>[^\s()\"“”‘’']{1,12}?(?: [A-Z][\w-]{0,8})?)(?P<plural>s?)"
    r"(?:[’']s)?[\"”’']?(?:[,;](?P<gloss>[^()]{0,80}))?\s?\)"
)
_SAFE = load_use("defined", "safe")
"""Short forms that listeners know by their letters, though they look like words."""
_VERBAL = ("ed", "ing", "said")
_LONGEST_LONG_FORM_CHARS = 160
_VERB_SUBJECTS = load_use("defined", "verb-subjects")


def _say_bracket(match: re.Match[str], context: Context) -> str | None:
    """Leave the bracket out that gives the short form right behind its long form."""
    short = match["short"]
    long = context.long_form(short) or context.long_form(short + match["plural"]) or load_map("known_pairs").get(short)
    long = long or context.long_form(short.lower())  # of a line that was all in small letters
    long = long or _told_in_capitals(f"{short}{match['plural']}", context)
    if long is None and (unit := _unit(short + match["plural"]) or _unit(short)):
        return "" if _names_unit(match, unit) or _names_element(match) else None
    if long is None and _names_element(match):
        return ""
    if long is None or (short in load_map("known_pairs") and match.string.count(short) == 1):
        return None  # what is told once is no short form for what follows
    start = match.start()
    before = match.string[max(0, start - _LONGEST_LONG_FORM_CHARS) : start].rstrip(" \"”’'").casefold()
    before = before.removesuffix("’s").removesuffix("'s")
    if before.endswith((long.casefold(), f"{long.casefold()}s")) or _singular(before).endswith(long.casefold()):
        return _said_gloss(match, context)
    return None


def _unit(short: str) -> str | None:
    return short if short in load_table("units") else _small_units().get(short)


def _names_element(match: re.Match[str]) -> bool:
    """Say whether a bracket gives the symbol of the element that stands before it, in a line all in small letters."""
    row = load_table("elements").get(f"{match['short']}{match['plural']}".capitalize())
    return (
        row is not None
        and text_before(match).endswith(" ")
        and re.split(r"\W", text_before(match).rstrip())[-1] == row[0]
    )


def _told_in_capitals(short: str, context: Context) -> str | None:
    """Return what a short form stands for in a line that was all in capitals; one that is a word needs all initials."""
    long = context.long_form(short.upper())
    if long is None or not is_english_word(short.lower()):
        return long
    told = long.lower().split()
    content = [word for word in told if word not in load_words("function_words")]
    return long if short.lower() in {"".join(word[0] for word in those) for those in (told, content)} else None


@cache
def _small_units() -> dict[str, str]:
    """Return the units that have capitals by their small letters, as lines have them that are all in these."""
    units = load_table("units")
    return {unit.lower(): unit for unit in units if unit.lower() not in units}


def _names_unit(match: re.Match[str], unit: str) -> bool:
    """Say whether a bracket gives the sign of the unit that stands before it: kilograms (kg), the newton (N)."""
    one, many, _ = load_table("units")[unit]
    before = text_before(match).rstrip().lower().replace("meter", "metre").replace("-", " ")
    return before.endswith((f" {one}".replace("-", " "), f" {many}".replace("-", " ")))


def _said_gloss(match: re.Match[str], context: Context) -> str:
    """Say what a bracket tells besides the short form: "(WFP, a UN agency)"; nothing where it tells no more."""
    gloss = (match["gloss"] or "").strip()
    if not gloss or _FOREIGN_LETTERS.fullmatch(gloss):
        return ""
    short = match["short"]
    if not short.isalpha():
        said = verbalise(short, Context(context.locale)).text
    else:
        said = spoken_capitals(short, context) if short.isupper() else _spelt_mixed(short)
    told = verbalise(gloss, Context(context.locale, context.definitions)).text
    closes = "" if text_after(match)[:1] in set(",.;:?!") else ","
    return f", {said}{match['plural']}, {told}{closes}"


_FOREIGN_LETTERS = LatePattern(
    r"(?:or |also )?[A-Z]{2,8}(?: .{0,40}(?:acronym|initials))?|(?:in|by|from) (?:its |the |their )?[A-Z][a-z]+"
    r"(?: acronym| initials| abbreviation| name)?|(?:hereafter|henceforth)\b.*|for short"
)
"""A gloss that tells the short form again."""


def _singular(words: str) -> str:
    return words[:-3] + "y" if words.endswith("ies") else words.removesuffix("s")


def _say_defined(match: re.Match[str], context: Context) -> str | None:
    """Expand a defined short form that is spelt like a word, unless the word is meant; spell other short forms."""
    short = match["short"]
    long = context.long_form(short)
    plural = ""
    if long is None and short.endswith("s"):
        short, plural = short[:-1], "s"
        long = context.long_form(short)
    if long is None or re.fullmatch(r"[A-Z]{2,}s", match["short"]):
        return None
    if _is_explained(text_after(match).lower(), long.lower()):
        return words.letters(short) + plural if short.lower() in load_words("plain_words") else None
    if text_before(match).endswith(f"{long}, ") and text_after(match)[:1] == ")":
        return words.letters(short)  # within the bracket that defines it
    policy = context.policy(short)
    if policy is None and short.islower() and is_english_word(short):
        return None
    if policy is None:
        misleads = short.lower() in load_words("plain_words") and short not in _SAFE
        if misleads and _is_the_word(short, match):
            return short.lower() + plural
        if not misleads and short.isupper():
            return None
        if not misleads:
            return _spelt_mixed(short) + plural
        policy = Policy.EXPAND
    if policy is not Policy.EXPAND:
        return None if short.isupper() else _spelt_mixed(short) + plural
    if long.lower().startswith("the ") and word_before(match).lower() == "the":
        long = long[4:]
    elif short in context.articled and not plural and _needs_article(match):
        long = f"{'The' if opens_sentence(match) else 'the'} {long}"
    return f"{long}{plural}"


def _is_explained(after: str, long: str) -> bool:
    """Say whether the long form stands right behind: IS (Islamic State), IS, or Islamic State."""
    return after[:1] in {" ", ","} and any(after.startswith(f"{lead}{long}") for lead in _BEFORE_LONG_FORMS)


_BEFORE_LONG_FORMS = (" (", " (or ", ", or ", ", or the ", " (the ")


def _needs_article(match: re.Match[str]) -> bool:
    """Say whether a long form that takes "the" stands alone: no word before it but a small one, no noun behind it."""
    before = word_before(match)
    if before.lower() in DETERMINERS or before.endswith(("’s", "'s", "s’")) or text_before(match)[-1:] == "-":
        return False
    if before[:1].isupper() and not opens_sentence(match):
        return False
    if before and before[-1].isalpha() and before not in load_words("function_words") and not before.endswith(_VERBAL):
        return False
    after, following = text_after(match), word_after(match)
    if after[:1] in {"-", "–", "’", "'"}:
        return after[:2] in {"’s", "'s"}
    if following.endswith("es") and len(words_after(match, 2)) > 1:
        return words_after(match, 2)[1] not in load_use("defined", "behind-short-forms")
    return not following or after[:1] != " " or following in load_words("function_words") or following.endswith(_VERBAL)


def _is_the_word(short: str, match: re.Match[str]) -> bool:
    before = word_before(match).lower()
    if short == "IS":
        return before in _VERB_SUBJECTS
    if short == "WHO":
        return before.endswith(",") or before in load_use("defined", "before-who")
    return is_plain_word(short, match) and word_before(match).isupper() and len(word_before(match)) > 1


def _spelt_mixed(short: str) -> str:
    known = load_map("mixed_case").get(short) or load_map("acronyms").get(short.upper())
    if known and not is_english_word(known.lower()):
        return known
    return " ".join(short.upper()) if short.isalpha() and len(short) < 5 else short


RULES: tuple[Rule, ...] = (
    make_rule(
        "definition.bracket",
        _BRACKET,
        _say_bracket,
        ("(",),
        example="the Workers’ Party (PT) won -> the Workers’ Party won",
    ),
    make_rule(
        "definition.short-form",
        r"(?P<short>[^\W\d_]{2,12})(?![^\W_])(?!-\d)",
        _say_defined,
        (CAPITALS,),
        example="Islamic State (IS) is back. IS -> Islamic State is back. Islamic State",
    ),
)
