"""Layouts of web pages as site builders make them, each around an article: what is not of it is there as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Body = list[tuple[str, str]]
Layout = Callable[["Page"], str]


class Page:
    """An article that a layout is laid around."""

    def __init__(self, title: str, author: str, body: Body) -> None:
        self.title, self.author, self.body = title, author, body

    def laid(
        self,
        p: str = "<p>{}</p>",
        h: str = "<h2>{}</h2>",
        q: str = "<blockquote><p>{}</p></blockquote>",
        li: str = "<li>{}</li>",
        ul: tuple[str, str] = ("<ul>", "</ul>"),
        between: Mapping[int, str] | None = None,
    ) -> str:
        """Write the body; what stands between is put before the block of that number."""
        forms = {"p": p, "h": h, "q": q, "li": li}
        out, in_list = [], False
        for place, (kind, text) in enumerate(self.body):
            if (kind == "li") != in_list:
                out.append(ul[0] if kind == "li" else ul[1])
                in_list = kind == "li"
            out.append((between or {}).get(place, "") + forms[kind].format(text))
        return "\n".join([*out, *([ul[1]] if in_list else [])])


def links(*names: str) -> str:
    return "".join(f'<li><a href="/{name.lower().replace(" ", "-")}">{name}</a></li>' for name in names)


TEASERS = (
    ("Why the kiln went cold", "Ten years on, the last potter explains what went wrong and who paid for it."),
    ("Four roads to the coast", "Our guide to the passes that are open, the ones that are not, and the inns between."),
    ("A short history of fog", "Sailors feared it, painters loved it and nobody ever managed to bottle it for sale."),
)


def teasers(form: str) -> str:
    return "".join(form.format(title=title, text=text) for title, text in TEASERS)


def head(page: Page, *, meta: str = "", suffix: str = " | The Lantern") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{page.title}{suffix}</title>\n'
        f"{meta}<style>body {{ font: 1em serif }}</style><script>var mud = '<p>not prose</p>';</script></head>\n"
    )


def wordpress(page: Page) -> str:
    meta = f'<meta property="og:title" content="{page.title}"><meta name="author" content="{page.author}">'
    figure = (
        '<figure class="wp-block-image"><img src="/a.jpg" alt="A pier"><figcaption>The pier in May. Photograph: E. Holt'
        "</figcaption></figure>"
    )
    return (
        head(page, meta=meta)
        + f"""<body class="post-template-default single"><a class="skip-link screen-reader-text" href="#c">Skip to content</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/">The Lantern</a></p>
<nav class="main-navigation"><ul>{links("Home", "About us", "Archive", "Contact")}</ul></nav></header>
<div id="primary" class="content-area"><main id="c"><article class="post type-post">
<header class="entry-header"><h1 class="entry-title">{page.title}</h1>
<div class="entry-meta">Posted on <time datetime="2026-03-14">14 March 2026</time> by <a href="/a">{page.author}</a></div></header>
<div class="entry-content">{page.laid(between={3: figure})}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul>{links("Twitter", "Facebook")}</ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3>{teasers("<p><a href='#'>{title}</a> {text}</p>")}</div></div>
<footer class="entry-footer">Posted in <a href="/c">Rivers</a>. Tagged <a href="/t">mud</a>, <a href="/t">rain</a>.</footer></article>
<div id="comments" class="comments-area"><h2 class="comments-title">2 thoughts on this</h2><ol class="comment-list">
<li class="comment"><p>My grandfather worked on that pier and told the story quite differently, I must say.</p></li>
<li class="comment"><p>Lovely piece. I shared it with my whole walking group and they all agreed with every word.</p></li></ol>
<form><p>Leave a comment</p><textarea></textarea><button>Post</button></form></div></main></div>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent Posts</h2><ul>{links(*(t for t, _ in TEASERS))}</ul></section></aside>
<footer class="site-footer"><p>Proudly powered by WordPress. All rights reserved 2026.</p></footer></body></html>"""
    )


def ghost(page: Page) -> str:
    card = (
        '<div class="kg-card kg-cta-card"><p>Enjoying this? Join 4,000 readers who get our letter every Friday morning.</p>'
        '<a href="#/portal" class="kg-btn">Subscribe</a></div>'
    )
    return (
        head(page, meta='<meta property="article:published_time" content="2026-04-02T08:00:00Z">')
        + f"""<body class="post-template"><div class="viewport"><header class="gh-head"><nav class="gh-head-menu"><ul class="nav">{links("Home", "Letters")}</ul></nav>
