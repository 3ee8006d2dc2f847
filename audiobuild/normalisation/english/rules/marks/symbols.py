"""Symbols: what has a name is named, what has none goes (layer 1, pure)."""

from __future__ import annotations

import re
import unicodedata

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS, noun_follows
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import RAISED
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    ANY_SYMBOL,
    ATTACHED,
    CAPITALS,
    DOTTED,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
)

_SYMBOLS = load_map("symbols")
_GREEK = load_map("greek")
_GREEK_CAPITALS = frozenset(letter.upper() for letter in _GREEK)
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def _say_between_words(match: re.Match[str], context: Context) -> str | None:
    name = _SYMBOLS[match.group()]
    if match.group() in "→⇒" and not text_before(match).strip():
        return ""
    if name == "per cent" and is_american(context):
        name = "percent"
    text, start, end = match.string, match.start(), match.end()
    before = text[start - 1 : start]
    after = text[end : end + 1]
    head = "" if before.isspace() or before in "(" or before == match.group() else " "
    tail = "" if after.isspace() or after in ",.;:?!)" else " "
    return f"{head}{name}{tail}"


def _say_sections(match: re.Match[str], context: Context) -> str | None:
    """Read the sign that is doubled before several sections."""
    return "sections "


def _say_currency(match: re.Match[str], context: Context) -> str | None:
    """Name a currency by its sign: the £ -> the pound; with another one behind a stroke, the $/€ rate."""
    currencies = load_table("currencies")
    names = [currencies[sign][0] for sign in match.group().split("/") if sign in currencies]
    if len(names) == 2:
        counted = re.search(r"\d $", text_before(match)) is not None
        return f"{currencies[match.group()[0]][1]} per {names[1]}" if counted else "-".join(names)
    return names[0] if word_before(match).lower() in _BEFORE_ONE else None


_BEFORE_ONE = DETERMINERS | load_use("symbols", "before-one")


def _say_plus(match: re.Match[str], context: Context) -> str | None:
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    return f"{' ' if before.strip() else ''}plus{' ' if after.isalnum() else ''}"


_PRESSED = LatePattern(rf"\b{one_of('telephones', 'dialling')}\b.{{0,40}}\bthen $", re.IGNORECASE)


def _say_hash(match: re.Match[str], context: Context) -> str | None:
    if match.string[match.end() : match.end() + 1].isdigit():
        return "number "  # what follows is read by the rule for codes where it is long
    before = word_before(match).lower()
    if before[-1:].isalpha() and re.match(r" [A-Z]{0,3}\d", text_after(match)):
        return "number"
    if before.isdigit() and text_before(match)[-1:].isdigit():
        return " pound" if noun_follows(match) else " pounds"
    if not text_before(match).endswith(" ") or not re.match(r"[ .,;:?!)]|$", text_after(match)):
        return ""
    if _PRESSED.search(text_before(match)) or word_after(match) in load_use("symbols", "keys"):
        return "pound" if is_american(context) else "hash"
    return "number" if before in DETERMINERS else ""


def _say_grade(match: re.Match[str], context: Context) -> str:
    """Read the best mark of a school, and the star that is named like it."""
    return "A stars" if match["several"] else "A star"


def _say_asterisk(match: re.Match[str], context: Context) -> str | None:
    before, after = text_before(match), text_after(match)
    if before.rstrip(" ")[-1:].isdigit() and re.match(r"\s?\d", after):
        return " times " if not before.endswith(" ") else "times"
    return "star " if re.match(r"\.[a-z]", after) else ""


def _say_approx(match: re.Match[str], context: Context) -> str | None:
    after = text_after(match)
    if not re.match(r"\s?[\d$£€]", after):
        return ""
    return "about"


def _say_sharp(match: re.Match[str], context: Context) -> str | None:
    """Read a musical key or a programming language: C# -> C sharp."""
    return f"{match.group()[0]} sharp"


def _say_power(match: re.Match[str], context: Context) -> str | None:
    base = match["base"]
    return f"{base if len(base) == 1 else words.letters(base).lower()} {_EXPONENTS[match['power']]}"


def _say_letter_power(match: re.Match[str], context: Context) -> str | None:
    base = " ".join(match["base"])
    power = {"2": "squared", "3": "cubed"}.get(match["power"]) or f"to the power of {words.number(match['power'])}"
    return f"{base} {power}"


def _say_caret(match: re.Match[str], context: Context) -> str | None:
    named = {"2": " squared", "3": " cubed"}.get(match["power"])
    return named or f" to the power of {words.number(match['power'])}"


_BASE = LatePattern(rf"(?:[\d){''.join(_GREEK)}]|(?<![^\W\d_{''.join(_GREEK)}])(?<![’'])[a-zA-Z])$")
"""What a raised figure is a power of: a number, a bracket, a letter that stands for a quantity."""
_EXPONENTS = {"²": "squared", "³": "cubed"}


