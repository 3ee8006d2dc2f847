"""A server of speech on the loopback that answers as OpenAI's and Kokoro-FastAPI's do, well or badly.

Its speech is a tone of 60 ms a character, whose height follows from the text: what was made of a text can be told from
what was made of another. It refuses what a real server would refuse. Badly, it answers by a script, or a share of all
requests, which share the texts themselves decide.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import struct
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import soundfile

from audiobuild.audio.clip import Clip
from audiobuild.engines import find_words
from audiobuild.takes.synthesis import CALIBRATION
from tests.service import tone_mp3
from tests.signals import noise
from tests.web_server import Reply, Visit, WebRequest, WebServer, hang_up, reply

RATE_HZ = 24_000
MS_A_CHAR = 60
SPEECH_PATH = "/v1/audio/speech"
CAPTIONED_PATH = "/dev/captioned_speech"
_SIZE_UNKNOWN = 0xFFFFFFFF
_MEDIA_TYPES = {"wav": "audio/wav", "flac": "audio/flac", "pcm": "audio/pcm", "mp3": "audio/mpeg"}


def pitch_hz(text: str) -> int:
    """How high the tone of a text is."""
    return 200 + 10 * (hashlib.sha256(text.encode()).digest()[0] // 2)


def samples_of(text: str, speed: float = 1.0) -> bytes:
    """The tone of a text, as bare samples."""
    count = round(len(text) * MS_A_CHAR * RATE_HZ / 1000 / speed)
    wave = 8000 * np.sin(2 * np.pi * pitch_hz(text) * np.arange(count) / RATE_HZ)
    return wave.astype("<i2").tobytes()


def heard_pitch_hz(clip: Clip) -> float:
    """How high a tone is, by its crossings of zero."""
    positive = clip.samples > 0
    return float(np.count_nonzero(positive[1:] != positive[:-1])) * clip.rate_hz / 2 / len(clip.samples)


def wav(samples: bytes, *, riff: int = _SIZE_UNKNOWN, data: int = _SIZE_UNKNOWN, extra: bytes = b"") -> bytes:
    """A WAV with these lengths in its head: as OpenAI sends it, with none that is true."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE_HZ, 2 * RATE_HZ, 2, 16)
    return struct.pack("<4sI4s", b"RIFF", riff, b"WAVE") + form + extra + struct.pack("<4sI", b"data", data) + samples


def flac(samples: bytes, *, knows_length: bool = True) -> bytes:
    """A FLAC, as it is, or as it is sent while it is made: without its number of samples and their checksum."""
    file = io.BytesIO()
    soundfile.write(file, np.frombuffer(samples, "<i2"), RATE_HZ, format="FLAC", subtype="PCM_16")
    content = bytearray(file.getvalue())
    if not knows_length:
        content[21] &= 0xF0
        content[22:42] = bytes(20)
    return bytes(content)


def noise_pcm(samples: int) -> bytes:
    """White noise, as bare samples."""
    return noise(samples, seed=1, level=0.3).to_pcm16()


# --- what it can reply ----------------------------------------------------------------------------


def error_body(message: str, code: str = "", kind: str = "invalid_request_error") -> bytes:
    """A refusal in OpenAI's words."""
    return json.dumps({"error": {"message": message, "type": kind, "param": None, "code": code or None}}).encode()


def refused(code: int, message: str, error_code: str = "", **headers: str) -> Reply:
    """A refusal as OpenAI sends it."""
    return reply(code, error_body(message, error_code), Content_Type="application/json", **headers)


def sound(content: bytes, media_type: str = "audio/wav") -> Reply:
    """This for a sound."""
    return reply(200, content, Content_Type=media_type)


