"""Lexicons in TSV and PLS are read and written without loss."""

from __future__ import annotations

import pytest

from audiobuild.errors import ConfigError
from audiobuild.normalisation import Entry
from audiobuild.normalisation.lexicon_formats import read_lexicon, read_pls, render_lexicon, render_pls

ENTRIES = (
    Entry("Lviv", "Luh-veev", "lʋiu̯"),
    Entry("R&D", "research and development"),
    Entry("bass", "base", any_case=True, near="guitar"),
)


def test_tsv_is_read_as_it_was_written() -> None:
    assert read_lexicon("# written\tspoken\n\n" + render_lexicon(ENTRIES)) == ENTRIES


def test_pls_is_read_as_it_was_written() -> None:
    text = render_pls(ENTRIES[:2], "en-GB")
    assert 'alphabet="ipa"' in text
    assert read_pls(text) == ENTRIES[:2]


@pytest.mark.parametrize("line", ["lonely", "\tspoken", "a\tb\t\tsome"])
def test_line_that_is_no_entry_is_refused_with_its_place(line: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_lexicon(f"Kyiv\tKeev\n{line}\n", "show/lexicon.tsv")
    assert caught.value.where == "show/lexicon.tsv:2"


@pytest.mark.parametrize("text", ["no xml", "<lexicon/>", '<!DOCTYPE a [<!ENTITY b "c">]><lexicon/>'])
def test_text_that_is_no_lexicon_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        read_pls(text)