def _say_superscript(match: re.Match[str], context: Context) -> str | None:
    """Say an exponent behind a letter, a bracket or a number; elsewhere it is a footnote's mark."""
    digits = match.group().translate(RAISED)
    before = text_before(match)
    if not _BASE.search(before):
        return ""
    if digits == "2":
        return " squared"
    if digits == "3":
        return " cubed"
    return f" to the power of {words.number(digits)}"


def _say_greek(match: re.Match[str], context: Context) -> str | None:
    text, end = match.string, match.end()
    name = _GREEK[match.group()]
    return f"{name} " if text[end : end + 1].isalnum() else name


def _say_subscript(match: re.Match[str], context: Context) -> str | None:
    """Say a figure set low behind a letter or a figure: nothing that is attached to one is dropped."""
    before = match.string[match.start() - 1 : match.start()]
    return f" {words.number(match.group().translate(_SUBSCRIPTS))}" if before.isalnum() or before == ")" else ""


_ADORNMENTS = (
    "\u2190-\u21ff\u2300-\u23ff\u2400-\u25ff\u2700-\u27bf\u2900-\u297f\u2b00-\u2bff"  # arrows, keys, shapes, dingbats
    "\U0001f000-\U0001faff〰〽㊗㊙"  # pictures
    "☀-☄★☆☎☑☔☕☘☝☠☢☣☦☪☮☯☸☹☺♈-♓♟♨♻♾♿⚒-⚗⚙⚛⚜⚠⚡⚧⚪⚫⚰⚱⚽⚾⛄⛅⛈⛎⛏⛑⛓⛔⛩⛪⛰-⛵⛷-⛺⛽"  # emoji among the old symbols
)
"""Blocks of Unicode, and single characters, that are pictures and printers' ornaments.

Source: Unicode, emoji-data.txt, property Emoji.
"""


_ADORNS = LatePattern(f"[{_ADORNMENTS}]")


def _say_decoration(match: re.Match[str], context: Context) -> str | None:
    """Leave out what adorns a text and says nothing: an emoji, a bullet, a mark of a language that is not ours."""
    char = match.group()
    if char in _SYMBOLS:
        return None
    return (
        ""
        if unicodedata.category(char)[0] == "P" or unicodedata.category(char) == "Sk" or _ADORNS.match(char)
        else None
    )


def _say_last(match: re.Match[str], context: Context) -> str | None:
    """Name a symbol that nothing else claimed, or drop it, so that every text can be spoken."""
    char = match.group()
    return char if unicodedata.category(char)[0] in "LM" else _SYMBOLS.get(char, "")


_GREEK_TOKENS = frozenset(_GREEK)
_OPERATORS = frozenset("\\=×÷±<>≤≥≡≠≈∼∞√∑∏∫∂∆∇∈∉∪∩∅⊂⊆∝∴∵→⇒↔%‰°$£€¥₹¢§¶№¬∧∨♯♭♮♠♣♥♦♂♀−@") & frozenset(_SYMBOLS)


def _say_markup(match: re.Match[str], context: Context) -> str | None:
    """Say the name of a tag that the text speaks about: <label> -> label."""
    return match["name"]


def _say_speaker_mark(match: re.Match[str], context: Context) -> str | None:
    """Leave out the mark at the start of a line that shows a new speaker in captions."""
    return None if text_before(match).strip() else ""


def _say_hyphened_letters(match: re.Match[str], context: Context) -> str | None:
    """Read single letters and their hyphens that stand for words: y-o-y, (l-r)."""
    said = load_table("letter_chains").get(match.group().lower())
    if said is None or (match.group() in {"l-r", "L-R"} and text_after(match)[:1] not in {":", ")", ","}):
        return None
    return said[-1] if is_american(context) else said[0]


def _say_greek_letters(match: re.Match[str], context: Context) -> str | None:
    """Read Greek capitals that stand together, as societies of students do: ΦΒΚ -> phi beta kappa."""
    return " ".join(_GREEK.get(letter.lower(), "") for letter in match.group())


def _say_grades(match: re.Match[str], context: Context) -> str | None:
    """Read several marks of a school of which one has a star: A*AA, A/A*, A*-C."""
    joint = {"/": " or ", "-": " to ", "–": " to "}
    said = ""
    for mark in re.findall(r"A\*|[A-G]|[/–-]", match.group()):
        said += joint.get(mark) or f" {mark.replace('*', ' star')}"
    return " ".join(said.split())


def _say_numero(match: re.Match[str], context: Context) -> str | None:
    """Read the sign of a number as other languages write it: Nº 5."""
    return "number"


