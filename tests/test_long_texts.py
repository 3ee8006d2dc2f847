"""Patterns that search texts: of a long one that says the same again and again they make one pass and no more.

One that began anew at each of its letters would take hours. `scripts/fuzz --slow` looks for such patterns everywhere.
"""

from __future__ import annotations

import re

import pytest

from audiobuild.engines import kokoro
from audiobuild.engines.phonetics import hibari_ipa
from audiobuild.normalisation.sentences import split_sentences
from audiobuild.sources.web_pages import page_facts, page_head

_LONG = 500_000


@pytest.mark.parametrize("mark", [".", "…", "?!", ".)", '."'])
def test_marks_that_end_no_sentence_are_passed_over_at_once(mark: str) -> None:
    text = f"{mark * _LONG}a end."
    assert split_sentences(text) == (text,)


@pytest.mark.parametrize(
    ("pattern", "piece"),
    [
        (kokoro._MARKS, "."),
        (kokoro._SWITCH, "("),
        (kokoro._SWITCH, "(a"),
        (hibari_ipa._STRESS_AND_VOWEL, "ˈ"),
        (hibari_ipa._STRESS_AND_VOWEL, "ˈt"),
        (hibari_ipa._STRESSED_ONSET, "t"),
        (page_facts._BYLINE_ENDS, " "),
        (page_head._PARTED, " "),
        (page_head._SITE, " "),
    ],
    ids=repr,
)
def test_what_is_looked_for_in_vain_is_looked_for_once(pattern: re.Pattern[str], piece: str) -> None:
    text = f"{piece * _LONG}x"
    assert pattern.sub("", text) == text
