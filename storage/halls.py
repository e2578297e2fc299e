"""Halls of sittings: their state as JSON, keys of the day, questions that wait for an answer, answers."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, exists, func, select, text

from bot.domain.hall import Hall, HallAnswer, HallKey, StoredHall
from bot.domain.journal import Act
from storage import hall_tables, tables
from storage.columns import MomentColumn, compact_json
from storage.comment_rows import COMMENT_COLUMNS, comments_from
from storage.dialects import insert, upsert
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.domain.comments import Comment, Visibility
    from storage.database import Row, Transaction

_h = hall_tables.halls.c
_k = hall_tables.hall_keys.c
_a = hall_tables.hall_answers.c
_p = hall_tables.hall_people.c
_c = tables.comments.c
_MOMENTS: Final = ("item_since", "asked_at", "closed_at", "speaker_since")
_COLUMNS: Final = ("hearing_id", "sitting", "turned", "started_at", "ended_at")
_ALL = select(hall_tables.halls)
_HERE = (_h.hearing_id == bindparam("hearing"), _h.sitting == bindparam("no"))
_FIND = _ALL.where(*_HERE)
_OF_HEARING = _ALL.where(_h.hearing_id == bindparam("hearing"))
_RUNNING = _ALL.where(text(hall_tables.RUNNING_HALLS)).order_by(_h.hearing_id, _h.sitting)
_RUNNING_HERE = PreparedQuery(
    select(_h.sitting)
    .where(_h.hearing_id == bindparam("hearing"), text(hall_tables.RUNNING_HALLS))
    .order_by(_h.sitting.desc())
    .limit(1)
)
_BEHIND = exists().where(_p.hearing_id == _h.hearing_id, _p.sitting == _h.sitting, _p.shown < _h.turned)
_RECENT = _h.ended_at.is_(None) | (_h.ended_at > bindparam("since", type_=MomentColumn))
_TURNED = _ALL.where(_h.started_at.is_not(None), _BEHIND).order_by(_h.hearing_id, _h.sitting)
_CODED = _ALL.where(
    *(text(hall_tables.HALLS_WITH_CODE), _h.ended_at.is_(None)),
    _h.code_at > bindparam("since", type_=MomentColumn),
)
_WITH_CODE = _CODED.where(_h.code == bindparam("given"))
_LOCK = select(tables.hearings.c.id).where(tables.hearings.c.id == bindparam("hearing")).with_for_update(key_share=True)
_KEYS_HERE = (_k.hearing_id == bindparam("hearing"), _k.sitting == bindparam("no"))
_KEY = select(hall_tables.hall_keys).where(_k.digest == bindparam("given"))
_KEYS = select(func.count()).where(*_KEYS_HERE, _k.made_at > bindparam("since", type_=MomentColumn))
_QUESTIONS = (
    select(*COMMENT_COLUMNS)
    .where(_c.hearing_id == bindparam("hearing"), _c.visibility == bindparam("standing"))
    .where(text(tables.OPEN_QUESTIONS))  # as in the index
    .where(~exists().where(_a.comment_id == _c.id))
    .order_by(_c.support.desc(), _c.id)
    .limit(bindparam("most"))
)
_ANSWERS = select(hall_tables.hall_answers).where(_a.hearing_id == bindparam("hearing")).order_by(_a.at, _a.comment_id)


class HallRepository:
    """Halls by hearing and sitting."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def find(self, hearing_id: int, sitting: int) -> StoredHall | None:
        """The hall of a sitting; None where nobody has made anything of it yet."""
        row = await self._transaction.first(_FIND, {"hearing": hearing_id, "no": sitting})
        return None if row is None else _stored(row)

    async def get_many(self, keys: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], Hall]:
        """Those of them that there are, by hearing and sitting."""
        found = {}
        for hearing_id in {hearing_id for hearing_id, _ in keys}:
            for row in await self._transaction.rows(_OF_HEARING, {"hearing": hearing_id}):
                found[row.hearing_id, row.sitting] = _stored(row).hall
        return {key: hall for key, hall in found.items() if key in keys}

    async def lock(self, hearing_id: int) -> None:
        """Let others who act in a hall of the hearing wait until this transaction ends."""
        await self._transaction.rows(_LOCK, {"hearing": hearing_id})

    async def put(self, stored: StoredHall) -> None:
        """Store a hall in place of what stood there."""
        row = {name: getattr(stored.hall, name) for name in _COLUMNS}
        row |= {"state": _written(stored.hall), "before": _written(stored.before) if stored.before else ""}
        row |= {"code": stored.code, "code_at": stored.code_at}
        await self._transaction.run(upsert(self._transaction.dialect, hall_tables.halls), row)

    async def running_of(self, hearing_id: int) -> int:
        """The number of a sitting of the hearing that goes on; 0 where none does."""
        return int(await self._transaction.value(_RUNNING_HERE, {"hearing": hearing_id}) or 0)

    async def list_running(self) -> tuple[Hall, ...]:
        """The halls of sittings that have begun and are not over."""
        return tuple(_stored(row).hall for row in await self._transaction.rows(_RUNNING))

    async def list_turned(self, ended_since: datetime) -> tuple[Hall, ...]:
        """The halls of which somebody's screen shows an earlier state; without those that were over before then."""
        rows = await self._transaction.rows(_TURNED.where(_RECENT), {"since": ended_since})
        return tuple(_stored(row).hall for row in rows)

    async def list_with_code(self, code: int, since: datetime) -> tuple[StoredHall, ...]:
        """The halls whose code of the day it is, made after ``since``, and whose sitting is not over."""
        return tuple(map(_stored, await self._transaction.rows(_WITH_CODE, {"given": code, "since": since})))

    async def has_code(self, since: datetime) -> bool:
        """True where some hall has a code of the day, made after ``since``, and its sitting is not over."""
        return await self._transaction.first(_CODED.limit(1), {"since": since}) is not None

    async def add_key(self, key: HallKey) -> None:
        """Store a key."""
        await self._transaction.run(insert(self._transaction.dialect, hall_tables.hall_keys), dataclasses.asdict(key))

    async def find_key(self, digest: str) -> HallKey | None:
        """The key with that digest."""
        row = await self._transaction.first(_KEY, {"given": digest})
        return None if row is None else HallKey(*row)

    async def drop_keys(self, hearing_id: int, sitting: int) -> int:
        """Remove every key to the hall; returns how many there were."""
        drop = delete(hall_tables.hall_keys).where(*_KEYS_HERE)
        return await self._transaction.run(drop, {"hearing": hearing_id, "no": sitting})

    async def drop_old_keys(self, before: datetime) -> None:
        """Remove keys that were made before then."""
        await self._transaction.run(delete(hall_tables.hall_keys).where(_k.made_at < before))

    async def count_keys(self, hearing_id: int, sitting: int, since: datetime) -> int:
        """How many keys to the hall were made after ``since``."""
        return int(await self._transaction.value(_KEYS, {"hearing": hearing_id, "no": sitting, "since": since}))

    async def list_questions(self, hearing_id: int, visibility: Visibility, *, limit: int) -> tuple[Comment, ...]:
        """Questions to the presenters without an answer, the most supported first, of those the oldest."""
        given = {"hearing": hearing_id, "standing": visibility, "most": limit}
        return await comments_from(await self._transaction.rows(_QUESTIONS, given), self._transaction)

    async def put_answer(self, answer: HallAnswer) -> None:
        """Store that a question was answered in a hall, in place of what stood there."""
        await self._transaction.run(
            upsert(self._transaction.dialect, hall_tables.hall_answers), dataclasses.asdict(answer)
        )

    async def drop_answer(self, comment_id: int) -> None:
        """Remove what was stored of an answer in a hall."""
        await self._transaction.run(delete(hall_tables.hall_answers).where(_a.comment_id == comment_id))

    async def answers(self, hearing_id: int) -> tuple[HallAnswer, ...]:
        """What was answered in the halls of a hearing, oldest first."""
        return tuple(HallAnswer(*row) for row in await self._transaction.rows(_ANSWERS, {"hearing": hearing_id}))


def _written(hall: Hall) -> str:
    """The state as JSON, without what has columns of its own but for the moments of its beginning and end."""
    fields = dataclasses.asdict(hall)
    return compact_json({name: v.isoformat() if isinstance(v, datetime) else v for name, v in fields.items()})


def _read(body: str) -> Hall:
    fields: dict[str, Any] = json.loads(body)
    for name in (*_MOMENTS, "started_at", "ended_at"):
        fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
    fields["hands"] = tuple(fields["hands"])
    fields["last"] = Act(fields["last"]) if fields["last"] else None
    return Hall(**fields)


def _stored(row: Row) -> StoredHall:
    return StoredHall(_read(row.state), _read(row.before) if row.before else None, row.code, row.code_at)
