"""Who speaks where show.toml leaves it open, and what the user is told of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from audiobuild.config.show import Show
from audiobuild.config.show_file import parse_show
from audiobuild.engines import hibari
from audiobuild.engines.registry import default_engine
from audiobuild.errors import EngineError
from audiobuild.model.values import Role, Voice
from audiobuild.publish.episodes.manifest import FORMER_VOICE, VoiceEntry, former_narrator
from audiobuild.script.casting import choose_voice, narrator
from audiobuild.voices.speakers import find_warnings, with_chosen_voice, with_engines
from tests import other_voices
from tests.building import run_here, write_edition
from tests.feeds import make_manifest

DEFAULT = default_engine("en-GB")
PLAIN = 'title = "The Breakwater"\ndate = 2026-11-07\n'
"""A show that says nothing of its voice."""
IDENTITY = "The Breakwater|2026-11-07|"


def chosen(toml: str, *published: Any, asked: tuple[str | None, str | None] = (None, None)) -> tuple[Show, list[str]]:
    """The show with all its voices, and the notes, as a build finds them."""
    show = with_chosen_voice(parse_show((PLAIN + toml).encode(), "show.toml"), *asked, None)
    show, notes = with_engines(show, former_narrator(show, IDENTITY, published))
    return show, list(notes)


def who(show: Show, role: Role = Role.PARAGRAPH, section: str = "", place: int = 0) -> tuple[str, str]:
    voice = choose_voice(show, role, section, place)
    return voice.engine, voice.name


# --- what a voice's name tells --------------------------------------------------------------------


def test_nothing_said_is_the_default_engine() -> None:
    show, _ = chosen("")
    assert who(show) == (DEFAULT, "")


@pytest.mark.parametrize(
    "toml", ['[voices.narrator]\nname = "en-gb-scotland"', '[voices.narrator]\nname = "en-gb-scotland"\nrate = 1.5']
)
def test_a_voices_name_alone_finds_its_engine(toml: str) -> None:
    show, notes = chosen(toml)
    assert who(show) == ("espeak", "en-gb-scotland")
    assert notes == []


def test_a_voice_asked_for_on_the_command_line_finds_its_engine_and_reads_everything() -> None:
    toml = '[voices.narrator]\nengine = "silent"\nname = "low"\n[voices.headlines]\nname = "high"\n'
    show, _ = chosen(toml, asked=(None, "en-gb"))
    assert who(show) == who(show, Role.HEADLINE) == ("espeak", "en-gb")
    show, _ = chosen(toml, asked=(None, "middle"))
    assert who(show) == ("silent", "middle")


def test_another_engine_asked_for_takes_neither_name_nor_pitch_from_the_shows_own_voice() -> None:
    toml = '[voices.narrator]\nengine = "espeak"\nname = "en-gb-scotland"\nrate = 1.2\npitch_semitones = 2\n'
    show, _ = chosen(toml, asked=("silent", None))
    assert narrator(show) == Voice("silent", "", 1.2, 0.0)
    show, _ = chosen(toml, asked=("espeak", None))
    assert narrator(show) == Voice("espeak", "en-gb-scotland", 1.2, 2.0)


def test_quotations_letters_and_departments_may_be_voices_of_other_engines() -> None:
    show, _ = chosen(
        '[voices.narrator]\nengine = "espeak"\npitch_semitones = 2\n[voices.quotations]\nname = "low"\n'
        '[voices.letters]\nname = "en-us"\n[voices.departments.Lights]\nname = "heart"\n'
    )
    assert choose_voice(show, Role.QUOTATION) == Voice("silent", "low")  # which has no pitch but its own
    assert who(show, section="letters") == ("espeak", "en-us")
    assert who(show, section="Lights") == ("hibari", "heart")
    assert narrator(show).pitch_semitones == 2


def test_an_alternate_takes_turns_whatever_its_engine() -> None:
    show, _ = chosen('[voices.narrator]\nname = "low"\n[[voices.alternate]]\nname = "en-us"\n')
    assert [who(show, place=place) for place in range(3)] == [("silent", "low"), ("espeak", "en-us"), ("silent", "low")]


def test_a_name_that_no_engine_has_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(EngineError, match="no engine has a voice 'lwo'") as caught:
        chosen('[voices.narrator]\nengine = "espeak"\n[voices.quotations]\nname = "lwo"\n')
    assert "Did you mean low?" in caught.value.hint


# --- upgrading ------------------------------------------------------------------------------------


def test_a_show_keeps_the_voice_of_its_newest_episode() -> None:
    old = make_manifest("old", identity=IDENTITY.replace("11-07", "10-31"), voices=(VoiceEntry("silent", "high"),))
    show, notes = chosen("", old)
    assert who(show) == ("silent", "high")
    assert notes == [
        f"this show keeps the voice of its episodes, silent; the default is {DEFAULT} now: "
        f'[voices.narrator] engine = "{DEFAULT}" in show.toml takes it'
    ]


def test_an_episode_that_does_not_tell_its_voices_was_spoken_by_espeak() -> None:
    show, notes = chosen("", make_manifest(identity=IDENTITY))
    assert who(show) == (FORMER_VOICE.engine, FORMER_VOICE.name) == ("espeak", "")
    assert len(notes) == (DEFAULT != "espeak")


def test_episodes_of_another_show_decide_nothing() -> None:
    show, notes = chosen("", make_manifest(identity="Tides|2026-11-07|", voices=(VoiceEntry("silent", "high"),)))
    assert who(show) == (DEFAULT, "")
    assert not any("keeps" in note for note in notes)


@pytest.mark.parametrize("toml", ['[voices.narrator]\nengine = "hibari"', '[voices.narrator]\nname = "heart"'])
def test_what_show_toml_says_goes_before_what_was_published(toml: str) -> None:
    show, notes = chosen(toml, make_manifest(identity=IDENTITY, voices=(VoiceEntry("silent", "high"),)))
    assert narrator(show).engine == "hibari"
    assert not any("keeps" in note for note in notes)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show that says nothing of its voice, as a version built it that knew espeak alone."""
    folder = tmp_path_factory.mktemp("built")
    write_edition(folder / "issue", show=PLAIN)
    assert run_here(["build", "issue", "--store", "store", "--engine", "espeak"], folder).returncode == 0
    (path,) = (folder / "output").glob("the-breakwater-2026-11-07.json")
    manifest = json.loads(path.read_text(encoding="utf-8"))
    assert [voice["engine"] for voice in manifest.pop("voices")] == ["espeak"]
    for name in ("place", "changes", "known_by", "articles", "sha256_of_manifest"):
        del manifest[name]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_a_folder_of_an_earlier_version_keeps_espeak_and_a_new_folder_takes_the_default(
    built: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(built, folder)
    again = run_here(["build", "issue", "--store", "store"], folder)
    assert again.returncode == 0, again.stderr
    assert "0 segments spoken" in again.stdout
    assert ("note: this show keeps the voice of its episodes, espeak;" in again.stderr) == (DEFAULT != "espeak")
    foreseen = run_here(["build", "issue", "--store", "store", "--dry-run", "--json"], folder)
    assert json.loads(foreseen.stdout) == []
    new = run_here(["build", "issue", "--store", "new", "--output", "new", "--dry-run", "--json"], folder)
    assert {need["engine"] for need in json.loads(new.stdout)} - {""} == {DEFAULT}


def test_an_article_added_to_a_kept_show_is_spoken_by_the_same_voice(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(built, folder)
    (folder / "issue" / "show.toml").write_text(PLAIN.replace("11-07", "11-14"), encoding="utf-8")
    (folder / "issue" / "3-mud").mkdir()
    (folder / "issue" / "3-mud" / "mud.md").write_text("# Mud\n\nIt is wet.\n", encoding="utf-8")
    done = run_here(["build", "issue", "--store", "store", "--dry-run", "--json", "--new"], folder)
    needs = json.loads(done.stdout)
    assert needs
    assert {need["engine"] for need in needs} <= {"espeak", ""}


def test_a_pitch_of_a_voice_that_has_one_alone_fails_a_build_and_names_who_has(tmp_path: Path) -> None:
    write_edition(tmp_path / "issue", show=PLAIN + '[voices.narrator]\nname = "heart"\npitch_semitones = 1\n')
    done = run_here(["build", "issue", "--store", "store"], tmp_path)
    assert done.returncode == 1
    message, hint = done.stderr.splitlines()
    assert message == "error: hibari: it cannot change the pitch by 1 semitones"
    assert "choose an engine that can: " in hint
    assert "espeak" in hint


# --- a voice of another region --------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    return tmp_path / "home" / ".cache" / "audiobuild"


AMERICAN = '[voices.narrator]\nengine = "hibari"\n'


def test_a_british_show_in_an_american_voice_is_told_how_to_get_a_british_one(cache: Path) -> None:
    _, notes = chosen('language = "en-GB"\n' + AMERICAN)
    assert notes == [
        "the voice heart is American (en-US), the show en-GB; a British one: "
        'audiobuild voices get emma, then [voices.narrator] name = "emma" in show.toml'
    ]


def test_where_such_a_voice_is_here_it_need_not_be_fetched(cache: Path) -> None:
    place = hibari._path("fable")
    place.parent.mkdir(parents=True)
    place.write_bytes(b"a voice")
    _, notes = chosen(AMERICAN)
    assert [note.partition("one: ")[2] for note in notes] == ['[voices.narrator] name = "fable" in show.toml']


@pytest.mark.parametrize(
    "toml",
    [
        'language = "en-US"\n' + AMERICAN,  # the voice is of its own region
        AMERICAN + 'name = "heart"\n',  # the user has chosen it
        '[voices.narrator]\nengine = "espeak"\n',  # which chooses by the region
        '[voices.narrator]\nengine = "silent"\n',  # which has no region
    ],
)
def test_nothing_is_told_where_there_is_nothing_to_tell(toml: str, cache: Path) -> None:
    assert chosen(toml)[1] == []


def test_the_line_goes_to_standard_error_unless_programs_read_or_nothing_is_to_be_said(tmp_path: Path) -> None:
    write_edition(tmp_path / "issue", show=PLAIN + AMERICAN)
    command = ["build", "issue", "--store", "store", "--dry-run"]
    told = run_here(command, tmp_path)
    assert told.stderr.count("note: the voice heart is American") == 1
    assert "note:" not in told.stdout
    for silent in ("--json", "--quiet"):
        assert "note:" not in run_here([*command, silent], tmp_path).stderr


# --- warnings, credit and price -------------------------------------------------------------------


def test_each_voice_that_may_not_be_published_is_told_once() -> None:
    voices = [Voice("gtts"), Voice("silent"), Voice("gtts", rate=0.5), Voice("gtts", "com")]
    assert find_warnings((voice, "en-GB") for voice in voices) == (
        "gtts, voice co.uk: Google states no licence to publish what it speaks",
        "gtts, voice com: Google states no licence to publish what it speaks",
    )


def test_a_build_warns_gives_credit_in_notes_and_page_and_says_what_it_would_cost(
    tmp_path: Path, others: dict[str, str]
) -> None:
    show = PLAIN + '[voices.narrator]\nengine = "quay"\nname = "low"\n[feed]\nbase = "https://breakwater.test/"\n'
    write_edition(tmp_path / "issue", show=show)
    command = ["build", "issue", "--store", "store"]
    foreseen = run_here([*command, "--dry-run"], tmp_path)
    needs = json.loads(run_here([*command, "--dry-run", "--json"], tmp_path).stdout)
    characters = sum(need["characters"] for need in needs if need["engine"])
    price = sum(need["price"] for need in needs)
    assert price == pytest.approx(characters * 0.015 / 1000)
    assert f"({characters:,} characters by quay: {price:.2f} at 0.015 a thousand)" in foreseen.stdout.splitlines()[-1]

    done = run_here(command, tmp_path)
    assert done.returncode == 0, done.stderr
    warning = f"warning: quay, voice low: {other_voices.WARNING}\n"
    assert done.stderr.count(warning) == foreseen.stderr.count(warning) == 1
    manifest = json.loads((tmp_path / "output" / "the-breakwater-2026-11-07.json").read_text(encoding="utf-8"))
    entry = {"engine": "quay", "voice": "low", "licence": other_voices.LICENCE, "credit": other_voices.CREDIT}
    assert manifest["voices"] == [entry]
    page = (tmp_path / "output" / "the-breakwater-2026-11-07.html").read_text(encoding="utf-8")
    assert '<p class="credits" dir="auto">Voices: Ann of the &lt;Quay&gt;</p>' in page
    feed = (tmp_path / "output" / "feed.xml").read_text(encoding="utf-8")
    assert "Voices: Ann of the &lt;Quay&gt;" in feed or "Voices: Ann of the &amp;lt;Quay&amp;gt;" in feed
