"""A letter says what is true when it leaves: who is staff no more is sent no numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli import COMMAND_LINE
from bot.domain.notices import BroadcastStatus, Completion, NoticeKind, NoticeStatus, Planned
from bot.domain.people import Grant, Role
from bot.services.outbox.enqueue import recipients_of
from bot.services.outbox.letters import Letter, LetterWriter
from tests import samples

if TYPE_CHECKING:
    from tests.municipality import Municipality


async def test_numbers_that_wait_are_not_sent_to_whose_role_was_taken_back(municipality: Municipality) -> None:
    hearing = await municipality.hearing()
    former, present = await municipality.staff(1, Role.MEMBER), await municipality.staff(2, Role.MEMBER)
    assert former.resident is not None
    assert present.resident is not None
    places = await municipality.services.directory.tree()
    async with municipality.services.store.writing() as repositories:
        planned = Planned(hearing.id, NoticeKind.DIGEST, 1, samples.NOW)
        begun = await repositories.broadcasts.begin(planned, at=samples.NOW, status=BroadcastStatus.GOING)
        assert begun is not None
        to = recipients_of(planned, hearing, places)
        assert await repositories.notices.fan_out(begun, to, due_at=samples.NOW, limit=9) == 2
    await municipality.services.staff.revoke(
        COMMAND_LINE, former.resident.id, Grant(hearing.municipality_id, Role.MEMBER)
    )
    async with municipality.services.store.writing() as repositories:
        claimed = await repositories.notices.claim(begun, by="us", at=samples.NOW, limit=9)
        broadcasts = {begun: await repositories.broadcasts.get(begun)}
        written = await LetterWriter(repositories, places, samples.NOW).write(claimed, broadcasts)
    by_person = {notice.recipient_id: written[notice.id] for notice in claimed}
    dropped = by_person[former.resident.id]
    assert isinstance(dropped, Completion)
    assert (dropped.status, dropped.reason) == (NoticeStatus.DROPPED, "not staff any more")
    assert isinstance(by_person[present.resident.id], Letter)
