"""What all tests share: the golden files, and how Hypothesis goes about its work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

GOLDEN = Path(__file__).parent / "golden"
LONGEST = (
    *("sound", "hostile", "word_onsets", "published", "page_in_browser", "delivery", "speech_prose", "readme"),
    *("speech_properties", "user_document", "bench", "interrupted", "user_errors", "build", "serving"),
)
"""Files of tests that take long go first, so that no processor is left with one of them when the others are done."""

# Times are not asserted, and the same examples are tried wherever the tests run.
settings.register_profile(
    "house", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden files with what comes out now")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rank = {f"test_{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


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
