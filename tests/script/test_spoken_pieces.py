"""What is too long to be spoken in one go is cut into pieces."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from audiobuild.model.values import Role, Spoken, frames_of
from audiobuild.normalisation import DEFAULT_LOCALE, Context, verbalise
from audiobuild.normalisation.scan import rebuilt
from audiobuild.script.spoken_pieces import MOST_CHARS, cut_spoken
from tests.scripts import SHOW, article, plan, segments

SENTENCE = "On May 3rd 2026 it paid $1.2bn for 6m of them. "


def pieces(text: str) -> list[Spoken]:
    return list(cut_spoken(verbalise(text, Context()), DEFAULT_LOCALE))


def test_a_short_text_is_left_whole() -> None:
    assert len(pieces(SENTENCE)) == 1


def test_a_long_paragraph_is_cut_at_its_sentences() -> None:
    found = pieces(SENTENCE * 100)
    assert all(len(piece.text) <= MOST_CHARS + 1 for piece in found)  # and the space behind it
    assert all(piece.text.rstrip().endswith("of them.") for piece in found)


@given(
    st.lists(st.sampled_from([SENTENCE, "9" * 300, "word " * 50, "!" * 90, "\n", "x" * 2500, "£", "… "]), max_size=40)
)
def test_the_pieces_are_the_whole(parts: list[str]) -> None:
    spoken = verbalise("".join(parts), Context())
    found = list(cut_spoken(spoken, DEFAULT_LOCALE))
    assert "".join(piece.text for piece in found) == spoken.text
    assert "".join(piece.written for piece in found) == spoken.written
    assert all(rebuilt(piece.written, piece.replacements).text == piece.text for piece in found)
    assert all(len(piece.text.strip()) <= MOST_CHARS for piece in found)


def test_between_the_pieces_of_a_paragraph_is_the_pause_between_sentences() -> None:
    show = replace(SHOW, pauses=replace(SHOW.pauses, sentence=400, article=1500))
    script = plan(article("# Tea\n\n" + SENTENCE * 100), show=show)
    found = [segment for segment in segments(script) if segment.role is Role.PARAGRAPH]
    assert len(found) > 2
    assert [segment.pause_frames for segment in found[:-1]] == [frames_of(400)] * (len(found) - 1)
    assert found[-1].pause_frames == frames_of(1500)
    assert [entry.text for entry in script.ledger][-1] == (SENTENCE * 100).strip()


def test_of_a_long_paragraph_no_piece_is_without_a_word() -> None:
    script = plan(article("# Tea\n\nTea." + "!" * 9000 + " And milk."))
    found = [segment.spoken.text for segment in segments(script) if segment.role is Role.PARAGRAPH]
    assert len(found) == 2
    assert all(re.search(r"\w", text) for text in found)
