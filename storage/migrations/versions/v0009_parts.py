"""Comments of several messages, and a list of what came unasked.

A comment's first message stays in its row; the others are rows of ``parts``. What came unasked, one text a person until
now, leaves ``pending_inputs`` for a table of its own; a button that was shown for it finds it there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MEDIA = ("media_kind", "media_file_id", "media_unique_id", "media_seconds")
DAY = 86_400_000_000


def upgrade() -> None:
    _unsent()
    _parts()
    _bundles()
    _readings()
    _move()


def _index(name: str, columns: tuple[str, ...], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "parts", list(columns), unique=True, sqlite_where=condition, postgresql_where=condition)


def _unsent() -> None:
    op.create_table(
        "unsent",
        sa.Column("id", ID, primary_key=True),
        sa.Column("resident_id", sa.BigInteger, sa.ForeignKey("residents.id"), nullable=False),
        sa.Column("kept_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("hearing_id", sa.BigInteger, nullable=False),
        sa.Column("comment_kind", sa.Text, nullable=False),
        sa.Column("about_kind", sa.Text, nullable=False),
        sa.Column("about_no", sa.Integer, nullable=False),
        sa.Column("comment_id", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_unsent_resident", "unsent", ["resident_id", "id"])


def _parts() -> None:
    op.create_table(
        "parts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("comment_id", sa.BigInteger, sa.ForeignKey("comments.id")),
        sa.Column("unsent_id", sa.BigInteger, sa.ForeignKey("unsent.id")),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("media_kind", sa.Text),
        sa.Column("media_file_id", sa.Text),
        sa.Column("media_unique_id", sa.Text),
        sa.Column("media_seconds", sa.Integer),
        sa.Column("source", sa.Text),
        sa.Column("at", sa.BigInteger),
        sa.CheckConstraint("(comment_id IS NULL) <> (unsent_id IS NULL)", name="ck_parts_owner"),
    )
    _index("ix_parts_comment", ("comment_id", "position"), "comment_id IS NOT NULL")
    _index("ix_parts_unsent", ("unsent_id", "position"), "unsent_id IS NOT NULL")
    _index("ix_parts_source", ("source",), "source IS NOT NULL")


def _resident() -> sa.Column[int]:
    residents = sa.ForeignKey("residents.id")
    return sa.Column("resident_id", sa.BigInteger, residents, primary_key=True, autoincrement=False)


def _bundles() -> None:
    op.create_table(
        "bundles",
        _resident(),
        sa.Column("update_key", sa.Text, nullable=False),
        sa.Column("began", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Column("handled", sa.BigInteger, nullable=False),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("album", sa.Text, nullable=False),
        sa.Column("comment_id", sa.BigInteger, nullable=False),
        sa.Column("unsent_id", sa.BigInteger, nullable=False),
        sa.Column("left_out", sa.Integer, nullable=False),
    )


def _readings() -> None:
    op.create_table(
        "readings",
        _resident(),
        sa.Column("hearing_id", sa.BigInteger, nullable=False),
        sa.Column("about_kind", sa.Text, nullable=False),
        sa.Column("about_no", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )


def _move() -> None:
    """An emptied text was sent already; its button has the receipt."""
    op.execute(
        "INSERT INTO unsent (resident_id, kept_at, expires_at, hearing_id, comment_kind, about_kind, about_no)"  # noqa: S608
        f" SELECT resident_id, expires_at - {DAY}, expires_at, hearing_id, comment_kind, about_kind, about_no"
        " FROM pending_inputs WHERE kind = 'unsent' AND (text <> '' OR media_kind IS NOT NULL)"
    )
    names = ", ".join(MEDIA)
    op.execute(
        f"INSERT INTO parts (unsent_id, position, text, {names}, source, at)"  # noqa: S608
        f" SELECT unsent.id, 0, text, {names}, CASE WHEN source = '' THEN NULL ELSE source END, unsent.kept_at"
        " FROM pending_inputs JOIN unsent ON unsent.resident_id = pending_inputs.resident_id"
        " WHERE kind = 'unsent' AND (text <> '' OR media_kind IS NOT NULL)"
    )
    op.execute("DELETE FROM pending_inputs WHERE kind = 'unsent'")
    for name in (*MEDIA, "source"):
        op.drop_column("pending_inputs", name)
