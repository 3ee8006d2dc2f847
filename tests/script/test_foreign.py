"""What is in another language: who reads it, and what an editor is told."""

from __future__ import annotations

from audiobuild.config.show_file import parse_show
from audiobuild.script.foreign_texts import find_foreign
from tests.scripts import SHOW, article, edition, plan, segments

FRENCH = "Il a plu 3 fois sur la ville, et le prix est de 12,5 % ce soir. Il est 14h30.\n"
NAMED = parse_show(b'[languages]\nfr = "espeak:fr"', "show.toml")


def kinds(text: str, show: str = "") -> list[str]:
    of_show = parse_show(show.encode(), "show.toml") if show else SHOW
    read = article(text)
    return [doubt.kind for doubt in find_foreign(edition(read), plan(read, show=of_show), of_show)]


def test_foreign_paragraph_is_kept_from_the_rules_and_read_by_the_shows_voice() -> None:
    said = [segment for segment in segments(plan(article(f"The ferry was late.\n\n{FRENCH}"))) if segment.language]
    assert [segment.spoken.text for segment in said] == [FRENCH.strip()]
    assert {segment.voice for segment in said} == {next(segments(plan(article("Rain fell.")))).voice}


def test_foreign_paragraph_goes_to_the_voice_that_is_named() -> None:
    said = [segment for segment in segments(plan(article(FRENCH), show=NAMED)) if segment.language]
    assert {(segment.voice.engine, segment.voice.name) for segment in said} == {("espeak", "fr")}


def test_editor_is_told_once_of_an_article_and_of_each_passage() -> None:
    assert kinds(f"---\nlang: fr\n---\n{FRENCH}\n{FRENCH}") == ["no rules for fr", "no voice for fr"]
    assert kinds("The ferry, <span lang='fr'>il est tard</span>, was late.") == []  # it is a part of a sentence
    english = "The ferry was late that day, and it was not the first time that it was.\n\n"
    assert kinds(f"{english * 4}{FRENCH}") == ["no voice for fr"]
    assert kinds(f"{english * 4}{FRENCH}", '[languages]\nfr = "espeak:fr"') == []
    assert kinds(english) == []
