"""Punctuation and symbols: dashes become pauses, quotation marks go, what has a name is named (layer 1, pure)."""

from __future__ import annotations

import re
import unicodedata

from audiobuild.speech import words
from audiobuild.speech.context import Context
from audiobuild.speech.rule import ANY_SYMBOL, ATTACHED, CAPITALS, DOTTED, Rule, make_rule, text_after, text_before
from audiobuild.speech.tables import load_map, load_words

_SYMBOLS = load_map("symbols")
_GREEK = load_map("greek")
_ELISIONS = re.compile(r"[’‘'](?:tis|twas|em|til|cause|n[’']?|bout|cos|round|im|er|e|un)(?![\w])", re.IGNORECASE)
_KEPT_PREFIX = load_words("kept_prefixes")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")


def _pause(match: re.Match[str], context: Context) -> str | None:
    """Turn a dash or an ellipsis into a comma; behind other punctuation, or at an edge, into nothing."""
    spaced, after = text_before(match).rstrip("\"“”‘’'"), text_after(match)
    before = spaced.rstrip(" \"“”‘’'")
    if not before or before[-1] in ",;:.?!(":
        return "" if not after or spaced.endswith(" ") or after[0] in " \n,.;:?!)" or not before else " "
    if not after.strip():
        return "." if "." in match.group() or "…" in match.group() else ""
    if after[0] in ",;:?!)":
        return ""
    if after[0] in "”’\"'" and after[1:2] in {"", " ", "\n"}:
        return ","
    return ", "


def _drop(match: re.Match[str], context: Context) -> str | None:
    """Leave the mark out; capitals on both sides of it stay apart."""
    text, start, end = match.string, match.start(), match.end()
    parts = start > 0 and text[start - 1].isupper() and text[end : end + 1].isupper()
    return " " if parts else ""


def _say_double_quote(match: re.Match[str], context: Context) -> str | None:
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    return " " if before.isalnum() and after.isalnum() else ""


def _say_single_quote(match: re.Match[str], context: Context) -> str | None:
    """Tell a quotation mark from an apostrophe: the one goes, the other stays."""
    text, start = match.string, match.start()
    mark = match.group()
    before, after = text[start - 1 : start] if start else "", text[start + 1 : start + 2]
    if before.isalnum() and (after.isalnum() or after == "-"):
        return "’" if mark == "‘" else mark
    if before == "." and re.match(r"['’]s(?!\w)", text[start : start + 3]):
        return mark
    if re.search(r"(?:^|\s)['’‘]n$", text_before(match, 4)) and after == " ":
        return mark
    if after == "n" and re.match(r"['’‘]n['’](?=\s)", text[start : start + 4]):
        return "’" if mark == "‘" else mark
    if _ELISIONS.match(text, start) and not before.isalnum() and not _closes_later(text, start):
        return "’" if mark == "‘" else mark
    if before.isalnum() and _is_possessive(text, start, mark):
        return mark
    if before.isdigit() and mark in "’'":
        return ""
    return ""


def _closes_later(text: str, start: int) -> bool:
    """Say whether a quotation that would open here is closed before the line ends."""
    window = text[start + 1 : start + 200].split("\n", 1)[0]
    return bool(re.search(r"[\w.,!?][’'](?!\w)", window)) and text[start] != "’"


def _is_possessive(text: str, start: int, mark: str) -> bool:
    """Say whether a mark behind a letter is an apostrophe: no quotation is open, or a plural's possessive."""
    window = text[max(0, start - 300) : start]
    window = window[window.rfind("\n") + 1 :]
    if mark in "’‘":
        opened = window.rfind("‘")
        is_open = (
            opened >= 0 and not re.search(r"’(?!\w)", window[opened:]) and not window[opened + 1 : opened + 2].isdigit()
        )
    else:
        opens = len(re.findall(r"(?:^|[\s(“\"])'(?=\w)", window))
        closes = len(re.findall(r"[\w.,!?]'(?!\w)", window))
        is_open = opens > closes
    following = text[start + 1 : start + 2]
    if not is_open:
        return True
    if text[start - 1] in "sx" and following == " ":
        rest = text[start + 1 : start + 200].split("\n", 1)[0]
        return mark != "'" and bool(re.match(r"\s[a-z]", rest)) and bool(re.search(r"’(?!\w)", rest))
    return False


def _say_hyphen(match: re.Match[str], context: Context) -> str | None:
    """Join what a hyphen joins: covid-19 -> covid nineteen, but mid-1990s keeps its hyphen."""
    text, start = match.string, match.start()
    before, after = text[start - 1 : start] if start else "", text[start + 1 : start + 2]
    if before == " " or before == "" or before == "\n":
        return "-" if after.isalpha() and before == " " else ""
    if after.isalnum() or after == "#":
        return "-"
    return "-" if before.isalnum() and after == " " else ""


