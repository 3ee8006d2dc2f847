"""Short forms: z. B. -> zum Beispiel, CDU -> C D U, Ludwig XIV. -> Ludwig der Vierzehnte (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.alternation import alternatives
from audiobuild.normalisation.context import Context, Policy
from audiobuild.normalisation.german.lexis import words
from audiobuild.normalisation.german.lexis.vocabulary import TABLES
from audiobuild.normalisation.rule import CAPITALS, DOTTED, Rule, make_rule, text_after, word_before, words_before

_FORMS = {row[0].replace(" ", ""): row[1:] for row in TABLES.rows("abbreviations")}
"""By their short forms without spaces: what they stand for, and what must follow."""
_MONARCHS = TABLES.map("monarchs")
_NUMERALS = {"I": 1, "V": 5, "X": 10, "L": 50}
_DATIVES, _ACCUSATIVES = TABLES.words("before_datives"), TABLES.words("before_accusatives")
_ENDING_FORMS = frozenset(("usw.", "etc.", "u.a.", "o.Ä.", "u.Ä."))
"""Those that can end a sentence."""
_DOMAINS = alternatives(TABLES.words("top_level_domains"))


def _say_abbreviation(match: re.Match[str], context: Context) -> str | None:
    form = re.sub(r"\s", "", match.group())
    low = form if form in _FORMS else form[0].lower() + form[1:]
    said, *needs = _FORMS[low]
    after = text_after(match)
    if "digit" in needs and not re.match(r"\s?[\dIVX]", after):
        return None
    if "capital" in needs and not re.match(r"\s?[A-ZÄÖÜ]", after):
        return None
    if form != low:
        said = said[0].upper() + said[1:]
    ends = not after.strip(" ”“\"’')") or (low in _ENDING_FORMS and re.match(r"\s[A-ZÄÖÜ]", after) is not None)
    return f"{said}." if ends and form.endswith(".") else said


def _pattern(form: str) -> str:
    """Return a pattern for a short form with or without spaces behind its stops, and with a capital at its start."""
    first = form[0]
    opening = f"[{first}{first.upper()}]" if first.islower() else re.escape(first)
    return opening + re.sub(r"\\\.(?=.)", r"\\.\\s?", re.escape(form[1:]))


def _starts() -> set[str]:
    heads = {re.match(r"\w+", form)[0] for form in _FORMS}  # type: ignore[index]
    return heads | {head[0].upper() + head[1:] for head in heads}


def _say_capitals(match: re.Match[str], context: Context) -> str | None:
    """Spell what everybody spells, and what has no vowel; the rest is the engine's to say."""
    capitals = match.group()
    policy = context.policy(capitals)
    if policy is Policy.WORD:
        return capitals.capitalize()
    has_vowel = re.search("[AEIOUÄÖÜY]", capitals, re.IGNORECASE) is not None
    if policy is Policy.SPELL or capitals in TABLES.words("spelt") or (not has_vowel and capitals.isupper()):
        return " ".join(capitals.upper())
    return capitals.capitalize() if capitals in TABLES.words("acronyms") else None


def _say_monarch(match: re.Match[str], context: Context) -> str | None:
    name = match["name"]
    gender = _MONARCHS.get(name) or _MONARCHS.get(name.removesuffix("s"), "")
    if not gender:
        return None
    number = str(_value(match["numeral"]))
    before = [word.lower() for word in words_before(match, 3)]
    is_male = gender == "m"
    if name not in _MONARCHS:
        article, ending = ("des" if is_male else "der"), "en"
    elif _DATIVES.intersection(before):
        article, ending = ("dem" if is_male else "der"), "en"
    elif _ACCUSATIVES.intersection(before):
        article, ending = ("den" if is_male else "die"), "en" if is_male else "e"
    else:
        article, ending = ("der" if is_male else "die"), "e"
    ordinal = words.ordinal(number, ending)
    stop = "." if not text_after(match).strip() else ""
    return f"{name} {article} {ordinal[0].upper()}{ordinal[1:]}{stop}"


def _say_numeral(match: re.Match[str], context: Context) -> str | None:
    """Read a numeral behind what is numbered: Kapitel IV -> Kapitel vier."""
    return words.cardinal(str(_value(match.group()))) if word_before(match) in TABLES.words("before_numerals") else None


def _value(numeral: str) -> int:
    """Return the value of a Roman numeral.

    >>> _value("XIV")
    14
    """
    values = [_NUMERALS[char] for char in numeral]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _say_address(match: re.Match[str], context: Context) -> str | None:
    said = (
        match.group()
        .replace("@", " at ")
        .replace(".", " Punkt ")
        .replace("-", " Strich ")
        .replace("/", " Schrägstrich ")
    )
    return re.sub(r"\d+", lambda digits: f" {words.cardinal(digits[0])} ", said).replace("_", " Unterstrich ").strip()


RULES: tuple[Rule, ...] = (
    make_rule(
        "address.web",
        rf"(?:[A-Za-z\d_-]+[.@]){{1,4}}(?:{_DOMAINS})(?:/[\w-]{{1,40}}){{0,4}}(?![\w.@]\w|\w)",
        _say_address,
        (DOTTED,),
        example="www.hafen.de -> www Punkt hafen Punkt de",
        locale="de-DE",
    ),
    make_rule(
        "abbreviation.known",
        rf"(?:{'|'.join(map(_pattern, sorted(_FORMS, key=len, reverse=True)))})(?!\w)",
        _say_abbreviation,
        _starts(),
        example="Abs. 2 -> Absatz zwei",
        locale="de-DE",
    ),
    make_rule(
        "roman.monarch",
        r"(?P<name>[A-ZÄÖÜ][a-zäöüß]+) (?P<numeral>[IVXL]{1,6})\.(?!\w)",
        _say_monarch,
        {*_MONARCHS, *(f"{name}s" for name in _MONARCHS)},
        example="Paul II. -> Paul der Zweite.",
        locale="de-DE",
    ),
    make_rule(
        "roman.numeral",
        r"[IVXL]{1,6}(?![\w.])",
        _say_numeral,
        (CAPITALS,),
        example="Kapitel IV -> Kapitel vier",
        locale="de-DE",
    ),
    make_rule(
        "letters.capitals",
        r"[A-ZÄÖÜ][A-ZÄÖÜa-z]{1,5}(?![^\W\d_₀-₉])",
        _say_capitals,
        (CAPITALS,),
        example="EU-Kommission -> E U-Kommission",
        locale="de-DE",
    ),
)
