"""The journal is only added to, and says to which municipality and hearing an act belongs.

Triggers refuse every change of a line, and every removal but of a year that stands in ``journal_dropped_years``.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

REFUSAL = "the journal is only added to"
NUMBER = "CAST(substr(journal.subject, {first}) AS BIGINT)"
"""Of the subject, behind its noun."""
MUNICIPALITY_OF = {
    "municipality": "SELECT id FROM places WHERE id = {number}",
    "hearing": "SELECT municipality_id FROM hearings WHERE id = {number}",
    "comment": (
        "SELECT municipality_id FROM comments JOIN hearings ON hearings.id = comments.hearing_id"
        " WHERE comments.id = {number}"
    ),
}
HEARING_OF = {
    "hearing": "SELECT id FROM hearings WHERE id = {number}",
    "comment": "SELECT hearing_id FROM comments WHERE id = {number}",
}


def upgrade() -> None:
    op.create_table(
        "journal_dropped_years",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("dropped_at", sa.BigInteger, nullable=False),
    )
    for name in ("municipality_id", "hearing_id"):
        op.add_column("journal", sa.Column(name, sa.BigInteger))
    for column, sources in (("municipality_id", MUNICIPALITY_OF), ("hearing_id", HEARING_OF)):
        for noun, found in sources.items():
            value = found.format(number=NUMBER.format(first=len(noun) + 2))
            op.execute(f"UPDATE journal SET {column} = ({value}) WHERE subject LIKE '{noun}:%'")  # noqa: S608 - our names
    op.create_index("ix_journal_municipality", "journal", ["municipality_id", "id"])
    op.create_index("ix_journal_at", "journal", ["at"])
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgresql_triggers()


def _sqlite_triggers() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    op.execute(f"CREATE TRIGGER journal_changed BEFORE UPDATE ON journal {refuse}")
    year = "CAST(strftime('%Y', OLD.at / 1000000, 'unixepoch') AS INTEGER)"
    dropped = f"SELECT 1 FROM journal_dropped_years WHERE year = {year}"  # noqa: S608 - our own words
    op.execute(f"CREATE TRIGGER journal_removed BEFORE DELETE ON journal WHEN NOT EXISTS ({dropped}) {refuse}")


def _postgresql_triggers() -> None:
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF EXISTS (SELECT 1 FROM journal_dropped_years
                           WHERE year = extract(year FROM to_timestamp(OLD.at / 1000000) AT TIME ZONE 'UTC')) THEN
                    RETURN OLD;
                END IF;
            END IF;
            RAISE EXCEPTION '{REFUSAL}';
        END $$
        """  # noqa: S608 - our own words
    )
    for name, event, each in (
        ("journal_changed", "UPDATE OR DELETE", "ROW"),
        ("journal_emptied", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON journal FOR EACH {each} EXECUTE FUNCTION refuse_journal_change()"
        )
