"""Punctuation, symbols, brackets and other alphabets (layer 1, pure)."""
