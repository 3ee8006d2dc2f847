"""Phrases to WebVTT and SubRip (layer 3).

Both are UTF-8 with plain line feeds and hold the same cues: WebVTT one line a cue, SubRip up to two. Where an episode
has several speakers, WebVTT names them in every cue, for each stands alone; SubRip has no way to name one but as a
part of what is said.

Source: W3C WebVTT, sections 4.1 and 4.2; "Transcript File Format Details" of the podcast namespace.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from audiobuild.publish.texts.phrases import Phrase, halves

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_TAG = re.compile(r"<([A-Za-z/!?][^<>]*)>")
_MARKS = re.compile(r"-->|<(?=[A-Za-z/!?])|\{(?=\\)")
"""What a player of SubRip would take for a time, a tag or a command; SubRip has no way to write them as they are."""


def render_vtt(phrases: Sequence[Phrase], language: str = "") -> str:
    """Write phrases as WebVTT.

    Args:
        language: BCP 47; what is no such tag is left out.
    """
    header = f"WEBVTT\nLanguage: {language}\n" if _LANGUAGE.fullmatch(language) else "WEBVTT\n"
    return "\n".join([header, *map(_vtt_cue, phrases)])


def _vtt_cue(phrase: Phrase) -> str:
    speaker = f"<v {html.escape(phrase.speaker, quote=False)}>" if phrase.speaker else ""
    times = f"{_timestamp(phrase.start_ms)} --> {_timestamp(phrase.end_ms)}"
    return f"{times}\n{speaker}{html.escape(phrase.text, quote=False)}\n"


def render_srt(phrases: Sequence[Phrase]) -> str:
    """Write phrases as SubRip.

    A colon inside a phrase is followed by a no-break space: there are players that take whatever stands before a colon
    and a plain space for the name of a speaker.
    """
    return "\n".join(_srt_cue(number, phrase) for number, phrase in enumerate(phrases, 1))


def _srt_cue(number: int, phrase: Phrase) -> str:
    lines = halves(_MARKS.sub(_plain_mark, _TAG.sub(r"‹\1›", phrase.text)))
    times = f"{_timestamp(phrase.start_ms, ',')} --> {_timestamp(phrase.end_ms, ',')}"
    return "\n".join([str(number), times, *map(_bound, lines), ""])


def _plain_mark(found: re.Match[str]) -> str:
    return {"<": "‹", "{": "(", "-->": "—>"}[found[0]]


def _bound(line: str) -> str:
    return line.replace(": ", ":\u00a0")


def _timestamp(time_ms: int, point: str = ".") -> str:
    """Write a time with its hours.

    >>> _timestamp(3_723_004), _timestamp(4, ",")
    ('01:02:03.004', '00:00:00,004')
    """
    seconds, ms = divmod(time_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{ms:03}"
