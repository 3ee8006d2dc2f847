"""Who an episode is by: the show's author, else those of its book or its articles."""

from __future__ import annotations

import pytest

from audiobuild.config.show import Show
from audiobuild.model.book import Book
from audiobuild.model.values import Article, Edition
from audiobuild.publish.episodes.description import describe

BOOK = Book("The Fen", "Ada Reed")


@pytest.mark.parametrize(
    ("author", "book", "authors", "artist"),
    [
        ("The harbour office", BOOK, [("Kim Roe",)], "The harbour office"),
        ("", BOOK, [("Kim Roe",)], "Ada Reed"),
        ("", None, [("Kim Roe", "Bo Lee"), ("Kim Roe",)], "Kim Roe and Bo Lee"),
        ("", None, [("Kim Roe", "Bo Lee"), ("Cy Fen", "Ada Reed")], "The Review"),
        ("", None, [()], "The Review"),
    ],
)
def test_artist_of_an_episode(author: str, book: Book | None, authors: list[tuple[str, ...]], artist: str) -> None:
    articles = tuple(Article("Mud", "mud.md", (), authors=each) for each in authors)
    edition = Edition(articles, "Mud", None, book=book)
    assert describe(edition, Show(title="The Review", author=author), ()).artist == artist
