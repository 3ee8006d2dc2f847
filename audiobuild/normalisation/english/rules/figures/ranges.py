"""Ranges, ratios, scores and verses: 40-50 -> forty to fifty (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.forms import DASH, NUMBER, NUMBER_PLACES, ORDINAL, SIGN, spoken_number
from audiobuild.normalisation.english.rules.pastimes.cricket import tells_of_cricket
from audiobuild.normalisation.english.rules.pastimes.records import is_record
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    DIGIT,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
)

_WEEKDAY_BEFORE = LatePattern(
    rf"\b(?:{alternatives(frozenset(load_map('weekdays')) | frozenset(load_map('weekdays').values()))}s?)\.?[:,]? $"
)
_OPENING_DAY = LatePattern(
    rf"(?:(?:^|[,;:(]|\d (?:and )?)\s*(?:{alternatives(load_map('weekdays'))})\.?"
    rf"|\b{one_of('ranges', 'on-days')},?)[:,]? $"
)
"""What stands before the hours of a day in a list: Mon-Fri 9-5, Sat 10-4."""
_DAYS_BEHIND = LatePattern(rf",? (?:on )?(?:{alternatives(load_map('weekdays').values())})")
_SCORES = load_words("score_words")
_ATTEMPTS = LatePattern(
    rf"""
    [ ](?:
        (?:passing|shooting)(?=[.,;)]|$|[ ]{one_of("ranges", "behind-tries")}\b)  # what is tried
        | (?:from|at)[ ](?:  # where from
            {one_of("ranges", "shot-from")} | three\b | 3\b
        )
        | on[ ]{one_of("ranges", "downs")}[ ]down  # when
    )
    """,
    re.VERBOSE,
)
"""What stands behind hits and tries: 12-20 passing is twelve of twenty."""
_STREET_BEHIND = LatePattern(rf" \d{{1,3}}{ORDINAL} (?:{alternatives(load_words('street_words'))})(?!\w)")
"""What stands behind the number of a house in Queens: 23-45 31st Ave."""
_QUOTING = LatePattern(r"^.* (?=\w+ [“‘\"']$)| [“‘\"']$")
"""All but the word before a mark of quotation."""
SUM_ASKED = LatePattern(rf"\b{one_of('ranges', 'sums-asked')}(?: for)? $")


def _say_ratio(match: re.Match[str], context: Context) -> str | None:
    before = word_before(match)
    if match["first"] == match["second"] == "50":
        return "fifty-fifty"
    if before.lower().rstrip(".") in {"vol", "volume"}:
        return f"{spoken_number(match['first'], context)}, {words.paired(match['second'])}"
    if match["mark"] == ": " and before not in load_use("times", "before-ratios") | {"of", "a"}:
        return None
    if (
        match.group() in {"2:1", "2:2"}
        and (before.lower() in DETERMINERS or before == "Hons)")
        and word_after(match) not in load_use("ranges", "ratios")
    ):
        return f"{spoken_number(match['first'], context)} {spoken_number(match['second'], context)}"
    return f"{spoken_number(match['first'], context)} to {spoken_number(match['second'], context)}"


def _say_parts(match: re.Match[str], context: Context) -> str | None:
    """Read the parts of a mixture, 1:2:4; where all but the first have two figures they are a time."""
    parts = match.group().split(":")
    if all(len(part) == 2 and part.isdigit() for part in parts[1:]) and not _MIXED.search(text_before(match)):
        return None
    return " to ".join(spoken_number(part, context) for part in parts)


_MIXED = LatePattern(rf"\b{one_of('ranges', 'before-parts')}(?: \w+)? $")
_SET_BEFORE = LatePattern(
    r"(?<![\d.])(?:6[-–][0-4]|7[-–][56]|[0-4][-–]6|[56][-–]7)(?: ?\(\d{1,2}(?:[-–]\d{1,2})?\))?[,;] $"
)
"""Another set of a match at tennis."""


def _say_range(match: re.Match[str], context: Context) -> str | None:
    """Read 40-50 as a range; read 7-2 as a score where it falls, or where words around it speak of play or votes."""
    first, second = match["first"], match["second"]
    said = [spoken_number((match["sign"] or "") + first, context), spoken_number(second, context)]
    if _STREET_BEHIND.match(text_after(match)) and len(second) == 2:
        return f"{words.paired(first)} {words.paired(second)}"
    if text_before(match)[-1:] == "#" or _is_docket(match):
        return f"{words.paired(first)} {words.paired(second)}"
    if _is_build(match):
        return f"{said[0]} {said[1]}"
    if re.fullmatch(r"\d\d-\d{5}(?<!00)", match.group()):
        return f"{words.digit_by_digit(first)}, {words.digit_by_digit(second)}"  # the serial number of an aircraft
    if SUM_ASKED.search(text_before(match)) or _is_difference(match):
        return f"{said[0]} minus {said[1]}"
    if word_before(match).lower() in load_words("section_labels") and "." in match.group():
        return f"{said[0]} dash {said[1]}"
    if not (match["dash"].strip() in {"-", "–"} and first.isdigit() and second.isdigit()):
        return f"{said[0]} to {said[1]}"
    if word_before(match) in load_use("ranges", "filed") or (word_before(match) == "Section" and len(second) > 2):
        return f"{words.paired(first)} {words.paired(second)}"
    if first == second == "50":
        return "fifty-fifty"
    if int(first) <= int(second) and (_ATTEMPTS.match(text_after(match)) or _is_passing(match)):
        return f"{said[0]} of {said[1]}"
    if is_american(context) and is_record(match):
        return f"{'oh' if first == '0' else said[0]} and {'oh' if second == '0' else said[1]}"
    if tells_of_cricket(match, context) and not _OPENING_DAY.search(text_before(match)):
        return f"{said[0]} for {said[1]}"
    if _is_paged(match) and len(first) > len(second) == 1:
        said[1] = words.cardinal(f"{first[-2]}{second}", context.locale)
    if not _is_score(match):
        return f"{said[0]} to {said[1]}"
    if len(second) > 2:
        return f"{said[0]} to {said[1]}"
    nil = "zero" if is_american(context) else "nil"
    pairs = zip((first, second), said, strict=True)
    return " ".join(nil if digits == "0" else number for digits, number in pairs)


_WEIGHT_BEHIND = LatePattern(r"(?: and|,) [1-3]\d\d(?:[,.;]|[ -](?:pounds?|lbs?)\b)")
_WEIGHT_BEFORE = LatePattern(r"\b(?:pounds|lbs?\.?),? and (?:[a-z]+ )?$")


def _is_build(match: re.Match[str]) -> bool:
    """Say whether feet and inches are told with a weight beside them: at 5-11 and 190, 180 pounds and 6-2."""
    is_height = re.fullmatch(r"[4-7]-(?:1[01]|\d)", match.group())
    if is_height is None:
        return False
    return bool(_WEIGHT_BEHIND.match(text_after(match)) or _WEIGHT_BEFORE.search(text_before(match)))


def _is_difference(match: re.Match[str]) -> bool:
    """Say whether the sign of minus stands between spaces, and the numbers fall: 10 − 3."""
    if match["dash"] != " − " or not (match["first"].isdigit() and match["second"].isdigit()):
        return False
    return int(match["first"]) > int(match["second"]) and word_before(match) not in {
        "from",
        *load_use("ranges", "faring"),
    }


def _is_passing(match: re.Match[str]) -> bool:
    """Say whether a player threw so often for so many yards: "was 12-20 for 180 yards"."""
    return word_before(match) in load_use("ranges", "passing") and bool(
        re.match(r" (?:passing )?for \d+ yards", text_after(match))
    )


def _is_docket(match: re.Match[str]) -> bool:
    """Say whether a year and a running number make the number of a law or a case: No. 2023-118."""
    return (
        word_before(match).rstrip(".") in {"No", "no"} | load_use("ranges", "filed")
        and re.fullmatch(r"(?:19|20)\d\d-\d{2,4}|\d\d-\d{3,5}", match.group()) is not None
    )


def _is_paged(match: re.Match[str]) -> bool:
    """Say whether pages or lines are told, of which the last may be shortened: pp. 112-15."""
    return word_before(match).lower().rstrip(".") in load_use("ranges", "paged") or bool(
        re.search(r"\d\)?: $", text_before(match))  # behind the volume of a journal
    )


_SET = r"(?:[67]-[0-6]|[0-6]-[67])(?: \(\d{1,2}-\d{1,2}\))?"
_HOURS_ARE = LatePattern(r"(?i)\bhours \w{2,4} $")
"""What tells of hours in which a house is open: office hours are 9-5."""
_WON_SET = r"(?:6-[0-4]|7-[56])(?: \(\d{1,2}-\d{1,2}\))?"
_SETS_BEFORE = LatePattern(rf"(?<![\d-])(?:{_WON_SET},? (?:{_SET},? )?|{_SET},? {_WON_SET},? )$")
_SETS_BEHIND = LatePattern(rf"(?: \(\d{{1,2}}-\d{{1,2}}\))?,? (?:{_SET},? )?{_WON_SET}(?![\d-])")
"""Another set of tennis that somebody won, beside one that was lost: 4-6, 6-3."""


def _is_set(match: re.Match[str]) -> bool:
    """Say whether a set of tennis is told, by those beside it."""
    if re.fullmatch(r"[0-5]-[67]|6-7", match.group()) is None:
        return False
    return bool(_SETS_BEFORE.search(text_before(match)) or _SETS_BEHIND.match(text_after(match)))


def _is_score(match: re.Match[str]) -> bool:
    """Say whether two whole numbers and a hyphen tell how a match or a vote went."""
    first, second = int(match["first"]), int(match["second"])
    clause = re.split(r"[.;:]\s", text_before(match, 45).lower())[-1]
    nearby = set(re.findall(r"[a-z]+", clause))
    behind = match.string[match.end() : match.end() + 40].lower().split()[:3]
    after = {word.strip(".,;:)") for word in behind}
    if _is_odds(match, second, nearby, after) or _is_share_split(match, nearby) or _is_paged(match):
        return False
    if first >= 1000 or (first < 13 and not nearby & _SCORES and _may_be_date(match, nearby)):
        return False
    if 13 > first > second > 2 and _is_worked(match):
        return False
    if (second < 8 and _SET_BEFORE.search(text_before(match))) or _is_set(match):
        return True
    if first >= second:
        opener = (word_before(match) or _QUOTING.sub("", text_before(match))).lower().rstrip(",:")
        return opener not in load_words("opening_words") and not _HOURS_ARE.search(text_before(match))
    return _rises_as_score(match, nearby, after)


def _is_worked(match: re.Match[str]) -> bool:
    """Say whether the hours of a day's work are told: a 9-5 job, he works 9-5, 9-5 Monday to Friday."""
    after = word_after(match)
    if _OPENING_DAY.search(text_before(match)):
        return True
    if after in load_use("ranges", "worked") or _DAYS_BEHIND.match(text_after(match)):
        return True
    return word_before(match).lower() in load_use("ranges", "works")


