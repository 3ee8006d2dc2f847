"""show.toml: every key is read, and whatever cannot be is refused by its name."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.config.limits import check_values
from audiobuild.config.show import (
    COVER_DESIGNS,
    POLICIES,
    TYPEFACES,
    AudioSettings,
    ChaptersSettings,
    CoverSettings,
    EpisodeSettings,
    EpubSettings,
    FeedSettings,
    PauseSettings,
    PersonSettings,
    ReadingSettings,
    Show,
    StingSettings,
    VoiceSettings,
    VoicesSettings,
    WorkersSettings,
)
from audiobuild.config.show_file import parse_show
from audiobuild.errors import ConfigError
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.levels import PRESETS

WHERE = "issue/show.toml"
KEY_FILE = str(Path("issue/secret.txt").absolute())
"""Beside show.toml."""


def parse(text: str) -> Show:
    return parse_show(text.encode(), WHERE)


TWICE = "Each table stands in the file once, and each key in its table: put both together, or take one out."


def refusal(text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        parse(text)
    assert re.fullmatch(rf"{re.escape(WHERE)}(:\d+)?", caught.value.where)
    assert "\n" not in f"{caught.value}{caught.value.hint}"
    return caught.value


def test_every_key_of_every_table_is_read() -> None:
    show = parse(
        """
        title = "The Lock"
        id = "lock"
        author = "A. Keeper"
        description = "Canals, weekly."
        language = "en-US"
        genre = "News"
        link = "https://lock.example/"
        date = 2026-11-07
        cover = "cover.png"
        output = "s3://lock/audio"
        accent = "#A0b1C2"
        [voices.narrator]
        engine = "silent"
        name = "low"
        rate = 1.25
        pitch_semitones = -2
        [voices.quotations]
        name = "high"
        [voices.departments."Science & technology"]
        rate = 0.9
        [[voices.alternate]]
        name = "third"
        [[voices.alternate]]
        engine = "gtts"
        [intro]
        sting = "bell.wav"
        text = "This is {show}, of {date}."
        gain_db = -3
        fade_in_ms = 10
        fade_out_ms = 20
        trim_ms = 3000
        duck_ms = 700
        duck_db = -9.5
        [outro]
        sting = "none"
        text = "That was {show}."
        gain_db = 1.5
        fade_in_ms = 1
        fade_out_ms = 2
        trim_ms = 3
        [section]
        sting = "gong.wav"
        text = "Now: {section}."
        [pauses]
        sentence = 0
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
        format = "opus"
        bit_rate_kbps = 128
        channels = 2
        loudness = -19
        [chapters]
        title = "{section}: {title}"
        [episode]
        number = 12
        season = 2
        type = "bonus"
        [epub]
        follow = "word"
        [feed]
        base = "https://lock.example/audio/"
        explicit = true
        page_size = 10
        [[feed.persons]]
        name = "B. Weir"
        [reading]
        footnotes = "place"
        tables = "rows"
        readme = true
        [languages]
        fr = "espeak:fr"
        [workers]
        dask = "tcp://10.0.0.1:8786"
        resources.kokoro = "GPU=1"
        [abbreviations]
        WHO = "expand"
        "R&D" = "spell"
        [engines.openai]
        model = "kokoro"
        names = ["a", "b"]
        key_file = "secret.txt"
        """
    )
    assert show == Show(
        title="The Lock",
        id="lock",
        author="A. Keeper",
        description="Canals, weekly.",
        language="en-US",
        genre="News",
        link="https://lock.example/",
        date=dt.date(2026, 11, 7),
        cover=CoverSettings("cover.png"),
        output="s3://lock/audio",
        accent="#A0b1C2",
        voices=VoicesSettings(
            quotations=VoiceSettings(name="high"),
            departments=(("Science & technology", VoiceSettings(rate=0.9)),),
            alternate=(VoiceSettings(name="third"), VoiceSettings("gtts")),
            narrator=VoiceSettings("silent", "low", 1.25, -2.0),
        ),
        intro=StingSettings("bell.wav", "This is {show}, of {date}.", -3.0, 10, 20, 3000, 700, -9.5),
        outro=StingSettings("none", "That was {show}.", 1.5, 1, 2, 3),
        section=StingSettings("gong.wav", "Now: {section}."),
        pauses=PauseSettings(*range(13)),
        audio=AudioSettings("opus", 128, 2, -19.0),
        episode=EpisodeSettings(12, 2, "bonus"),
        epub=EpubSettings("word"),
        chapters=ChaptersSettings("{section}: {title}"),
        feed=FeedSettings(
            "https://lock.example/audio/", explicit=True, page_size=10, persons=(PersonSettings("B. Weir"),)
        ),
        engines=(("openai", (("model", "kokoro"), ("names", ("a", "b")), ("key_file", KEY_FILE))),),
        reading=ReadingSettings("place", "rows", True),
        languages=(("fr", "espeak:fr"),),
        workers=WorkersSettings("tcp://10.0.0.1:8786", (("kokoro", "GPU=1"),)),
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
        ('[voices.narrator]\nengin = "x"', "voices.narrator.engin", "Did you mean voices.narrator.engine?"),
        ('[voice]\nengine = "x"', "voice", "Did you mean voices?"),
        ("[intro]\nfade_in = 1", "intro.fade_in", "Did you mean intro.fade_in_ms?"),
        ("[outro]\ngain = 1", "outro.gain", "Did you mean outro.gain_db?"),
        ("[pauses]\nparagraf = 1", "pauses.paragraf", "Did you mean pauses.paragraph?"),
        ("[audio]\nloudnes = -16", "audio.loudnes", "Did you mean audio.loudness?"),
        ("[audio]\nqqq = 1", "audio.qqq", "There are: format, bit_rate_kbps, channels, loudness."),
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
        ('voices = "espeak"', "voices must be a table, not 'espeak'"),
        ("[[voices]]\nrate = 1", "voices must be a table"),
        ('[voices.narrator]\nrate = "fast"', "voices.narrator.rate must be a number, not 'fast'"),
        ("[voices.narrator]\nrate = true", "voices.narrator.rate must be a number, not True"),
        (f"[voices.narrator]\nrate = 1{'0' * 400}", "voices.narrator.rate must be a number"),
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
        ('language = "English"', "language"),
        ('language = "en_GB"', "language"),
        ('language = "en-us"', "language"),
        ('accent = "blue"', "accent"),
        ('link = "lock.example"', "link"),
        ('link = "https://lock.example/a b"', "link"),
        ("[voices.narrator]\nrate = 0.4", "voices.narrator.rate"),
        ("[voices.headlines]\nrate = 2.1", "voices.headlines.rate"),
        ("[[voices.alternate]]\nrate = nan", "voices.alternate.1.rate"),
        ("[audio]\nbit_rate_kbps = 97", "audio.bit_rate_kbps"),
        ("[audio]\nloudness = 0", "audio.loudness"),
        ("[audio]\nloudness = -inf", "audio.loudness"),
        ('[audio]\nloudness = "loud"', "audio.loudness"),
        ('[audio]\nformat = "ogg"', "audio.format"),
        ("[audio]\nchannels = 3", "audio.channels"),
        ('[section]\ntext = "{place}"', "section.text"),
        ('[intro]\ntext = "{section}"', "intro.text"),
        ("[intro]\nduck_db = 3", "intro.duck_db"),
        ("[pauses]\nparagraph = -1", "pauses.paragraph"),
        ("[pauses]\narticle = 60001", "pauses.article"),
        ('[intro]\ntext = "Welcome to {shop}."', "intro.text"),
        ('[outro]\ntext = "{"', "outro.text"),
        ('[chapters]\ntitle = "{rubric}: {title}"', "chapters.title"),
        ('[chapters]\ntitle = "{title"', "chapters.title"),
        ('[outro]\ntext = "{show.title}"', "outro.text"),
        ("[intro]\ngain_db = inf", "intro.gain_db"),
        ("[intro]\nfade_in_ms = -1", "intro.fade_in_ms"),
        ("[outro]\nfade_out_ms = -1", "outro.fade_out_ms"),
        ("[outro]\ntrim_ms = -5", "outro.trim_ms"),
        ("[episode]\nnumber = -1", "episode.number"),
        ("[episode]\nseason = 100000", "episode.season"),
        ('[episode]\ntype = "special"', "episode.type"),
    ],
)
def test_value_out_of_range_is_refused_with_what_is_in_it(text: str, name: str) -> None:
    error = refusal(text)
    assert error.message.startswith(f"{name} cannot be ")
    assert error.hint


def test_all_that_cannot_be_read_is_told_at_once() -> None:
    error = refusal(
        """titel = "Tides"
