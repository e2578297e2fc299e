"""The bot in this process and in virtual time, and people who press and write as the plan says."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Final, cast

from benchmarks import town
from benchmarks.country import virtual_time
from benchmarks.country.founding import secretary_of
from benchmarks.country.phones import TOKEN, Phones
from benchmarks.country.plan import GONE, QUESTIONS, ZONE
from benchmarks.country.virtual_time import StandingStill
from bot.app import Requests
from bot.cli import COMMAND_LINE
from bot.domain.comment_lists import CommentFilter
from bot.domain.comments import CommentKind, Decision, Outcome
from bot.domain.decision_table import decision_mark
from bot.domain.hearings import Dossier, HearingKind, Results
from bot.domain.people import Caller
from bot.domain.programme import Service
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.domain.sittings import Sitting
from bot.domain.unsent import PART_FOLLOWS_WITHIN
from bot.runtime import App
from bot.services.outbox import sender
from bot.simulator.request import SimulatorRequest
from handlers.presses import ChooseOption, WriteAbout
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from benchmarks.country.founding import Country
    from benchmarks.country.plan import Act, PlannedHearing
    from benchmarks.country.virtual_time import Busy, YearClock
    from benchmarks.country.year import Progress
    from bot.domain.comments import Comment
    from bot.domain.people import Actor
    from storage import Store

BETWEEN_TICKS: Final = 300
BETWEEN_TICKS_AT_NIGHT: Final = 900
"""Seconds, counted from midnight: everything in the plan is due at such a moment. (The bot itself takes five.)"""
DAY_BEGINS, DAY_ENDS = 7, 23
BETWEEN_PRESSES: Final = 6.0
"""Seconds in which somebody reads a question."""
WORDS: Final = town.WORDS
COMMENTS_AT_ONCE: Final = 200


class Living:
    """A running bot: ``act`` does what the plan says, ``quiet`` returns when nothing is owed."""

    def __init__(self, url: str, store: Store, clock: YearClock, busy: Busy, country: Country) -> None:
        self._country = country
        self.clock = clock
        self.phones = Phones(clock, virtual_time.monotonic, self._is_gone)
        settings = replace(town.settings(url), bot_token=TOKEN)
        ways = Requests(SimulatorRequest(self.phones.telegram), SimulatorRequest(self.phones.telegram))
        standing = cast("Store", StandingStill(store, busy))
        self.app = App(settings, standing, clock, ways, monotonic=virtual_time.monotonic)
        self.store = standing
        self.hearings: dict[int, int] = {}
        """Ids by the numbers of the plan."""
        self.answered = 0
        self.written = 0
        setattr(sender, "POLL_INTERVAL", BETWEEN_TICKS_AT_NIGHT)  # noqa: B010 - each tick and update wakes it
        self.app.poller.health.errors = 1  # nobody polls: so rare a tick is no outage
        self._tasks: list[asyncio.Task[None]] = []

    def _is_gone(self, telegram_id: int) -> bool:
        first = self._country.follower(0, 0)
        return telegram_id >= first and (telegram_id - first) % self._country.followers_each % GONE == 0

    def resume(self, progress: Progress) -> None:
        """Go on from where a run stood."""
        self.hearings = dict(progress.hearings)
        self.answered, self.written = progress.answered, progress.written
        self.phones.hours.update(progress.hours)
        self.phones.presses, self.phones.toasts = progress.presses, progress.toasts

    def keep(self, progress: Progress) -> None:
        """Note where the run stands."""
        progress.hearings = dict(self.hearings)
        progress.answered, progress.written = self.answered, self.written
        progress.hours = dict(self.phones.hours)
        progress.presses, progress.toasts = self.phones.presses, self.phones.toasts

    async def night(self) -> None:
        """Do what is done at night."""
        await self.app.nightly.tidy()
        self.phones.put_away()

    async def start(self) -> None:
        """Begin to look at the clock and to send."""
        await self.app.parts.application.initialize()
        self._tasks = [asyncio.create_task(self._tick()), asyncio.create_task(self.app.sender.run())]

    async def stop(self) -> None:
        """End: what is owed waits for the next process."""
        self._tasks[0].cancel()
        await self.app.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _tick(self) -> None:
        while True:
            await self.app.ticker.tick()
            now = self.clock.now()
            step = BETWEEN_TICKS if DAY_BEGINS <= now.astimezone(ZONE).hour < DAY_ENDS else BETWEEN_TICKS_AT_NIGHT
            await asyncio.sleep(step - now.timestamp() % step)

    async def take_in(self) -> None:
        """Let the bot handle what people did, as a webhook brings it."""
        dispatcher = self.app.dispatcher
        updates = [dispatcher.begin(raw, raw["update_id"]) for raw in self.phones.taken()]
        while not all(update.secured.done() for update in updates):
            await dispatcher.secure(updates, within=60.0)
        await self.app.parts.application.bot_data.attention.idle()

    async def quiet(self) -> None:
        """Return when every update is handled and every reply has left."""
        await self.app.dispatcher.idle()
        await self.app.replies.idle()

    async def act(self, act: Act, hearing: PlannedHearing) -> None:
        """Do one thing of the plan."""
        match act.what:
            case "announce":
                await self._announce(hearing)
            case "answer":
                await self._answer(self._country.follower(hearing.municipality, act.person), act.hearing)
            case "write":
                await self._write(self._country.follower(hearing.municipality, act.person), act)
            case "moderate":
                await self._moderate(act.hearing)
            case _:
                await self._decide(hearing)

    async def _announce(self, hearing: PlannedHearing) -> None:
        municipality = self._country.municipalities[hearing.municipality]
        found = await self.app.services.hearings.load(COMMAND_LINE, municipality, dossier(hearing), publish=True)
        self.hearings[hearing.number] = found.id
        self.app.sender.wake()

    async def _answer(self, person: int, number: int) -> None:
        for question in range(1, QUESTIONS + 1):
            option = (person + question + number) % 3 + 1
            self.phones.press(person, pack(ChooseOption(self.hearings[number], question, option), "ky"))
            await self.take_in()
            await asyncio.sleep(BETWEEN_PRESSES)
        self.answered += QUESTIONS

    async def _write(self, person: int, act: Act) -> None:
        service = act.person % town.SERVICES + 1
        press = WriteAbout(self.hearings[act.hearing], CommentKind.PROPOSAL, AboutKind.SERVICE, service)
        self.phones.press(person, pack(press, "ky"))
        await self.take_in()
        await asyncio.sleep(BETWEEN_PRESSES)
        words = "".join(WORDS[(act.person + more) % len(WORDS)] for more in range(act.person % 5 + 1))
        self.phones.say(person, f"{words}{act.person}-үй")
        await self.take_in()
        self.written += 1
        await asyncio.sleep(PART_FOLLOWS_WITHIN.total_seconds() + 1)
        self.app.sender.wake()

    async def _moderate(self, number: int) -> None:
        """Publish whatever waits."""
        actor = await self._secretary(number)
        while waiting := await self.app.services.moderation.queue(actor, self.hearings[number]):
            for view in waiting:
                await self.app.services.moderation.publish(actor, view.comment.id, edition=view.comment.edition)

    async def _decide(self, hearing: PlannedHearing) -> None:
        """Decide on every comment, and say so."""
        actor = await self._secretary(hearing.number)
        hearing_id = self.hearings[hearing.number]
        offset = 0
        async with self.store.reading() as repositories:
            found: list[Comment] = []
            while page := await repositories.comment_lists.list_narrowed(
                hearing_id, CommentFilter(), offset=offset, limit=COMMENTS_AT_ONCE
            ):
                found += page
                offset += len(page)
        outcomes = (Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REJECTED, Outcome.NOTED)
        for comment in found:
            decision = Decision(outcomes[comment.number % 4], "Бюджетте каралды")
            await self.app.services.decisions.decide(
                actor, comment.id, decision, edition=comment.edition, earlier=decision_mark(None)
            )
        await self.app.services.decisions.complete(actor, hearing_id)
        self.app.sender.wake()

    async def _secretary(self, number: int) -> Actor:
        municipality = number % len(self._country.municipalities)
        return await self.app.services.people.identify(Caller(secretary_of(municipality), "ky"))


def dossier(hearing: PlannedHearing) -> Dossier:
    """What the hearing is about."""
    services = tuple(Service(no, town.text(f"Айылдын {no}-жолун оңдоо")) for no in range(1, town.SERVICES + 1))
    return Dossier(
        title=town.text(f"2028-жылдын бюджети, {hearing.number}-угуу"),
        kind=HearingKind.BOTH,
        sittings=(Sitting(hearing.sits_at.astimezone(UTC)),),
        opens_at=hearing.opens_at.astimezone(UTC),
        closes_at=hearing.closes_at.astimezone(UTC),
        results=Results.AFTER_VOTING,
        services=services,
        questions=tuple(
            Question(no, About(AboutKind.SERVICE, no), QuestionKind.STANCE) for no in range(1, QUESTIONS + 1)
        ),
    )
