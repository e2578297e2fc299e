"""Votes that share a transaction: one look-up for all, each judged alone, one write."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.errors import BadAnswer, ConsentNeeded, NotFound, Refusal
from bot.domain.hall_errors import HallQuestionClosed
from bot.domain.people import Actor
from bot.domain.questions import apply, takes_back
from bot.domain.tallies import ALL_OPTIONS, Count, Vote, changes, is_later
from bot.domain.values import dataclass
from bot.services.ballots import ballot_of
from bot.services.disclosing import renewed_tallies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.domain.hall import Hall
    from bot.domain.hearings import Hearing
    from bot.domain.people import Caller, Resident
    from bot.domain.questions import Answer, Change, Question
    from bot.domain.tallies import Cell, Tally
    from bot.ports import Repositories
    from bot.services.ballots import Ballot

VoteKey = tuple[int, int, int]
"""Hearing, resident, question number."""


@dataclass(frozen=True, slots=True)
class QueuedVote:
    """A press that waits to be cast; ``done`` gets its ballot, or what it raises."""

    caller: Caller
    hearing_id: int
    question_no: int
    change: Change
    order: int
    done: asyncio.Future[Ballot]
    edition: int = 1
    """Of the question that was read."""
    asked: tuple[int, int] | None = None
    """Where it was pressed in a hall: in which sitting, and in which asking of the question there."""


class VoteBatch:
    """The votes of one transaction."""

    def __init__(self, repositories: Repositories, now: datetime) -> None:
        self._repositories = repositories
        self._now = now
        self._people: Mapping[int, Resident] = {}
        self._hearings: Mapping[int, Hearing] = {}
        self._halls: Mapping[tuple[int, int], Hall] = {}
        self._votes: dict[VoteKey, Vote] = {}
        self._changed: dict[VoteKey, Vote] = {}
        self._counts: dict[Cell, Count] = {}

    async def cast(self, queued: Sequence[QueuedVote]) -> Sequence[Ballot | Refusal]:
        """Judge the votes in order and write what changed; for each, its ballot or why it was refused."""
        await self._look_up(queued)
        refusals = [self._judge(vote) for vote in queued]
        await self._write()
        tallies = await self._tallies([vote for vote, refusal in zip(queued, refusals, strict=True) if not refusal])
        return [refusal or self._ballot(vote, tallies) for vote, refusal in zip(queued, refusals, strict=True)]

    async def _look_up(self, queued: Sequence[QueuedVote]) -> None:
        self._people, self._hearings = await asyncio.gather(  # one trip for both
            self._repositories.people.find_many({vote.caller.telegram_id for vote in queued}),
            self._repositories.hearings.get_many({vote.hearing_id for vote in queued}),
        )
        keys = {
            (vote.hearing_id, self._people[vote.caller.telegram_id].id)
            for vote in queued
            if vote.caller.telegram_id in self._people
        }
        self._votes = dict(await self._repositories.votes.of_people(keys))
        if halls := {(vote.hearing_id, vote.asked[0]) for vote in queued if vote.asked}:
            self._halls = await self._repositories.halls.get_many(halls)

    def _judge(self, queued: QueuedVote) -> Refusal | None:
        try:
            self._apply(queued)
        except Refusal as refusal:
            return refusal
        return None

    def _apply(self, queued: QueuedVote) -> None:
        person = self._people.get(queued.caller.telegram_id)
        if person is None or person.consented_at is None:
            raise ConsentNeeded
        if (hearing := self._hearings.get(queued.hearing_id)) is None:
            raise NotFound("hearing", queued.hearing_id)
        hearing.ensure_open(self._now)
        if queued.asked is not None:
            self._ensure_asked(queued, *queued.asked)
        question = hearing.dossier.question(queued.question_no)
        if question.edition != queued.edition:
            raise BadAnswer(queued.edition)
        key = (hearing.id, person.id, question.no)
        before = self._votes.get(key)
        if before is not None and not is_later(queued.order, self._now, before):
            return
        given = dict(before.answer) if before and before.answer else None
        answer = apply(question, given, queued.change)
        if before is not None or answer is not None:
            self._record(question, key, person, answer or {}, queued.order)

    def _ensure_asked(self, queued: QueuedVote, sitting: int, asking: int) -> None:
        """Raise HallQuestionClosed unless the question is open in the hall where it was pressed."""
        if (hall := self._halls.get((queued.hearing_id, sitting))) is None:
            raise HallQuestionClosed
        hall.ensure_asking(queued.question_no, asking)

    def _record(self, question: Question, key: VoteKey, person: Resident, answer: Answer, order: int) -> None:
        """Keep the answer, and the order even of a press that says the same: an earlier one may still be under way."""
        hearing_id, resident_id, number = key
        before = self._votes.get(key)
        if before is not None and answer == before.answer:
            after = replace(before, order=order)
        else:
            after = Vote(hearing_id, number, resident_id, answer, person.demographics, self._now, order)
            if before is not None:
                changed = before.changed or takes_back(question.kind, before.answer, answer)
                after = replace(after, changed=changed)
        if after == before:
            return
        for cell, count in changes(question, before, after):
            self._counts[cell] = self._counts.get(cell, Count()) + count
        self._changed[key] = self._votes[key] = after

    async def _write(self) -> None:
        votes = self._repositories.votes
        if saved := tuple(self._changed.values()):
            await votes.save(saved)
            people = {person.id: person for person in self._people.values()}
            keys = {(vote.hearing_id, vote.resident_id) for vote in saved}
            await self._repositories.participants.note(
                [people[resident_id].as_participant(hearing_id, self._now) for hearing_id, resident_id in keys]
            )
        if counts := {cell: count for cell, count in self._counts.items() if count != Count()}:
            await votes.add_counts(counts)

    async def _tallies(self, queued: Sequence[QueuedVote]) -> dict[tuple[int, int], Tally]:
        """What residents see, renewed where it is due, by hearing and question number.

        Only of the hearings that show results to a person who has answered.
        """
        wanted: dict[int, set[int]] = {}
        for vote in queued:
            if self._hearings[vote.hearing_id].shows_results(self._now, answered=True):
                wanted.setdefault(vote.hearing_id, set()).add(vote.question_no)
        found: dict[tuple[int, int], Tally] = {}
        for hearing_id, numbers in wanted.items():
            moved = {number: self._moved(hearing_id, number) for number in numbers}
            tallies = await renewed_tallies(self._repositories, hearing_id, moved)
            found |= {(hearing_id, number): tally for number, tally in tallies.items()}
        return found

    def _moved(self, hearing_id: int, number: int) -> int:
        """How many voters more the question has than before this batch."""
        return sum(
            count.voters
            for cell, count in self._counts.items()
            if (cell.hearing_id, cell.question_no, cell.option) == (hearing_id, number, ALL_OPTIONS)
        )

    def _ballot(self, queued: QueuedVote, tallies: Mapping[tuple[int, int], Tally]) -> Ballot:
        person = self._people[queued.caller.telegram_id]
        hearing = self._hearings[queued.hearing_id]
        own = {
            question.no: vote
            for question in hearing.dossier.questions
            if (vote := self._votes.get((hearing.id, person.id, question.no))) and vote.answer
        }
        actor = Actor(queued.caller.telegram_id, person.language, person)
        question = hearing.dossier.question(queued.question_no)
        shown = tallies.get((hearing.id, question.no))
        return ballot_of(actor, hearing, question, votes=own, shown=shown, now=self._now)
