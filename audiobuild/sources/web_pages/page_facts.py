"""What a web page says of its article beside the text (layer 1, pure): authors, date and lead picture.

    <script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Ada Holt"}}</script>
    <meta property="article:published_time" content="2026-03-14T07:12:00Z">
    <a rel="author" href="/ada">Ada Holt</a>
    <time pubdate datetime="2026-03-14">

Sources: schema.org Article; the Open Graph protocol; the attribute `rel` and the element `time` of the HTML standard.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from audiobuild.sources.article_parts.metadata import NOBODY, Metadata, find_metadata
from audiobuild.sources.html.html_elements import VOID
from audiobuild.sources.html.html_tags import HtmlPart, HtmlPartKind
from audiobuild.sources.web_pages.linked_data import LinkedArticle, find_linked_article
from audiobuild.sources.web_pages.page_tree import PageElement, parse_page

_AUTHORS = (
    *("author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author"),
    *("sailthru.author", "byl"),
)
_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date.issued", "dc.date"),
    *("dcterms.created", "dcterms.date", "citation_publication_date", "citation_date", "parsely-pub-date", "pubdate"),
    *("publish-date", "publishdate", "sailthru.date"),
)
_IMAGES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "image")
_BYLINE = re.compile(
    r"(?!(?:comment|reply|response)s?[-_])(?:\w+[-_]+)?(?:byline|author|writer)(?:[-_]+(?:name|wrapper|strip|line|link))?|p-author",
    re.IGNORECASE,
)
"""A class of what names the authors."""
_TIMES = frozenset("published entry-date dt-published post-date pubdate article-date".split())
"""Classes of the time at which the article came out."""
_PUBLISHED = re.compile(r"\b(?:posted|published|written)(?: on| at)?:?\s*$", re.IGNORECASE)
"""What stands before that time where it has no class."""
_NAME_CHARS, _MOST_CHARS = range(3, 60), 300
_MOST_BYLINES = 5
_NEAR_CHARS = 300
_NEXT_CHARS = 20
"""No more than so much stands between the names of two authors of one article."""
_BY = re.compile(
    r"(?:(?:words|written|text|story|posted|reported|published|interview)\s+)?(?:by|von|par|por|door)\b:?\s+|(?:interview|words|text|story|report):\s+",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:^|\s)(?:by|von|par|por|door|and|und|et|&)[:,]?$|[,:]$", re.IGNORECASE)
_GOES_ON_WITH = re.compile(r"(?:and|und|et|&|,)(?:\s|$)", re.IGNORECASE)
_BYLINE_ENDS = re.compile(
    r"(?<!\s)\s*+(?:[|·•–—/(]|\b(?:[oi]n|at|updated|published)\b|(?<!\w)\d).*", re.IGNORECASE | re.DOTALL
)
_BESIDE = re.compile(r"(?![a-z][a-z+.-]*:|[/#])[^?#]{1,300}\.(?:jpe?g|png|webp|gif|avif|tiff?)", re.IGNORECASE)
_NO_LEAD = re.compile(
    r"logo|icon|avatar|gravatar|emoji|sprite|pixel|spacer|blank|badge|button|twitter|facebook|instagram|linkedin"
    r"|(?:^|/)(?:fb|x|ig)\.",
    re.IGNORECASE,
)
"""What a picture is called that stands for no article."""
_TRADE = re.compile(r"(?:[A-Z]\w{1,15} ){1,3}(?:Editor|Writer|Reporter|Correspondent|Columnist|Contributor|Producer)s?")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of its article."""

    about: Metadata
    """Authors and date."""
    images: tuple[str, ...] = ()
    """Addresses of pictures that stand for it, the likeliest first."""


@dataclass(slots=True)
class _Line:
    """The words of an element that names authors, while it is read."""

    tag: str
    is_linked: bool
    """Whether it is marked as such, and is not only called so."""
    depth: int = 1
    words: str = ""


