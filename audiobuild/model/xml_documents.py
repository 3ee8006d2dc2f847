"""XML of anybody's making, read without what a document type could do with it (layer 0, pure).

A document type declares entities, which can grow beyond all bounds when they are put in, or name files of this machine.
Whoever reads feeds, books or lexicons has no use for one. The parser itself tells where one stands: whatever the
encoding, and not where it is only spoken of.

Source: XML 1.0, 2.8 (document type declaration).
"""

from __future__ import annotations

from xml.etree import ElementTree
from xml.parsers import expat

from audiobuild.errors import SourceError


class DocumentType(SourceError):
    """A document has a type, and is not read."""


def read_xml(data: bytes) -> ElementTree.Element:
    """Read a document.

    Raises:
        DocumentType: it has a document type.
        ValueError: it is no XML, or of an encoding that is unknown or holds no such text.

    >>> read_xml(b"<feed/>").tag
    'feed'
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
        return ElementTree.fromstring(data)  # nosec B314  # expat has refused a document type
    except (expat.ExpatError, ElementTree.ParseError, LookupError) as error:
        raise ValueError(str(error)) from error


def _refuse(*_: object) -> None:
    raise DocumentType("this has a document type")
