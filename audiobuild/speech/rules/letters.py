"""Capitals: initialisms, acronyms, codes of letters and digits (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech import words
from audiobuild.speech.context import Context, Policy
from audiobuild.speech.rule import ATTACHED, CAPITALS, Rule, make_rule, text_after, text_before, word_after, word_before
from audiobuild.speech.tables import load_map, load_words

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")
_VOWELS = frozenset("AEIOUY")
_LONGEST_SPELT = 4
"""Letters of the longest unknown capitals that are spelt although they hold a vowel."""
_ONSETS = load_words("onsets")
_CODAS = load_words("codas")
_LONG_CLUSTERS = load_words("clusters")
_JOINTS = (
    _CODAS | _ONSETS | frozenset("BB CC CQ DD DM DN FF GG GN LV MM MB NC NF NN NV PP RG RR RV TM TL ZZ NM".split())
)


def is_pronounceable(capitals: str) -> bool:
    """Say whether unknown capitals could be said as a word.

    >>> is_pronounceable("ECOWAS"), is_pronounceable("UNHCR")
    (True, False)
    """
    if _VOWELS.isdisjoint(capitals):
        return False
    if capitals.startswith("US") and capitals.lower() not in load_words("plain_words"):
        return False
    for run in re.finditer(r"[^AEIOUY]+", capitals):
        consonants = run.group()
        if len(consonants) == 1:
            continue
        edge = run.start() == 0, run.end() == len(capitals)
        if len(consonants) > 2:
            if consonants not in _LONG_CLUSTERS:
                return False
            continue
        allowed = _ONSETS if edge[0] else _CODAS if edge[1] else _JOINTS
        if consonants not in allowed:
            return False
    return not re.search(r"[AEIOU]{3}", capitals)


def spoken_capitals(capitals: str, context: Context) -> str:
    """Say capitals that are known to be no ordinary word: spelt, or as a word where they are one.

    >>> spoken_capitals("WTO", Context()), spoken_capitals("NATO", Context())
    ('W T O', 'Nato')
    """
    policy = context.policy(capitals)
    if policy is Policy.SPELL:
        return words.letters(capitals)
    if policy is Policy.WORD:
        return capitals.capitalize()
    if capitals in load_map("acronyms"):
        return load_map("acronyms")[capitals]
    if capitals in load_words("spelt") or len(capitals) <= _LONGEST_SPELT or not is_pronounceable(capitals):
        return words.letters(capitals)
    return capitals.capitalize()


_SUBJECTS = frozenset("it that this he she what there who which here everything nothing something one i".split())
_OBJECTIVE = frozenset("of by against from with for the and in to fight fighting joined joining like than anti".split())


def is_plain_word(capitals: str, match: re.Match[str]) -> bool:
    """Say whether short capitals are a common word that is stressed, judging by the words about them."""
    if capitals.lower() not in load_words("plain_words"):
        return False
    before, after = word_before(match), word_after(match)
    stressed = any(
        len(word) > 1 and word.isupper() and word.isalpha() and word.lower() in load_words("plain_words")
        for word in (before, after)
    )
    if capitals in load_words("spelt") or capitals in {"WHO", "AM", "PM", "AID", "ICE"}:
        if (capitals, before.lower()) in {("AM", "i"), ("US", "let")}:
            return True
        if capitals == "WHO":
            return (
                before.endswith(",")
                or before in {"those", "people", "anyone", "someone", "man", "woman", "guess", "know", "knows"}
                or stressed
            )
        return stressed
    if capitals == "IS" and not before:
        return after in load_words("function_words")
    if capitals == "IS":
        return before.lower() in _SUBJECTS or before.lower() not in _OBJECTIVE
    return capitals not in load_map("acronyms") or stressed


def _say_initialism(match: re.Match[str], context: Context) -> str | None:
    capitals, plural = match["capitals"], match["plural"]
    if capitals + plural in load_map("acronyms") and context.policy(capitals) is None:
        return load_map("acronyms")[capitals + plural]
    if len(capitals) < 2:
        return None
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


_CHUNK = re.compile(r"\d+(?:\.\d+)?|[A-Z]+(?![a-z])|[A-Za-z]+")


def _say_code(match: re.Match[str], context: Context) -> str | None:
    """Read letters with digits chunk by chunk: H5N1 -> H five N one."""
    code = match["code"].translate(_SUBSCRIPTS)
    chunks = _CHUNK.findall(code)
    if not any(chunk[0].isdigit() for chunk in chunks):
        return None
    first = chunks[0]
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
        said.append(_spoken_chunk(chunk, place, len(chunks), context))
    spoken = " ".join(said)
    if match["plural"]:
        spoken = words.plural(spoken) if chunks[-1][0].isdigit() else f"{spoken}s"
    return spoken


def _spoken_chunk(chunk: str, place: int, count: int, context: Context) -> str:
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
    return " ".join(spoken_capitals(part, context) if part.isupper() and len(part) > 1 else part for part in parts)


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
    return f"{match['name']} {spoken_capitals(match['tail'], context)}{match['plural']}"


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
    make_rule("initial", r"(?P<letter>[A-Z])\.(?=\s(?P<following>[A-Z][a-z’'-]*))", _say_initial, (CAPITALS,)),
    make_rule(
        "joined", r"(?P<joined>[A-Z]{1,4}(?:&[A-Z]{1,4}){1,2})(?P<plural>s)?(?![A-Za-z])", _say_joined, (CAPITALS,)
    ),
    make_rule("initialism", r"(?P<capitals>[A-Z]{2,10})\+(?!\w)", _say_with_plus, (CAPITALS,)),
    make_rule("initialism", r"(?P<capitals>[A-Z]{2,24})(?P<plural>s?)(?![A-Za-z])", _say_initialism, (CAPITALS,)),
    make_rule("initialism", r"(?P<head>[a-z]{1,2})(?P<tail>[A-Z]{2,6})(?![A-Za-z])", _say_odd_case, (CAPITALS,)),
)
