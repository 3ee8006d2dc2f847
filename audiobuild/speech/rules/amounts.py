"""Per cent, magnitudes and ordinals: 6m -> six million (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech import words
from audiobuild.speech.context import Context
from audiobuild.speech.rule import DIGIT, Rule, make_rule, text_after, text_before, word_after, word_before
from audiobuild.speech.rules.forms import DASH, MAGNITUDE, NUMBER, SIGN, SIGNS, spoken_magnitude, spoken_number
from audiobuild.speech.tables import load_words

_PLACES = (DIGIT, *SIGNS, ".")


def _per_cent(context: Context) -> str:
    return "percent" if context.american else "per cent"


def _say_per_cent(match: re.Match[str], context: Context) -> str | None:
    said = spoken_number(match["sign"] + match["first"], context)
    if match["second"]:
        joint = match["dash"].strip()
        said += f" {joint if joint in {'or', 'and'} else 'to'} {spoken_number(match['second'], context)}"
    return f"{said} {_per_cent(context) if match['unit'] == '%' else 'per mille'}"


def _say_magnitude(match: re.Match[str], context: Context) -> str | None:
    letter = match["magnitude"].strip()
    if letter in {"m", "M"} and is_length(match):
        return None
    if letter == "K" and match["first"] in {"4", "8"}:
        return f"{spoken_number(match['first'], context)} K"
    if letter == "M" and match["first"] == "3" and not word_after(match).endswith(("s", "people")):
        return "three M"
    if letter in {"k", "K"} and match["first"] in {"5", "10"} and _is_race(match):
        return f"{spoken_number(match['first'], context)} K"
    if letter == "B" and not re.match(r"[\s-](?:[a-z]+ )?(?:people|dollars|parameter|[a-z]{3,}s\b)", text_after(match)):
        return None
    if letter == "K" and match["first"] == "401":
        return None
    first = spoken_number((match["sign"] or "") + match["first"], context)
    own = match.groupdict().get("magnitude1")
    if match["second"]:
        second = spoken_number(match["second"], context) + spoken_magnitude(match["magnitude"])
        return f"{first}{spoken_magnitude(own)} to {second}"
    return first + spoken_magnitude(match["magnitude"])


def _is_race(match: re.Match[str]) -> bool:
    """Say whether 5k is run rather than counted."""
    return word_after(match) in {"run", "race", "runs", "races"} or word_before(match).lower() in {
        "ran",
        "run",
        "running",
    }


_DISTANCE_ABOUT = re.compile(
    r"\b(?:divers?|dived?|diving|depths?|sea[- ]levels?|crater|asteroid|meteorite|tsunami|glacier|cliff|trench"
    r"|altitude|swam|swimmers?|climbers?|water level|tide|fell from|border|dug)\b",
    re.IGNORECASE,
)
_LONG_THING_NEAR = re.compile(
    r"\s[a-z]+ (?:swimming )?(?:pool|yacht|tower|mast|statue|waves?|cliffs?|sprint|final|relay|race|hurdles|dash)\b"
)
_ENDING = r"(?:st|nd|rd|th|ST|ND|RD|TH)"
_WHOLE = r"(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,24})"


def is_length(match: re.Match[str]) -> bool:
    """Say whether m behind a number is metres, by the words about it."""
    words_of_length = load_words("length_words")
    after = word_after(match).lower()
    if after in words_of_length:
        return True
    before = word_before(match).lower()
    if after in {"from", "of", "off", "behind"} and before in {
        "was",
        "is",
        "stood",
        "stands",
        "lies",
        "lay",
        "within",
        "only",
        "just",
        "barely",
        "be",
    }:
        return True
    if (
        before == "the"
        and match["first"] in {"100", "200", "400", "800", "1,500", "5,000", "10,000", "60", "50"}
        and after not in {"who", "that", "people", "or", "it", "he", "they"}
        and (after in load_words("function_words") or not after.endswith("s"))
        and text_after(match)[:1] != "-"
    ):
        return True
    if (
        not match["second"]
        and re.search(_DISTANCE_ABOUT, text_before(match))
        and (not after or after in load_words("function_words"))
    ):
        return True
    rest = match.string[match.end() : match.end() + 30]
    hyphened = re.match(r"-([a-z]+)", rest)
    if hyphened:
        return hyphened[1] in words_of_length
    if _LONG_THING_NEAR.match(rest):
        return True
    return before in load_words("length_verbs") or bool(re.match(r"\s?[x×]\s?\d", rest))


def _say_ordinal(match: re.Match[str], context: Context) -> str | None:
    first = words.ordinal(match["first"].replace(",", ""), context.locale)
    if match["second"]:
        return f"{first} to {words.ordinal(match['second'].replace(',', ''), context.locale)}"
    return first


def _say_times(match: re.Match[str], context: Context) -> str | None:
    return f"{spoken_number(match['first'], context)} times"


RULES: tuple[Rule, ...] = (
    make_rule(
        "per cent",
        rf"(?P<sign>{SIGN})(?P<first>{NUMBER})\s?(?:[%‰]?(?P<dash>{DASH}|\sto\s|\sor\s)(?P<second>[-−]?{NUMBER})\s?)?(?P<unit>[%‰])",
        _say_per_cent,
        _PLACES,
    ),
    make_rule(
        "ordinal",
        rf"(?P<first>{_WHOLE}){_ENDING}(?:{DASH}(?P<second>{_WHOLE}){_ENDING})?(?!\w)",
        _say_ordinal,
        (DIGIT,),
    ),
    make_rule(
        "magnitude",
        rf"(?P<sign>{SIGN})(?P<first>{NUMBER})(?:(?P<magnitude1>{MAGNITUDE})?+(?P<dash>{DASH})(?P<second>{NUMBER}))?(?P<magnitude>{MAGNITUDE})",
        _say_magnitude,
        _PLACES,
    ),
    make_rule("times", rf"(?P<first>{NUMBER})[x×](?!\w)", _say_times, (DIGIT,)),
)
