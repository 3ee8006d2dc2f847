"""What the user has decided: defaults, then show.toml, then options (layer 0).

Each table of show.toml is a frozen dataclass below; its fields are the keys there are. A key that is not there is an
error that names the nearest one.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

FILE_NAME = "show.toml"
NO_STING = "none"
"""What it says for no sting at all."""
LANGUAGE_TAG = re.compile("[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8})*")
"""BCP 47, in its usual capitals: a language, and where they matter script, region and variants."""
LANGUAGE_HINT = "Write it like en-GB, de-DE or fr."
POLICIES = ("expand", "spell", "word")
"""How an abbreviation may be read: by its long form, letter by letter, as a word."""
FOOTNOTES = ("skip", "place")
TABLES = ("skip", "rows")
EPISODE_TYPES = ("full", "trailer", "bonus")
EPUB_FOLLOWS = ("sentence", "word")
COVER_DESIGNS = ("type", "departments", "date", "picture", "dial")
TYPEFACES = ("sans", "serif")
CHAPTER_FIELDS = ("section", "title", "fly_title", "number")
"""What the title of a chapter may be made of: of its article the department, headline, fly-title, number from 1."""


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """[voices.narrator] and the like: who speaks. What is left out is as the narrator has it."""

    engine: str | None = None
    """An entry point in the group `audiobuild.engines`; without it, the one that has a voice of that name."""
    name: str | None = None
    """The engine's own name for the voice; empty for its default in the show's language."""
    rate: float | None = None
    """Speed, relative to the engine's normal."""
    pitch_semitones: float | None = None
    """How much higher than normal, for engines that can."""


@dataclass(frozen=True, slots=True)
class VoicesSettings:
    """[voices]: who reads what. A voice further down the list yields to one above it."""

    headlines: VoiceSettings = field(default_factory=VoiceSettings)
    """Names of departments, fly-titles, headlines, rubrics, headings."""
    quotations: VoiceSettings = field(default_factory=VoiceSettings)
    """Paragraphs that are quotations."""
    letters: VoiceSettings = field(default_factory=VoiceSettings)
    """The articles of a department called Letters."""
    departments: tuple[tuple[str, VoiceSettings], ...] = ()
    """[voices.departments.NAME]: the articles of that department."""
    alternate: tuple[VoiceSettings, ...] = ()
    """[[voices.alternate]]: readers who take turns with the narrator, an article each."""
    narrator: VoiceSettings = field(default_factory=lambda: VoiceSettings(None, "", 1.0, 0.0))
    """All the rest; without engine and name, the default voice of the show's language."""


@dataclass(frozen=True, slots=True)
class StingSettings:
    """[intro], [outro] and [section]: how the episode, and each department in it, opens and closes."""

    sting: str = ""
    """A sound file, relative to show.toml; empty for the one that is shipped, "none" for none."""
    text: str = ""
    """What is said; {show}, {date} and, in [section], {section} stand for titles and the date of the issue."""
    gain_db: float = 0.0
    """Louder or quieter than the speech."""
    fade_in_ms: int = 0
    """How long it takes to come up."""
    fade_out_ms: int = 0
    """How long it takes to die away."""
    trim_ms: int = 0
    """The sting is cut to this length; 0 leaves it whole."""
    duck_ms: int = 0
    """How long before the sting's end the voice starts; 0 waits for its end."""
    duck_db: float = -12.0
    """How loud the sting is under the voice."""


