"""One pass over the written text: at each place the first rule that will speak it does (layer 1, pure).

A place is a word, a run of digits or a symbol. The earliest match wins; at the same place, the order of the
inventory. What a rule has said is never looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from audiobuild.model import Replacement, Spoken
from audiobuild.speech.clean import Edit, plain_text
from audiobuild.speech.context import Context
from audiobuild.speech.lexicon import spoken_entry
from audiobuild.speech.rule import ANY_SYMBOL, ATTACHED, CAPITALS, DIGIT, DOTTED, LINE, WINDOW_CHARS, Rule

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉¼½¾⅐-⅞"
_LETTER = rf"[^\W\d_{_RAISED}]"
_PLACE = re.compile(
    rf"{_LETTER}++(?:['’]{_LETTER}++)*+"  # a word with its inner apostrophes
    rf"|\d++|[{_RAISED}]"
    r"|\.(?=[\w.$£€])|\((?=[^\W_]|[\"“‘'])|[,;:?!](?=[\d/])"  # punctuation that may be more than that
    r"|[^\w\s.,;:?!()]|_"
)
_PLAIN_ENDS = frozenset(("", " ", ",", "\n", ";", ":", "?", "!", ")"))
"""What may stand behind a small-letter word without making it more than a word."""
_Piece = tuple[int, int, str, str]


class _Inventory:
    """The rules by the places at which they start, each list in the order of the inventory."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self.words = frozenset(start for rule in rules for start in rule.starts if len(start) > 1 or start.isalpha())
        self.digits = self._at(DIGIT)
        self._known: dict[tuple[str, ...], tuple[Rule, ...]] = {}

    def _at(self, *starts: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in self._rules if not rule.starts.isdisjoint(starts))

    def at(self, *starts: str) -> tuple[Rule, ...]:
        """Return the rules that start at any of these."""
        rules = self._known.get(starts)
        if rules is None:
            rules = self._known[starts] = self._at(*starts)
        return rules

    def candidates(self, text: str, place: re.Match[str], defined: frozenset[str]) -> tuple[Rule, ...]:
        """Return the rules to try at a place."""
        token = place.group()
        first = token[0]
        if not first.isalpha():
            return self.digits if first.isdecimal() else self.at(first, ANY_SYMBOL)
        starts: list[str] = []
        if token in self.words:
            starts.append(token)
        elif "’" in token or "'" in token:
            base = re.split("[’']", token, maxsplit=1)[0]
            if base in self.words:
                starts.append(base)
        if (not token.islower() and not token[1:].islower()) or token in defined:
            starts.append(CAPITALS)
            start = place.start()
            if _opens_line(text, start):
                starts.append(LINE)
        end = place.end()
        following = text[end : end + 1]
        if following.isdigit():
            starts.append(ATTACHED)
        elif following and following in "@._/-^" and text[end + 1 : end + 2].isalnum():
            starts.append(DOTTED)
        return self.at(*starts) if starts else ()


def _opens_line(text: str, start: int) -> bool:
    """Say whether nothing but capitals, figures and punctuation stands before on the line.

    Behind another word in capitals nothing new opens: the rule was tried there, with this word in its reach.
    """
    before = text[max(0, start - WINDOW_CHARS) : start]
    before = before[before.rfind("\n") + 1 :]
    return before == before.upper() and not before.rstrip(" ")[-1:].isupper()


@cache
def load_inventory() -> _Inventory:
    """Import the rules, which is the slow part of starting up; so it waits until something is spoken."""
    from audiobuild.speech.inventory import RULES

    return _Inventory(RULES)


def verbalise(text: str, context: Context | None = None) -> Spoken:
    """Turn written text into what an announcer would say.

    >>> verbalise("All 6m of them").text
    'All six million of them'
    """
    context = context or Context()
    plain, edits = plain_text(text)
    pieces = _scan(plain, context)
    if edits:
        pieces = _in_written_offsets(plain, pieces, edits)
    spoken: list[str] = []
    replacements: list[Replacement] = []
    done = 0
    for start, end, words, rule in pieces:
        spoken += (text[done:start], words)
        replacements.append(Replacement(start, end, text[start:end], words, rule))
        done = end
    spoken.append(text[done:])
    return Spoken("".join(spoken), text, tuple(replacements))


