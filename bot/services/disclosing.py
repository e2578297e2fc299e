"""What residents are shown of the answers: read, and renewed in the transaction of the votes (see ``disclosure``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.disclosure import disclosed
from bot.domain.tallies import ALL_OPTIONS, Count, Tally

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.tallies import Cell
    from bot.ports import Repositories


async def shown_tallies(
    repositories: Repositories, hearing: Hearing, now: datetime, *, questions: Collection[int] | None = None
) -> Mapping[int, Tally]:
    """By question number the tallies that residents may see; a question with too few answers is absent."""
    if hearing.takes_answers(now):
        standing = await repositories.disclosures.of_questions(hearing.id, questions)
        found = {no: each.tally for no, each in standing.items()}
    elif hearing.is_preliminary(now):
        return await _preliminary(repositories, hearing.id, questions)
    else:
        exact = await repositories.votes.tallies(hearing.id, questions=questions)
        found = {no: disclosed(tally, None, taken=False) for no, tally in exact.items()}
    return {no: tally for no, tally in found.items() if tally is not None}


async def _preliminary(
    repositories: Repositories, hearing_id: int, questions: Collection[int] | None
) -> Mapping[int, Tally]:
    """What was shown last, as more may still be entered; where nothing was shown yet, the tally that will be first."""
    standing = await repositories.disclosures.of_questions(hearing_id, questions)
    first = {no for no, each in standing.items() if each.shown is None and each.due}
    exact = await repositories.votes.tallies(hearing_id, questions=first) if first else {}
    found = {no: exact.get(no, each.tally) for no, each in standing.items()}
    return {no: tally for no, tally in found.items() if tally is not None}


async def renewed_tallies(repositories: Repositories, hearing_id: int, moved: Mapping[int, int]) -> Mapping[int, Tally]:
    """Renew what is due of the questions that were voted on, and return what residents see of them from now on.

    ``moved`` is by question number how many voters more it has. What was shown of a question that had lost all its
    voters is forgotten first: its votes were put aside, and what it asks may be another thing now.
    """
    disclosures = repositories.disclosures
    standing = dict(await disclosures.of_questions(hearing_id, moved))
    if emptied := {no for no, each in standing.items() if each.shown and each.voters <= moved[no]}:
        await disclosures.drop(hearing_id, emptied)
        standing = dict(await disclosures.of_questions(hearing_id, moved))
    if due := {no for no, each in standing.items() if each.due}:
        await disclosures.show(hearing_id, await repositories.votes.tallies(hearing_id, questions=due))
        standing |= await disclosures.of_questions(hearing_id, due)
    return {no: tally for no, each in standing.items() if (tally := each.tally) is not None}


async def show_counted_aloud(repositories: Repositories, hearing_id: int, cells: Mapping[Cell, Count]) -> None:
    """Add hands that were counted aloud (``cells`` of the rollup) to what residents see of their questions.

    Nothing else is renewed with them: whoever heard the hands could tell the few other answers from the difference.
    """
    disclosures, aloud = repositories.disclosures, dict[int, Tally]()
    for cell, count in cells.items():
        more = Tally(count.voters) if cell.option == ALL_OPTIONS else Tally(0, {cell.option: count})
        aloud[cell.question_no] = aloud.get(cell.question_no, Tally()) + more
    standing = await disclosures.of_questions(hearing_id, aloud)
    shown = {no: (standing[no].shown or Tally()) + tally for no, tally in aloud.items()}
    await disclosures.drop(hearing_id, aloud)
    await disclosures.show(hearing_id, {no: _without_zeros(tally) for no, tally in shown.items() if tally.voters > 0})


def _without_zeros(tally: Tally) -> Tally:
    return Tally(tally.voters, {option: count for option, count in tally.counts.items() if count != Count()})
