"""The tables of counts that triggers keep: what changes a comment, participant or follower changes its count too."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, ForeignKey, Table, Text

from bot.domain.comments import Channel, CommentKind, Visibility
from bot.domain.people import Reminders
from bot.domain.questions import AboutKind
from storage.columns import EnumColumn
from storage.demographics import demographics_key
from storage.layout import KEPT_BY_TRIGGERS, key, metadata, required

comment_counts: Final = Table(
    "comment_counts",
    metadata,
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    key("kind", EnumColumn(CommentKind)),
    key("channel", EnumColumn(Channel)),
    key("visibility", EnumColumn(Visibility)),
    key("withdrawn", Boolean),
    # of the decision; empty where there is none
    key("outcome", Text),
    # joined with another one
    key("joined", Boolean),
    key("done", Boolean),
    key("about_kind", EnumColumn(AboutKind)),
    key("about_no", BigInteger),
    required("comments", BigInteger),
    required("support", BigInteger),
    sqlite_with_rowid=False,
    info={KEPT_BY_TRIGGERS: True},
)

participant_counts: Final = Table(
    "participant_counts",
    metadata,
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    *demographics_key(),
    key("municipality_id", BigInteger),
    # never none: that would tell of which group somebody was who is forgotten
    required("people", BigInteger),
    sqlite_with_rowid=False,
    info={KEPT_BY_TRIGGERS: True},
)

# participants by the language that they read now; "" is that of the forgotten ones
participant_languages: Final = Table(
    "participant_languages",
    metadata,
    key("hearing_id", BigInteger),
    key("language", Text),
    required("people", BigInteger),
    sqlite_with_rowid=False,
    info={KEPT_BY_TRIGGERS: True},
)

# residents who can and want to be written to (``REACHABLE_RESIDENTS``)
follower_counts: Final = Table(
    "follower_counts",
    metadata,
    key("municipality_id", BigInteger),
    # 0: no village
    key("village_id", BigInteger),
    key("reminders", EnumColumn(Reminders)),
    # never none: that would tell where somebody lived who is forgotten
    required("people", BigInteger),
    sqlite_with_rowid=False,
    info={KEPT_BY_TRIGGERS: True},
)
