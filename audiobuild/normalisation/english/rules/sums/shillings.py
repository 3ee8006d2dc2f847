"""Money from before decimal coins: 2s 6d -> two shillings and sixpence, 3/6 -> three and six (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import AND_OR_TO, spoken_number
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, judged_once, make_rule, text_after, text_before, word_before

_SHILLINGS = r"(?P<shillings>\d{1,2})s(?:\.?\s?(?P<pence>1?\d)(?P<part>[¼½¾])?d)?(?:\.(?=\s[a-z]|[,;:)]))?(?!\w)"
_OLD_YEAR = LatePattern(rf"\b1(?:[5-8]\d\d|9[0-6]\d|970)\b|\b{one_of('shillings', 'old')}\b")
"""What shows that a price is one in shillings and pence."""


def _say_shillings(match: re.Match[str], context: Context) -> str | None:
    """Read sums from before decimal money: £3 4s 6d -> three pounds, four shillings and sixpence."""
    pounds, shillings, pence = match["pounds"], match["shillings"], match["pence"]
    if not pounds and not (shillings and pence) and not _is_old_price(match):
        return None
    parts = []
    if pounds:
        parts.append(f"{spoken_number(pounds, context)} pound{'' if pounds == '1' else 's'}")
    if int(shillings or 0):
        parts.append(f"{words.cardinal(shillings)} shilling{'' if shillings == '1' else 's'}")
    if pence and (int(pence) or match["part"]):
        parts.append(_old_pence(pence, match["part"]))
    if not parts:
        return None  # "0s" is no sum
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


_PARTS_OF_PENNY = {"¼": "a farthing", "½": "a halfpenny", "¾": "three farthings"}


def _old_pence(pence: str, part: str | None) -> str:
    """Say pennies as they were counted: sixpence, twopence, a penny."""
    if part and pence == "0":
        return _PARTS_OF_PENNY[part]
    if part:
        fraction = load_map("fractions")[part].replace("one ", "a ")
        return f"{words.cardinal(pence)} and {fraction} pence"
    number = words.cardinal(pence)
    return "one penny" if pence == "1" else f"{number}pence"


def _say_old_pence(match: re.Match[str], context: Context) -> str | None:
    return _old_pence(match["pence"], match["part"]) if _is_old_price(match) else None


@judged_once()
def _is_old_price(match: re.Match[str]) -> bool:
    """Say whether a lone "3s" or "6d" is what something cost."""
    if word_before(match).lower() in load_use("shillings", "counts") or text_before(match).endswith("pair of "):
        return False  # four 4s, in cards and in dice
    if _is_dimension(match):
        return False
    if match["part"] or word_before(match).lower() in load_use("shillings", "price-verbs"):
        return True
    if words_pattern(r" (?:a|per|each) WORDS\b", "shillings", "price-per").match(text_after(match)):
        return word_before(match).lower() not in DETERMINERS
    if re.match(r",? in 1[0-9]\d\d\b", text_after(match)) or re.search(
        r"\bprices? (?:was|of|at) $", text_before(match)
    ):
        return True
    if re.match(rf"[.,]*[^.\d]{{0,25}}\d{{1,2}}s\.? \d{{1,2}}d\b|\.? {AND_OR_TO} \d{{1,2}}d\b", text_after(match)):
        return True
    return bool(re.search(r"(?<![\d’'])\d{1,2}[sd]\b\.?[^.\d]{0,25}$|shilling|\d/-", text_before(match)))


def _is_dimension(match: re.Match[str]) -> bool:
    """Say whether 2d or 3d is a picture or a film: no price is told, and another of them stands near."""
    if match.group() not in load_use("shillings", "dimensions"):
        return False
    near = f"{text_before(match)} {text_after(match)}"
    priced = words_pattern(r"\bWORDS\b", "shillings", "price-verbs").search(text_before(match))
    return priced is None and set(re.findall(r"\b\d+[sd]\b", near)) <= load_use("shillings", "dimensions")


def _say_sold_at(match: re.Match[str], context: Context) -> str | None:
    """Read "sold at 12s" as shillings."""
    if word_before(match).lower() != "at":
        return None
    if not words_pattern(r"\bWORDS\b(?:(?![a-z]{3}[.;] ).){0,50} at $", "shillings", "dealing").search(
        text_before(match)
    ):
        return None
    return f"{words.cardinal(match['shillings'])} shilling{'' if match['shillings'] == '1' else 's'}"


def _say_pair(match: re.Match[str], context: Context) -> str | None:
    """Read 3/6 behind a verb of paying as shillings and pence, where a year tells of old money."""
    about = f"{text_before(match)} {text_after(match)}"
    sold = word_before(match).lower() in load_use("shillings", "was") and words_pattern(
        r"\bWORDS\b", "shillings", "sold"
    )
    if word_before(match).lower() not in load_use("shillings", "price-verbs") and not (sold and sold.search(about)):
        return None
    if not _OLD_YEAR.search(about):
        return None
    if match["pence"] == "-":
        return f"{words.cardinal(match['shillings'])} shilling{'' if match['shillings'] == '1' else 's'}"
    return f"{words.cardinal(match['shillings'])} and {_old_pence(match['pence'], None)}"


def _say_stroked(match: re.Match[str], context: Context) -> str | None:
    """Read pounds, shillings and pence with strokes between them: £1/10/6."""
    pounds, shillings, pence = match["pounds"], match["shillings"], match["pence"]
    said = [f"{words.cardinal(pounds, context.locale)} pound{'' if pounds == '1' else 's'}"]
    if shillings != "0":
        said.append(f"{words.cardinal(shillings)} shilling{'' if shillings == '1' else 's'}")
    if pence not in {"-", "0"}:
        said.append(f"and {_old_pence(pence, None)}")
    return " ".join(said)


def _say_lettered(match: re.Match[str], context: Context) -> str:
    """Read pounds with the letter that stood for them: 3l. 10s."""
    pounds = words.cardinal(match["pounds"].replace(",", ""), context.locale)
    said = f"{pounds} pound{'' if match['pounds'] == '1' else 's'}"
    shillings = f" {words.cardinal(match['shillings'])} shilling{'' if match['shillings'] == '1' else 's'}"
    pence = f" and {_old_pence(match['pence'], None)}" if match["pence"] else ""
    return said + (shillings if match["shillings"] != "0" else "") + pence


RULES: tuple[Rule, ...] = (
    make_rule(
        "money.lettered",
        r"(?P<pounds>\d{1,3}(?:,\d{3})?)l\.,? (?P<shillings>1?\d)s\.?(?:,? (?P<pence>1?\d)d\.?)?(?= [a-z(]|[,;:)])",
        _say_lettered,
        (DIGIT,),
        behind="l",
        example="owed 3l. 10s. to her -> owed three pounds ten shillings to her",
    ),
    make_rule(
        "money.stroked",
        r"£(?P<pounds>\d{1,4})/(?P<shillings>1?\d)/(?P<pence>1[01]|\d|-)(?![\w/])",
        _say_stroked,
        ("£",),
        example="paid £1/10/6 -> paid one pound ten shillings and sixpence",
    ),
    make_rule(
        "money.pounds-and-shillings",
        rf"£(?P<pounds>\d{{1,3}}(?:,\d{{3}}){{0,3}}|\d{{1,9}})\s{_SHILLINGS}",
        _say_shillings,
        ("£",),
        example="£5 10s -> five pounds and ten shillings",
    ),
    make_rule(
        "money.shillings",
        rf"(?P<pounds>){_SHILLINGS}",
        _say_shillings,
        (DIGIT,),
        behind="s",
        example="2s. 6d -> two shillings and sixpence",
    ),
    make_rule(
        "money.sold-at",
        r"(?P<shillings>[1-9]\d?)s(?!\w|\.? ?\d{1,2}d)",
        _say_sold_at,
        (DIGIT,),
        behind="s",
        example="sold at 12s -> sold at twelve shillings",
    ),
    make_rule(
        "money.old-pence",
        r"(?P<pence>1?\d)(?P<part>[¼½¾])?d(?:\.(?=\s[a-z]|[,;:)]))?(?!\w)",
        _say_old_pence,
        (DIGIT,),
        behind="d",
        example="it cost 6d. -> it cost sixpence.",
    ),
    make_rule(
        "money.shillings-and-pence",
        r"(?P<shillings>\d{1,2})/(?P<pence>1[01]|[1-9]|-)(?![\w/-])",
        _say_pair,
        (DIGIT,),
        behind="/",
        example="It cost 3/6 in 1958. -> It cost three and sixpence in nineteen fifty-eight.",
    ),
)
