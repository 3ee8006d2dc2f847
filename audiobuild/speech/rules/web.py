"""What only machines write: addresses, handles, hashtags, telephone and other numbers (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech import words
from audiobuild.speech.context import Context
from audiobuild.speech.rule import ATTACHED, CAPITALS, DIGIT, DOTTED, Rule, make_rule, word_after, word_before
from audiobuild.speech.rules.letters import split_camel
from audiobuild.speech.tables import load_map, load_table, load_words

_TLD = "|".join(sorted(load_words("top_level_domains"), key=lambda name: (-len(name), name)))
_HOST = rf"(?:[A-Za-z0-9][\w-]{{0,40}}\.){{1,5}}(?:{_TLD}|AI|ON|IO)(?![\w-])(?!\.\w)"
_PATH = r"(?::\d{2,5})?(?:/[\w./?=&%#~+:@,;$!*'()-]{0,200}(?<![.,;:!?)'’]))?/?"
_ADDRESS = rf"(?:(?P<scheme>https?|ftp)://)?{_HOST}{_PATH}"
_MARKS = {
    ".": "dot",
    "/": "slash",
    "-": "dash",
    "_": "underscore",
    "@": "at",
    ":": "colon",
    "?": "question mark",
    "=": "equals",
    "&": "and",
    "#": "hash",
    "%": "per cent",
    "+": "plus",
    "~": "tilde",
}
_PART = re.compile(r"[A-Za-z]+|\d+|.")


def _spelt_address(address: str, context: Context) -> str:
    said: list[str] = []
    for part in _PART.findall(address):
        if part.isalpha():
            said.append(_address_word(part, context))
        elif part.isdigit():
            said.append(_address_number(part, context))
        elif part in _MARKS:
            said.append(_MARKS[part])
    return " ".join(said)


def _address_word(part: str, context: Context) -> str:
    lower = part.lower()
    known = load_map("address_words").get(lower)
    if known:
        return known
    small = load_table("small_caps").get(lower, ("", "the"))
    if small[1:] != ("the",):
        return small[0]
    if not part.islower():
        return split_camel(part, context)
    if len(part) == 4 and set(lower).isdisjoint("aeiouy"):
        return words.letters(lower)
    if len(part) <= 3 and (set(lower).isdisjoint("aeiouy") or lower in {"uk", "us", "eu", "io", "ai", "ie"}):
        return words.letters(lower)
    return part


def _address_number(digits: str, context: Context) -> str:
    if len(digits) == 4 and digits[:2] in {"19", "20"}:
        return words.year(digits, context.locale)
    return (
        words.cardinal(digits, context.locale) if len(digits) < 3 and digits[0] != "0" else words.digit_by_digit(digits)
    )


def _say_address(match: re.Match[str], context: Context) -> str | None:
    address = match.group()
    if match["scheme"] is None and not re.search(r"[/@]|^www\.", address):
        _host, _, tail = address.rpartition(".")
        if tail[0].isupper() and not tail.isupper():
            return None
    rest = re.sub(r"^(?:https?|ftp)://", "", address).rstrip("/")
    return _spelt_address(rest, context)


def _say_ending(match: re.Match[str], context: Context) -> str | None:
    return f"dot {_address_word(match['ending'], context)}"


def _say_email(match: re.Match[str], context: Context) -> str | None:
    return _spelt_address(match.group(), context)


def _say_handle(match: re.Match[str], context: Context) -> str | None:
    return f"at {_split_camel(match['name'], context)}"


def _split_camel(name: str, context: Context) -> str:
    """Part the words of a tag: MeToo -> Me Too."""
    parts = re.findall(r"\d+|[^\W\d_]+", name)
    return " ".join(_address_number(part, context) if part.isdigit() else split_camel(part, context) for part in parts)


def _say_hashtag(match: re.Match[str], context: Context) -> str | None:
    return _split_camel(match["name"], context)


def _say_file(match: re.Match[str], context: Context) -> str | None:
    return _spelt_address(match.group(), context)


def _say_phone(match: re.Match[str], context: Context) -> str | None:
    number = match.group()
    groups = re.findall(r"\d+", number)
    digits = "".join(groups)
    if not 7 <= len(digits) <= 15:
        return None
    if not (
        number[0] in "+(" or number.startswith("0") or re.fullmatch(r"1?[-. ]?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}", number)
    ):
        before = word_before(match).lower().rstrip(":")
        if before not in {
            "call",
            "phone",
            "telephone",
            "tel",
            "on",
            "at",
            "ring",
            "dial",
            "text",
            "number",
            "fax",
            "mobile",
        }:
            return None
        if " " not in number and "-" not in number:
            return None
    oh = not context.american
    said = " ".join(words.digit_by_digit(group, oh=oh) for group in groups)
    return f"plus {said}" if number[0] == "+" else said


def _say_ip(match: re.Match[str], context: Context) -> str | None:
    parts = match.group().split(".")
    if any(int(part) > 255 for part in parts):
        return None
    return " dot ".join(
        words.cardinal(part, context.locale) if len(part) < 3 else words.digit_by_digit(part) for part in parts
    )


def _say_card(match: re.Match[str], context: Context) -> str | None:
    return ", ".join(words.digit_by_digit(group) for group in re.split(r"[ -]", match.group()))


_DIALLING = frozenset(
    "dial dials dialed dialled dialling dialing call calls called calling ring rang phone phoned text".split()
)


def _say_code_after(match: re.Match[str], context: Context) -> str | None:
    """Read a number digit by digit behind a word that announces a code."""
    if word_after(match) in load_words("count_nouns"):
        return None
    if (
        word_before(match).lower().rstrip(":")
        in {"pin", "code", "zip", "extension", "ext", "password", "isbn", "postcode"} | _DIALLING
    ):
        return words.digit_by_digit(match.group(), oh=not context.american)
    return None


_FILE = rf"[A-Za-z0-9][\w-]{{0,40}}+\.(?:{'|'.join(sorted(load_words('file_endings')))})(?!\w)"

RULES: tuple[Rule, ...] = (
    make_rule("address", rf"[\w.+-]{{1,64}}+@{_HOST}", _say_email, (CAPITALS, ATTACHED, DIGIT, DOTTED)),
    make_rule("file", _FILE, _say_file, (DIGIT, CAPITALS, ATTACHED, DOTTED)),
    make_rule("address", _ADDRESS, _say_address, (DIGIT, CAPITALS, ATTACHED, DOTTED, "http", "https", "www", "ftp")),
    make_rule("address", rf"\.(?P<ending>{_TLD})(?![\w.])", _say_ending, (".",)),
    make_rule("hashtag", r"#(?P<name>[A-Za-z_]\w{0,60})", _say_hashtag, ("#",)),
    make_rule("handle", r"(?<![\w.])@(?P<name>[A-Za-z_]\w{0,30})", _say_handle, ("@",)),
    make_rule("IP address", r"\d{1,3}(?:\.\d{1,3}){3}(?![\w.]\d|\w)", _say_ip, (DIGIT,)),
    make_rule("card number", r"\d{4}([ -])\d{4}(?:\1\d{4}){1,3}(?!\d)", _say_card, (DIGIT,)),
    make_rule(
        "telephone",
        r"\+?\(?\d{1,5}\)?(?:[ .-]\(?\d{2,8}\)?){1,5}(?![\w%]|[.,]\d|-\d|\s?(?:bn|m|k|km|per)\b)",
        _say_phone,
        (DIGIT, "+", "("),
    ),
    make_rule("code", r"\d{3,12}(?![\w.,]\d|\w)", _say_code_after, (DIGIT,)),
)
