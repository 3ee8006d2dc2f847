"""Ten more layouts of web pages, written after the reader of pages was."""

from __future__ import annotations

from collections.abc import Mapping

from page_layouts import TEASERS, Body, Layout, Page, head, links, teasers


def drupal_fields(page: Page) -> str:
    return (
        head(page, suffix=" | City of Lantern")
        + f"""<body class="path-node page-node-type-article"><div class="dialog-off-canvas-main-canvas"><div id="page-wrapper"><div id="page">
<header id="header" role="banner"><div class="region region-header"><div id="block-sitebranding"><a href="/">City of Lantern</a></div>
<div role="navigation" id="block-mainnavigation"><ul class="menu">{links("Residents", "Business", "Council")}</ul></div></div></header>
<div id="main-wrapper"><main id="content" class="column main-content"><section class="section"><h1 class="title page-title"><span class="field field--name-title">{page.title}</span></h1>
<div class="region region-content"><div id="block-content"><article class="node node--type-article node--view-mode-full">
<footer class="node__meta"><div class="node__submitted">Submitted by <span>{page.author}</span> on <span>Sat, 03/14/2026 - 07:12</span></div></footer>
<div class="node__content"><div class="text-formatted field field--name-body field__item">{page.laid()}</div>
<div class="field field--name-field-tags"><h2 class="field__label">Tags</h2><ul class="links field__items">{links("Drainage", "Roads")}</ul></div>
<ul class="links inline"><li><a href="/login">Log in</a> to post comments</li></ul></div></article></div></div></section></main>
<div id="sidebar-first" class="column sidebar"><div class="block"><h2>Latest news</h2><ul>{links(*(title for title, _ in TEASERS))}</ul></div></div></div>
<footer class="site-footer"><div class="region-footer">12 Market Square, Lantern. Tel 0555 123 456. Open Monday to Friday, nine to five.</div></footer></div></div></div></body></html>"""
    )


def forum(page: Page) -> str:
    def post(user: str, text: str, number: int) -> str:
        return (
            f'<div class="topic-post clearfix regular"><article id="post_{number}"><div class="topic-avatar"></div><div class="topic-body">'
            f'<div class="topic-meta-data"><span class="username">{user}</span><div class="post-infos">#{number} Mar 14</div></div>'
            f'<div class="regular contents"><div class="cooked">{text}</div></div></div></article></div>'
        )

    replies = post("wader", "<p>Great summary, bookmarked. Did anyone keep the old survey?</p>", 2)
    replies += post("millpond", "<p>I have it somewhere in the loft, will scan it at the weekend.</p>", 3)
    return (
        head(page, suffix=" - The Weir Forum")
        + f"""<body><header class="d-header"><a href="/">The Weir Forum</a><button>Log In</button></header><div id="main-outlet"><div id="topic-title"><h1>{page.title}</h1>
<div class="topic-category"><a href="/c">General</a></div></div><div class="post-stream">{post(page.author, page.laid(), 1)}{replies}</div>
<div class="suggested-topics"><h3>Suggested Topics</h3><table><tbody><tr><td><a href="/1">Why the kiln went cold</a></td><td>14</td></tr></tbody></table></div></div></body></html>"""
    )


def google_doc(page: Page) -> str:
    body = page.laid(
        p='<p class="c3"><span class="c0">{}</span></p>',
        h='<h2 class="c5"><span class="c7">{}</span></h2>',
        q='<p class="c3 c9"><span class="c0">{}</span></p>',
        li='<li class="c2 li-bullet-0"><span class="c0">{}</span></li>',
        ul=('<ul class="c8 lst-kix_1-0 start">', "</ul>"),
    )
    return f"""<html><head><meta charset="utf-8"><title>{page.title}</title><style>.c0{{color:#000}}</style></head><body class="doc-content">
<div id="banners"><div id="publish-banner"><div>Published using Google Docs</div><span><a href="#">Report abuse</a></span><span><a href="#">Learn more</a></span></div>
<div id="footer">Updated automatically every 5 minutes</div></div><div id="contents"><div><p class="title c4"><span>{page.title}</span></p><p class="c3 c6"><span></span></p>{body}</div></div></body></html>"""


