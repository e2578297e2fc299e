"""The pace of answers is remembered, so that a process begins where the one before it ended."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import structlog

from bot.domain.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.ports import Store
    from handlers.outgoing.answer_pace import AnswerPace

log = structlog.get_logger(__name__)

KEY: Final = "answers_pace"


class RememberedPace:
    """Keeps what a ``pace`` has learnt in the database; without a pace it does nothing."""

    def __init__(
        self, store: Store, pace: AnswerPace | None, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._pace = pace
        self._monotonic = monotonic
        self._kept = pace.learnt if pace is not None else ""

    async def recall(self) -> None:
        """Begin with what an earlier process has learnt. Raises StoreUnavailable."""
        if self._pace is None:
            return
        async with self._store.reading() as repositories:
            learnt = await repositories.housekeeping.find_setting(KEY)
        if learnt is not None:
            self._pace.recall(learnt, self._monotonic())
            self._kept = self._pace.learnt

    async def keep(self) -> None:
        """Store what has been learnt since; a database that refuses it is asked again the next time."""
        if self._pace is None or (learnt := self._pace.learnt) == self._kept:
            return
        try:
            async with self._store.writing() as repositories:
                await repositories.housekeeping.keep_setting(KEY, learnt)
        except StoreUnavailable as failure:
            log.info("the pace of answers is not kept", reason=failure.reason)
        else:
            self._kept = learnt
