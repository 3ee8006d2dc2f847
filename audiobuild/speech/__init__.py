"""Written text in, spoken text out (layer 1, pure).

Context.for_article(texts, locale) -> verbalise(text, context) -> Spoken -> split_text(spoken.text, max_chars)
"""

from __future__ import annotations

from audiobuild.speech.context import Context, Entry, Policy
from audiobuild.speech.engine import LEXICON, verbalise
from audiobuild.speech.rule import Rule
from audiobuild.speech.sentences import opening_words, split_sentences, split_text

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
