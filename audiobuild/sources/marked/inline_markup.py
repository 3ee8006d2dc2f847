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
from typing import TypeAlias

from audiobuild.model.values import Block, BlockKind
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.article_parts.marked_text import shift_baseline
from audiobuild.sources.marked.latex import is_mathematical, plain_maths

_CODE = re.compile(r"(?<!`)(`+)(?!`).{0,500}?(?<!`)\1(?!`)")
_SIGNS = re.compile(r"[\[$=%~^:{\\#@【\ue200]|\(\(|\+\+|`[r$]")
"""A line without any of these is plain."""
_MANY = 300
_LONE = re.compile(r"(?<!\\)\[(?![^\[\]]{0,500}\])")

_CITATION, _PROGRAMS = "a citation is not read", "what is for programs is not read"
_FACTS, _TAGS = "a note's own facts are not read", "a list of tags is not read"
_REFERRED = {"fig": "figure", "sec": "section", "tbl": "table", "eq": "equation", "lst": "listing"}
_ROLE = re.compile(r"\{(?P<role>[a-z][\w:-]{0,30})\}`(?P<words>[^`\n]{1,200})`")
"""Of MyST and reStructuredText: {ref}`the table <tides>`."""
_COMPUTED = re.compile(r" ?`(?:r |\{(?:r|python|julia)\} |\$?= )[^`\n]{1,300}`")
"""What Quarto or Obsidian work out when the page is shown."""

_Plain = str | tuple[str, BlockKind, str]
"""What is left of a match; or else that, the kind of block it becomes, and why it is not read."""


def _wiki_link(found: re.Match[str]) -> _Plain:
    target, _, label = found["link"].partition("|")
    name, _, part = target.partition("#")
    return label.strip() or name.rpartition("/")[2].strip() or part.strip()


def _reference(found: re.Match[str]) -> _Plain:
    return f"the {_REFERRED[found['kind']]}"


def _role(found: re.Match[str]) -> _Plain:
    role, words = found["role"], found["words"]
    if role.startswith("cite"):
        return "", BlockKind.SHORTCODE, _CITATION
    return f"${words}$" if role == "math" else re.sub(r"\s*<[^<>]*>$", "", words).lstrip("~!")


def _maths(found: re.Match[str]) -> _Plain:
    latex = found["latex"] or found["bracketed"] or found["set_apart"] or ""
    if found["latex"] and not is_mathematical(latex):
        return found[0]
    return plain_maths(latex).replace("<", "&lt;") or ("", BlockKind.MATHS, "mathematics is not read")


def _raised(found: re.Match[str]) -> _Plain:
    return shift_baseline(found["raised"], is_raised=True)


_Reading: TypeAlias = Callable[[re.Match[str]], _Plain]

