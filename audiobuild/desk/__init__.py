"""The proofing desk: an edition on a local page, to be heard and mended word by word (layer 4)."""
