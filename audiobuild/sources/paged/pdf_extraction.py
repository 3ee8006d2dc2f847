"""The program that takes the words out of a PDF, each with its place: run by itself, since PDFium may crash (layer 1).

    python -m audiobuild.sources.paged.pdf_extraction < paper.pdf > words.json

This is the only module that knows pypdfium2. What it writes is a list of pages, each with its size, its words, and how
much of it is pictures; or the reason why there is none.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

_HYPHENS = (2, 0xAD, 0xFFFE)
"""What PDFium gives for a hyphen at the end of a line."""
MOST_PAGES, MOST_WORDS = 5_000, 500_000
"""Of a paper: all of it is held at once."""
_SMALLER = 0.87
"""Of the letters before it, what a raised mark has less than; browsers give it 0.83."""
_RAISED, _MOST_RAISED = 0.2, 0.8
"""Of its own height, and of the letters' before it: how far above their line it stands."""


def main() -> None:
    """Read a PDF from standard input, and write its words to standard output."""
    json.dump(take_out_words(sys.stdin.buffer.read()), sys.stdout)


def take_out_words(data: bytes) -> dict[str, Any]:
    """List the pages of a PDF, or say why it cannot be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > MOST_PAGES:
            return {"long": True}
        pages: list[dict[str, Any]] = []
        words = 0
        for number in range(len(document)):
            pages.append(_page(document[number]))
            words += len(pages[-1]["words"])
            if words > MOST_WORDS:
                return {"long": True}
        return {"pages": pages, "title": document.get_metadata_value("Title")}
    except pypdfium2.PdfiumError as error:
        is_locked = "password" in str(error).lower()
        return {"locked" if is_locked else "broken": str(error)}


def _page(page: Any) -> dict[str, Any]:
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    pictures = sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    words = [[round(each, 2) if isinstance(each, float) else each for each in word] for word in _words(page)]
    return {"width": width, "height": height, "pictures": pictures, "words": words}


def _words(page: Any) -> Iterator[tuple[float, float, float, float, bool, bool, str]]:
    """Give the words of a page: left, right, base line, height, whether they are bold, whether raised, the letters."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    letters = ""
    left = right = base = size = last_left = 0.0
    line_base = line_size = 0.0  # of the last word that is not raised
    bold = raised = False
    for place in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, place)
        is_space = chr(code).isspace() or (pdfium.FPDFText_IsGenerated(text, place) == 1 and code not in _HYPHENS)
        pdfium.FPDFText_GetLooseCharBox(text, place, box)
        pdfium.FPDFText_GetCharOrigin(text, place, x, y)
        height = box.top - box.bottom
        is_small = height < _SMALLER * line_size and box.left - right < 0.5 * line_size
        is_note = not raised and is_small and _RAISED * height < y.value - line_base < _MOST_RAISED * line_size
        is_beside = box.left > last_left - 0.5 and box.left - right < 0.5 * size  # letters of a ligature share a place
        is_apart = abs(y.value - base) > 0.5 * max(size, height) or not is_beside
        if letters and (is_space or is_note or (is_apart and code not in _HYPHENS) or (raised and height > 1.1 * size)):
            yield left, right, base, size, bold, raised, letters
            letters, raised = "", False
        if is_space or code == 0:
            raised = False
            continue
        if code in _HYPHENS and letters:
            letters += "\u00ad"
            right = max(right, box.right)
            continue
        if not letters:
            left, right, base, size = box.left, box.right, y.value, height
            bold, raised = _is_bold(pdfium, text, place), is_note
        if not raised:
            line_base, line_size = base, max(size, height)
        letters += chr(code)
        last_left = box.left
        right, size = max(right, box.right), max(size, height)
    if letters:
        yield left, right, base, size, bold, raised, letters


def _is_bold(pdfium: Any, text: Any, place: int) -> bool:
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, place, name, 128, ctypes.c_int())
    return pdfium.FPDFText_GetFontWeight(text, place) >= 600 or b"bold" in name.value.lower()


if __name__ == "__main__":
    main()