@dataclass(frozen=True, slots=True)
class PauseSettings:
    """[pauses]: the silence after each part, in milliseconds."""

    sentence: int = 350
    """Between the pieces of a paragraph that is too long for its engine."""
    sting: int = 500
    """After a sting."""
    ident: int = 900
    """After what the show says of itself."""
    section: int = 900
    """After the name of a department."""
    fly_title: int = 500
    """After the line above a headline."""
    headline: int = 700
    """After a headline."""
    rubric: int = 700
    """After the line under a headline."""
    date: int = 900
    """After the date of an article."""
    heading: int = 600
    """After a sub-heading."""
    paragraph: int = 600
    """After a paragraph."""
    quotation: int = 600
    """After a quotation."""
    list_item: int = 400
    """After an item of a list."""
    article: int = 1500
    """After the last words of an article, in place of the pause of what they are, unless a remark says another."""


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """[audio]: how the episode is levelled and encoded."""

    format: str = "mp3"
    """What kind of file an episode is."""
    bit_rate_kbps: int = 0
    """0 for what suits the format: 96 for MP3."""
    channels: int = 1
    """1 for mono, 2 for stereo."""
    loudness: str | float = "podcast"
    """A preset's name, or an integrated loudness as heard, in LUFS."""


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """[reading]: what of an article is read that could be left out."""

    footnotes: str = "skip"
    """Whether they are left out, or read in their place: behind the paragraph that has their mark."""
    tables: str = "skip"
    """Whether they are left out, or read row by row."""
    readme: bool = False
    """Whether a README in a folder is an article."""


@dataclass(frozen=True, slots=True)
class PersonSettings:
    """[[feed.persons]]: somebody who is heard, or who has a part in the show."""

    name: str = ""
    """What they are called."""
    role: str = ""
    """A role of the Podcast Taxonomy, such as "host" or "reporter"; empty means host."""
    group: str = ""
    """The group of that role; empty means cast."""
    href: str = ""
    """The address of a page about them."""
    img: str = ""
    """The address of a picture of them."""


@dataclass(frozen=True, slots=True)
class EpisodeSettings:
    """[episode]: what is said of this issue alone. Its articles' own episodes have its season, and no number."""

    number: int = 0
    """From 1; 0 for none."""
    season: int = 0
    """From 1; 0 for none."""
    type: str = "full"
    """What kind of episode it is."""
    id: str = ""
    """What the issue is known by, for ever; empty for its number, or its date, or its folder."""
    title: str = ""
    """Empty for the show's title and the date."""
    description: str = ""
    """Empty for the show's description, or the headlines."""
    persons: tuple[PersonSettings, ...] = ()
    """Who is heard in this issue; none for those of the show."""


@dataclass(frozen=True, slots=True)
class ChaptersSettings:
    """[chapters]: what listeners see of the chapters; none of it is heard."""

    title: str = "{title}"
    """What the chapter of an article is called; a part that is empty goes with its separator."""


@dataclass(frozen=True, slots=True)
class CoverSettings:
    """[cover]: what listeners see of an episode in a list; `cover = "cover.png"` is short for its file."""

    file: str = ""
    """A picture, relative to show.toml; an article by itself shows its own instead. Empty for a drawn one."""
    design: str = "type"
    """How it is drawn: in letters, with a band a department, with the day of the month, on a picture, as a ring."""
    picture: str = ""
    """What "picture" is drawn on, relative to show.toml; empty for that of the first article that has one."""
    typeface: str = "sans"
    """What its letters are like; those of other scripts have one typeface each."""


@dataclass(frozen=True, slots=True)
class EpubSettings:
    """[epub]: how a book of the format "epub" reads along."""

    follow: str = "sentence"
    """What is marked while it is heard."""


