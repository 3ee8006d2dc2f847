"""Letters that are a unit behind some numbers and not behind others: 9A, 3s, 5m (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Callable

from audiobuild.normalisation.english.lexis.lists import load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import AND_OR_TO
from audiobuild.normalisation.english.rules.quantities.metres import is_count, is_height, is_length
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before, word_after, word_before

_COOKED = rf"\s(?:of\s)?(?:[a-z-]+\s)?(?:{alternatives(load_words('ingredients'))})\b"
"""What stands behind c where it is cups."""


def _follows(match: re.Match[str], pattern: str) -> bool:
    return re.match(pattern, text_after(match, 16)) is not None


def _near(match: re.Match[str]) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", f"{text_before(match)} {text_after(match)}".lower()))


def _spaced(match: re.Match[str]) -> bool:
    return match["unit"] is not None and match.string[match.start("unit") - 1] == " "


def is_way(match: re.Match[str]) -> bool:
    """Say whether so many miles are told from a place: 7m NE of Penzance."""
    return _follows(match, r"\.? (?:[NSEW]\.?){1,3} of\b")


def _no_metres(match: re.Match[str]) -> bool:
    if len(match["first"]) > _LONGEST_OF_MILLIONS and match["first"].isdigit():
        return False
    if match["scale"] or is_length(match) or is_way(match) or _follows(match, r"\s\d{1,2}\s?cm\b"):
        return False
    if is_count(match):
        return True
    if is_height(match):
        return False
    if _spaced(match) and word_after(match) in load_use("metres", "sold"):
        return True
    return not (_spaced(match) and len(match["first"]) < 5 and not _follows(match, r"\s(?:people|[A-Z])"))


_LONGEST_OF_MILLIONS = 6
"""Figures of a number of which there may be millions."""


def _no_stone(match: re.Match[str]) -> bool:
    if not match["first"].endswith("1") or match["first"].endswith("11") or _follows(match, r"\s?\d{1,2}\s?(?:lb|oz)"):
        return False
    if match["first"] == "1" or _follows(match, r"\s[A-Z]"):
        return True
    return word_before(match).lower() not in load_use("doubtful_units", "weighing")


def _no_seconds(match: re.Match[str]) -> bool:
    if _spaced(match):
        return not _follows(match, r"\s*$|[.,;:)]|\s[a-z(]")
    if "." in match["first"]:
        return False
    if text_before(match).endswith("pair of "):
        return True
    if word_before(match).lower() in load_use("measures", "sure-seconds"):
        return False
    if word_after(match) in load_use("doubtful_units", "timed"):
        return False
    decade = match["first"].endswith("0") and len(match["first"]) == 2
    return decade or word_before(match).lower() not in load_use("doubtful_units", "before-seconds")


def is_kelvin(match: re.Match[str]) -> bool:
    """Say whether K behind a number is kelvin: near what is hot, cold or conducts without loss."""
    about = f"{text_before(match)} {text_after(match)}"
    near = set(re.findall(r"[a-z]+", about.lower()))
    is_hot = "°" in about or "ΔT" in about or not near.isdisjoint(load_use("doubtful_units", "kelvin"))
    cooled = word_before(match).lower() in load_use("measures", "cooled-to")
    if match["first"] == "0" or match.group()[-2:] != " K":
        return match["first"] == "0" or (cooled and is_hot)
    is_level = word_before(match) in load_use("doubtful_units", "before-kelvins")
    told = "." in match["first"] or "," in match["first"] or is_level
    return is_hot or (told and _follows(match, _CLAUSE_END) and not _follows(match, r"\s[a-z]+s\b"))


_RUNNING_TO = LatePattern(rf"\b{one_of('doubtful_units', 'runs')} to $")


def is_film(match: re.Match[str]) -> bool:
    """Say whether a picture was taken on a film so wide: shot on 35mm."""
    if match["unit"] != "mm" or match["first"] not in load_use("doubtful_units", "widths-of-film"):
        return False
    return bool(words_pattern(r"\bWORDS \w\w $", "doubtful_units", "filmed").search(text_before(match)))


def is_drug(word: str) -> bool:
    """Say whether a word behind a dose is the drug, rather than what has so much of it: 5 mg diazepam, 5 mg tablets."""
    if word in load_use("measures", "drugs-too"):
        return True
    return word.isalpha() and word.islower() and not is_english_word(word) and word not in load_table("units")


def is_pages(match: re.Match[str]) -> bool:
    """Say whether pp behind a number is pages: of a book with its price, of a report that runs to so many."""
    before = text_before(match)
    if (match["first"].isdigit() and int(match["first"]) > 100) or re.search(r"[$£€][\d.]{1,6}[,;:] $", before):
        return True
    if word_after(match) in load_use("doubtful_units", "bound"):
        return True
    if _RUNNING_TO.search(before) or words_pattern(r"\bWORDS\b[^.;]{0,20}$", "doubtful_units", "writings").search(
        before
    ):
        return True
    return bool(re.search(r"\([^()]{2,40}[,;] $", before) and re.match(r"[,;)]", text_after(match)))


def _is_near(match: re.Match[str], words: frozenset[str]) -> bool:
    """Say whether one of a list of words stands about."""
    near = set(re.findall(r"[a-z]+", f"{text_before(match)} {text_after(match)}".lower()))
    return not near.isdisjoint(words)


_OTHER_DEGREES = LatePattern(r"(?:[\d–-]\s?°?[CF][ /,(]+(?:or )?$)")
_DEGREES_BEHIND = LatePattern(r"(?:[ /,(]+(?:or )?\d{1,4}\s?°?[CF](?!\w)|[ /,(]+gas\b)")
_WEATHER_BEFORE = LatePattern(rf"(?:\b{one_of('doubtful_units', 'before-weather')}|it[’']s) $", re.IGNORECASE)
_HIGH_BEFORE = LatePattern(rf"\b{one_of('doubtful_units', 'extremes')} $", re.IGNORECASE)
_WEATHER_BEHIND = LatePattern(rf"[.,;!?]?$|[,;]? {one_of('doubtful_units', 'behind-weather')}\b", re.IGNORECASE)
_NEVER_DEGREES = load_use("doubtful_units", "seats")


def _is_temperature(match: re.Match[str]) -> bool:
    """Say whether C or F is a degree: beside the other scale, or near what is hot or cold."""
    before, after = text_before(match), text_after(match)
    if match["per"] or word_before(match).lower() in _NEVER_DEGREES or match["scale"]:
        return False
    if match["sign"] or _OTHER_DEGREES.search(before) or _DEGREES_BEHIND.match(after):
        return True
    return weather_about(before, after) or _is_near(match, load_use("doubtful_units", "temperature"))


def weather_about(before: str, after: str) -> bool:
    """Say whether a degree is told of as in "it hit 95 F in June", by what stands before the number and behind it."""
    return bool(_WEATHER_BEFORE.search(before) and _WEATHER_BEHIND.match(after)) or bool(_HIGH_BEFORE.search(before))


_MEASURED = load_use("measures", "measured")
_ROAD_BEFORE = LatePattern(rf"(?<!\w){one_of('doubtful_units', 'roads')}[- ]$")
_CURRENT = LatePattern(rf"[\s-]*(?:{one_of('doubtful_units', 'electric')}|max\b)")
_VOLTS_BEHIND = LatePattern(r",? (?:and |at )?\d[\d.]* ?(?:[km]?V|Hz)\b")
_EXTENT = LatePattern(
    rf"\s{one_of('doubtful_units', 'dimensions')}\b(?!\s{one_of('doubtful_units', 'places-of-study')}\b)"
    r"|\sof\s(?:rain|snow)"
)
_INCHES_BEHIND = LatePattern(
    rf"\s\((?:about\s)?[\d.,–-]+\s?[cmk]?m\b|\s(?:[a-z]+\s)?{one_of('doubtful_units', 'measured-in-inches')}\b"
)
"""Behind inches a length in metres stands in brackets, or a thing that is known by its inches: 8 in guns."""
_INCH_WIDE = one_of("doubtful_units", "measured-in-inches")
_NAMED_GUN = LatePattern(rf"\s(?:[A-Z][\w-]+\s){{1,2}}(?:[a-z]+\s)?{_INCH_WIDE}\b(?! [a-z]+s\b)")
"""Behind a bore a gun that bears its maker's name: 0.303 in Vickers machine guns."""
_BRACKET_BEFORE = LatePattern(rf"\((?:[^()]{{0,40}}[;,/]\s)?(?:{one_of('doubtful_units', 'roughly')}\s|~\s?)?$")


