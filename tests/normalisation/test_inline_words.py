"""The words of a language stand in its tables: patterns and code hold few, and each table's words are asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from audiobuild import normalisation
from audiobuild.normalisation.english.lexis.lists import TABLES
from audiobuild.normalisation.language import FOLDERS
from audiobuild.normalisation.tables import load_uses

PACKAGE = Path(normalisation.__file__).parent
MOST_IN_ONE = 4
"""Words of one alternation or of one collection."""
MOST_IN_PATTERNS = 410
MOST_IN_CODE = 330
"""Words in all of them together; these two only go down."""
LONGEST_LINE = 120
_WORD = re.compile(r"[^\W\d_][^\W\d_'’-]+\.?")
_PART = re.compile(
    r"""
    \\. | \[\^?\]?(?:\\.|[^]\\])*\]       # one character
    | \((?:\?(?:P<\w+>|P=\w+|<?[=!]|[:>]))?  # a group opens
    | [)|] | (?<=\s)\#.*$                 # it ends; another branch; a comment
    """,
    re.VERBOSE | re.MULTILINE,
)


@cache
def trees() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(PACKAGE)): ast.parse(path.read_text(encoding="utf-8"))
        for folder in FOLDERS.values()
        for path in sorted((PACKAGE / folder).rglob("*.py"))
    }


def alternations(pattern: str) -> Iterator[list[str]]:
    """Find the words of each group of a pattern that has several branches.

    >>> list(alternations(r"(?:mile|km|\\d+)s? (?:to|by) sea"))
    [['mile', 'km'], ['to', 'by']]
    """
    groups = [[""]]
    done = 0
    for part in _PART.finditer(pattern):
        groups[-1][-1] += pattern[done : part.start()]
        done = part.end()
        if part[0].startswith("("):
            groups.append([""])
        elif part[0] == "|":
            groups[-1].append("")
        elif part[0] == ")" and len(groups) > 1:
            yield from worded(groups.pop())
        elif part[0] != ")":
            groups[-1][-1] += "."
    groups[-1][-1] += pattern[done:]
    yield from worded(groups[0])


def worded(branches: list[str]) -> Iterator[list[str]]:
    words = [branch.strip() for branch in branches if re.search(r"[^\W\d_]{2}", branch)]
    if len(branches) > 1 and words:
        yield words


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module that are no docstrings, what is put into them left out."""
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    apart |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "." for part in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield node.lineno, node.value


def collections(tree: ast.Module) -> Iterator[tuple[int, list[str]]]:
    """Find the words of each set, list, tuple and table of words in a module; a table of functions is none."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Set | ast.List | ast.Tuple):
            parts: list[ast.expr] = node.elts
        elif isinstance(node, ast.Dict) and all(isinstance(value, ast.Constant) for value in node.values):
            parts = [*(key for key in node.keys if key), *node.values]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            parts = [
                ast.Constant(word)
                for _, text in texts(ast.Module([ast.Assign([], node.func.value)], []))
                for word in text.split()
            ]
        else:
            continue
        words = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if words := [word for word in words if _WORD.fullmatch(word)]:
            yield node.lineno, words


def in_patterns() -> list[tuple[str, list[str]]]:
    """List the words of every alternation, with their places."""
    return [
        (f"{name}:{line}", words)
        for name, tree in trees().items()
        for line, text in texts(tree)
        if "|" in text
        for words in alternations(text)
    ]


def in_code() -> list[tuple[str, list[str]]]:
    """List the words of every collection, with their places."""
    return [(f"{name}:{line}", words) for name, tree in trees().items() for line, words in collections(tree)]


def asked_for() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what the rules call with constant names alone: the function and the names."""
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                given = [part.value for part in node.args if isinstance(part, ast.Constant)]
                if len(given) == len(node.args):
                    yield name, tuple(map(str, given))


def test_words_that_are_alternatives_of_each_other_stand_in_tables() -> None:
    assert [found for found in in_patterns() if len(found[1]) > MOST_IN_ONE] == []
    assert sum(len(words) for _, words in in_patterns()) <= MOST_IN_PATTERNS


def test_sets_of_words_stand_in_tables() -> None:
    assert [found for found in in_code() if len(found[1]) > MOST_IN_ONE] == []
    assert sum(len(words) for _, words in in_code()) <= MOST_IN_CODE


def test_patterns_of_more_than_two_lines_are_verbose_and_have_a_comment() -> None:
    """A pattern in one pair of triple quotes; all of its lines are at most as long as lines are."""
    ours = [(name, tree, (PACKAGE / name).read_text(encoding="utf-8").splitlines()) for name, tree in trees().items()]
    found = []
    for name, tree, lines in ours:
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in parts:
                written = lines[node.lineno - 1 : node.end_lineno]
                is_raw = re.search(r"\brf?\"", written[0]) is not None
                verbose = written[0].endswith('"""') and any("  # " in line for line in written)
                if is_raw and not verbose and (len(written) > 2 or max(map(len, written)) > LONGEST_LINE):
                    found.append(f"{name}:{node.lineno}")
    assert found == []


def test_every_use_of_a_table_is_asked_for_and_every_one_asked_for_is_there() -> None:
    asked = {names[-2:] for call, names in asked_for() if call in {"one_of", "words_pattern"}}
    asked |= {(names[0], use) for call, names in asked_for() if call == "load_use" for use in names[1:]}
    listed = {path.stem.removesuffix("_words") for path in (PACKAGE / "english" / "data").glob("*_words.tsv")}
    modules = {module for module, _ in asked}
    there = {(module, use) for module in modules & listed for use in load_uses(module, TABLES.folder)}
    assert asked - there == set()
    assert there - asked == set()


def test_every_table_of_english_is_asked_for() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.parent.rglob("*.py"))
    named = {path.stem for path in (PACKAGE / "english" / "data").glob("*.tsv")}
    quoted = set(re.findall(r"[\"'](\w+)[\"']", text))
    assert {name for name in named if name not in quoted and name.removesuffix("_words") not in quoted} == set()
