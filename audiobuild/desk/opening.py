"""The desk from the first look at the sources until Ctrl-C (layer 4)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from audiobuild.build.options import Options
from audiobuild.desk.booth import open_booth
from audiobuild.desk.desk_build import DeskBuild
from audiobuild.desk.page_events import PageEvents
from audiobuild.desk.routes import desk_app
from audiobuild.desk.session import Desk
from audiobuild.desk.token_guard import TokenGuard, new_token
from audiobuild.desk.watching import watched
from audiobuild.errors import AudiobuildError
from audiobuild.publish.site.host_guard import HostGuard
from audiobuild.publish.site.serving import Server, address_of, listen, server_of
from audiobuild.store.artefacts import Store

HOST = "127.0.0.1"
"""Where the desk is: on this machine, for nobody else."""
_REST_S = 0.4
"""How long after a change all is read again: what was just mended is heard first."""


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk that is ready to be served."""

    desk: Desk
    server: Server
    token: str


@contextmanager
def laid_out(options: Options) -> Iterator[OpenDesk]:
    """Lay an edition on the desk, and keep it up with its files while the block runs.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    page_events, changed, is_closed = PageEvents(), threading.Event(), threading.Event()
    with open_booth(Store(options.store)) as booth:
        desk = Desk(options, booth, page_events.tell)

        def keep_up() -> None:
            desk.find_suspects()
            while not is_closed.is_set():
                changed.wait()
                is_closed.wait(_REST_S)
                changed.clear()
                if not is_closed.is_set():
                    desk.refresh()

        def warm_up() -> None:
            with suppress(AudiobuildError):  # whoever wants to hear it is told
                desk.warm_up()

        keeper = threading.Thread(target=keep_up, name="desk", daemon=True)
        token = new_token()
        app = TokenGuard(desk_app(desk, page_events, DeskBuild(options, page_events.tell)), token)
        server = server_of(HostGuard(app, HOST))
        with watched(options.sources, desk.proofs.home, options.output, changed.set):
            keeper.start()
            warmer = threading.Thread(target=warm_up, name="voice", daemon=True)
            warmer.start()
            try:
                yield OpenDesk(desk, server, token)
            finally:
                is_closed.set()
                changed.set()
                keeper.join()
                warmer.join()


def run_desk(options: Options, port: int, announce: Callable[[str], None]) -> None:
    """Serve the desk until Ctrl-C.

    Args:
        options: those of a build.
        port: 0 for any that is free.
        announce: is told the address, once it answers.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    try:
        with listen(HOST, port) as listener, laid_out(options) as opened:
            announce(f"{address_of(listener)}{opened.token}/")
            opened.server.run([listener])
    except KeyboardInterrupt:
        return  # the way to end it
