"""What may stand between two words."""

from __future__ import annotations

GAPS = (" ", " ", " ", ", ", "; ", ". ", "! ", "? ", ": ", "... ", "… ", " — ", "\n", " (", ") ", " “", "” ")
"""Between any two, whoever reads them; a space three times, since it is what there is most."""
