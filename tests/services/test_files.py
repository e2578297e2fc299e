"""Files for staff: who may ask for them, once for a press, so many at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain import files as rules
from bot.domain.errors import HearingClosed, NoOptionQuestions, NotFinal, NotFound, TooManyFiles
from bot.domain.files import FileKind, FileRequest
from bot.domain.journal import Act
from bot.domain.people import Actor
from bot.domain.questions import QuestionKind
from tests.services.rights import SECRETARIES, STAFF, allowed

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.services.files import Files
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

RECORD = FileRequest(FileKind.RECORD, 1, ("ky",), form="csv")
POSTER = FileRequest(FileKind.POSTER, 1, ("ky", "ru"))


@pytest.fixture
def files(municipality: Municipality, hearing: Hearing) -> Files:
    return municipality.services.files


async def test_a_record_is_for_the_commission_and_a_poster_for_all_staff_and_the_journal_knows_who(
    municipality: Municipality, files: Files
) -> None:
    async def ask(actor: Actor, request: FileRequest) -> None:
        await files.ask(actor, request, source=f"{request.kind} for {actor.telegram_id}")

    assert await allowed(municipality, lambda actor: ask(actor, RECORD)) == SECRETARIES | {"member"}
    assert await allowed(municipality, lambda actor: ask(actor, POSTER)) == STAFF
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about("hearing:1")
        taken = [entry for entry in entries if entry.act is Act.DOWNLOADED]
        people = [await repositories.people.find(number) for number in (905, 903)]
    assert [dict(entry.data) for entry in taken] == [{"form": "csv"}] * 3
    assert [entry.actor_id for entry in taken] == [None, *(person and person.id for person in people)]


async def test_no_file_is_made_of_what_is_not_there_or_to_what_nobody_is_invited(
    municipality: Municipality, files: Files, clock: VirtualClock
) -> None:
    for unknown in (
        replace(RECORD, hearing_id=99),
        replace(POSTER, hearing_id=99),
        replace(POSTER, village_id=municipality.places["kok-art"]),
    ):
        with pytest.raises(NotFound):
            await files.ask(COMMAND_LINE, unknown, source="1")
    clock.forward(days=30)
    with pytest.raises(HearingClosed):
        await files.ask(COMMAND_LINE, POSTER, source="1")
    await files.ask(COMMAND_LINE, RECORD, source="1")


@pytest.mark.parametrize("form", ["csv-bundle", "pb", "polis"])
async def test_single_answers_are_for_the_commission(municipality: Municipality, files: Files, form: str) -> None:
    request = replace(RECORD, form=form)

    async def ask(actor: Actor) -> None:
        await files.ask(actor, request, source=f"{actor.telegram_id}")

    assert await allowed(municipality, ask) == SECRETARIES | {"member"}


async def test_open_data_come_when_nothing_changes_any_more(
    municipality: Municipality, files: Files, hearing: Hearing, clock: VirtualClock
) -> None:
    request = replace(RECORD, form=rules.OPEN_DATA)
    for turns in (0, 30):  # while answers are taken, and while papers are entered
        clock.forward(days=turns)
        await municipality.services.timetable.tick()
        with pytest.raises(NotFinal):
            await files.ask(COMMAND_LINE, request, source="1")
    async with municipality.services.store.writing() as repositories:
        await repositories.hearings.set_all_entered(hearing.id, clock.now())
    await files.ask(COMMAND_LINE, request, source="1")


async def test_a_hearing_without_such_questions_has_nothing_for_pabulib(hearing: Hearing, clock: VirtualClock) -> None:
    stances = tuple(question for question in hearing.dossier.questions if question.kind is QuestionKind.STANCE)
    alone = replace(hearing, dossier=replace(hearing.dossier, questions=stances))
    with pytest.raises(NoOptionQuestions):
        rules.ensure_record_in(rules.PABULIB, alone, clock.now())


async def test_a_press_that_comes_again_is_owed_and_noted_once(municipality: Municipality, files: Files) -> None:
    secretary = await municipality.staff(1)
    for _ in range(2):
        await files.ask(secretary, RECORD, source="1.1")
    async with municipality.services.store.reading() as repositories:
        assert sum((await repositories.owed_replies.files_waiting()).values()) == 1
        entries = await repositories.journal.list_about("hearing:1")
    assert sum(entry.act is Act.DOWNLOADED for entry in entries) == 1


async def test_an_administrator_of_whom_nothing_is_stored_is_owed_a_file_too(
    municipality: Municipality, files: Files
) -> None:
    await files.ask(Actor(77, "ru", administrator=True), RECORD, source="77.1")
    async with municipality.services.store.reading() as repositories:
        person = await repositories.people.find(77)
        assert person is not None
        assert await repositories.owed_replies.files_waiting() == {person.id: 1}


async def test_so_many_files_wait_for_one_person_and_for_all_and_not_one_more(
    municipality: Municipality, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "FILES_OF_ONE_PERSON", 2)
    monkeypatch.setattr(rules, "FILES_WAITING", 4)

    async def ask(actor: Actor, number: int) -> None:
        await files.ask(actor, replace(RECORD, form=str(number)), source=f"{actor.telegram_id}.{number}")

    first, second, third = [await municipality.staff(number) for number in (1, 2, 3)]
    for person in (first, second):
        for number in range(2):
            await ask(person, number)
        with pytest.raises(TooManyFiles):
            await ask(person, 2)
    with pytest.raises(TooManyFiles):
        await ask(third, 0)
