"""Numbers with units (layer 1, pure)."""
