"""How often a medicine is taken: q6h -> every six hours (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import ATTACHED, Rule, make_rule, text_after, text_before

_SPANS = {"h": "hours", "d": "days", "w": "weeks", "m": "months"}
"""What the first letter of a unit stands for."""
_DOSE = LatePattern(rf"\d\s?{one_of('dosing', 'amounts')}\b[^.;]{{0,30}}$")
_ORDERS = load_map("dosing")


def _say_interval(match: re.Match[str], context: Context) -> str | None:
    """Read the hours, days, weeks or months between two doses."""
    unit = match["unit"].lower()
    span = "minutes" if unit.startswith("min") else _SPANS[unit[0]]
    if match["last"]:
        return f"every {words.cardinal(match['first'])} to {words.cardinal(match['last'])} {span}"
    if match["first"] == "1":
        return f"every {span[:-1]}"
    return f"every {words.cardinal(match['first'])} {span}"


def _say_order(match: re.Match[str], context: Context) -> str | None:
    """Read an order behind a dose: 5 mg bid."""
    if not _DOSE.search(text_before(match)) and not re.match(r" dosing\b", text_after(match)):
        return None
    return _ORDERS[match.group().lower()]


def _say_dotted_order(match: re.Match[str], context: Context) -> str | None:
    """Read an order with stops behind a dose: 5 mg t.d.s."""
    order = _ORDERS.get(match["letters"].replace(".", ""))
    return order if _DOSE.search(text_before(match)) else None


def _say_half_life(match: re.Match[str], context: Context) -> str | None:
    return "T half"


RULES: tuple[Rule, ...] = (
    make_rule(
        "dose.interval",
        r"[qQ](?P<first>\d{1,2})(?:[-–](?P<last>\d{1,2}))?\s?"
        r"(?P<unit>[hH](?:rs?|ours?)?|[dD](?:ays?)?|[wW](?:ks?|eeks?)?|mos?|min)(?![\w-])",
        _say_interval,
        (ATTACHED,),
        behind="0-9",
        example="q4-6h -> every four to six hours",
    ),
    make_rule(
        "dose.half-life",
        r"[tT]1/2(?![\w/])",
        _say_half_life,
        (ATTACHED,),
        behind="0-9",
        example="the half-life (t1/2) -> the half-life (T half)",
    ),
    make_rule(
        "dose.dotted-order",
        r"(?P<letters>[bqtop](?:\.[a-z]){1,2})(?:\.(?=\s[a-z\d(]|[,;:)]))?(?!\w)",
        _say_dotted_order,
        "bqtop",
        behind=".",
        example="Take 5 mg o.d. for a week -> Take five milligrams once a day for a week",
    ),
    make_rule(
        "dose.order",
        rf"(?:{one_of('dosing', 'orders')})(?![\w’'-]|\.\w)",
        _say_order,
        load_use("dosing", "orders"),
        example="5 mg bid -> five milligrams twice a day",
    ),
)
