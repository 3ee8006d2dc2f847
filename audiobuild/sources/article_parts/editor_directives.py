"""What an editor says in comments of HTML, which nobody else sees (layer 1, pure).

6m<!-- say: six metres -->           how the word before is spoken
Ghent<!-- say: /ɡɛnt/ -->            how it sounds, in IPA
<!-- say Ghent: Gent -->             how a word is spoken in all of the article; IPA too
NATO<!-- spell -->                   letter by letter
<!-- pause 2s -->                    silence behind the paragraph, or in the middle of it
<!-- voice espeak:en-gb -->          another voice, up to <!-- end voice -->
<!-- skip --> ... <!-- end skip -->  what stands between is not read
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from audiobuild.errors import SourceError
from audiobuild.model.values import PROSE, Article, Block, BlockKind, Saying
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.article_parts.marked_text import Words, ipa_in, said, spelt

SKIPPED = "its editor leaves it out"
UNENDED = "nothing says up to where its editor leaves out"
"""Of a comment that begins what is left out, where no other ends it; and of one that has no end itself."""
_FORM = re.compile(
    r"(?:(?P<say>say):\s*(?P<words>\S.*)|(?P<spell>spell)|pause:?\s+(?P<pause>\d{1,5}(?:\.\d{1,3})?)\s*(?P<unit>ms|s)"
    r"|voice:?\s+(?P<voice>\S.{0,80})|(?P<end_voice>end\s+voice)|(?P<skip>skip)|(?P<end_skip>end\s+skip))\s*",
    re.IGNORECASE | re.DOTALL,
)
_SAYING = re.compile(
    r"<!--\s*say\s+(?P<written>[^:<>\s][^:<>\n]{0,99}?)\s*:\s*(?P<words>[^<>]*?\S)\s*-->", re.IGNORECASE
)
_BEGINS = "<!-- skip -->"
_LIKE = re.compile(
    r"<!--\s*(?P<end>(?:/|end|stop)[\s_-]*)?(?P<word>[a-z]+)\b(?P<rest>.*?)\s*-->", re.IGNORECASE | re.DOTALL
)
_WORDS = ("say", "spell", "pause", "voice", "skip")
_LIKENESS = 0.65
"""How like one of these a word with the same first letter is that is taken for a slip of the pen."""
_LONGEST_PAUSE_MS = 60_000


@dataclass(slots=True)
class Directives:
    """What the editor has said and holds until it is taken back."""

    voice: str = ""
    is_skipping: bool = False
    outside: Words | None = None
    """The words that a skipped passage stands among."""
    skipped: list[list[int]] = field(default_factory=list)
    """The first and last lines of what is left out."""

    def apply(self, found: FoundBlock) -> FoundBlock:
        """Apply the editor's directives to a block."""
        if not self.voice and not self.is_skipping:
            return found
        block = found.block._replace(voice=self.voice)
        return found._replace(block=block._replace(unread=block.unread or SKIPPED) if self.is_skipping else block)

    def unended(self) -> Iterator[FoundBlock]:
        """Give the comment that left something out, where it does so up to the end."""
        if self.is_skipping and self.skipped:
            yield FoundBlock(Block(BlockKind.HTML, _BEGINS, self.skipped[-1][0], unread=UNENDED))

    def is_left_out(self, line: int) -> bool:
        """Whether a line lies in what is left out."""
        return any(first <= line <= last for first, last in self.skipped)


class Paragraphs(Protocol):
    """What puts paragraphs together, and obeys."""

    words: Words
    directives: Directives

    def flush(self) -> None:
        """End the paragraph."""

    def put(self, kind: BlockKind, text: str, line: int) -> None:
        """Add a block."""

    def pause(self, pause_ms: int) -> bool:
        """Set the pause behind the last block; tell whether there is one."""


def apply_comment(reader: Paragraphs, comment: str, line: int) -> bool:
    """Apply a comment of the editor's; return whether it was a directive that could be applied."""
    found = _FORM.fullmatch(comment)
    if found is None:
        return False
    if found["say"] or found["spell"]:
        if reader.words.has_words:
            reader.words.mark(said(found["words"]) if found["say"] else spelt())
        return reader.words.has_words
    if found["pause"]:
        if reader.words.has_words:
            reader.flush()
        pause_ms = float(found["pause"]) * (1 if found["unit"].lower() == "ms" else 1000)
        return reader.pause(min(round(pause_ms), _LONGEST_PAUSE_MS))
    if found["skip"]:
        return _skip(reader, line)
    if found["end_skip"]:
        return _end_skip(reader, line)
    reader.flush()
    reader.directives.voice = (found["voice"] or "").strip()
    return True


