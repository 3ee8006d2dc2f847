"""What there is to look at before a build, and what a finished file is and sounds like after it (layer 3)."""
