"""More of where a shortened word is one: told by single words about it (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Callable

from audiobuild.normalisation.english.lexis.lists import load_map, load_use
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.rule import opens_sentence, text_after, text_before, word_after, word_before

_MONTHS = alternatives(load_map("months"))
_ERA = one_of("abbreviations", "eras")


def _behind(pattern: str, match: re.Match[str]) -> bool:
    return re.match(pattern, text_after(match)) is not None


def _before(pattern: str, match: re.Match[str]) -> bool:
    return re.search(pattern, text_before(match)) is not None


OCCASIONS: dict[str, Callable[[re.Match[str]], bool]] = {
    "of-right": lambda match: word_before(match) in {"Rt", "Rt.", "Right"},
    "of-rank": lambda match: (
        bool(match["stop"])
        and words_pattern(r"\sWORDS\b", "abbreviations", "ranks").match(text_after(match)) is not None
    ),
    "of-mean": lambda match: bool(match["stop"]) and word_before(match).lower() in {"above", "below", "on"},
    "of-plant": lambda match: (
        bool(match["stop"])
        and _before(r"[a-z]{3} $", match)
        and word_before(match) not in DETERMINERS
        and _behind(r"\s['‘]?[A-Z][a-z]", match)
    ),
    "of-era": lambda match: _behind(rf"\s?{_ERA}\s\d|\s\d{{1,4}}\s?{_ERA}\b", match),
    "of-chapters": lambda match: bool(match["stop"]) and _behind(r"\s(?:\d|[IVXLivxl]{1,6}\b)", match),
    "of-studies": lambda match: (
        bool(match["stop"]) and _before(rf"\b{one_of('abbreviations', 'of-education')}\.? of $", match)
    ),
    "of-given": lambda match: bool(match["stop"]) and not _behind(rf"\s{one_of('initials', 'openers')}\b", match),
    "of-dew": lambda match: bool(match["stop"]) and word_before(match).lower() == "dew",
    "of-figure": lambda match: bool(match["stop"]) and _behind(r":\s[$£€]?\d", match),
    "of-grammar": lambda match: bool(match["stop"]) and _before(r"\b(?:pers(?:on)?|[123](?:st|nd|rd))\.? $", match),
    "of-statute": lambda match: (
        bool(match["stop"]) and _before(rf"\b{one_of('abbreviations', 'reigns')}\.? \d\.? $", match)
    ),
    "of-greatest": lambda match: word_before(match).endswith("est") or word_before(match).lower() in {"last", "first"},
    "of-short-year": lambda match: bool(match["stop"]) and _behind(r"\s['’]\d\d(?!\d)", match),
    "of-beaten": lambda match: bool(match["stop"]) and word_before(match) in {"beat", "missed", "topped", "vs."},
    "of-forecast": lambda match: bool(match["stop"]) and _before(r"[\d%] $", match),
    "of-edition": lambda match: bool(match["stop"]) and _behind(r"\sed(?:n|ition)?\b", match),
    "of-census": lambda match: bool(match["stop"]) and _behind(r"\s\([12]\d{3}\b", match),
    "of-gas": lambda match: bool(match["stop"]) and _behind(r"\sgas\b", match),
    "of-way": lambda match: (
        bool(match["stop"]) and _before(r"\d (?:mi|miles|km)\.? $", match) and _behind(r"\sof\s", match)
    ),
    "of-spouse": lambda match: (
        bool(match["stop"])
        and (_before(r"\(b\. ?\d{4}[^)]{0,30}\) $", match) or _behind(rf"\s\d{{1,2}} (?:{_MONTHS})\b", match))
    ),
    "of-score": lambda match: _before(r"\d[-–]\d{1,2} \(?$", match),
    "of-goal": lambda match: (
        _before(r"\((?:[A-Za-z’'-]+ )?(?:\d{1,3}(?:\+\d{1,2})?,? )?$|; \d{1,3} $|, \d{1,3} $", match)
        and _behind(r"(?:,? \d{1,3})?[,;)]", match)
    ),
    "of-series": lambda match: _before(r"\d,? $", match) and _behind(r"\s\d{1,3}(?!\w)", match),
    "of-shirt": lambda match: (
        _behind(r"\s\d{1,2}(?![\w%]|[.,:-]\d)", match)
        and (word_before(match) in load_use("abbreviations", "before-shirts") or _before(r"[’']s $", match))
    ),
    "of-centre": lambda match: bool(match["stop"]) and _behind(rf"\s{one_of('abbreviations', 'centres')}\b", match),
    "tallied-before": lambda match: _before(r"\d $", match),
    "of-thousands": lambda match: bool(match["stop"]) and _before(r"\d[Kk] $", match),
    "of-cap": lambda match: _behind(r"\scap\b", match),
    "of-market": lambda match: _before(r"(?i)\bmkt\.? $", match),
    "of-being": lambda match: bool(match["stop"]) and word_after(match) in load_use("abbreviations", "copulas"),
    "posthumous": lambda match: bool(match["stop"]) and _behind(r"\sposth\b", match),
    "of-hundred": lambda match: _before(r"[\d½¼¾]\s?$", match) and not _before(r"(?<!\d)\.\d{3}\s$", match),
    "of-average": lambda match: _before(r"(?<!\d)\.\d{3}\s$", match),
    "of-salt": lambda match: (
        _before(r"\d\s?$", match)
        and words_pattern(r"(?i)\bWORDS", "abbreviations", "salty").search(text_before(match) + text_after(match))
        is not None
    ),
    "of-count": lambda match: _before(r"\d\s?$", match),
    "sized": lambda match: _behind(r":?\s(?:\d|[SMLX]{1,4}(?!\w))", match),
    "of-winner": lambda match: (
        bool(match["stop"])
        and _before(r"[A-Z][\w’'-]+ $", match)
        and _behind(r"\s[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?,? \d{1,2}-\d", match)
    ),
    "of-key": lambda match: (
        bool(match["stop"]) and _before(r"(?<![\w.])[A-G](?:[#♯♭b]|-\w{4,5})? $", match) and not _behind(r"\s\d", match)
    ),
    "of-drawing": lambda match: bool(match["stop"]) and _behind(r"\s[A-Z]\d?(?:[,;)]|$)", match),
    "of-decimal": lambda match: _before(r"\d\.\d+ ?$", match),
    "of-patent": lambda match: bool(match["stop"]) and _behind(r"\s(?:Nos?\b|App|\d)", match),
    "of-code": lambda match: (
        bool(match["stop"])
        and _before(rf"(?i)\b{one_of('abbreviations', 'coded')} $", match)
        and _behind(r"\s[A-Z]{0,3}-?\d", match)
    ),
    "of-more": lambda match: bool(match["stop"]) and _before(r"\d\+ $", match),
    "opening-number": lambda match: bool(match["stop"]) and _behind(r"\s\d", match) and opens_sentence(match),
    "of-saint": lambda match: bool(match["stop"]) and _before(r"\b[Ss]t\.? \w+(?: \w+)?[’']s?,? $", match),
    "of-section": lambda match: bool(match["stop"]) and _behind(r"\s[A-Z]-?\d{1,3}(?!\w)", match),
    "halved": lambda match: _before(r"1/2 $|½ $", match),
    "dosed": lambda match: (
        _before(rf"(?<![\w/.]){one_of('abbreviations', 'before-doses')} $", match)
        and words_pattern(r"\bWORDS\b", "abbreviations", "dosing").search(text_before(match) + text_after(match))
        is not None
    ),
    "of-thing": lambda match: (
        bool(match["stop"])
        and _before(r"[A-Za-z] $", match)
        and _behind(rf"\s{one_of('abbreviations', 'firms')}\b", match)
    ),
}
