"""The tables by which processes share the work: which there are, whose updates each handles, groups that were answered.

On PostgreSQL they are unlogged: after a crash of the server no process of before is connected, and they are empty.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, ForeignKey, Integer, Table, Text

from storage.layout import key, metadata, required

replicas: Final = Table(
    "replicas",
    metadata,
    key("name", Text),
    required("lock_key", BigInteger),
    required("renewals", BigInteger),
    required("parts", Integer),
    required("says", Text),
    sqlite_with_rowid=False,
)

person_owners: Final = Table(
    "person_owners",
    metadata,
    key("telegram_id", BigInteger),
    required("owner", Text, ForeignKey("replicas.name", ondelete="CASCADE"), index=True),
)

# microseconds since 1970 by the server's clock; topic 0 where a group has none
answered_groups: Final = Table(
    "answered_groups",
    metadata,
    key("chat", BigInteger),
    key("topic", BigInteger),
    required("at", BigInteger),
)
