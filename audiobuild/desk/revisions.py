"""What the articles of the desk were before, so that a paragraph can be heard as it was (layer 4).

Whoever has changed them: an editor at the desk or elsewhere, the lexicon, another voice, or a change taken back.
"""

from __future__ import annotations

from collections import defaultdict, deque
from difflib import SequenceMatcher

from audiobuild.desk.article_proof import ArticleProof
from audiobuild.model.values import Segment

_MOST = 20
"""How many revisions of an article are known."""
_ALIKE = 0.4
"""From which share of letters in common a paragraph is taken for another wording of one."""


class Revisions:
    """The articles as they were, each under its source and its place in that."""

    def __init__(self) -> None:
        self._known: defaultdict[tuple[str, int], deque[ArticleProof]] = defaultdict(lambda: deque(maxlen=_MOST))

    def note(self, before: tuple[ArticleProof, ...], now: tuple[ArticleProof, ...]) -> None:
        """Keep the articles that are others now, and those that are gone, as they were."""
        standing = _named(now)
        for name, proof in _named(before).items():
            if name not in standing or standing[name].digest != proof.digest:
                self._known[name].append(proof)

    def former(self, proofs: tuple[ArticleProof, ...], place: int, number: int) -> Segment | None:
        """Give a passage as it sounded before, the latest time that it was otherwise; None where it never was.

        Args:
            proofs: the articles as they are.
            place: which of them.
            number: which passage of it.
        """
        name = next(name for name, proof in _named(proofs).items() if proof is proofs[place])
        now = proofs[place].passages[number].segment
        for before in reversed(self._known[name]):
            segment = _counterpart(before, proofs[place], number)
            if segment and (now is None or _sound(segment) != _sound(now)):
                return segment
        return None


def _named(proofs: tuple[ArticleProof, ...]) -> dict[tuple[str, int], ArticleProof]:
    counts: defaultdict[str, int] = defaultdict(int)
    named = {}
    for proof in proofs:
        source = proof.article.source
        named[source, counts[source]] = proof
        counts[source] += 1
    return named


def _sound(segment: Segment) -> tuple[object, ...]:
    return segment.spoken.text, segment.voice, segment.pronunciations


def _counterpart(before: ArticleProof, now: ArticleProof, number: int) -> Segment | None:
    """Find what a passage was: the same words, or else what stood between the same neighbours and is like it."""
    old, new = ([passage.text for passage in proof.passages] for proof in (before, now))
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if not start <= number < end:
            continue
        if kind == "equal" or last - first == end - start:
            return before.passages[first + number - start].segment
        likeness = {place: SequenceMatcher(None, old[place], new[number]).ratio() for place in range(first, last)}
        best = max(likeness, key=likeness.__getitem__, default=-1)
        return before.passages[best].segment if best >= 0 and likeness[best] >= _ALIKE else None
    return None
