"""Moves of chess: 1.e4 e5 2.Nf3 -> one, E four, E five, two, knight F three (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import ATTACHED, CAPITALS, DIGIT, Rule, make_rule, text_after, text_before

_PIECES = load_map("chess_pieces")
_MOVE = (
    r"(?:O-O(?:-O)?|0-0(?:-0)?|[KQRBN][a-h]?[1-8]?x?[a-h][1-8]|[a-h](?:x[a-h])?[1-8](?:=?[QRBN])?)"
    r"(?:\+\+?|#)?[!?]{0,2}(?![\w-])"
)
_NUMBER = r"(?:\d{1,3}\.(?:\s?\.\.|…)?\s?)"
_CHESS = LatePattern(rf"\b{one_of('chess', 'about')}\b", re.IGNORECASE)
_PARTS = LatePattern(
    r"""
    (?P<number>\d{1,3})\. | (?P<castled>[O0]-[O0](?P<far>-[O0])?)  # of the move; the rook's beside the king
    | (?P<piece>[KQRBN])?(?P<from>[a-h]?[1-8]??)(?P<takes>x)?(?P<to>[a-h][1-8])(?:=?(?P<queen>[QRBN]))?
    | (?P<check>\+\+?|\#)
    """,
    re.VERBOSE,
)


def _say_moves(match: re.Match[str], context: Context) -> str | None:
    """Read numbered moves; a list's number before one square needs a word of the game."""
    moves = len(re.findall(_MOVE, match.group()))
    joined = re.match(r"\d{1,3}\.(?:\s?\.\.)?[A-Za-hO0]", match.group())
    about = f"{text_before(match)} {text_after(match)}"
    if moves < 2 and not (joined or _CHESS.search(about)):
        return None
    said = _said_moves(match.group())
    return f"{said}." if match.group().endswith(".") else said


def _say_move(match: re.Match[str], context: Context) -> str | None:
    """Read one move where the game is spoken of, or a piece is taken, which no formula does."""
    if "x" not in match.group() and not _CHESS.search(f"{text_before(match)} {text_after(match)}"):
        return None
    return _said_moves(match.group())


def _said_moves(written: str) -> str:
    said: list[str] = []
    for part in _PARTS.finditer(written):
        if part["number"]:
            said.append(words.cardinal(part["number"]))
        elif part["castled"]:
            said.append(f"castles {'queenside' if part['far'] else 'kingside'}")
        elif part["check"]:
            said[-1] += " mate" if part["check"] == "#" else " check"
        else:
            said.append(_said_move(part))
    return ", ".join(said)


def _said_move(part: re.Match[str]) -> str:
    squares = [_square(part["from"])] if part["from"] else []
    piece = [_PIECES[part["piece"]]] if part["piece"] else []
    takes = ["takes"] if part["takes"] else []
    queen = ["promotes to", _PIECES[part["queen"]]] if part["queen"] else []
    return " ".join([*piece, *squares, *takes, _square(part["to"]), *queen])


def _square(written: str) -> str:
    return " ".join(char.upper() if char.isalpha() else words.cardinal(char) for char in written)


RULES: tuple[Rule, ...] = (
    make_rule(
        "chess.moves",
        rf"(?<![\w.]){_NUMBER}{_MOVE}(?:,?\s{_NUMBER}?{_MOVE}){{0,40}}",
        _say_moves,
        (DIGIT,),
        behind=".",
        example="1.e4 e5 2.Nf3 -> one, E four, E five, two, knight F three",
    ),
    make_rule(
        "chess.move",
        rf"(?<![\w.-])(?=[KQRBN]|[a-h]x|O-O){_MOVE}",
        _say_move,
        (CAPITALS, ATTACHED),
        behind="0-9-",
        example="Bxf7+ -> bishop takes F seven check",
    ),
)
