"""An episode as values: what it is, what it is called, what it is known by, and what its files say of it."""
