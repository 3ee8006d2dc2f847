"""Lines all in small letters or all in capitals, and openings in capitals (layer 1, pure)."""
