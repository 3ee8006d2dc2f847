"""Text as hibari's tagger can take it: letters, and marks that are heard as a pause (layer 3, pure).

Every function keeps the length of the text, so that a place in what it returns is the same place in what it was given.

The tagger takes quotation marks for words, and glues them to the word behind them: they are left out. Where a good
announcer would mark a quotation, and no other mark does it already, there stands a comma: before one that follows a
verb of saying, and on both sides of one of many words; a word or two in quotation marks are said without a break.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from audiobuild.engines import find_words

PAUSES = ".?!…;:—,"
"""The marks that are heard, the strongest first."""
_LONG_QUOTATION_WORDS = 5
_SAYING = frozenset(
    "say says said saying add adds added announce announced answer answers answered argue argues argued ask asks asked"
    " conclude concludes concluded cried declare declares declared exclaimed explain explains explained insist insists"
    " insisted joked murmured muttered quipped read reads remarked replied reply replies shouted sang tweeted warn"
    " warns warned whispered wrote write writes yelled".split()
)
_RUNS_ON = frozenset(
    "a an the this that these those my your his its our their no any some every each such so and or but nor than as if"
    " of to in on at by for from with into about over under between against is are was were be been being not"
    " very".split()
)
"""Words that are said in one with what follows, quotation or not."""
_DOUBLE = '"“”„‟«»＂〝〞〟'
_APOSTROPHES = "'’ʼʻ＇‘‚‛‹›`´"
_KEPT = frozenset("&%+@()" + PAUSES)
"""What stays: the first four are said, all others are heard as pauses."""
_INSTEAD = {
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys("-‐‑﹣－", "-"),
    **dict.fromkeys("–‒―⸺⸻", "—"),
    **dict.fromkeys("[{", "("),
    **dict.fromkeys("]}", ")"),
    **dict.fromkeys("¸،、，﹐", ","),
    **dict.fromkeys("。．", "."),
    **dict.fromkeys("？؟‽", "?"),
    "！": "!",
    "；": ";",
    "：": ":",
    "⋯": "…",
}


class _Plain(dict[int, str]):
    """What stands for a character, found when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = _INSTEAD.get(char, char if char in _KEPT else " ")
        if (char.isalnum() and char not in _INSTEAD) or unicodedata.category(char)[0] == "M":
            plain = char
        self[code] = plain
        return plain


_PLAIN = _Plain()
_AND = re.compile("(?<=\\s)'n'(?=\\s)|(?<=\\s)'n(?=\\s)")
_DASHES = re.compile(r"(?<=\s)-+(?=\s)|--+")
_DOTS = re.compile(r"\.\.+")
_MANY_MARKS = re.compile(f"[{re.escape(PAUSES)}()]{{3,}}")
_MARK = re.compile("[\"']")
_ELIDED = re.compile(
    "'(?:em|cause|tis|twas|twere|twill|twould|twixt|neath|mongst|gainst|cept|fraid|nother|til|bout)\\b", re.I
)
"""What is written with an apostrophe in front, of words that the lexicon has so."""
_ENCLITIC = re.compile("'(?:s|d|ll|m|re|ve)\\b", re.I)
_ELIDED_END = re.compile("\\b(?:o|nor|po|sou|thro)'$", re.I)
_PAST_CHUNK = re.compile(r"\S{61,}")


def plain_text(text: str) -> str:
    """Keep what the tagger can take, in the same places; all else becomes spaces.

    >>> plain_text("The “boat” – he said – floats")
    'The  boat  — he said — floats'
    """
    text = text.translate(_PLAIN)
    text = _AND.sub(lambda match: "and"[: len(match[0])], text)
    text = _DASHES.sub(lambda match: "—".ljust(len(match[0])), text)
    text = _DOTS.sub(lambda match: "…".ljust(len(match[0])), text)
    text = _MANY_MARKS.sub(lambda match: match[0][:2].ljust(len(match[0])), text)
    text = _unquoted(text)
    return _PAST_CHUNK.sub(lambda match: _in_parts(match[0]), text)