def _is_converted_inch(match: re.Match[str]) -> bool:
    """Say whether inches are converted, or are themselves the conversion: "12 cm (4.7 in)"."""
    if _INCHES_BEHIND.match(text_after(match)) or ("." in match["first"] and _NAMED_GUN.match(text_after(match))):
        return True
    return bool(_BRACKET_BEFORE.search(text_before(match))) and _follows(match, r"\)|;|,\s\d")


def _is_cut(match: re.Match[str]) -> bool:
    """Say whether inches are told of by what one cuts, and no noun stands behind that something could be in."""
    if not words_pattern(r" WORDS\b|[,;)]|$", "doubtful_units", "behind-inches").match(text_after(match)):
        return False
    return _is_near(match, load_use("doubtful_units", "cut"))


def _is_force(match: re.Match[str]) -> bool:
    """Say whether g is how hard somebody is pressed into a seat."""
    if _follows(match, r" \([\d.]+ m/s") or re.search(r" m/s[2²] \($", text_before(match)):
        return True
    return (
        match["first"] in _FORCES
        and not _follows(match, r"\sof\b")
        and _is_near(match, load_use("doubtful_units", "pressed"))
    )


_FORCES = frozenset(map(str, range(1, 31)))
"""How hard somebody is pressed, so many times their weight."""
_LASTING = load_use("measures", "lasting")
_CLAUSE_END = r"\s*$|[.,;:)]|\s[a-z]"


