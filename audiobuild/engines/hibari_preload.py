"""The lexicons, the tagger and the network of hibari, read by being imported (layer 3).

The process from which workers are forked imports this while the articles are read, so that no worker has to read them.
"""

from __future__ import annotations

import sys

from audiobuild.engines.hibari import open_bundled
from audiobuild.engines.phonetics.hibari_g2p import read_tables

read_tables()
if sys.platform == "linux":  # elsewhere the system's own libraries may not bear a fork once they are in use
    open_bundled()