def notion(page: Page) -> str:
    body = page.laid(
        p='<p id="a1" class="">{}</p>',
        h='<h2 id="a2" class="">{}</h2>',
        q='<blockquote id="a3" class="">{}</blockquote>',
        li='<ul class="bulleted-list"><li style="list-style-type:disc">{}</li></ul>',
        ul=("", ""),
    )
    return f"""<html><head><meta charset="utf-8"><title>{page.title}</title></head><body><article id="f00" class="page sans"><header><div class="page-header-icon"><span>🪣</span></div>
<h1 class="page-title">{page.title}</h1><table class="properties"><tbody><tr class="property-row"><th>Created</th><td><time>@March 14, 2026</time></td></tr>
<tr class="property-row"><th>Status</th><td>Done</td></tr></tbody></table></header><div class="page-body">{body}</div></article></body></html>"""


def longform(page: Page) -> str:
    parts: list[Body] = []
    chunk: Body = []
    out: list[str] = []
    for kind, text in page.body:
        if kind == "h" and chunk:
            parts.append(chunk)
            chunk = []
        chunk.append((kind, text))
    parts.append(chunk)
    for number, part in enumerate(parts):
        inner = Page(page.title, page.author, part).laid(h='<h2 class="chapter-title">{}</h2>')
        out.append(f'<section class="chapter" id="ch{number}"><div class="text-column">{inner}</div></section>')
        out.append(
            '<div class="scrolly"><div class="scrolly__sticky"><img src="m.jpg" alt="map"></div><div class="scrolly__label">Map: Lantern graphics</div></div>'
        )
    return (
        head(page)
        + f"""<body><div class="progress-bar"></div><header class="hero"><div class="hero__text"><h1>{page.title}</h1><p class="hero__dek">A river, a ledger and a very long winter</p><p class="hero__by">By {page.author}. Photographs by E. Holt</p></div></header>
<main>{"".join(out)}</main><section class="credits"><p>Edited by J. Sands. Design by P. Mole. Fact-checked by two interns.</p></section>
<section class="next"><h3>Up next</h3>{teasers('<a class="tile" href="#"><strong>{title}</strong><span>{text}</span></a>')}</section></body></html>"""
    )


def local_paper(page: Page) -> str:
    video = '<div class="player-wrap"><div class="player-title">Watch: flood water at the old mill</div><div class="player-time">Video: 01:12</div></div>'
    inline = '<p><a href="/kiln"><strong>READ MORE: Why the kiln went cold</strong></a></p>'
    gallery = '<div class="gallery-strip"><span>1/14</span><span>View gallery</span></div>'
    return (
        head(page)
        + f"""<body><div class="top-ticker"><a href="/">BREAKING: bin day moved to Tuesday</a></div><div class="masthead"><a href="/">Lantern Post</a><ul>{links("News", "Football", "In Your Area", "Jobs")}</ul></div>
<div class="article-wrapper"><div class="article-type-news"><h1>{page.title}</h1><p class="sub-title">Residents say they are 'sick of the mud'</p>
<div class="author-strip"><a href="/a">{page.author}</a> <span class="role">Chief reporter</span></div><div class="date-strip"><span>07:12, 14 MAR 2026</span><span>Updated 09:30</span></div>
<div class="article-body">{page.laid(h="<h3>{}</h3>", between={1: video, 3: inline, 5: gallery})}<p><em>Want the news first? Download our app and turn on alerts.</em></p></div></div>
<div class="most-read"><h2>MOST READ</h2><ol>{links(*(title for title, _ in TEASERS))}</ol></div></div>
<div class="ipso"><p>At the Lantern Post we are committed to high standards; to complain, see our complaints page.</p></div></body></html>"""
    )


def print_version(page: Page) -> str:
    return f"""<!DOCTYPE html><html><head><title>{page.title} - printable version</title></head><body onload="window.print()">
<p>The Lantern, lantern.example</p><hr><h2>{page.title}</h2><p><small>{page.author}, 14 March 2026</small></p><div>{page.laid(h="<h4>{}</h4>")}</div>
<hr><p><small>Printed from https://lantern.example/story?id=4711 on 15 March 2026</small></p></body></html>"""


