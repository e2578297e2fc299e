"""Replies to a hearing's post in a group: their author is asked in private whether they are to be a comment.

Only of who has agreed anything is kept, and only until they have said; nothing becomes a comment without them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.comments import CommentKind
from bot.domain.errors import TextEmpty, TextTooLong
from bot.domain.owed_replies import OwedReply, ReplyKind, update_key
from bot.domain.parts import Part
from bot.domain.pending_input import TYPING_LASTS
from bot.domain.questions import About
from bot.domain.unsent import UNSENT_KEPT, Unsent
from bot.services.incoming_message import received_before

if TYPE_CHECKING:
    from bot.domain.digests import Digests
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor, Resident
    from bot.domain.rooms import Room
    from bot.ports import Clock, Repositories, Store
    from bot.services.incoming_message import IncomingMessage


class GroupReplies:
    """What people reply in groups to what the bot has posted there."""

    def __init__(self, store: Store, clock: Clock, digests: Digests) -> None:
        self._store = store
        self._clock = clock
        self._digests = digests

    async def offer(self, actor: Actor, telegram_id: int, message_id: int, incoming: IncomingMessage) -> bool:
        """Ask the actor in private whether ``incoming`` is to be a comment; a message that comes again changes nothing.

        It answers the message ``message_id`` in the room ``telegram_id``. False, and nothing is kept, where that is no
        post of a hearing that took answers then, and where the actor has not agreed or has too much waiting.
        """
        if actor.resident is None or actor.consented is None:
            return False
        try:
            words = incoming.words
        except (TextEmpty, TextTooLong):
            return False
        source = self._digests.of_message(incoming.source)
        part = Part(words, None, 0, source)
        async with self._store.writing() as repositories:
            room = await repositories.rooms.find(telegram_id)
            post = await _posted(repositories, room, message_id) if room else None
            if room is None or post is None or not post[0].takes_answers(incoming.sent_at):
                return False
            if await _known(repositories, source):
                return True
            return await self._keep(repositories, actor.resident, part, post, room.title)

    async def _keep(
        self, repositories: Repositories, author: Resident, part: Part, post: tuple[Hearing, About], title: str
    ) -> bool:
        """Keep the words and owe the question about them; False where its author has too much waiting."""
        now, (hearing, about) = self._clock.now(), post
        if len(await repositories.unsent.list_of(author.id, now)) >= UNSENT_KEPT:
            return False
        kept = replace(part, at=now)
        ends = now + TYPING_LASTS
        unsent = Unsent(0, author.id, now, ends, hearing.id, CommentKind.COMMENT, about, (kept,))
        number = await repositories.unsent.add(unsent)
        facts: dict[str, str | int] = {"unsent": number, "left_out": 0, "room": title}
        reply = OwedReply(author.id, ReplyKind.UNSENT, update_key(part.source), facts)
        await repositories.owed_replies.add(reply, at=now)
        return True


async def _posted(repositories: Repositories, room: Room, message_id: int) -> tuple[Hearing, About] | None:
    """The hearing that a message in a room is about, and what of it; None where it is no post of ours."""
    if (asked := await repositories.posted_questions.find_message(room.id, message_id)) is not None:
        hearing = await repositories.hearings.get(asked.hearing_id)
        question = next((each for each in hearing.dossier.questions if each.no == asked.question_no), None)
        return hearing, question.about if question else About()
    post = await repositories.rooms.find_post_at(room.id, message_id)
    return None if post is None else (await repositories.hearings.get(post.hearing_id), About())


async def _known(repositories: Repositories, source: str) -> bool:
    """True where the message has come before: it waits, was answered, or is a comment."""
    if await repositories.unsent.knows(source) or await repositories.owed_replies.answered(update_key(source)):
        return True
    return await received_before(repositories, source) is not None
