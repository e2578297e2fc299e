"""Counts of comments, kept by triggers; the length of their words, and indexes of what waits, changes, is due."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0040"

GROUP = {
    "hearing_id": "{row}.hearing_id",
    "kind": "{row}.kind",
    "channel": "{row}.channel",
    "visibility": "{row}.visibility",
    "withdrawn": "{row}.withdrawn_at IS NOT NULL",
    "outcome": "coalesce({row}.outcome, '')",
    "joined": "{row}.merged_into IS NOT NULL",
    "done": "{row}.done_at IS NOT NULL",
    "about_kind": "{row}.about_kind",
    "about_no": "{row}.about_no",
}
"""The columns that a count is of, and what they are in a comment."""
CHANGING = (
    "hearing_id, kind, channel, visibility, withdrawn_at, outcome, merged_into, done_at, about_kind, about_no, support"
)
"""Columns of a comment that change a count."""
STANDING = sa.text("withdrawn_at IS NULL AND merged_into IS NULL")
UNDECIDED = sa.text("outcome IS NULL AND withdrawn_at IS NULL AND merged_into IS NULL")
INDEXES: dict[str, tuple[list[str], Any]] = {
    "ix_comments_undecided": (["hearing_id", "id"], UNDECIDED),
    "ix_comments_alike": (["hearing_id", "letters", "id"], STANDING),
    "ix_comments_languages": (["hearing_id", "language"], sa.text("withdrawn_at IS NULL")),
    "ix_comments_changing": (["hearing_id", "id"], sa.text("changes IS NOT NULL")),
    "ix_comments_reasons": (["hearing_id", "decided_at", "id"], sa.text("outcome IS NOT NULL AND reason <> ''")),
    "ix_comments_due": (
        ["hearing_id", "due", "outcome", "visibility", "withdrawn_at", "merged_into"],
        sa.text("outcome IS NOT NULL AND done_at IS NULL"),
    ),
}


def upgrade() -> None:
    op.add_column("comments", sa.Column("letters", sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE comments SET letters = length(folded)")
    op.drop_index("ix_comments_counts", "comments")
    for name, (columns, where) in INDEXES.items():
        op.create_index(name, "comments", columns, sqlite_where=where, postgresql_where=where)
    flags, integers = ("withdrawn", "joined", "done"), ("hearing_id", "about_no")
    op.create_table(
        "comment_counts",
        *(
            sa.Column(
                name,
                sa.Boolean if name in flags else sa.BigInteger if name in integers else sa.Text,
                *([sa.ForeignKey("hearings.id")] if name == "hearing_id" else []),
                primary_key=True,
                autoincrement=False,
            )
            for name in GROUP
        ),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("comments", "support")),
        sqlite_with_rowid=False,
    )
    of_comments = ", ".join(each.format(row="comments") for each in GROUP.values())
    numbers = ", ".join(str(number) for number in range(1, len(GROUP) + 1))
    counted = f"SELECT {of_comments}, count(*), sum(support) FROM comments GROUP BY {numbers}"  # noqa: S608 - our names
    op.execute(f"INSERT INTO comment_counts {counted}")
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgresql_triggers()


def _add() -> str:
    values = ", ".join(each.format(row="NEW") for each in GROUP.values())
    names = ", ".join(GROUP)
    counted = f"INSERT INTO comment_counts ({names}, comments, support) VALUES ({values}, 1, NEW.support)"  # noqa: S608
    more = "comments = comment_counts.comments + 1, support = comment_counts.support + excluded.support"
    return f"{counted} ON CONFLICT ({names}) DO UPDATE SET {more};"


def _take() -> str:
    same = " AND ".join(f"{name} = ({each.format(row='OLD')})" for name, each in GROUP.items())
    return f"UPDATE comment_counts SET comments = comments - 1, support = support - OLD.support WHERE {same};"  # noqa: S608 - our names


def _sqlite_triggers() -> None:
    for name, event, body in (
        ("comments_added", "INSERT", _add()),
        ("comments_removed", "DELETE", _take()),
        ("comments_changed", f"UPDATE OF {CHANGING}", _take() + _add()),
    ):
        op.execute(f"CREATE TRIGGER {name} AFTER {event} ON comments BEGIN {body} END")


def _postgresql_triggers() -> None:
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION count_comment() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN {_take()} END IF;
            IF TG_OP <> 'DELETE' THEN {_add()} END IF;
            RETURN NULL;
        END $$
        """
    )
    events = f"INSERT OR DELETE OR UPDATE OF {CHANGING}"
    op.execute(
        f"CREATE TRIGGER comments_counted AFTER {events} ON comments FOR EACH ROW EXECUTE FUNCTION count_comment()"
    )
