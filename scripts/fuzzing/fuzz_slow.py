"""Give every reader and every pattern its own worst strings, and say which of them take too long (for scripts/fuzz).

A worst string is a fragment that means something, repeated. It is given in two lengths: time that grows faster than the
length is a fault, and so is more than ten times the time of the sample edition's prose of that length. What is quick
in the lesser length is not tried in the greater. When the time is up, what was not looked at is counted.
"""

from __future__ import annotations

import gc
import importlib
import itertools
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]  # the parser of patterns, which has no public name
from typing import Any

from fuzz_inputs import FRAGMENTS, SHORT_BLOCKS
from slow_documents import DOCUMENTS, Document

import audiobuild
from audiobuild.normalisation.late_patterns import LatePattern
from tests.fuzzing import TARGETS, Target, survives

_SHORT, _LONG = 4_000, 16_000
_GROWTH = 8.0
"""Time for four times as much: 4 where it is linear, 16 where it is quadratic."""
_TIMES_PROSE = 10.0
_PARAGRAPH_CHARS = 200
"""Shorter ones are headings."""
_WITH_BLOCKS = ("script", "script-plain")
"""What is given the shortest blocks: articles up to what is said of them, for in that a user sees how long it takes."""
_PARTS = ("markdown", "page", "feed")
"""What no command does alone: an article is read and scripted, a page and a feed are documents."""
_IN_ENGLISH = "normalise-en-GB"
SAMPLE = Path(__file__).resolve().parents[2] / "seeds"
_NOTICED_S = 0.02
"""What takes less, at the greater length, is neither here nor there."""
_MOST_S = 1.0
"""After so long it is interrupted, again and again: what is raised while C calls back into Python goes nowhere."""
_AGAIN_S = 0.2


class TooLong(BaseException):
    """It has taken too long already."""


def report_slow(names: Sequence[str], most_s: float) -> int:
    """Print what is slow, for so many seconds; 1 where anything is, else 0."""
    patterns = dict(_patterns())
    looks: list[Callable[[], Iterator[str]]] = [
        partial(_slow_target, name, TARGETS[name])
        for name in names
        if name not in _PARTS and name in TARGETS and TARGETS[name].is_text
    ]
    looks += [partial(_slow_document, name, DOCUMENTS[name]) for name in DOCUMENTS if name in names]
    looks += [partial(_slow_pattern, name, pattern, look) for name, (pattern, look) in patterns.items()]
    told, latest_s = 0, time.monotonic() + most_s
    gc.disable()  # as a build runs, which collects no cycles
    gc.freeze()
    for done, look in enumerate(looks):
        if time.monotonic() > latest_s:
            print(f"the time is up: {len(looks) - done} of {len(looks)} readers and patterns were not looked at")
            break
        told += len(list(look()))
        gc.collect()
    print(f"{len(FRAGMENTS + SHORT_BLOCKS)} fragments, {len(patterns)} patterns: {told} slow", flush=True)
    return 1 if told else 0


def _prose() -> str:
    """Give the sample edition's own paragraphs, as many as the greater length holds."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLE.rglob("*.md"))]
    paragraphs = [part for text in texts for part in text.split("\n") if len(part) > _PARAGRAPH_CHARS]
    return "\n\n".join(paragraphs)[:_LONG]


def _slow_target(name: str, target: Target) -> Iterator[str]:
    prose = _prose().encode()
    judge = TARGETS[_IN_ENGLISH] if name.startswith("normalise") else target  # the sample is English
    survives(judge, prose)  # so that it is not charged with what is loaded once
    prose_s = _spent_s(lambda: survives(judge, prose))
    fragments = [
        *FRAGMENTS,
        *(SHORT_BLOCKS if name in _WITH_BLOCKS else ()),
        *(f"{one}{other}" for one in ("[", "<", "{", "(", "*", '"') for other in ("a", " ", "]", ">")),
    ]
    for fragment in fragments:
        yield from _judged(name, fragment, lambda text: survives(target, text.encode()), _TIMES_PROSE * prose_s)


def _slow_document(name: str, document: Document) -> Iterator[str]:
    prose = document.of(_prose().split("\n\n"))
    document.read(prose)
    prose_s = _spent_s(lambda: document.read(prose)) * _LONG / len(prose)
    for fragment in (*document.worst(), *FRAGMENTS):
        yield from _judged(name, fragment, document.read, _TIMES_PROSE * prose_s)


def _slow_pattern(name: str, pattern: re.Pattern[Any], look: str) -> Iterator[str]:
    """Try a pattern's worst strings, up to the first that is slow."""
    worst = dict.fromkeys([*_own_fragments(pattern), "a", "1", " ", "a ", "A", "1,", "a-", "[", "<a "])
    for fragment in worst:
        for end in ("", "\0"):
            told = [*_judged(name, fragment, lambda text, end=end: _try(pattern, look, text + end), _NOTICED_S)]  # type: ignore[misc]
            if told:
                yield from told
                return


