"""The calls a minute that an engine on the network takes: whoever comes too early waits (layer 3)."""

from __future__ import annotations

import time
from collections.abc import Callable

from audiobuild.engines import Abilities


class RateLimit:
    """What a process keeps to: as many processes as an engine takes connections share its calls."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Begin, with no call made yet.

        Args:
            clock: tells the time in seconds, from any beginning.
            sleep: waits for a number of seconds.
        """
        self._clock = clock
        self._sleep = sleep
        self._next_call_s: dict[str, float] = {}
        """When each engine may be asked next, by the clock."""

    def wait(self, engine: str, abilities: Abilities) -> None:
        """Wait until an engine may be asked again; one that is on this machine always may."""
        if not abilities.connections:
            return
        now_s = self._clock()
        at_s = max(now_s, self._next_call_s.get(engine, 0.0))
        self._next_call_s[engine] = at_s + 60 * abilities.connections / abilities.calls_per_minute
        self._sleep(at_s - now_s)
