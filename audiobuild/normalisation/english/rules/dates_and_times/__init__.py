"""Dates, years, times of day and lengths of time (layer 1, pure)."""
