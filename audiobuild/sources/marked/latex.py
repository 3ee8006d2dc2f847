"""Simple mathematics in LaTeX, written in characters that a language's rules can say (layer 1).

x^2 + y      x² + y
E = mc^2     E = mc²
\\frac{1}{2}  1/2
\\int_0^1 f   (left out)
"""

from __future__ import annotations

import re

_LONGEST_CHARS = 80
_RAISED = str.maketrans("0123456789-+n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ")
_SIGNS = {
    "times": "×",
    "cdot": "×",
    "div": "÷",
    "pm": "±",
    "approx": "≈",
    "neq": "≠",
    "ne": "≠",
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "to": "→",
    "rightarrow": "→",
    "infty": "∞",
    "percent": "%",
    "degree": "°",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "theta": "θ",
    "lambda": "λ",
    "mu": "μ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "phi": "φ",
    "omega": "ω",
    "Delta": "Δ",
    "Sigma": "Σ",
    "Omega": "Ω",
    "quad": " ",
    "left": "",
    "right": "",
    "%": "%",
    ",": " ",
    ";": " ",
    "$": "$",
    " ": " ",
}
_SHAPES = (
    (re.compile(r"\\(?:text|mathrm|mathit|mathbf|operatorname)\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\[dt]?frac\{(\w{1,9})\}\{(\w{1,9})\}"), r"\1/\2"),
    (re.compile(r"\\sqrt\{(\w{1,9})\}"), r"√\1"),
    (re.compile(r"\^\{?(-?\d{1,4}|n|[+-])\}?(?!\w)"), lambda found: found[1].translate(_RAISED)),
    (re.compile(r"(?<=\w)\^\{?\\circ\}?"), "°"),
    (re.compile(r"_\{?(\d{1,4}|[a-z])\}?(?!\w)"), r"\1"),
    (re.compile(r"\\([A-Za-z]+|[%,;$ ])"), lambda found: _SIGNS.get(found[1], found[0])),
)
_SIMPLE = re.compile(r"[^\W_⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ]{0,20}[\w\s.,=+()<>/×÷±≈≠≤≥→∞%°√⁻⁺$-]*")
_MATHEMATICAL = re.compile(r"[\\^_=+<>×÷±²³√]|^[A-Za-z]$|^[A-Za-z](?:\s*[-/*]\s*\w)+$|^\w\(\w\)$|^\d[\d.,]*$")


def is_mathematical(text: str) -> bool:
    """Tell mathematics between two dollar signs from a text between two sums of money.

    >>> is_mathematical("x^2 + y"), is_mathematical("5 for bread, and not ")
    (True, False)
    """
    return _MATHEMATICAL.search(text.strip()) is not None


def plain_maths(latex: str) -> str:
    """Write mathematics in plain characters; empty where it is more than a simple term or equation.

    >>> plain_maths("E = mc^2"), plain_maths("\\\\sum_{i=1}^{n} i")
    ('E = mc²', '')
    """
    if len(latex) > _LONGEST_CHARS:
        return ""
    text = latex
    for shape, plain in _SHAPES:
        text = shape.sub(plain, text)
    text = " ".join(text.split())
    return text if _SIMPLE.fullmatch(text) else ""