def _is_odds(match: re.Match[str], second: int, nearby: set[str], after: set[str]) -> bool:
    """Say whether two numbers tell at what odds is laid: "at 7-2 odds", "the favourite, 5-1"."""
    if word_after(match) in load_use("ranges", "odds-behind") or (
        word_before(match) in load_use("ranges", "before-odds") and nearby & load_use("ranges", "odds")
    ):
        return True
    if word_before(match) == "at" and not load_words("racecourses").isdisjoint(text_before(match).split()):
        return True
    if 0 < second < 6 and (nearby | after) & load_use("ranges", "racehorses"):
        return True
    offered = match.group().replace("-", "/") in load_use("racing", "against")
    told = load_use("ranges", "laid") if offered else load_use("ranges", "odds")
    return (offered or second == 1) and not (nearby | after).isdisjoint(told)


def _is_share_split(match: re.Match[str], nearby: set[str]) -> bool:
    """Say whether it is told into how many a share is split: "a 3-1 stock split"."""
    return word_after(match) in {"split", "stock"} and not nearby.isdisjoint(load_use("ranges", "shares"))


def _may_be_date(match: re.Match[str], nearby: set[str]) -> bool:
    """Say whether a month and a day may be told: "Friday, 4-10", "open (5-12"."""
    if _WEEKDAY_BEFORE.search(text_before(match)):
        return True
    return bool(nearby & load_use("ranges", "opening") and re.search(r"[,:(] ?$", text_before(match)))


