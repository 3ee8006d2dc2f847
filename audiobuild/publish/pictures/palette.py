"""The page's colours, by light and by night, worked out from one accent so that each of them can be read (layer 3).

A colour is "#rrggbb"; a contrast is a ratio from 1 to 21.

Source: WCAG 2.2, "relative luminance" and "contrast ratio"; 1.4.3 (text, 4.5) and 1.4.11 (controls, 3).
"""

from __future__ import annotations

from collections.abc import Mapping

TEXT = 4.6
"""What text must have against what it stands on; a little more than is asked, since browsers round."""
CONTROL = 3.1
"""What a button, a line of focus or the mark under a word must have."""
READING = 8.0
"""What the text that is spoken keeps on the ground that marks it."""

_STEPS = 64
_MOST_MARKED = 16
"""Steps of the accent under what is marked: a quarter."""
_WHITE, _BLACK = "#ffffff", "#000000"

LIGHT: Mapping[str, str] = {
    "ground": "#faf9f6",
    "raised": "#ffffff",
    "sunken": "#f0eee9",
    "ink": "#1c1b19",
    "muted": "#5b5852",
    "edge": "#85817a",
    "hairline": "#e2ded6",
}
DARK: Mapping[str, str] = {
    "ground": "#141517",
    "raised": "#1d1f22",
    "sunken": "#25282c",
    "ink": "#eceae5",
    "muted": "#aeaba4",
    "edge": "#7f7d79",
    "hairline": "#303338",
}


def contrast(one: str, other: str) -> float:
    """Say how well two colours can be told apart.

    >>> round(contrast("#ffffff", "#000000"))
    21
    """
    paler, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (paler + 0.05) / (darker + 0.05)


def blend(one: str, other: str, share: float) -> str:
    """Mix two colours, the second with a share of 0 to 1.

    >>> blend("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(255 * (first + (second - first) * share)):02x}" for first, second in pairs)


def legible(colour: str, grounds: tuple[str, ...], least: float) -> str:
    """Bring a colour towards black or white, whichever suits the grounds, until it has the contrast.

    >>> legible("#0b5394", ("#ffffff",), 4.5)
    '#0b5394'
    """
    far = max((_BLACK, _WHITE), key=lambda end: min(contrast(end, ground) for ground in grounds))
    for step in range(_STEPS + 1):
        tried = blend(colour, far, step / _STEPS)
        if min(contrast(tried, ground) for ground in grounds) >= least:
            break
    return tried


def palette(accent: str, neutrals: Mapping[str, str]) -> dict[str, str]:
    """Give every colour of the page by its name, for one of LIGHT and DARK.

    Args:
        accent: the show's own colour, which may be any.
        neutrals: the colours that are the same for every show.
    """
    grounds = (neutrals["ground"], neutrals["raised"], neutrals["sunken"])
    fill = legible(accent, grounds, CONTROL)
    return {
        **neutrals,
        "accent": legible(accent, grounds, TEXT),
        "fill": fill,
        "on-fill": max((_WHITE, _BLACK), key=lambda ink: contrast(ink, fill)),
        "mark": _mark(fill, neutrals),
    }


def render_palette(accent: str) -> str:
    """Write the colours as custom properties: by what the reader's system wants, or by the reader's own choice."""
    light, dark = (_properties(palette(accent, neutrals)) for neutrals in (LIGHT, DARK))
    return (
        f":root {{ color-scheme: light; {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ color-scheme: dark; {dark} }} }}\n"
        f":root[data-theme=light] {{ color-scheme: light; {light} }}\n"
        f":root[data-theme=dark] {{ color-scheme: dark; {dark} }}\n"
    )


def _mark(fill: str, neutrals: Mapping[str, str]) -> str:
    """As much of the accent under the word that is spoken as leaves it easy to read."""
    for step in range(_MOST_MARKED, 0, -1):
        ground = blend(neutrals["ground"], fill, step / _STEPS)
        if contrast(neutrals["ink"], ground) >= READING:
            return ground
    return neutrals["ground"]


def _properties(colours: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
