"""The hall of a sitting: what its chair does, keys of the day, who takes part, who asks for the floor."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0031"


def upgrade() -> None:
    _halls()
    _people()
    op.create_table(
        "hall_answers",
        _key("comment_id", sa.BigInteger, sa.ForeignKey("comments.id")),
        _required("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id")),
        _required("sitting", sa.Integer),
        _required("at", sa.BigInteger),
        _required("note", sa.Text),
        sa.Column("by", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hall_answers_hearing", "hall_answers", ["hearing_id"])


def _halls() -> None:
    op.create_table(
        "halls",
        _key("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id")),
        _key("sitting", sa.Integer),
        _required("turned", sa.BigInteger),
        *(sa.Column(name, sa.BigInteger) for name in ("started_at", "ended_at")),
        *(_required(name, sa.Text) for name in ("state", "before")),
        _required("code", sa.BigInteger),
        sa.Column("code_at", sa.BigInteger),
    )
    _partial("ix_halls_running", "halls", "hearing_id", "started_at IS NOT NULL AND ended_at IS NULL")
    _partial("ix_halls_code", "halls", "code", "code <> 0")
    op.create_table(
        "hall_keys",
        _key("digest", sa.Text),
        _required("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id")),
        _required("sitting", sa.Integer),
        _required("door", sa.Text),
        _required("made_at", sa.BigInteger),
        _required("made_by", sa.BigInteger, sa.ForeignKey("residents.id")),
    )
    op.create_index("ix_hall_keys_sitting", "hall_keys", ["hearing_id", "sitting"])


def _people() -> None:
    op.create_table(
        "hall_people",
        _key("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id")),
        _key("sitting", sa.Integer),
        _key("resident_id", sa.BigInteger, sa.ForeignKey("residents.id")),
        _required("in_hall", sa.Boolean),
        *(_required(name, sa.BigInteger) for name in ("at", "message_id", "shown")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hall_people_resident", "hall_people", ["resident_id"])
    op.create_table(
        "wrong_hall_codes",
        _key("resident_id", sa.BigInteger, sa.ForeignKey("residents.id")),
        _required("count", sa.Integer),
        _required("since", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "floor_requests",
        _key("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id")),
        *(_key(name, sa.Integer) for name in ("sitting", "number")),
        sa.Column("resident_id", sa.BigInteger, sa.ForeignKey("residents.id")),
        _required("in_hall", sa.Boolean),
        _required("asked_at", sa.BigInteger),
        *(sa.Column(name, sa.BigInteger) for name in ("called_at", "ended_at", "withdrawn_at")),
        sqlite_with_rowid=False,
    )
    _partial("ix_floor_requests_resident", "floor_requests", "resident_id", "resident_id IS NOT NULL")


def _key(name: str, kind: Any, *rest: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *rest, primary_key=True, autoincrement=False)


def _required(name: str, kind: Any, *rest: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *rest, nullable=False)


def _partial(name: str, table: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, [column], sqlite_where=condition, postgresql_where=condition)
