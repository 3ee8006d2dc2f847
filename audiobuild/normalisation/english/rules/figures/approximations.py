"""The sign of what is nearly equal: pi ≈ 3.14 -> pi is approximately three point one four (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.rule import Rule, make_rule, text_before


def _say_nearly(match: re.Match[str], context: Context) -> str | None:
    """Read the sign as a verb behind a term, and between two as a clause; elsewhere it is "approximately"."""
    before = text_before(match)
    if not re.search(r"(?:\b\w|[α-ωΑ-Ω\d)]) ?$", before):
        return None
    return "is approximately "


RULES: tuple[Rule, ...] = (
    make_rule("maths.nearly", r"≈ ?", _say_nearly, "≈", example="x ≈ 2 -> x is approximately two"),
)