<div class="gh-head-actions"><a href="#/portal/signin">Sign in</a> <a href="#/portal/signup">Subscribe</a></div></header>
<main class="gh-main"><article class="gh-article post"><header class="gh-article-header"><a class="gh-article-tag" href="/t">Rivers</a>
<h1 class="gh-article-title">{page.title}</h1><div class="gh-article-meta"><h4 class="gh-author-name"><a href="/a">{page.author}</a></h4>
<time datetime="2026-04-02">Apr 2, 2026</time> <span>6 min read</span></div></header>
<section class="gh-content gh-canvas">{page.laid(h='<h2 id="x">{}</h2>', q="<blockquote>{}</blockquote>", between={4: card})}</section></article>
<section class="gh-subscribe"><h3>Sign up for more like this.</h3><form><input placeholder="jamie@example.com"><button>Subscribe</button></form></section></main>
<aside class="read-more-wrap"><div class="read-more">{teasers('<article class="post-card"><a href="#"><h2>{title}</h2><div class="post-card-excerpt">{text}</div></a></article>')}</div></aside>
<footer class="site-footer">The Lantern © 2026. Powered by Ghost</footer></div></body></html>"""
    )


def substack(page: Page) -> str:
    box = (
        '<div class="subscription-widget-wrap"><div class="subscription-widget"><p class="preamble">The Lantern is a'
        " reader-supported publication. To receive new posts and support my work, consider becoming a subscriber.</p>"
        '<form><input type="email"><input type="submit" value="Subscribe"></form></div></div>'
    )
    button = '<p class="button-wrapper"><a class="button primary" href="#"><span>Share</span></a></p>'
    return (
        head(page)
        + f"""<body><div id="entry"><div class="main-menu"><a href="/">The Lantern</a><button>Subscribe</button><button>Sign in</button></div>
<div class="single-post-container"><div class="single-post"><article class="typography newsletter-post post">
<div class="post-header"><h1 class="post-title">{page.title}</h1><h3 class="subtitle">A letter from the salt pans</h3>
<div class="byline-wrapper"><a href="/@a">{page.author}</a><div class="pencraft">Mar 03, 2026</div></div>
<div class="post-ufi"><a>41</a><a>7</a><a>Share</a></div></div>
<div class="available-content"><div class="body markup">{page.laid(p="<p><span>{}</span></p>", between={2: box, 6: button})}
<div><hr></div>{box}</div></div></article></div>
<div class="comments-section"><h4>7 Comments</h4><div class="comment"><p>I have waited years for somebody to write this down, thank you.</p></div></div></div>
<div class="footer-wrap"><div class="footer">© 2026 {page.author}. Privacy ∙ Terms ∙ Collection notice</div></div></div></body></html>"""
    )


def news_site(page: Page) -> str:
    promo = (
        '<aside class="related-inline" data-component="related"><h3>Read more</h3>'
        f"<ul>{links(*(title for title, _ in TEASERS))}</ul></aside>"
    )
    advert = '<div class="ad-slot ad-slot--inline" aria-label="Advertisement"><span>Advertisement</span></div>'
    return (
        head(page, meta='<link rel="canonical" href="https://lantern.example/rivers/story">')
        + f"""<body><div id="cookie-consent" class="cookie-banner" role="dialog"><p>We and our 214 partners use cookies to store
