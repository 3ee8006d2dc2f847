"""Read a PDF as audiobuild does, in a process of its own that needs no start: a copy of this one (for scripts/fuzz).

A Python that is started for each PDF takes far longer than the reading. The copy crashes or runs on alone, and what it
takes counts as the reader's.
"""

from __future__ import annotations

import json
import os
import resource

from audiobuild.errors import SourceError
from audiobuild.sources.paged.pdf import read_words
from audiobuild.sources.paged.pdf_extraction import take_out_words

_MOST_S = 20
"""Of the processor's time, as the reader's own process may have."""


def read_paper(data: bytes) -> object:
    """Read a PDF.

    Raises:
        SourceError: it cannot be read.
    """
    import pypdfium2  # noqa: F401  # so that the copies have it

    told, tell = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (_MOST_S, _MOST_S))
        status = 1
        try:
            with os.fdopen(tell, "w", encoding="utf-8") as pipe:
                json.dump(take_out_words(data), pipe)
            status = 0
        finally:
            os._exit(status)  # what it raises is told by the status, as it is by the reader's own process
    os.close(tell)
    with os.fdopen(told, encoding="utf-8") as pipe:
        written = pipe.read()
    _, ended = os.waitpid(child, 0)
    if ended:
        raise SourceError("PDFium fails over it: the file is damaged", "article.pdf")
    return read_words(json.loads(written), "article.pdf")
