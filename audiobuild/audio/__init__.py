"""Sound: PCM values, levels, MP3 frames, the codecs and the stings (layer 3).

numpy is the vocabulary of this package and is imported nowhere else.
"""
