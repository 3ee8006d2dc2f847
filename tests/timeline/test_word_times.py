"""Every written word is heard once, in order, when its spoken words are."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.model.speech_marks import WordTime
from audiobuild.model.values import Replacement, Role, Script, Section, Segment, Spoken, Sting, Take, Timeline, ms_of
from audiobuild.normalisation import verbalise
from audiobuild.timeline.layout import lay_out
from audiobuild.timeline.word_times import TimedWord, words_of
from tests.timed import BELL, EDGE_MS, GUEST, LETTER_MS, NARRATOR, PAUSE_FRAMES, segment, spoken, take, timeline

FORMS = st.sampled_from(
    "6m $1.2bn (IS) “yes” — … don’t U.S. Mar 4th 2011 40-50 🙂 \u202e \u200b \u00a0 ( ) & & IN THE PAST 7.15pm"
    " years. men, war; said: who? الكلمة 你好 a b the of \n <b> -->".split(" ")
)
TEXTS = st.one_of(st.lists(FORMS, max_size=14).map(" ".join), st.text(max_size=40))


@st.composite
def any_spoken(draw: st.DrawFn) -> Spoken:
    """Written text with anything said in place of any of its parts, or as the rules would have it."""
    if draw(st.booleans()):
        return verbalise(draw(TEXTS))
    parts = draw(st.lists(st.tuples(TEXTS, st.one_of(st.none(), TEXTS)), max_size=5))
    written = "".join(part for part, _ in parts)
    starts = itertools.accumulate((len(part) for part, _ in parts), initial=0)
    text = "".join(part if said is None else said for part, said in parts)
    changes = (
        Replacement(start, start + len(part), part, said, "any")
        for start, (part, said) in zip(starts, parts, strict=False)
        if said is not None
    )
    return Spoken(text, written, tuple(changes))


@st.composite
def any_timeline(draw: st.DrawFn) -> Timeline:
    """Segments of any text, with any rising times or none, of any length."""
    takes: dict[Segment | Sting, Take] = {}
    items: list[Segment | Sting] = []
    for said in draw(st.lists(any_spoken(), min_size=1, max_size=4)):
        item = segment(said, draw(st.sampled_from(Role)), draw(st.sampled_from([NARRATOR, GUEST])))
        made = take(item, timed=draw(st.booleans()))
        steps = draw(st.lists(st.integers(0, 900), min_size=len(made.words), max_size=len(made.words)))
        times = itertools.accumulate(steps)
        words = tuple(WordTime(time, word.offset, word.length) for time, word in zip(times, made.words, strict=True))
        length = draw(st.integers(0, 400))
        takes[item] = Take("any", PAUSE_FRAMES + length, words, (), -3.0, -20.0, 6)
        items += draw(st.sampled_from([(item,), (BELL, item)]))
    takes[BELL] = take(BELL)
    return lay_out(Script((Section("All", tuple(items)),), ()), takes)


def texts_of(words: tuple[TimedWord, ...]) -> list[str]:
    return [word.text for word in words]


def starts_of(words: tuple[TimedWord, ...]) -> list[int]:
    return [word.start_ms for word in words]


def at(text: str, word: str) -> int:
    """When a word of spoken text is heard in a take of its own, at the start of an episode."""
    return EDGE_MS + LETTER_MS * text.index(word)


# --- written words at spoken times ----------------------------------------------------------------


def test_words_said_as_written_start_where_the_engine_heard_them() -> None:
    text = "The boat sails, by night."
    words = words_of(timeline(segment(text)))
    assert texts_of(words) == ["The", "boat", "sails,", "by", "night."]
    assert starts_of(words) == [at(text, word) for word in ("The", "boat", "sails", "by", "night")]


def test_form_takes_the_time_of_its_first_spoken_word_and_ends_where_the_next_token_starts() -> None:
    said = spoken("It cost $5bn today.", ("$5bn", "five billion dollars"))
    words = words_of(timeline(segment(said)))
    assert texts_of(words) == ["It", "cost", "$5bn", "today."]
    assert words[2].start_ms == at(said.text, "five")
    assert words[2].end_ms == words[3].start_ms == at(said.text, "today")


def test_silent_words_belong_to_the_token_before_them() -> None:
    said = spoken("Islamic State (IS) 🙂 fell (see chart).", (" (IS) 🙂", ""), (" (see chart)", ""))
    assert texts_of(words_of(timeline(segment(said)))) == ["Islamic", "State (IS) 🙂", "fell (see chart)."]


def test_silent_words_before_all_others_belong_to_the_first() -> None:
    said = spoken("🙂 — Hello", ("🙂 — ", ""))
    assert texts_of(words_of(timeline(segment(said)))) == ["🙂 — Hello"]


def test_form_of_several_tokens_is_heard_as_one_where_it_says_more_words_or_fewer() -> None:
    said = spoken("On Mar 4th 2011, then", ("Mar 4th 2011", "March the fourth twenty eleven"))
    assert texts_of(words_of(timeline(segment(said)))) == ["On", "Mar 4th 2011,", "then"]


def test_form_that_says_as_many_words_as_it_has_tokens_is_heard_word_by_word() -> None:
    said = spoken("IN THE PAST year", ("IN THE PAST", "In the past"))
    words = words_of(timeline(segment(said)))
    assert texts_of(words) == ["IN", "THE", "PAST", "year"]
    assert starts_of(words) == [at(said.text, word) for word in ("In", "the", "past", "year")]


def test_word_with_a_changed_letter_inside_is_one_word() -> None:
    said = spoken("We don’t-know yet", ("’", "'"))
    assert texts_of(words_of(timeline(segment(said)))) == ["We", "don’t-know", "yet"]


def test_last_word_ends_with_the_sound_before_the_pause() -> None:
    line = timeline(segment("One two."))
    assert words_of(line)[-1].end_ms == ms_of(line.frames - PAUSE_FRAMES)


def test_sound_of_a_word_is_taken_to_end_before_the_pause_behind_it() -> None:
    one, two, _ = words_of(timeline(segment("Come. Go on")))
    assert one.start_ms < one.sound_end_ms < one.end_ms
    assert two.sound_end_ms == two.end_ms


def test_stings_have_no_words_but_are_counted() -> None:
    words = words_of(timeline(BELL, segment("One"), BELL, segment("Two")))
    assert [(word.text, word.segment) for word in words] == [("One", 1), ("Two", 3)]
    assert words[0].start_ms == ms_of(take(BELL).frames) + EDGE_MS


def test_word_knows_its_chapter_role_voice_and_paragraph() -> None:
    first, second = segment("A head", Role.HEADLINE, GUEST), segment("A tail")
    takes: dict[Segment | Sting, Take] = {item: take(item) for item in (first, second)}
    line = lay_out(Script((Section("1", (first,)), Section("2", (second,))), ()), takes)
    told = [(word.chapter, word.role, word.voice, word.paragraph_start) for word in words_of(line)]
    assert told == [
        *((0, Role.HEADLINE, GUEST, is_first) for is_first in (True, False)),
        *((1, Role.PARAGRAPH, NARRATOR, is_first) for is_first in (True, False)),
    ]


# --- reckoned times -------------------------------------------------------------------------------


def test_words_without_times_are_spread_over_the_sound() -> None:
    line = timeline(segment("A boat, a bridge and a barge."), timed=False)
    words = words_of(line)
    assert words[0].start_ms == EDGE_MS
    assert words[-1].end_ms == ms_of(line.frames - PAUSE_FRAMES)
    lengths = {word.text: word.end_ms - word.start_ms for word in words}
    assert lengths["boat,"] > lengths["bridge"] > lengths["and"] > 0


def test_reckoned_times_come_near_those_of_an_even_voice() -> None:
    item = segment("Both sides kept the bargain more or less and the quay became one of the few places left")
    told, reckoned = (words_of(timeline(item, timed=timed)) for timed in (True, False))
    for known, guess in zip(told, reckoned, strict=True):
        assert guess.start_ms == pytest.approx(known.start_ms, abs=250)


def test_over_a_sting_reckoned_words_end_the_sound_at_the_pace_of_the_voice() -> None:
    """Four seconds of sting before the voice are not taken for speech."""
    plain, opening = segment("Nobody was ever in a hurry here"), segment("Later in the year", over=BELL)
    takes: dict[Segment | Sting, Take] = {plain: take(plain, timed=False)}
    takes[opening] = take(opening, timed=False, before_ms=4000)
    line = lay_out(Script((Section("All", (opening, plain)),), ()), takes)
    assert words_of(line)[0].start_ms == pytest.approx(4000 + EDGE_MS, abs=150)


# --- whatever was written -------------------------------------------------------------------------


@given(any_timeline())
def test_every_written_word_comes_out_once_and_in_order(line: Timeline) -> None:
    words = words_of(line)
    for place, cue in enumerate(line.cues):
        inside = [word.text for word in words if word.segment == place]
        written = cue.item.spoken.written if isinstance(cue.item, Segment) else ""
        assert " ".join(inside) == " ".join(written.split())


@given(any_timeline())
def test_times_rise_and_no_word_ends_before_it_starts(line: Timeline) -> None:
    words = words_of(line)
    for word in words:
        assert word.start_ms <= word.sound_end_ms <= word.end_ms
    for word, after in itertools.pairwise(words):
        assert word.end_ms <= after.start_ms
        assert word.segment < after.segment or word.end_ms == after.start_ms
        assert after.paragraph_start == (word.segment != after.segment)
    for cue_words in (list(group) for _, group in itertools.groupby(words, key=lambda word: word.segment)):
        cue = line.cues[cue_words[0].segment]
        assert ms_of(cue.start_frame) <= cue_words[0].start_ms
        until_ms = max(ms_of(cue.start_frame), ms_of(cue.end_frame - cue.item.pause_frames))
        assert 0 <= until_ms - cue_words[-1].end_ms <= 1


def test_timeline_of_nothing_has_no_words() -> None:
    assert words_of(Timeline((), (), 0)) == ()
    assert words_of(timeline(Sting(Path("horn.wav"), 5))) == ()
