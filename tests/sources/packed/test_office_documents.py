"""DOCX and ODT become articles by their styles; so do the EPUBs of other programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobuild.errors import SourceError
from audiobuild.model.values import PROSE, Article, BlockKind
from audiobuild.sources.packed.docx import read_docx
from audiobuild.sources.packed.odt import read_odt
from audiobuild.sources.readers import READERS
from tests.books import pack
from tests.known_documents import FILES, known_paragraphs, known_title, plain

DOCX = next(path for path in FILES if path.stem == "docx-pandoc").read_bytes()
ODT = next(path for path in FILES if path.stem == "odt-office").read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_paragraph_of_each_program_is_heard_in_order_and_no_other(path: Path) -> None:
    articles = [each for each in READERS[path.suffix](path.read_bytes(), path.name, "") if not each.unread]
    blocks = [block for each in articles for block in each.blocks if not block.unread]
    got = [plain(block.text) for block in blocks if block.kind in PROSE]
    # LibreOffice's EPUB has the title as a paragraph like any other; its headings are known by the contents.
    title = [known_title(path)] if path.stem == "epub-office" else []
    known = [plain(text) for text in (*title, *known_paragraphs(path))]
    assert got == known
    notes = [block.text for block in blocks if block.kind is BlockKind.FOOTNOTE]
    assert notes
    assert all("nobody wants to hear, the clerk sa" in note for note in notes)


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix != ".epub"], ids=lambda path: path.stem)
def test_title_is_the_headline_and_headings_are_headings(path: Path) -> None:
    article = next(iter(READERS[path.suffix](path.read_bytes(), path.name, "")))
    kinds = [block.kind for block in article.blocks if not block.unread]
    assert article.title == known_title(path)
    assert article.authors == (("Ada Reed",) if "pandoc" in path.stem else ())
    assert (kinds[0], kinds.count(BlockKind.HEADLINE)) == (BlockKind.HEADLINE, 1)
    assert BlockKind.HEADING in kinds
    assert [block.line for block in article.blocks] == list(range(1, len(article.blocks) + 1))


def test_title_page_that_a_program_adds_is_left_out() -> None:
    path = next(path for path in FILES if path.stem == "epub-pandoc-old")
    first = next(iter(READERS[path.suffix](path.read_bytes(), path.name, "")))
    assert (first.title, first.unread) == (known_title(path), "title and author are told by the episode itself")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"mud", "is damaged"),
        (pack({"mud.txt": "mud"}), "is damaged"),
        (pack({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'mud'>]><a>&b;</a>"}), "declares entities"),
        (pack({"../mud.xml": "mud"}), "leads out of it"),
    ],
)
def test_what_is_no_docx_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_docx(data, "mud.docx")


def test_what_is_no_odt_is_refused() -> None:
    for data in (b"mud", pack({"mud.txt": "mud"}), pack({"content.xml": "<a><text/></a>"})):
        with pytest.raises(SourceError):
            read_odt(data, "mud.odt")


def unread_in(article: Article) -> list[tuple[str, str]]:
    return [(block.text, block.unread or block.kind) for block in article.blocks if block.text.startswith("It")]


def test_captions_code_and_struck_words_of_a_document_are_not_read_whatever_its_own_styles_are_called() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/></w:style>'
        for key, name, base in (("Cap", "caption", ""), ("My", "Mine", "Cap"), ("Src", "Source Code", ""))
    )
    text = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{key}"/></w:pPr><w:r>{look}<w:t>It {words}.</w:t></w:r></w:p>'
        for key, look, words in (
            ("No", "", "rained on the quay all day"),
            ("My", "", "rains"),
            ("Src", "", "runs"),
            ("No", "<w:rPr><w:strike/></w:rPr>", "went"),
        )
    )
    parts = {"word/document": f"<w:body>{text}</w:body>", "word/styles": styles}
    packed = {f"{name}.xml": f"<w:{name[5:]} {space}>{inner}</w:{name[5:]}>" for name, inner in parts.items()}
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed["word/_rels/document.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relations}/styles" Target="styles.xml"/></Relationships>'
    )
    (article,) = read_docx(pack(packed), "mud.docx")
    assert unread_in(article) == [
        ("It rained on the quay all day.", BlockKind.PARAGRAPH),
        ("It rains.", "a caption is not read"),
        ("It runs.", BlockKind.CODE),
        ("It went.", "what was struck out is not read"),
    ]


def test_code_is_read_where_a_whole_document_is_set_as_code() -> None:
    spaces = 'xmlns:office="urn:office" xmlns:text="urn:text" xmlns:style="urn:style"'
    style = '<style:style style:name="P7" style:parent-style-name="Preformatted_20_Text"/>'
    code = '<text:p text:style-name="P7">It runs, and it runs, and runs.</text:p>'
    for others, kind in (("<text:p>It rained.</text:p>" * 9, BlockKind.CODE), ("", BlockKind.PARAGRAPH)):
        content = f"<office:a {spaces}>{style}<office:text>{others}{code}</office:text></office:a>"
        (article,) = read_odt(pack({"content.xml": content}), "mud.odt")
        assert article.blocks[-1].kind is kind


@settings(max_examples=settings().max_examples // 4, deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255), st.booleans(), st.booleans())
def test_damaged_document_is_read_or_is_one_clear_error(share: float, change: int, is_cut: bool, is_odt: bool) -> None:
    data, read = (ODT, read_odt) if is_odt else (DOCX, read_docx)
    place = int(share * len(data))
    damaged = data[:place] if is_cut else data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]
    try:
        assert read(damaged, "mud")[0].title
    except SourceError as error:
        assert error.message
