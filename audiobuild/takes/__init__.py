"""Script to Takes: which are needed, spoken, levelled and encoded in workers, and kept (layer 3)."""
