"""The abbreviations that a text defines (layer 1, pure).

    World Food Programme (WFP)     the short form in the bracket
    WFP (World Food Programme)     the long form in the bracket
    Law and Justice (PiS)          letters of another language: the name of a body right before

The search starts from Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in
biomedical text", and weighs every possible beginning of the long form instead of taking the shortest (see `alignment`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audiobuild.normalisation.english.lexis.alignment import long_form_at_end, whole_long_form
from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.late_patterns import LatePattern


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and what it stands for."""

    short: str
    long: str
    has_article: bool = False
    """Whether the definite article stands before the long form."""


_LONGEST_LONG_FORM_CHARS = 200
_OPENING = LatePattern(r"[(\[]")
_BRACKET = LatePattern(
    r"[(\[]([^()\[\]\n]{1,120}(?:[(\[][^()\[\]\n]{0,12}[)\]][^()\[\]\n]{0,40}){0,2})[)\]]"
    r"|[(\[](\[[^\[\]\n]{1,8}\]\w{0,3})[)\]]"
)
_SHORT = LatePattern(r"[\w.\[][\w.&/+'’()\[\]-]{0,14}(?<!['’&/])(?: [\w-]{1,6})?")
_SENTENCE_END = LatePattern(r"(?<=[a-z]{3}[.?!]) (?=[A-Z])|[\n:;?!] ")
_LEADING = LatePattern(rf"{one_of('definitions', 'leading')} ", re.IGNORECASE)
_SPAN = LatePattern(r"[A-Z][-–][A-Z]|[IVX]{1,5}[-–][IVX]{1,5}")
"""A span of letters or numerals: three appendices (A-C)."""
_NO_SHORT_FORM = load_use("definitions", "no-short-forms")
_QUOTES = "\"“”‘’'"
_NAME = r"[A-Z][\w’'.-]*"
_CONNECTOR = rf"(?:{one_of('definitions', 'connectors')})"
_EXPLAINED = LatePattern(
    rf"\b(?P<short>[A-Z]{{2,7}}), or (?P<the>the )?"
    rf"(?P<long>[A-Z][a-z]+(?:[ -](?:{_CONNECTOR} )?[A-Z][a-z]+){{1,6}})[,.;)]"
)
"""A short form with what it stands for behind a comma: IS, or Islamic State, hit back."""
_BODY = LatePattern(rf"{_NAME}(?: (?:{_CONNECTOR} ){{0,2}}{_NAME}){{1,8}}$")


def find_definitions(text: str) -> tuple[Definition, ...]:
    """Find every pair of short and long form that the text defines, in its order.

    >>> [(pair.short, pair.long) for pair in find_definitions("helped crush Islamic State (IS) in Syria")]
    [('IS', 'Islamic State')]
    """
    return tuple(_definitions(text))


def _definitions(text: str) -> Iterator[Definition]:
    if ", or " in text:
        for explained in _EXPLAINED.finditer(text):
            long = whole_long_form(explained["short"], explained["long"])
            if long is not None and long == explained["long"] and explained["short"] not in _NO_SHORT_FORM:
                yield Definition(explained["short"], long, explained["the"] is not None)
    for opening in _OPENING.finditer(text):
        start = opening.start()
        bracket = _BRACKET.match(text, start)
        if bracket is None or (text[max(0, start - 1)].isalnum() and not text[max(0, start - 5) : start].islower()):
            continue
        content = (bracket.group(1) or bracket.group(2)).strip()
        before = _sentence_before(text, start)
        if before:
            found = _short_inside(content, before) or _long_inside(content, before) or _both_inside(content)
            if found:
                yield Definition(found[0], found[1], _takes_article(found[1], before, content))


def _takes_article(long: str, before: str, content: str) -> bool:
    """Say whether "the" stands before the long form, or before the short form that it explains."""
    if long in before:
        return before[: before.rindex(long)].lower().endswith("the ")
    return content.startswith("the ") or re.search(r"(?:^| )the \S{1,14}$", before, re.IGNORECASE) is not None


def _sentence_before(text: str, start: int) -> str:
    """Return the part of the sentence before a bracket, without what quotes it or marks a genitive."""
    before = text[max(0, start - _LONGEST_LONG_FORM_CHARS) : start]
    before = before[before.rfind("\n") + 1 :].rstrip(f" {_QUOTES}")
    for genitive in ("’s", "'s"):
        before = before.removesuffix(genitive)
    ends = [end.end() for end in _SENTENCE_END.finditer(before)]
    return before[ends[-1] :] if ends else before


def _candidates(content: str) -> Iterator[str]:
    """Offer what may be the short form: all of the bracket, or what stands before its first comma."""
    for part in dict.fromkeys((content, *re.split(r"[;,]\s", content, maxsplit=1)[:1])):
        if part.count("“") != part.count("”"):
            continue
        bare = _LEADING.sub("", part.strip(), count=1).strip(_QUOTES + " ")
        for genitive in ("’s", "'s"):
            bare = bare.removesuffix(genitive)
        yield bare


