"""What joins this process to others of the same bot: PostgreSQL behind a webhook, where any number may run."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.domain.errors import StoreUnavailable
from bot.services.held_people import HeldPeople
from bot.services.replicas import Replicas
from bot.shared_pace import SharedPace
from handlers.incoming.elsewhere import Elsewhere

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine, Sequence

    from bot.domain.notices import Claim
    from bot.ports.replicas import ReplicaLink
    from bot.services.inbox import Inbox
    from bot.services.outbox.sender import OutboxSender
    from bot.tasks import Tasks
    from handlers.attention import Attention
    from handlers.incoming.dispatcher import Dispatcher
    from handlers.outgoing.replies import Replies


class Membership:
    """The work shared with other processes. ``begin`` returns when this one may take updates; ``end`` leaves."""

    def __init__(
        self,
        link: ReplicaLink,
        *,
        tasks: Tasks,
        dispatcher: Dispatcher,
        inbox: Inbox,
        replies: Replies,
        sender: OutboxSender,
        monotonic: Callable[[], float],
    ) -> None:
        self.link = link
        self._tasks = tasks
        self._renewing: asyncio.Task[None] | None = None
        self._dispatcher, self._inbox, self._replies, self._sender = dispatcher, inbox, replies, sender
        self._pace = SharedPace(replies.limiter, replies.pace, monotonic=monotonic, on_paused=self._tell_of_pause)
        self._people = HeldPeople(link, tasks, monotonic=monotonic)
        self._people.busy = lambda person: dispatcher.is_busy_with(person) or replies.remembers(person)
        self.replicas = Replicas(
            link,
            self._people,
            self._pace,
            monotonic=monotonic,
            on_gone=self._look_after,
            on_mistaken=sender.let_go,
            on_handed=partial(self._start, self._take_handed, "handed updates"),
        )

    @property
    def trouble(self) -> str | None:
        """Why this process sends nothing, for /readyz; None where it may."""
        return f"other processes cannot be reached: {refusal}" if (refusal := self.replicas.refusal) else None

    def tell_of_others(self, attention: Attention) -> None:
        """Let it forget people who may have been another process's meanwhile."""
        self._people.on_taken = attention.forget
        self._people.on_alone = attention.forget_all_but

    async def begin(self) -> None:
        """Return when this process may take updates. Raises StoreUnavailable."""
        self._inbox.shared = True
        if self._replies.pace is not None:
            self._replies.pace.part = lambda: self.replicas.part
        self._dispatcher.elsewhere = Elsewhere(self._people, self._inbox, self._tell_of_handed)
        await self.replicas.join()
        await self._inbox.write()
        self.watch()

    def watch(self) -> None:
        """Renew from now on; where that has crashed, anew."""
        if self._renewing is None or self._renewing.done():
            self._renewing = self._tasks.start(self.replicas.run(), name="replicas")

    async def end(self) -> None:
        """Leave the work to the others."""
        await self.replicas.stop()

    def _start(self, work: Callable[[], Coroutine[None, None, None]], name: str) -> None:
        self._tasks.start(work(), name=name, expected=(StoreUnavailable,))

    def _look_after(self, claims: Sequence[Claim]) -> None:
        """Take up what others have left, with a lease that stands."""
        self._inbox.renew_soon()
        self._sender.take_over(claims)
        self._start(self._dispatcher.watch, "what others have left")

    async def _take_handed(self) -> None:
        await self._dispatcher.take_handed()

    async def _tell_of_handed(self, owner: str) -> None:
        await self.replicas.tell("handed", to=owner)

    def _tell_of_pause(self) -> None:
        self._start(self._tell_pause, "a pause for all")

    async def _tell_pause(self) -> None:
        await self.replicas.tell("paused", **self._pace.told())
