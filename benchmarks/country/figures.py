"""What a database of the country says of itself: its size, notices that came late, and its sums counted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from datetime import datetime

    from storage import Store

LATE: Final = 300
"""Seconds after which a notice is late."""
_NOTICES: Final = """
    SELECT count(*), sum(CASE WHEN state = 'delivered' THEN 1 ELSE 0 END),
           sum(CASE WHEN state = 'delivered' AND settled_at - due_at > :late THEN 1 ELSE 0 END),
           max(CASE WHEN state = 'delivered' THEN settled_at - due_at ELSE 0 END)
    FROM notices WHERE broadcast_id IS NOT NULL AND settled_at >= :since AND settled_at < :until
"""
_SIZE: Final = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}
_LEFT: Final = {
    "updates in the inbox": "SELECT count(*) FROM inbox",
    "open broadcasts": "SELECT count(*) FROM broadcasts WHERE NOT settled",
    "notices that wait": "SELECT count(*) FROM notices WHERE settled_at IS NULL",
    "hearings without an answer": "SELECT count(*) FROM hearings WHERE phase <> 'answered'",
}


def _stamp(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


async def of_month(store: Store, since: datetime, until: datetime) -> dict[str, Any]:
    """The size in megabytes, and the notices of broadcasts that were settled between two moments."""
    async with store._database.reading() as now:
        size = await now.value(text(_SIZE[now.dialect]))
        period = {"since": _stamp(since), "until": _stamp(until), "late": LATE * 1_000_000}
        row = await now.first(text(_NOTICES), period)
    assert row is not None
    settled, delivered, late, longest = (int(value or 0) for value in row)
    return {
        "size_mb": round(size / 1e6, 1),
        "notices": settled,
        "delivered": delivered,
        "late": late,
        "latest_s": round(longest / 1e6),
    }


async def recounted(store: Store, *, votes: int, comments: int) -> list[str]:
    """What is wrong with the sums of the year; nothing where all are right."""
    wrong = []
    async with store._database.reading() as now:
        hearings = [row[0] for row in await now.rows(text("SELECT id FROM hearings ORDER BY id"))]
        for what, expected in (("votes", votes), ("comments", comments)):
            if (found := await now.value(text(f"SELECT count(*) FROM {what}"))) != expected:
                wrong.append(f"{found} {what} instead of {expected}")
        for what, statement in _LEFT.items():
            if found := await now.value(text(statement)):
                wrong.append(f"{found} {what}")
    for hearing in hearings:
        async with store.reading() as repositories:
            if await repositories.votes.rollup(hearing) != await repositories.votes.recount(hearing):
                wrong.append(f"the rollup of hearing {hearing}")
            told = sum(tally.voters for tally in (await repositories.votes.tallies(hearing)).values())
        async with store._database.reading() as now:
            counted = "SELECT count(*) FROM votes WHERE hearing_id = :hearing"
            if told != (found := await now.value(text(counted), {"hearing": hearing})):
                wrong.append(f"hearing {hearing} tells of {told} votes and has {found}")
    return wrong
