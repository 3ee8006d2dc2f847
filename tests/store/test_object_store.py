"""A store in an object store keeps what a folder keeps: whole, checksummed, absent when damaged, written once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audiobuild.errors import ConfigError, OutputError
from audiobuild.store.artefacts import Store, address
from audiobuild.store.buckets import Bucket, open_bucket
from audiobuild.store.upkeep import Holding, count_holdings, in_use, prune, prune_old, verify
from tests.building import run_here, tree, write_edition
from tests.forked import run_forked
from tests.object_stores import ENVIRONMENT, FAULTS, faulty, like_googles, s3_server

KEY = address("takes", number=1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_server(tmp_path_factory.mktemp("s3")) as found:
        yield found


@pytest.fixture
def place(server: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where a test keeps what it keeps."""
    reach(server, monkeypatch)
    yield f"s3://sea/{request.node.name}"
    open_bucket.cache_clear()


def reach(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_bucket.cache_clear()
    for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": server}.items():
        monkeypatch.setenv(name, value)


def test_what_is_kept_comes_back_and_what_is_dropped_is_gone(place: str) -> None:
    store = Store(place)
    assert (store.get(KEY), store.has(KEY), store.size_bytes(KEY)) == (None, False, None)
    store.put(KEY, b"spoken")
    assert (store.get(KEY), store.has(KEY), store.size_bytes(KEY)) == (b"spoken", True, 6)
    store.put(KEY, b"spoken anew")
    assert store.get(KEY) == b"spoken anew"
    store.drop(KEY)
    assert store.get(KEY) is None


@pytest.mark.parametrize("where", ["bucket", "folder"])
def test_who_keeps_first_has_the_last_word(where: str, place: str, tmp_path: Path) -> None:
    store = Store(place if where == "bucket" else tmp_path)
    said = [f"take {number}".encode() for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        kept = set(threads.map(lambda each: store.keep(KEY, each), said))
    assert len(kept) == 1
    assert store.get(KEY) in kept


@pytest.mark.parametrize("damage", [b"", b"x" * 31, b"\0" * 40])
def test_what_is_damaged_is_absent_and_is_made_anew(damage: bytes, place: str) -> None:
    store, bucket = Store(place), Bucket(place)
    store.put(KEY, b"spoken")
    bucket.put(KEY, damage)
    assert store.get(KEY) is None
    assert store.keep(KEY, b"spoken again") == b"spoken again"
    assert store.get(KEY) == b"spoken again"


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("conditional", ["etag", "disabled"])
def test_an_object_takes_the_place_of_what_is_known_and_of_nothing_else(
    conditional: str, is_large: bool, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CONDITIONAL_PUT", conditional)
    monkeypatch.setattr("audiobuild.store.buckets._MOST_AT_ONCE_BYTES", 3 if is_large else 1000)
    bucket, path = Bucket(place), tmp_path / "sound"
    path.write_bytes(b"spoken")
    mark = bucket.place("sound", path, "", headers={"Content-Type": "audio/mpeg"})
    assert mark
    assert bucket.place("sound", path, "") is None
    path.write_bytes(b"spoken anew")
    assert bucket.place("sound", path, '"another"') is None
    assert bucket.read("sound") == b"spoken"
    again = bucket.place("sound", path, mark, headers={"Content-Type": "audio/mpeg"}, sha256="as noted")
    assert again and again != mark
    assert bucket.sha256("sound") == "as noted"
    bucket.put("sound", b"of somebody else")
    assert bucket.sha256("sound") == hashlib.sha256(b"of somebody else").hexdigest()
    assert [each.key for each in bucket.names()] == ["sound"]


def test_upkeep_knows_what_there_is_and_goes_by_age_alone(place: str) -> None:
    store = Store(place)
    for number in range(3):
        store.put(address("speech", number=number), bytes(1000))
    Bucket(place).put(KEY, b"torn")
    assert count_holdings(store) == (Holding("speech", 3, 3096), Holding("takes", 1, 4))
    assert verify(store) == (4, (f"{place}/{KEY}",))
    with in_use(store):
        assert prune_old(store, days=1) == (0, 0)
    with pytest.raises(OutputError, match="by age alone"):
        prune(store, 0)
    assert prune_old(store, days=-1) == (3, 3096)
    assert count_holdings(store) == ()


def test_every_fault_of_a_server_is_outlived(server: str, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request of the first ones meets another fault, and most of them several."""
    with faulty(server, lambda number, _: FAULTS[number % 9] if number % 9 < len(FAULTS) else "") as address_of_proxy:
        reach(address_of_proxy, monkeypatch)
        store = Store(place)
        keys = [address("takes", number=number) for number in range(12)]
        for key in keys:
            assert store.keep(key, key.encode()) == key.encode()
        assert [store.get(key) for key in keys] == [key.encode() for key in keys]
        assert verify(store) == (12, ())


def test_what_cannot_be_reached_or_is_not_there_is_told_in_a_line(
    place: str, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OutputError, match="no such bucket"):
        Store("s3://desert/takes").put(KEY, b"")
    with pytest.raises(ConfigError, match="no address"):
        Store("sea://bucket")
    monkeypatch.setattr("audiobuild.store.buckets._PAUSES_S", ())
    with faulty(server, lambda *_: "500") as proxy:
        monkeypatch.setattr("audiobuild.store.buckets._RETRY", {"max_retries": 0})
        reach(proxy, monkeypatch)
        with pytest.raises(OutputError, match="does not answer as it should") as caught:
            Store(place).get(KEY)
    assert "AWS_ENDPOINT_URL" in caught.value.hint


def test_why_an_object_store_refuses_is_told_with_what_to_do(
    place: str, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[str] = []
    with faulty(server, lambda *_: met[-1]) as proxy:
        reach(proxy, monkeypatch)
        for fault, told, hint in (
            ("403 AccessDenied", "these keys may not write there", "s3:PutObject"),
            ("403 InvalidAccessKeyId", "the object store does not know the key", "AWS_ACCESS_KEY_ID"),
            ("403 SignatureDoesNotMatch", "the secret is not that of the key", "AWS_SECRET_ACCESS_KEY"),
            ("403 RequestTimeTooSkewed", "the clock of this machine is wrong", "Set it right"),
            ("400 ExpiredToken", "the key has expired", "AWS_SESSION_TOKEN"),
            ("400 AuthorizationHeaderMalformed", "the bucket is in another region", "AWS_REGION"),
        ):
            met.append(fault)
            with pytest.raises(OutputError, match=told) as caught:
                Store(place).put(KEY, b"")
            assert hint in caught.value.hint
        met.append("403 RequestTimeTooSkewed")
        with pytest.raises(OutputError, match="the clock of this machine"):
            open_bucket(place).look("whatever")


def test_an_episode_is_the_same_from_an_object_store(place: str, tmp_path: Path) -> None:
    write_edition(tmp_path / "issue")
    done = run_here(["build", "issue", "--output", "here", "--store", "store", "--jobs", "1"], tmp_path)
    assert done.returncode == 0, done.stderr
    far = ["build", "issue", "--output", "far", "--store", place, "--jobs", "1"]
    done = run_forked(far, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "13 segments spoken, 0 reused" in done.stdout
    assert "0 segments spoken, 13 reused" in run_here(far, tmp_path).stdout
    assert tree(tmp_path / "here") == tree(tmp_path / "far")
    info = run_here(["store", "info", "--store", place], tmp_path)
    assert "  takes          16" in info.stdout


def test_an_object_of_googles_takes_the_place_of_what_is_known_and_of_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Google's store knows a version by a number of its own, where others go by the ETag."""
    with like_googles() as address:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", address)
        bucket = Bucket("gs://sea/takes")
        assert (bucket.create("feed.xml", b"first"), bucket.create("feed.xml", b"other")) == (True, False)
        known = bucket.look("feed.xml")
        assert known is not None
        second = bucket.place("feed.xml", b"second", known.mark)
        assert second not in (None, known.mark)
        assert bucket.place("feed.xml", b"too late", known.mark) is None
        assert bucket.place("gone.xml", b"lost", known.mark) is None
        assert bucket.read("feed.xml") == b"second"
        assert bucket.read("gone.xml") is None


def test_a_list_that_cannot_be_had_is_an_error_and_no_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiobuild.store.buckets._PAUSES_S", (0, 0))
    with like_googles() as address:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", address)
        with pytest.raises(OutputError, match="does not answer as it should") as told:
            list(Bucket("gs://sea/takes").objects())
    assert "GOOGLE_SERVICE_ACCOUNT" in told.value.hint
