"""Who may ask the desk: the page that was opened by its address, and nobody else (layer 4).

The first part of each path is a token that nobody can guess, and that no page of another site is told. What changes
anything has to come from a page of this very address (Origin), which no other site can pretend. Nothing that is
answered may be framed, or load anything from elsewhere.
"""

from __future__ import annotations

import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from audiobuild.publish.site.pages import POLICY

SECURITY = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
"""What every answer says. Source: OWASP, HTTP Security Response Headers Cheat Sheet."""
_READING = ("GET", "HEAD")
_OWN_SITE = ("same-origin", "none")
"""Of Sec-Fetch-Site: from a page of this address, or typed by hand."""


def new_token() -> str:
    """Make a token of 128 bits."""
    return secrets.token_urlsafe(16)


class TokenGuard:
    """Lets through who knows the token, as the path behind it."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app = app
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or turn it away."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY)
            await send(message)

        token, slash, path = scope["path"].removeprefix("/").partition("/")
        if not secrets.compare_digest(token.encode(), self.token.encode()) or not slash:
            turned = PlainTextResponse("Open the address that `audiobuild desk` has printed.\n", 404)
            await turned(scope, receive, guarded)
        elif not is_own(Headers(scope=scope), scope["method"]):
            await PlainTextResponse("Only the desk's own page may ask this.\n", 403)(scope, receive, guarded)
        else:
            root = f"{scope.get('root_path', '')}/{token}"
            await self.app({**scope, "root_path": root, "path": f"{root}/{path}"}, receive, guarded)


def is_own(headers: Headers, method: str) -> bool:
    """Say whether a request comes from a page of the address that it asks, or at least from no other site's.

    >>> is_own(Headers({"host": "localhost:8000", "origin": "http://evil.example"}), "GET")
    False
    """
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
    own = f"http://{headers.get('host', '')}"
    return site in _OWN_SITE and (origin == own or (origin is None and method in _READING))
