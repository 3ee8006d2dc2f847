"""Per cent, magnitudes and ordinals: 6m -> six million (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS, noun_follows
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import (
    DASH,
    MAGNITUDE,
    NUMBER,
    NUMBER_PLACES,
    ORDINAL,
    SIGN,
    spoken_magnitude,
    spoken_number,
)
from audiobuild.normalisation.english.rules.quantities.doubtful_units import is_kelvin
from audiobuild.normalisation.english.rules.quantities.metres import is_length
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    DIGIT,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
    words_after,
    words_before,
)


def _per_cent(context: Context) -> str:
    return "percent" if is_american(context) else "per cent"


_SET_BEHIND = LatePattern(rf"[ -]{one_of('amounts', 'sets')}\b")
"""What has so many pieces: a 5pc drum kit."""


def _is_hundredths(match: re.Match[str], context: Context) -> bool:
    """Say whether pc is per cent: tied to its number, or in Britain where no noun follows it: 2 pc a year."""
    if match.group()[-3] != " ":
        return match["unit"] == "pc" or not is_american(context)
    after = word_after(match).lower()
    told = float(match["first"].replace(",", "")) <= 100 and word_before(match).lower() not in DETERMINERS
    return told and not is_american(context) and (not after or after in load_words("function_words"))


def _say_per_cent(match: re.Match[str], context: Context) -> str | None:
    said = spoken_number(match["sign"] + match["first"], context)
    unit = _per_cent(context) if match["unit"] != "‰" else "per mille"
    if match["unit"] == "pc" and _SET_BEHIND.match(text_after(match)):
        unit = "piece"
    elif match["unit"].lower() == "pc" and not _is_hundredths(match, context):
        return None
    if match["second"]:
        joint = match["dash"].strip()
        if match["unit1"] and joint in {"to", "or"}:
            said += f" {unit}"
        said += f" {joint if joint in load_use('forms', 'choices') else 'to'} {spoken_number(match['second'], context)}"
    return f"{said} {unit}"


_GOLD_BEHIND = LatePattern(rf"[- ](?:{one_of('amounts', 'colours')}[- ])?gold(?!\w)")


def _say_magnitude(match: re.Match[str], context: Context) -> str | None:
    letter = match["magnitude"].strip()
    if letter == "K" and text_after(match)[:2] in {"’s", "'s"}:
        return None  # strikeouts
    if letter in {"k", "K"} and _GOLD_BEHIND.match(text_after(match)):
        return f"{spoken_number(match['first'], context)} carat"
    if letter in {"m", "M"} and is_length(match) and not (letter == "M" and _SEVERAL_BEHIND.match(text_after(match))):
        return None
    if letter == "K" and is_kelvin(match):
        return None
    if letter == "K" and match["first"] in {"4", "8"}:
        return f"{spoken_number(match['first'], context)} K"
    if letter == "M" and word_after(match) in load_use("amounts", "solutions"):
        return f"{spoken_number(match['first'], context)} molar"
    if letter == "M" and match["first"] == "3" and not word_after(match).endswith(("s", "people")):
        return "three M"
    is_far = match["first"].isdigit() and 10 < int(match["first"]) <= 100 and word_after(match) in {"run", "race"}
    if letter in {"k", "K"} and (is_far or (match["first"] in {"5", "10"} and _is_race(match))):
        return f"{spoken_number(match['first'], context)} K"
    if letter in {"B", "b"} and not _COUNTED_BEHIND.match(text_after(match)):
        return None
    if letter in {"b", "B"} and word_before(match).lower() in load_words("number_labels") | load_use(
        "amounts", "lettered"
    ):
        return None
    if letter in {"k", "K"} and match["first"] in {"401", "457"} and not _COUNTED_BEHIND.match(text_after(match)):
        return None
    first = spoken_number((match["sign"] or "") + match["first"], context)
    own = match.groupdict().get("magnitude1")
    if match["second"]:
        second = spoken_number(match["second"], context) + spoken_magnitude(match["magnitude"])
        return f"{first}{spoken_magnitude(own)} to {second}"
    return first + spoken_magnitude(match["magnitude"])


_SEVERAL_BEHIND = LatePattern(r" [a-z]{3,}[^s\W]s\b")
_COUNTED_BEHIND = LatePattern(r"[\s-](?:[a-z]+ )?(?:people|dollars|parameter|[a-z]{3,}s\b)")
"""What a billion are counted of."""


_RUN_BEHIND = LatePattern(rf" (?:[a-z]+ )?{one_of('amounts', 'run-behind')}\b")


def _is_race(match: re.Match[str]) -> bool:
    """Say whether 5k is run rather than counted."""
    after = word_after(match)
    event = after in load_use("amounts", "event") or (after != "of" and after in load_words("function_words"))
    before = word_before(match).lower()
    if (before == "a" or before == "the") and text_after(match)[:1] in set(",.:"):
        return True
    is_counted = after.endswith("s") and after not in load_words("function_words")
    if (before in load_use("amounts", "before-races") and not is_counted) or _RUN_BEHIND.match(text_after(match)):
        return True
    if event and (before in DETERMINERS or before.endswith(("’s", "'s"))):
        return True
    near = words_before(match, 8) + words_after(match, 1)
    if re.search(r"\b\d{1,2}K\b.{0,40}$", text_before(match)) and word_before(match) == "the":
        return True
    if re.match(r"/\d{1,2}K(?!\w)", text_after(match)) or re.search(r"\dK/$", text_before(match)):
        return True
    runs = any(word.strip(".,;:!?").lower() in load_use("amounts", "race-distance") for word in near)
    return (runs and not word_after(match).endswith("s")) or word_after(match) in {"runs", "races"}


def _say_model_size(match: re.Match[str], context: Context) -> str | None:
    """Read how many numbers a language model holds, or how much it was fed."""
    return f"{spoken_number(match['first'], context)} {load_map('magnitudes')[match['letter']]}"


_ENDING = f"(?:{ORDINAL}|{ORDINAL.upper()})"
_WHOLE = r"(?:\d{1,3}(?:,\d{3}){1,7}|\d{1,24})"


def _say_ordinal(match: re.Match[str], context: Context) -> str | None:
    first = words.ordinal(match["first"].replace(",", ""), context.locale)
    if match["century"]:
        ends = match["century"].endswith(".") and re.match(r"\s*$|\s+(?!BC|AD|CE\b)[A-Z\"“‘]", text_after(match))
        second = f" to {words.ordinal(match['second'], context.locale)}" if match["second"] else ""
        return (
            f"{first}{second} {'centuries' if second and not noun_follows(match) else 'century'}{'.' if ends else ''}"
        )
    if match["second"]:
        return f"{first} to {words.ordinal(match['second'].replace(',', ''), context.locale)}"
    return first


def _say_times(match: re.Match[str], context: Context) -> str | None:
    number = spoken_number(match["first"], context)
    if match["second"]:
        number += f" to {spoken_number(match['second'], context)}"
    opens = text_before(match).endswith("(")
    attributive = not opens and not DETERMINERS.isdisjoint(word.lower() for word in words_before(match, 3))
    attributive = attributive and noun_follows(match)
    if match["per"]:
        return f"{number} times per {load_map('per_units').get(match['per'], match['per'])}"
    return (
        f"{number} x"
        if attributive and "×" not in match.group() and word_after(match) not in load_use("amounts", "growth-nouns")
        else f"{number} times"
    )


_PER_CENT = rf"""
    (?P<sign>{SIGN})(?P<first>{NUMBER})
    (?:  # the other end of a range, or another choice
        (?:\s?(?P<unit1>[%‰]|pc))?(?P<dash>{DASH}|\s-\s|\sto\s|\sor\s)(?P<second>[-−]?{NUMBER})
    )?
    \s?(?P<unit>[%‰]|(?:(?<=\d)[pP][cC]|(?<=\d[ ])pc)(?![\w’'&]))
"""


_WITH_MAGNITUDE = rf"""
    (?P<sign>{SIGN})(?P<first>{NUMBER})
    (?:(?P<magnitude1>{MAGNITUDE})?+(?P<dash>{DASH})(?P<second>{NUMBER}))?  # the other end of a range
    (?P<magnitude>{MAGNITUDE})
"""


def _say_ordinal_pair(match: re.Match[str], context: Context) -> str | None:
    """Read the numbers of a battalion that was made of several: 2nd/4th."""
    return " ".join(words.ordinal(number, context.locale) for number in re.findall(r"\d+", match.group()))


def _say_several(match: re.Match[str], context: Context) -> str | None:
    """Read three numbers and more about strokes one by one."""
    return ", ".join(words.cardinal(number, context.locale) for number in match.group().split("/"))


def _say_league(match: re.Match[str], context: Context) -> str:
    """Read the number of a league or a club as its own language writes ordinals: the 2. Bundesliga."""
    if text_after(match).startswith(" FC"):
        return words.cardinal(match["number"])
    return words.ordinal(match["number"])


def _say_old_ordinal(match: re.Match[str], context: Context) -> str | None:
    """Read the ordinals of American regiments: 2d, 3d."""
    return words.ordinal(match["number"], context.locale)


_OF_BATTALION = (
    r"\s(?:\([^()]{2,20}\)\s|[&a]\w*\s\d/\w+\s|[A-Z]{2,4}\s)?"
    rf"(?:{one_of('amounts', 'battalions')}\b|[A-Z][a-z]{{3,}}s\b)"
)
"""What stands behind the numbers of a battalion: 1/5th Norfolks."""


RULES: tuple[Rule, ...] = (
    make_rule(
        "number.old-ordinal",
        rf"(?P<number>\d{{0,2}}[23])d(?:(?<=[WE][ea]st \d\dd)(?!\w)|"
        rf"(?=\s(?:[A-Z][\w.]+\s)?{one_of('amounts', 'regiments')}\b))",
        _say_old_ordinal,
        (DIGIT,),
        behind="d",
        example="the 22d Infantry -> the twenty-second Infantry",
    ),
    make_rule(
        "number.league",
        rf"(?<=[a-z] )(?P<number>\d)\.(?= (?:[A-ZÖ]\w+ )?{one_of('amounts', 'leagues')}\b)",
        _say_league,
        (DIGIT,),
        behind=".",
        example="in the 2. Bundesliga -> in the second Bundesliga",
    ),
    make_rule(
        "number.several-strokes",
        r"(?!\d{1,2}/\d{1,2}/[12]\d{3})\d{1,4}(?:/\d{1,4}){2,3}(?![\w/%]|\.\d)"
        rf"|\d{{2,3}}/\d{{2,3}}(?= (?:[A-Z]+ )?{one_of('amounts', 'batteries')}\b)",
        _say_several,
        (DIGIT,),
        behind="/",
        example="10/100/1000 Ethernet -> ten, one hundred, one thousand Ethernet",
    ),
    make_rule(
        "number.ordinal-pair",
        rf"(?P<first>\d{{1,3}})(?:{ORDINAL}/\d{{1,3}}{ORDINAL}(?:/\d{{1,3}}{ORDINAL})?(?!\w)"
        rf"|/\d+{ORDINAL}(?={_OF_BATTALION}))",
        _say_ordinal_pair,
        (DIGIT,),
        behind="/nrst",
        example="the 2nd/4th Bn. -> the second fourth Battalion",
    ),
    make_rule(
        "number.model-size",
        rf"(?P<first>{NUMBER})(?P<letter>[TBMK])(?=[ -](?:[a-z]+ )?{one_of('amounts', 'of-models')}\b)",
        _say_model_size,
        (DIGIT,),
        behind=",.TBMK",
        example="15T tokens -> fifteen trillion tokens",
    ),
    make_rule(
        "number.per-cent",
        _PER_CENT,
        _say_per_cent,
        NUMBER_PLACES,
        behind=" %+,.Pp-",
        flags=re.VERBOSE,
        example="13.2% -> thirteen point two per cent",
    ),
    make_rule(
        "number.ordinal",
        rf"(?P<first>{_WHOLE}){_ENDING}(?:{DASH}(?P<second>{_WHOLE}){_ENDING})?(?!\w)"
        r"(?P<century>(?:\s?|-)(?:c\.?|C(?=[,;:)]|\.?\s[a-z]|\sBC|\sAD|\.?$)\.?|cent\.)(?![\w’']))?",
        _say_ordinal,
        (DIGIT,),
        behind=",NRSTnrst",
        example="17th c -> seventeenth century",
    ),
    make_rule(
        "number.magnitude",
        _WITH_MAGNITUDE,
        _say_magnitude,
        NUMBER_PLACES,
        behind=" +,.BKMbkmt-",
        flags=re.VERBOSE,
        example="6m people -> six million people",
    ),
    make_rule(
        "number.times",
        rf"(?P<first>{NUMBER})(?:{DASH}(?P<second>{NUMBER}))?[x×](?:/(?P<per>{one_of('amounts', 'times-per')}))?(?!\w)",
        _say_times,
        (DIGIT,),
        behind=",.x×–-",
        example="the 10x project -> the ten x project",
    ),
)
