"""Takes are laid end to end, and every section of them is a chapter."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from audiobuild.model.values import Chapter, Cue, Role, Script, Section, Segment, Spoken, Sting, Take, Timeline, Voice
from audiobuild.timeline.layout import lay_out


def segment(text: str) -> Segment:
    return Segment(Spoken(text, text, ()), Voice("silent"), Role.PARAGRAPH, 23)


def take(key: str, frames: int) -> Take:
    return Take(key, frames, (), (), -3.0, -20.0, 6)


def test_cues_and_chapters_stand_where_their_frames_do() -> None:
    first, second, sting = segment("One."), segment("Two."), Sting(Path("bell.wav"), 20)
    takes: dict[Segment | Sting, Take] = {first: take("a", 100), second: take("b", 40), sting: take("c", 7)}
    sections = (
        Section("Beginning", (sting, first), Path("lock.jpg"), "How it began"),
        Section("End", (second, first)),
    )
    assert lay_out(Script(sections, ()), takes) == Timeline(
        cues=(
            Cue(sting, takes[sting], 0, 7),
            Cue(first, takes[first], 7, 107),
            Cue(second, takes[second], 107, 147),
            Cue(first, takes[first], 147, 247),
        ),
        chapters=(
            Chapter(sections[0], 0, 107),
            Chapter(sections[1], 107, 247),
        ),
        frames=247,
    )


def test_section_without_items_makes_no_chapter() -> None:
    one = segment("One.")
    sections = (Section("Empty", ()), Section("Full", (one,)), Section("Empty as well", ()))
    timeline = lay_out(Script(sections, ()), {one: take("a", 5)})
    assert timeline.chapters == (Chapter(sections[1], 0, 5),)


def test_script_of_nothing_is_a_timeline_of_nothing() -> None:
    assert lay_out(Script((), ()), {}) == Timeline((), (), 0)


@given(st.lists(st.lists(st.integers(1, 5000), max_size=5), max_size=6))
def test_cues_and_chapters_touch_from_the_first_frame_to_the_last(lengths: list[list[int]]) -> None:
    takes: dict[Segment | Sting, Take] = {}
    sections = []
    for place, frames in enumerate(lengths):
        items = tuple(segment(f"{place}.{number}") for number in range(len(frames)))
        takes |= {item: take(item.spoken.text, length) for item, length in zip(items, frames, strict=True)}
        sections.append(Section(f"Section {place}", items))
    timeline = lay_out(Script(tuple(sections), ()), takes)

    total = sum(map(sum, lengths))
    assert timeline.frames == total
    for spans in (timeline.cues, timeline.chapters):
        bounds = [0, *(span.end_frame for span in spans)]
        assert [span.start_frame for span in spans] == bounds[:-1]
        assert bounds[-1] == total
    assert [cue.end_frame - cue.start_frame for cue in timeline.cues] == [
        length for frames in lengths for length in frames
    ]
    assert [chapter.title for chapter in timeline.chapters] == [
        f"Section {place}" for place, frames in enumerate(lengths) if frames
    ]
    assert [chapter.end_frame - chapter.start_frame for chapter in timeline.chapters] == [sum(f) for f in lengths if f]
