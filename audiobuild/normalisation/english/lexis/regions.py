"""Which English is spoken where (layer 1, pure)."""

from __future__ import annotations

from audiobuild.normalisation.context import Context


def is_american(context: Context) -> bool:
    """Say whether American usage holds; elsewhere it is British."""
    return context.locale == "en-US"
