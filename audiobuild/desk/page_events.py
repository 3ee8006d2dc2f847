"""What the pages of the desk are told as it happens, as server-sent events (layer 4).

Source: HTML Living Standard, 9.2 "Server-sent events".
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

_BEAT_S = 15.0
"""How often a page is told nothing, so that a connection that is gone is noticed."""


class PageEvents:
    """Tells all who listen, from any thread."""

    def __init__(self) -> None:
        self._listeners: dict[asyncio.Queue[str], asyncio.AbstractEventLoop] = {}

    def tell(self, event: Mapping[str, Any]) -> None:
        """Tell everybody something."""
        text = f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
        for queue, loop in tuple(self._listeners.items()):
            if not loop.is_closed():
                loop.call_soon_threadsafe(queue.put_nowait, text)

    async def listen(self) -> AsyncIterator[str]:
        """Give what is told from now on, for as long as somebody listens."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._listeners[queue] = asyncio.get_running_loop()
        try:
            yield ": here\n\n"
            while True:
                try:
                    yield await asyncio.wait_for(queue.get(), _BEAT_S)
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._listeners.pop(queue, None)
