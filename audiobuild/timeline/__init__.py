"""Takes to Timeline: when everything is heard (layer 2, pure)."""
