"""XML to a tree, read without trust: no entity is resolved, nothing is fetched (layer 1, pure).

This is the only module that knows lxml.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from audiobuild.errors import SourceError

Element: TypeAlias = Any
"""An element of lxml's, whose names are taken without their namespaces here."""


def parse_xml(data: bytes, where: str) -> Element:
    """Read XML.

    Raises:
        SourceError: it is no XML, or declares entities, which may be endless.
    """
    from lxml import etree

    if b"<!ENTITY" in data or "<!ENTITY".encode("utf-16-le") in data or "<!ENTITY".encode("utf-16-be") in data:
        raise SourceError("it declares entities, which are not followed", where, "A document that is sound needs none.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise SourceError("this is no XML that can be read", f"{where}:{line}" if line else where) from error
    if tree is None:
        raise SourceError("this is no XML that can be read", where)
    return tree


def render_xml(tree: Element) -> bytes:
    """Write a tree as XML, in UTF-8."""
    from lxml import etree

    return bytes(etree.tostring(tree, encoding="utf-8", xml_declaration=True))


def local(element: Element) -> str:
    """Name an element without its namespace; a comment has no name."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Give an attribute, whatever its namespace; empty where it is not there."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def children(element: Element, name: str) -> Iterator[Element]:
    """Give the children of this name."""
    return (child for child in element if local(child) == name)


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Give the element itself and all within it, where they have this name, in their order."""
    return (each for each in element.iter() if local(each) == name)


def words_within(element: Element) -> str:
    """Give all the words within an element, on one line."""
    return " ".join(str(element.xpath("string()")).split())
