"""How services on the network are asked for speech, and what they answer (layer 3)."""