@dataclass(frozen=True, slots=True)
class TxtSettings:
    """[[feed.txt]]: a text for whom it may concern, such as a host that asks for a proof of ownership."""

    text: str = ""
    """What it says, as it is asked for."""
    purpose: str = ""
    """What it is for, such as "verify"."""


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """[feed]: what podcast apps and directories are told; without a base there is no feed."""

    base: str = ""
    """The address of the folder in which everything is published, with a slash at its end."""
    address: str = ""
    """Where listeners subscribe, if that is not feed.xml in that folder."""
    cover: str = ""
    """The address of the show's picture, or its file in the folder; empty for its cover without an episode."""
    owner_name: str = ""
    """Whom directories write to."""
    owner_email: str = ""
    """Where directories write to; everybody can read it."""
    category: str = ""
    """One of Apple's: "News", or "News > Politics"."""
    explicit: bool = False
    """Whether it is not for children."""
    type: str = "episodic"
    """"serial" where episodes are heard from the first on."""
    copyright: str = ""
    """Who holds the rights, and since when."""
    persons: tuple[PersonSettings, ...] = ()
    """[[feed.persons]]: who is heard, or has a part in the show."""
    locked: bool = False
    """Whether other hosts are asked not to take the show over."""
    medium: str = "podcast"
    """What the feed is of, in the words of the podcast namespace."""
    numbering: str = "none"
    """"show" numbers episodes by their dates, "year" makes each year a season; what [episode] says goes before."""
    page_size: int = 300
    """How many episodes make an older page; the feed itself holds as many, and up to twice as many less one."""
    key: str = field(default="", repr=False)
    """A secret of 16 characters or more makes the feed private: its name cannot be guessed."""
    guid: str = ""
    """The podcast:guid that the show had before it moved here."""
    moved_to: str = ""
    """The address of another feed, which apps are to follow in place of this one."""
    keep_revisions: int = 1
    """How many superseded revisions of an episode stay, since feeds that apps have kept still name them."""
    second_category: str = ""
    """Another of Apple's categories."""
    funding: str = ""
    """The address of a page where listeners can support the show."""
    funding_text: str = ""
    """What they are asked for there."""
    license: str = ""
    """An SPDX name, such as "cc-by-4.0", or any other with `license_url`."""
    license_url: str = ""
    """The address of its whole text."""
    txt: tuple[TxtSettings, ...] = ()
    update_frequency: str = ""
    """How often an episode comes out: "daily", "weekly", "biweekly", "monthly", or an RRULE of iCalendar."""


@dataclass(frozen=True, slots=True)
class WorkersSettings:
    """[workers]: where speech is made; nothing of it is heard."""

    dask: str = ""
    """The address of a scheduler of Dask's, such as tcp://10.0.0.1:8786; empty for this machine alone."""
    resources: tuple[tuple[str, str], ...] = ()
    """[workers.resources]: what workers must have for an engine, by its name: kokoro = "GPU=1"."""


@dataclass(frozen=True, slots=True)
class Show:
    """show.toml: what is the same from issue to issue, and this issue's date."""

    title: str = ""
    """What the show is called; empty for the folder's name, and for no words before the first article."""
    id: str = ""
    """What the show's episodes are known by, for ever; empty for the title, which must stay then."""
    author: str = ""
    """Who makes it; empty for the authors of an episode, or the title."""
    description: str = ""
    """What it is about, in a few sentences; empty lines part paragraphs."""
    language: str = "en-GB"
    """A BCP 47 tag. What has no rules of ours is spoken as it is written."""
    genre: str = "Podcast"
    """What the tag of an episode says of its kind."""
    link: str = ""
    """The show's web address."""
    date: dt.date | None = None
    """The date of the issue; without it, the latest date of an article."""
    output: str = ""
    """Where episodes go that --output does not send elsewhere: a folder, relative to show.toml, or s3://bucket/prefix."""
    accent: str = "#0b5394"
    """Colour of a drawn cover, and what the colours of the pages are worked out from."""
    cover: CoverSettings = field(default_factory=CoverSettings)
    voices: VoicesSettings = field(default_factory=VoicesSettings)
    intro: StingSettings = field(default_factory=lambda: StingSettings(text="{show}. {date}."))
    outro: StingSettings = field(default_factory=StingSettings)
    section: StingSettings = field(default_factory=lambda: StingSettings(text="{section}"))
    engines: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...] = ()
    """[engines.NAME]: what an engine has to be told beside voice, rate and pitch; the engine knows its own keys."""
    pauses: PauseSettings = field(default_factory=PauseSettings)
    audio: AudioSettings = field(default_factory=AudioSettings)
    chapters: ChaptersSettings = field(default_factory=ChaptersSettings)
    episode: EpisodeSettings = field(default_factory=EpisodeSettings)
    epub: EpubSettings = field(default_factory=EpubSettings)
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    languages: tuple[tuple[str, str], ...] = ()
    """[languages]: who reads passages in another language, as "engine:voice", by its tag: fr = "espeak:fr"."""
    feed: FeedSettings = field(default_factory=FeedSettings)
    workers: WorkersSettings = field(default_factory=WorkersSettings)
    abbreviations: tuple[tuple[str, str], ...] = ()
    """[abbreviations]: terms of the user's own choice, each with "expand", "spell" or "word"."""