def _rises_as_score(match: re.Match[str], nearby: set[str], after: set[str]) -> bool:
    """Say whether a smaller number before a larger one is a score, and not a range."""
    if word_after(match) == "of" or word_after(match) in load_use("ranges", "lasting"):
        return False
    if word_before(match) in load_use("ranges", "faring") and not word_after(match).endswith(("s", "feet")):
        return True
    if word_after(match) in load_use("ranges", "pair-nouns"):
        return True
    is_counted = word_after(match) in load_words("count_nouns") or after & load_use("ranges", "counted")
    if is_counted and not nearby & load_use("ranges", "outcome"):
        return False
    if word_before(match).lower() in load_use("ranges", "range") or nearby & {"aged", "ages"}:
        return False
    return bool(nearby & _SCORES or after & _SCORES)


def _say_chain(match: re.Match[str], context: Context) -> str | None:
    """Read three and more numbers joined by hyphens one after the other; long ones digit by digit."""
    parts = re.split("[-–]", match["numbers"])
    if match["tank"]:
        return f"{' '.join(words.cardinal(part) for part in parts)} {words.letters(match['tank'])}"
    if all(len(part) <= 2 and part[0] != "0" for part in parts) and len(parts) > 4:
        return ", ".join(words.cardinal(part) for part in parts)
    if all(len(part) <= 2 or (len(part) == 3 and part[0] != "0") for part in parts) and len(parts) <= 4:
        said = " ".join(words.cardinal(part, context.locale) for part in parts)
        return words.plural(said) if match["plural"] else said
    return ", ".join(words.digit_by_digit(part, oh=not is_american(context)) for part in parts)


