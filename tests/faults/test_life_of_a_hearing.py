"""The life of a hearing by random acts of residents and staff, the process begun anew between any two of them.

Whatever happens, in whatever order: nothing is lost, nothing is there twice, every sum agrees, and each author is told
once of each change.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st

import storage
from bot.domain.appeals import words_mark
from bot.domain.comments import Channel, CommentKind, Decision, HidingRule, Outcome, Visibility
from bot.domain.counted_votes import BallotBox
from bot.domain.decision_table import decision_mark
from bot.domain.errors import Refusal
from bot.domain.hearings import Phase
from bot.domain.notices import NoticeKind
from bot.domain.people import Caller, Role
from bot.domain.questions import About, Choose, Withdraw
from bot.ports.courier import DeliveryOutcome, Sent
from bot.services.incoming_message import IncomingMessage
from bot.services.outbox.letters import Letter
from bot.services.outbox.sender import OutboxSender
from tests import samples
from tests.clocks import VirtualClock
from tests.municipality import Municipality
from tests.scale import rounds
from tests.services.entering import counted, entered, typed

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.journal import JournalLine
    from bot.domain.people import Actor
    from bot.ports import Clock
    from bot.services.outbox.reply_letters import ReplyLetter
    from storage import Store

RESIDENTS: Final = (1, 2, 3)
SECRETARY, MEMBER, MODERATOR = 11, 12, 13
STAFF: Final = {SECRETARY: Role.SECRETARY, MEMBER: Role.MEMBER, MODERATOR: Role.MODERATOR}
EVERYTHING: Final = 10_000
OUTCOMES: Final = (Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REJECTED, Outcome.NOTED, Outcome.ANSWERED)


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

    # what residents do

    async def vote(self, who: int, what: int) -> None:
        change = Choose(1 + what % 3) if what % 4 else Withdraw()
        self.number += 1
        caller = Caller(RESIDENTS[who % 3], "ky")
        await self.here.services.voting.cast(caller, self.hearing.id, 1 + what % 2, change, order=self.number)

    async def write(self, who: int, what: int) -> None:
        author, kinds = await self.actor(RESIDENTS[who % 3]), tuple(CommentKind)
        self.number += 1
        words = f"Сөз {self.hearing.id} {self.number}"
        incoming = IncomingMessage(words, f"message {words}", self.clock.now())
        submissions = self.here.services.submissions
        await submissions.begin(author, self.hearing.id, kinds[what % len(kinds)], About())
        if await submissions.receive(author, incoming) is not None:
            self.received += 1
            self.messages.append((author.telegram_id or 0, incoming))

    async def amend(self, who: int, what: int) -> None:
        author = await self.actor(RESIDENTS[who % 3])
        if (comment := await self.own(author, what)) is None:
            return
        await self.here.services.submissions.begin_amendment(author, comment.id)
        self.number += 1
        words = f"Башкача {self.hearing.id} {self.number}"
        incoming = IncomingMessage(words, f"message {words}", self.clock.now())
        await self.here.services.submissions.receive(author, incoming)

    async def support(self, who: int, what: int) -> None:
        if (comment := await self.a_comment(what)) is not None:
            reader = await self.actor(RESIDENTS[who % 3])
            await self.here.services.comments.support(reader, comment.id, on=what % 5 > 0, edition=comment.edition)

    async def withdraw(self, who: int, what: int) -> None:
        author = await self.actor(RESIDENTS[who % 3])
        if (comment := await self.own(author, what)) is not None:
            await self.here.services.comments.withdraw(author, comment.id)

    async def appeal(self, who: int, what: int) -> None:
        author, appeals = await self.actor(RESIDENTS[who % 3]), self.here.services.appeals
        hidden = [each for each in await self.comments() if each.visibility is Visibility.HIDDEN]
        for comment in hidden[what % 3 :][:1]:
            await appeals.begin(author, comment.id)
            await appeals.keep(author, "Кемсинтүү эмес")
            await appeals.send(author, comment.id, mark=words_mark("Кемсинтүү эмес"))

    async def forget(self, who: int, what: int) -> None:
        person = await self.actor(RESIDENTS[who % 3])
        await self.here.services.privacy.forget(person, withdraw_comments=what % 2 == 0)
        await self.here.resident(RESIDENTS[who % 3])  # and they come back

    # what staff do

    async def publish(self, who: int, what: int) -> None:
        if (comment := await self.a_comment(what)) is not None:
            await self.here.services.moderation.publish(await self._moderator(who), comment.id, edition=comment.edition)

    async def hide(self, who: int, what: int) -> None:
        if (comment := await self.a_comment(what)) is not None:
            rule = tuple(HidingRule)[what % len(HidingRule)]
            await self.here.services.moderation.hide(await self._moderator(who), comment.id, rule)

    async def put_back(self, who: int, what: int) -> None:
        if (comment := await self.a_comment(what)) is not None:
            await self.here.services.moderation.put_back(await self._moderator(who), comment.id)

    async def join(self, who: int, what: int) -> None:
        comments = await self.comments()
        if len(comments) > 1:
            one, other = comments[what % len(comments)], comments[who % len(comments)]
            joining = self.here.services.duplicates.join
            await joining(await self._moderator(who), one.id, other.id, edition=one.edition)

    async def part(self, who: int, what: int) -> None:
        if joined := [each for each in await self.comments() if each.merged_into is not None]:
            await self.here.services.duplicates.part(await self._moderator(who), joined[what % len(joined)].id)

    async def judge(self, who: int, what: int) -> None:
        judge, appeals = await self._moderator(who), self.here.services.appeals
        for waiting in (await appeals.waiting(judge, self.here.id)).items[:1]:
            await appeals.judge(judge, waiting.appeal.id, lift=what % 2 == 0)

    async def enter(self, who: int, what: int) -> None:
        channel = (Channel.HALL, Channel.PAPER, Channel.PHONE)[what % 3]
        before = len(await self.comments())
        await entered(self.here, await self._commission(who), self.hearing, f"Кагаз {what % 4}", channel=channel)
        assert len(await self.comments()) == before + 1
        self.received += 1

    async def take_out(self, who: int, what: int) -> None:
        if (comment := await self.a_comment(what)) is not None and comment.channel is not Channel.TELEGRAM:
            await self.here.services.entries.remove(await self._commission(who), comment.id)

    async def count(self, who: int, what: int) -> None:
        box = BallotBox((Channel.HALL, Channel.PAPER)[what % 2], number=1 + what % 2)
        await counted(self.here, await self._commission(who), self.hearing, box, 1, f"{what} {what % 7} {what % 5}")

    async def count_people(self, who: int, what: int) -> None:
        staff, counts = await self._commission(who), self.here.services.hand_counts
        draft = (await counts.begin_people(staff, self.hearing.id, 0)).draft
        await counts.receive(staff, draft, typed(self.here, str(1 + what)))
        await counts.save(staff, self.hearing.id)

    async def decide(self, who: int, what: int) -> None:
        if (comment := await self.a_comment(what)) is not None:
            decision = Decision(OUTCOMES[(who + what) % len(OUTCOMES)], f"Себеби {what % 3}")
            earlier = decision_mark(comment.decision)
            await self.here.services.decisions.decide(
                await self._commission(who), comment.id, decision, edition=comment.edition, earlier=earlier
            )

    async def decide_all(self, who: int, what: int) -> None:
        for number in range(len(await self.comments())):
            try:
                await self.decide(what, number)
            except Refusal:
                continue

    async def take_back(self, who: int, what: int) -> None:
        if (comment := await self.a_comment(what)) is not None:
            earlier = decision_mark(comment.decision)
            await self.here.services.decisions.take_back(await self._commission(who), comment.id, earlier=earlier)

    async def two_pairs(self, who: int, what: int) -> None:
        await self.here.services.proposals.want(await self.actor(SECRETARY), self.here.id, on=what % 3 > 0)

    async def confirm(self, who: int, what: int) -> None:
        secretary, proposals = await self.actor(SECRETARY), self.here.services.proposals
        for each in (await proposals.page(secretary, self.hearing.id)).items:
            await proposals.confirm(secretary, each.proposal.comment_id, each.proposal.mark)

    async def complete(self, who: int, what: int) -> None:
        await self.here.services.decisions.complete(await self.actor(SECRETARY), self.hearing.id)

    async def all_entered(self, who: int, what: int) -> None:
        act = self.here.services.entry_desk.close if what % 2 else self.here.services.entry_desk.reopen
        await act(await self.actor(SECRETARY), self.hearing.id)

    # what the house does

    async def wait(self, who: int, what: int) -> None:
        self.clock.forward(hours=1 + what % 20)  # type: ignore[attr-defined]
        await self.here.services.timetable.tick()

    async def deliver(self, who: int, what: int) -> None:
        await self.sender.drain()

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

    async def _moderator(self, who: int) -> Actor:
        return await self.actor((SECRETARY, MODERATOR)[who % 2])

    async def _commission(self, who: int) -> Actor:
        return await self.actor((SECRETARY, MEMBER)[who % 2])

    # what holds at every moment

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
        comments = await self.comments()
        async with self.store.reading() as repositories:
            people = await repositories.people.get_many({each.author_id for each in comments if each.author_id})
        for comment in comments:
            author = people.get(comment.author_id or 0)
            if comment.decision and comment.withdrawn_at is None and author and author.telegram_id:
                assert told[author.id, comment.id, comment.decision.decided_at] == 1, comment.number


ACTS: Final = (
    *("vote", "write", "write", "amend", "support", "support", "withdraw", "appeal", "forget"),
    *(
        "publish",
        "publish",
        "hide",
        "put_back",
        "join",
        "join",
        "part",
        "judge",
        "enter",
        "take_out",
        "count",
        "count_people",
    ),
    *(
        "decide",
        "decide",
        "decide_all",
        "take_back",
        "two_pairs",
        "confirm",
        "complete",
        "all_entered",
        "wait",
        "deliver",
    ),
)
STEPS_OF_A_LIFE: Final = rounds(40, few=30)


def steps_of(seed: int) -> list[tuple[str, int, int, bool]]:
    """Acts in a row: which, by whom, on what, and whether the process ends after it."""
    chance = Random(seed)
    return [
        (chance.choice(ACTS), chance.randrange(6), chance.randrange(60), chance.random() < 0.15)
        for _ in range(STEPS_OF_A_LIFE)
    ]


async def live(url: str, steps: list[tuple[str, int, int, bool]]) -> None:
    """One life of a hearing, to the end: closed, decided, answered."""
    store = await storage.open_store(url)
    clock = VirtualClock()
    here = await Municipality.over(store, clock)
    for telegram_id in RESIDENTS:
        await here.resident(telegram_id)
    for telegram_id, role in STAFF.items():
        await here.staff(telegram_id, role)
    hearing = await here.hearing(samples.dossier(closes=samples.NOW + timedelta(days=1)))
    post = Post()
    sender = OutboxSender(store, clock, here.services.directory, post, name=f"{hearing.id} 0")
    life = Life(url, clock, store, here, sender, hearing, post)
    try:
        for name, who, what, crash in steps:
            await act(life, name, who, what)
            if crash:
                await life.begin_anew()
            await life.ensure_sound()
        life.clock.forward(days=3)  # type: ignore[attr-defined]
        for name in ("wait", "decide_all", "complete"):
            await act(life, name, 0, 0)
            await life.ensure_sound()
        await life.ensure_told()
    finally:
        await life.store.close()


async def act(life: Life, name: str, who: int, what: int) -> None:
    """What somebody does; what is refused changes nothing."""
    try:
        await getattr(life, name)(who, what)
    except Refusal:
        return


@pytest.mark.timeout(600)
@settings(
    max_examples=rounds(12, few=2),
    phases=[Stage.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 2**32))
def test_whatever_people_do_in_whatever_order_nothing_is_lost_and_every_sum_agrees(
    database_url: str, seed: int
) -> None:
    asyncio.run(live(database_url, steps_of(seed)))
