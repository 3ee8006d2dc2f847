"""Sums of money (layer 1, pure)."""
