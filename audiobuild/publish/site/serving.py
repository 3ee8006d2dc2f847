"""A folder of episodes, served on this machine so that feed and pages can be tried (layer 3).

Starlette answers for the files and uvicorn speaks HTTP. What is corrected here, by RFC 9110:

- a Range that is malformed or of another unit is ignored (14.2), where Starlette answers 400;
- of several ranges those behind the end are left out (14.1.2), where Starlette answers 416 for all of them;
- a Range counts for GET alone (14.2), where Starlette answers HEAD with 206 too;
- a media type is the same on every machine, where Starlette asks the machine;
- hidden files are not there, and neither is what cannot be read.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, PathLike, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from audiobuild.errors import ConfigError, SourceError
from audiobuild.publish.media_types import media_type
from audiobuild.publish.site.host_guard import HostGuard, PromptProtocol

HEADERS = (
    ("Cache-Control", "no-cache"),  # the next build is to be seen at once
    ("X-Content-Type-Options", "nosniff"),
)
"""What every answer says."""

SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Range, ETag",
}
"""What the answers say that pages of other origins may read: what podcast apps fetch, and no page or script."""
_SHARED_KINDS = ("audio/", "image/", "text/vtt", "application/x-subrip", "application/json+", "application/rss+xml")

PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-Modified-Since, If-None-Match, If-Range, Range",
}
"""What a page of another origin is told before it asks for a range."""

_RANGE = re.compile(r"(\d{1,99})-(\d{0,99})|-(\d{1,99})", re.ASCII)
_GRACE_S = 1
"""How long an end may take after everyone was hung up on."""


def is_shared(name: str) -> bool:
    """Say whether pages of other origins may read a file.

    >>> is_shared("weekly.mp3"), is_shared("weekly.html"), is_shared("weekly.json")
    (True, False, False)
    """
    return media_type(name).startswith(_SHARED_KINDS)


def valid_ranges(header: str, size: int) -> str | None:
    """Reduce a Range header to the part that counts, or None where it is to be ignored.

    Source: RFC 9110, 14.1.2 and 14.2. Where no range lies within the file all are kept, so that the answer is 416.

    Args:
        size: the file's, in bytes.

    >>> valid_ranges("bytes=0-4, 900-", 100), valid_ranges("bytes=900-", 100), valid_ranges("bytes=9-5", 100)
    ('bytes=0-4', 'bytes=900-', None)
    """
    unit, _, listed = header.partition("=")
    ranges = [text for part in listed.split(",") if (text := part.strip(" \t"))]
    matches = [_RANGE.fullmatch(text) for text in ranges]
    if unit.lower() != "bytes" or not ranges:
        return None
    within = []
    for match in matches:
        if match is None:
            return None
        first, last, suffix = match.groups()
        if last and int(last) < int(first):
            return None
        if int(suffix) > 0 if suffix else int(first) < size:
            within.append(match[0])
    return f"bytes={','.join(within or ranges)}"


class Site(StaticFiles):
    """The files of a folder: its index.html, no listing, nothing hidden, nothing outside."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self.root = folder.resolve()

    async def check_config(self) -> None:
        """Say nothing of a folder that is not there: nothing is in it yet."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Find the file of a path; None for a file that is hidden or links to a hidden one."""
        nothing = "", None
        if _hidden(Path(path)):
            return nothing
        try:
            found, facts = super().lookup_path(path)
        except OSError:  # links that go round, names that are too long, folders without permission
            return nothing
        if facts is None or _hidden(Path(found).relative_to(self.root)) or not os.access(found, os.R_OK):
            return nothing
        return found, facts

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer a request."""
        if scope["method"] == "OPTIONS":
            return Response(status_code=204, headers=PREFLIGHT)
        return await super().get_response(path, scope)

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with a file, or the ranges of it that Starlette is left to see."""
        asked = Headers(scope=scope)
        ranges = asked.getlist("range")
        heeded = valid_ranges(ranges[0], stat_result.st_size) if len(ranges) == 1 else None
        others = [(name, value) for name, value in scope["headers"] if name != b"range"]
        kept = [(b"range", heeded.encode())] if heeded and scope["method"] == "GET" else []
        scope["headers"] = others + kept  # uvicorn makes a scope for each request: it is nobody else's
        kind = media_type(Path(full_path).name)
        response = FileResponse(full_path, status_code=status_code, stat_result=stat_result, media_type=kind)
        if self.is_not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        return response


class Sharing:
    """Lets pages of other origins read what podcast apps fetch."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and say whether others may read the answer."""

        async def shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SHARED)
            await send(message)

        await self.app(scope, receive, shared if is_shared(scope.get("path", "")) else send)


class Server(uvicorn.Server):
    """A server that ends at once, whoever is still listening."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Hang up, where uvicorn would wait until the last player has its file."""
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()
        await super().shutdown(sockets)


def make_server(folder: Path, host: str) -> Server:
    """Make the server of a folder; `run([listener])` serves until `should_exit` is set or Ctrl-C is pressed.

    Args:
        folder: what is served.
        host: at which it is, and by which name it may be asked, beside those of the loopback.

    Raises:
        SourceError: there is no such folder.
    """
    if not folder.is_dir():
        complaint = "this is a file" if folder.exists() else "there is no such folder"
        hint = "Give the folder that holds the episodes, such as output; audiobuild build makes one."
        raise SourceError(complaint, str(folder), hint)
    if not os.access(folder, os.R_OK | os.X_OK):
        raise SourceError("cannot be read (Permission denied)", str(folder), "Check its permissions.")
    return server_of(HostGuard(Sharing(ExceptionMiddleware(Site(folder))), host))


def server_of(app: ASGIApp) -> Server:
    """Make the server of an app that turns away whom it does not know itself."""
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http=PromptProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",  # a defect of ours is told, and nothing else
        access_log=False,
        proxy_headers=False,
        server_header=False,
        headers=list(HEADERS),
        timeout_graceful_shutdown=_GRACE_S,
    )
    return Server(config)


def listen(host: str, port: int) -> socket.socket:
    """Take a port; from here on whoever connects is kept waiting and not refused.

    Args:
        port: 0 for any that is free.

    Raises:
        ConfigError: the port is taken or not allowed, or the host is none of this machine's.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=2048)
    except (socket.gaierror, UnicodeError) as error:
        raise ConfigError("there is no such host", host, "Leave --host out to serve this machine alone.") from error
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        hint = "Choose another port with --port, or --port 0 for any that is free."
        raise ConfigError(f"cannot be served at ({reason})", f"{host}:{port}", hint) from error


def address_of(listener: socket.socket) -> str:
    """Say where a listener is reached.

    Returns:
        A web address, its port included.
    """
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if listener.family == socket.AF_INET6 else f"http://{host}:{port}/"


def serve(folder: Path, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve a folder until Ctrl-C.

    Args:
        port: 0 for any that is free.
        announce: is told the address, once it answers.

    Raises:
        AudiobuildError: the folder is not there, or the port cannot be had.
    """
    server = make_server(folder, host)
    try:
        with listen(host, port) as listener:
            announce(address_of(listener))
            server.run([listener])
    except KeyboardInterrupt:
        return  # the way to end it


def _hidden(path: Path) -> bool:
    """Whether a part of it starts with a full stop; ".." does, too."""
    return any(part.startswith(".") for part in path.parts)