and access information on your device. You can change your choices at any time.</p><button>Accept all</button><button>Reject</button></div>
<header class="header"><nav class="pillars"><ul>{links("News", "Opinion", "Sport", "Culture")}</ul></nav></header>
<main><article><div class="content__header"><div class="content__labels"><a href="/rivers">Rivers</a></div>
<h1 itemprop="headline">{page.title}</h1><div class="content__standfirst"><p>The council voted, the river rose, and somebody had to pay.</p></div></div>
<div class="byline">{page.author} <time>Sat 14 Mar 2026 07.00 GMT</time></div>
<div class="content__article-body" itemprop="articleBody">{page.laid(between={1: advert, 3: promo, 5: advert})}</div>
<div class="submeta"><div class="submeta__keywords">Topics <ul>{links("Mud", "Rain")}</ul></div><div class="social"><a>Reuse this content</a></div></div></article>
<section class="onwards"><h2>More on this story</h2>{teasers("<div class='fc-item'><h3><a href='#'>{title}</a></h3><p>{text}</p></div>")}</section>
<section class="most-viewed"><h2>Most viewed</h2><ol>{links(*(title for title, _ in TEASERS))}</ol></section></main>
<footer><p>Original reporting and incisive analysis, direct from the Lantern every morning</p><form><input><button>Sign up</button></form></footer></body></html>"""
    )


def table_1999(page: Page) -> str:
    return f"""<HTML><HEAD><TITLE>{page.title}</TITLE></HEAD><BODY BGCOLOR=#ffffff>
<TABLE WIDTH=760 CELLPADDING=0><TR><TD COLSPAN=3><A HREF=/><IMG SRC=logo.gif ALT="The Lantern"></A></TD></TR>
<TR><TD WIDTH=120 VALIGN=top BGCOLOR=#cccccc><FONT SIZE=2><A HREF=/n>News</A><BR><A HREF=/w>Weather</A><BR><A HREF=/l>Links</A><BR>
<A HREF=/g>Guestbook</A></FONT></TD><TD VALIGN=top WIDTH=500><H1>{page.title}</H1><I>by {page.author}</I>
{page.laid(p="<P>{}", h="<H3>{}</H3>", q="<BLOCKQUOTE>{}</BLOCKQUOTE>", li="<LI>{}", ul=("<UL>", "</UL>"))}
<P><A HREF=/><FONT SIZE=2>Back to the front page</FONT></A></TD>
<TD WIDTH=140 VALIGN=top><FONT SIZE=1>Best viewed at 800 by 600.<BR>You are visitor 10,482.</FONT></TD></TR></TABLE>
<CENTER><FONT SIZE=1>Copyright 1999 The Lantern. <A HREF=mailto:x>Webmaster</A></FONT></CENTER></BODY></HTML>"""


def hugo(page: Page) -> str:
    toc = '<nav id="TableOfContents"><ul>' + links(*(text for kind, text in page.body if kind == "h")) + "</ul></nav>"
    return (
        head(page)
        + f"""<body class="single"><header class="header"><nav class="nav"><div class="logo"><a href="/">Lantern</a></div><ul id="menu">{links("Posts", "Tags")}</ul></nav></header>
<main class="main"><article class="post-single"><header class="post-header"><div class="breadcrumbs"><a href="/">Home</a> » <a href="/p">Posts</a></div>
<h1 class="post-title">{page.title}</h1><div class="post-meta">March 14, 2026 · 5 min · {page.author}</div></header>
<div class="toc"><details open><summary>Table of Contents</summary>{toc}</details></div>
<div class="post-content">{page.laid(h='<h2 id="a">{}<a hidden class="anchor" aria-hidden="true" href="#a">#</a></h2>')}</div>
<footer class="post-footer"><ul class="post-tags">{links("mud", "rain")}</ul><nav class="paginav"><a class="prev" href="#"><span>« Prev</span><br><span>Why the kiln went cold</span></a></nav></footer></article></main>
<footer class="footer"><span>© 2026 Lantern</span> <span>Powered by Hugo</span></footer></body></html>"""
    )


def jekyll_minima(page: Page) -> str:
    return (
        head(page)
        + f"""<body><header class="site-header" role="banner"><div class="wrapper"><a class="site-title" href="/">Lantern</a><nav class="site-nav"><a class="page-link" href="/about">About</a></nav></div></header>
