"""audiobuild turns articles into an audio edition: one MP3 with chapters."""

__version__ = "0.1.0"
