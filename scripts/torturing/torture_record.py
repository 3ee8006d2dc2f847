"""How many times each torture was tried, and how often all was right, added up over runs (for scripts/torture)."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "docs" / "trust.md"
_HEAD, _END = "<!-- tortured -->", "<!-- /tortured -->"
_ROW = re.compile(r"^\| ([^|]+?) +\| +([\d,]+) \| +([\d,]+) \|$", re.MULTILINE)


def note(base: Path, what: str, *, wrong: bool) -> None:
    """Note that something was tried, by whatever process."""
    with (base / "tried").open("a", encoding="utf-8") as file:
        file.write(json.dumps([what, wrong]) + "\n")


def record(base: Path, table: Path = TABLE) -> None:
    """Add what was noted to the table."""
    noted = base / "tried"
    lines = noted.read_text(encoding="utf-8").splitlines() if noted.is_file() else []
    tried, wrong = Counter[str](), Counter[str]()
    for what, is_wrong in map(json.loads, lines):
        tried[what] += 1
        wrong[what] += is_wrong
    text = table.read_text(encoding="utf-8")
    start, end = text.index(_HEAD), text.index(_END)
    for what, count, failed in _ROW.findall(text[start:end]):
        tried[what] += int(count.replace(",", ""))
        wrong[what] += int(failed.replace(",", ""))
    width = max(map(len, tried), default=0)
    rows = [f"| {what:{width}} | {tried[what]:6,} | {wrong[what]:5,} |" for what in sorted(tried)]
    head = [_HEAD, f"| {'what':{width}} |  tried | wrong |", "|---|--:|--:|"]
    table.write_text(text[:start] + "\n".join([*head, *rows, ""]) + text[end:], encoding="utf-8")
