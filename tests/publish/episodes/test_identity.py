"""What two episodes have in common: articles are found by what they are known by, or else by their texts."""

from __future__ import annotations

from audiobuild.publish.episodes.identity import ArticleMark, Common, count_common, find_new, sketch

_PROSE = "The harbour master counted the boats twice and wrote the number in a book that nobody was to read again."


def _mark(name: str, text: str = "", *, id: str = "", url: str = "") -> ArticleMark:
    return ArticleMark(name.title(), id, url, name, "2026-11-07", sketch(text or f"{name} {name} alone"))


def test_an_article_is_found_by_its_name_its_id_or_its_address() -> None:
    published = (_mark("ferry"), _mark("fog", id="f1"), _mark("quay", url="a.example/quay"))
    built = (_mark("wharf", url="a.example/quay"), _mark("mist", id="f1"), _mark("ferry", "of another text"))
    assert count_common(published, built) == Common(3, 3, 3)
    assert find_new(published, built) == ()


def test_an_id_that_is_another_is_another_article_whatever_its_name() -> None:
    published, built = (_mark("ferry", id="one"),), (_mark("ferry", "of another text", id="two"),)
    assert count_common(published, built).count == 0
    assert find_new(published, built) == built


def test_a_corrected_text_is_found_under_another_name() -> None:
    published, built = (_mark("ferry", _PROSE),), (_mark("harbour", _PROSE.replace("twice", "once")),)
    assert count_common(published, built).count == 1
    assert find_new(published, built) == ()


def test_the_most_like_of_several_texts_is_the_same() -> None:
    other = _PROSE.replace("boats twice", "ships once").replace("that nobody", "which everybody")
    published, built = (_mark("ferry", _PROSE), _mark("ship", other)), (_mark("a", other), _mark("b", _PROSE))
    assert count_common(published, built).count == 2


def test_no_article_is_counted_twice() -> None:
    published, built = (_mark("ferry", _PROSE), _mark("copy", _PROSE)), (_mark("harbour", _PROSE),)
    assert count_common(published, built) == Common(1, 2, 1)
    assert find_new(built, published) == ()
