"""The tables. A person's Telegram id stands in ``residents`` and nowhere else; everything else knows only ``id``."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.domain.drafts import DraftKind
from bot.domain.feedback import Channel, CommentKind, HidingRule, MediaKind, Outcome, Visibility
from bot.domain.hearings import Phase
from bot.domain.journal import Act
from bot.domain.notices import Delivery, NoticeKind
from bot.domain.people import AgeBand, Gender, Reminders, Role
from bot.domain.places import PlaceKind
from bot.domain.questions import AboutKind
from storage.columns import ID, Answers, Facts, Languages, Moment, Prose, Word

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


# Conditions of partial indexes. A query says them in the same words, or the database does not see that the index fits.
FOLLOWING: Final = "telegram_id IS NOT NULL AND blocked_at IS NULL AND reminders <> 'none'"
SHOWN: Final = "visibility = 'published' AND withdrawn_at IS NULL"
UNREAD: Final = "visibility = 'waiting' AND withdrawn_at IS NULL"
OWED: Final = "state = 'waiting'"


def _must(name: str, kind: Any, *rest: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, *rest, nullable=False, **options)


def _key(name: str, kind: Any, *rest: Any) -> Column[Any]:
    return Column(name, kind, *rest, primary_key=True, autoincrement=False)


def _group() -> tuple[Column[Any], Column[Any], Column[Any]]:
    """The group a voice came from, as it was then (so no reference: villages may be merged)."""
    return _must("village_id", BigInteger), _must("gender", Word(Gender)), _must("age_band", Word(AgeBand))


def _group_key() -> tuple[Column[Any], Column[Any], Column[Any]]:
    return _key("village_id", BigInteger), _key("gender", Word(Gender)), _key("age_band", Word(AgeBand))


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


places: Final = Table(
    "places",
    metadata,
    Column("id", ID, primary_key=True),
    _must("code", Text, unique=True),
    _must("kind", Word(PlaceKind)),
    Column("parent_id", BigInteger, ForeignKey("places.id")),
    _must("name", Languages),
    _must("timezone", Text),
    Column("population", Integer),
    Column("women", Integer),
    Column("valid_from", Date),
    Column("valid_to", Date),
)

residents: Final = Table(
    "residents",
    metadata,
    Column("id", ID, primary_key=True),
    Column("telegram_id", BigInteger, unique=True),
    _must("language", Text),
    Column("municipality_id", BigInteger, ForeignKey("places.id")),
    Column("village_id", BigInteger, ForeignKey("places.id")),
    _must("gender", Word(Gender)),
    _must("age_band", Word(AgeBand)),
    _must("reminders", Word(Reminders)),
    Column("consented_at", Moment),
    _must("asked_about_self", Boolean),
    Column("blocked_at", Moment),
    _must("added_at", Moment),
    # who may be written to, in the order of a broadcast
    _partial(
        "ix_residents_followers",
        *("municipality_id", "id"),
        where=FOLLOWING,
    ),
)

grants: Final = Table(
    "grants",
    metadata,
    _key("resident_id", BigInteger, ForeignKey("residents.id")),
    _key("municipality_id", BigInteger, ForeignKey("places.id")),
    _key("role", Word(Role)),
    _must("granted_at", Moment),
)

invitations: Final = Table(
    "invitations",
    metadata,
    _key("digest", Text),
    _must("municipality_id", BigInteger, ForeignKey("places.id")),
    _must("role", Word(Role)),
    _must("made_at", Moment),
    _must("expires_at", Moment),
    Column("used_at", Moment),
    Column("used_by", BigInteger, ForeignKey("residents.id")),
)

hearings: Final = Table(
    "hearings",
    metadata,
    Column("id", ID, primary_key=True),
    _must("code", Text, unique=True),
    _must("municipality_id", BigInteger, ForeignKey("places.id")),
    _must("phase", Word(Phase)),
    _must("phase_since", Moment),
    _must("version", Integer),
    _must("digest", Text),
    _must("sits_at", Moment),
    Column("announced_at", Moment),
    _must("last_receipt", Integer),
    Index("ix_hearings_municipality", "municipality_id", "sits_at", "id"),
    Index("ix_hearings_phase", "phase"),
    # an old button must never lead to a newer hearing that was given a deleted one's number
    sqlite_autoincrement=True,
)

dossiers: Final = Table(
    "dossiers",
    metadata,
    _key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    _key("version", Integer),
    _must("body", Text),
)

questions: Final = Table(
    "questions",
    metadata,
    _key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    _key("no", Integer),
)

votes: Final = Table(
    "votes",
    metadata,
    _key("hearing_id", BigInteger),
    _key("resident_id", BigInteger, ForeignKey("residents.id")),
    _key("question_no", Integer),
    _must("answer", Answers),
    *_group(),
    _must("channel", Word(Channel)),
    _must("cast_at", Moment),
    _must("press_order", BigInteger),
    ForeignKeyConstraint(["hearing_id", "question_no"], ["questions.hearing_id", "questions.no"]),
    sqlite_with_rowid=False,
)

rollup: Final = Table(
    "rollup",
    metadata,
    _key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    _key("question_no", Integer),
    _key("option_no", Integer),
    _key("channel", Word(Channel)),
    *_group_key(),
    _must("voters", BigInteger),
    _must("points", BigInteger),
    sqlite_with_rowid=False,
)

participants: Final = Table(
    "participants",
    metadata,
    _key("resident_id", BigInteger, ForeignKey("residents.id")),
    _key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    *_group(),
    _must("first_at", Moment),
    Index("ix_participants_groups", "hearing_id", "village_id", "gender", "age_band"),
    sqlite_with_rowid=False,
)

comments: Final = Table(
    "comments",
    metadata,
    Column("id", ID, primary_key=True),
    _must("hearing_id", BigInteger, ForeignKey("hearings.id")),
    _must("number", Integer),
    Column("author_id", BigInteger, ForeignKey("residents.id")),
    _must("kind", Word(CommentKind)),
    _must("about_kind", Word(AboutKind)),
    _must("about_no", Integer),
    _must("text", Prose),
    _must("language", Text),
    _must("channel", Word(Channel)),
    _must("visibility", Word(Visibility)),
    Column("hiding_rule", Word(HidingRule)),
    _must("created_at", Moment),
    Column("amended_at", Moment),
    Column("withdrawn_at", Moment),
    *_group(),
    Column("media_kind", Word(MediaKind)),
    Column("media_file_id", Text),
    Column("media_unique_id", Text),
    Column("media_seconds", Integer),
    Column("source", Text, unique=True),
    _must("support", Integer),
    Column("outcome", Word(Outcome)),
    Column("reason", Prose),
    Column("responsible", Prose),
    Column("due", Date),
    Column("decided_at", Moment),
    Column("done_at", Moment),
    UniqueConstraint("hearing_id", "number"),
    Index("ix_comments_page", "hearing_id", "id"),
    Index("ix_comments_author", "author_id", "id"),
    Index("ix_comments_counts", "hearing_id", "kind", "channel", "visibility", "withdrawn_at", "outcome"),
    _partial("ix_comments_newest", "hearing_id", "id", where=SHOWN),
    _partial("ix_comments_support", "hearing_id", "support", "id", where=SHOWN),
    _partial("ix_comments_about", "hearing_id", "about_kind", "about_no", "support", "id", where=SHOWN),
    _partial("ix_comments_waiting", "hearing_id", "id", where=UNREAD),
    sqlite_autoincrement=True,
)

supports: Final = Table(
    "supports",
    metadata,
    _key("resident_id", BigInteger, ForeignKey("residents.id")),
    _key("comment_id", BigInteger, ForeignKey("comments.id")),
    _must("given_at", Moment),
    Index("ix_supports_comment", "comment_id"),
    sqlite_with_rowid=False,
)

notices: Final = Table(
    "notices",
    metadata,
    Column("id", ID, primary_key=True),
    _must("kind", Word(NoticeKind)),
    _must("hearing_id", BigInteger, ForeignKey("hearings.id")),
    _must("version", Integer),
    _must("recipient_id", BigInteger, ForeignKey("residents.id")),
    _must("due_at", Moment),
    _must("attempts", Integer),
    _must("state", Word(Delivery)),
    Column("settled_at", Moment),
    _must("reason", Prose),
    UniqueConstraint("hearing_id", "kind", "version", "recipient_id"),
    Index("ix_notices_progress", "hearing_id", "state"),
    _partial("ix_notices_due", "due_at", "id", where=OWED),
)

drafts: Final = Table(
    "drafts",
    metadata,
    _key("resident_id", BigInteger, ForeignKey("residents.id")),
    _must("kind", Word(DraftKind)),
    _must("expires_at", Moment),
    _must("hearing_id", BigInteger),
    _must("comment_kind", Word(CommentKind)),
    _must("about_kind", Word(AboutKind)),
    _must("about_no", Integer),
    _must("comment_id", BigInteger),
    _must("text", Prose),
    Column("media_kind", Word(MediaKind)),
    Column("media_file_id", Text),
    Column("media_unique_id", Text),
    Column("media_seconds", Integer),
    _must("source", Text),
)

journal: Final = Table(
    "journal",
    metadata,
    Column("id", ID, primary_key=True),
    _must("at", Moment),
    _must("act", Word(Act)),
    _must("subject", Text),
    Column("actor_id", BigInteger, ForeignKey("residents.id")),
    _must("data", Facts),
    Index("ix_journal_subject", "subject", "id"),
)

files: Final = Table("files", metadata, _key("key", Text), _must("file_id", Text))

asides: Final = Table(
    "asides",
    metadata,
    Column("id", ID, primary_key=True),
    _must("update_id", BigInteger, unique=True),
    _must("raw", Prose),
    _must("reason", Prose),
    _must("at", Moment),
)

heartbeat: Final = Table("heartbeat", metadata, _key("id", Integer), _must("at", Moment))

outages: Final = Table(
    "outages",
    metadata,
    Column("id", ID, primary_key=True),
    _must("began", Moment),
    _must("ended", Moment),
    Index("ix_outages_ended", "ended"),
)

settings: Final = Table("settings", metadata, _key("key", Text), _must("value", Prose))
