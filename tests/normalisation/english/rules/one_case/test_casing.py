"""Lines all in small letters or all in capitals are read like any other, and each change keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.normalisation import Context, verbalise
from audiobuild.normalisation.english.rules.one_case.casing import restore_case
from audiobuild.normalisation.scan import ONE_CASE
from tests.speech_cases import read_cases

WRITTEN = sorted({case.written for case in read_cases()})


@given(st.sampled_from(WRITTEN), st.sampled_from([str, str.lower, str.upper]))
def test_letters_change_their_case_and_nothing_else(written: str, case: type[str]) -> None:
    line = case(written)
    restored = restore_case(line, Context())
    assert len(restored) == len(line)
    assert restored.upper() == line.upper()


@given(st.sampled_from(WRITTEN))
def test_ordinary_lines_stay_as_they_are(written: str) -> None:
    if any(line[:1].isupper() and line[1:2].islower() for line in written.split("\n")[:1]) and "\n" not in written:
        assert restore_case(written, Context()) == written


@given(st.sampled_from(WRITTEN), st.sampled_from([str.lower, str.upper]))
def test_replacements_of_such_a_line_rebuild_it(written: str, case: type[str]) -> None:
    line = case(written)
    spoken = verbalise(line, Context("en-US"))
    ends = [0, *(each.end for each in spoken.replacements)]
    assert all(line[each.start : each.end] == each.written for each in spoken.replacements)
    assert all(each.start >= end for each, end in zip(spoken.replacements, ends, strict=False))


def test_word_that_lost_its_capitals_with_its_line_says_so() -> None:
    found = {each.written: (each.spoken, each.rule) for each in verbalise("DR. LEE SAT DOWN").replacements}
    assert found["LEE"] == ("Lee", ONE_CASE)
    assert found["DR."] == ("Doctor", "abbreviation.title")


@pytest.mark.parametrize(
    "line",
    [
        "see st.c dr.h jan.txt sep/oct.md",
        "she sat in the sun; nothing could mar it",
        "https://example.org/jan/st.mary",
        "WTO",
        "F = MA",
        "1-800-GO-FEDEX",
        "Dr. Lee of St. Mary’s",
    ],
)
def test_line_that_has_nothing_to_restore_is_left_alone(line: str) -> None:
    assert restore_case(line, Context()) == line
