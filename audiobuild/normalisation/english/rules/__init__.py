"""The rules: a folder a class of written forms, a file a family (layer 1, pure)."""