@dataclass(slots=True)
class _Heard:
    """What was found so far, by where it stood."""

    metas: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    linked: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    """Those that have begun."""
    last_text: str = ""
    """The words before the tag that is read."""
    since_headline: int = 0
    """Characters since the headline; 0 above it."""
    since_linked: int = 0
    """Characters since the last author that is marked."""
    programs: list[str] = field(default_factory=list)
    """What the page says to programs."""

    def hear(self, part: HtmlPart) -> None:
        """Hear what comes next."""
        if part.kind is HtmlPartKind.START:
            if part.attributes or self.lines:
                self.start(part)
        elif part.kind is HtmlPartKind.END:
            self.end(part.tag)
        elif part.kind is HtmlPartKind.TEXT:
            self.text(part.text)
        elif part.tag == "script" and "ld+json" in part.written[:200]:
            self.programs.append(part.written)

    def start(self, part: HtmlPart) -> None:
        """Hear what a tag says."""
        attributes = part.attributes
        named = attributes.get("class", "").lower().split()
        items = attributes.get("itemprop", "").lower().split()
        told = attributes.get("content", "").strip()
        if part.tag == "meta" and told:
            for name in {*items, *(attributes.get(each, "").lower() for each in ("name", "property"))}:
                self.metas[name].append(told)
        elif part.tag == "link" and "image_src" in attributes.get("rel", "").lower().split():
            self.metas["image"].append(attributes.get("href", ""))
        elif part.tag == "time" and "datetime" in attributes and self._is_near():
            self.times.append(attributes["datetime"])
        elif "datepublished" in items or "pubdate" in attributes or (part.tag == "time" and _TIMES.intersection(named)):
            self.times.append(attributes.get("datetime", "") or told)
        for line in self.lines:
            line.words += "\n"
            line.depth += line.tag == part.tag
        is_linked = "author" in (*attributes.get("rel", "").lower().split(), *items)
        is_named = len(self.bylines) < _MOST_BYLINES and any(map(_BYLINE.fullmatch, named))
        if (is_linked or is_named) and part.tag not in VOID | {"body"}:
            self.lines.append(_Line(part.tag, is_linked))

    def _is_near(self) -> bool:
        """Whether what comes next stands behind "posted on", or close below the headline."""
        return _PUBLISHED.search(self.last_text) is not None or 0 < self.since_headline <= _NEAR_CHARS

    def text(self, words: str) -> None:
        """Hear words."""
        self.since_linked += len(words)
        self.since_headline += len(words.strip()) if self.since_headline else 0
        self.last_text = words if words.strip() else self.last_text
        if self.lines:
            for line in self.lines:
                line.words += words
            self.lines = [line for line in self.lines if len(line.words) <= _MOST_CHARS]

    def end(self, tag: str) -> None:
        """Hear that an element ends."""
        if tag == "h1":
            self.since_headline = 1
        for line in self.lines:
            line.words += "\n"
            line.depth -= line.tag == tag
            if line.depth == 0 and not line.is_linked:
                self.bylines.append(line.words)
            elif line.depth == 0 and (not self.linked or self.since_linked <= _NEXT_CHARS + len(line.words)):
                self.linked.append(line.words)
                self.since_linked = 0
        self.lines = [line for line in self.lines if line.depth > 0]


def parse_with_facts(text: str) -> tuple[PageElement, PageFacts]:
    """Make a tree of a page, and find what it says of its article.

    >>> parse_with_facts('<p>By <a rel="author">Ada Holt</a> and others')[1].about.authors
    ('Ada Holt',)
    """
    heard = _Heard()
    tree = parse_page(text, heard.hear)
    return tree, _facts(heard, find_linked_article(heard.programs))


def _facts(heard: _Heard, linked: LinkedArticle) -> PageFacts:
    cited = [_turned(name) for name in heard.metas["citation_author"]]
    metas = [text for key in _AUTHORS for text in heard.metas[key][:1]]
    told = (linked.authors, cited, metas[:1], heard.linked, *([line] for line in heard.bylines), metas[1:])
    people = next(filter(None, (list(_people(each)) for each in told)), [])
    dates = [linked.published, *(text for key in _DATES for text in heard.metas[key]), *heard.times]
    images = [*linked.images, *(text for key in _IMAGES for text in heard.metas[key])]
    return PageFacts(find_metadata({"authors": people, "date": dates}), tuple(dict.fromkeys(images)))


def _people(told: Iterable[str]) -> Iterator[str]:
    """Give the names in what names authors: no "By" before them, and nothing behind them."""
    for text in told:
        words = _BYLINE_ENDS.sub("", _BY.sub("", _first_line(text), count=1)).strip(" ,;:")
        is_name = len(words) in _NAME_CHARS and not _TRADE.fullmatch(words) and words.lower() not in NOBODY
        if is_name and "://" not in text and "@" not in text:
            yield words


def _first_line(text: str) -> str:
    """Join what names authors, up to the element that says something else of them, such as their trade."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    end = next(
        (
            place
            for place in range(1, len(lines))
            if not _GOES_ON.search(" ".join(lines[:place])) and not _GOES_ON_WITH.match(lines[place])
        ),
        len(lines),
    )
    return " ".join(lines[:end])


def _turned(name: str) -> str:
    """Turn "Holt, Ada" round, as papers cite people."""
    family, _, given = name.partition(", ")
    return f"{given} {family}" if given and "," not in given else name


def picture_of(facts: PageFacts, shown: Sequence[str]) -> str:
    """Choose the picture of an article that lies beside its page.

    Args:
        facts: what the page says.
        shown: the addresses of the pictures in the article.

    Returns:
        Its address, relative to the page; empty where there is none.
    """
    beside = [address for address in shown if _BESIDE.fullmatch(address) and not _NO_LEAD.search(address)]
    for image in facts.images:
        if _BESIDE.fullmatch(image):
            return image
        name = image.partition("?")[0].rpartition("/")[2]  # a browser that saves a page keeps the names of its pictures
        if saved := next((address for address in beside if address.rpartition("/")[2] == name), ""):
            return saved
    return next(iter(beside), "")
