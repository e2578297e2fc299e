"""Casting votes: durable, counted once, answered after their own commit - and many in one commit.

Presses that arrive while a transaction is being committed wait for the next one and share it: one look-up for all of
them, one write, one fsync (measured: 0.95 x the speed of no database at all, against 0.48 x for a commit each).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.domain.errors import ConsentNeeded, NotFound, Refusal, StoreUnavailable
from bot.domain.hearings import Hearing, Results
from bot.domain.people import Actor
from bot.domain.permissions import ensure_visible
from bot.domain.questions import Question, apply
from bot.domain.tallies import Count, Tally, Vote, changes, is_later

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.domain.people import Caller, Resident
    from bot.domain.questions import Answer, Change
    from bot.domain.tallies import Cell
    from bot.ports import Clock, Repositories, Store
    from bot.tasks import Tasks

LARGEST_BATCH: Final = 400
"""Votes in one transaction: bounded, so that the first of them is not kept waiting by the last."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """A question before a person: their answer, how far they are, and what others said if they may know."""

    actor: Actor
    hearing: Hearing
    question: Question
    answer: Answer | None
    answered: frozenset[int]
    """Numbers of the questions this person has answered."""
    tally: Tally | None
    """None while the hearing keeps results back from this person."""
    taken: bool
    """True while answers are taken."""


@dataclass(frozen=True, slots=True)
class _QueuedVote:
    caller: Caller
    hearing_id: int
    question_no: int
    change: Change
    order: int
    done: asyncio.Future[Ballot]


class Voting:
    """Votes of residents."""

    def __init__(self, store: Store, clock: Clock, tasks: Tasks) -> None:
        self._store = store
        self._clock = clock
        self._tasks = tasks
        self._waiting: list[_QueuedVote] = []
        self._draining = False

    async def ballot(self, actor: Actor, hearing_id: int, question_no: int) -> Ballot:
        """A question as it stands for this person; raises NotFound, for a draft too unless its staff ask."""
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure_visible(actor, hearing)
            question = hearing.dossier.question(question_no)
            votes = await repositories.votes.of_person(hearing_id, actor.resident.id) if actor.resident else {}
            tallies = await repositories.votes.tallies(hearing_id, questions=(question_no,))
        return _ballot(actor, hearing, question, votes=votes, tallies=tallies, now=self._clock.now())

    async def cast(self, caller: Caller, hearing_id: int, question_no: int, change: Change, *, order: int) -> Ballot:
        """Make ``change`` to the caller's answer and return the question as it then stands: durably stored.

        ``order`` is the number of the update: of two presses the later stays, whichever comes first.

        Raises ConsentNeeded, NotFound, HearingNotOpen, HearingClosed, HearingCancelled, BadAnswer, TooManyChoices,
        OverCap (nothing changed), or StoreUnavailable (nothing stored, try again).
        """
        done: asyncio.Future[Ballot] = asyncio.get_running_loop().create_future()
        self._waiting.append(_QueuedVote(caller, hearing_id, question_no, change, order, done))
        if not self._draining:
            self._draining = True
            self._tasks.start(self._drain(), name="ballot box")
        return await done

    async def _drain(self) -> None:
        batch: Sequence[_QueuedVote] = ()
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:LARGEST_BATCH], self._waiting[LARGEST_BATCH:]
                await self._settle(batch)
        finally:
            self._draining = False
            for press in (*batch, *self._waiting):
                press.done.cancel()
            self._waiting = []

    async def _settle(self, batch: Sequence[_QueuedVote]) -> None:
        """Commit a batch, then answer each. A batch that crashes is cast one by one: the crash stays with its cause."""
        (result,) = await asyncio.gather(self._commit(batch), return_exceptions=True)
        outcomes: Sequence[Ballot | BaseException]
        if isinstance(result, BaseException):
            if len(batch) > 1 and not isinstance(result, StoreUnavailable):
                for press in batch:
                    await self._settle([press])
                return
            outcomes = [result] * len(batch)
        else:
            outcomes = result
        for press, outcome in zip(batch, outcomes, strict=True):
            if press.done.done():
                continue
            if isinstance(outcome, BaseException):
                press.done.set_exception(outcome)
            else:
                press.done.set_result(outcome)

    async def _commit(self, batch: Sequence[_QueuedVote]) -> Sequence[Ballot | Refusal]:
        async with self._store.writing() as repositories:
            return await _VoteBatch(repositories, self._clock.now()).cast(batch)


class _VoteBatch:
    """One batch within one transaction."""

    def __init__(self, repositories: Repositories, now: datetime) -> None:
        self._repositories = repositories
        self._now = now
        self._people: Mapping[int, Resident] = {}
        self._hearings: Mapping[int, Hearing] = {}
        self._votes: dict[tuple[int, int, int], Vote] = {}
        self._changed: dict[tuple[int, int, int], Vote] = {}
        self._counts: dict[Cell, Count] = {}

    async def cast(self, batch: Sequence[_QueuedVote]) -> Sequence[Ballot | Refusal]:
        """Judge every press in order, write what changed, and show each person where they stand."""
        await self._look_up(batch)
        refusals = [self._judge(press) for press in batch]
        await self._write()
        tallies = await self._tallies([press for press, refusal in zip(batch, refusals, strict=True) if not refusal])
        return [refusal or self._ballot(press, tallies) for press, refusal in zip(batch, refusals, strict=True)]

    async def _look_up(self, batch: Sequence[_QueuedVote]) -> None:
        self._people = await self._repositories.people.find_many({press.caller.telegram_id for press in batch})
        self._hearings = await self._repositories.hearings.get_many({press.hearing_id for press in batch})
        keys = {
            (press.hearing_id, self._people[press.caller.telegram_id].id)
            for press in batch
            if press.caller.telegram_id in self._people
        }
        self._votes = dict(await self._repositories.votes.of_people(keys))

    def _judge(self, press: _QueuedVote) -> Refusal | None:
        try:
            self._apply(press)
        except Refusal as refusal:
            return refusal
        return None

    def _apply(self, press: _QueuedVote) -> None:
        person = self._people.get(press.caller.telegram_id)
        if person is None or person.consented_at is None:
            raise ConsentNeeded
        if (hearing := self._hearings.get(press.hearing_id)) is None:
            raise NotFound("hearing", press.hearing_id)
        hearing.ensure_open(self._now)
        question = hearing.dossier.question(press.question_no)
        key = (hearing.id, person.id, question.no)
        before = self._votes.get(key)
        if before is not None and not is_later(press.order, self._now, before):
            return
        given = dict(before.answer) if before and before.answer else None
        answer = apply(question, given, press.change)
        if before is not None or answer is not None:
            self._record(question, key, person, answer or {}, press.order)

    def _record(
        self, question: Question, key: tuple[int, int, int], person: Resident, answer: Answer, order: int
    ) -> None:
        """Keep the answer, and the order even of a press that says the same: an earlier one may still be under way."""
        hearing_id, resident_id, number = key
        before = self._votes.get(key)
        if before is not None and answer == before.answer:
            after = replace(before, order=order)
        else:
            after = Vote(hearing_id, number, resident_id, answer, person.demographics, self._now, order)
        if after == before:
            return
        for cell, count in changes(question, before, after):
            self._counts[cell] = self._counts.get(cell, Count()) + count
        self._changed[key] = self._votes[key] = after

    async def _write(self) -> None:
        votes = self._repositories.votes
        if saved := tuple(self._changed.values()):
            await votes.save(saved)
            people = {(vote.hearing_id, vote.resident_id): vote.demographics for vote in saved}
            await votes.note_participants([(*key, demographics, self._now) for key, demographics in people.items()])
        if counts := {cell: count for cell, count in self._counts.items() if count != Count()}:
            await votes.add_counts(counts)

    async def _tallies(self, presses: Sequence[_QueuedVote]) -> dict[tuple[int, int], Tally]:
        wanted: dict[int, set[int]] = {}
        for press in presses:
            if self._hearings[press.hearing_id].dossier.results is not Results.AFTER_CLOSING:
                wanted.setdefault(press.hearing_id, set()).add(press.question_no)
        found: dict[tuple[int, int], Tally] = {}
        for hearing_id, numbers in wanted.items():
            tallies = await self._repositories.votes.tallies(hearing_id, questions=numbers)
            found |= {(hearing_id, number): tally for number, tally in tallies.items()}
        return found

    def _ballot(self, press: _QueuedVote, tallies: Mapping[tuple[int, int], Tally]) -> Ballot:
        person = self._people[press.caller.telegram_id]
        hearing = self._hearings[press.hearing_id]
        own = {
            question.no: vote
            for question in hearing.dossier.questions
            if (vote := self._votes.get((hearing.id, person.id, question.no))) and vote.answer
        }
        actor = Actor(press.caller.telegram_id, person.language, person)
        question = hearing.dossier.question(press.question_no)
        tally = {question.no: tallies.get((hearing.id, question.no), Tally())}
        return _ballot(actor, hearing, question, votes=own, tallies=tally, now=self._now)


def _ballot(
    actor: Actor,
    hearing: Hearing,
    question: Question,
    *,
    votes: Mapping[int, Vote],
    tallies: Mapping[int, Tally],
    now: datetime,
) -> Ballot:
    vote = votes.get(question.no)
    taken = hearing.takes_answers(now)
    return Ballot(
        actor,
        hearing,
        question,
        dict(vote.answer) if vote else None,
        frozenset(votes),
        tallies.get(question.no, Tally()) if _may_know(hearing, answered=vote is not None, taken=taken) else None,
        taken,
    )


def _may_know(hearing: Hearing, *, answered: bool, taken: bool) -> bool:
    match hearing.dossier.results:
        case Results.ALWAYS:
            return True
        case Results.AFTER_VOTING:
            return answered or not taken
        case Results.AFTER_CLOSING:
            return not taken
