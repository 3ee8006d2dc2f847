"""How a block is said: as segments, each block that is like another but once; and what the show itself says (layer 2).

The number of an item in a list is said before the item, which is read as it is without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter

from audiobuild.config.show import Show
from audiobuild.model.values import (
    Article,
    Block,
    BlockKind,
    Replacement,
    Role,
    Segment,
    Spoken,
    Voice,
    frames_of,
)
from audiobuild.normalisation import Context, Entry, load_language
from audiobuild.normalisation.overrides import verbalise_with
from audiobuild.script.casting import choose_voice
from audiobuild.script.known_sounds import find_pronunciations
from audiobuild.script.language_pieces import block_language, language_pieces, table_rows, voice_named, voice_of
from audiobuild.script.spoken_pieces import cut_spoken

_LEAST_PAUSE_MS = 60
"""What joining needs: the last words must have died away when the next take begins."""

_ROLES = {
    BlockKind.FLY_TITLE: Role.FLY_TITLE,
    BlockKind.HEADLINE: Role.HEADLINE,
    BlockKind.RUBRIC: Role.RUBRIC,
    BlockKind.DATE: Role.DATE,
    BlockKind.HEADING: Role.HEADING,
    BlockKind.PARAGRAPH: Role.PARAGRAPH,
    BlockKind.QUOTATION: Role.QUOTATION,
    BlockKind.LIST_ITEM: Role.LIST_ITEM,
    BlockKind.FOOTNOTE: Role.PARAGRAPH,
    BlockKind.TABLE: Role.LIST_ITEM,
}
_ALL_ELSE = attrgetter(*(each for each in Block._fields if each not in ("line", "text")))
"""All that is known of a block but its words and its line."""
_NUMBER = re.compile(r"\d{1,9}\.(?:$| (?=[^\W\d_]++(?:[\s,.;:!?]|$)))")
"""Of an item; behind it a word or nothing, for figures might be the rest of it, and 1. e4 is a move."""
_ONE = "1."
"""An item of a number alone, as which others are read that have no more."""
_STOPS = re.compile(r"[.!?…:;,][\"'”’)\]]*\s*$")
_A_WORD = re.compile(r"\w")


@dataclass(slots=True)
class Telling:
    """How an article's blocks are said, each that is like another but once."""

    article: Article
    show: Show
    whole: str
    """The article's language; empty for the show's own."""
    context: Context
    _known: dict[object, tuple[Segment, ...]] = field(default_factory=dict)
    _numbers: dict[tuple[str, str], Spoken] = field(default_factory=dict)
    """How other numbers of items are said, by language."""
    _count: int = 0
    """How many items in a row were counted from one."""
    _voices: dict[Role, Voice] = field(default_factory=dict)

    def segments(self, block: Block, *, is_open: bool) -> list[Segment]:
        """Say a block.

        Args:
            block: the block.
            is_open: whether the next one may be the rest of its sentence.
        """
        number = _number_of(block)
        text = block.text[len(number) :]
        alike = (text, is_open, *_ALL_ELSE(block))  # is worked out once, however often it stands here
        said = self._known.get(alike)
        if said is None:
            bare = block._replace(text=text or _ONE) if number else block
            said = self._known[alike] = tuple(self._read(bare, is_open=is_open))
        if number and said:
            spoken = self._number(number, said[0].language)
            if not text:
                return [replace(said[0], spoken=spoken, line=block.line)]
            first = _numbered(spoken, said[0], block.line)
            return [first, *(_on_line(each, block.line) for each in said[1:])]
        return [_on_line(each, block.line) for each in said]

    def _number(self, number: str, language: str) -> Spoken:
        """Say the number of an item: where items are not counted from one, it may be a year."""
        digits = number.rstrip(". ")
        self._count = self._count + 1 if digits == str(self._count + 1) else int(digits == "1")
        locale = language or self.context.locale
        if self._count and (say_count := load_language(locale).say_count):
            words = say_count(digits, locale)
            return Spoken(
                words + number[len(digits) :], number, (Replacement(0, len(digits), digits, words, "item number"),)
            )
        said = self._numbers.get((number, language))
        if said is None:
            said = verbalise_with(number, (), context_in(language, self.context))
            self._numbers[number, language] = said
        return said

    def _voice(self, role: Role) -> Voice:
        voice = self._voices.get(role)
        if voice is None:
            voice = choose_voice(self.show, role, self.article.section, self.article.number)
            self._voices[role] = voice
        return voice

    def _read(self, block: Block, *, is_open: bool) -> Iterator[Segment]:
        """Say a block: in one go, but for a table's rows, passages that others read, and what is very long."""
        show, context, role = self.show, self.context, _ROLES[block.kind]
        language = block_language(block, self.whole, context)
        parts = table_rows(block) if block.kind is BlockKind.TABLE else (block,)
        pieces = [piece for part in parts for piece in language_pieces(part, language, show, context)]
        if block.sounds:
            sounds = (Entry(written, written, ipa) for written, ipa in block.sounds)
            context = replace(context, lexicon=(*sounds, *context.lexicon))
        said = []
        for piece in pieces:
            spoken = verbalise_with(piece.text, piece.overrides, context_in(piece.language, context))
            is_end = piece is pieces[-1] or block.kind is BlockKind.TABLE
            spoken = _closed(spoken, block.kind) if is_end and not is_open else spoken
            if _A_WORD.search(spoken.text):
                said.append((piece.language, spoken))
        usual_ms = show.pauses.sentence if block.goes_on else getattr(show.pauses, role.name.lower())
        last_ms = usual_ms if block.pause_ms is None else block.pause_ms
        for count, (language, spoken) in enumerate(said, 1):
            pause_ms = last_ms if count == len(said) else usual_ms if block.kind is BlockKind.TABLE else 0
            voice = (voice_of(language, show) if language else None) or self._voice(role)
            voice = voice_named(block.voice, show, voice) if block.voice else voice
            pause, sentence_ms = pause_frames(pause_ms), show.pauses.sentence
            source, line = self.article.source, block.line
            first = Segment(spoken, voice, role, pause, source, line, sentence_ms=sentence_ms, language=language)
            yield from _cut(first, show, context_in(language, context))


