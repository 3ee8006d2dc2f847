"""Players seek: the local server gives them the ranges that they ask for, as RFC 9110 has it."""

from __future__ import annotations

import email.policy
import http.client
import os
import random
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from audiobuild.publish.site.serving import valid_ranges
from tests.website import PATIENCE_S, SOUND, Answer, Client, running


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("output")
    (folder / "weekly.mp3").write_bytes(SOUND)
    (folder / "empty.txt").write_bytes(b"")
    with running(folder) as started:
        yield started


def parts(answer: Answer) -> list[tuple[str, str, bytes]]:
    """Read a multipart answer with the standard library's own reader: type, range and bytes of each part."""
    head = f"Content-Type: {answer.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=email.policy.HTTP).parsebytes(head + answer.body)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    found = []
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found.append((part.get_content_type(), str(part["Content-Range"]), content))
    return found


# --- ranges -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=5-9", 5, 9),
        ("bytes=8388607-", 8388607, 8388607),
        ("bytes=-1", 8388607, 8388607),
        ("bytes=-500", 8388108, 8388607),
        ("bytes=-99999999999999999999", 0, 8388607),
        ("bytes=0-99999999999999999999", 0, 8388607),
        ("bytes=0-", 0, 8388607),
        ("Bytes=7-8", 7, 8),
        ("bytes=,\t7-8 ,", 7, 8),
        ("bytes=8388600-8388607,9000000-9000001", 8388600, 8388607),
        ("bytes=9000000-,-2", 8388606, 8388607),
        ("bytes=-0,3-4", 3, 4),
        ("bytes=0-4,3-9", 0, 9),
    ],
)
def test_one_range_comes_with_its_place(client: Client, asked: str, first: int, last: int) -> None:
    answer = client.range(asked)
    assert answer.status == 206
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(SOUND)}"
    assert answer.headers["content-length"] == str(last - first + 1)
    assert answer.headers["content-type"] == "audio/mpeg"
    assert answer.headers["etag"] == client.ask("/weekly.mp3", "HEAD").headers["etag"]
    assert answer.body == SOUND[first : last + 1]


def test_two_hundred_ranges_at_random_are_the_bytes_of_the_file(client: Client) -> None:
    chance = random.Random(2026)
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=PATIENCE_S)
    try:
        for _ in range(200):
            first = chance.randrange(len(SOUND))
            last = min(first + chance.choice([0, 1, 1151, 65535, 65536, 65537, 300_000]), len(SOUND) - 1)
            connection.request("GET", "/weekly.mp3", headers={"Range": f"bytes={first}-{last}"})
            response = connection.getresponse()
            assert response.status == 206
            assert response.getheader("Content-Range") == f"bytes {first}-{last}/{len(SOUND)}"
            assert response.read() == SOUND[first : last + 1], (first, last)
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("asked", "spans"),
    [
        ("bytes=0-1,10-11", [(0, 1), (10, 11)]),
        ("bytes=0-99999, 4000000-4100000 ,-3", [(0, 99999), (4000000, 4100000), (8388605, 8388607)]),
        ("bytes=0-1,9000000-,10-11", [(0, 1), (10, 11)]),
    ],
)
def test_several_ranges_come_as_parts(client: Client, asked: str, spans: list[tuple[int, int]]) -> None:
    answer = client.range(asked)
    assert answer.status == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert "content-range" not in answer.headers
    assert answer.headers["content-length"] == str(len(answer.body))
    expected = [("audio/mpeg", f"bytes {a}-{b}/{len(SOUND)}", SOUND[a : b + 1]) for a, b in spans]
    assert parts(answer) == expected


def test_parts_do_not_end_where_the_sound_looks_like_a_boundary(client: Client) -> None:
    boundaries = {client.range("bytes=0-1,10-11").headers["content-type"] for _ in range(3)}
    assert len(boundaries) == 3, "a boundary that can be foreseen can be put into a file"


@pytest.mark.parametrize("asked", ["bytes=8388608-", "bytes=9000000-9000001", "bytes=-0", "bytes=8388608-,9000000-"])
def test_range_behind_the_end_is_told_the_length(client: Client, asked: str) -> None:
    answer = client.range(asked)
    assert (answer.status, answer.headers["content-range"], answer.body) == (416, f"bytes */{len(SOUND)}", b"")


def test_no_range_of_an_empty_file_can_be_had(client: Client) -> None:
    answer = client.range("bytes=0-", target="/empty.txt")
    assert (answer.status, answer.headers["content-range"]) == (416, "bytes */0")


