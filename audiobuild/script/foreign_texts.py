"""What of an edition is in another language, and what was left out of it, for an editor to look at (layer 2, pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from audiobuild.config.show import Show
from audiobuild.model.values import Doubt, Edition, Script, Segment
from audiobuild.normalisation import Context, load_language
from audiobuild.script.language_pieces import article_language, voice_of

_SHOWN_CHARS = 40


def find_foreign(edition: Edition, script: Script, show: Show) -> Iterator[Doubt]:
    """List what the show's voice reads although it is in another language, and the files that were left out.

    An article is listed once, whatever it is in; otherwise each passage is.

    Args:
        edition: the articles.
        script: what is said of them.
        show: who speaks what.
    """
    own = Context(show.language)
    whole = {article.source: article_language(article, own) for article in edition.articles}
    for article in edition.articles:
        language = whole[article.source]
        if language and not load_language(language).load_rules:
            yield Doubt(1, article.title, "", f"no rules for {language}", f"{article.source}:1")
        if language and not voice_of(language, show):
            yield Doubt(1, article.title, "", f"no voice for {language}", f"{article.source}:1")
    for segment in (item for section in script.sections for item in section.items if isinstance(item, Segment)):
        language = segment.language
        if language and language != whole.get(segment.source) and not voice_of(language, show):
            place = f"{segment.source}:{segment.line or 1}"
            yield Doubt(1, _shortened(segment.spoken.written), "", f"no voice for {language}", place)
    for line in left_out(edition):
        yield Doubt(1, "", "", line.partition(": ")[2], f"{line.partition(': ')[0]}:1")


def left_out(edition: Edition) -> tuple[str, ...]:
    """List what was left out whole: each file with the reason; of a feed, how many entries for each."""
    files = (article for article in edition.left_out if article.book is None)
    entries = (article for article in edition.left_out if article.book and article.book.is_feed)
    counts = Counter((article.book.title if article.book else "", article.unread) for article in entries)
    return (
        *(f"{article.source}: {article.unread}" for article in files),
        *(
            f"{title.replace(': ', ' – ') or 'feed'}: {_counted(count)} left out: {reason}"
            for (title, reason), count in counts.items()
        ),
    )


def _counted(count: int) -> str:
    return "one entry is" if count == 1 else f"{count} entries are"


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS].rsplit(None, 1)[0]}…"
