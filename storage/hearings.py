"""Hearings. A dossier is parsed once and then cached by the digest of its JSON, so that a press parses nothing."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import BigInteger, Text, and_, bindparam, delete, exists, false, func, select, type_coerce, update

from bot.domain.errors import NotFound
from bot.domain.hearings import CURRENT_PHASES, DEFAULT_CLOSING_REMINDER, DEFAULT_REMINDERS, Dossier, Hearing, Phase
from bot.domain.setbacks import Setback
from storage import tables
from storage.dialects import among, insert
from storage.dossiers import dossier_from_json, dossier_to_json
from storage.layout import metadata
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from bot.domain.questions import Question
    from storage.database import Row, Transaction

SITTINGS_SPAN: Final = timedelta(days=14)
"""The longest time between the first sitting of a hearing and its last."""
MOST_CACHED_DOSSIERS: Final = 2_048
"""Parsed dossiers in the cache: of twice as many hearings as a country of 450 municipalities has running at once."""
MOST_CACHED_LETTERS: Final = 12_000_000
"""Letters of their JSON: those of some five hundred large dossiers."""

_t = tables.hearings
_d = tables.dossiers
_ROWS = select(
    *(_t.c.id, _t.c.code, _t.c.municipality_id, _t.c.phase, _t.c.version, _t.c.digest, _t.c.announced_at),
    *(_t.c.scheduled_at, _t.c.publish_at, _t.c.reminders, _t.c.closing_reminder),
    *(_t.c.setback_why, _t.c.setback_words, _t.c.setback_was, _t.c.all_entered_at),
)
_BY_IDS = PreparedQuery(_ROWS.where(among(_t.c.id, "ids")))
_BY_CODE = PreparedQuery(_ROWS.where(_t.c.code == bindparam("code")))
_LAST_ANNOUNCED = PreparedQuery(
    _ROWS.where(
        _t.c.municipality_id == bindparam("municipality_id"), _t.c.announced_at.is_not(None), _t.c.phase != Phase.DRAFT
    )
    .order_by(_t.c.announced_at.desc(), _t.c.id.desc())
    .limit(1)
)
_SITTING_AT = PreparedQuery(
    _ROWS.where(
        _t.c.municipality_id == bindparam("municipality_id"),
        _t.c.sits_at == bindparam("sits_at", type_=_t.c.sits_at.type),
    ).order_by(_t.c.id)
)
_HAS_CODE = PreparedQuery(select(_t.c.id).where(_t.c.code == bindparam("code")))
_PAGE_OF = (
    _ROWS.where(_t.c.municipality_id.in_(bindparam("municipalities", expanding=True)))
    .order_by(_t.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("offset"))
)
_RUNNING = _ROWS.where(
    _t.c.phase.in_([bindparam(None, each, type_=_t.c.phase.type) for each in (*CURRENT_PHASES, Phase.CLOSED)]),
    (_t.c.phase != Phase.CLOSED) | (_t.c.sits_at > bindparam("since", type_=_t.c.sits_at.type)),
).order_by(_t.c.phase, _t.c.id)
_MARKS = PreparedQuery(
    _RUNNING.with_only_columns(
        *(_t.c.id, _t.c.version, _t.c.digest, _t.c.closing_reminder),
        # as they are stored: a thousand of them are compared every few seconds, and none is looked at
        *(type_coerce(column, Text) for column in (_t.c.phase, _t.c.reminders)),
        *(type_coerce(column, BigInteger) for column in (_t.c.announced_at, _t.c.scheduled_at)),
    )
)
_c = tables.comments.c
_UNDECIDED = exists().where(_c.hearing_id == _t.c.id, _c.withdrawn_at.is_(None), _c.outcome.is_(None))
_UNANSWERED = PreparedQuery(_ROWS.where(_t.c.phase == Phase.CLOSED, _UNDECIDED).order_by(_t.c.id))
_PUBLISHING = PreparedQuery(
    _ROWS.where(_t.c.publish_at <= bindparam("at", type_=_t.c.publish_at.type), _t.c.phase == Phase.DRAFT).order_by(
        _t.c.publish_at, _t.c.id
    )
)
_BODIES = PreparedQuery(
    select(_t.c.digest, _d.c.body)
    .join_from(_t, _d, (_d.c.hearing_id == _t.c.id) & (_d.c.version == _t.c.version))
    .where(among(_t.c.id, "ids"))
)
_BODY = PreparedQuery(
    select(_d.c.body).where(_d.c.hearing_id == bindparam("hearing_id"), _d.c.version == bindparam("version"))
)
_VERSIONS = select(_d.c.body).where(_d.c.hearing_id == bindparam("hearing_id")).order_by(_d.c.version)


class DossierCache:
    """Parsed dossiers by the digest of their JSON: never stale, whatever the database rolls back or restores.

    Where they are too many, those go that were wanted longest ago.
    """

    def __init__(self) -> None:
        self._dossiers: OrderedDict[str, tuple[Dossier, int]] = OrderedDict()
        self._letters = 0

    def __len__(self) -> int:
        """How many there are."""
        return len(self._dossiers)

    def find(self, digest: str) -> Dossier | None:
        """The dossier with that digest, if it was parsed before."""
        if (found := self._dossiers.get(digest)) is None:
            return None
        self._dossiers.move_to_end(digest)
        return found[0]

    def keep(self, digest: str, dossier: Dossier, *, letters: int) -> None:
        """Add it, with the length of its JSON."""
        if digest in self._dossiers:
            return
        self._dossiers[digest] = dossier, letters
        self._letters += letters
        while len(self._dossiers) > max(1, MOST_CACHED_DOSSIERS) or self._letters > MOST_CACHED_LETTERS:
            _, (_, gone) = self._dossiers.popitem(last=False)
            self._letters -= gone


class HearingRepository:
    """Hearings with their dossiers."""

    def __init__(self, transaction: Transaction, dossiers: DossierCache) -> None:
        self._transaction = transaction
        self._dossiers = dossiers

    async def get(self, hearing_id: int) -> Hearing:
        """The hearing. Raises NotFound."""
        found = await self.get_many((hearing_id,))
        if hearing_id not in found:
            raise NotFound("hearing", hearing_id)
        return found[hearing_id]

    async def get_many(self, hearing_ids: Collection[int], *, keep: bool = True) -> Mapping[int, Hearing]:
        """Those of them that exist, in one query (and a second one for dossiers that are not in the cache).

        Without ``keep`` the cache stays as it is: whoever looks through all hearings wants none of them again soon.
        """
        if not hearing_ids:
            return {}
        rows = await self._transaction.rows(_BY_IDS, {"ids": hearing_ids})
        return {hearing.id: hearing for hearing in await self._hearings(rows, keep=keep)}

    async def find_code(self, code: str) -> Hearing | None:
        """The hearing with the code that people type."""
        found = await self._hearings(await self._transaction.rows(_BY_CODE, {"code": code}))
        return next(iter(found), None)

    async def has_code(self, code: str) -> bool:
        """True where a hearing has that code; no dossier is read."""
        return bool(await self._transaction.rows(_HAS_CODE, {"code": code}))

    async def list_of(self, municipality_id: int, phases: Collection[Phase]) -> tuple[Hearing, ...]:
        """The municipality's hearings in these phases, soonest sitting first."""
        asked = _of_municipality(tuple(phases))
        return await self._hearings(await self._transaction.rows(asked, {"municipality_id": municipality_id}))

    async def list_some(
        self, municipality_id: int, phases: Collection[Phase], *, most: int, latest: bool = False
    ) -> tuple[Hearing, ...]:
        """At most so many of ``list_of``: the first, or with ``latest`` the last, the latest sitting first."""
        asked = _some_of(tuple(phases), "latest" if latest else "soonest")
        given = {"municipality_id": municipality_id, "most": most}
        return await self._hearings(await self._transaction.rows(asked, given))

    async def list_newest(self, municipality_id: int, phases: Collection[Phase], *, most: int) -> tuple[Hearing, ...]:
        """At most so many of ``list_of``: those that were added last, the last one first."""
        given = {"municipality_id": municipality_id, "most": most}
        return await self._hearings(await self._transaction.rows(_some_of(tuple(phases), "added"), given))

    async def find_last_announced(self, municipality_id: int) -> Hearing | None:
        """The hearing of the municipality that was announced last."""
        rows = await self._transaction.rows(_LAST_ANNOUNCED, {"municipality_id": municipality_id})
        return next(iter(await self._hearings(rows)), None)

    async def list_alike(self, municipality_id: int, dossier: Dossier) -> tuple[Hearing, ...]:
        """The municipality's hearings, in any phase, that sit at the same moment as the dossier says."""
        given = {"municipality_id": municipality_id, "sits_at": _sits_at(dossier)}
        return await self._hearings(await self._transaction.rows(_SITTING_AT, given))

    async def count_of(self, municipality_id: int, phases: Collection[Phase]) -> int:
        """How many hearings the municipality has in these phases."""
        return int(await self._transaction.value(_count_of(tuple(phases)), {"municipality_id": municipality_id}))

    async def page_of(self, municipality_ids: Sequence[int], *, offset: int, most: int) -> tuple[Hearing, ...]:
        """Hearings of these municipalities in whatever phase, those that were added last first."""
        given = {"municipalities": list(municipality_ids), "offset": offset, "most": most}
        return await self._hearings(await self._transaction.rows(_PAGE_OF, given))

    async def list_unanswered(self) -> tuple[Hearing, ...]:
        """Every closed hearing with comments that are not withdrawn and have no decision."""
        return await self._hearings(await self._transaction.rows(_UNANSWERED, {}))

    async def list_running(self, at: datetime) -> tuple[Hearing, ...]:
        """Every hearing that is announced or open, and those closed that may have a sitting after ``at``."""
        return await self._hearings(await self._transaction.rows(_RUNNING, {"since": at - SITTINGS_SPAN}))

    async def running_marks(self, at: datetime) -> Mapping[int, object]:
        """Of each hearing of ``list_running`` what decides when something of it is due: equal until that changes."""
        rows = await self._transaction.rows(_MARKS, {"since": at - SITTINGS_SPAN})
        return {row.id: row for row in rows}

    async def add(self, municipality_id: int, code: str, dossier: Dossier, *, at: datetime) -> Hearing:
        """A new hearing, as a draft, with the dossier as its first version."""
        row = {
            "code": code,
            "municipality_id": municipality_id,
            "phase": Phase.DRAFT,
            "phase_since": at,
            "version": 1,
            "last_receipt": 0,
            "reminders": DEFAULT_REMINDERS,
            "closing_reminder": DEFAULT_CLOSING_REMINDER,
            **_dossier_columns(dossier),
        }
        hearing_id = int(await self._transaction.value(_t.insert().returning(_t.c.id), row))
        await self._add_version(hearing_id, 1, dossier)
        return Hearing(hearing_id, code, municipality_id, Phase.DRAFT, 1, dossier)

    async def set_phase(self, hearing_id: int, phase: Phase, *, at: datetime) -> None:
        """Enter a phase, and clear ``publish_at``. Raises NotFound.

        The first time it is announced stays ``announced_at`` and is ``scheduled_at``: its dates are public from then.
        """
        values: dict[str, Any] = {"phase": phase, "phase_since": at, "publish_at": None}
        if phase is Phase.ANNOUNCED:
            for name in ("announced_at", "scheduled_at"):
                values[name] = func.coalesce(_t.c[name], bindparam(name, at, _t.c[name].type))
        await self._change(hearing_id, values)

    async def revise(self, hearing_id: int, dossier: Dossier, *, at: datetime) -> Hearing:
        """The next version; earlier ones stay stored. Raises NotFound.

        Other dates of an announced hearing set ``scheduled_at`` to ``at``. Questions that are gone keep their votes.
        """
        before = await self.get(hearing_id)
        values = {"version": before.version + 1, **_dossier_columns(dossier)}
        if before.announced_at and _dates(before.dossier) != _dates(dossier):
            values["scheduled_at"] = at
        await self._change(hearing_id, values)
        await self._add_version(hearing_id, before.version + 1, dossier)
        return await self.get(hearing_id)

    async def drop_draft(self, hearing_id: int) -> None:
        """Remove a draft with everything that refers to it; nobody has answered it."""
        for table in reversed(metadata.sorted_tables):
            if "hearing_id" in table.c and table.c.hearing_id.foreign_keys:
                await self._transaction.run(delete(table).where(table.c.hearing_id == hearing_id))
        await self._transaction.run(delete(_t).where(_t.c.id == hearing_id, _t.c.phase == Phase.DRAFT))

    async def dossier_of(self, hearing_id: int, version: int) -> Dossier:
        """The dossier of that version. Raises NotFound."""
        body = await self._transaction.value(_BODY, {"hearing_id": hearing_id, "version": version})
        if body is None:
            raise NotFound("version", version)
        return dossier_from_json(body)

    async def set_setback(self, hearing_id: int, setback: Setback | None) -> None:
        """Why it is postponed or cancelled; None if it no longer is. Raises NotFound."""
        why, words, was = (setback.why, setback.words, setback.was) if setback else (None, None, None)
        await self._change(hearing_id, {"setback_why": why, "setback_words": words, "setback_was": was})

    async def set_all_entered(self, hearing_id: int, at: datetime | None) -> None:
        """When all was said to be entered; None if it no longer is. Raises NotFound."""
        await self._change(hearing_id, {"all_entered_at": at})

    async def set_publishing(self, hearing_id: int, at: datetime | None) -> None:
        """When the draft publishes itself; None if it does not. Raises NotFound."""
        await self._change(hearing_id, {"publish_at": at})

    async def set_reminders(self, hearing_id: int, reminders: Collection[int], *, closing: int) -> None:
        """Minutes before each sitting, stored longest first, and before answers close (0: none). Raises NotFound."""
        kept = tuple(sorted(set(reminders), reverse=True))
        await self._change(hearing_id, {"reminders": kept, "closing_reminder": closing})

    async def list_publishing(self, at: datetime) -> tuple[Hearing, ...]:
        """Drafts that publish themselves by ``at``, the longest due first."""
        return await self._hearings(await self._transaction.rows(_PUBLISHING, {"at": at}))

    async def every_question(self, hearing_id: int) -> Mapping[int, Question]:
        """Every question of every version by number, each as its last version has it: votes stay for all of them."""
        rows = await self._transaction.rows(_VERSIONS, {"hearing_id": hearing_id})
        return {question.no: question for row in rows for question in dossier_from_json(row.body).questions}

    async def _add_version(self, hearing_id: int, version: int, dossier: Dossier) -> None:
        await self._transaction.run(
            _d.insert(), {"hearing_id": hearing_id, "version": version, "body": dossier_to_json(dossier)}
        )
        numbers = [{"hearing_id": hearing_id, "no": question.no} for question in dossier.questions]
        asked = insert(self._transaction.dialect, tables.questions).on_conflict_do_nothing()
        await self._transaction.run_each(asked, numbers)

    async def _change(self, hearing_id: int, values: dict[str, Any]) -> None:
        if not await self._transaction.run(update(_t).where(_t.c.id == hearing_id).values(values)):
            raise NotFound("hearing", hearing_id)

    async def _hearings(self, rows: Sequence[Row], *, keep: bool = True) -> tuple[Hearing, ...]:
        found = {row.digest: self._dossiers.find(row.digest) for row in rows}
        if missing := [row.id for row in rows if found[row.digest] is None]:
            found |= await self._parse(missing, keep=keep)
        return tuple(_hearing(row, found[row.digest]) for row in rows)

    async def _parse(self, hearing_ids: Iterable[int], *, keep: bool) -> Mapping[str, Dossier]:
        rows = await self._transaction.rows(_BODIES, {"ids": tuple(hearing_ids)})
        parsed = {}
        for row in rows:
            parsed[row.digest] = dossier = dossier_from_json(row.body)
            if keep:
                self._dossiers.keep(row.digest, dossier, letters=len(row.body))
        return parsed