def slip_in(remark: str, reason: str) -> str:
    """Say what is wrong with a remark that is not heeded and seems meant for one that is; empty for any other.

    Args:
        remark: the remark as it is written.
        reason: why it is not read.

    >>> slip_in("<!-- sya: six metres -->", "HTML is not read")
    'remark that is not understood'
    """
    found = _LIKE.fullmatch(remark.strip())
    if found is None or saying_of(remark):
        return ""
    word = found["word"].lower()
    if reason == SKIPPED and word == "skip" and not found["end"] and not found["rest"]:
        return "skip within a skip that has not ended"
    near = next((each for each in _WORDS if each[0] == word[0] and _is_like(each, word)), "")
    meant = f"{'end ' if found['end'] else ''}{near}{found['rest']}"
    is_meant = word in _WORDS or (near and (_FORM.fullmatch(meant) or saying_of(f"<!-- {meant} -->")))
    return "remark that is not understood" if is_meant else ""


def _is_like(word: str, written: str) -> bool:
    return difflib.SequenceMatcher(None, word, written).ratio() >= _LIKENESS


def saying_of(remark: str) -> Saying | None:
    """Read a remark that says how a word is spoken in all of an article; None for any other.

    >>> saying_of("<!-- say Ghent: /ɡɛnt/ -->")
    Saying(written='Ghent', spoken='Ghent', ipa='ɡɛnt')
    """
    found = _SAYING.fullmatch(remark.strip())
    if found is None:
        return None
    words = " ".join(found["words"].split())
    ipa = ipa_in(words)
    return Saying(found["written"], found["written"] if ipa else words, ipa)


def sayings_in(blocks: Iterable[Block]) -> Iterator[Saying]:
    """Find what such remarks say: they are blocks of HTML, none of which is read."""
    remarks = (block.text for block in blocks if block.kind is BlockKind.HTML and not block.unread)
    return (saying for remark in remarks if (saying := saying_of(remark)))


def _skip(reader: Paragraphs, line: int) -> bool:
    directives = reader.directives
    if directives.is_skipping:
        return False
    directives.is_skipping = True
    directives.outside, reader.words = reader.words, Words()
    directives.skipped.append([line, 1 << 40])
    return True


def _end_skip(reader: Paragraphs, line: int) -> bool:
    directives = reader.directives
    if not directives.is_skipping:
        return False
    if directives.outside is not None:  # all of it stands within a paragraph, which goes on
        hidden, reader.words = reader.words, directives.outside
        directives.outside = None
        for words, at in hidden.take():
            reader.put(BlockKind.PARAGRAPH, words, at)
    else:
        reader.flush()
    directives.is_skipping = False
    directives.skipped[-1][1] = line
    return True


def refuse_unended(article: Article) -> None:
    """Refuse an article whose end is left out by a slip.

    Raises:
        SourceError: what is left out has no end.
    """
    for block in article.blocks:
        if block.unread == UNENDED:
            where = f"{article.source}:{block.line}"
            if block.text == _BEGINS:
                hint = "Write <!-- end skip --> where reading goes on, or at the end."
                raise SourceError(f"{_BEGINS} has no end", where, hint)
            begun, ending = ("comment", "-->") if block.text.startswith("<!--") else ("element", "its end tag")
            message = f"the {begun} that begins here has no end: {block.text.splitlines()[0][:60]}"
            raise SourceError(message, where, f"Write {ending} where it ends.")


def with_pause(found: list[FoundBlock], pause_ms: int) -> bool:
    """Set the pause behind the last block that is read; tell whether there is one."""
    for place in range(len(found) - 1, max(-1, len(found) - 20), -1):
        block = found[place].block
        if block.kind in (*PROSE, BlockKind.HEADING) and not block.unread:
            found[place] = found[place]._replace(block=block._replace(pause_ms=pause_ms))
            return True
    return False
