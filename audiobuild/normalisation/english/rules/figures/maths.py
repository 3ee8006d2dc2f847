"""Sums, sizes and versions: 3 × 4 = 12 -> three times four equals twelve (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use
from audiobuild.normalisation.english.lexis.noun_phrases import noun_follows
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.figures.ranges import SUM_ASKED
from audiobuild.normalisation.english.rules.forms import NUMBER, RAISED, spoken_number, unit_name
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    ATTACHED,
    DIGIT,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_before,
)

_OPERATORS = load_map("maths_signs")

_TERM = rf"(?:{NUMBER}[xyzabnijqruvw]?|[xyznabc])(?:[²³]|\^\d)?(?![\w²³^])"
_SIGN = r"[-+−–=<>≤≥×·]"
_SHOWS_LETTER = (
    rf"(?=\d[\d,.]{{0,20}}(?:[a-z](?!\w)|[²³^]|\s?{_SIGN}\s?-?\d{{0,6}}[a-z](?![a-z]))"
    rf"|[a-z](?:[²³]|\^\d|(?=\s?{_SIGN})))"
)
"""What a sum must have near its start: most numbers have no letter with them, and are passed over at once."""
_MULTIPLIED = LatePattern(rf"\b{one_of('maths', 'multiplied')}\b[^.;]{{0,20}}$")
_RECKONED = LatePattern(rf"\b{one_of('maths', 'reckoned')}\b")


def _say_equation(match: re.Match[str], context: Context) -> str | None:
    """Read a sum with its result operator by operator."""
    parts = re.findall(rf"{NUMBER}|[^\s\d.,]", match.group())
    return " ".join(_OPERATORS.get(part) or spoken_number(part, context) for part in parts)


def _say_algebra(match: re.Match[str], context: Context) -> str | None:
    """Read terms with an unknown in them: 3x + 7 = 22 -> three x plus seven equals twenty-two."""
    written = match.group()
    if (
        (repeated := re.fullmatch(r"(\d{1,2})x", written))
        and text_before(match).endswith(" (")
        and re.match(r"(?: [A-Za-z-]{4,20}){0,3}\)", text_after(match))
    ):
        return f"{words.cardinal(repeated[1])} {'time' if repeated[1] == '1' else 'times'}"
    parts = re.findall(rf"({_TERM})|([^\s\d.,])", written)
    terms = [term for term, _ in parts if term]
    if not any(re.search("[a-z]", term) for term in terms) or not _is_algebra(match, terms):
        return None
    said = " ".join(_OPERATORS[sign] if sign else _said_term(term, context) for term, sign in parts)
    before = word_before(match).lower()
    if before == "let":
        return said.replace(" is ", " be ")
    if before not in load_use("maths", "no-clause"):
        return said
    for verb, bare in load_map("bare_comparisons").items():
        said = said.replace(verb, bare)
    return said


def _is_algebra(match: re.Match[str], terms: list[str]) -> bool:
    """Say whether a sign between the terms, or what stands beside them, shows that they are reckoned with."""
    if len(terms) > 1 and re.search("[=+<>≤≥]", match.group()):
        return True
    if re.search(r"[=+<>≤≥(]\s?$", text_before(match)) or re.match(r"\s?[=+<>≤≥)]", text_after(match)):
        return bool(re.search(r"\d[a-z]|[²³^]", match.group()))
    return len(terms) > 1 and bool(_RECKONED.search(text_before(match)))


def _said_term(term: str, context: Context) -> str:
    found = re.fullmatch(rf"({NUMBER})?([a-z])?([²³]|\^\d)?", term)
    if found is None:
        return term
    number, letter, power = found.groups()
    said = [spoken_number(number, context)] if number else []
    said += [letter] if letter else []
    if power:
        digit = power.translate(RAISED).strip("^")
        said.append({"2": "squared", "3": "cubed"}.get(digit) or f"to the power of {words.cardinal(digit)}")
    return " ".join(said)


def _say_function(match: re.Match[str], context: Context) -> str | None:
    """Read f(x) as f of x."""
    argument = match["argument"]
    return f"{match['name']} of {argument if argument.isalpha() else spoken_number(argument, context)}"


def _say_by(match: re.Match[str], context: Context) -> str | None:
    """Read the x between a screw's thread and its length: M3 x 8 mm."""
    return "by" if re.search(r"(?<!\w)(?:[A-Z]\d{1,2}|\d\s?(?:lbs?|kg|ft|in)\.?) $", text_before(match)) else None


