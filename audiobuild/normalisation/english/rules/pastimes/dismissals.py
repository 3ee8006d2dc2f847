"""How batsmen were out, in the short forms of a card: c Root b Stokes -> caught Root bowled Stokes (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.rule import Rule, make_rule

_MANNERS = load_map("dismissals")
_NAME = r"[A-Z][\w’'-]{2,16}"


def _say_dismissal(match: re.Match[str], context: Context) -> str | None:
    """Read how a batsman was out and whose work it was."""
    fielder = f" {match['fielder']}" if match["fielder"] else ""
    return f"{_MANNERS[match['manner']]}{fielder} bowled {match['bowler']}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "score.dismissal",
        rf"(?P<manner>{alternatives(_MANNERS)})(?: (?P<fielder>(?<!lbw ){_NAME}))? b (?P<bowler>{_NAME})",
        _say_dismissal,
        tuple(_MANNERS),
        example="c Root b Stokes -> caught Root bowled Stokes",
    ),
)
