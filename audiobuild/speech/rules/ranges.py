"""Ranges, ratios, scores and verses: 40-50 -> forty to fifty (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech import words
from audiobuild.speech.context import Context
from audiobuild.speech.rule import DIGIT, Rule, make_rule, text_before, word_after, word_before
from audiobuild.speech.rules.forms import DASH, NUMBER, SIGN, SIGNS, spoken_number
from audiobuild.speech.tables import load_words

_PLACES = (DIGIT, *SIGNS, ".")


_SCORES = load_words("score_words")


def _say_ratio(match: re.Match[str], context: Context) -> str | None:
    before = word_before(match)
    if match.group() in {"2:1", "2:2"} and before == "a" and word_after(match) not in {"ratio", "split", "margin"}:
        return f"{spoken_number(match['first'], context)} {spoken_number(match['second'], context)}"
    if before.rstrip("s") in load_words("scripture") or before in load_words("scripture"):
        return f"{spoken_number(match['first'], context)} {spoken_number(match['second'], context)}"
    return f"{spoken_number(match['first'], context)} to {spoken_number(match['second'], context)}"


def _say_range(match: re.Match[str], context: Context) -> str | None:
    """Read 40-50 as a range, and 7-2 as a score where it falls or where the words about it play or vote."""
    first, second = match["first"], match["second"]
    said = [spoken_number((match["sign"] or "") + first, context), spoken_number(second, context)]
    if match["dash"].strip() in {"-", "–"} and "." not in first + second and "," not in first + second:
        falls = int(first) >= int(second)
        nearby = set(re.findall(r"[a-z]+", text_before(match, 45).lower()))
        after = {word.strip(".,;:") for word in match.string[match.end() : match.end() + 40].lower().split()[:3]}
        if first == second == "50":
            return "fifty-fifty"
        if second == "1" and (nearby | after) & load_words("odds_words"):
            return f"{said[0]} to {said[1]}"
        if not falls and after & {"goals", "points", "games", "times", "sets"} and not nearby & {"won", "lost", "beat"}:
            return f"{said[0]} to {said[1]}"
        if int(first) < 1000 and (falls or nearby & _SCORES or after & _SCORES):
            if not falls and (
                word_before(match).lower() in {"aged", "ages", "between", "from", "about", "of"}
                or nearby & {"aged", "ages"}
            ):
                return f"{said[0]} to {said[1]}"
            nil = "zero" if context.american else "nil"
            return " ".join(
                nil if digits == "0" else words_ for digits, words_ in zip((first, second), said, strict=True)
            )
    return f"{said[0]} to {said[1]}"


def _say_chain(match: re.Match[str], context: Context) -> str | None:
    """Read three and more numbers joined by hyphens one after the other; long ones digit by digit."""
    parts = match.group().split("-")
    if all(len(part) <= 2 or (len(part) == 3 and part[0] != "0") for part in parts) and len(parts) <= 4:
        return " ".join(words.cardinal(part, context.locale) for part in parts)
    return ", ".join(words.digit_by_digit(part, oh=not context.american) for part in parts)


def _say_verse(match: re.Match[str], context: Context) -> str | None:
    before = word_before(match)
    if before not in load_words("scripture"):
        return None
    said = f"{words.cardinal(match['chapter'], context.locale)} {words.cardinal(match['verse'])}"
    return said + (f" to {words.cardinal(match['last'])}" if match["last"] else "")


def _say_airliner(match: re.Match[str], context: Context) -> str | None:
    """Read 747 as an aeroplane behind its maker, or where a verb or a kind of aeroplane follows."""
    before, after = word_before(match), word_after(match)
    flies = after in load_words("function_words") or after.endswith("ed") or after in {"MAX", "Max", "jet"}
    if before not in {"Boeing", "Boeing’s"} and not (before.lower() in {"a", "the"} and flies):
        return None
    series = f" {words.paired(match['series'])}" if match["series"] else ""
    return words.digit_by_digit(match["type"]) + series


RULES: tuple[Rule, ...] = (
    make_rule("airliner", r"(?P<type>7[0-8]7)(?:-(?P<series>\d{2,3}))?(?![\w,.]\d|\w)", _say_airliner, (DIGIT,)),
    make_rule(
        "verse", r"(?P<chapter>\d{1,3}):(?P<verse>\d{1,3})(?:[-–](?P<last>\d{1,3}))?(?![\d:])", _say_verse, (DIGIT,)
    ),
    make_rule("chain", r"\d{1,12}(?:-\d{1,12}){2,}+(?![\w])", _say_chain, (DIGIT,)),
    make_rule("ratio", rf"(?P<first>{NUMBER})\s?:\s?(?P<second>{NUMBER})(?![\d:])", _say_ratio, (DIGIT,)),
    make_rule(
        "range",
        rf"(?P<sign>{SIGN})(?P<first>{NUMBER})(?P<dash>{DASH})(?P<second>[-−]?{NUMBER})(?![\w%])",
        _say_range,
        _PLACES,
    ),
)
