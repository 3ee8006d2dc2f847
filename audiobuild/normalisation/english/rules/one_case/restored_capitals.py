"""The capitals that a line all in small letters has in ordinary text (layer 1, pure).

Each finder takes the line and yields places; letters change their case only, so that every place stays where it was.
"""

from __future__ import annotations

from audiobuild.normalisation.english.rules.one_case.lone_letters import letter_spans
from audiobuild.normalisation.english.rules.one_case.lowercase import pattern_spans
from audiobuild.normalisation.english.rules.one_case.lowered import initialism_spans
from audiobuild.normalisation.english.rules.one_case.lowered_figures import figure_spans
from audiobuild.normalisation.english.rules.one_case.lowered_joints import joint_spans
from audiobuild.normalisation.english.rules.one_case.lowered_units import unit_spans
from audiobuild.normalisation.english.rules.one_case.shortened import capital_spans

_FINDERS = (initialism_spans, capital_spans, pattern_spans, unit_spans, figure_spans, joint_spans, letter_spans)


def with_capitals(line: str) -> str:
    """Capitalise the short forms of a line, with the names that they stand by.

    >>> with_capitals("mr. lee at 51°n in 27 bc")
    'Mr. Lee at 51°N in 27 BC'
    """
    chars = list(line)
    for find in _FINDERS:
        for start, end in find(line):
            chars[start:end] = line[start:end].upper()
    return "".join(chars)
