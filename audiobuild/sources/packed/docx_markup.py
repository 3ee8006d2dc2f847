"""A DOCX rewritten so that mammoth, which passes over some elements, loses no word (layer 1, pure).

Fields, right-to-left runs and ruby give up the elements around their words. Mathematics and hidden words are put
between marks, which `unmarked` turns into elements of HTML that are not read.

Source: ECMA-376, part 1 (w:fldSimple, w:dir, w:bdo, w:ruby, w:vanish, m:oMath).
"""

from __future__ import annotations

import io
import re
import zipfile

from audiobuild.sources.packed.zip_archive import ZipArchive
from audiobuild.sources.xml_tree import Element, attribute, descendants, local, parse_xml, render_xml

_PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml")
_PASSED_OVER = re.compile(rb"<(?:w:(?:fldSimple|dir|bdo|ruby|vanish|txbxContent)|m:oMath)\b")
_MATHS, _MATHS_END, _HIDDEN, _HIDDEN_END = "\ue0a0", "\ue0a1", "\ue0a2", "\ue0a3"
"""Marks, of the characters that mean nothing."""
_ELEMENTS = ((_MATHS, "<math>"), (_MATHS_END, "</math>"), (_HIDDEN, "<span hidden>"), (_HIDDEN_END, "</span>"))
_SIMPLE = re.compile(r"\w{1,3}|\d{1,6}(?:[.,]\d{1,6})?")
"""A formula that is read as it stands: a letter or a number."""


def without_passed_over(archive: ZipArchive, data: bytes) -> bytes:
    """Give a document of which mammoth reads every word; the same bytes where it does so already.

    Raises:
        SourceError: a part of it is no XML.
    """
    written = {name: archive.read(name) for name in archive.names() if _PARTS.fullmatch(name)}
    changed = {name: part for name, part in written.items() if _PASSED_OVER.search(part)}
    if not changed:
        return data
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in archive.names():
            if name in changed:
                tree = parse_xml(changed[name], f"{archive.where}/{name}")
                _rewrite(tree)
                packed.writestr(zipfile.ZipInfo(name), render_xml(tree))
            elif name.endswith((".xml", ".rels")):  # no pictures: they are not looked at
                packed.writestr(zipfile.ZipInfo(name), archive.read(name))
    return file.getvalue()


def unmarked(html: str) -> str:
    """Turn the marks into elements of HTML.

    >>> unmarked("<p>where \ue0a0E=mc2\ue0a1 is</p>")
    '<p>where <math>E=mc2</math> is</p>'
    """
    for mark, element in _ELEMENTS:
        html = html.replace(mark, element)
    return html


def _rewrite(tree: Element) -> None:
    for element in list(tree.iter("{*}fldSimple", "{*}dir", "{*}bdo")):
        _put_in_place(element, list(element))
    for element in list(tree.iter("{*}txbxContent")):
        _take_out_of_drawing(element)
    for element in list(tree.iter("{*}ruby")):
        run, bases = element.getparent(), list(descendants(element, "rubyBase"))
        if local(run) == "r" and bases:
            _put_in_place(run, [each for base in bases for each in base])
    for element in list(tree.iter("{*}vanish")):
        run = element.getparent().getparent() if element.getparent() is not None else None
        if attribute(element, "val") not in ("0", "false") and run is not None and local(run) == "r":
            _mark(run, _HIDDEN, _HIDDEN_END)
    for element in list(tree.iter("{*}oMathPara")):
        paragraph = element.getparent()
        if local(paragraph) != "p":
            _put_in_place(element, [_made(tree, "p", *(_formula(tree, each) for each in element))])
        else:
            _put_in_place(element, [_formula(tree, each) for each in element])
    for element in list(tree.iter("{*}oMath")):
        _put_in_place(element, [_formula(tree, element)])


def _take_out_of_drawing(box: Element) -> None:
    """Put the paragraphs of a text box behind the one that it hangs on, where no older form of it stands beside it."""
    around = list(box.iterancestors())
    names = [local(each) for each in around]
    choices = [each for each, name in zip(around, names, strict=True) if name == "AlternateContent"]
    is_old = "drawing" not in names or any(True for each in choices[:1] for _ in descendants(each, "textbox"))
    paragraphs = [each for each, name in zip(around, names, strict=True) if name == "p"]
    if not is_old and paragraphs:
        for inner in reversed(list(box)):
            paragraphs[-1].addnext(inner)


def _put_in_place(element: Element, others: list[Element]) -> None:
    """Put others where an element stands."""
    around = element.getparent()
    if around is not None:
        place = around.index(element)
        around[place : place + 1] = others


def _mark(run: Element, mark: str, end: str) -> None:
    texts = list(descendants(run, "t"))
    if texts:
        texts[0].text = mark + (texts[0].text or "")
        texts[-1].text = (texts[-1].text or "") + end


def _formula(tree: Element, formula: Element) -> Element:
    """Make a run of a formula's characters."""
    words = "".join(each.text or "" for each in descendants(formula, "t"))
    text = _made(tree, "t")
    text.text = f" {words} " if _SIMPLE.fullmatch(words.strip()) else f"{_MATHS}{words}{_MATHS_END}" if words else ""
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _made(tree, "r", text)


def _made(tree: Element, name: str, *inner: Element) -> Element:
    """Make an element in the namespace of the document's own."""
    made = tree.makeelement(f"{tree.tag.partition('}')[0]}}}{name}", nsmap=tree.nsmap)
    made.extend(inner)
    return made
