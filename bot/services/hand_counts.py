"""Votes counted by hand, and people present: typed, looked at, stored, changed and removed by staff."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.counted_votes import BY_HAND, MOST_BOXES, BallotBox, CountedVotes, from_numbers, to_numbers
from bot.domain.entries import Presence, ensure_presence
from bot.domain.entry_drafts import EntryDraft, EntryField
from bot.domain.errors import BadPresence, NotFound, NothingEntered
from bot.domain.journal import Act, about_hearing
from bot.domain.permissions import ensure_known
from bot.domain.values import dataclass
from bot.services.entry_drafts import drop_draft, enterable, find_draft, keep_draft, numbers_in
from bot.services.hand_counter import Counter, said, standing_count, standing_presence

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.places import Place, PlaceTree
    from bot.domain.questions import Question
    from bot.domain.tallies import Tally
    from bot.ports import Clock, Store
    from bot.services.incoming_message import IncomingMessage
    from bot.services.places import PlaceDirectory


@dataclass(frozen=True, slots=True)
class BoxView:
    """A ballot box with all that was counted in it, by question number; ``village`` None is the whole municipality."""

    hearing: Hearing
    villages: tuple[Place, ...]
    village: Place | None
    box: BallotBox
    counted: dict[int, CountedVotes]


@dataclass(frozen=True, slots=True)
class CountView:
    """What the actor is counting: of a question, or (``question`` None) people present at a sitting.

    ``tally`` or ``presence`` is what was typed, None before; ``draft.seen`` what stood there when it was begun.
    """

    hearing: Hearing
    draft: EntryDraft
    village: Place | None = None
    question: Question | None = None
    tally: Tally | None = None
    presence: Presence | None = None


class HandCounts:
    """Counts of votes and of people. Every method raises Forbidden for everybody but the commission."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def box(self, actor: Actor, hearing_id: int, box: BallotBox) -> BoxView:
        """A ballot box as it stands. Raises NotFound for a channel or village that there is not."""
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            hearing = await enterable(repositories, actor, hearing_id, self._clock.now())
            village = ensure_box(places, hearing, box)
            found = await repositories.counted_votes.list_of(hearing_id)
        counted = {each.question_no: each for each in found if each.box == box}
        return BoxView(hearing, places.villages(hearing.municipality_id), village, box, counted)

    async def begin_votes(self, actor: Actor, hearing_id: int, box: BallotBox, question_no: int) -> CountView:
        """Wait for the numbers of a question from that box."""
        ensure_known(actor)
        places, now = await self._directory.tree(), self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await enterable(repositories, actor, hearing_id, now)
            village, question = ensure_box(places, hearing, box), hearing.dossier.question(question_no)
            before = await standing_count(repositories, hearing_id, box, question_no)
            draft = EntryDraft(
                hearing_id,
                EntryField.VOTES,
                box.channel,
                question_no=question_no,
                village_id=box.village_id,
                box=box.number,
                seen=to_numbers(question, before.tally) if before else (),
            )
            await keep_draft(repositories, actor, draft, now)
        return CountView(hearing, draft, village, question)

    async def begin_people(self, actor: Actor, hearing_id: int, sitting: int) -> CountView:
        """Wait for the numbers of people present at a sitting; 0 is the only one."""
        ensure_known(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await enterable(repositories, actor, hearing_id, now)
            sitting = sitting or next((each.no for each in hearing.dossier.sittings), 1)
            ensure_sitting(hearing, sitting)
            before = await standing_presence(repositories, hearing_id, sitting)
            seen = (before.people, before.women, before.men) if before else ()
            draft = EntryDraft(hearing_id, EntryField.PEOPLE, sitting=sitting, seen=seen)
            await keep_draft(repositories, actor, draft, now)
        return CountView(hearing, draft)

    async def receive(self, actor: Actor, draft: EntryDraft, incoming: IncomingMessage) -> CountView:
        """Take typed numbers for what is waited for. Raises BadCount, BadPresence: they are waited for still."""
        places, now = await self._directory.tree(), self._clock.now()
        numbers = numbers_in(incoming.text)
        async with self._store.writing() as repositories:
            hearing = await enterable(repositories, actor, draft.hearing_id, now)
            view = _counted_view(places, hearing, replace(draft, numbers=_completed(draft, numbers)), now)
            await keep_draft(repositories, actor, view.draft, now)
        return view

    async def save(self, actor: Actor, hearing_id: int) -> CountView:
        """Store the count that the actor has typed, in place of the one they have seen there.

        Raises NothingEntered where it was stored already; EnteredMeanwhile where another has entered it since.
        """
        staff = ensure_known(actor)
        places, now = await self._directory.tree(), self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await enterable(repositories, actor, hearing_id, now)
            draft = await find_draft(repositories, actor, hearing_id, now)
            if not draft.numbers:
                raise NothingEntered
            view = _counted_view(places, hearing, draft, now)
            await repositories.counted_votes.lock(hearing_id)
            counter = Counter(repositories, hearing, now, staff.id)
            if view.tally is not None:
                await counter.put_votes(draft.question_no, _box(draft), view.tally, seen=draft.seen)
            else:
                await counter.put_people(draft.sitting, *draft.numbers, seen=draft.seen)
            await drop_draft(repositories, actor, now)
        return view

    async def remove_votes(self, actor: Actor, hearing_id: int, box: BallotBox, question_no: int) -> None:
        """Take a count out; nothing is changed where there is none."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await enterable(repositories, actor, hearing_id, now)
            await repositories.counted_votes.lock(hearing_id)
            if (before := await standing_count(repositories, hearing_id, box, question_no)) is not None:
                await Counter(repositories, hearing, now, actor.resident_id).drop_votes(before)

    async def remove_people(self, actor: Actor, hearing_id: int, sitting: int) -> None:
        """Take the people present at a sitting out; nothing is changed where there are none."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            await enterable(repositories, actor, hearing_id, now)
            if (before := await standing_presence(repositories, hearing_id, sitting)) is not None:
                await repositories.counted_votes.drop_presence(before)
                data: dict[str, str | int] = {
                    "sitting": sitting,
                    "before": said((before.people, before.women, before.men)),
                }
                entry = about_hearing(hearing_id, Act.PRESENCE_REMOVED, at=now, by=actor.resident_id, data=data)
                await repositories.journal.add(entry)


def ensure_box(places: PlaceTree, hearing: Hearing, box: BallotBox) -> Place | None:
    """The village of a ballot box, None for the whole municipality. Raises NotFound."""
    if box.channel not in BY_HAND or not 1 <= box.number <= MOST_BOXES:
        raise NotFound("ballot box", box.number)
    village = places.find_village(box.village_id, hearing.municipality_id)
    if village is None and box.village_id:
        raise NotFound("village", box.village_id)
    return village


def ensure_sitting(hearing: Hearing, sitting: int) -> None:
    """Raise NotFound unless the hearing has that sitting; without sittings people are of the first."""
    if sitting != 1 or hearing.dossier.sittings:
        hearing.dossier.sitting(sitting)


def _counted_view(places: PlaceTree, hearing: Hearing, draft: EntryDraft, now: datetime) -> CountView:
    """What was typed, held against what can be. Raises BadCount, BadPresence, NotFound."""
    if draft.is_of_people:
        people, women, men = draft.numbers
        ensure_presence(people, women, men)
        return CountView(hearing, draft, presence=Presence(hearing.id, draft.sitting, people, women, men, now))
    question = hearing.dossier.question(draft.question_no)
    village = ensure_box(places, hearing, _box(draft))
    return CountView(hearing, draft, village, question, tally=from_numbers(question, draft.numbers))


def _completed(draft: EntryDraft, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Of people one number is everybody, two are women and men."""
    if not draft.is_of_people:
        return numbers
    if len(numbers) == 1:
        return (*numbers, 0, 0)
    if len(numbers) == 2:
        return (sum(numbers), *numbers)
    raise BadPresence


def _box(draft: EntryDraft) -> BallotBox:
    return BallotBox(draft.channel, draft.village_id, draft.box)
