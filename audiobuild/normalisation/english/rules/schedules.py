"""When a house is open, in the short forms of a sign on its door: M-F -> Monday to Friday (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_words
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import Rule, make_rule, text_after, text_before

_DAYS = load_map("day_letters")
_DAY = rf"(?:{alternatives(list(_DAYS))})"
_TIME_BEHIND = LatePattern(r"[,:]?\s?(?:from |at )?\(?\d{1,2}(?::\d\d|\s?[ap]\.?m|\s?[-–—]|\sto\b)")
_OPENS_BEFORE = LatePattern(rf"(?:{alternatives(load_words('opening_words'))}|available|closed):?\s$", re.IGNORECASE)


def _say_days(match: re.Match[str], context: Context) -> str | None:
    """Read days of the week in letters, where hours stand behind or the words before speak of them."""
    opens = _OPENS_BEFORE.search(text_before(match))
    opens = opens or re.search(r"\d(?:[-–]\d{1,2})?(?:\s?[ap]\.?m\.?)?,? $", text_before(match))
    if not opens and not (match["hours"] or _TIME_BEHIND.match(text_after(match))):
        return None
    days = f"{_DAYS[match['first']]} to {_DAYS[match['second']]}"
    if not match["hours"]:
        return days
    return f"{days}{match['gap']}{words.cardinal(match['from'])} to {words.cardinal(match['until'])}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "weekday.opening-days",
        rf"(?P<first>{_DAY})[-–](?P<second>{_DAY})(?!\w|[-–])"
        r"(?P<hours>(?P<gap>[,:]? )(?P<from>\d{1,2})[-–](?P<until>\d{1,2})(?![\w:%–-]|\.\d|\s?[ap]\.?m))?",
        _say_days,
        _DAYS,
        example="Open M–F -> Open Monday to Friday",
    ),
)
