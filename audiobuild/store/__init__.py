"""What was made once and is kept: under the hash of all that it depends on (layer 3)."""
