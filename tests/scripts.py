"""Articles and shows that scripts are planned of, and what is said in a script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from audiobuild.config.show import Show
from audiobuild.config.show_file import parse_show
from audiobuild.model.values import Article, Edition, Role, Script, Segment
from audiobuild.script.sections import Stings, plan_script
from audiobuild.sources.marked.markdown import read_markdown

NO_STINGS = Stings()
SHOW = parse_show(b'title = "The Lock"\n[outro]\ntext = "That was {show}."', "show.toml")

BARGES = """###### Canals
# The slow water pays
##### Barges are back, and nobody is hurrying them
![image](images/lock.jpg)
> Nov 5th 2026 | PORT TALBOT

THE LOCK opens at six. By seven there are nine barges in the basin.

> We have never been in a hurry, says the keeper

- Gravel goes up.
- Grain comes down;

***

Nobody thinks that it will last.
"""
TEA = """# Who put the kettle on?
> Nov 6th 2026

Tea is cheap this week, which is news to those who sell it.

| leaf | price |
|---|---|
| black | low |

https://tea.example/prices
"""
RAIL = """---
title: Points of order
date: 2026-11-04
---
The signals at the junction are older than the man who pulls them.[^1]

[^1]: He is old as well.
"""
LONG = """# A day at the lock
> Nov 5th 2026

The keeper is up before the birds.

## Morning

The first barge comes down with gravel.

The second comes down with more of it.

## Evening

The last barge goes up empty.
"""


def article(text: str, source: str = "a.md", section: str = "") -> Article:
    return read_markdown(text.encode(), source, section)


def edition(*articles: Article, published: dt.date | None = dt.date(2026, 11, 7)) -> Edition:
    return Edition(articles, articles[0].title, published, is_issue=len(articles) > 1)


def plan(*articles: Article, show: Show = SHOW, published: dt.date | None = dt.date(2026, 11, 7)) -> Script:
    return plan_script(edition(*articles, published=published), show, NO_STINGS)


def segments(script: Script) -> Iterator[Segment]:
    for section in script.sections:
        yield from (item for item in section.items if isinstance(item, Segment))


def said(script: Script, *roles: Role) -> list[str]:
    return [segment.spoken.text for segment in segments(script) if segment.role in roles]
