"""Indexes of a municipality's newest hearings and of a village's reminders; participants are counted by triggers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0043"

GROUP = ("hearing_id", "village_id", "gender", "age_band", "municipality_id")
"""The columns of a participant that a count is of."""
_ANNOUNCED = sa.text("announced_at IS NOT NULL")
_VILLAGES = sa.text("kind = 'village'")


def upgrade() -> None:
    op.create_index("ix_hearings_newest", "hearings", ["municipality_id", "id"])
    op.create_index(
        "ix_hearings_announced",
        "hearings",
        ["municipality_id", "announced_at", "id"],
        sqlite_where=_ANNOUNCED,
        postgresql_where=_ANNOUNCED,
    )
    op.create_index(
        "ix_broadcasts_villages",
        "broadcasts",
        ["step", "edition"],
        sqlite_where=_VILLAGES,
        postgresql_where=_VILLAGES,
    )
    op.drop_index("ix_participants_groups", "participants")
    op.create_index("ix_participants_newest", "participants", ["hearing_id", "first_at", "resident_id"])
    _count_participants()


def _count_participants() -> None:
    words = ("gender", "age_band")
    op.create_table(
        "participant_counts",
        *(
            sa.Column(
                name,
                sa.Text if name in words else sa.BigInteger,
                *([sa.ForeignKey("hearings.id")] if name == "hearing_id" else []),
                primary_key=True,
                autoincrement=False,
            )
            for name in GROUP
        ),
        sa.Column("people", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    names = ", ".join(GROUP)
    op.execute(
        f"INSERT INTO participant_counts SELECT {names}, count(*) FROM participants GROUP BY {names}"  # noqa: S608 - our names
    )
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgresql_triggers()


def _add() -> str:
    names, values = ", ".join(GROUP), ", ".join(f"NEW.{name}" for name in GROUP)
    counted = f"INSERT INTO participant_counts ({names}, people) VALUES ({values}, 1)"  # noqa: S608 - our names
    return f"{counted} ON CONFLICT ({names}) DO UPDATE SET people = participant_counts.people + 1;"


def _take() -> str:
    """No count of nobody stays: it would tell of which group somebody was who is forgotten."""
    same = " AND ".join(f"{name} = OLD.{name}" for name in GROUP)
    fewer = f"UPDATE participant_counts SET people = people - 1 WHERE {same};"  # noqa: S608 - our names
    return f"{fewer} DELETE FROM participant_counts WHERE {same} AND people < 1;"  # noqa: S608 - our names


def _sqlite_triggers() -> None:
    for name, event, body in (
        ("participants_added", "INSERT", _add()),
        ("participants_removed", "DELETE", _take()),
        ("participants_changed", f"UPDATE OF {', '.join(GROUP)}", _take() + _add()),
    ):
        op.execute(f"CREATE TRIGGER {name} AFTER {event} ON participants BEGIN {body} END")


def _postgresql_triggers() -> None:
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION count_participant() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN {_take()} END IF;
            IF TG_OP <> 'DELETE' THEN {_add()} END IF;
            RETURN NULL;
        END $$
        """
    )
    events = f"INSERT OR DELETE OR UPDATE OF {', '.join(GROUP)}"
    op.execute(
        f"CREATE TRIGGER participants_counted AFTER {events} ON participants"
        " FOR EACH ROW EXECUTE FUNCTION count_participant()"
    )
