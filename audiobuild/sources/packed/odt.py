"""ODT to an article, by its styles (layer 1, pure).

Source: OpenDocument 1.3, part 3 (office:text, text:h, text:p, text:list, text:note).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from audiobuild.model.values import Article
from audiobuild.sources.article_parts.metadata import find_metadata
from audiobuild.sources.packed.office_document import (
    DELETED,
    MOST_XML_BYTES,
    RUNNING,
    read_office_html,
    remarks_of,
)
from audiobuild.sources.packed.zip_archive import ZipArchive
from audiobuild.sources.xml_tree import Element, attribute, descendants, local, parse_xml, words_within

_DEEPEST = 100
"""Elements within elements that are read."""
_STYLES: Mapping[str, tuple[str, str]] = {
    "Title": ("<h1>", "</h1>"),
    "Subtitle": ('<h6 class="subtitle">', "</h6>"),
    "Quotations": ("<blockquote><p>", "</p></blockquote>"),
    "Author": ('<p class="byline">', "</p>"),
    "Date": ('<p class="byline">', "</p>"),
    **dict.fromkeys(
        "Caption Illustration Figure Table Drawing TableCaption FigureCaption".split(), ('<p class="caption">', "</p>")
    ),
    **dict.fromkeys("Preformatted_20_Text Source_20_Code SourceCode".split(), ("<pre>", "</pre>")),
}
_HEADS = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
_HIDDEN, _STRUCK = "\nhidden", "\nstruck"
"""Stand behind the name of a style whose words are not shown, or struck out."""
_TABLE = {"table": "table", "table-row": "tr", "table-cell": "td"}
_UNREAD = {
    "table-of-content": "toc",
    "alphabetical-index": "toc",
    "illustration-index": "toc",
    "bibliography": "sources",
}
_SILENT = frozenset("tracked-changes annotation annotation-end sequence-decls forms note-citation script".split())


_SAID = {"title": ("title",), "author": ("initial-creator", "creator")}
"""What is told of a document, and by what elements; who saved it last counts where nobody says who began it."""


def read_odt(data: bytes, source: str, section: str = "") -> tuple[Article]:
    """Read a document.

    Raises:
        SourceError: it is damaged, locked, no ODT, or there is no text in it.
    """
    archive = ZipArchive(data, source)
    content = parse_xml(archive.read("content.xml", MOST_XML_BYTES), f"{source}/content.xml")
    parents = _parents_in(content, *_others(archive, "styles.xml"))
    told = list(_others(archive, "meta.xml"))
    about = find_metadata({key: next(_said(told, names), "") for key, names in _SAID.items()})
    notes: list[str] = []
    html = "".join(part for body in descendants(content, "text") for part in _inner(body, parents, notes, 0))
    listed = "".join(f'<li id="footnote{number}">{note}</li>' for number, note in enumerate(notes))
    html += (f"<ul>{listed}</ul>" if listed else "") + remarks_of(content, "annotation")
    html += remarks_of(content, "deletion", DELETED)
    html += "".join(remarks_of(tree, name, RUNNING) for tree in _others(archive, "styles.xml") for name in _HEADS)
    return (read_office_html(html, source, section, about),)


def _said(trees: Sequence[Element], names: Sequence[str]) -> Iterator[str]:
    found = (words_within(each) for name in names for tree in trees for each in descendants(tree, name))
    return filter(None, found)


def _parents_in(*trees: Element) -> dict[str, str]:
    """Find the parent of each style, by its name; and, with none, what hides, strikes or numbers."""
    parents: dict[str, str] = {}
    for tree in trees:
        for style in descendants(tree, "style"):
            parents.setdefault(attribute(style, "name"), attribute(style, "parent-style-name"))
            if any(attribute(each, "display") == "none" for each in descendants(style, "text-properties")):
                parents.setdefault(f"{attribute(style, 'name')}{_HIDDEN}", "")
            lines = (attribute(each, "text-line-through-style") for each in descendants(style, "text-properties"))
            if any(line not in ("", "none") for line in lines):
                parents.setdefault(f"{attribute(style, 'name')}{_STRUCK}", "")
        for style in descendants(tree, "list-style"):
            for level in descendants(style, "list-level-style-number"):
                if attribute(level, "num-format"):
                    parents.setdefault(f"{attribute(style, 'name')}\n{attribute(level, 'level')}", "")
    return parents


def _others(archive: ZipArchive, name: str) -> Iterator[Element]:
    if name in archive:
        yield parse_xml(archive.read(name), f"{archive.where}/{name}")


def _inner(element: Element, parents: Mapping[str, str], notes: list[str], depth: int) -> Iterator[str]:
    """Write as HTML what is within an element, its own text included."""
    yield escape(element.text or "")
    for child in element:
        if depth < _DEEPEST:
            yield from _written(child, parents, notes, depth + 1)
        yield escape(child.tail or "")


def _written(element: Element, parents: Mapping[str, str], notes: list[str], depth: int) -> Iterator[str]:
    name = local(element)
    if not name or name in _SILENT:
        return
    if name == "note":
        notes.append("".join(_inner(element, parents, notes, depth)))
        return
    if name in ("title", "desc") and "svg" in element.tag:  # what a picture shows
        yield f'<img alt="{escape(words_within(element))}">'
        return
    before, behind = _tags(element, name, parents)
    if f"{attribute(element, 'style-name')}{_HIDDEN}" in parents or attribute(element, "display") == "none":
        tag = "span" if name == "span" else "div"
        before, behind = f"<{tag} hidden>{before}", f"{behind}</{tag}>"
    elif name == "span" and f"{attribute(element, 'style-name')}{_STRUCK}" in parents:
        before, behind = "<s>", "</s>"
    yield before
    yield from _inner(element, parents, notes, depth)
    yield behind


def _tags(element: Element, name: str, parents: Mapping[str, str]) -> tuple[str, str]:
    """What stands for an element in HTML, before it and behind it."""
    if name == "p":
        return _tags_of_style(attribute(element, "style-name"), parents)
    if name == "h":
        level = attribute(element, "outline-level")
        tag = f"h{min(int(level) + 1, 5)}" if re.fullmatch(r"[1-9]", level) else "h2"
        return f"<{tag}>", f"</{tag}>"
    if name in ("list", "list-item", "list-header"):
        tag = _list_tag(element, parents) if name == "list" else "li"
        return f"<{tag}>", f"</{tag}>"
    if name in _TABLE:
        return f"<{_TABLE[name]}>", f"</{_TABLE[name]}>"
    if name == "covered-table-cell" and words_within(element):
        return "<td>", "</td>"
    if name == "ruby-text":
        return "<rt>", "</rt>"
    if name in _UNREAD:
        return f'<div class="{_UNREAD[name]}">', "</div>"
    if name == "image":
        return '<img alt="">', ""
    singles = {"line-break": "<br>", "s": " ", "tab": " ", "soft-page-break": ""}
    return singles.get(name, ""), ""


def _list_tag(element: Element, parents: Mapping[str, str]) -> str:
    """Say whether a list is numbered, by its own style or that of the list around it, at its level."""
    level, style = 0, ""
    around: Element | None = element
    while around is not None and level < _DEEPEST:
        if local(around) == "list":
            level += 1
            style = style or attribute(around, "style-name")
        around = around.getparent()
    return "ol" if f"{style}\n{level}" in parents else "ul"


def _tags_of_style(style: str, parents: Mapping[str, str]) -> tuple[str, str]:
    """What stands for a paragraph, by its style or one that this goes back to."""
    for _ in range(10):
        if style in _STYLES:
            return _STYLES[style]
        style = parents.get(style, "")
    return "<p>", "</p>"