def _say_attached(match: re.Match[str], context: Context) -> str | None:
    """Say a number that hangs on a word: covid-19 -> covid nineteen."""
    before = word_before_hyphen(match)
    if before.lower() in _KEPT_PREFIX or (
        len(match["digits"]) == 4 and match["digits"][:2] in {"18", "19", "20", "17"} and not match["plural"]
    ):
        return None
    said = words.paired(match["digits"]) if not match["decimals"] else words.number(match["digits"] + match["decimals"])
    if match["plural"]:
        said = words.plural(said)
    return f" {said}"


def word_before_hyphen(match: re.Match[str]) -> str:
    """Return the letters right before the match."""
    found = re.search(r"[^\W\d_]+$", text_before(match, 24))
    return found.group() if found else ""


def _say_slash(match: re.Match[str], context: Context) -> str | None:
    """Read a stroke between words as "or", after a quantity as "per"."""
    before, after = text_before(match), text_after(match)
    word = re.search(r"[\w’']+$", before)
    following = re.match(r"[\w’']+", after)
    if word is None or following is None:
        return "" if not (before.endswith(" ") and after.startswith(" ")) else "or"
    pair = f"{word.group().lower()}/{following.group().lower()}"
    known = load_map("strokes").get(pair)
    if known is not None:
        return f" {known} " if known else " "
    if word.group()[0].isdigit() or following.group()[0].isdigit():
        return " slash "
    if word.group()[1:].islower() and following.group()[0].islower():
        return " or "
    return " "


def _say_letter_pair(match: re.Match[str], context: Context) -> str | None:
    """Read single letters about a stroke as letters: p/e -> P E."""
    known = {"w/o": "without", "a/c": "account", "n/a": "not applicable"}.get(match.group().lower())
    return known or words.letters(match.group().replace("/", ""))


def _say_between_words(match: re.Match[str], context: Context) -> str | None:
    name = _SYMBOLS.get(match.group())
    if name is None:
        return None
    if match.group() in "→⇒" and not text_before(match).strip():
        return ""
    if name == "per cent" and context.american:
        name = "percent"
    text, start, end = match.string, match.start(), match.end()
    before = text[start - 1 : start] if start else ""
    after = text[end : end + 1]
    head = "" if not before or before.isspace() or before in "(" else " "
    tail = "" if not after or after.isspace() or after in ",.;:?!)" else " "
    return f"{head}{name}{tail}"


def _say_plus(match: re.Match[str], context: Context) -> str | None:
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    after = match.string[match.end() : match.end() + 1]
    if not before.strip() and not after.strip():
        return "plus"
    return f"{' ' if before.strip() else ''}plus{' ' if after.isalnum() else ''}"


def _say_hash(match: re.Match[str], context: Context) -> str | None:
    if match.string[match.end() : match.end() + 1].isdigit():
        return "number "
    return ""


def _say_asterisk(match: re.Match[str], context: Context) -> str | None:
    before, after = text_before(match), text_after(match)
    if re.search(r"\d\s?$", before) and re.match(r"\s?\d", after):
        return " times " if not before.endswith(" ") else "times"
    return "star " if re.match(r"\.[a-z]", after) else ""


def _say_approx(match: re.Match[str], context: Context) -> str | None:
    return "about " if re.match(r"\s?[\d$£€]", text_after(match)) else ""


def _say_to(match: re.Match[str], context: Context) -> str | None:
    return " to "


def _say_grade(match: re.Match[str], context: Context) -> str | None:
    """Read the minus of a school mark, as in "an A-"; a hyphen that hangs on before another word is none."""
    if re.match(r"\s(?:and|or|to)\s\S+-", text_after(match)):
        return None
    return " minus"


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
    power = match["power"]
    named = {"2": " squared", "3": " cubed"}.get(power)
    return named or f" to the power of {words.number(power)}"


_EXPONENTS = {"²": "squared", "³": "cubed"}


def _say_superscript(match: re.Match[str], context: Context) -> str | None:
    """Say an exponent behind a letter, a bracket or a number; elsewhere it is a footnote's mark."""
    digits = match.group().translate(_SUPERSCRIPTS)
    before = text_before(match)
    if not re.search(r"(?:\d|\)|(?:^|[\s(=+−-])[a-zA-Z])$", before):
        return ""
    if digits == "2":
        return " squared"
    if digits == "3":
        return " cubed"
    if not digits.lstrip("+-"):
        return ""
    return f" to the power of {words.number(digits) if digits.lstrip('+-').isdigit() else ''}"


