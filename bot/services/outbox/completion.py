"""What is recorded when a notice has been handed to the courier: of the notice itself, and of its recipient.

A notice is ``doubtful`` when an earlier attempt may have arrived although no answer of Telegram's says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog

from bot.backoff import Backoff
from bot.domain.notices import Completion, NoticeKind, NoticeStatus
from bot.domain.rooms import GroupPost
from bot.domain.values import dataclass
from bot.ports.courier import Later, Moved, Refused, Sent, Unreachable
from bot.services.outbox.letters import Letter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.notices import Notice
    from bot.ports import Clock, Repositories, Store
    from bot.ports.courier import DeliveryOutcome
    from bot.services.outbox.reply_letters import ReplyLetter

log = structlog.get_logger(__name__)

MOST_CRASHES: Final = 10
"""Attempts in which the courier raises, after which a notice is given up: it must not take others' slots for ever."""
CRASH_BACKOFF: Final = Backoff(1.0, longest=600.0)


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """A claimed notice and what is to be recorded of it.

    ``letter`` is None where none was written, ``outcome`` where the courier named none.
    """

    notice: Notice
    letter: Letter | ReplyLetter | None
    completion: Completion
    outcome: DeliveryOutcome | None = None


def not_sent(notice: Notice, now: datetime) -> DeliveryResult:
    """The result for a notice that was not handed to the courier: due again at once, and no attempt is counted."""
    return DeliveryResult(notice, None, Completion(notice.id, NoticeStatus.WAITING, due_at=now, tried=False))


def cut_off(letter: Letter | ReplyLetter, now: datetime) -> DeliveryResult:
    """The result of a delivery that was cancelled half-way: due again at once, and doubtful."""
    notice = letter.notice
    return DeliveryResult(notice, letter, Completion(notice.id, NoticeStatus.WAITING, due_at=now, doubtful=True))


def retry_after_crash(letter: Letter | ReplyLetter, now: datetime) -> DeliveryResult:
    """The result of a delivery in which the courier raised: due again, later each time, in the end given up."""
    notice = letter.notice
    failures = notice.attempts + 1
    if failures >= MOST_CRASHES:
        given_up = Completion(notice.id, NoticeStatus.UNDELIVERABLE, "failed", doubtful=True)
        return DeliveryResult(notice, letter, given_up)
    due_at = now + timedelta(seconds=CRASH_BACKOFF.seconds(failures))
    return DeliveryResult(notice, letter, Completion(notice.id, NoticeStatus.WAITING, due_at=due_at, doubtful=True))


def nothing_to_send(notice: Notice, now: datetime) -> DeliveryResult:
    """The result for a notice whose letter could not be written: as after a crash, but nothing can have arrived."""
    failures = notice.attempts + 1
    if failures >= MOST_CRASHES:
        return DeliveryResult(notice, None, Completion(notice.id, NoticeStatus.UNDELIVERABLE, "failed"))
    due_at = now + timedelta(seconds=CRASH_BACKOFF.seconds(failures))
    return DeliveryResult(notice, None, Completion(notice.id, NoticeStatus.WAITING, due_at=due_at))


def result_of(letter: Letter | ReplyLetter, outcome: DeliveryOutcome, now: datetime) -> DeliveryResult:
    """The result of a delivery that had this outcome."""
    return DeliveryResult(letter.notice, letter, _completion(letter.notice, outcome, now), outcome)


def _completion(notice: Notice, outcome: DeliveryOutcome, now: datetime) -> Completion:
    match outcome:
        case Sent(remark=remark):
            return Completion(notice.id, NoticeStatus.DELIVERED, remark)
        case Unreachable(reason) | Refused(reason):
            return Completion(notice.id, NoticeStatus.UNDELIVERABLE, reason)
        case Moved():
            return Completion(notice.id, NoticeStatus.WAITING, due_at=now)
        case Later(wait, tried, doubtful):
            return Completion(notice.id, NoticeStatus.WAITING, due_at=now + wait, tried=tried, doubtful=doubtful)


