"""The tables by which several processes of the bot share the work: which there are, and whose updates each handles.

On PostgreSQL both are unlogged: after a crash of the server no process of before is connected, and they are empty.
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