def _is_short_spell(match: re.Match[str]) -> bool:
    """Say whether h behind up to two figures is hours: a 24h clinic, 3h by train; but row 5h."""
    if _spaced(match) or len(match["first"]) > 2 or not _follows(match, r" [a-z]"):
        return False
    return word_before(match).lower() not in load_words("number_labels") | load_use("amounts", "lettered")


def _is_numbered(match: re.Match[str]) -> bool:
    """Say whether the figure is a place in a row: No. 1 in singles."""
    return word_before(match).lower().rstrip(".") in load_use("doubtful_units", "numbers-in-a-row")


_NO_UNITS: dict[str, Callable[[re.Match[str]], bool]] = {
    "m": _no_metres,
    "A": lambda match: (
        not _CURRENT.match(text_after(match))
        and not _VOLTS_BEHIND.match(text_after(match))
        and not re.search(r"\d ?(?:[km]?V|volts?|Hz|k?W)\b.{0,6}$", text_before(match))
    ),
    "in": lambda match: (
        _is_numbered(match)
        or (
            _spaced(match)
            and not match.group().endswith(".")
            and not _EXTENT.match(text_after(match))
            and not _is_converted_inch(match)
            and not _is_cut(match)
            and not (_follows(match, r"\.(?:\s+[A-Z]|\s*$)") and word_before(match) in _MEASURED)
            and not ("." in match["first"] and _follows(match, r"\.(?:\s+[A-Z]|\s*$)"))
        )
    ),
    "g": _is_force,
    "T": lambda match: not _is_near(match, load_use("doubtful_units", "magnetic")),
    "au": lambda match: not _is_near(match, load_use("doubtful_units", "starry")),
    "cd": lambda match: not _is_near(match, load_use("doubtful_units", "luminous")),
    "cal": lambda match: words_pattern(r" WORDS\b", "doubtful_units", "eras").match(text_after(match)) is not None,
    "st": _no_stone,
    "bp": lambda match: _spaced(match) and not _is_near(match, load_use("doubtful_units", "yielding")),
    **dict.fromkeys("CF", lambda match: not _is_temperature(match)),
    "MP": lambda match: _spaced(match) and not _is_near(match, load_use("doubtful_units", "cameras")),
    "ct": lambda match: (
        word_after(match) in load_use("doubtful_units", "packed")
        or not _is_near(match, load_use("doubtful_units", "jewels"))
    ),
    "K": lambda match: not is_kelvin(match),
    "d": lambda match: (
        not (_spaced(match) and "." in match["first"] and _near(match) & load_use("doubtful_units", "revolving"))
        and not (_spaced(match) and word_before(match) == "for" and _follows(match, r"[.,;)]|$"))
    ),
    "pc": lambda match: not (_spaced(match) and _near(match) & load_use("doubtful_units", "starry")),
    **dict.fromkeys(
        load_use("doubtful_units", "bases"),
        lambda match: not (_spaced(match) and _near(match) & load_use("doubtful_units", "genetic")),
    ),
    **dict.fromkeys(
        load_use("doubtful_units", "diseases-too"),
        lambda match: _spaced(match) and word_after(match) in load_use("doubtful_units", "of-people"),
    ),
    "Gt": lambda match: _spaced(match) and _follows(match, r"\.?\s[A-Z]"),
    "c": lambda match: not (_spaced(match) and len(match["first"]) < 3 and _follows(match, _COOKED)),
    "s": _no_seconds,
    "h": lambda match: (
        not _is_short_spell(match)
        and (not (_spaced(match) or word_before(match) in _LASTING) or not _follows(match, _CLAUSE_END))
        and not _follows(match, rf"\s{AND_OR_TO}\s\d{{1,3}}h\b")
        and words_pattern(r"\dh WORDS $", "forms", "joints").search(text_before(match)) is None
    ),
    **dict.fromkeys(
        "LWVJ",
        lambda match: (
            _ROAD_BEFORE.search(text_before(match)) is not None
            or (match["unit"] == "W" and word_before(match).lower() in load_use("doubtful_units", "of-longitude"))
            or _follows(match, r"[-–]L\b|: ?\d")
            or (
                _spaced(match)
                and "." not in match["first"]
                and _follows(match, r"\.(?!\s*$)|\s(?!AC\b|DC\b)[A-Z]|\s\d{1,3}[snrt][tdh]\b")
            )
            or (not _spaced(match) and _is_near(match, load_use("doubtful_units", "fitted")))
            or _follows(match, r"-\d")
            or (match["unit"] == "J" and re.fullmatch(r"[A-Z][a-z]+", word_before(match)) is not None)
        ),
    ),
    **dict.fromkeys("tl", lambda match: _spaced(match) and word_before(match) == "the"),
}
"""For letters that are not always a unit: whether they are none behind this number."""


def is_other(match: re.Match[str], unit: str) -> bool:
    """Say whether letters behind a number are no unit there."""
    if len(unit) == 1 and unit.isupper() and word_before(match).lower() in load_words("number_labels"):
        return True
    test = _NO_UNITS.get(unit)
    return test is not None and test(match)
