"""Lines in one case: short forms in them get the capitals by which the rules know them (layer 1, pure).

Newsletters and captions come in small letters ("dr. lee, jan. 5"), headings and transcripts in capitals ("SEPT. 15 ON
MT. HOOD"). Letters change their case only, never their number, so that every place stays where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_rows, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word, is_name_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import ORDINAL
from audiobuild.normalisation.english.rules.one_case.capital_lines import (
    alternatives_in,
    is_likely_word,
    is_name,
    is_plural,
    units_in,
)
from audiobuild.normalisation.english.rules.one_case.leadin import CAPITAL_RUN, TITLES, is_ordinary, spoken_tokens
from audiobuild.normalisation.english.rules.one_case.lone_letters import letter_spans
from audiobuild.normalisation.english.rules.one_case.lowercase import goes_on_of_king, town_spans
from audiobuild.normalisation.english.rules.one_case.lowered import initialism_spans
from audiobuild.normalisation.english.rules.one_case.restored_capitals import with_capitals
from audiobuild.normalisation.english.rules.one_case.shortened_parts import KINDS, surely_ends_street, words_of
from audiobuild.normalisation.english.rules.short_forms.capitals import is_listed_initialism
from audiobuild.normalisation.english.rules.short_forms.titles import SIGNATURE
from audiobuild.normalisation.late_patterns import LatePattern

_TITLED = LatePattern(r"[A-Z][a-z]")
_ODD_LINE = LatePattern(
    r"^(?:[^\w\n]++|[\d_]++)*+(?:[a-z](?!.*[A-Z][a-z])|[A-Z](?![a-z]|.*[a-z]{3})|[^\W\d_A-Za-z])", re.MULTILINE
)
"""A line in small letters or in capitals, as far as it shows; those of other alphabets always."""
_ENDS = frozenset(".?!:;")
"""What ends a line at which a sentence ends."""
_IN_CAPITALS = LatePattern(rf"(?:[^a-z]|(?<=[A-Z\d])(?:s|{ORDINAL})(?![A-Za-z])|(?<=\bM)c(?=[A-Z]))++")
_WORD = LatePattern(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_BEHIND_STREET = LatePattern(r"(?<!\w)(st\.? )([A-Z][a-z]+)(?!\w)")
_ENDINGS = alternatives([each.upper() for each in load_words("top_level_domains", "file_endings")])
_DAYS = rf"(?:{alternatives(map(str.upper, words_of('day', 'doubtful-day')))})"
_SMALL = LatePattern(
    rf"""
    (?<=\d){one_of("casing", "capital-units")}(?![^\W\d_])
    | (?<=\d[ ]){one_of("casing", "capital-measures")}(?![^\W\d_])
    | (?<=\d[ ])(?:M\.P\.[HG]|R\.P\.M)\b  # rates with stops
    | \b{one_of("casing", "small-phrases")}\b | \(RETD\) | \bW/(?:O\b|(?=[ ])) | \b{_DAYS}[-–]{_DAYS}\b
    | \b[A-Z\d-]{{2,}}(?:\.[A-Z\d-]{{2,}})*\.(?:{_ENDINGS})\b
    """,
    re.VERBOSE,
)
"""What is small in ordinary text: 4TH, 1980S, 6FT, E.G., WHITEHOUSE.GOV."""
_BY_FIGURES = LatePattern(r"(?<!\d{3}-)(?<=\d-)[A-Z]{2,}(?=-|\b)|\b[A-Z]{4,}(?=-\d)")
_POSSESSIVE = LatePattern(r"[’']S$")
_STOPPED_NUMBER = LatePattern(r"\. \d")
_BEHIND_V = LatePattern(r"\.? (?!BE\b)(?:[^\W\d_]{2}|[$£€]?\d)")
_LAST_STOP = LatePattern(r"(?<=\.[A-Z])\.(?= [A-Z])")
_OPENER = LatePattern(r" ([A-Z]+)")
_FIGURE = LatePattern(r" \d")
_JOINED_BEFORE = LatePattern(r"(?<![A-Z’'])([A-Z]{4,})–$")
_WORD_BEFORE = LatePattern(r"(?<![A-Z’'])([A-Z]{2,}|\d{1,3}) $")
_JOINED = tuple("0123456789-/@._&+#\\ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_BEFORE_NAME = LatePattern(r"(?<!\w)(\w{2,6}),? $")
_LOOK_BACK_CHARS = 8
_LONGEST_WORD = 24
_HOUR = LatePattern(r" \d{1,2}(?:[.:]\d\d)? ?[AP]\.?M")
_STREET_ENDS = LatePattern(rf"$|[,;)]| (?:\d|{one_of('casing', 'behind-streets')}\b)")


def restore_case(text: str, context: Context) -> str:
    """Give short forms their usual capitals in lines that are all in small letters or all in capitals.

    >>> restore_case("see dr. lee on jan. 5", Context()), restore_case("DR. LEE SAT ON MT. HOOD", Context())
    ('see Dr. Lee on Jan. 5', 'Dr. Lee sat on Mt. Hood')
    """
    if (_ODD_LINE.search if "\n" in text else _ODD_LINE.match)(text) is None:
        return text
    lines = text.split("\n")
    restored = [_restored(before, line, context) for before, line in zip(["", *lines], lines, strict=False)]
    return text if restored == lines else "\n".join(restored)


def _is_ordinary(before: str, line: str) -> bool:
    """Say whether a line's beginning shows ordinary case; or it goes on with the sentence of one above it that has."""
    if line[:1].isupper():
        return line[1:2].islower()
    return line[:1].islower() and before[-1:] not in _ENDS and _TITLED.search(before) is not None


