"""Parts of what staff make public, in the transaction of whoever calls: publishing, and another version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import DraftChanged, HearingOver
from bot.domain.hearings import Phase, due_phase
from bot.domain.journal import Act, about_hearing
from bot.domain.notice_rules import SUPERSEDED_BY_NEW_DATES
from bot.domain.notices import NoticeKind, Planned
from bot.services.outbox.enqueue import SUPERSEDED, drop, enqueue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.journal import JournalEntry
    from bot.domain.people import Actor
    from bot.ports import Repositories


async def announce(repositories: Repositories, hearing: Hearing, now: datetime, actor_id: int | None = None) -> Hearing:
    """Make a draft public and enqueue its announcement, in the caller's transaction; what is public stays as it is."""
    if hearing.phase is not Phase.DRAFT:
        return hearing
    await repositories.hearings.set_phase(hearing.id, Phase.ANNOUNCED, at=now)
    await repositories.journal.add(about_hearing(hearing.id, Act.PUBLISHED, at=now, by=actor_id))
    published = await repositories.hearings.get(hearing.id)
    await enqueue(repositories, Planned(hearing.id, NoticeKind.ANNOUNCED, 1, now), published, at=now)
    return published


async def store_revision(
    repositories: Repositories,
    hearing: Hearing,
    dossier: Dossier,
    *,
    now: datetime,
    kind: NoticeKind,
    data: Mapping[str, str | int],
) -> Hearing:
    """Store another version of a hearing, and tell of it. Raises HearingOver where it would be opened again."""
    if due_phase(hearing, now) is Phase.CLOSED and dossier.closes_at > now:
        raise HearingOver  # what was counted stays counted: who was forgotten since would count twice
    revised = await repositories.hearings.revise(hearing.id, dossier, at=now)
    if kind is not NoticeKind.POST:
        await drop(repositories, hearing.id, SUPERSEDED, kinds=SUPERSEDED_BY_NEW_DATES)
    for each in dict.fromkeys((kind, NoticeKind.POST)):
        await enqueue(repositories, Planned(hearing.id, each, revised.version, now, facts=data), revised, at=now)
    return revised


def begin_of(dossier: Dossier, sitting: int, now: datetime) -> datetime | None:
    """When the sitting, or (0) the next one, was to begin; None where none is to come."""
    if sitting:
        return dossier.sitting(sitting).starts_at
    return next((each.starts_at for each in dossier.sittings if each.starts_at > now), None)


def ensure_version(hearing: Hearing, version: int | None) -> None:
    """Raise DraftChanged for a draft of another version than was looked at."""
    if hearing.phase is Phase.DRAFT and version not in (None, hearing.version):
        raise DraftChanged


def act_entry(
    at: datetime, act: Act, hearing: Hearing, actor: Actor, data: Mapping[str, str | int] | None = None
) -> JournalEntry:
    """The line of the journal on what a member of staff did to a hearing."""
    return about_hearing(hearing.id, act, at=at, by=actor.resident_id, data=data)
