"""Participants: everybody who took part in a hearing, once, with the group and the municipality they are counted in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, func, or_, select, text, update

from bot.domain.hearings import CURRENT_PHASES
from bot.domain.numbers import Participation
from bot.domain.people import Demographics
from storage import tables
from storage.count_tables import participant_counts, participant_languages
from storage.demographics import DEMOGRAPHIC_COLUMNS, demographics_from, demographics_values
from storage.dialects import insert
from storage.prepared import PreparedChange, PreparedQuery

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.domain.people import Participant
    from storage.database import Transaction

_p = tables.participants.c
_v = tables.votes.c
_FACTS = (*DEMOGRAPHIC_COLUMNS, "municipality_id")
_n = participant_counts.c
_BY_GROUP = PreparedQuery(
    select(*(_n[name] for name in _FACTS), _n.people).where(_n.hearing_id == bindparam("hearing_id"))
)
_VOTERS_BY_MUNICIPALITY = (
    select(_v.question_no, _p.municipality_id, func.count())
    .join_from(
        tables.votes, tables.participants, and_(_p.hearing_id == _v.hearing_id, _p.resident_id == _v.resident_id)
    )
    .where(_v.hearing_id == bindparam("hearing_id"), _v.answer != {})
    .group_by(_v.question_no, _p.municipality_id)
)
_r = tables.residents.c
_LANGUAGE = (_r.language, _r.telegram_id.is_(None).label("forgotten"))
_l = participant_languages.c
_BY_LANGUAGE = PreparedQuery(select(_l.language, _l.people).where(_l.hearing_id == bindparam("hearing_id")))
_NEWEST_LANGUAGES = PreparedQuery(
    select(*_LANGUAGE)
    .join_from(tables.participants, tables.residents, _r.id == _p.resident_id)
    .where(_p.hearing_id == bindparam("hearing_id"))
    .order_by(_p.first_at.desc(), _p.resident_id.desc())
    .limit(bindparam("newest"))
)
_PARTICIPANT = and_(_p.hearing_id == bindparam("hearing"), _p.resident_id == bindparam("resident"))
_HEARINGS = PreparedQuery(
    select(_p.hearing_id).where(_p.resident_id == bindparam("resident_id")).order_by(_p.hearing_id)
)
_UNSAID = {**demographics_values(Demographics()), "municipality_id": 0}


class ParticipantRepository:
    """The participants of hearings."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def note(self, people: Collection[Participant]) -> None:
        """Store each once; of those who are stored only demographics and municipality change."""
        noted = [
            {
                "hearing_id": each.hearing_id,
                "resident_id": each.resident_id,
                "first_at": each.at,
                "municipality_id": each.municipality_id,
                **demographics_values(each.demographics),
            }
            for each in sorted(people, key=lambda each: (each.resident_id, each.hearing_id))
        ]
        await self._transaction.run_each(_note(self._transaction.dialect), noted)

    async def participation(self, hearing_id: int) -> Participation:
        """People who took part, by their demographics and by where they live."""
        groups: dict[Demographics, int] = {}
        municipalities: dict[int, int] = {}
        for *said, municipality, people in await self._transaction.rows(_BY_GROUP, {"hearing_id": hearing_id}):
            demographics = demographics_from(*said)
            groups[demographics] = groups.get(demographics, 0) + int(people)
            municipalities[municipality] = municipalities.get(municipality, 0) + int(people)
        return Participation(groups, municipalities)

    async def voters_by_municipality(self, hearing_id: int) -> Mapping[int, Mapping[int, int]]:
        """By question number, how many have answered it through the bot, by where they live (0: unsaid)."""
        found: dict[int, dict[int, int]] = {}
        for number, municipality, people in await self._transaction.rows(
            _VOTERS_BY_MUNICIPALITY, {"hearing_id": hearing_id}
        ):
            found.setdefault(number, {})[municipality] = int(people)
        return found

    async def by_language(self, hearing_id: int, *, newest: int = 0) -> Mapping[str, int]:
        """People who took part, but the ``newest`` so many, by the language they read now; "" is of forgotten ones."""
        rows = await self._transaction.rows(_BY_LANGUAGE, {"hearing_id": hearing_id})
        found = {language: int(people) for language, people in rows}
        if newest:
            given = {"hearing_id": hearing_id, "newest": newest}
            for language, forgotten in await self._transaction.rows(_NEWEST_LANGUAGES, given):
                found["" if forgotten else language] -= 1
        return {language: people for language, people in found.items() if people}

    async def drop(self, hearing_id: int, resident_id: int) -> None:
        """Remove a participant of whom nothing is left in the hearing."""
        given = {"hearing": hearing_id, "resident": resident_id}
        await self._transaction.run(delete(tables.participants).where(_PARTICIPANT), given)

    async def part_from(self, hearing_id: int, resident_id: int, *, digest: str | None) -> None:
        """Take their group from a participant who is forgotten; the ``digest`` knows them if they come back."""
        nameless = update(tables.participants).where(_PARTICIPANT).values(digest=digest, **_UNSAID)
        await self._transaction.run(nameless, {"hearing": hearing_id, "resident": resident_id})

    async def come_back(self, digest: str, resident_id: int) -> None:
        """Count a forgotten person who has come back under the new number, once, where they are known by the digest."""
        known = and_(_p.digest == bindparam("known"), text(tables.FORGOTTEN_PARTICIPANTS))
        again = update(tables.participants).where(known).values(resident_id=resident_id, digest=None)
        await self._transaction.run(again, {"known": digest})

    async def drop_digests(self) -> None:
        """Remove the digests of forgotten participants in hearings that are over."""
        hearings = tables.hearings.c
        current = select(hearings.id).where(hearings.phase.in_(CURRENT_PHASES))
        over = and_(text(tables.FORGOTTEN_PARTICIPANTS), _p.hearing_id.not_in(current))
        await self._transaction.run(update(tables.participants).where(over).values(digest=None))

    async def hearings_of(self, resident_id: int) -> tuple[int, ...]:
        """The id of every hearing the person took part in."""
        return tuple(row[0] for row in await self._transaction.rows(_HEARINGS, {"resident_id": resident_id}))


@cache
def _note(dialect: str) -> PreparedChange:
    statement = insert(dialect, tables.participants)
    new = statement.excluded
    noted = statement.on_conflict_do_update(
        index_elements=["resident_id", "hearing_id"],
        set_={name: new[name] for name in _FACTS},
        where=or_(*(_p[name] != new[name] for name in _FACTS)),
    )
    return PreparedChange(noted)
