"""An output in an object store is what a folder would be: the same bytes, the feed last, and nothing replaced."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import obstore
import pytest
from obstore.store import from_url

from audiobuild.build import build
from audiobuild.build.article_archive import build_archive
from audiobuild.build.options import Options
from audiobuild.build.outcome import Result
from audiobuild.build.release import withdraw_episode
from audiobuild.errors import OutputError
from audiobuild.progress import QUIET
from audiobuild.publish.output.archive_ledger import LEDGER_FILE
from audiobuild.publish.output.output_folder import LOCK_FILE
from audiobuild.publish.output.output_lock import lock_folder
from audiobuild.publish.output.working_copy import working_folder
from audiobuild.store import buckets, leases
from audiobuild.store.buckets import Bucket, open_bucket
from audiobuild.store.leases import leased
from tests.building import FERRY, SHOW, run_here, shared_store, tree, write_edition
from tests.forked import run_forked
from tests.object_stores import ENVIRONMENT, FAULTS, faulty, s3_server

FEED = '[feed]\nbase = "https://quay.example/"\n'
NAME = "the-breakwater-2026-11-07"
CHANGED = FERRY.replace("wept.", "laughed.")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_server(tmp_path_factory.mktemp("s3")) as found:
        yield found


@pytest.fixture
def place(
    server: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Where a test publishes to; what its machine knows of it is in a home of the test's own."""
    at_home(tmp_path / "home", monkeypatch)
    reach(server, monkeypatch)
    write_edition(tmp_path / "issue", show=SHOW + FEED)
    yield f"s3://sea/{request.node.name}"
    open_bucket.cache_clear()


