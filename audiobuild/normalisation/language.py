"""A language as one value, all that the rest has to know of it; and the languages there are (layer 1, pure).

Each of them is a folder of its own in this package, whose head holds its `LANGUAGE`; none is imported before a text in
it is met. A locale whose language has no folder is written to its engine as it stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from audiobuild.model.pronunciation import Pronunciation
from audiobuild.normalisation.context import DEFAULT_LOCALE, Context, Entry, Policy
from audiobuild.normalisation.rule import Rule
from audiobuild.normalisation.tables import Tables

FOLDERS = {"de": "german", "en": "english"}
"""Where the languages with rules are at home, by their primary subtags."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What an article shows of its own usage, over all its texts."""

    definitions: tuple[tuple[str, str], ...] = ()
    """Short and long form of every abbreviation that it defines."""
    articled: frozenset[str] = frozenset()
    """Short forms whose long form stands behind an article."""
    names: frozenset[str] = frozenset()
    """Words that it uses as names."""
    small_capitals: bool = False
    """Whether it has initialisms in lower case."""


_LOOK_AHEAD_CHARS = 24
_NO_TABLES = Tables()


def _show_nothing(texts: Sequence[str]) -> Usage:
    return Usage()


def _close_all(text: str, end: re.Match[str]) -> bool:
    return not text[end.end() : end.end() + _LOOK_AHEAD_CHARS].lstrip()[:1].islower()


def _as_written(text: str, context: Context) -> str:
    return text


def _pronounce_none(capitals: str) -> bool:
    return False


def _know_no_names(text: str, context: Context) -> Sequence[Pronunciation]:
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language; what is left out is as in one of which nothing is known."""

    load_rules: Callable[[], Sequence[Rule]] | None = None
    """Imports the rules, in their order, which is slow; None where there are none, and a text is spoken as written."""
    plain_form: str = ""
    """Pattern of what would look like more than a plain word, and is none: passed over with plain words."""
    find_usage: Callable[[Sequence[str]], Usage] = _show_nothing
    """Finds what the texts of an article define and show."""
    ends_sentence: Callable[[str, re.Match[str]], bool] = _close_all
    """Whether the stops in a text, with white space behind them, close a sentence."""
    write_date: Callable[[dt.date], str] = dt.date.isoformat
    """Writes a date as a show says it, for the rules to speak."""
    title_date: Callable[[dt.date], str] = dt.date.isoformat
    """Writes a date as it is printed behind a title."""
    write_opening: Callable[[str, Context], str] = _as_written
    """Makes ordinary words of a paragraph's opening in capitals, for a title."""
    restore_case: Callable[[str, Context], str] = _as_written
    """Gives lines that are all in small letters or all in capitals their usual capitals; changes no length."""
    is_pronounceable: Callable[[str], bool] = _pronounce_none
    """Whether unknown capitals could be said as a word."""
    pronounce_names: Callable[[str, Context], Sequence[Pronunciation]] = _know_no_names
    """Finds names in spoken text whose sound is known, in the order in which they stand."""
    say_count: Callable[[str, str], str] | None = None
    """Says digits that count, and so are no year, in a locale; None where the rules are asked."""
    introduction: str = "Introduction"
    """The title of the chapter before the first article."""
    outro: str = "Outro"
    """The title of the chapter behind the last one."""
    tables: Tables = _NO_TABLES
    """Its lists; one that it does not have is empty."""


@cache
def load_language(locale: str) -> Language:
    """Return the language of a locale, a BCP 47 tag.

    >>> load_language("en-US") is load_language("en-GB"), load_language("fr-FR").load_rules
    (True, None)
    """
    return _load(FOLDERS.get(locale.partition("-")[0].lower(), ""))


@cache
def _load(folder: str) -> Language:
    if not folder:
        return Language()
    language: Language = import_module(f"audiobuild.normalisation.{folder}").LANGUAGE
    return language


def gather_context(
    texts: Iterable[str],
    locale: str = DEFAULT_LOCALE,
    *,
    lexicon: Iterable[Entry] = (),
    policies: Mapping[str, Policy] | None = None,
    language: Language | None = None,
) -> Context:
    """Find what an article defines and shows, over all of its texts.

    Args:
        language: one of the caller's own; None for that of the locale.

    >>> gather_context(["The World Food Programme (WFP) is late."]).definitions
    (('WFP', 'World Food Programme'),)
    """
    usage = (language or load_language(locale)).find_usage(tuple(texts))
    return Context(
        locale=locale,
        definitions=usage.definitions,
        lexicon=tuple(lexicon),
        policies=tuple((policies or {}).items()),
        names=usage.names,
        small_capitals=usage.small_capitals,
        articled=usage.articled,
    )
