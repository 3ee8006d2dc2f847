"""Numbers, fractions, ranges and sums of arithmetic (layer 1, pure)."""
