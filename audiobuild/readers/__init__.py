"""Bytes of a file in, an Article out (layer 1, pure)."""
