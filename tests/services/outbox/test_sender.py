"""The sender says itself why notices do not leave."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bot.domain.notice_rules import LONG_PAUSE
from bot.ports.courier import Sent
from bot.services.outbox.sender import LONGEST_IDLE, OutboxSender
from bot.services.places import PlaceDirectory
from tests.clocks import VirtualClock

if TYPE_CHECKING:
    from bot.ports.courier import DeliveryOutcome
    from bot.services.outbox.letters import Letter
    from bot.services.outbox.reply_letters import ReplyLetter
    from storage import Store


@dataclass
class Courier:
    """A courier whom Telegram may make wait."""

    paused_for: float = 0.0

    def give_up(self, *, replies: bool = False) -> None:
        """Nothing waits for its slot here."""

    async def deliver(self, letter: Letter | ReplyLetter, *, patience: float) -> DeliveryOutcome:
        return Sent(1)


@dataclass
class Desk:
    """A sender on a store without a hearing, and its clock."""

    sender: OutboxSender
    courier: Courier
    clock: VirtualClock


@pytest.fixture
def desk(store: Store) -> Desk:
    clock, courier = VirtualClock(), Courier()
    directory = PlaceDirectory(store, clock, timezone="Asia/Bishkek")
    sender = OutboxSender(store, clock, directory, courier, name="ours", monotonic=clock.monotonic)
    return Desk(sender, courier, clock)


async def test_a_sender_that_was_never_started_is_in_no_trouble(desk: Desk) -> None:
    desk.clock.forward(seconds=LONGEST_IDLE + 1)
    assert desk.sender.trouble is None


async def test_a_sender_that_polls_is_in_no_trouble_and_one_that_does_not_says_since_when(desk: Desk) -> None:
    running = asyncio.get_running_loop().create_task(desk.sender.run())
    await asyncio.sleep(0)
    assert desk.sender.trouble is None
    desk.clock.forward(seconds=LONGEST_IDLE + 1)
    assert desk.sender.trouble == "no poll of the outbox for 61 s"
    await desk.sender.poll()
    assert desk.sender.trouble is None
    await desk.sender.stop(1.0)
    await running


async def test_a_sender_that_has_stopped_says_so_until_it_is_started_again(desk: Desk) -> None:
    running = asyncio.get_running_loop().create_task(desk.sender.run())
    await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait([running])
    assert desk.sender.trouble == "the outbox sender has stopped"
    again = asyncio.get_running_loop().create_task(desk.sender.run())
    await asyncio.sleep(0)
    assert desk.sender.trouble is None
    await desk.sender.stop(1.0)
    await again
    assert desk.sender.trouble == "the outbox sender has stopped"


async def test_a_long_pause_of_telegrams_is_trouble_and_a_short_one_is_not(desk: Desk) -> None:
    desk.courier.paused_for = LONG_PAUSE
    assert desk.sender.trouble is None
    desk.courier.paused_for = 10_072.4
    assert desk.sender.trouble == "Telegram asks to wait for 10072 s"
