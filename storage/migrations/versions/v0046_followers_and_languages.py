"""Counts of followers and of participants by language, kept by triggers; comments are found by their village."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"

FOLLOWER = {
    "municipality_id": "{row}.municipality_id",
    "village_id": "coalesce({row}.village_id, 0)",
    "reminders": "{row}.reminders",
}
"""The columns that a count of followers is of, and what they are of a resident."""
FOLLOWS = (
    "{row}.municipality_id IS NOT NULL AND {row}.telegram_id IS NOT NULL AND {row}.blocked_at IS NULL"
    " AND {row}.reminders <> 'none'"
)
READS = "CASE WHEN {row}.telegram_id IS NULL THEN '' ELSE {row}.language END"
"""The language that a resident reads; none of a forgotten one."""
NAMES = ", ".join(FOLLOWER)


def upgrade() -> None:
    standing = sa.text("withdrawn_at IS NULL")
    op.create_index(
        "ix_comments_villages",
        "comments",
        ["hearing_id", "village_id", "id"],
        sqlite_where=standing,
        postgresql_where=standing,
    )
    _table("follower_counts", municipality_id=sa.BigInteger, village_id=sa.BigInteger, reminders=sa.Text)
    _table("participant_languages", hearing_id=sa.BigInteger, language=sa.Text)
    group = ", ".join(each.format(row="residents") for each in FOLLOWER.values())
    counted = f"SELECT {group}, count(*) FROM residents WHERE {FOLLOWS.format(row='residents')} GROUP BY 1, 2, 3"  # noqa: S608 - our names
    op.execute(f"INSERT INTO follower_counts ({NAMES}, people) {counted}")
    op.execute(
        f"INSERT INTO participant_languages SELECT hearing_id, {READS.format(row='residents')}, count(*)"  # noqa: S608 - our names
        " FROM participants JOIN residents ON residents.id = resident_id GROUP BY 1, 2"
    )
    keep = _keep_on_sqlite if op.get_bind().dialect.name == "sqlite" else _keep_on_postgresql
    changing = "municipality_id, village_id, reminders, telegram_id, blocked_at"
    keep("followers", "residents", changing, _follower_gone(), _follower_come())
    keep("participant_languages", "participants", "hearing_id, resident_id", _participant_gone(), _participant_come())
    keep("languages_read", "residents", "language, telegram_id", _unread(), _read())


def _table(name: str, **columns: type[sa.BigInteger | sa.Text]) -> None:
    keys = [sa.Column(column, kind, primary_key=True, autoincrement=False) for column, kind in columns.items()]
    op.create_table(name, *keys, sa.Column("people", sa.BigInteger, nullable=False), sqlite_with_rowid=False)


def _follower_come() -> str:
    values = ", ".join(each.format(row="NEW") for each in FOLLOWER.values())
    counted = f"INSERT INTO follower_counts ({NAMES}, people) SELECT {values}, 1 WHERE {FOLLOWS.format(row='NEW')}"
    return f"{counted} ON CONFLICT ({NAMES}) DO UPDATE SET people = follower_counts.people + 1;"


def _follower_gone() -> str:
    """No count of nobody stays: it would tell where somebody lived who is forgotten."""
    same = " AND ".join(f"{name} = {each.format(row='OLD')}" for name, each in FOLLOWER.items())
    fewer = f"UPDATE follower_counts SET people = people - 1 WHERE {same} AND {FOLLOWS.format(row='OLD')};"  # noqa: S608 - our names
    return f"{fewer} DELETE FROM follower_counts WHERE {same} AND people < 1;"  # noqa: S608 - our names


def _more(language: str, hearings: str) -> str:
    counted = f"INSERT INTO participant_languages (hearing_id, language, people) SELECT {language}, 1 FROM {hearings}"  # noqa: S608 - our names
    return f"{counted} ON CONFLICT (hearing_id, language) DO UPDATE SET people = participant_languages.people + 1;"


def _fewer(language: str, hearings: str) -> str:
    here = f"hearing_id {hearings}"
    fewer = f"UPDATE participant_languages SET people = people - 1 WHERE {here} AND language = {language};"  # noqa: S608 - our names
    return f"{fewer} DELETE FROM participant_languages WHERE {here} AND people < 1;"  # noqa: S608 - our names


def _participant_come() -> str:
    return _more(f"NEW.hearing_id, {READS.format(row='residents')}", "residents WHERE id = NEW.resident_id")


def _participant_gone() -> str:
    language = f"(SELECT {READS.format(row='residents')} FROM residents WHERE id = OLD.resident_id)"  # noqa: S608 - our names
    return _fewer(language, "= OLD.hearing_id")


def _read() -> str:
    return _more(f"hearing_id, {READS.format(row='NEW')}", "participants WHERE resident_id = NEW.id")


def _unread() -> str:
    return _fewer(READS.format(row="OLD"), "IN (SELECT hearing_id FROM participants WHERE resident_id = OLD.id)")


def _keep_on_sqlite(name: str, table: str, changing: str, gone: str, come: str) -> None:
    for event, body in (("INSERT", come), ("DELETE", gone), (f"UPDATE OF {changing}", gone + come)):
        op.execute(f"CREATE TRIGGER {name}_{event[:6].lower()} AFTER {event} ON {table} BEGIN {body} END")


def _keep_on_postgresql(name: str, table: str, changing: str, gone: str, come: str) -> None:
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION keep_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN {gone} END IF;
            IF TG_OP <> 'DELETE' THEN {come} END IF;
            RETURN NULL;
        END $$
        """
    )
    events = f"INSERT OR DELETE OR UPDATE OF {changing}"
    op.execute(f"CREATE TRIGGER {name}_kept AFTER {events} ON {table} FOR EACH ROW EXECUTE FUNCTION keep_{name}()")
