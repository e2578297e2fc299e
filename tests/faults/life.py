"""The life of a hearing as a model: the people around it, what was taken of them, and what holds at every moment."""

from __future__ import annotations

import asyncio
import itertools
import types
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import storage
from bot.domain.comments import Visibility
from bot.domain.decision_table import decision_mark
from bot.domain.errors import Refusal
from bot.domain.hearings import Phase
from bot.domain.notices import NoticeKind
from bot.domain.people import Caller, Role
from bot.ports.courier import DeliveryOutcome, Sent
from bot.services.outbox.letters import Letter
from bot.services.outbox.sender import OutboxSender
from tests.municipality import Municipality

if TYPE_CHECKING:
    from collections.abc import Coroutine, Generator

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.journal import JournalLine
    from bot.domain.people import Actor
    from bot.ports import Clock
    from bot.services.incoming_message import IncomingMessage
    from bot.services.outbox.reply_letters import ReplyLetter
    from storage import Store

RESIDENTS: Final = (1, 2, 3)
SECRETARY, MEMBER, MODERATOR = 11, 12, 13
STAFF: Final = {SECRETARY: Role.SECRETARY, MEMBER: Role.MEMBER, MODERATOR: Role.MODERATOR}
EVERYTHING: Final = 10_000


@dataclass
class Post:
    """A courier who keeps what he was given."""

    letters: list[Letter | ReplyLetter] = field(default_factory=list)
    paused_for: float = 0.0

    def give_up(self, *, replies: bool = False) -> None:
        """Nothing ever waits here."""

    async def deliver(self, letter: Letter | ReplyLetter, *, patience: float) -> DeliveryOutcome:
        """Accepted at once."""
        assert patience > 0
        self.letters.append(letter)
        return Sent(len(self.letters))


