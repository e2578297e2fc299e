"""Broadcasts are stored here, in the transaction of the change that causes them, and dropped when they are void."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.decisions import moment_of
from bot.domain.notice_rules import NOTICE_RULES, wanted
from bot.domain.notices import Audience, BroadcastStatus, NoticeKind, Recipients
from bot.domain.sittings import villages_of
from bot.domain.timetable import deadline, void_reason

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.notices import Planned
    from bot.domain.places import PlaceTree
    from bot.ports import Repositories

TOO_LATE: Final = "too late"
SUPERSEDED: Final = "superseded"


def unsendable_reason(planned: Planned, hearing: Hearing, now: datetime) -> str:
    """Why the notice is not sent: it is void, or comes too late; ``""`` where it may be sent ``now``."""
    return void_reason(planned, hearing) or (TOO_LATE if now >= deadline(planned, hearing) else "")


async def enqueue(
    repositories: Repositories, planned: Planned, hearing: Hearing, *, at: datetime, dropped: str = ""
) -> int | None:
    """Store a broadcast in the caller's transaction; returns its id, or None where it is stored already.

    A broadcast that is not to be sent (it is void, it comes too late, or it is ``dropped`` for that reason) is stored
    as dropped, so that staff see why.
    """
    reason = dropped or unsendable_reason(planned, hearing, at)
    status = BroadcastStatus.DROPPED if reason else BroadcastStatus.GOING
    return await repositories.broadcasts.begin(planned, at=at, status=status, reason=reason)


async def drop(
    repositories: Repositories, hearing_id: int, reason: str, *, kinds: Collection[NoticeKind] = tuple(NoticeKind)
) -> None:
    """Drop the hearing's broadcasts of these kinds that are not completed; their notices expire in batches later."""
    for broadcast in await repositories.broadcasts.list_of(hearing_id):
        live = broadcast.status in (BroadcastStatus.GOING, BroadcastStatus.PAUSED) and not broadcast.completed
        if live and broadcast.kind in kinds:
            await repositories.broadcasts.set_status(broadcast.id, BroadcastStatus.DROPPED, reason=reason)


def recipients_of(planned: Planned, hearing: Hearing, places: PlaceTree | None = None) -> Recipients:
    """The recipients of a broadcast; of known ``places`` the villages where the hearing is held come first."""
    rule = NOTICE_RULES[planned.kind]
    return Recipients(
        hearing.id,
        _municipality_now(hearing, places),
        rule.audience,
        wanted(planned),
        rooms=rule.rooms,
        first=_first(hearing, places) if places else (),
        only=tuple(map(int, str(planned.facts.get("villages", "")).split())),
        anywhere=bool(planned.facts.get("anywhere", 1)),
        questions=len(hearing.dossier.questions),
        version=planned.edition - 1 if rule.audience is Audience.FORMER_VOTERS else 0,
        comment=int(planned.facts.get("comment", 0)),
        decided_at=moment_of(planned.edition) if rule.audience is Audience.CONCERNED else None,
    )


def _first(hearing: Hearing, places: PlaceTree) -> tuple[int, ...]:
    """The villages where the hearing is held, or for which it is."""
    villages = places.villages(hearing.municipality_id)
    venues = [villages_of(sitting, villages) for sitting in hearing.dossier.sittings]
    return tuple(dict.fromkeys(village for found in venues for village in found))


def _municipality_now(hearing: Hearing, places: PlaceTree | None) -> int:
    """Whose followers and groups are told: of a municipality that was merged into another those of that one."""
    place = places.by_id.get(hearing.municipality_id) if places else None
    return places.present(place).id if places and place else hearing.municipality_id