def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be another machine."""
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(home))


def reach(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_bucket.cache_clear()
    for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": server}.items():
        monkeypatch.setenv(name, value)


def publish(folder: Path, output: str | Path) -> Result:
    """Build the issue of a folder, as the command does."""
    there = working_folder(output, lambda: None) if isinstance(output, str) else output
    return build(Options((folder / "issue",), there, Path(shared_store()), workers=1))


def objects(place: str) -> dict[str, bytes]:
    """Read all that is published; who holds it is not."""
    bucket = Bucket(place)
    return {each.key: bucket.read(each.key) or b"" for each in bucket.names() if each.key != LOCK_FILE}


def sent(asked: list[str]) -> list[str]:
    """Name what was sent, in its order."""
    puts = (each.rpartition("/")[2] for each in asked if each.startswith("PUT "))
    return [name for name in puts if not name.startswith(".")]


def test_an_edition_is_the_same_there_as_in_a_folder_and_what_has_changed_alone_is_sent(
    place: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    publish(tmp_path, tmp_path / "here")
    with faulty(server, lambda *_: "", asked) as proxy:
        reach(proxy, monkeypatch)
        publish(tmp_path, place)
        assert objects(place) == tree(tmp_path / "here")
        names = sent(asked)
        assert sorted(names) == sorted(tree(tmp_path / "here"))
        last = [f"{NAME}.mp3", f"{NAME}.html", f"{NAME}.json", "index.html", "feed.xml"]
        assert [name for name in names if name in last] == last
        assert names[-1] == "feed.xml"
        lasting, short = "public, max-age=31536000, immutable", "public, max-age=300"
        expected = {
            f"{NAME}.mp3": ("audio/mpeg", lasting),
            f"{NAME}.vtt": ("text/vtt; charset=utf-8", short),
            f"{NAME}.chapters.json": ("application/json+chapters", short),
            f"{NAME}.html": ("text/html; charset=utf-8", short),
            "feed.xml": ("application/rss+xml", short),
        }
        assert headers(place, *expected) == expected

        asked.clear()
        assert "lost" not in "".join(publish(tmp_path, place).folder_warnings)
        assert sent(asked) == []
        at_home(tmp_path / "another home", monkeypatch)
        publish(tmp_path, place)
        assert sent(asked) == []
        assert not [each for each in asked if each.startswith("GET") and each.endswith(".vtt")]

        asked.clear()
        write_edition(tmp_path / "issue", show=SHOW + FEED, ferry=CHANGED)
        publish(tmp_path, tmp_path / "here")
        publish(tmp_path, place)
        assert objects(place) == tree(tmp_path / "here")
        again = {name for name in sent(asked) if ".r2." not in name}
        assert again == {f"{NAME}.html", f"{NAME}.json", "index.html", "feed.xml"}
        assert sent(asked)[-1] == "feed.xml"


def headers(place: str, *names: str) -> dict[str, tuple[str, str]]:
    """Ask with which media type some files are given out, and how long they may be kept."""
    store = from_url(place, client_options={"allow_http": True})
    told = {name: obstore.get(store, name, options={"head": True}).attributes for name in names}
    return {name: (each["Content-Type"], each["Cache-Control"]) for name, each in told.items()}


def test_neither_a_rival_nor_a_build_that_is_cut_off_harms_what_stands_there_and_the_next_one_goes_on(
    place: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for output in (place, tmp_path / "here"):
        publish(tmp_path, output)
    before = objects(place)
    write_edition(tmp_path / "issue", show=SHOW + FEED, ferry=CHANGED)
    for last in (f"{NAME}.r2.srt", "feed.xml"):
        asked: list[str] = []

        def choose(*_: object, asked: list[str] = asked, last: str = last) -> str:
            return "500" if any(each.startswith("PUT") and each.endswith(f"/{last}") for each in asked) else ""

        with monkeypatch.context() as patch:
            patch.setattr(buckets, "_PAUSES_S", ())
            patch.setattr(buckets, "_RETRY", {"max_retries": 0})
            with faulty(server, choose, asked) as proxy:
                reach(proxy, patch)
                with pytest.raises(OutputError, match="does not answer"):
                    publish(tmp_path, place)
        reach(server, monkeypatch)
        there = objects(place)
        assert there["feed.xml"] == before["feed.xml"]
        lasting = [name for name in before if name.endswith((".mp3", ".jpg", ".vtt"))]
        assert {name: there[name] for name in lasting} == {name: before[name] for name in lasting}

    def rival(*_: object, **named: object) -> tuple[str, ...]:
        Bucket(place).put("feed.xml", b"a rival's")
        return ()

    with monkeypatch.context() as patch:
        patch.setattr("audiobuild.build.release.find_folder_warnings", rival)
        with pytest.raises(OutputError, match="not what it was when this build began") as caught:
            publish(tmp_path, place)
    assert caught.value.where == f"{place}/feed.xml"
    assert objects(place)["feed.xml"] == b"a rival's"
    Bucket(place).put("feed.xml", before["feed.xml"])

    for output in (place, tmp_path / "here"):
        publish(tmp_path, output)
    assert objects(place) == tree(tmp_path / "here")


def test_every_fault_of_a_server_is_outlived(
    place: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, tmp_path / "here")
    with faulty(server, lambda number, _: FAULTS[number // 4 % len(FAULTS)] if number % 4 == 0 else "") as proxy:
        reach(proxy, monkeypatch)
        publish(tmp_path, place)
    reach(server, monkeypatch)
    assert objects(place) == tree(tmp_path / "here")


def test_a_lock_is_held_by_one_and_that_of_a_dead_build_is_taken_over(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "_LOOK_S", 0.01)
    bucket, waited = Bucket(place), threading.Event()
    told = []

    def hold(owner: str) -> None:
        with leased(bucket, "lock", owner, waited.set):
            told.append(owner)

    with leased(bucket, "lock", "first", lambda: None):
        other = threading.Thread(target=hold, args=("second",))
        other.start()
        assert waited.wait(60)
        told.append("first")
    other.join()
    assert told == ["first", "second"]
    bucket.place("lock", b'{"owner": "dead"}', bucket.look("lock").mark)  # type: ignore[union-attr]
    hold("dead")  # what a build left on this machine is taken over at once
    bucket.place("lock", b'{"owner": "dead"}', bucket.look("lock").mark)  # type: ignore[union-attr]
    monkeypatch.setattr(leases, "_LEASE_S", 0.0)
    hold("third")
    assert told == ["first", "second", "dead", "third"]


def test_a_lock_that_was_taken_over_is_known_to_be_lost(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "_RENEW_S", 0.01)
    bucket = Bucket(place)
    with leased(bucket, "lock", "first", lambda: None) as lease:
        while (found := bucket.look("lock")) and not bucket.place("lock", b'{"owner": "rival"}', found.mark):
            pass
        while not lease.is_lost:
            pass
        with pytest.raises(OutputError, match="taken it over"):
            lease.check()
    assert bucket.read("lock") == b'{"owner": "rival"}'


def test_an_archive_is_the_same_there_as_in_a_folder_and_is_done_for_other_machines_too(
    place: str, tmp_path: Path
) -> None:
    for number in range(1, 4):
        path = tmp_path / "archive" / f"boat-{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# Boat {number}\n> 2026-0{number}-03\n\nShe is in.\n", encoding="utf-8")
    (tmp_path / "archive" / "show.toml").write_text(SHOW.replace("date = 2026-11-07\n", "") + FEED, encoding="utf-8")

    def build_each(home: str) -> str:
        command = ["build", "archive", "--each", "--output", place, "--store", shared_store(), "--jobs", "1"]
        done = run_forked(command, tmp_path, network={"HOME": str(tmp_path / home)})
        assert done.returncode == 0, done.stderr
        return done.stdout

    build_archive(Options((tmp_path / "archive",), tmp_path / "here", Path(shared_store()), workers=1, each=True))
    assert build_each("home") == "3 episodes made, 0 articles done before, 3 episodes in all\n"
    here, there = tree(tmp_path / "here"), objects(place)
    assert {**here, LEDGER_FILE: b""} == {**there, LEDGER_FILE: b""}
    article = tmp_path / "archive" / "boat-2.md"
    article.write_text(article.read_text(encoding="utf-8").replace("She", "The boat"), encoding="utf-8")
    assert build_each("another home") == "1 episode made, 2 articles done before, 3 episodes in all\n"
    assert b"boat-2.r2.mp3" in objects(place)["feed.xml"]
    assert "boat-2.mp3" in objects(place)


def test_commands_take_an_address_or_say_what_to_do(place: str, tmp_path: Path) -> None:
    show = SHOW.replace("[voices", f'output = "{place}"\n[voices', 1) + FEED
    write_edition(tmp_path / "issue", show=show)
    done = run_here(["build", "issue", "--store", shared_store(), "--jobs", "1"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"{place}/{NAME}.mp3: " in done.stdout
    assert "To listen, open https://quay.example/index.html" in done.stdout
    assert "Ferry" not in done.stderr
    seen = run_here(["inspect", f"{place}/{NAME}.mp3"], tmp_path)
    assert "The ferry that would not sink" in seen.stdout
    made = run_here(["feed", place, "--show", "issue"], tmp_path)
    assert made.stdout == f"{place}/feed.xml\n"
    for command in (["serve", place], ["desk", "issue", "--output", place]):
        refused = run_here(command, tmp_path)
        assert (refused.returncode, "this is no folder" in refused.stderr) == (1, True)
    assert run_here(["build", "issue", "--previous", place], tmp_path).returncode == 2
    nowhere = run_here(["build", "issue", "--output", "s3://desert/audio"], tmp_path)
    assert nowhere.stderr.startswith("error: s3://desert/audio: there is no such bucket\n")
    gone = run_here(["remove", f"{place}/{NAME}.mp3", "--show", "issue"], tmp_path)
    assert f"gone: {place}/{NAME}.json" in gone.stdout
    assert not [name for name in objects(place) if name.startswith(NAME)]
    nothing = run_here(["remove", f"{place}/{NAME}.mp3"], tmp_path)
    assert f"error: {place}/{NAME}.mp3: there is no such episode" in nothing.stderr


def test_a_removal_that_is_cut_off_is_finished_by_whoever_comes_next(
    place: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, place)
    asked: list[str] = []

    def choose(*_: object) -> str:
        return "500" if any(each.startswith("PUT") and each.endswith("/feed.xml") for each in asked) else ""

    with monkeypatch.context() as patch:
        patch.setattr(buckets, "_PAUSES_S", ())
        patch.setattr(buckets, "_RETRY", {"max_retries": 0})
        with faulty(server, choose, asked) as proxy:
            reach(proxy, patch)
            with pytest.raises(OutputError, match="does not answer"):
                withdraw_episode(working_folder(place, lambda: None) / f"{NAME}.mp3", None, QUIET)
    assert f"{NAME}.json" in objects(place)
    reach(server, monkeypatch)
    with lock_folder(working_folder(place, lambda: None), QUIET):
        pass
    left = objects(place)
    assert [name for name in left if name.startswith((NAME, ".audiobuild"))] == []
    assert NAME.encode() not in left["feed.xml"] + left["index.html"]
