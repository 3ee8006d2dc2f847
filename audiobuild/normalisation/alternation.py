"""Any of many literal strings as a pattern, which branches letter by letter: a long list is slower (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable


def alternatives(options: Iterable[str]) -> str:
    """Return a pattern for any of the literal strings, longer ones first, branching letter by letter: it is quicker.

    >>> alternatives(["kg", "km", "k"])
    'k(?:[gm]|)'
    """
    by_first: dict[str, list[str]] = {}
    for option in set(options):
        by_first.setdefault(option[:1], []).append(option[1:])
    ends = by_first.pop("", None)
    single = [re.escape(first) for first, rest in sorted(by_first.items()) if rest == [""]]
    branches = [re.escape(first) + _branch(rest) for first, rest in sorted(by_first.items()) if rest != [""]]
    branches += [f"[{''.join(single)}]"] if len(single) > 1 else single
    return "|".join([*branches, ""] if ends else branches)


def _branch(rest: list[str]) -> str:
    if len(rest) == 1:
        return re.escape(rest[0])
    pattern = alternatives(rest)
    return pattern if "|" not in pattern else f"(?:{pattern})"
