"""Times as people and players write them (layer 0)."""

from __future__ import annotations


def clock(time_ms: int) -> str:
    """Write a time of so many milliseconds, cut to the second.

    >>> clock(62_500), clock(3_729_000)
    ('1:02', '1:02:09')
    """
    minutes, seconds = divmod(time_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
