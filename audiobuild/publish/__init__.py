"""What a listener's program is given: the file, its tag and its cover (layer 3)."""