[voices.departments.Business]
rate = "fast"
[audio]
chanels = 2
bit_rate_kbps = "lots"
[[episode.persons]]
name = 3
role = 4
"""
    )
    assert [each.message.split(" must ")[0] for each in (error, *error.others)] == [
        "there is no setting titel",
        "voices.departments.Business.rate",
        "there is no setting audio.chanels",
        "audio.bit_rate_kbps",
        "episode.persons.1.name",
        "episode.persons.1.role",
    ]


def test_unknown_field_of_a_chapter_title_is_told_which_there_are() -> None:
    hint = refusal('[chapters]\ntitle = "{author}"').hint
    assert hint == "Use {section}, {title}, {fly_title} and {number} only."


def test_settings_that_would_take_long_to_read_are_refused() -> None:
    assert refusal(f"#\n{'a.' * 100}b = 1").message == "a key may have 100 parts at most"
    assert refusal(f"{'a.' * 99}b = 1").message != "a key may have 100 parts at most"
    assert refusal("#" * 1_000_001).message == "settings may have 1 MB at most"


@pytest.mark.parametrize("text", ["title", 'title = "open', "[voice", "date = 2026-02-30", f"a = {'9' * 5000}"])
def test_broken_toml_is_refused(text: str) -> None:
    assert refusal(text).message.startswith("this is no TOML: ")


@pytest.mark.parametrize(
    ("line", "number", "hint"),
    [
        ("author = My show", 2, 'Put text in quotation marks: author = "My show".'),
        ("author = “A show” # ours", 2, 'Use straight quotation marks: author = "A show" # ours'),
        ('author = "A show', 2, 'End the text with a quotation mark: author = "A show".'),
        ("[pauses", 2, "The name of a table stands in brackets, alone in its line: [pauses]."),
        ("[feed]\nlocked = yes", 3, "Write locked = true."),
        ("author: A show", 2, 'An equals sign stands behind the key: author = "A show".'),
        ("link = ", 2, 'Each line reads: key = "value".'),
        ('title = "B"', 2, TWICE),
        ("[feed]\n[feed]", 3, TWICE),
    ],
)
def test_slip_in_toml_is_told_with_its_line_and_how_it_should_read(line: str, number: int, hint: str) -> None:
    error = refusal(f'title = "A"\n{line}\n')
    assert (error.where, error.hint) == (f"{WHERE}:{number}", hint)


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
            if value is not None and not isinstance(value, dict | tuple)
        ]

    def tables(values: dict[str, Any], name: str) -> list[str]:
        """Write the tables within a table, each behind its name."""
        written = []
        for key, value in values.items():
            path = f"{name}.{_json(key)}" if name else _json(key)
            if isinstance(value, dict):
                written += [f"[{path}]", *lines(value), *tables(value, path)]
            elif isinstance(value, tuple):
                written += [line for item in value for line in (f"[[{path}]]", *lines(item))]
        return written

    values = {**dataclasses.asdict(show), "abbreviations": dict(show.abbreviations)}
    values["voices"]["departments"] = dict(values["voices"]["departments"])
    return "\n".join([*lines(values), *tables(values, "")])


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12)
LITERALS = WORDS.filter(lambda text: not {"{", "}"} & set(text))
TEMPLATES = st.lists(LITERALS | st.sampled_from(["{show}", "{date}"]))
LENGTHS = st.integers(0, 60_000)
STINGS = st.builds(
    StingSettings,
    WORDS,
    TEMPLATES.map("".join),
    st.floats(-60, 20),
    fade_in_ms=LENGTHS,
    fade_out_ms=LENGTHS,
    trim_ms=LENGTHS,
    duck_ms=LENGTHS,
    duck_db=st.floats(-60, 0),
)
SOME_RATE, SOME_PITCH = st.none() | st.floats(0.5, 2), st.none() | st.floats(-12, 12)
VOICE = st.builds(VoiceSettings, st.none() | WORDS, st.none() | WORDS, SOME_RATE, SOME_PITCH)
VOICES = st.builds(
    VoicesSettings,
    VOICE,
    VOICE,
    VOICE,
    st.dictionaries(WORDS, VOICE, max_size=2).map(lambda table: (*table.items(),)),
    st.lists(VOICE, max_size=2).map(tuple),
    st.builds(VoiceSettings, WORDS, WORDS, st.floats(0.5, 2), st.floats(-12, 12)),
)
SHOWS = st.builds(
    Show,
    title=WORDS,
    author=WORDS,
    description=WORDS,
    language=st.sampled_from(("en-GB", "en-US", "de-DE", "fr")),
    date=st.none() | st.dates(),
    voices=VOICES,
    intro=STINGS,
    outro=STINGS,
    pauses=st.builds(PauseSettings, *[LENGTHS] * len(dataclasses.fields(PauseSettings))),
    audio=st.builds(
        AudioSettings,
        st.just("mp3"),
        st.sampled_from((0, *FORMATS["mp3"].bit_rates_kbps)),
        st.sampled_from((1, 2)),
        st.floats(-40, -9) | st.sampled_from(list(PRESETS)),
    ),
    cover=st.builds(CoverSettings, WORDS, st.sampled_from(COVER_DESIGNS), WORDS, st.sampled_from(TYPEFACES)),
    chapters=st.builds(
        ChaptersSettings, st.lists(LITERALS | st.sampled_from(["{section}", "{title}", "{number}"])).map("".join)
    ),
    abbreviations=st.dictionaries(WORDS.filter(str.strip), st.sampled_from(POLICIES)).map(
        lambda table: (*table.items(),)
    ),
)


@given(SHOWS)
def test_what_a_show_says_is_read_back_as_it_was(show: Show) -> None:
    assert check_values(show, "") is show
    assert parse(as_toml(show)) == show
