"""Engines on the network are asked no more often than they take, however many processes ask."""

from __future__ import annotations

import pytest

from audiobuild.engines import Abilities
from audiobuild.takes.rate_limit import RateLimit

SERVICE = Abilities(max_chars=100, connections=4, calls_per_minute=200)


class Clock:
    """A time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.slept_s: list[float] = []

    def __call__(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)
        self.now_s += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> RateLimit:
    return RateLimit(clock, clock.sleep)


def test_a_process_makes_its_share_of_the_calls_in_a_minute_and_no_more(pace: RateLimit, clock: Clock) -> None:
    times_s = []
    for _ in range(151):
        pace.wait("service", SERVICE)
        times_s.append(clock())
    share = SERVICE.calls_per_minute / SERVICE.connections
    busiest = max(sum(start <= time < start + 59.9 for time in times_s) for start in times_s)
    assert busiest == share
    assert times_s[-1] - times_s[0] == pytest.approx(180)


def test_the_first_call_and_one_after_a_long_while_need_not_wait(pace: RateLimit, clock: Clock) -> None:
    pace.wait("service", SERVICE)
    clock.now_s += 100
    pace.wait("service", SERVICE)
    assert clock.slept_s == [0, 0]


def test_time_that_was_not_used_is_not_saved_up(pace: RateLimit, clock: Clock) -> None:
    pace.wait("service", SERVICE)
    clock.now_s += 100
    for _ in range(3):
        pace.wait("service", SERVICE)
    assert clock.slept_s[1:] == pytest.approx([0, 1.2, 1.2])


def test_no_engine_waits_for_another(pace: RateLimit, clock: Clock) -> None:
    for name in ("one", "two", "three"):
        pace.wait(name, SERVICE)
    assert clock.slept_s == [0, 0, 0]


def test_an_engine_on_this_machine_never_waits(pace: RateLimit, clock: Clock) -> None:
    for _ in range(100):
        pace.wait("espeak", Abilities(max_chars=100))
    assert clock.slept_s == []
