"""Openings and headings in capitals: typography that becomes ordinary words (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.rules.dates_and_times.weekdays import CAPITAL_SHORT
from audiobuild.normalisation.english.rules.forms import CAPITAL, CAPITAL_LABELS
from audiobuild.normalisation.english.rules.numerals.roman import spoken_generation, spoken_roman
from audiobuild.normalisation.english.rules.one_case.capital_names import (
    PROPER,
    belongs_to_name,
    is_computing,
    is_given,
    is_known,
    is_listed,
    is_numbered_one,
    is_speaker,
    proper_word,
)
from audiobuild.normalisation.english.rules.one_case.contractions import NEGATED
from audiobuild.normalisation.english.rules.short_forms.capitals import (
    FINITE,
    VOWELS,
    is_listed_initialism,
    is_pronounceable,
    sense_of,
    spoken_capitals,
)
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    CAPITALS,
    LINE,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
)

_WORD = (
    rf"(?!(?:{CAPITAL_SHORT}|{CAPITAL_LABELS})\.?\s\d)"
    rf"(?:Ma?c(?=[A-Z]{{2}}))?{CAPITAL}+(?:[’'ʿʾ]{CAPITAL}+)*+(?:s(?![\w]))?"
)
_RUN = (
    rf"{_WORD}(?:(?:[,;:]?\s|-|\.\s(?=[A-Z]+\s)){_WORD}){{0,60}}(?![\w&]|\.\w|(?<!MID)-\d|[’']\w)"
    r"(?:(?<= [JS]R)\.(?=\s[a-z]|,))?"
)
CAPITAL_RUN = LatePattern(_RUN)
"""Words in capitals that follow each other."""
_TOKEN = LatePattern(rf"({_WORD})")
_AFTER_THESE_A_NAME = load_use("leadin", "after-these-a-name")
TITLES = load_map("capital_titles")
_NAMES = load_words("names", "short_names")


_RATHER_WORDS = load_use("leadin", "rather-words")
"""Initialisms that an opening rather means as words."""


def _say_lead_in(match: re.Match[str], context: Context) -> str | None:
    """Speak a run of capitals word by word; None where it is but one initialism."""
    run = match.group()
    tokens = _TOKEN.findall(run)
    if len(tokens) == 1 and not _is_opening_word(tokens[0], match, context):
        return None
    if all(len(token) == 1 for token in tokens):
        return None
    if not any(is_ordinary(token, context) for token in tokens):
        return None
    if is_numbered_one(tokens) and text_after(match, 2).lstrip()[:1] in {".", ":", "—"}:
        return f"{tokens[0].capitalize()} one"
    return _spoken_run(match, context)


def _spoken_run(match: re.Match[str], context: Context) -> str:
    """Speak capitals word by word, each by its neighbours."""
    run = match.group()
    parts: list[str] = []
    done, previous = 0, ""
    for token, spoken in spoken_tokens(run, context, behind=text_after(match, 1), fresh=_starts_sentence(match)):
        gap = run[done : token.start()]
        parts += (gap.lstrip(".") if previous in TITLES else gap, spoken)
        previous, done = token.group(), token.end()
    spoken = "".join(parts)
    return spoken[0].upper() + spoken[1:] if _starts_sentence(match) else spoken


def spoken_tokens(run: str, context: Context, *, behind: str, fresh: bool) -> Iterator[tuple[re.Match[str], str]]:
    """Speak each word of a run of capitals, judging by its neighbours.

    Args:
        behind: The character behind the run.
        fresh: Whether a sentence starts with the run.
    """
    proper = {place for phrase in PROPER.finditer(run.lower()) for place in range(phrase.start(), phrase.end())}
    done = 0
    previous = ""
    given = False
    for token in _TOKEN.finditer(run):
        gap = run[done : token.start()]
        word, following = token.group(), _following(run, token.end())
        opens = fresh or gap.endswith((". ", ": "))
        if gap == ". " and previous not in TITLES:
            previous = ""
        if token.start() in proper and word not in load_use("leadin", "within-names"):
            yield token, proper_word(word, context)
        elif word == "IT" and is_computing(previous, following):
            yield token, "I T"
        elif word == "IT" and following.lower() in load_use("noun_phrases", "auxiliaries"):
            yield token, "It" if opens else "it"
        elif word == "IS" and run[token.end() : token.end() + 1] == "-":
            yield token, "I S"
        elif belongs_to_name(word, previous, following, context):
            yield token, word.lower() if word.lower() in load_words("name_particles") else word.capitalize()
        elif _joins_place(run, token):
            yield token, word.lower()
        elif _is_joined(run + behind, token):
            yield token, word.capitalize() if opens else word.lower()
        elif is_given(word, following, context, opens=fresh or previous in _AFTER_THESE_A_NAME) or given:
            given = not given
            yield token, word.capitalize()
        else:
            yield token, _spoken_word(word, previous, context, first=opens)
        fresh = False
        previous, done = word, token.end()


def _joins_place(run: str, token: re.Match[str]) -> bool:
    """Say whether a small foreign word stands between the hyphens of a place: PORT-AU-PRINCE."""
    tied = run[token.start() - 1 : token.start()] == "-" == run[token.end() : token.end() + 1]
    return tied and token.group() in load_use("leadin", "between-hyphens")


def _is_joined(run: str, token: re.Match[str]) -> bool:
    """Say whether a hyphen makes a word of short capitals: MID-SIZED, CO-OPERATION, ADD-ONS."""
    word = token.group()
    before, after = run[token.start() - 1 : token.start()], run[token.end() : token.end() + 1]
    if after == "-" and word in load_use("leadin", "prefixes"):
        return True
    return before == "-" and word in load_use("leadin", "particles")


def _following(run: str, end: int) -> str:
    """Return the next word of the run."""
    following = _TOKEN.search(run, end)
    return re.split("[’']", following.group())[0] if following else ""


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
    if token == "WHO" and word_after(match) in load_use("leadin", "done-by-bodies") and "?" not in text_after(match):
        return False
    if sense_of(token, match) or (token in {"WHO", "IS"} and word_after(match) in load_words("body_nouns")):
        return False
    if token == "IS":
        following = re.match(r"\s([a-z]+)", match.string[match.end() : match.end() + 20])
        return following is None or (following[1] in load_words("function_words") and following[1] not in FINITE)
    lower = re.split(r"[’']", token)[0].lower()
    if lower.capitalize() in load_words("short_names") or is_speaker(lower.capitalize(), match, context):
        return True
    goes_on = text_before(match).strip() != "" and is_pronounceable(token)
    if len(token) == 1 or (len(token) < (4 if goes_on else 6) and not is_known(lower)):
        return False
    return is_ordinary(token, context)


def is_ordinary(token: str, context: Context) -> bool:
    """Say whether a word in capitals is no initialism."""
    bare, _, tail = token.replace("’", "'").partition("'")
    if bare in {"O", "D"} and len(tail) > 3:
        return True
    lower = bare.lower()
    if lower in load_words("plain_words"):
        return bare not in load_words("spelt") or bare in _RATHER_WORDS
    if bare in load_words("spelt") or bare in load_map("acronyms") or context.long_form(bare):
        return False
    if (
        bare.capitalize() in _NAMES
        or bare.capitalize() in context.names
        or lower in load_words("function_words")
        or (len(bare) > 2 and bare.isupper() and is_english_word(lower))
    ):
        return True
    if len(bare) < 4 or bare[-1] == "s" or (bare.startswith("US") and not is_pronounceable(bare)):
        return False
    return is_pronounceable(bare) or len(bare) > 5 or (len(bare) == 5 and not VOWELS.isdisjoint(bare[1:]))


def _spoken_word(token: str, previous: str, context: Context, *, first: bool) -> str:
    bare, mark, tail = re.match(r"([^’']+)([’']?)(.*)", token, re.DOTALL).groups()  # type: ignore[union-attr]
    if token == "I" or (bare == "I" and mark):
        return f"I{mark}{tail.lower()}"
    if scots := re.match(r"Ma?c(?=[A-Z])", bare):
        return f"{scots.group()}{bare[scots.end() :].capitalize()}{mark}{tail.lower()}"
    if NEGATED.fullmatch(token):
        return token.capitalize() if first else token.lower()
    if bare in {"O", "D"} and mark and len(tail) > 2:
        return f"{bare}{mark}{tail.capitalize()}"
    return f"{_spoken_stem(bare, previous, context, first=first)}{mark}{tail.lower()}"


def _spoken_stem(bare: str, previous: str, context: Context, *, first: bool) -> str:
    """Say a word in capitals, without what an apostrophe joins to it, by what it is: a title, a name, a numeral."""
    if bare in TITLES:
        return TITLES[bare]
    if bare == "XI" and previous.lower() in load_use("leadin", "before-elevens"):
        return "eleven"
    name = bare.capitalize()
    if bare in {"MAY", "MARCH"} and previous in load_words("before_months"):
        return name
    if len(bare) > 1 and roman_value(bare) and previous.capitalize() in load_words("monarchs"):
        return spoken_roman(bare, previous.capitalize())
    before = previous.capitalize()
    behind_first_name = (before in load_words("first_names") or before in load_words("short_names")) and (
        not is_known(bare) or name in load_words("surnames")
    )
    if previous in _AFTER_THESE_A_NAME and name in _NAMES and context.long_form(bare) is None:
        return name
    named = previous in _AFTER_THESE_A_NAME or name in context.names or name in _NAMES
    if behind_first_name and not is_listed(bare, context):
        return name
    if named and not _is_initialism(bare, previous, context):
        return name
    if previous and bare in load_use("roman", "certain"):
        return spoken_roman(bare, previous.capitalize()) if is_known(previous) else spoken_generation(bare)
    if (
        roman_value(bare)
        and previous
        and previous.capitalize() in load_words("monarchs") | {"War", "Part", "Chapter"}
        and len(bare) + len(previous) > 2
    ):
        return spoken_roman(bare, previous.capitalize())
    if _is_initialism(bare, previous, context):
        plural = bare[-1] == "s"
        return spoken_capitals(bare[:-1] if plural else bare, context) + ("s" if plural else "")
    if len(bare) == 1 and bare not in "AOST":
        return bare
    return name if first or (len(bare) > 1 and not is_known(bare)) else bare.lower()


def _is_initialism(bare: str, previous: str, context: Context) -> bool:
    if len(bare) < 2:
        return False
    if bare == "US":
        return not previous or previous in load_use("leadin", "before-us")
    if bare == "IT":
        return len(previous) > 1 and previous not in {"IT", "US"} and _is_initialism(previous, "", context)
    if bare == "IS":
        return previous in load_use("leadin", "before-is") and context.long_form("IS") is not None
    if bare == "WHO":
        return previous == "THE" or is_listed_initialism(previous)
    if bare in load_use("leadin", "foreign-articles"):
        return False
    return not is_ordinary(bare, context)


def _say_place(match: re.Match[str], context: Context) -> str | None:
    """Read the place in a line such as "Nov 4th 2026 | ALICE SPRINGS" as a name."""
    run = match.group()
    return _TOKEN.sub(lambda token: _place_word(token, context), run)


def _place_word(token: re.Match[str], context: Context) -> str:
    word = token.group()
    if word in load_words("spelt") or (len(word) < 4 and not any(letter in "AEIOUY" for letter in word)):
        return spoken_capitals(word, context)
    is_particle = token.start() > 0 and word.lower() in load_words("name_particles")
    return word.lower() if is_particle else word.capitalize()


def _say_run(match: re.Match[str], context: Context) -> str | None:
    """Read several unknown words in capitals as words: stressed where they are common, names where they are not."""
    tokens = _TOKEN.findall(match.group())
    ordinary = [token for token in tokens if is_ordinary(token, context)]
    if len(ordinary) < 2:
        return None
    return _spoken_run(match, context)


RULES: tuple[Rule, ...] = (
    make_rule("capitals.lead-in", _RUN, _say_lead_in, (LINE,), example="THE LOCK held. -> The lock held."),
    make_rule(
        "capitals.dateline",
        rf"(?:(?<=\|)|(?<=\| )){_WORD}(?:(?:,? |-){_WORD}){{0,9}}(?![\w&]|\.\w|[’']\w)",
        _say_place,
        (CAPITALS,),
        example="3rd 2019 | NEW DELHI -> third twenty nineteen New Delhi",
    ),
    make_rule(
        "capitals.run",
        rf"(?=[A-ZÀ-Þ ’']{{0,40}}[A-ZÀ-Þ]{{4}}){_WORD}(?: {_WORD}){{1,12}}(?![\w&]|\.\w|-\d|[’']\w)",
        _say_run,
        (CAPITALS,),
        behind=" '",
        example="they said KEEP OUT -> they said keep out",
    ),
)
