"""The rules of German, a module for each family (layer 1, pure)."""
