"""Openings and headings in capitals: typography that becomes ordinary words (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech.context import Context
from audiobuild.speech.rule import LINE, Rule, make_rule, text_before
from audiobuild.speech.rules.letters import is_pronounceable, spoken_capitals
from audiobuild.speech.rules.roman import roman_value, spoken_roman
from audiobuild.speech.tables import load_map, load_words

_WORD = r"[A-ZÀ-ÖØ-Þ]+(?:[’'][A-ZÀ-ÖØ-Þ]+)*+(?:s(?![\w]))?"
_RUN = rf"{_WORD}(?:(?:[,;:]?\s|-|\.\s(?=[A-Z]+\s)){_WORD}){{0,60}}(?![\w&]|\.\w|-\d|[’']\w)"
_TOKEN = re.compile(rf"({_WORD})")
_AFTER_THESE_A_NAME = frozenset(
    "MR MRS MS DR SIR LADY LORD DAME SAINT ST PRESIDENT KING QUEEN POPE PRINCE PROFESSOR GENERAL".split()
)
_TITLES = {"MR": "Mister", "MRS": "Missus", "DR": "Doctor", "ST": "Saint", "MS": "Ms"}


def _say_lead_in(match: re.Match[str], context: Context) -> str | None:
    """Speak a run of capitals word by word; None where it is but one initialism."""
    run = match.group()
    tokens = _TOKEN.findall(run)
    if len(tokens) == 1 and not _is_opening_word(tokens[0], match, context):
        return None
    if all(len(token) == 1 or (len(token) == 2 and token[1] == "s") for token in tokens):
        return None
    if not any(_is_ordinary(token, context) for token in tokens):
        return None
    fresh = _starts_sentence(match)
    said: list[str] = []
    done = 0
    previous = ""
    for token in _TOKEN.finditer(run):
        gap = run[done : token.start()]
        said.append(gap)
        said.append(_spoken_word(token.group(), previous, context, first=fresh or ". " in gap))
        fresh = False
        previous, done = token.group(), token.end()
    spoken = "".join(said)
    return spoken[0].upper() + spoken[1:] if _starts_sentence(match) else spoken


def written_lead_in(text: str, context: Context) -> str:
    """Turn an opening in capitals to ordinary words, initialisms as written.

    >>> written_lead_in("IN THE EU few agree", Context())
    'In the EU few agree'
    """
    rule = RULES[0]
    match = rule.pattern.match(text)
    spoken = rule.say(match, context) if match else None
    if match is None or spoken is None:
        return text
    said = spoken
    for token in _TOKEN.findall(match.group()):
        spelt = " ".join(token)
        if len(token) > 1 and spelt in said:
            said = said.replace(spelt, token, 1)
    return said + text[match.end() :]


def _starts_sentence(match: re.Match[str]) -> bool:
    before = text_before(match).rstrip(" \"“‘'(")
    return not before or before[-1] in ".?!:"


def _is_opening_word(token: str, match: re.Match[str], context: Context) -> bool:
    """Say whether a single word in capitals is the whole opening: "WHEN Donald Trump"."""
    if context.long_form(token) or token in load_words("spelt") or token in load_map("acronyms"):
        return False
    if token == "IS":
        following = re.match(r"\s([a-z]+)", match.string[match.end() : match.end() + 20])
        return following is None or following[1] in load_words("function_words")
    lower = re.split(r"[’']", token)[0].lower()
    goes_on = text_before(match).strip() != "" and is_pronounceable(token)
    if len(token) == 1 or (
        len(token) < (4 if goes_on else 6) and lower not in load_words("plain_words") | load_words("function_words")
    ):
        return False
    return _is_ordinary(token, context)


def _is_ordinary(token: str, context: Context) -> bool:
    """Say whether a word in capitals is no initialism."""
    bare = re.split(r"[’']", token)[0]
    lower = bare.lower()
    if lower in load_words("plain_words"):
        return bare not in load_words("spelt") or bare in {"IT", "US", "WHO", "AM"}
    if bare in load_words("spelt") or bare in load_map("acronyms") or context.long_form(bare):
        return False
    if (
        bare.capitalize() in load_words("names")
        or bare.capitalize() in context.names
        or lower in load_words("function_words")
    ):
        return True
    return len(bare) >= 4 and not bare.islower() and (len(bare) > 5 or is_pronounceable(bare)) and bare[-1] != "s"


def _spoken_word(token: str, previous: str, context: Context, *, first: bool) -> str:
    bare, mark, tail = re.match(r"([^’']+)([’']?)(.*)", token, re.DOTALL).groups()  # type: ignore[union-attr]
    if token == "I" or (bare == "I" and mark):
        return f"I{mark}{tail.lower()}"
    if bare in {"O", "D"} and mark and len(tail) > 2:
        return f"{bare}{mark}{tail.capitalize()}"
    ending = f"{mark}{tail.lower()}"
    if bare in _TITLES:
        return _TITLES[bare] + ending
    name = bare.capitalize()
    if bare in {"MAY", "MARCH"} and previous in {
        "IN",
        "LAST",
        "NEXT",
        "SINCE",
        "UNTIL",
        "EARLY",
        "LATE",
        "OF",
        "BY",
        "THIS",
    }:
        return name + ending
    behind_first_name = previous.capitalize() in load_words("first_names") and not _is_known(bare)
    named = previous in _AFTER_THESE_A_NAME or name in context.names or name in load_words("names")
    if (named or behind_first_name) and not _is_initialism(bare, previous, context):
        return name + ending
    if (
        roman_value(bare)
        and previous
        and previous.capitalize() in load_words("monarchs") | {"War", "Part", "Chapter"}
        and len(bare) + len(previous) > 2
    ):
        return spoken_roman(bare, previous.capitalize()) + ending
    if _is_initialism(bare, previous, context):
        plural = bare[-1] == "s"
        return spoken_capitals(bare[:-1] if plural else bare, context) + ("s" if plural else "") + ending
    return (name if first else bare.lower()) + ending


def _is_known(bare: str) -> bool:
    return bare.lower() in load_words("plain_words") or bare.lower() in load_words("function_words")


def _is_initialism(bare: str, previous: str, context: Context) -> bool:
    if len(bare) < 2:
        return False
    if bare == "US":
        return previous in {"THE", "A", "THIS", "EVERY", "EACH", "ANOTHER", "MOST", "SOME"}
    if bare == "IT":
        return len(previous) > 1 and previous not in {"IT", "US"} and _is_initialism(previous, "", context)
    if bare == "IS":
        return previous in {"OF", "BY", "AGAINST", "FROM"} and context.long_form("IS") is not None
    if bare == "WHO":
        return previous == "THE"
    return not _is_ordinary(bare, context)


RULES: tuple[Rule, ...] = (make_rule("lead-in", _RUN, _say_lead_in, (LINE,)),)
