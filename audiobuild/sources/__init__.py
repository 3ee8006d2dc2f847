"""Files and folders to an Edition: which articles there are, read from what they are written in (layer 3)."""
