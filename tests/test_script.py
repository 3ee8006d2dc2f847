"""An edition becomes a script: all that is said, in order, with its pauses, and an account of every block."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobuild.config import PauseSettings, Show, StingSettings, VoiceSettings, VoicesSettings, parse_show
from audiobuild.errors import SourceError
from audiobuild.model import (
    Article,
    Block,
    BlockKind,
    Edition,
    Fate,
    Role,
    Script,
    Segment,
    Sting,
    Voice,
    frames_of,
)
from audiobuild.readers.markdown import read_markdown
from audiobuild.reading import written_date
from audiobuild.script import Stings, plan_script
from audiobuild.speech import Entry
from tests.material import shared

NO_STINGS = Stings()
SHOW = parse_show(b'title = "The Lock"\n[outro]\ntext = "That was {show}."', "show.toml")

BARGES = """###### Canals
# The slow water pays
##### Barges are back, and nobody is hurrying them
![image](images/lock.jpg)
> Nov 5th 2026 | PORT TALBOT

THE LOCK opens at six. By seven there are nine barges in the basin.

> We have never been in a hurry, says the keeper

- Gravel goes up.
- Grain comes down;

***

Nobody thinks that it will last.
"""
TEA = """# Who put the kettle on?
> Nov 6th 2026

Tea is cheap this week, which is news to those who sell it.

| leaf | price |
|---|---|
| black | low |

https://tea.example/prices
"""
RAIL = """---
title: Points of order
date: 2026-11-04
---
The signals at the junction are older than the man who pulls them.[^1]

[^1]: He is old as well.
"""
LONG = """# A day at the lock
> Nov 5th 2026

The keeper is up before the birds.

## Morning

The first barge comes down with gravel.

The second comes down with more of it.

## Evening

