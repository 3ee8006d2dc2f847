"""Words become phrases that are shown at one time, and paragraphs that are read."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given

from audiobuild.model.plain_text import plain_line
from audiobuild.model.values import Role, Timeline
from audiobuild.publish.texts.phrases import (
    HALF_CHARS,
    NAME_CHARS,
    halves,
    paragraphs_of,
    phrases_of,
)
from audiobuild.timeline.word_times import words_of
from tests.timed import EDITION, GUEST, LETTER_MS, NAMES, NARRATOR, phrases, segment, spoken, timeline
from tests.timeline.test_word_times import any_timeline

LINE_CHARS = 65
"""Of a line of WebVTT, by the podcast namespace."""


def shown_in(*texts: str) -> list[str]:
    return [phrase.text for phrase in phrases(*texts)]


# --- where phrases end ----------------------------------------------------------------------------


def test_phrases_end_with_sentences() -> None:
    text = "The lock opens at six each morning. By seven there are nine barges in it."
    assert shown_in(text) == ["The lock opens at six each morning.", "By seven there are nine barges in it."]


def test_stop_after_a_title_or_a_number_is_no_end() -> None:
    assert shown_in("It was Mr. Tolland who paid $3.50 at No. 10.") == ["It was Mr. Tolland who paid $3.50 at No. 10."]


def test_long_sentence_is_cut_at_its_semicolon_rather_than_at_a_comma() -> None:
    text = "They would pay more for wool, wine and cloth; he would let them trade, and in peace."
    assert shown_in(text)[0] == "They would pay more for wool, wine and cloth;"


def test_long_clause_is_cut_at_its_comma() -> None:
    text = "Once the dredging and the pilots have been paid for, nothing at all is left over for the quay"
    assert shown_in(text)[0] == "Once the dredging and the pilots have been paid for,"


def test_cut_between_words_does_not_part_an_article_or_a_title_from_its_noun() -> None:
    text = "Nobody who has lived in this harbour for long would ever dream of telling Mrs Vandermolen about the weather"
    ends = [line.split()[-1] for line in shown_in(text)]
    assert len(ends) > 1
    assert not {"the", "Mrs", "in", "of", "this"} & set(ends)


def test_short_sentences_share_a_phrase_rather_than_flash_by() -> None:
    assert shown_in("No. Yes. Perhaps.") == ["No. Yes. Perhaps."]


def test_no_phrase_goes_on_into_the_next_paragraph() -> None:
    assert shown_in("Leaders", "Small", "boats") == ["Leaders", "Small", "boats"]


def test_form_that_is_heard_as_one_is_parted_where_no_line_would_hold_it() -> None:
    long = "see the chart on the facing page, which was drawn by the harbour master himself in ink"
    said = spoken(f"The dues (a tax, {long}) rose.", (f" (a tax, {long})", ""))
    found = phrases_of(words_of(timeline(segment(said))))
    assert " ".join(phrase.text for phrase in found) == said.written
    assert all(len(phrase.text) <= LINE_CHARS for phrase in found)


# --- when they are shown --------------------------------------------------------------------------


def test_phrase_starts_with_its_first_word_and_ends_soon_after_its_sound() -> None:
    first, second = phrases("The lock opens at six each morning.", "By seven there are nine barges in it.")
    assert first.start_ms == 20
    spoken_ms = LETTER_MS * len("The lock opens at six each morning.")
    assert 0 <= first.end_ms - (20 + spoken_ms) <= 300
    assert first.end_ms < second.start_ms


def test_phrases_of_prose_are_shown_for_one_to_seven_seconds() -> None:
    text = (
        "Harbour dues have been in retreat for thirty years. Ports compete for the custom of a few big shipping lines,"
        " and dues are the easiest price to cut. A ship four hundred metres long, with boxes on board, pays about a"
        " third of what it costs to have it there; the rest is paid by somebody else. Usually it is the city."
    )
    for phrase in phrases(text):
        assert 1000 <= phrase.end_ms - phrase.start_ms <= 7000


@given(any_timeline())
def test_phrases_are_apart_in_order_and_hold_every_word_once(line: Timeline) -> None:
    words = words_of(line)
    found = phrases_of(words, NAMES)
    for phrase in found:
        assert phrase.start_ms < phrase.end_ms
        assert phrase.text == plain_line(phrase.text) != ""
    for phrase, after in itertools.pairwise(found):
        assert phrase.end_ms <= after.start_ms
        assert phrase.segment <= after.segment
    for segment_words in (list(group) for _, group in itertools.groupby(words, key=lambda word: word.segment)):
        place = segment_words[0].segment
        said = plain_line(" ".join(word.text for word in segment_words))
        assert " ".join(phrase.text for phrase in found if phrase.segment == place) == said


@given(any_timeline())
def test_no_line_is_too_long_unless_it_is_a_single_word(line: Timeline) -> None:
    for phrase in phrases_of(words_of(line)):
        assert len(phrase.text) <= LINE_CHARS or " " not in phrase.text
        assert len(halves(phrase.text)) <= 2
        assert all(len(half) <= HALF_CHARS or " " not in half for half in halves(phrase.text))


# --- speakers -------------------------------------------------------------------------------------


def test_speakers_are_named_where_there_are_several() -> None:
    line = timeline(segment("We float."), segment("Do we?", voice=GUEST), segment("So far.", voice=GUEST))
    found = phrases_of(words_of(line), NAMES)
    assert [phrase.speaker for phrase in found] == ["Edith Tolland", "The keeper", "The keeper"]


@pytest.mark.parametrize("names", [{}, {NARRATOR: "One", GUEST: "One"}])
def test_speakers_are_not_named_where_they_have_one_name_or_none(names: dict[object, str]) -> None:
    line = timeline(segment("We float."), segment("Do we?", voice=GUEST))
    assert {phrase.speaker for phrase in phrases_of(words_of(line), names)} == {""}  # type: ignore[arg-type]


def test_long_name_is_cut() -> None:
    line = timeline(segment("We have been afloat for years, and will be."), segment("Do we?", voice=GUEST))
    found = phrases_of(words_of(line), {NARRATOR: "Edith " * 60, GUEST: "B"})
    assert len(found[0].speaker) <= NAME_CHARS


# --- paragraphs -----------------------------------------------------------------------------------


def test_paragraphs_are_the_segments_as_written() -> None:
    found = paragraphs_of(words_of(EDITION), NAMES)
    assert [paragraph.role for paragraph in found] == [
        *(Role.IDENT, Role.FLY_TITLE, Role.HEADLINE, Role.PARAGRAPH),
        *(Role.QUOTATION, Role.HEADING, Role.LIST_ITEM, Role.LIST_ITEM),
    ]
    assert found[3].text.startswith("The council of Aldmouth (see chart) paid £1.2m for a ferry in 1971;")
    assert [paragraph.speaker for paragraph in found if paragraph.speaker_change] == [
        *("Edith Tolland", "The keeper", "Edith Tolland")
    ]


# --- what is shown --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\x00b\x1bc\x7fd", "a b c d"),
        ("one\r\ntwo\u2028three\x85four", "one two three four"),
        ("\u202eevil\u202c \u2066isolated\u2069", "evil isolated"),
        ("so\u00adft ze\u200bro \ufeffmark", "soft zero mark"),
        ("lone \ud800 half \uffff", "lone \ufffd half \ufffd"),
        ("مرحبا\u200f می‌خواهم 👩‍🚒", "مرحبا\u200f می‌خواهم 👩‍🚒"),
        ("  ", ""),
    ],
)
def test_text_is_made_fit_to_be_shown(text: str, seen: str) -> None:
    assert plain_line(text) == seen
    assert plain_line(seen) == seen


def test_halves_are_even() -> None:
    assert halves("short") == ("short",)
    assert halves("By seven there are nine barges in the basin.") == ("By seven there are nine", "barges in the basin.")
    assert halves("x" * 40) == ("x" * 40,)


def test_every_letter_of_a_phrase_is_in_its_halves() -> None:
    text = "Ports should charge ships what they cost them"
    assert re.sub(r"\s", "", "".join(halves(text))) == re.sub(r"\s", "", text)
