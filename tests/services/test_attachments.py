"""Documents of a hearing: attached by its secretary, found by residents, removed again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.domain.attachments import ATTACHING_LASTS, ATTACHMENTS_OF_A_HEARING, AttachedFile, title_of
from bot.domain.errors import AttachmentRefused, AttachmentsFull, Forbidden, NotFound
from bot.domain.journal import Act
from bot.domain.people import Caller, Role

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

PLAN = AttachedFile("file-1", "unique-1", "Стратегия_2030.pdf", size=2_400_000)
TEN = tuple(replace(PLAN, unique_id=f"unique-{number}") for number in range(ATTACHMENTS_OF_A_HEARING))


@pytest.fixture
async def secretary(municipality: Municipality) -> Actor:
    """Of Bagysh."""
    return await municipality.staff(7)


async def test_a_document_is_listed_for_residents_counted_on_the_card_and_noted_in_the_journal(
    municipality: Municipality, hearing: Hearing, secretary: Actor, aigul: Actor
) -> None:
    services = municipality.services
    added = await services.attachments.add(secretary, hearing.id, PLAN, otherwise="Документ")
    again = await services.attachments.add(secretary, hearing.id, PLAN, otherwise="Документ")
    assert added == again
    assert (added.title, added.name, added.size) == ("Стратегия 2030", "Стратегия 2030.pdf", 2_400_000)
    assert (await services.attachments.list_of(aigul, hearing.id)).listed == (added,)
    assert (await services.hearings.card(aigul, hearing.id)).documents == 1
    left = await services.attachments.remove(secretary, added.id)
    assert left.listed == ()
    with pytest.raises(NotFound):
        await services.attachments.get(aigul, added.id)
    async with services.store.reading() as repositories:
        lines = await repositories.journal.list_about(f"hearing:{hearing.id}")
    noted = [(each.act, dict(each.data)) for each in lines if each.act in (Act.ATTACHED, Act.DETACHED)]
    assert noted == [
        (Act.DETACHED, {"document": added.id, "before": "Стратегия 2030"}),
        (Act.ATTACHED, {"document": added.id, "after": "Стратегия 2030"}),
    ]


async def test_documents_of_a_draft_are_its_staffs_alone(
    municipality: Municipality, secretary: Actor, aigul: Actor
) -> None:
    attachments = municipality.services.attachments
    draft = await municipality.hearing(publish=False)
    added = await attachments.add(secretary, draft.id, PLAN, otherwise="Документ")
    neighbour = await municipality.staff(8, place="kok-art")
    visitor = await municipality.services.people.identify(Caller(99, "ky"))
    for stranger in (aigul, neighbour, visitor):
        for refused in (
            attachments.list_of(stranger, draft.id),
            attachments.get(stranger, added.id),
            attachments.manage(stranger, draft.id),
            attachments.begin(stranger, draft.id),
            attachments.removable(stranger, added.id),
            attachments.remove(stranger, added.id),
            attachments.add(stranger, draft.id, PLAN, otherwise=""),
        ):
            with pytest.raises(NotFound):
                await refused
    moderator = await municipality.staff(9, Role.MODERATOR)
    assert (await attachments.list_of(moderator, draft.id)).listed == (added,)
    with pytest.raises(Forbidden):
        await attachments.remove(moderator, added.id)


async def test_ten_documents_are_taken_and_no_programs(
    municipality: Municipality, hearing: Hearing, secretary: Actor
) -> None:
    attachments = municipality.services.attachments
    with pytest.raises(AttachmentRefused):
        await attachments.add(secretary, hearing.id, replace(PLAN, name="план.pdf.exe"), otherwise="")
    for file in TEN:
        await attachments.add(secretary, hearing.id, file, otherwise="")
    with pytest.raises(AttachmentsFull):
        await attachments.add(secretary, hearing.id, replace(PLAN, unique_id="one more"), otherwise="")
    assert len((await attachments.list_of(secretary, hearing.id)).listed) == ATTACHMENTS_OF_A_HEARING


async def test_files_are_awaited_until_the_secretary_goes_on_or_ten_minutes_have_passed(
    municipality: Municipality, hearing: Hearing, secretary: Actor, clock: VirtualClock
) -> None:
    attachments = municipality.services.attachments
    assert not await attachments.awaited(secretary)
    await attachments.begin(secretary, hearing.id)
    assert await attachments.awaited(secretary) == hearing.id
    await attachments.manage(secretary, hearing.id)
    assert not await attachments.awaited(secretary)
    await attachments.begin(secretary, hearing.id)
    clock.forward(seconds=ATTACHING_LASTS.total_seconds() + 1)
    assert not await attachments.awaited(secretary)


@pytest.mark.parametrize(
    ("file", "title"),
    [
        (AttachedFile("", "", "C:\\папка\\план.docx"), "план"),
        (AttachedFile("", "", "../../etc/passwd.pdf"), "passwd"),
        (AttachedFile("", "", "план\u202efdp.pdf"), "планfdp"),
        (AttachedFile("", "", "план.pdf", "Биринчи\nбет\u200b"), "Биринчи бет"),
        (AttachedFile("", "", ".pdf"), ""),
        (AttachedFile("", "", "", photo=True), ""),
    ],
)
def test_a_title_is_what_was_typed_or_the_safe_part_of_a_name(file: AttachedFile, title: str) -> None:
    assert title_of(file) == title
