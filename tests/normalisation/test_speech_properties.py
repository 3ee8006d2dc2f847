"""What holds of spoken text whatever was written."""

from __future__ import annotations

import re
import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobuild.model.values import Spoken
from audiobuild.normalisation import (
    Context,
    Entry,
    Policy,
    gather_context,
    opening_words,
    split_sentences,
    split_text,
    verbalise,
)
from audiobuild.normalisation.overrides import verbalise_with
from tests.speech_cases import read_cases

SYMBOLS = re.compile(r"[^\w\s.,;:?!()'’-]|_")
FORMS = st.sampled_from(
    "6m $1.2bn £40m 12% 2-0 40-50 1990s '80s 2014 3rd G7 CO2 covid-19 B-52 WTO NATO IS IT US WHO EU’s CEOs VI Mr eg"
    " etc v No 7.15pm 16:20 3/4/2019 2019-01-03 4 25km 5°C 1/4 ½ & @jo example.com"
    " https://a.org/b?c=1 (IS) — … - “yes” ‘no’ I A.B. U.S."
    " #MeToo #2024Vote @a_b c/o (D-MA) C# <b> /a/b_c Boise, 83702 | E.ON r/Ask .txt O.K. Ph.D. W. a.k.a."
    " x² ≥ +44 20 7946 0958 10:1 IN THE PAST ½m €5-6m R&D A$3 PhD ii ’tis readers’".split()
)
WORDS = st.sampled_from(
    "the of Islamic State said and in old war men Smith ran it was for by .  , ; : ? ! ( ) \n".split(" ")
)
CASES = tuple(read_cases())
TOKENS = st.sampled_from(sorted({token for case in CASES for token in case.written.split()}))
MARKS = st.text("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~–—…‘’“”■°×÷±²³½£€¥§¶№™→≥αμπ†−′″⁻¹₂⁴", min_size=1, max_size=3)
FOREIGN = st.text("éßİıſǅДжשع你好あア🙂🇬🏽\u200b\u00ad\u0301\ufe0f\u2028\u00a0ⅧⅳⅫ①㎞٣५ﬁ𝐀ªº☭㉑", min_size=1, max_size=3)
PIECES = st.one_of(
    TOKENS,
    TOKENS,
    TOKENS,
    TOKENS.map(str.upper),
    TOKENS.map(str.lower),
    TOKENS.map(lambda token: token[: len(token) // 2 + 1]),
    MARKS,
    FOREIGN,
    st.text(string.ascii_letters, min_size=1, max_size=4),
    st.integers(0, 10**7).map(str),
)
JOINTS = st.sampled_from(
    [" ", " ", " ", " ", "", "", ", ", ". ", "-", "/", "\n", "(", ") ", "’", "'s ", ": ", "…", "—"]
)
MIXTURES = st.lists(st.tuples(PIECES, JOINTS), max_size=8).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)
"""Forms of every class, whole, cut and in other capitals, with symbols and strange letters, joined in any way."""
PROSE = st.lists(st.one_of(FORMS, WORDS), max_size=14).map(" ".join)
ASCII = st.text(alphabet=string.printable, max_size=60)
ANYTHING = st.one_of(PROSE, MIXTURES, ASCII, st.text(max_size=40))
CONTEXTS = st.sampled_from([Context(), Context(locale="en-US"), Context(definitions=(("IS", "Islamic State"),))])


def rebuilt(spoken: Spoken, *, side: str) -> str:
    """Put the written or the spoken text together again from the replacements."""
    parts: list[str] = []
    done = 0
    for replacement in spoken.replacements:
        assert spoken.written[replacement.start : replacement.end] == replacement.written
        assert done <= replacement.start <= replacement.end
        parts += (spoken.written[done : replacement.start], getattr(replacement, side))
        done = replacement.end
    return "".join([*parts, spoken.written[done:]])


@settings(max_examples=settings().max_examples * 4, deadline=None)
@given(ANYTHING, CONTEXTS)
def test_spans_rebuild_both_texts_and_no_digit_and_no_symbol_is_left(written: str, context: Context) -> None:
    spoken = verbalise(written, context)
    assert spoken.written == written
    assert rebuilt(spoken, side="written") == written
    assert rebuilt(spoken, side="spoken") == spoken.text
    assert not [char for char in spoken.text if char.isdigit() or unicodedata.category(char) in {"Nd", "Nl", "No"}]
    assert not [char for char in SYMBOLS.findall(spoken.text) if unicodedata.category(char)[0] != "M"]


@pytest.mark.parametrize("locale", ["en-GB", "en-US"])
def test_every_case_settles_and_its_spoken_side_is_spoken_as_it_stands(locale: str) -> None:
    """Every case in its own locale, in which test_speech_cases has it spoken so, and every third in the other."""
    moving = []
    for case in (case for place, case in enumerate(CASES) if case.locale == locale or place % 3 == 0):
        context = gather_context([case.written], locale)
        text = case.spoken if case.locale == locale else verbalise(case.written, context).text
        if verbalise(text, context).text != text:
            moving.append((case.name, text))
    assert moving == []


EVERY_PLACE = Entry("-ɷɷ", "never")
"""An entry that stands nowhere, but could stand within a word with hyphens: so every word is looked at."""


def test_plain_words_are_passed_over_without_loss() -> None:
    """In every third case."""
    differing = [
        case.name
        for case in CASES[::3]
        if verbalise(case.written, Context(case.locale, lexicon=(EVERY_PLACE,))).text
        != verbalise(case.written, Context(case.locale)).text
    ]
    assert differing == []


@pytest.mark.parametrize("any_case", [False, True])
def test_an_entry_is_found_among_plain_words_wherever_it_stands(any_case: bool) -> None:
    """In every eightieth case, by turns, for its word in the middle, alone and with what follows it."""
    differing = []
    for case in CASES[80 * any_case :: 160]:
        words = case.written.split()
        for written in (words[len(words) // 2], " ".join(words[len(words) // 2 :][:2])):
            entry = Entry(written.swapcase() if any_case else written, "Zed", any_case=any_case)
            quick, slow = Context(case.locale, lexicon=(entry,)), Context(case.locale, lexicon=(entry, EVERY_PLACE))
            if verbalise(case.written, quick).text != verbalise(case.written, slow).text:
                differing.append((case.name, written))
    assert differing == []


def test_what_a_rule_has_said_is_never_looked_at_again() -> None:
    spoken = verbalise("Use mpg123 & see example.com/b/ie/archive")
    assert spoken.text == "Use M P G one twenty-three and see example dot com slash B slash I E slash archive"
    assert [each.written for each in spoken.replacements] == ["mpg123", "&", "example.com/b/ie/archive"]


def test_what_an_editor_wants_is_not_looked_at_again() -> None:
    context = Context(lexicon=(Entry("Kyiv", "Dr KEEV"), Entry("Sen", "Sen")))
    assert verbalise("Kyiv, Sen Jo and 6m", context).text == "Dr KEEV, Sen Jo and six million"
    said = verbalise_with("Kyiv & Sen Jo", (), context)
    assert said.text == "Dr KEEV and Sen Jo"


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("The harbour&#39;s feed &#8211; R&amp;D &lt; 5", "The harbour's feed, R and D less than five"),
        ("AT&T; he left &bogus;", "A T and T; he left and bogus;"),
    ],
)
def test_character_named_as_in_html_is_that_character(written: str, spoken: str) -> None:
    said = verbalise(written)
    assert said.text == spoken
    assert rebuilt(said, side="written") == written


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=string.ascii_letters + " .,;:?!\n", max_size=300), st.integers(1, 60))
def test_pieces_are_short_and_give_back_every_letter(text: str, most: int) -> None:
    pieces = split_text(text, most)
    assert all(0 < len(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(PROSE)
def test_sentences_give_back_every_word(text: str) -> None:
    assert " ".join(split_sentences(text)).split() == text.split()


@settings(deadline=None)
@given(PROSE, st.integers(8, 60))
def test_opening_words_keep_to_their_length(text: str, most: int) -> None:
    assert len(opening_words(text, Context(), most)) <= most


def test_piece_of_no_length_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        split_text("words", 0)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("J.K. Rowling met Mr. Smith at No. 10. They spoke.", ("J.K. Rowling met Mr. Smith at No. 10.", "They spoke.")),
        ("It cost $3.50 at example.com/a.b. Why?", ("It cost $3.50 at example.com/a.b.", "Why?")),
        ("“Go away!” she said. “Now.” He went.", ("“Go away!” she said.", "“Now.”", "He went.")),
        ("He waited... and waited. Then he left.", ("He waited... and waited.", "Then he left.")),
        ("George W. Bush won. The U.S. Senate sat. We left the U.S. He stayed.",
         ("George W. Bush won.", "The U.S. Senate sat.", "We left the U.S.", "He stayed.")),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(text: str, sentences: tuple[str, ...]) -> None:
    assert split_sentences(text) == sentences


def test_text_is_cut_at_phrases_before_words() -> None:
    assert split_text("One two three, four five six", 16) == ("One two three,", "four five six")
    assert split_text("incomprehensible", 6) == ("incomp", "rehens", "ible")


def test_opening_words_turn_capitals_to_words_and_keep_initialisms() -> None:
    text = "IN THE EU four years is a long time, and 6m people know it."
    assert opening_words(text, Context(), 26) == "In the EU four years is a…"
    assert opening_words("Short one.", Context(), 40) == "Short one"


def test_lexicon_beats_every_rule() -> None:
    context = Context(lexicon=(Entry("6m", "six metres"), Entry("Lviv", "Luh-veev", any_case=True)))
    assert (
        verbalise("A 6m wall in LVIV and 7m people", context).text
        == "A six metres wall in Luh-veev and seven million people"
    )


def test_lexicon_entry_waits_for_the_word_it_asks_for() -> None:
    context = Context(lexicon=(Entry("bass", "base", near="guitar"),))
    assert verbalise("a bass guitar", context).text == "a base guitar"
    assert verbalise("a bass in the lake", context).text == "a bass in the lake"


def test_policy_decides_over_lists() -> None:
    policies = {"NATO": Policy.SPELL, "WTO": Policy.WORD, "WFP": Policy.EXPAND}
    context = gather_context(["The World Food Programme (WFP) met."], policies=policies)
    assert (
        verbalise("The NATO, the WTO and the WFP", context).text == "The N A T O, the Wto and the World Food Programme"
    )


def test_replacement_names_its_rule() -> None:
    (replacement,) = verbalise("about 6m people").replacements
    assert (replacement.written, replacement.spoken, replacement.rule) == ("6m", "six million", "number.magnitude")
