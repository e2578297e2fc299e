"""What residents, staff and the house do in the life of a hearing; what is refused changes nothing."""

from __future__ import annotations

from typing import Final

from bot.domain.appeals import words_mark
from bot.domain.comments import Channel, CommentKind, Decision, HidingRule, Outcome, Visibility
from bot.domain.counted_votes import BallotBox
from bot.domain.decision_table import decision_mark
from bot.domain.errors import Refusal
from bot.domain.people import Caller
from bot.domain.questions import About, Choose, Withdraw
from bot.domain.resolutions import ResolutionField
from bot.services.incoming_message import IncomingMessage
from tests.faults.life import RESIDENTS, SECRETARY, Life
from tests.services.entering import counted, entered, typed

OUTCOMES: Final = (Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REJECTED, Outcome.NOTED, Outcome.ANSWERED)


class ActedLife(Life):
    """A life in which each act takes who does it and what with, as two numbers."""

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
        self.messages.append((author.telegram_id or 0, incoming))  # Telegram brings it again after a crash
        if await submissions.receive(author, incoming) is not None:
            self.received += 1

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

    async def do(self, who: int, what: int) -> None:
        """Something that was promised is done, or is not after all."""
        staff, promises = await self._commission(who), self.here.services.promises
        promised = (await promises.list_of(staff, self.hearing.id)).items
        for comment in promised[what % 3 :][:1]:
            if what % 4:
                await promises.mark(staff, comment.id, day=(await promises.find(staff, comment.id)).today)
            else:
                await promises.undo(staff, comment.id)

    async def adopt(self, who: int, what: int) -> None:
        """The council's resolution, or a correction of it."""
        secretary, resolutions = await self.actor(SECRETARY), self.here.services.resolutions
        view = await resolutions.begin(secretary, self.hearing.id, ResolutionField.NUMBER)
        for words in (f"{what}/1", f"{self.clock.now():%d.%m.%Y}", f"Кабыл алынды {what % 3}"):
            view = await resolutions.receive(secretary, words)
        assert view.draft is not None
        await resolutions.save(secretary, self.hearing.id, mark=view.draft.mark)

    # what the house does

    async def wait(self, who: int, what: int) -> None:
        self.clock.forward(hours=1 + what % 20)  # type: ignore[attr-defined]
        await self.here.services.timetable.tick()

    async def deliver(self, who: int, what: int) -> None:
        await self.sender.drain()