RULES: tuple[Rule, ...] = (
    make_rule(
        "symbol.greek-letters",
        r"[Α-Ω]{2,3}(?!\w)",
        _say_greek_letters,
        _GREEK_CAPITALS,
        example="the ΦΒΚ club -> the phi beta kappa club",
    ),
    make_rule(
        "symbol.letter-chain",
        r"[A-Za-z]-(?:on?-|to-)?[A-Za-z](?![\w-])",
        _say_hyphened_letters,
        (DOTTED,),
        behind="-",
        example="up 3% y-o-y -> up three per cent year on year",
    ),
    make_rule(
        "symbol.markup",
        r"</?(?P<name>[A-Za-z]{1,20}+)\s?/?>",
        _say_markup,
        "<",
        example="the <label> tag -> the label tag",
    ),
    make_rule("symbol.speaker-mark", r">>+\s?", _say_speaker_mark, ">", example=">> Good evening. -> Good evening."),
    make_rule("symbol.sharp", r"[A-G]#(?!\w)", _say_sharp, (CAPITALS,), behind="#", example="in C# -> in C sharp"),
    make_rule("symbol.and", r"&(?!\w{1,8};)", _say_between_words, "&", example="this & that -> this and that"),
    make_rule("symbol.plus", r"\+", _say_plus, "+", example="Disney+ -> Disney plus"),
    make_rule(
        "money.currency-sign",
        r"(?<!\w)[$£€¥₹](?:/[$£€¥₹])?(?!\w)",
        _say_currency,
        "$£€¥₹",
        example="it fell against the £. -> it fell against the pound.",
    ),
    make_rule(
        "symbol.numero", r"[Nn]\.?[º°](?=\s?\d)", _say_numero, ("N", "n"), behind=".º°", example="Nº 5 -> number five"
    ),
    make_rule("symbol.number", r"#", _say_hash, "#", example="#1 -> number one"),
    make_rule(
        "grade.stars-and-letters",
        r"(?=[A-G/–-]{0,4}A\*)(?=A\*[A-G/–-]|[A-G])(?:A\*|[A-G])(?:[/–-]?(?:A\*|[A-G])){1,4}(?![\w*])",
        _say_grades,
        (CAPITALS,),
        behind="*/A-G–-",
        example="A*AA -> A star A A",
    ),
    make_rule("grade.star", r"A\*(?P<several>s)?(?![\w*])", _say_grade, "A", behind="*", example="A*s -> A stars"),
    make_rule("symbol.asterisk", r"\*", _say_asterisk, "*", example="study* -> study"),
    make_rule("symbol.about", r"~", _say_approx, "~", example="~ 50 -> about fifty"),
    make_rule(
        "power.raised",
        r"(?P<base>[A-Za-z]{1,3})(?P<power>[²³])(?!\w)",
        _say_power,
        (ATTACHED,),
        behind="²³",
        example="πr² -> pi r squared",
    ),
    make_rule(
        "power.letter-and-caret",
        r"(?P<base>[A-Za-z]{1,3})\^\(?(?P<power>[-−]?\d{1,4})\)?",
        _say_letter_power,
        (DOTTED,),
        behind=r"\^",
        example="mc^2 -> m c squared",
    ),
    make_rule(
        "power.caret", r"\^\(?(?P<power>[-−]?\d{1,4})\)?", _say_caret, "^", example="(a+b)^2 -> (a plus b) squared"
    ),
    make_rule("power.superscript", r"[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", _say_superscript, "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", example="plan.³ -> plan."),
    make_rule(
        "symbol.greek",
        f"[{''.join(_GREEK)}](?=[A-Za-z]{{0,2}}(?![^\\W\\d_²³]))",
        _say_greek,
        _GREEK_TOKENS,
        example="γ-rays -> gamma-rays",
    ),
    make_rule("symbol.sections", r"§§\s?", _say_sections, "§", example="§§ 3-5 -> sections three to five"),
    make_rule(
        "symbol.operator",
        "[" + re.escape("".join(sorted(_OPERATORS))) + "]",
        _say_between_words,
        _OPERATORS,
        example="(2015=100) -> (twenty fifteen equals one hundred)",
    ),
    make_rule("symbol.subscript", r"[₀₁₂₃₄₅₆₇₈₉]+", _say_subscript, "₀₁₂₃₄₅₆₇₈₉", example="(a+b)₂ -> (a plus b) two"),
    make_rule("symbol.decoration", r"[^\w\s.,;:?!()]", _say_decoration, (ANY_SYMBOL,), example="day ☀️ -> day"),
    make_rule("symbol.last-resort", r"[^\w\s.,;:?!()]", _say_last, (ANY_SYMBOL,), example="a ∐ b -> a b"),
)