@dataclass
class Life:
    """One hearing, the people around it, and what the model knows of it."""

    url: str
    clock: Clock
    store: Store
    here: Municipality
    sender: OutboxSender
    hearing: Hearing
    post: Post
    received: int = 0
    """Comments that were taken, of residents and of staff for somebody."""
    messages: list[tuple[int, IncomingMessage]] = field(default_factory=list)
    journal: tuple[JournalLine, ...] = ()
    begun: int = 0
    number: int = 0

    async def actor(self, telegram_id: int) -> Actor:
        """Somebody as they are stored now."""
        return await self.here.services.people.identify(Caller(telegram_id, "ky"))

    async def comments(self) -> tuple[Comment, ...]:
        """All of the hearing."""
        async with self.store.reading() as repositories:
            return await repositories.comments.page(self.hearing.id, after=0, limit=EVERYTHING)

    async def a_comment(self, which: int) -> Comment | None:
        """One of them; None while there is none."""
        found = await self.comments()
        return found[which % len(found)] if found else None

    async def own(self, author: Actor, which: int) -> Comment | None:
        """One that the author wrote; None while there is none."""
        mine = author.resident.id if author.resident else 0
        found = [each for each in await self.comments() if each.author_id == mine]
        return found[which % len(found)] if found else None

    async def begin_anew(self) -> None:
        """The process ends between two acts; the next one is brought the last message again."""
        await self.store.close()
        self.store = await storage.open_store(self.url)
        self.here = await Municipality.over(self.store, self.clock)
        self.begun += 1
        name = f"{self.hearing.id} {self.begun}"
        self.sender = OutboxSender(self.store, self.clock, self.here.services.directory, self.post, name=name)
        for telegram_id, incoming in self.messages[-1:]:
            await self.here.services.submissions.receive(await self.actor(telegram_id), incoming)

    async def interrupt(self, act: Coroutine[Any, Any, None], *, after: int) -> None:
        """The process ends within an act, where it waits for the database the ``after``-th time.

        What the act stored is there whole or not at all; the model counts afresh what was taken of people.
        """
        try:
            await _cut_short(act, after)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            assert task is not None
            task.uncancel()
        await self.begin_anew()
        stored = len(await self.comments())
        assert self.received <= stored <= self.received + 1
        self.received = stored

    async def _moderator(self, who: int) -> Actor:
        return await self.actor((SECRETARY, MODERATOR)[who % 2])

    async def _commission(self, who: int) -> Actor:
        return await self.actor((SECRETARY, MEMBER)[who % 2])

    async def ensure_sound(self) -> None:
        """Every sum agrees, nothing is lost or there twice, and the journal has only grown."""
        async with self.store.reading() as repositories:
            hearing = await repositories.hearings.get(self.hearing.id)
            comments = await repositories.comments.page(self.hearing.id, after=0, limit=EVERYTHING)
            counts = await repositories.comments.counts(self.hearing.id)
            assert await repositories.votes.rollup(hearing.id) == await repositories.votes.recount(hearing.id)
            journal = await repositories.journal.page(self.here.id, offset=0, limit=EVERYTHING)
        assert sorted(each.number for each in comments) == list(range(1, self.received + 1))
        standing = [each for each in comments if each.withdrawn_at is None]
        by_visibility = Counter(each.visibility for each in standing)
        said = (counts.waiting, counts.published, counts.hidden, counts.withdrawn)
        assert said == (
            *(by_visibility[each] for each in (Visibility.WAITING, Visibility.PUBLISHED, Visibility.HIDDEN)),
            len(comments) - len(standing),
        )
        assert counts.received == len(comments) == sum(said)
        heads = [each for each in standing if each.merged_into is None]
        assert counts.undecided == sum(each.decision is None for each in heads)
        by_id = {each.id: each for each in comments}
        for each in standing:
            if each.merged_into is not None:
                head = by_id[each.merged_into]
                assert head.merged_into is None
                assert decision_mark(each.decision) == decision_mark(head.decision), each.number
        if hearing.phase is Phase.ANSWERED:
            assert counts.undecided == 0
        assert journal[len(journal) - len(self.journal) :] == self.journal
        self.journal = journal

    async def ensure_told(self) -> None:
        """Each author was told once of each decision that stands, and nobody of anything twice."""
        for _ in range(4):  # messages that can wait do not leave at night
            self.clock.forward(hours=7)  # type: ignore[attr-defined]
            await self.sender.drain()
        letters = Counter(letter.notice.id for letter in self.post.letters)
        assert set(letters.values()) <= {1}
        told = Counter(
            (letter.recipient.id, comment.id, comment.decision.decided_at if comment.decision else letter.notice.id)
            for letter in self.post.letters
            if isinstance(letter, Letter) and letter.broadcast.kind is NoticeKind.DECIDED and letter.recipient
            for comment in letter.decided
        )
        assert set(told.values()) <= {1}
        council = Counter(
            letter.recipient.id
            for letter in self.post.letters
            if isinstance(letter, Letter) and letter.broadcast.kind is NoticeKind.COUNCIL and letter.recipient
        )
        assert set(council.values()) <= {1}
        comments = await self.comments()
        async with self.store.reading() as repositories:
            people = await repositories.people.get_many({each.author_id for each in comments if each.author_id})
        for comment in comments:
            author = people.get(comment.author_id or 0)
            if comment.decision and comment.withdrawn_at is None and author and author.telegram_id:
                assert told[author.id, comment.id, comment.decision.decided_at] == 1, comment.number


@types.coroutine
def _cut_short(act: Coroutine[Any, Any, None], after: int) -> Generator[Any, Any, None]:
    """Go through an act step by step; where it waits for the ``after``-th time it is called off, as at a stop."""
    said: Any = None
    failure: BaseException | None = None
    for step in itertools.count():
        try:
            waited = act.send(said) if failure is None else act.throw(failure)
        except StopIteration:
            return
        except Refusal:
            return
        if step == after and (task := asyncio.current_task()) is not None:
            task.cancel()
        said, failure = None, None
        try:
            said = yield waited
        except BaseException as brought:  # noqa: BLE001 - it is handed on into the act
            failure = brought
