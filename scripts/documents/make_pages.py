"""Write the web pages that the tests read: tests/documents/pages, each with its article's text beside it."""

from __future__ import annotations

import json
from pathlib import Path

import page_layouts
from prose import Prose

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "documents" / "pages"


def main() -> None:
    """Write them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    layouts = dict(page_layouts.FIRST)
    try:
        import later_layouts
    except ImportError:
        pass
    else:
        layouts |= later_layouts.LATER
    for number, (name, layout) in enumerate(layouts.items(), 1):
        prose = Prose(1_000 + number)
        body = prose.body(prose.number(5, 11))
        title = f"{prose.heading()}, and other matters of {name.replace('-', ' ')}"
        page = page_layouts.Page(title, "Ada Reed", body)
        stem = f"{number:02}-{name}"
        (FOLDER / f"{stem}.html").write_text(layout(page), encoding="utf-8")
        known = {"title": title, "body": [text for _, text in body]}
        (FOLDER / f"{stem}.json").write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
