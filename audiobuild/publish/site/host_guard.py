"""Who may ask the server of a folder, and how long they may take (layer 3).

A page of any site can make a browser ask this machine, under a name that its owner lets point here; so a name that is
not ours is turned away (DNS rebinding). A request that does not get to its end is hung up on.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import Iterable
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE_S = 10.0
"""How long a request may take from its first byte, or from the connection, to the end of its head."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:/@\s]+))(?::\d{1,5})?")


class HostGuard:
    """Lets through who asks for this machine by a name of its own."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self.app = app
        self.names = host_names(host)
        self.is_open = not _is_loopback(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or turn it away."""
        hosts = [value.decode("latin-1") for name, value in scope.get("headers", ()) if name == b"host"]
        if len(hosts) == 1 and is_ours(hosts[0], self.names, is_open=self.is_open):
            await self.app(scope, receive, send)
        else:
            await PlainTextResponse("This machine has not that name.\n", 421)(scope, receive, send)


class PromptProtocol(H11Protocol):
    """HTTP/1.1 that hangs up on whoever does not get to the end of a request."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take in a piece of a request; once its head is whole, it may take as long as it does."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._cease()
        elif self._waiting is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._cease()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(PATIENCE_S, self.transport.abort)

    def _cease(self) -> None:
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None


def host_names(host: str) -> frozenset[str]:
    """Say by which names a machine may be asked that is served at a host."""
    return frozenset({*_LOOPBACK, host.lower().strip("[]")})


def is_ours(host: str, names: Iterable[str], *, is_open: bool) -> bool:
    """Say whether a Host header names this machine.

    Args:
        host: with or without a port.
        names: those it has.
        is_open: whether others may ask it too: then by any number, which no site can let point here.

    >>> is_ours("LOCALHOST:8000", ["localhost"], is_open=False), is_ours("evil.example", ["localhost"], is_open=True)
    (True, False)
    """
    found = _HOST.fullmatch(host)
    if not found:
        return False
    name = (found[1] or found[2]).lower().rstrip(".")
    return name in names or (is_open and _is_number(name))


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host.lower() in _LOOPBACK
