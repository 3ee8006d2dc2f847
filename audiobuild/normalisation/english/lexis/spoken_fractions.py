"""Fractions in words (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words

_DENOMINATORS = {2: "half", 4: "quarter"}


def denominator(bottom: int, context: Context) -> str:
    """Name the parts that a fraction counts: 4 -> quarter."""
    return _DENOMINATORS.get(bottom) or words.ordinal(str(bottom), context.locale).removeprefix("one ")


def spoken_fraction(top: int, bottom: int, context: Context) -> str:
    """Say a fraction: 3/4 -> three quarters."""
    name = denominator(bottom, context)
    if top == 1:
        return "half" if bottom == 2 else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    return f"{words.cardinal(str(top), context.locale)} {words.plural(name)}"


def with_article(fraction: str) -> str:
    """Say a fraction with its article: one third -> a third."""
    if fraction == "half":
        return "a half"
    return re.sub("^one ", "an " if fraction.startswith("one ei") else "a ", fraction)


def behind_article(fraction: str, article: str) -> str:
    """Say a fraction behind an article that stands there already: a half, the quarter, a one eighth.

    >>> behind_article("a quarter", "the"), behind_article("an eighth", "a")
    ('quarter', 'one eighth')
    """
    bare = re.sub("^(?:an?|one) ", "", fraction)
    return f"one {bare}" if bare[0] == "e" and article == "a" else bare
