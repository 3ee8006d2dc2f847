"""An archive: an episode an article, however many there are, made one by one on this machine or a cluster (layer 4)."""
