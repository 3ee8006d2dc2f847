"""The output folder: an episode with all that goes with it, what tells of all of them, and what was there before."""
