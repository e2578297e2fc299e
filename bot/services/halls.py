"""What the chair of a sitting does: start, next item, a question to the hall, its result, speakers; undone once."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.comments import Channel, CommentKind
from bot.domain.counted_votes import BallotBox, from_numbers, to_numbers
from bot.domain.errors import NotFound
from bot.domain.floor import in_turn
from bot.domain.hall import FORGOTTEN_AFTER, HallAnswer, StoredHall, next_item
from bot.domain.hall_errors import NobodyWaits, NothingToUndo
from bot.domain.journal import Act, about_hearing
from bot.domain.message_text import checked
from bot.domain.permissions import Permission, ensure
from bot.domain.questions import OPTION_KINDS
from bot.services.hall_views import ChairState, HallState, gather_chair, gather_state, hall_of
from bot.services.hand_counter import Counter, said, standing_count

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.floor import FloorRequest
    from bot.domain.hall import Hall
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory


@dataclass(slots=True)
class _Chairing:
    """An act of the chair under way, in its transaction; ``after`` is set to what becomes of the hall."""

    repositories: Repositories
    hearing: Hearing
    stored: StoredHall
    now: datetime
    zone: ZoneInfo
    actor: Actor
    chair: ChairState | None = None

    @property
    def hall(self) -> Hall:
        """As it stands before the act."""
        return self.stored.hall

    async def become(self, after: Hall, **data: str | int) -> None:
        """Store what the act makes of the hall, so that it can be undone, and note it in the journal."""
        await self.repositories.halls.put(replace(self.stored, hall=after, before=self.hall))
        self.stored = replace(self.stored, hall=after, before=self.hall)
        assert after.last is not None
        await self.note(after.last, **data)

    async def note(self, act: Act, **data: str | int) -> None:
        """Add to the journal: the course of the sitting is read from there."""
        said_of = {"sitting": self.hall.sitting, **data}
        entry = about_hearing(self.hearing.id, act, at=self.now, by=self.actor.resident_id, data=said_of)
        await self.repositories.journal.add(entry)

    async def seen_by_chair(self) -> ChairState:
        """The hall after the act."""
        return await gather_chair(
            self.repositories, self.hearing, self.stored, self.actor, now=self.now, zone=self.zone
        )


class Halls:
    """The halls of sittings. Acts raise Forbidden for everybody but moderators and secretaries.

    Each act says by ``seen`` which state its presser saw (``Hall.moves``); with another one HallMoved is raised, and
    nothing is done. Each returns the hall as its chair sees it then.
    """

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def state(self, hearing_id: int, sitting: int) -> HallState:
        """What everybody may know of a hall now. Raises NotFound."""
        zone = (await self._directory.tree()).zone
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            stored = await hall_of(repositories, hearing, sitting)
            now = self._clock.now()
            return await gather_state(repositories, hearing, stored, now=now, zone=zone(hearing.municipality_id))

    async def chair(self, actor: Actor, hearing_id: int, sitting: int = 0) -> ChairState:
        """The hall as its chair sees it; 0 is the next sitting. Raises NotFound, Forbidden."""
        zone = (await self._directory.tree()).zone
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.CHAIR, hearing.municipality_id)
            following = hearing.next_sitting(self._clock.now())
            sitting = sitting or (following.no if following else 1)
            stored, now = await hall_of(repositories, hearing, sitting), self._clock.now()
            here = zone(hearing.municipality_id)
            return await gather_chair(repositories, hearing, stored, actor, now=now, zone=here)

    async def start(self, actor: Actor, hearing_id: int, sitting: int) -> ChairState:
        """Begin the sitting, or anew one that was over; who does is its chair. Raises HallNotRunning while it runs."""
        async with self._chairing(actor, hearing_id, sitting) as act:
            await act.become(act.hall.started(actor.resident_id, act.now))
            return await act.seen_by_chair()

    async def next_item(self, actor: Actor, hearing_id: int, sitting: int, *, seen: int) -> ChairState:
        """Go on to the next item of the agenda. Raises NotFound after the last, HallNotRunning, HallMoved."""
        async with self._chairing(actor, hearing_id, sitting, seen=seen) as act:
            if (item := next_item(act.hall, act.hearing.dossier.agenda)) is None:
                raise NotFound("agenda item")
            await act.become(act.hall.at_item(item.no, act.now), item=item.no)
            return await act.seen_by_chair()

    async def ask(self, actor: Actor, hearing_id: int, sitting: int, question_no: int, *, seen: int) -> ChairState:
        """Open a question to the hall, and close one that is open.

        Raises NotFound, HallNotRunning, HallMoved, and as ``Hearing.ensure_open``: people answer on their phones.
        """
        async with self._chairing(actor, hearing_id, sitting, seen=seen) as act:
            question = act.hearing.dossier.question(question_no)
            act.hearing.ensure_open(act.now)
            await act.become(act.hall.asking(question.no, act.now), question=question.no)
            return await act.seen_by_chair()

    async def close_question(self, actor: Actor, hearing_id: int, sitting: int, *, seen: int) -> ChairState:
        """Close the question: later presses count nowhere. Raises HallQuestionClosed, HallNotRunning, HallMoved."""
        async with self._chairing(actor, hearing_id, sitting, seen=seen) as act:
            after, question = act.hall.closed(act.now), act.hall.question
            standing = (await act.repositories.disclosures.of_questions(hearing_id, (question,))).get(question)
            await act.become(after, question=question, answered=standing.voters if standing else 0)
            return await act.seen_by_chair()

    async def show_result(self, actor: Actor, hearing_id: int, sitting: int, *, seen: int) -> ChairState:
        """Show the hall how people answered, as far as the hearing's rule lets it. Raises as ``close_question``."""
        async with self._chairing(actor, hearing_id, sitting, seen=seen) as act:
            await act.become(act.hall.showing(), question=act.hall.question)
            return await act.seen_by_chair()

    async def count_hands(
        self, actor: Actor, hearing_id: int, sitting: int, numbers: tuple[int, ...], *, seen: int
    ) -> ChairState:
        """Store how many hands were raised for each option of the question that was asked last.

        They are votes of the channel "hall", in the box of the sitting, and replace what the chair counted before.
        Raises BadCount, EnteredMeanwhile where another count stands there, NotFound where an answer is more than one
        option, as ``Hearing.ensure_enterable``, and as ``close_question``.
        """
        async with self._chairing(actor, hearing_id, sitting, seen=seen) as act:
            act.hearing.ensure_enterable(act.now)
            after = act.hall.with_hands(numbers)
            question = act.hearing.dossier.question(act.hall.question)
            if question.kind in OPTION_KINDS:
                raise NotFound("hands", question.no)
            tally = from_numbers(question, numbers)
            await self._put_hands(act, question.no, to_numbers(question, tally), stood=act.hall.hands)
            await act.become(after, question=question.no, numbers=said(numbers))
            return await act.seen_by_chair()

    async def next_speaker(self, actor: Actor, hearing_id: int, sitting: int, *, seen: int) -> ChairState:
        """Give the floor to the next in turn; who had it has spoken. Raises NobodyWaits, HallNotRunning, HallMoved."""
        async with self._chairing(actor, hearing_id, sitting, seen=seen) as act:
            act.hall.ensure_running()
            requests = await act.repositories.floor.list_of(hearing_id, sitting)
            if not (waiting := in_turn(requests)):
                raise NobodyWaits
            await _end_speaking(act, requests)
            called = replace(waiting[0], called_at=act.now)
            await act.repositories.floor.put(called)
            await _turn(act, called)
            await act.become(act.hall.speaking(called.number, act.now), speaker=called.number, here=int(called.in_hall))
            return await act.seen_by_chair()

    async def end_speaker(self, actor: Actor, hearing_id: int, sitting: int, *, seen: int) -> ChairState:
        """Take the floor back from who has it. Raises NobodyWaits where nobody has it, HallNotRunning, HallMoved."""
        async with self._chairing(actor, hearing_id, sitting, seen=seen) as act:
            if not act.hall.speaker:
                raise NobodyWaits
            await _end_speaking(act, await act.repositories.floor.list_of(hearing_id, sitting))
            await act.become(act.hall.speaking(0, act.now), speaker=act.hall.speaker)
            return await act.seen_by_chair()

    async def set_minutes(self, actor: Actor, hearing_id: int, sitting: int, minutes: int) -> ChairState:
        """Give each speaker so many minutes. Raises NotFound for a time that there is not."""
        async with self._chairing(actor, hearing_id, sitting) as act:
            act.stored = replace(act.stored, hall=act.hall.with_minutes(minutes))
            await act.repositories.halls.put(act.stored)
            return await act.seen_by_chair()

    async def answer_question(
        self, actor: Actor, hearing_id: int, sitting: int, comment_id: int, note: str = "", *, seen: int
    ) -> ChairState:
        """Say that a question to the presenters was answered in the hall, with a note or without.

        It stays in the record, and gets its decision. Raises NotFound, TextTooLong, HallNotRunning, HallMoved.
        """
        words = checked(note) if note.strip() else ""
        async with self._chairing(actor, hearing_id, sitting, seen=seen) as act:
            comment = await act.repositories.comments.get(comment_id)
            if comment.hearing_id != hearing_id or comment.kind is not CommentKind.QUESTION:
                raise NotFound("question", comment_id)
            comment.ensure_not_withdrawn()
            after = act.hall.with_answered(comment_id)
            answer = HallAnswer(comment_id, hearing_id, sitting, act.now, words, actor.resident_id)
            await act.repositories.halls.put_answer(answer)
            await act.become(after, number=comment.number)
            return await act.seen_by_chair()

    async def note_answer(self, actor: Actor, hearing_id: int, sitting: int, comment_id: int, note: str) -> ChairState:
        """Write down what was answered. Raises TextEmpty, TextTooLong, NotFound where it was not answered here."""
        words = checked(note)
        async with self._chairing(actor, hearing_id, sitting) as act:
            answers = await act.repositories.halls.answers(hearing_id)
            answer = next((each for each in answers if each.comment_id == comment_id), None)
            if answer is None or answer.sitting != sitting:
                raise NotFound("answer", comment_id)
            await act.repositories.halls.put_answer(replace(answer, note=words))
            return await act.seen_by_chair()

    async def end(self, actor: Actor, hearing_id: int, sitting: int, *, seen: int) -> ChairState:
        """End the sitting; the journal keeps how many were checked in. Raises HallNotRunning, HallMoved."""
        async with self._chairing(actor, hearing_id, sitting, seen=seen) as act:
            present = await act.repositories.hall_people.presence(hearing_id, sitting)
            await _end_speaking(act, await act.repositories.floor.list_of(hearing_id, sitting))
            counts = {"people": present.people, "women": present.women, "men": present.men}
            await act.become(act.hall.ended(act.now), **counts)
            return await act.seen_by_chair()

    async def end_forgotten(self) -> None:
        """End every sitting that has gone on for ``FORGOTTEN_AFTER``: its chair has forgotten to."""
        now = self._clock.now()
        async with self._store.reading() as repositories:
            running = await repositories.halls.list_running()
        for hall in running:
            if hall.started_at is not None and now >= hall.started_at + FORGOTTEN_AFTER:
                async with self._store.writing() as repositories:
                    stored = await repositories.halls.find(hall.hearing_id, hall.sitting)
                    if stored is None or stored.hall.moves != hall.moves:
                        continue
                    await repositories.halls.put(replace(stored, hall=hall.ended(now), before=None))
                    act, data = Act.SITTING_ENDED, {"sitting": hall.sitting}
                    await repositories.journal.add(about_hearing(hall.hearing_id, act, at=now, data=data))

    async def undo(self, actor: Actor, hearing_id: int, sitting: int, *, seen: int) -> ChairState:
        """Take the last act back, once: answers that came meanwhile stay. Raises NothingToUndo, HallMoved."""
        async with self._chairing(actor, hearing_id, sitting, seen=seen) as act:
            before, last = act.stored.before, act.hall.last
            if before is None or last is None:
                raise NothingToUndo
            await self._take_back(act, before, last)
            act.stored = replace(act.stored, hall=act.hall.undone(before), before=None)
            await act.repositories.halls.put(act.stored)
            await act.note(Act.HALL_UNDONE, undone=last.value)
            return await act.seen_by_chair()

    async def _take_back(self, act: _Chairing, before: Hall, last: Act) -> None:
        """Undo what the act did beside the state of the hall."""
        hall, repositories = act.hall, act.repositories
        if last is Act.HANDS_COUNTED:
            await self._put_hands(act, hall.question, before.hands, stood=hall.hands)
        if last is Act.ANSWERED_IN_HALL:
            await repositories.halls.drop_answer(hall.answered)
        if before.speaker != hall.speaker:
            for request in await repositories.floor.list_of(hall.hearing_id, hall.sitting):
                if request.number == hall.speaker:
                    await repositories.floor.put(replace(request, called_at=None))
                elif request.number == before.speaker:
                    await repositories.floor.put(replace(request, ended_at=None))
                else:
                    continue
                await _turn(act, request)

    async def _put_hands(
        self, act: _Chairing, question_no: int, numbers: tuple[int, ...], *, stood: tuple[int, ...]
    ) -> None:
        """Store hands in place of those that ``stood`` there; none removes them. Raises EnteredMeanwhile."""
        hall, repositories = act.hall, act.repositories
        box = BallotBox(Channel.HALL, number=hall.sitting)
        await repositories.counted_votes.lock(hall.hearing_id)
        counter = Counter(repositories, act.hearing, act.now, act.actor.resident_id, aloud=True)
        if numbers:
            tally = from_numbers(act.hearing.dossier.question(question_no), numbers)
            await counter.put_votes(question_no, box, tally, seen=stood)
        elif (counted := await standing_count(repositories, hall.hearing_id, box, question_no)) is not None:
            await counter.drop_votes(counted)

    @asynccontextmanager
    async def _chairing(
        self, actor: Actor, hearing_id: int, sitting: int, *, seen: int | None = None
    ) -> AsyncIterator[_Chairing]:
        zone = (await self._directory.tree()).zone
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.CHAIR, hearing.municipality_id)
            await repositories.halls.lock(hearing_id)
            stored = await hall_of(repositories, hearing, sitting)
            if seen is not None:
                stored.hall.ensure_seen(seen)
            now = self._clock.now()
            yield _Chairing(repositories, hearing, stored, now, zone(hearing.municipality_id), actor)


async def _end_speaking(act: _Chairing, requests: tuple[FloorRequest, ...]) -> None:
    """Who has the floor has spoken."""
    for request in requests:
        if request.number == act.hall.speaker and request.ended_at is None:
            await act.repositories.floor.put(replace(request, ended_at=act.now))
            await _turn(act, request)


async def _turn(act: _Chairing, request: FloorRequest) -> None:
    """Let the screen of who asked show what has become of it."""
    if request.resident_id is not None:
        await act.repositories.hall_people.turn(request.hearing_id, request.sitting, request.resident_id)
