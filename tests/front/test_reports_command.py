"""The files of hearings from the command line: the same bytes anywhere, many at once; whether a file still holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import storage
from bot.cli import COMMAND_LINE
from bot.cli.reports import FORMS
from bot.domain.comments import Decision, Outcome
from bot.domain.people import Caller
from bot.domain.questions import OPTION_KINDS, Choose
from bot.reports.report import ReportFormat
from tests.clocks import VirtualClock
from tests.front.shell import settled, shell
from tests.municipality import Municipality
from tests.services.writing import filed

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.hearings import Hearing
    from tests.front.shell import Shell

__all__ = ["settled", "shell"]

EVERY_FORM = tuple(word for form in ReportFormat for word in ("--format", form.value))
ELSEWHERE = {"TZ": "America/Caracas", "LC_ALL": "C", "PYTHONHASHSEED": "4242"}


async def held(store: storage.Store) -> Hearing:
    """A hearing of Bagysh with answers, comments and a decision, and one of another municipality."""
    municipality = await Municipality.over(store, clock := VirtualClock())
    services, hearing = municipality.services, await municipality.hearing()
    other = await municipality.hearing(place="kok-art")
    for person in range(1, 8):
        author = await municipality.resident(person, language=("ky", "ru", "uz_Cyrl")[person % 3])
        await services.voting.cast(Caller(person, "ky"), hearing.id, 1, Choose(1 + person % 2), order=person)
        await filed(municipality, author, hearing, f"Сунуш {person}: жол, суу")
    clock.forward(days=4)
    for each in (hearing, other):
        await services.entry_desk.close(COMMAND_LINE, each.id)
    return hearing


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
async def hearing(sqlite_url: str) -> Hearing:
    """Stored where the commands look for it."""
    store = await storage.open_store(sqlite_url)
    try:
        return await held(store)
    finally:
        await store.close()


async def test_every_file_is_the_same_bytes_in_another_process_zone_language_and_order_of_hashes(
    shell: Shell, hearing: Hearing, sqlite_url: str
) -> None:
    asked = ("report", "--all", *EVERY_FORM, "--language", "ru", "-o")
    here = await shell.beside(*asked, "here", DATABASE_URL=sqlite_url, TZ="Asia/Bishkek")
    there = await shell.process(*asked, "there", DATABASE_URL=sqlite_url, **ELSEWHERE)
    assert (here.code, there.code) == (0, 0), (here.stderr, there.stderr)
    made = tree(shell.folder / "here")
    assert len(made) == 2 * len(ReportFormat)
    assert tree(shell.folder / "there") == made
    again = await shell.beside(*asked, "here", DATABASE_URL=sqlite_url)
    assert tree(shell.folder / "here") == made
    forms = ", ".join(f"{form} as it was" for form in ReportFormat)
    assert f"1 of 2 {hearing.code}: {forms}" in again.stderr.splitlines()


async def test_what_is_missing_or_out_of_date_is_written_and_nothing_else(
    shell: Shell, hearing: Hearing, sqlite_url: str
) -> None:
    asked = ("report", "--all", "--format", "json", "--format", "docx", "-o", "folder", "--since")
    first = await shell.beside(*asked, "2026-11-26", DATABASE_URL=sqlite_url)
    assert (first.code, len(tree(shell.folder / "folder"))) == (0, 4)
    assert f"1 of 2 {hearing.code}: json written, docx written" in first.stderr.splitlines()
    for path in (shell.folder / "folder" / hearing.code).glob("*.docx"):
        path.unlink()
    again = await shell.beside(*asked, "2026-11-26", DATABASE_URL=sqlite_url)
    assert f"1 of 2 {hearing.code}: json as it was, docx written" in again.stderr.splitlines()
    none = await shell.beside(*asked, "2026-12-01", DATABASE_URL=sqlite_url)
    assert (none.code, none.stderr) == (0, "")


@pytest.mark.parametrize("form", ["xlsx", "docx", "json"])
async def test_a_file_says_whether_it_still_holds_and_what_differs(
    shell: Shell, hearing: Hearing, sqlite_url: str, form: str
) -> None:
    at = {"DATABASE_URL": sqlite_url}
    await shell.beside("report", hearing.code, "--format", form, "-o", "file", **at)
    fresh = await shell.beside("report", "--verify", "file", **at)
    assert (fresh.code, fresh.stdout.splitlines()[-1]) == (0, "The database says the same.")
    store = await storage.open_store(sqlite_url)
    decision = Decision(Outcome.ACCEPTED, "Кошулду")
    async with store.writing() as repositories:
        (comment, *_) = await repositories.comments.list_numbers(hearing.id, [1])
        await repositories.comments.decide(comment.id, decision)
    await store.close()
    stale = await shell.beside("report", "--verify", "file", **at)
    assert (stale.code, stale.complaint.rpartition(": ")[2]) == (1, "moderation, decisions.")


async def test_a_file_that_was_edited_or_is_another_is_told(shell: Shell, hearing: Hearing, sqlite_url: str) -> None:
    at = {"DATABASE_URL": sqlite_url}
    await shell.beside("report", hearing.code, "--format", "json", "-o", "file", **at)
    said = json.loads((shell.folder / "file").read_text("utf-8"))
    shell.write("file", json.dumps({**said, "participants": {"people": 9_000}}, ensure_ascii=False))
    edited = await shell.beside("report", "--verify", "file", **at)
    assert edited.code == 0
    assert edited.stdout.splitlines()[-1].startswith("The file itself is not as this program makes it")
    other = await shell.beside("report", "--verify", shell.write("letter", "PK none"), **at)
    assert (other.code, other.complaint) == (2, "letter carries no seal of a record that this program knows.")
    foreign = json.dumps({"seal": str(said["seal"]).replace(hearing.code, "nowhere-1")})
    assert (await shell.beside("report", "--verify", shell.write("file", foreign), **at)).code == 2


async def test_answers_to_several_questions_are_said_to_be_a_zip(
    shell: Shell, hearing: Hearing, sqlite_url: str
) -> None:
    options = [question for question in hearing.dossier.questions if question.kind in OPTION_KINDS]
    done = await shell.beside("report", hearing.code, "--format", "pb", "-o", "file", DATABASE_URL=sqlite_url)
    assert done.code == 0
    assert ("It is a ZIP" in done.stderr) == (len(options) > 1)


def test_every_form_can_be_asked_for() -> None:
    assert set(FORMS) == {form.value for form in ReportFormat}


def test_what_does_not_go_together_is_one_sentence(shell: Shell) -> None:
    for words in ((), ("x-1", "-o", "out"), ("x-1", "--since", "2026-01-01")):
        outcome = shell("report", *words)
        assert (outcome.code, outcome.complaint[:14]) == (2, "Give a HEARING")
    assert shell("report", "x-1", "--all", "--format", "csv", "-o", "out").complaint.startswith("--all takes no")
    of_sitting = shell("report", "x-1", "--sitting", "2", "--format", "xlsx", "-o", "out")
    assert (of_sitting.code, of_sitting.complaint[:10]) == (2, "--sitting:")
