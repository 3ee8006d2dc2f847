"""The list of what to look at before a build, the places left unsaid, and blocks that are for the eye alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from audiobuild.model.values import Block, BlockKind
from audiobuild.normalisation import verbalise
from audiobuild.normalisation.tables import Tables
from audiobuild.script.unread import find_unread
from tests.building import SHOW, run_here, shared_store

TANKER = """# A tanker runs aground
> Nov 5th 2026

The DARU said so. The DARU is slow, and the DARU knows it.

The pool is 50m long; 6m people swam. She lives in Elm Dr, near Oak St.

The Harbour Safety Board (HSB) met. The HSB and the GDP are known.

It had 1950 in mind, since 1971. Of 40-50 boats his/her own came in. The IDEA won 7-2.

In Gdynia a ☭ was seen, says Mr Blotzkur of Nato.
"""


def listed(folder: Path, text: str = TANKER, **files: str) -> list[dict[str, Any]]:
    for name, content in {"show__toml": SHOW, "tanker__md": text, **files}.items():
        folder.joinpath(name.replace("__", ".")).write_text(content, encoding="utf-8")
    done = run_here(["check", "tanker.md", "--json"], folder)
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def test_most_frequent_comes_first_with_its_first_place(tmp_path: Path) -> None:
    assert listed(tmp_path)[0] == {
        "count": 3,
        "written": "DARU",
        "spoken": "Daru",
        "kind": "unknown initialism",
        "place": "tanker.md:4",
    }
    counts = [row["count"] for row in listed(tmp_path)]
    assert counts == sorted(counts, reverse=True)


def test_each_doubt_is_told_with_the_reading_chosen(tmp_path: Path) -> None:
    rows = {(row["written"], row["spoken"], row["kind"]) for row in listed(tmp_path)}
    assert rows == {
        ("DARU", "Daru", "unknown initialism"),
        ("50m", "fifty metres", "metres or millions"),
        ("6m", "six million", "metres or millions"),
        ("Dr", "Drive", "Doctor or Drive"),
        ("St.", "Street.", "Saint or Street"),
        ("1950", "nineteen fifty", "year or count"),
        ("his/her", "his or her", "stroke"),
        ("40-50", "forty to fifty", "range, score or date"),
        ("7-2", "seven two", "range, score or date"),
        ("IDEA", "idea", "word or initialism"),
        ("☭", "", "symbol left unsaid"),
        ("Blotzkur", "/ˈblɒtskɜː/", "guessed name"),
    }


def test_names_that_are_guessed_become_rows_that_an_editor_can_mend(tmp_path: Path) -> None:
    text = "# A tanker\n\nBlotzkur met Macron. Blotzkur’s Öhlinger saw Skotzly, and “Blotzkur” left.\n"
    assert [row["written"] for row in listed(tmp_path, text)] == ["Blotzkur", "Öhlinger", "Skotzly"]
    done = run_here(["lexicon", "suggest", "tanker.md"], tmp_path)
    rows = [row for row in done.stdout.splitlines() if not row.startswith("#")]
    assert rows[0] == "Blotzkur\tBlotzkur\tˈblɒtskɜː"
    assert "# 3 times, first at tanker.md:3" in done.stdout.splitlines()
    assert run_here(["lexicon", "suggest", "tanker.md", "--output", "lexicon.tsv"], tmp_path).returncode == 0
    assert listed(tmp_path, text) == []
    again = run_here(["lexicon", "suggest", "tanker.md", "-o", "lexicon.tsv"], tmp_path)
    assert (again.returncode, again.stderr.splitlines()[0]) == (1, "error: lexicon.tsv: there is such a file already")


def test_what_lexicon_policy_and_article_settle_is_listed_no_more(tmp_path: Path) -> None:
    settled = {
        "lexicon__tsv": "Blotzkur\tBlotskoor\n50m\tfifty metres\n",
        "show__toml": SHOW + "[abbreviations]\nDARU='spell'\n",
    }
    text = TANKER.replace("Oak St.", "Oak St<!-- say: Street -->.")
    left = {row["written"] for row in listed(tmp_path, text, **settled)}
    assert not left & {"DARU", "Blotzkur", "50m", "St", "St."}
    assert {"6m", "Dr"} <= left


def test_for_people_it_is_a_row_each_and_a_word_where_there_is_none(tmp_path: Path) -> None:
    listed(tmp_path)
    rows = run_here(["check", "tanker.md"], tmp_path).stdout.splitlines()
    assert rows[1] == "3\tDARU\tDaru\tunknown initialism\ttanker.md:4"
    (tmp_path / "calm.md").write_text("# Calm\n\nNobody came.\n", encoding="utf-8")
    assert run_here(["check", "calm.md"], tmp_path).stdout == "there is nothing to look at\n"


@pytest.mark.parametrize(
    "settled",
    [
        "The US and the UN met; the IT desk was shut.",
        "Dr Low of St Andrews met St. Anthony.",
        "The NGWR and the CX of QP are spelt: no mouth could say them.",
        "At Summit 2015 he was late; the 2019 Harbour Prize – 2016 – was his.",
        "GOV. LEE SAT ON MT. HOOD",
        "He wept and/or sang.",
        "She waved 🙂 and left ■",
    ],
)
def test_form_that_can_be_read_in_one_way_only_is_not_listed(tmp_path: Path, settled: str) -> None:
    assert listed(tmp_path, f"# A tanker\n\n{settled}\n") == []


def test_term_that_is_to_be_expanded_and_has_no_long_form_is_told(tmp_path: Path) -> None:
    settings = SHOW + "[abbreviations]\nGDP='expand'\nHSB='expand'\n"
    text = "# A tanker\n\nThe Harbour Safety Board (HSB) met. The HSB knows the GDP.\n"
    assert [(row["written"], row["kind"]) for row in listed(tmp_path, text, show__toml=settings)] == [
        ("GDP", "no long form to expand")
    ]


def test_address_that_cannot_be_followed_is_told_with_its_line(tmp_path: Path) -> None:
    front = "---\ntitle: Calm\npermalink: /2026/calm/\n---\nNobody came.\n"
    told = {"count": 1, "written": "/2026/calm/", "spoken": "", "kind": "no address that can be followed"}
    assert listed(tmp_path, front) == [{**told, "place": "tanker.md:3"}]
    assert listed(tmp_path, front.replace("/2026/calm/", "https://calm.example/")) == []
    assert listed(tmp_path, front.replace("title: Calm", "url: https://calm.example/")) == []


def test_picture_that_is_not_there_or_broken_or_lies_elsewhere_is_told_with_its_line(tmp_path: Path) -> None:
    issue = tmp_path / "issue"
    issue.mkdir()
    Image.new("RGB", (9, 9)).save(tmp_path / "calm.png")
    text = "# Calm\n\n![the sea](calm.png)\n\nNobody came.\n"
    told = {"count": 1, "written": "calm.png", "spoken": "", "kind": "picture that is not there"}
    assert listed(issue, text) == [{**told, "place": "tanker.md:3"}]
    (elsewhere,) = listed(issue, text.replace("calm.png", "../calm.png"))
    assert elsewhere["kind"] == "picture outside the articles' folder"
    (issue / "calm.png").write_text("no picture")
    (broken,) = listed(issue, text)
    assert broken["kind"] == "picture that cannot be read"
    shutil.copy(tmp_path / "calm.png", issue)
    assert listed(issue, text) == []
    assert listed(issue, text.replace("calm.png", "https://calm.example/calm.png")) == []


# --- strict ---------------------------------------------------------------------------------------


def test_strict_build_fails_with_at_most_ten_places_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nA ☭ here.\n\n" + "☭ ☋\n\n" * 6 + "The end.\n", encoding="utf-8")
    done = run_here(["build", "a.md", "--engine", "silent", "--strict", "--store", shared_store()], tmp_path)
    lines = done.stderr.splitlines()
    assert (done.returncode, lines[0]) == (1, "error: 13 things are left unsaid")
    assert lines[1:3] == ["a.md:3: the symbol '☭'", "a.md:5: the symbol '☭'"]
    assert (len(lines), lines[-1]) == (12, "and 3 more")
    assert not (tmp_path / "output").exists() or not any((tmp_path / "output").iterdir())


def test_strict_build_goes_on_where_nothing_but_ornament_is_left_out(tmp_path: Path) -> None:
    text = (
        "# A\n\n![a picture](a.jpg)\n\nAll 6m — “yes” — said so🙂.¹ †\n\n***\n\n🎉 ■\n\n¹\n\n"
        + "Nobody wept over the pier. " * 20
        + "■\n"
    )
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    done = run_here(["build", "a.md", "--engine", "silent", "--strict", "--quiet", "--store", shared_store()], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


# --- what is not read -----------------------------------------------------------------------------


def paragraphs(*texts: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, text, line) for line, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Read more",
        "Read more: How the harbour silted up",
        "Read more about the harbour →",
        "Read more of our coverage of the election.",
        "See also: The tide that failed",
        "Continue reading…",
        "Read the full story here.",
        "Source: Harbour Board",
        "Sources: IMF; World Bank; The Weighbridge",
        "Photo: Reuters",
        "Photograph by Ada Low",
        "Chart 2: Ships, by flag",
        "Figure 3",
        "© Ada Low 2026",
        "Caption: the harbour in spring",
        "Correction (May 3rd): An earlier version of this article misnamed the mayor. Sorry.",
        "Correction, May 3rd: The mayor is Ms Low.",
        "Editor’s note: This piece has been updated since it was printed.",
        "An earlier version of this story said that the pier was sold.",
        "(Image credit: Ada Low)",
        "[Photo: Reuters]",
        "Posted by Ada Low on 11/02/2019 12.4k views",
        "Asked 3 years, 2 months ago Modified 1 year ago Viewed 8k times",
        "Sorted by: Highest score (default)",
        "by: Jo Park",
        "Copyright 2023 Pier Media Inc. All rights reserved. This may not be redistributed.",
        "1.2K",
    ],
)
def test_block_for_the_eye_alone_is_skipped_with_its_reason(text: str) -> None:
    found = find_unread(paragraphs("The pier was sold.", text, "Nobody wept."), Tables("english"))
    assert list(found) == [1]
    assert found[1].endswith(" not read")


@pytest.mark.parametrize(
    "text",
    [
        "Sign up to our weekly newsletter.",
        "For more on the tides, sign up to Ebb, our weekly newsletter.",
        "Subscribe now!",
        "Stay informed with our newsletters and app.",
        "For more coverage of the sea, visit our hub.",
        "Follow us on Mastodon and on the radio.",
        "Reporter Ada Low can be reached at 555-0142 or on Mastodon.",
        "Ada Low is a staff writer at the Weighbridge. Her novel came out in May.",
        "Site by Pierworks | Privacy Policy | Terms",
        "We set a few cookies. Some are for us and some are for advertisers.",
        "Back to top | All newsletters",
        "Still need help? Chat with us from 8am to 8pm.",
        "Ferry Lane, Mudwick. Site maintained by Ada Low. Last updated 9/2/07.",
        "This article appeared in the Leaders section of the print edition.",
    ],
)
def test_trailer_is_skipped_only_where_the_article_runs_out(text: str) -> None:
    unread = find_unread(paragraphs("The pier was sold.", text, "Source: the mayor"), Tables("english"))
    assert sorted(unread) == [1, 2]
    assert find_unread(paragraphs("The pier was sold.", text, "Nobody wept."), Tables("english")) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Read more books, say the teachers, and you will write better.",
        "Read more, she said.",
        "Read more about it in the evening, and you will sleep.",
        "Sources close to the mayor say that he wept.",
        "Source of all trouble, the pump has failed again.",
        "Correction is a virtue. The market knows it: prices fell.",
        "Corrections in the market are frequent: this one was not.",
        "Figure 8 skating is back.",
        "Table 4 was the mayor’s, and nobody else sat there.",
        "Photographs by the sea fade.",
        "He told them to sign up for the newsletter.",
        "The mayor asked readers to subscribe to his podcast.",
        "Follow the money on its way to Jersey.",
        "An earlier version of this dish had eels in it.",
        "This article of faith was published in 1848 by nobody.",
        "Note: the tide waits.",
        "Sign up. That was all the sergeant said, and they did.",
        "(The mayor wept, and nobody saw it.)",
        "Asked about the pier a year ago, the mayor wept.",
        "Sorted by size, the eels fill three tubs.",
        "Ada Low is the mayor of the town, and a former staff writer. She may be reached by none.",
        "The pier ends.",
        "Copyright 1911 is what the act is called.",
        "Need help? Nobody came.",
        "We use cookies for the crust, and bake it for an hour.",
        "The site was designed by Ada Low.",
        "Ends meet here, and notes to editors are burnt.",
    ],
)
def test_prose_that_looks_like_it_is_spoken(text: str) -> None:
    assert find_unread(paragraphs("The pier was sold.", text), Tables("english")) == {}


@pytest.mark.parametrize("text", ["- ENDS -", "ENDS", "–ends–", "Notes to editors", "Note to Editors:"])
def test_behind_the_end_of_a_press_release_nothing_is_read(text: str) -> None:
    found = find_unread(
        paragraphs("The pier was sold.", text, "The board has run piers since 1811."), Tables("english")
    )
    assert sorted(found) == [1, 2]


def test_heading_over_links_goes_with_its_list_and_no_further() -> None:
    blocks = [
        Block(BlockKind.PARAGRAPH, "The pier was sold.", 1),
        Block(BlockKind.HEADING, "Related articles", 2),
        Block(BlockKind.LIST_ITEM, "A pier for all", 3),
        Block(BlockKind.LIST_ITEM, "The tide that failed", 4),
        Block(BlockKind.PARAGRAPH, "Nobody wept.", 5),
        Block(BlockKind.LIST_ITEM, "Not one.", 6),
    ]
    assert sorted(find_unread(blocks, Tables("english"))) == [1, 2, 3]


def test_long_block_is_prose_whatever_it_begins_with() -> None:
    assert find_unread(paragraphs("Source: " + "the mayor and " * 60), Tables("english")) == {}


def test_skipped_block_stands_in_the_ledger_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nThe pier was sold.\n\nSource: the mayor\n", encoding="utf-8")
    done = run_here(["build", "a.md", "--engine", "silent", "--json", "--store", shared_store()], tmp_path)
    assert json.loads(done.stdout)["skipped"] == [
        {"source": "a.md", "line": 5, "kind": "paragraph", "reason": "a source is not read"}
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Prices rose (see chart 2). They fell.", "Prices rose. They fell."),
        ("Prices rose (see charts 1 and 2), then fell.", "Prices rose, then fell."),
        ("Prices rose (see chart).", "Prices rose."),
        ("It fell (chart 1) again.", "It fell again."),
        ("Ms Low (pictured, left) wept.", "Ms Low wept."),
        ("Ms Low (see picture on the next page) wept.", "Ms Low wept."),
        ("It sank (see next story).", "It sank."),
    ],
)
def test_bracket_for_the_eye_is_not_read_and_its_rule_says_so(written: str, said: str) -> None:
    spoken = verbalise(written)
    assert spoken.text == said
    assert [change.spoken for change in spoken.replacements if change.rule == "aside.cross-reference"] == [""]


@pytest.mark.parametrize(
    "written",
    [
        "They went (see the sea and die).",
        "The rest (see chart for the sad tale of the pier) is known.",
        "A man (pictured by the tabloids as a fool) wept.",
        "The chart (a sad one) fell.",
        "It left (right away).",
    ],
)
def test_bracket_with_something_to_say_is_read(written: str) -> None:
    assert verbalise(written).text == written


# --- what was asked for and is not there ----------------------------------------------------------

MISFITS = """title = "The Breakwater"
cover = "cover.png"
[intro]
sting = "bell.wav"
[section]
sting = "none"
[voices.narrator]
engine = "silent"
[voices.letters]
engine = "espeak"
name = "en-gbb"
[voices.departments.tanker]
rate = 1.1
[voices.departments.Harbours]
rate = 1.2
"""


def test_what_show_toml_and_articles_ask_for_and_is_not_there_is_listed(tmp_path: Path) -> None:
    text = "---\ntitel: Mud\ntags: wet\n---\n# Mud\n\nIt cost 6m <!-- say six -->.\n\n<!-- a note -->\n"
    text += "\n<!-- skip -->\n<!-- /skip -->\n\n<!-- skip -->\n<!-- end skip -->\n\n<div>\n<!-- mud\n\n```\nMud.\n"
    rows = listed(tmp_path, text, show__toml=MISFITS)
    found = {(row["written"], row["kind"].partition(" ")[0], row["place"]) for row in rows}
    assert found >= {
        ("cover.png", "cover", "show.toml:1"),
        ("bell.wav", "sting", "show.toml:1"),
        ("en-gbb", "espeak:", "show.toml:1"),
        ("tanker", "voice", "show.toml:1"),
        ("Harbours", "voice", "show.toml:1"),
        ("titel", "unknown", "tanker.md:2"),
        ("<!-- say six -->", "remark", "tanker.md:7"),
        ("<!-- /skip -->", "remark", "tanker.md:12"),
        ("<!-- skip -->", "skip", "tanker.md:14"),
        ("<!-- mud", "comment", "tanker.md:18"),
        ("Mud.", "code", "tanker.md:20"),
    }
    assert not any("note" in row["written"] or row["written"] == "tags" for row in rows)


def test_table_has_headings_and_a_summary_and_fails_where_it_is_strict(tmp_path: Path) -> None:
    listed(tmp_path)
    (tmp_path / "calm.md").write_text("# Calm\n\nNothing happened.\n", encoding="utf-8")
    first, *_, last = run_here(["check", "tanker.md"], tmp_path).stdout.splitlines()
    assert first == "count\twritten\tspoken\twhat\twhere"
    assert last.startswith("12 to look at: 2 metres or millions, 2 range, score or date, 1 ")
    codes = [run_here(["check", name, "--strict"], tmp_path).returncode for name in ("tanker.md", "calm.md")]
    assert codes == [1, 0]


def test_rows_that_it_offers_can_be_kept_as_a_lexicon(tmp_path: Path) -> None:
    listed(tmp_path)
    before = run_here(["normalise", "tanker.md"], tmp_path).stdout
    rows = run_here(["check", "tanker.md", "--fix"], tmp_path).stdout
    assert "# unknown initialism, 3 times, first at tanker.md:4\nDARU\tDaru\n" in rows
    assert "\nBlotzkur\tBlotzkur\tˈblɒtskɜː\n" in rows
    (tmp_path / "lexicon.tsv").write_text(rows, encoding="utf-8")
    assert run_here(["normalise", "tanker.md"], tmp_path).stdout == before


def test_a_date_that_is_not_understood_is_listed(tmp_path: Path) -> None:
    def dates(key: str, date: str) -> list[str]:
        rows = listed(tmp_path, f"---\ntitle: Mud\n{key}: {date}\n---\nIt rained.\n")
        return [f"{row['written']} {row['place']}" for row in rows if row["kind"] == "date that is not understood"]

    assert dates("date", "03/04/2026") == ["03/04/2026 tanker.md:3"]
    assert dates("date", "'some day'") == ["some day tanker.md:3"]
    assert dates("date", "2026-04-03") == dates("published", "true") == dates("date", "") == []