def _say_times_sum(match: re.Match[str], context: Context) -> str | None:
    """Read 5 x $3 as five times three dollars."""
    return f"{spoken_number(match['first'], context)} times"


def _say_bracket(match: re.Match[str], context: Context) -> str | None:
    """Read 4(x + 2) as four times what stands in the brackets."""
    return f"{spoken_number(match['first'], context)} times "


def _said_side(side: str, context: Context) -> str:
    """Say a length, with the fraction that may stand behind it: 36¼."""
    part = load_map("fractions").get(side[-1])
    if part is None:
        return spoken_number(side, context)
    return f"{spoken_number(side[:-1], context)} and {part.replace('one ', 'a ')}"


def _say_dimensions(match: re.Match[str], context: Context) -> str | None:
    sides = re.split(r"[x×X]", match["sides"])
    if match["sides"] == "80x86" or sides[1:] == ["0"]:  # families of processors: 680x0
        return f"{words.paired(sides[0])} X {words.cardinal(sides[1])}"
    if len(sides) == 2 and sides[0] in load_use("maths", "pixels") and not match["unit"]:
        return " by ".join(map(words.paired, sides))
    before = text_before(match)
    equals = re.match(r"\s?=", text_after(match)) or re.search(r"\d\s?=\s?$", before)
    is_product = SUM_ASKED.search(before) or ((equals or _MULTIPLIED.search(before)) and not match["unit"])
    joint = " times " if is_product else " by "
    said = joint.join(_said_side(part.strip(), context) for part in sides)
    unit = match["unit"]
    if match["several"]:
        return words.plural(said)
    return f"{said} {unit_name(unit, context, plural=not noun_follows(match))}" if unit else said


def _say_version_letter(match: re.Match[str], context: Context) -> str | None:
    return f"version {' point '.join(words.cardinal(part, context.locale) for part in match['number'].split('.'))}"


def _say_version(match: re.Match[str], context: Context) -> str | None:
    return " point ".join(
        words.two_digit_year(part)
        if len(part) == 2
        else words.cardinal(part, context.locale)
        if len(part) < 3
        else words.digit_by_digit(part)
        for part in match.group().split(".")
    )


def _say_grade(match: re.Match[str], context: Context) -> str | None:
    """Read the minus of a grade: BBB- -> B B B minus."""
    if not re.search(r"(?<!\w)(?:[A-D]|A{2,3}|B{2,3}|C{2,3})$", text_before(match)):
        return None
    goes_on = words_pattern(r"\sWORDS\s[A-Z]-[a-z]", "forms", "joints").match(text_after(match))
    return None if goes_on else " minus"


def _say_tolerance(match: re.Match[str], context: Context) -> str | None:
    """Read the sign alone; what follows is left to the rules for numbers, sums and measures."""
    return "plus or minus"


_DIMENSIONS = rf"""
    (?<!\d,)(?P<sides>{NUMBER}[¼½¾⅓⅔⅛⅜⅝⅞]?(?:(?:\s?[x×]\s?|\sX\s){NUMBER}[¼½¾⅓⅔⅛⅜⅝⅞]?){{1,3}})
    (?:(?:\s?|-)(?P<unit>{one_of("maths", "dimensions")})(?!(?<=in)\s\d)
        (?:(?<=in|ft)\.(?=\s[a-z]|[,;:)]))?  # the stop of a shortened unit
    )?
    (?P<several>(?<=\d)s)?  # 2x4s
    (?![\w⁻⁺^/]|\s?[⁻⁺⁰-⁹]|[\s-]\d{{1,2}}/\d)  # no power, and no fraction, behind it
"""