def _restored(before: str, line: str, context: Context) -> str:
    odd = _ODD_LINE.match(line)
    if odd is None or _is_ordinary(before, line):
        return line
    first, following = line[odd.end() - 1], line[odd.end() : odd.end() + 1]
    if first.islower():
        return line if _TITLED.search(line) else with_capitals(line)
    if following.islower() or not _IN_CAPITALS.fullmatch(line):
        return line
    return with_capitals(_without_capitals(line, context))


_STOPPED = frozenset(short.lower() for short, *_ in load_rows("abbreviations") if len(short) > 1) | set(KINDS)
_STOPPED |= {row[0][:-1] for row in load_rows("meanings") if row[0][3:].endswith(".") and row[1].islower()}
"""What is a short form with its stop."""
_BEFORE_NAMES = frozenset({"title", "office", "place", "peak"})
"""Kinds of short forms that names follow."""
_BARE = frozenset(
    short for short, kinds in KINDS.items() if {"title", "place", "month", "day"} & set(kinds)
) | load_use("casing", "bare")
"""What is a short form without it too."""


def _without_capitals(line: str, context: Context) -> str:
    """Write a line in capitals as an ordinary one: initialisms in capitals, names with one, short forms with none."""
    found = list(_WORD.finditer(line))
    words_ = [match.group() for match in found]
    short = [match for match in found if _is_short(line, match)]
    if len(words_) < 2 and not short:
        return line
    if not short and not any(len(word) > 2 and is_ordinary(word, context) for word in set(words_)):
        return line
    chars = list(line)
    joined = list(line)
    plain_at = {match.end() + 2 for match in short if _is_plain_short(match.group().lower())}
    for match in short:
        if line[match.end() : match.end() + 1] == "." and not _opens_clause(line, match.end() + 1):
            joined[match.end()] = ","  # so that no sentence begins behind it
        if not set(KINDS.get(match.group().lower(), ("title",))) & _BEFORE_NAMES:
            joined[match.start() : match.end()] = match.group().lower()  # so that none takes it for a name
    for match in _SMALL.finditer(line):
        joined[match.start() : match.end()] = match.group().lower()
    for match in _LAST_STOP.finditer(line):
        if not _opens_clause(line, match.end()):
            joined[match.start()] = ","
    whole = "".join(joined)
    for run in CAPITAL_RUN.finditer(whole):
        for start, written in _written_words(run, whole, context):
            plain = start in plain_at and written.istitle() and written not in load_words("names")
            chars[start : start + len(written)] = written.lower() if plain else written
    small = line.lower()
    for start, end in letter_spans(small) if "." in line and len(small) == len(line) else ():
        if line[end : end + 1] == "." or end - start > 1:
            chars[start:end] = line[start:end]
    for match in (*short, *_SMALL.finditer(line), *_words_by_figures(line)):
        chars[match.start() : match.end()] = match.group().lower()
    for start, end in chain((match.span() for match in SIGNATURE.finditer(line)), _kept_capitals(line, short)):
        chars[start:end] = line[start:end]
    for start, end in chain(initialism_spans(small), town_spans(small)) if len(small) == len(line) else ():
        chars[start:end] = line[start:end]
    for start, written in chain(alternatives_in(line), units_in(line)):
        chars[start : start + len(written)] = written
    return _BEHIND_STREET.sub(_plain_behind, "".join(chars))


