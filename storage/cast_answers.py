"""Answers as they were cast, counted where they lie: a person's number stays in here."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import BigInteger, bindparam, func, select, type_coerce

from bot.domain.cast_answers import CastAnswer, Reactions
from storage import tables
from storage.comment_rows import OF_PRESENT_EDITION
from storage.dialects import among

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, tzinfo

    from bot.domain.comments import Channel
    from storage.database import Transaction

QUARTER: Final = timedelta(minutes=15)
"""No zone's day begins within one: the database counts by quarters of an hour, days are made of them afterwards."""

_v, _s, _c = tables.votes.c, tables.supports.c, tables.comments.c
_GIVEN = _v.hearing_id == bindparam("hearing"), _v.answer != bindparam("nothing", {}, _v.answer.type)
_QUARTER = (type_coerce(_v.cast_at, BigInteger) // (QUARTER // timedelta(microseconds=1))).label("quarter")
_OF_QUESTION = (
    select(_v.channel, _QUARTER, _v.answer, func.count())
    .where(*_GIVEN, _v.question_no == bindparam("no"))
    .group_by(_v.channel, _QUARTER, _v.answer)
)
_STANCES = select(_v.resident_id, _v.question_no, _v.answer).where(*_GIVEN, among(_v.question_no, "questions"))
_SUPPORTS = (
    select(_s.resident_id, _s.comment_id)
    .join(tables.comments, _c.id == _s.comment_id)
    .where(_c.hearing_id == bindparam("hearing"), _c.withdrawn_at.is_(None), OF_PRESENT_EDITION)
)


class CastAnswerRepository:
    """Answers and supports, without the people who gave them."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def of_question(self, hearing_id: int, question_no: int, *, zone: tzinfo) -> tuple[CastAnswer, ...]:
        """The answers to a question now, those that are equal counted together; days are those of ``zone``."""
        counted: Counter[tuple[Channel, date, tuple[tuple[int, int], ...]]] = Counter()
        for channel, quarter, answer, people in await self._transaction.rows(
            _OF_QUESTION, {"hearing": hearing_id, "no": question_no}
        ):
            day = (datetime(1970, 1, 1, tzinfo=UTC) + int(quarter) * QUARTER).astimezone(zone).date()
            counted[channel, day, tuple(sorted(answer.items()))] += int(people)
        return tuple(CastAnswer(channel, day, dict(answer), count) for (channel, day, answer), count in counted.items())

    async def reactions(self, hearing_id: int, questions: Collection[int]) -> tuple[Reactions, ...]:
        """What each person who did either answered to these questions, and which standing comments they support."""
        stances: dict[int, list[tuple[int, int]]] = {}
        for person, number, answer in await self._transaction.rows(
            _STANCES, {"hearing": hearing_id, "questions": questions}
        ):
            stances.setdefault(person, []).extend((number, option) for option in answer)
        supported: dict[int, list[int]] = {}
        for person, comment in await self._transaction.rows(_SUPPORTS, {"hearing": hearing_id}):
            supported.setdefault(person, []).append(comment)
        return tuple(
            Reactions(tuple(sorted(stances.get(person, ()))), tuple(sorted(supported.get(person, ()))))
            for person in sorted({*stances, *supported})
        )
