"""What a page speaks of, and whether it lies on the desk as the page shows it (layer 4)."""

from __future__ import annotations

from dataclasses import dataclass

from audiobuild.desk.article_proof import ArticleProof, LaidPassage
from audiobuild.desk.changes import ChangedMeanwhile
from audiobuild.desk.proofs import Proofs
from audiobuild.errors import SourceError
from audiobuild.model.values import Segment


@dataclass(frozen=True, slots=True)
class Spot:
    """A passage as a page shows it, or words of it."""

    article: int
    """Its place on the desk, from 0."""
    digest: str
    """Of the article, as the page has it."""
    passage: int
    """Its place in the article, from 0."""
    start: int = 0
    """Of the words in what is written, in characters, like the end; both are 0 for the whole passage."""
    end: int = 0


def passage_at(proofs: Proofs, spot: Spot) -> tuple[ArticleProof, LaidPassage]:
    """Find what a page speaks of.

    Raises:
        ChangedMeanwhile: the page shows another state of it.
    """
    proof = proofs.all[spot.article] if 0 <= spot.article < len(proofs.all) else None
    if proof is None or proof.digest != spot.digest or not 0 <= spot.passage < len(proof.passages):
        raise ChangedMeanwhile("the article is another one now", hint="Look at what it says now, then do it again.")
    return proof, proof.passages[spot.passage]


def said_of(passage: LaidPassage) -> Segment:
    """Give what is said of a passage.

    Raises:
        SourceError: it is left out.
    """
    if passage.segment is None:
        raise SourceError("this is not read", hint=passage.skipped)
    return passage.segment
