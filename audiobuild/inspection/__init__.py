"""What a finished file is, as any program finds it (layer 3)."""
