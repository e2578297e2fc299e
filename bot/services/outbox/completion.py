"""What becomes of a notice that was handed over, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.notices import Completion, NoticeKind, NoticeStatus
from bot.domain.rooms import GroupPost as Posted
from bot.ports.courier import Later, Moved, Refused, Sent, Unreachable

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.notices import Notice
    from bot.ports import Repositories
    from bot.ports.courier import DeliveryOutcome
    from bot.services.outbox.letters import Letter

CRASHES: Final = 10
"""Tries of a letter that makes us stumble, after which it is given up: it must not hold up the others for ever."""
LONGEST: Final = 600.0
"""Seconds between two such tries at most."""


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """A letter that was handed over, or a notice that needs none, and what became of it."""

    notice: Notice
    letter: Letter | None
    settlement: Completion
    outcome: DeliveryOutcome | None = None


def lock_order(done: DeliveryResult) -> tuple[int, int]:
    """A person's or room's own place in the order in which rows are changed."""
    letter = done.letter
    person = letter.recipient.telegram_id if letter and letter.recipient else None
    return person or 0, letter.room.id if letter and letter.room else 0


def retry_after_crash(notice: Notice, now: datetime) -> Completion:
    """What becomes of a letter over which the courier crashes: again, later each time, and not for ever."""
    if notice.attempts + 1 >= CRASHES:
        return Completion(notice.id, NoticeStatus.UNDELIVERABLE, "failed", doubtful=True)
    wait = timedelta(seconds=min(2.0**notice.attempts, LONGEST))
    return Completion(notice.id, NoticeStatus.WAITING, due_at=now + wait, doubtful=True)


def completion_of(notice: Notice, outcome: DeliveryOutcome, now: datetime) -> Completion:
    """What is recorded of an outcome."""
    match outcome:
        case Sent():
            return Completion(notice.id, NoticeStatus.DELIVERED)
        case Unreachable(reason) | Refused(reason):
            return Completion(notice.id, NoticeStatus.UNDELIVERABLE, reason)
        case Moved():
            return Completion(notice.id, NoticeStatus.WAITING, due_at=now)
        case Later(wait, tried, doubtful):
            return Completion(notice.id, NoticeStatus.WAITING, due_at=now + wait, tried=tried, doubtful=doubtful)


async def follow(repositories: Repositories, done: DeliveryResult, now: datetime) -> None:
    """What follows from an outcome beside the notice itself."""
    letter = done.letter
    match done.outcome:
        case Sent(message_id) if letter and letter.room and message_id:
            if letter.broadcast.kind in (NoticeKind.ANNOUNCED, NoticeKind.POST):
                await repositories.rooms.keep_post(Posted(letter.room.id, letter.hearing.id, message_id))
        case Unreachable() if letter and letter.recipient and letter.recipient.telegram_id:
            await repositories.people.mark_blocked(letter.recipient.telegram_id, now)
        case Unreachable() if letter and letter.room:
            room = await repositories.rooms.get(letter.room.id)  # as it is now: somebody may have linked it meanwhile
            await repositories.rooms.save(replace(room, left_at=now))
        case Moved(telegram_id) if letter and letter.room:
            await repositories.rooms.move(letter.room.telegram_id, telegram_id)
        case _:
            pass
