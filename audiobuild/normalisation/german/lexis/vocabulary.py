"""The tables of German, and pieces of patterns made of them (layer 1, pure)."""

from __future__ import annotations

from audiobuild.normalisation.alternation import alternatives
from audiobuild.normalisation.tables import Tables

TABLES = Tables("german")
MONTHS = tuple(row[0] for row in TABLES.rows("months"))
"""The months' names, from January on."""
MONTH_OF = {form: number for number, row in enumerate(TABLES.rows("months"), 1) for form in row}
"""The number of a month by each of its written forms."""
MONTH = rf"(?:{alternatives(MONTH_OF)})(?!\w)"
"""A month in full or short."""
