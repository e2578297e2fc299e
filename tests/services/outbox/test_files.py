"""Files of the outbox: made longer than a lease lasts, and sent by one process alone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import StoreUnavailable
from bot.domain.files import FileKind, FileRequest, MadeFile
from bot.ports.courier import Sent
from bot.services.outbox.files import STORE_FAILURES, FileNotMade, FileWork
from bot.services.outbox.lease import LEASE
from bot.services.outbox.reply_letters import ReplyLetter
from bot.services.outbox.sender import OutboxSender
from tests.clocks import VirtualClock
from tests.municipality import Municipality

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.ports.courier import DeliveryOutcome
    from bot.services.outbox.letters import Letter
    from storage import Store


@dataclass
class Courier:
    """A courier who keeps the owed replies that were handed over."""

    letters: list[ReplyLetter] = field(default_factory=list)
    paused_for = 0.0

    def give_up(self, *, replies: bool = False) -> None:
        """Nothing waits for its slot here."""

    async def deliver(self, letter: Letter | ReplyLetter, *, patience: float) -> DeliveryOutcome:
        if isinstance(letter, ReplyLetter):
            self.letters.append(letter)
        return Sent(1)


class Workshop:
    """Makes a file as slowly as the test wants, or not at all."""

    def __init__(self) -> None:
        self.asked = 0
        self.failure: Exception | None = None
        self.may = asyncio.Event()

    async def make(self, letter: ReplyLetter) -> MadeFile:
        self.asked += 1
        await self.may.wait()
        if self.failure is not None:
            raise self.failure
        return MadeFile(b"all that was said", "record.csv")


@dataclass
class Office:
    """A process that sends: its workshop, its courier."""

    sender: OutboxSender
    courier: Courier
    workshop: Workshop


@dataclass
class Scene:
    """Two processes on one database, and one file that is owed."""

    ours: Office
    theirs: Office
    clock: VirtualClock
    municipality: Municipality
    secretary: Actor

    async def pass_time(self, *offices: Office, seconds: float) -> None:
        """Let time pass in steps of a third of a lease; who is alive polls at each."""
        for _ in range(round(seconds / (LEASE / 3))):
            self.clock.forward(seconds=LEASE / 3)
            for office in offices:
                await office.sender.poll()


@pytest.fixture
async def scene(sqlite_store: Store) -> Scene:
    clock = VirtualClock()
    municipality = await Municipality.over(sqlite_store, clock)
    hearing = await municipality.hearing()
    secretary = await municipality.staff(1)
    services = municipality.services

    def office(name: str) -> Office:
        courier, workshop = Courier(), Workshop()
        work = FileWork(services.files, workshop)
        sender = OutboxSender(
            sqlite_store, clock, services.directory, courier, name=name, monotonic=clock.monotonic, work=work
        )
        return Office(sender, courier, workshop)

    request = FileRequest(FileKind.RECORD, hearing.id, ("ky",), form="csv")
    await services.files.ask(secretary, request, source="1.1")
    return Scene(office("ours"), office("theirs"), clock, municipality, secretary)


async def test_a_file_that_takes_longer_than_a_lease_is_made_by_one_process_alone(scene: Scene) -> None:
    ours, theirs = scene.ours, scene.theirs
    await ours.sender.poll()
    await scene.pass_time(theirs, ours, seconds=5 * LEASE)
    ours.workshop.may.set()
    await ours.sender.drain()
    assert (ours.workshop.asked, theirs.workshop.asked) == (1, 0)
    (letter,) = ours.courier.letters
    assert letter.file == MadeFile(b"all that was said", "record.csv")
    assert not letter.notice.doubtful


async def test_a_process_that_lost_its_claim_does_not_send_what_another_has_sent(scene: Scene) -> None:
    gone, theirs = scene.ours, scene.theirs
    await gone.sender.poll()
    await asyncio.sleep(0)
    theirs.workshop.may.set()
    await scene.pass_time(theirs, seconds=2 * LEASE)
    await theirs.sender.drain()
    (letter,) = theirs.courier.letters
    assert not letter.notice.doubtful  # it was never whole
    gone.workshop.may.set()
    await gone.sender.drain()
    assert gone.courier.letters == []


async def test_who_is_forgotten_while_a_file_is_made_gets_none(scene: Scene) -> None:
    ours = scene.ours
    await ours.sender.poll()
    await asyncio.sleep(0)
    await scene.municipality.services.privacy.forget(scene.secretary, withdraw_comments=True)
    ours.workshop.may.set()
    await ours.sender.drain()
    assert (ours.workshop.asked, ours.courier.letters) == (1, [])


@pytest.mark.parametrize(("failure", "attempts"), [(StoreUnavailable("away"), STORE_FAILURES), (FileNotMade(), 1)])
async def test_a_file_that_cannot_be_made_is_said_in_the_end(scene: Scene, failure: Exception, attempts: int) -> None:
    ours = scene.ours
    ours.workshop.failure = failure
    ours.workshop.may.set()
    for _ in range(attempts):
        assert ours.courier.letters == []
        await ours.sender.drain()
        scene.clock.forward(seconds=10)
    assert [letter.file for letter in ours.courier.letters] == [None]
    assert ours.workshop.asked == attempts
