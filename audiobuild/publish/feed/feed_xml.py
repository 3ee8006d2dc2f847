"""The XML of feeds: its namespaces, and elements whose text no parser refuses (layer 3).

Text goes in as it is meant, and comes out of any XML parser as `feed_text` has left it.

Source: XML 1.0, 2.2 (characters); RSS 2.0; Apple's podcast RSS; the podcast namespace; RFC 4287 and RFC 5005.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from audiobuild.publish.feed.feed_text import printable

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "fh": "http://purl.org/syndication/history/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}

for _prefix, _address in NAMESPACES.items():
    ET.register_namespace(_prefix, _address)  # or the writer would call them ns0, ns1 ...


def qualified(name: str) -> str:
    """Name an element as the parser does.

    >>> qualified("atom:link"), qualified("title")
    ('{http://www.w3.org/2005/Atom}link', 'title')
    """
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def add(parent: ET.Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> ET.Element:
    """Put an element at the end of another; attributes stand in the order given, empty ones are left out."""
    given = {key: printable(value) for key, value in (attributes or {}).items() if value}
    child = ET.SubElement(parent, qualified(name), given)
    child.text = printable(text) or None
    return child


def add_text(parent: ET.Element, name: str, text: str) -> None:
    """Put an element at the end of another unless there is nothing to say in it."""
    if text:
        add(parent, name, text)


def render_xml(root: ET.Element) -> bytes:
    """Write a document, an element a line; the element is indented in its place."""
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return document + b"\n"
