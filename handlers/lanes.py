"""When a message may leave: each chat in its own lane, and a halt for all when Telegram has had too much of us.

Nothing here waits or sends; times are seconds of a monotonic clock, given by the caller.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LONGEST: Final = 30
"""Messages that may wait in one lane; nobody reads more."""


@dataclass(frozen=True, slots=True)
class Pace:
    """At most ``most`` messages in any ``window`` seconds, of which screens keep ``interval`` seconds between them."""

    most: int
    window: float
    interval: float

    @classmethod
    def of(cls, chat_id: int, interval: float) -> Pace:
        """A person: one in ``interval`` seconds, three at once after a rest. A group: 18 a minute of the 20 allowed."""
        return cls(3, 3 * interval, interval) if chat_id > 0 else cls(18, 60 * interval, 3 * interval)


@dataclass(slots=True)
class Job:
    """One message to be: ``work`` sends it to the chat it is given. A screen gives way to a newer screen."""

    work: Callable[[int], Awaitable[None]]
    screen: bool
    tries: int = 0


@dataclass(slots=True)
class Lane:
    """What one chat is owed, in order."""

    chat_id: int
    pace: Pace
    jobs: deque[Job] = field(default_factory=deque)
    running: bool = False
    _left: deque[float] = field(default_factory=deque)
    _next_screen: float = float("-inf")
    _paused: float = float("-inf")

    def put(self, job: Job) -> bool:
        """Add ``job``; False where it took the place of an older screen, so that as many wait as before."""
        if job.screen and (older := self._waiting_screen()) is not None:
            self.jobs.remove(older)
            self.jobs.append(job)
            return False
        self.jobs.append(job)
        return True

    def put_back(self, job: Job) -> bool:
        """The job first in line again; False where a newer screen has made it needless."""
        if job.screen and self._waiting_screen() is not None:
            return False
        self.jobs.appendleft(job)
        return True

    @property
    def full(self) -> bool:
        """True when one more would be too many."""
        return len(self.jobs) >= LONGEST

    def wait(self, now: float) -> float:
        """Seconds until the first job may leave, 0 or less when it may now."""
        at = self._paused
        if len(self._left) >= self.pace.most:
            at = max(at, self._left[0] + self.pace.window)
        if self.jobs and self.jobs[0].screen:
            at = max(at, self._next_screen)
        return at - now

    def left(self, job: Job, now: float) -> None:
        """The job leaves now."""
        self._left.append(now)
        if len(self._left) > self.pace.most:
            self._left.popleft()
        if job.screen:
            self._next_screen = now + self.pace.interval

    def pause(self, until: float, *, spent: bool) -> None:
        """Nothing leaves before ``until``; with all patience ``spent``, then only one after another."""
        self._paused = max(self._paused, until)
        if spent:
            step = self.pace.window / self.pace.most
            self._left = deque(self._paused - step * before for before in range(self.pace.most, 0, -1))

    @property
    def rested_at(self) -> float:
        """From when on the lane remembers nothing that matters."""
        last = self._left[-1] + self.pace.window if self._left else self._paused
        return max(last, self._paused, self._next_screen)

    def _waiting_screen(self) -> Job | None:
        return next((job for job in self.jobs if job.screen), None)


class Halt:
    """Too fast as a whole: several chats are refused within seconds. All stop, then go on one after another."""

    CHATS = 3
    WITHIN = 5.0
    STEP = 1 / 25

    def __init__(self) -> None:
        self._refused: dict[int, float] = {}
        self._until = float("-inf")
        self._next: float | None = None  # the next turn, while turns are given

    def refused(self, chat_id: int, seconds: float, now: float) -> bool:
        """A chat was refused for ``seconds``; True when that makes all stop."""
        self._refused = {chat: at for chat, at in self._refused.items() if now - at < self.WITHIN}
        self._refused[chat_id] = now
        if len(self._refused) < self.CHATS:
            return False
        self._until = max(self._until, now + seconds)
        self._next = self._until
        return True

    def wait(self, now: float) -> float:
        """Seconds until everything may go on, 0 or less when nothing is halted."""
        return self._until - now

    def turn(self, now: float) -> float:
        """Take a turn: the seconds until it comes. Long enough after a halt everybody's turn is now."""
        if self._next is None:
            return 0.0
        if self._next + self.STEP < now:
            self._next = None
            return 0.0
        turn = max(self._next, now)
        self._next = turn + self.STEP
        return turn - now
