"""Moves of chess: 1.e4 e5 2.Nf3 -> one, E four, E five, two, knight F three (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    ATTACHED,
    CAPITALS,
    DIGIT,
    WINDOW_CHARS,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_before,
)

_PIECES = load_map("chess_pieces")
_MOVE = (
    r"(?:O-O(?:-O)?|0-0(?:-0)?|[KQRBN][a-h]?[1-8]?x?[a-h][1-8]|[a-h](?:x[a-h])?[1-8](?:=?[QRBN])?)"
    r"(?:\+\+?|#)?[!?]{0,2}(?![\w-])"
)
_NUMBER = r"(?:\d{1,3}(?:\.(?:\s?\.\.|…)?|…)\s?)"
_CHESS = LatePattern(rf"\b{one_of('chess', 'about')}\b", re.IGNORECASE)
_GAME = LatePattern(rf"\b{one_of('chess', 'game')}\b", re.IGNORECASE)
_GAME_CHARS = 400
"""How far about a move of a piece the name of the game is looked for."""
_OTHER_MOVE = LatePattern(rf"(?<![\w.]){_NUMBER}{_MOVE}")
_CASTLED = re.compile(r"[O0]-[O0](?:-[O0])?")
_PARTS = LatePattern(
    r"""
    (?P<number>\d{1,3})[.…] | (?P<castled>[O0]-[O0](?P<far>-[O0])?)  # of the move; the rook's beside the king
    | (?P<piece>[KQRBN])?(?P<from>[a-h]?[1-8]??)(?P<takes>x)?(?P<to>[a-h][1-8])(?:=?(?P<queen>[QRBN]))?
    | (?P<check>\+\+?|\#)
    """,
    re.VERBOSE,
)


def _say_moves(match: re.Match[str], context: Context) -> str | None:
    """Read numbered moves; a list's number before one square needs a word of the game."""
    moves = len(re.findall(_MOVE, match.group()))
    joined = re.match(r"\d{1,3}(?:\.(?:(?:\s?\.\.|…)\s?)?|…\s?)[A-Za-hO0]", match.group())
    about = f"{text_before(match)} {text_after(match)}"
    if moves < 2 and not (joined or _CHESS.search(about) or _is_of_game(match)):
        return None
    said = _said_moves(match.group())
    return f"{said}." if match.group().endswith(".") else said


def _say_move(match: re.Match[str], context: Context) -> str | None:
    """Read one move where the game is spoken of, or a piece is taken, which no formula does."""
    about = f"{text_before(match)} {text_after(match)}"
    if "x" not in match.group() and not (_CHESS.search(about) or (_is_piece(match) and _is_of_game(match))):
        return None
    if _CASTLED.fullmatch(match.group()) and word_before(match).lower() in load_use("chess", "before-castling"):
        return f"{'queenside' if match.group().count('-') > 1 else 'kingside'} castling"
    return _said_moves(match.group())


def _is_piece(match: re.Match[str]) -> bool:
    """Say whether a piece goes to a square: Nf3; e4 and O-O may be other things."""
    return match.group()[0] in _PIECES


def _is_of_game(match: re.Match[str]) -> bool:
    """Say whether a wider look finds the game, or another move stands close by."""
    before, after = text_before(match, _GAME_CHARS), text_after(match, _GAME_CHARS)
    return bool(_GAME.search(before) or _GAME.search(after) or _OTHER_MOVE.search(before[-WINDOW_CHARS:]))


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
