"""What speaks outside Python: a library of C, and programs (layer 3)."""
