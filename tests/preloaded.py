"""What the process has imported from which the workers of tests' builds start: more than a build needs by itself.

It is started once for all builds of a process of tests, whatever the first of them speaks with, and what it has not
imported, each worker would import for itself.
"""

from __future__ import annotations

import numpy.random
import onnxruntime

import audiobuild.build.article_episode
import audiobuild.engines.espeak
import audiobuild.engines.hibari
import audiobuild.engines.phonetics.hibari_preload
from audiobuild.normalisation import gather_context, verbalise

__all__ = ["audiobuild", "numpy", "onnxruntime"]

verbalise("In 2014 Mr Tolland paid $1.2bn.", gather_context((), "en-GB"))  # by which patterns are compiled