def _scan(text: str, context: Context) -> list[_Piece]:
    """Find every replacement of the plain text, in order."""
    inventory = load_inventory()
    words = inventory.words
    lexicon = context.lexicon
    defined = context.short_forms
    pieces: list[_Piece] = []
    done = 0
    resume = True
    while resume:
        resume = False
        for place in _PLACE.finditer(text, done):
            token = place.group()
            if (
                token.islower()
                and not lexicon
                and token not in words
                and "’" not in token
                and "'" not in token
                and text[place.end() : place.end() + 1] in _PLAIN_ENDS
            ):
                continue
            found = _speak(text, place, context, inventory, defined)
            if found is None:
                continue
            end, spoken, rule = found
            start = place.start()
            if text[start:end] != spoken:
                pieces.append(_fitted(text, (start, end, spoken, rule), pieces))
            done = end
            if end > place.end():
                resume = True
                break
    return pieces


def _speak(
    text: str, place: re.Match[str], context: Context, inventory: _Inventory, defined: frozenset[str]
) -> tuple[int, str, str] | None:
    """Return the end, the spoken form and the rule of the first rule that speaks at this place."""
    start = place.start()
    if context.lexicon:
        entry = spoken_entry(text, start, context)
        if entry is not None:
            return entry[0], entry[1], "lexicon"
    for rule in inventory.candidates(text, place, defined):
        match = rule.pattern.match(text, start)
        if match is not None and match.end() > start:
            spoken = rule.say(match, context)
            if spoken is not None:
                return match.end(), spoken, rule.name
    return None


def _fitted(text: str, piece: _Piece, pieces: list[_Piece]) -> _Piece:
    """Part the spoken words from their neighbours by a space, and take away the space that a silent form leaves."""
    start, end, spoken, rule = piece
    floor = pieces[-1][1] if pieces else 0
    is_adjacent = bool(pieces) and start == floor
    last = text[start - 1 : start]
    if is_adjacent:
        last = pieces[-1][2][-1:] or text[pieces[-1][0] - 1 : pieces[-1][0]]
    following = text[end : end + 1]
    if not spoken or spoken[0] in ",.;:?!":
        if not following or following in " \n,.;:?!)" or spoken or (following in "—–" and "(" in text[start:end]):
            while start > floor and text[start - 1] == " ":
                start -= 1
            if start == 0 or text[start - 1] == "\n" or (not spoken and last in "(" and following == " "):
                while text[end : end + 1] == " ":
                    end += 1
        if is_adjacent and not spoken and last == " " and text[end : end + 1] == " ":
            end += 1
        return start, end, spoken, rule
    if last.isalnum() and spoken[0].isalnum():
        spoken = f" {spoken}"
    if (following.isalpha() or following.isdecimal()) and spoken[-1].isalnum():
        spoken = f"{spoken} "
    return start, end, spoken, rule


def _in_written_offsets(plain: str, pieces: list[_Piece], edits: Sequence[Edit]) -> list[_Piece]:
    """Carry the pieces over from the plain text to the written one, and add the edits that lie outside them."""
    merged: list[_Piece] = []
    shift, at, last_end = 0, 0, 0

    def add_edit() -> None:
        nonlocal shift, at
        edit = edits[at]
        merged.append((edit.place, edit.place + 1, plain[edit.start : edit.end], _EDIT))
        shift += 1 - (edit.end - edit.start)
        at += 1

    for start, end, spoken, rule in pieces:
        if start < last_end:
            continue
        while at < len(edits) and edits[at].end <= start:
            add_edit()
        if at < len(edits) and edits[at].start < start:
            spoken = plain[edits[at].start : start] + spoken
            start = edits[at].start
        first = start + shift
        while at < len(edits) and edits[at].start < end:
            edit = edits[at]
            if edit.end > end:
                spoken += plain[end : edit.end]
                end = edit.end
            shift += 1 - (edit.end - edit.start)
            at += 1
        merged.append((first, end + shift, spoken, rule))
        last_end = end
    while at < len(edits):
        add_edit()
    return merged


_EDIT = "character"
"""The rule's name where a character became its plain form."""