def _is_plain_short(short: str) -> bool:
    """Say whether a short form is no title and no place, so that no name follows: GOVT. SHUTDOWN."""
    return len(short) > 2 and short not in KINDS and short != "etc" and not is_english_word(short)


def _written_words(run: re.Match[str], whole: str, context: Context) -> Iterator[tuple[int, str]]:
    """Write each word of a run of capitals as in ordinary text, where it stays as long; with its place."""
    behind, before = whole[run.end() : run.end() + 1], _before(whole, run.start()).rstrip(" \"“‘'(")
    fresh = not before or before[-1] in ".?!:"
    done, in_code = 0, False
    for token, spoken in spoken_tokens(run.group(), context, behind=behind, fresh=fresh):
        start = run.start() + token.start()
        word = token.group()
        gap, done = run.group()[done : token.start()], token.end()
        in_code = _before(whole, start)[-1:] in _JOINED if not token.start() else in_code and gap == "-"
        if in_code:
            continue
        named = word in TITLES or _follows_title(whole, start, word) or is_name(whole, start, word)
        written = word.capitalize() if named else spoken
        if written.upper() != word.upper() and not is_ordinary(word, context):
            if is_plural(word):
                written = f"{word[:-1]}s"
            elif is_likely_word(word, context) and not _is_state(whole, start, word):
                written = word.capitalize()
        if written.upper() != word.upper() and _POSSESSIVE.search(word):
            written = f"{word[:-1]}s"
        if not token.start() and (joined := _JOINED_BEFORE.search(whole, max(0, start - _LONGEST_WORD), start)):
            written = written.lower() if is_english_word(joined[1].lower()) else written
        if written.upper() == word.upper():
            yield start, written


def _before(line: str, start: int) -> str:
    return line[max(0, start - _LOOK_BACK_CHARS) : start]


def _is_state(line: str, start: int, word: str) -> bool:
    """Say whether two letters are a state behind a town: DOVER, DE 19901."""
    return len(word) == 2 and _before(line, start).endswith(", ") and not _OPENER.match(line, start + 2)


def _words_by_figures(line: str) -> Iterator[re.Match[str]]:
    """Find the words that a hyphen joins to figures: 12-YEAR-OLD, TIER-1."""
    for match in _BY_FIGURES.finditer(line):
        if is_english_word(match.group().lower()) and not is_listed_initialism(match.group()):
            yield match
    yield from words_pattern(r"(?<=\d-)WORDSS?-OLDS?\b", "casing", "ages").finditer(line)


