"""An episode as a book that reads along: EPUB 3 with Media Overlays (layer 3)."""
