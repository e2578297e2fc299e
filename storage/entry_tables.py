"""The tables of what staff enter for somebody: counted votes, people present, comments, names, transcripts."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, ForeignKeyConstraint, Index, Integer, Table, Text

from bot.domain.comments import Channel
from bot.domain.transcripts import TranscriptTrouble
from storage.columns import CountsColumn, EnumColumn, MomentColumn, ProseColumn
from storage.layout import key, metadata, partial, required

# votes counted by hand, a row for each question and ballot box; version 0 counts, others were put aside after it
counted_votes: Final = Table(
    "counted_votes",
    metadata,
    key("hearing_id", BigInteger),
    key("question_no", Integer),
    key("version", Integer),
    key("channel", EnumColumn(Channel)),
    # refers to no place, as in the rollup
    key("village_id", BigInteger),
    key("box", Integer),
    required("voters", BigInteger),
    required("counts", CountsColumn),
    required("entered_at", MomentColumn),
    Column("entered_by", BigInteger, ForeignKey("residents.id")),
    ForeignKeyConstraint(["hearing_id", "question_no"], ["questions.hearing_id", "questions.no"]),
    sqlite_with_rowid=False,
)

# people present at a sitting
presence: Final = Table(
    "presence",
    metadata,
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    key("sitting", Integer),
    required("people", Integer),
    required("women", Integer),
    required("men", Integer),
    required("entered_at", MomentColumn),
    Column("entered_by", BigInteger, ForeignKey("residents.id")),
    sqlite_with_rowid=False,
)

# comments that staff entered for somebody
entries: Final = Table(
    "entries",
    metadata,
    key("comment_id", BigInteger, ForeignKey("comments.id")),
    required("hearing_id", BigInteger, ForeignKey("hearings.id")),
    required("given_on", Date),
    required("sitting", Integer),
    required("voices", Integer),
    # a digest of what it says, to find an identical one
    required("words", Text),
    # the number under which an entry sheet has it
    Column("paper", Text),
    Column("entered_by", BigInteger, ForeignKey("residents.id")),
    Index("ix_entries_words", "hearing_id", "words"),
    partial("ix_entries_paper", "hearing_id", "paper", where="paper IS NOT NULL", unique=True),
    sqlite_with_rowid=False,
)

# whose words they are, for the minutes alone; no other table and no query joins it
entry_names: Final = Table(
    "entry_names",
    metadata,
    key("comment_id", BigInteger, ForeignKey("comments.id")),
    required("name", ProseColumn),
    sqlite_with_rowid=False,
)

# what is said in the voice messages of a comment, and which a program is still to write down
transcripts: Final = Table(
    "transcripts",
    metadata,
    key("comment_id", BigInteger, ForeignKey("comments.id")),
    required("recordings", Text),
    required("words", ProseColumn),
    required("machine", Boolean),
    required("written_at", MomentColumn),
    required("attempts", Integer),
    Column("due", MomentColumn),
    Column("trouble", EnumColumn(TranscriptTrouble)),
    partial("ix_transcripts_due", "due", where="due IS NOT NULL"),
    sqlite_with_rowid=False,
)
