"""Votes counted by hand, and people present: typed, looked at, stored, changed and removed by staff."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.counted_votes import BY_HAND, BallotBox, CountedVotes, from_numbers, moved, to_numbers
from bot.domain.entries import Presence, ensure_presence
from bot.domain.entry_drafts import EntryDraft, EntryField
from bot.domain.errors import BadPresence, EnteredMeanwhile, NotFound, NothingEntered
from bot.domain.journal import Act, about_hearing
from bot.domain.permissions import ensure_known
from bot.domain.tallies import ALL_OPTIONS, Tally
from bot.services.disclosing import renewed_tallies
from bot.services.entry_drafts import drop_draft, enterable, find_draft, keep_draft, numbers_in

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.places import Place, PlaceTree
    from bot.domain.questions import Question
    from bot.ports import Clock, Repositories, Store
    from bot.services.incoming_message import IncomingMessage
    from bot.services.places import PlaceDirectory

MOST_BOXES = 99
"""Ballot boxes of one village and channel."""


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
            before = await _standing(repositories, hearing_id, box, question_no)
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
        """Wait for the numbers of people present at a sitting."""
        ensure_known(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await enterable(repositories, actor, hearing_id, now)
            ensure_sitting(hearing, sitting)
            before = await _presence(repositories, hearing_id, sitting)
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
            if (before := await _standing(repositories, hearing_id, box, question_no)) is not None:
                await Counter(repositories, hearing, now, actor.resident_id).drop_votes(before)

    async def remove_people(self, actor: Actor, hearing_id: int, sitting: int) -> None:
        """Take the people present at a sitting out; nothing is changed where there are none."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            await enterable(repositories, actor, hearing_id, now)
            if (before := await _presence(repositories, hearing_id, sitting)) is not None:
                await repositories.counted_votes.drop_presence(before)
                data: dict[str, str | int] = {
                    "sitting": sitting,
                    "before": _said((before.people, before.women, before.men)),
                }
                entry = about_hearing(hearing_id, Act.PRESENCE_REMOVED, at=now, by=actor.resident_id, data=data)
                await repositories.journal.add(entry)


@dataclass(frozen=True, slots=True)
class Counter:
    """Stores counts in the caller's transaction, with the rollup and the journal; ``staff_id`` has entered them."""

    repositories: Repositories
    hearing: Hearing
    now: datetime
    staff_id: int | None

    async def put_votes(self, question_no: int, box: BallotBox, tally: Tally, *, seen: tuple[int, ...] | None) -> bool:
        """Store a count; False where it stands already. Raises EnteredMeanwhile unless ``seen`` (None: any) stood."""
        question = self.hearing.dossier.question(question_no)
        before = await _standing(self.repositories, self.hearing.id, box, question_no)
        stood = to_numbers(question, before.tally) if before else ()
        after = CountedVotes(self.hearing.id, question_no, box, tally, self.now, self.staff_id)
        if before is not None and before.tally == tally:
            return False
        if seen is not None and stood != seen:
            raise EnteredMeanwhile
        await self._move(before, after)
        await self.repositories.counted_votes.put(after)
        numbers = _said(to_numbers(question, tally))
        await self._note(Act.VOTES_COUNTED, after, before=_said(stood), after=numbers)
        return True

    async def drop_votes(self, before: CountedVotes) -> None:
        """Remove a count."""
        question = self.hearing.dossier.question(before.question_no)
        await self._move(before, None)
        await self.repositories.counted_votes.drop(before)
        await self._note(Act.VOTE_COUNT_REMOVED, before, before=_said(to_numbers(question, before.tally)))

    async def put_people(
        self, sitting: int, people: int, women: int, men: int, *, seen: tuple[int, ...] | None
    ) -> bool:
        """Store the people present at a sitting; False where they stand already. Raises as ``put_votes``."""
        ensure_presence(people, women, men)
        before = await _presence(self.repositories, self.hearing.id, sitting)
        stood = (before.people, before.women, before.men) if before else ()
        if stood == (people, women, men):
            return False
        if seen is not None and stood != seen:
            raise EnteredMeanwhile
        presence = Presence(self.hearing.id, sitting, people, women, men, self.now, self.staff_id)
        await self.repositories.counted_votes.put_presence(presence)
        data: dict[str, str | int] = {"sitting": sitting, "before": _said(stood), "after": _said((people, women, men))}
        entry = about_hearing(self.hearing.id, Act.PRESENCE_COUNTED, at=self.now, by=self.staff_id, data=data)
        await self.repositories.journal.add(entry)
        return True

    async def _move(self, before: CountedVotes | None, after: CountedVotes | None) -> None:
        """Change the rollup, and what residents see where it is due: in steps, as long as answers may change."""
        votes, counts = self.repositories.votes, moved(before, after)
        number = next(each.question_no for each in (before, after) if each is not None)
        steps = self.hearing.may_change(self.now)
        if steps:  # what residents see at this moment is where the next step begins
            await renewed_tallies(self.repositories, self.hearing.id, {number: 0})
        await votes.add_counts(counts)
        if steps:
            more = sum(count.voters for cell, count in counts.items() if cell.option == ALL_OPTIONS)
            await renewed_tallies(self.repositories, self.hearing.id, {number: more})
        await votes.drop_empty_cells(self.hearing.id)

    async def _note(self, act: Act, counted: CountedVotes, **figures: str) -> None:
        box = counted.box
        data: dict[str, str | int] = {"question": counted.question_no, "channel": box.channel.value}
        data |= {"village": box.village_id, "box": box.number, **figures}
        entry = about_hearing(self.hearing.id, act, at=self.now, by=self.staff_id, data=data)
        await self.repositories.journal.add(entry)


def ensure_box(places: PlaceTree, hearing: Hearing, box: BallotBox) -> Place | None:
    """The village of a ballot box, None for the whole municipality. Raises NotFound."""
    if box.channel not in BY_HAND or not 1 <= box.number <= MOST_BOXES:
        raise NotFound("ballot box", box.number)
    village = places.find_village(box.village_id, hearing.municipality_id)
    if village is None and box.village_id:
        raise NotFound("village", box.village_id)
    return village


def ensure_sitting(hearing: Hearing, sitting: int) -> None:
    """Raise NotFound unless the hearing has that sitting, by its number from 1."""
    if not 1 <= sitting <= max(1, len(hearing.dossier.sittings)):
        raise NotFound("sitting", sitting)


async def _standing(
    repositories: Repositories, hearing_id: int, box: BallotBox, question_no: int
) -> CountedVotes | None:
    found = await repositories.counted_votes.list_of(hearing_id)
    return next((each for each in found if (each.box, each.question_no) == (box, question_no)), None)


async def _presence(repositories: Repositories, hearing_id: int, sitting: int) -> Presence | None:
    found = await repositories.counted_votes.presence(hearing_id)
    return next((each for each in found if each.sitting == sitting), None)


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


def _said(numbers: tuple[int, ...]) -> str:
    return " ".join(map(str, numbers))
