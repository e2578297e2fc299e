"""How many messages a second Telegram seems to take: found out by trying, and remembered.

Telegram names a figure for bulk and none for answers. So answers begin at thirty a second; while they wait and no 429
comes, they get a little more each second, and after a 429 that is the bot's (not one chat's) half. Where Telegram
ended it once, it is tried again seldom.

Where several processes share what Telegram takes, the figures are those of the whole bot: each uses its ``part``, and
all learn from each other.

Nothing here waits or sends; times are seconds of a monotonic clock, given by the caller.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from handlers.outgoing.circuit_breaker import NEVER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BULK_A_SECOND: Final = 30
"""What Telegram takes of bulk; edits count, answers to presses do not."""
FIRST_ANSWERS: Final = 30
"""Answers a second to begin with."""
ANSWERS_A_SECOND: Final = 200
"""Answers a second at most, where no setting says otherwise."""
FEWEST: Final = 6
"""Messages a second below which no 429 leads."""
GROWTH: Final = 30.0
"""Messages a second more, each second in which answers had to wait."""
REGROWTH: Final = 60.0
"""The same up to what Telegram has taken before."""
LONGEST_STEP: Final = 1.5
"""Seconds between two messages that had to wait: after longer ones it begins anew."""
BELOW_LIMIT: Final = 0.98
"""The part of what Telegram took when it refused more, that is taken for its limit."""
STEP_DOWN: Final = 0.9
FAR_BELOW: Final = 0.6
"""A known limit sinks by a tenth at most, as a network may have held messages up; unless far less was taken."""
FIRST_TRIAL: Final = 60.0
LONGEST_TRIAL: Final = 3600.0
"""Seconds from a 429 until more than the limit is tried again: doubled each time that it is refused."""
NEXT_TRIAL: Final = 5.0
"""Seconds until still more is tried, after a trial that was not refused."""
FIRST_RAISE: Final = 0.04
"""By which part a trial raises the limit; doubled by each one that is not refused."""


class AnswerPace:
    """Messages a second: all together (``total``), and of them answers, at most ``most`` of these.

    Bulk has a share while answers wait: what is left above thirty answers, up to its own thirty, and a sixth at least.

    ``part`` is which part of all that is this process's, from 0 to 1.
    """

    part: Callable[[], float] = staticmethod(lambda: 1.0)

    def __init__(self, most: int = ANSWERS_A_SECOND) -> None:
        self._most = most
        self._total = float(FIRST_ANSWERS)
        self._limit: int | None = None
        self._waited_at = NEVER
        self._growth_due = 0.0
        self._tried = self._total
        self._trial_at = NEVER
        self._trial_after = FIRST_TRIAL
        self._raise = FIRST_RAISE
        self._lessons = 0

    @property
    def total(self) -> int:
        """Messages a second, answers and bulk together; 0 while this process has no part."""
        return int(self._total * self.part())

    @property
    def bulk(self) -> int:
        """How many of them may be bulk."""
        return int(BULK_A_SECOND * self.part())

    @property
    def bulk_share(self) -> int:
        """How many of them are bulk's while answers wait too."""
        first = int(FIRST_ANSWERS * self.part())
        return max(1, min(self.bulk, max(self.total - first, self.total // 6)))

    def most_answers(self, *, bulk_waits: bool) -> int:
        """How many of them may be answers; ``bulk_waits``: it has its share."""
        most = int(self._most * self.part())
        return max(1, min(most, self.total - self.bulk_share if bulk_waits else self.total))

    def note_waited(self, now: float, *, bulk: bool = False) -> None:
        """A message leaves now that had to wait for the pace of all: the next ones get a little more.

        What waits is an answer; ``bulk`` makes it grow to bulk's own thirty at most.
        """
        waited = now - self._waited_at if now - self._waited_at <= LONGEST_STEP else 0.0
        self._waited_at = now
        self._growth_due += waited * (GROWTH if self._limit is None else REGROWTH)
        more, self._growth_due = min(1.0, self._growth_due), max(0.0, self._growth_due - 1.0)
        highest = float(BULK_A_SECOND if bulk else self._most + BULK_A_SECOND)
        if self._limit is not None:
            self._try_more(now)
            highest = min(highest, self._limit)
        self._total = max(self._total, min(highest, self._total + more))

    def _try_more(self, now: float) -> None:
        if self._limit is None or self._total < self._limit or now < self._trial_at:
            return
        self._limit += max(1, int(self._limit * self._raise))
        self._trial_at = now + NEXT_TRIAL
        self._raise *= 2

    def halve(self) -> None:
        """Telegram says that all together was too fast."""
        self._tried = self._total
        self._total = max(FEWEST, self._total / 2)
        self._growth_due = 0.0
        self._lessons += 1

    def note_taken(self, now: float, taken: int) -> None:
        """So many messages Telegram took in the second before it said so: that is about its limit."""
        if (part := self.part()) <= 0 or taken < self._tried * part / 2:  # it was not for their number
            return
        taken = round(taken / part)
        self._lessons += 1
        limit = round(taken * BELOW_LIMIT)
        if self._limit is not None:
            self._trial_after = min(self._trial_after * 2, LONGEST_TRIAL)
            if limit > self._limit * FAR_BELOW:
                limit = max(limit, int(self._limit * STEP_DOWN))
        self._limit = max(FEWEST, limit)
        self._trial_at = now + self._trial_after
        self._raise = FIRST_RAISE

    @property
    def told(self) -> Mapping[str, Any]:
        """What other processes learn of it, by ``hear``."""
        return {"lessons": self._lessons, "total": self._total, "limit": self._limit}

    def hear(self, told: Mapping[str, Any], now: float) -> None:
        """Take over what another process has learnt: of more lessons all, of as many the larger figures."""
        if told["lessons"] < self._lessons:
            return
        highest = float(self._most + BULK_A_SECOND)
        if told["lessons"] > self._lessons:
            self._tried = max(self._total, told["total"])
            self._lessons, self._limit, self._total = told["lessons"], told["limit"], min(highest, told["total"])
            self._trial_at = now + self._trial_after
            return
        self._total = max(self._total, min(highest, told["total"]))
        if self._limit is not None and told["limit"] is not None:
            self._limit = max(self._limit, told["limit"])

    @property
    def learnt(self) -> str:
        """What a later process may begin with, for ``recall``."""
        return json.dumps({"total": int(self._total), "limit": self._limit})

    def recall(self, learnt: str, now: float) -> None:
        """Begin with what an earlier process has learnt; words that cannot be read change nothing."""
        try:
            known = json.loads(learnt)
            total, limit = known["total"], known["limit"]
            if not isinstance(total, int) or not isinstance(limit, int | None):
                return
        except (ValueError, KeyError, TypeError):
            return
        self._limit = None if limit is None else max(FEWEST, limit)
        self._total = float(max(FEWEST, min(total, self._most + BULK_A_SECOND)))
        self._trial_at = now + FIRST_TRIAL
