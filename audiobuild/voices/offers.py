"""The voices that there are, over all engines: which can speak now, which can be fetched, and fetching them (layer 3).

Nothing is fetched but by `fetch_offer`, and nothing whose checksum is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from audiobuild.engines import Download, Engine, VoiceInfo
from audiobuild.engines.registry import default_engine, find_engine, load_engine, open_engine, ranked_engines
from audiobuild.errors import EngineError
from audiobuild.model.values import Voice
from audiobuild.network.downloads import Listener, fetch_file, is_fetched


@dataclass(frozen=True, slots=True)
class Offer:
    """A voice, and whose it is."""

    engine: str
    info: VoiceInfo
    is_online: bool
    """Whether it speaks over the network."""
    missing: str
    """What must be installed before it can speak, and the command for it; empty where nothing is."""

    @property
    def download_bytes(self) -> int:
        """How much is to be fetched before it can speak."""
        return sum(each.size_bytes for each in self.info.downloads if not each.path.is_file())


def list_offers(engine: str | None, locale: str) -> Iterator[Offer]:
    """List the voices of an engine, or of all, without touching the network.

    Raises:
        EngineError: no such engine is installed.
    """
    for found in [load_engine(engine)] if engine else ranked_engines(locale):
        yield from _offers(found, found.voices())


def find_offer(voice: str, engine: str | None, locale: str) -> Offer:
    """Find a voice by its name as a build does; it may be unlisted, such as a mixture.

    Raises:
        EngineError: there is none of that name; names the nearest.
    """
    name = engine or find_engine(voice, locale)
    (offer,) = _offers(load_engine(name), [open_engine(Voice(name, voice), locale).info])
    return offer


def default_offer(locale: str) -> Offer:
    """Give the default voice. Raises EngineError where its engine is not installed."""
    return find_offer("", default_engine(locale), locale)


def _offers(engine: type[Engine], infos: Sequence[VoiceInfo]) -> Iterator[Offer]:
    is_online, missing = engine.abilities.connections > 0, engine.missing()
    return (Offer(engine.name, info, is_online, missing) for info in infos)


def fetch_offer(offer: Offer, announce: Callable[[Sequence[Download]], object], progress: Listener) -> bool:
    """Fetch the files of a voice that are missing or damaged.

    Args:
        announce: told what will be fetched, before any of it is.
        progress: told how many bytes of all of it are there, and how many there will be.

    Returns:
        Whether anything was fetched.

    Raises:
        EngineError: a file has no checksum, so that nobody can say whether it is the right one.
        NetworkError: it cannot be fetched, or what comes is another file.
        OutputError: the folder cannot be written.
    """
    wanted = [each for each in offer.info.downloads if not _is_right(each)]
    for each in wanted:
        if not each.sha256:
            hint = "Whoever makes the engine has to state it."
            raise EngineError(f"no checksum is known of {each.path.name}, so it is not fetched", offer.engine, hint)
    if not wanted:
        return False
    announce(wanted)
    before_bytes, all_bytes = 0, sum(each.size_bytes for each in wanted)

    def advance(done_bytes: int, whole_bytes: int) -> None:
        progress(before_bytes + done_bytes, all_bytes if len(wanted) > 1 else whole_bytes)

    for each in wanted:
        fetch_file(each.url, each.path, sha256=each.sha256, size_bytes=each.size_bytes, progress=advance)
        before_bytes += each.size_bytes
    return True


def _is_right(download: Download) -> bool:
    """Whether a file is there, and is the right one so far as that is known."""
    return is_fetched(download.path, download.sha256) if download.sha256 else download.path.is_file()
