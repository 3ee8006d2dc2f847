"""English: its rules, its numbers and names, its sentences (layer 1, pure)."""