<main class="page-content" aria-label="Content"><div class="wrapper"><article class="post h-entry" itemscope>
<header class="post-header"><h1 class="post-title p-name">{page.title}</h1><p class="post-meta"><time class="dt-published">Mar 14, 2026</time> • <span class="p-author">{page.author}</span></p></header>
<div class="post-content e-content" itemprop="articleBody">{page.laid(q="<blockquote> <p>{}</p> </blockquote>")}</div><a class="u-url" href="/x" hidden></a></article></div></main>
<footer class="site-footer h-card"><div class="wrapper"><p>Notes from a wet valley, since 2011.</p><ul class="social-media-list">{links("GitHub", "RSS")}</ul></div></footer></body></html>"""
    )


def blogger(page: Page) -> str:
    breaks = page.laid(
        p="{}<br /><br />", h="<b>{}</b><br /><br />", q="<blockquote class='tr_bq'>{}</blockquote>", li="<li>{}</li>"
    )
    return (
        head(page)
        + f"""<body><div class='content-outer'><div id='header'><h1 class='title'>The Lantern</h1><p class='description'>A blog about a river</p></div>
<div class='main-outer'><div class='column-center-inner'><div class='date-outer'><h2 class='date-header'>Saturday, 14 March 2026</h2>
<div class='post hentry'><h3 class='post-title entry-title'>{page.title}</h3><div class='post-body entry-content'>{breaks}</div>
<div class='post-footer'>Posted by {page.author} at <a href='#'>07:12</a> <a href='#'>Email This</a><a href='#'>BlogThis!</a> Labels: <a>mud</a></div></div></div>
<div class='comments' id='comments'><h4>1 comment:</h4><div class='comment-body'>So that is where the ledgers went! My aunt always suspected the treasurer, you know.</div></div>
<div class='blog-pager'><a href='#'>Newer Post</a> <a href='#'>Home</a></div></div>
<div class='column-right-outer'><div class='widget BlogArchive'><h2>Blog Archive</h2><ul>{links("2026", "2025", "2024")}</ul></div><div class='widget Profile'><h2>About Me</h2><p>I live by a river and write about it when it rains, which is often.</p></div></div></div></div></body></html>"""
    )


def medium(page: Page) -> str:
    return (
        head(page, suffix=" | Medium")
        + f"""<body><div id="root"><div class="a b c"><div class="d e"><a href="/">Open in app</a><a>Sign up</a><a>Sign in</a></div>
<article><div class="l"><div class="l"><section><div><div class="fj fk"><h1 class="pw-post-title gg gh">{page.title}</h1>
<div class="speechify"><div><a href="/@a">{page.author}</a> · <button>Follow</button></div><div>5 min read · Mar 14, 2026</div><div>-- 3 Listen Share</div></div>
<figure class="mk"><img src="a.jpg"><figcaption class="mx">Photo by A. Person on Unsplash</figcaption></figure>
{page.laid(p='<p class="pw-post-body-paragraph mz na">{}</p>', h='<h1 class="of og">{}</h1>', q='<blockquote class="pf"><p class="mz">{}</p></blockquote>')}
</div></div></section></div></div></article>
<div class="tags"><a>Mud</a><a>Rain</a></div><div class="follow"><h2>Written by {page.author}</h2><p>2.1K followers. I write about rivers, bread and the people who measure both.</p></div>
<div class="more"><h2>Recommended from Medium</h2>{teasers("<div><a href='#'><h2>{title}</h2><h3>{text}</h3></a></div>")}</div></div></div></body></html>"""
    )


def div_soup(page: Page) -> str:
    return (
        head(page)
        + f"""<body><div class="x1"><div class="x2"><div><a href="/">Start</a></div><div><a href="/a">Stories</a></div><div><a href="/b">Shop</a></div></div>
