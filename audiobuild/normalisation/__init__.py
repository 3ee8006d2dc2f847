"""Written text in, spoken text out (layer 1, pure).

Context.for_article(texts, locale) -> verbalise(text, context) -> Spoken -> split_text(spoken.text, max_chars)
"""

from __future__ import annotations

from audiobuild.normalisation.context import Context, Entry, Policy
from audiobuild.normalisation.english.sentences import opening_words, split_sentences, split_text
from audiobuild.normalisation.rule import Rule
from audiobuild.normalisation.scan import LEXICON, verbalise

__all__ = [
    "LEXICON",
    "Context",
    "Entry",
    "Policy",
    "Rule",
    "opening_words",
    "split_sentences",
    "split_text",
    "verbalise",
]
