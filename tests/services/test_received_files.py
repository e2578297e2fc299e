"""Files of staff: kept once and for a day, for what they were awaited for, and for their sender alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.errors import DraftChanged, FileGone, HearingOver
from bot.domain.journal import Act
from bot.domain.received_files import FILE_KEPT, MOST_FILES_KEPT
from tests import samples
from tests.services.rights import SECRETARIES, allowed

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.received_files import ReceivedFile
    from bot.services.received_files import ReceivedFiles
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality


@pytest.fixture
def files(municipality: Municipality) -> ReceivedFiles:
    return municipality.services.received_files


async def sent(files: ReceivedFiles, actor: Actor, source: str = "1.1") -> ReceivedFile:
    return await files.receive(actor, source=source, file_id=f"file of {source}", name="угуу.xlsx")


async def test_only_secretaries_await_a_workbook_and_delete_a_draft(
    municipality: Municipality, files: ReceivedFiles
) -> None:
    assert await allowed(municipality, lambda actor: files.expect(actor, municipality.id)) == SECRETARIES

    async def delete(actor: Actor) -> None:
        draft = await municipality.hearing(publish=False)
        await files.drop_draft(actor, draft.id)

    assert await allowed(municipality, delete) == SECRETARIES


async def test_a_message_that_comes_again_after_a_crash_is_the_same_file(
    municipality: Municipality, files: ReceivedFiles
) -> None:
    secretary = await municipality.staff(1)
    await files.expect(secretary, municipality.id)
    first = await sent(files, secretary)
    assert first.municipality_id == municipality.id
    assert await sent(files, secretary) == first
    draft = await files.load(secretary, first.id, samples.dossier())
    assert await files.load(secretary, first.id, samples.dossier()) == draft
    assert (await sent(files, secretary)).loaded_id == draft.id


async def test_the_next_file_alone_is_what_was_awaited(
    municipality: Municipality, files: ReceivedFiles, hearing: Hearing
) -> None:
    secretary = await municipality.staff(1)
    await files.expect(secretary, municipality.id)
    await files.expect(secretary, municipality.id, hearing.id)
    assert (await sent(files, secretary)).hearing_id == hearing.id
    unasked = await sent(files, secretary, "1.2")
    assert (unasked.municipality_id, unasked.hearing_id) == (0, 0)
    with pytest.raises(FileGone):
        await files.purpose(secretary, unasked.id)


async def test_a_file_is_kept_for_a_day_the_newest_ten_and_for_nobody_else(
    municipality: Municipality, files: ReceivedFiles, clock: VirtualClock
) -> None:
    secretary, colleague = await municipality.staff(1), await municipality.staff(2)
    kept = [await sent(files, secretary, f"1.{number}") for number in range(MOST_FILES_KEPT + 1)]
    for actor, file in ((secretary, kept[0]), (colleague, kept[-1]), (COMMAND_LINE, kept[-1])):
        with pytest.raises(FileGone):
            await files.get(actor, file.id)
    assert await files.get(secretary, kept[-1].id) == kept[-1]
    clock.forward(seconds=FILE_KEPT.total_seconds())
    with pytest.raises(FileGone):
        await files.get(secretary, kept[-1].id)


async def test_a_hearing_that_is_over_is_not_corrected_and_a_public_one_not_deleted(
    municipality: Municipality, files: ReceivedFiles, hearing: Hearing, clock: VirtualClock
) -> None:
    secretary = await municipality.staff(1)
    with pytest.raises(HearingOver):
        await files.drop_draft(secretary, hearing.id)
    clock.forward(days=4)
    with pytest.raises(HearingOver):
        await files.expect(secretary, municipality.id, hearing.id)
    file = await sent(files, secretary)
    with pytest.raises(HearingOver):
        await files.choose(secretary, file.id, hearing_id=hearing.id)


async def test_a_deleted_draft_leaves_a_line_in_its_municipalitys_journal(
    municipality: Municipality, files: ReceivedFiles
) -> None:
    secretary = await municipality.staff(1)
    draft = await municipality.hearing(publish=False)
    await files.drop_draft(secretary, draft.id)
    async with municipality.services.store.reading() as repositories:
        line = (await repositories.journal.page(municipality.id, offset=0, limit=1))[0]
        assert draft.id not in await repositories.hearings.get_many({draft.id})
    assert line.entry.act is Act.DRAFT_DELETED
    assert line.entry.data["before"] == draft.dossier.title.by_language["ky"]
    assert (await municipality.hearing(publish=False)).id > draft.id


async def test_a_workbook_is_applied_to_the_version_that_was_compared(
    municipality: Municipality, hearing: Hearing
) -> None:
    acts = municipality.services.announcements
    title = replace(hearing.dossier, title=samples.words("Бюджет жана стратегия", "Бюджет"))
    await acts.revise(COMMAND_LINE, hearing.id, title, version=1)
    with pytest.raises(DraftChanged):
        await acts.revise(COMMAND_LINE, hearing.id, hearing.dossier, version=1)
