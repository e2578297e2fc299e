"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FOLLOWING = "telegram_id IS NOT NULL AND blocked_at IS NULL AND reminders <> 'none'"
SHOWN = "visibility = 'published' AND withdrawn_at IS NULL"
UNREAD = "visibility = 'waiting' AND withdrawn_at IS NULL"
OWED = "state = 'waiting'"


def upgrade() -> None:
    _asides()
    _files()
    _heartbeat()
    _outages()
    _places()
    _settings()
    _hearings()
    _residents()
    _invitations()
    _comments()
    _dossiers()
    _drafts()
    _grants()
    _journal()
    _notices()
    _participants()
    _questions()
    _rollup()
    _supports()
    _votes()


def _index(name: str, table: str, *columns: str, where: str | None = None) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(name, table, list(columns), sqlite_where=condition, postgresql_where=condition)


def _asides() -> None:
    op.create_table(
        "asides",
        sa.Column("id", ID, primary_key=True),
        sa.Column("update_id", sa.BigInteger, nullable=False, unique=True),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("key", sa.Text, primary_key=True, autoincrement=False),
        sa.Column("file_id", sa.Text, nullable=False),
    )


def _heartbeat() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


def _outages() -> None:
    op.create_table(
        "outages",
        sa.Column("id", ID, primary_key=True),
        sa.Column("began", sa.BigInteger, nullable=False),
        sa.Column("ended", sa.BigInteger, nullable=False),
    )
    _index("ix_outages_ended", "outages", "ended")


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("id", ID, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("parent_id", sa.BigInteger, sa.ForeignKey("places.id")),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("population", sa.Integer),
        sa.Column("women", sa.Integer),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date),
    )


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("key", sa.Text, primary_key=True, autoincrement=False),
        sa.Column("value", sa.Text, nullable=False),
    )


