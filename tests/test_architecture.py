"""The house is built as it is drawn: layers, single importers, sizes, and what a pure module may not touch."""

from __future__ import annotations

import ast
import re
import symtable
import sys
from functools import cache
from pathlib import Path

import audiobuild
from audiobuild.normalisation.language import FOLDERS

PACKAGE = Path(audiobuild.__file__).parent
MOST_FILE_LINES = 330
MOST_FUNCTION_LINES = 40
"""Of a command, what stands below its options: they are a table, one a line."""
PURE = (
    *(f"audiobuild.sources.{package}" for package in ("article_parts", "marked", "html", "packed")),
    *(f"audiobuild.sources.{name}" for name in ("readers", "file_names", "file_kinds", "xml_tree")),
    *("audiobuild.sources.web_pages.page_body", "audiobuild.sources.web_pages.page_tree"),
    *("audiobuild.sources.paged.pdf_layout", "audiobuild.sources.paged.pdf_paragraphs"),
    "audiobuild.sources.remote.feed_entries",
    *("audiobuild.normalisation", "audiobuild.script", "audiobuild.timeline", "audiobuild.model"),
    *(
        "audiobuild.engines.phonetics.homographs",
        "audiobuild.inspection.misheard",
        "audiobuild.publish.episodes.identity",
    ),
)
IMPURE = {
    *("os", "time", "random", "secrets", "uuid", "tempfile", "shutil", "locale", "platform"),
    *("logging", "socket", "ssl", "http", "urllib", "subprocess", "threading", "multiprocessing", "asyncio"),
}
CLOCKS = {"now", "utcnow", "today"}
VOCABULARY = {
    "numpy": ("audiobuild.audio", "audiobuild.engines"),
    "typer": ("audiobuild.cli",),
    "starlette": ("audiobuild.publish.site", "audiobuild.desk"),
}
"""The exceptions to the single importer: numpy's arrays are what sound is, and what networks are given; typer's options
are what the command line is written in; starlette's requests and answers are what both servers speak."""
NORMALISATION = "audiobuild.normalisation"
FIRST = "english"
"""The language as whose folder the others are laid out."""
ROOT = "audiobuild"
"""The package itself holds the version and is on no layer."""


@cache
def modules() -> dict[str, ast.Module]:
    """Parse every module of the package, by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


def path_of(module: str) -> Path:
    path = PACKAGE.parent.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def imports(tree: ast.Module) -> set[str]:
    """List what a module imports, at its head or in its functions: dotted names, of modules where they are ours."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name if name in modules() else node.module or "" for name in whole}
    return names


@cache
def layer(module: str) -> int:
    """Read the layer in a module's docstring, or else in that of the package around it."""
    found = re.search(r"\(layer (\d)\b", ast.get_docstring(modules()[module]) or "")
    if found:
        return int(found[1])
    parent = module.rpartition(".")[0]
    assert parent, f"{module} names no layer, nor does a package around it"
    return layer(parent)


def third_party(tree: ast.Module) -> set[str]:
    names = {name.partition(".")[0] for name in imports(tree)}
    return names - {ROOT, "__future__"} - set(sys.stdlib_module_names)


def package_of(module: str) -> str:
    return module if path_of(module).name == "__init__.py" else module.rpartition(".")[0]


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_the_package_was_found() -> None:
    assert {"audiobuild.cli", "audiobuild.build", "audiobuild.script", "audiobuild.model"} <= set(modules())


def test_imports_run_downward_only() -> None:
    upward = [
        f"{module} (layer {layer(module)}) imports {name} (layer {layer(name)})"
        for module, tree in modules().items()
        for name in sorted(imports(tree))
        if is_within(name, ROOT) and name != ROOT and module != ROOT and layer(name) > layer(module)
    ]
    assert upward == []


def test_modules_and_packages_import_in_no_circle() -> None:
    """Neither modules do, nor what stands beside one another in a package, each with all that is in it."""
    ours = {module: imports(tree) & modules().keys() - {ROOT, module} for module, tree in modules().items()}
    assert circle(ours) == set()
    packages = {package_of(module) for module in modules()}
    assert {package: found for package in packages if (found := circle(arrows_within(package, ours)))} == {}


def arrows_within(package: str, ours: dict[str, set[str]]) -> dict[str, set[str]]:
    """Say which of the modules and packages in a package imports which other."""
    depth = package.count(".") + 2
    child = {name: ".".join(name.split(".")[:depth]) for name in ours if is_within(name, package)}
    arrows: dict[str, set[str]] = {name: set() for name in child.values()}
    for module, name in child.items():
        arrows[name] |= {child[other] for other in ours[module] if other in child} - {name}
    return arrows


def circle(arrows: dict[str, set[str]]) -> set[str]:
    """Find what is left when all that leads to nothing else has been taken away, over and over."""
    left = dict(arrows)
    while ends := {name for name, others in left.items() if others.isdisjoint(left)}:
        left = {name: others for name, others in left.items() if name not in ends}
    return set(left)


def test_every_module_is_on_the_layer_where_the_drawing_has_it() -> None:
    drawn = {
        5: ("cli",),
        4: ("build", "desk"),
        3: ("sources", "engines", "audio", "takes", "store", "publish", "inspection", "voices"),
        2: ("script", "timeline"),
        1: ("normalisation",),
        0: ("config", "model", "network", "progress", "errors", "locks"),
    }
    expected = {f"{ROOT}.{name}": number for number, names in drawn.items() for name in names}
    assert {name: layer(name) for name in expected} == expected
    inside = {name: layer(name) for name in modules() if name.count(".") > 1}
    assert [name for name, number in inside.items() if number > layer(".".join(name.split(".")[:2]))] == []


