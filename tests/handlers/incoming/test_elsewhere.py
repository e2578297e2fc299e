"""Several processes: what is confirmed is handled before what comes later, whichever process it comes to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.services.inbox import Inbox
from handlers.incoming.elsewhere import Elsewhere
from storage import open_store
from tests.handlers.incoming.intake_desk import Desk, press, words
from tests.services.test_replicas import Time, members

if TYPE_CHECKING:
    from storage import Store
    from tests.services.test_replicas import Member

PERSON = 7


def beside_others(store: Store, member: Member) -> Desk:
    """A process as it takes in updates, to which nobody says that something was handed to it."""
    desk = Desk(store=store)
    dispatcher = desk.dispatcher
    dispatcher._inbox = dispatcher._writer._inbox = Inbox(store, desk.clock, member.link.name, monotonic=Time())
    dispatcher._inbox.shared = True
    dispatcher.elsewhere = Elsewhere(member.people, dispatcher._inbox, _nobody_hears)
    return desk


async def _nobody_hears(_: str) -> None:
    """The news is on its way."""


async def test_what_was_handed_over_goes_before_what_comes_next_although_nobody_has_heard_of_it(
    postgresql_url: str,
) -> None:
    store, time = await open_store(postgresql_url), Time()
    async with members(postgresql_url, time, 2) as (one, two):
        for each in (one, two, one, one, two):
            await each.replicas._renew()
        owner, other = beside_others(store, one), beside_others(store, two)
        async with owner, other:
            await owner.dispatcher._inbox.write()
            for desk, update in (
                *((owner, press(501, PERSON)), (other, press(502, PERSON))),
                *((owner, words(503, person=PERSON)), (other, words(504, person=PERSON)), (owner, press(505, PERSON))),
            ):
                taken = desk.dispatcher.begin(update, update["update_id"], patience=5.0)
                await desk.dispatcher.secure([taken], within=5.0)
                assert taken.secured.result()
            async with asyncio.timeout(20):
                await owner.dispatcher.idle()
            assert owner.ids() == [501, 502, 503, 504, 505]
            assert other.ids() == []
    await store.close()
