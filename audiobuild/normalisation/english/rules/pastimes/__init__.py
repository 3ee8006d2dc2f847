"""Sport, games, music and marks out of so many (layer 1, pure)."""