<div class="x3"><div class="x4"><div class="x5"><span style="font-size:40px">{page.title}</span></div><div class="x6"><span>{page.author}</span></div></div>
<div class="x7">{page.laid(p='<div class="x8"><span>{}</span></div>', h='<div class="x9"><span>{}</span></div>', q='<div class="x8"><i>{}</i></div>', li='<div class="x8">{}</div>', ul=('<div class="x10">', "</div>"))}</div></div>
<div class="x11"><div class="x12"><a href="/1">Why the kiln went cold</a></div><div class="x12"><a href="/2">Four roads to the coast</a></div></div>
<div class="x13"><div>Copyright The Lantern</div><div><a href="/p">Privacy</a></div><div><a href="/t">Terms</a></div></div></div></body></html>"""
    )


def newsletter_mail(page: Page) -> str:
    row = '<tr><td class="mcnTextContent" style="padding:9px 18px">{}</td></tr>'
    rows = page.laid(
        p=row.format("<p>{}</p>"),
        h=row.format("<h2>{}</h2>"),
        q=row.format("<em>{}</em>"),
        li=row.format("{}"),
        ul=("", ""),
    )
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{page.title}</title></head><body>
<span class="mcnPreviewText" style="display:none">Mud, rain and a quarrel over gravel</span>
<center><table id="bodyTable" width="100%"><tr><td align="center"><table class="templateContainer" width="600">
<tr><td id="templatePreheader"><table><tr><td><a href="#">View this email in your browser</a></td></tr></table></td></tr>
<tr><td id="templateHeader"><table><tr><td><h1>{page.title}</h1></td></tr></table></td></tr>
<tr><td id="templateBody"><table>{rows}</table></td></tr>
<tr><td id="templateFooter"><table><tr><td><em>Copyright © 2026 The Lantern, All rights reserved.</em><br>You are receiving this email because you opted in on our website.<br>
<a href="#">unsubscribe from this list</a> <a href="#">update subscription preferences</a></td></tr></table></td></tr></table></td></tr></table></center></body></html>"""


def gov(page: Page) -> str:
    return (
        head(page, suffix=" - GOV.EXAMPLE")
        + f"""<body class="govuk-template__body"><div class="gem-c-cookie-banner" role="region" aria-label="Cookies"><p>We use some essential cookies to make this website work.</p><button>Accept additional cookies</button></div>
<a href="#content" class="govuk-skip-link">Skip to main content</a><header role="banner" class="gem-c-layout-super-navigation-header"><nav><ul>{links("Benefits", "Births", "Business")}</ul></nav></header>
<div class="govuk-width-container"><div class="gem-c-breadcrumbs"><ol>{links("Home", "Environment")}</ol></div>
<main role="main" id="content"><div class="govuk-grid-row"><div class="gem-c-title"><span class="govuk-caption-xl">Guidance</span><h1>{page.title}</h1></div>
<p class="gem-c-lead-paragraph">How to report mud on a road that you use.</p>
<div class="gem-c-metadata"><dl><dt>From:</dt><dd><a href="/o">Department of Rivers</a></dd><dt>Published</dt><dd>14 March 2026</dd></dl></div></div>
<div class="govuk-grid-row"><div class="gem-c-contents-list"><nav><h2>Contents</h2><ol>{links(*(t for k, t in page.body if k == "h"))}</ol></nav></div>
<div class="govuk-grid-column-two-thirds"><div class="gem-c-govspeak govuk-govspeak"><div class="govspeak">{page.laid()}</div></div>
<div class="gem-c-published-dates">Published 14 March 2026 <a href="#history">Contents</a></div></div></div>
<div class="gem-c-print-link"><button>Print this page</button></div></main>
<div class="gem-c-contextual-sidebar"><h2>Related content</h2><ul>{links("Apply for a weir", "Drains")}</ul></div>
<div class="gem-c-feedback"><h2>Is this page useful?</h2><button>Yes</button><button>No</button></div></div>
<footer class="gem-c-layout-footer"><h2>Services and information</h2><ul>{links("Disabled people", "Driving")}</ul><p>All content is available under the Open Government Licence, except where otherwise stated</p></footer></body></html>"""
    )


def wiki(page: Page) -> str:
    body = page.laid(
        h='<h2><span class="mw-headline">{}</span><span class="mw-editsection">[<a href="#">edit</a>]</span></h2>'
    )
    return (
        head(page, suffix=" - Lanternpedia")
        + f"""<body class="mediawiki"><div id="content" class="mw-body" role="main"><h1 id="firstHeading">{page.title}</h1><div id="bodyContent">
<div id="siteSub">From Lanternpedia, the free encyclopedia</div><div id="mw-content-text"><div class="mw-parser-output">
<div class="hatnote navigation-not-searchable">For other uses, see <a href="/m">Mud (disambiguation)</a>.</div>
<table class="infobox"><tbody><tr><th colspan="2">Pier</th></tr><tr><th>Length</th><td>212 m</td></tr><tr><th>Opened</th><td>1911</td></tr></tbody></table>
{body}<div class="reflist"><ol class="references"><li id="n1"><a href="#r1">^</a> Holt, E. (1912). <i>Notes on a Pier</i>. Lund.</li></ol></div>
<div class="navbox"><table><tr><td><a href="/1">Piers</a> <a href="/2">Weirs</a></td></tr></table></div></div></div>
<div id="catlinks">Categories: <a href="/c">Piers</a></div></div></div>
<div id="mw-navigation"><h2>Navigation menu</h2><ul>{links("Main page", "Random article", "What links here")}</ul></div>
<footer id="footer"><ul><li>This page was last edited on 14 March 2026, at 07:12.</li><li>Text is available under a free licence; additional terms may apply.</li></ul></footer></body></html>"""
    )


