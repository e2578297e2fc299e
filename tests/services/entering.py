"""Entering for somebody, by the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.comments import Channel
from bot.domain.entry_drafts import EntryDraft, EntryField
from bot.services.incoming_message import IncomingMessage

if TYPE_CHECKING:
    from bot.domain.counted_votes import BallotBox
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.services.entries import EntryView
    from bot.services.hand_counts import CountView
    from tests.municipality import Municipality


def typed(municipality: Municipality, text: str) -> IncomingMessage:
    """What staff type."""
    return IncomingMessage(text, text, municipality.services.clock.now())


async def entered(
    municipality: Municipality,
    staff: Actor,
    hearing: Hearing,
    text: str,
    *,
    channel: Channel = Channel.PAPER,
    sitting: int = 0,
    sure: bool = False,
    **fields: str,
) -> EntryView:
    """A comment that staff entered; ``fields`` are typed beside its words."""
    entries = municipality.services.entries
    draft = (await entries.begin(staff, EntryDraft(hearing.id, channel=channel, sitting=sitting))).draft
    draft = await entries.receive(staff, draft, typed(municipality, text))
    for name, words in fields.items():
        draft = (await entries.change_draft(staff, hearing.id, waits_for=EntryField(name))).draft
        draft = await entries.receive(staff, draft, typed(municipality, words))
    return await entries.save(staff, hearing.id, sure=sure)


async def counted(
    municipality: Municipality,
    staff: Actor,
    hearing: Hearing,
    box: BallotBox,
    *asked: int | str,
) -> CountView:
    """Votes that staff counted: the question's number, and the numbers as they are typed."""
    question, numbers = asked
    counts = municipality.services.hand_counts
    draft = (await counts.begin_votes(staff, hearing.id, box, int(question))).draft
    await counts.receive(staff, draft, typed(municipality, str(numbers)))
    return await counts.save(staff, hearing.id)
