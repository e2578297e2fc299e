"""Owed replies that no other service stores: refusals and apologies for a message, and what is said to an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.owed_replies import OwedReply, ReplyKind, thread_fact, update_key
from bot.domain.values import dataclass
from bot.ports.store import WriteScope

if TYPE_CHECKING:
    from bot.domain.digests import Digests
    from bot.domain.people import Actor
    from bot.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit of a message: the update ``source`` says that the message named ``message`` says ``content`` now."""

    source: str
    message: str
    content: str
    thread: int = 0


class OwedReplies:
    """Sentences owed to residents; nothing is stored about a visitor."""

    def __init__(self, store: Store, clock: Clock, digests: Digests) -> None:
        self._store = store
        self._clock = clock
        self._digests = digests

    async def owe(self, actor: Actor, source: str, words: str, *, thread: int = 0, content: str = "") -> bool:
        """Owe the actor a sentence in answer to the update ``source``, once; False for a visitor.

        It goes to the topic ``thread`` of their chat, where that is not 0. ``content`` is what the message says.
        """
        if actor.resident is None:
            return False
        reply, now = self._sentence(actor.resident.id, source, words, thread), self._clock.now()
        async with self._store.writing(WriteScope.of_person(actor.telegram_id)) as repositories:
            await repositories.owed_replies.add(reply, at=now)
            if content:
                name, said = self._digests.of_message(source), self._digests.of_content(content)
                await repositories.heard.note(name, actor.resident.id, said, commented=False, at=now)
        return True

    async def answer_edit(self, actor: Actor, edit: Edit, *, of_comment: str, of_other: str) -> bool:
        """Owe the actor a sentence where an edit changes what they were answered; returns whether it does.

        An edit that changes nothing, and one of a message that got no answer of its own (a command, a word to search
        by, anything from before consent), is passed over. ``of_comment`` is said of a message that became a comment or
        an amendment of one, ``of_other`` of any other.
        """
        if actor.resident is None:
            return False
        message, said = self._digests.of_message(edit.message), self._digests.of_content(edit.content)
        async with self._store.writing() as repositories:
            commented = await repositories.heard.note_edit(message, said)
            if commented is None:
                return False
            words = of_comment if commented else of_other
            reply = self._sentence(actor.resident.id, edit.source, words, edit.thread)
            return await repositories.owed_replies.add(reply, at=self._clock.now())

    def _sentence(self, resident_id: int, source: str, words: str, thread: int) -> OwedReply:
        key = update_key(self._digests.of_message(source))
        return OwedReply(resident_id, ReplyKind.SENTENCE, key, {"words": words, **thread_fact(thread)})
