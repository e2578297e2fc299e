"""Whom a broadcast is owed to: selections of residents, to be read a batch at a time in the order of their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, select, text, union

from bot.domain.notices import Audience
from storage.dialects import among
from storage.outbox_tables import WRITTEN_TO, notices
from storage.tables import FOLLOWING, grants, participants, residents, votes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import CompoundSelect, FromClause, Select

    from bot.domain.notices import Recipients

EVERYBODY: Final = 2**63 - 1
"""As ``upto``: to the last resident."""

_r, _n, _p, _g, _v = residents.c, notices.c, participants.c, grants.c, votes.c
_HEARING: Final = bindparam("hearing", type_=_n.hearing_id.type)
_FOLLOW = _r.municipality_id == bindparam("municipality")
_ANSWERED = (
    select(func.count())
    .where(_v.hearing_id == _HEARING, _v.resident_id == _r.id, _v.answer != bindparam("nothing", {}, _v.answer.type))
    .scalar_subquery()
)


def arms(address: Recipients) -> tuple[Select[Any], ...]:
    """Residents' ids, ``after`` < id <= ``upto``, of those who can and want to be written to.

    A person may come more than once, in one arm or in several; each arm is read in order from an index.
    """
    match address.audience:
        case Audience.FOLLOWERS:
            return (_arm(address, residents, _r.id, _FOLLOW),)
        case Audience.UNFINISHED:
            return (_arm(address, residents, _r.id, _FOLLOW, bindparam("questions") > _ANSWERED),)
        case Audience.TOLD:
            told = _arm(address, notices, _n.recipient_id, _n.hearing_id == _HEARING, text(WRITTEN_TO))
            return told, _part(address)
        case Audience.PARTICIPANTS:
            return (_part(address),)
        case Audience.STAFF:
            return (_arm(address, grants, _g.resident_id, _g.municipality_id == bindparam("municipality")),)
        case Audience.NOBODY:
            return ()


def everybody(address: Recipients) -> Select[Any] | CompoundSelect[Any] | None:
    """The same as one selection, each person once; None for nobody."""
    selections = arms(address)
    if not selections:
        return None
    return selections[0].distinct() if len(selections) == 1 else union(*selections)


def given(address: Recipients) -> Mapping[str, Any]:
    """What the selections are to be run with, but for ``after`` and ``upto``."""
    return {
        "hearing": address.hearing_id,
        "municipality": address.municipality_id,
        "wanted": sorted(address.wanted),
        "only": address.only,
        "questions": address.questions,
    }


def _part(address: Recipients) -> Select[Any]:
    return _arm(address, participants, _p.resident_id, _p.hearing_id == _HEARING)


def _arm(address: Recipients, source: FromClause, person: Any, *conditions: Any) -> Select[Any]:
    where = source if source is residents else source.join(residents, _r.id == person)
    found = select(person.label("person")).select_from(where).where(*conditions, text(FOLLOWING))
    found = found.where(_r.reminders.in_(bindparam("wanted", expanding=True)))
    if address.only:
        found = found.where(_r.village_id.is_(None) | among(_r.village_id, "only"))
    return found.where(person > bindparam("after"), person <= bindparam("upto"))
