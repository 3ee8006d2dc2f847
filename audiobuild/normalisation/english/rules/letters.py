"""Capitals: initialisms, acronyms, codes of letters and digits (layer 1, pure)."""

from __future__ import annotations

import re
from functools import lru_cache

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english import words
from audiobuild.normalisation.english.rules.capitals import is_plain_word, is_pronounceable, sense_of, spoken_capitals
from audiobuild.normalisation.english.vocabulary import is_english_word
from audiobuild.normalisation.rule import (
    ATTACHED,
    CAPITALS,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_before,
)
from audiobuild.normalisation.tables import load_map, load_words

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")


def _say_initialism(match: re.Match[str], context: Context) -> str | None:
    capitals, plural = match["capitals"], match["plural"]
    if capitals + plural in load_map("acronyms") and context.policy(capitals) is None:
        return load_map("acronyms")[capitals + plural]
    if len(capitals) < 2:
        return None
    sense = sense_of(capitals, match) if context.policy(capitals) is None else None
    if sense is not None:
        return sense + plural
    if not plural and context.policy(capitals) is None and is_plain_word(capitals, match):
        before = text_before(match).rstrip(" \"“‘'(")
        return capitals.capitalize() if not before or before[-1] in ".?!:" else capitals.lower()
    return spoken_capitals(capitals, context) + plural


def _say_dotted(match: re.Match[str], context: Context) -> str | None:
    letters_ = match["letters"].replace(".", "").replace(" ", "")
    after = text_after(match)
    spelt = words.letters(letters_)
    if match["plural"]:
        spelt += "s"
    ends_line = not after.strip("”\"’') ")
    follows = re.match(r"[”\"’')]?\s+([A-Z][a-z’']*)", after)
    ends = ends_line or bool(follows and follows[1].lower() in load_words("function_words") and not match["plural"])
    return f"{spelt}{'.' if ends else ''}"


def _say_initial(match: re.Match[str], context: Context) -> str | None:
    """Drop the stop behind an initial, where a name follows."""
    if match["following"].lower() in load_words("function_words") and match["following"].lower() not in {"may", "will"}:
        return None
    before = word_before(match)
    if len(before) == 1 and before.isupper():
        return None
    if match["letter"] == "I" and before.islower():
        return None
    if before and before[0].islower() and before not in load_words("before_initials"):
        return None
    return match["letter"]


_SECRET_BEFORE = re.compile(
    r"(?<!\w)(?:password|passcode|passphrase|username|log-?in"
    r"|(?:voucher|discount|promo|access|booking|product) (?:code|key)"
    r"|booking reference|record locator|reference|serial number|(?:number|licence|license) plate)"
    r"s?(?::|,| (?:is|was|of|like|to|such as|number))?[ \"“‘']{1,2}$",
    re.IGNORECASE,
)
"""Behind one of these letters and digits are said one by one."""
_CHUNK = re.compile(r"\d+(?:\.\d+)?|[A-Z]+(?![a-z])|[A-Za-z]+")


def _say_code(match: re.Match[str], context: Context) -> str | None:
    """Read letters with digits chunk by chunk: H5N1 -> H five N one."""
    code = match["code"].translate(_SUBSCRIPTS)
    chunks = _CHUNK.findall(code)
    if not any(chunk[0].isdigit() for chunk in chunks):
        return None
    first = chunks[0]
    if _SECRET_BEFORE.search(text_before(match)):
        return " ".join(
            words.digit_by_digit(chunk) if chunk.isdigit() else words.letters(chunk)
            for chunk in re.findall(r"\d+|[A-Za-z]", code)
        )
    if rating := re.fullmatch(r"([ABC]a{1,2})([1-3])", code):
        return f"{words.letters(rating[1])} {words.cardinal(rating[2])}"
    if first.islower() and len(first) > 3:
        return None
    if first == "v" and chunks[1:2] and chunks[1][0].isdigit():
        return None
    if _FORMULA.fullmatch(code) and re.search("[a-z]", code) and len(re.findall("[A-Z]", code)) > 1:
        return " ".join(
            words.paired(chunk) if chunk.isdigit() else words.letters(chunk)
            for chunk in re.findall(r"\d+|[A-Za-z]+", code)
        )
    said: list[str] = []
    for place, chunk in enumerate(chunks):
        said.append(_spoken_chunk(chunk, place, len(chunks)))
    spoken = " ".join(said)
    if match["plural"]:
        spoken = words.plural(spoken) if chunks[-1][0].isdigit() else f"{spoken}s"
    return spoken


