"""The speech service of Microsoft's browser on the loopback, behind a proxy, speaking as the real one does.

It is reached as that of Google Translate is (`tests.service`): by a tunnel, with a certificate of its own authority.
Within, the client opens a WebSocket and sends two messages, its wishes for the sound and the text as SSML; the answer
is one message a word, the MP3 in pieces, and "turn.end".
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import struct
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase

from tests import service
from tests.service import MS_A_CHAR, Identity, secured, serving, tone_mp3

HOST = "speech.platform.bing.com"
LEAD_MS = 100
"""Silence before the first word, as the service has it."""
TEXT, BINARY, CLOSE = 1, 2, 8
"""Kinds of WebSocket frames. Source: RFC 6455 section 5.2."""
_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_HEAD = "X-RequestId:0123456789abcdef0123456789abcdef\r\n"


@dataclass(frozen=True, slots=True)
class EdgeAsked:
    """A request as the service understood it."""

    text: str
    voice: str
    rate: str
    pitch: str


@dataclass(slots=True)
class EdgeService:
    """What the running service was told to say, and what it was asked."""

    answers: list[EdgeAnswer]
    turned_away: list[int] = field(default_factory=list)
    """The status of each request that never came to speak."""
    asked: list[EdgeAsked] = field(default_factory=list)
    credentials: list[str] = field(default_factory=list)
    """What the proxy was told of who asks."""
    finished: threading.Event = field(default_factory=threading.Event)

    @property
    def count(self) -> int:
        """How often it was asked."""
        return len(self.asked) + len(self.turned_away)

    def next_answer(self) -> EdgeAnswer:
        """Take the next answer; the last stays."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class EdgeConnection(service.Connection, BaseHTTPRequestHandler):
    """One client: the tunnel it asks for, then its WebSocket within."""

    protocol_version = "HTTP/1.1"
    edge: EdgeService
    asked: EdgeAsked

    def do_CONNECT(self) -> None:
        """Note who asks, and let the tunnel stand."""
        self.edge.credentials.append(self.headers.get("Proxy-Authorization", ""))
        super().do_CONNECT()

    def do_GET(self) -> None:
        """Give the next answer: a status, or a conversation."""
        query = urllib.parse.parse_qs(self.path.partition("?")[2])
        known = self.path.startswith("/consumer/speech/synthesize/readaloud/edge/v1?")
        if not known or self.host != HOST or not query["Sec-MS-GEC"][0]:
            raise ValueError(f"a real service would not understand {self.host} {self.path}")
        answer = self.edge.next_answer()
        self.close_connection = True
        if isinstance(answer, dict):
            self.edge.turned_away.append(int(answer["status"]))
            self.send_response(int(answer["status"]))  # with the Date, by which the client sets its clock
            for name, value in answer.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.shake_hands()
        self.asked = self.read_request()
        self.edge.asked.append(self.asked)
        answer(self)

    def shake_hands(self) -> None:
        """Turn the connection into a WebSocket. Source: RFC 6455 section 4.2.2."""
        key = self.headers["Sec-WebSocket-Key"].encode()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key + _MAGIC).digest()).decode())
        self.end_headers()

    def read_request(self) -> EdgeAsked:
        """Read the two messages as the service does."""
        head, _, wishes = read_frame(self.rfile)[1].decode().partition("\r\n\r\n")
        audio = json.loads(wishes)["context"]["synthesis"]["audio"]
        assert "Path:speech.config" in head
        assert audio["outputFormat"] == "audio-24khz-48kbitrate-mono-mp3"
        assert audio["metadataoptions"]["wordBoundaryEnabled"] == "true"
        head, _, ssml = read_frame(self.rfile)[1].decode().partition("\r\n\r\n")
        assert "Path:ssml" in head
        form = r"<voice name='(.*?)'><prosody pitch='(.*?)' rate='(.*?)' .*?>(.*)</prosody>"
        found = re.search(form, ssml, re.DOTALL)
        assert found, ssml
        return EdgeAsked(html.unescape(found[4]), voice=found[1], rate=found[3], pitch=found[2])

    def tell(self, path: str, content: object = None) -> None:
        """Send a message of text."""
        body = "{}" if content is None else json.dumps(content)
        message = f"{_HEAD}Content-Type:application/json; charset=utf-8\r\nPath:{path}\r\n\r\n{body}"
        self.wfile.write(frame(TEXT, message.encode()))

    def play(self, mp3: bytes, content_type: str = "audio/mpeg") -> None:
        """Send a message of sound: the length of its head in two bytes, the head, the sound."""
        kind = f"Content-Type:{content_type}\r\n" if content_type else ""
        head = f"{_HEAD}{kind}X-StreamId:0123\r\nPath:audio\r\n".encode()
        self.wfile.write(frame(BINARY, struct.pack(">H", len(head)) + head + mp3))

    def say(self, *, words: bool = True) -> bytes:
        """Begin a turn and tell of the words; gives the sound to be played."""
        self.tell("turn.start", {"context": {"serviceTag": "0123"}})
        self.tell("response", {"context": {"serviceTag": "0123"}, "audio": {"type": "inline", "streamId": "0123"}})
        for found in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", self.asked.text if words else ""):
            text = {"Text": html.escape(found[0], quote=False), "Length": len(found[0]), "BoundaryType": "WordBoundary"}
            start_ms, length_ms = LEAD_MS + MS_A_CHAR * found.start(), MS_A_CHAR * len(found[0])
            data = {"Offset": 10_000 * start_ms, "Duration": 10_000 * length_ms, "text": text}
            self.tell("audio.metadata", {"Metadata": [{"Type": "WordBoundary", "Data": data}]})
        return tone_mp3(LEAD_MS + MS_A_CHAR * len(self.asked.text), 48)

    def end(self) -> None:
        """End a turn, and part from the client."""
        self.play(b"", content_type="")
        self.tell("turn.end")
        self.part()

    def part(self) -> None:
        """Wait for the client's farewell, and answer it."""
        while (received := read_frame(self.rfile))[0] not in (CLOSE, 0):
            pass
        if received[0] == CLOSE:
            self.wfile.write(frame(CLOSE, received[1]))


