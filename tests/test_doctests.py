"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import audiobuild


def test_every_example_in_a_docstring_does_what_it_shows() -> None:
    names = [audiobuild.__name__, *(each.name for each in pkgutil.walk_packages(audiobuild.__path__, "audiobuild."))]
    tried = 0
    failures = []
    for name in names:
        if name.endswith(".__main__"):
            continue
        module = importlib.import_module(name)
        report: list[str] = []
        runner = doctest.DocTestRunner(verbose=False)
        for test in doctest.DocTestFinder().find(module):
            if test.examples:  # to begin with another takes a while, too
                runner.run(test, out=report.append)
        found = runner.summarize(verbose=False)
        tried += found.attempted
        if found.failed:
            failures.append(f"{name}: {''.join(report)}")
    assert not failures, "\n".join(failures)
    assert tried > 0
