"""Every line of tests/cases/speech is spoken as it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiobuild.normalisation import gather_context, verbalise
from tests.speech_cases import FOLDER, read_file


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in sorted(FOLDER.glob("*.txt"))])
def test_every_written_form_of_a_class_is_spoken_as_its_line_says(path: Path) -> None:
    failures = []
    for case in read_file(path):
        said = verbalise(case.written, gather_context([case.written], case.locale)).text
        if said != case.spoken:
            failures.append(f"{case.name}: {case.written!r} is spoken {said!r}, not {case.spoken!r}")
    assert not failures, "\n".join(failures)
