"""Whether I behind a monarch's name numbers it, or is the pronoun (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import AND_OR
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before, word_before, words_before

_REGNAL_BEFORE = LatePattern(r"[A-Z][a-z]{2,12} (?:I{1,3}|IV|VI{0,3}|IX|X)(?:[’']s)?(?!\w)[^.?!]{0,50}[A-Z][a-z]+ $")
"""Another monarch with a number, before the name that the numeral follows."""
_REIGN_OF = LatePattern(rf"\b{one_of('roman', 'of-monarchs')} {one_of('roman', 'before-monarchs')} [A-Z][a-z]+ $")
"""What only monarchs have, before a name: the reign of Henry I."""
_OLD_YEAR = LatePattern(rf"(?:[5-9]\d\d|1[0-7]\d\d|{one_of('roman', 'eras')}),?")
"""A year in which no writer lived who tells of himself, or its era."""


_ANOTHER = rf"\s(?:{AND_OR}|&)\s(?:[A-Z]\w+\s){{1,2}}[IVX]{{1,4}}(?![\w’'])"
"""Behind a monarch's number another monarch with one."""
_OF_DYNASTY = rf" of the [A-Z]\w+ {one_of('roman', 'dynasties')}\b"
_ACTS = LatePattern(r"\s[a-z]{3,}ly\s[a-z]{2,}ed\b")
"""What a monarch did, behind the number: Boris I successfully exploited it."""
_RULE_BEHIND = LatePattern(
    rf"{_ANOTHER}| of [A-Z][a-z]|{_OF_DYNASTY}|(?:[’']s)? {one_of('roman', 'reigns')}\b"
    rf"|(?:,| \() ?(?:r\. ?\d|\d{{3}} ?[–-]|(?:the )?{one_of('roman', 'rulers')}\b)"
)
"""What tells behind a numeral that it is a ruler's: "of Egypt", ", king of the Medes", "reigned"."""


_TITLES_OF_RULERS = frozenset(map(str.lower, load_use("roman", "reigning"))) | load_use("roman", "rulers")


def _is_titled(match: re.Match[str]) -> bool:
    """Say whether a ruler's title stands before a name: Patriarch Bartholomew I."""
    before = words_before(match, 2)
    named = len(before) > 1 and before[0][:1].isupper()
    return named and before[1].lower() in _TITLES_OF_RULERS


def _rules_over(match: re.Match[str]) -> bool:
    """Say whether what stands behind a name and a numeral tells that they are a ruler's: "Osorkon II of Egypt"."""
    before = word_before(match)
    named = re.fullmatch(r"[A-Z][\w’'-]+", before)
    return bool(named) and bool(_RULE_BEHIND.match(text_after(match))) and not is_english_word(before.lower())


def is_reign(match: re.Match[str], nearest: list[str]) -> bool:
    """Say whether I behind a name numbers it: no verb may follow, unless a reigning title stands before."""
    if len(nearest) > 1 and (nearest[1].lower() in _TITLES_OF_RULERS or _OLD_YEAR.fullmatch(nearest[1])):
        return True
    after = text_after(match)
    if re.match(rf"{_ANOTHER}|\s(?:and|&)\s[IVX]{{1,4}}\b|\s[A-Z][a-z]{{2,}}", after):
        return True  # another monarch's number, or a name behind this one's: Ptolemy I Soter
    if re.match(r"\s\((?:[a-z]{1,8}\.? )?\d{3,4}\b", after):
        return True  # Harold I (1035–40)
    if _is_subject(match, nearest[0]):
        return True
    goes_on = words_pattern(r"\sWORDS\b", "roman", "of-one-person").match(after)
    if goes_on and nearest[0] in load_use("roman", "crowned"):
        return len(nearest) == 1 or nearest[1] in load_use("roman", "joints") or nearest[1][-1] in ".?!;,"
    if _ACTS.match(after) and (len(nearest) == 1 or nearest[1].lower() not in load_use("roman", "pointing")):
        return True
    if _REGNAL_BEFORE.search(text_before(match)) or _REIGN_OF.search(text_before(match)):
        return True
    if _behind_no_pronoun(after) or _NAMED_AGAIN.search(text_before(match)):
        return True
    if len(nearest) == 1 or nearest[1][-1] in ".?!:;":
        return words_pattern(r"\sWORDS\b", "roman", "after-pronoun").match(after) is None
    if words_pattern(r"\sWORDS\b", "roman", "of-either").match(after):
        return _opens_life(match)
    return bool(words_pattern(r"[,.;:)’']|\s?[–—]|\sWORDS\b|$", "roman", "after-monarch").match(after))


def _is_subject(match: re.Match[str], name: str) -> bool:
    """Say whether a monarch is what a clause tells of: "I doubt that James I ever saw it", "George I and George II"."""
    after = text_after(match)
    if "I" in after and re.search(rf"\b{name} {one_of('roman', 'next-numbers')}\b", after):
        return True
    if name not in load_use("roman", "crowned") or _SAID_OF_ONESELF.match(after):
        return False
    return bool(re.match(" [a-z]", after)) and _OPENS_CLAUSE.search(text_before(match)) is not None


