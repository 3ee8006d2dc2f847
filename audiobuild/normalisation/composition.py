"""Two passes over a text told as one: what the second changed, in terms of what was written (layer 1, pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

Piece = tuple[int, int, str, str]
"""Start and end of a span, its spoken words, and the rule that said so."""


def with_pieces(text: str, pieces: Iterable[Piece]) -> str:
    """Return the text with what is said in place of its spans, which stand in order and never overlap.

    >>> with_pieces("All 6m", [(4, 6, "six million", "magnitude")])
    'All six million'
    """
    parts: list[str] = []
    done = 0
    for start, end, spoken, _ in pieces:
        parts += (text[done:start], spoken)
        done = end
    return "".join([*parts, text[done:]])


def composed(first: Sequence[Piece], between: str, again: Sequence[Piece]) -> list[Piece]:
    """Return what two passes made of a text, the second having read what the first said.

    A piece keeps the name of the rule that changed the written form first.

    Args:
        first: pieces of the written text.
        between: what the first pass made of it.
        again: pieces of `between`.

    >>> composed([(4, 5, "and", "and")], "Dr. and co", [(0, 3, "Doctor", "title")])
    [(0, 3, 'Doctor', 'title'), (4, 5, 'and', 'and')]
    """
    pieces: list[Piece] = []
    shift = 0  # how much further on in the written text a place in unchanged text stands
    for cluster in _clusters(first, again):
        start = cluster[0][0]
        end = max(span[1] for span in cluster)
        written_start = start + shift
        parts: list[str] = []
        done = start
        for span_start, span_end, is_again, (_, written_end, spoken, _) in cluster:
            if is_again:
                parts += (between[done:span_start], spoken)
                done = span_end
            else:
                shift = written_end - span_end
        rule = min(cluster, key=lambda span: span[2])[3][3]
        pieces.append((written_start, end + shift, "".join([*parts, between[done:end]]), rule))
    return pieces


_Span = tuple[int, int, int, Piece]
"""Start and end in the text between the passes, 0 or 1 for the pass, and the piece."""


def _clusters(first: Sequence[Piece], again: Sequence[Piece]) -> Iterator[list[_Span]]:
    """Yield the pieces of both passes in order, those together that overlap."""
    spans: list[_Span] = [(piece[0], piece[1], 1, piece) for piece in again]
    shift = 0
    for piece in first:
        start, end, spoken, _ = piece
        spans.append((start + shift, start + shift + len(spoken), 0, piece))
        shift += len(spoken) - (end - start)
    spans.sort(key=lambda span: span[:3])
    cluster: list[_Span] = []
    reach = 0
    for span in spans:
        if cluster and span[0] >= reach:
            yield cluster
            cluster = []
        reach = max(reach, span[1]) if cluster else span[1]
        cluster.append(span)
    if cluster:
        yield cluster