def magazine(page: Page) -> str:
    pull = '<aside class="pullquote"><p>“Nobody in the town hall would say why”</p></aside>'
    figure = "<figure class='article-image'><picture><img src='b.jpg' alt=''></picture><figcaption><span>Workers at the kiln, 1921.</span> <cite>City archive</cite></figcaption></figure>"
    letter = (
        '<div class="newsletter-signup"><h4>Get the weekly letter</h4><p>Enter your address and we will send you the best of'
        " the Lantern, free, every week.</p><input><button>Sign up</button></div>"
    )
    return (
        head(page)
        + f"""<body><header class="masthead"><a href="/">The Lantern</a><button>Menu</button></header>
<article class="article"><header class="article__header"><span class="rubric"><a href="/r">Annals of Rivers</a></span><h1 class="article__hed">{page.title}</h1>
<p class="article__dek">How a valley lost its ledgers and found its voice</p><p class="byline">By <a href="/a">{page.author}</a></p><time>March 14, 2026</time></header>
<div class="article__body"><div class="body__inner">{page.laid(between={2: figure, 4: pull, 7: letter})}</div>
<div class="article__end"><p><em>This article appears in the print edition of March 21st, under the headline “Wet”.</em></p></div></div></article>
<section class="recirc"><h3>Read More</h3>{teasers("<div class='summary-item'><a href='#'>{title}</a><div class='dek'>{text}</div></div>")}</section>
<footer class="page-footer"><p>© 2026 The Lantern. All rights reserved. The material on this site may not be reproduced without permission.</p></footer></body></html>"""
    )


def docs_site(page: Page) -> str:
    return (
        head(page)
        + f"""<body><div class="navbar"><a href="/">Docs</a><input type="search" placeholder="Search"></div>
<div class="docs-wrapper"><aside class="theme-doc-sidebar-container"><ul class="menu__list">{links("Introduction", "Installing", "Gauges", "Weirs", "Pumps", "Licence")}</ul></aside>
<main class="docMainContainer"><div class="row"><div class="col docItemCol"><article><nav class="theme-doc-breadcrumbs"><ul>{links("Guides", "Gauges")}</ul></nav>
<div class="theme-doc-markdown markdown"><header><h1>{page.title}</h1></header>{page.laid()}<pre><code>pump --start</code></pre></div>
<footer class="theme-doc-footer"><a href="#">Edit this page</a><span>Last updated on Mar 14, 2026</span></footer></article>
<nav class="pagination-nav"><a href="#">Previous: Installing</a><a href="#">Next: Weirs</a></nav></div>
<div class="col col--3"><div class="tableOfContents"><ul>{links(*(t for k, t in page.body if k == "h"))}</ul></div></div></div></main></div>
<footer class="footer footer--dark"><div>Copyright © 2026 Lantern Project. Built with Docusaurus.</div></footer></body></html>"""
    )


def press_release(page: Page) -> str:
    return (
        head(page)
        + f"""<body><div id="wrap"><div id="top"><ul class="topnav">{links("Company", "Products", "Investors", "Newsroom")}</ul></div>
<div class="release"><p class="release-label">NEWS RELEASE</p><h1>{page.title}</h1><div class="release-body">{page.laid(h="<p><strong>{}</strong></p>", q="<p>{}</p>")}</div>
<div class="release-tools"><a href="#">Download PDF</a> <a href="#">Email alerts</a> <a href="#">RSS</a></div></div>
<div id="bottom"><p><a href="/p">Privacy</a> | <a href="/s">Site map</a> | Copyright 2026 Lantern plc</p></div></div></body></html>"""
    )


