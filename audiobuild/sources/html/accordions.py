"""Accordions of pages: headings that are buttons, with panels that are shut until somebody asks (layer 1, pure).

Source: the accordion pattern of the ARIA Authoring Practices (aria-expanded, aria-controls).
"""

from __future__ import annotations

import re

_HEADING = re.compile(
    r"""(?P<opening><h[2-6]\b[^<>]{0,300}>\s*)<button\b(?P<attributes>[^<>]{0,500})>(?P<words>(?:(?!</?button|</h[2-6]).){1,1000}?)
    </button\s*>(?=\s*</h[2-6])""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONTROLS = re.compile(r"""\baria-controls\s*=\s*["']?([\w:.-]{1,100})""", re.IGNORECASE)
_TAG = re.compile(r"<(?:div|section|dd|ul|ol|p)\b[^<>]{0,500}>", re.IGNORECASE)
_ID = re.compile(r"""\sid\s*=\s*["']?([\w:.-]{1,100})""", re.IGNORECASE)
_SHUT = re.compile(
    r"""\s(?:hidden(?:\s*=\s*(?:"[^"]*"|'[^']*'|[\w-]+))?(?=[\s>/])|aria-hidden\s*=\s*["']?true["']?"""
    r"""|style\s*=\s*(?:"[^"]*display\s*:\s*none[^"]*"|'[^']*display\s*:\s*none[^']*'))""",
    re.IGNORECASE,
)


def open_accordions(text: str) -> str:
    """Write accordions of a page as if they were open: their headings plain, their panels shown; lines stay.

    >>> open_accordions('<h3><button aria-controls="a">Late?</button></h3><div id="a" hidden>Yes.</div>')
    '<h3><span>Late?</span></h3><div id="a">Yes.</div>'
    """
    panels: set[str] = set()

    def plain(found: re.Match[str]) -> str:
        controls = _CONTROLS.search(found["attributes"])
        if controls is None:
            return found[0]
        panels.add(controls[1])
        return f"{found['opening']}<span>{found['words']}</span>"

    def shown(found: re.Match[str]) -> str:
        name = _ID.search(found[0])
        return _SHUT.sub("", found[0]) if name and name[1] in panels else found[0]

    text = _HEADING.sub(plain, text) if "aria-controls" in text else text
    return _TAG.sub(shown, text) if panels else text
