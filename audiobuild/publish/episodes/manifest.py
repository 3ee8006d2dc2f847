"""An episode's manifest: what is said of it, and which files are its own; feeds and pages are made of it (layer 3).

It stands beside the episode as NAME.json. The same input gives the same bytes. Files that go with the sound bear its
stem: NAME, or NAME.r2 once it has changed, so that no address ever gives other bytes than before.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_type_hints

from audiobuild import __version__
from audiobuild.config.show import PersonSettings, Show
from audiobuild.errors import SourceError
from audiobuild.model.levels import Level, Measured
from audiobuild.model.values import Voice
from audiobuild.publish.episodes.identity import ArticleMark, Identity, Kind

SUFFIX = ".json"
REMEDY = "Build the episode again, or take the file away."
"""What to do about a manifest that is broken."""
FORMER_VOICE = Voice("espeak")
"""Who spoke all episodes whose manifests do not tell."""
_NAMES = {"show", "part"}
"""What every episode is known by, if it is known by anything."""
_CHECKSUM = "sha256_of_manifest"
"""The field of a file that holds the hash of all others; files of former versions have none."""
_MOST = 2**53
"""No number in a manifest is as large; up to here all programs read the same one."""
_LEVELS = ("integrated_lufs", "true_peak_dbtp", "rms_dbfs")
"""What was measured, in the order in which `Measured` takes it."""


@dataclass(frozen=True, slots=True)
class ChapterEntry:
    """A chapter as listeners see it."""

    title: str
    start_ms: int
    end_ms: int
    url: str = ""
    image: str = ""
    """The file of its picture, in the same folder; empty for none."""
    rubric: str = ""
    """What its article says under the headline."""
    section: str = ""
    """The department."""


@dataclass(frozen=True, slots=True)
class VoiceEntry:
    """A voice that is heard."""

    engine: str
    voice: str
    """The engine's own name for it."""
    licence: str = ""
    """Of the voice's data; empty where none is stated."""
    credit: str = ""
    """Whom the licence asks to be named; empty for nobody."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that is known of a finished episode."""

    name: str
    """What its files are called, but for their endings: ASCII letters, digits and hyphens."""
    identity: str
    """What makes it the same episode when it is built again."""
    guid: str
    """For ever the same."""
    revision: int
    """How many times its sound has changed, and one."""
    title: str
    show: str
    author: str
    description: str
    language: str
    """BCP 47."""
    published: dt.date | None
    file: str
    """The episode, in the same folder."""
    mime: str
    bytes: int
    sha256: str
    made_of: str
    """The hash of all that it was made of."""
    duration_ms: int
    cover: str
    """The file of its cover; empty where it is in the episode alone."""
    words: str
    """"engine" where the engine told the times of the words, "estimated" where they are reckoned."""
    loudness: dict[str, Any]
    """As `loudness_facts` tells it."""
    chapters: tuple[ChapterEntry, ...]
    season: int = 0
    """From 1; 0 for none."""
    number: int = 0
    """From 1; 0 for none of its own."""
    type: str = "full"
    """One of `config.EPISODE_TYPES`."""
    companions: str = ""
    """The SHA-256 of the files that go with the sound, the page aside; empty where there are none."""
    transcript: str = ""
    """The SHA-256 of the transcript in its page; empty where there is no page."""
    voices: tuple[VoiceEntry, ...] = ()
    """The narrator's first, then the others that are heard, in their order; empty where it was not kept yet."""
    place: int = 0
    """Which article of its issue it is, from 1; 0 for the whole, and for one that was built by itself."""
    changes: int = 0
    """How many times it has been published otherwise: sound, words, or pictures."""
    known_by: dict[str, str] = dataclasses.field(default_factory=dict)
    """Show, part and keys of its `Identity`, by their names; empty where they were not kept yet."""
    articles: tuple[ArticleMark, ...] = ()
    """What its articles are known by."""
    persons: tuple[PersonSettings, ...] = ()
    """Who is heard in it; empty for those of the show."""

    @property
    def stem(self) -> str:
        """What the files that go with the sound are called, but for their endings."""
        return stem(self.name, self.revision)

    @property
    def credits(self) -> tuple[str, ...]:
        """Those whom the licences of the voices ask to be named, each once."""
        return tuple(dict.fromkeys(voice.credit for voice in self.voices if voice.credit))


def known_by(identity: Identity) -> dict[str, str]:
    """Put down what an episode is known by."""
    return {"show": identity.show, "part": identity.part, **{kind.value: value for kind, value in identity.keys}}


def identity_in(manifest: Manifest) -> Identity | None:
    """Give back what an episode is known by; None where that was not kept yet."""
    told = manifest.known_by
    if not told:
        return None
    keys = ((kind, told[kind.value]) for kind in Kind if kind.value in told)
    return Identity(told["show"], told["part"], tuple(keys), manifest.articles)


def stem(name: str, revision: int) -> str:
    """Name the files that go with a revision of an episode, but for their endings.

    >>> stem("weekly", 1), stem("weekly", 3)
    ('weekly', 'weekly.r3')
    """
    # No name has a full stop in it, so that no two episodes can ever have a file in common.
    return name if revision == 1 else f"{name}.r{revision}"