_OPENS_CLAUSE = LatePattern(
    rf"\b(?:(?i:{one_of('roman', 'before-subjects')})|{one_of('roman', 'thinking')}(?: that)?) [A-Z][a-z]+ $"
)
_SAID_OF_ONESELF = LatePattern(rf" {one_of('roman', 'of-oneself')}\b")
_NAMED_AGAIN = LatePattern(r"(?:^|[.!?] )([A-Z][\w’'-]{2,}),? or \1 $")
"""Another name of one with a number: Aryabhata or Aryabhata I."""


def is_unlisted_ruler(match: re.Match[str]) -> bool:
    """Say whether a title before a name, or what stands behind its numeral, makes a ruler of whom no list has."""
    if _NAMED_AGAIN.search(text_before(match)):
        return True
    if _is_titled(match) or _rules_over(match) or (match["numeral"] in load_use("roman", "certain") and _rules(match)):
        return True
    return match["numeral"] == "I" and (_numbers_stranger(match) or _opens_life(match))


def _rules(match: re.Match[str]) -> bool:
    """Say whether a numeral of several letters is that of a ruler whom no list has: "Prithviraja III was a king"."""
    name = word_before(match)
    told = words_pattern(r"\bWORDS\b", "roman", "rulers")
    is_thing = len(words_before(match, 2)) > 1 and words_before(match, 2)[1].lower() in load_use("roman", "articles")
    if is_thing or not _FOREIGN.fullmatch(name) or is_english_word(name.lower()) or name in load_words("roman_nouns"):
        return False
    after = text_after(match, _TOLD_CHARS)
    return not after.startswith((" is ", " has ")) and told.search(after) is not None


_TOLD_CHARS = 160


def _opens_life(match: re.Match[str]) -> bool:
    """Say whether a text begins with who a ruler was whom no list has: "Shivaji I was an Indian ruler"."""
    name = words_before(match, _MOST_NAMES + 1)
    foreign = all(_FOREIGN.fullmatch(each) and not is_english_word(each.lower()) for each in name)
    named = len(name) <= _MOST_NAMES and foreign and name[0] not in load_map("weekdays").values()
    return named and name[0] not in load_words("first_names") and bool(_WHO_WAS.match(match.string, match.end()))


_MOST_NAMES = 3
_WHO_WAS = LatePattern(rf"(?:,[^.]{{0,80}})? was (?:\w{{1,3}} [^.]{{0,60}})?\b(?i:{one_of('roman', 'rulers')})\b")


def _numbers_stranger(match: re.Match[str]) -> bool:
    """Say whether I numbers a ruler whom no list has: "Arsaces I, who led", "by Radama I in 1818"."""
    name = word_before(match)
    is_listed = name in load_words("first_names", "names") or name in load_map("states").values()
    if is_listed or not _FOREIGN.fullmatch(name) or is_english_word(name.lower()):
        return False
    if word_before(match) != words_before(match)[0] or words_pattern(
        r"\bWORDS \w+ $", "roman", "before-pronoun"
    ).search(text_before(match)):
        return False
    after = text_after(match)
    return _behind_no_pronoun(after) or bool(
        words_pattern(r",\s(?!WORDS\b)|[;:)]|\s?[–—]", "roman", "behind-pronoun").match(after)
    )


def _behind_no_pronoun(after: str) -> bool:
    """Say whether what stands behind I would want a verb before it, were I the pronoun: "Charles I in 1649"."""
    found = _PREPOSITION.match(after)
    return found is not None and not words_pattern(r"WORDS\b", "roman", "asides").match(after, found.start() + 1)


_FOREIGN = LatePattern(r"(?:al-)?[^\W\d_a-zß-ÿ][^\W\d_A-Z]{2,}")
_PREPOSITION = LatePattern(rf"\s{one_of('roman', 'before-no-verb')}\s")


def _is_ruler(match: re.Match[str]) -> bool:
    """Say whether a monarch's name stands in a line that tells of one: Vladimir I Sviatoslavich, Prince of Kiev."""
    told = words_pattern(r"(?i)\bWORDS\b", "roman", "rulers")
    return word_before(match) in load_words("monarchs") and told.search(match.string) is not None


_SURNAME_BEHIND = LatePattern(r"(\.?) ([A-Z][a-z’'-]{2,})")


def is_before_surname(match: re.Match[str]) -> bool:
    """Say whether a letter, with its stop or as it is said, stands before a surname: Francis X. Bushman."""
    found = _SURNAME_BEHIND.match(text_after(match))
    nearest = words_before(match, 2)
    if found is None or not nearest:
        return False
    if match["numeral"] == "I" and not found[1] and (nearest[0] not in load_words("first_names") or _is_ruler(match)):
        return False
    if match["numeral"] in "VX" and not found[1] and nearest[0] in load_words("monarchs") - load_words("first_names"):
        return False  # Ptolemy V Epiphanes
    is_catalogued = nearest[-1][:1].isupper() and nearest[-1][-1] == ","  # Kwasny, Mark V. Washington's War
    if found[1] and nearest[0] in load_words("roman_nouns") and not is_catalogued:
        return False  # World War I. Mellon
    if found[1] and nearest[-1].lower() in load_use("roman", "before-kings"):
        return False
    name = re.split("[’']", found[2])[0]
    return not is_english_word(name.lower()) and name not in load_words("monarchs")