def literary(page: Page) -> str:
    return (
        head(page)
        + f"""<body><div class="topbar"><a class="brand" href="/">Lantern Quarterly</a><div class="links"><a href="/issues">Issues</a><a href="/donate">Donate</a></div></div>
<div class="issue-line">No. 41, Spring 2026</div><div class="essay"><div class="essay-head"><div class="genre">Essay</div><h1>{page.title}</h1><div class="writer">{page.author}</div></div>
<div class="essay-text">{page.laid(h='<p class="section-break">{}</p>', q='<p class="indented">{}</p>')}</div>
<div class="contributor"><p><b>{page.author}</b> is the writer of two books on estuaries. She lives on a barge.</p></div></div>
<div class="shop-strip"><h3>From our shop</h3><p>Tote bags, back issues and a very good pencil.</p><a href="/shop">Buy</a></div><div class="base">Lantern Quarterly is a charity, number 55123. ISSN 1234-5678.</div></body></html>"""
    )


def amp_live(page: Page) -> str:
    return (
        "<!doctype html><html amp lang=en><head><meta charset=utf-8><title>"
        + page.title
        + f"""</title><script type="application/ld+json">{{"@type":"NewsArticle","headline":"{page.title}","author":{{"name":"{page.author}"}},"datePublished":"2026-03-14T07:12:00Z"}}</script></head>
<body><amp-sidebar id="sb"><ul>{links("Home", "World")}</ul></amp-sidebar><header class="amp-wp-header"><a href="/">Lantern</a></header><article class="amp-wp-article"><header class="amp-wp-article-header">
<h1 class="amp-wp-title">{page.title}</h1><div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author">{page.author}</span></div></header>
<amp-img src="x.jpg" width="1" height="1"></amp-img><div class="amp-wp-article-content">{page.laid(between={2: '<amp-ad width="300" height="250"><div placeholder>Ad</div></amp-ad>'})}</div>
<footer class="amp-wp-article-footer"><div class="amp-wp-meta amp-wp-tax-category">Categories: <a href="/r">Rivers</a></div><div class="amp-wp-meta amp-wp-comments-link"><a href="#">Leave a Comment</a></div></footer></article>
<amp-consent id="c"><div>We value your privacy. We and our vendors process personal data to show you advertisements.</div><button>OK</button></amp-consent>
<footer class="amp-wp-footer"><div><h2>Lantern</h2><a href="#top" class="back-to-top">Back to top</a></div></footer></body></html>"""
    )


def explainer(page: Page) -> str:
    key = '<div class="key-points"><h4>Key points</h4><ul><li>The river rose twice</li><li>The ledgers are gone</li></ul></div>'
    return (
        head(page)
        + f"""<body><nav aria-label="Main"><a href="/">Lantern Explains</a><a href="/topics">Topics</a></nav><div class="layout-grid"><div class="layout-grid__main">
<h1 class="headline">{page.title}</h1><div class="attribution">Words: {page.author} | Published 14 March 2026 | Reading time 5 minutes</div>
<div class="rich-text">{page.laid(h='<h2 class="rich-text__heading">{}</h2>', li='<li class="rich-text__item"><p>{}</p></li>')}</div>
<div class="was-this-helpful"><p>Was this explainer helpful?</p><button>Yes</button><button>No</button></div></div>
<div class="layout-grid__aside">{key}<div class="aside-links"><h4>Also explained</h4><ul>{links(*(title for title, _ in TEASERS))}</ul></div></div></div>
<div class="page-end"><div class="page-end__about"><h4>About Lantern Explains</h4><p>We answer questions that readers send us, in plain words, with sources.</p></div></div></body></html>"""
    )


LATER: Mapping[str, Layout] = {
    each.__name__.replace("_", "-"): each
    for each in (
        *(
            drupal_fields,
            forum,
            google_doc,
            notion,
            longform,
            local_paper,
            print_version,
            literary,
            amp_live,
            explainer,
        ),
    )
}
