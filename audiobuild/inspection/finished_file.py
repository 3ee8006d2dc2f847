"""What a finished file is and how it sounds: where its tag, its sound and its chapters meet (layer 3)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from audiobuild.audio.measurement import profile_file
from audiobuild.audio.profile import Profile, Silence, StretchLevel
from audiobuild.errors import OutputError, SoundError
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.levels import PRESETS
from audiobuild.publish.episodes.episode_tag import EpisodeFacts
from audiobuild.publish.formats.containers import read_facts
from audiobuild.publish.formats.volume_facts import write_sound
from audiobuild.publish.pictures.sound_picture import Mark, draw_profile
from audiobuild.store.artefacts import check_writable, written_whole

LONG_SILENCE_MS = 2500
"""What is silent for longer sounds as if the episode had stopped."""

ACX = PRESETS["audiobook"]
ACX_NOISE_DB = -60.0
"""The highest noise floor that ACX, where audio books are handed in, takes."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that is known of a finished file."""

    path: Path
    size_bytes: int
    facts: EpisodeFacts
    """What the file says of itself."""
    profile: Profile
    """What was measured."""
    levels: tuple[StretchLevel, ...]
    """How loud each chapter is, in their order."""
    silences: tuple[Silence, ...]
    """Those longer than 2.5 s between the first sound and the last."""

    @property
    def title(self) -> str:
        """The episode's title, or else the file's name."""
        return self.facts.tag.title or self.path.name

    @property
    def fits_acx(self) -> bool:
        """Whether RMS, peak and noise are what ACX asks for."""
        softest, loudest = ACX.rms_dbfs or (-math.inf, math.inf)
        profile = self.profile
        return (
            softest <= profile.rms_db <= loudest
            and profile.sample_peak_db <= ACX.ceiling_dbtp
            and profile.noise_floor_db <= ACX_NOISE_DB
        )


def inspect_episode(path: Path) -> Inspection:
    """Read and measure a finished file of any format.

    Raises:
        SourceError: there is no such file, or it is no episode.
        SoundError: its sound cannot be decoded, or there is none.
    """
    facts = read_facts(path)
    profile = _profile(path, facts)
    return Inspection(
        path,
        path.stat().st_size,
        facts,
        profile,
        tuple(profile.level(chapter.start_ms, chapter.end_ms) for chapter in facts.tag.chapters),
        profile.silences(LONG_SILENCE_MS),
    )


def _profile(path: Path, facts: EpisodeFacts) -> Profile:
    """Measure the sound of a file; that of a book is taken out of it first."""
    if not FORMATS[facts.kind].is_volume:
        return profile_file(path)
    with TemporaryDirectory() as folder:
        sound = Path(folder) / "sound.mp3"
        try:
            write_sound(path, sound)
        except (ValueError, OSError) as error:
            raise SoundError("the sound in this book cannot be read", str(path), "Build it again.") from error
        return profile_file(sound)


def check_picture_path(picture: Path, episode: Path) -> None:
    """See that a picture can be written, before minutes are spent on measuring.

    Raises:
        OutputError: it cannot, or it would take the place of the episode.
    """
    if picture.is_dir():
        raise OutputError("this is a folder", str(picture), "Give the picture a name, such as sound.png.")
    if picture.exists() and episode.exists() and picture.samefile(episode):
        raise OutputError("this is the episode itself", str(picture), "Give the picture another name.")
    try:
        check_writable(picture.parent)
    except OutputError as error:
        raise _elsewhere(error) from error


def write_picture(inspection: Inspection, path: Path) -> None:
    """Draw the sound of a file as a PNG; a picture of that name is replaced once the new one is whole.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
    """
    marks = [Mark(chapter.start_ms, chapter.title) for chapter in inspection.facts.tag.chapters]
    png = draw_profile(inspection.profile, inspection.title, marks, inspection.silences)
    try:
        with written_whole(path) as file:
            file.write(png)
    except OutputError as error:
        raise _elsewhere(error) from error


def _elsewhere(error: OutputError) -> OutputError:
    return OutputError(error.message, error.where, "Choose another place with --png.")
