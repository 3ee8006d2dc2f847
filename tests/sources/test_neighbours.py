"""What people have beside tidy Markdown: letters, exports of programs and sites, documents of other kinds."""

from __future__ import annotations

import quopri
from pathlib import Path

import pytest

from audiobuild.errors import NoArticle, SourceError
from audiobuild.model.values import Article, BlockKind
from audiobuild.script.foreign_texts import left_out
from audiobuild.sources.edition import read_edition
from audiobuild.sources.readers import READERS
from audiobuild.sources.source_files import find_files
from tests.books import pack
from tests.known_documents import heard

ONE = "The ferry left the quay at ten past six, with forty people on board and a piano in the hold."
TWO = "Nobody had asked what the piano was for, and the man who had brought it did not say a word about it."
HEAD = (
    b"Subject: =?utf-8?q?Caf=C3=A9_and_mud?=\nFrom: Ada Holt <ada@mud.example>\nDate: Sat, 14 Mar 2026 07:12:00 +0000\n"
)


def read(name: str, data: bytes | str) -> Article:
    (article,) = READERS[Path(name).suffix](data.encode() if isinstance(data, str) else data, name, "")
    return article


def test_letter_is_its_page_with_subject_sender_and_day() -> None:
    page = quopri.encodestring(f"<html><body><p>{ONE}</p><p>{TWO} “So”</p><p>Unsubscribe</p></body></html>".encode())
    mime = b"MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
    short = b"--b\nContent-Type: text/plain\n\nShort.\n--b\n"
    part = b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    article = read("mud.eml", HEAD + mime + short + part + page + b"\n--b--\n")
    facts = (article.title, article.authors, str(article.published))
    assert facts == ("Café and mud", ("Ada Holt",), "2026-03-14")
    assert heard(article)[:2] == [ONE, f"{TWO} “So”"]
    assert article.blocks[0].kind is BlockKind.FRONT_MATTER


def test_plain_letter_is_read_as_plain_text() -> None:
    article = read("mud.eml", HEAD + b"\n" + f"{ONE[:60]}\n{ONE[60:]}\n\n{TWO}\n".encode())
    assert (article.title, len(heard(article))) == ("Café and mud", 2)


def test_answer_is_read_without_what_it_answers_and_how_it_is_signed() -> None:
    text = f"\n{ONE}\n\n> What was it for?\n> Nobody knew.\n\n{TWO}\n\n-- \nAda Holt\nHarbour office\n"
    article = read("mud.eml", b"Subject: Re: AW: The piano\n" + text.encode())
    assert (article.title, heard(article)) == ("The piano", [ONE, TWO])
    reasons = [block.unread for block in article.blocks if block.unread]
    assert reasons == ["what a letter answers is not read", "how a letter is signed is not read"]


