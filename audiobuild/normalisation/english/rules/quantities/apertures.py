"""How wide a lens is open: f/2.8, f/3.5–5.6 -> f three point five to five point six (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.rules.forms import spoken_number
from audiobuild.normalisation.rule import Rule, make_rule


def _say_aperture(match: re.Match[str], context: Context) -> str:
    """Read the number without the stroke."""
    last = f" to {spoken_number(match['last'], context)}" if match["last"] else ""
    return f"f {spoken_number(match['first'], context)}{last}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "aperture.stops",
        r"f/(?P<first>\d{1,2}\.\d{1,2}|(?<=\bGroup f/)64)(?:[-–](?P<last>\d{1,2}(?:\.\d{1,2})?))?(?![\w/]|\.\d)",
        _say_aperture,
        ("f",),
        behind="/",
        example="at f/3.5–5.6 -> at f three point five to five point six",
    ),
)
