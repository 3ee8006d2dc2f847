"""EPUBs that read along, taken apart without what wrote them, and held against the rules of the format."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SMIL = "{http://www.w3.org/ns/SMIL}"
OPS = "{http://www.idpf.org/2007/ops}"
FOLDER = "EPUB/"


@dataclass(frozen=True, slots=True)
class Par:
    """An element of a page, and the sound that goes with it."""

    page: str
    target: str
    sound: str
    begin_ms: int
    end_ms: int
    text: str


class Epub:
    """The files of an EPUB by their names, and what its package document says."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.entries = archive.infolist()
            self.files = {entry.filename: archive.read(entry) for entry in self.entries}
        self.package = ET.fromstring(self.files[f"{FOLDER}package.opf"])
        self.items = {item.attrib["id"]: dict(item.attrib) for item in self.package.iter(f"{OPF}item")}
        self.spine = [self.items[each.attrib["idref"]] for each in self.package.iter(f"{OPF}itemref")]

    def parsed(self, href: str) -> ET.Element:
        return ET.fromstring(self.files[FOLDER + href])

    def metas(self, name: str) -> dict[str, str]:
        """The values of a property, by what they refine."""
        found = [meta for meta in self.package.iter(f"{OPF}meta") if meta.get("property") == name]
        return {meta.get("refines", "").lstrip("#"): meta.text or "" for meta in found}

    def texts(self, page: str) -> dict[str, str]:
        """What stands in each element of a page that has a name."""
        return {each.attrib["id"]: "".join(each.itertext()) for each in self.parsed(page).iter() if "id" in each.attrib}

    def pars(self) -> list[list[Par]]:
        """What is marked, chapter by chapter."""
        return [list(self._pars(page["href"], self.items[page["media-overlay"]]["href"])) for page in self._spoken()]

    def _spoken(self) -> Iterator[dict[str, str]]:
        return (page for page in self.spine if "media-overlay" in page)

    def _pars(self, page: str, overlay: str) -> Iterator[Par]:
        texts = self.texts(page)
        for par in self.parsed(overlay).iter(f"{SMIL}par"):
            [text], [audio] = par.iter(f"{SMIL}text"), par.iter(f"{SMIL}audio")
            file, _, target = text.attrib["src"].partition("#")
            assert file == page
            yield Par(
                page,
                target,
                audio.attrib["src"],
                clock_ms(audio.attrib["clipBegin"]),
                clock_ms(audio.attrib["clipEnd"]),
                texts[target],
            )


def clock_ms(text: str) -> int:
    hours, minutes, seconds = text.split(":")
    return round(1000 * (3600 * int(hours) + 60 * int(minutes) + float(seconds)))


def faults(epub: Epub) -> list[str]:
    """What is not as the format has it, in short; `scripts/check-epub` asks epubcheck, which knows all of it."""
    return list(_faults(epub))


def _faults(epub: Epub) -> Iterator[str]:
    first = epub.entries[0]
    if (first.filename, first.compress_type, first.extra) != ("mimetype", zipfile.ZIP_STORED, b""):
        yield "the type of the file is not told at its head"
    if epub.files["mimetype"] != b"application/epub+zip":
        yield "it is no EPUB"
    named = {FOLDER + item["href"] for item in epub.items.values()}
    there = set(epub.files) - {"mimetype", "META-INF/container.xml", f"{FOLDER}package.opf"}
    yield from (f"{name} is named or there, and not both" for name in sorted(named ^ there))
    for name, data in epub.files.items():
        if name.endswith((".xhtml", ".smil", ".opf", ".xml")):
            names = [each.attrib["id"] for each in ET.fromstring(data).iter() if "id" in each.attrib]
            yield from (f"{name} has {each} twice" for each, count in Counter(names).items() if count > 1)
    for item in epub.items.values():
        if item["media-type"] == "application/xhtml+xml":
            yield from _lost_links(epub, item["href"])
    yield from _time_faults(epub)


def _lost_links(epub: Epub, page: str) -> Iterator[str]:
    for element in epub.parsed(page).iter():
        for attribute in ("href", "src"):
            file, _, target = element.get(attribute, "").partition("#")
            name = FOLDER + posixpath.normpath(file)
            if file and "://" not in file and (name not in epub.files or (target and target not in epub.texts(file))):
                yield f"{page} leads to {file}#{target}"


def _time_faults(epub: Epub) -> Iterator[str]:
    durations = {name: clock_ms(text) for name, text in epub.metas("media:duration").items()}
    if durations.pop("") != sum(durations.values()):
        yield "the chapters do not add up to the whole"
    overlays = [item["media-overlay"] for item in epub.spine if "media-overlay" in item]
    for overlay, pars in zip(overlays, epub.pars(), strict=True):
        ends = [0, *(par.end_ms for par in pars)]
        if [par.begin_ms for par in pars] != ends[:-1]:
            yield f"{overlay} leaves something out"
        if ends[-1] != durations[overlay]:
            yield f"{overlay} is not as long as it says"
        if any(par.begin_ms >= par.end_ms for par in pars):
            yield f"{overlay} has a clip without sound"
