"""Whatever a hearing goes through, each notice that the clock owes is sent once or recorded with its reason."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import Phase as Stage
from hypothesis import given, settings
from hypothesis import strategies as st

import storage
from bot.cli import COMMAND_LINE
from bot.domain.hearings import Hearing, Phase
from bot.domain.notice_rules import NOTICE_RULES
from bot.domain.notices import BroadcastStatus, NoticeKind
from bot.domain.people import Reminders
from bot.domain.setbacks import SetbackReason
from bot.domain.sittings import Sitting
from bot.domain.timetable import LONG_BEFORE, NIGHT_BEGINS, NIGHT_ENDS, STEPS_A_SITTING, deadline, minutes
from bot.ports.courier import DeliveryOutcome, Sent
from bot.services.announcements import LEADS
from bot.services.outbox.reply_letters import ReplyLetter
from bot.services.outbox.sender import OutboxSender
from tests import samples
from tests.clocks import VirtualClock
from tests.municipality import Municipality
from tests.same_thread import opened
from tests.scale import rounds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from bot.services import Services
    from bot.services.outbox.letters import Letter
    from storage import Store

ZONES = ("Asia/Bishkek", "Europe/Berlin", "Asia/Kathmandu", "Australia/Adelaide", "America/New_York")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass
class Book:
    """A courier who writes down what he was given, and when."""

    clock: VirtualClock
    letters: list[tuple[datetime, Letter]] = field(default_factory=list)
    paused_for: float = 0.0

    def give_up(self, *, replies: bool = False) -> None:
        """Nothing ever waits here."""

    async def deliver(self, letter: Letter | ReplyLetter, *, patience: float) -> DeliveryOutcome:
        assert not isinstance(letter, ReplyLetter), "nobody has written anything"
        """Accepted at once."""
        assert patience > 0
        self.letters.append((self.clock.now(), letter))
        return Sent(len(self.letters))


@dataclass
class Life:
    """One hearing with three followers, the timetable and the post, on a database of its own."""

    store: Store
    clock: VirtualClock
    wired: Services
    book: Book
    post: OutboxSender
    hearing: Hearing
    zone: ZoneInfo
    people: int = 3
    due: set[tuple[NoticeKind, int, int]] = field(default_factory=set)

    async def look(self) -> None:
        """What the house does every few seconds; what is due by the README is remembered."""
        now = self.clock.now()
        async with self.store.reading() as repositories:
            before = await repositories.hearings.get(self.hearing.id)
        if before.phase in (Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED):
            self.due |= set(expected(before, self.zone, now))
        await self.wired.timetable.tick()
        await self.post.drain()

    async def act(self, name: str, amount: int) -> None:
        """Something staff do; what is refused changes nothing."""
        from bot.domain.errors import Refusal

        acts, now = self.wired.announcements, self.clock.now()
        try:
            if name == "postpone":
                at = now + amount * HOUR
                await acts.postpone(COMMAND_LINE, self.hearing.id, starts_at=at, why=SetbackReason.ROOM)
            elif name == "cancel":
                await acts.cancel(COMMAND_LINE, self.hearing.id, why=SetbackReason.OWN, words="Жол жабык")
            elif name == "reminders":
                chosen = [lead for number, lead in enumerate(LEADS) if amount >> number & 1]
                await acts.set_reminders(COMMAND_LINE, self.hearing.id, chosen, closing=(0, 1_440, 180)[amount % 3])
            else:
                async with self.store.reading() as repositories:
                    dossier = (await repositories.hearings.get(self.hearing.id)).dossier
                moved = replace(dossier, sittings=(replace(dossier.sittings[0], minutes=60 + amount % 60),))
                await acts.revise(COMMAND_LINE, self.hearing.id, moved)
        except Refusal:
            return


def expected(hearing: Hearing, zone: ZoneInfo, now: datetime) -> Sequence[tuple[NoticeKind, int, int]]:
    """The reminders of sittings that the README promises by ``now``, worked out by hand."""
    found = []
    for number, sitting in enumerate(hearing.dossier.sittings):
        start = sitting.starts_at.astimezone(zone)
        for lead in hearing.reminders:
            whole, rest = divmod(lead, 1_440)
            if rest:
                due = sitting.starts_at - timedelta(minutes=lead)
            else:
                wall = (start - timedelta(days=whole)).replace(tzinfo=None)  # same wall time, another date
                due = wall.replace(tzinfo=zone).astimezone(UTC)
            if (hearing.scheduled_at or now) <= due <= now:
                found.append((NoticeKind.REMINDER, number * 100_000 + lead, minutes(sitting.starts_at)))
    return found


@asynccontextmanager
async def life(path: Path, zone: str, *, hour: int, sits_in: int) -> AsyncIterator[Life]:
    """An announced hearing that sits in so many hours after ``hour`` o'clock UTC."""
    founded = path.parent / "founded.db"
    if not founded.exists():  # the schema is made once for all lives
        await (await storage.open_store(f"sqlite:///{founded}")).close()
    shutil.copy(founded, path / "life.db")
    store = opened(f"sqlite:///{path}/life.db")
    clock = VirtualClock(datetime(2026, 10, 20, hour, 7, tzinfo=UTC))
    here = await Municipality.over(store, clock, timezone=zone)
    wired = here.services
    for number in range(3):
        actor = await here.resident(number + 1)
        await wired.people.set_reminders(actor, tuple(Reminders)[number % 2])
    now = clock.now()
    sitting = Sitting(now + sits_in * HOUR)
    dossier = samples.dossier(opens=now + HOUR, closes=sitting.starts_at + 5 * HOUR)
    dossier = replace(dossier, sittings=(sitting,))
    hearing = await here.hearing(dossier)
    book = Book(clock)
    post = OutboxSender(store, clock, wired.directory, book, name="one")
    try:
        yield Life(store, clock, wired, book, post, hearing, ZoneInfo(zone))
    finally:
        await store.close()