def test_page_that_a_browser_saved_in_one_file_is_read() -> None:
    head = (
        "From: <Saved by Blink>\nSubject: Mud\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    )
    page = f"Content-Type: text/html\n\n<html><body><h1>Mud</h1><p>{ONE}</p></body></html>\n--b--\n"
    article = read("mud.mhtml", head + page)
    assert (article.title, article.authors, heard(article)) == ("Mud", (), [ONE])


@pytest.mark.parametrize(
    "data", [b"", b"\0\1\2", b"It rained.", HEAD, HEAD + b"MIME-Version: 1.0\nContent-Type: image/png\n\n"]
)
def test_what_is_no_letter_is_one_clear_error(data: bytes) -> None:
    with pytest.raises(SourceError):
        read("mud.eml", data)


def test_document_of_google_has_its_title_and_neither_notes_nor_remarks() -> None:
    marks = '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>'
    article = read(
        "late.html",
        '<p class="c2 title" id="h.1"><span>Why the ferry was late</span></p>'
        f'<p class="c2 subtitle"><span>A short history</span></p><p>{ONE}{marks}</p><h1>The piano</h1><p>{TWO}</p><hr>'
        '<div><p class="c2"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;It was a Thursday.</span></p></div>'
        '<div class="c9"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Ada, is this right?</span></p></div>',
    )
    assert (article.title, article.rubric) == ("Why the ferry was late", "A short history")
    assert heard(article) == ["A short history", ONE, "The piano", TWO]


def test_document_that_word_saved_for_the_web_is_read_by_its_styles() -> None:
    page = (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1252'></head>"
        "<body><div class=WordSection1><p class=MsoTitle>Late ferry</p><p class=MsoSubtitle>A short history</p>"
        f"<p class=MsoNormal>{ONE}</p><h1>The \x93piano\x94</h1><p class=MsoNormal>{TWO}</p></div></body></html>"
    )
    article = read("late.htm", page.encode("latin-1"))
    assert (article.title, heard(article)) == ("Late ferry", ["A short history", ONE, "The “piano”", TWO])


def test_posts_exported_by_medium_and_substack_say_their_headline_once_and_no_marks_of_notes() -> None:
    again = "<h3 class='graf--title'>Late ferry</h3><h4 class='graf--subtitle'>A short history</h4>"
    head = "<header><h1>Late ferry</h1></header><section class='p-summary'>A short history</section>"
    medium = read("late.html", f"<article>{head}<section>{again}<p>{ONE}</p><p>{TWO}</p></section></article>")
    assert heard(medium) == ["A short history", ONE, TWO]
    note = '<a class="footnote-anchor" data-component-name="FootnoteAnchorToDOM" href="#footnote-1">1</a>'
    substack = read("late.html", f"<p>{ONE}{note}</p><h2 class='header-anchor-post'>The piano</h2><p>{TWO}</p>")
    assert (substack.title, heard(substack)) == ("Late", [ONE, "The piano", TWO])


def test_properties_of_a_page_exported_by_notion_are_facts() -> None:
    name = "Late ferry 0a1b2c3d4e5f60718293a4b5c6d7e8f9.md"
    article = read(name, f"# Late ferry\n\nDate: March 14, 2026\nTags: mud, rain\n\n{ONE}\n")
    assert (article.title, str(article.published), heard(article)) == ("Late ferry", "2026-03-14", [ONE])
    assert heard(read(name, f"# Late ferry\n\n{ONE}\n")) == [ONE]


def test_marks_of_blocks_and_tasks_of_obsidian_are_not_read() -> None:
    assert heard(read("late.md", f"{ONE} ^block-id\n\n- [?] Why so\n- [>] Later\n\nIt is 2 ^3\n")) == [
        *(ONE, "Why so", "Later", "It is 2 ^3")
    ]


def test_export_of_wordpress_leaves_out_drafts_and_what_is_no_article(tmp_path: Path) -> None:
    def item(title: str, text: str, kind: str = "post", status: str = "publish") -> str:
        facts = f"<wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status>"
        return f"<item><title>{title}</title><content:encoded><![CDATA[{text}]]></content:encoded>{facts}</item>"

    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"'
    caption = '[caption id="a" width="300"]<img src="a.jpg"/> The pier[/caption]'
    items = (
        item("Late", f"{caption}\n\n{ONE}\n\n{TWO}"),
        item("Soon", TWO, status="draft"),
        item("a.jpg", "", "attachment"),
    )
    path = tmp_path / "site.xml"
    path.write_text(
        f'<rss version="2.0" {names}><channel><title>Mud</title>{"".join(items)}{item("Empty", "")}</channel></rss>'
    )
    edition, _, _ = read_edition([path])
    assert [heard(article) for article in edition.articles] == [[ONE, TWO]]
    assert left_out(edition) == (
        "Mud: one entry is left out: a draft is left out",
        "Mud: one entry is left out: this is no article",
        "Mud: one entry is left out: there is no text of it in the feed",
    )


def test_feed_without_any_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text('<rss version="2.0"><channel><item><title>Empty</title></item></channel></rss>')
    with pytest.raises(NoArticle, match="no text of it"):
        read_edition([path])


def test_document_of_another_kind_is_told_of_and_what_to_do(tmp_path: Path) -> None:
    for name in ("a.doc", "b.md", "c.json", "d.pages"):
        (tmp_path / name).write_text(ONE)
    told = {file.path.name: file.unread for file in find_files(tmp_path, with_readme=False)}
    assert told == {
        "a.doc": "this is a document of old Word, which is not read: save it as DOCX",
        "b.md": "",
        "d.pages": "this is a document of Pages, which is not read: export it as DOCX or EPUB",
    }
    with pytest.raises(SourceError, match="a document of old Word") as caught:
        read_edition([tmp_path / "a.doc"])
    assert caught.value.hint == "Save it as DOCX."


def test_dialogue_that_is_set_as_a_table_and_no_post_from_elsewhere_is_read() -> None:
    answer = ONE.replace("ferry", "tug")
    rows = "".join(f'<tr><td epub:type="z3998:persona">Captain</td><td>{said}</td></tr>' for said in (ONE, answer))
    post = f'<blockquote class="instagram-media"><p>{TWO}</p></blockquote>'
    hidden = '<span class="screen-reader-text"> (opens in a new tab)</span>'
    assert heard(read("late.html", f"<p>{TWO}{hidden}</p><table>{rows}</table>{post}")) == [
        *(TWO, "Captain", ONE, "Captain", answer)
    ]


def test_numbered_lists_of_a_document_are_counted() -> None:
    names = "".join(f' xmlns:{each}="urn:{each}"' for each in ("office", "text", "style"))
    styles = '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/>'
    item = "<text:list-item><text:p>Mud</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('')}</text:list>"
    lists = f'<text:list text:style-name="L1">{item.format(inner)}{item.format("")}</text:list>'
    content = f"<office:document{names}>{styles}</text:list-style><office:text>{lists}</office:text></office:document>"
    assert heard(read("late.odt", pack({"content.xml": content}))) == ["1. Mud", "Mud", "2. Mud"]


def test_language_that_is_none_is_the_shows() -> None:
    article = read("late.html", f"<html lang='C'><p>{ONE}</p><p lang=en_gb>{TWO}</p><p lang=und>{TWO}</p></html>")
    assert [block.language for block in article.blocks if block.kind is BlockKind.PARAGRAPH] == ["", "en-GB", ""]


def docx(*paragraphs: str, **others: str) -> bytes:
    """Pack a document of Word's."""
    office = "http://schemas.openxmlformats.org"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    part = f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
    target = f'Type="{office}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"'
    names = f'xmlns:w="{office}/wordprocessingml/2006/main" xmlns:m="{office}/officeDocument/2006/math"'
    body = "".join(paragraphs)
    return pack(
        {
            "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types">{part}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{office}/package/2006/relationships">'
            f'<Relationship Id="r" {target}/></Relationships>',
            "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
            **{f"word/{name}.xml": f"<w:{name} {names}>{part}</w:{name}>" for name, part in others.items()},
        }
    )


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def formula(words: str) -> str:
    return f"<m:oMath><m:r><m:t>{words}</m:t></m:r></m:oMath>"


def test_every_word_of_a_document_is_there() -> None:
    field = f"<w:fldSimple w:instr='REF a'>{run('Figure 2')}</w:fldSimple>"
    ruby = f"<w:r><w:ruby><w:rt>{run('aloud')}</w:rt><w:rubyBase>{run('As written.')}</w:rubyBase></w:ruby></w:r>"
    gone = "<w:del w:id='1'><w:r><w:delText>No.</w:delText></w:r></w:del>"
    document = docx(
        f"<w:p>{run('See ')}{field}{run(', where ')}{formula('x')}{run(' is five.')}</w:p>",
        f"<w:p>{run('So ')}{formula('E=mc2')}{run(' holds.')}</w:p><m:oMathPara>{formula('a+b')}</m:oMathPara>",
        f"<w:p><w:dir w:val='rtl'>{run('Right to left.')}</w:dir>{run(' Hidden.', '<w:vanish/>')}</w:p>",
        f"<w:p>{ruby}</w:p><w:p>{gone}<w:ins w:id='2'>{run('Yes.')}</w:ins></w:p>",
        f"<w:p><w:moveTo w:id='3'>{run('Moved.')}</w:moveTo></w:p>",
        f"<w:p><w:moveFrom w:id='4'>{run('Moved off.')}</w:moveFrom></w:p>",
    )
    article = read("late.docx", document)
    assert heard(article) == [
        "See Figure 2, where x is five.",
        "So holds.",
        "Right to left.",
        "As written.",
        "Yes.",
        "Moved.",
    ]
    reasons = {block.text: block.unread for block in article.blocks if block.unread}
    maths = "mathematics is not read"
    assert reasons == {
        **dict.fromkeys(("<math>", "E=mc2", "a+b"), maths),
        "Hidden.": "what is hidden is not read",
        **dict.fromkeys(("No.", "Moved off."), "what was struck out is not read"),
    }


def test_words_in_a_box_are_read_behind_the_paragraph_that_it_hangs_on() -> None:
    box = f"<w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent>"
    drawing = f"<w:r><w:drawing><w:inline>{box}</w:inline></w:drawing></w:r>"
    assert heard(read("late.docx", docx(f"<w:p>{run(ONE)}{drawing}</w:p><w:p>{run(TWO)}</w:p>"))) == [
        *(ONE, "In a box.", TWO)
    ]


def test_what_a_document_hides_strikes_out_or_says_of_pictures_is_accounted_for() -> None:
    names = 'xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:draw="d" xmlns:svg="urn:svg-compatible:1.0"'
    style = "<style:style style:name='T9'><style:text-properties text:display='none'/></style:style>"
    picture = "<draw:frame><draw:image/><svg:desc>A ferry at a quay</svg:desc></draw:frame>"
    hidden = "<text:p>Shown.<text:span text:style-name='T9'>Secret.</text:span></text:p>"
    section = "<text:section text:display='none'><text:p>Set aside.</text:p></text:section>"
    struck = "<text:tracked-changes><text:deletion><text:p>Sunk.</text:p></text:deletion></text:tracked-changes>"
    body = f"<office:text>{struck}<text:p>{picture}</text:p>{hidden}{section}</office:text>"
    head = f"<style:header {names}><text:p>The Late Ferry</text:p></style:header>"
    content = f"<office:document {names}>{style}{body}</office:document>"
    article = read("late.odt", pack({"content.xml": content, "styles.xml": head}))
    assert heard(article) == ["Shown."]
    assert {block.text: block.unread for block in article.blocks if block.unread} == {
        **dict.fromkeys(("Secret.", "Set aside."), "what is hidden is not read"),
        "Sunk.": "what was struck out is not read",
        "The Late Ferry": "running heads and page numbers are not read",
    }
    assert "A ferry at a quay" in [block.text for block in article.blocks if block.kind is BlockKind.IMAGE]


def test_remarks_in_documents_are_accounted_for() -> None:
    remark = f"<w:comment w:id='1' w:author='Ada'><w:p>{run('Is this right?')}</w:p></w:comment>"
    word = read("late.docx", docx(f"<w:p>{run(ONE)}</w:p>", comments=remark))
    names = 'xmlns:office="o" xmlns:text="t" xmlns:dc="d"'
    note = "<office:annotation><dc:creator>Ada</dc:creator><text:p>Is this right?</text:p></office:annotation>"
    content = f"<office:document {names}><office:text><text:p>{ONE}{note}</text:p></office:text></office:document>"
    office = read("late.odt", pack({"content.xml": content}))
    for article in (word, office):
        assert heard(article) == [ONE]
        assert {block.text: block.unread for block in article.blocks if block.unread} == {
            "Is this right?": "a remark is not read"
        }


@pytest.mark.parametrize(
    ("name", "data", "message", "hint"),
    [
        ("late.txt", rb"{\rtf1\ansi The ferry was late.}", "rich text", "Save it as DOCX."),
        ("late.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word", "Save it as DOCX."),
        (
            "late.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "under a password",
            "Take the password off, and save it anew.",
        ),
        ("late.srt", ONE.encode(), "subtitles", "Save their text as TXT, without the times."),
        ("late.webloc", b"<plist/>", "a link to a page", "Name the page's address itself."),
    ],
)
def test_kind_that_is_not_read_is_told_by_its_name_or_its_first_bytes(
    name: str, data: bytes, message: str, hint: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match=message) as told:
        read_edition([tmp_path / name])
    assert told.value.hint == hint


def test_of_an_export_of_blogger_only_posts_are_articles(tmp_path: Path) -> None:
    kind = "http://schemas.google.com/blogger/2008/kind#"
    entries = "".join(
        f"<entry><category term='{kind}{each}'/><title>A {each}</title><content type='html'>&lt;p&gt;{ONE}</content>"
        "<published>2026-03-14T07:12:00Z</published></entry>"
        for each in ("template", "settings", "post", "comment")
    )
    (tmp_path / "blog.xml").write_text(f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Mud</title>{entries}</feed>")
    edition, _, _ = read_edition([tmp_path / "blog.xml"])
    assert [article.title for article in edition.articles] == ["A post"]


def test_shortcodes_of_wordpress_are_accounted_for_and_what_they_frame_is_read(tmp_path: Path) -> None:
    body = (
        f"<p>{ONE}</p>\n[gallery ids='1,2']\n\n[embed]https://film.example/1[/embed]\n\n[su_note]{TWO} [sic][/su_note]"
    )
    item = f"<item><title>Late ferry</title><content:encoded><![CDATA[{body}]]></content:encoded></item>"
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    (tmp_path / "late.xml").write_text(f'<rss version="2.0" {names}><channel><title>Mud</title>{item}</channel></rss>')
    (article,) = read_edition([tmp_path / "late.xml"])[0].articles
    assert heard(article) == [ONE, f"{TWO} [sic]"]
    assert {block.text for block in article.blocks if block.unread == "a template is not read"} >= {
        "[gallery ids='1,2']",
        "[embed]https://film.example/1[/embed]",
    }


def test_pictures_in_markdown_itself_count_for_nothing() -> None:
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 500_000
    article = read("late.md", f"# Late\n\n{ONE}\n\n![][image1]\n\n[image1]: <{picture}>\n")
    assert heard(article) == [ONE]
    assert article.image is None
    assert all(len(block.text) < 100 for block in article.blocks if block.text != ONE)
