"""Which web addresses may be published, and how they are written."""

from __future__ import annotations

import pytest

from audiobuild.model.addresses import web_address


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("https://a.example", "https://a.example"),
        (" http://a.example:8080/b?c=d&e=%20#f\n", "http://a.example:8080/b?c=d&e=%20#f"),
        ("https://a.example/50%", "https://a.example/50%25"),
        ("https://a.example/قفل", "https://a.example/%D9%82%D9%81%D9%84"),
        ('https://a.example/"onload=', "https://a.example/%22onload="),
    ],
)
def test_whole_address_is_written_in_ascii(written: str, published: str) -> None:
    assert web_address(written) == published
    assert web_address(published) == published


@pytest.mark.parametrize(
    "text",
    [
        *("", "a.html", "/2026/ferry/", "//a.example/b", "a.example", "https://", "http:///b", "https://[b"),
        *("javascript:alert(1)", "data:text/html,b", "ftp://a.example", "mailto:b@a.example"),
        *("https://a.example/b c", "https://a.example/\nb", "https://a.example/\0", "https://a\u202e.b"),
        *("https://a.example@b.example/", "https://ü.example/", "https://a.example/\ud800"),
    ],
)
def test_what_cannot_be_followed_or_looks_like_another_is_none(text: str) -> None:
    assert web_address(text) == ""
