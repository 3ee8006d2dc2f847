"""What all tests share: golden files, a store, a browser, and how Hypothesis goes about its work."""

from __future__ import annotations

import gc
import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser import Site, Watched
    from tests.published import Built

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line has it

GOLDEN = Path(__file__).parent / "golden"
LONGEST = (
    "engines_contract sound published readme ceilings listening bucket_output published_again bench hostile_files"
    " page_in_browser slips interrupted output_folder engines_kokoro feed_readers cautions cluster engines_edge"
    " object_store failing_calls serving_ranges loudness article_archive engines_hibari repair render architecture"
    " containers_made user_document delivery speech_properties page_chapters hostile drawn_cover decoding"
    " written_forms mending user_errors web_page render_engines engines_piper docs page_for_everyone workers artwork"
    " sound_picture containers docs_site inspect readalong desk_in_browser more_slips page_finding speech_cases"
    " keep_going overshoot stings cover feed"
).split()
"""Files of tests that take long go first, so that no processor is left with one of them when the others are done."""

# Times are not asserted, and the same examples are tried wherever the tests run.
settings.register_profile(
    "house",
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("fuzz", parent=settings.get_profile("house"), derandomize=False, max_examples=1000)
settings.load_profile("house")


def pytest_configure() -> None:
    """Hear Ctrl-C, and let the processes of tests hear it, also where the tests run in the background."""
    gc.disable()  # until all is collected, which stays
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden files with what comes out now")


def pytest_collection_finish() -> None:
    """Search what has been collected for garbage no more, and the rest seldom: that took a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rank = {f"test_{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


@pytest.fixture(scope="session", autouse=True)
def kept_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that tests may add to, in all processes: what one had spoken and encoded need not be made for another."""
    from tests.building import SHARED_STORE

    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "kept-cache"
    store = cache / "audiobuild" / "takes"  # as a cache folder of a user has it
    os.environ[SHARED_STORE] = str(store)
    return store


@pytest.fixture(scope="session", autouse=True)
def preloaded() -> Iterator[None]:
    """Have the workers of builds that are run in this process begin with all that any of them imports.

    There is one at a time, unless a test asks for more: the processors have other tests to run.
    """
    from audiobuild.takes import processes

    with pytest.MonkeyPatch.context() as patch:
        for module in ("build", "build.article_archive", "takes.processes"):
            patch.setattr(f"audiobuild.{module}.default_workers", lambda: 1)
        patch.setattr(processes, "_PRELOADED", (*processes._PRELOADED, "tests.preloaded"))
        yield


@pytest.fixture(scope="session", autouse=True)
def drawn_covers() -> Iterator[None]:
    """Draw a cover once that is drawn of the same facts again: most editions of tests have the same title and date."""
    from audiobuild.publish.pictures import cover, drawn_cover

    draw = cover.draw_cover
    remembered = lru_cache(maxsize=200)(draw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            drawn_cover,
            "draw_cover",
            lambda facts, design, **more: (draw if facts.picture else remembered)(facts, design, **more),
        )
        yield


@pytest.fixture(scope="session")
def sample(kept_store: Path) -> Built:
    """The beginning of the sample edition and each of its articles, in the default voice, for all tests to read."""
    from filelock import FileLock

    from tests.published import Built, build
    from tests.sample_edition import write_beginning

    place = kept_store.parents[2] / "kept-sample"
    told = place / "summary.json"
    place.mkdir(exist_ok=True)
    with FileLock(place / "lock"):
        if not told.exists():  # who built again would hold the folder in which another process looks
            (place / "seeds").mkdir()
            built = build(place, write_beginning(place / "seeds"), "--per-article", store=kept_store)
            told.write_text(json.dumps(built.summary), encoding="utf-8")
    return Built(place, json.loads(told.read_text(encoding="utf-8")), place / "output")


@pytest.fixture(scope="session")
def kept_kokoro(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kokoro's network and its styles in a folder of all processes, since it takes a while to join them."""
    from tests.fetched import join_kokoro  # it imports numpy, which other tests do without

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "kept-kokoro"
    join_kokoro(folder)
    return folder


@pytest.fixture
def others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Two more engines are installed; gives the environment in which other processes find them."""
    from audiobuild.engines.registry import engine_places
    from tests import other_voices

    installed = other_voices.install(tmp_path / "engines")
    monkeypatch.syspath_prepend(str(tmp_path / "engines"))
    engine_places.cache_clear()
    yield installed
    engine_places.cache_clear()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a text against the golden file of that name, or rewrite the file with `--accept`."""
    accept = bool(request.config.getoption("--accept"))

    def compare(name: str, actual: str) -> None:
        path = GOLDEN / name
        if accept:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{name} is not there yet: run pytest --accept, and read what it writes"
        assert actual == path.read_text(encoding="utf-8")

    return compare


# --- the pages in a browser -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from tests.browser import chromium  # it imports the browser's driver, which other tests do without

    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, kept_store: Path) -> Site:
    from tests.browser import build_site

    return build_site(tmp_path_factory.mktemp("site"), kept_store)


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    from tests.browser import served

    with served(site.folder) as found:
        yield found


@pytest.fixture(scope="module")
def kept_window(browser: Browser) -> Iterator[Watched]:
    from tests.browser import window

    with window(browser) as opened:
        yield opened


@pytest.fixture
def watched(kept_window: Watched, address: str) -> Iterator[Watched]:
    """A window in which nothing may be complained of, and nobody else be asked."""
    kept_window.forget(address)
    yield kept_window
    assert kept_window.complaints == []
    assert [asked for asked in kept_window.requests if not asked.startswith(address)] == []
