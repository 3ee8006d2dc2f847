"""What is read of an episode: transcripts, subtitles, chapters (layer 3)."""
