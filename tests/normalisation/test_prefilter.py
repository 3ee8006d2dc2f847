"""What the shape of the next characters says of a pattern is never that it cannot match where it does."""

from __future__ import annotations

import re

import pytest

from audiobuild.normalisation.english.inventory import RULES
from audiobuild.normalisation.prefilter import SHAPE_CHARS, can_match, shape_of
from tests.speech_cases import read_cases


@pytest.mark.parametrize(
    ("pattern", "flags", "text"),
    [
        (r"\d{3}", 0, "12 men"),
        (r"\d+(?!\d)(?:st|nd)", 0, "12: 30"),
        (r"\d++ [ap]m", 0, "12/30"),
        (r"\d+(?=-\d)", 0, "12-A"),
        (r"[A-Z](?!,|-[a-z])", 0, "A,CD"),
        (r"[^\W\d_]+\d", 0, "ab-12"),
        (r"\d\b[a-z]", 0, "1a"),
        (r"1\Z", 0, "1 a"),
        (r"1$", 0, "1 a"),
        (r"a[^0-9]", re.IGNORECASE, "A1"),
        (r"(?:ab|cd){2}", 0, "ab-cd"),
        (r"(?>a+)\d", 0, "aa C"),
    ],
)
def test_pattern_that_cannot_match_is_seen_by_the_shape(pattern: str, flags: int, text: str) -> None:
    assert re.match(pattern, text, flags) is None
    assert not can_match(pattern, flags, shape_of(text, 0))


@pytest.mark.parametrize(
    ("pattern", "flags", "text"),
    [
        (r"(\w)\1", 0, "aa"),
        (r"(a)?(?(1)b|c)", 0, "c"),
        (r"k", re.IGNORECASE, "\u212a"),
        (r"[^a]", 0, "é"),
        (r"\d", 0, "٣"),
        (r".\n", re.DOTALL, "\n\n"),
        (r"a(?<=a)(?<!b)(?!\n)\B", 0, "ab"),
        (r"a$", 0, "a\n"),
        (r"(?s:.)+?x{2,}", 0, "aaaaaaaaxx"),
        (r"(?:)*+a?", 0, ""),
    ],
)
def test_pattern_that_matches_is_never_ruled_out(pattern: str, flags: int, text: str) -> None:
    assert re.match(pattern, text, flags)
    assert can_match(pattern, flags, shape_of(text, 0))


def test_no_rule_is_ruled_out_where_it_matches() -> None:
    known: dict[tuple[str, str, int], bool] = {}
    matching = [(rule, rule.pattern.match) for rule in RULES]
    missed = []
    for case in list(read_cases())[::20]:
        for place in re.finditer(r"\b\w|[^\w\s]", case.written):
            start = place.start()
            word = re.compile(r"[^\W\d_]*").match(case.written, start)[0][:SHAPE_CHARS]  # type: ignore[index]
            shapes = shape_of(case.written, start), (word + shape_of(case.written, start + len(word)))[:SHAPE_CHARS]
            for rule, match in matching:
                if match(case.written, start):
                    for key in ((rule.name, shapes[0], 0), (rule.name, shapes[1], len(word))):
                        if key not in known:
                            known[key] = can_match(rule.source, rule.flags, *key[1:])
                        if not known[key]:
                            missed.append((case.name, key))
    assert len(known) > 1_000
    assert missed == []
