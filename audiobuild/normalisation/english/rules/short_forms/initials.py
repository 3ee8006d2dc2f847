"""Initials, with their stops: J.R.R. Tolkien, U.S. Navy, Karen S. (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.rule import CAPITALS, Rule, make_rule, text_after, text_before, word_after, word_before


def _say_dotted(match: re.Match[str], context: Context) -> str | None:
    letters_ = match["letters"].replace(".", "").replace(" ", "")
    after = text_after(match)
    spelt = load_map("dotted_behind_names").get(letters_) if _is_behind_name(match) else None
    spelt = spelt or words.letters(letters_)
    if match["plural"]:
        spelt += "s"
    ends_line = not after.strip("”\"’') ")
    follows = re.match(r"[”\"’')]?\s+([A-Z][a-z’']*)", after)
    ends = ends_line or bool(follows and follows[1].lower() in load_words("function_words") and not match["plural"])
    return f"{spelt}{'.' if ends else ''}"


def _is_behind_name(match: re.Match[str]) -> bool:
    """Say whether a name stands before letters with stops, and none behind: Oak Hill H.S. won."""
    before = word_before(match)
    named = before[:1].isupper() and before[1:].islower() and before.lower() not in load_words("function_words")
    return named and not re.match(r" [A-Z]\w", text_after(match))


def _say_initial(match: re.Match[str], context: Context) -> str | None:
    """Drop the stop behind an initial, where a name follows."""
    if match["following"].lower() in load_words("function_words") and match["following"].lower() not in {"may", "will"}:
        return None
    before = word_before(match)
    if len(before) == 1 and before.isupper():
        return None
    if before in load_use("initials", "before-last-letters") and _is_common(match["following"]):
        return None
    if match["letter"] == "I" and before.islower():
        return None
    if before in load_words("before_letters"):  # "Plan A. Plan B failed."
        return None
    if re.match(r"\s[A-Z]\.,?\s[a-z]", text_after(match)):
        return match["letter"]  # both initials alone: J. B. and his wife
    if (
        before
        and before[0].islower()
        and before not in load_use("initials", "before-initials")
        and not _is_named(match, before)
    ):
        return None
    return match["letter"]


def _is_common(word: str) -> bool:
    """Say whether a word can open a sentence and is no family name: "a concerto in F. Some thought so"."""
    if word in load_words("surnames") or word in load_words("short_names") or word in load_words("first_names"):
        return False
    return is_english_word(word.lower())


def _is_named(match: re.Match[str], before: str) -> bool:
    """Say whether a family name stands behind a letter that nothing before it explains: "met S. Jones"."""
    name = match["following"]
    if before in load_words("before_letters") or before in load_use("initials", "lettered") or before[-1] in ".?!":
        return False
    known = name in load_words("surnames") or name in load_words("short_names")
    return known or not is_english_word(re.split("[’']", name)[0].lower())


def is_latin(word: str) -> bool:
    """Say whether a word may be the second of a species' name: petraea, behind "Q."."""
    ends = word.endswith(tuple(load_use("initials", "species-ends"))) or len(word) > _LONGEST_PLAIN
    return ends and word.islower() and word.isalpha() and not is_english_word(word)


_LONGEST_PLAIN = 7
"""Letters of an unknown word that may be something else: behind "T.", officinale is a species whatever its end."""


def _say_surname(match: re.Match[str], context: Context) -> str | None:
    """Drop the stop behind a family name that is but a letter: "Karen S. of Leeds"."""
    before = word_before(match)
    if before in load_words("first_names", "short_names"):
        return match["letter"]
    if re.fullmatch(r"[A-Z]\.", before) and word_after(match) in load_words("function_words"):
        return match["letter"]
    if is_latin(re.split("[—–,.;:)]", word_after(match))[0]):
        return match["letter"]
    named = re.fullmatch(r"[A-Z][a-z]{2,}", before) and not is_english_word(before.lower())
    return match["letter"] if named else None


def _say_attached_initial(match: re.Match[str], context: Context) -> str:
    """Part letters from what a stop joins to them: EF-G.GTP, as chemists write; the botanist G.W.Grimm."""
    return match.group().replace(".", " ")


def _say_species(match: re.Match[str], context: Context) -> str | None:
    """Drop the stop behind the initial of a species: E. coli -> E coli."""
    return match.group()[0]


_SEVERAL = 3
"""So many of one species with names behind them leave no doubt about a name that is a word."""


