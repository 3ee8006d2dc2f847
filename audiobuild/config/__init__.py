"""What the user has decided: defaults, then show.toml, then options (layer 0)."""
