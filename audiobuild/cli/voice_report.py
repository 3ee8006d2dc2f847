"""What `voices` tells: a list for a newcomer, that fits a terminal, and facts for a program (layer 5)."""

from __future__ import annotations

import itertools
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audiobuild.cli.terminal import size
from audiobuild.voices.offers import Offer

WIDTH_CHARS = 100
SHORT_ROWS = 6
"""Of an engine, in a list that is not asked for all of it."""
UNDETERMINED = "und"
"""The language of a voice that speaks none, or any."""

_ABOUT = 3
"""The column that gives way where a line would be too long: what is known of a voice."""
_LEAST_ABOUT_CHARS, _MOST_LICENCE_CHARS = 12, 22
_MOST_NAMES = 3
"""Of voices that share a warning or a credit."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What of all voices a list is of."""

    locale: str
    """Its voices come first."""
    language: str = ""
    """A BCP 47 tag, or the first part of one; empty for all."""
    engine: str = ""
    """Empty for all."""
    is_short: bool = False
    """Whether each engine shows its first voices alone."""

    def takes(self, offer: Offer) -> bool:
        """Whether the list includes a voice."""
        if offer.info.language == UNDETERMINED:
            return self.is_short or not self.language
        return is_within(offer.info.language, self.language) if self.language else True


def is_within(tag: str, language: str) -> bool:
    """Say whether a language tag is of a language, or of a region of it.

    >>> is_within("en-GB-scotland", "en-gb"), is_within("eno", "en")
    (True, False)
    """
    return f"{tag.lower()}-".startswith(f"{language.lower()}-")


def offer_facts(offers: Iterable[Offer], choice: Choice) -> list[dict[str, Any]]:
    """Put voices in terms for programs."""
    return [
        {
            "engine": offer.engine,
            "name": offer.info.name,
            "language": offer.info.language,
            "description": offer.info.description,
            "licence": offer.info.licence,
            "credit": offer.info.credit,
            "warning": offer.info.warning,
            "is_here": offer.info.is_here and not offer.missing,
            "is_online": offer.is_online,
            "download_bytes": offer.download_bytes,
            "missing": offer.missing,
        }
        for offer in offers
        if choice.takes(offer)
    ]


def offer_lines(offers: Sequence[Offer], choice: Choice) -> Iterator[str]:
    """Tell which voices can speak, which can be had and how, and what to heed before they are published."""
    engines = list(dict.fromkeys(offer.engine for offer in offers))

    def rank(offer: Offer) -> tuple[bool, int, bool]:
        spoken = offer.info.language
        return spoken == UNDETERMINED, engines.index(offer.engine), not is_within(spoken, choice.locale)

    chosen = sorted(filter(choice.takes, offers), key=rank)
    usable = [offer for offer in chosen if not offer.missing]
    sections: tuple[tuple[str, Callable[[Offer], bool]], ...] = (
        ("Ready, on this machine", lambda offer: offer.info.is_here and not offer.is_online),
        ("Ready, over the network", lambda offer: offer.info.is_here and offer.is_online),
        ("To be fetched, by audiobuild voices get NAME", lambda offer: not offer.info.is_here),
    )
    shown: list[Offer] = []
    for title, belongs in sections:
        rows = [offer for offer in usable if belongs(offer)]
        visible = list(_first(rows)) if choice.is_short else rows
        if visible:
            yield from (f"{title}:", *_table(visible, Counter(offer.engine for offer in rows)), "")
            shown += visible
    lacking = [offer for offer in chosen if offer.missing]
    if lacking:
        commands = {offer.engine: offer.missing for offer in lacking}
        yield from ("To be installed:", *(f"  {engine:<9} {missing}" for engine, missing in commands.items()), "")
    if lacking and choice.engine:
        yield from ("Its voices then:", *_table(lacking, Counter(offer.engine for offer in lacking)), "")
        shown += lacking
    yield from _remarks("Before you publish", shown, lambda offer: offer.info.warning)
    yield from _remarks("To be named, as an episode's notes do", shown, lambda offer: offer.info.credit)
    yield from _others(offers, chosen, choice)


def _first(rows: Sequence[Offer]) -> Iterator[Offer]:
    """The first voices of each engine."""
    counts = Counter[str]()
    for offer in rows:
        counts[offer.engine] += 1
        if counts[offer.engine] <= SHORT_ROWS:
            yield offer


def _table(offers: Sequence[Offer], counts: Mapping[str, int]) -> Iterator[str]:
    """Lay voices out in columns: name, engine, language, what is known of it, size where it is to come, licence.

    Args:
        offers: those that are shown, each engine's together.
        counts: how many each engine has.
    """
    rows = [
        (
            offer.info.name,
            offer.engine,
            "-" if offer.info.language == UNDETERMINED else offer.info.language,
            offer.info.description,
            size(offer.download_bytes) if offer.download_bytes else "",
            _cut(offer.info.licence, _MOST_LICENCE_CHARS),
        )
        for offer in offers
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    others = sum(width + 2 for column, width in enumerate(widths) if width and column != _ABOUT)
    widths[_ABOUT] = min(widths[_ABOUT], max(_LEAST_ABOUT_CHARS, WIDTH_CHARS - others - 2))
    for engine, group in itertools.groupby(rows, key=lambda row: row[1]):
        shown = list(group)
        for row in shown:
            cells = [f"{_cut(cell, width):<{width}}" for cell, width in zip(row, widths, strict=True) if width]
            yield f"  {'  '.join(cells)}".rstrip()
        if len(shown) < counts[engine]:
            yield f"  … and {counts[engine] - len(shown)} more: audiobuild voices --engine {engine}"


def _remarks(title: str, offers: Sequence[Offer], remark: Callable[[Offer], str]) -> Iterator[str]:
    """Say what holds for some voices, once for all of an engine of which it holds."""
    names: dict[tuple[str, str], list[str]] = {}
    for offer in offers:
        if remark(offer):
            names.setdefault((offer.engine, remark(offer)), []).append(offer.info.name)
    if not names:
        return
    yield f"{title}:"
    for (engine, told), voices in names.items():
        is_all = len(voices) == sum(offer.engine == engine for offer in offers) > 1
        more = f" and {len(voices) - _MOST_NAMES} more" if len(voices) > _MOST_NAMES else ""
        who = engine if is_all else f"{engine} {', '.join(voices[:_MOST_NAMES])}{more}"
        line = f"{who}: {told}"
        yield from textwrap.wrap(
            line, WIDTH_CHARS, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
        )
    yield ""


def _others(offers: Sequence[Offer], chosen: Sequence[Offer], choice: Choice) -> Iterator[str]:
    """Say what the list leaves out, and what to do next."""
    left = len(offers) - len(chosen)
    if choice.language and left:
        spoken, own = {_primary(offer.info.language) for offer in offers}, _primary(choice.language)
        count = len(spoken - {own, UNDETERMINED})
        told = f"{left} more voices" + (f", in {count} other languages" if count else "")
        yield f"{told}: audiobuild voices --all, or --language de"
    yield "Hear one: audiobuild voices try NAME"


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _cut(text: str, most_chars: int) -> str:
    return text if len(text) <= most_chars else f"{text[: most_chars - 1]}…"