def _hearings() -> None:
    op.create_table(
        "hearings",
        sa.Column("id", ID, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("municipality_id", sa.BigInteger, sa.ForeignKey("places.id"), nullable=False),
        sa.Column("phase", sa.Text, nullable=False),
        sa.Column("phase_since", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("sits_at", sa.BigInteger, nullable=False),
        sa.Column("announced_at", sa.BigInteger),
        sa.Column("last_receipt", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    _index("ix_hearings_municipality", "hearings", "municipality_id", "sits_at", "id")
    _index("ix_hearings_phase", "hearings", "phase")


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("digest", sa.Text, primary_key=True, autoincrement=False),
        sa.Column("municipality_id", sa.BigInteger, sa.ForeignKey("places.id"), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
        sa.Column("used_by", sa.BigInteger, sa.ForeignKey("residents.id")),
    )


def _residents() -> None:
    op.create_table(
        "residents",
        sa.Column("id", ID, primary_key=True),
        sa.Column("telegram_id", sa.BigInteger, unique=True),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("municipality_id", sa.BigInteger, sa.ForeignKey("places.id")),
        sa.Column("village_id", sa.BigInteger, sa.ForeignKey("places.id")),
        sa.Column("gender", sa.Text, nullable=False),
        sa.Column("age_band", sa.Text, nullable=False),
        sa.Column("reminders", sa.Text, nullable=False),
        sa.Column("consented_at", sa.BigInteger),
        sa.Column("asked_about_self", sa.Boolean, nullable=False),
        sa.Column("blocked_at", sa.BigInteger),
        sa.Column("added_at", sa.BigInteger, nullable=False),
    )
    _index("ix_residents_followers", "residents", "municipality_id", "id", where=FOLLOWING)


def _comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", ID, primary_key=True),
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("author_id", sa.BigInteger, sa.ForeignKey("residents.id")),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("about_kind", sa.Text, nullable=False),
        sa.Column("about_no", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("visibility", sa.Text, nullable=False),
        sa.Column("hiding_rule", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("amended_at", sa.BigInteger),
        sa.Column("withdrawn_at", sa.BigInteger),
        sa.Column("village_id", sa.BigInteger, nullable=False),
        sa.Column("gender", sa.Text, nullable=False),
        sa.Column("age_band", sa.Text, nullable=False),
        sa.Column("media_kind", sa.Text),
        sa.Column("media_file_id", sa.Text),
        sa.Column("media_unique_id", sa.Text),
        sa.Column("media_seconds", sa.Integer),
        sa.Column("source", sa.Text, unique=True),
        sa.Column("support", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("responsible", sa.Text),
        sa.Column("due", sa.Date),
        sa.Column("decided_at", sa.BigInteger),
        sa.Column("done_at", sa.BigInteger),
        sa.UniqueConstraint("hearing_id", "number"),
        sqlite_autoincrement=True,
    )
    _index("ix_comments_about", "comments", "hearing_id", "about_kind", "about_no", "support", "id", where=SHOWN)
    _index("ix_comments_author", "comments", "author_id", "id")
    _index("ix_comments_counts", "comments", "hearing_id", "kind", "channel", "visibility", "withdrawn_at", "outcome")
    _index("ix_comments_newest", "comments", "hearing_id", "id", where=SHOWN)
    _index("ix_comments_page", "comments", "hearing_id", "id")
    _index("ix_comments_support", "comments", "hearing_id", "support", "id", where=SHOWN)
    _index("ix_comments_waiting", "comments", "hearing_id", "id", where=UNREAD)


def _dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("resident_id", sa.BigInteger, sa.ForeignKey("residents.id"), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("hearing_id", sa.BigInteger, nullable=False),
        sa.Column("comment_kind", sa.Text, nullable=False),
        sa.Column("about_kind", sa.Text, nullable=False),
        sa.Column("about_no", sa.Integer, nullable=False),
        sa.Column("comment_id", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("media_kind", sa.Text),
        sa.Column("media_file_id", sa.Text),
        sa.Column("media_unique_id", sa.Text),
        sa.Column("media_seconds", sa.Integer),
        sa.Column("source", sa.Text, nullable=False),
    )


def _grants() -> None:
    op.create_table(
        "grants",
        sa.Column("resident_id", sa.BigInteger, sa.ForeignKey("residents.id"), primary_key=True, autoincrement=False),
        sa.Column("municipality_id", sa.BigInteger, sa.ForeignKey("places.id"), primary_key=True, autoincrement=False),
        sa.Column("role", sa.Text, primary_key=True, autoincrement=False),
        sa.Column("granted_at", sa.BigInteger, nullable=False),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", ID, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("actor_id", sa.BigInteger, sa.ForeignKey("residents.id")),
        sa.Column("data", sa.Text, nullable=False),
    )
    _index("ix_journal_subject", "journal", "subject", "id")


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("recipient_id", sa.BigInteger, sa.ForeignKey("residents.id"), nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("settled_at", sa.BigInteger),
        sa.Column("reason", sa.Text, nullable=False),
        sa.UniqueConstraint("hearing_id", "kind", "version", "recipient_id"),
    )
    _index("ix_notices_due", "notices", "due_at", "id", where=OWED)
    _index("ix_notices_progress", "notices", "hearing_id", "state")


def _participants() -> None:
    op.create_table(
        "participants",
        sa.Column("resident_id", sa.BigInteger, sa.ForeignKey("residents.id"), primary_key=True, autoincrement=False),
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), primary_key=True, autoincrement=False),
        sa.Column("village_id", sa.BigInteger, nullable=False),
        sa.Column("gender", sa.Text, nullable=False),
        sa.Column("age_band", sa.Text, nullable=False),
        sa.Column("first_at", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    _index("ix_participants_groups", "participants", "hearing_id", "village_id", "gender", "age_band")


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), primary_key=True, autoincrement=False),
        sa.Column("no", sa.Integer, primary_key=True, autoincrement=False),
    )


def _rollup() -> None:
    op.create_table(
        "rollup",
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), primary_key=True, autoincrement=False),
        sa.Column("question_no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("option_no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("channel", sa.Text, primary_key=True, autoincrement=False),
        sa.Column("village_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("gender", sa.Text, primary_key=True, autoincrement=False),
        sa.Column("age_band", sa.Text, primary_key=True, autoincrement=False),
        sa.Column("voters", sa.BigInteger, nullable=False),
        sa.Column("points", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )


def _supports() -> None:
    op.create_table(
        "supports",
        sa.Column("resident_id", sa.BigInteger, sa.ForeignKey("residents.id"), primary_key=True, autoincrement=False),
        sa.Column("comment_id", sa.BigInteger, sa.ForeignKey("comments.id"), primary_key=True, autoincrement=False),
        sa.Column("given_at", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    _index("ix_supports_comment", "supports", "comment_id")


def _votes() -> None:
    op.create_table(
        "votes",
        sa.Column("hearing_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("resident_id", sa.BigInteger, sa.ForeignKey("residents.id"), primary_key=True, autoincrement=False),
        sa.Column("question_no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("village_id", sa.BigInteger, nullable=False),
        sa.Column("gender", sa.Text, nullable=False),
        sa.Column("age_band", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("cast_at", sa.BigInteger, nullable=False),
        sa.Column("press_order", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(["hearing_id", "question_no"], ["questions.hearing_id", "questions.no"]),
        sqlite_with_rowid=False,
    )
