"""What the stylesheet in a page hides of its text (layer 1, pure): sentences put in against those who copy it.

    <style>.cnQ2{display:none}</style> ... <p class="cnQ2">This tale was stolen.</p>

Only a name that nothing else on the page speaks of is believed: what a program can open is hidden at first as well.
"""

from __future__ import annotations

import re

_STYLE = re.compile(r"<style\b[^<>]*+>(.*?)(?:</style|\Z)", re.IGNORECASE | re.DOTALL)
_PROGRAM = re.compile(r"<(?:style|script)\b[^<>]*+>.*?(?:</(?:style|script)|\Z)", re.IGNORECASE | re.DOTALL)
_MOST_NAMES = 50
"""Of classes that are looked for in programs."""
_HIDING = re.compile(r"(?:^|[}\s])\.([\w-]{1,100})\s*\{[^{}]{0,500}\bdisplay\s*:\s*none\b", re.IGNORECASE)
_CONDITIONAL = re.compile(r"@[^{};]{0,300}\{")
_SHORT = re.compile(
    r"""<(?P<tag>p|span|div|em|i)\b(?=[^<>]{0,300}\bclass\s*=\s*["']?(?P<names>[\w -]{1,200}))(?P<more>[^<>]{0,300})>
    (?=[^<>]{1,400}</(?P=tag))""",
    re.VERBOSE | re.IGNORECASE,
)
"""An element with a few words and no other element in it."""


def hide_styled(text: str) -> str:
    """Mark as hidden what the page's own stylesheet hides for good.

    >>> hide_styled("<style>.q{display:none}</style><p class=q>Stolen!</p><p>The pier.</p>")
    '<style>.q{display:none}</style><p class=q hidden>Stolen!</p><p>The pier.</p>'
    """
    styles = "".join(found[1] for found in _STYLE.finditer(text))
    names = frozenset(_HIDING.findall(styles))
    given = (name for found in (_SHORT.finditer(text) if names else ()) for name in found["names"].split())
    hidden = _named_once(names.intersection(given), text)
    if hidden and _CONDITIONAL.search(styles):
        hidden &= frozenset(_HIDING.findall(_without_conditions(styles)))

    def marked(found: re.Match[str]) -> str:
        is_hidden = not hidden.isdisjoint(found["names"].split())
        return f"<{found['tag']}{found['more']} hidden>" if is_hidden else found[0]

    return _SHORT.sub(marked, text) if hidden else text


def _without_conditions(styles: str) -> str:
    """Drop rules that hold on some screens, or on paper, alone."""
    kept, depth, from_depth = [], 0, 0
    for part in re.split(r"(@[^{};]{0,300}\{|[{}])", styles):
        if part.endswith("{"):
            depth += 1
            from_depth = from_depth or (depth if part.startswith("@") else 0)
        kept += [] if from_depth else [part]
        if part == "}":
            depth = max(0, depth - 1)
            from_depth = 0 if depth < from_depth else from_depth
    return "".join(kept)


def _named_once(names: frozenset[str], text: str) -> frozenset[str]:
    """Keep the classes of which no other rule, and no program on the page, speaks."""
    programs = "\n".join(_PROGRAM.findall(text)) if names else ""
    return frozenset(name for name in sorted(names)[:_MOST_NAMES] if programs.count(name) == 1)
