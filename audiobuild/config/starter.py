"""What a show starts with: its settings, an article, and what git is to leave alone (layer 0, pure)."""

from __future__ import annotations

from collections.abc import Mapping

from audiobuild.config.reference import render_show
from audiobuild.config.show import FILE_NAME

ARTICLE_FILE = "01-first-article.md"
_OUTPUT = "output"
"""Where episodes go: a folder beside show.toml, from wherever they are built."""
_ARTICLE = """###### What it is about, in two or three words
# The headline of the first article
##### A line under it that says a little more

This is a paragraph. It may say that the bridge cost £1.2m, that it is 340m long and that it was opened on May 4th
1931: figures, units and dates are read as an announcer would read them.

## A sub-heading

> Somebody said this.

- A list has items.
- Each of them is read.

Put another article into a file beside this one, and the edition has two chapters. A folder is a department.
"""


def starter_files(title: str) -> Mapping[str, str]:
    """Give the files of a new show, by their names."""
    own = {"title": title, "output": _OUTPUT}
    return {FILE_NAME: render_show(own), ARTICLE_FILE: _ARTICLE, ".gitignore": f"{_OUTPUT}/\n"}
