"""Editions of any number of articles, made of the sample edition: the same each time, and no paragraph twice.

The first copy of an article is the article itself. Every further one has other numbers, years, months and names, its
sentences in another order, and, where all that leaves a paragraph as it was, a few words more.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LEXICON_WORD = "Antwerp"
"""What the edition's lexicon has a row for; it occurs in every edition, and no variation touches it."""

_SAMPLE_NAMES = """
Vandermolen Öhlinger Pásztor Håkansson Marram Vane Flett Isbister Kervella Quéméneur Hale Nachtfalter Skerry Hollis
Tran Adriatico Selkie Trieste Kraków Ghent Linz Graz Ostrava Genoa Kirkwall Stromness Roscoff Greenwich
""".split()
_OTHER_NAMES = """
Abernethy Bakkenes Castellan Drummond Eastlake Fairweather Galbraith Hathersage Ingleby Jessamine Kingsnorth Lockhart
Merriman Northcote Oakeshott Pemberley Quarrington Ravensworth Silverdale Thornbury Underhill Verhoeven Wetherby
Yardley Zimmerling Ashcombe Bellamy Coverdale Dunmore Ellerton Farnborough
""".split()
_TOWNS = """
Aalborg Bergen Coimbra Dundee Esbjerg Ferrara Galway Haarlem Innsbruck Jaca Kuopio Lund Modena Narvik Odense Parma
Quimper Ravenna Salzburg Tartu
""".split()
_MONTHS = "January April June July August September October November December".split()
"""Those that are no other word and have thirty days."""

_NARRATOR = re.compile(r"^\[voices\.narrator\]\n(?:.+\n)*", re.MULTILINE)
_MARK = re.compile(r"#{1,6} |> |- |")
_DATE = re.compile(r"> ([A-Z][a-z]{2}) (\d{1,2})(?:st|nd|rd|th) (\d{4})\b")
_YEAR = re.compile(r"(?<![\w.,:/-])(1[3-9]\d\d|20\d\d)(?![\w,:/–-]|\.\d)")
_NUMBER = re.compile(r"(?<![\w.,:/–-])([2-9]|\d{2,3})(?=(?:km|m|bn|p|%)?(?![\w%.,:/¼–-]|$)|(?:km|m|bn|p|%)?[.,]? )")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
_NAME = re.compile(rf"\b({'|'.join(_SAMPLE_NAMES)})\b")
_SENTENCE_END = re.compile(r"(?<=[.!?”]) (?=[A-Z“])")
_PAIRS = ("“”", "()")


@dataclass(frozen=True, slots=True)
class Edition:
    """What was written."""

    articles: int
    words: int
    """Written ones, as white space parts them."""


def write_edition(folder: Path, sample: Path, articles: int, engine: str) -> Edition:
    """Write an edition of so many articles, with a show.toml for that engine and a lexicon of one row.

    Args:
        sample: the folder of the sample edition: a show.toml, and departments that hold articles.
        articles: at most twenty times as many as the sample has, or IndexError.
    """
    folder.mkdir(parents=True)
    show = (sample / "show.toml").read_text(encoding="utf-8")
    rate = "rate = 2.0\n" if engine == "silent" else ""  # nobody listens to it
    show = _NARRATOR.sub(f'[voices.narrator]\nengine = "{engine}"\n{rate}', show)
    (folder / "show.toml").write_text(show, encoding="utf-8")
    write_lexicon(folder, "Ant-werp")
    models = sorted(sample.glob("*/*.md"))
    seen: set[str] = set()
    words = 0
    for place in range(articles):
        copy, model = divmod(place, len(models))
        text = "\n".join(_vary_lines(models[model].read_text(encoding="utf-8"), copy, seen))
        path = folder / models[model].parent.name / f"{copy:02}-{models[model].name}"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        words += len(text.split())
    return Edition(articles, words)


def write_lexicon(folder: Path, spoken: str) -> None:
    """Write the lexicon, whose one row says how its word is spoken."""
    (folder / "lexicon.tsv").write_text(f"{LEXICON_WORD}\t{spoken}\n", encoding="utf-8")


def change_paragraph(folder: Path) -> None:
    """Write a sentence more into the last paragraph of the article in the middle."""
    paths = sorted(folder.glob("*/*.md"))
    path = paths[len(paths) // 2]
    text = path.read_text(encoding="utf-8").rstrip()
    path.write_text(f"{text} It was so again this week.\n", encoding="utf-8")


def read_paragraphs(folder: Path) -> list[str]:
    """List all that an edition's articles say: titles, headings, paragraphs; no dates and no pictures."""
    lines = itertools.chain.from_iterable(
        path.read_text(encoding="utf-8").splitlines() for path in sorted(folder.glob("*/*.md"))
    )
    return [_MARK.sub("", line, count=1).strip() for line in lines if _is_said(line)]


def _is_said(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("![") and not _DATE.match(line)


def _vary_lines(text: str, copy: int, seen: set[str]) -> Iterator[str]:
    """Yield the lines of an article's copy; `seen` holds what the edition says already, and grows."""
    for line in map(str.rstrip, text.splitlines()):
        if date := _DATE.match(line):
            # A place behind the date is said, too.
            more = f" AND {_TOWNS[copy].upper()}" if copy and "|" in line else ""
            yield _written_date(date, copy) + line[date.end() :] + more
        elif _is_said(line):
            mark = _mark(line)
            said = _unseen(_vary(line[len(mark) :], copy), copy, seen, heading=mark.startswith("#"))
            seen.add(said)
            yield mark + said
        else:
            yield line


def _mark(line: str) -> str:
    found = _MARK.match(line)
    return found[0] if found else ""


def _written_date(date: re.Match[str], copy: int) -> str:
    """Write the date of an article, a day earlier with each copy."""
    day = dt.datetime.strptime(" ".join(date.groups()), "%b %d %Y").date() - dt.timedelta(days=copy)
    ending = "th" if 4 <= day.day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"> {day:%b} {day.day}{ending} {day.year}"


def _vary(text: str, copy: int) -> str:
    """Change numbers, years, months, names and the order of the sentences; the copy 0 is the text itself."""
    if not copy:
        return text
    text = _YEAR.sub(lambda year: str(int(year[0]) - copy), text)
    text = _NUMBER.sub(lambda number: str(int(number[0]) + copy), text)
    text = _MONTH.sub(lambda month: _MONTHS[(_MONTHS.index(month[0]) + copy) % len(_MONTHS)], text)
    text = _NAME.sub(lambda name: _other_name(name[0], copy), text)
    # The first sentence stays, since it may be a lead-in in capitals.
    first, *others = _SENTENCE_END.split(text)
    if any(one.count(pair[0]) != one.count(pair[1]) for one in (first, *others) for pair in _PAIRS):
        return text
    turn = copy % len(others) if others else 0
    return " ".join([first, *others[turn:], *others[:turn]])


def _other_name(name: str, copy: int) -> str:
    return _OTHER_NAMES[(_SAMPLE_NAMES.index(name) + copy) % len(_OTHER_NAMES)]


def _unseen(text: str, copy: int, seen: set[str], *, heading: bool) -> str:
    """Give the text, with a few words more where the edition says it already."""
    if text not in seen:
        return text
    return text + (f", as seen from {_TOWNS[copy]}" if heading else f" So they say in {_TOWNS[copy]}.")
