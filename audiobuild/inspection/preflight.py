"""What a build would say, and what an editor should look at before it; no voice is heard (layer 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from audiobuild.config.show import Show
from audiobuild.model.values import Doubt, Edition, Script, Segment
from audiobuild.script.article import read_article
from audiobuild.script.doubts import find_doubts
from audiobuild.script.foreign_texts import find_foreign
from audiobuild.script.sections import Stings, plan_script, show_context
from audiobuild.sources.edition import read_edition, read_given, read_lexicons
from audiobuild.sources.file_names import name_of
from audiobuild.sources.remote.source_options import SourceOptions

if TYPE_CHECKING:
    from audiobuild.voices.guessed_names import GuessedName

GUESSED = "guessed name"
"""What is in doubt of a name that is in no lexicon."""

_AS_USUAL = SourceOptions()
UNNAMED = "standard input"
"""What text is called that stands in no file."""


def spoken_segments(source: Path | bytes, locale: str | None = None) -> Iterator[Segment]:
    """Give what a build would say of a file, in its order; what the show says besides is not among it.

    Args:
        source: the file, of the show in whose folder it lies; or what stands in one without an ending, of no show.
        locale: the language; None for the show's.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    if isinstance(source, bytes):
        edition, show, home = read_given(source, UNNAMED), Show(), None
    else:
        edition, show, home = read_edition([source])
    show = replace(show, language=locale) if locale else show
    own = show_context(show, read_lexicons(home) if home else ())
    for article in edition.articles:
        reading = read_article(article, edition, show, own)
        body = (segment for segment, _ in reading.body)
        is_named = article.title != name_of(PurePath(UNNAMED))
        yield from (segment for segment in (*reading.header, *body) if segment.line or is_named)


def find_all_doubts(sources: Sequence[Path | str], source_options: SourceOptions = _AS_USUAL) -> tuple[Doubt, ...]:
    """List what an editor should look at before an edition is built.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    from audiobuild.inspection.ineffective_settings import find_ineffective_settings
    from audiobuild.publish.pictures.artwork import find_lost_pictures

    planned = _plan(sources, source_options)
    doubts = find_doubts(planned.edition, planned.script, show_context(planned.show, read_lexicons(planned.home)))
    names = (Doubt(name.count, name.written, f"/{name.ipa}/", GUESSED, name.place) for name in _guessed_names(planned))
    ranked = sorted((*doubts, *names), key=lambda doubt: -doubt.count)
    foreign = find_foreign(planned.edition, planned.script, planned.show)
    ineffective = find_ineffective_settings(planned.edition, planned.script, planned.show, planned.home)
    return (*ranked, *foreign, *ineffective, *find_lost_pictures(planned.edition, planned.home))


def suggest_names(sources: Sequence[Path]) -> tuple[GuessedName, ...]:
    """List the names that are in no lexicon, the most frequent first, as an editor may mend them.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    return _guessed_names(_plan(sources, _AS_USUAL))


@dataclass(frozen=True, slots=True)
class _Planned:
    """An edition, its show with the folder of it, and what is to be said."""

    edition: Edition
    show: Show
    home: Path
    script: Script


def _plan(sources: Sequence[Path | str], options: SourceOptions) -> _Planned:
    edition, show, home = read_edition(sources, options)
    return _Planned(edition, show, home, plan_script(edition, show, Stings(), read_lexicons(home)))


def _guessed_names(planned: _Planned) -> tuple[GuessedName, ...]:
    from audiobuild.voices.accents import find_accent  # late: who only wants the words needs no engine
    from audiobuild.voices.guessed_names import find_guessed_names

    return find_guessed_names(planned.script, find_accent(planned.show))
