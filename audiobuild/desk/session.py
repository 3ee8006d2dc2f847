"""What an editor does at the desk: hears, mends, leaves out, takes back (layer 4).

Whoever asks says what the page shows, by the digest of its article; if that is not what lies on the desk any more,
nothing is done.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from audiobuild.build.options import Options
from audiobuild.config.show import FILE_NAME
from audiobuild.desk.article_files import write_into
from audiobuild.desk.article_proof import LaidPassage
from audiobuild.desk.booth import Booth, Heard
from audiobuild.desk.changes import Changes, FileChange
from audiobuild.desk.mending import (
    WordWish,
    article_text,
    correction_of,
    corrections_text,
    lexicon_texts,
    pause_of,
    wish_for,
)
from audiobuild.desk.proofs import Proofs, read_proofs
from audiobuild.desk.restoring import restore
from audiobuild.desk.revisions import Revisions
from audiobuild.desk.show_settings import departments_of, folders_of, reader_of, show_with, values_of
from audiobuild.desk.spot import Spot, passage_at, said_of
from audiobuild.desk.unsaying import WordPlace, unsay
from audiobuild.engines.registry import load_engine
from audiobuild.errors import AudiobuildError, ConfigError, SourceError
from audiobuild.normalisation import LEXICON
from audiobuild.normalisation.lexicon_formats import read_lexicon, read_pls
from audiobuild.script.sections import show_context
from audiobuild.sources.corrections import CORRECTIONS, Correction, correct
from audiobuild.sources.edition import LEXICONS, read_lexicon_file

Tell = Callable[[Mapping[str, Any]], None]
"""Tells all pages of the desk something."""

SCOPES = ("place", "article", "show")
"""Where a mend holds."""


class Desk:
    """An edition on the desk; may be asked by several threads at once."""

    def __init__(self, options: Options, booth: Booth, tell: Tell) -> None:
        self.options = options
        self.booth = booth
        self.proofs = read_proofs(options)
        self.problem = ""
        """What is wrong with the files now, so that the desk shows what they were; empty where nothing is."""
        self.changes = Changes([*folders_of(options.sources), self.proofs.home])
        self._revisions = Revisions()
        self._tell = tell
        self._lock = threading.Lock()

    # --- reading ----------------------------------------------------------------------------------

    def find_suspects(self) -> None:
        """Find what else is in doubt, which takes a while, and tell the pages: names, and words that were not heard."""
        self._renew(lambda before: before.with_suspects(self.booth.unheard))

    def refresh(self) -> None:
        """Read all files again, and tell the pages."""
        self._renew(lambda before: read_proofs(self.options, before))

    def _renew(self, renew: Callable[[Proofs], Proofs]) -> None:
        """Put other proofs on the desk, made of those that lie there when it is done."""
        while True:
            before = self.proofs
            try:
                now, problem = renew(before), ""
            except AudiobuildError as error:
                told = (line for each in (error, *error.others) for line in (str(each), each.hint))
                now, problem = before, "\n".join(filter(None, told))
            with self._lock:
                if self.proofs is before:
                    self._lay(now)
                    self.problem = problem
                    break
        self.announce()

    def _lay(self, now: Proofs) -> None:
        self._revisions.note(self.proofs.all, now.all)
        self.proofs = now

    def announce(self) -> None:
        """Tell the pages what lies on the desk now."""
        marks = [proof.mark for proof in self.proofs.all]
        self._tell({"type": "edition", "marks": marks, "others": self._others(), "problem": self.problem})

    def _others(self) -> list[list[str]]:
        """List what to look at that stands in no passage, once the names are known."""
        doubts = self.proofs.other_doubts() if self.proofs.accent else ()
        return [[each.kind, each.written, each.place] for each in doubts]

    def facts(self) -> dict[str, Any]:
        """Put all of it in terms for a page."""
        proofs = self.proofs
        show = proofs.show.title or proofs.edition.title
        articles = [proof.facts() for proof in proofs.all]
        facts: dict[str, Any] = {"title": show, "language": proofs.show.language, "articles": articles}
        return {**facts, "others": self._others(), "problem": self.problem, "undo": self.changes.count}

    # --- hearing ----------------------------------------------------------------------------------

    def hear(self, spot: Spot) -> Heard:
        """Have a passage spoken.

        Raises:
            AudiobuildError: it cannot be.
        """
        proofs = self.proofs
        return self.booth.hear(said_of(passage_at(proofs, spot)[1]), proofs)

    def warm_up(self) -> None:
        """Have the first passage spoken, so that the voice is there when somebody listens.

        Raises:
            AudiobuildError: it cannot be.
        """
        proofs = self.proofs
        passages = (passage for proof in proofs.all for passage in proof.passages)
        first = next((passage.segment for passage in passages if passage.segment), None)
        if first and not load_engine(first.voice.engine).abilities.connections:
            self.booth.hear(first, proofs)

    def hear_former(self, spot: Spot) -> Heard:
        """Have a passage spoken as it was before it was changed last, by whomever.

        Raises:
            AudiobuildError: it never was otherwise, or it cannot be spoken.
        """
        proofs = self.proofs
        passage_at(proofs, spot)
        former = self._revisions.former(proofs.all, spot.article, spot.passage)
        if former is None:
            raise SourceError("this was not otherwise since the desk was opened")
        return self.booth.hear(former, proofs)

    def rehearse(self, spot: Spot, spoken: str, ipa: str) -> Heard:
        """Have a passage spoken with words of it said otherwise, without keeping that.

        Raises:
            AudiobuildError: it cannot be.
        """
        proofs = self.proofs
        proof, passage = passage_at(proofs, spot)
        wish = self._wish(proofs, passage, spot, spoken, ipa)
        block = passage.block if passage.block in proof.article.blocks else None
        correction = correction_of(proof.article, block, wish, said_of(passage), spot.start)
        tried = proofs.relaid(spot.article, correct(proof.article, [correction]), proofs.lexicon).all[spot.article]
        return self.booth.hear(said_of(tried.passages[spot.passage]), proofs)

    def audition(self, spot: Spot, asked: object, table: object) -> Heard:
        """Have a passage spoken by whoever would read for a role, if the show were set so, without setting it.

        Args:
            spot: the passage.
            asked: what would be set, as for `set_show`; nothing is needed.
            table: the names that lead to the role's table of show.toml.

        Raises:
            AudiobuildError: it cannot be.
        """
        proofs = self.proofs
        segment = said_of(passage_at(proofs, spot)[1])
        departments = departments_of(proofs)
        values = values_of(asked, departments) if asked else []
        path, before = self._show_file()
        _, show = show_with(_decoded(before, path), values, self.options, str(path))
        return self.booth.hear(replace(segment, voice=reader_of(table, departments, show)), proofs)

    # --- mending ----------------------------------------------------------------------------------

    def mend(self, spot: Spot, spoken: str, ipa: str, scope: str) -> FileChange:
        """Have words said otherwise from now on.

        Raises:
            ChangedMeanwhile: the page or the files are not what the desk knows.
            AudiobuildError: they cannot be said so, or the files cannot be written.
        """
        with self._lock:
            proof, passage = passage_at(self.proofs, spot)
            wish = self._wish(self.proofs, passage, spot, spoken, ipa)
            block = passage.block if scope == "place" else None
            if scope == "place" and block is None:
                hint = "Mend it for the article, or for the show."
                raise SourceError("this stands in no paragraph of its file", proof.article.source, hint)
            if scope == "show":
                return self._mend_show(spot, wish)
            return self._write(spot, correction_of(proof.article, block, wish, said_of(passage), spot.start))

    def unsay(self, spot: Spot) -> FileChange:
        """Have words said by the rules again; the errors are those of `mend`."""
        with self._lock:
            passage_at(self.proofs, spot)
            change = unsay(self.proofs, WordPlace(spot.article, spot.passage, spot.start), self.changes)
        self.refresh()
        return change

    def leave_out(self, spot: Spot) -> FileChange:
        """Have a paragraph left out; the errors are those of `mend`."""
        with self._lock:
            proof, passage = passage_at(self.proofs, spot)
            return self._write(spot, correction_of(proof.article, passage.block, None, said_of(passage), 0))

    def read_again(self, spot: Spot) -> FileChange:
        """Have a paragraph read that an editor has left out; the errors are those of `mend`."""
        with self._lock:
            _, passage = passage_at(self.proofs, spot)
            change = restore(self.proofs, spot.article, passage, self.changes)
        self.refresh()
        return change

    def pause(self, spot: Spot, pause_ms: int) -> FileChange:
        """Set the silence behind a paragraph; the errors are those of `mend`."""
        with self._lock:
            proof, passage = passage_at(self.proofs, spot)
            if passage.block is None:
                raise SourceError("this has no pause of its own", proof.article.source, "Set the pauses of the show.")
            return self._write(spot, pause_of(proof.article, passage.block, pause_ms))

    def set_show(self, asked: object) -> FileChange:
        """Set voices and pauses in show.toml.

        Raises:
            ChangedMeanwhile: somebody else has changed the file.
            AudiobuildError: they cannot be set so, or the file cannot be written.
        """
        with self._lock:
            values = values_of(asked, departments_of(self.proofs))
            path, before = self._show_file()
            after, _ = show_with(_decoded(before, path), values, self.options, str(path))
            change = self.changes.make(path, before, after.encode())
        self.refresh()
        return change

    def undo(self) -> FileChange | None:
        """Take back the latest change; None where there is none.

        Raises:
            ChangedMeanwhile: somebody has changed the file since.
        """
        with self._lock:
            change = self.changes.undo()
        if change:
            self.refresh()
        return change

    def _show_file(self) -> tuple[Path, bytes | None]:
        path = self.proofs.home / FILE_NAME
        return path, path.read_bytes() if path.is_file() else None

    def _wish(self, proofs: Proofs, passage: LaidPassage, spot: Spot, spoken: str, ipa: str) -> WordWish:
        written = passage.text[spot.start : spot.end].strip()
        if not written:
            raise SourceError("no words were chosen")
        return wish_for(written, spoken, ipa, show_context(proofs.show))

    def _mend_show(self, spot: Spot, wish: WordWish) -> FileChange:
        proofs = self.proofs
        tsv, pls = (proofs.home / name for name in LEXICONS)
        before = tsv.read_bytes() if tsv.is_file() else None
        others = read_lexicon_file(pls, read_pls) if pls.is_file() else ()
        article = proofs.laid[spot.article].article
        for text in lexicon_texts(_decoded(before, tsv), wish):
            with suppress(ConfigError):  # where an entry contradicts another, the next way of writing it is tried
                lexicon = (*read_lexicon(text.removeprefix("\ufeff"), str(tsv)), *others)
                tried = proofs.relaid(spot.article, article, lexicon)
                if _holds(tried.all[spot.article].passages[spot.passage], spot, wish):
                    change = self.changes.make(tsv, before, text.encode())
                    self._lay(tried)
                    return change
        hint = "A longer entry of the lexicon or a remark in the article speaks of it; or mend it for this place alone."
        raise ConfigError(f"an entry for {wish.written!r} would not be heeded here", str(tsv), hint)

    def _write(self, spot: Spot, correction: Correction) -> FileChange:
        """Write a correction into the article if it has a place for it, else into corrections.tsv."""
        proofs = self.proofs
        article = proofs.laid[spot.article].article
        done = write_into(
            article, proofs.home, self.changes, lambda text, read: article_text(text, article, correction, read)
        )
        if done is None:
            path = proofs.home / CORRECTIONS
            before = path.read_bytes() if path.is_file() else None
            changed = correct(article, [correction])
            if changed == article:
                raise SourceError("this paragraph cannot be found again in its source", article.source)
            after = corrections_text(_decoded(before, path), correction).encode()
            done = self.changes.make(path, before, after), changed
        change, now = done
        self._lay(proofs.relaid(spot.article, now, proofs.lexicon))
        return change


def _holds(passage: LaidPassage, spot: Spot, wish: WordWish) -> bool:
    """Say whether an entry of the lexicon speaks where it is meant to."""
    changes = passage.segment.spoken.replacements if passage.segment else ()
    said = (each for each in changes if each.rule == LEXICON and each.start <= spot.start < each.end)
    return any(each.spoken.strip() == wish.spoken or bool(wish.ipa) for each in said)


def _decoded(data: bytes | None, path: Path) -> str:
    try:
        return (data or b"").decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError("this is not UTF-8 text", str(path), "Save it as UTF-8.") from error
