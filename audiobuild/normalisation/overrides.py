"""What an author or an editor says of single words, against whatever the rules think (layer 1, pure).

The words concerned are hidden from the rules by letters that none of them knows, so that the rules still see that a
word stands there, and cannot say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from audiobuild.model.values import Replacement, Spoken
from audiobuild.normalisation.context import Context
from audiobuild.normalisation.known_texts import text_mark
from audiobuild.normalisation.language import Language
from audiobuild.normalisation.lexicon import spoken_entry
from audiobuild.normalisation.scan import rebuilt, verbalise

FOREIGN = "foreign"
"""The rule of words in another language, which are spoken as they are given."""
_HIDDEN = "ɷ"
"""A small letter that no language writes today, and no rule knows: it stands for what no rule may change."""
_WORD = re.compile(r"(?<![^\s(\[“‘\"'/–—-])\S")
"""Where a word of its own starts: "6m" is one, and is none in "£6m"."""


def verbalise_with(
    text: str, overrides: Sequence[Replacement], context: Context, language: Language | None = None
) -> Spoken:
    """Turn written text into what an announcer would say, given what its author says of some words.

    Args:
        language: one of the caller's own; None for that of the context's locale.

    >>> verbalise_with("6m of 6m", (Replacement(6, 8, "6m", "six metres", "override"),), Context()).text
    'six million of six metres'
    """
    if context.known is None or language is not None:
        return _read_with(text, overrides, context, language)
    mark = text_mark(text, overrides, context.mark)
    spoken = context.known.find(mark, text)
    if spoken is None:
        spoken = _read_with(text, overrides, context, None)
        context.known.note(mark, spoken)
    return spoken


def _read_with(text: str, overrides: Sequence[Replacement], context: Context, language: Language | None) -> Spoken:
    if not overrides and not context.lexicon:
        return verbalise(text, context, language)
    bare = Context(context.locale)
    fixed = [
        each if each.rule == FOREIGN else each._replace(spoken=verbalise(each.spoken, bare, language).text)
        for each in overrides
    ]
    spoken = _spoken_around(text, fixed, context, language)
    entries = list(_hidden_entries(spoken, context)) if context.lexicon else []
    return _spoken_around(text, sorted((*fixed, *entries), key=_place), context, language) if entries else spoken


def _spoken_around(text: str, fixed: Sequence[Replacement], context: Context, language: Language | None) -> Spoken:
    if not fixed:
        return verbalise(text, context, language)
    hidden = text
    for each in fixed:
        hidden = hidden[: each.start] + _HIDDEN * len(each.written) + hidden[each.end :]
    changes: Iterable[Replacement] = verbalise(hidden, context, language).replacements
    if any(_HIDDEN in change.written for change in changes):
        changes = _changes_between(text, fixed, context, language)
    return rebuilt(text, sorted((*changes, *fixed), key=_place))


def _changes_between(
    text: str, fixed: Sequence[Replacement], context: Context, language: Language | None
) -> Iterable[Replacement]:
    """Speak each piece by itself, where a rule would reach over a word that is not its own."""
    bounds = [0, *(bound for each in fixed for bound in (each.start, each.end)), len(text)]
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        for change in verbalise(text[start:end], context, language).replacements:
            yield change._replace(start=change.start + start, end=change.end + start)


def _hidden_entries(spoken: Spoken, context: Context) -> Iterable[Replacement]:
    """Find entries of the lexicon inside what a rule has said as a whole, such as an opening in capitals."""
    text = spoken.written
    taken = [(change.start, change.end) for change in spoken.replacements if change.rule == "override"]
    done = 0
    for change in spoken.replacements:
        if change.rule in ("lexicon", "override") or not change.spoken.strip():
            continue
        for word in _WORD.finditer(text, change.start, change.end):
            start = word.start()
            entry = spoken_entry(text, start, context) if start >= done else None
            if entry is not None and not any(start < end and begin < entry[0] for begin, end in taken):
                done = entry[0]
                yield Replacement(start, done, text[start:done], entry[1], "lexicon")


def _place(change: Replacement) -> tuple[int, int]:
    return change.start, change.end
