"""Questions that stand in groups and channels: asked there by staff, answered under the post, kept up to date."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NotFound
from bot.domain.hearings import Phase
from bot.domain.journal import Act, about_hearing
from bot.domain.questions import Choose, QuestionKind
from bot.domain.rooms import PostedQuestion
from bot.domain.values import dataclass
from bot.services.disclosing import shown_tallies
from bot.services.rooms import linked_room

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor, Caller
    from bot.domain.questions import Question
    from bot.domain.rooms import PostedState, Room
    from bot.domain.tallies import Tally
    from bot.ports import Clock, Repositories, Store
    from bot.services.ballots import Ballot
    from bot.services.places import PlaceDirectory
    from bot.services.voting import Voting

RENEWED_AFTER: Final = timedelta(seconds=10)
"""How long a posted question says the same, however many answer: a group takes 20 messages a minute, edits included."""
TAKEN_FOR: Final = timedelta(seconds=60)
"""How long a process keeps others from a post that it brings up to date: longer than one attempt lasts."""
LOOKED_AT_ONCE: Final = 200
"""Posts that are brought up to date in one look."""
MOST_HEARINGS_ASKED: Final = 40
"""Open hearings of a municipality whose questions can be asked in its rooms: those that sit soonest."""


@dataclass(frozen=True, slots=True)
class AskableQuestions:
    """A room on the desk, and the hearings of its municipality whose questions can be asked there now."""

    room: Room
    hearings: tuple[Hearing, ...]


@dataclass(frozen=True, slots=True)
class QuestionInRoom:
    """A posted question with all that its message tells, as strangers may know it.

    ``voters`` is how many answer it now; ``tally`` what is shown of their answers, None while nothing is. ``taken``:
    answers are taken. ``kept_back``: the hearing shows no results to who has not answered.
    """

    posted: PostedQuestion
    state: PostedState
    room: Room
    hearing: Hearing
    question: Question
    voters: int
    tally: Tally | None
    taken: bool
    kept_back: bool
    preliminary: bool


class PostedQuestions:
    """Asking questions in rooms, and answering them there."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory, voting: Voting) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._voting = voting

    async def listing(self, actor: Actor, room_id: int) -> AskableQuestions:
        """The hearings whose questions the actor may ask in the room. Raises Forbidden, NotFound."""
        async with self._store.reading() as repositories:
            room = await linked_room(repositories, actor, room_id)
            of = room.municipality_id or 0
            found = await repositories.hearings.list_some(of, (Phase.OPEN,), most=MOST_HEARINGS_ASKED)
        now = self._clock.now()
        return AskableQuestions(room, tuple(each for each in found if each.takes_answers(now)))

    async def ask(self, actor: Actor, room_id: int, hearing_id: int, question_no: int) -> int:
        """Let a question be posted in the rooms of the room's municipality; returns in how many.

        Where it stands already it is posted anew, and the older message is renewed no more. Raises Forbidden, NotFound,
        or that the hearing takes no answers.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            room = await linked_room(repositories, actor, room_id)
            hearing = await repositories.hearings.get(hearing_id)
            if hearing.municipality_id != room.municipality_id:
                raise NotFound("hearing", hearing_id)
            hearing.ensure_open(now)
            question = hearing.dossier.question(question_no)
            rooms = await repositories.rooms.list_linked(hearing.municipality_id)
            present = [each for each in rooms if each.left_at is None]
            for each in present:
                await repositories.posted_questions.put(PostedQuestion(each.id, hearing.id, question.no, now))
            data = {"question": question.no, "rooms": len(present)}
            entry = about_hearing(hearing.id, Act.QUESTION_POSTED, at=now, by=actor.resident_id, data=data)
            await repositories.journal.add(entry)
        return len(present)

    async def answer(
        self,
        caller: Caller,
        telegram_id: int,
        hearing_id: int,
        question_no: int,
        option: int,
        *,
        order: int,
        edition: int = 1,
    ) -> Ballot:
        """Make a stance the caller's answer, as ``Voting.cast`` does, where the room with that id asks the question.

        Raises what ``Voting.cast`` raises, and NotFound where the question does not stand in that room, or is none of
        stance.
        """
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            room = await repositories.rooms.find(telegram_id)
            if room is None or await repositories.posted_questions.find(room.id, hearing_id, question_no) is None:
                raise NotFound("posted question", question_no)
            hearing = await repositories.hearings.get(hearing_id)
        held_in = places.get(hearing.municipality_id)
        if room.municipality_id not in (held_in.id, places.present(held_in).id):
            raise NotFound("posted question", question_no)
        if hearing.dossier.question(question_no).kind is not QuestionKind.STANCE:
            raise NotFound("stance question", question_no)
        return await self._voting.cast(caller, hearing_id, question_no, Choose(option), order=order, edition=edition)

    async def take_stale(self) -> tuple[QuestionInRoom, ...]:
        """Take what is to be posted or brought up to date, one a room; no other process has it for ``TAKEN_FOR``."""
        now = self._clock.now()
        async with self._store.reading() as repositories:
            stale = await repositories.posted_questions.list_stale(now, limit=LOOKED_AT_ONCE)
        if not stale:
            return ()
        first = {posted.room_id: (posted, state) for posted, state in reversed(stale)}
        taken = []
        async with self._store.writing() as repositories:
            for posted, state in first.values():
                if await repositories.posted_questions.take(posted, now + TAKEN_FOR):
                    held = replace(posted, due_at=now + TAKEN_FOR)
                    try:
                        taken.append(await _seen(repositories, held, state, now))
                    except NotFound:  # a corrected workbook has left the question out
                        await repositories.posted_questions.drop(held)
        return tuple(taken)

    async def note(self, shown: QuestionInRoom, message_id: int) -> None:
        """Store that the message tells what ``shown`` says; it is renewed after ``RENEWED_AFTER`` at the earliest."""
        due_at = self._clock.now() + RENEWED_AFTER
        told = replace(shown.posted, due_at=due_at, message_id=message_id, state=shown.state)
        async with self._store.writing() as repositories:
            if await self._holds(repositories, shown.posted):
                await repositories.posted_questions.put(told)

    async def put_off(self, shown: QuestionInRoom, seconds: float) -> None:
        """Store that the message could not be sent or edited; it is tried again after so many seconds."""
        until = self._clock.now() + timedelta(seconds=seconds)
        async with self._store.writing() as repositories:
            await repositories.posted_questions.take(shown.posted, until)

    async def forget(self, shown: QuestionInRoom) -> None:
        """Store that the message stands there no more: it was deleted, or could never be posted."""
        async with self._store.writing() as repositories:
            if await self._holds(repositories, shown.posted):
                await repositories.posted_questions.drop(shown.posted)

    async def _holds(self, repositories: Repositories, posted: PostedQuestion) -> bool:
        """True where it is as this process has taken it: meanwhile staff may have asked anew."""
        return await repositories.posted_questions.find(*posted.key) == posted


async def _seen(
    repositories: Repositories, posted: PostedQuestion, state: PostedState, now: datetime
) -> QuestionInRoom:
    hearing = await repositories.hearings.get(posted.hearing_id)
    question = hearing.dossier.question(posted.question_no)
    numbers: Collection[int] = (question.no,)
    tallies = await shown_tallies(repositories, hearing, now, questions=numbers)
    allowed = hearing.shows_results(now, answered=False)
    return QuestionInRoom(
        posted,
        state,
        await repositories.rooms.get(posted.room_id),
        hearing,
        question,
        state.voters,
        tallies.get(question.no) if allowed else None,
        taken=hearing.takes_answers(now),
        kept_back=not allowed,
        preliminary=hearing.is_preliminary(now),
    )
