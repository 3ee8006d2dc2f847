"""Runs and wickets: 182-7 by the side that bats, 5/34 by the bowler, 81 not out (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import AND_OR
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    DIGIT,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
    words_before,
)

_MOST_WICKETS = 10


def tells_of_cricket(match: re.Match[str], context: Context) -> bool:
    """Say whether runs and wickets are told: 182-7 by the side that bats, 5-34 by the bowler."""
    first, second = int(match["first"]), int(match["second"])
    if first <= _MOST_WICKETS and not is_american(context) and _took(match):
        return True
    if first > _MOST_WICKETS > second and _SECOND_INNINGS.search(text_before(match)):
        return True
    if not ((first > _MOST_WICKETS > second) or (0 < first <= _MOST_WICKETS < second)):
        return False
    if word_after(match) in load_words("count_nouns") or word_after(match) in load_use("ranges", "cricket") - {
        "declared"
    }:
        return False
    return not _near(match).isdisjoint(_played(context)) or bool(_NOT_OUT_BEHIND.match(text_after(match)))


_BOWLED_BEHIND = LatePattern(rf"[.,;)]|$| {one_of('ranges', 'behind-figures')}\b")
_FIGURES_BEFORE = LatePattern(rf"\b{one_of('ranges', 'before-figures')} $")


_SECOND_INNINGS = LatePattern(rf" \d{{1,2}}-\d{{2,3}}\) (?:{AND_OR}|&) $")
"""What a bowler took in the first innings, before the runs and wickets of the next."""
_OF_BOWLER = LatePattern(r"[(;,] (?:[A-Z]\.? ?)?[A-Z][a-z]+ $|\([A-Z][a-z]+ $")
"""A bowler in a list of who did what: (Root 104; Lyon 5-71)."""


def _took(match: re.Match[str]) -> bool:
    """Say whether a bowler took wickets: he took 5-43 at Lord's; but it took 2-3 days."""
    behind = text_after(match)
    if behind.startswith(" with the ball"):
        return True
    if _OF_BOWLER.search(text_before(match)) and behind[:1] in set(",;)") and int(match["second"]) > _MOST_WICKETS:
        return True
    if int(match["second"]) <= _MOST_WICKETS or not _BOWLED_BEHIND.match(behind):
        return False
    if _FIGURES_BEFORE.search(text_before(match)):
        return True
    nearest = words_before(match, 2)
    taker = nearest[1] if len(nearest) > 1 else ""
    named = taker[:1].isupper() and taker.lower() not in load_words("function_words")
    return (named or taker.lower() in load_use("ranges", "bowlers")) and nearest[0] in load_use("ranges", "took")


_NOT_OUT_BEHIND = re.compile(r" \([A-Z][a-z]+ \d{1,3}\*[,)]")


def _near(match: re.Match[str]) -> set[str]:
    return set(re.findall(r"[a-z]+", f"{text_before(match)} {text_after(match)}".lower()))


def _played(context: Context) -> frozenset[str]:
    """Return the words that tell of the game; in America some of them tell of baseball."""
    cricket = load_use("ranges", "cricket")
    return cricket - load_use("ranges", "baseball") if is_american(context) else cricket


def _is_innings(match: re.Match[str], context: Context) -> bool:
    """Say whether a batsman's runs are told by how he ended, or with his name before them: Botham's 149*."""
    before = text_before(match)
    if is_american(context) or len(match["runs"]) < 2:
        return False
    return bool(_ENDED.search(before) or re.search(r"\b[A-Z][a-z]+[’']s $", before))


_ENDED = LatePattern(rf"\b{one_of('ranges', 'ended')} on $")
_SCORED = load_use("ranges", "scored")
"""Near so many runs and a star these show that a batsman was not out, where cricket is played."""


def _say_total(match: re.Match[str], context: Context) -> str | None:
    """Read 5/34 and 486/7d behind words of the game, or with the mark of an innings that was closed."""
    first, second = int(match["first"]), int(match["second"])
    declared = match["declared"] and first > _MOST_WICKETS >= second
    took = word_before(match) in load_use("ranges", "took") and not is_american(context)
    bowled = took or not _near(match).isdisjoint(load_use("ranges", "bowling"))
    figures = first <= _MOST_WICKETS < second and bowled
    if not (declared or figures or tells_of_cricket(match, context)):
        return None
    said = f"{words.cardinal(match['first'], context.locale)} for {words.cardinal(match['second'], context.locale)}"
    return f"{said} declared" if declared else said


def _say_not_out(match: re.Match[str], context: Context) -> str | None:
    """Read the star behind the runs of a batsman who was not out: Root 81*."""
    if not _is_innings(match, context) and _near(match).isdisjoint(
        _played(context) | (frozenset() if is_american(context) else _SCORED)
    ):
        return None
    said = words.cardinal(match["runs"], context.locale)
    return said if text_after(match).startswith(" not out") else f"{said} not out"


RULES: tuple[Rule, ...] = (
    make_rule(
        "score.total",
        r"(?P<first>\d{1,3})[-–/](?P<second>\d{1,3})(?:(?P<declared>d|\sdec\.?(?=\s[a-z\d(]|[,;)])|\sdec)"
        r"|(?<=/\d)|(?<=/\d\d)|(?<=/\d\d\d))(?![\w/%]|[.,-]\d)",
        _say_total,
        (DIGIT,),
        behind="-/",
        example="closed on 486/7d, -> closed on four hundred and eighty-six for seven declared,",
    ),
    make_rule(
        "score.not-out",
        r"(?P<runs>\d{1,3})(?:\*|no)(?![\w*])",
        _say_not_out,
        (DIGIT,),
        behind="*n",
        example="the batsman Root, 81*, -> the batsman Root, eighty-one not out,",
    ),
)
