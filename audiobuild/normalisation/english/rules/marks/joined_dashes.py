"""En dashes that join: the Bose–Einstein statistics, a north–south road -> no pause is heard (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word, is_name_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import Rule, make_rule, text_after, text_before

_WORD_ENDS = r"[^\w’'-]"
_GOES_ON = LatePattern(r"[ -](?P<next>[A-Za-z][a-z]{2,})|–")
"""What stands behind two common words that are joined: the noun that they describe, or another of their kind."""
_PLURAL = LatePattern(r"(?:^|[^–\w])[a-z]{2,}[^\Wsuic]s$")
"""Several of something, that no dash joins to a word before."""
_SHORTEST_NAME = 3
"""Letters of the shortest name that a dash joins in small letters."""
_COMPASS = load_use("joined_dashes", "compass")


def _say_joint(match: re.Match[str], context: Context) -> str | None:
    """Join two names, two common words before their noun, or a word and what hangs on it."""
    if text_before(match)[-1].isdigit():
        return "-"
    first = re.split(_WORD_ENDS, text_before(match))[-1].lstrip("’'-")
    second = re.split(_WORD_ENDS, text_after(match), maxsplit=1)[0]
    if second[0].isdigit():
        return "-" if first.lower() in load_use("joined_dashes", "first") else None
    hangs = first.lower() in load_use("joined_dashes", "first") or second in load_use("joined_dashes", "second")
    if first.isupper() and second.isupper():
        return " "
    if _is_small(second) or (_is_small(first) and not hangs):
        return None
    if first[0].isupper() and second[0].isupper():
        return " "
    if hangs or (first in _COMPASS and second in _COMPASS):
        return "-"
    if second[0].isupper() or (_PLURAL.search(text_before(match)) and is_english_word(first)):
        return None
    goes_on = _GOES_ON.match(text_after(match), len(second))
    if goes_on is None or _is_small(goes_on["next"] or ""):
        named = min(len(first), len(second)) >= _SHORTEST_NAME and is_name_word(first) and is_name_word(second)
        return " " if named else None
    return "-"


def _is_small(word: str) -> bool:
    """Say whether a word joins others, or stands for them: one beside a dash begins or ends a thought."""
    return (
        word.lower() in load_words("function_words")
        and not (len(word) > 1 and word.isupper())
        and word.lower() not in _COMPASS
    )


RULES: tuple[Rule, ...] = (
    make_rule(
        "punctuation.joined-dash",
        r"(?<=[^\W\d_])–(?=[^\W\d_]|\d\d?[snrt][tdh]\b)"
        rf"|(?<=\d)–(?={one_of('joined_dashes', 'counted')}\b)",
        _say_joint,
        "–",
        example="a north–south road -> a north-south road",
    ),
)
