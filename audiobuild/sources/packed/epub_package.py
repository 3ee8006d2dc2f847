"""What an EPUB says of itself: its files in their order, its contents, its book (layer 1, pure).

Source: EPUB 2.0.1 (OPF, NCX) and EPUB 3.3 (package document, navigation document).
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from audiobuild.errors import SourceError
from audiobuild.model.book import Book, name_together
from audiobuild.model.language_tags import language_tag
from audiobuild.sources.packed.zip_archive import ZipArchive
from audiobuild.sources.xml_tree import Element, attribute, children, descendants, local, parse_xml, words_within

_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""How fonts are scrambled, which locks nothing that is read."""
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")
_HINT = "Export or download it again."


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of a book's table of contents."""

    title: str
    file: str
    """Its name in the archive; empty where the entry leads nowhere."""
    fragment: str
    """Which place in the file; empty for its beginning."""
    depth: int
    """From 0; an entry within another is one deeper."""


@dataclass(frozen=True, slots=True)
class Package:
    """What an EPUB says of itself."""

    book: Book
    pages: tuple[str, ...]
    """The files to be read, by their names in the archive, in their order."""
    contents: tuple[ContentsEntry, ...]
    matter: Mapping[str, str]
    """What files are, by the types of EPUB, as far as the package knows it: "cover", "toc", "notes"."""


@dataclass(frozen=True, slots=True)
class _Item:
    file: str
    media_type: str
    properties: tuple[str, ...]


def read_package(archive: ZipArchive) -> Package:
    """Read what an EPUB says of itself.

    Raises:
        SourceError: it is locked, lacks what every EPUB has, or is damaged.
    """
    _refuse_locked(archive)
    container = parse_xml(archive.read(_CONTAINER), f"{archive.where}/{_CONTAINER}")
    path = next((attribute(each, "full-path") for each in descendants(container, "rootfile")), "")
    if not path:
        raise SourceError("it does not say where its package stands", archive.where, _HINT)
    package = parse_xml(archive.read(path), f"{archive.where}/{path}")
    items = dict(_items(package, path))
    pages, hidden = _pages(package, items)
    if not pages:
        raise SourceError("it names no page to read", archive.where, _HINT)
    matter = dict.fromkeys(hidden, "aside") | _guide(package, path)
    contents: list[ContentsEntry] = []
    for item in _contents_items(package, items):
        tree = parse_xml(archive.read(item.file), f"{archive.where}/{item.file}") if item.file in archive else None
        if tree is not None and not contents:
            contents = list(_navigation(tree, item.file) if "nav" in item.properties else _ncx(tree, item.file))
            matter |= _landmarks(tree, item.file)
            matter |= {item.file: "toc"}
    return Package(_book(package, items, archive, path), pages, tuple(contents), matter)


def _refuse_locked(archive: ZipArchive) -> None:
    if _LOCKS not in archive:
        return
    tree = parse_xml(archive.read(_LOCKS), f"{archive.where}/{_LOCKS}")
    methods = {attribute(each, "Algorithm") for each in descendants(tree, "EncryptionMethod")}
    if methods - set(_FONTS):
        hint = "Only its seller's programs can open it; ask for one without copy protection."
        raise SourceError("it is locked by copy protection", archive.where, hint)


def _items(package: Element, path: str) -> Iterator[tuple[str, _Item]]:
    for each in descendants(package, "item"):
        file, _ = resolved(path, attribute(each, "href"))
        properties = tuple(attribute(each, "properties").split())
        yield attribute(each, "id"), _Item(file, attribute(each, "media-type").lower(), properties)


