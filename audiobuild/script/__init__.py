"""Edition to Script: what is said, in which order, by whom, and what is left unsaid (layer 2, pure)."""
