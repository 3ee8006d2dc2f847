"""Initialisms, acronyms, abbreviations, titles and codes (layer 1, pure)."""
