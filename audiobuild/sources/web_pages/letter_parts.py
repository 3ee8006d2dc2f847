"""Which parts of a letter are not its own (layer 1, pure): what it answers, heads of letters within it, notices.

On Sun, 1 Mar 2026 at 09:00, Bo Roe <bo@x.example> wrote:     and the quotation below it
From: Bo Roe Sent: 2 March 2026 To: Ann Subject: The plan      and all below it, but for what is forwarded
---------- Forwarded message ---------
Sent from my iPhone
Share on Facebook Tweet Forward
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audiobuild.model.values import PROSE, Block, BlockKind

ANSWERED = "what a letter answers is not read"
_FORWARDED = "who wrote what is forwarded is not read"
_SENT = "with what a letter was sent is not read"
_NOTICE = "a notice of confidentiality is not read"
_SHARED = "what asks to share a page is not read"

_WROTE = r"(?:wrote|writes|a écrit|escribió|ha scritto|schreef|escreveu|skrev|schrieb(?: [^:\n]{1,100})?)\s?:"
_ATTRIBUTION = re.compile(
    rf"(?:On|Am|Le|El|Il|Op|Em|Den)\s(?:[^.!?\n]|[.!?](?!\s[A-Z])){{3,250}}\s{_WROTE}"
    rf"|[^:\n]{{2,80}}<[^<>\s]{{1,100}}@[^<>\s]{{1,100}}>\s{_WROTE}"
)
_AT = re.compile(r"\d[:.h]\d\d|@")
"""What an attribution has that a program wrote: a time, or an address."""
_PROSE_WROTE = re.compile(r"\b(?:he|she|they|we|I|who)\s(?:wrote|writes)\s?:\Z")
_MOST_ROWS = 3
"""Of an attribution, which is wrapped."""
_HEADER = re.compile(
    r"\**(?:From|Sent|Date|To|Cc|Subject|Reply-To|Von|Gesendet|Datum|An|Betreff|De|Envoyé|À|Objet)\s?:"
)
_SENDER = re.compile(r"\**(?:From|Von|De)\s?:")
_SAID = (*PROSE, BlockKind.HEADING)
_FEWEST_HEADERS = 3
_LONGEST_HEAD = 1000
_FORWARD = re.compile(r"-{2,} ?(?:Forwarded message|Weitergeleitete Nachricht) ?-{2,}|Begin forwarded message:", re.I)
_ORIGINAL = re.compile(r"-{2,} ?(?:Original (?:Message|Appointment)|Ursprüngliche Nachricht) ?-{2,}", re.IGNORECASE)
_SENT_WITH = re.compile(
    r"Sent (?:from|via|using|with) (?:my|mail|outlook|yahoo|proton|samsung|gmail|spark|a|the) ?[^.!?\n]{0,60}\.?"
    r"|Get Outlook for \w{2,12}|(?:Von meinem|Envoyé de mon) [^.!?\n]{2,40}",
    re.IGNORECASE,
)
_CONFIDENTIAL = re.compile(r"\b(?:confidential|privileged|intended (?:solely|only))\b", re.IGNORECASE)
_RECIPIENT = re.compile(
    r"\b(?:intended recipient|addressee|delete (?:it|this)|notify the sender|in error|unauthorised|e-?mail and any)\b",
    re.IGNORECASE,
)
_WITH = r" (?:on|to|via|with) (?:a friend|friends|facebook|twitter|x|linkedin|whatsapp|instagram|bluesky)"
_SHARING = re.compile(
    rf"(?:(?:share|tweet|forward|pin|post|like|email|print|follow)(?: (?:this|it))?(?:{_WITH})?(?:[ |·•,/]+|$)){{2,8}}",
    re.IGNORECASE,
)


def attribution_rows(rows: Sequence[str], first: int) -> int:
    """Count the rows just before a quotation that say who wrote it; 0 where they are the letter's own.

    Args:
        rows: the letter's.
        first: where the quotation begins.
    """
    end = first - 1 if first and not rows[first - 1].strip() else first
    start = end
    while start and rows[start - 1].strip() and end - start <= _MOST_ROWS:
        start -= 1
    words = " ".join(row.strip() for row in rows[start:end])
    return first - start if start < end <= start + _MOST_ROWS and _ATTRIBUTION.fullmatch(words) else 0


def mark_parts(blocks: Sequence[Block], *, is_forward: bool) -> Iterator[Block]:
    """Give the blocks of a letter, those that are not its own with the reason.

    Args:
        blocks: all of them.
        is_forward: whether its subject says that it hands on another letter.
    """
    may_stay, in_quotation, is_below, was_head = is_forward, False, False, False
    for place, block in enumerate(blocks):
        text = _words(block)
        if block.unread or block.kind not in _SAID:
            in_quotation = in_quotation or (block.unread == ANSWERED and not _FORWARD.match(text))
            yield block
            continue
        reason = _reason_alone(text)
        is_marked = _FORWARD.match(text) is not None
        is_quoted = in_quotation and block.kind is BlockKind.QUOTATION
        if is_below or is_quoted:
            reason = ANSWERED
        elif is_marked or (was_head and _HEADER.match(text)):
            reason, may_stay = _FORWARDED, False
        elif _ORIGINAL.match(text) or _heads_letter(blocks, place):
            reason = _FORWARDED if may_stay else ANSWERED
            is_below, may_stay = not may_stay, False
        in_quotation = is_quoted or reason == ANSWERED
        was_head = reason == _FORWARDED
        yield block._replace(unread=reason) if reason else block


def _words(block: Block) -> str:
    """Give a block in one line, without the rule above it."""
    text = " ".join(block.text.split())
    return text.lstrip("_ ") if text.startswith("___") else text


def _reason_alone(text: str) -> str:
    """Why a paragraph is not the letter's own, by its own words."""
    if _SENT_WITH.fullmatch(text):
        return _SENT
    if _CONFIDENTIAL.search(text) and _RECIPIENT.search(text):
        return _NOTICE
    if _SHARING.fullmatch(text):
        return _SHARED
    is_attribution = _ATTRIBUTION.fullmatch(text) and _AT.search(text) and not _PROSE_WROTE.search(text)
    return ANSWERED if is_attribution else ""


def _heads_letter(blocks: Sequence[Block], place: int) -> bool:
    """Whether the head of another letter begins at a block: who sent it, and more of the kind, in one or in several."""
    if not _SENDER.match(_words(blocks[place])):
        return False
    rows = " ".join(filter(_HEADER.match, map(_words, blocks[place : place + _FEWEST_HEADERS])))
    return len(set(_HEADER.findall(rows[:_LONGEST_HEAD]))) >= _FEWEST_HEADERS
