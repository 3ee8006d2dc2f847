"""Trying again what may pass: how often, and after what waits (layer 0).

A call that fails goes in; its value, or its last error, comes out. How long to wait is the longer of our own delay and
of what the server asks for, up to a limit.

Source: RFC 9110, section 10.2.3 (Retry-After).
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import TypeVar

from audiobuild.errors import NetworkError

DELAYS_S = (1.0, 2.0, 4.0, 8.0)
"""Before the second try, the third, and so on to the last."""
LONGEST_WAIT_S = 60.0
"""However long a server asks us to wait."""

Value = TypeVar("Value")


def with_retries(
    call: Callable[[], Value],
    delays_s: Sequence[float] = DELAYS_S,
    sleep: Callable[[float], object] = time.sleep,
) -> Value:
    """Call, and call again after each of the delays while it fails in a way that may pass.

    A server that asks for a longer wait is given it, up to `LONGEST_WAIT_S`.

    Raises:
        NetworkError: it fails in another way, or no try is left.
    """
    for delay_s in delays_s:
        try:
            return call()
        except NetworkError as error:
            if not error.may_pass:
                raise
            wait_s = min(max(delay_s, error.wait_s), LONGEST_WAIT_S)
        sleep(wait_s)
    return call()


def retry_after_s(headers: Mapping[str, str], now: dt.datetime) -> float:
    """How long a server asks us to wait, in seconds; 0 where it does not say. A date counts from the server's own.

    >>> retry_after_s({"retry-after": "120"}, dt.datetime.now(dt.UTC))
    120.0
    """
    asked = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", asked):
        return float(asked)
    until = _date(asked)
    return max(0.0, (until - (_date(headers.get("date", "")) or now)).total_seconds()) if until else 0.0


def _date(text: str) -> dt.datetime | None:
    """Read a date of HTTP; None where it cannot be read."""
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=dt.UTC)
