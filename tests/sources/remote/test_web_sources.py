"""An address is a source like a file: fetched once, kept with its day, and fetched anew when that is asked for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from audiobuild.errors import NetworkError, SourceError
from audiobuild.sources.edition import read_edition
from audiobuild.sources.remote.source_options import SourceOptions
from audiobuild.sources.remote.web_sources import fetch_source
from tests.books import make_epub, page
from tests.building import run_here
from tests.known_documents import PAGES, heard
from tests.web_server import reply, running_web_server

PAGE = PAGES[0].read_bytes()


def test_page_at_an_address_becomes_an_article(tmp_path: Path) -> None:
    with running_web_server(reply(200, PAGE, Content_Type="text/html; charset=utf-8")) as server:
        edition, _, _ = read_edition([f"{server.address}/pier?key=7"], SourceOptions(tmp_path, allow_private=True))
    article = edition.articles[0]
    assert article.url == f"{server.address}/pier?key=7"
    assert article.source.startswith(f"{server.address}/pier?…")
    assert len(heard(article)) > 5
    assert [request.path for request in server.asked] == ["/pier?key=7"]


def test_what_was_fetched_is_used_again_until_it_is_asked_for_anew(tmp_path: Path) -> None:
    replies = (reply(200, b"Rain. " * 50, Content_Type="text/plain"), reply(200, b"Mud.", Content_Type="text/plain"))
    with running_web_server(*replies) as server:
        kept = SourceOptions(tmp_path, allow_private=True)
        first = fetch_source(server.address, kept)
        assert fetch_source(server.address, kept) == first
        assert dt.date.fromisoformat(first.fetched) <= dt.datetime.now(dt.UTC).date()
        anew = fetch_source(server.address, SourceOptions(tmp_path, refresh=True, allow_private=True))
        assert (anew.data, len(server.asked)) == (b"Mud.", 2)
        assert fetch_source(server.address, kept).data == b"Mud."


def test_what_was_kept_needs_no_network(tmp_path: Path) -> None:
    with running_web_server(reply(200, PAGE)) as server:
        options = SourceOptions(tmp_path, allow_private=True)
        first = read_edition([server.address], options)
    assert read_edition([server.address], options) == first


@pytest.mark.parametrize(
    ("data", "media_type", "suffix"),
    [
        (PAGE, "application/octet-stream", ".html"),
        (b"It rained.", "text/markdown; charset=utf-8", ".md"),
        (b"It rained.", "text/plain", ".txt"),
        (make_epub({"a.xhtml": page("<p>Mud.</p>")}), "text/html", ".epub"),
        (b"%PDF-1.7\n", "", ".pdf"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "text/xml", ".xml"),
    ],
)
def test_kind_is_told_by_content_before_the_server_is_believed(data: bytes, media_type: str, suffix: str) -> None:
    with running_web_server(reply(200, data, Content_Type=media_type)) as server:
        assert fetch_source(server.address, SourceOptions(allow_private=True)).suffix == suffix


def test_what_is_no_article_is_refused() -> None:
    with (
        running_web_server(reply(200, b"\x89PNG", Content_Type="image/png")) as server,
        pytest.raises(SourceError, match="no article: it is image/png"),
    ):
        fetch_source(server.address, SourceOptions(allow_private=True))


def test_private_machine_is_refused_by_the_command_line(tmp_path: Path) -> None:
    with running_web_server(reply(200, PAGE)) as server:
        with pytest.raises(NetworkError):
            read_edition([server.address])
        asked = ["build", server.address, "--dry-run", "--engine", "silent", "--store", "store"]
        refused = run_here(asked, tmp_path)
        assert (refused.returncode, "--allow-private" in refused.stderr) == (1, True)
        done = run_here([*asked, "--allow-private"], tmp_path)
        assert done.returncode == 0, done.stderr


def test_what_has_nothing_to_read_is_kept_and_the_error_says_so(tmp_path: Path) -> None:
    with running_web_server(reply(200, b"<p>Soon.</p>", Content_Type="text/html"), reply(200, PAGE)) as server:
        options = SourceOptions(tmp_path, allow_private=True)
        for _ in range(2):
            with pytest.raises(SourceError, match="hardly a text") as refused:
                read_edition([server.address], options)
            assert refused.value.hint.endswith(" is kept: --refresh fetches it anew.")
        assert read_edition([server.address], SourceOptions(tmp_path, refresh=True, allow_private=True))