def test_no_two_modules_have_one_name() -> None:
    """A name leads to one place; but each language's folder is laid out as the first one's is."""
    others = tuple(f"{NORMALISATION}.{folder}." for folder in FOLDERS.values() if folder != FIRST)
    names = [name.rpartition(".")[2] for name in modules() if not name.startswith(others)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_nothing_imports_a_language_but_by_its_registry() -> None:
    """The scan, the script and the engines know a language by its locale alone."""
    folders = tuple(f"{NORMALISATION}.{folder}" for folder in FOLDERS.values())
    strangers = [
        f"{module} imports {name}"
        for module, tree in modules().items()
        for name in sorted(imports(tree))
        for folder in folders
        if is_within(name, folder) and not is_within(module, folder)
    ]
    assert strangers == []


def test_no_two_public_classes_have_one_name() -> None:
    names = [
        node.name
        for tree in modules().values()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_third_party_package_is_imported_by_one_package_alone() -> None:
    importers: dict[str, list[str]] = {}
    for module, tree in modules().items():
        for name in third_party(tree):
            importers.setdefault(name, []).append(module)
    for name, packages in VOCABULARY.items():
        assert [module for module in importers.pop(name) if not any(is_within(module, each) for each in packages)] == []
    several = {name: found for name, found in importers.items() if len(set(map(package_of, found))) > 1}
    assert several == {}


def test_scripts_import_what_is_there() -> None:
    """Those without an ending are seen by no type checker."""
    missing = [
        f"{path.name}: {node.module}.{alias.name}"
        for path in sorted((PACKAGE.parent / "scripts").rglob("*"))
        if path.is_file() and path.read_bytes().startswith(b"#!/usr/bin/env python")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and is_within(node.module or "", ROOT)
        for alias in node.names
        if f"{node.module}.{alias.name}" not in modules()
        and (node.module not in modules() or alias.name not in names_bound(node.module))
    ]
    assert missing == []


@cache
def names_bound(module: str) -> frozenset[str]:
    """List what a module binds at its head."""
    symbols = symtable.symtable(path_of(module).read_text(encoding="utf-8"), module, "exec").get_symbols()
    return frozenset(each.get_name() for each in symbols if each.is_assigned() or each.is_imported())


def test_no_module_imports_click_which_typer_brings_along() -> None:
    assert [module for module, tree in modules().items() if "click" in third_party(tree)] == []


def test_what_is_imported_is_declared() -> None:
    declared = (PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8")
    called = {"PIL": "Pillow", "yaml": "PyYAML", "markdown_it": "markdown-it-py", "mdit_py_plugins": "mdit-py-plugins"}
    called |= {"charset_normalizer": "charset-normalizer"}
    called |= {"espeakng_loader": "espeakng-loader", "gtts": "gTTS", "hibari": "hibari-tts", "jinja2": "Jinja2"}
    called |= {"kokoro_onnx": "kokoro-onnx", "piper": "piper-tts"}
    called |= {"faster_whisper": "faster-whisper", "dask": "distributed"}
    called |= {"requests": "gTTS", "urllib3": "gTTS"}  # gTTS speaks through them, and their errors are its own
    called |= {"edge_tts": "edge-tts", "aiohttp": "edge-tts"}  # and edge-tts through the other
    names = {name for tree in modules().values() for name in third_party(tree)}
    assert [name for name in sorted(names) if f'"{called.get(name, name)}>=' not in declared] == []


def impurities(tree: ast.Module) -> set[str]:
    """Name what a module asks of the world: the clock, the disk, chance, the network, the log."""
    asked = imports(tree) - {"urllib.parse"}  # which takes addresses apart, and asks nobody
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    modules_asked = {name.partition(".")[0] for name in asked}
    return modules_asked & IMPURE | attributes & CLOCKS | calls & {"open", "print", "input"}


def test_pure_modules_touch_no_clock_environment_chance_network_or_log() -> None:
    pure = {name: tree for name, tree in modules().items() if any(is_within(name, each) for each in PURE)}
    assert len(pure) > 100
    assert {name: found for name, tree in pure.items() if (found := impurities(tree))} == {}


def test_no_file_is_much_over_three_hundred_lines() -> None:
    sizes = {module: len(path_of(module).read_text(encoding="utf-8").splitlines()) for module in modules()}
    assert {module: size for module, size in sizes.items() if size > MOST_FILE_LINES} == {}


def first_line(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    is_command = any(
        isinstance(each, ast.Call) and ast.unparse(each.func) == "app.command" for each in node.decorator_list
    )
    return node.body[0].lineno if is_command else node.lineno


def test_no_function_is_long() -> None:
    sizes = {
        f"{module}.{node.name}": (node.end_lineno or 0) - first_line(node) + 1
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: size for name, size in sizes.items() if size > MOST_FUNCTION_LINES} == {}


def test_every_module_says_what_it_is() -> None:
    assert [module for module, tree in modules().items() if not ast.get_docstring(tree)] == []


def test_no_module_is_named_for_nothing_in_particular() -> None:
    vague = {"utils", "util", "helpers", "manager", "base", "core", "common", "misc"}
    assert [module for module in modules() if module.rpartition(".")[2] in vague] == []


def test_input_is_never_checked_by_assert_nor_errors_caught_unseen() -> None:
    found = [
        f"{module}:{node.lineno}"
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert) or (isinstance(node, ast.ExceptHandler) and node.type is None)
    ]
    assert found == []


def test_tests_lie_as_the_packages_do() -> None:
    tests = Path(__file__).parent
    folders = {path.parent.relative_to(tests) for path in tests.rglob("test_*.py")}
    assert [str(folder) for folder in sorted(folders) if not (PACKAGE / folder / "__init__.py").is_file()] == []
