"""What is fetched from the network and sent to it (layer 0)."""
