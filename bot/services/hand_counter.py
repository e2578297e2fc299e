"""Storing what was counted by hand, in the caller's transaction: votes and people, with the rollup and the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.counted_votes import BallotBox, CountedVotes, moved, to_numbers
from bot.domain.entries import Presence, ensure_presence
from bot.domain.errors import EnteredMeanwhile
from bot.domain.journal import Act, about_hearing
from bot.domain.tallies import ALL_OPTIONS, Count, Tally
from bot.domain.values import dataclass
from bot.services.disclosing import renewed_tallies, show_counted_aloud

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.journal import JournalEntry
    from bot.domain.tallies import Cell
    from bot.ports import Repositories


@dataclass(frozen=True, slots=True)
class Counter:
    """Stores counts in the caller's transaction, with the rollup and the journal; ``staff_id`` has entered them.

    ``aloud``: they were said aloud in the hall, so residents see them at once.
    """

    repositories: Repositories
    hearing: Hearing
    now: datetime
    staff_id: int | None
    aloud: bool = False

    async def put_votes(self, question_no: int, box: BallotBox, tally: Tally, *, seen: tuple[int, ...] | None) -> bool:
        """Store a count; False where it stands already. Raises EnteredMeanwhile unless ``seen`` (None: any) stood."""
        question = self.hearing.dossier.question(question_no)
        before = await standing_count(self.repositories, self.hearing.id, box, question_no)
        stood = to_numbers(question, before.tally) if before else ()
        after = CountedVotes(self.hearing.id, question_no, box, tally, self.now, self.staff_id)
        if before is not None and before.tally == tally:
            return False
        if seen is not None and stood != seen:
            raise EnteredMeanwhile
        await self._move(before, after)
        await self.repositories.counted_votes.put(after)
        await self.repositories.journal.add(self._counted(before, after))
        return True

    async def put_votes_each(self, counts: Iterable[CountedVotes]) -> None:
        """Store counts, however many, by a few statements; those that stand already are left alone.

        What residents see moves once for each question, by all of its counts together.
        """
        standing = {_place(each): each for each in await self.repositories.counted_votes.list_of(self.hearing.id)}
        pairs = [(standing.get(_place(after)), after) for after in counts]
        changes = [(before, after) for before, after in pairs if before is None or before.tally != after.tally]
        if not changes:
            return
        cells: dict[Cell, Count] = {}
        for before, after in changes:
            for cell, count in moved(before, after).items():
                cells[cell] = cells.get(cell, Count()) + count
        await self._move_cells({after.question_no for _, after in changes}, cells)
        await self.repositories.counted_votes.put_each([after for _, after in changes])
        await self.repositories.journal.add_each([self._counted(before, after) for before, after in changes])

    async def drop_votes(self, before: CountedVotes) -> None:
        """Remove a count."""
        question = self.hearing.dossier.question(before.question_no)
        await self._move(before, None)
        await self.repositories.counted_votes.drop(before)
        await self._note(Act.VOTE_COUNT_REMOVED, before, before=said(to_numbers(question, before.tally)))

    async def put_people(
        self, sitting: int, people: int, women: int, men: int, *, seen: tuple[int, ...] | None
    ) -> bool:
        """Store the people present at a sitting; False where they stand already. Raises as ``put_votes``."""
        ensure_presence(people, women, men)
        before = await standing_presence(self.repositories, self.hearing.id, sitting)
        stood = (before.people, before.women, before.men) if before else ()
        if stood == (people, women, men):
            return False
        if seen is not None and stood != seen:
            raise EnteredMeanwhile
        presence = Presence(self.hearing.id, sitting, people, women, men, self.now, self.staff_id)
        await self.repositories.counted_votes.put_presence(presence)
        data: dict[str, str | int] = {"sitting": sitting, "before": said(stood), "after": said((people, women, men))}
        entry = about_hearing(self.hearing.id, Act.PRESENCE_COUNTED, at=self.now, by=self.staff_id, data=data)
        await self.repositories.journal.add(entry)
        return True

    async def _move(self, before: CountedVotes | None, after: CountedVotes | None) -> None:
        number = next(each.question_no for each in (before, after) if each is not None)
        await self._move_cells({number}, moved(before, after))

    async def _move_cells(self, questions: set[int], cells: Mapping[Cell, Count]) -> None:
        """Change the rollup, and what residents see where it is due: in steps, as long as answers may change."""
        votes = self.repositories.votes
        steps = self.hearing.may_change(self.now)
        if steps:  # what residents see at this moment is where the next step begins
            await renewed_tallies(self.repositories, self.hearing.id, dict.fromkeys(questions, 0))
        await votes.add_counts(cells)
        if steps and self.aloud:
            await show_counted_aloud(self.repositories, self.hearing.id, cells)
        elif steps:
            more = dict.fromkeys(questions, 0)
            for cell, count in cells.items():
                more[cell.question_no] += count.voters if cell.option == ALL_OPTIONS else 0
            await renewed_tallies(self.repositories, self.hearing.id, more)
        await votes.drop_empty_cells(self.hearing.id)

    def _counted(self, before: CountedVotes | None, after: CountedVotes) -> JournalEntry:
        question = self.hearing.dossier.question(after.question_no)
        stood = to_numbers(question, before.tally) if before else ()
        numbers = said(to_numbers(question, after.tally))
        return self._noted(Act.VOTES_COUNTED, after, before=said(stood), after=numbers)

    async def _note(self, act: Act, counted: CountedVotes, **figures: str) -> None:
        await self.repositories.journal.add(self._noted(act, counted, **figures))

    def _noted(self, act: Act, counted: CountedVotes, **figures: str) -> JournalEntry:
        box = counted.box
        data: dict[str, str | int] = {"question": counted.question_no, "channel": box.channel.value}
        data |= {"village": box.village_id, "box": box.number, **figures}
        return about_hearing(self.hearing.id, act, at=self.now, by=self.staff_id, data=data)


def _place(counted: CountedVotes) -> tuple[BallotBox, int]:
    return counted.box, counted.question_no


async def standing_count(
    repositories: Repositories, hearing_id: int, box: BallotBox, question_no: int
) -> CountedVotes | None:
    """The count of a question from that box; None where there is none."""
    found = await repositories.counted_votes.list_of(hearing_id)
    return next((each for each in found if (each.box, each.question_no) == (box, question_no)), None)


async def standing_presence(repositories: Repositories, hearing_id: int, sitting: int) -> Presence | None:
    """The people present at that sitting; None where nobody has counted them."""
    found = await repositories.counted_votes.presence(hearing_id)
    return next((each for each in found if each.sitting == sitting), None)


def said(numbers: tuple[int, ...]) -> str:
    """Numbers as the journal notes them."""
    return " ".join(map(str, numbers))