@pytest.mark.parametrize(
    "asked",
    [
        *("bytes", "bytes=", "bytes=-", "bytes=,", "bytes=a-b", "bytes=5", "bytes=9-5", "bytes=5-4", "bytes=--5"),
        *("bytes=0-1,x", "bytes=0-1,9-5", "bytes=0-1-2", "bytes=1_0-2_0", "bytes=+1-2", "bytes=0x1-2", "bytes=1 - 2"),
        *("bytes = 0-1", "lines=0-1", "bytes=\u00b2-9", "bytes=1.0-2", "none", "bytes=" + "9" * 5000 + "-"),
    ],
)
def test_malformed_range_is_ignored(client: Client, asked: str) -> None:
    answer = client.range(asked)
    assert (answer.status, len(answer.body), "content-range" in answer.headers) == (200, len(SOUND), False)


def test_range_headers_that_contradict_each_other_are_ignored(client: Client) -> None:
    assert client.range("bytes=0-1", ("Range", "bytes=4-5")).status == 200


def test_thousand_ranges_are_not_worth_the_work(client: Client) -> None:
    answer = client.range("bytes=" + ",".join(f"{at}-{at}" for at in range(0, 2000, 2)))
    assert (answer.status, len(answer.body)) == (200, len(SOUND))


def test_range_is_for_get_alone(client: Client) -> None:
    answer = client.range("bytes=0-1", method="HEAD")
    assert (answer.status, answer.headers["content-length"]) == (200, str(len(SOUND)))


def test_digits_of_another_script_are_no_range() -> None:
    assert valid_ranges("bytes=\u0660-\u0664", 100) is None


def test_ranges_that_are_heeded_are_read_the_same_when_read_again() -> None:
    for asked in ("bytes=0-4, 900-", "bytes=900-", "BYTES=-5,0-0", "bytes=0-4"):
        heeded = valid_ranges(asked, 100)
        assert heeded is not None
        assert valid_ranges(heeded, 100) == heeded


# --- conditions -------------------------------------------------------------------------------------


def test_range_goes_on_only_with_the_file_that_it_began_with(client: Client) -> None:
    known = client.ask("/weekly.mp3", "HEAD").headers
    same = [known["etag"], known["last-modified"]]
    other = ['"another"', f"W/{known['etag']}", "Thu, 01 Jan 1998 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "x"]
    assert [client.range("bytes=5-9", ("If-Range", value)).status for value in same] == [206, 206]
    answers = [client.range("bytes=5-9", ("If-Range", value)) for value in other]
    assert [(answer.status, len(answer.body)) for answer in answers] == [(200, len(SOUND))] * len(other)


def test_what_is_known_already_is_not_sent_again(client: Client) -> None:
    known = client.ask("/weekly.mp3", "HEAD").headers
    for header, value in (
        ("If-None-Match", known["etag"]),
        ("If-None-Match", f'"another", W/{known["etag"]}'),
        ("If-None-Match", "*"),
        ("If-Modified-Since", known["last-modified"]),
        ("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"),
    ):
        for method in ("GET", "HEAD"):
            answer = client.ask("/weekly.mp3", method, (header, value))
            assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", known["etag"]), (header, value)


def test_what_is_known_no_more_is_sent(client: Client) -> None:
    known = client.ask("/weekly.mp3", "HEAD").headers
    newer = ("If-Modified-Since", known["last-modified"])
    for more in (
        [("If-None-Match", '"another"')],
        [("If-None-Match", '"another"'), newer],
        [("If-Modified-Since", "Thu, 01 Jan 1998 00:00:00 GMT")],
        [("If-Modified-Since", "yesterday")],
    ):
        assert client.ask("/weekly.mp3", "GET", *more).status == 200


def test_known_file_is_not_sent_for_the_sake_of_a_range(client: Client) -> None:
    etag = client.ask("/weekly.mp3", "HEAD").headers["etag"]
    assert client.range("bytes=0-1", ("If-None-Match", etag)).status == 304


def test_page_that_was_built_again_has_another_tag(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("before")
    with running(tmp_path) as client:
        before = client.ask("/")
        page.write_text("after!")
        os.utime(page, (page.stat().st_atime, page.stat().st_mtime + 5))
        after = client.ask("/", "GET", ("If-None-Match", before.headers["etag"]))
    assert (after.status, after.body, after.headers["cache-control"]) == (200, b"after!", "no-cache")