def oldest_first(manifests: Iterable[Manifest]) -> list[Manifest]:
    """Put episodes in the order in which they came out, and those of one day as the issue has them: whole, then parts.

    One without a date is the oldest.
    """
    return sorted(manifests, key=lambda each: (each.published or dt.date.min, each.place, each.identity, each.name))


def newest_first(manifests: Iterable[Manifest]) -> list[Manifest]:
    """Put episodes in the order of a list: the newest day first, and those of one day as the issue has them."""
    return sorted(oldest_first(manifests), key=lambda each: each.published or dt.date.min, reverse=True)


def former_narrator(show: Show, identity: str, published: Iterable[Manifest]) -> Voice | None:
    """Tell who narrated the newest episode of a show; None where there is none.

    Args:
        identity: of the episode that is to be built: one that was published under another title counts as well.
    """
    name = show.id or show.title
    ours = [each for each in published if identity == each.identity or (name and each.identity.startswith(f"{name}|"))]
    newest = next(iter(newest_first(ours)), None)
    if newest is None:
        return None
    return next((Voice(each.engine, each.voice) for each in newest.voices), FORMER_VOICE)


def are_titled_by_department(chapters: Sequence[ChapterEntry]) -> bool:
    """Say whether the titles of chapters name their departments themselves, so that a list need not."""
    departments = [(each.section, each.title) for each in chapters if each.section]
    return all(section in title for section, title in departments)


_PLAIN = {
    part.__name__: [(name, kind) for name, kind in get_type_hints(part).items() if kind in (str, int)]
    for part in (Manifest, ChapterEntry, VoiceEntry, ArticleMark, PersonSettings)
}
"""The fields of texts and of whole numbers."""


def render_manifest(manifest: Manifest) -> bytes:
    """Write a manifest."""
    facts = dataclasses.asdict(manifest)
    facts["published"] = manifest.published.isoformat() if manifest.published else None
    told = {"generator": f"audiobuild {__version__}", **facts}
    return f"{_written({**told, _CHECKSUM: _checksum(told)})}\n".encode()


def _checksum(told: dict[str, Any]) -> str:
    return hashlib.sha256(_written(told).encode(errors="surrogatepass")).hexdigest()


def _written(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)


def read_manifest(data: bytes, where: str) -> Manifest:
    """Read a manifest.

    Raises:
        SourceError: it is none, or one of another version, or damaged: a value in it is of another kind than its
            field, or its checksum does not hold.
    """
    try:
        told = json.loads(data)
        checksum = told.pop(_CHECKSUM, None)
        is_damaged = checksum is not None and checksum != _checksum(told)
        facts = {"made_of": "", **told}  # without it, the episode is written again
        del facts["generator"]
        facts["published"] = dt.date.fromisoformat(facts["published"]) if facts["published"] else None
        facts["chapters"] = tuple(ChapterEntry(**chapter) for chapter in facts["chapters"])
        facts["voices"] = tuple(VoiceEntry(**voice) for voice in facts.get("voices", ()))
        facts["persons"] = tuple(PersonSettings(**person) for person in facts.get("persons", ()))
        facts["articles"] = tuple(ArticleMark(**mark) for mark in facts.get("articles", ()))
        manifest = Manifest(**facts)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise SourceError("this is no manifest of an episode", where, REMEDY) from error
    if is_damaged:
        raise SourceError("this manifest is not as it was written", where, REMEDY)
    broken = next(_broken(manifest), "")
    if broken:
        raise SourceError(f"{broken} cannot be what this manifest says", where, REMEDY)
    return manifest


def _broken(manifest: Manifest) -> Iterator[str]:
    """Name the fields whose values are of another kind than theirs."""
    parts = (manifest, *manifest.chapters, *manifest.voices, *manifest.articles, *manifest.persons)
    for part in parts:
        for name, kind in _PLAIN[type(part).__name__]:
            value = getattr(part, name)
            if type(value) is not kind or not (_is_whole(value) if isinstance(value, str) else 0 <= value < _MOST):
                yield name
    if not _tells_levels(manifest.loudness):
        yield "loudness"
    known = manifest.known_by
    if not (isinstance(known, dict) and all(map(_is_text, known.values())) and (not known or known.keys() >= _NAMES)):
        yield "known_by"


def _tells_levels(told: object) -> bool:
    if not isinstance(told, dict) or not isinstance(told.get("misses"), list):
        return False
    return all(type(told.get(name)) in (int, float) and abs(told[name]) < _MOST for name in _LEVELS)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and _is_whole(value)


def _is_whole(text: str) -> bool:
    """Whether there is no half of a character in it, which JSON can hold and no file."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def loudness_facts(measured: Measured, level: Level) -> dict[str, Any]:
    """Put what was measured beside what was asked for."""
    return {
        "integrated_lufs": measured.loudness_lufs,
        "true_peak_dbtp": measured.peak_dbtp,
        "rms_dbfs": measured.rms_dbfs,
        "target_lufs": level.loudness_lufs,
        "ceiling_dbtp": level.ceiling_dbtp,
        "misses": list(measured.misses(level)),
    }


def measured_of(manifest: Manifest) -> Measured:
    """Give back what was measured."""
    loudness_lufs, peak_dbtp, rms_dbfs = (manifest.loudness[name] for name in _LEVELS)
    return Measured(loudness_lufs, peak_dbtp, rms_dbfs, manifest.duration_ms / 1000)
