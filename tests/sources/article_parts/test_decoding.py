"""Texts come out as they were written, whatever the encoding."""

from __future__ import annotations

import pytest

from audiobuild.sources.article_parts.decoding import guess_text
from audiobuild.sources.html.markup_text import decode_markup

WESTERN = (
    "It’s “fine” — naïve, in a café, and it cost £5 or so that year.",
    "Die Brücke ist groß, sagte er – „früh und müde“, und ging nach Hause.",
    "Il n’a pas dit où le garçon était resté tout l’hiver : « à Málaga ».",
    "¿Qué pasó en la mañana? El niño no lo sabe, y nadie se lo dijo.",
)
RUSSIAN = "Привет, мир. Это длинный текст на русском языке, который нужно прочитать. Москва — столица."


@pytest.mark.parametrize("text", WESTERN)
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_western_text(text: str, encoding: str) -> None:
    assert guess_text(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic"])
def test_cyrillic_text(encoding: str) -> None:
    data = RUSSIAN.encode(encoding, "ignore")
    assert guess_text(data) == data.decode(encoding)


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp"])
def test_text_in_another_script(encoding: str) -> None:
    text = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。" * 3
    assert guess_text(text.encode(encoding)) == text


def test_line_in_another_encoding_does_not_spoil_the_rest() -> None:
    data = "“Café” — née.\n".encode() + "A café.\n".encode("latin-1")
    assert guess_text(data) == "“Café” — née.\nA café.\n"
    page = b"<meta charset=utf-8><p>" + data
    assert "“Café” — née.\nA café." in decode_markup(page, "a.html")
