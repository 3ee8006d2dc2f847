"""Atoms, molecules and their charges (layer 1, pure)."""
