"""Questions that stand in groups and channels, and what each message tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, func, or_, select, text, update

from bot.domain.rooms import PostedQuestion, PostedState
from bot.domain.tallies import ALL_OPTIONS
from storage.dialects import upsert
from storage.outbox_tables import LIVE_POSTS, posted_questions, rooms
from storage.tables import hearings, rollup, shown_tallies

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Row, Transaction

_c, _h, _r, _s = posted_questions.c, hearings.c, rollup.c, shown_tallies.c
_ALL = select(
    *(_c.room_id, _c.hearing_id, _c.question_no, _c.due_at),
    *(_c.message_id, _c.voters, _c.told, _c.phase, _c.version),
)
_HERE = and_(
    _c.room_id == bindparam("room"), _c.hearing_id == bindparam("hearing"), _c.question_no == bindparam("question")
)
_ONE = _ALL.where(_HERE)
_MESSAGE = _ALL.where(_c.room_id == bindparam("room"), _c.message_id == bindparam("message"))
_VOTERS = (
    select(func.coalesce(func.sum(_r.voters), 0))
    .where(_r.hearing_id == _c.hearing_id, _r.question_no == _c.question_no, _r.option_no == ALL_OPTIONS)
    .scalar_subquery()
)
_TOLD = func.coalesce(
    select(_s.voters).where(_s.hearing_id == _c.hearing_id, _s.question_no == _c.question_no).scalar_subquery(), 0
)
_STALE = (
    _ALL.add_columns(_VOTERS.label("voters_now"), _TOLD.label("told_now"), _h.phase.label("phase_now"))
    .add_columns(_h.version.label("version_now"))
    .select_from(
        posted_questions.join(hearings, _h.id == _c.hearing_id).join(
            rooms,
            and_(rooms.c.id == _c.room_id, rooms.c.left_at.is_(None), rooms.c.municipality_id.is_not(None)),
        )
    )
    .where(
        text(f"({LIVE_POSTS.replace('phase', 'posted_questions.phase')})"),
        _c.due_at <= bindparam("at", type_=_c.due_at.type),
        or_(
            _c.message_id.is_(None),
            _c.phase != _h.phase,
            _c.version != _h.version,
            _c.voters != _VOTERS,
            _c.told != _TOLD,
        ),
    )
    .order_by(_c.due_at, _c.room_id, _c.hearing_id, _c.question_no)
    .limit(bindparam("limit"))
)
_TAKE = (
    update(posted_questions)
    .where(_HERE, _c.due_at == bindparam("was", type_=_c.due_at.type))
    .values(due_at=bindparam("until", type_=_c.due_at.type))
)
_DROP = delete(posted_questions).where(_HERE)


class PostedQuestionRepository:
    """Questions posted in rooms, one of each in each room."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, posted: PostedQuestion) -> None:
        """Store it in the place of the one that stands in the room."""
        state = posted.state
        row = {
            "room_id": posted.room_id,
            "hearing_id": posted.hearing_id,
            "question_no": posted.question_no,
            "due_at": posted.due_at,
            "message_id": posted.message_id,
            "voters": state.voters if state else None,
            "told": state.told if state else None,
            "phase": state.phase if state else None,
            "version": state.version if state else None,
        }
        await self._transaction.run(upsert(self._transaction.dialect, posted_questions), row)

    async def find(self, room_id: int, hearing_id: int, question_no: int) -> PostedQuestion | None:
        """The question as it stands in the room."""
        key = {"room": room_id, "hearing": hearing_id, "question": question_no}
        row = await self._transaction.first(_ONE, key)
        return None if row is None else _posted(row)

    async def find_message(self, room_id: int, message_id: int) -> PostedQuestion | None:
        """The question that the message is."""
        row = await self._transaction.first(_MESSAGE, {"room": room_id, "message": message_id})
        return None if row is None else _posted(row)

    async def list_stale(self, at: datetime, *, limit: int) -> tuple[tuple[PostedQuestion, PostedState], ...]:
        """Those that are due and tell something else than what is so now, with that, the longest due first.

        Only of rooms that are linked and not left.
        """
        rows = await self._transaction.rows(_STALE, {"at": at, "limit": limit})
        return tuple(
            (_posted(row), PostedState(int(row.voters_now), int(row.told_now), row.phase_now, row.version_now))
            for row in rows
        )

    async def take(self, posted: PostedQuestion, until: datetime) -> bool:
        """Keep others from it ``until`` then; False where another process has taken or changed it meanwhile."""
        given = {**_key(posted), "was": posted.due_at, "until": until}
        return bool(await self._transaction.run(_TAKE, given))

    async def drop(self, posted: PostedQuestion) -> None:
        """Forget that it stands there."""
        await self._transaction.run(_DROP, _key(posted))


def _key(posted: PostedQuestion) -> dict[str, Any]:
    return {"room": posted.room_id, "hearing": posted.hearing_id, "question": posted.question_no}


def _posted(row: Row) -> PostedQuestion:
    state = None if row.phase is None else PostedState(row.voters, row.told, row.phase, row.version)
    return PostedQuestion(row.room_id, row.hearing_id, row.question_no, row.due_at, row.message_id, state)
