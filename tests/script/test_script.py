"""An edition becomes a script: all that is said, in order, with its pauses, and an account of every block."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobuild.config.show import ChaptersSettings, Show, VoiceSettings, VoicesSettings
from audiobuild.errors import SourceError
from audiobuild.model.values import Article, Block, BlockKind, Fate, Role, Script, Segment, Sting
from audiobuild.script.sections import Stings, plan_script
from audiobuild.sources.marked.markdown import read_markdown
from tests.material import shared
from tests.scripts import BARGES, LONG, RAIL, SHOW, TEA, article, edition, plan, said, segments


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
        BlockKind.FRONT_MATTER: "title, date and web address are taken from it",
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


def with_url(text: str, url: str) -> str:
    return f"---\nurl: {url}\n---\n{text}"


def test_chapter_of_an_article_has_its_address_if_that_can_be_followed() -> None:
    texts = with_url(BARGES, "https://lock.example/ü"), with_url(TEA, "javascript:alert(1)")
    script = plan(*map(article, texts))
    assert [section.url for section in script.sections] == ["", "https://lock.example/%C3%BC", "", ""]


def test_single_article_gives_its_address_to_its_first_chapter_and_its_picture_to_the_cover_alone() -> None:
    script = plan(article(with_url(LONG, "https://lock.example/day")), show=Show())
    assert [section.url for section in script.sections] == ["https://lock.example/day", "", "", ""]
    assert {section.image for section in plan(article(BARGES)).sections} == {None}


@pytest.mark.parametrize(
    ("template", "section", "fly_title", "expected"),
    [
        ("{section}: {title}", "Water", "", "Water: Tea"),
        ("{section}: {title}", "", "", "Tea"),
        ("{section} - {title}", "", "", "Tea"),
        ("{title} | {section}", "", "", "Tea"),
        ("{title} ({section})", "", "", "Tea"),
        ("{title} ({section}, {number})", "", "", "Tea (3)"),
        ("{fly_title} – {section}: {title}", "Water", "", "Water: Tea"),
        ("{fly_title} – {section}: {title}", "", "Kettles", "Kettles – Tea"),
        ("{fly_title} – {section}: {title}", "", "", "Tea"),
        ("{number}. {fly_title} {title}", "", "", "3. Tea"),
        ("Number {number} {section}: {title}", "", "", "Number 3: Tea"),
        ("{section}", "", "", "Tea"),
        ("", "Water", "Kettles", "Tea"),
        ("{section}: {title}", "{title}: ", "", "{title}:: Tea"),
    ],
)
def test_chapter_title_is_filled_in_and_has_no_separator_of_what_is_empty(
    template: str, section: str, fly_title: str, expected: str
) -> None:
    fly_line = f"###### {fly_title}\n" if fly_title else ""
    third = replace(article(f"{fly_line}# Tea\n\nIt is drunk.", section=section), number=2)
    show = replace(SHOW, chapters=ChaptersSettings(template))
    assert [each.title for each in plan(article(BARGES), third, show=show).sections][2] == expected


def test_template_changes_neither_what_is_said_nor_other_chapters() -> None:
    show = replace(SHOW, chapters=ChaptersSettings("{number}: {title}"))
    plain, numbered = (plan(article(BARGES), article(TEA, "b.md"), show=each) for each in (SHOW, show))
    assert list(segments(plain)) == list(segments(numbered))
    assert [numbered.sections[place].title for place in (0, -1)] == ["Introduction", "Outro"]
    assert plan(article(LONG), show=show) == plan(article(LONG))


def test_title_keeps_its_own_marks_where_a_part_is_empty() -> None:
    show = replace(SHOW, chapters=ChaptersSettings("{section}: {title}"))
    script = plan(article("# – 30 –\n\nThe end."), article(TEA, "b.md"), show=show)
    assert script.sections[1].title == "– 30 –"


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


@pytest.mark.parametrize(
    ("title", "is_said"),
    [("The pond froze.", False), ("The pond froze. It was…", False), ("The pond", True), ("It was cold.", True)],
)
def test_headline_that_the_text_begins_with_is_said_once(title: str, is_said: bool) -> None:
    note = article(f"---\ntitle: {title}\n---\nThe pond froze. It was cold on the quay.\n")
    assert bool(said(plan(note), Role.HEADLINE)) == is_said