def _short_inside(content: str, before: str) -> tuple[str, str] | None:
    for short in _candidates(content):
        if short.islower() and (long := _of_small_initials(short, before) or _of_small_letters(short, before)):
            return short, long
        if not is_short_form(short):
            continue
        long = long_form_at_end(short, before)
        if long is None and re.fullmatch(r"[A-Z][A-Za-z]{1,6}", short) and sum(map(str.isupper, short)) > 1:
            long = _body_name(before)
        if long is not None and short.lower() not in re.findall(r"[\w-]+", long.lower()):
            return short, long
    return None


_SMALL_NAME = LatePattern(r"(?<![’'])[a-z]+(?=(?:[’']s?)?(?:[ -]|$))")


def _of_small_initials(short: str, before: str) -> str | None:
    """Return the words right before a bracket in small letters that holds the initial of each: (dod), (who)."""
    if len(short) < _FEWEST_INITIALS:
        return _of_two(short, before)
    words = list(_SMALL_NAME.finditer(before))
    for those in (words, [word for word in words if word.group() not in load_words("function_words")]):
        told = those[-len(short) :]
        if told and told[-1] == words[-1] and "".join(word.group()[0] for word in told) == short:
            return before[told[0].start() :]
    return None


def _of_two(short: str, before: str) -> str | None:
    """Return the two words right before a bracket that holds their initials: (hd), (it)."""
    names = _TWO_NAMES.search(before)
    if names is None or "".join(names.groups()) != short or (short != "it" and is_english_word(short)):
        return None
    return names.group()


_TWO_NAMES = LatePattern(r"(?<![\w’'])([a-z])[a-z’']{3,} ([a-z])[a-z]{3,}$")
_FEWEST_INITIALS = 3


def _of_small_letters(short: str, before: str) -> str | None:
    """Return what letters that are no word stand for in a line all in small letters: (psuv), (iucn)."""
    if len(short) <= _FEWEST_INITIALS or not short.isalpha() or not before.islower() or is_english_word(short):
        return None
    long = long_form_at_end(short.upper(), before)
    enough = (
        long
        and long.split(" ")[0] not in load_words("function_words")
        and len(re.findall(r"[^\W\d_]+", long)) >= len(short.removesuffix("s")) - 1
    )
    return long if enough else None


def is_short_form(text: str) -> bool:
    """Say whether a text could be a short form: brief, with a letter, no common word, no result of a test."""
    if re.fullmatch(r"[A-Z]\. [a-z]{3,14}", text):
        return True
    if is_english_word(text.partition(" ")[0].lower()) and " " in text and text[1].islower():
        return False  # Area A
    if not _SHORT.fullmatch(text) or text in _NO_SHORT_FORM or _SPAN.fullmatch(text):
        return False
    if text.count("(") != text.count(")") or text.count("[") != text.count("]") or text.endswith("."):
        return text.count(".") > 1
    letters = [char for char in text if char.isalpha()]
    if not letters or len(text) > 14:
        return False
    if any(char.isupper() for char in letters):
        return not re.fullmatch(r"[A-Z][a-z]{3,}", text) or len(text) < 9
    return 1 < len(letters) <= 5 and text not in load_words("plain_words") and text not in load_words("function_words")


def _long_inside(content: str, before: str) -> tuple[str, str] | None:
    """Take the bracket as the long form of the word before it."""
    words = before.split(" ")
    if "=" in content or len(content) < 5:
        return None
    for count in (2, 1):
        short = " ".join(words[-count:]).strip(_QUOTES + ",(") if len(words) >= count else ""
        if count == 2 and not re.fullmatch(r"[A-Z][\w-]* (?:[IVX]+|[A-Z\d]|alpha|beta|gamma)", short):
            continue
        if not short or not is_short_form(short) or not any(char.isupper() for char in short) or len(short) < 2:
            continue
        for part in dict.fromkeys((content, re.split(r"[;,]\s", content, maxsplit=1)[0])):
            bare = _LEADING.sub("", part.strip(), count=1).strip(_QUOTES + " ")
            long = whole_long_form(short, bare)
            if long is not None and not long.startswith(short):
                return short, long
    return None


def _both_inside(content: str) -> tuple[str, str] | None:
    """Find both forms in one bracket: "(blood-brain barrier, BBB)", "(CI = confidence interval)"."""
    long, comma, short = content.rpartition(", ")
    if comma and is_short_form(short) and short[-1:].isupper():
        found = whole_long_form(short, long)
        return (short, found) if found else None
    short, equals, long = content.partition(" = ")
    if equals and is_short_form(short):
        found = whole_long_form(short, long)
        return (short, found) if found else None
    return None


def _body_name(before: str) -> str | None:
    """Return the name of a party, company or office that ends the text; the name of a person is none."""
    name = _BODY.search(before[-120:])
    if name is None:
        return None
    words = name.group().split(" ")
    while words and (words[0].lower() in load_words("function_words") or words[0] in {"Mr", "Mrs"}):
        words.pop(0)
    if len(words) < 2:
        return None
    is_joined = not load_use("definitions", "body-joints").isdisjoint(words[1:-1])
    is_body = is_joined or not load_use("definitions", "bodies").isdisjoint(words)
    return " ".join(words) if is_body else None
