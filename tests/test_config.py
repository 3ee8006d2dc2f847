"""show.toml: every key is read, and whatever cannot be is refused by its name."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.config import (
    BIT_RATES_KBPS,
    LOCALES,
    POLICIES,
    AudioSettings,
    PauseSettings,
    Show,
    StingSettings,
    VoiceSettings,
    check,
    parse_show,
)
from audiobuild.errors import ConfigError

WHERE = "issue/show.toml"


def parse(text: str) -> Show:
    return parse_show(text.encode(), WHERE)


def refusal(text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        parse(text)
    assert caught.value.where == WHERE
    assert "\n" not in f"{caught.value}{caught.value.hint}"
    return caught.value


def test_every_key_of_every_table_is_read() -> None:
    show = parse(
        """
        title = "The Lock"
        author = "A. Keeper"
        description = "Canals, weekly."
        language = "en-US"
        genre = "News"
        link = "https://lock.example/"
        date = 2026-11-07
        cover = "cover.png"
        accent = "#A0b1C2"
        [voice]
        engine = "silent"
        name = "low"
        rate = 1.25
        [intro]
        sting = "bell.wav"
        text = "This is {show}, of {date}."
        gain_db = -3
        fade_in_ms = 10
        fade_out_ms = 20
        trim_ms = 3000
        [outro]
        sting = "none"
        text = "That was {show}."
        gain_db = 1.5
        fade_in_ms = 1
        fade_out_ms = 2
        trim_ms = 3
        [pauses]
        sting = 1
        ident = 2
        section = 3
        fly_title = 4
        headline = 5
        rubric = 6
        date = 7
        heading = 8
        paragraph = 9
        quotation = 10
        list_item = 11
        article = 12
        [audio]
        bit_rate_kbps = 128
        loudness_lufs = -19
        [abbreviations]
        WHO = "expand"
        "R&D" = "spell"
        """
    )
    assert show == Show(
        title="The Lock",
        author="A. Keeper",
        description="Canals, weekly.",
        language="en-US",
        genre="News",
        link="https://lock.example/",
        date=dt.date(2026, 11, 7),
        cover="cover.png",
        accent="#A0b1C2",
        voice=VoiceSettings("silent", "low", 1.25),
        intro=StingSettings("bell.wav", "This is {show}, of {date}.", -3.0, 10, 20, 3000),
        outro=StingSettings("none", "That was {show}.", 1.5, 1, 2, 3),
        pauses=PauseSettings(*range(1, 13)),
        audio=AudioSettings(128, -19.0),
        abbreviations=(("WHO", "expand"), ("R&D", "spell")),
    )
    changed = dataclasses.asdict(show)
    for key, value in dataclasses.asdict(Show()).items():
        assert changed[key] != value, f"the example leaves {key} as it is by default"


def test_what_is_not_given_keeps_its_default() -> None:
    assert parse("") == Show()
    assert parse("[intro]\ngain_db = -3").intro == StingSettings(text="{show}. {date}.", gain_db=-3.0)


def test_byte_order_mark_and_windows_line_ends_are_read() -> None:
    assert parse_show('\ufefftitle = "Café"\r\n'.encode(), WHERE).title == "Café"


@pytest.mark.parametrize(
    ("text", "name", "hint"),
    [
        ('titel = "x"', "titel", "Did you mean title?"),
        ('[voice]\nengin = "x"', "voice.engin", "Did you mean voice.engine?"),
        ('[voices]\nengine = "x"', "voices", "Did you mean voice?"),
        ("[intro]\nfade_in = 1", "intro.fade_in", "Did you mean intro.fade_in_ms?"),
        ("[outro]\ngain = 1", "outro.gain", "Did you mean outro.gain_db?"),
        ("[pauses]\nparagraf = 1", "pauses.paragraf", "Did you mean pauses.paragraph?"),
        ("[audio]\nloudness = -16", "audio.loudness", "Did you mean audio.loudness_lufs?"),
        ("[audio]\nqqq = 1", "audio.qqq", "There are: bit_rate_kbps, loudness_lufs."),
    ],
)
def test_unknown_key_names_the_nearest(text: str, name: str, hint: str) -> None:
    error = refusal(text)
    assert error.message == f"there is no setting {name}"
    assert error.hint == hint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = 1", "title must be text in quotation marks, not 1"),
        ("title = {}", "title must be text in quotation marks, not {}"),
        ('date = "2026-11-07"', "date must be a date like 2026-11-07, not '2026-11-07'"),
        ("date = 2026-11-07T10:00:00", "date must be a date"),
        ('voice = "espeak"', "voice must be a table, not 'espeak'"),
        ("[[voice]]\nrate = 1", "voice must be a table"),
        ('[voice]\nrate = "fast"', "voice.rate must be a number, not 'fast'"),
        ("[voice]\nrate = true", "voice.rate must be a number, not True"),
        (f"[voice]\nrate = 1{'0' * 400}", "voice.rate must be a number"),
        ("[pauses]\nident = 1.5", "pauses.ident must be a whole number, not 1.5"),
        ("[pauses]\nident = true", "pauses.ident must be a whole number, not True"),
        ("[audio]\nbit_rate_kbps = 96.0", "audio.bit_rate_kbps must be a whole number"),
        ("[intro]\ntext = [1]", "intro.text must be text"),
    ],
)
def test_value_of_the_wrong_type_says_which_is_right(text: str, message: str) -> None:
    assert message in refusal(text).message


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('language = "fr-FR"', "language"),
        ('accent = "blue"', "accent"),
        ('link = "lock.example"', "link"),
        ('link = "https://lock.example/a b"', "link"),
        ("[voice]\nrate = 0.4", "voice.rate"),
        ("[voice]\nrate = 2.1", "voice.rate"),
        ("[voice]\nrate = nan", "voice.rate"),
        ("[audio]\nbit_rate_kbps = 97", "audio.bit_rate_kbps"),
        ("[audio]\nloudness_lufs = 0", "audio.loudness_lufs"),
        ("[audio]\nloudness_lufs = -inf", "audio.loudness_lufs"),
        ("[pauses]\nparagraph = -1", "pauses.paragraph"),
        ("[pauses]\narticle = 60001", "pauses.article"),
        ('[intro]\ntext = "Welcome to {shop}."', "intro.text"),
        ('[outro]\ntext = "{"', "outro.text"),
        ('[outro]\ntext = "{show.title}"', "outro.text"),
        ("[intro]\ngain_db = inf", "intro.gain_db"),
        ("[intro]\nfade_in_ms = -1", "intro.fade_in_ms"),
        ("[outro]\nfade_out_ms = -1", "outro.fade_out_ms"),
        ("[outro]\ntrim_ms = -5", "outro.trim_ms"),
    ],
)
def test_value_out_of_range_is_refused_with_what_is_in_it(text: str, name: str) -> None:
    error = refusal(text)
    assert error.message.startswith(f"{name} cannot be ")
    assert error.hint


@pytest.mark.parametrize("text", ["title", 'title = "open', "[voice", "date = 2026-02-30", f"a = {'9' * 5000}"])
def test_broken_toml_is_refused(text: str) -> None:
    assert refusal(text).message.startswith("this is no TOML: ")


def test_text_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(ConfigError, match="not UTF-8"):
        parse_show('title = "Café"'.encode("latin-1"), WHERE)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def as_toml(show: Show) -> str:
    """Write a show as TOML, which for these values is JSON with equals signs."""

    def lines(values: dict[str, Any]) -> list[str]:
        return [
            f"{_json(key)} = {value if isinstance(value, dt.date) else _json(value)}"
            for key, value in values.items()
            if value is not None and not isinstance(value, dict)
        ]

    values = {**dataclasses.asdict(show), "abbreviations": dict(show.abbreviations)}
    tables = {key: value for key, value in values.items() if isinstance(value, dict)}
    return "\n".join([*lines(values), *(line for key, table in tables.items() for line in (f"[{key}]", *lines(table)))])


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12)
TEMPLATES = st.lists(WORDS.filter(lambda text: not {"{", "}"} & set(text)) | st.sampled_from(["{show}", "{date}"]))
LENGTHS = st.integers(0, 60_000)
STINGS = st.builds(
    StingSettings,
    WORDS,
    TEMPLATES.map("".join),
    st.floats(-60, 20),
    fade_in_ms=LENGTHS,
    fade_out_ms=LENGTHS,
    trim_ms=LENGTHS,
)
SHOWS = st.builds(
    Show,
    title=WORDS,
    author=WORDS,
    description=WORDS,
    language=st.sampled_from(LOCALES),
    date=st.none() | st.dates(),
    voice=st.builds(VoiceSettings, WORDS, WORDS, st.floats(0.5, 2)),
    intro=STINGS,
    outro=STINGS,
    pauses=st.builds(PauseSettings, *[LENGTHS] * len(dataclasses.fields(PauseSettings))),
    audio=st.builds(AudioSettings, st.sampled_from(BIT_RATES_KBPS), st.floats(-40, -9)),
    abbreviations=st.dictionaries(WORDS.filter(str.strip), st.sampled_from(POLICIES)).map(
        lambda table: (*table.items(),)
    ),
)


@given(SHOWS)
def test_what_a_show_says_is_read_back_as_it_was(show: Show) -> None:
    assert check(show, "") is show
    assert parse(as_toml(show)) == show
