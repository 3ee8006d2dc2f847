"""Without the real input beside the project the tests that need it are skipped, and all others run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
FINDERS = {"shared", "require", "absent"}
"""What skips a test where something is not there."""


def run_when_imported(node: ast.AST) -> Iterator[ast.AST]:
    """Yield all of a module but the bodies of its functions: decorators and defaults are run."""
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.FunctionDef) and child in node.body:
            continue
        yield child
        yield from run_when_imported(child)


def test_nothing_is_looked_for_before_a_test_runs() -> None:
    """Who skips while tests are collected loses the whole file, and ends the run with an error."""
    found = [
        f"{path.relative_to(TESTS)}:{node.lineno}"
        for path in sorted(TESTS.rglob("*.py"))
        for node in run_when_imported(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FINDERS
    ]
    assert found == []
