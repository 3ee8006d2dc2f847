"""Every line of tests/cases/speech is spoken as it says."""

from __future__ import annotations

import pytest

from audiobuild.normalisation import Context, verbalise
from tests.speech_cases import Case, read_cases


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in read_cases()])
def test_written_form_is_spoken_as_the_case_says(case: Case) -> None:
    assert verbalise(case.written, Context.for_article([case.written], case.locale)).text == case.spoken