def _in_phases(phases: tuple[Phase, ...]) -> ColumnElement[bool]:
    """In these phases, each a parameter of its own: the few lists that are asked for stay prepared."""
    given = [bindparam(None, phase, type_=_t.c.phase.type) for phase in phases]
    return and_(_t.c.municipality_id == bindparam("municipality_id"), _t.c.phase.in_(given) if given else false())


@cache
def _of_municipality(phases: tuple[Phase, ...]) -> PreparedQuery:
    return PreparedQuery(_ROWS.where(_in_phases(phases)).order_by(_t.c.sits_at, _t.c.id))


@cache
def _some_of(phases: tuple[Phase, ...], first: Literal["soonest", "latest", "added"]) -> PreparedQuery:
    order: dict[str, tuple[ColumnElement[Any], ...]] = {
        "soonest": (_t.c.sits_at, _t.c.id),
        "latest": (_t.c.sits_at.desc(), _t.c.id.desc()),
        "added": (_t.c.id.desc(),),
    }
    return PreparedQuery(_ROWS.where(_in_phases(phases)).order_by(*order[first]).limit(bindparam("most")))


@cache
def _count_of(phases: tuple[Phase, ...]) -> PreparedQuery:
    return PreparedQuery(select(func.count()).select_from(_t).where(_in_phases(phases)))


def _dossier_columns(dossier: Dossier) -> dict[str, Any]:
    """The columns of a hearing's row that follow from its dossier."""
    return {"digest": hashlib.sha256(dossier_to_json(dossier).encode()).hexdigest(), "sits_at": _sits_at(dossier)}


def _sits_at(dossier: Dossier) -> datetime:
    return min((sitting.starts_at for sitting in dossier.sittings), default=dossier.closes_at)


def _dates(dossier: Dossier) -> tuple[object, ...]:
    return tuple(sitting.starts_at for sitting in dossier.sittings), dossier.opens_at, dossier.closes_at


def _hearing(row: Row, dossier: Dossier | None) -> Hearing:
    assert dossier is not None
    setback = Setback(row.setback_why, row.setback_words or "", row.setback_was) if row.setback_why else None
    return Hearing(
        *(row.id, row.code, row.municipality_id, row.phase, row.version, dossier, row.announced_at),
        *(row.scheduled_at, row.publish_at, row.reminders, row.closing_reminder, setback),
        all_entered_at=row.all_entered_at,
    )
