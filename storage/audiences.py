"""The audience of a broadcast: selections of residents, to be read a batch at a time in the order of their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, exists, func, select, text, union

from bot.domain.notices import Audience
from bot.domain.people import Reminders
from storage.comment_rows import OF_PRESENT_EDITION
from storage.count_tables import follower_counts
from storage.dialects import among
from storage.outbox_tables import ATTEMPTED_NOTICES, notices
from storage.tables import REACHABLE_RESIDENTS, comments, former_votes, grants, participants, residents, supports, votes

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, CompoundSelect, FromClause, Select

    from bot.domain.notices import Recipients

LAST_RESIDENT_ID: Final = 2**63 - 1
"""No resident has a larger id."""

_REACHABLE: Final = frozenset(Reminders) - {Reminders.NONE}
"""Whoever wants any of it: those of ``REACHABLE_RESIDENTS``."""
_r, _n, _p, _g, _v = residents.c, notices.c, participants.c, grants.c, votes.c
_f, _s, _c, _k = former_votes.c, supports.c, comments.c, follower_counts.c
_HEARING: Final = bindparam("hearing", type_=_n.hearing_id.type)
_FOLLOWS = _r.municipality_id == bindparam("municipality")
_ANSWERS = (
    select(func.count())
    .where(_v.hearing_id == _HEARING, _v.resident_id == _r.id, _v.answer != bindparam("nothing", {}, _v.answer.type))
    .scalar_subquery()
)

_TOOK_PART = exists().where(_p.hearing_id == _HEARING, _p.resident_id == _r.id)

_OF_FOLLOWERS: Final[dict[Audience, tuple[ColumnElement[bool], ...]]] = {
    Audience.FOLLOWERS: (),
    Audience.UNFINISHED: (bindparam("questions") > _ANSWERS,),
    Audience.UNHEARD: (among(_r.village_id, "only"), ~_TOOK_PART),
}
"""Which of the followers are meant."""

_DECIDED = _c.hearing_id == _HEARING, _c.decided_at == bindparam("decided", type_=_c.decided_at.type)
_OF_COMMENT = (_c.id == bindparam("comment")) | (_c.merged_into == bindparam("comment"))
_BEHIND: Final = (
    select(_c.author_id).where(_OF_COMMENT),
    select(_s.resident_id).where(_s.comment_id.in_(select(_c.id).where(_OF_COMMENT))),
)
_DECIDED_AUTHORS: Final = select(_c.author_id).where(*_DECIDED)
_DECIDED_SUPPORTERS: Final = select(_s.resident_id).where(_s.comment_id.in_(select(_c.id).where(*_DECIDED)))


def audience_parts(recipients: Recipients) -> tuple[Select[Any], ...]:
    """Ids of residents of the audience, ``after`` < id <= ``upto``, who can and want to be written to.

    A person may be in one selection, or in several, more than once; each is read in order from an index.
    """
    match recipients.audience:
        case Audience.FOLLOWERS | Audience.UNFINISHED | Audience.UNHEARD as which:
            parts = [_part(recipients, residents, _r.id, _FOLLOWS, *_OF_FOLLOWERS[which])]
        case Audience.TOLD:
            told = _part(recipients, notices, _n.recipient_id, _n.hearing_id == _HEARING, text(ATTEMPTED_NOTICES))
            parts = [told, _participants(recipients)]
        case Audience.PARTICIPANTS:
            parts = [_participants(recipients)]
        case Audience.STAFF:
            parts = [_part(recipients, grants, _g.resident_id, _g.municipality_id == bindparam("municipality"))]
        case Audience.FORMER_VOTERS:
            put_aside = _f.hearing_id == _HEARING, _f.version == bindparam("version")
            parts = [_part(recipients, former_votes, _f.resident_id, *put_aside)]
        case Audience.FORMER_SUPPORTERS:
            former = _s.comment_id == bindparam("comment"), ~OF_PRESENT_EDITION
            parts = [_part(recipients, supports, _s.resident_id, *former)]
        case Audience.CONCERNED:
            concerned = _DECIDED_AUTHORS, _DECIDED_SUPPORTERS
            parts = [_part(recipients, residents, _r.id, _r.id.in_(people)) for people in concerned]
        case Audience.BEHIND:
            parts = [_part(recipients, residents, _r.id, _r.id.in_(people)) for people in _BEHIND]
        case Audience.NOBODY:
            parts = []
    return tuple(parts)


def audience(recipients: Recipients) -> Select[Any] | CompoundSelect[Any] | None:
    """The same as one selection, each person once; None if there is no person."""
    parts = audience_parts(recipients)
    if not parts:
        return None
    if recipients.audience in _OF_FOLLOWERS:
        return parts[0]  # residents alone, each of whom is one row
    return parts[0].distinct() if len(parts) == 1 else union(*parts)


def counted_audience(recipients: Recipients) -> Select[Any] | None:
    """How many people there are in the audience; None if there is none. Of followers the kept counts are added up."""
    if recipients.audience is not Audience.FOLLOWERS:
        people = audience(recipients)
        return None if people is None else select(func.count()).select_from(people.subquery())
    counted = select(func.coalesce(func.sum(_k.people), 0)).where(
        _k.municipality_id == bindparam("municipality"), _k.reminders.in_(bindparam("wanted", expanding=True))
    )
    if recipients.only:
        villages = among(_k.village_id, "only")
        counted = counted.where((_k.village_id == 0) | villages if recipients.anywhere else villages)
    return counted


def audience_parameters(recipients: Recipients, *, after: int = 0, upto: int = LAST_RESIDENT_ID) -> dict[str, Any]:
    """The parameters of the selections."""
    return {
        "after": after,
        "upto": upto,
        "hearing": recipients.hearing_id,
        "municipality": recipients.municipality_id,
        "wanted": sorted(recipients.wanted),
        "only": recipients.only,
        "questions": recipients.questions,
        "version": recipients.version,
        "comment": recipients.comment,
        "decided": recipients.decided_at,
    }


def _participants(recipients: Recipients) -> Select[Any]:
    return _part(recipients, participants, _p.resident_id, _p.hearing_id == _HEARING)


def _part(recipients: Recipients, source: FromClause, person: Any, *conditions: Any) -> Select[Any]:
    where = source if source is residents else source.join(residents, _r.id == person)
    found = select(person.label("person")).select_from(where).where(*conditions, text(REACHABLE_RESIDENTS))
    if not recipients.wanted >= _REACHABLE:  # of whom the index alone tells
        found = found.where(_r.reminders.in_(bindparam("wanted", expanding=True)))
    if recipients.only:
        those = among(_r.village_id, "only")
        found = found.where(_r.village_id.is_(None) | those if recipients.anywhere else those)
    return found.where(person > bindparam("after"), person <= bindparam("upto"))
