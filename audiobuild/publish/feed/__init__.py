"""The feed of a show: made, read back and judged (layer 3)."""
