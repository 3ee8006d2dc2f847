"""Written text in, spoken text out (layer 1, pure).

gather_context(texts, locale) -> verbalise(text, context) -> Spoken -> split_text(spoken.text, max_chars, locale)
"""

from __future__ import annotations

from audiobuild.normalisation.context import DEFAULT_LOCALE, Context, Entry, Policy
from audiobuild.normalisation.known_texts import KnownTexts
from audiobuild.normalisation.language import Language, gather_context, load_language
from audiobuild.normalisation.rule import Rule
from audiobuild.normalisation.scan import LEXICON, verbalise
from audiobuild.normalisation.sentences import opening_words, split_sentences, split_text

__all__ = [
    "DEFAULT_LOCALE",
    "LEXICON",
    "Context",
    "Entry",
    "KnownTexts",
    "Language",
    "Policy",
    "Rule",
    "gather_context",
    "load_language",
    "opening_words",
    "split_sentences",
    "split_text",
    "verbalise",
]
