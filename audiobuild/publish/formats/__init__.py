"""What a finished file is: its container, and the tag in it (layer 3)."""
