"""Covers, pictures of chapters, and the picture of a sound (layer 3)."""
