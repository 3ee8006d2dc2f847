"""The tags behind the names of politicians: (D-MA) -> (Democrat of Massachusetts) (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import Rule, make_rule, stop_ends_sentence, text_after, text_before, word_before

_STATES = load_map("states")
_STATE_NAMES = alternatives({*_STATES.values(), *(code for code in _STATES if "." in code)})
_PARTIES = {"D": "Democrat", "R": "Republican", "I": "independent"}


def _say_party(match: re.Match[str], context: Context) -> str | None:
    """Read the tag behind a politician's name: (D-MA) -> (Democrat of Massachusetts)."""
    state = match["state"]
    name = _STATES.get(state) or (state if state in _STATES.values() else None)
    return f"({_PARTIES[match['party']]} of {name})" if name else None


def _say_party_of_town(match: re.Match[str], context: Context) -> str | None:
    """Read the tag of one who stands for a town or a state in full: (D-Los Angeles) -> (Democrat of Los Angeles)."""
    return f"({_PARTIES[match['party']]} of "


def _say_party_alone(match: re.Match[str], context: Context) -> str | None:
    """Read the tag between commas: Tim Kaine, D-Va., -> Democrat of Virginia."""
    stop = "." if match["state"].endswith(".") and stop_ends_sentence(text_after(match)) else ""
    return f"{_PARTIES[match['party']]} of {_STATES.get(match['state'], match['state'])}{stop}"


_ELECTED_BEFORE = LatePattern(rf"\b{one_of('parties', 'elected')}\.? (?:[A-Z][\w.’'-]* ){{0,3}}[A-Z][\w.’'-]*, $")


def _say_party_behind(match: re.Match[str], context: Context) -> str | None:
    """Read the tag between commas of one who stands for a town, behind what shows that somebody was elected."""
    return f"{_PARTIES[match['party']]} of " if _ELECTED_BEFORE.search(text_before(match)) else None


_TITLED_BEFORE = LatePattern(rf"\b{one_of('parties', 'titles')} (?:[A-Z][\w’'-]+ ){{1,2}}$")
_BRITISH = load_map("british_parties")


def _say_british_party(match: re.Match[str], context: Context) -> str | None:
    """Read the tag behind a member of Parliament's name: (Con) -> (Conservative)."""
    if match["party"] == "LD" and not _TITLED_BEFORE.search(text_before(match)):
        return None
    return f"({_BRITISH[match['party']]}" if re.match(r"[A-Z]", word_before(match)) else None


RULES: tuple[Rule, ...] = (
    make_rule(
        "party.after-comma",
        rf"(?<=, )(?P<party>[DRI])[-–](?P<state>{_STATE_NAMES})(?=[,;)]| [a-z]|\.?[”\"]?$|(?:(?<=\.)|\.) [A-Z])",
        _say_party_alone,
        _PARTIES,
        example="Kaine, D-Va., -> Kaine, Democrat of Virginia,",
    ),
    make_rule(
        "party.town-after-comma",
        r"(?<=, )(?P<party>[DRI])[-–](?=[A-Z][a-z]+(?: [A-Z][a-z]+){0,2},)",
        _say_party_behind,
        "DRI",
        example="Rep. Jim Himes, D-Cos Cob, spoke -> Representative Jim Himes, Democrat of Cos Cob, spoke",
    ),
    make_rule(
        "party.british",
        rf"\((?P<party>{alternatives(list(_BRITISH))})(?=\)|, [A-Z])",
        _say_british_party,
        ("(",),
        example="Lee (Lab) -> Lee (Labour)",
    ),
    make_rule(
        "party.bracketed",
        r"\((?P<party>[DRI])[-–](?P<state>[A-Z][\w. ]{1,20}?)\)",
        _say_party,
        ("(",),
        example="(D-MA) -> (Democrat of Massachusetts)",
    ),
    make_rule(
        "party.town",
        r"\((?P<party>[DRI])[-–](?=[A-Z][a-z.][\w.]*(?: [A-Z][\w.]+){0,3}\))",
        _say_party_of_town,
        ("(",),
        example="(D-Los Angeles) -> (Democrat of Los Angeles)",
    ),
)
