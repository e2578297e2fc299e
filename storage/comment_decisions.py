"""The commission's decisions on comments, as columns of theirs, and the comments that have none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, exists, select, text, update

from storage import tables
from storage.columns import compact_json, microseconds, storable
from storage.comment_rows import COMMENT_COLUMNS
from storage.desk_tables import proposals
from storage.dialects import json_records
from storage.supports import CommentSupports

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Update

    from bot.domain.comments import Comment, Decision

_t = tables.comments
_c = _t.c
_s = tables.supports.c
_ALL = select(*COMMENT_COLUMNS)
_HERE = _c.hearing_id == bindparam("hearing_id")
_WITHOUT_DECISION = and_(_HERE, text(tables.UNDECIDED_COMMENTS))
_PROPOSED = exists().where(proposals.c.comment_id == _c.id, proposals.c.sent_back_at.is_(None))
_DECISION: Final = ("outcome", "reason", "responsible", "due", "decided_at", "done_at", "changes")


def _deciding(owner: ColumnElement[Any]) -> Update:
    """Store ``decisions`` on the comments that ``owner`` names."""
    _given, (comment, *values) = json_records("decisions", int, str, str, str, date, int, int, str)
    return update(_t).where(owner == comment).values(dict(zip(_DECISION, values, strict=True)))


_DECIDE, _DECIDE_JOINED = _deciding(_c.id), _deciding(_c.merged_into)


class CommentDecisions(CommentSupports):
    """What the commission has answered, and to which comments it has not."""

    async def decide(self, comment_id: int, decision: Decision | None) -> None:
        """Store the commission's answer in place of an earlier one; None removes it. Raises NotFound.

        Comments that are joined with it have it too.
        """
        values = _decision_values(decision)
        await self._change(comment_id, values)
        await self._transaction.run(update(_t).where(_c.merged_into == comment_id).values(values))

    async def take_back(self, comment_id: int, *, at: datetime) -> None:
        """Remove the commission's answer, also from those joined with the comment. Raises NotFound.

        ``at`` is kept, so that a notice finds whom it concerns.
        """
        values = {**_decision_values(None), "decided_at": at}
        await self._change(comment_id, values)
        await self._transaction.run(update(_t).where(_c.merged_into == comment_id).values(values))

    async def decide_each(self, decisions: Mapping[int, Decision]) -> None:
        """Store the commission's answers in place of earlier ones, by the comments' ids; those joined have them too.

        In two statements, however many there are: others wait for the transaction that writes.
        """
        if decisions:
            given = {"decisions": compact_json([_decision_record(*each) for each in decisions.items()])}
            await self._transaction.run(_DECIDE, given)
            await self._transaction.run(_DECIDE_JOINED, given)

    async def list_undecided(self, hearing_id: int, *, offset: int, limit: int) -> tuple[Comment, ...]:
        """Comments that are not withdrawn and have no decision, nor a proposed one; hidden ones too, oldest first."""
        statement = _ALL.where(_WITHOUT_DECISION, ~_PROPOSED).order_by(_c.id).offset(offset).limit(limit)
        return await self._list(statement, {"hearing_id": hearing_id})

    async def list_concerned(self, hearing_id: int, resident_id: int, decided_at: datetime) -> tuple[Comment, ...]:
        """Comments that were decided on at that moment and that the person wrote or supports, by receipt number."""
        supported = select(_s.comment_id).where(_s.resident_id == bindparam("resident_id"))
        theirs = (_c.author_id == bindparam("resident_id")) | _c.id.in_(supported)
        at = _c.decided_at == bindparam("decided_at", type_=_c.decided_at.type)
        statement = _ALL.where(_HERE, at, theirs, _c.withdrawn_at.is_(None)).order_by(_c.id)
        given = {"hearing_id": hearing_id, "resident_id": resident_id, "decided_at": decided_at}
        return await self._list(statement, given)

    async def list_latest_decided(self, hearing_id: int, *, limit: int) -> tuple[Comment, ...]:
        """Comments with a decision that has a reason, the latest decision first."""
        reasoned = _ALL.where(_HERE, text(tables.REASONED_COMMENTS))
        latest = reasoned.order_by(_c.decided_at.desc(), _c.id.desc()).limit(limit)
        return await self._list(latest, {"hearing_id": hearing_id})


def _decision_values(decision: Decision | None) -> dict[str, Any]:
    values = {name: getattr(decision, name, None) for name in _DECISION}
    return {**values, "changes": str(decision.changes) if decision and decision.changes else None}


def _decision_record(comment_id: int, decision: Decision) -> tuple[int | str | None, ...]:
    """The values of ``_DECISION`` behind the comment's id, as ``json_records`` reads them."""
    return (
        comment_id,
        decision.outcome.value,
        storable(decision.reason),
        storable(decision.responsible),
        decision.due.isoformat() if decision.due else None,
        microseconds(decision.decided_at),
        microseconds(decision.done_at),
        str(decision.changes) if decision.changes else None,
    )