def interview(page: Page) -> str:
    return (
        head(page)
        + f"""<body><header><nav><a href="/">Lantern</a> <a href="/i">Interviews</a></nav></header><main><h1>{page.title}</h1><p class="author">Interview: {page.author}</p>
<div class="story">{page.laid(h='<p class="question"><b>{}</b></p>', q='<p class="answer">{}</p>')}</div>
<div class="tags-list"><span>Tags</span> <a href="/1">Rivers</a> <a href="/2">Bread</a></div>
<div class="disqus" id="disqus_thread"><noscript>Please enable JavaScript to view the comments powered by Disqus.</noscript></div></main>
<footer><p>Write to us: letters@lantern.example</p></footer></body></html>"""
    )


def squarespace(page: Page) -> str:
    block = '<div class="sqs-block html-block sqs-block-html"><div class="sqs-block-content">{}</div></div>'
    inner = page.laid(p='<p class="" style="white-space:pre-wrap;">{}</p>')
    half = inner.index("<h2>") if "<h2>" in inner else len(inner) // 2
    picture = '<div class="sqs-block image-block"><figure><img data-src="c.jpg"><figcaption><p>Low water at the weir</p></figcaption></figure></div>'
    return (
        head(page)
        + f"""<body class="view-item"><div id="siteWrapper"><header id="header"><div class="header-nav"><nav>{links("Journal", "Shop", "Contact")}</nav></div></header>
<main id="page"><article class="sections"><section class="page-section"><div class="content-wrapper"><div class="blog-item-wrapper"><article class="h-entry entry">
<div class="blog-item-top-wrapper"><div class="blog-item-title"><h1 class="entry-title">{page.title}</h1></div><div class="blog-meta-item"><time>3/14/26</time> <span>Written By</span> <a>{page.author}</a></div></div>
<div class="blog-item-content e-content"><div class="sqs-layout"><div class="row sqs-row"><div class="col sqs-col-12">{block.format(inner[:half])}{picture}{block.format(inner[half:])}</div></div></div></div></article>
<section class="item-pagination"><a href="#"><div>Previous</div><h2>Why the kiln went cold</h2></a><a href="#"><div>Next</div><h2>A short history of fog</h2></a></section></div></div></section></article></main>
<footer class="sections"><p>Subscribe</p><p>Sign up with your email address to receive news and updates.</p><form><input></form></footer></div></body></html>"""
    )


def scholarly(page: Page) -> str:
    body = page.laid(
        p='<div class="ltx_para"><p class="ltx_p">{}</p></div>',
        h='<h2 class="ltx_title ltx_title_section"><span class="ltx_tag">1 </span>{}</h2>',
    )
    return (
        head(page)
        + f"""<body><nav class="ltx_page_navbar"><ul>{links("Abstract", "Body")}</ul></nav><div class="ltx_page_main"><div class="ltx_page_content"><article class="ltx_document">
<h1 class="ltx_title ltx_title_document">{page.title}</h1><div class="ltx_authors"><span class="ltx_personname">{page.author}</span></div>
{body}<section class="ltx_bibliography"><h2 class="ltx_title ltx_title_bibliography">References</h2><ul class="ltx_biblist"><li class="ltx_bibitem">E. Holt, Notes on a pier, J. Mud 3 (1912) 1-9.</li></ul></section></article></div>
<footer class="ltx_page_footer"><div>Generated on Sat Mar 14 by LaTeXML</div></footer></div></body></html>"""
    )


def plain(page: Page) -> str:
    return (
        f"""<html><head><title>{page.title}</title></head><body><h1>{page.title}</h1>\n{page.laid()}\n</body></html>"""
    )


FIRST: Mapping[str, Layout] = {
    each.__name__.replace("_", "-"): each
    for each in (
        *(wordpress, ghost, substack, news_site, table_1999, hugo, jekyll_minima, blogger, medium, div_soup),
        *(newsletter_mail, gov, wiki, magazine, docs_site, press_release, interview, squarespace, scholarly, plain),
    )
}
