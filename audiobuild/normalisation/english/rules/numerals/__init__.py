"""Roman numerals, and the pronoun that looks like one (layer 1, pure)."""
