"""Owed replies that no other service stores: refusals and apologies for a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.owed_replies import OwedReply, ReplyKind, thread_fact, update_key

if TYPE_CHECKING:
    from bot.domain.digests import Digests
    from bot.domain.people import Actor
    from bot.ports import Clock, Store


class OwedReplies:
    """Sentences owed to residents; nothing is stored about a visitor."""

    def __init__(self, store: Store, clock: Clock, digests: Digests) -> None:
        self._store = store
        self._clock = clock
        self._digests = digests

    async def owe(self, actor: Actor, source: str, words: str, *, thread: int = 0) -> bool:
        """Owe the actor a sentence in answer to the update ``source``, once; False for a visitor.

        It goes to the topic ``thread`` of their chat, where that is not 0.
        """
        if actor.resident is None:
            return False
        key = update_key(self._digests.of_message(source))
        reply = OwedReply(actor.resident.id, ReplyKind.SENTENCE, key, {"words": words, **thread_fact(thread)})
        async with self._store.writing() as repositories:
            await repositories.owed_replies.add(reply, at=self._clock.now())
        return True
