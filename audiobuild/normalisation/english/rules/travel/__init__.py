"""Aircraft, flights, runways and trains (layer 1, pure)."""
