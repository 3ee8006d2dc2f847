"""What the benchmark prints: its table, and for each aim whether it is met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench_cost import Cost

COLD = "cold"
UNCHANGED = "unchanged"
PARAGRAPH = "one paragraph"
LEXICON = "one lexicon row"
RECIPES = ("shell", "pydub", "kokoro", "piper")

MOST_OVERHEAD = 1.15
"""Wall time of a cold build, relative to the processor time of its rendering over the cores."""
MOST_BESIDE = 0.05
"""Wall time of an unchanged build, relative to the cold one."""
MOST_JOIN_S = 2.0
MOST_JOIN_MB = 60.0
MOST_UNCHANGED_S = 1.5
MOST_PARAGRAPH_S = 2.5
MOST_PROCESS_MB = {"hibari": 300.0}
"""Peak of one process, where an engine's network and lexicons need more than others do."""
MOST_PROCESS_MB_ELSE = 250.0
MOST_GROWTH = 0.10
"""Of the peak of one process, from ten articles to the largest edition."""
MOST_WALL_BESIDE = 1.6
"""Wall time of a cold build with the first engine, relative to that with the next."""
MOST_REBUILD_BESIDE = 1.1
"""Wall time of the other builds, likewise: no slower, but for what one run differs from another."""


@dataclass(frozen=True, slots=True)
class Row:
    """One command that was measured."""

    size: str
    step: str
    """What was done before it, or which recipe it is."""
    cost: Cost
    audio_ms: int
    """Length of the episode."""
    made: int | None
    """Segments that were spoken; None for a recipe."""


@dataclass(frozen=True, slots=True)
class Join:
    """What joining and tagging finished takes took."""

    hours: float
    wall_s: float
    before_mb: float
    """Resident set before, the interpreter's with all that it has read."""
    peak_mb: float


@dataclass(slots=True)
class Facts:
    """All that was measured; it grows."""

    engine: str
    cores: int
    rows: list[Row] = field(default_factory=list)
    render_cpu_s: dict[str, float] = field(default_factory=dict)
    """Processor time of rendering alone, by size."""
    join: Join | None = None
    notes: list[str] = field(default_factory=list)

    def find(self, size: str, step: str) -> Row | None:
        """Find a row; None where it was not measured."""
        return next((row for row in self.rows if (row.size, row.step) == (size, step)), None)

    def row(self, size: str, step: str) -> Row:
        """Find a row that was measured. Raises KeyError where it was not."""
        row = self.find(size, step)
        if row is None:
            raise KeyError((size, step))
        return row


_HEAD = ("size", "build", "wall s", "CPU s", "process MB", "tree MB", "audio s/s", "segments made")


def table_of(rows: Sequence[Row], *, markdown: bool) -> list[str]:
    """Set the rows in columns, or as a table in Markdown; a recipe that was not measured has no column."""
    recipes = [recipe for recipe in RECIPES if any(row.step == recipe for row in rows)]
    cells = [[*_HEAD, *recipes], *(_cells(row, rows, recipes) for row in rows)]
    if markdown:
        cells.insert(1, ["---", "---", *["---:"] * (len(cells[0]) - 2)])
        return [f"| {' | '.join(line)} |" for line in cells]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]


def _cells(row: Row, rows: Sequence[Row], recipes: Sequence[str]) -> list[str]:
    cost = row.cost
    walls_s = {other.step: other.cost.wall_s for other in rows if other.size == row.size and other.step in recipes}
    return [
        row.size,
        f"{row.step} recipe" if row.step in RECIPES else row.step,
        f"{cost.wall_s:.2f}",
        f"{cost.cpu_s:.2f}",
        f"{cost.process_mb:.0f}",
        f"{cost.tree_mb:.0f}",
        f"{row.audio_ms / 1000 / cost.wall_s:.0f}",
        "-" if row.made is None else str(row.made),
        *(f"{walls_s[recipe] / cost.wall_s:.1f}x" if recipe in walls_s else "-" for recipe in recipes),
    ]


