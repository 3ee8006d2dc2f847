"""How teams stand in America, won and lost: the Bears are 8-3 -> eight and three (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before, word_after, word_before

_TEAM_BEFORE = LatePattern(r"(?:^|[ “\"(—–])[A-Z][\w.’'-]* \($|[A-Z][\w.’'-]* \(\d{1,3}-\d{1,3}, $")
_TEAM_BEHIND = LatePattern(r"\)|, \d{1,3}-\d{1,3}\b| [A-Z][\w ]{2,20}\)")
_PITCHED = LatePattern(
    rf"(?:, | {one_of('records', 'before-allowed')} )(?:\d{{1,2}})?\.\d\d {one_of('records', 'allowed')}\b"
    rf"|, \d{{1,3}} {one_of('records', 'pitched')}\b"
)
"""What a pitcher has allowed, behind how often he won and lost: (3-4, 5.12 ERA)."""
_TEAMS_BEHIND = LatePattern(r" [A-Z][a-z]+s\b")
"""What plays, behind how it stands: the 4-9 Browns."""
_STANDING = LatePattern(
    rf"(?:\b{one_of('records', 'moved')} to|\brecord {one_of('records', 'behind-record')}|\bwith the [A-Z]\w+ at) $"
)
_SEASON_BEFORE = LatePattern(
    rf"\b{one_of('records', 'went-through')} {one_of('records', 'owners')} (?:[a-z]+ )?season $"
)
_OVER_SEASON = LatePattern(rf" {one_of('records', 'over-season')}\b")
_OVER_YEARS = LatePattern(rf" {one_of('records', 'over-years')}\b")
_LONGEST_SEASON = 163
"""One game more than a team plays in any league."""
_FARING = load_use("ranges", "faring")


def is_record(match: re.Match[str]) -> bool:
    """Say whether a team's games are told: Ohio State (11-0), the Bears are 8-3, they fell to 7-10."""
    before, after, nearest = text_before(match), text_after(match), word_before(match)
    if word_after(match) in load_use("ranges", "behind-records") or after.startswith(" W-L"):
        return True
    if before.endswith(("W-L ", "W-L of ", "W-L: ")):
        return True
    if _PITCHED.match(after):
        return True
    if _TEAM_BEFORE.search(before):
        return bool(_TEAM_BEHIND.match(after)) and int(match["first"]) + int(match["second"]) < _LONGEST_SEASON
    if nearest.lower() in load_use("records", "before-teams") and _TEAMS_BEHIND.match(after):
        return True
    if not load_use("records", "no-records").isdisjoint(re.findall("[a-z]+", before.lower())):
        return False
    first, second = int(match["first"]), int(match["second"])
    is_long = first + second >= _LONGEST_SEASON and not _OVER_YEARS.match(after)
    if word_after(match) in load_words("count_nouns") or is_long:
        return False
    if _STANDING.search(before) or _SEASON_BEFORE.search(before):
        return True
    if nearest not in load_use("records", "copulas") | _FARING:
        return False
    if words_pattern(r"(?i)\bWORDS \w+ $", "records", "played").search(before):
        return False  # the game ended 3-3
    return (
        (first >= second and not re.match(r" [a-z]+s\b", after))
        or first == 0
        or nearest in _FARING
        or bool(_OVER_SEASON.match(after))
    )
