"""The store gives back what it was given or nothing; files appear whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobuild.errors import OutputError
from audiobuild.store.artefacts import Store, address, check_writable, written_whole
from audiobuild.store.upkeep import verify

KEY = address("tests", name="a take")
ARTEFACT = bytes(range(256)) + b"\n and then some"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def entry_of(store: Store) -> Path:
    (entry,) = files_in(store.root)
    return entry


# --- addresses --------------------------------------------------------------------------------------


def test_an_address_goes_by_names_and_values_and_not_by_their_order() -> None:
    assert address("tests", a=1, b="x") == address("tests", b="x", a=1)
    addresses = [
        address("tests", a=1, b="x"),
        address("tests", a=1, b="y"),
        address("tests", a="x", b=1),
        address("tests", a=1, c="x"),
        address("tests", a=1),
    ]
    assert len(set(addresses)) == len(addresses)


def test_texts_that_run_into_each_other_have_different_addresses() -> None:
    assert address("tests", text='a","b":"c') != address("tests", text="a", b="c")


# --- entries ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("artefact", [ARTEFACT, b"", b"\n", bytes(100_000)])
def test_what_is_put_is_what_is_got(store: Store, artefact: bytes) -> None:
    store.put(KEY, artefact)
    assert store.get(KEY) == artefact
    assert Store(store.root).get(KEY) == artefact


def test_nothing_is_got_where_nothing_was_put(store: Store) -> None:
    assert store.get(KEY) is None
    store.put(address("tests", name="another"), ARTEFACT)
    assert store.get(KEY) is None


def test_an_artefact_of_the_same_key_is_replaced(store: Store) -> None:
    store.put(KEY, b"old")
    store.put(KEY, b"new")
    assert store.get(KEY) == b"new"
    assert len(files_in(store.root)) == 1


def test_an_entry_with_any_byte_changed_counts_as_missing(store: Store) -> None:
    store.put(KEY, ARTEFACT)
    entry = entry_of(store)
    whole = entry.read_bytes()
    for place in range(len(whole)):
        entry.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        assert store.get(KEY) is None
    entry.write_bytes(whole)
    assert store.get(KEY) == ARTEFACT


def test_a_cut_entry_counts_as_missing(store: Store) -> None:
    store.put(KEY, ARTEFACT)
    entry = entry_of(store)
    whole = entry.read_bytes()
    for length in range(len(whole)):
        entry.write_bytes(whole[:length])
        assert store.get(KEY) is None


def test_an_entry_of_nothing_but_zeros_counts_as_missing(store: Store) -> None:
    """What some file systems leave after the power fails."""
    store.put(KEY, ARTEFACT)
    entry_of(store).write_bytes(bytes(entry_of(store).stat().st_size))
    assert store.get(KEY) is None


def test_a_damaged_entry_can_be_put_again(store: Store) -> None:
    store.put(KEY, ARTEFACT)
    entry_of(store).write_bytes(b"")
    store.put(KEY, ARTEFACT)
    assert store.get(KEY) == ARTEFACT


# --- whole files ------------------------------------------------------------------------------------


def test_a_file_appears_at_its_path_when_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "file"
    with written_whole(path) as file:
        file.write(b"half")
        assert not path.exists()
        file.write(b" and half")
    assert path.read_bytes() == b"half and half"
    assert files_in(tmp_path) == [path]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, OutputError, GeneratorExit])
def test_when_the_block_raises_the_old_file_is_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(error), written_whole(path) as file:
        file.write(b"new")
        raise error("stop")
    assert path.read_bytes() == b"old"
    assert files_in(tmp_path) == [path]


# --- where nothing can be written -------------------------------------------------------------------


@pytest.fixture
def blocked(tmp_path: Path) -> Path:
    """A folder that nobody can make, since there is a file in its way."""
    (tmp_path / "file").write_bytes(b"")
    return tmp_path / "file" / "folder"


def test_a_folder_that_cannot_be_made_is_an_output_error(blocked: Path) -> None:
    with pytest.raises(OutputError, match="below one") as caught:
        Store(blocked).put(KEY, ARTEFACT)
    assert str(blocked) in caught.value.where
    assert "--store" in caught.value.hint
    with pytest.raises(OutputError, match="below one"):
        check_writable(blocked)


def test_a_store_below_a_file_holds_nothing_or_cannot_be_read(blocked: Path) -> None:
    with pytest.raises(OutputError):
        Store(blocked).get(KEY)


def test_a_file_is_not_written_over_a_folder(tmp_path: Path) -> None:
    (tmp_path / "episode.mp3").mkdir()
    with pytest.raises(OutputError, match="a folder stands"), written_whole(tmp_path / "episode.mp3") as file:
        file.write(b"new")
    assert files_in(tmp_path) == []


def test_a_folder_that_can_be_written_is_made_and_left_empty(tmp_path: Path) -> None:
    check_writable(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    assert files_in(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_leave_to_write_is_an_output_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            check_writable(tmp_path)
    finally:
        tmp_path.chmod(0o700)


# --- full disks -------------------------------------------------------------------------------------

UNDER_A_LIMIT = """
import resource, sys
from pathlib import Path
from audiobuild.errors import OutputError
from audiobuild.store.artefacts import Store
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    Store(Path(sys.argv[1])).put("ab" * 32, bytes(300_000))
except OutputError as error:
    print(error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it sets no limit to the size of files")
def test_a_file_that_grows_too_large_is_a_full_disk(tmp_path: Path) -> None:
    """A limit to the size of files (a quota) stops writing in the middle, as a full disk does."""
    done = subprocess.run([sys.executable, "-c", UNDER_A_LIMIT, str(tmp_path)], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("the disk is full\n", "")
    assert files_in(tmp_path) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte in memory, where this machine lets us have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_the_old_entry_as_it_was(small_disk: Path) -> None:
    store = Store(small_disk)
    store.put(KEY, ARTEFACT)
    with pytest.raises(OutputError, match="the disk is full") as caught:
        store.put(KEY, bytes(2_000_000))
    assert caught.value.hint
    assert store.get(KEY) == ARTEFACT
    assert len(files_in(small_disk)) == 1


def test_an_entry_under_the_key_of_another_is_missing_and_found_by_verify(tmp_path: Path) -> None:
    store = Store(tmp_path)
    one, other = (address("takes", text=text) for text in ("one", "other"))
    store.put(one, b"one")
    store.put(other, b"other")
    shutil.copy(store.place(one), store.place(other))
    assert store.get(other) is None
    assert verify(store) == (2, (store.place(other),))


def test_an_entry_of_a_version_before_whose_checksum_knew_no_key_is_not_thrown_away(tmp_path: Path) -> None:
    store, key = Store(tmp_path), address("takes", text="one")
    store.place(key).parent.mkdir(parents=True)
    store.place(key).write_bytes(hashlib.sha256(b"spoken").digest() + b"spoken")
    assert store.get(key) == b"spoken"


def test_an_entry_that_is_a_folder_is_missing_and_can_be_made(tmp_path: Path) -> None:
    store, key = Store(tmp_path), address("takes", text="one")
    (store.place(key) / "within").mkdir(parents=True)
    assert store.get(key) is None
    store.put(key, b"spoken")
    assert store.get(key) == b"spoken"
