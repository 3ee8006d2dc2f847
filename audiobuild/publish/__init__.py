"""What a listener's program is given: the episode, what goes with it, the pages and the feed (layer 3)."""
