"""What is owed to single people, replies and files: looked for in one transaction, sent each in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.ports import Clock, Store
    from bot.services.outbox.files import OwedFileSending
    from bot.services.outbox.replies import OwedReplySending


class OwedSending:
    """Begins to send the owed replies and files that are due by ``time``."""

    def __init__(self, store: Store, time: Clock, replies: OwedReplySending, files: OwedFileSending) -> None:
        self._store = store
        self._time = time
        self._replies = replies
        self._files = files

    async def send(self) -> bool:
        """Claim what may be in flight and start its delivery; returns whether it claimed any."""
        due_by = self._time.now()
        async with self._store.reading() as repositories:
            replies_are_due = await repositories.owed_replies.due(due_by)
            due_files = await repositories.owed_replies.list_due_files(due_by)
        replied = replies_are_due and await self._replies.send(due_by=due_by)
        begun = await self._files.send(due_files, due_by=due_by)
        return replied or begun