class ResultRecorder:
    """Keeps the results of deliveries until ``record`` writes them all in one transaction.

    ``owner`` is the name under which this process claims notices.
    """

    def __init__(self, store: Store, clock: Clock, owner: str) -> None:
        self._store = store
        self._clock = clock
        self._owner = owner
        self._results: list[DeliveryResult] = []
        self.delivered = 0

    def __len__(self) -> int:
        """How many results are kept."""
        return len(self._results)

    def note(self, result: DeliveryResult) -> None:
        """Keep a result."""
        self._results.append(result)

    async def record(self) -> tuple[int, ...]:
        """Write all results kept so far, which ends the claims; returns the ids of their notices.

        Raises:
            StoreUnavailable: nothing was written, and the results are kept.
        """
        results, now = list(self._results), self._clock.now()
        if not results:
            return ()
        await self._mark_blocked(results, now)
        async with self._store.posting() as repositories:
            completions = [result.completion for result in results]
            ours = set(await repositories.notices.complete(completions, by=self._owner, at=now))
            for result in sorted(results, key=_lock_order):
                await _update_room(repositories, result, now)
        del self._results[: len(results)]
        self.delivered += sum(result.completion.status is NoticeStatus.DELIVERED for result in results)
        _log_given_up(results)
        if lost := len(results) - len(ours):
            log.warning("notices were taken over while this process had them claimed", notices=lost)
        return tuple(result.notice.id for result in results)

    async def _mark_blocked(self, results: Sequence[DeliveryResult], now: datetime) -> None:
        """Note who has blocked the bot, as all writers write: followers are counted with it, and counts are shared."""
        if blocked := [person for result in results if (person := _blocked(result)) is not None]:
            async with self._store.writing() as repositories:
                for telegram_id in blocked:
                    await repositories.people.mark_blocked(telegram_id, now)


def _blocked(result: DeliveryResult) -> int | None:
    """The person who cannot be reached any more; None where the outcome says nothing of the kind."""
    letter = result.letter
    if letter is None or letter.recipient is None or not isinstance(result.outcome, Unreachable):
        return None
    return letter.recipient.telegram_id


def _log_given_up(results: Sequence[DeliveryResult]) -> None:
    """Say what is not delivered and never will be; that people have blocked the bot is no news."""
    given_up = Counter(
        (_kind(result), result.completion.reason)
        for result in results
        if result.completion.status is NoticeStatus.UNDELIVERABLE and not isinstance(result.outcome, Unreachable)
    )
    for (what, reason), count in given_up.items():
        log.warning("given up", what=what, reason=reason, notices=count)


def _kind(result: DeliveryResult) -> str:
    """What the notice tells."""
    if isinstance(result.letter, Letter):
        return result.letter.broadcast.kind.value
    return result.notice.reply.value if result.notice.reply is not None else "a notice"


def _lock_order(result: DeliveryResult) -> int:
    """The key by which results are sorted before their rooms' rows are changed.

    All processes lock these rows in the same order, so that two of them never wait for each other in a circle.
    """
    return result.letter.room.id if result.letter and result.letter.room else 0


async def _update_room(repositories: Repositories, result: DeliveryResult, now: datetime) -> None:
    """Record what the outcome says of a room: it has a new post, has moved, or the bot is in it no more."""
    letter = result.letter
    match result.outcome:
        case Sent(message_id) if isinstance(letter, Letter) and letter.room and message_id:
            if letter.broadcast.kind in (NoticeKind.ANNOUNCED, NoticeKind.POST):
                await repositories.rooms.keep_post(GroupPost(letter.room.id, letter.hearing.id, message_id))
        case Unreachable() if letter and letter.room is not None:
            room = await repositories.rooms.get(letter.room.id)  # the letter's copy is old: it may be linked by now
            await repositories.rooms.save(replace(room, left_at=now))
        case Moved(telegram_id) if letter and letter.room is not None:
            await repositories.rooms.move(letter.room.telegram_id, telegram_id)
        case _:
            pass