def _spoken_chunk(chunk: str, place: int, count: int) -> str:
    if chunk[0].isdigit():
        if "." in chunk:
            return words.number(chunk)
        return words.paired(chunk)
    if chunk.isupper():
        if place == 0 and chunk in load_map("acronyms") and count == 2:
            return load_map("acronyms")[chunk]
        return words.letters(chunk) if len(chunk) < 5 or not is_pronounceable(chunk) else chunk.capitalize()
    if chunk.islower() and (len(chunk) == 1 or (len(chunk) == 2 and place == 0)):
        return words.letters(chunk)
    if chunk in _MIXED:
        return _MIXED[chunk]
    if re.fullmatch(r"[A-Z][a-z][A-Z]", chunk):
        return words.letters(chunk)
    return chunk


def _say_motorway(match: re.Match[str], context: Context) -> str | None:
    """Read a trunk road that is a motorway: A1(M) -> A one M."""
    road = match["road"]
    return f"{road[0]} {words.paired(road[1:])} M"


def _say_lineage(match: re.Match[str], context: Context) -> str | None:
    """Read the names of strains: BA.2.86 -> B A point two point eight six."""
    head, *numbers = match.group().split(".")
    said = (words.cardinal(part) if len(part) < 2 else words.digit_by_digit(part) for part in numbers)
    return f"{words.letters(head)} point {' point '.join(said)}"


def _say_joined(match: re.Match[str], context: Context) -> str | None:
    """Read capitals joined by an ampersand: R&D -> R and D."""
    parts = match.group("joined").split("&")
    said = " and ".join(words.letters(part) if part.isupper() and len(part) < 5 else part for part in parts)
    return f"{said}s" if match["plural"] else said


def _say_with_plus(match: re.Match[str], context: Context) -> str | None:
    capitals = match["capitals"]
    return f"{spoken_capitals(capitals, context)} plus"


_KNOWN_RUNS = "|".join(
    sorted((word for word in load_words("spelt") if word.isupper()), key=lambda word: (-len(word), word))
)


def split_camel(name: str, context: Context) -> str:
    """Part the words of a name written together: MeToo -> Me Too, usDHS -> us D H S."""
    parts = re.findall(rf"(?:{_KNOWN_RUNS})(?![A-Z]|s\b)|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+", name)
    return " ".join(
        spoken_capitals(part, context) if part.isupper() and len(part) > 1 else parted_name(part) or part
        for part in parts
    )


_LONGEST_PARTED = 28
_JOINTS = load_words("name_joints")
"""Short words that may stand within a name that is written together."""
_HEADS = frozenset("usa nhs bbc nyc cdc fda irs ftc fcc fbi cia sec nih hhs gsa omb uk eu un dc it hr pc tv".split())
"""Initialisms that may open one."""


@lru_cache(maxsize=1024)
def parted_name(name: str) -> str:
    """Part a name of English words that is written together; empty where it is none.

    >>> parted_name("federalregister"), parted_name("usajobs"), parted_name("wikipedia")
    ('federal register', 'U S A jobs', '')
    """
    lower = name.lower()
    if not 5 < len(name) <= _LONGEST_PARTED or is_english_word(lower) or lower in load_words("whole_names"):
        return ""
    if name.capitalize() in load_words("names"):
        return ""
    best: list[tuple[int, ...] | None] = [()] + [None] * len(name)  # where words begin, for each end reached
    for end in range(2, len(name) + 1):
        for start in range(end - 1):
            begun = best[start]
            if begun is None or not _is_name_part(lower[start:end], opens=start == 0):
                continue
            if best[end] is None or len(begun) + 1 < len(best[end] or ()):
                best[end] = (*begun, start)
    begins = best[-1]
    if not begins or len(begins) < 2:
        return ""
    parts = [name[start:end] for start, end in zip(begins, (*begins[1:], len(name)), strict=True)]
    if all(part.lower() in _JOINTS | _HEADS for part in parts):
        return ""
    if parts[0].lower() in _HEADS and parts[0].lower() not in _JOINTS - {"it"}:
        parts[0] = words.letters(parts[0])
    return " ".join(parts)


def _is_name_part(part: str, *, opens: bool) -> bool:
    return part in _JOINTS or (opens and part in _HEADS) or (len(part) > 3 and is_english_word(part))


_MIXED = load_map("mixed_case")


def _say_mixed(match: re.Match[str], context: Context) -> str | None:
    return _MIXED.get(match.group())


def _say_odd_case(match: re.Match[str], context: Context) -> str | None:
    """Spell capitals that stand before or behind small letters with no vowel: mRNA, DPhil, LLMs."""
    head, tail = match["head"], match["tail"]
    if head:
        return f"{words.letters(head) if len(head) == 1 else head} {words.letters(tail)}"
    return None


_FORMULA = re.compile(
    r"(?:(?:He|Li|Be|Ne|Na|Mg|Al|Si|Cl|Ar|Ca|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|As|Se|Br|Kr|Sr|Zr|Mo|Ag|Cd|Sn|Xe|Cs|Ba|Pt|Au|Hg|Pb|Bi|Ra|Th|Pu|[HBCNOFPSKVIYWU])\d*)+"
)


