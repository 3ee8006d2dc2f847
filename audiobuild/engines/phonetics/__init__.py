"""Spoken text to phonemes: lexicons, words spelt alike, foreign names, and the alphabet of each voice (layer 3)."""
