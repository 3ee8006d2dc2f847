"""The language facts the rules work from, in TSV, one file a subject (layer 1)."""
