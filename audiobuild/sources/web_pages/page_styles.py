"""What the stylesheet in a page hides of its text (layer 1, pure): sentences put in against those who copy it.

    <style>.cnQ2{display:none}</style> ... <p class="cnQ2">This tale was stolen.</p>

Only a name that nothing else on the page speaks of is believed: what a program can open is hidden at first as well.
"""

from __future__ import annotations

import re

_STYLE = re.compile(r"<style\b[^>]*>(.{0,200000}?)</style", re.IGNORECASE | re.DOTALL)
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
    if _CONDITIONAL.search(styles):
        styles = _without_conditions(styles)
    hidden = {name for name in _HIDING.findall(styles) if _is_named_once(name, text)}

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


def _is_named_once(name: str, text: str) -> bool:
    """Whether no other rule, and no program on the page, speaks of a class."""
    spoken = re.findall(rf"""(?:\.|["' ]){re.escape(name)}(?![\w-])""", "".join(_programs(text)))
    return len(spoken) == 1


def _programs(text: str) -> list[str]:
    return re.findall(r"<(?:style|script)\b[^>]*>.*?</(?:style|script)", text, re.IGNORECASE | re.DOTALL)
