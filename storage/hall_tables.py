"""The tables of the hall: what its chair does, keys of the day, who takes part, who asks for the floor."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text

from bot.domain.hall import HallDoor
from storage.columns import EnumColumn, MomentColumn, ProseColumn
from storage.layout import key, metadata, partial, required

RUNNING_HALLS: Final = "started_at IS NOT NULL AND ended_at IS NULL"
HALLS_WITH_CODE: Final = "code <> 0"

halls: Final = Table(
    "halls",
    metadata,
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    key("sitting", Integer),
    required("turned", BigInteger),
    Column("started_at", MomentColumn),
    Column("ended_at", MomentColumn),
    # the rest of its state, and the state before its last act (empty: nothing can be undone), as JSON
    required("state", Text),
    required("before", Text),
    # the code of the day; 0 before there is one
    required("code", BigInteger),
    Column("code_at", MomentColumn),
    partial("ix_halls_running", "hearing_id", where=RUNNING_HALLS),
    partial("ix_halls_code", "code", where=HALLS_WITH_CODE),
)

hall_keys: Final = Table(
    "hall_keys",
    metadata,
    key("digest", Text),
    required("hearing_id", BigInteger, ForeignKey("hearings.id")),
    required("sitting", Integer),
    required("door", EnumColumn(HallDoor)),
    required("made_at", MomentColumn),
    required("made_by", BigInteger, ForeignKey("residents.id")),
    Index("ix_hall_keys_sitting", "hearing_id", "sitting"),
)

# who takes part in a sitting, in the hall or from elsewhere
hall_people: Final = Table(
    "hall_people",
    metadata,
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    key("sitting", Integer),
    key("resident_id", BigInteger, ForeignKey("residents.id")),
    required("in_hall", Boolean),
    required("at", MomentColumn),
    # their message with the hall's screen (0: not known), and as of which turn it shows the hall
    required("message_id", BigInteger),
    required("shown", BigInteger),
    Index("ix_hall_people_resident", "resident_id"),
    sqlite_with_rowid=False,
)

# how often a person got a code of the day wrong
wrong_hall_codes: Final = Table(
    "wrong_hall_codes",
    metadata,
    key("resident_id", BigInteger, ForeignKey("residents.id")),
    required("count", Integer),
    required("since", MomentColumn),
    sqlite_with_rowid=False,
)

floor_requests: Final = Table(
    "floor_requests",
    metadata,
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    key("sitting", Integer),
    key("number", Integer),
    Column("resident_id", BigInteger, ForeignKey("residents.id")),
    required("in_hall", Boolean),
    required("asked_at", MomentColumn),
    Column("called_at", MomentColumn),
    Column("ended_at", MomentColumn),
    Column("withdrawn_at", MomentColumn),
    partial("ix_floor_requests_resident", "resident_id", where="resident_id IS NOT NULL"),
    sqlite_with_rowid=False,
)

# questions to the presenters that were answered in a hall
hall_answers: Final = Table(
    "hall_answers",
    metadata,
    key("comment_id", BigInteger, ForeignKey("comments.id")),
    required("hearing_id", BigInteger, ForeignKey("hearings.id")),
    required("sitting", Integer),
    required("at", MomentColumn),
    required("note", ProseColumn),
    # refers to no resident, as in the journal
    Column("by", BigInteger),
    Index("ix_hall_answers_hearing", "hearing_id"),
    sqlite_with_rowid=False,
)