def frame(kind: int, payload: bytes) -> bytes:
    """Write a WebSocket frame, unmasked, as a server does."""
    head = bytes([0x80 | kind])
    if len(payload) < 126:
        return head + bytes([len(payload)]) + payload
    return head + (struct.pack(">BH", 126, len(payload)) if len(payload) < 65536 else b"") + payload


def read_frame(file: BufferedIOBase) -> tuple[int, bytes]:
    """Read a client's frame: its kind, 0 where there is none any more, and what it holds."""
    head = file.read(2)
    if len(head) < 2:
        return 0, b""
    length = head[1] & 127
    if length > 125:
        length = int.from_bytes(file.read(2 if length == 126 else 8), "big")
    mask = file.read(4)
    return head[0] & 15, bytes(byte ^ mask[place % 4] for place, byte in enumerate(file.read(length)))


# --- what it can answer ---------------------------------------------------------------------------

EdgeAnswer = Callable[[EdgeConnection], object] | dict[str, str]


def refuse(status: int, **headers: str) -> EdgeAnswer:
    """Turn the client away before it can speak; an underscore in a header's name stands for a hyphen."""
    return {"status": str(status)} | {name.replace("_", "-"): value for name, value in headers.items()}


def speech(connection: EdgeConnection) -> None:
    """A tone, with its words, in pieces of a frame's size."""
    mp3 = connection.say()
    for start in range(0, len(mp3), 720):
        connection.play(mp3[start : start + 720])
    connection.end()


def without_words(connection: EdgeConnection) -> None:
    """A tone, and no word of the words."""
    connection.play(connection.say(words=False))
    connection.end()


def sound(content: bytes) -> EdgeAnswer:
    """Something else in the place of the MP3."""

    def answer(connection: EdgeConnection) -> None:
        connection.say()
        connection.play(content)
        connection.end()

    return answer


def half(connection: EdgeConnection) -> None:
    """All words, but half of the sound; then it says that this was all."""
    mp3 = connection.say()
    connection.play(mp3[: len(mp3) // 2])
    connection.end()


def cut(connection: EdgeConnection) -> None:
    """The whole sound, but the connection ends before the word that it was the whole."""
    connection.play(connection.say())


def hang_up(connection: EdgeConnection) -> None:
    """A few words and some sound, and the connection is reset."""
    connection.play(connection.say()[:720])
    service.hang_up(service.Service([]), connection, service.Asked("", "", "", slow=False))


def no_sound(connection: EdgeConnection) -> None:
    """The turn ends without a sound."""
    connection.say()
    connection.end()


def farewell(connection: EdgeConnection) -> None:
    """What comes of a voice that there is none of: the service closes, with its reason."""
    connection.wfile.write(frame(CLOSE, struct.pack(">H", 1007) + b"Unsupported voice"))
    connection.part()


def keep_waiting(connection: EdgeConnection) -> None:
    """A turn begins, and nothing follows until the client goes."""
    connection.tell("turn.start")
    connection.part()


def message(path: str, content: object) -> EdgeAnswer:
    """A message that the client does not know, or not in this form."""

    def answer(connection: EdgeConnection) -> None:
        connection.tell(path, content)
        connection.end()

    return answer


def raw(kind: int, payload: bytes) -> EdgeAnswer:
    """A frame that holds anything."""

    def answer(connection: EdgeConnection) -> None:
        connection.wfile.write(frame(kind, payload))
        connection.end()

    return answer


# --- running it -----------------------------------------------------------------------------------


@contextmanager
def running_edge(identity: Identity, *answers: EdgeAnswer) -> Iterator[tuple[EdgeService, str]]:
    """Run the service; gives it and the address of its proxy."""
    edge = EdgeService(list(answers) or [speech])
    handler = type("Handler", (EdgeConnection,), {"edge": edge, "context": secured(identity)})
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), handler), edge.finished) as address:
        yield edge, address
