"""The rules, one file a family of written forms (layer 1, pure)."""
