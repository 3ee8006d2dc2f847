"""Every line of tests/cases/speech is spoken as it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobuild.speech import Context, verbalise

CASES = Path(__file__).parent / "cases" / "speech"


def read_cases() -> Iterator[object]:
    for path in sorted(CASES.glob("*.txt")):
        locale = "en-GB"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("[en-"):
                locale = line[1:6]
            elif line and not line.startswith("#"):
                written, _, spoken = line.replace("\\n", "\n").partition(" ~ ")
                yield pytest.param(locale, written, spoken, id=f"{path.stem}:{number}")


@pytest.mark.parametrize(("locale", "written", "spoken"), list(read_cases()))
def test_written_form_is_spoken_as_the_case_says(locale: str, written: str, spoken: str) -> None:
    assert verbalise(written, Context.for_article([written], locale)).text == spoken
