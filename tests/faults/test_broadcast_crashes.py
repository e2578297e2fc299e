"""The sender when the courier crashes over a letter, when a claim is unknown to it, and when it is told to stop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.ports.courier import Sent
from bot.services.outbox.completion import MOST_CRASHES
from bot.services.outbox.lease import LEASE
from bot.services.outbox.sender import OutboxSender
from tests import samples
from tests.clocks import VirtualClock
from tests.municipality import Municipality

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.notices import Progress
    from bot.ports.courier import DeliveryOutcome
    from bot.services.outbox.letters import Letter
    from bot.services.outbox.reply_letters import ReplyLetter
    from storage import Store

FOLLOWERS = 12
POISON = 7
"""The Telegram id of somebody over whose letter the courier crashes."""


@dataclass
class Courier:
    """Notes whom it was sent to; ``open`` lets it arrive."""

    paused_for: float = 0.0
    poison: bool = False
    sent: list[int] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def give_up(self, *, replies: bool = False) -> None:
        """Nothing waits for its turn here."""

    async def deliver(self, letter: Letter | ReplyLetter, *, patience: float) -> DeliveryOutcome:
        assert letter.recipient is not None
        assert letter.recipient.telegram_id is not None
        self.sent.append(letter.recipient.telegram_id)
        if self.poison and letter.recipient.telegram_id == POISON:
            raise ValueError("a letter that cannot be written")
        await self.open.wait()
        return Sent(1)


@dataclass
class Office:
    """A town with an announcement to send, and its post."""

    store: Store
    clock: VirtualClock
    courier: Courier
    hearing: Hearing
    post: OutboxSender

    async def progress(self) -> Progress:
        async with self.store.reading() as repositories:
            (progress,) = (await repositories.notices.progress(self.hearing.id)).values()
        return progress


@pytest.fixture
async def office(store: Store) -> Office:
    clock, courier = VirtualClock(), Courier()
    municipality = await Municipality.over(store, clock)
    for number in range(1, FOLLOWERS + 1):
        await municipality.resident(number)
    hearing = await municipality.hearing(samples.dossier(closes=samples.NOW + timedelta(days=9)))
    directory = municipality.services.directory
    post = OutboxSender(store, clock, directory, courier, name="ours", monotonic=clock.monotonic)
    return Office(store, clock, courier, hearing, post)


async def test_a_letter_over_which_the_courier_crashes_stops_nobody_and_is_given_up(office: Office) -> None:
    office.courier.poison = True
    office.courier.open.set()
    with capture_logs() as logs:
        await office.post.drain()
        assert office.courier.sent.count(POISON) == 1
        assert len(set(office.courier.sent)) == FOLLOWERS
        for _ in range(MOST_CRASHES):
            office.clock.forward(seconds=700)
            await office.post.drain()
    assert sum(entry["event"] == "task crashed" for entry in logs) == MOST_CRASHES
    assert office.courier.sent.count(POISON) == MOST_CRASHES
    assert len(office.courier.sent) == FOLLOWERS - 1 + MOST_CRASHES
    told = await office.progress()
    assert (told.delivered, told.undeliverable, told.waiting) == (FOLLOWERS - 1, 1, 0)


async def test_a_claim_we_do_not_know_of_is_taken_over_like_that_of_one_who_is_gone(office: Office) -> None:
    office.courier.open.set()
    async with office.store.reading() as repositories:
        (broadcast,) = await repositories.broadcasts.list_open()
    await office.post._fan_out.advance([broadcast], at=office.clock.now())
    async with office.store.posting() as repositories:
        assert len(await repositories.notices.claim(broadcast.id, by="ours", at=office.clock.now(), limit=3)) == 3
    await office.post.drain()
    assert (await office.progress()).delivered == FOLLOWERS - 3
    office.clock.forward(seconds=LEASE + 1)
    await office.post.drain()
    told = await office.progress()
    assert (told.delivered, told.doubtful, told.waiting) == (FOLLOWERS, 3, 0)


async def test_what_is_on_its_way_at_the_end_arrives_within_the_grace(office: Office) -> None:
    running = asyncio.get_running_loop().create_task(office.post.run())
    while not office.courier.sent:
        await asyncio.sleep(0)
    stopping = asyncio.get_running_loop().create_task(office.post.stop(10.0))
    await asyncio.sleep(0)
    office.courier.open.set()
    await asyncio.gather(stopping, running)
    told = await office.progress()
    assert told.delivered == len(office.courier.sent) == FOLLOWERS
    assert told.doubtful == 0


async def test_what_is_cut_off_half_way_is_doubtful_and_waits_for_whoever_comes_next(office: Office) -> None:
    await office.post.poll()
    await asyncio.sleep(0)
    await office.post.stop(0.0)
    assert len(office.courier.sent) == FOLLOWERS
    told = await office.progress()
    assert (told.delivered, told.waiting) == (0, FOLLOWERS)
    async with office.store.reading() as repositories:
        assert not await repositories.notices.list_claims()


async def test_what_is_claimed_after_the_order_to_stop_is_given_back_unsent(office: Office) -> None:
    looking = asyncio.get_running_loop().create_task(office.post.poll())
    await asyncio.sleep(0)
    await office.post.stop(10.0)
    await looking
    await office.post.stop(0.0)
    assert office.courier.sent == []
    async with office.store.reading() as repositories:
        assert not await repositories.notices.list_claims()