def _say_factorial(match: re.Match[str], context: Context) -> str | None:
    """Read the mark behind a number that is multiplied by all below it: 3! = 6."""
    return f"{words.cardinal(match['number'], context.locale)} factorial"


def _say_hybrid(match: re.Match[str], context: Context) -> str | None:
    """Leave the sign out before the name of a hybrid, which is no English word: Citrus × sinensis."""
    is_hybrid = word_before(match).istitle() and not is_english_word(match["name"])
    return "" if is_hybrid else None


RULES: tuple[Rule, ...] = (
    make_rule(
        "maths.hybrid",
        r"× ?(?=(?P<name>[a-z]{4,20}))",
        _say_hybrid,
        "×",
        example="Citrus × sinensis -> Citrus sinensis",
    ),
    make_rule(
        "maths.factorial",
        r"(?P<number>\d{1,3})!(?=\s?[=×÷/≈]\s?\d)",
        _say_factorial,
        (DIGIT,),
        behind="!",
        example="3! = 6 -> three factorial equals six",
    ),
    make_rule("maths.tolerance", r"\+/[-−–]", _say_tolerance, ("+",), example="+/- -> plus or minus"),
    make_rule(
        "grade.rating-minus", r"(?<=[A-D])[-−](?=[\s,.;:)]|$)", _say_grade, ("-", "−"), example="BBB- -> B B B minus"
    ),
    make_rule(
        "maths.equation",
        rf"{NUMBER}(?:\s?[-+−–×x*÷/]\s?{NUMBER}){{1,6}}\s?[=≠≈≤≥<>]\s?-?{NUMBER}",
        _say_equation,
        (DIGIT,),
        behind=" *+,./x-",
        example="12-5=7 -> twelve minus five equals seven",
    ),
    make_rule(
        "maths.algebra",
        rf"(?<![A-Za-z]-){_SHOWS_LETTER}{_TERM}(?:\s?[-+−–=<>≤≥×·]\s?-?{_TERM}){{0,8}}",
        _say_algebra,
        (DIGIT, "x", "y", "z", "n"),
        example="(n=4) -> (n equals four)",
    ),
    make_rule("maths.by", r"[x×](?=\s\d)", _say_by, ("x", "×"), example="(M3 x 8 -> (M three by eight"),
    make_rule(
        "maths.function",
        r"(?P<name>[fghFG])\((?P<argument>[a-z]|-?\d{1,3})\)",
        _say_function,
        ("f", "g", "h", "F", "G"),
        example="f(x) -> f of x",
    ),
    make_rule(
        "maths.bracket",
        r"(?P<first>\d{1,4})(?=\((?:\d{1,4}[a-z]?|[xyzabn])[²³]?\s?[-+−–]\s?[\dxyzabn])",
        _say_bracket,
        (DIGIT,),
        behind="(",
        example="4(x + 2) -> four times (x plus two)",
    ),
    make_rule(
        "maths.times-money",
        rf"(?P<first>{NUMBER})\s?[x×](?=\s?[$£€]\s?\d)",
        _say_times_sum,
        (DIGIT,),
        behind=" ,.x",
        example="5 x $3 -> five times three dollars",
    ),
    make_rule(
        "version.letter",
        r"v(?:\.(?: (?=\d{1,3}\.\d{1,4}\.\d))?)?(?P<number>\d{1,3}(?:\.\d{1,4}){0,4})(?!\w)",
        _say_version_letter,
        (ATTACHED, "v"),
        example="v1.2.3 -> version one point two point three",
    ),
    make_rule(
        "maths.dimensions",
        _DIMENSIONS,
        _say_dimensions,
        (DIGIT,),
        flags=re.VERBOSE,
        behind=" ,.x",
        example="9×9 -> nine by nine",
    ),
    make_rule(
        "version.figures",
        r"\d{1,5}(?:\.\d{1,5}){2,}+(?!\w)",
        _say_version,
        (DIGIT,),
        behind=".",
        example="5.1.2 -> five point one point two",
    ),
)