steps = st.lists(
    st.tuples(
        st.sampled_from(["wait", "wait", "wait", "postpone", "reminders", "revise", "cancel"]), st.integers(1, 400)
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=rounds(12, few=5), phases=[Stage.generate])
@given(
    zone=st.sampled_from(ZONES), hour=st.integers(0, 23), sits_in=st.integers(3, 400), steps=steps, again=st.booleans()
)
def test_each_due_notice_is_sent_once_or_recorded_with_its_reason(  # noqa: PLR0917 - a drawn world
    tmp_path_factory: object, zone: str, hour: int, sits_in: int, steps: list[tuple[str, int]], again: bool
) -> None:
    asyncio.run(_live(tmp_path_factory.mktemp("life"), zone, hour, sits_in, steps, again=again))  # type: ignore[attr-defined]


async def _live(path: Path, zone: str, hour: int, sits_in: int, steps: list[tuple[str, int]], *, again: bool) -> None:
    async with life(path, zone, hour=hour, sits_in=sits_in) as here:
        await here.look()
        for name, amount in steps:
            if name == "wait":
                here.clock.time += amount * timedelta(minutes=37)  # minutes or days: a tick, a night, a long stop
            else:
                await here.act(name, amount)
            await here.look()
            if again:
                here.clock.time -= HOUR  # a clock put back, and on again
                await here.look()
                here.clock.time += HOUR
                await here.look()
        for hours in (40 * 24, 12, 12):  # long after everything; the last of it leaves after a night
            here.clock.time += hours * HOUR
            await here.look()
        await ensure_accounted(here)


async def ensure_accounted(here: Life) -> None:
    """Nothing twice, nothing at night, nothing too late, nothing due and forgotten, a reason for what was not sent."""
    given = [(letter.recipient, letter.broadcast.id) for _, letter in here.book.letters]
    assert len(given) == len(set(given))
    for at, letter in here.book.letters:
        until = deadline(letter.broadcast.planned, letter.hearing)
        assert at < until
        wall = at.astimezone(here.zone).time()
        night = not NIGHT_ENDS <= wall < NIGHT_BEGINS
        assert not night or not NOTICE_RULES[letter.broadcast.kind].waits_for_morning or until - at < 22 * HOUR
    async with here.store.reading() as repositories:
        broadcasts = await repositories.broadcasts.list_of(here.hearing.id)
        progress = await repositories.notices.progress(here.hearing.id)
    sure = {key for key in here.due if key[1] % STEPS_A_SITTING < LONG_BEFORE}  # an early one may give way to others
    assert sure <= {broadcast.planned.key for broadcast in broadcasts}
    for broadcast in broadcasts:
        assert broadcast.completed
        assert (broadcast.status is BroadcastStatus.GOING) != bool(broadcast.reason)
        if broadcast.id in progress:
            assert progress[broadcast.id].waiting == 0
            delivered = [letter for _, letter in here.book.letters if letter.broadcast.id == broadcast.id]
            assert progress[broadcast.id].delivered == len(delivered)
    reminders = [
        letter.broadcast.planned.key for _, letter in here.book.letters if letter.broadcast.kind is NoticeKind.REMINDER
    ]
    assert set(reminders) <= here.due
