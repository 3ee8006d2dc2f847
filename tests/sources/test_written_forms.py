"""Small files as people have them, each with the script that is made of it: NAME.md beside NAME.script.

The first lines of a script say what is known of the article; then comes what is read, and, behind a minus sign, what is
not, with its reason, each with its line. A show.toml in a folder holds for all its files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobuild.config.show import FILE_NAME, Show
from audiobuild.config.show_file import parse_show
from audiobuild.errors import SourceError
from audiobuild.model.values import Article, Edition, Fate, Segment
from audiobuild.script.sections import plan_script
from audiobuild.sources.readers import READERS
from tests.scripts import NO_STINGS

WRITTEN = Path(__file__).parent / "written"
FOLDERS = sorted(path.name for path in WRITTEN.iterdir() if path.is_dir())


def show_of(folder: Path) -> Show:
    file = folder / FILE_NAME
    return parse_show(file.read_bytes() if file.is_file() else b"", FILE_NAME)


def script_of(path: Path, show: Show) -> str:
    try:
        (article,) = READERS[path.suffix](path.read_bytes(), path.name, "")
    except SourceError as error:
        return f"error: {error}\nhint: {error.hint}\n"
    lines = [*facts_of(article)]
    script = plan_script(Edition((article,), article.title, article.published, is_issue=False), show, NO_STINGS)
    for section in script.sections:
        lines += (line_of(item, show) for item in section.items if isinstance(item, Segment))
    for entry in script.ledger:
        if entry.fate is Fate.SKIPPED:
            text = " ↵ ".join(entry.text.split("\n"))
            lines.append(f"- {entry.line} {entry.kind}: {text} ({entry.reason})")
    return "\n".join(lines) + "\n"


def facts_of(article: Article) -> Iterator[str]:
    for name in ("title", "rubric", "published", "authors", "description", "image", "url", "language", "unread"):
        value = getattr(article, name)
        if value:
            yield f"{name}: {', '.join(value) if isinstance(value, tuple) else value}"


def line_of(segment: Segment, show: Show) -> str:
    marks = [segment.language] if segment.language else []
    if segment.voice.engine or segment.voice.name:
        marks.append(f"{segment.voice.engine}:{segment.voice.name}")
    usual = round(getattr(show.pauses, segment.role.name.lower()) / 26.122)
    if segment.pause_frames > usual + 60:
        marks.append(f"pause {segment.pause_frames * 26.122 / 1000:.0f} s")
    marks += (f"/{sound.ipa}/" for sound in segment.pronunciations if sound.ipa)
    noted = f" [{', '.join(marks)}]" if marks else ""
    return f"{segment.line} {segment.role}{noted}: {segment.spoken.text}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_form_becomes_the_script_beside_it(folder: str, request: pytest.FixtureRequest) -> None:
    show = show_of(WRITTEN / folder)
    differing = {}
    for path in sorted((WRITTEN / folder).iterdir()):
        if path.suffix not in READERS:
            continue
        expected = path.with_name(f"{path.name}.script")
        said = script_of(path, show)
        if request.config.getoption("--accept"):
            expected.write_text(said, encoding="utf-8")
        if said != expected.read_text(encoding="utf-8"):
            differing[path.name] = said
    assert differing == {}
