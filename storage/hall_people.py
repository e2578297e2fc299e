"""Who takes part in a sitting, which of their messages shows it, and how often they got its code wrong."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, select, update

from bot.domain.hall import HallPerson, HallPresence
from bot.domain.people import Gender
from storage import hall_tables, tables
from storage.dialects import upsert
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.hall import Hall
    from storage.database import Transaction

_p = hall_tables.hall_people.c
_w = hall_tables.wrong_hall_codes.c
_r = tables.residents.c
_HERE = (_p.hearing_id == bindparam("hearing"), _p.sitting == bindparam("no"))
_ALL = select(hall_tables.hall_people)
_FIND = _ALL.where(*_HERE, _p.resident_id == bindparam("person"))
_OF_PERSON = PreparedQuery(_ALL.where(_p.resident_id == bindparam("person")).order_by(_p.hearing_id, _p.sitting))
_BEHIND = (
    _ALL.add_columns(_r.telegram_id, _r.language)
    .join(tables.residents, _r.id == _p.resident_id)
    .where(*_HERE, _p.shown < bindparam("turned"), _p.resident_id > bindparam("after"))
    .where(_r.telegram_id.is_not(None), _r.blocked_at.is_(None))
    .order_by(_p.resident_id)
    .limit(bindparam("most"))
)
_PRESENCE = (
    select(_r.gender, func.count())
    .join_from(hall_tables.hall_people, tables.residents, _r.id == _p.resident_id)
    .where(*_HERE, _p.in_hall)
    .group_by(_r.gender)
)
_WRONG = select(_w.count, _w.since).where(_w.resident_id == bindparam("person"))


class HallPersonRepository:
    """People by hearing, sitting and their number."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def find(self, hearing_id: int, sitting: int, resident_id: int) -> HallPerson | None:
        """The person, where they take part."""
        given = {"hearing": hearing_id, "no": sitting, "person": resident_id}
        row = await self._transaction.first(_FIND, given)
        return None if row is None else HallPerson(*row)

    async def put(self, person: HallPerson) -> None:
        """Store that somebody takes part, in place of what stood there."""
        await self._transaction.run(
            upsert(self._transaction.dialect, hall_tables.hall_people), dataclasses.asdict(person)
        )

    async def note_shown(self, person: HallPerson) -> None:
        """Store which message shows the hall to a person, and as of when; nothing where they take part no more."""
        here = (_p.hearing_id == person.hearing_id, _p.sitting == person.sitting)
        shown = {"message_id": person.message_id, "shown": person.shown}
        statement = update(hall_tables.hall_people).where(*here, _p.resident_id == person.resident_id)
        await self._transaction.run(statement.values(shown))

    async def turn(self, hearing_id: int, sitting: int, resident_id: int) -> None:
        """Let the screen of one person be shown anew."""
        here = (_p.hearing_id == hearing_id, _p.sitting == sitting, _p.resident_id == resident_id)
        await self._transaction.run(update(hall_tables.hall_people).where(*here).values(shown=0))

    async def list_behind(self, hall: Hall, *, after: int, limit: int) -> tuple[tuple[HallPerson, int, str], ...]:
        """People whose screen shows an earlier state of the hall, by resident id from the first above ``after`` on.

        Each with their Telegram id and language; without those who cannot be written to.
        """
        given = {"hearing": hall.hearing_id, "no": hall.sitting, "turned": hall.turned, "after": after, "most": limit}
        rows = await self._transaction.rows(_BEHIND, given)
        return tuple((HallPerson(*row[:-2]), row[-2], row[-1]) for row in rows)

    async def presence(self, hearing_id: int, sitting: int) -> HallPresence:
        """Who is in the hall."""
        rows = await self._transaction.rows(_PRESENCE, {"hearing": hearing_id, "no": sitting})
        counts = {row[0]: row[1] for row in rows}
        return HallPresence(sum(counts.values()), counts.get(Gender.FEMALE, 0), counts.get(Gender.MALE, 0))

    async def of_person(self, resident_id: int) -> tuple[HallPerson, ...]:
        """In which sittings a person takes part."""
        rows = await self._transaction.rows(_OF_PERSON, {"person": resident_id})
        return tuple(HallPerson(*row) for row in rows)

    async def wrong_codes(self, resident_id: int) -> tuple[int, datetime] | None:
        """How many wrong codes a person has given since when."""
        row = await self._transaction.first(_WRONG, {"person": resident_id})
        return None if row is None else (row[0], row[1])

    async def note_wrong_code(self, resident_id: int, *, count: int, since: datetime) -> None:
        """Store that."""
        row = {"resident_id": resident_id, "count": count, "since": since}
        await self._transaction.run(upsert(self._transaction.dialect, hall_tables.wrong_hall_codes), row)

    async def drop(self, resident_id: int) -> None:
        """Remove all of this about a person."""
        await self._transaction.run(delete(hall_tables.hall_people).where(_p.resident_id == resident_id))
        await self._transaction.run(delete(hall_tables.wrong_hall_codes).where(_w.resident_id == resident_id))

    async def drop_old(self, before: datetime) -> None:
        """Remove who took part before then, and wrong codes of before then."""
        await self._transaction.run(delete(hall_tables.hall_people).where(_p.at < before))
        await self._transaction.run(delete(hall_tables.wrong_hall_codes).where(_w.since < before))
