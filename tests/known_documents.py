"""Documents whose text is known, and how much of it comes out: run as a module, it prints the figures."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from audiobuild.model.values import PROSE, Article, BlockKind
from audiobuild.sources.web_page import read_web_page

DOCUMENTS = Path(__file__).parent / "documents"
PAGES = tuple(sorted((DOCUMENTS / "pages").glob("*.html")))


def heard(article: Article) -> list[str]:
    """Give what is spoken of an article behind its headline."""
    kinds = (*PROSE, BlockKind.HEADING)
    return [block.text for block in article.blocks if block.kind in kinds and not block.unread]


def words_of(texts: list[str]) -> Counter[str]:
    return Counter(word for text in texts for word in re.findall(r"\w+", text.lower()))


def page_figures(path: Path) -> tuple[float, float, str, str]:
    """Read a page: the precision and recall of its words, its title as it is read and as it should be."""
    known = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    article = read_web_page(path.read_bytes(), path.name)
    got, wanted = words_of(heard(article)), words_of(known["body"])
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


if __name__ == "__main__":
    print("\n".join(page_lines()))