def _say_short_mixed(match: re.Match[str], context: Context) -> str | None:
    """Spell capital, small letter, capital: AfD, PwC."""
    return _MIXED.get(match.group()) or words.letters(match.group())


def _say_trailing(match: re.Match[str], context: Context) -> str | None:
    """Part a name from the capitals at its end: ChatGPT -> Chat G P T."""
    return f"{parted_name(match['name']) or match['name']} {spoken_capitals(match['tail'], context)}{match['plural']}"


def _say_doctorate(match: re.Match[str], context: Context) -> str | None:
    ends = match.group().endswith(".") and re.match(r"\s*$|\s+[A-Z]", text_after(match))
    return "P H D" + ("s" if match["plural"] else "") + ("." if ends else "")


_CODE = (
    r"(?P<code>[A-Za-z]{1,12}(?:/[A-Z])?-?[\d₀-₉]{1,7}(?:\.\d{1,3}(?!\d))?(?:-?[A-Z]{1,8}(?![a-z])|-?[A-Z][a-z](?![a-z])|-\d{1,4}(?!-?[a-z])|[\d₀-₉]{1,5}|(?!s\b)[a-z](?=[\W\d]|$)){0,8})"
    r"(?P<plural>s)?(?![A-Za-z\d₀-₉]|\.\d|,\d)"
)


def _say_species(match: re.Match[str], context: Context) -> str | None:
    """Drop the stop behind the initial of a species: E. coli -> E coli."""
    return match.group()[0]


def _say_bill(match: re.Match[str], context: Context) -> str | None:
    """Drop the stop before the number of a bill in Congress: S. 2155."""
    about = re.search(r"\b(?:[Bb]ills?|Senate|House|Congress|passed|sponsor)\b", text_before(match))
    return match.group()[0] if about and context.american else None


RULES: tuple[Rule, ...] = (
    make_rule("doctorate", r"Ph\.\s?D(?P<plural>s)?\.?(?!\w)", _say_doctorate, ("Ph",)),
    make_rule("initialism", r"[A-Z][a-z][A-Z](?![A-Za-z\d]|-\d)", _say_short_mixed, (CAPITALS,)),
    make_rule(
        "initialism",
        r"(?P<name>[A-Z][a-z]{2,12})(?P<tail>[A-Z]{2,5})(?P<plural>s?)(?![A-Za-z\d])",
        _say_trailing,
        (CAPITALS,),
    ),
    make_rule("mixed case", r"[^\W\d_]+", _say_mixed, _MIXED),
    make_rule("road", r"(?P<road>[AM]\d{1,3})\(M\)", _say_motorway, (CAPITALS, ATTACHED)),
    make_rule("code", r"[A-Z]{1,4}(?:\.\d{1,3}){1,4}(?![\w])", _say_lineage, (CAPITALS,)),
    make_rule("code", _CODE, _say_code, (CAPITALS, ATTACHED)),
    make_rule(
        "initials",
        r"(?P<letters>(?:[A-Z]\.\s?){1,6}[A-Z]\.)(?P<plural>)(?=\s[A-Z][a-z])(?!\s(?:The|In|It|But|And|He|She|They|We|This|That|A)\b)",
        _say_dotted,
        (CAPITALS,),
    ),
    make_rule(
        "initialism",
        r"(?P<letters>(?:[A-Z]\.){1,8}[A-Z]\.?)(?P<plural>s?)(?![A-Za-z])",
        _say_dotted,
        (CAPITALS,),
    ),
    make_rule(
        "initial", rf"[A-Z]\.(?=\s(?:{'|'.join(sorted(load_words('species')))})(?!\w))", _say_species, (CAPITALS,)
    ),
    make_rule("initial", r"[SH]\.(?=\s(?:\d{2,4}(?![\w,.]\d|\w)))", _say_bill, ("S", "H")),
    make_rule("initial", r"(?P<letter>[A-Z])\.(?=\s(?P<following>[A-Z][a-z’'-]*))", _say_initial, (CAPITALS,)),
    make_rule(
        "joined", r"(?P<joined>[A-Z]{1,4}(?:&[A-Z]{1,4}){1,2})(?P<plural>s)?(?![A-Za-z])", _say_joined, (CAPITALS,)
    ),
    make_rule("initialism", r"(?P<capitals>[A-Z]{2,10})\+(?!\w)", _say_with_plus, (CAPITALS,)),
    make_rule("initialism", r"(?P<capitals>[A-Z]{2,24})(?P<plural>s?)(?![A-Za-z])", _say_initialism, (CAPITALS,)),
    make_rule("initialism", r"(?P<head>[a-z]{1,2})(?P<tail>[A-Z]{2,6})(?![A-Za-z])", _say_odd_case, (CAPITALS,)),
)
