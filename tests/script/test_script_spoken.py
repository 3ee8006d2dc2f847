"""What a script says of its show, dates and places, and with which stops and pauses."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from audiobuild.config.show import PauseSettings, Show, StingSettings, VoiceSettings, VoicesSettings
from audiobuild.model.values import Fate, Role, Segment, Sting, Voice, frames_of
from audiobuild.normalisation import Entry
from audiobuild.normalisation.english import write_date
from audiobuild.script.sections import Stings, plan_script
from tests.scripts import LONG, NO_STINGS, SHOW, TEA, article, edition, plan, said, segments

# --- what the show says ---------------------------------------------------------------------------


def test_ident_says_show_and_date() -> None:
    assert said(plan(article(TEA)), Role.IDENT) == [
        "The Lock. November the seventh twenty twenty-six.",
        "That was The Lock.",
    ]


@pytest.mark.parametrize(
    ("template", "spoken"),
    [
        ("{show}. {date}.", ["The Lock."]),
        ("Welcome! This is {date}. Stay.", ["Welcome! Stay."]),
        ("{show} for {date}", []),
        ("", []),
    ],
)
def test_ident_leaves_out_a_sentence_about_a_date_that_is_not_known(template: str, spoken: list[str]) -> None:
    show = replace(SHOW, intro=StingSettings(text=template), outro=StingSettings())
    assert said(plan(article(TEA), show=show, published=None), Role.IDENT) == spoken


def test_show_without_a_name_has_no_ident_but_says_its_outro() -> None:
    show = Show(outro=StingSettings(text="From {show}, goodbye."))
    assert said(plan(article(LONG), show=show), Role.IDENT) == ["From A day at the lock, goodbye."]


def test_intro_and_outro_play_their_stings_outermost() -> None:
    show = replace(SHOW, intro=StingSettings("i.wav", "{show}.", -3.0, 1, 2, 3))
    script = plan_script(edition(article(TEA)), show, Stings(Path("i.wav"), Path("o.wav")))
    pause = frames_of(500)
    assert script.sections[0].items[0] == Sting(Path("i.wav"), pause, -3.0, 1, 2, 3)
    assert script.sections[-1].items[-1] == Sting(Path("o.wav"), pause)
    assert said(script, Role.IDENT) == ["The Lock.", "That was The Lock."]


def test_the_sound_of_a_word_stands_where_its_spoken_form_does() -> None:
    lexicon = (Entry("Łódź", "Woodge", "wutɕ"), Entry("6m", "six metres"), Entry("bass", "base", "beɪs", near="guitar"))
    text = (
        "# Lines\n\nIn 1971 it was 6m to Łódź’s gate. A bass guitar, and far away from that, in a river of the county, "
    )
    script = plan_script(edition(article(text + "swam a bass.\n")), Show(), NO_STINGS, lexicon)
    (paragraph,) = (item for item in segments(script) if item.role is Role.PARAGRAPH)
    told = [
        (paragraph.spoken.text[sound.offset : sound.offset + sound.length], sound.ipa)
        for sound in paragraph.pronunciations
    ]
    assert told == [("Woodge", "wutɕ"), ("base", "beɪs")]


def test_a_sting_stands_between_departments_and_opens_the_chapter() -> None:
    articles = [article(TEA, "a.md", "Water"), article(TEA, "b.md", "Water"), article(LONG, "c.md", "Land")]
    stings = Stings(Path("i.wav"), section=Path("s.wav"))
    script = plan_script(edition(*articles), replace(SHOW, section=StingSettings(text="Now: {section}")), stings)
    first, second, third = script.sections[1:4]
    assert not any(isinstance(item, Sting) for item in (*first.items, *second.items))
    assert third.items[0] == Sting(Path("s.wav"), frames_of(500))
    assert said(script, Role.SECTION) == ["Now: Water.", "Now: Land."]


def test_departments_are_not_announced_where_nothing_is_to_be_said_of_them() -> None:
    show = replace(SHOW, section=StingSettings(text=""))
    assert said(plan(article(TEA, "a.md", "Water"), article(TEA, "b.md", "Land"), show=show), Role.SECTION) == []


def test_a_ducked_sting_and_the_words_after_it_are_one() -> None:
    """The outro has no words after it, so its sting stays as it is."""
    settings = StingSettings("x.wav", "{show}.", duck_ms=800, duck_db=-9)
    show = replace(SHOW, intro=settings, outro=settings)
    script = plan_script(edition(article(TEA)), show, Stings(Path("i.wav"), Path("o.wav")))
    opening = script.sections[0].items[0]
    sting = Sting(Path("i.wav"), frames_of(500), duck_ms=800, duck_db=-9)
    assert isinstance(opening, Segment)
    assert (opening.spoken.text, opening.over) == ("The Lock.", sting)
    assert script.sections[-1].items[-1] == replace(sting, path=Path("o.wav"))


def test_without_words_of_its_own_the_intro_lies_under_the_article() -> None:
    show = replace(SHOW, intro=StingSettings("x.wav", duck_ms=800))
    script = plan_script(edition(article(TEA)), show, Stings(Path("i.wav")))
    (headline,) = (item for item in segments(script) if item.over)
    assert headline.role is Role.HEADLINE


@pytest.mark.parametrize(
    ("day", "written"),
    [*((1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th")), *((day, f"{day}th") for day in (11, 12, 13)), (21, "21st")],
)
def test_dates_are_written_in_house_style(day: int, written: str) -> None:
    assert write_date(dt.date(2019, 1, day)) == f"January {written} 2019"


# --- dates and places -----------------------------------------------------------------------------

DATED = "# Tea\n> Nov 5th 2026{place}\n\nTea is cheap.\n"


@pytest.mark.parametrize(
    ("place", "spoken"),
    [("", "November the fifth twenty twenty-six."), (" | GOUDA", "November the fifth twenty twenty-six. Gouda.")],
)
def test_single_article_says_its_date_and_place_where_the_intro_says_another(place: str, spoken: str) -> None:
    assert said(plan(article(DATED.format(place=place))), Role.DATE) == [spoken]
    nameless = plan(article(DATED.format(place=place)), show=Show(), published=dt.date(2026, 11, 5))
    assert said(nameless, Role.DATE) == [spoken]


@pytest.mark.parametrize(("place", "spoken"), [("", []), (" | LE HAVRE", ["Le Havre."])])
def test_single_article_does_not_say_the_date_again_that_the_intro_says(place: str, spoken: list[str]) -> None:
    script = plan(article(DATED.format(place=place)), published=dt.date(2026, 11, 5))
    assert said(script, Role.DATE) == spoken
    assert [entry.reason for entry in script.ledger if entry.fate is Fate.SKIPPED] == (
        [] if spoken else ["the date is said in the intro"]
    )


def test_articles_of_an_edition_say_their_places_alone() -> None:
    script = plan(article(DATED.format(place=" | Port Talbot")), article(DATED.format(place=""), "b.md"))
    assert said(script, Role.DATE) == ["Port Talbot."]


# --- stops and pauses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Who pays", "Who pays."),
        ("Who pays?", "Who pays?"),
        ("“Who pays?”", "Who pays?"),
        ("Stop!", "Stop!"),
        ("A guide:", "A guide:"),
        ("It ends.", "It ends."),
        ("It ends (here)", "It ends (here)."),
    ],
)
def test_headings_end_in_one_stop(written: str, spoken: str) -> None:
    assert said(plan(article(f"###### {written}\n# {written}\n\nText.")), Role.FLY_TITLE, Role.HEADLINE) == [spoken] * 2


def test_stop_after_a_heading_is_accounted_for_and_paragraphs_get_none() -> None:
    headline, paragraph = (segment for segment in segments(plan(article("# Who pays\n\nNobody does"))) if segment.line)
    assert [(item.start, item.end, item.spoken, item.rule) for item in headline.spoken.replacements] == [
        (8, 8, ".", "full stop")
    ]
    assert paragraph.spoken.text == "Nobody does"


EVERY_PART = "###### Fly\n# Head\n##### Rubric\n> Nov 5th 2026\n\nFirst.\n\n## Sub\n\n> Quoted.\n\n- Item\n\nLast.\n"


def test_pauses_are_those_of_the_show() -> None:
    pauses = PauseSettings(*range(0, 1300, 100))
    show = replace(SHOW, pauses=pauses)
    found = {segment.role: segment.pause_frames for segment in segments(plan(article(EVERY_PART), show=show))}
    asked = {role: frames_of(getattr(pauses, role.name.lower())) for role in Role if role is not Role.SECTION}
    assert found == asked | {Role.PARAGRAPH: frames_of(pauses.article)}  # the last of its kind is the article's last
    announced = plan(article(TEA, "a.md", "Water"), article(TEA, "b.md", "Water"), show=show)
    assert [item.pause_frames for item in segments(announced) if item.role is Role.SECTION] == [frames_of(300)]
    last = [segment.pause_frames for segment in segments(announced) if segment.role is Role.PARAGRAPH]
    assert last == [frames_of(1200)] * 2


def test_no_pause_is_shorter_than_joining_needs() -> None:
    script = plan(article(EVERY_PART), show=replace(SHOW, pauses=PauseSettings(*[0] * 13)))
    assert {segment.pause_frames for segment in segments(script)} == {frames_of(60)}


def test_voice_is_that_of_the_show() -> None:
    script = plan(
        article(EVERY_PART), show=replace(SHOW, voices=VoicesSettings(narrator=VoiceSettings("silent", "low", 1.5)))
    )
    assert {segment.voice for segment in segments(script)} == {Voice("silent", "low", 1.5)}


def test_american_show_speaks_american() -> None:
    script = plan(article("# One\n\nIt has 340 locks."), show=replace(SHOW, language="en-US"))
    assert said(script, Role.PARAGRAPH) == ["It has three hundred forty locks."]


def test_definitions_hold_for_one_article() -> None:
    first = article("# One\n\nThe Inland Lock Register (ILR) is late.\n\nThe ILR is late.", "a.md")
    assert said(plan(first, article("# Two\n\nILR.", "b.md")), Role.PARAGRAPH)[:2] == [
        "The Inland Lock Register is late.",
        "The I L R is late.",
    ]


def test_a_text_that_stands_in_an_article_twice_is_said_as_its_editor_has_it_at_each_place() -> None:
    said_so = "# Pool\n\n6m\n\n6m<!-- say: six metres -->\n\n6m\n\n6m\n\n<!-- pause 2s -->\n\nEnd.\n"
    own = [item for item in segments(plan(article(said_so))) if item.role is Role.PARAGRAPH]
    assert [item.spoken.text for item in own] == ["six million", "six metres", "six million", "six million", "End."]
    assert [item.line for item in own] == [3, 5, 7, 9, 13]
    assert own[3].pause_frames == frames_of(2000) > own[2].pause_frames


def test_the_number_of_an_item_stands_before_its_words_with_all_that_is_known_of_both() -> None:
    items = "# T\n\nIt rained.\n\n7. Orban paid 6m\n8. Orban paid 6m\n"
    said_so = [item for item in segments(plan(article(items))) if item.role is Role.LIST_ITEM]
    assert [item.spoken.text for item in said_so] == [
        "seven. Orban paid six million.",
        "eight. Orban paid six million.",
    ]
    assert [item.line for item in said_so] == [5, 6]
    for item in said_so:
        spoken = item.spoken
        assert [spoken.written[each.start : each.end] for each in spoken.replacements] == [spoken.written[0], "6m", ""]
        assert [spoken.text[each.offset :][:5] for each in item.pronunciations] == ["Orban"]


def test_moves_of_chess_are_read_with_the_number_they_stand_behind() -> None:
    moves = plan(article("# T\n\nThey played.\n\n1. e4 e5\n2. Nf3 Nc6\n"))
    assert said(moves, Role.LIST_ITEM) == ["one, E four, E five.", "two, knight F three, knight C six."]


def test_items_are_counted_but_those_of_a_chronicle_have_years() -> None:
    counted = "# T\n\nIt rained.\n\n" + "1. Boats\n" * 1102 + "\nAnd then.\n\n1913. Rain\n1914. War\n"
    said_so = said(plan(article(counted)), Role.LIST_ITEM)
    assert said_so[0] == "one. Boats."
    assert said_so[-3:] == [
        "one thousand one hundred and two. Boats.",
        "nineteen thirteen. Rain.",
        "nineteen fourteen. War.",
    ]


def test_items_of_a_number_alone_are_counted_with_the_others() -> None:
    text = "# T\n\nIt rained.\n\n" + "1.\n" * 1102 + "1. Boats\n\nAnd then.\n\n1913.\n"
    first, *_, last, boats, year = said(plan(article(text)), Role.LIST_ITEM)
    assert (first, year) == ("one.", "nineteen thirteen.")
    assert (last, boats) == ("one thousand one hundred and two.", "one thousand one hundred and three. Boats.")
