"""What an editor should look at before an edition is built (layer 2, pure).

Doubtful readings, things left unsaid, addresses that cannot be followed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from audiobuild.model.addresses import web_address
from audiobuild.model.values import (
    Article,
    BlockKind,
    Doubt,
    Edition,
    Fate,
    PlacedDoubt,
    Replacement,
    Script,
    Segment,
    Spoken,
)
from audiobuild.normalisation import Context, Policy, load_language, verbalise
from audiobuild.normalisation.tables import Tables
from audiobuild.script.article import NO_WORDS, article_context

_TRANSCRIBED = "en"
"""The language whose names are looked up in the lexicons of its voices, and not suspected by their letters."""
_EDITORS_OWN = ("lexicon", "override")
_PLAIN = ("web", "telephone", "card", "case", *_EDITORS_OWN)
"""Classes of rules of which nothing is in doubt, however their forms look."""
_DROPPED = "symbol.last-resort"
_CAPITALS = re.compile(r"\b[A-Z]{2,24}(?=s?\b)")
_ENDS = "(“‘\"'”’)],.;:?!"
_NAME = re.compile(r"(?<![\w’'-])[^\W\d_][^\W\d_’'-]{2,30}(?![\w’'-])")


_Row = tuple[str, str, str]
_Placed = tuple[str, str, str, int]
"""A row, and about where it stands."""


def find_doubts(edition: Edition, script: Script, own: Context) -> tuple[Doubt, ...]:
    """List what an editor should look at, the most frequent first.

    Args:
        own: what holds for the whole show.
    """
    counts: Counter[_Row] = Counter()
    first: dict[_Row, str] = {}
    contexts = {
        article.source: article_context((block.text for block in article.blocks), own) for article in edition.articles
    }
    for segment in _segments(script):
        context = Context(segment.language) if segment.language else contexts.get(segment.source, own)
        for written, spoken, kind, _ in _doubts_of(segment.spoken, context):
            row = written, spoken, kind
            counts[row] += 1
            first.setdefault(row, _place(segment))
    for article in edition.articles:
        if article.url and not web_address(article.url):
            row = article.url, "", "no address that can be followed"
            counts[row] += 1
            first.setdefault(row, f"{article.source}:{_line_of_url(article)}")
    return tuple(Doubt(count, *row, first[row]) for row, count in counts.most_common())


def place_doubts(spoken: Spoken, context: Context) -> Iterator[PlacedDoubt]:
    """Find what is doubtful in one segment, each where it stands.

    Args:
        spoken: the segment's text.
        context: what holds for its article.
    """
    for written, said, kind, at in _doubts_of(spoken, context):
        start = spoken.written.find(written, max(0, at))
        if start >= 0:
            yield PlacedDoubt(start, start + len(written), said, kind)


def find_unsaid(script: Script, own: Context) -> tuple[str, ...]:
    """List the symbols that mean something and are not heard, each with its place.

    What adorns a text, such as an emoji, a footnote's mark or the mark at its end, is left out and is no fault. In a
    language without rules all is its engine's to say.

    Args:
        own: what holds for the whole show.
    """
    unsaid: list[str] = []
    for segment in _segments(script):
        unsaid += _dropped(segment.spoken, _place(segment))
    for entry in script.ledger:
        if entry.fate is Fate.SKIPPED and entry.reason == NO_WORDS:
            unsaid += _dropped(verbalise(entry.text, Context(own.locale)), f"{entry.source}:{entry.line}")
    return tuple(unsaid)


def _dropped(spoken: Spoken, place: str) -> Iterator[str]:
    return (f"{place}: the symbol {change.written.strip()!r}" for change in spoken.replacements if _is_dropped(change))


def _segments(script: Script) -> Iterator[Segment]:
    return (item for section in script.sections for item in section.items if isinstance(item, Segment))


def _place(segment: Segment) -> str:
    if not segment.source:
        return "show.toml"
    return f"{segment.source}:{segment.line or 1}"


def _line_of_url(article: Article) -> int:
    front = next((block for block in article.blocks if block.kind is BlockKind.FRONT_MATTER), None)
    if front is None:
        return 1
    lines = enumerate(front.text.split("\n"), front.line)
    return next((number for number, line in lines if article.url in line), front.line)


def _is_dropped(change: Replacement) -> bool:
    return change.rule == _DROPPED and not change.spoken.strip() and bool(change.written.strip())


def _class_of(change: Replacement) -> str:
    """Return the class of the rule that changed a form: "date" of "date.day-first"."""
    return change.rule.partition(".")[0]


# --- one segment ----------------------------------------------------------------------------------


def _doubts_of(spoken: Spoken, context: Context) -> Iterator[_Placed]:
    """Find what is doubtful in one segment: written, spoken, kind, and a place that it does not begin before."""
    for change in spoken.replacements:
        if _is_dropped(change):
            yield change.written.strip(), "", "symbol left unsaid", change.start
        elif _class_of(change) not in _PLAIN:
            yield from ((*row, change.start) for row in _capitals(change, spoken.written, context))
            written, said = _whole(change, spoken)
            at = change.start if written in change.written else change.end - len(written)
            yield from ((written, said, kind, at) for kind in _kinds(written, change.start, spoken.written, context))
    if load_language(context.locale) is not load_language(_TRANSCRIBED):
        yield from ((name, name, "pronunciation", at) for name, at in _strange_names(spoken, context))


def _capitals(change: Replacement, text: str, context: Context) -> Iterator[_Row]:
    """Find short forms that are words as well, those that nothing explains, and those that cannot be expanded."""
    if "." in change.written or not change.spoken.strip() or _class_of(change) == "roman":
        return
    tables = load_language(context.locale).tables
    alone = change.written.strip() == change.written and len(change.written.split()) == 1
    for found in _CAPITALS.finditer(change.written):
        capitals = found[0]
        spelt = " ".join(capitals)
        said = change.spoken if alone else spelt if spelt in change.spoken else capitals.capitalize()
        if said not in change.spoken:
            continue
        row = change.written if alone else capitals, said.strip()
        if context.policy(capitals) is Policy.EXPAND and context.long_form(capitals) is None:
            yield *row, "no long form to expand"
        elif capitals.lower() in tables.words("plain_words"):
            if alone and not _is_settled(capitals, context) and _is_doubtful(capitals, change, text, tables):
                yield *row, "word or initialism"
        elif (alone or said == spelt) and not _is_known(capitals, context) and _may_be_word(capitals, said, context):
            yield *row, "unknown initialism"


def _is_doubtful(capitals: str, change: Replacement, text: str, tables: Tables) -> bool:
    """Say whether capitals may be a word: no initialism that everybody knows, or others in capitals stand about it."""
    return capitals not in tables.words("spelt") or _is_among_capitals(change, text)


def _is_among_capitals(change: Replacement, text: str) -> bool:
    """Say whether a word in capitals stands right before or behind: all of them may be words, and loud."""
    before = text[max(0, change.start - 40) : change.start].split()
    after = text[change.end : change.end + 40].split()
    return any(word.strip(_ENDS).isupper() and len(word) > 1 for word in (*before[-1:], *after[:1]))


def _may_be_word(capitals: str, said: str, context: Context) -> bool:
    """Say whether letters that stand on no list could be said as a word, or are."""
    return said != " ".join(capitals) or (
        len(capitals) > 2 and load_language(context.locale).is_pronounceable(capitals)
    )


def _is_known(capitals: str, context: Context) -> bool:
    tables = load_language(context.locale).tables
    return (
        capitals in tables.words("spelt")
        or capitals in tables.map("acronyms")
        or capitals in tables.map("known_pairs")
        or capitals.lower() in tables.words("small_caps")
        or _is_settled(capitals, context)
    )


def _is_settled(capitals: str, context: Context) -> bool:
    """Say whether the article or the editor says what they are."""
    return context.long_form(capitals) is not None or context.policy(capitals) is not None


def _kinds(written: str, start: int, text: str, context: Context) -> Iterator[str]:
    for kind, pattern, settled, settling in _table(load_language(context.locale).tables):
        if not pattern.fullmatch(written):
            continue
        before = _word_before(text, start)
        after = text[start + len(written) : start + len(written) + 40]
        if before.lower() not in settled and not (settling and settling.match(f"{before}|{after}")):
            yield kind


@cache
def _table(tables: Tables) -> tuple[tuple[str, re.Pattern[str], frozenset[str], re.Pattern[str] | None], ...]:
    rows = ((*row, "", "")[:4] for row in tables.rows("doubts"))
    return tuple(
        (kind, re.compile(pattern), frozenset(settled.split()), re.compile(settling) if settling else None)
        for kind, pattern, settled, settling in rows
    )


def _word_before(text: str, start: int) -> str:
    """Return the word before a place, as it is written; empty where a sentence starts there."""
    words = text[max(0, start - 40) : start].split()
    return words[-1].strip(_ENDS) if words and words[-1][-1] not in ".?!" else ""


def _whole(change: Replacement, spoken: Spoken) -> tuple[str, str]:
    """Give a form with what clings to it where it is a mark alone: the stroke of "his/her" stands between words."""
    written = change.written
    if any(char.isalnum() for char in written) or not written.strip():
        return written.strip(), change.spoken.strip()
    text = spoken.written
    head = re.search(r"(?:[\w/-][\w’'/-]{0,39})?$", text[max(0, change.start - 40) : change.start])
    tail = re.match(r"(?:[\w’'/-]{0,39}[\w/-])?", text[change.end : change.end + 40])
    start = change.start - len(head[0] if head else "")
    end = change.end + len(tail[0] if tail else "")
    return text[start:end], _said_between(spoken, start, end)


def _said_between(spoken: Spoken, start: int, end: int) -> str:
    parts: list[str] = []
    done = start
    for change in spoken.replacements:
        if change.end > start and change.start < end:
            parts += (spoken.written[done : change.start], change.spoken)
            done = change.end
    return "".join([*parts, spoken.written[done:end]]).strip()


def _strange_names(spoken: Spoken, context: Context) -> Iterator[tuple[str, int]]:
    """Find words that an engine may stumble over: letters and clusters that are foreign to the language."""
    if not load_language(context.locale).load_rules:
        return
    tables = load_language(context.locale).tables
    changed = _bounds(spoken.replacements)
    for word in _NAME.finditer(spoken.written):
        name = word[0]
        if any(start < word.end() and word.start() < end for start, end in changed):
            continue
        is_strange = any(not char.isascii() and char not in tables.words("letters") for char in name)
        if is_strange or (name.istitle() and name not in tables.words("names") and _is_foreign(name, tables)):
            yield name, word.start()


def _bounds(replacements: Sequence[Replacement]) -> list[tuple[int, int]]:
    return [(change.start, change.end) for change in replacements if change.end > change.start]


def _is_foreign(name: str, tables: Tables) -> bool:
    edged = f"^{name.lower()}$"
    return any(cluster in edged for cluster in tables.words("foreign_clusters"))
