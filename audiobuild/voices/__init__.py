"""Which voices there are, who speaks where, and how a voice will say a name (layer 3)."""
