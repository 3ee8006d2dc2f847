"""Units with powers that dots join: 9.8 m·s⁻² -> nine point eight metres per second squared (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map, load_table
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import Rule, make_rule, text_before

_UNITS = load_table("units")
_UNIT = rf"(?:{alternatives(unit for unit, row in _UNITS.items() if row[2] == 's' and unit.isalpha())})"
_MEASURED = LatePattern(r"\d ?[A-Za-zµμ][A-Za-zµμ⁻¹²³·⋅]{0,20}$")
_POWERS = {"²": "square ", "³": "cubic "}
_OF_TIME = {"²": " squared", "³": " cubed"}


def _spelt(name: str, context: Context) -> str:
    if not is_american(context):
        return name
    american = load_map("us_units")
    return " ".join(american.get(word, word) for word in name.split(" "))


def _say_dotted(match: re.Match[str], context: Context) -> str | None:
    """Read a unit behind another; with a negative power it is what the other is told by."""
    if not _MEASURED.search(text_before(match)):
        return None
    name, raised = _UNITS[match["unit"]][0], match["raised"]
    power = _POWERS.get(raised[-1:], "")
    if not raised.startswith("⁻"):
        return f" {_spelt(power + name, context)}"
    named = f"{name}{_OF_TIME.get(raised[-1], '')}" if name == "second" else power + name
    return f" per {_spelt(named, context)}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.dotted-power",
        rf"[·⋅](?P<unit>{_UNIT})(?P<raised>⁻[¹²³]|[²³]|(?=[·⋅]))(?![\w⁻])",
        _say_dotted,
        "·⋅",
        example="9.8 m·s⁻² -> nine point eight metres per second squared",
    ),
)
