"""What is looked at before a build, and heard after it, for an editor or whoever keeps the machine (layer 4)."""