def _pages(package: Element, items: Mapping[str, _Item]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the pages of the spine, and those of them that are no part of the book's run: notes and answers."""
    pages: dict[str, bool] = {}
    for each in descendants(package, "itemref"):
        item = items.get(attribute(each, "idref"))
        if item and (item.media_type in _PAGES or item.file.lower().endswith((".xhtml", ".html", ".htm"))):
            pages.setdefault(item.file, attribute(each, "linear") == "no")
    return tuple(pages), tuple(page for page, is_hidden in pages.items() if is_hidden)


def _guide(package: Element, path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in descendants(package, "reference"):
        found.setdefault(resolved(path, attribute(each, "href"))[0], attribute(each, "type").lower())
    return found


def _contents_items(package: Element, items: Mapping[str, _Item]) -> Iterator[_Item]:
    """Give what may hold the contents: the navigation document first, then the NCX."""
    yield from (item for item in items.values() if "nav" in item.properties)
    named = [items.get(attribute(each, "toc")) for each in descendants(package, "spine")]
    yield from filter(None, named)
    yield from (item for item in items.values() if item.media_type == "application/x-dtbncx+xml")


# --- contents -------------------------------------------------------------------------------------


def _navigation(tree: Element, file: str) -> Iterator[ContentsEntry]:
    for nav in descendants(tree, "nav"):
        if "toc" in attribute(nav, "type").split():
            for entries in children(nav, "ol"):
                yield from _listed(entries, file, 0)


def _listed(entries: Element, file: str, depth: int) -> Iterator[ContentsEntry]:
    for item in children(entries, "li"):
        label = next((each for each in item if local(each) in ("a", "span")), None)
        if label is not None:
            target = resolved(file, attribute(label, "href")) if attribute(label, "href") else ("", "")
            yield ContentsEntry(words_within(label), *target, depth)
        for inner in children(item, "ol"):
            yield from _listed(inner, file, depth + 1)


def _ncx(tree: Element, file: str) -> Iterator[ContentsEntry]:
    for points in descendants(tree, "navMap"):
        yield from _points(points, file, 0)


def _points(around: Element, file: str, depth: int) -> Iterator[ContentsEntry]:
    for point in children(around, "navPoint"):
        title = next((words_within(label) for label in children(point, "navLabel")), "")
        source = next((attribute(each, "src") for each in children(point, "content")), "")
        yield ContentsEntry(title, *(resolved(file, source) if source else ("", "")), depth)
        yield from _points(point, file, depth + 1)


def _landmarks(tree: Element, file: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for nav in descendants(tree, "nav"):
        if "landmarks" in attribute(nav, "type").split():
            for link in descendants(nav, "a"):
                target, fragment = resolved(file, attribute(link, "href"))
                if target and not fragment:
                    found.setdefault(target, attribute(link, "type").lower())
    return found


def resolved(file: str, address: str) -> tuple[str, str]:
    """Take an address in a file of the archive for the name of another, and the place in it.

    >>> resolved("text/toc.xhtml", "../mud%20map.xhtml#rain")
    ('mud map.xhtml', 'rain')
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # of brackets that hold no IPv6 address
        return "", ""
    if parts.scheme or parts.netloc:
        return "", ""
    path = unquote(parts.path)
    name = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
    return name.removeprefix("/"), unquote(parts.fragment)


# --- the book -------------------------------------------------------------------------------------


def _book(package: Element, items: Mapping[str, _Item], archive: ZipArchive, path: str) -> Book:
    titles = list(map(words_within, descendants(package, "title")))
    authors = dict.fromkeys(map(words_within, descendants(package, "creator")))
    language = language_tag(next(map(words_within, descendants(package, "language")), ""))
    cover = b""
    name = _cover(package, items)
    if name in archive:
        cover = archive.read(name)
    digest = hashlib.sha256(cover).hexdigest() if cover else ""
    return Book(next(filter(None, titles), ""), name_together([*filter(None, authors)]), language, cover, digest)


def _cover(package: Element, items: Mapping[str, _Item]) -> str:
    """Name the picture that is the cover; empty where there is none that can be shown."""
    named = {attribute(each, "content") for each in descendants(package, "meta") if attribute(each, "name") == "cover"}
    found = [item for item in items.values() if "cover-image" in item.properties]
    found += [item for key, item in items.items() if key in named or item.file in named]
    found += [item for key, item in items.items() if key.lower() in ("cover", "cover-image")]
    return next((item.file for item in found if item.media_type in _PICTURES), "")