def _say_greek(match: re.Match[str], context: Context) -> str | None:
    text, end = match.string, match.end()
    name = _GREEK[match.group()]
    return f"{name} " if text[end : end + 1].isalnum() else name


def _say_last(match: re.Match[str], context: Context) -> str | None:
    """Name a symbol that nothing else claimed, or drop it, so that every text can be spoken."""
    char = match.group()
    category = unicodedata.category(char)
    if category[0] in "LM":
        return char
    value = unicodedata.numeric(char, None)
    if value is not None:
        return (
            f" {words.number(f'{value:g}' if value != int(value) else str(int(value)))} "
            if "e" not in f"{value:g}"
            else ""
        )
    return _SYMBOLS.get(char, "")


_GREEK_TOKENS = frozenset(_GREEK)
_OPERATORS = frozenset("\\=×÷±<>≤≥≠≈∼∞√∑∏∫∂∆∇∈∝∴∵→⇒↔%‰°$£€¥₹¢§¶№¬∧∨♯♭♮♠♣♥♦♂♀−@") & frozenset(_SYMBOLS)


def _say_underscore(match: re.Match[str], context: Context) -> str | None:
    text, start, end = match.string, match.start(), match.end()
    return " " if start and text[start - 1].isalnum() and text[end : end + 1].isalnum() else ""


def _say_markup(match: re.Match[str], context: Context) -> str | None:
    """Say the name of a tag that the text speaks about: <label> -> label."""
    return match["name"]


RULES: tuple[Rule, ...] = (
    make_rule("markup", r"</?(?P<name>[A-Za-z]{1,20}+)\s?/?>", _say_markup, "<"),
    make_rule("underscore", r"_+", _say_underscore, "_"),
    make_rule("pause", r"\s?(?:[—–―]\s?)+", _pause, "—–"),
    make_rule("pause", r"…(?:\s?\.)*\s?|\.(?:\s?\.){2,}+\s?", _pause, "…."),
    make_rule("pause", r"--+\s?|(?<=\s)-\s", _pause, "-"),
    make_rule("range", r"(?<=[mM.])-(?=noon|midnight|\d)", _say_to, "-"),
    make_rule("grade", r"(?<=\b[A-F])-(?=[\s.,;:?!]|$)", _say_grade, "-"),
    make_rule("quotation mark", r"[“”\"„«»]|``|''(?!\w)", _say_double_quote, "“”\"„«»`'"),
    make_rule("quotation mark", r"[‘’']", _say_single_quote, "‘’'"),
    make_rule(
        "attached number",
        r"(?<=[^\W\d_])-(?P<digits>\d{1,5})(?P<decimals>\.\d{1,3})?(?P<plural>s?)(?![\w%]|[,.]\d)",
        _say_attached,
        "-",
    ),
    make_rule("hyphen", r"-", _say_hyphen, "-"),
    make_rule("sharp", r"[A-G]#(?!\w)", _say_sharp, (CAPITALS,)),
    make_rule("and", r"&(?!\w{1,8};)", _say_between_words, "&"),
    make_rule("plus", r"\+", _say_plus, "+"),
    make_rule("stroke", r"/", _say_slash, "/"),
    make_rule("letter pair", r"[A-Za-z]/[A-Za-z](?![\w/])", _say_letter_pair, (DOTTED,)),
    make_rule("number sign", r"#", _say_hash, "#"),
    make_rule("times", r"\*", _say_asterisk, "*"),
    make_rule("about", r"~", _say_approx, "~"),
    make_rule("power", r"(?P<base>[A-Za-z]{1,3})(?P<power>[²³])(?!\w)", _say_power, (ATTACHED,)),
    make_rule("power", r"(?P<base>[A-Za-z]{1,3})\^\(?(?P<power>[-−]?\d{1,4})\)?", _say_letter_power, (DOTTED,)),
    make_rule("power", r"\^\(?(?P<power>[-−]?\d{1,4})\)?", _say_caret, "^"),
    make_rule("power", r"[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", _say_superscript, "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹"),
    make_rule("Greek", "[" + "".join(_GREEK) + "]", _say_greek, _GREEK_TOKENS),
    make_rule("editorial mark", r"\[\d{1,3}\]|[\[\]{}|^`■□▪●•◆▶†‡※]", _drop, "[]{}|^`■□▪●•◆▶†‡※"),
    make_rule("symbol", "[" + re.escape("".join(sorted(_OPERATORS))) + "]", _say_between_words, _OPERATORS),
    make_rule("last resort", r"[^\w\s.,;:?!()]", _say_last, (ANY_SYMBOL,)),
)