The last barge goes up empty.
"""


def article(text: str, source: str = "a.md", section: str = "") -> Article:
    return read_markdown(text.encode(), source, section)


def edition(*articles: Article, published: dt.date | None = dt.date(2026, 11, 7)) -> Edition:
    return Edition(articles, articles[0].title, published, is_issue=len(articles) > 1)


def plan(*articles: Article, show: Show = SHOW, published: dt.date | None = dt.date(2026, 11, 7)) -> Script:
    return plan_script(edition(*articles, published=published), show, NO_STINGS)


def segments(script: Script) -> Iterator[Segment]:
    for section in script.sections:
        yield from (item for item in section.items if isinstance(item, Segment))


def said(script: Script, *roles: Role) -> list[str]:
    return [segment.spoken.text for segment in segments(script) if segment.role in roles]


def rendered(script: Script) -> str:
    """Write a script for reading: role, pause in frames and words; then the ledger."""
    lines = []
    for section in script.sections:
        lines += [f"== {section.title}" + (f" [{section.image.as_posix()}]" if section.image else "")]
        for item in section.items:
            if isinstance(item, Sting):
                lines.append(f"{'sting':<11}{item.pause_frames:>4}  {item.path.as_posix()}")
            else:
                lines.append(f"{item.role:<11}{item.pause_frames:>4}  {item.spoken.text}")
        lines.append("")
    lines.append("== Ledger")
    for entry in script.ledger:
        reason = f" ({entry.reason})" if entry.reason else ""
        text = entry.text if len(entry.text) <= 40 else f"{entry.text[:40]}..."
        lines.append(f"{entry.source}:{entry.line} {entry.kind} {entry.fate}{reason}: {text!r}")
    return "\n".join(lines) + "\n"


# --- golden files ---------------------------------------------------------------------------------


def test_edition_of_two_departments_is_scripted_as_in_its_golden_file(golden: Callable[[str, str], None]) -> None:
    articles = (
        article(BARGES, "1-water/01-barges.md", "Water"),
        article(TEA, "1-water/02-tea.md", "Water"),
        article(RAIL, "2-land/01-rail.md", "Land"),
    )
    stings = Stings(Path("intro.flac"), Path("outro.flac"))
    golden("script-edition.txt", rendered(plan_script(edition(*articles), SHOW, stings)))


def test_article_with_sub_headings_is_scripted_as_in_its_golden_file(golden: Callable[[str, str], None]) -> None:
    golden("script-sub-headings.txt", rendered(plan(article(LONG, "long.md"))))


def test_article_without_sub_headings_is_scripted_as_in_its_golden_file(golden: Callable[[str, str], None]) -> None:
    golden("script-article.txt", rendered(plan(article(BARGES, "barges.md"))))


# --- the account ----------------------------------------------------------------------------------


def require_account(script: Script, articles: tuple[Article, ...]) -> None:
    """Hold the ledger against the articles and what is said: nothing missing, nothing twice, nothing unexplained."""
    blocks = [(item.source, block.line, block.kind, block.text) for item in articles for block in item.blocks]
    assert [(entry.source, entry.line, entry.kind, entry.text) for entry in script.ledger] == blocks
    spoken = Counter((entry.source, entry.line) for entry in script.ledger if entry.fate is Fate.SPOKEN)
    assert spoken == Counter((segment.source, segment.line) for segment in segments(script) if segment.line)
    for entry in script.ledger:
        assert (entry.fate is Fate.SKIPPED) == bool(entry.reason)
    for segment in segments(script):
        assert any(character.isalnum() for character in segment.spoken.text)
    assert all(section.items for section in script.sections)


BLOCK_TEXTS = st.sampled_from(
    (
        *("The barge came in.", "Locks", "Really?", "World Lock Fund (WLF)", "40-50 barges, 12% of them late", "IT IS"),
        *("■", "", "…", "Nov 5th 2026 | GOUDA", "Nov 5th 2026", "https://a.example/b"),
    )
) | st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)


@st.composite
def articles(draw: st.DrawFn, number: int) -> Article:
    kinds = draw(st.lists(st.sampled_from(BlockKind), max_size=8))
    blocks = tuple(Block(kind, draw(BLOCK_TEXTS), line) for line, kind in enumerate(kinds, 1))
    published = draw(st.none() | st.just(dt.date(2026, 11, 5)))
    place = draw(st.sampled_from(["", "GOUDA", "Le Havre"]))
    section = draw(st.sampled_from(["", "Water", "Land"]))
    return Article("Locks", f"{number}.md", blocks, published=published, place=place, section=section)


@settings(max_examples=60)
@given(st.integers(1, 3).flatmap(lambda count: st.tuples(*(articles(number) for number in range(count)))))
def test_every_block_of_any_edition_is_in_the_ledger_once(several: tuple[Article, ...]) -> None:
    try:
        script = plan(*several)
    except SourceError:
        return
    require_account(script, several)


def test_every_block_of_the_real_articles_is_in_the_ledger_once() -> None:
    paths = sorted(shared("corpus", "gov").glob("*.md"))
    several = tuple(read_markdown(path.read_bytes(), path.name) for path in paths)
    assert len(several) == 28
    script = plan(*several)
    require_account(script, several)
    assert len(script.sections) == 30  # with intro and outro


def test_what_is_skipped_says_why() -> None:
    script = plan(article(BARGES), article(TEA, "b.md"), article(RAIL, "c.md"))
    reasons = {entry.kind: entry.reason for entry in script.ledger if entry.fate is Fate.SKIPPED}
    assert reasons == {
        BlockKind.IMAGE: "a picture is not read",
        BlockKind.RULE: "a ruled line has no words",
        BlockKind.DATE: "an edition has one date, said at its start",
        BlockKind.TABLE: "a table is not read",
        BlockKind.PARAGRAPH: "a bare web address is not read",
        BlockKind.FRONT_MATTER: "title and date are taken from it",
        BlockKind.FOOTNOTE: "a footnote is not read",
    }


# --- chapters -------------------------------------------------------------------------------------


def test_edition_has_a_chapter_for_each_article_with_its_picture() -> None:
    script = plan(article(BARGES), article(TEA, "b.md"))
    assert [section.title for section in script.sections] == [
        "Introduction",
        "The slow water pays",
        "Who put the kettle on?",
        "Outro",
    ]
    assert [section.image for section in script.sections] == [None, Path("images/lock.jpg"), None, None]


def test_department_is_announced_where_it_begins() -> None:
    script = plan(
        article(TEA, "a.md", "Water"),
        article(TEA, "b.md", "Water"),
        article(TEA, "c.md"),
        article(TEA, "d.md", "Water"),
    )
    announced = [
        any(isinstance(item, Segment) and item.role is Role.SECTION for item in section.items)
        for section in script.sections
    ]
    assert announced == [False, True, False, False, True, False]
    assert said(script, Role.SECTION) == ["Water.", "Water."]


def test_edition_of_a_show_without_name_or_stings_starts_with_its_first_article() -> None:
    script = plan(article(BARGES), article(TEA, "b.md"), show=Show())
    assert [section.title for section in script.sections] == ["The slow water pays", "Who put the kettle on?"]


def test_single_article_has_a_chapter_for_each_sub_heading() -> None:
    script = plan(article(LONG))
    assert [section.title for section in script.sections] == [
        "A day at the lock",
        "The keeper is up before the birds",
        "Morning",
        "Evening",
        "Outro",
    ]


def paragraphs(lengths: list[int]) -> Article:
    """Make an article whose paragraphs have about so many characters, each with words of its own at its start."""
    names = "abcdefghijklmnopqrst"
    texts = [
        f"Barge {names[place]} is laden {'with gravel ' * (length // 12)}today." for place, length in enumerate(lengths)
    ]
    return article("# Laden\n\n" + "\n\n".join(texts))


@given(st.lists(st.integers(100, 400), min_size=4, max_size=20))
def test_article_without_sub_headings_is_cut_at_paragraphs_about_every_ninety_seconds(lengths: list[int]) -> None:
    script = plan(paragraphs(lengths))
    body = [section for section in script.sections[1:] if section.title != "Outro"]
    chars = [sum(len(item.spoken.text) for item in section.items if isinstance(item, Segment)) for section in body]
    assert len(body) == max(1, round(sum(chars) / 1350))
    if len(body) > 1:
        assert all(1350 * 2 / 3 - 450 <= count <= 1350 * 4 / 3 + 450 for count in chars)
    for section in body:
        assert section.title.startswith("Barge")
    assert len({section.title for section in body}) == len(body)


def test_faster_voice_makes_fewer_chapters() -> None:
    one = paragraphs([400] * 14)
    normal, fast = (
        len(
            plan(
                one, show=replace(SHOW, voices=VoicesSettings(narrator=VoiceSettings("espeak", "", rate, 0.0)))
            ).sections
        )
        for rate in (1.0, 2.0)
    )
    assert (normal, fast) == (6, 4)


def test_one_giant_paragraph_is_one_chapter() -> None:
    assert len(plan(paragraphs([9000])).sections) == 3
    assert len(plan(paragraphs([9000, 100])).sections) == 4


def test_article_of_which_no_body_is_spoken_has_its_heading_alone() -> None:
    script = plan(article("# Prices\n\nhttps://tea.example/prices\n"))
    assert [section.title for section in script.sections] == ["Prices", "Outro"]
    assert said(script, Role.HEADLINE) == ["Prices."]


def test_articles_without_a_word_that_is_read_are_an_error() -> None:
    silent = article("# ■\n\n■\n")
    with pytest.raises(SourceError, match=r"a\.md: there is nothing to read aloud"):
        plan(silent)
    assert [section.title for section in plan(silent, article(TEA, "b.md")).sections] == [
        "Introduction",
        "Who put the kettle on?",
        "Outro",
    ]


def test_title_of_front_matter_is_said_as_the_headline() -> None:
    assert said(plan(article(RAIL)), Role.HEADLINE) == ["Points of order."]


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
    assert written_date(dt.date(2019, 1, day)) == f"January {written} 2019"


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
