"""Asking a speech service again where that may help, and telling its failure as an engine's (layer 3)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from audiobuild.engines import Speech
from audiobuild.errors import EngineError, EngineOffline, NetworkError, NetworkOffline
from audiobuild.network.retries import DELAYS_S, with_retries

AGAIN_HINT = "Build again later: what is finished is kept."
OFFLINE_HINT = "Check the network, or build with --engine espeak, which needs none."
"""What to do where a service does not answer as it should, or not at all."""


def ask(
    engine: str,
    call: Callable[[], Speech],
    delays_s: Sequence[float] = DELAYS_S,
    sleep: Callable[[float], object] = time.sleep,
) -> Speech:
    """Call, and call again after each of the delays while it fails in a way that may pass.

    Args:
        engine: what an error that names no other place is said of.

    Raises:
        EngineOffline: the service cannot be reached.
        EngineError: it answers, but not with speech.
    """
    with _as_engine_error(engine):
        return with_retries(call, delays_s, sleep)


@contextmanager
def _as_engine_error(engine: str) -> Iterator[None]:
    try:
        yield
    except NetworkOffline as error:
        raise EngineOffline(error.message, error.where or engine, error.hint) from error
    except NetworkError as error:
        raise EngineError(error.message, error.where or engine, error.hint) from error
