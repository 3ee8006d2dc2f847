"""What the desk answers: its page, the edition, sounds, and what an editor asks for (layer 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from audiobuild.desk.changes import ChangedMeanwhile, FileChange
from audiobuild.desk.desk_build import DeskBuild
from audiobuild.desk.page_events import PageEvents
from audiobuild.desk.session import SCOPES, Desk
from audiobuild.desk.show_settings import settings_facts
from audiobuild.desk.spot import Spot
from audiobuild.errors import AudiobuildError
from audiobuild.publish.media_types import media_type
from audiobuild.publish.pictures.palette import render_palette
from audiobuild.publish.site.serving import Site
from audiobuild.sources.corrections import LONGEST_PAUSE_S

_SCRIPTS = ("desk.js", "edition.js", "reading.js", "mending.js", "settings.js", "server.js")
PAGE = ("desk.html", "desk.css", *_SCRIPTS, "icon.svg")
"""The files of the page, all there are."""
_ACCENT = "#0b5394"
_MOST_BYTES = 10_000
"""Of what a page may send: words."""
_CHANGED, _CANNOT = 409, 422

Act = Callable[[Desk, Spot, Mapping[str, Any]], dict[str, Any]]


def desk_app(desk: Desk, page_events: PageEvents, own_build: DeskBuild) -> ASGIApp:
    """Make the app of the desk, without its gate."""
    hearing: dict[str, Act] = {"hear": _hear, "former": _former, "try": _try, "audition": _audition}
    acts = {**hearing, "mend": _mend, "unsay": _unsay, "skip": _skip, "again": _again, "pause": _pause}

    async def events(_: Request) -> Response:
        return StreamingResponse(page_events.listen(), media_type="text/event-stream")

    def undo(_: Request) -> Response:
        change = desk.undo()
        return JSONResponse({"change": change and change.facts(), "undo": desk.changes.count})

    def start(_: Request) -> Response:
        return JSONResponse({"started": own_build.start()}, 202)

    routes = [
        Route("/", _page("desk.html")),
        *(Route(f"/{name}", _page(name)) for name in PAGE[1:]),
        *_of_the_edition(desk),
        *_of_the_show(desk),
        Route("/events", events),
        *(Route(f"/{name}", _acting(desk, act), methods=["POST"]) for name, act in acts.items()),
        Route("/undo", undo, methods=["POST"]),
        Route("/build", start, methods=["POST"]),
        Mount("/output", Site(desk.options.output)),
    ]
    return Starlette(routes=routes, exception_handlers={AudiobuildError: _refused})


def _of_the_edition(desk: Desk) -> list[Route]:
    """Answer for what lies on the desk, and how it sounds."""

    def edition(_: Request) -> Response:
        return JSONResponse(desk.facts())

    def article(request: Request) -> Response:
        proofs, place = desk.proofs.all, int(request.path_params["place"])
        if place >= len(proofs):
            raise HTTPException(404)
        return JSONResponse(proofs[place].facts())

    def sound(request: Request) -> Response:
        data = desk.booth.sound(request.path_params["name"])
        return Response(data, media_type="audio/flac" if data.startswith(b"fLaC") else "audio/mpeg")

    return [
        Route("/edition", edition),
        Route("/articles/{place:int}", article),
        Route("/takes/{name:str}", sound),
    ]


def _of_the_show(desk: Desk) -> list[Route]:
    """Answer for what holds for more than a passage: loudness, voices and pauses."""

    def loudness(request: Request) -> Response:
        proofs, place = desk.proofs, int(request.path_params["place"])
        if place >= len(proofs.all):
            raise HTTPException(404)
        return JSONResponse(desk.booth.loudness(proofs.all[place], proofs).facts())

    def settings(_: Request) -> Response:
        return JSONResponse(settings_facts(desk.proofs))

    async def set_show(request: Request) -> Response:
        asked = await _asked(request)
        change = await run_in_threadpool(desk.set_show, asked.get("values"))
        return JSONResponse({"change": change.facts(), "undo": desk.changes.count})

    return [
        Route("/loudness/{place:int}", loudness),
        Route("/settings", settings),
        Route("/settings", set_show, methods=["POST"]),
    ]


def _page(name: str) -> Callable[[Request], Response]:
    text = files("audiobuild.desk").joinpath("page", name).read_text(encoding="utf-8")
    text = render_palette(_ACCENT) + text if name.endswith(".css") else text

    def answer(_: Request) -> Response:
        return Response(text, media_type=media_type(name))

    return answer


def _acting(desk: Desk, act: Act) -> Callable[[Request], Any]:
    """Answer what a page asks of a passage; it is done in a thread, for it may take a while."""

    async def answer(request: Request) -> Response:
        asked = await _asked(request)
        try:
            numbers = [int(asked.get(name, 0)) for name in ("article", "passage", "start", "end")]
        except (TypeError, ValueError) as error:
            raise HTTPException(400) from error
        spot = Spot(numbers[0], str(asked.get("digest")), *numbers[1:])
        return JSONResponse(await run_in_threadpool(act, desk, spot, asked))

    return answer


async def _asked(request: Request) -> Mapping[str, Any]:
    if int(request.headers.get("content-length") or 0) > _MOST_BYTES:
        raise HTTPException(413)
    try:
        asked = await request.json()
    except ValueError as error:
        raise HTTPException(400) from error
    if not isinstance(asked, dict):
        raise HTTPException(400)
    return asked


def _hear(desk: Desk, spot: Spot, _: Mapping[str, Any]) -> dict[str, Any]:
    return desk.hear(spot).facts()


def _former(desk: Desk, spot: Spot, _: Mapping[str, Any]) -> dict[str, Any]:
    return desk.hear_former(spot).facts()


def _try(desk: Desk, spot: Spot, asked: Mapping[str, Any]) -> dict[str, Any]:
    return desk.rehearse(spot, str(asked.get("spoken", "")), str(asked.get("ipa", ""))).facts()


def _audition(desk: Desk, spot: Spot, asked: Mapping[str, Any]) -> dict[str, Any]:
    return desk.audition(spot, asked.get("values"), asked.get("table")).facts()


def _mend(desk: Desk, spot: Spot, asked: Mapping[str, Any]) -> dict[str, Any]:
    scope = asked.get("scope")
    if scope not in SCOPES:
        raise HTTPException(400)
    return _told(desk, desk.mend(spot, str(asked.get("spoken", "")), str(asked.get("ipa", "")), str(scope)), spot)


def _unsay(desk: Desk, spot: Spot, _: Mapping[str, Any]) -> dict[str, Any]:
    return _told(desk, desk.unsay(spot), spot)


def _skip(desk: Desk, spot: Spot, _: Mapping[str, Any]) -> dict[str, Any]:
    return _told(desk, desk.leave_out(spot), spot)


def _again(desk: Desk, spot: Spot, _: Mapping[str, Any]) -> dict[str, Any]:
    return _told(desk, desk.read_again(spot), spot)


def _pause(desk: Desk, spot: Spot, asked: Mapping[str, Any]) -> dict[str, Any]:
    try:
        seconds = float(asked.get("seconds", ""))
    except (TypeError, ValueError) as error:
        raise HTTPException(400) from error
    if not 0 <= seconds <= LONGEST_PAUSE_S:
        raise HTTPException(400)
    return _told(desk, desk.pause(spot, round(seconds * 1000)), spot)


def _told(desk: Desk, change: FileChange, spot: Spot) -> dict[str, Any]:
    article = desk.proofs.all[spot.article].facts()
    return {"change": change.facts(), "article": article, "undo": desk.changes.count}


def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, AudiobuildError):
        raise error
    status = _CHANGED if isinstance(error, ChangedMeanwhile) else _CANNOT
    return JSONResponse({"message": str(error), "hint": error.hint}, status)
