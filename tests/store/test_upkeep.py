"""A store keeps to its size, and nothing goes that a running build has used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audiobuild.store.artefacts import Store, address
from audiobuild.store.upkeep import Holding, count_holdings, in_use, prune, verify
from tests.building import run_here

LONG_AGO = 1_000_000_000.0


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Four entries of 1032 bytes, the first of them used longest ago."""
    store = Store(tmp_path / "store")
    for number in range(4):
        store.put(key(number), bytes(1000))
        os.utime(store.place(key(number)), (LONG_AGO + number, LONG_AGO + number))
    return store


def key(number: int) -> str:
    return address("takes" if number % 2 else "speech", number=number)


def left(store: Store) -> list[int]:
    return [number for number in range(4) if store.has(key(number))]


def test_what_there_is_is_told_by_kind(store: Store) -> None:
    assert count_holdings(store) == (Holding("speech", 2, 2064), Holding("takes", 2, 2064))


@pytest.mark.parametrize(("limit", "kept"), [(5000, [0, 1, 2, 3]), (3096, [1, 2, 3]), (2000, [3]), (0, [])])
def test_what_was_not_used_for_longest_goes_first(limit: int, kept: list[int], store: Store) -> None:
    gone, freed = prune(store, limit)
    assert left(store) == kept
    assert (gone, freed) == (4 - len(kept), 1032 * (4 - len(kept)))


def test_what_is_read_counts_as_used(store: Store) -> None:
    store.get(key(0))
    prune(store, 1100)
    assert left(store) == [0]


def test_what_a_running_build_has_used_stays_however_little_room_there_is(store: Store) -> None:
    with in_use(store):
        store.get(key(1))
        prune(store, 0)
        assert left(store) == [1]


def test_a_lock_that_a_killed_build_left_holds_nothing_back(store: Store) -> None:
    with in_use(store):
        (lock,) = (store.root / "builds").glob("*.lock")
        name = lock.name
    (store.root / "builds" / f"1-{name}").write_bytes(b"")
    prune(store, 0)
    assert left(store) == []
    assert list((store.root / "builds").iterdir()) == []


def test_parts_of_files_that_were_never_finished_go(store: Store) -> None:
    part = store.place(key(0)).with_name(".half.123.part")
    part.write_bytes(b"half")
    os.utime(part, (LONG_AGO, LONG_AGO))
    prune(store, 10_000)
    assert not part.exists()
    assert left(store) == [0, 1, 2, 3]


def test_damaged_entries_are_found_and_taken_away(store: Store) -> None:
    place = store.place(key(2))
    place.write_bytes(place.read_bytes()[:-1] + b"x")
    assert verify(store) == (4, (place,))
    assert left(store) == [0, 1, 3]


@pytest.mark.parametrize("command", ["info", "verify", "prune"])
def test_a_store_that_is_named_and_not_there_is_an_error(command: str, tmp_path: Path) -> None:
    done = run_here(["store", command, "--store", "mistyped"], tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: mistyped: there is no such folder")
