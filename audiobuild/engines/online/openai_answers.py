"""What a server of speech answers: sound and times of words, or why there are none (layer 3).

Answers enter; speech leaves, or a NetworkError that says whether another try may help. What a server says for itself is
shown in one short line, in which no key can stand.

Source: OpenAI API reference, "Create speech"; Kokoro-FastAPI, `api/src/structures/schemas.py`.
"""

from __future__ import annotations

import base64
import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from audiobuild.audio.clip import Clip
from audiobuild.audio.streamed import decode_streamed, is_noise, sounding_ms
from audiobuild.engines import Speech, spread_words
from audiobuild.engines.online.asking import AGAIN_HINT
from audiobuild.engines.online.openai_server import Key
from audiobuild.errors import NetworkError, SoundError
from audiobuild.network.http import Answer, refusal, shown_address

FORMATS = ("wav", "flac", "pcm", "mp3")
"""What speech can be asked for in: of each the codec knows what to do with it."""

PCM_RATE_HZ = 24_000
"""Of bare samples, mono, 16 bits, where the server does not say otherwise."""


_SHORTEST_CHAR_MS = 20.0
"""Speech takes 60 ms a character; what is three times as fast has been cut."""

_SAID_CHARS = 120
_TEXT_TYPES = {"text/html": "a page", "text/": "text", "application/json": "JSON", "application/xml": "XML"}
"""What kinds of answers begin with that are no sound."""
_SAID_UNDER = ("error", "detail", "message", "msg")
"""Where in a JSON answer servers say what is wrong: OpenAI in error.message, FastAPI in detail or detail[0].msg."""

_SUBWORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, by which an answer is judged."""

    url: str
    text: str
    rate: float
    """1 is normal."""
    format: str
    """One of `FORMATS`."""
    captioned: bool
    """Whether times of words were asked for too."""
    key: Key
    """What let us in, to be shown in no error; empty where nothing had to."""


def read_speech(answer: Answer, asked: Asked) -> Speech:
    """Make speech of an answer.

    Raises:
        NetworkError: it holds no speech, or not all of it; another try may help.
    """
    marks: list[tuple[int, float]] = []
    if asked.captioned:
        content = _document(answer)
        sound = _base64(content.get("audio"))
        if sound is None:
            raise _no_speech(asked, f"the server sent no sound{_said(answer, asked)}")
        marks = _marks(content.get("timestamps"), asked.text)
    elif kind := next(filter(answer.media_type.startswith, _TEXT_TYPES), ""):
        raise _no_speech(asked, f"the server sent {_TEXT_TYPES[kind]} in place of sound{_said(answer, asked)}")
    else:
        sound = answer.body
    clip = _clip(sound, answer, asked)
    return Speech(clip, spread_words(asked.text, marks, clip.duration_ms) if marks else ())


def read_refusal(answer: Answer, asked: Asked, key_hint: str) -> NetworkError:
    """Make an error of an answer whose status is not 200; the hint says how the user sets the key."""
    error = refusal(answer, asked.url)
    message, hint, may_pass = error.message, error.hint, error.may_pass
    if answer.status in (401, 403):  # what the server says here may quote the key
        message = f"the server {'does not accept the key' if asked.key else 'asks for a key'} ({answer.status})"
        hint = key_hint
    else:
        message += _said(answer, asked)
    if answer.status == 404:
        hint = "Check base_url, model and the voice's name in show.toml."
        if asked.captioned:
            hint = "It has no times of words, or not here: set word_times = false, or check base_url."
    elif answer.status in (400, 422):
        hint = "Check model, format and the voice's name in show.toml."
    elif _is_unpaid(answer):
        may_pass, hint = False, "The account is used up: see to it at the service, then build again."
    elif may_pass:
        hint = AGAIN_HINT
    return NetworkError(message, error.where, _without_key(hint, asked), may_pass=may_pass, wait_s=error.wait_s)


# --- sound ----------------------------------------------------------------------------------------


def _clip(sound: bytes, answer: Answer, asked: Asked) -> Clip:
    """Decode sound, and see whether it can be the speech of the text."""
    if not sound:
        raise _no_speech(asked, "the server sent an empty answer")
    try:
        clip = decode_streamed(sound, asked.url) if asked.format != "pcm" else _samples(sound, answer, asked)
    except SoundError as error:
        raise _no_speech(asked, f"the server sent no speech that can be played: {error.message}") from error
    if is_noise(clip):
        raise _no_speech(asked, "the server sent silence or noise in place of speech")
    if sounding_ms(clip) < _SHORTEST_CHAR_MS * len(asked.text.strip()) / max(1.0, asked.rate):
        count = len(asked.text)
        raise _no_speech(asked, f"the server sent {sounding_ms(clip):.0f} ms of sound for {count} characters")
    return clip


def _samples(sound: bytes, answer: Answer, asked: Asked) -> Clip:
    """Read bare samples; where a server sends a sound file all the same, decode it."""
    if sound[:4] in (b"RIFF", b"fLaC", b"OggS"):
        return decode_streamed(sound, asked.url)
    if len(sound) % 2:
        raise SoundError("the sound breaks off", asked.url)
    said = re.search(r"\brate=([0-9]{4,6})\b", answer.headers.get("content-type", ""))
    return Clip.from_pcm16(sound, int(said[1]) if said else PCM_RATE_HZ)


def _no_speech(asked: Asked, message: str) -> NetworkError:
    return NetworkError(message, shown_address(asked.url), AGAIN_HINT, may_pass=True)


def _base64(text: Any) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else None
    except ValueError:
        return None


# --- times of words -------------------------------------------------------------------------------


def _marks(timestamps: Any, text: str) -> list[tuple[int, float]]:
    """Find where in the text the words stand that a server has times for, with these times, both rising.

    The server cuts words in its own way ("it", "'s"), tells of marks of punctuation too, and of some words twice.
    """
    told = [(part, time_ms) for word, time_ms in _timed(timestamps) for part in _SUBWORD.findall(word.casefold())]
    places = [(match[0].casefold(), match.start()) for match in _SUBWORD.finditer(text)]
    matcher = difflib.SequenceMatcher(None, [word for word, _ in places], [word for word, _ in told], autojunk=False)
    marks: list[tuple[int, float]] = []
    for ours, theirs, count in matcher.get_matching_blocks():
        for step in range(count):
            place, time_ms = places[ours + step][1], told[theirs + step][1]
            if not marks or time_ms > marks[-1][1]:
                marks.append((place, time_ms))
    return marks


def _timed(timestamps: Any) -> Iterator[tuple[str, float]]:
    """The words that a server tells of, and when each starts, in milliseconds; what is no such thing is left out."""
    for entry in timestamps if isinstance(timestamps, list) else ():
        if isinstance(entry, dict):
            word, start_s = entry.get("word"), entry.get("start_time")
            if isinstance(word, str) and isinstance(start_s, int | float) and 0 <= start_s < 86_400:
                yield word, 1000.0 * start_s


# --- what a server says ---------------------------------------------------------------------------


def _document(answer: Answer) -> dict[str, Any]:
    """Read a JSON answer; an empty one where it is none."""
    try:
        content = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _said(answer: Answer, asked: Asked) -> str:
    """What a server says for itself, in one short line behind a colon; empty where it says nothing."""
    text = _first_text(_document(answer))
    if not text and answer.media_type == "text/plain":
        text = answer.body.decode("utf-8", "replace")
    text = _without_key(text, asked)
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if len(text) > _SAID_CHARS:
        text = text[: _SAID_CHARS - 1].rstrip() + "…"
    return f": {text}" if text else ""


def _without_key(text: str, asked: Asked) -> str:
    return text.replace(asked.key, "…") if asked.key else text


def _first_text(content: Any, depth: int = 4) -> str:
    if isinstance(content, str):
        return content
    inner: list[Any] = []
    if isinstance(content, dict):
        inner = [content[key] for key in _SAID_UNDER if key in content]
    elif isinstance(content, list):
        inner = content[:1]
    return next(filter(None, (_first_text(each, depth - 1) for each in inner if depth)), "")


def _is_unpaid(answer: Answer) -> bool:
    """Whether a server asks for fewer requests because there is no money left, which no waiting brings back."""
    error = _document(answer).get("error")
    codes = (error.get("code"), error.get("type")) if isinstance(error, dict) else ()
    return answer.status == 429 and "insufficient_quota" in codes
