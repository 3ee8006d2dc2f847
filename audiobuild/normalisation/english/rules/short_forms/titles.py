"""Titles and what looks like them: Mr -> Mister, St -> Saint, Street or State (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map, load_rows, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.english.rules.short_forms.abbreviations import sentence_stop
from audiobuild.normalisation.english.rules.short_forms.circumstances import NOT_NAMES, follows_name
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import Rule, make_rule, text_after, text_before, word_before, words_before

_TITLES = load_table("titles")
_STREETS = load_map("street_titles")
_BEFORE_SAINTS = load_use("abbreviations", "before-saints")


_SMALL_WORDS = f"(?:{alternatives(word.upper() for word in load_words('function_words'))})"
_SIGNED = rf"""
    (?!GEN[ ][XYZ][ ])(?P<title>{alternatives(load_map("capital_titles"))})\.?[ ]  # a generation is no general
    (?P<initials>(?:[A-Z]\.[ ]?|(?!I[ ])[A-Z][ ]){{1,4}})
    (?!{_SMALL_WORDS}\b)(?P<name>(?:[A-Z][’'])?[A-Z]{{2,20}}(?:-[A-Z]{{2,20}})?)(?![\w&]|\.\w)
"""
SIGNATURE = LatePattern(rf"(?<!\w){_SIGNED}", re.VERBOSE)
"""A title, initials and a family name, all in capitals: DR A.J. PRITCHARD."""


def _say_signature(match: re.Match[str], context: Context) -> str:
    """Read a name in capitals behind its title and initials, as letters to an editor are signed."""
    initials = " ".join(re.findall("[A-Z]", match["initials"]))
    return f"{load_map('capital_titles')[match['title']]} {initials} {match['name'].title()}"


def _say_title(match: re.Match[str], context: Context) -> str | None:
    title = match["title"]
    after = text_after(match)
    spoken = _TITLES[title][0]
    name = re.match(r"\s+[“‘\"#]?(?:\((?:retd?|rtd)\.?\) )?([A-ZÀ-ÖØ-Þ][\w’'-]*|[A-Z]\.|1st (?=[A-Z]))", after)
    elected = words_pattern(r"-WORDS\b", "titles", "not-yet").match(after)
    joined = elected or re.match(r"-(?![XYZ](?:ers?)?(?!\w)|Alpha)[A-Z]", after)
    if title == "SS" and not words_pattern(r"\s+WORDS(?:,| &| a\w\w) [A-Z]", "titles", "joint-saints").match(after):
        return None  # a steamship
    if title == "St" and _is_university(match):
        return "State"
    if title in _STREETS and follows_name(match) and not _names_saint(match, name):
        return _STREETS[title] + sentence_stop(match)
    if title == "Sec" and re.match(r"\sof\s[A-Z]", after):
        return spoken
    if name is None and joined is None:
        return _say_title_alone(match, after)
    if name and _is_no_title(match, name[1]):
        return None
    return spoken


def _is_university(match: re.Match[str]) -> bool:
    """Say whether St. stands behind a state or town with a university that plays: "Ohio St. beat Iowa"."""
    nearest = [word.strip("“‘\"'(") for word in words_before(match, 3)]
    if not nearest:
        return False
    if nearest[0] in load_map("states") and "." in nearest[0]:
        return not nearest[1:2] or nearest[1][-1] != ","
    if nearest[0] not in load_use("titles", "state-universities") and " ".join(nearest[1::-1]) not in _TWO_WORDS:
        return False
    street = len(nearest) > 1 and nearest[1].lower() in load_use("abbreviations", "before-streets")
    if street and words_pattern(r"\bWORDS St\. ", "titles", "state-universities").search(text_before(match)):
        return True  # one plays at the other's
    if street or (len(nearest) > 1 and nearest[1].isdigit() and nearest[2:] not in (["No."], ["No"])):
        return False
    near = set(re.findall(r"[a-z]+", f"{text_before(match)} {text_after(match)}".lower()))
    return not near.isdisjoint(load_words("score_words") | load_use("titles", "played")) or bool(
        re.match(r",? \(?\d{1,2}-\d{1,2}\b|,? (?:No|vs|at)\b", text_after(match))
    )


_TWO_WORDS = frozenset(name for row in load_rows("two_word_universities") for name in row)
_NUMBERED = LatePattern(r" Nos?\.? \d")
_BEFORE_BARE = load_use("abbreviations", "before-bare")


def _say_title_alone(match: re.Match[str], after: str) -> str | None:
    """Speak a title that no name follows: "Mr and Mrs", "the Dr."; most titles are none then."""
    title = match["title"]
    spoken = _TITLES[title][0]
    if words_pattern(r"\bWORDS\.?[- ]$", "titles", "half-ranks").search(text_before(match)):
        return spoken
    if words_pattern(r"\sthe WORDS\b", "titles", "behind-the").match(after):
        return spoken
    if (
        title == "Hon"
        and word_before(match) in load_use("titles", "before-honourable")
        and re.match(r"\.?\s(?:the\s)?[A-Z]", after)
    ):
        return spoken
    if title in load_use("abbreviations", "titles-of-surnames") and words_pattern(
        r"\sWORDS\s", "titles", "behind-surnames"
    ).match(after):
        return spoken
    if words_pattern(r"\s(?:and|&)\sWORDS\b", "titles", "second-titles").match(after):
        return spoken
    if title == "Prof" and re.match(r"\sof\s", after):
        return spoken
    if title == "Dr" and word_before(match).lower() in load_use("titles", "before-doctor"):
        return spoken + sentence_stop(match)
    if match["stop"] and title in load_use("titles", "bare-titles") and word_before(match).lower() in _BEFORE_BARE:
        if not after.strip(" ”\"’')"):
            return f"{spoken}."
        return spoken if re.match(r"\s[a-z]|[,;:)]|[’']s\b", after) else None
    return spoken if title == "Mr" else None


def _is_no_title(match: re.Match[str], following: str) -> bool:
    """Say whether a word that looks like a title belongs to a name: Gen Z, Amartya Sen."""
    title, before = match["title"], word_before(match)
    if title == "Del":
        return not match["stop"] or before.endswith(",") or not _DELEGATE.match(text_after(match))
    if title == "Gen" and re.split("[’'-]", following)[0] in load_use("abbreviations", "behind-gen"):
        return True
    if title in {"Sr", "Bros"} and before[:1].isupper() and not before.endswith(","):
        return True
    if title == "Sen" and following in load_use("titles", "behind-sen"):
        return True
    if match["stop"]:
        return False
    is_initial = text_after(match)[len(following) + 1 :].startswith(".")
    if len(following) == 1 and following != "I" and not is_initial and title not in {"Mr", "Mrs", "Dr"}:
        return True
    if following in NOT_NAMES and title in load_use("titles", "doubtful-titles"):
        return True
    return (
        title in load_use("abbreviations", "titles-like-names")
        and before[:1].isupper()
        and before.isalpha()
        and before not in NOT_NAMES | load_use("abbreviations", "before-titles")
    )


_DELEGATE = LatePattern(r" [A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z’'-]+(?: of [A-Z]|, [RD]-)")


def _names_saint(match: re.Match[str], name: re.Match[str] | None) -> bool:
    """Say whether St or Dr behind a capital still belongs to the name that follows: "Mount St Helens"."""
    if name is None or name[1] in NOT_NAMES or _NUMBERED.match(text_after(match)):
        return False
    nearest = [word.strip("“‘\"'(") for word in words_before(match, 3)]
    if nearest[0][:1].isdigit() and re.fullmatch("[NS][EW]?|[EW]", name[1]):
        return False  # 22nd St. S.
    if nearest[0].endswith((",", ".")) or nearest[0] in _BEFORE_SAINTS or nearest[0] in load_words("first_names"):
        return True
    if any(word.rstrip(".") in _TITLES or word in _BEFORE_SAINTS for word in nearest[1:2]):
        return True
    if match["title"] == "Dr" and nearest[0] in load_use("titles", "state-universities"):
        return True  # a state, not a drive of its name
    in_address = any(
        word[:1].isdigit() or word.lower() in load_use("abbreviations", "before-streets") for word in nearest[1:]
    )
    at_house = nearest[1:2] and nearest[1].isdigit() and len(nearest[1]) < 4
    return not at_house and (not match["stop"] or not in_address)


def _say_generation(match: re.Match[str], context: Context) -> str:
    """Read the short form of a generation, which is no title."""
    return "Gen"


def _say_capital_name(match: re.Match[str], context: Context) -> str | None:
    """Read a title and a family name in capitals, within an ordinary sentence: met GEN SMITH, said MR BROWN."""
    known = load_words("surnames", "short_names", "first_names")
    if match["name"].capitalize() not in known:
        return None
    titles = " ".join(load_map("capital_titles")[title] for title in re.findall("[A-Z]+", match["titles"]))
    return f"{titles} {match['name'].title()}"


def _say_rank(match: re.Match[str], context: Context) -> str | None:
    """Read a rank as American forces write it before a name: COL Mulholland, but no Col Financial Group."""
    name = match["name"]
    is_known = not match["rank"].isupper() or name in load_words("surnames", "first_names", "short_names")
    if not is_known and is_english_word(name.lower()):
        return None
    return load_map("ranks")[match["rank"]]


def _say_speaker(match: re.Match[str], context: Context) -> str | None:
    """Read the title of a speaker in a transcript: MR. LEE: It is here."""
    if text_before(match).strip(" >[]0123456789:"):
        return None
    return f"{_TITLES[match['title'].capitalize()][0]} {match['name'].title()}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "title.signature",
        _SIGNED,
        _say_signature,
        load_map("capital_titles"),
        flags=re.VERBOSE,
        example="MR J.K. HOLT, Leeds -> Mister J K Holt, Leeds",
    ),
    make_rule(
        "title.generation",
        r"GEN(?= [XYZ](?!\w|\.\w))",
        _say_generation,
        ("GEN",),
        example="and GEN X too -> and Gen X too",
    ),
    make_rule(
        "title.capitals",
        rf"(?P<titles>(?:(?:{alternatives(load_map('capital_titles'))})\.? ){{1,2}})"
        r"(?P<name>(?!RE )[A-Z]{2,20}(?:-[A-Z]{2,20})?)(?![\w&]|\.\w| [A-Z]{2,})",
        _say_capital_name,
        load_map("capital_titles"),
        example="He met GEN SMITH in -> He met General Smith in",
    ),
    make_rule(
        "title.rank",
        rf"(?P<rank>{alternatives(load_map('ranks'))})\.?(?=\s(?P<name>[A-Z][a-z]+)(?!\w))",
        _say_rank,
        load_map("ranks"),
        example="COL Mulholland -> Colonel Mulholland",
    ),
    make_rule(
        "title.speaker",
        rf"(?P<title>{one_of('titles', 'of-speakers')})\.? (?P<name>[A-Z]{{2,20}})(?=:)",
        _say_speaker,
        load_use("titles", "of-speakers"),
        example="MR. LEE: Yes. -> Mister Lee: Yes.",
    ),
    make_rule(
        "abbreviation.title",
        r"(?<!\w)(?P<title>[A-Z](?:[a-z]{1,5}|S))(?P<stop>\.)?(?!\w|[’'](?!s\b))",
        _say_title,
        _TITLES,
        example="Ft Knox -> Fort Knox",
    ),
)
