"""What is added to Markdown within a line: taken out, or put in plain words (layer 1, pure).

==wet==                  wet
[[mayor|Mayor Smith]]    Mayor Smith
![[map.png]]             (a picture)
H~2~O, 5 m^2^            H2O, 5 m²
[@lee2010]{.note} :rain: (nothing)
$x^2 + y$                x² + y
"""

from __future__ import annotations

import re
from collections.abc import Callable

from audiobuild.model.values import Block, BlockKind
from audiobuild.sources.found import Found
from audiobuild.sources.marked.latex import is_mathematical, plain_maths
from audiobuild.sources.marked.marked_text import shift_baseline

_CODE = re.compile(r"(?<!`)(`+)(?!`).{0,500}?(?<!`)\1(?!`)")
_SIGNS = re.compile(r"[\[$=%~^:{\\]")
"""A line without any of these is plain."""
_MANY = 300
_LONE = re.compile(r"(?<!\\)\[(?![^\[\]]{0,500}\])")

_Plain = str | tuple[str, BlockKind, str]
"""What is left of a match; or else that, the kind of block it becomes, and why it is not read."""


def _wiki_link(found: re.Match[str]) -> _Plain:
    target, _, label = found["link"].partition("|")
    name, _, part = target.partition("#")
    return label.strip() or name.strip() or part.strip()


def _maths(found: re.Match[str]) -> _Plain:
    latex = found["latex"] or found["bracketed"] or ""
    if found["latex"] and not is_mathematical(latex):
        return found[0]
    return plain_maths(latex).replace("<", "&lt;") or ("", BlockKind.MATHS, "mathematics is not read")


def _raised(found: re.Match[str]) -> _Plain:
    return shift_baseline(found["raised"], is_raised=True)


_FORMS: tuple[tuple[str, str, Callable[[re.Match[str]], _Plain]], ...] = (
    ("%%", r"%%[^%\n]{1,2000}%%", lambda found: ("", BlockKind.SHORTCODE, "a remark is not read")),
    ("![[", r"!\[\[[^\[\]\n]{1,300}\]\]", lambda found: ("", BlockKind.IMAGE, "")),
    ("[[", r"\[\[(?P<link>[^\[\]\n]{1,300})\]\]", _wiki_link),
    (
        "@",
        r" ?\[(?=[^\[\]\n]{0,80}(?<![\w.])@)[^\[\]\n@]{0,80}@\{?[\w:.#$%&+?~/-]+\}?[^\[\]\n]{0,200}\](?!\()",
        lambda found: ("", BlockKind.SHORTCODE, "a citation is not read"),
    ),
    (
        "",
        r"(?<![\\$\w])\$(?![\s$])(?P<latex>(?:[^$\n\\]|\\.){1,200})(?<!\s)\$(?![\d$])|\\\((?P<bracketed>[^\n]{1,200}?)\\\)",
        _maths,
    ),
    ("{", r"[ \t]{0,20}\{(?::|[#.](?=[A-Za-z]))[^{}\n]{0,300}\}", lambda found: ("", BlockKind.SHORTCODE, "")),
    (
        "{",
        r"(?<=[)\]`])\{[\w.#:=\"'% -]{1,200}\}",
        lambda found: ("", BlockKind.SHORTCODE, ""),
    ),
    ("==", r"(?<![\w=])==(?=[^\s=])(?P<words>[^=\n]{1,500})(?<=\S)==(?![\w=])", lambda found: found["words"]),
    ("^", r"(?<=[\w)])\^(?P<raised>[^\s^\[\]]{1,20})\^(?![\w^])", _raised),
    ("^", r"[ \t]\^(?=[\w-]{0,40}[a-z])[\w-]{3,40}[ \t]*$", lambda found: ("", BlockKind.LINK, "")),
    ("~", r"(?<=\w)(?<!~)~(?P<lowered>[^\s~]{1,20})~(?!~)", lambda found: found["lowered"]),
    (":", r" ?(?<![\w:/]):(?:[a-z][a-z0-9_+-]{1,40}|[+-]1|100):(?![\w:/])", lambda found: ""),
)
_COMPILED = tuple((sign, re.compile(pattern), plain) for sign, pattern, plain in _FORMS)


def write_plain_markdown(row: str, line: int) -> tuple[str, list[Found]]:
    """Write a line in plain Markdown, leaving code unchanged.

    Returns:
        What is left of it, and what was taken out.

    >>> write_plain_markdown("He met [[mayor|the mayor]], `[[x]]`.", 1)[0]
    'He met the mayor, `[[x]]`.'
    """
    if not _SIGNS.search(row):
        return row, []
    taken: list[Found] = []
    parts: list[str] = []
    done = 0
    for code in _CODE.finditer(row):
        parts += (_plain(row[done : code.start()], line, taken), code[0])
        done = code.end()
    return "".join([*parts, _plain(row[done:], line, taken)]), taken


def _plain(text: str, line: int, taken: list[Found]) -> str:
    for sign, pattern, plain in _COMPILED:
        if sign not in text:
            continue

        def replaced(found: re.Match[str], plain: Callable[[re.Match[str]], _Plain] = plain) -> str:
            left = plain(found)
            if isinstance(left, str):
                return left
            words, kind, unread = left
            taken.append(Found(Block(kind, found[0].strip(), line, unread=unread)))
            return words

        text = pattern.sub(replaced, text)
    return text


def without_lone_brackets(text: str) -> str:
    """Escape brackets that open nothing, where there are so many that Markdown would look for the end of each."""
    if text.count("[") < _MANY:
        return text
    blocks = re.split(r"(\n[ \t]*\n)", text)
    return "".join(_LONE.sub(r"\\[", block) if block.count("[") >= _MANY else block for block in blocks)