def _follows_title(line: str, start: int, word: str) -> bool:
    """Say whether an unknown word is a name by the title before it: DR. OZ, MT. ETNA."""
    title = _BEFORE_NAME.search(_before(line, start))
    if title is None or len(word) < 2 or is_listed_initialism(word) or roman_value(word):
        return False
    kinds = set(KINDS.get(title[1].lower(), ()))
    if "title" in kinds and word.lower() not in load_use("casing", "closed"):
        return True
    return bool(kinds & _BEFORE_NAMES) and is_name_word(word.lower())


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
        number = (
            stopped
            and _before(line, start)[-1:] != "."
            and word in load_use("casing", "before-numbers")
            and _STOPPED_NUMBER.match(line, end)
        )
        between = (
            word == "v"
            and re.search(r"[^\W\d_]{2}[.,]? $|\.[A-Z]\. $|\bMAN U $|\($", _before(line, start))
            and _BEHIND_V.match(line, end)
            and not _is_fifth(line, start, end)
        )
        return bool(number or between)
    if word in load_use("casing", "before-figures") and not stopped:
        return bool(re.match(r" \d", line[end : end + 2]))
    if stopped:
        is_unit = f"{word}." in load_table("units") or word in load_table("units")
        return word in _STOPPED or (is_unit and bool(re.search(r"\d $", _before(line, start))))
    kinds = KINDS.get(word, ())
    if "doubtful-day" in kinds and _HOUR.match(line, end):
        return True
    if "firm" in kinds and word != "co":
        return word.upper() not in load_words("spelt")
    if "office" in kinds or "peak" in kinds or word == "co":
        return _stands_before_name(line, match)
    if "street" in kinds and re.search(r"[A-Z’']{3,} $", _before(line, start)):
        following = _OPENER.match(line, end)
        if surely_ends_street(word, following[1] if following else "") or _STREET_ENDS.match(line, end):
            return not is_listed_initialism(match.group())
    if word in load_table("units") and re.search(r"\d $", _before(line, start)):
        return word.upper() not in load_table("units") and word.upper() not in load_words("spelt")
    return word in _BARE and word.upper() not in load_words("spelt")


def _is_fifth(line: str, start: int, end: int) -> bool:
    """Say whether V is a king's number: HENRY V OPENS AT THE GLOBE."""
    before = _word_before(line, start)
    if before.lower() in load_use("lowercase", "divisions"):
        return True
    is_ruler = before.capitalize() in load_words("monarchs")
    following = _OPENER.match(line, end) if is_ruler else None
    return following is not None and goes_on_of_king(following[1].lower(), is_ruler=True)


def _word_before(line: str, start: int) -> str:
    """Return the word in capitals or the number before a space; empty where none is."""
    found = _WORD_BEFORE.search(line, max(0, start - _LONGEST_WORD), start)
    return found[1] if found else ""


def _stands_before_name(line: str, match: re.Match[str]) -> bool:
    """Say whether a name stands behind what may be an initialism too: FT KNOX, but THE FT SAYS."""
    following = _OPENER.match(line, match.end())
    if following is None or (re.search(r"\bTHE $", _before(line, match.start())) and match.group() in {"FT", "SEC"}):
        return False
    name, word = following[1], match.group().lower()
    if word == "co":
        return name.capitalize() in load_words("counties")
    if _surname_of_officer(line, match) or ("peak" in KINDS[word] and name.lower() in load_use("casing", "peaks")):
        return True
    if name.lower() in load_use("casing", "honours") or name.capitalize() in load_words("first_names"):
        return True
    return len(name) > 2 and not is_english_word(name.lower()) and not is_listed_initialism(name)


def _surname_of_officer(line: str, match: re.Match[str]) -> re.Match[str] | None:
    """Find the surname behind a rank, which may be a word as well: GEN SMITH."""
    is_office = "office" in KINDS.get(match.group().lower(), ())
    following = _OPENER.match(line, match.end()) if is_office else None
    return following if following and following[1].capitalize() in load_words("surnames") else None


def _kept_capitals(line: str, short: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Find the letters of short forms that stay capitals, for small ones would not tell: TRACK NO 2, GEN SMITH."""
    for match in short:
        if surname := _surname_of_officer(line, match):
            yield match.start(), match.start() + 1
            yield surname.start(1), surname.start(1) + 1
        elif match.group() == "NO" and _FIGURE.match(line, match.end()):
            label = _word_before(line, match.start()).lower()
            if label and label not in load_use("casing", "closed"):
                yield match.start(), match.start() + 1