def _say_subspecies(match: re.Match[str], context: Context) -> str | None:
    """Drop the stops behind the two initials before the name of a subspecies."""
    if is_english_word(match["name"]) and match.string.count(f"{match.group()} ") < _SEVERAL:
        return None
    return f"{match.group()[0]} {match.group()[3].upper()}"


def _say_bill(match: re.Match[str], context: Context) -> str | None:
    """Drop the stop before the number of a bill in Congress: S. 2155."""
    about = words_pattern(r"\bWORDS\b", "initials", "bills").search(text_before(match))
    return match.group()[0] if about and is_american(context) else None


_HOUSES = {"H": "House", "S": "Senate"}
_KINDS = {"J": "Joint ", "C": "Concurrent ", None: ""}


def _say_resolution(match: re.Match[str], context: Context) -> str | None:
    """Read what a house of Congress resolves: H. Res. 863."""
    return f"{_HOUSES[match['house']]} {_KINDS[match['kind']]}Resolution"


def _say_capital_surname(match: re.Match[str], context: Context) -> str | None:
    """Read a family name in capitals behind its initials: J. DOE."""
    name = match["name"].capitalize()
    if name not in load_words("surnames", "short_names"):
        return None
    return f"{' '.join(re.findall('[A-Z]', match['letters']))} {name}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "initials.capital-surname",
        r"(?P<letters>(?:[A-Z]\.\s?){1,3})(?<=[\s.])(?P<name>[A-Z]{2,12})(?![\w’'-]|\.\w)",
        _say_capital_surname,
        (CAPITALS,),
        behind=".",
        example="by J. DOE -> by J Doe",
    ),
    make_rule(
        "initials.before-name",
        rf"(?P<letters>(?:[A-Z]\.\s?){{1,6}}[A-Z]\.)(?P<plural>)"
        rf"(?=\s[A-Z][a-z])(?!\s{one_of('initials', 'openers')}\b)",
        _say_dotted,
        (CAPITALS,),
        behind=".",
        example="U.S. Navy -> U S Navy",
    ),
    make_rule(
        "initialism.dotted",
        r"(?P<letters>(?:[A-Z]\.){1,8}[A-Z]\.?)(?P<plural>s?)(?![A-Za-z])",
        _say_dotted,
        (CAPITALS,),
        behind=".",
        example="U.N. was -> U N was",
    ),
    make_rule(
        "initials.species",
        rf"[A-Z]\.(?=\s{one_of('initials', 'species')}(?!\w))",
        _say_species,
        (CAPITALS,),
        behind=".",
        example="T. rex -> T rex",
    ),
    make_rule(
        "initials.subspecies",
        r"[A-Z]\. [a-z]\.(?= (?P<name>[a-z]{4,20})(?!\w))",
        _say_subspecies,
        (CAPITALS,),
        behind=".",
        example="The African A. m. scutellata -> The African A M scutellata",
    ),
    make_rule(
        "initials.resolution",
        r"(?P<house>[HS])\.\s?(?:(?P<kind>[JC])(?:on)?\.\s?)?Res\.(?=\s\d)",
        _say_resolution,
        _HOUSES,
        example="H. Res. 863 -> House Resolution eight hundred and sixty-three",
    ),
    make_rule(
        "initials.bill",
        r"[SH]\.(?=\s(?:\d{2,4}(?![\w,.]\d|\w)))",
        _say_bill,
        ("S", "H"),
        example="bill, S. 2155 -> bill, S twenty-one fifty-five",
        locale="en-US",
    ),
    make_rule(
        "initials.before-capitals",
        r"(?<=-)[A-Z]\.(?=[A-Z]{2,6}(?![A-Za-z.]))"
        rf"|(?:[A-Z]\.){{2,4}}(?=[A-Z][a-z])(?!{one_of('initials', 'openers')}\b)",
        _say_attached_initial,
        (CAPITALS,),
        behind=".",
        example="EF-G.GTP -> E F-G G T P",
    ),
    make_rule(
        "initials.single",
        r"(?P<letter>[A-Z])\.(?=\s(?P<following>[A-Z][a-z’'-]*))",
        _say_initial,
        (CAPITALS,),
        behind=".",
        example="R. Ford -> R Ford",
    ),
    make_rule(
        "initials.surname",
        r"(?P<letter>[A-Z])\.(?=\s[a-z]|[,;:]|[’']s(?!\w))",
        _say_surname,
        (CAPITALS,),
        behind=".",
        example="Karen S. of Leeds -> Karen S of Leeds",
    ),
)
