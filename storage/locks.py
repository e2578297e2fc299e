"""PostgreSQL's advisory locks: of the transaction that writes, and of those that write within a scope.

Whoever may change anything has the writers' lock alone. Whoever names a scope has it together with others, and alone
one lock for each hearing and each person. All are asked for in one order, so nobody waits in a circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import ARRAY, BigInteger, bindparam, text

if TYPE_CHECKING:
    from bot.ports import WriteScope

WRITER_LOCK: Final = 4_850_122_673
"""The lock of those that write: any number, the same in every process."""
_HEARINGS: Final = 1 << 61
_PEOPLE: Final = 1 << 62
"""Added to ids, which are below 2^53: the locks of a hearing and of a person are never the same."""

LOCK_WRITERS: Final = f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"
LOCK_SCOPE: Final = text(
    "SELECT CASE place WHEN 1 THEN pg_advisory_xact_lock_shared(key)::text ELSE pg_advisory_xact_lock(key)::text END"
    " FROM unnest(:keys) WITH ORDINALITY AS wanted (key, place)"
).bindparams(bindparam("keys", type_=ARRAY(BigInteger)))
"""Rows come in the order of the array, and each waits for its lock before the next is looked at."""


def keys_of(scope: WriteScope) -> list[int]:
    """The locks of a scope, the shared one first."""
    hearings = (_HEARINGS + number for number in sorted(scope.hearings))
    return [WRITER_LOCK, *hearings, *(_PEOPLE + number for number in sorted(scope.people))]
