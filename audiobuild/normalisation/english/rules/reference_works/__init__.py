"""What books, courts and works of reference shorten (layer 1, pure)."""