def _say_tries(match: re.Match[str], context: Context) -> str | None:
    """Read 3-for-4 and 1-on-1 with their hyphens."""
    first = spoken_number(match["first"], context)
    if match["first"] == "0" and match["joint"] == "for" and is_american(context):
        first = "oh"
    return f"{first}-{match['joint']}-{spoken_number(match['second'], context)}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "score.tries",
        rf"(?P<first>\d{{1,3}})-(?P<joint>{one_of('ranges', 'joints-of-tries')})-(?P<second>\d{{1,3}})(?!\w)",
        _say_tries,
        (DIGIT,),
        behind="-",
        example="9-to-5 -> nine-to-five",
    ),
    make_rule(
        "score.chain",
        r"(?P<numbers>\d{1,12}(?:-\d{1,12}){2,}+|\d{1,2}(?:–\d{1,2}){2,3}(?!–|[-/.]\d))"
        rf"(?P<tank>(?<=[-–][0-8])(?:[SPWV]?T|{one_of('ranges', 'engines')}))?(?P<plural>(?<=-\d)s)?(?!\w)",
        _say_chain,
        (DIGIT,),
        behind="-",
        example="4-4-2 -> four four two",
    ),
    make_rule(
        "score.parts",
        r"\d{1,3}(?:\.\d{1,2})?(?::\d{1,3}(?:\.\d{1,2})?){2,4}(?![\w:]|\.\d)",
        _say_parts,
        (DIGIT,),
        behind=":.",
        example="mixed 1:2:4 -> mixed one to two to four",
    ),
    make_rule(
        "score.ratio",
        rf"(?P<first>{NUMBER})(?P<mark>\s:\s|:\s?)(?P<second>{NUMBER})(?!:?\d)",
        _say_ratio,
        (DIGIT,),
        behind=" ,.:",
        example="a 2:2 -> a two two",
    ),
    make_rule(
        "number.range",
        rf"(?P<sign>{SIGN})(?P<first>{NUMBER})(?P<dash>{DASH}|\s-\s)(?P<second>[-−]?{NUMBER})(?![\w%])",
        _say_range,
        NUMBER_PLACES,
        behind=" +,.-",
        example="10 - 15 -> ten to fifteen",
    ),
)
