"""Which sums with ¥ are in yuan: ¥5 billion in Beijing -> five billion yuan (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.english.lexis.word_patterns import words_pattern
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before

_TOLD = LatePattern(r" \((?:CNY|RMB)\b")


def is_yuan(match: re.Match[str]) -> bool:
    """Say whether the sum is told in yuan, or China is spoken of and Japan is not."""
    before, after = text_before(match), text_after(match)
    if _TOLD.match(after):
        return True
    if not words_pattern(r"(?i)\bWORDS\b", "yuan", "chinese").search(f"{before} {after}"):
        return False
    return not words_pattern(r"(?i)\bWORDS\b", "yuan", "japanese").search(f"{before} {after}")
