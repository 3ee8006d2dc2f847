"""Symbols between words and numbers, and the punctuation that is for the eye (layer 1, pure)."""

from __future__ import annotations

import re
import unicodedata

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.german.lexis.vocabulary import TABLES
from audiobuild.normalisation.german.lexis.words import cardinal
from audiobuild.normalisation.rule import ANY_SYMBOL, Rule, make_rule, text_after

_NAMES = TABLES.map("symbols")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def _say_paragraph(match: re.Match[str], context: Context) -> str | None:
    return "Paragrafen" if len(match.group()) > 1 else "Paragraf"


def _say_dash(match: re.Match[str], context: Context) -> str | None:
    """Make a pause of a dash between words."""
    return ", " if re.match(r"\s*\w", text_after(match)) and match.start() else ""


def _keep(match: re.Match[str], context: Context) -> str | None:
    return match.group()


def _say_name(match: re.Match[str], context: Context) -> str | None:
    return _NAMES.get(match.group())


def _say_subscript(match: re.Match[str], context: Context) -> str | None:
    return f" {cardinal(match.group().translate(_SUBSCRIPTS))}"


def _say_nothing(match: re.Match[str], context: Context) -> str | None:
    """Leave out what adorns a text and means nothing: quotation marks, brackets, pictures."""
    kind = unicodedata.category(match.group())
    return "" if kind[0] == "P" or kind in ("Sk", "So") else None


def _say_last(match: re.Match[str], context: Context) -> str | None:
    char = match.group()
    return char if unicodedata.category(char)[0] in "LM" else ""


RULES: tuple[Rule, ...] = (
    make_rule("symbol.paragraph", r"§{1,2}", _say_paragraph, "§", example="§ -> Paragraf", locale="de-DE"),
    make_rule("punctuation.hyphen", r"-(?=[^\W_])|(?<=\w)-", _keep, "-", example="E-Mail -> E-Mail", locale="de-DE"),
    make_rule("punctuation.dash", r"\s?[–—-]+\s?", _say_dash, "–—-", example="– -> ", locale="de-DE"),
    make_rule("punctuation.ellipsis", r"…", lambda match, context: ".", "…", example="… -> .", locale="de-DE"),
    make_rule(
        "symbol.stroke",
        r"/",
        lambda match, context: " ",
        "/",
        example="2019/20 -> zweitausendneunzehn zwanzig",
        locale="de-DE",
    ),
    make_rule("symbol.name", f"[{re.escape(''.join(_NAMES))}]", _say_name, _NAMES, example="& -> und", locale="de-DE"),
    make_rule(
        "symbol.subscript",
        r"[₀-₉]+",
        _say_subscript,
        "₀₁₂₃₄₅₆₇₈₉",
        example="CO₂-Preis -> C O zwei-Preis",
        locale="de-DE",
    ),
    make_rule("symbol.ornament", r"[^\w\s.,;:?!()]|_", _say_nothing, (ANY_SYMBOL,), example="🙂 -> ", locale="de-DE"),
    make_rule(
        "symbol.last-resort",
        r"[^\w\s.,;:?!()]|[⁰¹⁴-⁹¼-¾⅐-⅞]",
        _say_last,
        (ANY_SYMBOL,),
        example="a ⊕ b -> a b",
        locale="de-DE",
    ),
)
