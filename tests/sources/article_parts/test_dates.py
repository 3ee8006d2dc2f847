"""Date lines become dates, and nothing else does."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.normalisation.english import write_date
from audiobuild.sources.article_parts.datelines import parse_date


@pytest.mark.parametrize(
    "text",
    [
        *("Jan 3rd 2019", "January 3 2019", "Jan. 3rd, 2019", "january 3rd 2019", "JAN 3RD 2019"),
        *("3 January 2019", "3rd Jan 2019", "3 January, 2019", "2019-01-03", "  Jan 3rd 2019 \t"),
    ],
)
def test_every_way_to_write_a_date_gives_it(text: str) -> None:
    assert parse_date(text) == dt.date(2019, 1, 3)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2019", "Jan 2019", "Room 101", "the third of January", "Jan 3rd 2019, revised", "3/1/2019"),
        *("Feb 30th 2019", "2019-13-01", "Jan 0 2019", "Jan 3rd 0000"),
        *("Marble 3 2019", "Junk 3rd 2019", "4 Mayor 2011", "12 Decibels 2020"),  # begin like a month
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_date(text) is None


def test_sept_is_september() -> None:
    assert parse_date("Sept 9th 2020") == dt.date(2020, 9, 9)


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_date_in_house_style_is_read_back(date: dt.date) -> None:
    assert parse_date(write_date(date)) == date
    assert parse_date(date.isoformat()) == date


@given(st.text())
def test_any_text_is_a_date_or_none(text: str) -> None:
    assert isinstance(parse_date(text), dt.date | None)
