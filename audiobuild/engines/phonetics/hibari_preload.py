"""The lexicons and the tagger of hibari, read by being imported (layer 3).

The process from which workers are forked imports this while the articles are read, so that no worker has to read them.
"""

from __future__ import annotations

from audiobuild.engines.phonetics.hibari_g2p import read_tables

read_tables()
