"""Whether what a rule has found belongs to a noun (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, word_after, word_before, words_before

DETERMINERS = load_words("determiners")
"""What stands before a noun in the singular, or in either number."""
_DEGREES = ("ly", "ed", "ing")
"""How adverbs and participles end, which are no nouns."""
_PAST = load_use("noun_phrases", "past")
_DAYS = rf"(?:{alternatives({*load_map('weekdays').values(), *load_map('months').values()})})\b"
_POWER = LatePattern(r"⁻|[A-Za-z]−\d")
_DOTTED_LETTERS = LatePattern(r"(?:[a-z]\.)+[a-z]")

_ADVERB_BEHIND = LatePattern(
    rf" (?!round[- ]trip {one_of('noun_phrases', 'fares')}){one_of('noun_phrases', 'adverbs')}\b"
)
_NOUNS_BEHIND_A = load_use("noun_phrases", "nouns-behind-a")
_CLAUSE_BEHIND = LatePattern(
    rf" [A-Z][\w-]+ (?:{alternatives(load_words('third_persons'))}|{one_of('noun_phrases', 'auxiliaries')})(?![\w’'])"
)
"""Who does something with a sum, which stands before: the £5m Labour wants."""
_LEADS_ON = LatePattern(
    rf"""
    \ (?:
        {one_of("noun_phrases", "adjectives")}  # a monthly fee
        | [a-z]+-[a-z]+  # a cost-saving plan
        | ['‘“"][^'’‘”“"]{{2,30}}['’”"]  # a 'blue skies' agency
        | (?!{_DAYS})(?:[A-Z]{{2,}}|[A-Z][A-Za-z]{{2,}})(?:-[A-Za-z]+)?(?:\ [A-Z][a-z]+)?  # an Irish tax bill
    )\ (?P<noun>[a-z]{{3,}})(?![\w’'])
    """,
    re.VERBOSE,
)
"""What stands between a sum and the noun that it belongs to."""

_VERB_BEHIND = LatePattern(
    rf" [a-z]{{3,}}[^s’\W]s (?:an? (?!{one_of('noun_phrases', 'spans')}\b)|{one_of('noun_phrases', 'openers')} )"
)
"""A word in -s and what opens another noun: "a time of 3.9s shames a Porsche"."""


_COUNTED_NOUN_BEHIND = LatePattern(r" \d{1,3}-[a-z]{3,}")
"""What has a number of its own: a £2.5m 4-bed house."""
_RATE_BEHIND = LatePattern(rf" an? {one_of('noun_phrases', 'spans')} (?P<noun>[a-z]{{3,}})(?![\w’'])")
"""How often so much is paid, and the noun that it belongs to: a $40 a month plan."""


def noun_follows(match: re.Match[str]) -> bool:
    """Say whether the match qualifies a noun behind it, as in "a £40m bridge" or "5kg bags"."""
    after = text_after(match)
    if after[:1] == "-":
        return after[1:2].isalpha() and not after[1:].startswith(("worth", "odd"))
    following = word_after(match)
    before = word_before(match).lower()
    if following == "ones" or (before in {"a", "an"} and _is_noun_behind_a(following, after)):
        return True
    if _CLAUSE_BEHIND.match(after):
        return False
    if _COUNTED_NOUN_BEHIND.match(after):
        return before in DETERMINERS
    if _leads_on(after):
        return True
    if (
        not following
        or not following[0].isalpha()
        or re.match(r".[/\d]", following)
        or following in load_words("behind_sums")
        or following.endswith(("n’t", "n't"))
        or _POWER.search(following)
        or _DOTTED_LETTERS.fullmatch(following)
        or (match.group().endswith(("g", "l")) and following in load_use("dosing", "orders"))
        or _VERB_BEHIND.match(after)
        or _ADVERB_BEHIND.match(after)
    ):
        return False
    if following == "can" and before in {"a", "an", "the", "each"}:
        return True
    if re.split("[’']", following.lower())[0] in load_words("function_words"):
        return False
    for place, word in enumerate(words_before(match, 4)):
        if word.lower().lstrip('(“‘"') in DETERMINERS:
            return place == 0 or not following.endswith("ed")
        if place == 0 and following.isupper() and word.endswith(("’s", "'s")):
            return True
        if word[-1] in ".,;:?!)" or word.lower() in load_words("function_words"):
            break
    return following.islower() and not following.endswith(_DEGREES)


def _is_noun_behind_a(following: str, after: str) -> bool:
    """Say whether what follows is a noun behind "a" and a sum alone: a $1m home, a $5 “tip”, a $40 a month plan."""
    rate = _RATE_BEHIND.match(after)
    if following in _NOUNS_BEHIND_A or re.match(r" [“‘\"'][a-z]", after):
        return True
    return rate is not None and rate["noun"] not in load_words("function_words")


def _leads_on(after: str) -> bool:
    """Say whether an adjective or a name follows, and then the noun: a $50 monthly fee, a €13bn Irish tax bill."""
    match = _LEADS_ON.match(after)
    return (
        match is not None
        and match["noun"] not in load_words("function_words", "third_persons")
        and match["noun"] not in _PAST
        and not match["noun"].endswith(_DEGREES)
    )