def speech(server: WebServer, visit: Visit, request: WebRequest) -> None:
    """What a good server replies, by the path of the request."""
    try:
        asked = json.loads(request.body)
        _check(request, asked)
    except ValueError as error:
        code = 404 if str(error) == "Not Found" else 400
        visit.send(code, error_body(str(error)), {"Content-Type": "application/json"})
        return
    form, text = asked.get("response_format", "mp3"), asked["input"]
    samples = samples_of(text, asked.get("speed", 1.0))
    if form == "mp3":
        content = tone_mp3(len(samples) * 1000 // 2 // RATE_HZ)
    else:
        content = samples if form == "pcm" else flac(samples) if form == "flac" else wav(samples)
    if request.path == CAPTIONED_PATH:
        visit.send(200, captioned(content, text, _MEDIA_TYPES[form]), {"Content-Type": "application/json"})
        return
    visit.start(200, {"Content-Type": _MEDIA_TYPES[form], "Transfer-Encoding": "chunked"})
    for start in range(0, len(content), 65_536):
        piece = content[start : start + 65_536]
        visit.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
    visit.wfile.write(b"0\r\n\r\n")


def captioned(content: bytes, text: str, media_type: str = "audio/wav") -> bytes:
    """Sound with the times of its words, as Kokoro-FastAPI sends them: clitics and punctuation apart."""
    times = []
    for place, length in find_words(text):
        for part in text[place : place + length].replace("’", " '").replace("-", " - ").split():
            start_s = (place + text[place : place + length].find(part.strip("'"))) * MS_A_CHAR / 1000
            times.append({"word": part, "start_time": start_s, "end_time": start_s + 0.05})
        after = text[place + length : place + length + 1]
        if after in {",", ";", "."}:
            start_s = (place + length) * MS_A_CHAR / 1000
            times.append({"word": after, "start_time": start_s, "end_time": start_s + 0.05})
    encoded = base64.b64encode(content).decode()
    return json.dumps({"audio": encoded, "audio_format": media_type, "timestamps": times}).encode()


def _check(request: WebRequest, asked: dict[str, Any]) -> None:
    """Refuse what a real server does not understand."""
    if request.path not in (SPEECH_PATH, CAPTIONED_PATH):
        raise ValueError("Not Found")
    if request.method != "POST" or request.headers.get("content-type") != "application/json":
        raise ValueError("We could not parse the JSON body of your request.")
    known = {"model", "input", "voice", "response_format", "speed", "instructions"}
    if request.path == CAPTIONED_PATH:
        known |= {"stream", "return_timestamps", "normalization_options"}
        if asked.get("stream", True) or not asked.get("return_timestamps", True):
            raise ValueError("this server does not stream")
    if unknown := set(asked) - known:
        raise ValueError(f"Unknown parameter: {sorted(unknown)[0]!r}.")
    if not all(isinstance(asked.get(name), str) and asked[name] for name in ("model", "input", "voice")):
        raise ValueError("Missing required parameter")
    if len(asked["input"]) > 4096:
        raise ValueError("string_too_long: String should have at most 4096 characters")
    if not 0.25 <= asked.get("speed", 1.0) <= 4 or asked.get("response_format", "mp3") not in _MEDIA_TYPES:
        raise ValueError("Invalid value")


# --- a server that often fails ----------------------------------------------------------------------


@dataclass
class Unreliable:
    """Fails a share of all requests, each time in another way, and counts.

    The text and the number of the try alone decide, so that every run is the same in any order.
    """

    share: float
    faults: Sequence[Reply]
    connections: int
    """How many requests at once are waited for at first, so that it is seen that they come."""
    spoken: Counter[str] = field(default_factory=Counter)
    """How often a text was spoken well."""
    tries: Counter[str] = field(default_factory=Counter)
    failures: int = 0
    here: int = 0
    """Requests that are being answered."""
    most: int = 0
    """The most of them at once."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _full: threading.Event = field(default_factory=threading.Event)

    def __call__(self, server: WebServer, visit: Visit, request: WebRequest) -> None:
        """Answer one request."""
        text = json.loads(request.body)["input"]
        with self._lock:
            self.tries[text] += 1
            chance = hashlib.sha256(f"{self.tries[text]} {text}".encode()).digest()
            fails = int.from_bytes(chance[:4]) < self.share * 2**32
            self.failures += fails
            self.here += 1
            self.most = max(self.most, self.here)
            if self.here == self.connections:
                self._full.set()
        if text != CALIBRATION:  # which is asked for before any other
            self._full.wait(20)
        sent, visit.wfile = visit.wfile, io.BytesIO()
        (self.faults[chance[4] % len(self.faults)] if fails else speech)(server, visit, request)
        with self._lock:  # before anything is sent: the client may ask for the next when it has the whole of it
            self.here -= 1
            self.spoken[text] += not fails
        (content, visit.wfile) = (visit.wfile.getvalue(), sent)
        visit.wfile.write(content)


def cut_in_chunks(server: WebServer, visit: Visit, request: WebRequest) -> None:
    """The first half of good speech, of unknown length, then the connection ends."""
    content = wav(samples_of(json.loads(request.body)["input"]))
    visit.start(200, {"Content-Type": "audio/wav", "Transfer-Encoding": "chunked"})
    visit.wfile.write(b"%x\r\n%b" % (len(content), content[: len(content) // 2]))


FAULTS: Sequence[Reply] = (
    refused(429, "Rate limit reached for requests", "rate_limit_exceeded"),
    refused(429, "Rate limit reached for requests", "rate_limit_exceeded", Retry_After="0"),
    refused(500, "The server had an error while processing your request."),
    reply(502, b"<html><h1>502 Bad Gateway</h1></html>", Content_Type="text/html"),
    reply(503),
    hang_up,
    cut_in_chunks,
    sound(b""),
    sound(wav(b"")),
    sound(wav(noise_pcm(60_000))),
    sound(wav(bytes(60_000))),
    sound(b"\x07garbage" * 500),
    reply(200, error_body("The model is overloaded."), Content_Type="application/json"),
    reply(200, b"<html>busy</html>", Content_Type="text/html"),
)
"""All that may pass, but for a server that keeps silent, which takes as long as the client will wait."""