def _in_parts(chunk: str) -> str:
    """Split runs of letters much longer than a word: the G2P would try every way of joining their parts."""
    lower = chunk.lower()
    return (lower if len(lower) == len(chunk) else chunk).replace("-", " ").replace("'", " ")


def _unquoted(text: str) -> str:
    """Leave out the quotation marks, and set a comma where one is to be heard."""
    marks = [match.start() for match in _MARK.finditer(text)]
    if not marks:
        return text
    pieces: list[str] = []
    behind = 0
    opened = {'"': 0, "'": -1}
    """Where the quotation began that a closing mark would end; one of an earlier sentence began at the start."""
    for number, place in enumerate(marks):
        pieces.append(text[behind:place])
        behind = place + 1
        mark = text[place]
        before, after = text[place - 1 : place], text[behind : behind + 1]
        if mark == "'" and (_is_apostrophe(text, place) or _is_elision(text, place, is_open=opened["'"] >= 0)):
            pieces.append("'")
        elif after.isalnum() and not before.isalnum():
            opened[mark] = place
            close = next((other for other in marks[number + 1 :] if _closes(text, other, mark)), len(text))
            pieces.append("," if _pauses_before(text, place, close) else " ")
        else:
            pieces.append("," if opened[mark] >= 0 and _pauses_after(text, opened[mark], place) else " ")
            opened[mark] = -1
    pieces.append(text[behind:])
    return "".join(pieces)


def _is_apostrophe(text: str, place: int) -> bool:
    return text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum()


def _is_elision(text: str, place: int, *, is_open: bool) -> bool:
    """Say whether letters are left out here, at the start or end of a word; an open quotation ends rather."""
    if text[place - 1 : place].isalnum():
        return (
            not is_open
            and bool(_ELIDED_END.search(text, max(0, place - 5), place + 1))
            and not text[place + 1 : place + 2].strip()
        )
    return bool(_ELIDED.match(text, place)) or (
        place > 0 and text[place - 1] in "\"'" and bool(_ENCLITIC.match(text, place))
    )


def _closes(text: str, place: int, mark: str) -> bool:
    return text[place] == mark and not text[place + 1 : place + 2].isalnum()


def _pauses_before(text: str, place: int, close: int) -> bool:
    """Say whether a pause belongs before a quotation that stands between the two places."""
    head = text[:place].rstrip()
    if not head or not head[-1].isalnum():
        return False
    word = head[head.rfind(" ") + 1 :].lower()
    if word in _RUNS_ON:
        return False
    count = len(find_words(text[place:close]))
    return count >= _LONG_QUOTATION_WORDS or (word in _SAYING and count > 1)


def _pauses_after(text: str, start: int, place: int) -> bool:
    """Say whether a pause belongs behind a quotation that stands between the two places."""
    if not text[place - 1 : place].isalnum() or not text[place + 1 :].lstrip()[:1].isalnum():
        return False
    return len(find_words(text[start:place])) >= _LONG_QUOTATION_WORDS


_LATIN = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
    "ŋ": "ng", "ə": "a", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƒ": "f", "ɨ": "i", "ʉ": "u", "ĸ": "k",
    "ẞ": "SS",
}  # fmt: skip
"""Letters that Unicode does not take apart."""
_CAPITALS = {letter.upper(): instead.capitalize() for letter, instead in _LATIN.items() if len(letter.upper()) == 1}
_LATIN_LETTERS = str.maketrans(_LATIN | _CAPITALS)


@functools.lru_cache(4096)
def plain_letters(word: str) -> tuple[str, str]:
    """Write a word in the letters A to Z and digits; say besides which character there are none for, if any.

    >>> plain_letters("Łódź")
    ('Lodz', '')
    """
    found: list[str] = []
    for char in unicodedata.normalize("NFC", word):
        apart = unicodedata.normalize("NFKD", char.translate(_LATIN_LETTERS))
        kept = "".join(each for each in apart if unicodedata.category(each)[0] != "M").translate(_LATIN_LETTERS)
        digit = unicodedata.digit(char, None)
        if digit is not None:
            kept = str(digit)
        if char.isalnum() and not (kept.isascii() and kept.isalnum()):
            return word, char
        found.append(kept if kept.isascii() else char)
    return "".join(found), ""
