"""What commands tell of a text and of an episode, as values that a terminal and a program can both print (layer 5)."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from audiobuild.model.clock_times import clock
from audiobuild.model.values import Fate, Segment, Sting

if TYPE_CHECKING:
    from audiobuild.build.article_archive import ArchiveResult
    from audiobuild.build.outcome import Result
    from audiobuild.config.show import Show
    from audiobuild.inspection.take_listening import ListeningResult
    from audiobuild.publish.episodes.episode import Episode
    from audiobuild.publish.episodes.manifest import Manifest
    from audiobuild.takes.plan import Need

_SHOWN_CHARS = 60
"""Of a text in a list."""


def archive_facts(result: ArchiveResult) -> dict[str, Any]:
    """Put what came of an archive in terms for programs."""
    failed = [{"source": each.where, "message": each.message, "hint": each.hint} for each in result.failed]
    return {"made": result.made, "kept": result.kept, "episodes": result.episodes, "failed": failed}


def archive_lines(result: ArchiveResult) -> Iterator[str]:
    """List the articles of which there is no episode, each with the reason."""
    if result.failed:
        yield f"{len(result.failed)} {'article has' if len(result.failed) == 1 else 'articles have'} failed:"
    yield from (f"  {each}" for each in result.failed)


def summary(result: Result) -> dict[str, Any]:
    """Put a build in terms for programs; times in milliseconds."""
    from audiobuild.takes.jobs import place_of

    skipped = [entry for entry in result.script.ledger if entry.fate is Fate.SKIPPED]
    return {
        **_episode_facts(result.episode),
        "episodes": [_episode_facts(each) for each in result.episodes[1:]],
        "segments": {"synthesised": result.synthesised, "encoded": result.encoded, "reused": result.reused},
        "words_skipped": sum(len(entry.text.split()) for entry in skipped),
        "skipped": [
            {"source": entry.source, "line": entry.line, "kind": entry.kind.value, "reason": entry.reason}
            for entry in skipped
        ],
        "is_preview": result.is_preview,
        "missing": [
            {
                "source": place_of(missing.segment),
                "text": missing.segment.spoken.text,
                "error": str(missing.error),
            }
            for missing in result.missing
        ],
    }


def missing_lines(result: Result) -> Iterator[str]:
    """Tell what could not be spoken, each with its place and the reason, and what became of the build."""
    from audiobuild.takes.jobs import place_of

    for missing in result.missing:
        place, error = place_of(missing.segment), missing.error
        told = str(error) if error.where == place else f"{place}: {error}, in {_opening(missing.segment.spoken.text)!r}"
        yield f"missing: {told}"
    if result.missing:
        count = "one segment is" if len(result.missing) == 1 else f"{len(result.missing)} segments are"
        yield f"{count} missing: this is a preview, and nothing was published"


def warnings(result: Result, show: Show) -> Iterator[str]:
    """Tell what is amiss with what was built, each with its place."""
    from audiobuild.publish.output.working_copy import shown_place

    for built in result.episodes:
        yield from (f"{shown_place(built.path)}: {miss}" for miss in built.manifest.loudness["misses"])
    if show.feed.base:
        yield from feed_warnings([built.manifest for built in result.episodes])


def feed_warnings(manifests: Sequence[Manifest]) -> Iterator[str]:
    """Tell what serves the listeners of a feed less well, in the episodes that it holds."""
    from audiobuild.publish.output.folder_warnings import first_of

    undated = [manifest.file for manifest in manifests if manifest.published is None]
    if undated:
        yield f"{first_of(undated)}: no date, by which apps sort: give one in show.toml (date = ...) and build again"


def _episode_facts(built: Episode) -> dict[str, Any]:
    from audiobuild.publish.output.working_copy import shown_place

    return {
        "path": shown_place(built.path),
        "published": str(built.manifest.published) if built.manifest.published else None,
        "duration_ms": built.manifest.duration_ms,
        "revision": built.manifest.revision,
        "chapters": [
            {"title": chapter.title, "start_ms": chapter.start_ms, "end_ms": chapter.end_ms}
            for chapter in built.manifest.chapters
        ],
        "loudness": built.manifest.loudness,
    }


def listening_facts(heard: ListeningResult) -> dict[str, Any]:
    """Put what came of listening in terms for programs; times in milliseconds."""
    return {
        "takes": heard.takes,
        "unspoken": heard.unspoken,
        "words": heard.words,
        "heard_otherwise": heard.otherwise,
        "runs": [
            {
                "source": finding.place,
                "said": finding.run.said,
                "heard": finding.run.heard,
                "missing": max(0, finding.run.missing),
                "clip": str(finding.clip),
                "at_ms": finding.at_ms,
                "command": finding.command,
            }
            for finding in heard.findings
        ],
    }


def listening_lines(heard: ListeningResult) -> Iterator[str]:
    """List words that were misheard: place, words, what was heard, and how to listen there; then the totals."""
    for finding in heard.findings:
        run = finding.run
        said = f"not heard: {_opening(run.said)!r}" if run.said else "nobody said it"
        other = f"heard: {_opening(run.heard)!r}" if run.heard else "heard: nothing"
        yield f"{finding.place}\t{said}\t{other}\tat {clock(finding.at_ms)} in: {finding.command}"
    if heard.unspoken:
        yield f"{heard.unspoken} segments are not spoken yet, or with other settings: build first"
    share = 100 * heard.otherwise / max(1, heard.words)
    yield f"{heard.takes} takes heard, {len(heard.findings)} to be listened to; {share:.1f} % of words heard otherwise"


_NO_RULE = "as written"
"""What is told where a rule spoke before and none does now."""


def need_facts(needs: Sequence[Need]) -> list[dict[str, Any]]:
    """Put what a build would make in terms for programs; a price as the user has stated it, or else 0."""
    from audiobuild.engines.registry import open_engine

    voices = {(need.job.voice, need.job.locale) for need in needs if need.job.voice}
    prices = {voice: open_engine(voice, locale).abilities.price_per_1000_chars for voice, locale in voices}
    facts = []
    for need in needs:
        voice, characters = need.job.voice, 0 if need.is_spoken else spoken_chars(need)
        price_per_1000_chars = prices[voice] if voice else 0.0
        fact = {
            "source": _place(need),
            "characters": characters,
            "work": "encode" if need.is_spoken else "speak",
            "engine": voice.engine if voice else "",
            "price_per_1000_chars": price_per_1000_chars,
            "price": round(characters * price_per_1000_chars / 1000, 6),
            "reason": need.reason.value,
            "readings": [dataclasses.asdict(reading) for reading in need.readings],
            "text": _text(need),
        }
        facts.append(fact)
    return facts


def need_lines(needs: Sequence[Need]) -> Iterator[str]:
    """Tell what a build would make: place, work, characters, reason, opening words; then how much it is in all."""
    facts = need_facts(needs)
    for fact in facts:
        rules = dict.fromkeys(reading["rule"] or _NO_RULE for reading in fact["readings"])
        reason = f"{fact['reason']}: {', '.join(rules)}" if rules else fact["reason"]
        yield "\t".join((fact["source"], fact["work"], str(fact["characters"]), reason, _opening(fact["text"])))
    spoken = [fact for fact in facts if fact["work"] == "speak"]
    by_engine = Counter[tuple[str, float]]()
    for fact in spoken:
        by_engine[fact["engine"], fact["price_per_1000_chars"]] += fact["characters"]
    told = ", ".join(_cost(count, *each) for each, count in by_engine.items())
    yield f"{len(spoken)} to speak{f' ({told})' if told else ''}, {len(facts) - len(spoken)} to encode"
    changed = Counter(reading["rule"] or _NO_RULE for fact in facts for reading in fact["readings"])
    if changed:
        yield f"read otherwise: {', '.join(f'{count} {rule}' for rule, count in changed.most_common())}"


def _cost(characters: int, engine: str, price_per_1000_chars: float) -> str:
    """Say how much an engine would be given, and what that costs.

    >>> _cost(3400, "openai", 0.015)
    '3,400 characters by openai: 0.05 at 0.015 a thousand'
    """
    told = f"{characters:,} characters by {engine}"
    if not price_per_1000_chars:
        return told
    return f"{told}: {characters * price_per_1000_chars / 1000:.2f} at {price_per_1000_chars:g} a thousand"


def spoken_chars(need: Need) -> int:
    """How many characters an engine is given."""
    return len(need.job.item.spoken.text) if isinstance(need.job.item, Segment) else 0


def _opening(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"


def _place(need: Need) -> str:
    from audiobuild.takes.jobs import place_of

    item = need.job.item
    if isinstance(item, Sting):
        return item.path.name
    return place_of(item)


def _text(need: Need) -> str:
    return need.job.item.spoken.text if isinstance(need.job.item, Segment) else ""
