"""How a word is said, in the letters of phoneticians: nobody reads it out (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.rule import Rule, make_rule, text_after, text_before, word_before

_SOUND = "ˈˌːəɛɔʊʌɪæɑɒɜɐʃʒθðŋɡɹʁχɲɾʔʎɫβɣɸʂʐɕʑʈɖɳɭɬɮɯɤøœɨʉɵɘɞʏʲʷʰˠˤ̩̯̃͡"
_BETWEEN = rf"(?=[^\]/\n]{{0,60}}[{_SOUND}])"
_WRITTEN = rf"(?:\[{_BETWEEN}[^\]\n]{{1,80}}\]|/{_BETWEEN}[^/\n\d]{{1,60}}/)"
_LABEL = (
    rf"(?:(?:[A-Z][a-z]+\s)?(?:[A-Z][a-z]+|{one_of('pronunciations', 'labels')}):?,?\s"
    rf"(?:{one_of('pronunciations', 'said')}:?\s)?)"
)
_LANGUAGE = one_of("pronunciations", "languages")
_SAID = one_of("pronunciations", "said")
_OR = one_of("pronunciations", "before-others")
_SYLLABLES = r"[A-Za-zə]{1,8}(?:-[A-Za-zə]{1,8})"
_RESPELT = rf"(?=[^(),;\n]{{0,40}}[A-Z]{{2}}){_SYLLABLES}+(?:\s{_SYLLABLES}*){{0,4}}"
"""How a word is said in ordinary letters, what is stressed in capitals: ESH-ə-RIK-ee-ə KOH-lye."""
_ALSO_RESPELT = rf"(?:-[A-Za-zə-]+|(?:{one_of('pronunciations', 'labels')}\s)?{_RESPELT})"
_LABELLED = rf"(?:{_LABEL}{{0,2}}{_WRITTEN})"
_MORE = rf"(?:[;,]\s(?:{_OR}\s)?(?:{_LABELLED}|{_ALSO_RESPELT})){{0,4}}(?:\)|(?P<goes_on>[;,]\s))"


def _say_nothing(match: re.Match[str], context: Context) -> str | None:
    """Leave out a bracket that tells but how a word is said, and such a part at the head of one."""
    return "(" if match.groupdict().get("goes_on") else ""


def _say_sounds(match: re.Match[str], context: Context) -> str | None:
    """Leave out sounds that stand free; where a word leads to them they are what is spoken of, and stay."""
    before = text_before(match)
    if match.group()[0] == "/" and before[-1:].isalnum():
        return None
    if text_after(match)[:1].isalnum() or word_before(match) in load_use("pronunciations", "spoken-of"):
        return None
    return ""


RULES: tuple[Rule, ...] = (
    make_rule(
        "aside.pronunciation",
        rf"\({_LABELLED}{_MORE}",
        _say_nothing,
        ("(",),
        example="Nice (French: [nis ˈnisɔ]) lies -> Nice lies",
    ),
    make_rule(
        "aside.respelling",
        rf"\((?:\s|(?=[^(),;\n]{{0,40}}ə)){_RESPELT}{_MORE}",
        _say_nothing,
        ("(",),
        example="Chitin ( KY-tin) is -> Chitin is",
    ),
    make_rule(
        "aside.labelled-sounds",
        rf"(?:{_LANGUAGE}(?:\s{_SAID})?|{_SAID}):\s{_WRITTEN}(?:[,;]\s|(?=\)))",
        _say_nothing,
        load_use("pronunciations", "languages", "said"),
        example="(Latin: aqua, Italian: [ˈakkwa]; too) -> (Latin: aqua, too)",
    ),
    make_rule(
        "aside.sounds",
        _WRITTEN,
        _say_sounds,
        ("[", "/"),
        example="Latin aqua [ˈakʷa] means -> Latin aqua means",
    ),
)
