"""Lines in one case: short forms in them get the capitals by which the rules know them (layer 1, pure).

Newsletters and captions come in small letters ("dr. lee, jan. 5"), headings and transcripts in capitals ("SEPT. 15 ON
MT. HOOD"). Letters change their case only, never their number, so that every place stays where it was.
"""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.rules.capitals import is_listed_initialism
from audiobuild.normalisation.english.rules.leadin import CAPITAL_RUN, TITLES, is_ordinary, spoken_tokens
from audiobuild.normalisation.english.rules.roman import roman_value
from audiobuild.normalisation.english.rules.shortened import KINDS, capital_spans, is_name_word
from audiobuild.normalisation.tables import load_rows, load_table, load_use, load_words

_TITLED = re.compile(r"[A-Z][a-z]")
_LETTER = re.compile(r"[^\W\d_]")
_IN_CAPITALS = re.compile(r"(?:[^a-z]|(?<=[A-Z\d])(?:s|st|nd|rd|th)(?![A-Za-z])|(?<=\bM)c(?=[A-Z]))++")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_BEHIND_STREET = re.compile(r"(?<!\w)(st\.? )([A-Z][a-z]+)(?!\w)")
_TAIL = re.compile(r"(?<=\d)(?:ST|ND|RD|TH|S)(?!\w)")
"""What is small behind figures: 4TH, 1980S."""
_STOPPED_NUMBER = re.compile(r"\. \d")
_BEHIND_V = re.compile(r"\.? [^\W\d_]{2}")
_OPENER = re.compile(r" ([A-Z]+)")
_JOINED = tuple("0123456789-/@._&+#\\")
_BEFORE_NAME = re.compile(r"(?<!\w)(\w{2,6}),? $")
_LOOK_BACK_CHARS = 8


def restore_case(text: str, context: Context) -> str:
    """Give short forms their usual capitals in lines that are all in small letters or all in capitals.

    >>> restore_case("see dr. lee on jan. 5", Context()), restore_case("DR. LEE SAT ON MT. HOOD", Context())
    ('see Dr. Lee on Jan. 5', 'Dr. Lee sat on Mt. Hood')
    """
    lines = text.split("\n")
    restored = [_restored(line, context) for line in lines]
    return text if restored == lines else "\n".join(restored)


def _restored(line: str, context: Context) -> str:
    first = _LETTER.search(line)
    if first is None:
        return line
    if first.group().islower():
        return line if _TITLED.search(line) else _with_capitals(line)
    following = line[first.end() : first.end() + 1]
    if following.islower() or not _IN_CAPITALS.fullmatch(line):
        return line
    return _with_capitals(_without_capitals(line, context))


_STOPPED = frozenset(short.lower() for short, *_ in load_rows("abbreviations") if len(short) > 1) | set(KINDS)
"""What is a short form with its stop."""
_BARE = frozenset(
    short
    for short, kinds in KINDS.items()
    if {"title", "place", "month", "day"} & set(kinds) or short in load_use("casing", "bare")
)
"""What is a short form without it too."""


def _without_capitals(line: str, context: Context) -> str:
    """Write a line in capitals as an ordinary one: initialisms in capitals, names with one, short forms with none."""
    words_ = _WORD.findall(line)
    short = [match for match in _WORD.finditer(line) if _is_short(line, match)]
    if len(words_) < 2 and not short:
        return line
    if not short and not any(len(word) > 2 and is_ordinary(word, context) for word in words_):
        return line
    chars = list(line)
    joined = list(line)
    for match in short:
        if line[match.end() : match.end() + 1] == "." and not _opens_clause(line, match.end() + 1):
            joined[match.end()] = ","  # so that no sentence begins behind it
    whole = "".join(joined)
    for run in CAPITAL_RUN.finditer(whole):
        if _before(whole, run.start())[-1:] in _JOINED:
            continue  # a part of a code or an address
        behind, before = whole[run.end() : run.end() + 1], _before(whole, run.start()).rstrip(" \"“‘'(")
        fresh = not before or before[-1] in ".?!:"
        for token, spoken in spoken_tokens(run.group(), context, behind=behind, fresh=fresh):
            start = run.start() + token.start()
            word = token.group()
            written = word.capitalize() if word in TITLES or _follows_title(whole, start, word) else spoken
            if _is_plural(word) and not is_ordinary(word, context):
                written = f"{word[:-1]}s"
            if written.upper() == word.upper():
                chars[start : start + len(word)] = written
    for match in (*short, *_TAIL.finditer(line)):
        chars[match.start() : match.end()] = match.group().lower()
    return _BEHIND_STREET.sub(_plain_behind, "".join(chars))


def _before(line: str, start: int) -> str:
    return line[max(0, start - _LOOK_BACK_CHARS) : start]


def _is_plural(word: str) -> bool:
    """Say whether capitals are an initialism in the plural: MPS, CEOS."""
    small = load_table("small_caps").get(word.lower(), ("",))
    spelt = load_words("spelt")
    return small[0].endswith("s") or (word[-1] == "S" and word not in spelt and word[:-1] in spelt)


def _follows_title(line: str, start: int, word: str) -> bool:
    """Say whether an unknown word is a name by the title before it: DR. OZ, MT. ETNA."""
    title = _BEFORE_NAME.search(_before(line, start))
    if (
        title is None
        or len(word) < 2
        or is_listed_initialism(word)
        or roman_value(word)
        or not is_name_word(word.lower())
    ):
        return False
    return bool(set(KINDS.get(title[1].lower(), ())) & {"title", "office", "place", "peak"})


def _plain_behind(match: re.Match[str]) -> str:
    """Make an English word behind "st." small again: it goes on, and names no saint."""
    return f"{match[1]}{match[2].lower()}" if not is_name_word(match[2]) else match.group()


def _opens_clause(line: str, end: int) -> bool:
    """Say whether a word stands behind that begins a sentence rather than goes on: IT, SHE, THE."""
    following = _OPENER.match(line, end)
    return bool(following) and following[1].lower() in load_use("casing", "openers")  # type: ignore[index]


def _is_short(line: str, match: re.Match[str]) -> bool:
    """Say whether a word in capitals is a shortened one: MT. HOOD, NO. 5, C. 1450, LEEDS V YORK."""
    word, start, end = match.group().lower(), match.start(), match.end()
    stopped = line[end : end + 1] == "." and not line[end + 1 : end + 2].isalpha()
    if len(word) == 1:
        number = stopped and word in load_use("casing", "before-numbers") and _STOPPED_NUMBER.match(line, end)
        between = word == "v" and re.search(r"[^\W\d_] $", _before(line, start)) and _BEHIND_V.match(line, end)
        return bool(number or between)
    if stopped:
        is_unit = f"{word}." in load_table("units") or word in load_table("units")
        return word in _STOPPED or (is_unit and bool(re.search(r"\d $", _before(line, start))))
    return word in _BARE and word.upper() not in load_words("spelt")


def _with_capitals(line: str) -> str:
    """Capitalise the short forms of a line, with the names that they stand by."""
    chars: list[str] | None = None
    for start, end in capital_spans(line):
        chars = chars or list(line)
        chars[start:end] = line[start:end].upper()
    return "".join(chars) if chars else line