def _number_of(block: Block) -> str:
    """Give the number of an item with what parts it from its words; empty where it has none that stands by itself."""
    if block.kind is not BlockKind.LIST_ITEM or block.overrides or block.foreign or block.sounds:
        return ""
    found = _NUMBER.match(block.text)
    return found[0] if found else ""


def _numbered(number: Spoken, segment: Segment, line: int) -> Segment:
    """Say the number of an item before its words."""
    spoken, sounds = segment.spoken, segment.pronunciations
    written, said = len(number.written), len(number.text)
    moved = [
        Replacement(each.start + written, each.end + written, each.written, each.spoken, each.rule)
        for each in spoken.replacements
    ]
    whole = Spoken(number.text + spoken.text, number.written + spoken.written, (*number.replacements, *moved))
    if sounds:
        sounds = tuple(replace(each, offset=each.offset + said) for each in sounds)
    return replace(segment, spoken=whole, line=line, pronunciations=sounds)


def _on_line(segment: Segment, line: int) -> Segment:
    return segment if segment.line == line else replace(segment, line=line)


def say(
    text: str, role: Role, show: Show, context: Context, *, article: Article | None = None, language: str = ""
) -> list[Segment]:
    """Make segments of what the show, or an article's first line, says: one, unless it is very long or has no words."""
    spoken = _closed(verbalise_with(text, (), context), BlockKind.HEADING)
    section, source, place = (article.section, article.source, article.number) if article else ("", "", 0)
    voice = (voice_of(language, show) if language else None) or choose_voice(show, role, section, place)
    pause = pause_frames(getattr(show.pauses, role.name.lower()))
    sentence_ms = show.pauses.sentence
    whole = Segment(spoken, voice, role, pause, source, sentence_ms=sentence_ms, language=language)
    return list(_cut(whole, show, context))


def _cut(whole: Segment, show: Show, context: Context) -> Iterator[Segment]:
    """Cut what is said into segments short enough to be held; between two of them is the pause of a sentence."""
    cut = cut_spoken(whole.spoken, context.locale)
    pieces = [piece for piece in cut if _A_WORD.search(piece.text)]
    for number, piece in enumerate(pieces, 1):
        pause = whole.pause_frames if number == len(pieces) else pause_frames(show.pauses.sentence)
        sounds = find_pronunciations(piece, context)
        if sounds or piece is not whole.spoken:
            yield replace(whole, spoken=piece, pause_frames=pause, pronunciations=sounds)
        else:
            yield whole


def context_in(language: str, context: Context) -> Context:
    """What holds for words in another language, of which the editor's entries stay."""
    return Context(language, lexicon=context.lexicon, known=context.known) if language else context


def pause_frames(pause_ms: int) -> int:
    """Count the frames of a pause, at least what joining needs."""
    return frames_of(max(pause_ms, _LEAST_PAUSE_MS))


def _closed(spoken: Spoken, kind: BlockKind) -> Spoken:
    """End a heading with a full stop, so that an engine's voice falls at its end."""
    if kind is BlockKind.PARAGRAPH or not spoken.text or _STOPS.search(spoken.text):
        return spoken
    at = len(spoken.written)
    stop = Replacement(at, at, "", ".", "full stop")
    return Spoken(spoken.text + ".", spoken.written, (*spoken.replacements, stop))
