"""How many pages a book has, in a list of books: 691 p. -> six hundred and ninety-one pages (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after


def _say_pages_in_all(match: re.Match[str], context: Context) -> str | None:
    """Read a hundred pages and more; the stop stays where nothing goes on."""
    stop = "" if re.match(r"\s[a-z]|[,;:)]", text_after(match)) else "."
    return f"{words.cardinal(match['count'], context.locale)} pages{stop}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "citation.pages-in-all",
        r"(?P<count>(?!(?:1[5-9]|20)\d\d p\. \d)[1-9]\d{2,3}) p\.(?=[\s,;:)]|$)",
        _say_pages_in_all,
        (DIGIT,),
        behind=" ",
        example="Moscow, 1971. 691 p. -> Moscow, nineteen seventy-one. six hundred and ninety-one pages.",
    ),
)
