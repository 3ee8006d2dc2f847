"""Documents of one fragment again and again, as editors' files hold them, for `scripts/fuzz --slow`.

What is timed is what every command does with a file: it is read, and scripted. To read alone is a part of it.
"""

from __future__ import annotations

import datetime as dt
import io
import textwrap
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import escape

from audiobuild.config.show import Show
from audiobuild.errors import AudiobuildError
from audiobuild.model.values import Article, Edition
from audiobuild.script.sections import Stings, plan_script
from audiobuild.sources.paged.pdf import read_words
from audiobuild.sources.paged.pdf_extraction import take_out_words
from audiobuild.sources.readers import READERS
from audiobuild.sources.remote.feed_entries import read_entry, read_feed

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OASIS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
    for name, kind in {"office": "office", "text": "text", "table": "table", "draw": "drawing"}.items()
)
_LETTER = "From: Ann <a@b.c>\nSubject: Mud\nMIME-Version: 1.0\nContent-Type: text/{}; charset=utf-8\n\n"


@dataclass(frozen=True)
class Document:
    """A kind of document."""

    write: Callable[[str], bytes]
    """Makes one of what stands in it."""
    paragraph: str
    """How a paragraph is written in it."""
    fragments: str
    """What means something in it, each on a line."""
    suffix: str

    def worst(self) -> list[str]:
        """List its fragments as they stand in it."""
        return [each.replace("\\n", "\n") for each in self.fragments.split("\n")]

    def of(self, paragraphs: Iterable[str]) -> str:
        """Write paragraphs of plain text."""
        return "".join(self.paragraph.format(escape(each, quote=False)) for each in paragraphs)

    def read(self, inside: str) -> None:
        """Read and script a document, or refuse it."""
        data = self.write(inside)
        with suppress(AudiobuildError):
            _script(tuple(_READ[self.suffix](data) if self.suffix in _READ else READERS[self.suffix](data, "a", "")))


def _entries(data: bytes) -> Iterable[Article]:
    _, entries = read_feed(data, "feed.xml")
    for entry in entries:
        with suppress(AudiobuildError):
            yield read_entry(entry, "feed.xml")


_READ: Mapping[str, Callable[[bytes], Iterable[Article]]] = {
    ".xml": _entries,
    ".pdf": lambda data: read_words(take_out_words(data), "a"),  # in this process, whose time is taken
}


def _script(articles: tuple[Article, ...]) -> None:
    if articles:
        plan_script(Edition(articles, "Mud", dt.date(2026, 11, 7), is_issue=len(articles) > 1), Show(), Stings())


def _packed(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()


def _book(inside: str) -> bytes:
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata/><manifest><item id='a' href='a.xhtml'"
        " media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>"
    )
    box = "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='p.opf'/>"
    page = f"<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>Mud</h1>{inside}</body></html>"
    files = {"META-INF/container.xml": f"{box}</rootfiles></container>", "p.opf": package, "a.xhtml": page}
    return _packed(mimetype="application/epub+zip", **files)


def _docx(inside: str) -> bytes:
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    body = f'<w:document xmlns:w="{_WORD}" xmlns:r="{_RELATIONS}"><w:body>{inside}</w:body></w:document>'
    target = f'<Relationship Id="a" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{target}</Relationships>'
    )
    return _packed(**{"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": body})


