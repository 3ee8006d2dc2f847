"""Written text in, spoken text out (layer 1, pure).

Context.for_article(texts, locale) -> verbalise(text, context) -> Spoken -> split_text(spoken.text, max_chars, locale)
"""

from __future__ import annotations

from audiobuild.normalisation.context import Context, Entry, Policy
from audiobuild.normalisation.language import DEFAULT_LOCALE, Language, load_language
from audiobuild.normalisation.rule import Rule
from audiobuild.normalisation.scan import LEXICON, verbalise
from audiobuild.normalisation.sentences import opening_words, split_sentences, split_text

__all__ = [
    "DEFAULT_LOCALE",
    "LEXICON",
    "Context",
    "Entry",
    "Language",
    "Policy",
    "Rule",
    "load_language",
    "opening_words",
    "split_sentences",
    "split_text",
    "verbalise",
]
