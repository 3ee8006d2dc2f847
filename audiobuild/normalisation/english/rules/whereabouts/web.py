"""What only machines write: addresses, handles, hashtags, telephone and other numbers (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.english.rules.short_forms.capitals import is_pronounceable
from audiobuild.normalisation.english.rules.short_forms.letters import split_camel, split_name
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    ATTACHED,
    CAPITALS,
    DIGIT,
    DOTTED,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
)

_TLD = "|".join(sorted(load_words("top_level_domains"), key=lambda name: (-len(name), name)))
_HOST = rf"(?:[A-Za-z0-9][\w-]{{0,40}}\.){{1,5}}(?:{_TLD}|AI|ON|IO)(?![\w-])(?!\.\w)"
_ANY_HOST = r"(?:[A-Za-z0-9][\w-]{0,40}\.){1,5}[A-Za-z]{2,24}(?![\w-])(?!\.\w)"
"""A host whatever its last part, where what stands before it shows that it is one."""
_PATH = r"(?::\d{2,5})?(?:/[\w./?=&%#~+:@,;$!*'()-]{0,200}(?<![.,;:!?)'’]))?/?"
_ADDRESS = (
    rf"(?:(?P<scheme>https?|ftp)://(?:{_HOST}|\w[\w.-]{{0,80}}+(?=[/:\s.,;)]|$))|www\.{_ANY_HOST}|{_HOST}){_PATH}"
)
_MARKS = load_map("web_marks")
_SPELT_IN_HOSTS = load_words("spelt") - {word.upper() for word in load_words("plain_words")}
_SPELT_IN_BODIES = _SPELT_IN_HOSTS | {"OIG", "USPS"}
_PART = LatePattern(r"[A-Za-z]+|\d+|.")


def spelt_address(address: str, context: Context) -> str:
    """Say an address part by part: example.org/a -> example dot org slash a."""
    said: list[str] = []
    host = re.split("/", address, maxsplit=1)[0]
    official = host.endswith((".gov", ".mil"))
    for found in _PART.finditer(address):
        part = found.group()
        if part.isalpha():
            in_host = host.find("@") < found.start() < len(host)
            word = _address_word(part, context, in_host=in_host)
            initials = official and in_host and word == part.lower() and _is_initials(word)
            said.append(words.letters(word) if initials else word)
        elif part.isdecimal():
            said.append(_address_number(part, context))
        elif part in _MARKS:
            said.append(_MARKS[part])
    return " ".join(said)


def _is_initials(word: str) -> bool:
    """Say whether a name of a public body in its own address is made of initials: uspsoig, bfelob, eop."""
    if word in {"gov", "mil"} or is_english_word(word) or word.upper() in load_map("acronyms"):
        return False
    if len(word) < 4 or word.upper() in _SPELT_IN_BODIES:
        return True
    if any(
        word[:at].upper() in _SPELT_IN_BODIES and word[at:].upper() in _SPELT_IN_BODIES
        for at in range(2, len(word) - 1)
    ):
        return True
    opening = re.match("[^aeiouy]*", word).group()  # type: ignore[union-attr]
    holds_word = any(is_english_word(word[at:]) for at in range(1, len(word) - 3))
    return len(word) < 7 and not holds_word and not is_pronounceable(f"{opening}a".upper())


def _address_word(part: str, context: Context, *, in_host: bool = True) -> str:
    lower = part.lower()
    listed = lower in load_words("plain_words") or lower in load_words("function_words")
    if not in_host and part == lower and listed and lower != "ie":
        return part
    known = load_map("address_words").get(lower)
    if known:
        return known
    small = load_table("small_caps").get(lower, ("", "the"))
    if small[1:] != ("the",):
        return small[0]
    if not part.islower():
        return split_camel(part, context)
    is_name = in_host and len(part) > 3 and lower not in load_words("file_endings")
    row = load_map("acronyms").get(part.upper(), part) if is_name else part
    if row.lower() != lower:
        return row
    if parts := split_name(part):
        return parts
    if len(part) == 4 and set(lower).isdisjoint("aeiouy"):
        return words.letters(lower)
    if len(part) <= 3 and (set(lower).isdisjoint("aeiouy") or lower in load_use("web", "spelt-parts")):
        return words.letters(lower)
    if (
        in_host
        and not is_english_word(lower)
        and len(part) == 3
        and (not is_pronounceable(part.upper()) or part.upper() in _SPELT_IN_HOSTS)
    ):
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
    return spelt_address(rest, context)


def _say_ending(match: re.Match[str], context: Context) -> str | None:
    return f"dot {_address_word(match['ending'], context)}"


def _say_whole(match: re.Match[str], context: Context) -> str | None:
    return spelt_address(match.group(), context)


def _say_path(match: re.Match[str], context: Context) -> str | None:
    """Read a path on its own, as in "the endpoint /users/list"."""
    before = match.string[match.start() - 1 : match.start()] if match.start() else " "
    if re.match(r"(?: [a-z]{1,2})+/", text_after(match)):
        return None  # sounds of a language, between strokes
    return spelt_address(match.group(), context) if before in " (\n“‘\"'" else None


def _say_forum(match: re.Match[str], context: Context) -> str | None:
    return f"{match['kind'].upper()} slash {_split_camel(match['name'], context)}"


def _say_scheme(match: re.Match[str], context: Context) -> str | None:
    return f"{words.letters(match['scheme'])} colon slash slash"


def _say_handle(match: re.Match[str], context: Context) -> str | None:
    name = _split_camel(match["name"], context)
    return name if word_before(match).lower() == "at" else f"at {name}"


def _split_camel(name: str, context: Context) -> str:
    """Part the words of a tag: MeToo -> Me Too."""
    parts = re.findall(r"\d+|[^\W\d_]+", name)
    if parts and re.fullmatch(r"[1-9]\d?00", parts[0]):
        parts[0] = words.cardinal(parts[0], context.locale)
    return " ".join(
        _address_number(part, context) if part.isdecimal() else split_camel(part, context) for part in parts
    )


def _say_hashtag(match: re.Match[str], context: Context) -> str | None:
    """Say a name of letters and plain digits."""
    return _split_camel(match["name"], context) if f"_{match['name']}".isidentifier() else None


def _say_ip(match: re.Match[str], context: Context) -> str | None:
    parts = match["address"].split(".")
    if any(int(part) > 255 for part in parts):
        return None
    said = " dot ".join(
        words.cardinal(part, context.locale) if len(part) < 3 else words.digit_by_digit(part) for part in parts
    )
    return f"{said} colon {words.digit_by_digit(match['port'])}" if match["port"] else said


def _say_port(match: re.Match[str], context: Context) -> str:
    """Read the port of a computer: localhost:8080."""
    return f" colon {words.digit_by_digit(match['port'])}"


def _say_card(match: re.Match[str], context: Context) -> str | None:
    return ", ".join(words.digit_by_digit(group) for group in re.split(r"[ -]", match.group()))


_BEFORE_CODES = load_use("web", "before-codes", "dialling")


def _say_code_after(match: re.Match[str], context: Context) -> str | None:
    """Read a number digit by digit behind a word that announces a code."""
    if not match.start() or word_after(match) in load_words("count_nouns"):
        return None
    if len(match.group()) > 5 and re.search(r"\w_?[a-z]=$", text_before(match)):
        return words.digit_by_digit(match.group(), oh=not is_american(context))
    if word_before(match).lower().rstrip(":") in _BEFORE_CODES:
        return words.digit_by_digit(match.group(), oh=not is_american(context))
    return None


_FILE_ENDING = "|".join(sorted(load_words("file_endings"), key=lambda name: (-len(name), name)))
_FILE = rf"[A-Za-z0-9][\w-]{{0,40}}+\.(?:tar\.)?(?:{_FILE_ENDING})(?!\w)"


def _say_odd_name(match: re.Match[str], context: Context) -> str | None:
    return load_map("odd_names")[match.group()]


_ODD_NAMES = load_map("odd_names")
_OPENS_ADDRESS = LatePattern(r"[\w.+-]{1,64}(?:@|://)[^\s<>]{1,200}>")
_CLOSES_ADDRESS = LatePattern(r"<[\w.+-]{1,64}(?:@|://)[^\s<>]{1,200}$")


def _say_angle(match: re.Match[str], context: Context) -> str | None:
    """Put common brackets in place of the angles about an address."""
    if match.group() == "<":
        return "(" if _OPENS_ADDRESS.match(match.string, match.end()) else None
    return ")" if _CLOSES_ADDRESS.search(text_before(match)) else None


RULES: tuple[Rule, ...] = (
    make_rule(
        "web.angle",
        r"[<>]",
        _say_angle,
        "<>",
        example="Ann <ann@example.org> wrote -> Ann (ann at example dot org) wrote",
    ),
    make_rule(
        "web.odd-name",
        rf"(?:{alternatives(list(_ODD_NAMES))})(?!\w)",
        _say_odd_name,
        {start[0] for start in map(re.compile(r"[A-Za-z]+[^\w]").match, _ODD_NAMES) if start} | {ATTACHED},
        example="SARS-CoV-2 -> Sars Cov two",
    ),
    make_rule(
        "web.email",
        rf"[\w.+-]{{1,64}}+@{_ANY_HOST}",
        _say_whole,
        (CAPITALS, ATTACHED, DIGIT, DOTTED),
        behind="A-Za-z0-9+.@_-",
        example="editor@example.org -> editor at example dot org",
    ),
    make_rule(
        "web.file",
        _FILE,
        _say_whole,
        (DIGIT, CAPITALS, ATTACHED, DOTTED),
        behind="A-Za-z0-9._-",
        example="data.csv -> data dot C S V",
    ),
    make_rule(
        "web.address",
        _ADDRESS,
        _say_address,
        (DIGIT, CAPITALS, ATTACHED, DOTTED, "http", "https", "www", "ftp"),
        example="JD.com -> J D dot com",
    ),
    make_rule(
        "web.forum",
        r"(?P<kind>[ru])/(?P<name>[A-Za-z]\w{2,30})(?![\w/])",
        _say_forum,
        ("r", "u"),
        example="r/AskReddit -> R slash Ask Reddit",
    ),
    make_rule(
        "web.scheme",
        r"(?P<scheme>https?|ftp)://(?![\w])",
        _say_scheme,
        ("http", "https", "ftp"),
        example="https:// -> H T T P S colon slash slash",
    ),
    make_rule(
        "web.path",
        r"/[A-Za-z][\w-]{0,40}+(?:/[\w-]{1,40}+){0,8}(?:\.\w{1,5})?(?![\w/])",
        _say_path,
        ("/",),
        example="the endpoint /users/list -> the endpoint slash users slash list",
    ),
    make_rule(
        "web.ending", rf"\.(?P<ending>{_TLD}|{_FILE_ENDING})(?!\w|\.\w)", _say_ending, (".",), example=".com -> dot com"
    ),
    make_rule(
        "web.cashtag",
        r"\$(?=[A-Z]{1,5}(?:\.[A-Z])?(?![\w$]))",
        lambda match, context: "",
        ("$",),
        behind="$",
        example="$AAPL fell -> A A P L fell",
    ),
    make_rule("web.hashtag", r"#(?P<name>\d{0,4}[^\W\d]\w{0,60})", _say_hashtag, ("#",), example="#MeToo -> Me Too"),
    make_rule(
        "web.handle",
        r"(?<![\w.])@(?P<name>_{0,9}[A-Za-z]\w{0,30})",
        _say_handle,
        ("@",),
        example="@elonmusk -> at elonmusk",
    ),
    make_rule(
        "web.ip-address",
        r"(?P<address>\d{1,3}(?:\.\d{1,3}){3})(?::(?P<port>\d{2,5}))?(?![\w.]\d|\w)",
        _say_ip,
        (DIGIT,),
        behind=".",
        example="192.168.1.1 -> one nine two dot one six eight dot one dot one",
    ),
    make_rule(
        "web.port",
        r"(?<=\blocalhost):(?P<port>\d{2,5})(?!\w|[.,:]\d)",
        _say_port,
        ":",
        example="at localhost:8080 -> at localhost colon eight zero eight zero",
    ),
    make_rule(
        "card.number",
        r"\d{4}([ -])\d{4}(?:\1\d{4}){1,3}(?!\d)",
        _say_card,
        (DIGIT,),
        behind=" -",
        example="4111 1111 1111 1111 -> four one one one, one one one one, one one one one, one one one one",
    ),
    make_rule(
        "code.called", r"\d{3,12}(?![\w.,]\d|\w)", _say_code_after, (DIGIT,), example="call 111 -> call one one one"
    ),
)