def _try(pattern: re.Pattern[Any], look: str, text: str) -> object:
    return getattr(pattern, look)(text if isinstance(pattern.pattern, str) else text.encode())


def _judged(name: str, fragment: str, read: Callable[[str], object], most_s: float) -> Iterator[str]:
    short_s = max(1e-6, _spent_s(lambda: read(_repeated(fragment, _SHORT))))
    if short_s * (_LONG // _SHORT) ** 3 < _NOTICED_S:
        return  # even if it grew with the cube of the length
    long_s = _spent_s(lambda: read(_repeated(fragment, _LONG)))
    if long_s < _NOTICED_S:
        return
    long_s = min(long_s, _spent_s(lambda: read(_repeated(fragment, _LONG))))  # now that all is loaded
    short_s = min(short_s, max(1e-6, _spent_s(lambda: read(_repeated(fragment, _SHORT)))))
    if long_s / short_s > _GROWTH or long_s > max(most_s, _NOTICED_S):
        line = f"{name}: {fragment[:20]!r}, {_LONG // 1000} kB: {long_s:.2f} s, {long_s / short_s:.0f} times a quarter"
        print(line, flush=True)
        yield line


def _repeated(fragment: str, length: int) -> str:
    return fragment * (length // len(fragment))


def _spent_s(call: Callable[[], object]) -> float:
    signal.setitimer(signal.ITIMER_PROF, _MOST_S, _AGAIN_S)
    signal.signal(signal.SIGPROF, _interrupt)
    began_s = time.process_time()
    try:
        call()
    except TooLong:
        pass
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - began_s


def _interrupt(*_: Any) -> None:
    raise TooLong


def _patterns() -> Iterator[tuple[str, tuple[re.Pattern[Any], str]]]:
    """All patterns that stand in modules of ours, by module and name, in tables too; and how they are tried."""
    found = (each.name for each in pkgutil.walk_packages(audiobuild.__path__, "audiobuild."))
    modules = [importlib.import_module(name) for name in found if not name.endswith("__main__")]
    sources = [Path(str(module.__file__)).read_text(encoding="utf-8") for module in modules]
    everywhere = re.sub(r"^from .* import (?:\([^)]*\)|.*)", "", "\n".join(sources), flags=re.MULTILINE)
    for module, source in zip(modules, sources, strict=True):
        for name, value in vars(module).items():
            is_public = name.isupper() and not name.startswith("_")
            look = "fullmatch" if _is_anchored(name, everywhere if is_public else source) else "search"
            for place, pattern in enumerate(_within(value, 3)):
                yield f"{module.__name__}.{name}[{place}]", (pattern, look)


def _is_anchored(name: str, source: str) -> bool:
    """Whether a pattern is only tried at the beginning of texts, by `match` and `fullmatch`."""
    _, *uses = re.findall(rf"\b{re.escape(name)}\b(?:\.(\w+))?", source) or [""]
    return bool(uses) and set(uses) <= {"match", "fullmatch", "pattern"}


def _within(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, LatePattern):
        value = re.compile(value._source, value._flags)
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, tuple | list | dict | frozenset):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _within(each, depth - 1)


def _own_fragments(pattern: re.Pattern[Any]) -> Iterator[str]:
    """What a pattern asks for, as strings: each run of it that can be said, and all of it."""
    flags = pattern.flags & ~(re.LOCALE if isinstance(pattern.pattern, str) else re.UNICODE)
    parsed = _parser.parse(pattern.pattern, flags)
    whole = _said(parsed)
    parts = [_said([part]) for part in parsed]
    joined = ("".join(pair) for pair in itertools.pairwise(parts))
    yield from (part[:40] for part in (whole, *parts, *joined) if part)


def _said(parsed: Iterable[tuple[Any, Any]]) -> str:
    """A string that such a part of a pattern may match, more or less."""
    said = ""
    for kind, value in parsed:
        if kind is _constants.LITERAL:
            said += chr(value)
        elif kind is _constants.IN:
            said += _one_of(value)
        elif kind is _constants.ANY or kind is _constants.NOT_LITERAL:
            said += "a"
        elif kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            said += _said(value[2])
        elif kind is _constants.SUBPATTERN:
            said += _said(value[3])
        elif kind is _constants.ATOMIC_GROUP:
            said += _said(value)
        elif kind is _constants.BRANCH:
            said += _said(value[1][0])
    return said


_CATEGORIES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}


def _one_of(choices: Sequence[tuple[Any, Any]]) -> str:
    kind, value = choices[0]
    if kind is _constants.LITERAL:
        return chr(value)
    if kind is _constants.RANGE:
        return chr(value[0])
    return _CATEGORIES.get(str(value), "a")
