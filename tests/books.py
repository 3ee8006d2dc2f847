"""EPUBs for tests, packed as their pages are given."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
    '<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
XHTML = "application/xhtml+xml"

Entry = tuple[str, str] | tuple[str, str, Sequence["Entry"]]
"""A line of the contents: its title, where it leads, and the lines within it."""


def page(body: str, attributes: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title>A page</title></head>\n'
        f"<body {attributes}>{body}</body></html>"
    )


def make_epub(
    pages: Mapping[str, str],
    contents: Sequence[Entry] = (),
    *,
    metadata: str = "",
    items: str = "",
    guide: str = "",
    others: Mapping[str, bytes | str] | None = None,
    is_epub2: bool = False,
) -> bytes:
    """Pack a book.

    Args:
        pages: by their names, in the order of the spine.
        metadata: what stands in the package beside title, author and language.
        items: what stands in the manifest beside the pages.
        others: more files, by their names in the archive.
        is_epub2: whether the contents are an NCX.
    """
    manifest = "".join(f'<item id="p{n}" href="{name}" media-type="{XHTML}"/>' for n, name in enumerate(pages))
    spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    if is_epub2:
        manifest += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        toc = (
            "toc.ncx",
            f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{_points(contents)}</navMap></ncx>',
        )
    else:
        manifest += f'<item id="nav" href="nav.xhtml" media-type="{XHTML}" properties="nav"/>'
        toc = ("nav.xhtml", page(f'<nav epub:type="toc"><ol>{_lines(contents)}</ol></nav>'))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Book of Mud</dc:title>'
        f"<dc:creator>Ada Reed</dc:creator><dc:language>en-GB</dc:language>{metadata}</metadata>"
        f"<manifest>{manifest}{items}</manifest><spine toc='ncx'>{spine}</spine>{guide}</package>"
    )
    files: dict[str, bytes | str] = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    files |= {"OEBPS/book.opf": package, f"OEBPS/{toc[0]}": toc[1]}
    files |= {f"OEBPS/{name}": text for name, text in pages.items()} | dict(others or {})
    return pack(files)


def pack(files: Mapping[str, bytes | str]) -> bytes:
    """Pack files by their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _lines(entries: Sequence[Entry]) -> str:
    lines = []
    for title, target, *inner in entries:
        label = f'<a href="{target}">{title}</a>' if target else f"<span>{title}</span>"
        lines.append(f"<li>{label}{f'<ol>{_lines(inner[0])}</ol>' if inner else ''}</li>")
    return "".join(lines)


def _points(entries: Sequence[Entry]) -> str:
    return "".join(
        f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{target}"/>'
        f"{_points(inner[0]) if inner else ''}</navPoint>"
        for title, target, *inner in entries
    )
