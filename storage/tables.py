"""The tables. A person's Telegram id stands in ``residents`` and nowhere else; everything else knows only ``id``.

The tables of the outbox are in ``outbox_tables``, what the program stores about itself is in ``housekeeping_tables``,
what waits for staff in ``desk_tables``, what they enter for somebody in ``entry_tables``, what residents are about to
say in ``unsent_tables``.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from bot.domain.comments import Channel, CommentKind, HidingRule, Outcome, Visibility
from bot.domain.hearings import Phase
from bot.domain.people import AgeBand, Gender, Reminders, Role
from bot.domain.places import PlaceKind
from bot.domain.questions import AboutKind
from bot.domain.setbacks import SetbackReason
from storage.columns import (
    ROW_ID,
    AnswerColumn,
    CountsColumn,
    EnumColumn,
    MomentColumn,
    ProseColumn,
    TextColumn,
    WordsColumn,
)
from storage.demographics import demographics_key, required_demographics
from storage.layout import key, metadata, partial, required
from storage.media import media_columns

# Conditions of partial indexes. A query must say them in the same words, or the database does not use the index.
REACHABLE_RESIDENTS: Final = "telegram_id IS NOT NULL AND blocked_at IS NULL AND reminders <> 'none'"
DUE_MENUS: Final = "menu_due"
PUBLISHED_COMMENTS: Final = "visibility = 'published' AND withdrawn_at IS NULL"
JOINED_COMMENTS: Final = "merged_into IS NOT NULL"
WAITING_COMMENTS: Final = "visibility = 'waiting' AND withdrawn_at IS NULL"
STANDING_ALONE: Final = "withdrawn_at IS NULL AND merged_into IS NULL"
UNDECIDED_COMMENTS: Final = "outcome IS NULL AND withdrawn_at IS NULL AND merged_into IS NULL"
OPEN_QUESTIONS: Final = f"kind = 'question' AND {UNDECIDED_COMMENTS}"
CHANGING_COMMENTS: Final = "changes IS NOT NULL"
REASONED_COMMENTS: Final = "outcome IS NOT NULL AND reason <> ''"
UNDONE_COMMENTS: Final = "outcome IS NOT NULL AND done_at IS NULL"
FORGOTTEN_AUTHORS: Final = "author_digest IS NOT NULL"
FORGOTTEN_PARTICIPANTS: Final = "digest IS NOT NULL"


places: Final = Table(
    "places",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("code", Text, unique=True),
    required("kind", EnumColumn(PlaceKind)),
    Column("parent_id", BigInteger, ForeignKey("places.id")),
    required("name", TextColumn),
    required("timezone", Text),
    Column("population", Integer),
    Column("women", Integer),
    Column("valid_from", Date),
    Column("valid_to", Date),
    *(required(name, Text, server_default="") for name in ("contact_name", "contact_phone", "contact_hours")),
    # the code of the place into which it was merged (so no reference: that may be loaded later)
    required("successor", Text, server_default=""),
)

residents: Final = Table(
    "residents",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("telegram_id", BigInteger, unique=True),
    required("language", Text),
    Column("municipality_id", BigInteger, ForeignKey("places.id")),
    Column("village_id", BigInteger, ForeignKey("places.id")),
    required("gender", EnumColumn(Gender)),
    required("age_band", EnumColumn(AgeBand)),
    required("reminders", EnumColumn(Reminders)),
    Column("consented_at", MomentColumn),
    # names of texts: the one they have agreed to, the one of which they were told that it is another
    *(required(name, Text, server_default="") for name in ("consented_to", "consent_told")),
    required("asked_about_self", Boolean),
    Column("blocked_at", MomentColumn),
    required("added_at", MomentColumn),
    required("staff_name", ProseColumn, server_default=""),
    required("wants_numbers", Boolean, server_default=true()),
    # Telegram does not know yet that their menu has to change
    required("menu_due", Boolean, server_default=false()),
    partial("ix_residents_menus", "id", where=DUE_MENUS),
    # who may be written to, in the order of a broadcast
    partial("ix_residents_followers", "municipality_id", "id", where=REACHABLE_RESIDENTS),
)

grants: Final = Table(
    "grants",
    metadata,
    key("resident_id", BigInteger, ForeignKey("residents.id")),
    key("municipality_id", BigInteger, ForeignKey("places.id")),
    key("role", EnumColumn(Role)),
    required("granted_at", MomentColumn),
    Index("ix_grants_staff", "municipality_id", "resident_id"),
)

invitations: Final = Table(
    "invitations",
    metadata,
    key("digest", Text),
    required("municipality_id", BigInteger, ForeignKey("places.id")),
    required("role", EnumColumn(Role)),
    required("made_at", MomentColumn),
    required("expires_at", MomentColumn),
    Column("used_at", MomentColumn),
    Column("used_by", BigInteger, ForeignKey("residents.id")),
    # the resident who made it
    Column("made_by", BigInteger),
    # a digest of the token and the one Telegram id that may use it
    Column("bound_to", Text),
    Column("withdrawn_at", MomentColumn),
)

hearings: Final = Table(
    "hearings",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("code", Text, unique=True),
    required("municipality_id", BigInteger, ForeignKey("places.id")),
    required("phase", EnumColumn(Phase)),
    required("phase_since", MomentColumn),
    required("version", Integer),
    required("digest", Text),
    required("sits_at", MomentColumn),
    Column("announced_at", MomentColumn),
    required("last_receipt", Integer),
    Column("scheduled_at", MomentColumn),
    Column("publish_at", MomentColumn),
    required("reminders", WordsColumn(int), server_default="10080 1440 120"),
    required("closing_reminder", Integer, server_default="1440"),
    Column("setback_why", EnumColumn(SetbackReason)),
    Column("setback_words", ProseColumn),
    Column("setback_was", MomentColumn),
    Column("all_entered_at", MomentColumn),
    Index("ix_hearings_municipality", "municipality_id", "sits_at", "id", "phase"),
    Index("ix_hearings_phase", "phase"),
    Index("ix_hearings_newest", "municipality_id", "id"),
    partial("ix_hearings_announced", "municipality_id", "announced_at", "id", where="announced_at IS NOT NULL"),
    partial("ix_hearings_publishing", "phase", "publish_at", "id", where="publish_at IS NOT NULL"),
    # an old button must never lead to a newer hearing that was given a deleted one's number
    sqlite_autoincrement=True,
)

dossiers: Final = Table(
    "dossiers",
    metadata,
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    key("version", Integer),
    required("body", Text),
)

questions: Final = Table(
    "questions",
    metadata,
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    key("no", Integer),
)

votes: Final = Table(
    "votes",
    metadata,
    key("hearing_id", BigInteger),
    key("resident_id", BigInteger, ForeignKey("residents.id")),
    key("question_no", Integer),
    required("answer", AnswerColumn),
    *required_demographics(),
    required("channel", EnumColumn(Channel)),
    required("cast_at", MomentColumn),
    required("press_order", BigInteger),
    # something else was answered before
    required("changed", Boolean, server_default=false()),
    ForeignKeyConstraint(["hearing_id", "question_no"], ["questions.hearing_id", "questions.no"]),
    sqlite_with_rowid=False,
)

# votes put aside, since what they were given to has another meaning after that version
former_votes: Final = Table(
    "former_votes",
    metadata,
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    key("resident_id", BigInteger, ForeignKey("residents.id")),
    key("question_no", Integer),
    key("version", Integer),
    required("answer", AnswerColumn),
    *required_demographics(),
    required("channel", EnumColumn(Channel)),
    required("cast_at", MomentColumn),
    sqlite_with_rowid=False,
)

rollup: Final = Table(
    "rollup",
    metadata,
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    key("question_no", Integer),
    key("option_no", Integer),
    key("channel", EnumColumn(Channel)),
    *demographics_key(),
    required("voters", BigInteger),
    required("points", BigInteger),
    sqlite_with_rowid=False,
)

# the tally of the last step, as residents see it while answers are taken
shown_tallies: Final = Table(
    "shown_tallies",
    metadata,
    key("hearing_id", BigInteger),
    key("question_no", Integer),
    required("voters", BigInteger),
    required("counts", CountsColumn),
    ForeignKeyConstraint(["hearing_id", "question_no"], ["questions.hearing_id", "questions.no"]),
    sqlite_with_rowid=False,
)

participants: Final = Table(
    "participants",
    metadata,
    key("resident_id", BigInteger, ForeignKey("residents.id")),
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    *required_demographics(),
    required("first_at", MomentColumn),
    required("municipality_id", BigInteger, server_default="0"),
    Column("digest", Text),
    partial("ix_participants_digest", "digest", where=FORGOTTEN_PARTICIPANTS),
    # those that came last
    Index("ix_participants_newest", "hearing_id", "first_at", "resident_id"),
    Index("ix_participants_people", "hearing_id", "resident_id"),
    sqlite_with_rowid=False,
)

comments: Final = Table(
    "comments",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("hearing_id", BigInteger, ForeignKey("hearings.id")),
    required("number", Integer),
    Column("author_id", BigInteger, ForeignKey("residents.id")),
    required("kind", EnumColumn(CommentKind)),
    required("about_kind", EnumColumn(AboutKind)),
    required("about_no", Integer),
    required("text", ProseColumn),
    required("language", Text),
    required("channel", EnumColumn(Channel)),
    required("visibility", EnumColumn(Visibility)),
    Column("hiding_rule", EnumColumn(HidingRule)),
    Column("hidden_at", MomentColumn),
    # refers to no resident, as in the journal
    Column("hidden_by", BigInteger),
    # refers to a comment of the same hearing
    Column("merged_into", BigInteger),
    required("created_at", MomentColumn),
    Column("amended_at", MomentColumn),
    Column("withdrawn_at", MomentColumn),
    *required_demographics(),
    *media_columns(),
    Column("source", Text, unique=True),
    Column("author_digest", Text),
    required("recording_open", Boolean, server_default=false()),
    # all its words, folded: searches and comparisons read them
    required("folded", ProseColumn, server_default=""),
    # of them: words are compared with those of about the same length
    required("letters", Integer, server_default="0"),
    required("in_turn", Boolean, server_default=true()),
    required("support", Integer),
    Column("outcome", EnumColumn(Outcome)),
    Column("reason", ProseColumn),
    Column("responsible", ProseColumn),
    Column("due", Date),
    Column("decided_at", MomentColumn),
    Column("done_at", MomentColumn),
    Column("done_on", Date),
    # a photo of it
    Column("done_file_id", Text),
    Column("done_unique_id", Text),
    # the code of a ``DraftPoint``
    Column("changes", Text),
    UniqueConstraint("hearing_id", "number"),
    Index("ix_comments_page", "hearing_id", "id"),
    Index("ix_comments_author", "author_id", "id"),
    Index("ix_comments_written", "author_id", "hearing_id", "id"),
    partial("ix_comments_forgotten", "author_digest", "hearing_id", where=FORGOTTEN_AUTHORS),
    partial("ix_comments_undecided", "hearing_id", "id", where=UNDECIDED_COMMENTS),
    partial("ix_comments_questions", "hearing_id", "visibility", text("support DESC"), "id", where=OPEN_QUESTIONS),
    partial("ix_comments_alike", "hearing_id", "letters", "id", where=STANDING_ALONE),
    partial("ix_comments_languages", "hearing_id", "language", where="withdrawn_at IS NULL"),
    partial("ix_comments_villages", "hearing_id", "village_id", "id", where="withdrawn_at IS NULL"),
    partial("ix_comments_changing", "hearing_id", "id", where=CHANGING_COMMENTS),
    partial("ix_comments_reasons", "hearing_id", "decided_at", "id", where=REASONED_COMMENTS),
    partial(
        "ix_comments_due",
        *("hearing_id", "due", "outcome", "visibility", "withdrawn_at", "merged_into"),
        where=UNDONE_COMMENTS,
    ),
    partial(
        "ix_comments_answers",
        *("hearing_id", "outcome", "id", "visibility", "withdrawn_at", "merged_into", "done_at", "due"),
        where="outcome IS NOT NULL",
    ),
    partial("ix_comments_joined", "hearing_id", "id", where=JOINED_COMMENTS),
    partial("ix_comments_members", "merged_into", where=JOINED_COMMENTS),
    partial("ix_comments_newest", "hearing_id", "id", where=PUBLISHED_COMMENTS),
    partial("ix_comments_support", "hearing_id", "support", "id", where=PUBLISHED_COMMENTS),
    partial("ix_comments_about", "hearing_id", "about_kind", "about_no", "support", "id", where=PUBLISHED_COMMENTS),
    partial("ix_comments_waiting", "hearing_id", "in_turn", "id", where=WAITING_COMMENTS),
    partial("ix_comments_done", "done_unique_id", where="done_unique_id IS NOT NULL"),
    partial("ix_comments_media", "media_unique_id", where="media_unique_id IS NOT NULL"),
    sqlite_autoincrement=True,
)

supports: Final = Table(
    "supports",
    metadata,
    key("resident_id", BigInteger, ForeignKey("residents.id")),
    key("comment_id", BigInteger, ForeignKey("comments.id")),
    required("given_at", MomentColumn),
    # of the comment's words, as ``Comment.edition`` numbers them
    required("edition", BigInteger, server_default="0"),
    Index("ix_supports_comment", "comment_id"),
    sqlite_with_rowid=False,
)

# the messages of a comment after the one that it was made of, and all those of what came unasked
parts: Final = Table(
    "parts",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("comment_id", BigInteger, ForeignKey("comments.id")),
    Column("unsent_id", BigInteger, ForeignKey("unsent.id")),
    required("position", BigInteger),
    required("text", ProseColumn),
    *media_columns(),
    Column("source", Text),
    Column("at", MomentColumn),
    CheckConstraint("(comment_id IS NULL) <> (unsent_id IS NULL)", name="ck_parts_owner"),
    partial("ix_parts_comment", "comment_id", "position", where="comment_id IS NOT NULL", unique=True),
    partial("ix_parts_unsent", "unsent_id", "position", where="unsent_id IS NOT NULL", unique=True),
    partial("ix_parts_source", "source", where="source IS NOT NULL", unique=True),
    partial("ix_parts_media", "media_unique_id", where="media_unique_id IS NOT NULL"),
)