_FORMS: tuple[tuple[str, str, _Reading], ...] = (
    ("%%", r"%%[^%\n]{1,2000}%%", lambda found: ("", BlockKind.SHORTCODE, "a remark is not read")),
    ("![[", r"!\[\[[^\[\]\n]{1,300}\]\]", lambda found: ("", BlockKind.IMAGE, "")),
    ("[image:", r"\[image:[^\[\]\n]{1,300}\]", lambda found: ("", BlockKind.IMAGE, "")),
    ("[[", r"\[\[(?P<link>[^\[\]\n]{1,300})\]\]", _wiki_link),
    (
        "](#",
        r"(?<=\S)\[(?P<label>\d{1,3})\]\(#_?(?:footnote|fn|ftn|ftnt)[-_:]?\d{1,4}\)",
        lambda found: f"[^{found['label']}]",
    ),
    (
        "@",
        r" ?\[(?=[^\[\]\n]{0,80}(?<![\w.])@)[^\[\]\n@]{0,80}@\{?[\w:.#$%&+?~/-]+\}?[^\[\]\n]{0,200}\](?!\()",
        lambda found: ("", BlockKind.SHORTCODE, _CITATION),
    ),
    (
        "",
        r"(?<![\\$\w])\$(?![\s$])(?P<latex>(?:[^$\n\\]|\\.){1,200})(?<!\s)\$(?![\d$])|\\\((?P<bracketed>[^\n]{1,200}?)\\\)"
        r"|(?<![\\$])\$\$(?=[^\s$])(?P<set_apart>[^$\n]{0,200}\w[^$\n]{0,200})(?<!\s)\$\$(?!\$)",
        _maths,
    ),
    (
        "[",
        r"^[ \t]{0,20}(?:\*\*)?\[\d{1,2}:\d\d(?::\d\d)?(?:\.\d{1,3})?\](?:\*\*)?[ \t]+",
        lambda found: ("", BlockKind.SHORTCODE, "a time in a recording is not read"),
    ),
    (
        "([",
        r" ?\(\[(?:[Vv]iew [Hh]ighlight|[Ll]ocation \d{1,7})\]\([^()\s]{1,300}\)\)",
        lambda found: ("", BlockKind.LINK, ""),
    ),
    (
        "oaicite",
        r" ?:contentReference\[[^\[\]\n]{0,80}\]\{[^{}\n]{0,80}\}",
        lambda found: ("", BlockKind.SHORTCODE, _CITATION),
    ),
    ("{", r"[ \t]{0,20}\{(?::|[#.](?=[A-Za-z]))[^{}\n]{0,300}\}", lambda found: ("", BlockKind.SHORTCODE, "")),
    (
        "{",
        r"(?<=[)\]`])\{[\w.#:=\"'% -]{1,200}\}",
        lambda found: ("", BlockKind.SHORTCODE, ""),
    ),
    ("==", r"(?<![\w=])==(?=[^\s=])(?P<words>[^=\n]{1,500})(?<=\S)==(?![\w=])", lambda found: found["words"]),
    (
        "^",
        r"(?<![^\W\d])\^(?P<above>\d{1,4})\^[/⁄]~(?P<below>\d{1,4})~",
        lambda found: f" {found['above']}/{found['below']}",
    ),
    ("^", r"(?<=[\w)])\^(?P<raised>[^\s^\[\]]{1,20})\^(?![\w^])", _raised),
    ("^", r"[ \t]\^(?=[\w-]{0,40}[a-z])[\w-]{2,40}[ \t]*$", lambda found: ("", BlockKind.LINK, "")),
    ("~", r"(?<=\w)(?<!~)~(?P<lowered>[^\s~]{1,20})~(?!~)", lambda found: found["lowered"]),
    ("【", r" ?【\d[^【】\n]{0,20}†[^【】\n]{0,100}】", lambda found: ("", BlockKind.SHORTCODE, _CITATION)),
    ("\ue200", r" ?\ue200[^\ue200\ue201\n]{0,300}\ue201", lambda found: ("", BlockKind.SHORTCODE, _CITATION)),
    ("((", r" ?\(\([0-9a-f]{8}-[0-9a-f-]{27}\)\)", lambda found: ("", BlockKind.LINK, "")),
    ("::", r" ?[\[(][\w /-]{1,40}::[^\[\]()\n]{0,200}[\])]", lambda found: ("", BlockKind.SHORTCODE, _FACTS)),
    ("::", r"(?<![\w:])::(?=[^\s:])(?P<words>[^:\n]{1,300})(?<=\S)::(?![\w:])", lambda found: found["words"]),
    ("++", r"(?<![\w+])\+\+(?=[^\s+])(?P<words>[^+\n]{1,300})(?<=\S)\+\+(?![\w+])", lambda found: found["words"]),
    ("=", r" ?\[(?:color|name|time)=[^\[\]\n]{1,60}\](?!\()", lambda found: ("", BlockKind.SHORTCODE, _FACTS)),
    ("@", r" ?\((?:see )?@(?:fig|sec|tbl|eq|lst)-[^()\n]{1,100}\)", lambda found: ("", BlockKind.SHORTCODE, _CITATION)),
    ("@", r"(?<![\w@])@(?P<kind>fig|sec|tbl|eq|lst)-[\w-]{1,60}", _reference),
    (
        "{",
        r"(?<![\w$\\{])\{[a-z_$][\w$]{0,40}(?:\.[A-Za-z_$][\w$]{0,40}){1,5}\}(?!\})",
        lambda found: ("", BlockKind.SHORTCODE, _PROGRAMS),
    ),
    (
        "#",
        r"(?<=[.!?…”\"')])(?:[ \t]+#[A-Za-z][\w/-]{0,60}){1,30}(?=[ \t]*(?:\^[\w-]{1,40})?[ \t]*$)",
        lambda found: ("", BlockKind.SHORTCODE, _TAGS),
    ),
    (":", r" ?(?<![\w:/]):(?:[a-z][a-z0-9_+-]{1,40}|[+-]1|100):(?![\w:/])", lambda found: ""),
)
_WITH_CODE: tuple[tuple[str, re.Pattern[str], _Reading], ...] = (
    ("}`", _ROLE, _role),
    ("`", _COMPUTED, lambda found: ("", BlockKind.CODE, "")),
)
_COMPILED = tuple((sign, re.compile(pattern), plain) for sign, pattern, plain in _FORMS)


def write_plain_markdown(row: str, line: int) -> tuple[str, list[FoundBlock]]:
    """Write a line in plain Markdown, leaving code unchanged.

    Returns:
        What is left of it, and what was taken out.

    >>> write_plain_markdown("He met [[mayor|the mayor]], `[[x]]`.", 1)[0]
    'He met the mayor, `[[x]]`.'
    """
    if not _SIGNS.search(row):
        return row, []
    taken: list[FoundBlock] = []
    parts: list[str] = []
    done = 0
    for sign, pattern, plain in _WITH_CODE:
        if sign in row:
            row = pattern.sub(_replacing(plain, line, taken), row)
    for code in _CODE.finditer(row):
        parts += (_plain(row[done : code.start()], line, taken), code[0])
        done = code.end()
    return "".join([*parts, _plain(row[done:], line, taken)]), taken


def _plain(text: str, line: int, taken: list[FoundBlock]) -> str:
    for sign, pattern, plain in _COMPILED:
        if sign in text:
            text = pattern.sub(_replacing(plain, line, taken), text)
    return text


def _replacing(plain: _Reading, line: int, taken: list[FoundBlock]) -> Callable[[re.Match[str]], str]:
    """Make a function that gives what is left of a match, and notes what was taken out."""

    def replaced(found: re.Match[str]) -> str:
        left = plain(found)
        if isinstance(left, str):
            return left
        words, kind, unread = left
        taken.append(FoundBlock(Block(kind, found[0].strip(), line, unread=unread)))
        return words

    return replaced


def without_lone_brackets(text: str) -> str:
    """Escape brackets that open nothing, where there are so many that Markdown would look for the end of each."""
    if text.count("[") < _MANY:
        return text
    blocks = re.split(r"(\n[ \t]*\n)", text)
    return "".join(_LONE.sub(r"\\[", block) if block.count("[") >= _MANY else block for block in blocks)
