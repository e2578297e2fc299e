"""What residents were shown of the answers to a question: the tally of the last step, one row for each question."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, func, select

from bot.domain.disclosure import LEAST_ANSWERS, Disclosure
from bot.domain.tallies import ALL_OPTIONS, Tally
from storage.demographics import DEMOGRAPHIC_COLUMNS, demographics_from
from storage.dialects import among, insert
from storage.prepared import PreparedQuery
from storage.tables import participants, questions, rollup, shown_tallies

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.domain.people import Demographics
    from storage.database import Transaction
    from storage.dialects import DialectInsert

_q, _r, _s, _p = questions.c, rollup.c, shown_tallies.c, participants.c

_VOTERS = (
    select(func.coalesce(func.sum(_r.voters), 0))
    .where(_r.hearing_id == _q.hearing_id, _r.question_no == _q.no, _r.option_no == ALL_OPTIONS)
    .scalar_subquery()
)
_OF_HEARING = (
    select(_q.no, _VOTERS, _s.voters, _s.counts)
    .select_from(questions.outerjoin(shown_tallies, and_(_s.hearing_id == _q.hearing_id, _s.question_no == _q.no)))
    .where(_q.hearing_id == bindparam("hearing_id"))
)
_EVERY_QUESTION = PreparedQuery(_OF_HEARING)
_OF_QUESTIONS = PreparedQuery(_OF_HEARING.where(among(_q.no, "questions")))
_DROP = delete(shown_tallies).where(_s.hearing_id == bindparam("hearing"), among(_s.question_no, "questions"))
_NEWEST = (
    select(*(_p[name] for name in DEMOGRAPHIC_COLUMNS), _p.municipality_id)
    .where(_p.hearing_id == bindparam("hearing_id"))
    .order_by(_p.first_at.desc(), _p.resident_id.desc())
    .limit(bindparam("most"))
)


class DisclosureRepository:
    """What residents were shown, and who of the participants came last."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def of_questions(self, hearing_id: int, questions: Collection[int] | None = None) -> Mapping[int, Disclosure]:
        """By question number how many answer it and what was shown last; None means every question.

        Only the cells of all voters are read, not those of the options.
        """
        given: dict[str, Any] = {"hearing_id": hearing_id}
        if questions is None:
            rows = await self._transaction.rows(_EVERY_QUESTION, given)
        else:
            rows = await self._transaction.rows(_OF_QUESTIONS, {**given, "questions": questions})
        return {
            no: Disclosure(int(voters), None if seen is None else Tally(seen, counts))
            for no, voters, seen, counts in rows
        }

    async def show(self, hearing_id: int, tallies: Mapping[int, Tally]) -> None:
        """Show these tallies by question number from now on; one that is not due any more stays as it was shown."""
        rows = [
            {"hearing_id": hearing_id, "question_no": no, "voters": tally.voters, "counts": tally.counts}
            for no, tally in sorted(tallies.items())
        ]
        await self._transaction.run_each(_show(self._transaction.dialect), rows)

    async def drop(self, hearing_id: int, questions: Collection[int]) -> None:
        """Forget what was shown of the questions."""
        await self._transaction.run(_DROP, {"hearing": hearing_id, "questions": questions})

    async def newest_participants(self, hearing_id: int, limit: int) -> tuple[tuple[Demographics, int], ...]:
        """Demographics and municipality (0: unsaid) of those who took part last, at most ``limit`` of them."""
        if not limit:
            return ()
        rows = await self._transaction.rows(_NEWEST, {"hearing_id": hearing_id, "most": limit})
        return tuple((demographics_from(*said), municipality) for *said, municipality in rows)


@cache
def _show(dialect: str) -> DialectInsert:
    """Of two processes that reach the same step at once the first one's tally stays."""
    statement = insert(dialect, shown_tallies)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["hearing_id", "question_no"],
        set_={"voters": new.voters, "counts": new.counts},
        where=_s.voters + LEAST_ANSWERS <= new.voters,
    )