def _odt(inside: str) -> bytes:
    body = f"<office:body><office:text>{inside}</office:text></office:body>"
    content = f'<office:document-content {_OASIS} xmlns:xlink="l">{body}</office:document-content>'
    return _packed(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _speech(inside: str) -> bytes:
    return f'<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis">{inside}</speak>'.encode()


def _feed(inside: str) -> bytes:
    names = "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:itunes='i'"
    return f"<?xml version='1.0'?><rss version='2.0' {names}><channel><title>T</title>{inside}</channel></rss>".encode()


def _feed_of_one(inside: str) -> bytes:
    return _feed(f"<item><title>Mud</title><description>{escape(inside)}</description></item>")


def _paper(inside: str) -> bytes:
    rows = [line for row in inside.split("\n") for line in textwrap.wrap(row, 70, drop_whitespace=False) or [""]]
    rows = ["".join(f"\\{each}" if each in "()\\" else each for each in row) for row in rows]
    parts = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    numbers = []
    for first in range(0, len(rows), 60):
        numbers.append(f"{len(parts) + 1} 0 R")
        shown = "BT /F 10 Tf 50 780 Td " + " ".join(f"({row}) Tj 0 -12 Td" for row in rows[first : first + 60])
        look = f"/MediaBox[0 0 400 800]/Contents {len(parts) + 2} 0 R/Resources<</Font<</F 3 0 R>>>>"
        parts += [f"<</Type/Page/Parent 2 0 R{look}>>", f"<</Length {len(shown) + 3}>>stream\n{shown} ET\nendstream"]
    parts[1] = f"<</Type/Pages/Kids[{' '.join(numbers)}]/Count {len(numbers)}>>"
    written = "".join(f"{number} 0 obj{part}\nendobj\n" for number, part in enumerate(parts, 1))
    return f"%PDF-1.7\n{written}trailer<</Root 1 0 R/Size {len(parts) + 1}>>\n".encode("latin-1", "replace")


_HTML = """<p>a</p>
<p>a
<p>1
<p>
<h2>a</h2>
<li>a
<ul><li>a
<ol><li>a</ol>
<br>a
<p>a<br>b
<div>a
<div>a</div>
<blockquote>a
<td>a
<tr><td>a
<table><tr><td>a
<table align=left><tr><td>a
<table><tr><td>a<td>b</table>
<dl><dt>a<dd>b</dl>
<dt>a<dd>b
<a id=x>
<a href='#x'>1</a>
<p>a<sup><a href='#n'>1</a></sup>
<p><a href='x'>a</a>
<span>a</span>
<img src=a alt=b>
<figure><img src=a><figcaption>b</figcaption></figure>
<figcaption>a
<hr>a
<section><p>a
<article><p>a
<p class='x y'>a
<p id=x>a
<p lang=de>a
<i lang=de>a</i>
<pre>a
<q>a
<sup>1
<sup>1</sup>
<ruby>a<rt>b</ruby>
<!-- a -->
<!--
<aside>a
<nav>a
<script>
<style>a</style>
<b>a
<x>a
<div hidden>a
<p><p
<>
<a\x20
&amp;
&#65;
[a b=c]
[/a]
[caption]a
a\x20
<p>5 Nov 2026
<p>By Ann
<p>“A.”"""
_OF_WORD = """<w:p/>
<w:p><w:r><w:t>a</w:t></w:r></w:p>
<w:p><w:r><w:t>1</w:t></w:r></w:p>
<w:p><w:r><w:t>“A.”</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:t>a</w:t></w:r><w:r><w:br/></w:r></w:p>
<w:p><w:r><w:br/></w:r></w:p>
<w:p><w:r><w:tab/></w:r></w:p>
<w:p><w:hyperlink r:id="a"><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>
<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r></w:p>
<w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p>
<w:p><w:ins><w:r><w:t>a</w:t></w:r></w:ins></w:p>
<w:p><w:del><w:r><w:delText>a</w:delText></w:r></w:del></w:p>
<w:p><w:bookmarkStart w:id="1" w:name="x"/><w:r><w:t>a</w:t></w:r></w:p>
<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="end"/></w:r></w:p>
<w:sdt><w:sdtContent><w:p><w:r><w:t>a</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:r><w:sym w:char="F0B7"/></w:r></w:p>
<w:p><w:r><w:drawing/></w:r></w:p>
<w:p><w:commentRangeStart w:id="1"/><w:r><w:t>a</w:t></w:r></w:p>"""
_OF_ODT = """<text:p/>
<text:p>a</text:p>
<text:p>1</text:p>
<text:p>“A.”</text:p>
<text:p>By Ann</text:p>
<text:h text:outline-level="1">a</text:h>
<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list>
<text:p>a<text:line-break/></text:p>
<text:line-break/>
<text:p><text:s text:c="3"/></text:p>
<text:p><text:tab/></text:p>
<text:p><text:span>a</text:span></text:p>
<text:p><text:a xlink:href="x">a</text:a></text:p>
<text:p>a<text:note text:note-class="footnote"><text:note-body><text:p>b</text:p></text:note-body></text:note></text:p>
<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>
<text:section><text:p>a</text:p></text:section>
<text:p><draw:frame/></text:p>
<text:p><text:bookmark text:name="a"/>a</text:p>
<text:p><office:annotation><text:p>a</text:p></office:annotation>b</text:p>
<text:p>a<text:soft-page-break/></text:p>
<text:numbered-paragraph><text:p>a</text:p></text:numbered-paragraph>"""
_OF_SPEECH = """<p>a</p>
<p>1</p>
<p/>
<s>a</s>
<p><s>a</s></p>
a\x20
<break/>
<break time='1s'/>
<emphasis>a</emphasis>
<say-as interpret-as='cardinal'>1</say-as>
<sub alias='b'>a</sub>
<phoneme ph='a'>b</phoneme>
<mark name='a'/>
<prosody rate='slow'>a</prosody>
<voice name='a'>b</voice>
<audio src='a'/>
<lang xml:lang='de'>a</lang>
<w>a</w>
<desc>a</desc>
<!-- a -->
<x>a</x>
&amp;"""
_OF_LETTERS = """a\\n\\n
> a\\n
>> a\\n
a\\n
-- \\na\\n
On 1 May, Ann wrote:\\n> a\\n
From: a\\n
----- Original Message -----\\na\\n
* a\\n
- a\\n
http://a.b/c\\n
[a] http://b\\n
=20\\n
\\n
a b\\n\\n
1. a\\n
  a\\n
___\\n
Sent from my iPhone\\n
Subject: a\\n\\n
“A.”\\n\\n
A: b\\n"""
_OF_FEEDS = """<item/>
<item>
<item><title>a</title></item>
<item><description>a</description></item>
<item><description>&lt;p&gt;a</description></item>
<item><category>a</category></item>
<item><enclosure url='a'/></item>
<item><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate><title>a</title></item>
<item><content:encoded>a</content:encoded></item>
<item><author>a</author></item>
<item><guid>a</guid>
<item><link>http://a.b/</link></item>
<entry><title>a</title></entry>
<title>a</title>
<link>a</link>
<link rel='self' href='a'/>
<x>
<x/>
<x:y>a</x:y>
<a xmlns='x'>
<a xmlns:b='x'/>
<category>a</category>
<itunes:author>a</itunes:author>
<itunes:category text='a'/>
<image><url>a</url></image>
<description>
<![CDATA[a]]>
<!--a-->
&amp;
&x;
<p>
<a\x20"""

_OF_PAPERS = """a\\n
word\\n
1\\n
- a\\n
\x95 a\\n
1. a\\n
[1]\\n
A.\\n
a-\\n
CAPS\\n
By Ann\\n
Figure 1\\n
Table 1. a\\n
http://a.b\\n
a  b\\n
a b\\n\\n
“A.”\\n
(a)\\n
a,\\n
a:\\n
* a\\n
a1\\n"""

DOCUMENTS = {
    "page": Document(lambda inside: f"<html><body>{inside}".encode(), "<p>{}", _HTML, ".html"),
    "book": Document(_book, "<p>{}</p>", _HTML, ".epub"),
    "docx": Document(_docx, "<w:p><w:r><w:t>{}</w:t></w:r></w:p>", _OF_WORD, ".docx"),
    "odt": Document(_odt, "<text:p>{}</text:p>", _OF_ODT, ".odt"),
    "speech": Document(_speech, "<p>{}</p>", _OF_SPEECH, ".ssml"),
    "letter": Document(lambda inside: (_LETTER.format("plain") + inside).encode(), "{}\n\n", _OF_LETTERS, ".eml"),
    "letter-page": Document(lambda inside: (_LETTER.format("html") + inside).encode(), "<p>{}", _HTML, ".eml"),
    "pdf": Document(_paper, "{}\n\n", _OF_PAPERS, ".pdf"),
    "feed": Document(_feed_of_one, "<p>{}", _HTML, ".xml"),
    "feed-items": Document(_feed, "<item><title>A</title><description>{}</description></item>", _OF_FEEDS, ".xml"),
}
"""By what they are called with --target."""
