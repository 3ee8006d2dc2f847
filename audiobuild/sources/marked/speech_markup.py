"""SSML to an Article (layer 1, pure): the part of it that says what is spoken, and by whom.

`break`, `sub`, `say-as`, `phoneme`, `lang`, `voice`, `p`, `s` and `desc` are heeded; of other elements the words are
read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from audiobuild.errors import NoArticle
from audiobuild.model.values import PROSE, Article, BlockKind
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.article_parts.marked_text import language_begins, language_ends, said, spelt
from audiobuild.sources.file_names import date_of, name_of
from audiobuild.sources.html.html_blocks import HtmlReader
from audiobuild.sources.xml_tree import Element, local, parse_xml

SPEECH_SUFFIX = ".ssml"
_STRENGTHS_MS = {"none": 0, "x-weak": 100, "weak": 250, "medium": 500, "strong": 1000, "x-strong": 2000}
_SPELT = frozenset({"characters", "spell-out", "verbatim", "digits", "alphanumeric"})
_TIME = re.compile(r"\+?(\d{1,5}(?:\.\d{1,3})?)\s*(ms|s)")
_LONGEST_PAUSE_MS = 60_000
_UNHEARD = {"desc": "what describes a sound is not read", "metadata": "what a page says of itself is not read"}
_PARAGRAPHS = ("p", "paragraph", "speak")


def read_speech_markup(data: bytes, source: str, section: str = "") -> Article:
    """Read one article.

    Args:
        data: the file's bytes.
        source: the file's path.
        section: the department the article belongs to.

    Raises:
        SourceError: this is no XML; told with the line.
        NoArticle: there is nothing in it to read.
    """
    root = parse_xml(data, source)
    reader = HtmlReader()
    sounds: list[tuple[str, str]] = []
    _read(root, reader, sounds)
    found = [_sounding(each, tuple(sounds)) for each in reader.close()]
    blocks = tuple(each.block for each in found)
    if not any(block.kind in PROSE and not block.unread for block in blocks):
        raise NoArticle("the article has no text to read", source, "Write some paragraphs, or leave the file out.")
    path = PurePath(source)
    language = str(root.get("{http://www.w3.org/XML/1998/namespace}lang", ""))
    return Article(
        name_of(path, (SPEECH_SUFFIX,)), source, blocks, section=section, published=date_of(path), language=language
    )


def _sounding(found: FoundBlock, sounds: tuple[tuple[str, str], ...]) -> FoundBlock:
    """Put on a block the sounds of its words."""
    own = tuple((written, ipa) for written, ipa in sounds if written in found.block.text)
    return found._replace(block=found.block._replace(sounds=own)) if own else found


def _read(element: Element, reader: HtmlReader, sounds: list[tuple[str, str]]) -> None:
    """Read an element and all in it; the tree is gone through without recursion, however deep it is."""
    waiting: list[tuple[Element, bool]] = [(element, True)]
    while waiting:
        each, begins = waiting.pop()
        line = each.sourceline or 0
        if begins:
            if local(each):
                _begin(each, reader, line)
                reader.text(each.text or "", line)
            waiting.append((each, False))
            waiting += ((inner, True) for inner in reversed(each) if local(each))
        else:
            if local(each):
                _end(each, reader, sounds)
            if each is not element:
                reader.text(each.tail or "", line)


def _begin(element: Element, reader: HtmlReader, line: int) -> None:
    name = local(element)
    if name in _PARAGRAPHS or name in _UNHEARD:
        reader.flush()
    if name in _UNHEARD:
        reader.place = replace(reader.place, unread=_UNHEARD[name])
    elif name == "sub" and element.get("alias") and len((element.text or "").split()) > 1:
        element.text = element.attrib.pop("alias")  # a mark stands for one word
    elif name == "break":
        _pause(element, reader)
    elif name == "lang":
        reader.words.mark(language_begins(_language(element)))
    elif name == "voice":
        reader.flush()
        reader.directives.voice = element.get("name", "") or reader.directives.voice
    elif name == "audio":
        reader.put(BlockKind.HTML, f"audio {element.get('src', '')}", line, unread="a recording is not read")


def _end(element: Element, reader: HtmlReader, sounds: list[tuple[str, str]]) -> None:
    name = local(element)
    if name in _PARAGRAPHS:
        reader.flush()
    elif name in _UNHEARD:
        reader.flush()
        reader.place = replace(reader.place, unread="")
    elif name == "sub" and element.get("alias") and reader.words.has_words:
        reader.words.mark(said(element.get("alias")))
    elif name == "say-as" and element.get("interpret-as") in _SPELT and reader.words.has_words:
        reader.words.mark(spelt())
    elif name == "phoneme" and element.get("alphabet", "ipa") == "ipa" and element.get("ph"):
        sounds.append((" ".join("".join(element.itertext()).split()), element.get("ph")))
    elif name == "lang":
        reader.words.mark(language_ends())
    elif name == "voice":
        reader.flush()
        reader.directives.voice = next(
            (each.get("name", "") for each in element.iterancestors() if local(each) == name), ""
        )


def _pause(element: Element, reader: HtmlReader) -> None:
    time = _TIME.fullmatch(element.get("time", ""))
    pause_ms = _STRENGTHS_MS.get(element.get("strength", "medium"), 500)
    if time:
        pause_ms = round(float(time[1]) * (1 if time[2] == "ms" else 1000))
    if reader.words.has_words:
        reader.flush()
    reader.pause(min(pause_ms, _LONGEST_PAUSE_MS))


def _language(element: Element) -> str:
    return str(element.get("{http://www.w3.org/XML/1998/namespace}lang", ""))