def lines_of(facts: Facts) -> Iterator[str]:
    """Say of each aim whether it is met, with the figure; what needs another size is not told."""
    for size in ("M", "L"):
        cold, unchanged = facts.find(size, COLD), facts.find(size, UNCHANGED)
        if cold and unchanged:
            least_s = facts.render_cpu_s[size] / facts.cores
            by_cpu = cold.cost.cpu_s / facts.render_cpu_s[size]
            ratio = cold.cost.wall_s / least_s
            others = cold.cost.others_cpu_s / cold.cost.wall_s / facts.cores
            told = f"{size} cold: {ratio:.2f} of rendering over the cores ({least_s:.1f} s), at most {MOST_OVERHEAD}"
            yield _line(ratio <= MOST_OVERHEAD, f"{told}; by CPU {by_cpu:.2f}; others took {others:.0%} of the cores")
            beside = unchanged.cost.wall_s / cold.cost.wall_s
            yield _line(
                beside < MOST_BESIDE, f"{size} all but rendering: {beside:.1%} of cold, below {MOST_BESIDE:.0%}"
            )
    if join := facts.join:
        told = f"joining and tagging {join.hours:.1f} hours"
        yield _line(join.wall_s < MOST_JOIN_S, f"{told}: {join.wall_s:.2f} s, below {MOST_JOIN_S:g} s")
        over_mb = join.peak_mb - join.before_mb
        more = f"{over_mb:.1f} MB over {join.before_mb:.0f} MB, below {MOST_JOIN_MB:g} MB"
        yield _line(over_mb < MOST_JOIN_MB, f"{told}: {more}")
    yield from _large_lines(facts)
    yield from _memory_lines(facts)


def lines_beside(facts: Facts, other: Facts) -> Iterator[str]:
    """Hold the builds with one engine against the same with another."""
    pairs = [(row, same) for row in facts.rows if row.step not in RECIPES and (same := other.find(row.size, row.step))]
    for row, same in pairs:
        most = MOST_WALL_BESIDE if row.step == COLD else MOST_REBUILD_BESIDE
        ratio = row.cost.wall_s / same.cost.wall_s
        walls = f"{facts.engine} {row.cost.wall_s:.2f} s, {other.engine} {same.cost.wall_s:.2f} s"
        if row.step != LEXICON and not (row.step == COLD and row.size == "S"):
            told = f"{row.size} {row.step}: {walls}: {ratio:.2f} times, at most {most:g}"
            yield _line(ratio <= most, f"{told}; by CPU {row.cost.cpu_s / same.cost.cpu_s:.2f} times")


def _large_lines(facts: Facts) -> Iterator[str]:
    unchanged, paragraph = facts.find("L", UNCHANGED), facts.find("L", PARAGRAPH)
    if unchanged and paragraph:
        wall_s = unchanged.cost.wall_s
        yield _line(wall_s < MOST_UNCHANGED_S, f"L unchanged: {wall_s:.2f} s, below {MOST_UNCHANGED_S} s")
        wall_s, made = paragraph.cost.wall_s, paragraph.made
        told = f"L after one paragraph: {wall_s:.2f} s and {made} made, below {MOST_PARAGRAPH_S} s and 1"
        yield _line(wall_s < MOST_PARAGRAPH_S and made == 1, told)


def _memory_lines(facts: Facts) -> Iterator[str]:
    own = [row for row in facts.rows if row.step not in RECIPES]
    peak_mb = max(row.cost.process_mb for row in own)
    most_mb = MOST_PROCESS_MB.get(facts.engine, MOST_PROCESS_MB_ELSE)
    yield _line(peak_mb < most_mb, f"peak of any process: {peak_mb:.0f} MB, below {most_mb:g} MB")
    small, large = (max((row.cost.process_mb for row in own if row.size == size), default=0.0) for size in "ML")
    if small and large:
        growth = large / small - 1
        told = f"peak from M to L: {small:.0f} MB to {large:.0f} MB, {growth:+.0%}, within {MOST_GROWTH:.0%}"
        yield _line(abs(growth) <= MOST_GROWTH, told)


def _line(met: bool, told: str) -> str:
    return f"{'met' if met else 'missed':<7} {told}"
