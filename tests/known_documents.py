"""Documents whose text is known, and how much of it comes out: run as a module, it prints the figures."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from audiobuild.model.values import PROSE, Article, BlockKind
from audiobuild.normalisation import load_language
from audiobuild.script.unread import find_unread
from audiobuild.sources.paged.pdf import read_pdf
from audiobuild.sources.web_pages.web_page import read_web_page

DOCUMENTS = Path(__file__).parent / "documents"
FILES = tuple(sorted(path for path in (DOCUMENTS / "files").iterdir() if path.suffix not in (".json", ".pdf")))
PAPERS = tuple(sorted((DOCUMENTS / "files").glob("*.pdf")))
PAGES = tuple(sorted((DOCUMENTS / "pages").glob("*.html")))


def heard(article: Article) -> list[str]:
    """Give what is spoken of an article behind its headline."""
    kinds = (*PROSE, BlockKind.HEADING, BlockKind.RUBRIC)
    return [block.text for block in article.blocks if block.kind in kinds and not block.unread]


def words_of(texts: list[str]) -> Counter[str]:
    return Counter(word for text in texts for word in re.findall(r"\w+", text.lower()))


@cache
def page_figures(path: Path) -> tuple[float, float, str, str]:
    """Read a page: the precision and recall of its words, its title as it is read and as it should be."""
    known = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    article = read_web_page(path.read_bytes(), path.name)
    unread = find_unread(article.blocks, load_language("en-GB").tables)
    blocks = tuple(block for place, block in enumerate(article.blocks) if place not in unread)
    got, wanted = words_of(heard(replace(article, blocks=blocks))), words_of(known["body"])
    common = (got & wanted).total()
    return common / got.total(), common / wanted.total(), article.title, known["title"]


def page_lines() -> Iterator[str]:
    precisions, recalls = [], []
    for path in PAGES:
        precision, recall, title, wanted = page_figures(path)
        precisions.append(precision)
        recalls.append(recall)
        titled = "" if title == wanted else f"  title: {title!r}"
        yield f"{path.stem:28} precision {precision:.3f}  recall {recall:.3f}{titled}"
    count = len(PAGES)
    yield f"{count} pages: precision {sum(precisions) / count:.3f}, recall {sum(recalls) / count:.3f}"


def known_paragraphs(path: Path, *, with_headings: bool = False) -> list[str]:
    """Give the prose of a document as it was written."""
    known = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return [text for kind, text in known["paragraphs"] if kind != "h" or with_headings]


def known_title(path: Path) -> str:
    """Give the title of a document as it was written."""
    return str(json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["title"])


def whole_paragraphs(path: Path, article: Article) -> list[str]:
    """Give the paragraphs of a document that came out whole and in order."""
    got = [plain(block.text) for block in article.blocks if block.kind in PROSE and not block.unread]
    wanted = [plain(text) for text in known_paragraphs(path)]
    matches = SequenceMatcher(None, got, wanted, autojunk=False).get_matching_blocks()
    return [wanted[match.b + place] for match in matches for place in range(match.size)]


def plain(text: str) -> str:
    """Write apostrophes as typewriters do: some programs curl them, others do not."""
    return " ".join(text.replace("’", "'").replace("‘", "'").split())


def paper_lines() -> Iterator[str]:
    """Say of each PDF how many of its paragraphs come out whole and in order, and how many others do."""
    whole = known = 0
    for path in PAPERS:
        article = read_pdf(path.read_bytes(), path.name)[0]
        found, wanted = whole_paragraphs(path, article), known_paragraphs(path)
        others = sum(block.kind in PROSE and not block.unread for block in article.blocks) - len(found)
        whole, known = whole + len(found), known + len(wanted)
        yield f"{path.stem:28} {len(found)} of {len(wanted)} whole and in order, {others} others"
    yield f"{known} paragraphs: {whole} whole and in order, {100 * whole / known:.1f} %"


if __name__ == "__main__":
    print("\n".join((*page_lines(), *paper_lines())))
