"""The desk over real sockets: who may ask it, what it answers, and what it tells as it happens."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.desks import Visitor, visited
from tests.website import PATIENCE_S


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with visited(tmp_path_factory.mktemp("desk")) as found:
        yield found


def events(visitor: Visitor) -> Iterator[dict[str, Any]]:
    """What the desk tells from now on."""
    connection = http.client.HTTPConnection("127.0.0.1", visitor.client.port, timeout=PATIENCE_S)
    try:
        connection.request("GET", f"/{visitor.opened.token}/events")
        response = connection.getresponse()
        assert response.readline() == b": here\n"
        yield {}
        while line := response.readline():
            if line.startswith(b"data: "):
                yield json.loads(line.removeprefix(b"data: "))
    finally:
        connection.close()


# --- who may ask ----------------------------------------------------------------------------------


def test_desk_answers_nobody_without_its_token(visitor: Visitor) -> None:
    token = visitor.opened.token
    for path in ("/", "/edition", f"/{token}", f"/{token[:-1]}/edition", f"/{token}x/edition", f"//{token}/edition"):
        answer = visitor.client.ask(path)
        assert (answer.status, token.encode() in answer.body) == (404, False), path
    assert visitor.get("").status == 200
    assert len(token) >= 20


def test_desk_answers_by_no_other_name_and_to_no_other_origin(visitor: Visitor) -> None:
    host = f"127.0.0.1:{visitor.client.port}"
    path = f"/{visitor.opened.token}/edition"
    connection = http.client.HTTPConnection("127.0.0.1", visitor.client.port, timeout=PATIENCE_S)
    connection.request("GET", path, headers={"Host": f"evil.example:{visitor.client.port}"})
    assert connection.getresponse().status == 421
    connection.close()
    assert visitor.get("edition", ("Origin", "http://evil.example")).status == 403
    assert visitor.get("edition", ("Sec-Fetch-Site", "cross-site")).status == 403
    assert visitor.get("edition", ("Sec-Fetch-Site", "same-origin"), ("Origin", f"http://{host}")).status == 200
    before = (visitor.home / "1-harbours" / "ferry.md").read_bytes()
    asked = {**visitor.spot(0, "6m"), "spoken": "six miles", "scope": "place"}
    for origin in ("http://evil.example", "null", "", f"https://{host}"):
        assert visitor.post("mend", asked, Origin=origin).status == 403
    assert (visitor.home / "1-harbours" / "ferry.md").read_bytes() == before


def test_page_may_load_nothing_from_elsewhere_nor_be_framed(visitor: Visitor) -> None:
    for path in ("", "desk.js", "edition"):
        headers = visitor.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
    assert b"://" not in visitor.get("").body


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "takes/..%2f..%2fsecret", "output/../show.toml", "routes.py", "articles/99", "takes/x"]
)
def test_no_file_is_given_but_the_pages_own(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status in (404, 422)


@pytest.mark.parametrize("body", [[], {"article": "x"}, {"article": 0}, {"article": -1, "digest": "x"}])
def test_what_no_page_would_ask_changes_nothing(visitor: Visitor, body: Any) -> None:
    assert visitor.post("mend", body).status in (400, 409)
    assert visitor.post("hear", body).status in (400, 409)
    assert visitor.post("mend", {**visitor.spot(0, "6m"), "scope": "world"}).status == 400


# --- what it does ---------------------------------------------------------------------------------


def test_word_is_seen_heard_mended_and_taken_back(visitor: Visitor) -> None:
    passage = next(each for each in visitor.articles[0]["passages"] if "6m" in each["text"])
    at = passage["text"].index("6m")
    assert [at, at + 2, "six million"] in [each[:3] for each in passage["said"]]
    heard = json.loads(visitor.post("hear", visitor.spot(0, "6m")).body)
    sound = visitor.get(heard["sound"])
    assert (sound.status, sound.headers["content-type"]) == (200, "audio/mpeg")
    asked = {**visitor.spot(0, "6m"), "spoken": "6 miles"}
    assert "six miles" in json.loads(visitor.post("try", asked).body)["spoken"]
    told = json.loads(visitor.post("mend", {**asked, "scope": "place"}).body)
    assert told["change"]["file"] == "ferry.md"
    mended = told["article"]["passages"][asked["passage"]]
    assert [at, at + 2, "six miles", "override"] in mended["said"]
    assert visitor.post("mend", {**asked, "scope": "place"}).status == 409  # the page has not followed
    refused = visitor.post("mend", {**visitor.spot(0, "6m"), "spoken": "", "scope": "show"})
    assert (refused.status, json.loads(refused.body)["message"]) == (422, "nothing was typed to be said")
    assert json.loads(visitor.post("undo").body)["change"]["lines"][0].startswith("-")
    assert json.loads(visitor.post("undo").body)["change"] is None


def test_what_changes_outside_is_told_and_a_build_is_followed_to_its_page(visitor: Visitor) -> None:
    told = events(visitor)
    next(told)
    path = visitor.home / "2-lights" / "lighthouse.md"
    path.write_text(path.read_text(encoding="utf-8").replace("40 pounds", "50 pounds"), encoding="utf-8")
    while next(told).get("type") != "edition" or not any(
        "50 pounds" in p["text"] for p in visitor.articles[1]["passages"]
    ):
        pass
    assert json.loads(visitor.post("build").body) == {"started": True}
    states = []
    while (event := next(told)).get("state") != "done":
        states += [event["state"]] if event["type"] == "build" else []
    assert states[0] == "reading" and "speaking" in states
    page = visitor.get(event["page"])
    assert (page.status, b"The Breakwater" in page.body) == (200, True)
    assert visitor.get("output/player.js").status == 200
